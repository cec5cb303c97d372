//! What does not mend itself: when a person has to look.
//!
//! A feed that fails for an hour or a mail server that is down for the night comes back without
//! anybody's help, and a monitor that cries at each of them is soon not heard. What is named here
//! stays as it is until somebody acts.

use jiff::{SignedDuration, Timestamp};

use super::common_cause::{by_cause, named};
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
    let age = |at: Timestamp| now.duration_since(at);
    // What lies ahead was stored by a clock that has been set back since: nobody knows how long ago.
    let is_ahead = |at: Timestamp| age(at) < -AHEAD_BY;
    if situation.configuration_errors > 0 {
        let errors = match situation.configuration_errors {
            1 => "1 error".to_owned(),
            several => format!("{several} errors"),
        };
        needs.push(format!(
            "the configuration is refused, with {errors}: no start and no reload takes it up, and \
             `newsvigil check` shows why"
        ));
    }
    if let Some((reason, since)) = &situation.database_trouble {
        let lasting = since.map_or_else(String::new, |since| {
            format!(", for {}", duration_in_words(age(since)))
        });
        needs.push(format!("{reason}{lasting}"));
    }
    if !situation.feeds.is_empty() {
        match situation.last_poll {
            None => needs.push("no feed was ever asked: is the service running?".to_owned()),
            Some(at) if is_ahead(at) => needs.push(format!(
                "the last poll lies {} ahead: was the clock set back?",
                duration_in_words(-age(at))
            )),
            Some(_) => {}
        }
        if let Some(due) = situation.next_poll
            && age(due) > OVERDUE_FOR
        {
            needs.push(format!(
                "a feed was due {} ago and was not asked: is the service running?",
                duration_in_words(age(due))
            ));
        }
    }
    let struck = situation.feeds.iter().filter(|(_, health)| {
        matches!(health, Health::Failing { since, .. } if age(*since) >= MOST_FAILING_FOR)
    });
    let struck = struck.count();
    if struck > 1 && struck * 2 > situation.feeds.len() {
        needs.push(format!(
            "{struck} of {} feeds fail: is this machine connected?",
            situation.feeds.len()
        ));
    }
    needs.extend(lasting_troubles(&situation.feeds, now));
    needs.extend(unplaced(situation));
    for cause in by_cause(&situation.unmade, |(_, _, why)| why) {
        let since = cause
            .of
            .iter()
            .map(|(_, since, _)| *since)
            .min()
            .unwrap_or(now);
        let names: Vec<String> = cause.of.iter().map(|(id, ..)| format!("`{id}`")).collect();
        needs.push(format!(
            "no mail can be made for {} since {} ago: {}",
            named(&names),
            duration_in_words(age(since)),
            cause.why
        ));
    }
    if let Some(why) = &situation.refused_because {
        needs.push(format!("mail cannot be sent: {why}"));
    } else if let Some(at) = situation.oldest_unsent
        && (age(at) >= UNSENT_FOR || is_ahead(at))
    {
        let lasting = if is_ahead(at) {
            "since before the clock was set back".to_owned()
        } else {
            format!("for {}", duration_in_words(age(at)))
        };
        needs.push(format!(
            "a message has waited {lasting}: `newsvigil outbox list` says why"
        ));
    }
    if situation.undeliverable > 0 {
        let messages = match situation.undeliverable {
            1 => "1 message was".to_owned(),
            several => format!("{several} messages were"),
        };
        needs.push(format!(
            "{messages} given up: see `newsvigil outbox list`, then retry or discard"
        ));
    }
    tell_of_readers(&mut needs, situation);
    needs
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
            Health::Polling { since } => age(*since) >= POLLING_FOR || age(*since) < -AHEAD_BY,
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
    let causes = by_cause(&lasting, |(.., cause)| cause).into_iter();
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
