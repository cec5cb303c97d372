//! On which days feeds were read, and what changed in them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::DateTime;
use jiff::{SignedDuration, Timestamp};

use super::time::{age, instant};
use crate::config::Feed;
use crate::core::digest::{Coverage, FeedTrouble};
use crate::core::schedule::{FeedState, HealthKind, health};
use crate::core::week::{
    Comparison, FeedChanges, FeedReads, Period, Rate, Seen, WeekCoverage, Weights, days_ago,
};
use crate::daemon::mailer::context::MailerContext;
use crate::store::{StoreError, feeds, week};

const SLOW: SignedDuration = SignedDuration::from_hours(18);

/// When each feed was read, in the days before `end`.
pub(super) fn reads(
    context: MailerContext<'_>,
    end: DateTime,
) -> Result<BTreeMap<String, FeedReads>, StoreError> {
    let tz = &context.recipient.time_zone;
    let states = feeds::states(context.connection)?;
    let mut reads: BTreeMap<String, FeedReads> = BTreeMap::new();
    for day in week::feed_days(
        context.connection,
        week::compared_since(instant(context, end)),
    )? {
        if let Some(ago) = days_ago(tz.to_datetime(day.noon), end) {
            let feed = reads.entry(day.feed_id).or_default();
            feed.items[ago] = feed.items[ago].saturating_add(day.items);
            feed.read[ago] = true;
        }
    }
    // The days of the database are those of UTC; of these two polls the very instant is known, and the first of them
    // may be all that there is.
    for (id, known) in week::known_feeds(context.connection)? {
        let last = states.get(&id).and_then(|state| state.last_success_at);
        for at in [known.first_read].into_iter().chain(last) {
            if let Some(ago) = days_ago(tz.to_datetime(at), end) {
                reads.entry(id.clone()).or_default().read[ago] = true;
            }
        }
    }
    for (id, feed) in &mut reads {
        feed.is_listed = context.config.feed(id).is_some();
        feed.is_slow = states.get(id).is_some_and(is_slow);
    }
    Ok(reads)
}

/// Whether the next poll is so late that a day may pass without one.
fn is_slow(state: &FeedState) -> bool {
    let next = state.next_poll_at.zip(state.last_success_at);
    state.failing_since.is_none()
        && next.is_some_and(|(next, last)| next.duration_since(last) >= SLOW)
}

/// How much was seen of the seven days before `until`.
pub(super) fn watched(
    context: MailerContext<'_>,
    reads: &BTreeMap<String, FeedReads>,
    seen: &Seen,
    until: Timestamp,
) -> Result<WeekCoverage, StoreError> {
    let states = feeds::states(context.connection)?;
    let known = week::known_feeds(context.connection)?;
    let mut watched = WeekCoverage {
        days: seen[..7].iter().filter(|seen| **seen).count(),
        ..WeekCoverage::default()
    };
    for feed in &context.config.feeds {
        let reads = reads.get(&feed.id);
        let was_read = reads.is_some_and(|reads| reads.read[..7].contains(&true));
        // One that came later is no loss of this week.
        let was_there = (known.get(&feed.id)).is_some_and(|feed| feed.first_read < until)
            || (states
                .get(&feed.id)
                .and_then(|state| health(state, context.now).since()))
            .is_some_and(|since| since < until);
        watched.feeds += usize::from(was_read);
        watched.of_feeds += usize::from(was_read || was_there);
    }
    Ok(watched)
}

/// Leaves those troubles that began, or were over, in the week: what began later is the next summary's. Gives the
/// number of feeds that were in trouble before already, and are still.
pub(super) fn retain_troubles_of_week(
    context: MailerContext<'_>,
    coverage: &mut Coverage,
    week: Range<Timestamp>,
) -> Result<usize, StoreError> {
    let states = feeds::states(context.connection)?;
    let until = week.end;
    let known = |feed: &FeedTrouble| feed.since.is_none_or(|since| since < until);
    for troubles in [
        &mut coverage.failing,
        &mut coverage.interrupted,
        &mut coverage.incomplete,
        &mut coverage.possibly_missed,
    ] {
        troubles.retain(known);
    }
    let mut before = 0;
    coverage.failing.retain(|feed| {
        let is_new = feed.since.is_none_or(|since| since >= week.start);
        before += usize::from(!is_new);
        is_new
    });
    // A silence is known as such long after it began.
    let was_silent = |feed: &FeedTrouble, at| {
        let state = states.get(&feed.id);
        state.is_some_and(|state| is_silent(state, at))
    };
    coverage.silent.retain(|feed| {
        let was_before = was_silent(feed, week.start);
        before += usize::from(was_before);
        !was_before && was_silent(feed, until)
    });
    Ok(before)
}

fn is_silent(state: &FeedState, at: Timestamp) -> bool {
    matches!(
        health(state, at).kind(),
        HealthKind::Silent | HealthKind::Dead
    )
}

/// What changed in the seven days before `end`.
pub(super) fn changes(
    context: MailerContext<'_>,
    reads: &BTreeMap<String, FeedReads>,
    end: DateTime,
) -> Result<FeedChanges, StoreError> {
    let (connection, config) = (context.connection, context.config);
    let start = instant(context, end.saturating_sub(jiff::Span::new().days(7)));
    let week = start..instant(context, end);
    let known = week::known_feeds(connection)?;
    let states = feeds::states(connection)?;
    let mut changes = FeedChanges::default();
    // Under another id, a feed neither comes nor goes.
    let sources: BTreeSet<String> = config.feeds.iter().map(Feed::source).collect();
    let (listed, unlisted) =
        (known.iter()).partition::<Vec<_>, _>(|(id, _)| config.feed(id).is_some());
    let old_sources: BTreeSet<&str> = unlisted.iter().map(|(_, feed)| feed.url.as_str()).collect();
    for (id, unlisted_at) in week::listed_feeds(connection)? {
        let feed = known.get(&id);
        if unlisted_at.is_some_and(|at| week.contains(&at))
            && config.feed(&id).is_none()
            && !feed.is_some_and(|feed| sources.contains(&feed.url))
        {
            let title = feed.and_then(|feed| feed.title.clone());
            changes.gone.push(config.feed_name(&id, title));
        }
    }
    for (id, feed) in listed {
        let title = config.feed_name(id, feed.title.clone());
        if week.contains(&feed.first_read) {
            if !old_sources.contains(feed.url.as_str()) {
                changes.new.push(title);
            }
            continue;
        }
        let in_order = states.get(id).is_some_and(|state| {
            let kind = health(state, context.now).kind();
            !matches!(kind, HealthKind::Failing | HealthKind::Gone)
                && !is_silent(state, context.now)
        });
        let Some(reads) = reads.get(id).filter(|_| in_order) else {
            continue;
        };
        let covered = reads.covered();
        let weights = Weights {
            days: &reads.items,
            seen: &covered,
            began: age(context, feed.first_read, end),
        };
        let comparison = Comparison::of(weights, Period::Week);
        let is_whole = covered[..7].iter().all(|covered| *covered);
        if let Some(baseline) = comparison.baseline()
            && (comparison.is_high() || comparison.is_low() && is_whole)
        {
            changes.rates.push(Rate {
                title,
                items: comparison.now,
                baseline,
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
    let (now, before) = ((rate.items as f64).max(0.5), rate.baseline.median.max(0.5));
    (now / before).max(before / now)
}
