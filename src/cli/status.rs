//! `newsvigil status`: how everything stands, from beside the service.

use std::collections::BTreeMap;
use std::io;
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;

use super::paths::Paths;
use super::{Failure, Format, output};
use crate::config::Config;
use crate::core::calendar::Schedule;
use crate::core::schedule::{FeedState, Health, health};
use crate::store::feeds::FeedRow;
use crate::store::outbox::{self, Listing, OutboxCounts, OutboxState};
use crate::store::{digests, feeds, hits, mutes, trouble};

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    format: Format,
}

#[derive(Serialize)]
struct Status {
    version: &'static str,
    feeds: u64,
    feeds_fine: u64,
    repaired: Vec<Repaired>,
    troubles: Vec<Trouble>,
    entries: u64,
    hits: u64,
    newest_hit: Option<i64>,
    last_poll: Option<i64>,
    database_trouble: Option<String>,
    database_trouble_since: Option<i64>,
    mails_queued: u64,
    mails_sent: u64,
    mails_undeliverable: u64,
    possible_duplicates: u64,
    mails_wait_because: Option<String>,
    sending_rests_until: Option<i64>,
    moved: Vec<Moved>,
    mutes: Vec<Muted>,
    owed_to_unknown_recipients: Vec<String>,
    owed_without_a_digest: Vec<String>,
}

/// A mute that is in force.
#[derive(Serialize)]
struct Muted {
    watch: String,
    until: i64,
    reason: String,
    held_back: u64,
}

/// A feed that moved for good and is asked at its new address.
#[derive(Serialize)]
struct Moved {
    feed: String,
    from: String,
    to: String,
}

