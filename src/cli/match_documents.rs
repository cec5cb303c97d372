//! `newsvigil match`: documents as JSON lines in, matches out, as a stream.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::paths::Paths;
use super::{DATA_ERROR, Failure, NO_INPUT, no_watch, output};
use crate::config::{Config, Watch, nearest};
use crate::core::digest::headline;
use crate::core::document::{Document, Field};
use crate::core::watch::{Match, Scratch, WatchSet, detect_language};

/// A line longer than this is no news item.
const MAX_LINE_BYTES: u64 = 16 << 20;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only this watch; may be repeated
    #[arg(long, value_name = "ID")]
    watch: Vec<String>,
    /// Print JSON lines also on a terminal
    #[arg(long)]
    json: bool,
    /// Print counts and times to standard error
    #[arg(long)]
    stats: bool,
    /// Files of JSON lines {id,title,summary,text,author,categories,language,url,published,feed};
    /// `-` or none is standard input. No key is required; other keys are refused. A document without
    /// an id is called "line 7" after its line
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// The keys of [`DocumentLine`].
const KEYS: [&str; 10] = [
    "id",
    "title",
    "summary",
    "text",
    "author",
    "categories",
    "language",
    "url",
    "published",
    "feed",
];

/// A document as given. A key that is not known is a mistake: text under a mistyped one would never
/// be looked at, and its silence would look like an answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(expecting = "an object such as {\"id\": 1, \"title\": \"…\", \"text\": \"…\"}")]
struct DocumentLine {
    #[serde(default)]
    id: serde_json::Value,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    categories: Option<Vec<String>>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    url: Option<String>,
    /// Taken, since exports have it; no watch asks for it.
    #[serde(default, rename = "published")]
    _published: Option<IgnoredAny>,
    #[serde(default)]
    feed: Option<String>,
}

#[derive(Serialize)]
struct MatchLine<'a> {
    doc: &'a serde_json::Value,
    watch: &'a str,
    score: i64,
    /// Only where it is so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    undecided: bool,
    spans: Vec<SpanLine<'a>>,
}

#[derive(Serialize)]
struct SpanLine<'a> {
    field: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u16>,
    start: usize,
    end: usize,
    term: &'a str,
}

#[derive(Default)]
struct Statistics {
    documents: u64,
    bytes: u64,
    matches: u64,
    bad_lines: u64,
    compiling: Duration,
    matching: Duration,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let watches = selected(&config, &options.watch)?;
    let mut statistics = Statistics::default();
    let started = Instant::now();
    let specs: Vec<_> = watches.iter().map(|watch| watch.spec.clone()).collect();
    let set = WatchSet::compile(&specs);
    statistics.compiling = started.elapsed();

