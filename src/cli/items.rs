//! `newsvigil items`: what is stored, whether or not anything was found in it.

use std::borrow::Cow;
use std::io::{self, BufWriter, Stdout, Write};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::failure::{Failure, USAGE};
use super::hits::search::{NO_WORD, reads_like_a_query};
use super::options::since;
use super::output;
use super::output::original;
use super::paths::Paths;
use crate::config::{self, Config, nearest};
use crate::core::article::{PageRead, PageVerdict};
use crate::core::document::Document;
use crate::core::feed::links::target;
use crate::core::text::search::Search;
use crate::core::{digest, place};
use crate::store::entries::{self, EntryFilter, ListedEntry};
use crate::store::{Connection, StoreError, articles, feeds, hits};

/// Items listed unless somebody says how many. For programs there is no such bound.
const ITEMS_LISTED: u64 = 100;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only items with these words in title, summary or text as they stand now; all of them must be
    /// there, "several words" in quotes together; OR between two asks for one of them, * behind a word
    /// finds longer ones. Case, accents and the like do not matter, as in watches
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only items of this feed
    #[arg(long, value_name = "ID")]
    feed: Option<String>,
    /// Only items first seen in this time or since this day: 24h, 7d, 4w, 2026-01-31
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// So many at most, the newest; without it 100, or all with --json
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Print JSON, one item a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct ItemLine<'a> {
    entry: i64,
    revision: i64,
    feed: &'a str,
    outlet: String,
    title: &'a str,
    summary: &'a str,
    text: &'a str,
    link: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_link: Option<&'a str>,
    language: Option<&'a str>,
    published: Option<i64>,
    first_seen: i64,
    watches: &'a [String],
    /// Ids of the places that it is about.
    places: Vec<&'a str>,
    /// How the page behind it was read; `null` when it was none to be read.
    article: Option<&'a PageRead>,
}

impl Options {
    fn limit(&self) -> u64 {
        match self.limit {
            Some(limit) => limit,
            None if self.json => u64::MAX,
            None => ITEMS_LISTED,
        }
    }
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let now = Timestamp::now();
    let since = (options.since.as_deref()).map(|text| since(text, now));
    let since = since.transpose()?;
    let connection = paths.require_database()?;
    if !options.json {
        paths.tell_state()?;
    }
    // Only the outlets' titles come from there, so a mistake in it is no reason to show nothing.
    let config = config::load(&paths.config).ok().map(|(config, _)| config);
    if let Some(feed) = &options.feed {
        check_feed(&connection, config.as_ref(), feed)?;
    }
    let filter = EntryFilter {
        feed: options.feed.clone(),
        since,
    };
    let mut listing = Listing {
        search: options.search.as_deref().map(Search::read),
        limit: options.limit(),
        json: options.json.then(|| BufWriter::new(io::stdout())),
        config,
        listed: 0,
        looked_at: 0,
        unwritten: None,
        progress: output::Progress::new(
            "searching",
            entries::count(&connection, &filter)?,
            "items",
        ),
    };
    let outcome = entries::list(&connection, &filter, &mut |item| {
        listing.item(&connection, &item)
    });
    listing.progress.clear();
    if let Some(error) = listing.unwritten.take() {
        return Err(error.into());
    }
    if let Some(json) = &mut listing.json {
        json.flush()?;
    }
    match outcome {
        // One more than are shown was found.
        Err(StoreError::Stopped) => {
            if !options.json {
                say!(
                    "the newest {}; --limit, --search, --feed and --since give others",
                    listing.limit
                );
            }
        }
        outcome => outcome?,
    }
    if listing.listed == 0 {
        if !options.json {
            say!("no items");
        }
        hint(options, listing.search.as_ref());
    }
    Ok(ExitCode::SUCCESS)
}

fn hint(options: &Options, search: Option<&Search>) {
    let (Some(typed), Some(search)) = (&options.search, search) else {
        return;
    };
    if search.is_empty() {
        tell!("hint: {NO_WORD}");
    } else if reads_like_a_query(typed) {
        let hint = "hint: --search takes words and \"phrases in quotes\", all of which must be there; OR \
                    between two asks for one of them, and NOT, NEAR and brackets mean nothing to it";
        tell!("{}", output::paragraph(hint, 0));
    } else if search.has_whole_words() {
        let hint = "hint: words are searched for as they are; `arrest*` also finds `arrested`, and OR between \
                    two words asks for one of them. Items without a hit are kept for the time of [store] retention";
        tell!("{}", output::paragraph(hint, 0));
    }
}

/// Refuses a feed that is neither configured nor stored, and says which was probably meant.
fn check_feed(connection: &Connection, config: Option<&Config>, id: &str) -> Result<(), Failure> {
    let stored = feeds::ids(connection)?;
    let configured = config.into_iter().flat_map(|config| &config.feeds);
    let known = configured.map(|feed| &feed.id).chain(&stored);
    if known.clone().any(|known| known == id) {
        return Ok(());
    }
    let message = match nearest(id, known.map(String::as_str)) {
        Some(nearest) => format!("there is no feed `{id}`; did you mean `{nearest}`?"),
        None => format!("there is no feed `{id}`; see `newsvigil feed list`"),
    };
    Err(Failure::new(USAGE, message))
}

