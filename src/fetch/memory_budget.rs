//! Memory for bodies while they stream in: many large ones at once wait for each other.
//!
//! The first bytes of every body are free, so that ordinary feeds never wait. What is larger takes
//! piece after piece of a budget, so that a body that drips holds little of it. When the budget is
//! spent, one body at a time may grow without it, up to the limit of a body: somebody always ends, and
//! gives back what it held. No body takes more than half of the budget otherwise. Bodies that have
//! kept us waiting draw on a budget of their own, so that they never take that of the prompt ones; what
//! they had taken of it when they seemed prompt goes back, as far as theirs has room.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::core::schedule::ResponseSpeed;

/// What every body may have without asking.
const FREE_BYTES: usize = 64 << 10;
/// What a body takes at a time beyond that.
const PIECE_BYTES: usize = 256 << 10;

/// The two budgets. Cheap to clone.
#[derive(Clone)]
pub(super) struct MemoryBudgets {
    prompt: Budget,
    slow: Budget,
    slow_after: Duration,
}

#[derive(Clone)]
struct Budget {
    pieces: Arc<Semaphore>,
    /// Pieces that one body may take.
    share: usize,
    /// Held by the one that may grow without a piece.
    beyond: Arc<Semaphore>,
}

impl Budget {
    fn new(bytes: usize) -> Self {
        let pieces = (bytes / PIECE_BYTES).max(1);
        Self {
            pieces: Arc::new(Semaphore::new(pieces)),
            share: (pieces / 2).max(1),
            beyond: Arc::new(Semaphore::new(1)),
        }
    }
}

/// What a body holds of the budgets; given back when dropped.
#[derive(Debug, Default)]
pub struct MemoryReservation {
    prompt: Vec<OwnedSemaphorePermit>,
    slow: Vec<OwnedSemaphorePermit>,
    beyond: Option<(ResponseSpeed, OwnedSemaphorePermit)>,
}

impl MemoryBudgets {
    /// Room for `bytes` of prompt bodies and of slow ones; a body that takes longer than `slow_after` counts as
    /// slow.
    pub(super) fn new(bytes: usize, slow_after: Duration) -> Self {
        Self {
            prompt: Budget::new(bytes),
            slow: Budget::new(bytes),
            slow_after,
        }
    }

    /// Waits until `body` may have `more` bytes, and makes its room and its capacity large enough.
    pub(super) async fn grow(
        &self,
        reading: &mut BodyReservation<'_>,
        body: &mut Vec<u8>,
        more: usize,
    ) {
        let (waiting, held) = (reading.waiting, &mut *reading.reservation);
        let needed = body.len() + more;
        let is_slow = || reading.speed == ResponseSpeed::Slow || waiting.worked() > self.slow_after;
        if is_slow() {
            while !held.prompt.is_empty()
                && let Ok(piece) = Arc::clone(&self.slow.pieces).try_acquire_owned()
            {
                held.slow.push(piece);
                held.prompt.pop();
            }
            if let Some((speed @ ResponseSpeed::Prompt, beyond)) = &mut held.beyond
                && let Ok(slow) = Arc::clone(&self.slow.beyond).try_acquire_owned()
            {
                (*speed, *beyond) = (ResponseSpeed::Slow, slow);
            }
        }
        while held.bytes() < needed {
            if held.beyond.is_some() {
                break;
            }
            let (speed, budget, pieces) = if is_slow() {
                (ResponseSpeed::Slow, &self.slow, &mut held.slow)
            } else {
                (ResponseSpeed::Prompt, &self.prompt, &mut held.prompt)
            };
            let may_take = pieces.len() < budget.share;
            if may_take && let Ok(piece) = Arc::clone(&budget.pieces).try_acquire_owned() {
                pieces.push(piece);
                continue;
            }
            let _waits = waiting.pause();
            // The semaphores are never closed; were they, the body would grow without asking.
            tokio::select! {
                biased;
                piece = Arc::clone(&budget.pieces).acquire_owned(), if may_take => pieces.extend(piece.ok()),
                beyond = Arc::clone(&budget.beyond).acquire_owned() => {
                    held.beyond = beyond.ok().map(|beyond| (speed, beyond));
                }
            }
        }
        if body.capacity() < needed {
            if needed <= FREE_BYTES {
                body.reserve(more);
            } else {
                // No more than what it has room for.
                body.reserve_exact(more.max(PIECE_BYTES));
            }
        }
    }
}

