//! Feeds whose pages are at one host take turns there, and share its places (fair queuing).

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;

use crate::core::article::next_step::is_due;
use crate::core::article::queued_page::QueuedPage;

/// Which turn of all was the last of a feed at a host.
#[derive(Debug, Default)]
pub(super) struct FairQueuing {
    /// By host and feed.
    turns: BTreeMap<String, BTreeMap<String, u64>>,
    turn: u64,
}

/// When a page may be asked for: at once, or then.
pub(super) fn due(page: &QueuedPage, now: Timestamp) -> Timestamp {
    if is_due(page.due, now) { now } else { page.due }
}

/// Where the page stands in the full line of a host that gives way to one of this feed: the last of the feed with the
/// most places, unless this one would have as many then.
pub(super) fn to_give_way(line: &VecDeque<QueuedPage>, feed: &str) -> Option<usize> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for page in line {
        *places.entry(&page.feed).or_default() += 1;
    }
    let own = places.get(feed).copied().unwrap_or_default();
    let (most, count) = places.into_iter().max_by_key(|(_, count)| *count)?;
    if count <= own + 1 {
        return None;
    }
    line.iter().rposition(|page| page.feed == most)
}

impl FairQueuing {
    /// A feed has its turn at a host.
    pub(super) fn take_turn(&mut self, host: &str, feed: &str) {
        self.turn += 1;
        let turns = self.turns.entry(host.to_owned()).or_default();
        turns.insert(feed.to_owned(), self.turn);
    }

    /// Forgets the turns of all when they are of more than so many hosts.
    pub(super) fn forget_beyond(&mut self, hosts: usize) {
        if self.turns.len() > hosts {
            self.turns.clear();
        }
    }

    /// Whose turn it is in the line of a host: the first page of the feed that was asked for there least lately, of
    /// those that are due if any is.
    pub(super) fn first_feed(
        &self,
        host: &str,
        line: &VecDeque<QueuedPage>,
        now: Timestamp,
    ) -> Option<usize> {
        let turns = self.turns.get(host);
        let order = |page: &QueuedPage| {
            let last = turns.and_then(|turns| turns.get(&page.feed));
            (due(page, now), last.copied().unwrap_or_default())
        };
        let first = line.iter().enumerate().min_by_key(|(_, page)| order(page));
        first.map(|(at, _)| at)
    }
}
