//! `newsvigil match`: documents as JSON lines in, matches out, as a stream; or texts and pages.

pub(super) mod input;
pub(super) mod line;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{self, BufRead, BufWriter, IsTerminal, Read, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::failure::{DATA_ERROR, Failure, NO_INPUT, no_watch};
use super::output;
use super::output::words_once;
use super::paths::Paths;
use crate::config::{Config, Watch};
use crate::core::digest::headline;
use crate::core::document::{Document, Field};
use crate::core::place;
use crate::core::watch::{Match, Scratch, WatchSet, determine_language};
use input::{MAX_BYTES, Source};
use line::{DocumentLine, ItemLine, parse};

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
    /// A file, an https:// address, or words in quotes; `-` or none is standard input
    ///
    /// A text's first line is its title; of a page, the title and what is seen of it are taken; of a saved
    /// mail, the subject and what it says. JSON lines
    /// {id,title,summary,text,author,categories,language,url,published,feed} are known by their first {: no
    /// key is required, and other keys are refused, but for `outlet`, which `story group` alone uses. A
    /// document without an id is called "line 7" after its line.
    #[arg(value_name = "FILE|ADDRESS|WORDS")]
    inputs: Vec<String>,
}

#[derive(Serialize)]
struct MatchLine<'a> {
    doc: &'a serde_json::Value,
    watch: &'a str,
    score: i64,
    /// Only where it is so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    undecided: bool,
    /// Only of a match that the top of the document alone would not make.
    #[serde(skip_serializing_if = "Option::is_none")]
    body_only: Option<BodyOnlyLine>,
    /// Ids of the places that the document is about, the first before the others.
    places: &'a [&'a str],
    spans: Vec<SpanLine<'a>>,
}

#[derive(Serialize)]
struct BodyOnlyLine {
    paragraphs: usize,
    first: usize,
}

#[derive(Serialize)]
struct SpanLine<'a> {
    field: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<u16>,
    start: usize,
    end: usize,
    term: &'a str,
    /// The word list in which the term stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    list: Option<&'a str>,
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
        config: &config,
        watches: &watches,
        set: &set,
        scratch: Scratch::default(),
        places: place::Scratch::default(),
        people,
    };
    let standard_input = ["-".to_owned()];
    let inputs: &[String] = if options.inputs.is_empty() {
        &standard_input
    } else {
        &options.inputs
    };
    for argument in inputs {
        match input::read(paths, argument)? {
            (name, Source::Lines(lines)) => {
                matcher.stream(&name, lines, &mut out, &mut statistics)?;
            }
            (name, Source::Text(document)) => {
                statistics.documents += 1;
                statistics.bytes += (document.title.len() + document.text.len()) as u64;
                matcher.document(&name.into(), *document, &mut out, &mut statistics)?;
            }
        }
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
    config: &'a Config,
    watches: &'a [Watch],
    set: &'a WatchSet,
    scratch: Scratch,
    places: place::Scratch,
    people: bool,
}

impl Matcher<'_> {
    fn stream(
        &mut self,
        name: &str,
        mut reader: Box<dyn BufRead>,
        out: &mut dyn Write,
        statistics: &mut Statistics,
    ) -> Result<(), Failure> {
        each(name, &mut *reader, &mut |number, bytes, parsed| {
            match parsed {
                Ok(document) => {
                    statistics.documents += 1;
                    statistics.bytes += bytes as u64;
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
            Ok(())
        })
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
        self.document(&id, line.document(), out, statistics)
    }

    fn document(
        &mut self,
        id: &serde_json::Value,
        mut document: Document,
        out: &mut dyn Write,
        statistics: &mut Statistics,
    ) -> Result<(), Failure> {
        let started = Instant::now();
        determine_language(&mut document, None);
        let mut matches = self.set.matches(&document, &mut self.scratch);
        let gazetteer = &self.config.places;
        let about: Vec<usize> = if matches.is_empty() {
            Vec::new()
        } else {
            let about = gazetteer.about(&document, &mut self.places);
            about.into_iter().map(|about| about.place).collect()
        };
        matches.retain(|found| self.watches[found.watch].wants(&about));
        statistics.matching += started.elapsed();
        statistics.matches += matches.len() as u64;
        if self.people {
            let places = self.config.place_titles(&about);
            let shown = for_people(id, self.watches, &matches, &document, &places);
            write!(out, "{shown}")?;
        } else {
            let places: Vec<&str> = about.iter().map(|place| gazetteer.id(*place)).collect();
            for found in &matches {
                let line = MatchLine {
                    doc: id,
                    watch: &self.watches[found.watch].id,
                    score: found.score,
                    undecided: found.undecided,
                    body_only: found.body_only.map(|found| BodyOnlyLine {
                        paragraphs: found.paragraphs,
                        first: found.first,
                    }),
                    places: &places,
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
                            list: span.list.as_deref(),
                        })
                        .collect(),
                };
                writeln!(out, "{}", output::json(&line)?)?;
            }
        }
        Ok(())
    }
}

