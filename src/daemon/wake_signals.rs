//! Who is woken when there is something to do.

use std::sync::Arc;

use tokio::sync::Notify;

/// Whom what was found wakes.
#[derive(Clone, Debug, Default)]
pub struct WakeSignals {
    /// The mailer, by hits.
    pub news: Arc<Notify>,
    /// The reader of articles, by pages that were queued.
    pub pages: Arc<Notify>,
}
