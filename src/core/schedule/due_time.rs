//! What must be known of every feed to tell which are due.

use jiff::{SignedDuration, Timestamp};

use super::outcome::ResponseSpeed;
use super::state::FeedState;

/// When a feed is polled next: the part of its [`FeedState`] that a poller with many feeds keeps at
/// hand for each. The default is a feed that was never asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NextPoll {
    /// See [`FeedState::next_poll_at`].
    pub next_poll_at: Option<Timestamp>,
    /// See [`FeedState::planned_at`]. It is no earlier than when the feed was last asked, or was first put off.
    pub planned_at: Option<Timestamp>,
    /// See [`FeedState::gone_at`].
    pub gone_at: Option<Timestamp>,
    /// See [`FeedState::speed`].
    pub speed: ResponseSpeed,
    /// Whether it is polled while no other is, see [`FeedState::suspected`].
    pub alone: bool,
}

/// How far back the clock may step before plans made under the old time are dropped.
const CLOCK_STEP: SignedDuration = SignedDuration::from_hours(1);

impl NextPoll {
    /// The plan that `state` holds.
    pub fn of(state: &FeedState) -> Self {
        Self {
            next_poll_at: state.next_poll_at,
            planned_at: state
                .planned_at
                .max(state.last_attempt_at)
                .max(state.unasked_since),
            gone_at: state.gone_at,
            speed: state.speed,
            alone: state
                .suspected
                .is_some_and(|suspicion| suspicion.readings > 0),
        }
    }

    /// Whether it is time to poll.
    pub fn is_due(&self, now: Timestamp) -> bool {
        if self.gone_at.is_some() {
            return false;
        }
        let Some(next) = self.next_poll_at else {
            return true;
        };
        now >= next || self.is_from_future_clock(now)
    }

    /// Whether it was made by a clock that has been set back since.
    pub(super) fn is_from_future_clock(&self, now: Timestamp) -> bool {
        self.planned_at
            .is_some_and(|planned| planned.duration_since(now) > CLOCK_STEP)
    }
}

/// Whether it is time to poll.
pub fn is_due(state: &FeedState, now: Timestamp) -> bool {
    NextPoll::of(state).is_due(now)
}
