//! `newsvigil hits`: what was found, as a table, JSON lines, CSV or an Atom feed.

mod csv;
pub(super) mod search;
mod table;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rusqlite::Connection;
use serde::Serialize;

use super::paths::Paths;
use super::{CONFIGURATION, Failure, NO_INPUT, USAGE, original, output, since, until};
use crate::config::{self, Config, nearest};
use crate::core::article::PageRead;
use crate::core::digest;
use crate::core::document::Document;
use crate::core::feed::links::target;
use crate::core::place;
use crate::core::text::visible::visible_text;
use crate::store::hits::{HitFilter, HitRow, Names, StoredSpan};
use crate::store::outbox::OutboxState;
use crate::store::{self, StoreError, articles};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only hits of this watch
    #[arg(long, value_name = "ID")]
    watch: Option<String>,
    /// Only hits of watches with this topic
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Only items of this feed
    #[arg(long, value_name = "ID")]
    feed: Option<String>,
    /// Only items about this country, territory or region: PE, central-america. What names no place is
    /// left out
    #[arg(long, value_name = "ID")]
    place: Option<String>,
    /// Only the hits in this item, by the number that mails give it
    #[arg(long, alias = "entry", value_name = "NUMBER")]
    item: Option<i64>,
    /// Only hits found in this time or since then: 24h, 7d, 4w, 2026-01-31, 2026-01-31T08:00Z
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only hits found before then, or up to the end of this day; written as for `--since`
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
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
    /// Print CSV (RFC 4180) for spreadsheets, one hit a row; a cell that one would run as a formula begins
    /// with an apostrophe
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
    let until = options
        .until
        .as_deref()
        .map(|text| until(text, now))
        .transpose()?;
    let connection = paths.require_database()?;
    // What was found is there to be read, whatever the configuration has become.
    let config = config::load(&paths.config).ok().map(|(config, _)| config);
    check_names(&connection, config.as_ref(), options)?;
    let places = match &options.place {
        Some(id) => Some(wanted_places(config.as_ref(), id)?),
        None => None,
    };
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
        topic: options.topic.clone(),
        feed: options.feed.clone(),
        item: options.item,
        since,
        until,
        search: options.search.clone(),
        ..HitFilter::default()
    };
    let for_people = !(options.json || options.csv || options.atom);
    if for_people {
        paths.tell_state()?;
    }
    let mut form: Box<dyn Form> = if options.json {
        Box::new(JsonLines(BufWriter::new(io::stdout().lock())))
    } else if options.csv {
        Box::new(csv::Csv::new(mail.is_some())?)
    } else if options.atom {
        Box::new(Atom::new(now)?)
    } else {
        Box::new(table::Table::new(mail.is_some()))
    };
    // What cannot be written is no fault of the database: kept apart on the way through it.
    let mut unwritten: Option<io::Error> = None;
    let mut found = false;
    let mut reading = place::Scratch::default();
    let listed = store::hits::list(&connection, &filter, &mut |mut hit| {
        let about = match &config {
            Some(config) => config.places_of(&document(&hit), &mut reading),
            None => Vec::new(),
        };
        if let Some(places) = &places
            && !about.iter().any(|place| places.contains(place))
        {
            return Ok(());
        }
        found = true;
        let mut named = Vec::new();
        if let Some(config) = &config {
            named = about.iter().map(|place| config.places.id(*place)).collect();
            hit.feed_title = Some(config.outlet(&hit.feed_id, hit.feed_title.take()));
        }
        let page = articles::page_of(&connection, hit.entry_id, hit.revision)?;
        form.hit(&hit, &named, page.as_ref()).map_err(|error| {
            unwritten = Some(error);
            StoreError::Stopped
        })
    });
    if let Some(error) = unwritten {
        return Err(error.into());
    }
    listed?;
    form.end()?;
    if found {
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(mail) = mail
        && let Some(reply) = mail.reply.filter(|_| mail.state == OutboxState::Discarded)
    {
        tell!(
            "mail {} tells nothing any more: {}",
            mail.id,
            output::printable(&reply, 300)
        );
    }
    if let Some(hint) = search::hint(&connection, &filter)? {
        tell!("{}", output::paragraph(&format!("hint: {hint}"), 0));
    }
    Ok(ExitCode::SUCCESS)
}

