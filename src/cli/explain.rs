//! `newsvigil explain`: why a watch matched an item, or did not, part by part.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Read, stdout};
use std::process::ExitCode;

use clap::Args;

use super::failure::{DATA_ERROR, Failure, NO_INPUT, USAGE, no_watch};
use super::match_documents::input::{self, MAX_BYTES, Source};
use super::match_documents::line::{holds_several, read_document};
use super::output;
use super::paths::Paths;
use crate::config::{Config, Urgency, Watch};
use crate::core::article::{PageRead, Verdict};
use crate::core::document::{Document, Field};
use crate::core::feed::links::target;
use crate::core::place::{self, Weight};
use crate::core::watch::{
    BodyOnly, Depth, ExplainedLine, ExplainedPart, Explanation, Span, detect_language, explain,
    found_forms, found_in,
};
use crate::daemon::VERSION;
use crate::store::{Connection, articles, digests, entries, hits};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The watch
    #[arg(long, value_name = "ID")]
    watch: String,
    /// A stored item, by the number that mails and `hits` give it
    #[arg(
        long,
        alias = "entry",
        value_name = "N",
        conflicts_with = "file",
        required_unless_present = "file"
    )]
    item: Option<i64>,
    /// Show every part of the watch, also the many that are simply not there
    #[arg(long)]
    all: bool,
    /// A file, an https:// address, or words in quotes, as `match` takes them; `-` is standard input
    #[arg(value_name = "FILE|ADDRESS|WORDS")]
    file: Option<String>,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let watch = config
        .watch(&options.watch)
        .ok_or_else(|| no_watch(&config, &options.watch, ""))?;
    let document = match (options.item, &options.file) {
        (Some(item), _) => stored(paths, watch, item)?,
        (None, Some(file)) => given(paths, file)?,
        (None, None) => return Err(Failure::new(USAGE, "name an item with --item, or a file")),
    };
    let depth = if options.all {
        Depth::Everything
    } else {
        Depth::Telling
    };
    let mut explanation = explain(&watch.spec, &document);
    if let Some(elsewhere) = config.elsewhere(watch, &document) {
        explanation.matched = false;
        explanation.objections.push(elsewhere);
    }
    show(watch, &explanation, &document, depth);
    show_places(&config, &document);
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
        show_page(&connection, number, entry.revision)?;
        return Ok(if watch.articles {
            entry.document
        } else {
            say!("the watch looks into what the feed says alone (`articles = false`)");
            entry.without_article().into_owned()
        });
    };
    let how = if hit.later {
        "was found later, in what was stored, and became"
    } else {
        "became"
    };
    say!(
        "item {number} {how} a hit of `{}` on {}",
        watch.id,
        output::local_time(hit.found)
    );
    show_news(&connection, number, watch)?;
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
    let page = show_page(&connection, number, hit.revision)?;
    let then = entries::at_revision(&connection, &entry, hit.revision)?;
    Ok(if hit.in_article {
        say!("it was found in the article, not in what the feed says");
        then.document
    } else {
        if page.is_some_and(|page| page.gives_text) {
            say!("it was found in what the feed says, and what follows is of that");
        }
        then.without_article().into_owned()
    })
}

/// Why each recipient had an alert of an item that was to be told at once, or had none.
fn show_news(connection: &Connection, number: i64, watch: &Watch) -> Result<(), Failure> {
    for judged in digests::of_entry(connection, number)? {
        if judged.watch_id != watch.id {
            continue;
        }
        let recipient = output::printable(&judged.recipient_id, 60);
        let reason = output::printable(&judged.news.reason(), 600);
        if judged.news.is_news() && judged.in_digest {
            say!("it is told to {recipient} in the digest, {reason}");
        } else if judged.news.is_news() {
            say!("it is an alert to {recipient}, {reason}");
        } else {
            say!("it is no alert to {recipient} by itself, {reason}");
        }
    }
    Ok(())
}

