//! `newsvigil feed`: the feeds that are polled, and what a feed holds.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use super::paths::Paths;
use super::{DATA_ERROR, Failure, Format, output};
use crate::config::{self, Config, FetchSettings};
use crate::core::feed::{self, Entry, Feed, ParseContext};
use crate::core::schedule::{FeedState, Modified, Outcome, Request, Validators, health};
use crate::daemon;
use crate::fetch::{self, Fetcher};
use crate::store::feeds::{self, FeedRow};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the feeds and how they are
    List(Format),
    /// Read feeds and show what is in them, storing nothing
    Show(Show),
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Addresses or files
    #[arg(required = true, value_name = "URL|FILE")]
    feeds: Vec<String>,
    #[command(flatten)]
    format: Format,
}

pub(super) fn run(paths: &Paths, command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::List(format) => list(paths, format),
        Command::Show(options) => show(paths, &options),
    }
}

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

fn list(paths: &Paths, format: Format) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let stored = match paths.read_database()? {
        Some(connection) => feeds::all(&connection)?,
        None => std::collections::BTreeMap::new(),
    };
    let now = Timestamp::now();
    let never = FeedState::default();
    let mut rows = Vec::new();
    for feed in &config.feeds {
        let row = stored.get(&feed.id);
        let state = row.map_or(&never, |row| &row.state);
        let health = health(state, now);
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
            println!("{}", serde_json::to_string(&line).map_err(io::Error::from)?);
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
        anstream::print!(
            "{}",
            output::table(&["feed", "entries", "next poll", "health"], &rows)
        );
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Serialize)]
struct ShownLine<'a> {
    path: &'a str,
    ok: bool,
    error: Option<String>,
    feed: Option<ShownFeed<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
}

#[derive(Serialize)]
struct ShownFeed<'a> {
    title: Option<&'a str>,
    link: Option<&'a str>,
    language: Option<&'a str>,
    id: Option<&'a str>,
    entries: Vec<ShownEntry<'a>>,
}

#[derive(Serialize)]
struct ShownEntry<'a> {
    id: Option<&'a str>,
    title: Option<&'a str>,
    link: Option<&'a str>,
    published: Option<i64>,
    updated: Option<i64>,
    summary: Option<&'a str>,
    content: Option<&'a str>,
    author: Option<&'a str>,
}

fn show(paths: &Paths, options: &Show) -> Result<ExitCode, Failure> {
    let settings = fetch_settings(paths)?;
    let fetcher = daemon::fetcher(&settings)
        .map_err(|error| Failure::new(super::CONFIGURATION, error.to_string()))?;
    let runtime = super::runtime()?;
    let mut bad = 0;
    for path in &options.feeds {
        let read = runtime.block_on(read(&fetcher, &settings, path));
        bad += usize::from(read.is_err());
        if options.format.json {
            print_json(path, &read)?;
        } else {
            print_for_people(path, &read);
        }
    }
    runtime.shutdown_background();
    if bad > 0 {
        return Err(Failure::new(
            DATA_ERROR,
            format!("{} could not be read", output::count(bad, "feed")),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The limits of the configuration where there is one: looking at a feed needs none.
fn fetch_settings(paths: &Paths) -> Result<FetchSettings, Failure> {
    if !paths.config.exists() {
        return Ok(FetchSettings::default());
    }
    match config::load(&paths.config) {
        Ok((Config { fetch, .. }, _)) => Ok(fetch),
        Err(_) => paths.load().map(|config| config.fetch),
    }
}

async fn read(fetcher: &Fetcher, settings: &FetchSettings, path: &str) -> Result<Feed, String> {
    let outcome = match Url::parse(path) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            fetcher
                .fetch(&Request::new(path, Validators::default()))
                .await
        }
        _ => {
            let file = path.strip_prefix("file:").unwrap_or(path);
            let file = std::path::absolute(file).unwrap_or_else(|_| Path::new(file).to_owned());
            fetch::file::read(&file, settings.max_bytes, &Validators::default()).await
        }
    };
    match outcome {
        Outcome::Modified(modified) => parse(modified).await,
        Outcome::NotModified(_) => Err("304 Not Modified".to_owned()),
        Outcome::Gone(_) => Err("410 Gone".to_owned()),
        Outcome::Throttled(throttled) => Err(throttled.message),
        Outcome::Failed(failure) => Err(failure.message),
    }
}

async fn parse(modified: Modified) -> Result<Feed, String> {
    let parsed = tokio::task::spawn_blocking(move || {
        let base = Url::parse(&modified.answer.final_url).ok();
        let context = ParseContext {
            content_type: modified.content_type.as_deref(),
            base: base.as_ref(),
            ..ParseContext::default()
        };
        feed::parse(&modified.body, &context)
    });
    match parsed.await {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("the body made the parser fail".to_owned()),
    }
}

fn print_json(path: &str, read: &Result<Feed, String>) -> Result<(), Failure> {
    let line = ShownLine {
        path,
        ok: read.is_ok(),
        error: read.as_ref().err().cloned(),
        warnings: read.as_ref().map_or(&[], |feed| feed.warnings.as_slice()),
        feed: read.as_ref().ok().map(|feed| ShownFeed {
            title: feed.title.as_deref(),
            link: feed.link.as_deref(),
            language: feed.language.as_deref(),
            id: feed.id.as_deref(),
            entries: feed.entries.iter().map(shown_entry).collect(),
        }),
    };
    println!("{}", serde_json::to_string(&line).map_err(io::Error::from)?);
    Ok(())
}

fn shown_entry(entry: &Entry) -> ShownEntry<'_> {
    ShownEntry {
        id: entry.id.as_deref(),
        title: entry.title.as_deref(),
        link: entry.link.as_deref(),
        published: entry.published.map(Timestamp::as_second),
        updated: entry.updated.map(Timestamp::as_second),
        summary: entry.summary.as_deref(),
        content: entry.content.as_deref(),
        author: entry.author.as_deref(),
    }
}

fn print_for_people(path: &str, read: &Result<Feed, String>) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    let feed = match read {
        Ok(feed) => feed,
        Err(error) => {
            anstream::println!(
                "{heading}{path}{heading:#}\n  {alarm}cannot be read{alarm:#}: {error}\n"
            );
            return;
        }
    };
    let title = output::printable(feed.title.as_deref().unwrap_or("(no title)"), 100);
    anstream::println!("{heading}{title}{heading:#}  {path}");
    for warning in &feed.warnings {
        anstream::println!("  {}", output::printable(warning, 160));
    }
    for entry in &feed.entries {
        let date = entry.published.or(entry.updated).map_or_else(
            || "undated         ".to_owned(),
            |time| time.strftime("%Y-%m-%d %H:%M").to_string(),
        );
        let title = output::printable(entry.title.as_deref().unwrap_or("(no title)"), 100);
        anstream::println!("  {date}  {title}");
    }
    anstream::println!();
}