struct Listing {
    search: Option<Search>,
    limit: u64,
    /// Where JSON goes, if it is asked for.
    json: Option<BufWriter<Stdout>>,
    config: Option<Config>,
    listed: u64,
    looked_at: u64,
    /// What cannot be written is no fault of the database: kept apart on the way through it.
    unwritten: Option<io::Error>,
    progress: output::Progress,
}

impl Listing {
    fn item(&mut self, connection: &Connection, item: &ListedEntry) -> Result<(), StoreError> {
        self.looked_at += 1;
        if self.looked_at.is_multiple_of(1_000) {
            self.progress.show(self.looked_at);
        }
        let document = &item.entry.document;
        let texts = [&*document.title, &document.summary, &document.text];
        if let Some(search) = &self.search
            && !search.finds(&texts)
        {
            return Ok(());
        }
        if self.listed == self.limit {
            return Err(StoreError::Stopped);
        }
        self.listed += 1;
        let mut watches: Vec<String> = Vec::new();
        for hit in hits::of_entry(connection, item.entry.id)? {
            if !watches.contains(&hit.watch_id) {
                watches.push(hit.watch_id);
            }
        }
        let page = articles::page_of(connection, item.entry.id, item.entry.revision)?;
        self.progress.clear();
        if self.json.is_none() {
            self.for_people(item, &watches, page.as_ref());
            return Ok(());
        }
        let link = document.url.as_deref().map(target);
        let line = ItemLine {
            entry: item.entry.id,
            revision: item.entry.revision,
            feed: document.feed.as_deref().unwrap_or_default(),
            outlet: self.outlet(item),
            title: &document.title,
            summary: &document.summary,
            text: &document.text,
            original_link: original(link.as_deref(), document.url.as_deref()),
            link,
            language: document.language.as_deref(),
            published: item.published.map(Timestamp::as_second),
            first_seen: item.entry.first_seen.as_second(),
            watches: &watches,
            places: self.places(document),
            article: page.as_ref(),
        };
        let line = output::json(&line);
        let written = line.and_then(|line| match &mut self.json {
            Some(json) => writeln!(json, "{line}"),
            None => Ok(()),
        });
        written.map_err(|error| {
            self.unwritten = Some(error);
            StoreError::Stopped
        })
    }

    /// The ids of the places that an item is about.
    fn places(&self, document: &Document) -> Vec<&str> {
        let config = self.config.as_ref();
        config.map_or_else(Vec::new, |config| {
            let about = config.places_of(document, &mut place::Scratch::default());
            let about = about.into_iter();
            about.map(|place| config.places.id(place)).collect()
        })
    }

    /// As mails call it.
    fn outlet(&self, item: &ListedEntry) -> String {
        let id = item.entry.document.feed.as_deref().unwrap_or_default();
        let own_title = item.feed_title.clone();
        match &self.config {
            Some(config) => config.outlet(id, own_title),
            None => own_title.unwrap_or_else(|| id.to_owned()),
        }
    }

    fn for_people(&self, item: &ListedEntry, watches: &[String], page: Option<&PageRead>) {
        let document = &item.entry.document;
        let heading = output::HEADING;
        let time = match item.published {
            Some(time) => output::local_time(time),
            None => format!(
                "undated, first seen {}",
                output::local_time(item.entry.first_seen)
            ),
        };
        let title = digest::headline(&document.title, &document.summary, &document.text);
        let mut about = self.places(document).join(", ");
        if !about.is_empty() {
            about.insert_str(0, "  ");
        }
        say!(
            "{:>6}  {time}  {}{about}",
            item.entry.id,
            output::printable(&self.outlet(item), 40)
        );
        let columns = output::terminal_width().unwrap_or(80) - INDENT;
        for line in output::wrapped(&output::printable(&title, 300), columns) {
            say!("{:INDENT$}{heading}{line}{heading:#}", "");
        }
        if let Some(link) = document
            .url
            .as_deref()
            .map(target)
            .filter(|link| !link.is_empty())
        {
            say!("{:INDENT$}{}", "", output::printable(&link, usize::MAX));
        }
        if !watches.is_empty() {
            for line in output::wrapped(&format!("found by {}", watches.join(", ")), columns) {
                say!("{:INDENT$}{line}", "");
            }
        }
        if let Some(page) = page.filter(|page| page.verdict != Some(PageVerdict::Whole)) {
            let read = output::printable(&page.sentence(), 300);
            for line in output::wrapped(&read, columns) {
                say!("{:INDENT$}{line}", "");
            }
        }
    }
}

/// Of what stands below an item's number.
const INDENT: usize = 8;
