//! What one feed may bring in a day, so that none fills the disk or the mails of the others.

use std::ops::AddAssign;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What may be taken of one feed: in a day, or in what is left of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// Items that were never seen before.
    pub items: u64,
    /// Bytes of the texts that are stored, of new items and of revisions.
    pub bytes: u64,
    /// Hits.
    pub hits: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            items: 1_000,
            bytes: 20 << 20,
            hits: 1_000,
        }
    }
}

impl Budget {
    /// What is left of it today (UTC), after what was taken.
    #[must_use]
    pub fn left(&self, spent: DailyUsage, now: Timestamp) -> RemainingBudget {
        let taken = spent.on(day(now)).taken;
        let whole = RemainingBudget::from(*self);
        RemainingBudget {
            live: whole.live.without(taken.live),
            backlog: whole.backlog.without(taken.backlog),
            revised_bytes: whole.revised_bytes.saturating_sub(taken.revised_bytes),
        }
    }

    fn without(self, taken: BudgetUsage) -> Self {
        Self {
            items: self.items.saturating_sub(taken.items),
            bytes: self.bytes.saturating_sub(taken.bytes),
            hits: self.hits.saturating_sub(taken.hits),
        }
    }

    pub(super) fn exceeds(&self, other: &Self) -> bool {
        self.items > other.items || self.bytes > other.bytes || self.hits > other.hits
    }
}

/// What is left of a budget.
///
/// Items that are too old to be mailed have as much as the others, but of their own: the first body of a
/// feed must not keep back what is published after it. Revisions have half of the bytes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemainingBudget {
    /// For items that are mailed, and for revisions.
    pub live: Budget,
    /// For items that are too old to be mailed.
    pub backlog: Budget,
    /// Of the bytes of [`Self::live`], those that revisions may take.
    pub revised_bytes: u64,
}

impl From<Budget> for RemainingBudget {
    fn from(whole: Budget) -> Self {
        Self {
            live: whole,
            backlog: whole,
            revised_bytes: whole.bytes.div_ceil(2),
        }
    }
}

/// What was taken, counted as in [`Budget`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // each is the field of `Budget` of that name
pub struct BudgetUsage {
    pub items: u64,
    pub bytes: u64,
    pub hits: u64,
}

impl AddAssign for BudgetUsage {
    fn add_assign(&mut self, other: Self) {
        self.items = self.items.saturating_add(other.items);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.hits = self.hits.saturating_add(other.hits);
    }
}

/// What was taken of each part of what is [`RemainingBudget`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(missing_docs)] // each is the field of `RemainingBudget` of that name
pub struct PollUsage {
    #[serde(flatten)]
    pub live: BudgetUsage,
    pub backlog: BudgetUsage,
    pub revised_bytes: u64,
}

impl AddAssign for PollUsage {
    fn add_assign(&mut self, other: Self) {
        self.live += other.live;
        self.backlog += other.backlog;
        self.revised_bytes = self.revised_bytes.saturating_add(other.revised_bytes);
    }
}

/// What was taken of a feed on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DailyUsage {
    /// Days since 1970, UTC.
    pub day: i64,
    /// What was taken on it.
    #[serde(flatten)]
    pub taken: PollUsage,
}

impl DailyUsage {
    fn on(self, day: i64) -> Self {
        if self.day == day {
            self
        } else {
            Self {
                day,
                ..Self::default()
            }
        }
    }

    /// With what a poll took, which begins a new count on a new day.
    #[must_use]
    pub(super) fn and(self, taking: PollUsage, now: Timestamp) -> Self {
        if taking == PollUsage::default() {
            return self;
        }
        let mut spent = self.on(day(now));
        spent.taken += taking;
        spent
    }
}

/// What could not be taken of the newest body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OmittedItems {
    /// When that body was read.
    pub at: Timestamp,
    /// Items, new or with new words.
    pub items: u64,
    /// The budget that was in force. `None`: an earlier version did not keep it.
    #[serde(default)]
    pub budget: Option<Budget>,
}

/// New items that were left out, from the first one on until none was left; remembered until it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetExcess {
    /// When the first was left out.
    pub since: Timestamp,
    /// When it was last seen what became of them.
    pub until: Timestamp,
    /// Items, each counted once.
    pub items: u64,
    /// Those of them that were taken later.
    pub taken: u64,
    /// Those of them that were gone from the feed before they could be taken.
    pub gone: u64,
}

/// What a body says about the new items that were left out of it or of earlier ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BacklogChange {
    /// Left out for the first time.
    pub added: u64,
    /// Left out of an earlier body and left out again.
    pub again: u64,
    /// Left out of an earlier body and taken now.
    pub taken: u64,
    /// Left out of an earlier body and not in this one.
    pub gone: u64,
}

