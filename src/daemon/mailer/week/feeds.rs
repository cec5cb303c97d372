//! On which days feeds were read, and what changed in them.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::{age, instant};
use crate::core::schedule::{HealthKind, health};
use crate::core::week::{
    Comparison, DAYS, Days, FeedChanges, Period, Rate, Seen, Weights, days_ago,
};
use crate::daemon::mailer::draft::Desk;
use crate::store::{StoreError, feeds, week};

/// The days on which feeds were read.
pub(super) fn seen(desk: Desk<'_>, end: DateTime) -> Result<Seen, StoreError> {
    let connection = desk.connection;
    let tz = &desk.recipient.time_zone;
    let mut seen = [false; DAYS];
    for day in week::feed_days(connection, week::compared_since(instant(desk, end)))? {
        if let Some(ago) = days_ago(tz.to_datetime(day.noon), end) {
            seen[ago] = true;
        }
    }
    // Of the days before that was written down, nobody knows better than that they were like others.
    let first_read = week::known_feeds(connection)?
        .into_values()
        .map(|feed| feed.first_read)
        .min();
    if let (Some(known), Some(first)) = (week::days_known_since(connection)?, first_read)
        && first < known
    {
        let (known, first) = (age(desk, known, end), age(desk, first, end));
        if let Some(days) = seen.get_mut(known..first.min(DAYS)) {
            days.fill(true);
        }
    }
    Ok(seen)
}

/// What each feed brought.
struct FeedDays {
    days: Days,
    seen: Seen,
    /// How many days ago it was read last.
    last: usize,
}

/// What changed in the seven days before `end`.
pub(super) fn changes(desk: Desk<'_>, end: Date) -> Result<FeedChanges, StoreError> {
    let (connection, config) = (desk.connection, desk.config);
    let tz = &desk.recipient.time_zone;
    let start = instant(desk, end.saturating_sub(7.days()).at(0, 0, 0, 0));
    let end = end.at(0, 0, 0, 0);
    let until = instant(desk, end);
    let mut by_feed: BTreeMap<String, FeedDays> = BTreeMap::new();
    for day in week::feed_days(connection, week::compared_since(until))? {
        let Some(ago) = days_ago(tz.to_datetime(day.noon), end) else {
            continue;
        };
        let of_feed = by_feed.entry(day.feed_id).or_insert(FeedDays {
            days: [0; DAYS],
            seen: [false; DAYS],
            last: DAYS,
        });
        of_feed.days[ago] = of_feed.days[ago].saturating_add(day.items);
        of_feed.seen[ago] = true;
        of_feed.last = of_feed.last.min(ago);
    }
    let known = week::known_feeds(connection)?;
    let states = feeds::states(connection)?;
    let mut changes = FeedChanges::default();
    for (id, feed) in &known {
        let title = config.outlet(id, feed.title.clone());
        let of_feed = by_feed.get(id);
        if config.feed(id).is_none() {
            // It was read until the week began, or in it.
            if of_feed.is_some_and(|days| days.last <= 7) {
                changes.gone.push(title);
            }
            continue;
        }
        if (start..until).contains(&feed.first_read) {
            changes.new.push(title);
            continue;
        }
        let in_order = states.get(id).is_some_and(|state| {
            let kind = health(state, desk.now).kind();
            !matches!(
                kind,
                HealthKind::Failing | HealthKind::Gone | HealthKind::Silent | HealthKind::Dead
            )
        });
        let Some(days) = of_feed.filter(|_| in_order) else {
            continue;
        };
        let read = days.seen[..7].iter().filter(|seen| **seen).count();
        let weights = Weights {
            days: &days.days,
            seen: &days.seen,
            began: age(desk, feed.first_read, end),
        };
        let comparison = Comparison::of(weights, Period::Week);
        let Some(habit) = comparison.habit() else {
            continue;
        };
        if comparison.is_high() || (comparison.is_low() && read >= 6) {
            changes.rates.push(Rate {
                title,
                items: comparison.now,
                habit: habit.median,
            });
        }
    }
    changes
        .rates
        .sort_by(|a, b| change(b).total_cmp(&change(a)));
    Ok(changes)
}

/// How many times more or fewer.
#[allow(clippy::cast_precision_loss)] // items of a week are few
fn change(rate: &Rate) -> f64 {
    let (now, before) = ((rate.items as f64).max(0.5), rate.habit.max(0.5));
    (now / before).max(before / now)
}
