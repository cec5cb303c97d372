//! A clock that was ahead and has been set back: what of a state is believed then.

use jiff::Timestamp;

use super::due_time::NextPoll;
use super::state::FeedState;

impl FeedState {
    /// This state as far as it can be believed at that time. What has happened has not happened after now: the
    /// clock was ahead when it was stored, and it counts as of now. What was planned by that clock is dropped,
    /// and what it made of the publisher's wishes with it.
    #[must_use]
    pub fn without_future_times(mut self, now: Timestamp) -> Self {
        if NextPoll::of(&self).is_from_future_clock(now) {
            (self.next_poll_at, self.not_before, self.planned_at) = (None, None, None);
            if self.publishing_rate.measured_at.is_some_and(|at| at > now) {
                self.publishing_rate = self.publishing_rate.reset_after_clock_error(now);
            }
        }
        let past = [
            &mut self.first_success_at,
            &mut self.last_attempt_at,
            &mut self.last_success_at,
            &mut self.last_unconditional_at,
            &mut self.last_new_entry_at,
            &mut self.failing_since,
            &mut self.unasked_since,
            &mut self.gone_at,
            &mut self.overflowed_at,
            &mut self.lied_at,
            &mut self.publishing_rate.measured_at,
        ];
        let past = past.into_iter().flatten();
        let past = past.chain(self.moved.as_mut().map(|sighting| &mut sighting.first_at));
        let past = past.chain(self.adopted.as_mut().map(|adoption| &mut adoption.at));
        let past = past.chain(self.left_out.as_mut().map(|left_out| &mut left_out.at));
        let past = past.chain(
            self.incomplete
                .as_mut()
                .map(|incomplete| &mut incomplete.since),
        );
        let whole = self.made_whole.as_mut();
        let past = past.chain(
            whole
                .into_iter()
                .flat_map(|it| [&mut it.since, &mut it.until]),
        );
        let past = past.chain(
            self.suspected
                .as_mut()
                .map(|suspicion| &mut suspicion.since),
        );
        let excess = self.excess.as_mut();
        let past = past.chain(
            excess
                .into_iter()
                .flat_map(|it| [&mut it.since, &mut it.until]),
        );
        past.for_each(|instant| *instant = now.min(*instant));
        self
    }
}
