//! `newsvigil hits`: what was found, as a table, JSON lines, CSV or an Atom feed.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde::Serialize;

use super::paths::Paths;
use super::{Failure, USAGE, no_watch, original, output, since};
use crate::core::digest;
use crate::core::feed::links::target;
use crate::core::text::visible::visible_text;
use crate::store::hits::{HitFilter, HitRow, StoredSpan};
use crate::store::outbox::OutboxState;
use crate::store::{self, StoreError};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only hits of this watch
    #[arg(long, value_name = "ID")]
    watch: Option<String>,
    /// Only hits found in this time or since this day: 24h, 7d, 4w, 2026-01-31
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only items with these words; all of them must be there, "several words" in quotes
    /// together; OR between two asks for one of them, * behind a word finds longer ones. Case,
    /// accents and the like do not matter, as in watches
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only hits that this mail told, and how: in full, as a headline, or by count. Mails name their
    /// number, and `outbox list --sent` lists it
    #[arg(long, value_name = "NUMBER")]
    mail: Option<i64>,
    /// Print JSON, one hit a line
    #[arg(long, group = "form")]
    json: bool,
    /// Print CSV with a heading
    #[arg(long, group = "form")]
    csv: bool,
    /// Print an Atom feed
    #[arg(long, group = "form")]
    atom: bool,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let now = Timestamp::now();
    let since = options
        .since
        .as_deref()
        .map(|text| since(text, now))
        .transpose()?;
    let connection = paths.require_database()?;
    if let Some(watch) = &options.watch
        && !store::hits::has_watch(&connection, watch)?
    {
        let config = paths.load()?;
        if config.watch(watch).is_none() {
            return Err(no_watch(
                &config,
                watch,
                ", and none of that id ever had a hit",
            ));
        }
    }
    let mail = match options.mail {
        Some(number) => Some(store::outbox::find(&connection, number)?.ok_or_else(|| {
            Failure::new(
                USAGE,
                format!("there is no mail {number}; see `newsvigil outbox list --sent`"),
            )
        })?),
        None => None,
    };
    let filter = HitFilter {
        mail: options.mail,
        watch: options.watch.clone(),
        since,
        search: options.search.clone(),
    };
    let mut form: Box<dyn Form> = if options.json {
        Box::new(JsonLines(BufWriter::new(io::stdout().lock())))
    } else if options.csv {
        Box::new(Csv::new(mail.is_some())?)
    } else if options.atom {
        Box::new(Atom::new(now)?)
    } else {
        Box::new(Table {
            told: mail.is_some(),
            ..Table::default()
        })
    };
    // What cannot be written is no fault of the database: kept apart on the way through it.
    let mut unwritten: Option<io::Error> = None;
    let mut found = false;
    let listed = store::hits::list(&connection, &filter, &mut |hit| {
        found = true;
        form.hit(&hit).map_err(|error| {
            unwritten = Some(error);
            StoreError::Stopped
        })
    });
    if let Some(error) = unwritten {
        return Err(error.into());
    }
    listed?;
    form.end()?;
    if let Some(mail) = mail.filter(|_| !found)
        && let Some(reply) = mail.reply.filter(|_| mail.state == OutboxState::Discarded)
    {
        anstream::eprintln!(
            "mail {} tells nothing any more: {}",
            mail.id,
            output::printable(&reply, 300)
        );
    }
    if let Some(search) = &options.search
        && !found
        && reads_like_a_query(search)
    {
        tell!(
            "hint: --search takes words and \"phrases in quotes\", all of which must be there; OR \
             between two asks for one of them, and NOT, NEAR and brackets mean nothing to it"
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a search is written in the language of watches, outside its quotes.
pub(super) fn reads_like_a_query(search: &str) -> bool {
    let outside = search.split('"').step_by(2);
    outside.flat_map(str::split_whitespace).any(|word| {
        let word = word.trim_matches(['(', ')']);
        matches!(word, "OR" | "NOT" | "NEAR" | "PRE")
            || word.starts_with("NEAR/")
            || word.starts_with("PRE/")
    })
}

trait Form {
    fn hit(&mut self, hit: &HitRow) -> io::Result<()>;
    fn end(&mut self) -> io::Result<()>;
}

#[derive(Serialize)]
struct HitLine<'a> {
    id: i64,
    watch: &'a str,
    watch_title: &'a str,
    topic: &'a str,
    score: i64,
    found: i64,
    published: Option<i64>,
    first_seen: i64,
    backlog: bool,
    later: bool,
    revision: i64,
    feed: &'a str,
    outlet: &'a str,
    title: &'a str,
    summary: &'a str,
    text: &'a str,
    link: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_link: Option<&'a str>,
    language: Option<&'a str>,
    spans: &'a [StoredSpan],
    watch_version: &'a str,
    program_version: &'a str,
    entry: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<&'a str>,
}

struct JsonLines<W: Write>(W);

impl<W: Write> Form for JsonLines<W> {
    fn hit(&mut self, hit: &HitRow) -> io::Result<()> {
        let link = hit.link.as_deref().map(target);
        let line = HitLine {
            id: hit.id,
            watch: &hit.watch_id,
            watch_title: &hit.watch_title,
            topic: &hit.topic,
            score: hit.score,
            found: hit.found.as_second(),
            published: hit.published.map(Timestamp::as_second),
            first_seen: hit.first_seen.as_second(),
            backlog: hit.backlog,
            later: hit.later,
            revision: hit.revision,
            feed: &hit.feed_id,
            outlet: outlet(hit),
            title: &hit.title,
            summary: &hit.summary,
            text: &hit.text,
            original_link: original(link.as_deref(), hit.link.as_deref()),
            link,
            language: hit.language.as_deref(),
            spans: &hit.spans,
            watch_version: &hit.watch_version,
            program_version: &hit.program_version,
            entry: hit.entry_id,
            told: hit.told.as_deref(),
        };
        writeln!(self.0, "{}", output::json(&line)?)
    }

    fn end(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn headline(hit: &HitRow) -> String {
    digest::headline(&hit.title, &hit.summary, &hit.text)
}

/// The address behind redirects; empty without one.
fn link(hit: &HitRow) -> Cow<'_, str> {
    target(hit.link.as_deref().unwrap_or_default())
}

fn outlet(hit: &HitRow) -> &str {
    hit.feed_title.as_deref().unwrap_or(&hit.feed_id)
}

struct Csv {
    writer: csv::Writer<io::Stdout>,
}

impl Csv {
    /// `told`: with a column for how a mail told a hit.
    fn new(told: bool) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(io::stdout());
        let columns = [
            "found",
            "published",
            "watch",
            "topic",
            "score",
            "outlet",
            "title",
            "link",
            "language",
            "later",
            "id",
            "entry",
        ];
        writer.write_record(columns.into_iter().chain(told.then_some("told")))?;
        Ok(Self { writer })
    }
}

impl Form for Csv {
    fn hit(&mut self, hit: &HitRow) -> io::Result<()> {
        let published = hit
            .published
            .map(|time| time.to_string())
            .unwrap_or_default();
        let row = [
            hit.found.to_string(),
            published,
            spreadsheet_safe(&hit.watch_id),
            spreadsheet_safe(&hit.topic),
            hit.score.to_string(),
            spreadsheet_safe(outlet(hit)),
            spreadsheet_safe(&headline(hit)),
            spreadsheet_safe(&link(hit)),
            spreadsheet_safe(hit.language.as_deref().unwrap_or_default()),
            hit.later.to_string(),
            hit.id.to_string(),
            hit.entry_id.to_string(),
        ];
        let told = hit.told.clone();
        Ok(self.writer.write_record(row.into_iter().chain(told))?)
    }

    fn end(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A cell in visible characters that no spreadsheet takes for a formula (OWASP, "CSV Injection"): an
/// apostrophe stands in front of what begins like one, in the cell or behind anything that some
/// spreadsheet takes for the end of a cell. A number is none.
fn spreadsheet_safe(text: &str) -> String {
    let text = visible_text(text);
    let mut out = String::with_capacity(text.len() + 1);
    for cell in text.split_inclusive([',', ';', '|', '\t', '\n']) {
        let begin = cell.trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
        let formula = begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
        if cell.starts_with('\t') || formula && !is_number(begin) {
            out.push('\'');
        }
        out.push_str(cell);
    }
    out
}

/// A signed number such as `-5` or `+1.5`, alone in its cell.
fn is_number(cell: &str) -> bool {
    let digits = cell.trim().trim_start_matches(['+', '-']);
    cell.trim().len() - digits.len() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// RFC 4287.
struct Atom(Writer<BufWriter<io::Stdout>>);

impl Atom {
    fn new(now: Timestamp) -> io::Result<Self> {
        let mut atom = Self(Writer::new_with_indent(
            BufWriter::new(io::stdout()),
            b' ',
            2,
        ));
        atom.0
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let start = quick_xml::events::BytesStart::new("feed")
            .with_attributes([("xmlns", "http://www.w3.org/2005/Atom")]);
        atom.0.write_event(Event::Start(start))?;
        atom.text("id", "urn:newsvigil:hits")?;
        atom.text("title", "newsvigil hits")?;
        atom.text("updated", &now.to_string())?;
        Ok(atom)
    }

    fn text(&mut self, element: &str, text: &str) -> io::Result<()> {
        self.0
            .create_element(element)
            .write_text_content(BytesText::new(&xml_characters(text)))?;
        Ok(())
    }
}

impl Form for Atom {
    fn hit(&mut self, hit: &HitRow) -> io::Result<()> {
        self.0
            .write_event(Event::Start(quick_xml::events::BytesStart::new("entry")))?;
        self.text("id", &format!("urn:newsvigil:hit:{}", hit.id))?;
        self.text("title", &headline(hit))?;
        self.text("updated", &hit.found.to_string())?;
        if let Some(published) = hit.published {
            self.text("published", &published.to_string())?;
        }
        self.0
            .create_element("author")
            .write_inner_content(|writer| {
                writer
                    .create_element("name")
                    .write_text_content(BytesText::new(&xml_characters(outlet(hit))))?;
                Ok(())
            })?;
        self.0
            .create_element("category")
            .with_attribute(("term", xml_characters(&hit.watch_id).as_str()))
            .write_empty()?;
        let number = hit.entry_id.to_string();
        self.0
            .create_element("category")
            .with_attributes([
                ("scheme", "urn:newsvigil:entry"),
                ("term", number.as_str()),
                ("label", format!("item {number}").as_str()),
            ])
            .write_empty()?;
        if hit.later {
            self.0
                .create_element("category")
                .with_attributes([
                    ("scheme", "urn:newsvigil:found"),
                    ("term", "later"),
                    ("label", "found later"),
                ])
                .write_empty()?;
        }
        if let Some(told) = &hit.told {
            self.0
                .create_element("category")
                .with_attributes([("scheme", "urn:newsvigil:told"), ("term", told.as_str())])
                .write_empty()?;
        }
        if let Some(given) = &hit.link {
            let link = target(given);
            self.0
                .create_element("link")
                .with_attribute(("href", xml_characters(&link).as_str()))
                .write_empty()?;
            if link != *given {
                self.0
                    .create_element("link")
                    .with_attributes([("rel", "via"), ("href", xml_characters(given).as_str())])
                    .write_empty()?;
            }
        }
        let summary = if hit.summary.is_empty() {
            &hit.text
        } else {
            &hit.summary
        };
        self.text("summary", summary)?;
        self.0
            .write_event(Event::End(quick_xml::events::BytesEnd::new("entry")))
    }

    fn end(&mut self) -> io::Result<()> {
        self.0
            .write_event(Event::End(quick_xml::events::BytesEnd::new("feed")))?;
        self.0.get_mut().write_all(b"\n")?;
        self.0.get_mut().flush()
    }
}

/// In visible characters, and without those that XML 1.0 has no way to write (section 2.2).
fn xml_characters(text: &str) -> String {
    let text = visible_text(text);
    text.chars()
        .filter(|c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        })
        .collect()
}

/// The whole table is held, for its columns to be as wide as they must.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<String>>,
    /// With a column for how a mail told a hit.
    told: bool,
}

/// Beyond these the older ones are counted: a terminal is not where thousands are read.
const TABLE_ROWS: usize = 500;

impl Form for Table {
    fn hit(&mut self, hit: &HitRow) -> io::Result<()> {
        if self.rows.len() == TABLE_ROWS && io::stdout().is_terminal() {
            return Ok(());
        }
        let mut title = output::printable(&headline(hit), 80);
        if hit.later {
            title.push_str(" (found later)");
        } else if hit.backlog {
            title.push_str(" (older than the backlog, not mailed)");
        }
        let mut row = vec![
            hit.entry_id.to_string(),
            output::local_time(hit.found),
            output::printable(&hit.watch_id, 30),
            output::printable(outlet(hit), 24),
            title,
        ];
        if self.told {
            let told = match hit.told.as_deref() {
                Some("full") => "in full",
                Some("headline") => "headline",
                _ => "by count",
            };
            row.insert(1, told.to_owned());
        }
        self.rows.push(row);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        if self.rows.is_empty() {
            say!("no hits");
            return Ok(());
        }
        let mut columns = vec!["item", "found", "watch", "outlet", "title"];
        if self.told {
            columns.insert(1, "told");
        }
        say_part!("{}", output::table(&columns, &self.rows));
        if self.rows.len() == TABLE_ROWS {
            say!("the newest {TABLE_ROWS}; --since, --json or --csv give others");
        }
        Ok(())
    }
}