/// Tells how the page behind an item was read, and where its text comes from.
fn show_page(
    connection: &Connection,
    number: i64,
    revision: i64,
) -> Result<Option<PageRead>, Failure> {
    let page = articles::page_of(connection, number, revision)?;
    let Some(page) = page else {
        say!("its page was not asked for: the text is what its feed gives");
        return Ok(None);
    };
    let address = output::printable(&page.address, 300);
    match (page.verdict, page.gives_text) {
        (Some(Verdict::Whole), true) => {
            say!("the article was read whole: the text comes from {address}");
        }
        (Some(Verdict::Whole), false) => {
            say!("the article was read whole, and gives no more than the feed: {address}");
        }
        _ => say!("{}: {address}", output::printable(&page.sentence(), 400)),
    }
    Ok(Some(page))
}

/// What `match` would read, if it is one document.
fn given(paths: &Paths, argument: &str) -> Result<Document, Failure> {
    let (name, source) = input::read(paths, argument)?;
    let reader = match source {
        Source::Text(mut document) => {
            document.language = detect_language(&document).map(str::to_owned);
            return Ok(*document);
        }
        Source::Lines(reader) => reader,
    };
    let mut text = Vec::new();
    reader
        .take(MAX_BYTES)
        .read_to_end(&mut text)
        .map_err(|reason: io::Error| {
            Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"))
        })?;
    if holds_several(&text) {
        let file_name = if name == "-" { "FILE" } else { &name };
        return Err(Failure::new(
            DATA_ERROR,
            format!(
                "{name} holds several documents, and explain takes one (`match` takes many): pick a \
                 line, such as the third, with `sed -n 3p {file_name} | newsvigil explain --watch ID -`"
            ),
        ));
    }
    read_document(&text)
        .map_err(|reason| Failure::new(DATA_ERROR, format!("{name} is not a document: {reason}")))
}

fn show(watch: &Watch, explanation: &Explanation, document: &Document, depth: Depth) {
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
    show_summary(explanation, document);
    for note in &explanation.notes {
        say!("  note: {note}");
    }
    say!("");
    show_text(document, explanation);
    say!("");
    show_parts(&explanation.query, depth);
    if !explanation.score.is_empty() {
        show_score(watch, explanation);
    }
    if let Some(found) = explanation.body_only.filter(|_| explanation.matched) {
        say!("\n  {}", weight(watch, found));
    }
    if depth == Depth::Telling {
        say!("\n--all shows every part");
    }
}

/// The places that the item is about, each with the words that name it.
fn show_places(config: &Config, document: &Document) {
    let about = config
        .places
        .about(document, &mut place::Scratch::default());
    if about.is_empty() {
        say!("\nit names no place, so `places` of watches and recipients let it pass");
        return;
    }
    say!("\nabout");
    for found in about {
        let words = found.why.iter().map(|reason| {
            let note = match reason.weight {
                Weight::Full => "",
                Weight::People => ", its people",
                Weight::Weak => ", may be another",
                Weight::Aside => ", by the way",
            };
            format!(
                "{} ({}{note})",
                output::printable(&reason.word, 60),
                reason.field.name()
            )
        });
        say!(
            "  {} {}  by {}",
            config.places.id(found.place),
            config.places.title(found.place),
            words.collect::<Vec<_>>().join(", ")
        );
    }
}

/// Terms and near misses that the summary names.
const MOST_SHOWN: usize = 8;

/// Forms that the summary shows of a term.
const MOST_FORMS: usize = 4;

