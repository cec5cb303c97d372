//! `newsvigil backtest --adopt`: what a watch would have found becomes hits.

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use jiff::Timestamp;
use serde::Serialize;

use super::matcher::Matcher;
use super::options::{Options, Tell};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::paths::Paths;
use crate::config::{Config, Recipient};
use crate::daemon::VERSION;
use crate::matching::HitDifference;
use crate::store::entries::{self, EntryBatch, EntryFilter, EntryRow};
use crate::store::hits::{self, Adoption, StoredFinding};
use crate::store::polls::NewHit;
use crate::store::{Connection, StoreError};

/// Items that are looked at before what was found in them is stored, in one transaction: a service beside
/// us waits as long for the database.
const ITEMS_A_BATCH: u32 = 200;

/// What became of one watch.
#[derive(Default, Serialize)]
struct WatchOutcome {
    watch: String,
    adopted: u64,
    kept: u64,
    lost: u64,
    /// Of those adopted, told to nobody because the watch is muted.
    muted: u64,
    /// By recipient, how many are told in the next digest.
    told: BTreeMap<String, u64>,
}

pub(super) fn run(
    paths: &Paths,
    config: &Config,
    options: &Options,
    since: Timestamp,
) -> Result<ExitCode, Failure> {
    let mut connection = paths.write_database()?;
    let total = entries::count(&connection, &EntryFilter::since(since))?;
    let progress = output::Progress::new("matching", total, "items");
    let mut adopting = Adopting {
        options,
        matcher: Matcher::new(config),
        watches: BTreeMap::new(),
        without_digests: BTreeSet::new(),
    };
    for watch in config
        .watches
        .iter()
        .filter(|watch| options.asks_for(&watch.id))
    {
        adopting.of(&watch.id);
    }
    let looked = adopting.look_back(&mut connection, since, &progress);
    progress.clear();
    let items = looked.inspect_err(|_| adopting.tell_unfinished())?;
    if options.json {
        for watch in adopting.watches.values() {
            say!("{}", output::json(watch)?);
        }
    } else {
        adopting.for_people(paths, items);
    }
    Ok(adopting.matcher.exit_code())
}

struct Adopting<'a> {
    options: &'a Options,
    matcher: Matcher<'a>,
    watches: BTreeMap<String, WatchOutcome>,
    /// Recipients to whom watches go, and who get no digest that could tell them.
    without_digests: BTreeSet<String>,
}

