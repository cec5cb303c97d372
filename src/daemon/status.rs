//! How everything stands: for `status`, and for whoever watches the service from outside.

mod report;

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;

use super::VERSION;
use super::unreadable_pages::{reading_since, unreadable};
use crate::config::Config;
use crate::core::article::PageVerdictCounts;
use crate::core::escalation::{Situation, needs};
use crate::core::schedule::{FeedState, Health, NextPoll, health, health_while_polled};
use crate::store::feeds::FeedRow;
use crate::store::mutes::MuteRow;
use crate::store::{
    Connection, StoreError, articles, digests, feeds, hits, mutes, outbox, stories, write_failures,
};
use report::UncomposableRecipient;
pub use report::{
    ArticlesRead, DamagedFeed, FeedProblem, Moved, Muted, ServiceStatus, UnreachedRecipient,
    UnreadablePages,
};

impl ArticlesRead {
    fn read(connection: &Connection, config: &Config, now: Timestamp) -> Result<Self, StoreError> {
        let since = reading_since(now);
        let mut reading = PageVerdictCounts::default();
        for of_feed in articles::read_by_feed(connection, since, Timestamp::MAX)?.values() {
            reading += of_feed;
        }
        let unreadable = unreadable(connection, config)?.into_iter();
        Ok(Self {
            since: since.as_second(),
            reading,
            unreadable: unreadable
                .map(|pages| UnreadablePages {
                    feed: pages.feed.id.clone(),
                    sentence: pages.last.unreadable(),
                })
                .collect(),
        })
    }
}

impl ServiceStatus {
    /// Reads it. Without a database, nothing has happened yet. A configuration with errors is what could be
    /// read of one that is refused.
    pub fn read(
        connection: Option<&Connection>,
        state_folder: &Path,
        config: &Config,
        configuration_errors: u64,
        now: Timestamp,
    ) -> Result<Self, StoreError> {
        let trouble = write_failures::read(state_folder);
        let Some(connection) = connection else {
            let nothing = Stored {
                trouble,
                articles: ArticlesRead {
                    since: reading_since(now).as_second(),
                    ..ArticlesRead::default()
                },
                ..Stored::default()
            };
            return Ok(Self::of(config, configuration_errors, nothing, now));
        };
        let (hits, newest_hit) = hits::count(connection)?;
        let stored = Stored {
            trouble,
            feeds: feeds::all(connection)?,
            in_flight: feeds::in_flight(connection)?,
            hits,
            newest_hit,
            outbox: outbox::counts(connection)?,
            oldest_waiting: outbox::oldest_waiting(connection)?,
            refusal: outbox::refusal(connection)?,
            rest: outbox::rest(connection, now)?,
            unmade: digests::unmade(connection)?
                .into_iter()
                .filter(|unmade| config.recipient(&unmade.recipient_id).is_some())
                .collect(),
            waits_because: outbox::waits_because(connection)?,
            recipients_with_pending: recipients_with_pending(connection, config)?,
            mutes: mutes::in_force(connection, now)?,
            articles: ArticlesRead::read(connection, config, now)?,
            waiting: stories::waiting(connection)?,
        };
        Ok(Self::of(config, configuration_errors, stored, now))
    }

    fn of(config: &Config, configuration_errors: u64, stored: Stored, now: Timestamp) -> Self {
        let situation = situation(config, configuration_errors, &stored, now);
        Self {
            version: VERSION,
            needs: needs(&situation, now),
            feeds: config.feeds.len() as u64,
            feeds_fine: situation
                .feeds
                .iter()
                .map(|(_, health)| u64::from(*health == Health::Fine))
                .sum(),
            repaired: repaired(config, &stored.feeds),
            troubles: troubles(&situation.feeds, now),
            articles: stored.articles,
            entries: stored.feeds.values().map(|row| row.entries).sum(),
            entries_unplaced: stored.waiting.items,
            hits: stored.hits,
            newest_hit: stored.newest_hit.map(Timestamp::as_second),
            last_poll: situation.last_poll.map(Timestamp::as_second),
            next_poll: situation.next_poll.map(Timestamp::as_second),
            database_trouble_since: (situation.database_trouble.as_ref())
                .and_then(|(_, since)| since.map(Timestamp::as_second)),
            database_trouble: situation.database_trouble.map(|(reason, _)| reason),
            mails_queued: stored.outbox.queued,
            mails_sent: stored.outbox.sent,
            mails_undeliverable: stored.outbox.undeliverable,
            possible_duplicates: stored.outbox.possible_duplicates,
            oldest_queued: stored.oldest_waiting.map(Timestamp::as_second),
            mails_wait_because: stored.waits_because,
            sending_rests_until: stored.rest.as_ref().map(|(until, _)| until.as_second()),
            sending_rests_because: stored.rest.map(|(_, why)| why),
            without_mail: without_mail(situation.unmade),
            moved: moved(config, &stored.feeds),
            mutes: stored.mutes.into_iter().map(muted).collect(),
            owed_to_unknown_recipients: situation.unknown_recipients,
            owed_without_a_digest: situation.without_digest,
            unreached: situation
                .unreached
                .into_iter()
                .map(|(recipient, reason)| UnreachedRecipient { recipient, reason })
                .collect(),
            configuration_errors: situation.configuration_errors,
        }
    }
}

/// What the database says.
#[derive(Default)]
struct Stored {
    trouble: Option<write_failures::WriteFailure>,
    feeds: BTreeMap<String, FeedRow>,
    in_flight: BTreeMap<String, Timestamp>,
    hits: u64,
    newest_hit: Option<Timestamp>,
    outbox: outbox::OutboxCounts,
    oldest_waiting: Option<Timestamp>,
    refusal: Option<String>,
    rest: Option<(Timestamp, String)>,
    unmade: Vec<digests::UncomposableMail>,
    waits_because: Option<String>,
    recipients_with_pending: Vec<String>,
    mutes: Vec<MuteRow>,
    articles: ArticlesRead,
    waiting: stories::Waiting,
}

