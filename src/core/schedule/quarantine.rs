//! A feed whose poll was under way when the program was killed: an answer that takes all memory, or that
//! a library cannot bear, would kill it again at each start.

use jiff::{SignedDuration, Timestamp};

use super::publishing_rate::LONGEST_INTERVAL;
use super::state::{FeedState, Quarantine};
use super::timing::later;

/// How much longer a feed is held back for each time it killed the program while it was polled alone.
const HELD_BACK_FOR: SignedDuration = SignedDuration::from_hours(1);

/// A feed is to blame when its body was being read at so many kills in a row, whatever else was under way:
/// any poll of it that had ended would have cleared it.
const KILLS_THAT_TELL: u32 = 3;

/// A poll that was under way when the program was killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InterruptedPoll {
    /// When it had begun.
    pub begun: Timestamp,
    /// Whether its body had come, and was being read, matched or stored.
    pub reading: bool,
    /// Whether no other was under way.
    pub alone: bool,
}

/// The state of a feed whose poll was under way when the program was killed.
///
/// Many are under way at once. What only waited for an answer has done nothing that kills: it is named,
/// and polled as before. Of those whose bodies were being read one may be to blame, and each is polled alone
/// from now on, until a poll of it has ended. The one that was being read alone, or again and again, is
/// known, and is held back: for an hour, then for two, and for a day at most.
#[must_use]
pub fn after_crash(state: FeedState, poll: InterruptedPoll, now: Timestamp) -> FeedState {
    let state = state.without_future_times(now);
    let mut suspicion = state.suspected.unwrap_or(Quarantine {
        since: poll.begun.min(now),
        ..Quarantine::default()
    });
    if poll.reading {
        suspicion.readings = suspicion.readings.saturating_add(1);
    }
    let to_blame = poll.reading && (poll.alone || suspicion.readings >= KILLS_THAT_TELL);
    if !to_blame {
        return FeedState {
            suspected: Some(suspicion),
            ..state
        };
    }
    suspicion.kills = suspicion.kills.saturating_add(1);
    let hours = i32::try_from(suspicion.kills).unwrap_or(i32::MAX);
    let rest = HELD_BACK_FOR.saturating_mul(hours).min(LONGEST_INTERVAL);
    let until = later(now, rest).max(state.not_before.unwrap_or(now));
    let (number, what) = if poll.alone {
        (suspicion.kills, "this feed alone")
    } else {
        (suspicion.readings, "this feed")
    };
    let times = match number {
        1 => String::new(),
        several => format!("{several} times "),
    };
    FeedState {
        suspected: Some(suspicion),
        last_attempt_at: Some(poll.begun.min(now)),
        failing_since: state.failing_since.or(Some(poll.begun.min(now))),
        consecutive_failures: state.consecutive_failures.saturating_add(1),
        last_error: Some(format!(
            "newsvigil was killed {times}while it read {what}; it is held back"
        )),
        unanswered: false,
        next_poll_at: Some(until),
        planned_at: Some(now),
        ..state
    }
}

#[cfg(test)]
mod tests;
