//! How many pages of a feed may be asked for in a day (in UTC).

use std::collections::BTreeMap;

use jiff::Timestamp;

/// Days since the beginning of 1970, in UTC.
pub(super) fn day(now: Timestamp) -> i64 {
    now.as_second().div_euclid(86_400)
}

/// Pages asked for today, by feed, and how many may be.
#[derive(Debug)]
pub(super) struct DailyQuota {
    pub(super) pages: u64,
    /// Requests of a day (in UTC), by feed.
    spent: BTreeMap<String, (i64, u64)>,
}

impl DailyQuota {
    /// With nothing spent.
    pub(super) fn new(pages: u64) -> Self {
        Self {
            pages,
            spent: BTreeMap::new(),
        }
    }

    /// Whether it is not known yet what a feed has spent.
    pub(super) fn is_unknown(&self, feed: &str) -> bool {
        !self.spent.contains_key(feed)
    }

    /// So many pages of a feed were asked for today.
    pub(super) fn set(&mut self, feed: &str, pages: u64, now: Timestamp) {
        self.spent.insert(feed.to_owned(), (day(now), pages));
    }

    /// One more page of a feed is asked for.
    pub(super) fn spend(&mut self, feed: &str, now: Timestamp) {
        self.set(feed, self.spent_today(feed, now) + 1, now);
    }

    /// Why no more pages of a feed are asked for today.
    pub(super) fn why_spent(&self, feed: &str, now: Timestamp) -> Option<String> {
        let pages = self.pages;
        (self.spent_today(feed, now) >= pages).then(|| {
            format!("more than {pages} pages of its feed in a day (in UTC) are not asked for")
        })
    }

    fn spent_today(&self, feed: &str, now: Timestamp) -> u64 {
        match self.spent.get(feed) {
            Some((of, pages)) if *of == day(now) => *pages,
            _ => 0,
        }
    }
}