impl MemoryReservation {
    fn bytes(&self) -> usize {
        FREE_BYTES + (self.prompt.len() + self.slow.len()) * PIECE_BYTES
    }
}

/// The time that a fetch takes, without that in which it waits for room: our own lack of memory is no
/// fault of the server's.
pub(super) struct FetchTimer {
    paused: Mutex<Paused>,
}

#[derive(Clone, Copy)]
struct Paused {
    started: Instant,
    before: Duration,
    since: Option<Instant>,
}

impl FetchTimer {
    /// Of a fetch that has not begun.
    pub(super) fn not_started() -> Self {
        let now = Instant::now();
        let paused = Paused {
            started: now,
            before: Duration::ZERO,
            since: Some(now),
        };
        Self {
            paused: Mutex::new(paused),
        }
    }

    /// It begins now.
    pub(super) fn come(&self) {
        *self.paused() = Paused {
            started: Instant::now(),
            before: Duration::ZERO,
            since: None,
        };
    }

    #[cfg(test)]
    pub(super) fn begin() -> Self {
        let waiting = Self::not_started();
        waiting.come();
        waiting
    }

    /// Time since the beginning, without the pauses.
    pub(super) fn worked(&self) -> Duration {
        let paused = *self.paused();
        let until = paused.since.unwrap_or_else(Instant::now);
        until
            .duration_since(paused.started)
            .saturating_sub(paused.before)
    }

    /// Waits until `work` is done or has worked for so long; then `None`.
    pub(super) async fn limit<T>(
        &self,
        time: Duration,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        let mut work = std::pin::pin!(work);
        loop {
            let left = time.saturating_sub(self.worked());
            if left.is_zero() {
                return None;
            }
            tokio::select! {
                biased;
                done = &mut work => return Some(done),
                // Of a pause, the end is not known: it is looked for now and then.
                () = tokio::time::sleep(left.max(Duration::from_millis(10))) => {}
            }
        }
    }

    fn pause(&self) -> Pause<'_> {
        self.paused().since = Some(Instant::now());
        Pause(self)
    }

    fn paused(&self) -> std::sync::MutexGuard<'_, Paused> {
        // Nothing under this lock panics.
        self.paused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends a pause when dropped.
struct Pause<'a>(&'a FetchTimer);

impl Drop for Pause<'_> {
    fn drop(&mut self) {
        let mut paused = self.0.paused();
        if let Some(since) = paused.since.take() {
            paused.before += since.elapsed();
        }
    }
}

/// What a body needs beside its bytes: memory, in its turn.
pub(super) struct BodyReservation<'a> {
    pub(super) speed: ResponseSpeed,
    pub(super) waiting: &'a FetchTimer,
    pub(super) reservation: &'a mut MemoryReservation,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading<'a>(
        waiting: &'a FetchTimer,
        reservation: &'a mut MemoryReservation,
    ) -> BodyReservation<'a> {
        BodyReservation {
            speed: ResponseSpeed::Prompt,
            waiting,
            reservation,
        }
    }

    #[tokio::test]
    async fn a_large_body_leaves_room_and_a_slow_one_gives_it_back() {
        let memory_budgets = MemoryBudgets::new(8 * PIECE_BYTES, Duration::from_hours(1));
        let waiting = FetchTimer::begin();
        let (mut large, mut other) = (MemoryReservation::default(), MemoryReservation::default());
        let mut body = Vec::new();
        let all = 8 * PIECE_BYTES;
        memory_budgets
            .grow(&mut reading(&waiting, &mut large), &mut body, all)
            .await;
        assert_eq!(
            memory_budgets.prompt.pieces.available_permits(),
            4,
            "half is left"
        );
        assert!(large.beyond.is_some());
        let some = 3 * PIECE_BYTES;
        memory_budgets
            .grow(&mut reading(&waiting, &mut other), &mut Vec::new(), some)
            .await;
        assert_eq!(other.prompt.len(), 3, "others need not wait");
        let later = MemoryBudgets {
            slow_after: Duration::ZERO,
            ..memory_budgets.clone()
        };
        later
            .grow(&mut reading(&waiting, &mut large), &mut body, 1)
            .await;
        assert_eq!(memory_budgets.prompt.pieces.available_permits(), 5);
        assert_eq!(memory_budgets.prompt.beyond.available_permits(), 1);
        assert_eq!(memory_budgets.slow.pieces.available_permits(), 4);
        drop((large, other));
        assert_eq!(memory_budgets.slow.beyond.available_permits(), 1);
        assert_eq!(memory_budgets.prompt.pieces.available_permits(), 8);
    }
}
