//! `newsvigil feed list`: the feeds, and how they are.

use std::collections::BTreeMap;
use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::paths::Paths;
use crate::cli::{Failure, Format, output};
use crate::core::schedule::{FeedState, health, health_while_polled};
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
}

pub(super) fn run(paths: &Paths, format: Format) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let (stored, in_flight) = match paths.read_database()? {
        Some(connection) => (feeds::all(&connection)?, feeds::in_flight(&connection)?),
        None => (BTreeMap::new(), BTreeMap::new()),
    };
    let now = Timestamp::now();
    let never = FeedState::default();
    let mut rows = Vec::new();
    for feed in &config.feeds {
        let row = stored.get(&feed.id);
        let state = row.map_or(&never, |row| &row.state);
        let health = match in_flight.get(&feed.id) {
            Some(begun) => health_while_polled(state, *begun, now),
            None => health(state, now),
        };
        if format.json {
            let line = FeedLine {
                id: &feed.id,
                title: &feed.title,
                url: feed.address.to_string(),
                tags: feed.tags.iter().map(String::as_str).collect(),
                language: feed.language.as_deref(),
                health: health.kind().name(),
                health_since: health.since().map(Timestamp::as_second),
                error: state.last_error.as_deref(),
                entries: row.map_or(0, |row| row.entries),
                last_attempt: state.last_attempt_at.map(Timestamp::as_second),
                last_success: state.last_success_at.map(Timestamp::as_second),
                next_poll: state.next_poll_at.map(Timestamp::as_second),
                warnings: row.map_or(&[], |row: &FeedRow| row.warnings.as_slice()),
            };
            say!("{}", output::json(&line)?);
            continue;
        }
        rows.push(vec![
            feed.id.clone(),
            row.map_or(0, |row| row.entries).to_string(),
            state
                .next_poll_at
                .map_or_else(|| "now".to_owned(), |next| output::relative_time(next, now)),
            output::printable(&health.sentence(now), 100),
        ]);
    }
    if !format.json {
        say_part!(
            "{}",
            output::table(&["feed", "items", "next poll", "health"], &rows)
        );
    }
    Ok(ExitCode::SUCCESS)
}
