//! What asking for pages has at hand.

use std::collections::HashMap;

use jiff::Timestamp;
use tokio::task::{Id, JoinError, JoinSet};

use super::fetching::{ArticleFetcher, ArticleMatch};
use crate::core::article::PageOutcome;
use crate::core::article::queue::{PageQueue, QueueAction};
use crate::daemon::ServiceContext;
use crate::fetch::PageFetcher;
use crate::store::articles;
use crate::store::articles::Settled;

/// What may wait to be stored before no more is asked for.
pub(super) const UNSTORED_MAX: usize = 256;

/// Pages at hand and under way.
pub(super) struct ArticleTasks {
    pub(super) service: ServiceContext,
    pub(super) pages: PageFetcher,
    pub(super) asker: ArticleFetcher,
    pub(super) queue: PageQueue,
    pub(super) under_way: JoinSet<ArticleTaskResult>,
    pub(super) tasks: HashMap<Id, QueueAction>,
    pub(super) ended: Vec<Result<(Id, ArticleTaskResult), JoinError>>,
    /// Not yet stored.
    pub(super) settled: Vec<Settled>,
    pub(super) postponed: Vec<(i64, articles::Step)>,
    /// Hosts whose state is not yet stored.
    pub(super) changed: Vec<String>,
    /// To be matched again, since the watches are others.
    pub(super) again: Vec<ArticleMatch>,
    /// Behind which row nothing was looked at yet; `None`: what is known of hosts neither.
    pub(super) looked_to: Option<i64>,
    /// Rows were queued since.
    pub(super) has_new: bool,
    /// When all that waits is looked at again, where not all of it was taken.
    pub(super) look_again_at: Option<Timestamp>,
    pub(super) report: ArticleReport,
    /// Hits that the mailer is yet to hear of.
    pub(super) news: u64,
}

/// What a task came to.
pub(super) enum ArticleTaskResult {
    Fetched {
        outcome: PageOutcome,
        at: Timestamp,
    },
    Extracted {
        outcome: PageOutcome,
        finding: Box<ArticleMatch>,
        at: Timestamp,
    },
    Matched(Box<ArticleMatch>),
}

/// What came of a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArticleReport {
    /// Pages that were asked for and settled.
    pub asked: u64,
    /// Those of them that were read whole.
    pub whole: u64,
    /// Hits in them, with those that only by them are told to somebody, or at once.
    pub hits: u64,
    /// Pages that wait.
    pub waiting: u64,
}
