//! What a date means that may be read in several ways: all the dates of its body decide together.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::DateInterpretations;
use super::parts::{Layout, Order};
use super::zones::is_of;

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Dates of one body that are no further apart are neighbours.
const NEIGHBOURS: SignedDuration = SignedDuration::from_hours(31 * 24);
/// Nine months: what is older is seldom in a feed, unless all of it is.
const OLD: SignedDuration = SignedDuration::from_hours(274 * 24);
/// What is further ahead is seldom in a feed; what is not may be an event that is announced.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

/// The dates of a body, and how those of each layout are to be read. Takes time in proportion to the number of
/// dates and its logarithm.
#[derive(Debug, Default)]
pub struct DateDisambiguation<'a> {
    languages: Vec<&'a str>,
    orders: BTreeMap<Layout, Order>,
}

impl<'a> DateDisambiguation<'a> {
    /// Decides how the dates of a body are read. Each of these is asked, in this order, and those orders are left
    /// that it speaks for most:
    ///
    /// 1. the calendar and the days of the week that stand beside the dates: which order fits most of them;
    /// 2. the other dates of the body: which order makes neighbours of them;
    /// 3. the time of the poll: what is dated more than a month ahead is hardly so;
    /// 4. the dates among themselves: a feed is a row of days, not one day of each month;
    /// 5. the time of the poll again: an item is seldom more than a fortnight ahead, and seldom of nine months ago;
    /// 6. the languages, most telling first;
    /// 7. the reading that is nearest to now.
    ///
    /// `now` is the time of the poll. Without it the newest date that is sure stands for it.
    pub fn of(
        dates: impl Iterator<Item = DateInterpretations>,
        now: Option<Timestamp>,
        languages: &[&'a str],
    ) -> Self {
        let mut sure = Vec::new();
        let mut layouts: BTreeMap<Layout, Vec<DateInterpretations>> = BTreeMap::new();
        for date in dates {
            match date.layout {
                Some(layout) => layouts.entry(layout).or_default().push(date),
                None => sure.extend(date.readings.into_iter().flatten()),
            }
        }
        sure.sort_unstable();
        let now = now.or(sure.last().copied());
        let orders = layouts.into_iter().map(|(layout, dates)| {
            let dates = Dates {
                written: &dates,
                sure: &sure,
                now,
            };
            (layout, dates.order(layout, languages))
        });
        Self {
            orders: orders.collect(),
            languages: languages.to_vec(),
        }
    }

    /// What a date of the body means.
    pub fn settle(&self, date: &DateInterpretations) -> Option<Timestamp> {
        let order = date.layout.and_then(|layout| self.orders.get(&layout));
        let read = order.and_then(|&order| date.readings[order as usize]);
        // One that cannot be so read is read as it can be.
        let read = read.or_else(|| date.readings.into_iter().flatten().next())?;
        let zones = date.by_language.into_iter().flatten();
        let east = zones.map(|zone| i64::from(zone.in_languages(&self.languages)));
        read.checked_sub(SignedDuration::from_secs(east.sum())).ok()
    }
}

/// The dates of one layout, and what is known beside them.
struct Dates<'d> {
    written: &'d [DateInterpretations],
    /// The dates of the body that can be read in one way only, in order.
    sure: &'d [Timestamp],
    now: Option<Timestamp>,
}

impl Dates<'_> {
    fn order(&self, layout: Layout, languages: &[&str]) -> Order {
        let mut left = Order::ALL.to_vec();
        keep_least(&mut left, |order| -self.count(order, |_| true));
        keep_least(&mut left, |order| {
            -self.count(order, |date| self.has_neighbour(date))
        });
        keep_least(&mut left, |order| {
            self.count(order, |date| self.ahead(date) > NEIGHBOURS)
        });
        let narrowest = left
            .iter()
            .map(|&order| self.span(order))
            .min()
            .unwrap_or_default();
        keep_least(&mut left, |order| {
            i64::from(self.span(order) > narrowest.saturating_mul(4).saturating_add(DAY * 14))
        });
        keep_least(&mut left, |order| {
            self.count(order, |date| {
                self.ahead(date) > AHEAD || self.ahead(date) < -OLD
            })
        });
        if let Some(order) = customary(layout, languages).filter(|order| left.contains(order)) {
            return order;
        }
        keep_least(&mut left, |order| {
            self.readings(order)
                .map(|date| self.ahead(date).abs().as_secs())
                .fold(0, i64::saturating_add)
        });
        left.first().copied().unwrap_or(Order::DayMonthYear)
    }

    fn readings(&self, order: Order) -> impl Iterator<Item = Timestamp> {
        self.written
            .iter()
            .filter_map(move |date| date.readings[order as usize])
    }

    fn count(&self, order: Order, holds: impl Fn(Timestamp) -> bool) -> i64 {
        let number = self.readings(order).filter(|&date| holds(date)).count();
        i64::try_from(number).unwrap_or(i64::MAX)
    }

    fn has_neighbour(&self, date: Timestamp) -> bool {
        let place = self.sure.partition_point(|&sure| sure < date);
        let beside = self.sure.get(place.saturating_sub(1)..).unwrap_or_default();
        beside
            .iter()
            .take(2)
            .any(|sure| sure.duration_since(date).abs() <= NEIGHBOURS)
    }

    /// How long after now a date is; nothing while now is not known.
    fn ahead(&self, date: Timestamp) -> SignedDuration {
        self.now
            .map_or(SignedDuration::ZERO, |now| date.duration_since(now))
    }

    fn span(&self, order: Order) -> SignedDuration {
        let first = self.readings(order).min();
        let last = self.readings(order).max();
        first
            .zip(last)
            .map_or(SignedDuration::ZERO, |(first, last)| {
                last.duration_since(first)
            })
    }
}

/// Leaves the orders that have the least of something.
fn keep_least(left: &mut Vec<Order>, of: impl Fn(Order) -> i64) {
    let least = left.iter().map(|&order| of(order)).min();
    left.retain(|&order| Some(of(order)) == least);
}

/// The order that people who write so would use; `None` where they do not agree, as in English of no country.
fn customary(layout: Layout, languages: &[&str]) -> Option<Order> {
    /// Languages and countries whose short dates begin with the month, or with the year where it has two digits
    /// (Unicode CLDR, `dateFormats`).
    const MONTH_FIRST: [&str; 8] = [
        "en-us", "es-us", "es-pr", "en-ph", "fil", "tl", "en-pr", "en-mh",
    ];
    const YEAR_FIRST: [&str; 11] = [
        "zh", "ja", "ko", "hu", "lt", "mn", "sv", "fa", "en-za", "en-ca", "fr-ca",
    ];
    let of = |language: &str, tags: &[&str]| tags.iter().any(|tag| is_of(language, tag));
    let order = languages.iter().find_map(|language| match () {
        () if of(language, &MONTH_FIRST) => Some(Order::MonthDayYear),
        () if of(language, &YEAR_FIRST) => Some(Order::YearMonthDay),
        () if language.eq_ignore_ascii_case("en") => None,
        () => Some(Order::DayMonthYear),
    });
    // Nobody separates by full stops what begins with the month.
    order.or((layout.separator == '.').then_some(Order::DayMonthYear))
}

#[cfg(test)]
mod tests;
