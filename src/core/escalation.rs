//! What does not mend itself: when a person has to look.
//!
//! A feed that fails for an hour or a mail server that is down for the night comes back without
//! anybody's help, and a monitor that cries at each of them is soon not heard. What is named here
//! stays as it is until somebody acts.

use jiff::{SignedDuration, Timestamp};

use super::common_cause::{group_by_cause, named};
use super::schedule::{Health, duration_in_words};

/// A feed that fails for so long does not come back by itself.
const FAILING_FOR: SignedDuration = SignedDuration::from_hours(24);
/// A poll ends within minutes. One that does not holds something that others may need.
const POLLING_FOR: SignedDuration = SignedDuration::from_mins(15);
/// Outlets fail one by one; when most fail for so long, it is this machine.
const MOST_FAILING_FOR: SignedDuration = SignedDuration::from_hours(2);
/// A service asks within minutes of the time, and whoever starts `once` by the clock within the hour.
const OVERDUE_FOR: SignedDuration = SignedDuration::from_hours(3);
/// A poll later than now means that the clock was set back; so much may be the clocks of two processes.
const AHEAD_BY: SignedDuration = SignedDuration::from_mins(10);
/// Items are put into stories before mails are made, within minutes of their poll.
const UNPLACED_FOR: SignedDuration = SignedDuration::from_hours(1);
/// A server that has not taken a message for so long has been asked several times.
const UNSENT_FOR: SignedDuration = SignedDuration::from_hours(4);

/// How everything stands, as far as it decides whether a person is needed.
#[derive(Clone, Debug, Default)]
pub struct Situation {
    /// The feeds of the configuration, by id.
    pub feeds: Vec<(String, Health)>,
    /// What the service cannot store, and since when, if that is known.
    pub database_trouble: Option<(String, Option<Timestamp>)>,
    /// When any feed was last asked; `None` when none ever was.
    pub last_poll: Option<Timestamp>,
    /// When the first of the feeds that were asked before is due again.
    pub next_poll: Option<Timestamp>,
    /// Messages that were given up.
    pub undeliverable: u64,
    /// When the oldest message that still waits was made.
    pub oldest_unsent: Option<Timestamp>,
    /// Why nothing is sent at all, when the server refuses this sender.
    pub refused_because: Option<String>,
    /// How many items wait to be put into stories, and since when the first of them does.
    pub unplaced: Option<(u64, Timestamp)>,
    /// Recipients for whom no mail can be made, since when, and why.
    pub unmade: Vec<(String, Timestamp, String)>,
    /// Recipients whom hits wait for, and whom the configuration does not name any more.
    pub unknown_recipients: Vec<String>,
    /// Recipients whom hits wait for, and who get no digest.
    pub without_digest: Vec<String>,
    /// Recipients whom nothing can reach, each with the reason.
    pub unreached: Vec<(String, String)>,
    /// Errors of a configuration that is refused.
    pub configuration_errors: u64,
}

/// What needs a person, each a sentence without a full stop; none when nothing does.
pub fn needs(situation: &Situation, now: Timestamp) -> Vec<String> {
    let mut needs = Vec::new();
    needs.extend(refused_configuration(situation.configuration_errors));
    needs.extend(database_trouble(situation, now));
    needs.extend(polling_stopped(situation, now));
    needs.extend(most_feeds_fail(&situation.feeds, now));
    needs.extend(lasting_troubles(&situation.feeds, now));
    needs.extend(unplaced(situation));
    needs.extend(unmade_mails(&situation.unmade, now));
    needs.extend(unsent_mails(situation, now));
    needs.extend(undeliverable_mails(situation.undeliverable));
    tell_of_readers(&mut needs, situation);
    needs
}

/// What lies ahead was stored by a clock that has been set back since: nobody knows how long ago.
fn is_ahead(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) < -AHEAD_BY
}

fn refused_configuration(errors: u64) -> Option<String> {
    let errors = match errors {
        0 => return None,
        1 => "1 error".to_owned(),
        several => format!("{several} errors"),
    };
    Some(format!(
        "the configuration is refused, with {errors}: no start and no reload takes it up, and \
         `newsvigil check` shows why"
    ))
}

fn database_trouble(situation: &Situation, now: Timestamp) -> Option<String> {
    let (reason, since) = situation.database_trouble.as_ref()?;
    let lasting = since.map_or_else(String::new, |since| {
        format!(", for {}", duration_in_words(now.duration_since(since)))
    });
    Some(format!("{reason}{lasting}"))
}

/// That no feed is asked any more.
fn polling_stopped(situation: &Situation, now: Timestamp) -> Vec<String> {
    let mut needs = Vec::new();
    if situation.feeds.is_empty() {
        return needs;
    }
    match situation.last_poll {
        None => needs.push("no feed was ever asked: is the service running?".to_owned()),
        Some(at) if is_ahead(at, now) => needs.push(format!(
            "the last poll lies {} ahead: was the clock set back?",
            duration_in_words(at.duration_since(now))
        )),
        Some(_) => {}
    }
    if let Some(due) = situation.next_poll
        && now.duration_since(due) > OVERDUE_FOR
    {
        needs.push(format!(
            "a feed was due {} ago and was not asked: is the service running?",
            duration_in_words(now.duration_since(due))
        ));
    }
    needs
}

