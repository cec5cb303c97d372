//! The processor's time of a test, which does not grow with what else the machine does.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// What its thread takes of a processor.
pub(crate) struct ThreadTimer {
    began: Duration,
}

impl ThreadTimer {
    pub(crate) fn start() -> Self {
        Self { began: taken() }
    }

    pub(crate) fn elapsed(&self) -> Duration {
        taken().saturating_sub(self.began)
    }
}

/// Since the thread began (`schedstat`, proc(5)); where nobody counts that, since the first call.
fn taken() -> Duration {
    static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
    let figures = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let taken = figures.and_then(|all| all.split(' ').next()?.parse().ok());
    taken.map_or_else(|| FIRST.elapsed(), Duration::from_nanos)
}