/// What is done with a line: its number, its length in bytes, and what it says.
type LineHandler<'a> =
    dyn FnMut(u64, usize, Result<DocumentLine, String>) -> Result<(), Failure> + 'a;

/// Reads JSON lines one after the other.
fn each(
    name: &str,
    mut reader: &mut dyn BufRead,
    take: &mut LineHandler<'_>,
) -> Result<(), Failure> {
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let read = (&mut reader)
            .take(MAX_BYTES)
            .read_until(b'\n', &mut line)
            .map_err(|reason| Failure::new(NO_INPUT, format!("cannot read {name}: {reason}")))?;
        if read == 0 {
            break;
        }
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let cut = line.len() as u64 == MAX_BYTES && line.last() != Some(&b'\n');
        if cut {
            skip_line(reader).map_err(|reason| {
                Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"))
            })?;
        }
        let parsed = if cut {
            Err("the line is longer than 16 MiB".to_owned())
        } else {
            parse(&line)
        };
        take(number, line.len(), parsed)?;
    }
    Ok(())
}

/// Reads items, one a line, and gives each with its number.
pub(super) fn each_line(
    name: &str,
    mut reader: Box<dyn BufRead>,
    mut take: impl FnMut(u64, Result<ItemLine, String>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    each(name, &mut *reader, &mut |number, _, parsed| {
        take(number, parsed.map(DocumentLine::item))
    })
}

fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
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

/// The document, and below it each watch that matched, with the words that it found.
fn for_people(
    id: &serde_json::Value,
    watches: &[Watch],
    matches: &[Match],
    document: &Document,
    places: &[String],
) -> String {
    const INDENT: usize = 4;
    let (heading, mark) = (output::HEADING, output::MARK);
    let columns = output::terminal_width().unwrap_or(usize::MAX);
    let id = match id {
        serde_json::Value::String(text) => output::printable(text, 60),
        other => output::printable(&other.to_string(), 60),
    };
    let title = headline(&document.title, &document.summary, &document.text);
    let title = output::printable(&title, 200);
    let called = if id == title {
        title
    } else {
        format!("{id}: {title}")
    };
    let mut out = String::new();
    let mut put = |text: &str, indent: usize, style: anstyle::Style| {
        for (number, line) in output::wrapped(text, columns.saturating_sub(indent + INDENT))
            .iter()
            .enumerate()
        {
            let indent = if number == 0 { indent } else { indent + INDENT };
            let _ = writeln!(out, "{:indent$}{style}{line}{style:#}", "");
        }
    };
    if matches.is_empty() {
        put(
            &format!("nothing matched: {called}"),
            0,
            anstyle::Style::new(),
        );
        return out;
    }
    put(&called, 0, heading);
    if !places.is_empty() {
        let about = format!("about {}", places.join(", "));
        put(&about, INDENT, anstyle::Style::new());
    }
    for found in matches {
        let watch = &watches[found.watch];
        let score = if watch.spec.score.is_empty() {
            String::new()
        } else {
            format!(" (score {})", found.score)
        };
        let words = words_found(found, document).join(", ");
        put(&format!("{}{score}: {words}", watch.id), INDENT, mark);
    }
    out
}

fn words_found(found: &Match, document: &Document) -> Vec<String> {
    if found.undecided {
        return vec!["could not be decided".to_owned()];
    }
    words_once(found.spans.iter().map(|span| {
        let text = document
            .field(span.field)
            .and_then(|text| text.get(span.start..span.end));
        text.unwrap_or(&span.term)
    }))
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
