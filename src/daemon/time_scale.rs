//! How fast time passes for the service (a test may accelerate it), and how long its loops sleep.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::Clock;

/// The longest sleep of a loop.
pub(super) const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// After a fault of the database, before the next try.
pub(super) const AFTER_FAULT: Duration = Duration::from_secs(10);

/// The system's clock, or for a test that plays a day in minutes a faster one.
#[derive(Clone, Copy, Debug)]
pub struct TimeScale {
    faster: Option<Accelerated>,
}

#[derive(Clone, Copy, Debug)]
struct Accelerated {
    began: Instant,
    from: Timestamp,
    times: u32,
}

impl TimeScale {
    /// Time as the system tells it.
    pub const SYSTEM: Self = Self { faster: None };

    /// Time that goes on from `from`, `times` as fast as ours (at least once).
    pub fn accelerated(from: Timestamp, times: u32) -> Self {
        Self {
            faster: Some(Accelerated {
                began: Instant::now(),
                from,
                times: times.max(1),
            }),
        }
    }

    /// What tells the time.
    pub fn clock(self) -> Clock {
        match self.faster {
            None => Arc::new(Timestamp::now),
            Some(faster) => Arc::new(move || {
                let passed = SignedDuration::try_from(faster.began.elapsed() * faster.times);
                let now = passed
                    .ok()
                    .and_then(|passed| faster.from.checked_add(passed).ok());
                now.unwrap_or(Timestamp::MAX)
            }),
        }
    }

    /// How long to wait by the system's clock until so much time has passed.
    pub(super) fn ours(self, duration: Duration) -> Duration {
        match self.faster {
            None => duration,
            Some(faster) => duration / faster.times,
        }
    }

    /// Waits until so much time has passed.
    pub(super) async fn sleep(self, duration: Duration) {
        tokio::time::sleep(self.ours(duration)).await;
    }
}

/// The time from `now` to `next`, within what a loop may sleep.
pub(super) fn until(next: Option<Timestamp>, now: Timestamp) -> Duration {
    next.map_or(LONGEST_SLEEP, |next| {
        Duration::try_from(next.duration_since(now))
            .unwrap_or(Duration::ZERO)
            .clamp(Duration::from_secs(1), LONGEST_SLEEP)
    })
}
