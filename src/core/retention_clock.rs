//! The time by which it is told how old something is that is to be deleted: what a clock deletes that is ahead for
//! an hour, no clock brings back.

use jiff::{SignedDuration, Timestamp};

/// A clock that has gone on by no more than this since the last look is not doubted: over a long weekend, a machine
/// may be off.
const STEP: SignedDuration = SignedDuration::from_hours(4 * 24);
/// A clock that is ahead is noticed within this time: somebody reads mails with its dates.
const PROOF: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is known of the clock from looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetentionClock {
    /// The time that is believed.
    pub believed: Timestamp,
    /// When the clock first showed a time so far ahead that it is not.
    pub doubted_since: Option<Timestamp>,
}

impl RetentionClock {
    /// What is known after the first look: there is nothing to doubt by.
    pub fn first(now: Timestamp) -> Self {
        Self {
            believed: now,
            doubted_since: None,
        }
    }

    /// What is known after another look.
    ///
    /// A time that is earlier than the one before is believed at once: by the earlier of the two, less is deleted.
    #[must_use]
    pub fn after(self, now: Timestamp) -> Self {
        if now.duration_since(self.believed) <= STEP {
            return Self::first(now);
        }
        let since = self.doubted_since.map_or(now, |since| since.min(now));
        if now.duration_since(since) >= PROOF {
            return Self::first(now);
        }
        Self {
            doubted_since: Some(since),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> Timestamp {
        Timestamp::from_second(1_790_000_000 + number * 86_400).unwrap()
    }

    /// The days that are believed when the clock shows these, one after the other.
    fn check(shown: &[i64], believed: &[i64]) {
        let mut reckoning = RetentionClock::first(day(0));
        for (shown, believed) in shown.iter().zip(believed) {
            reckoning = reckoning.after(day(*shown));
            assert_eq!(reckoning.believed, day(*believed), "on day {shown}");
        }
    }

    #[test]
    fn a_clock_that_goes_on_is_believed() {
        check(&[1, 2, 5, 9], &[1, 2, 5, 9]);
    }

    #[test]
    fn one_that_is_ahead_is_believed_when_it_has_gone_on_so_for_a_week() {
        check(&[40, 41, 46, 47, 48], &[0, 0, 0, 47, 48]);
        check(&[2000, 2001, 2, 3], &[0, 0, 2, 3]);
    }

    #[test]
    fn one_that_is_looked_at_once_a_month_is_believed_every_other_time() {
        check(&[30, 60, 90, 120], &[0, 60, 60, 120]);
    }

    #[test]
    fn one_that_was_set_back_is_believed_and_doubted_when_it_returns() {
        check(&[-20_000, 1, 2, 8, 9], &[-20_000, -20_000, -20_000, 8, 9]);
    }
}
