//! A database with items and hits, for the tests of this room.

use std::fs;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::load::PageContext;
use crate::config::{self, Config};
use crate::matching::{Scratch, hits_in_stored};
use crate::store::hits::{self, NamesOfHits, PlacesOfHits, StoredFinding};
use crate::store::{self, Connection, entries};

/// When the first item is seen; each is a minute after the one before.
pub(super) fn begin() -> Timestamp {
    "2026-11-24T12:00:00Z".parse().unwrap()
}

pub(super) struct TestSite {
    pub(super) connection: Connection,
    /// The same database, to put rows into.
    pub(super) sqlite: rusqlite::Connection,
    pub(super) config: Config,
    pub(super) places: PlacesOfHits,
    zone: TimeZone,
    names: NamesOfHits,
    _folder: TempDir,
}

/// An item: title, text, and what else is said of it in columns of the table `entry`.
pub(super) type Item<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

impl TestSite {
    /// With watches, each an id and a query, and items, in which they found what they find.
    pub(super) fn new(watches: &[(&str, &str)], items: &[Item<'_>]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = configured(&folder, watches, "", "");
        let mut connection = store::open(&folder.path().join(store::FILE_NAME)).unwrap();
        let sqlite = rusqlite::Connection::open(connection.path()).unwrap();
        sqlite
            .execute_batch(
                "INSERT INTO feed (id, url, state, next_poll_at) VALUES ('outlet', '', '{}', 0)",
            )
            .unwrap();
        for (number, (title, text, more)) in (1_i64..).zip(items) {
            let seen = (begin() + SignedDuration::from_mins(number)).as_second();
            sqlite
                .execute(
                    "INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author,
                                        categories, first_seen_at, last_seen_at, backlog, language)
                     VALUES (?1, 'outlet', ?1, 0, '', ?2, '', ?3, '', '[]', ?4, ?4, 0, 'en')",
                    (number, title, text, seen),
                )
                .unwrap();
            for (column, value) in *more {
                let sql = format!("UPDATE entry SET {column} = ?2 WHERE id = ?1");
                sqlite.execute(&sql, (number, value)).unwrap();
            }
            let entry = entries::get(&connection, number).unwrap().unwrap();
            let found = hits_in_stored(&config, &entry, &mut Scratch::default()).unwrap();
            let find = StoredFinding {
                entry_id: number,
                revision: 0,
                hits: found,
            };
            let now = Timestamp::from_second(seen).unwrap();
            hits::adopt(&mut connection, &[find], env!("CARGO_PKG_VERSION"), now).unwrap();
        }
        Self {
            connection,
            sqlite,
            places: PlacesOfHits::new(config.places.clone()),
            zone: TimeZone::UTC,
            names: NamesOfHits::default(),
            config,
            _folder: folder,
        }
    }

    /// What pages are made of, an hour after the first item.
    pub(super) fn sources(&self) -> PageContext<'_> {
        PageContext {
            connection: &self.connection,
            config: &self.config,
            zone: &self.zone,
            now: begin() + SignedDuration::from_hours(1),
            reader: "ana",
            names: &self.names,
        }
    }

    /// The same with other watches, and word lists.
    pub(super) fn with(mut self, watches: &[(&str, &str)], words: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        self.config = configured(&folder, watches, words, "");
        self
    }

    /// The same with feeds, and no watch.
    pub(super) fn with_feeds(mut self, feeds: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        self.config = configured(&folder, &[], "", feeds);
        self
    }
}

fn configured(folder: &TempDir, watches: &[(&str, &str)], words: &str, feeds: &str) -> Config {
    for name in ["watches", "words"] {
        fs::create_dir(folder.path().join(name)).unwrap();
    }
    let watch = |(id, query): &(&str, &str)| {
        format!("[[watch]]\nid = \"{id}\"\ntitle = \"About {id}\"\nmatch = '''{query}'''\n")
    };
    let watches: String = watches.iter().map(watch).collect();
    let settings = "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n";
    for (name, text) in [
        ("newsvigil.toml", settings),
        ("feeds.toml", feeds),
        ("watches/all.toml", &watches),
        ("words/all.toml", words),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let (config, _) = config::load(folder.path())
        .unwrap_or_else(|bad| panic!("{}", bad.render(config::Styling::Plain)));
    config
}