/// A feed that answers, and whose last body was not sound.
#[derive(Serialize)]
struct Repaired {
    feed: String,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct Trouble {
    feed: String,
    health: &'static str,
    since: Option<i64>,
    sentence: String,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let now = Timestamp::now();
    let connection = paths.read_database()?;
    let (stored, (hit_count, newest), outbox, creditors, muted, waiting, rest) = match &connection {
        Some(connection) => (
            feeds::all(connection)?,
            hits::count(connection)?,
            outbox::counts(connection)?,
            digests::creditors(connection)?,
            mutes::in_force(connection, now)?,
            outbox::list(connection, Listing::Waiting)?,
            outbox::rest(connection, now)?,
        ),
        None => Default::default(),
    };
    let (feeds_fine, troubles) = troubles(&config, &stored, now);
    let trouble = trouble::read(&paths.state()?);
    let status = Status {
        version: crate::daemon::VERSION,
        feeds: config.feeds.len() as u64,
        feeds_fine,
        repaired: repaired(&config, &stored),
        troubles,
        entries: stored.values().map(|row| row.entries).sum(),
        hits: hit_count,
        newest_hit: newest.map(Timestamp::as_second),
        last_poll: stored
            .values()
            .filter_map(|row| row.state.last_attempt_at)
            .max()
            .map(Timestamp::as_second),
        database_trouble_since: trouble
            .as_ref()
            .and_then(|trouble| trouble.since)
            .map(Timestamp::as_second),
        database_trouble: trouble.map(|trouble| trouble.reason),
        mails_queued: outbox.queued,
        mails_sent: outbox.sent,
        mails_undeliverable: outbox.undeliverable,
        possible_duplicates: outbox.possible_duplicates,
        sending_rests_until: rest.map(|(until, _)| until.as_second()),
        mails_wait_because: waiting
            .into_iter()
            .find(|row| row.state == OutboxState::Queued && row.reply.is_some())
            .and_then(|row| row.reply),
        moved: moved(&config, &stored),
        mutes: muted
            .into_iter()
            .map(|mute| Muted {
                watch: mute.watch_id,
                until: mute.ends.as_second(),
                reason: mute.reason,
                held_back: mute.held_back,
            })
            .collect(),
        owed_without_a_digest: creditors
            .iter()
            .filter(|id| {
                config
                    .recipient(id)
                    .is_some_and(|recipient| recipient.digest.iter().all(Schedule::is_off))
            })
            .cloned()
            .collect(),
        owed_to_unknown_recipients: creditors
            .into_iter()
            .filter(|id| config.recipient(id).is_none())
            .collect(),
    };
    if options.format.json {
        say!(
            "{}",
            serde_json::to_string(&status).map_err(io::Error::from)?
        );
        return Ok(ExitCode::SUCCESS);
    }
    if connection.is_none() {
        say!(
            "nothing is stored in {} yet: run `newsvigil once`, or name the folder with --state",
            paths.state()?.display()
        );
        return Ok(ExitCode::SUCCESS);
    }
    for_people(&status, outbox, newest, now);
    Ok(ExitCode::SUCCESS)
}

type Stored = BTreeMap<String, FeedRow>;

fn repaired(config: &Config, stored: &Stored) -> Vec<Repaired> {
    stored
        .values()
        .filter(|row| !row.warnings.is_empty() && config.feed(&row.id).is_some())
        .map(|row| Repaired {
            feed: row.id.clone(),
            warnings: row.warnings.clone(),
        })
        .collect()
}

fn moved(config: &Config, stored: &Stored) -> Vec<Moved> {
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

/// How many feeds are fine, and what is wrong with the others.
fn troubles(config: &Config, stored: &Stored, now: Timestamp) -> (u64, Vec<Trouble>) {
    let never = FeedState::default();
    let mut fine = 0;
    let mut troubles = Vec::new();
    for feed in &config.feeds {
        let state = stored.get(&feed.id).map_or(&never, |row| &row.state);
        match health(state, now) {
            Health::Fine => fine += 1,
            health => troubles.push(Trouble {
                feed: feed.id.clone(),
                health: health.kind().name(),
                since: health.since().map(Timestamp::as_second),
                sentence: health.sentence(now),
            }),
        }
    }
    (fine, troubles)
}

fn for_people(status: &Status, outbox: OutboxCounts, newest: Option<Timestamp>, now: Timestamp) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    let ago = |time: Option<Timestamp>| {
        time.map_or_else(
            || "never".to_owned(),
            |time| output::relative_time(time, now),
        )
    };
    let last_poll = status
        .last_poll
        .and_then(|at| Timestamp::from_second(at).ok());
    database_trouble(status, now);
    say!(
        "{heading}Feeds{heading:#}    {}, {} fine; last poll {}",
        output::count(status.feeds, "feed"),
        status.feeds_fine,
        ago(last_poll)
    );
    for trouble in &status.troubles {
        say!(
            "           {alarm}{}{alarm:#} {}",
            trouble.feed,
            output::printable(&trouble.sentence, 200)
        );
    }
    for moved in &status.moved {
        say!(
            "           {} has moved for good to {}: please change its address",
            moved.feed,
            output::printable(&moved.to, 200)
        );
    }
    for repaired in &status.repaired {
        say!(
            "           {} was read with repairs: {}",
            repaired.feed,
            output::printable(&repaired.warnings.join("; "), 200)
        );
    }
    say!(
        "{heading}Items{heading:#}    {} stored, {}, the newest {}",
        status.entries,
        output::count(status.hits, "hit"),
        ago(newest)
    );
    say!(
        "{heading}Mail{heading:#}     {} sent, {} waiting, {}",
        outbox.sent,
        outbox.queued,
        if outbox.undeliverable == 0 {
            "none given up".to_owned()
        } else {
            format!("{alarm}{} given up{alarm:#}", outbox.undeliverable)
        }
    );
    if let Some(until) = status
        .sending_rests_until
        .and_then(|until| Timestamp::from_second(until).ok())
    {
        say!(
            "           {alarm}sending rests{alarm:#}, and goes on {}; a reload tries at once",
            output::relative_time(until, now)
        );
    }
    if let Some(why) = &status.mails_wait_because {
        say!(
            "           waiting because: {}",
            output::printable(why, 200)
        );
    }
    if outbox.possible_duplicates > 0 {
        say!(
            "           {} may have arrived twice, after a fault in the middle of sending",
            outbox.possible_duplicates
        );
    }
    for mute in &status.mutes {
        let until = Timestamp::from_second(mute.until).unwrap_or(now);
        say!(
            "{heading}Muted{heading:#}    {} until {}: {} ({} held back)",
            mute.watch,
            output::local_time(until),
            mute.reason,
            output::count(mute.held_back, "hit")
        );
    }
    for recipient in &status.owed_without_a_digest {
        say!(
            "           {alarm}hits wait for `{recipient}`{alarm:#}, who gets no digest; `hits` lists them"
        );
    }
    for recipient in &status.owed_to_unknown_recipients {
        say!(
            "           {alarm}hits wait for `{recipient}`{alarm:#}, who is no longer a recipient"
        );
    }
}

/// What the service cannot store just now.
fn database_trouble(status: &Status, now: Timestamp) {
    let alarm = output::ALARM;
    if let Some(reason) = &status.database_trouble {
        let since = status
            .database_trouble_since
            .and_then(|since| Timestamp::from_second(since).ok())
            .map_or_else(String::new, |since| {
                format!(" (since {})", output::relative_time(since, now))
            });
        say!(
            "{alarm}Database{alarm:#} {}{since}",
            output::printable(reason, 300)
        );
    }
}
