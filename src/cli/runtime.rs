//! The runtime for what waits on the network.

use std::num::NonZero;

use super::failure::{Failure, SOFTWARE};

/// Threads of the runtime: all of them, and SQLite's, fit into the `TasksMax` of the unit, however
/// many processors there are.
const WORKERS_AT_MOST: usize = 8;
const BLOCKING_THREADS_AT_MOST: usize = 32;

/// The runtime for what waits on the network.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(processors.min(WORKERS_AT_MOST))
        .max_blocking_threads(BLOCKING_THREADS_AT_MOST)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(SOFTWARE, format!("cannot start: {error}")))
}