/// The item of a hit, as far as it says what it is about.
fn document(hit: &HitRow) -> Document {
    Document {
        title: hit.title.clone(),
        summary: hit.summary.clone(),
        text: hit.text.clone(),
        language: hit.language.clone(),
        ..Document::default()
    }
}

fn wanted_places(config: Option<&Config>, id: &str) -> Result<BTreeSet<usize>, Failure> {
    let Some(config) = config else {
        return Err(Failure::new(
            CONFIGURATION,
            "--place needs the places of the configuration, which has mistakes: see `newsvigil check`",
        ));
    };
    config.places.resolve(id).ok_or_else(|| {
        let names = config.places.names();
        let by_title = names
            .iter()
            .find(|(_, title)| title.eq_ignore_ascii_case(id));
        let near = nearest(id, names.iter().map(|(id, _)| *id));
        let meant = match by_title.map(|(id, _)| *id).or(near) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None => "; countries have the codes of ISO 3166-1, such as PE".to_owned(),
        };
        Failure::new(USAGE, format!("there is no place or region `{id}`{meant}"))
    })
}

/// Refuses what neither the database nor the configuration knows: a mistyped name is no empty list.
fn check_names(
    connection: &Connection,
    config: Option<&Config>,
    options: &Options,
) -> Result<(), Failure> {
    type OfConfig = fn(&Config) -> Vec<&str>;
    let asked: [(&str, &Option<String>, Names, OfConfig); 3] = [
        ("watch", &options.watch, Names::Watches, |config| {
            config
                .watches
                .iter()
                .map(|watch| watch.id.as_str())
                .collect()
        }),
        ("topic", &options.topic, Names::Topics, |config| {
            config
                .watches
                .iter()
                .map(|watch| watch.topic.as_str())
                .collect()
        }),
        ("feed", &options.feed, Names::Feeds, |config| {
            config.feeds.iter().map(|feed| feed.id.as_str()).collect()
        }),
    ];
    for (kind, name, of, configured) in asked {
        let Some(name) = name else {
            continue;
        };
        let mut known = store::hits::names(connection, of)?;
        known.extend(config.into_iter().flat_map(configured).map(str::to_owned));
        if known.contains(name) {
            continue;
        }
        let ever = match of {
            Names::Watches => ", and none of that id ever had a hit",
            Names::Topics => ", and no hit ever had it",
            Names::Feeds => ", and none of that id was ever polled",
        };
        let meant = match nearest(name, known.iter().map(String::as_str)) {
            Some(nearest) => format!("; did you mean `{nearest}`?"),
            None if known.len() <= 12 && !known.is_empty() => {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                format!("; there is {}", known.join(", "))
            }
            None => String::new(),
        };
        return Err(Failure::new(
            USAGE,
            format!("there is no {kind} `{name}`{ever}{meant}"),
        ));
    }
    if let Some(number) = options.item
        && store::entries::get(connection, number)?.is_none()
    {
        return Err(Failure::new(
            NO_INPUT,
            format!(
                "no item {number} is stored; items without a hit are kept for the time of [store] retention"
            ),
        ));
    }
    Ok(())
}

trait Form {
    /// With the ids of the places that its item is about.
    /// How the page behind it was read, if there is one.
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()>;
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
    places: &'a [&'a str],
    /// How the page behind the item was read; `null` when it was none to be read.
    article: Option<&'a PageRead>,
    in_article: bool,
    /// The number of its story, by which `story show` shows it.
    story: Option<i64>,
    spans: &'a [StoredSpan],
    watch_version: &'a str,
    program_version: &'a str,
    entry: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<&'a str>,
}

struct JsonLines<W: Write>(W);

impl<W: Write> Form for JsonLines<W> {
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()> {
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
            places,
            article: page,
            in_article: hit.in_article,
            story: hit.story,
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
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()> {
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
        for place in places {
            self.0
                .create_element("category")
                .with_attributes([("scheme", "urn:newsvigil:place"), ("term", *place)])
                .write_empty()?;
        }
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
        if hit.in_article {
            self.0
                .create_element("category")
                .with_attributes([
                    ("scheme", "urn:newsvigil:found"),
                    ("term", "article"),
                    ("label", "found in the article"),
                ])
                .write_empty()?;
        }
        if let Some(page) = page {
            self.0
                .create_element("category")
                .with_attributes([
                    ("scheme", "urn:newsvigil:article"),
                    ("term", page.verdict_name()),
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