/// What there is to look at for whoever decides what needs a person.
fn situation(
    config: &Config,
    configuration_errors: u64,
    stored: &Stored,
    now: Timestamp,
) -> Situation {
    let (without_digest, mut unknown_recipients) =
        unread(config, stored.recipients_with_pending.clone());
    let mut unreached: Vec<(String, String)> = config
        .unreached()
        .into_iter()
        .map(|(id, why)| (id.to_owned(), why.to_owned()))
        .collect();
    if configuration_errors > 0 {
        // Who and what is missing may only be written wrongly.
        unknown_recipients.clear();
        unreached.clear();
    }
    let polls = stored.feeds.values();
    let waiting = &stored.waiting;
    let unmade = stored.unmade.iter().cloned();
    Situation {
        feeds: health_of(config, &stored.feeds, &stored.in_flight, now),
        database_trouble: (stored.trouble.as_ref())
            .map(|trouble| (trouble.reason.clone(), trouble.since)),
        last_poll: polls.filter_map(|row| row.state.last_attempt_at).max(),
        next_poll: next_poll(config, &stored.feeds),
        undeliverable: stored.outbox.undeliverable,
        oldest_unsent: stored.oldest_waiting,
        refused_because: stored.refusal.clone(),
        unplaced: waiting.since.map(|since| (waiting.items, since)),
        unmade: unmade
            .map(|unmade| (unmade.recipient_id, unmade.since, unmade.why))
            .collect(),
        unknown_recipients,
        without_digest,
        unreached,
        configuration_errors,
    }
}

type Feeds = BTreeMap<String, FeedRow>;

fn health_of(
    config: &Config,
    stored: &Feeds,
    in_flight: &BTreeMap<String, Timestamp>,
    now: Timestamp,
) -> Vec<(String, Health)> {
    let never = FeedState::default();
    let feeds = config.feeds.iter().map(|feed| {
        let state = stored.get(&feed.id).map_or(&never, |row| &row.state);
        let health = match in_flight.get(&feed.id) {
            Some(begun) => health_while_polled(state, *begun, now),
            None => health(state, now),
        };
        (feed.id.clone(), health)
    });
    feeds.collect()
}

/// A feed that was added since, or whose address changed, has no plan yet; one that is gone has none.
fn next_poll(config: &Config, stored: &Feeds) -> Option<Timestamp> {
    let plans = config.feeds.iter().filter_map(|feed| {
        let state = stored.get(&feed.id)?.state.clone();
        let plan = NextPoll::of(&state.for_address(&feed.source()));
        plan.next_poll_at.filter(|_| plan.gone_at.is_none())
    });
    plans.min()
}

fn troubles(feeds: &[(String, Health)], now: Timestamp) -> Vec<FeedProblem> {
    feeds
        .iter()
        .filter(|(_, health)| *health != Health::Fine)
        .map(|(id, health)| FeedProblem {
            feed: id.clone(),
            health: health.kind().name(),
            since: health.since().map(Timestamp::as_second),
            sentence: health.sentence(now),
            cause: health.cause(),
        })
        .collect()
}

fn repaired(config: &Config, stored: &Feeds) -> Vec<DamagedFeed> {
    stored
        .values()
        .filter(|row| !row.warnings.is_empty() && config.feed(&row.id).is_some())
        .map(|row| DamagedFeed {
            feed: row.id.clone(),
            warnings: row.warnings.clone(),
        })
        .collect()
}

fn moved(config: &Config, stored: &Feeds) -> Vec<Moved> {
    stored
        .values()
        .filter(|row| config.feed(&row.id).is_some())
        .filter_map(|row| {
            row.state.adopted.as_ref().map(|adoption| Moved {
                feed: row.id.clone(),
                from: adoption.from.clone(),
                to: adoption.to.clone(),
            })
        })
        .collect()
}

/// Whom hits wait for. An alert that waits comes without a digest.
fn recipients_with_pending(
    connection: &Connection,
    config: &Config,
) -> Result<Vec<String>, StoreError> {
    let mut all = Vec::new();
    for id in digests::recipients_with_pending(connection)? {
        let only_alerts = config
            .recipient(&id)
            .is_some_and(|recipient| recipient.alerts && !recipient.gets_digests());
        if !only_alerts || digests::waits_for_digest(connection, &id)? {
            all.push(id);
        }
    }
    Ok(all)
}

/// Of those whom hits wait for: who gets no digest, and who is no recipient any more.
fn unread(config: &Config, recipients_with_pending: Vec<String>) -> (Vec<String>, Vec<String>) {
    let (known, unknown): (Vec<String>, Vec<String>) = recipients_with_pending
        .into_iter()
        .partition(|id| config.recipient(id).is_some());
    let without_digest = known.into_iter().filter(|id| {
        config
            .recipient(id)
            .is_some_and(|recipient| !recipient.gets_digests())
    });
    (without_digest.collect(), unknown)
}

fn without_mail(unmade: Vec<(String, Timestamp, String)>) -> Vec<UncomposableRecipient> {
    let recipients = unmade.into_iter();
    recipients
        .map(|(recipient, since, why)| UncomposableRecipient {
            recipient,
            since: since.as_second(),
            why,
        })
        .collect()
}

fn muted(mute: MuteRow) -> Muted {
    Muted {
        watch: mute.watch_id,
        until: mute.ends.as_second(),
        reason: mute.reason,
        held_back: mute.held_back,
    }
}
