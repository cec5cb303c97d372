//! `newsvigil explain`: why a watch matched an item, or did not, part by part.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, IsTerminal, Read, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::match_documents::read_document;
use super::paths::Paths;
use super::{DATA_ERROR, Failure, NO_INPUT, USAGE, output};
use crate::config::Watch;
use crate::core::document::{Document, Field};
use crate::core::watch::{ExplainedPart, Explanation, Span, explain};
use crate::daemon::VERSION;
use crate::store::{entries, hits};

/// An item is no larger.
const MAX_DOCUMENT_BYTES: u64 = 16 << 20;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The watch
    #[arg(long, value_name = "ID")]
    watch: String,
    /// A stored item, by the number that mails and `hits` give it
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "file",
        required_unless_present = "file"
    )]
    entry: Option<i64>,
    /// A document as a JSON object {title,summary,text,language,url,feed}; `-` is standard input
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let watch = config
        .watch(&options.watch)
        .ok_or_else(|| Failure::new(USAGE, format!("there is no watch `{}`", options.watch)))?;
    let document = match (options.entry, &options.file) {
        (Some(entry), _) => stored(paths, watch, entry)?,
        (None, Some(file)) => given(file)?,
        (None, None) => return Err(Failure::new(USAGE, "name an item with --entry, or a file")),
    };
    show(watch, &explain(&watch.spec, &document), &document);
    Ok(ExitCode::SUCCESS)
}

/// A stored item as it stood when the watch found it, else as it stands; and what has changed since.
fn stored(paths: &Paths, watch: &Watch, number: i64) -> Result<Document, Failure> {
    let connection = paths.require_database()?;
    let entry = entries::get(&connection, number)?.ok_or_else(|| {
        Failure::new(
            NO_INPUT,
            format!("no item {number} is stored; items without a hit are kept for the time of [store] retention"),
        )
    })?;
    let marks = hits::of_entry(&connection, number)?;
    let Some(hit) = marks.iter().find(|hit| hit.watch_id == watch.id) else {
        say!("item {number} is no hit of `{}`", watch.id);
        return Ok(entry.document);
    };
    say!(
        "item {number} became a hit of `{}` on {}",
        watch.id,
        output::local_time(hit.found)
    );
    if hit.watch_version != watch.version {
        say!(
            "the watch has changed since: it was version {}, and is {} now; what follows is of the watch as it is",
            hit.watch_version,
            watch.version
        );
    }
    if hit.program_version != VERSION {
        say!(
            "newsvigil was version {} then, and is {VERSION} now",
            hit.program_version
        );
    }
    if hit.revision != entry.revision {
        say!("the item was revised since; what follows is of its words as they were");
    }
    Ok(entries::at_revision(&connection, &entry, hit.revision)?.document)
}

fn given(file: &PathBuf) -> Result<Document, Failure> {
    let name = file.display().to_string();
    let cannot =
        |reason: io::Error| Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"));
    let reader: Box<dyn Read> = if name == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(file).map_err(cannot)?)
    };
    let mut text = Vec::new();
    reader
        .take(MAX_DOCUMENT_BYTES)
        .read_to_end(&mut text)
        .map_err(cannot)?;
    read_document(&text)
        .map_err(|reason| Failure::new(DATA_ERROR, format!("{name} is not a document: {reason}")))
}

fn show(watch: &Watch, explanation: &Explanation, document: &Document) {
    let heading = output::HEADING;
    let verdict = if explanation.matched {
        "matches"
    } else {
        "does not match"
    };
    say!("\n{heading}{} {verdict}{heading:#}", watch.title);
    for objection in &explanation.objections {
        say!("  {objection}");
    }
    for note in &explanation.notes {
        say!("  note: {note}");
    }
    say!("");
    show_part(&explanation.query, 1);
    if !explanation.score.is_empty() {
        show_score(explanation);
    }
    say!("");
    show_text(document, &explanation.query);
}

/// Lines of one level of the tree begin below each other.
fn show_part(part: &ExplainedPart, depth: usize) {
    let mark = if part.holds { "yes" } else { "no " };
    let alarm = if part.holds {
        output::MARK
    } else {
        output::ALARM
    };
    let indent = "  ".repeat(depth);
    let places = places(&part.spans);
    let note = match (&part.miss, places.is_empty()) {
        (Some(miss), _) => format!("  {miss}"),
        (None, false) => format!("  {places}"),
        (None, true) => String::new(),
    };
    say!(
        "{indent}{alarm}{mark}{alarm:#} {}{note}",
        output::printable(&part.text, 120)
    );
    for inner in &part.parts {
        show_part(inner, depth + 1);
    }
}

/// `title, text (3 times)`.
fn places(spans: &[Span]) -> String {
    let mut fields: Vec<(&str, usize)> = Vec::new();
    for span in spans {
        let name = span.field.name();
        match fields.iter_mut().find(|(field, _)| *field == name) {
            Some((_, count)) => *count += 1,
            None => fields.push((name, 1)),
        }
    }
    let named: Vec<String> = fields
        .iter()
        .map(|(name, count)| match count {
            1 => (*name).to_owned(),
            count => format!("{name} ({count} times)"),
        })
        .collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("in {}", named.join(", "))
    }
}

fn show_score(explanation: &Explanation) {
    say!("");
    for line in explanation.score.iter().filter(|line| line.points != 0) {
        say!(
            "  {:>+5}  {}  (weight {}, {} in the title, {} elsewhere)",
            line.points,
            output::printable(&line.term, 60),
            line.weight,
            line.title,
            line.body
        );
    }
    let asked = match explanation.threshold {
        Some(threshold) => format!(", {threshold} asked for"),
        None => String::new(),
    };
    say!("  {:>5}  score{asked}", explanation.total);
}

/// The item's words, with those that matched in colour, or between asterisks where there is none.
fn show_text(document: &Document, query: &ExplainedPart) {
    let mut spans = Vec::new();
    collect(query, &mut spans);
    for (field, text) in [
        (Field::Title, &document.title),
        (Field::Summary, &document.summary),
        (Field::Text, &document.text),
        (Field::Author, &document.author),
    ] {
        if text.is_empty() {
            continue;
        }
        let mut ranges: Vec<(usize, usize)> = spans
            .iter()
            .filter(|span| span.field == field)
            .map(|span| (span.start, span.end))
            .collect();
        ranges.sort_unstable();
        say!("{}: {}", field.name(), marked(text, &ranges));
    }
}

fn collect<'a>(part: &'a ExplainedPart, spans: &mut Vec<&'a Span>) {
    spans.extend(&part.spans);
    for inner in &part.parts {
        collect(inner, spans);
    }
}

/// The text with its ranges marked; overlapping ones are one.
fn marked(text: &str, ranges: &[(usize, usize)]) -> String {
    let style = output::MARK;
    let colour = stdout().is_terminal();
    let mut out = String::new();
    let mut at = 0;
    let mut rest = ranges.iter().peekable();
    while let Some(&(start, mut end)) = rest.next() {
        while let Some((_, next_end)) = rest.next_if(|(next, _)| *next <= end) {
            end = end.max(*next_end);
        }
        let (Some(before), Some(word)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        out.push_str(&output::plain(before));
        let word = output::plain(word);
        if colour {
            let _ = write!(out, "{style}{word}{style:#}");
        } else {
            let _ = write!(out, "**{word}**");
        }
        at = end;
    }
    out.push_str(&output::plain(text.get(at..).unwrap_or_default()));
    out
}
