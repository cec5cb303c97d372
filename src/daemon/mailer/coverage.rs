//! How complete a digest is: the feeds' health, and what could not be delivered.

use jiff::Timestamp;

use crate::config::{Config, Feed, Recipient};
use crate::core::article::PageVerdictCounts;
use crate::core::digest::{Coverage, FeedTrouble, Mute, TroubleCause, Undelivered};
use crate::core::schedule::{FeedState, Health, health, incomplete, over_budget, overflowing};
use crate::daemon::VERSION;
use crate::daemon::unreadable_pages::{UnreadablePagesFeed, unreadable};
use crate::store::mutes::MuteRow;
use crate::store::week::known_feeds;
use crate::store::{Connection, StoreError, articles, digests, feeds, mutes, outbox};

/// The state of every feed of the configuration, in the window that begins at `start`.
pub fn coverage(
    connection: &Connection,
    config: &Config,
    recipient: &Recipient,
    start: Option<Timestamp>,
    now: Timestamp,
) -> Result<Coverage, StoreError> {
    let states = feeds::states(connection)?;
    // The clock may have been set back since.
    let start = start.map(|start| start.min(now));
    let mut coverage = Coverage {
        feeds_polled: 0,
        failing: Vec::new(),
        silent: Vec::new(),
        incomplete: Vec::new(),
        possibly_missed: Vec::new(),
        handled_with_care: Vec::new(),
        reading: PageVerdictCounts::default(),
        unreadable: Vec::new(),
        interrupted: interrupted(
            connection,
            config,
            start.unwrap_or(Timestamp::UNIX_EPOCH),
            now,
        )?,
        muted: muted(
            config,
            recipient,
            mutes::since(connection, start.unwrap_or(Timestamp::UNIX_EPOCH), now)?,
        ),
        undeliverable: undelivered(connection, recipient)?,
        version: VERSION.to_owned(),
        window_start: start,
        window_end: now,
    };
    for feed in &config.feeds {
        let Some(state) = states.get(&feed.id) else {
            continue;
        };
        tell_feed(&mut coverage, feed, state);
    }
    // Nothing was read before the first feed was.
    let known = known_feeds(connection)?.into_values();
    let first_read = known.map(|feed| feed.first_read).min();
    coverage.window_start = start.map(|start| start.max(first_read.unwrap_or(start)).min(now));
    name_feeds(connection, config, &mut coverage)?;
    Ok(coverage)
}

/// What there is to tell of a feed in the window.
fn tell_feed(coverage: &mut Coverage, feed: &Feed, state: &FeedState) {
    let (start, now) = (coverage.window_start, coverage.window_end);
    if state
        .last_attempt_at
        .is_some_and(|at| start.is_none_or(|start| at >= start))
    {
        coverage.feeds_polled += 1;
    }
    let health = health(state, now);
    tell(coverage, feed, &health);
    // What is missing is told whatever else there is to tell.
    let start = start.unwrap_or(Timestamp::UNIX_EPOCH);
    let missing = [
        incomplete(state),
        over_budget(state, start),
        overflowing(state, now),
    ];
    for more in missing.into_iter().flatten() {
        if more.kind() != health.kind() {
            tell(coverage, feed, &more);
        }
    }
    // What was missing for a while may be gone, as after a failure.
    if state.incomplete.is_none()
        && let Some(over) = state
            .made_whole
            .filter(|over| over.until >= start && over.until <= now)
    {
        coverage.incomplete.push(FeedTrouble {
            id: feed.id.clone(),
            title: feed.title.clone(),
            since: Some(over.since),
            until: Some(over.until),
            reason: TroubleCause::Health(Health::Incomplete {
                since: over.since,
                loss: over.loss,
            }),
        });
    }
}