    let people = io::stdout().is_terminal() && !options.json;
    let mut out: Box<dyn Write> = if people {
        Box::new(anstream::stdout())
    } else {
        Box::new(BufWriter::new(io::stdout().lock()))
    };
    let mut matcher = Matcher {
        watches: &watches,
        set: &set,
        scratch: Scratch::default(),
        people,
    };
    let standard_input = [PathBuf::from("-")];
    let files: &[PathBuf] = if options.files.is_empty() {
        &standard_input
    } else {
        &options.files
    };
    for path in files {
        let name = path.display().to_string();
        let reader: Box<dyn Read> = if name == "-" {
            Box::new(io::stdin().lock())
        } else {
            Box::new(File::open(path).map_err(|reason| {
                Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"))
            })?)
        };
        matcher.stream(
            &name,
            BufReader::with_capacity(1 << 16, reader),
            &mut out,
            &mut statistics,
        )?;
    }
    out.flush()?;
    if options.stats {
        print_statistics(&statistics, watches.len());
    }
    if statistics.bad_lines > 0 {
        return Err(Failure::new(
            DATA_ERROR,
            format!(
                "{} could not be read",
                output::count(statistics.bad_lines, "line")
            ),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn selected(config: &Config, wanted: &[String]) -> Result<Vec<Watch>, Failure> {
    if wanted.is_empty() {
        return Ok(config.watches.clone());
    }
    if let Some(unknown) = wanted.iter().find(|id| config.watch(id).is_none()) {
        return Err(no_watch(config, unknown, ""));
    }
    let wanted: BTreeSet<&String> = wanted.iter().collect();
    Ok(config
        .watches
        .iter()
        .filter(|watch| wanted.contains(&watch.id))
        .cloned()
        .collect())
}

struct Matcher<'a> {
    watches: &'a [Watch],
    set: &'a WatchSet,
    scratch: Scratch,
    people: bool,
}

impl Matcher<'_> {
    fn stream(
        &mut self,
        name: &str,
        mut reader: BufReader<Box<dyn Read>>,
        out: &mut dyn Write,
        statistics: &mut Statistics,
    ) -> Result<(), Failure> {
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let read = (&mut reader)
                .take(MAX_LINE_BYTES)
                .read_until(b'\n', &mut line)
                .map_err(|reason| {
                    Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"))
                })?;
            if read == 0 {
                break;
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let cut = line.len() as u64 == MAX_LINE_BYTES && line.last() != Some(&b'\n');
            if cut {
                skip_line(&mut reader).map_err(|reason| {
                    Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"))
                })?;
            }
            let parsed = if cut {
                Err("the line is longer than 16 MiB".to_owned())
            } else {
                parse(&line)
            };
            match parsed {
                Ok(document) => {
                    statistics.documents += 1;
                    statistics.bytes += line.len() as u64;
                    self.one(document, number, out, statistics)?;
                }
                Err(reason) => {
                    statistics.bad_lines += 1;
                    tell!(
                        "{name}:{number}: not a document: {}",
                        output::plain(&reason)
                    );
                }
            }
        }
        Ok(())
    }

    fn one(
        &mut self,
        line: DocumentLine,
        number: u64,
        out: &mut dyn Write,
        statistics: &mut Statistics,
    ) -> Result<(), Failure> {
        let id = if line.id.is_null() {
            // A bare number could be the id of another document.
            format!("line {number}").into()
        } else {
            line.id.clone()
        };
        let mut document = line.document();
        let started = Instant::now();
        if document.language.is_none() {
            document.language = detect_language(&document).map(ToOwned::to_owned);
        }
        let matches = self.set.matches(&document, &mut self.scratch);
        statistics.matching += started.elapsed();
        statistics.matches += matches.len() as u64;
        for found in &matches {
            if self.people {
                writeln!(
                    out,
                    "{}",
                    for_people(&id, &self.watches[found.watch], found, &document)
                )?;
            } else {
                let line = MatchLine {
                    doc: &id,
                    watch: &self.watches[found.watch].id,
                    score: found.score,
                    undecided: found.undecided,
                    spans: found
                        .spans
                        .iter()
                        .map(|span| SpanLine {
                            field: span.field.name(),
                            index: match span.field {
                                Field::Category(index) => Some(index),
                                _ => None,
                            },
                            start: span.start,
                            end: span.end,
                            term: &span.term,
                        })
                        .collect(),
                };
                writeln!(out, "{}", output::json(&line)?)?;
            }
        }
        Ok(())
    }
}

impl DocumentLine {
    fn document(self) -> Document {
        Document {
            title: self.title.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            text: self.text.unwrap_or_default(),
            author: self.author.unwrap_or_default(),
            categories: self.categories.unwrap_or_default(),
            language: self.language.filter(|language| !language.is_empty()),
            url: self.url,
            feed: self.feed,
        }
    }
}

/// One document, as `match` reads a line of them.
pub(super) fn read_document(text: &[u8]) -> Result<Document, String> {
    let mut document = parse(text)?.document();
    if document.language.is_none() {
        document.language = detect_language(&document).map(ToOwned::to_owned);
    }
    Ok(document)
}

/// Reads a line; the error names the column, since the line is told beside it.
fn parse(line: &[u8]) -> Result<DocumentLine, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    if line.trim_ascii_start().first() != Some(&b'{') {
        return Err("it does not begin with {".to_owned());
    }
    serde_json::from_slice(line).map_err(|error| {
        if let Some(reason) = unknown_key(line) {
            return reason;
        }
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        format!("{message} (column {})", error.column())
    })
}

/// The first key that no document has, with the one that was probably meant.
fn unknown_key(line: &[u8]) -> Option<String> {
    let keys: BTreeMap<String, serde_json::Value> = serde_json::from_slice(line).ok()?;
    let unknown = keys.keys().find(|key| !KEYS.contains(&key.as_str()))?;
    let known = match nearest(unknown, KEYS.into_iter()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("known keys: {}", KEYS.join(", ")),
    };
    let unknown = output::printable(unknown, 60);
    Some(format!("unknown key `{unknown}`; {known}"))
}

/// Whether a whole JSON value is followed by another object.
pub(super) fn holds_several(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    let first = values.next().is_some_and(|first| first.is_ok());
    let rest = text.get(values.byte_offset()..).unwrap_or_default();
    first && rest.trim_ascii_start().first() == Some(&b'{')
}

fn skip_line(reader: &mut BufReader<Box<dyn Read>>) -> io::Result<()> {
    loop {
        let buffered = reader.fill_buf()?;
        if buffered.is_empty() {
            return Ok(());
        }
        if let Some(end) = buffered.iter().position(|byte| *byte == b'\n') {
            reader.consume(end + 1);
            return Ok(());
        }
        let length = buffered.len();
        reader.consume(length);
    }
}

/// `DOC  watch  terms`, and the title.
fn for_people(id: &serde_json::Value, watch: &Watch, found: &Match, document: &Document) -> String {
    let mark = output::MARK;
    let terms: BTreeSet<&str> = found.spans.iter().map(|span| &*span.term).collect();
    let terms: Vec<String> = terms
        .iter()
        .map(|term| format!("{mark}{}{mark:#}", output::printable(term, 40)))
        .collect();
    let id = match id {
        serde_json::Value::String(text) => output::printable(text, 60),
        other => output::printable(&other.to_string(), 60),
    };
    let undecided = if found.undecided {
        "could not be decided"
    } else {
        ""
    };
    format!(
        "{id}  {}  score {}  {}{undecided}\n    {}",
        watch.id,
        found.score,
        terms.join(", "),
        output::printable(
            &headline(&document.title, &document.summary, &document.text),
            120
        )
    )
}

fn print_statistics(statistics: &Statistics, watches: usize) {
    tell!(
        "documents {}  bytes {}  watches {watches}  matches {}  compile {:.6} s  match {:.6} s",
        statistics.documents,
        statistics.bytes,
        statistics.matches,
        statistics.compiling.as_secs_f64(),
        statistics.matching.as_secs_f64(),
    );
}