/// That so many feeds fail that it is no matter of theirs.
fn most_feeds_fail(feeds: &[(String, Health)], now: Timestamp) -> Option<String> {
    let struck = feeds.iter().filter(|(_, health)| {
        matches!(health, Health::Failing { since, .. } if now.duration_since(*since) >= MOST_FAILING_FOR)
    });
    let struck = struck.count();
    (struck > 1 && struck * 2 > feeds.len()).then(|| {
        format!(
            "{struck} of {} feeds fail: is this machine connected?",
            feeds.len()
        )
    })
}

/// Mails that cannot be made; those with one cause in one sentence.
fn unmade_mails(unmade: &[(String, Timestamp, String)], now: Timestamp) -> Vec<String> {
    let causes = group_by_cause(unmade, |(_, _, why)| why).into_iter();
    causes
        .map(|cause| {
            let since = cause.of.iter().map(|(_, since, _)| *since).min();
            let names: Vec<String> = cause.of.iter().map(|(id, ..)| format!("`{id}`")).collect();
            format!(
                "no mail can be made for {} since {} ago: {}",
                named(&names),
                duration_in_words(now.duration_since(since.unwrap_or(now))),
                cause.why
            )
        })
        .collect()
}

/// Mails that wait, because the server refuses this sender or for longer than it takes.
fn unsent_mails(situation: &Situation, now: Timestamp) -> Option<String> {
    if let Some(why) = &situation.refused_because {
        return Some(format!("mail cannot be sent: {why}"));
    }
    let at = situation.oldest_unsent?;
    let lasting = if is_ahead(at, now) {
        "since before the clock was set back".to_owned()
    } else if now.duration_since(at) >= UNSENT_FOR {
        format!("for {}", duration_in_words(now.duration_since(at)))
    } else {
        return None;
    };
    Some(format!(
        "a message has waited {lasting}: `newsvigil outbox list` says why"
    ))
}

fn undeliverable_mails(messages: u64) -> Option<String> {
    let messages = match messages {
        0 => return None,
        1 => "1 message was".to_owned(),
        several => format!("{several} messages were"),
    };
    Some(format!(
        "{messages} given up: see `newsvigil outbox list`, then retry or discard"
    ))
}

/// What has waited for its story for longer than a poll takes.
fn unplaced(situation: &Situation) -> Option<String> {
    let (items, since) = situation.unplaced?;
    // Between two runs by the clock nothing is placed; what has seen a later poll was passed over.
    let is_passed_over = situation
        .last_poll
        .is_some_and(|last| last.duration_since(since) > UNPLACED_FOR);
    let items = match items {
        1 => "1 item waits".to_owned(),
        several => format!("{several} items wait"),
    };
    is_passed_over.then(|| {
        format!(
            "{items} to be put into stories, and items are told one by one meanwhile: the log of the service, or \
             `newsvigil once`, says why"
        )
    })
}

/// Those whom something waits for that they never get, or nothing reaches.
fn tell_of_readers(needs: &mut Vec<String>, situation: &Situation) {
    for id in &situation.without_digest {
        needs.push(format!(
            "hits wait for `{id}`, who gets no digest; `newsvigil hits` lists them"
        ));
    }
    for (id, why) in &situation.unreached {
        needs.push(format!("nothing can reach `{id}`: {why}"));
    }
    for id in &situation.unknown_recipients {
        needs.push(format!(
            "hits wait for `{id}`, who is no longer a recipient"
        ));
    }
}

/// Feeds whose trouble does not mend itself; those with one cause in one sentence.
fn lasting_troubles(feeds: &[(String, Health)], now: Timestamp) -> Vec<String> {
    let age = |at: Timestamp| now.duration_since(at);
    let lasting: Vec<(&str, &Health, String)> = feeds
        .iter()
        .filter(|(_, health)| match health {
            Health::Failing { since, .. } => age(*since) >= FAILING_FOR,
            Health::Gone { .. } | Health::Dead { .. } => true,
            // What is more than is kept nobody can change; a body that always breaks off, its publisher; and
            // a part of an index that is never there, another address.
            Health::Incomplete { since, loss } => {
                let lasts = loss.broken_off_after.is_some() || loss.parts > 0;
                lasts && age(*since) >= FAILING_FOR
            }
            Health::Polling { since } => age(*since) >= POLLING_FOR || is_ahead(*since, now),
            Health::Untried
            | Health::Fine
            | Health::Silent { .. }
            | Health::Overflowing { .. }
            | Health::Suspected { .. }
            | Health::OverBudget { .. }
            | Health::Restless { .. } => false,
        })
        .map(|(id, health)| (id.as_str(), health, health.cause()))
        .collect();
    let causes = group_by_cause(&lasting, |(.., cause)| cause).into_iter();
    causes
        .map(|cause| match cause.of.as_slice() {
            [(id, health, _)] => format!("feed {id}: {}", health.sentence(now)),
            several => {
                let ids: Vec<&str> = several.iter().map(|(id, ..)| *id).collect();
                format!("{} feeds: {} ({})", ids.len(), cause.why, named(&ids))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