/// Calls feeds by the names under which their items stand.
fn name_feeds(
    connection: &Connection,
    config: &Config,
    coverage: &mut Coverage,
) -> Result<(), StoreError> {
    let troubles = [
        &mut coverage.failing,
        &mut coverage.silent,
        &mut coverage.incomplete,
        &mut coverage.possibly_missed,
        &mut coverage.handled_with_care,
        &mut coverage.interrupted,
        &mut coverage.unreadable,
    ];
    for feed in troubles.into_iter().flatten() {
        feed.title = config.feed_name(&feed.id, digests::feed_title(connection, &feed.id)?);
    }
    Ok(())
}

/// Adds what only a digest says: how the pages behind items were read, and of which feeds none ever is.
pub fn with_pages(
    connection: &Connection,
    config: &Config,
    mut coverage: Coverage,
) -> Result<Coverage, StoreError> {
    let start = coverage.window_start.unwrap_or(Timestamp::UNIX_EPOCH);
    let end = coverage.window_end;
    for of_feed in articles::read_by_feed(connection, start, end)?.values() {
        coverage.reading += of_feed;
    }
    let feeds = unreadable(connection, config)?;
    coverage.unreadable = feeds.iter().map(UnreadablePagesFeed::trouble).collect();
    name_feeds(connection, config, &mut coverage)?;
    Ok(coverage)
}

fn tell(coverage: &mut Coverage, feed: &Feed, health: &Health) {
    let trouble = FeedTrouble {
        id: feed.id.clone(),
        title: feed.title.clone(),
        since: health.since(),
        until: None,
        reason: TroubleCause::Health(health.clone()),
    };
    match health {
        Health::Untried | Health::Fine | Health::Polling { .. } => {}
        Health::Failing { .. } | Health::Gone { .. } => coverage.failing.push(trouble),
        Health::Silent { .. } | Health::Dead { .. } => coverage.silent.push(trouble),
        Health::Incomplete { .. } => coverage.incomplete.push(trouble),
        Health::Overflowing { .. } | Health::OverBudget { gone: 1.., .. } => {
            coverage.possibly_missed.push(trouble);
        }
        Health::Suspected { .. } | Health::OverBudget { .. } | Health::Restless { .. } => {
            coverage.handled_with_care.push(trouble);
        }
    }
}

/// Failures that began or ended in the window and are over. The reader is told of them all the same:
/// what a feed published meanwhile may be gone from it.
fn interrupted(
    connection: &Connection,
    config: &Config,
    start: Timestamp,
    now: Timestamp,
) -> Result<Vec<FeedTrouble>, StoreError> {
    Ok(feeds::outages_since(connection, start)?
        .into_iter()
        .filter(|outage| outage.ended <= now)
        .filter_map(|outage| config.feed(&outage.feed_id).map(|feed| (outage, feed)))
        .map(|(outage, feed)| FeedTrouble {
            id: feed.id.clone(),
            title: feed.title.clone(),
            since: Some(outage.began),
            until: Some(outage.ended),
            reason: outage.reason.into(),
        })
        .collect())
}

/// Those of the mutes that are of the recipient's watches.
pub(super) fn muted(config: &Config, recipient: &Recipient, mutes: Vec<MuteRow>) -> Vec<Mute> {
    let mine = |id: &str| {
        config
            .watch(id)
            .filter(|watch| recipient.receives(watch, None))
    };
    (mutes.into_iter())
        .filter_map(|mute| mine(&mute.watch_id).map(|watch| (mute, watch)))
        .map(|(mute, watch)| Mute {
            watch_title: watch.title.clone(),
            until: mute.ends,
            reason: mute.reason,
            held_back: u32::try_from(mute.held_back).unwrap_or(u32::MAX),
        })
        .collect()
}

fn undelivered(
    connection: &Connection,
    recipient: &Recipient,
) -> Result<Vec<Undelivered>, StoreError> {
    Ok(outbox::given_up(connection, &recipient.id)?
        .into_iter()
        .map(|row| Undelivered {
            subject: row.subject,
            queued: row.created,
            reason: row.reply.unwrap_or_default(),
        })
        .collect())
}