impl AddAssign for BacklogChange {
    fn add_assign(&mut self, other: Self) {
        self.added += other.added;
        self.again += other.again;
        self.taken += other.taken;
        self.gone += other.gone;
    }
}

/// A digest that comes once a week has told what ended so long ago.
const TOLD_AFTER: SignedDuration = SignedDuration::from_hours(8 * 24);

impl BudgetExcess {
    /// What is known after a body, and so what is to be told. `left_out` is what was left out of the body
    /// before it.
    #[must_use]
    pub(super) fn after(
        known: Option<Self>,
        left_out: Option<OmittedItems>,
        arrears: BacklogChange,
        now: Timestamp,
    ) -> Option<Self> {
        if arrears == BacklogChange::default() {
            return known;
        }
        let lasts = |it: &Self| left_out.is_some() || now.duration_since(it.until) < TOLD_AFTER;
        let before = known.filter(lasts).unwrap_or(Self {
            since: left_out.map_or(now, |left_out| left_out.at),
            until: now,
            items: 0,
            taken: 0,
            gone: 0,
        });
        let taken = before.taken.saturating_add(arrears.taken);
        let gone = before.gone.saturating_add(arrears.gone);
        let items = before.items.saturating_add(arrears.added);
        Some(Self {
            until: now,
            // Those of a feed whose address was changed were counted in another state.
            items: items.max(taken.saturating_add(gone)),
            taken,
            gone,
            ..before
        })
    }
}

/// What an offer is. In this order they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CandidateKind {
    /// Never seen before.
    New,
    /// Known, with other words.
    Revised,
    /// Never seen before, and too old to be mailed.
    Backlog,
}

/// An item that a body offers and that is new, or says something new.
#[derive(Clone, Copy, Debug)]
pub struct CandidateItem {
    /// What it is.
    pub kind: CandidateKind,
    /// What storing it takes.
    pub bytes: u64,
    /// When it was published or changed, if the feed says so.
    pub dated: Option<Timestamp>,
}

/// The places of the offers in the order in which they are taken: by kind, and the newest first, those
/// without a date as if they were of now, in the order of the feed.
pub fn in_order(offers: &[CandidateItem], now: Timestamp) -> Vec<usize> {
    let mut order: Vec<usize> = (0..offers.len()).collect();
    order.sort_by_key(|place| {
        offers.get(*place).map(|offer| {
            let dated = offer.dated.unwrap_or(now).min(now);
            (offer.kind, std::cmp::Reverse(dated))
        })
    });
    order
}

/// What is left while the items of one body are taken.
///
/// Each is taken as long as anything is left: what a single item takes beyond that is bounded by what an
/// item may be, and no item is too large to be ever taken.
#[derive(Clone, Copy, Debug)]
pub struct BudgetTracker {
    left: RemainingBudget,
    taken: PollUsage,
}

impl BudgetTracker {
    /// Of what is [`Budget::left`].
    pub fn new(left: RemainingBudget) -> Self {
        Self {
            left,
            taken: PollUsage::default(),
        }
    }

    /// Whether the offer can be taken, if so many hits in it count.
    pub fn affords(&self, offer: &CandidateItem, hits: u64) -> bool {
        let live = self.left.live.without(self.taken.live);
        let backlog = self.left.backlog.without(self.taken.backlog);
        let (of, enough) = match offer.kind {
            CandidateKind::New => (live, live.items > 0),
            CandidateKind::Revised => (live, self.left.revised_bytes > self.taken.revised_bytes),
            CandidateKind::Backlog => (backlog, backlog.items > 0),
        };
        enough && of.bytes > 0 && (hits == 0 || of.hits > 0)
    }

    /// Takes it.
    pub fn spend(&mut self, offer: &CandidateItem, hits: u64) {
        let taken = BudgetUsage {
            items: u64::from(offer.kind != CandidateKind::Revised),
            bytes: offer.bytes,
            hits,
        };
        match offer.kind {
            CandidateKind::New => self.taken.live += taken,
            CandidateKind::Backlog => self.taken.backlog += taken,
            CandidateKind::Revised => {
                self.taken.live += taken;
                self.taken.revised_bytes = self.taken.revised_bytes.saturating_add(offer.bytes);
            }
        }
    }

    /// What was taken.
    pub fn taken(&self) -> PollUsage {
        self.taken
    }
}

pub(super) fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(86_400)
}

#[cfg(test)]
mod tests;