impl Adopting<'_> {
    fn of(&mut self, watch: &str) -> &mut WatchOutcome {
        self.watches
            .entry(watch.to_owned())
            .or_insert_with(|| WatchOutcome {
                watch: watch.to_owned(),
                ..WatchOutcome::default()
            })
    }

    /// Adopts what is to be adopted, in one transaction after the other. Gives the number of items.
    fn look_back(
        &mut self,
        connection: &mut Connection,
        since: Timestamp,
        progress: &output::Progress,
    ) -> Result<u64, StoreError> {
        let mut stretch = EntryBatch {
            since,
            after: 0,
            most: Some(ITEMS_A_BATCH),
        };
        let mut done = 0;
        loop {
            let mut finds = Vec::new();
            let before = stretch.after;
            entries::each(connection, stretch, &mut |entry| {
                stretch.after = entry.id;
                done += 1;
                if let Some(compared) = self.matcher.compare(connection, &entry)? {
                    self.count(&compared);
                    finds.extend(self.find(&entry, compared.gained));
                }
                Ok(())
            })?;
            if stretch.after == before {
                return Ok(done);
            }
            self.store(connection, finds)?;
            progress.show(done);
        }
    }

    fn tell_unfinished(&self) {
        let adopted: u64 = self.watches.values().map(|watch| watch.adopted).sum();
        if adopted > 0 {
            tell!(
                "{} adopted so far; the same command goes on with the rest",
                hits_are(adopted)
            );
        }
    }

    /// What is to be adopted of an item, if anything.
    fn find(&mut self, entry: &EntryRow, gained: Vec<NewHit>) -> Option<StoredFinding> {
        let mut hits = gained;
        hits.retain(|hit| self.options.asks_for(&hit.watch_id));
        for hit in &mut hits {
            self.choose_recipients(hit);
        }
        (!hits.is_empty()).then_some(StoredFinding {
            entry_id: entry.id,
            revision: entry.revision,
            hits,
        })
    }

    fn count(&mut self, compared: &HitDifference) {
        let options = self.options;
        for watch in compared.kept.iter().filter(|id| options.asks_for(id)) {
            self.of(watch).kept += 1;
        }
        for watch in compared.lost.iter().filter(|id| options.asks_for(id)) {
            self.of(watch).lost += 1;
        }
    }

    fn choose_recipients(&mut self, hit: &mut NewHit) {
        if self.options.tells() == Tell::Nobody {
            hit.recipients.clear();
        }
        let config = self.matcher.config;
        hit.recipients.retain(|receiver| {
            let recipient = config.recipient(&receiver.id);
            let told = recipient.is_some_and(Recipient::gets_digests);
            if !told {
                self.without_digests.insert(receiver.id.clone());
            }
            told
        });
    }

    /// Stores what was found; items that a service revised meanwhile are looked at once more.
    fn store(
        &mut self,
        connection: &mut Connection,
        finds: Vec<StoredFinding>,
    ) -> Result<(), StoreError> {
        let mut finds = finds;
        while !finds.is_empty() {
            let Adoption { hits, revised } =
                hits::adopt(connection, &finds, VERSION, Timestamp::now())?;
            for hit in hits {
                let adopted = self.of(&hit.watch_id);
                adopted.adopted += 1;
                adopted.muted += u64::from(hit.muted);
                for recipient in hit.told {
                    *adopted.told.entry(recipient).or_default() += 1;
                }
            }
            finds.clear();
            for number in revised {
                if let Some(entry) = entries::get(connection, number)?
                    && let Some(compared) = self.matcher.compare(connection, &entry)?
                {
                    finds.extend(self.find(&entry, compared.gained));
                }
            }
        }
        Ok(())
    }

    fn for_people(&self, paths: &Paths, items: u64) {
        let heading = output::HEADING;
        say!(
            "{} stored, matched against the watches as they are now",
            output::count(items, "item")
        );
        let mut told: BTreeMap<&str, u64> = BTreeMap::new();
        let (mut adopted, mut muted, mut lost) = (0, 0, 0);
        for watch in self.watches.values() {
            adopted += watch.adopted;
            muted += watch.muted;
            lost += watch.lost;
            for (recipient, hits) in &watch.told {
                *told.entry(recipient).or_default() += hits;
            }
            say!(
                "{heading}{}{heading:#}  {} adopted, {} kept, {} lost",
                watch.watch,
                watch.adopted,
                watch.kept,
                watch.lost
            );
        }
        if lost > 0 {
            say!("Lost hits stay: what was found once is not taken back.");
        }
        if adopted == 0 {
            say!("Nothing is gained, so nothing was adopted.");
            return;
        }
        say!(
            "{} adopted; `{} hits` lists them as found later.",
            hits_are(adopted),
            paths.command()
        );
        let told: Vec<String> = told
            .iter()
            .map(|(recipient, hits)| format!("{recipient} ({hits})"))
            .collect();
        if told.is_empty() {
            say!("Nobody is told.");
        } else {
            say!("Told in the next digest: {}.", told.join(", "));
        }
        if muted > 0 {
            say!(
                "Held back, because the watch is muted: {}.",
                output::count(muted, "hit")
            );
        }
        if !self.without_digests.is_empty() {
            let ids: Vec<&str> = self.without_digests.iter().map(String::as_str).collect();
            say!("Not told, because they get no digests: {}.", ids.join(", "));
        }
    }
}

fn hits_are(number: u64) -> String {
    let are = if number == 1 { "is" } else { "are" };
    format!("{} {are}", output::count(number, "hit"))
}