/// By which terms it matched, or what came nearest.
fn show_summary(explanation: &Explanation, document: &Document) {
    if explanation.query.holds {
        let spans = if explanation.matched {
            &explanation.spans
        } else {
            &explanation.query.spans
        };
        let mut terms: Vec<&str> = Vec::new();
        for span in spans {
            if !terms.contains(&&*span.term) {
                terms.push(&span.term);
            }
        }
        let rest = terms.len().saturating_sub(MOST_SHOWN);
        for term in terms.iter().take(MOST_SHOWN) {
            let own: Vec<&Span> = spans.iter().filter(|span| &*span.term == *term).collect();
            say!(
                "  by {}  {}",
                output::printable(term, 60),
                found_in(own.iter().copied())
            );
            let own: Vec<Span> = own.into_iter().cloned().collect();
            for form in found_forms(&own, document).iter().take(MOST_FORMS) {
                say!("    {}", output::printable(form, 120));
            }
        }
        if rest > 0 {
            say!("  and by {}", output::count(rest, "other term"));
        }
        return;
    }
    let account = explanation.query.account();
    if !account.is_bare() {
        for line in account.lines() {
            say!("  {}", output::printable(&line, 600));
        }
    }
    let near = explanation.query.near_misses();
    let mut told: Vec<&str> = Vec::new();
    for part in near {
        // The same words often stand in several groups.
        if told.len() < MOST_SHOWN && !told.contains(&part.text.as_str()) {
            told.push(&part.text);
            let miss = part.miss.as_deref().unwrap_or_default();
            say!("  nearest: {}  {miss}", output::printable(&part.text, 60));
        }
    }
    if told.is_empty() && account.is_bare() {
        say!("  nothing of it is there");
    }
}

/// Lines of one level of the tree begin below each other.
fn show_parts(query: &ExplainedPart, depth: Depth) {
    for line in query.lines(depth) {
        match line {
            ExplainedLine::Part { level, part } => show_part(part, level + 1),
            ExplainedLine::Others { level, text } => {
                say!("{}and {text}", "  ".repeat(level + 1));
            }
        }
    }
}

fn show_part(part: &ExplainedPart, level: usize) {
    let mark = if part.holds { "yes" } else { "no " };
    let alarm = if part.holds {
        output::MARK
    } else {
        output::ALARM
    };
    let note = match part.note() {
        note if note.is_empty() => note,
        note => format!("  {}", output::printable(&note, 600)),
    };
    // A group is told by its beginning, since its parts follow.
    let width = if part.parts.is_empty() { 120 } else { 60 };
    say!(
        "{}{alarm}{mark}{alarm:#} {}{note}",
        "  ".repeat(level),
        output::printable(&part.text, width)
    );
}

fn show_score(watch: &Watch, explanation: &Explanation) {
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
    if let Some(above) = watch.alert_above.filter(|_| explanation.matched) {
        let is_alert = watch.alerts(Some(explanation.total));
        let told = if is_alert && !watch.holds_back(explanation.body_only) {
            "an alert"
        } else {
            "in the digest"
        };
        say!("         {told}; alerts above {above}");
    }
}

/// What it means that a match needs words from below the top of the item.
fn weight(watch: &Watch, found: BodyOnly) -> String {
    let place = format!("weight: it stands only below the top of the item, {found}");
    let least = BodyOnly::STRONG;
    if found.is_strong() {
        format!("{place}; {least} or more count in full")
    } else if watch.urgency != Urgency::Alert {
        format!("{place}; it counts less than in the top or in {least} paragraphs")
    } else if watch.holds_back(Some(found)) {
        format!(
            "{place}, and so is told in the digest; in the top or in {least} paragraphs it would be an alert, \
             and with body_only = \"alert\""
        )
    } else {
        format!("{place}, and is an alert by `body_only` all the same")
    }
}

/// The item's words, with those of the match in colour, or between asterisks where there is none. Of
/// an item that is no match, those of the parts that hold; never words that speak against it.
fn show_text(document: &Document, explanation: &Explanation) {
    let spans: Vec<&Span> = if explanation.matched {
        explanation.spans.iter().collect()
    } else {
        let holding = explanation.query.holding();
        holding.into_iter().flat_map(|part| &part.spans).collect()
    };
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
    if let Some(url) = &document.url {
        show_address(url);
    }
}

/// Where the item is, and the redirect that its feed gives instead, for `site:` asks for the former.
fn show_address(given: &str) {
    let address = target(given);
    say!("address: {}", output::printable(&address, 300));
    if address != given {
        say!("  as its feed gives it: {}", output::printable(given, 300));
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
