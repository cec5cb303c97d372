//! A watch that is tried: what another query would find in what is stored, and what it would not any more.
//!
//! It goes through the items some at a time, the last to come first, so that no reader of the database is kept for
//! long, and it ends where it stands when nobody waits for it any more. It changes nothing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::search::Mistakes;
use crate::config::{Config, Watch};
use crate::core::digest;
use crate::core::feed::links::target;
use crate::core::watch::{Severity, WatchSet, cost_problem, parse_with};
use crate::matching::StoredItemMatcher;
use crate::store::Connection;
use crate::store::entries::{self, EntryRow};
use crate::store::{StoreError, hits};

/// Items that are looked at before it is asked whether somebody still waits.
const ITEMS_A_STEP: u32 = 500;
/// How long a step may take, whatever the items.
const STEP_AT_MOST: Duration = Duration::from_secs(1);
/// Items that are shown of what is gained and of what is lost: the newest.
const MOST_SHOWN: usize = 50;

/// A query that is being tried.
pub struct Trial {
    config: Config,
    watch: String,
    since: Timestamp,
    /// Items are looked at before this one.
    before: i64,
    tried: Tried,
}

/// What came of it so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// Items that were looked at.
    pub looked_at: u64,
    /// Of so many.
    pub of: u64,
    /// When the last of them was first seen: what came before was not looked at yet.
    pub back_to: Option<Timestamp>,
    /// Whether all were.
    pub is_whole: bool,
    /// Hits that stay.
    pub kept: u64,
    /// Items that become hits.
    pub gained: Changes,
    /// Hits that would be none.
    pub lost: Changes,
    /// Items that could not be matched: nothing is known of them.
    pub unmatched: u64,
    /// What should be known of the query: not what was meant, perhaps.
    pub warnings: Option<String>,
}

/// Items that a query gains or loses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many.
    pub count: u64,
    /// The newest of them.
    pub items: Vec<Item>,
}

/// An item that is gained or lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub entry: i64,
    /// Its feed.
    pub feed: String,
    /// As it is called; never empty.
    pub headline: String,
    /// Of the headline.
    pub language: Option<String>,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// Where it was published, if that can be opened.
    pub link: Option<String>,
    /// The hit of this watch, of a lost one.
    pub hit: Option<i64>,
}

/// Why nothing is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// There is no such watch; the one that may be meant.
    NoWatch(Option<String>),
    /// What is wrong with the query.
    Mistakes(Mistakes),
}

/// What a query is tried as that is no watch's yet.
const NEW: &str = "new";

impl Trial {
    /// Puts a query in the place of a watch's own, with all else that the watch says; or makes a watch of it that
    /// looks everywhere.
    ///
    /// # Errors
    /// Why it cannot be tried.
    pub fn new(
        config: &Config,
        watch: Option<&str>,
        query: &str,
        since: Timestamp,
    ) -> Result<Self, Refused> {
        let (parsed, mut problems) = parse_with(query, &config.lists);
        let own =
            match watch {
                Some(id) => Some(config.watch(id).ok_or_else(|| {
                    Refused::NoWatch(config.nearest_watch(id).map(str::to_owned))
                })?),
                None => None,
            };
        if let Some(parsed) = &parsed {
            let (score, languages) = own.map_or((&[][..], &[][..]), |own| {
                (own.spec.score.as_slice(), own.spec.languages.as_slice())
            });
            problems.extend(cost_problem(parsed, score, languages));
        }
        let refused = problems.iter().any(|told| told.severity == Severity::Error);
        let Some(parsed) = parsed.filter(|_| !refused) else {
            return Err(Refused::Mistakes(Mistakes::new(
                query,
                problems,
                &config.lists,
            )));
        };
        let watch = match own {
            Some(own) => {
                let mut watch = own.clone();
                watch.spec.query = parsed;
                watch
            }
            None => Watch::of_query(NEW, parsed),
        };
        let mut tried = Tried::default();
        if !problems.is_empty() {
            tried.warnings = Some(crate::config::query_problems("query", query, problems));
        }
        Ok(Self {
            watch: watch.id.clone(),
            config: Config {
                set: Arc::new(WatchSet::compile(std::slice::from_ref(&watch.spec))),
                watches: vec![watch],
                ..config.clone()
            },
            since,
            before: i64::MAX,
            tried,
        })
    }

    /// Looks at some more items. Gives whether there may be others.
    ///
    /// # Errors
    /// Those of the database; what was looked at before counts.
    pub fn step(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        if self.before == i64::MAX {
            self.tried.of = entries::count_since(connection, self.since)?;
        }
        let end = Instant::now() + STEP_AT_MOST;
        let some = entries::before(connection, self.before, self.since, ITEMS_A_STEP)?;
        self.tried.is_whole = some.len() < ITEMS_A_STEP as usize;
        let mut bench = StoredItemMatcher::new(&self.config);
        bench.only = Some(&self.watch);
        for entry in &some {
            if Instant::now() >= end {
                self.tried.is_whole = false;
                break;
            }
            self.tried.look_at(&mut bench, connection, entry)?;
            self.before = entry.id;
        }
        Ok(!self.tried.is_whole)
    }

    /// What came of it so far.
    pub fn tried(&self) -> &Tried {
        &self.tried
    }
}

impl Tried {
    fn look_at(
        &mut self,
        bench: &mut StoredItemMatcher<'_>,
        connection: &Connection,
        entry: &EntryRow,
    ) -> Result<(), StoreError> {
        match bench.compare(connection, entry) {
            Ok(compared) => {
                self.kept += compared.kept.len() as u64;
                if !compared.gained.is_empty() {
                    self.gained.add(Item::new(entry, None));
                }
                if let Some(watch) = compared.lost.first() {
                    let hit = hits::number_of(connection, entry.id, watch)?;
                    self.lost.add(Item::new(entry, hit));
                }
            }
            Err(StoreError::Value(_)) => self.unmatched += 1,
            Err(error) => return Err(error),
        }
        self.looked_at += 1;
        self.back_to = Some(entry.first_seen);
        Ok(())
    }
}

impl Changes {
    fn add(&mut self, item: Item) {
        self.count += 1;
        if self.items.len() < MOST_SHOWN {
            self.items.push(item);
        }
    }
}

impl Item {
    fn new(entry: &EntryRow, hit: Option<i64>) -> Self {
        let document = &entry.document;
        Self {
            entry: entry.id,
            feed: document.feed.clone().unwrap_or_default(),
            headline: digest::headline(&document.title, &document.summary, &document.text),
            language: document.language.clone(),
            first_seen: entry.first_seen,
            link: (document.url.as_deref()).and_then(|url| digest::safe_link(&target(url))),
            hit,
        }
    }
}

/// A query as it is pasted into the file of a watch.
pub fn to_paste(query: &str) -> String {
    let query = query.trim().replace("\r\n", "\n");
    let is_plain = |c: char| c == '\n' || c == '\t' || !c.is_control();
    if query.contains("'''") || !query.chars().all(is_plain) {
        return format!("match = {}", toml::Value::from(query));
    }
    if query.contains(['\n', '\'']) {
        format!("match = '''\n{query}\n'''")
    } else {
        format!("match = '{query}'")
    }
}

#[cfg(test)]
mod tests;
