//! `newsvigil backtest`: the watches as they are now against everything stored.

mod adopt;
mod matcher;
mod options;

use std::collections::BTreeMap;
use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;

use super::failure::{Failure, no_watch};
use super::options::since;
use super::output;
use super::paths::Paths;
use crate::config::Config;
use crate::core::digest;
use crate::core::feed::links::target;
use crate::store::entries::{self, EntryBatch, EntryFilter, EntryRow};
use crate::store::{Connection, StoreError};
use matcher::Matcher;
pub(super) use options::Options;

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
    if options.adopt {
        return adopt::run(paths, &config, options, since);
    }
    let connection = paths.require_database()?;
    let total = entries::count(&connection, &EntryFilter::since(since))?;
    let mut matcher = Matcher::new(&config);
    let changes = compare(&connection, &mut matcher, since, total)?;
    let changes: Vec<Change> = changes
        .into_values()
        .filter(|change| options.asks_for(&change.watch))
        .collect();
    if options.json {
        for change in &changes {
            say!("{}", output::json(change)?);
        }
    } else {
        for_people(&config, &changes, total);
        if changes.iter().any(|change| !change.gained.is_empty()) {
            say!(
                "{} makes hits of what is gained, told as found later in the next digest, or with \
                 --tell nobody to nobody",
                options.adopting(paths)
            );
        }
    }
    Ok(matcher.exit_code())
}

fn compare(
    connection: &Connection,
    matcher: &mut Matcher<'_>,
    since: Timestamp,
    total: u64,
) -> Result<BTreeMap<String, Change>, StoreError> {
    let mut changes: BTreeMap<String, Change> = BTreeMap::new();
    for watch in &matcher.config.watches {
        change_of(&mut changes, &watch.id);
    }
    let progress = output::Progress::new("matching", total, "items");
    let mut done = 0;
    let stretch = EntryBatch {
        since,
        after: 0,
        most: None,
    };
    entries::each(connection, stretch, &mut |entry| {
        if let Some(compared) = matcher.compare(connection, &entry)? {
            for watch in compared.kept {
                change_of(&mut changes, &watch).kept += 1;
            }
            for watch in compared.lost {
                change_of(&mut changes, &watch).lost.push(Item::new(&entry));
            }
            for hit in compared.gained {
                let change = change_of(&mut changes, &hit.watch_id);
                change.gained.push(Item::new(&entry));
            }
        }
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
