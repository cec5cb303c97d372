//! Slows whoever tries wrong secrets, and logs it.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// What a try with a wrong secret waits for its answer.
const SLOWED_BY: Duration = Duration::from_secs(1);

/// Between two lines of the log that tell of such tries.
const TOLD_EVERY: Duration = Duration::from_mins(1);

/// Keeps count of tries with wrong secrets.
#[derive(Debug, Default)]
pub(super) struct Throttle {
    failed: Mutex<Failed>,
}

#[derive(Debug, Default)]
struct Failed {
    told_at: Option<Instant>,
    /// Since then.
    tries: u64,
}

impl Throttle {
    /// Slows a try that failed, and logs it: each minute once, with their number.
    pub(super) async fn slow(&self, what: &str) {
        let tries = {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.tries += 1;
            let is_quiet = failed.told_at.is_none_or(|at| at.elapsed() >= TOLD_EVERY);
            is_quiet.then(|| {
                failed.told_at = Some(Instant::now());
                std::mem::take(&mut failed.tries)
            })
        };
        match tries {
            Some(0 | 1) => tracing::warn!("the reading room was asked for with {what}"),
            Some(tries) => tracing::warn!(
                "the reading room was asked for with {what}, the last of {tries} failed tries since this was told"
            ),
            None => {}
        }
        tokio::time::sleep(SLOWED_BY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_failed_try_waits_and_others_do_not_wait_for_it() {
        let throttle = Throttle::default();
        let began = Instant::now();
        tokio::join!(
            throttle.slow("this"),
            throttle.slow("this"),
            throttle.slow("that")
        );
        let took = began.elapsed();
        assert!(took >= SLOWED_BY && took < SLOWED_BY * 2, "{took:?}");
        assert_eq!(throttle.failed.lock().unwrap().tries, 2, "and one was told");
    }
}
