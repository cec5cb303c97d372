//! What one feed may bring in a day, so that none fills the disk or the mails of the others.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::state::FeedState;

/// What may be taken of one feed: in a day, or in what is left of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    pub fn left(&self, state: &FeedState, now: Timestamp) -> Self {
        let spent = state.spent.on(day(now));
        Self {
            items: self.items.saturating_sub(spent.items),
            bytes: self.bytes.saturating_sub(spent.bytes),
            hits: self.hits.saturating_sub(spent.hits),
        }
    }
}

/// What was taken of a feed on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Spent {
    /// Days since 1970, UTC.
    pub day: i64,
    /// As in [`Budget`].
    pub items: u64,
    /// As in [`Budget`].
    pub bytes: u64,
    /// As in [`Budget`].
    pub hits: u64,
}

impl Spent {
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
    pub(super) fn and(self, items: u64, bytes: u64, hits: u64, now: Timestamp) -> Self {
        if items == 0 && bytes == 0 && hits == 0 {
            return self;
        }
        let spent = self.on(day(now));
        Self {
            day: spent.day,
            items: spent.items.saturating_add(items),
            bytes: spent.bytes.saturating_add(bytes),
            hits: spent.hits.saturating_add(hits),
        }
    }
}

/// What could not be taken of the newest body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// When that body was read.
    pub at: Timestamp,
    /// Items, new or with new words.
    pub items: u64,
}

/// An item that a body offers and that is new, or says something new.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// Whether it was never seen before.
    pub new: bool,
    /// What storing it takes.
    pub bytes: u64,
    /// When it was published or changed, if the feed says so.
    pub dated: Option<Timestamp>,
}

/// The places of the offers in the order in which they are taken: the newest first, those without a
/// date as if they were of now, in the order of the feed.
pub fn newest_first(offers: &[Offer], now: Timestamp) -> Vec<usize> {
    let mut order: Vec<usize> = (0..offers.len()).collect();
    let date = |place: &usize| {
        let dated = offers.get(*place).and_then(|offer| offer.dated);
        std::cmp::Reverse(dated.unwrap_or(now).min(now))
    };
    order.sort_by_key(date);
    order
}

/// What is left while the items of one body are taken.
///
/// Each is taken as long as anything is left: what a single item takes beyond that is bounded by what an
/// item may be, and no item is too large to be ever taken.
#[derive(Clone, Copy, Debug)]
pub struct Purse(Budget);

impl Purse {
    /// Of what is [`Budget::left`].
    pub fn new(left: Budget) -> Self {
        Self(left)
    }

    /// Whether the offer can be taken, if so many of the watches that it matches were not told of it.
    pub fn affords(&self, offer: &Offer, hits: u64) -> bool {
        self.0.bytes > 0 && (!offer.new || self.0.items > 0) && (hits == 0 || self.0.hits > 0)
    }

    /// Takes it.
    pub fn spend(&mut self, offer: &Offer, hits: u64) {
        self.0.items = self.0.items.saturating_sub(u64::from(offer.new));
        self.0.bytes = self.0.bytes.saturating_sub(offer.bytes);
        self.0.hits = self.0.hits.saturating_sub(hits);
    }
}

/// Whether items were left out of the newest body and can be taken now, so that the body has to be read
/// again even if it did not change.
pub fn owes_items(state: &FeedState, now: Timestamp) -> bool {
    state
        .left_out
        .is_some_and(|left_out| day(left_out.at) != day(now))
}

fn day(at: Timestamp) -> i64 {
    at.as_second().div_euclid(86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn offer(new: bool, bytes: u64, dated: Option<&str>) -> Offer {
        Offer {
            new,
            bytes,
            dated: dated.map(at),
        }
    }

    #[test]
    fn the_newest_come_first_and_a_date_in_the_future_is_of_no_use() {
        let now = at("2026-11-24T12:00:00Z");
        let offers = [
            offer(true, 1, Some("2026-11-20T00:00:00Z")),
            offer(true, 1, None),
            offer(true, 1, Some("2027-11-20T00:00:00Z")),
            offer(true, 1, Some("2026-11-24T11:00:00Z")),
        ];
        assert_eq!(newest_first(&offers, now), [1, 2, 3, 0]);
    }

    #[test]
    fn each_of_the_three_ends_the_taking_by_itself() {
        let left = Budget {
            items: 1,
            bytes: 100,
            hits: 1,
        };
        let small = offer(true, 1, None);
        let mut purse = Purse::new(left);
        purse.spend(&small, 0);
        assert!(!purse.affords(&small, 0), "no more new ones");
        let revised = offer(false, 500, None);
        assert!(purse.affords(&revised, 3), "what begins within is taken");
        purse.spend(&revised, 3);
        assert!(!purse.affords(&revised, 0), "no more bytes");

        let mut purse = Purse::new(Budget { items: 9, ..left });
        purse.spend(&small, 1);
        assert!(!purse.affords(&small, 1), "no more hits");
        assert!(purse.affords(&small, 0), "but what nothing was found in");
    }

    #[test]
    fn a_day_begins_with_all_of_it() {
        let now = at("2026-11-24T23:59:59Z");
        let budget = Budget::default();
        let state = FeedState {
            spent: Spent::default().and(600, 30 << 20, 0, now),
            ..FeedState::default()
        };
        let left = budget.left(&state, now);
        assert_eq!((left.items, left.bytes, left.hits), (400, 0, 1_000));
        let tomorrow = at("2026-11-25T00:00:00Z");
        assert_eq!(budget.left(&state, tomorrow), budget);
        assert_eq!(state.spent.and(1, 1, 1, tomorrow).items, 1);
    }

    #[test]
    fn what_was_left_out_is_owed_from_the_next_day_on() {
        let state = FeedState {
            left_out: Some(LeftOut {
                at: at("2026-11-24T08:00:00Z"),
                items: 7,
            }),
            ..FeedState::default()
        };
        assert!(!owes_items(&state, at("2026-11-24T23:00:00Z")));
        assert!(owes_items(&state, at("2026-11-25T00:00:01Z")));
        assert!(!owes_items(
            &FeedState::default(),
            at("2026-11-25T00:00:01Z")
        ));
    }
}
