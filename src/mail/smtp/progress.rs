//! What a delivery waits for, for whoever looks on.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::core::delivery::Step;

/// What a delivery waits for. A copy of it shows the same.
#[derive(Clone, Debug, Default)]
pub struct Waiting(Arc<Mutex<Option<(Step, Instant)>>>);

impl Waiting {
    pub(super) fn begins(&self, step: Step) {
        self.set(Some((step, Instant::now())));
    }

    pub(super) fn ends(&self) {
        self.set(None);
    }

    /// The step, and how long it has been waited for.
    pub fn now(&self) -> Option<(Step, Duration)> {
        let waits = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waits.map(|(step, since)| (step, since.elapsed()))
    }

    fn set(&self, to: Option<(Step, Instant)>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }
}
