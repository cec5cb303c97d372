//! `newsvigil feed list`: the feeds, and how they are.

use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::failure::Failure;
use crate::cli::options::Format;
use crate::cli::output;
use crate::cli::paths::Paths;
use crate::config::Feed;
use crate::core::article::{PageVerdictCounts, Policy};
use crate::core::schedule::{FeedState, Health, health, health_while_polled};
use crate::daemon::reading_since;
use crate::store::articles;
use crate::store::feeds::{self, FeedRow};

#[derive(Serialize)]
struct FeedLine<'a> {
    id: &'a str,
    title: &'a str,
    url: String,
    tags: Vec<&'a str>,
    language: Option<&'a str>,
    health: &'static str,
    health_since: Option<i64>,
    error: Option<&'a str>,
    entries: u64,
    last_attempt: Option<i64>,
    last_success: Option<i64>,
    next_poll: Option<i64>,
    warnings: &'a [String],
    articles: Articles,
}

/// How the pages behind the items of a feed are read.
#[derive(Serialize)]
struct Articles {
    fetch: &'static str,
    /// Since when they are counted.
    since: i64,
    #[serde(flatten)]
    reading: PageVerdictCounts,
}

impl<'a> FeedLine<'a> {
    fn new(feed: &'a Feed, row: Option<&'a FeedRow>, health: &Health, articles: Articles) -> Self {
        let state = row.map(|row| &row.state);
        let seconds = |time: Option<Timestamp>| time.map(Timestamp::as_second);
        Self {
            id: &feed.id,
            title: &feed.title,
            url: feed.address.to_string(),
            tags: feed.tags.iter().map(String::as_str).collect(),
            language: feed.language.as_deref(),
            health: health.kind().name(),
            health_since: seconds(health.since()),
            error: state.and_then(|state| state.last_error.as_deref()),
            entries: row.map_or(0, |row| row.entries),
            last_attempt: seconds(state.and_then(|state| state.last_attempt_at)),
            last_success: seconds(state.and_then(|state| state.last_success_at)),
            next_poll: seconds(state.and_then(|state| state.next_poll_at)),
            warnings: row.map_or(&[], |row| row.warnings.as_slice()),
            articles,
        }
    }
}

pub(super) fn run(paths: &Paths, format: Format) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let now = Timestamp::now();
    let since = reading_since(now);
    let (stored, in_flight, mut readings) = match paths.read_database()? {
        Some(connection) => (
            feeds::all(&connection)?,
            feeds::in_flight(&connection)?,
            articles::read_by_feed(&connection, since, Timestamp::MAX)?,
        ),
        None => Default::default(),
    };
    let never = FeedState::default();
    let mut rows = Vec::new();
    for feed in &config.feeds {
        let row = stored.get(&feed.id);
        let state = row.map_or(&never, |row| &row.state);
        let health = match in_flight.get(&feed.id) {
            Some(begun) => health_while_polled(state, *begun, now),
            None => health(state, now),
        };
        let fetch = config.fetches_pages(feed);
        let reading = readings.remove(&feed.id).unwrap_or_default();
        if format.json {
            let articles = Articles {
                fetch: fetch.name(),
                since: since.as_second(),
                reading,
            };
            let line = FeedLine::new(feed, row, &health, articles);
            say!("{}", output::json(&line)?);
            continue;
        }
        rows.push(vec![
            feed.id.clone(),
            row.map_or(0, |row| row.entries).to_string(),
            pages(fetch, &reading),
            state
                .next_poll_at
                .map_or_else(|| "now".to_owned(), |next| output::relative_time(next, now)),
            output::printable(&health.sentence(now), 100),
        ]);
    }
    if !format.json {
        say_part!(
            "{}",
            output::table(&["feed", "items", "articles", "next poll", "health"], &rows)
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// How many pages were read whole, of those that were asked for in the last days, and how many wait:
/// "214 of 245, 3 waiting".
fn pages(fetch: Policy, reading: &PageVerdictCounts) -> String {
    match (fetch, reading.total(), reading.waiting) {
        (Policy::Off, 0, _) => "off".to_owned(),
        (_, 0, 0) => String::new(),
        (_, 0, waiting) => format!("{waiting} waiting"),
        (_, total, 0) => format!("{} of {total}", reading.whole()),
        (_, total, waiting) => format!("{} of {total}, {waiting} waiting", reading.whole()),
    }
}
