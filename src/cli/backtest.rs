//! `newsvigil backtest`: the watches as they are now against everything stored.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use rusqlite::Connection;
use serde::Serialize;

use super::paths::Paths;
use super::{Failure, no_watch, output, since};
use crate::config::Config;
use crate::core::digest;
use crate::core::feed::links::target;
use crate::core::watch::Scratch;
use crate::store::entries::{self, EntryRow};
use crate::store::{StoreError, hits};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only this watch; may be repeated
    #[arg(long, value_name = "ID")]
    watch: Vec<String>,
    /// Only items first seen in this time or since this day: 24h, 7d, 4w, 2026-01-31
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Print JSON, one watch a line
    #[arg(long)]
    json: bool,
}

/// What an edit would change for one watch.
#[derive(Default, Serialize)]
struct Change {
    watch: String,
    kept: u64,
    gained: Vec<Item>,
    lost: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    entry: i64,
    feed: String,
    title: String,
    #[serde(skip)]
    headline: String,
    link: Option<String>,
    first_seen: i64,
}

impl Item {
    fn new(entry: &EntryRow) -> Self {
        let document = &entry.document;
        Self {
            entry: entry.id,
            feed: document.feed.clone().unwrap_or_default(),
            title: document.title.clone(),
            headline: digest::headline(&document.title, &document.summary, &document.text),
            link: (document.url.as_deref()).map(|link| target(link).into_owned()),
            first_seen: entry.first_seen.as_second(),
        }
    }
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    if let Some(unknown) = options.watch.iter().find(|id| config.watch(id).is_none()) {
        return Err(no_watch(&config, unknown, ""));
    }
    let since = match &options.since {
        Some(text) => since(text, Timestamp::now())?,
        None => Timestamp::MIN,
    };
    let connection = paths.require_database()?;
    let total = entries::count_since(&connection, since)?;
    let changes = compare(&connection, &config, since, total)?;
    let asked =
        |id: &str| options.watch.is_empty() || options.watch.iter().any(|wanted| wanted == id);
    let changes: Vec<Change> = changes
        .into_values()
        .filter(|change| asked(&change.watch))
        .collect();
    if options.json {
        for change in &changes {
            say!("{}", output::json(change)?);
        }
    } else {
        for_people(&config, &changes, total);
    }
    Ok(ExitCode::SUCCESS)
}

fn compare(
    connection: &Connection,
    config: &Config,
    since: Timestamp,
    total: u64,
) -> Result<BTreeMap<String, Change>, StoreError> {
    let mut changes: BTreeMap<String, Change> = BTreeMap::new();
    for watch in &config.watches {
        change_of(&mut changes, &watch.id);
    }
    let progress = output::Progress::new("matching", total, "items");
    let mut done = 0;
    let mut scratch = Scratch::default();
    entries::each_since(connection, since, &mut |entry| {
        one(connection, config, &entry, &mut scratch, &mut changes)?;
        done += 1;
        if done % 1_000 == 0 {
            progress.show(done);
        }
        Ok(())
    })?;
    progress.clear();
    Ok(changes)
}

fn change_of<'a>(changes: &'a mut BTreeMap<String, Change>, watch: &str) -> &'a mut Change {
    changes.entry(watch.to_owned()).or_insert_with(|| Change {
        watch: watch.to_owned(),
        ..Change::default()
    })
}

/// Compares the hits that an item has with those that it would get. A hit counts as kept when the
/// watch still matches the item as it stands, or as it stood when it was found.
fn one(
    connection: &Connection,
    config: &Config,
    entry: &EntryRow,
    scratch: &mut Scratch,
    changes: &mut BTreeMap<String, Change>,
) -> Result<(), StoreError> {
    let mut now: Vec<&str> = matching(config, entry, scratch);
    for hit in hits::of_entry(connection, entry.id)? {
        let place = now.iter().position(|id| *id == hit.watch_id);
        if let Some(place) = place {
            now.swap_remove(place);
        }
        let kept = place.is_some()
            || hit.revision != entry.revision && {
                let earlier = entries::at_revision(connection, entry, hit.revision)?;
                matching(config, &earlier, scratch).contains(&hit.watch_id.as_str())
            };
        let change = change_of(changes, &hit.watch_id);
        if kept {
            change.kept += 1;
        } else {
            change.lost.push(Item::new(entry));
        }
    }
    for gained in now {
        change_of(changes, gained).gained.push(Item::new(entry));
    }
    Ok(())
}

fn matching<'a>(config: &'a Config, entry: &EntryRow, scratch: &mut Scratch) -> Vec<&'a str> {
    config
        .set
        .matches(&entry.document, scratch)
        .iter()
        .filter_map(|found| config.watches.get(found.watch))
        .map(|watch| watch.id.as_str())
        .collect()
}

fn for_people(config: &Config, changes: &[Change], total: u64) {
    let heading = output::HEADING;
    say!(
        "{} stored, matched against the watches as they are now",
        output::count(total, "item")
    );
    for change in changes {
        if change.gained.is_empty() && change.lost.is_empty() {
            say!(
                "{heading}{}{heading:#}  {} kept, no change",
                change.watch,
                change.kept
            );
            continue;
        }
        let gone = if config.watch(&change.watch).is_none() {
            " (no longer a watch)"
        } else {
            ""
        };
        say!(
            "{heading}{}{heading:#}{gone}  {} kept, {} gained, {} lost",
            change.watch,
            change.kept,
            change.gained.len(),
            change.lost.len()
        );
        for (sign, items) in [("+", &change.gained), ("-", &change.lost)] {
            for item in items {
                say!(
                    "  {sign} {:>6}  {}",
                    item.entry,
                    output::printable(&item.headline, 100)
                );
            }
        }
    }
}
