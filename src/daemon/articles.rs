//! The pages behind items: asked for politely, read, matched and settled, beside everything else.
//!
//! ```text
//! rows that wait -> PageQueue (whose turn is it?) -> fetch -> read -> match -> settle | postpone
//! ```
//!
//! What waits stands in the database, and so does what is known of each host: a stop at any time loses an
//! answer at most, and a restart goes on where it was.

mod fetching;
mod preview;
mod refill;
mod state;

use std::collections::HashMap;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use super::body_reader::{BodyMemory, BodyReaderSlots};
use super::time_scale::{AFTER_FAULT, LONGEST_SLEEP, TimeScale};
use super::wake_signals::WakeSignals;
use super::{ServiceContext, VERSION};
use crate::core::article::next_step::{PageStep, Progress};
use crate::core::article::politeness::PolitenessSettings;
use crate::core::article::queue::{PageQueue, QueueAction, QueuedPage};
use crate::core::article::{PageOutcome, PageVerdict};
use crate::core::schedule::{Failure, FailureKind};
use crate::fetch::PageOptions;
use crate::store::StoreError;
use crate::store::articles::{self, Settled, SettlementContext};
pub use fetching::read_page;
use fetching::{ArticleFetcher, ArticleMatch};
pub use preview::{PagePreview, PagePreviewer};
use refill::LOOK_AGAIN;
pub use state::ArticleReport;
use state::{ArticleTaskResult, ArticleTasks, UNSTORED_MAX};

/// Requests under way at most: as many as the limits of the fetcher admit, and those that are being read.
const UNDER_WAY: usize = 64;
/// For so long others may end that are stored together with one that has ended.
const GATHERING: Duration = Duration::from_millis(100);
/// Pages read at the same time at most, and not on more than half of the processors: feeds come first.
const READERS: usize = 2;

/// Asks for pages until it is told to stop.
pub async fn reading_articles(
    mut current: watch::Receiver<ServiceContext>,
    mut stopped: watch::Receiver<bool>,
    wakes: WakeSignals,
    credentials: Option<PathBuf>,
    time_scale: TimeScale,
) {
    let service = current.borrow_and_update().clone();
    let mut articles = ArticleTasks::new(service, credentials);
    loop {
        let sleep = match articles.go_on(true).await {
            Ok(next) => articles.until(next),
            Err(error) => {
                if !error.affects_all_calls() {
                    tracing::error!("pages behind items wait: {error}");
                }
                AFTER_FAULT
            }
        };
        tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            _ = current.changed() => {
                let service = current.borrow_and_update().clone();
                articles.change_context(service);
            }
            () = wakes.pages.notified() => articles.has_new = true,
            () = articles.some_ended() => {}
            () = time_scale.sleep(sleep) => {}
        }
        match articles.settle().await {
            Ok(hits) if hits > 0 => wakes.news.notify_one(),
            Ok(_) => {}
            Err(error) => {
                if !error.affects_all_calls() {
                    tracing::error!(
                        "what was read of pages behind items is not stored yet: {error}"
                    );
                }
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    () = time_scale.sleep(AFTER_FAULT) => {}
                }
            }
        }
    }
}

/// Works through the pages that can be asked for within `budget`, and tells how many are settled as they
/// become more.
pub async fn read_articles(
    service: &ServiceContext,
    credentials: Option<PathBuf>,
    budget: Duration,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<ArticleReport, StoreError> {
    let began = tokio::time::Instant::now();
    let mut articles = ArticleTasks::new(service.clone(), credentials);
    loop {
        let may_ask = began.elapsed() < budget;
        let next = articles.go_on(may_ask).await?;
        if articles.under_way.is_empty() && articles.again.is_empty() {
            let wait = next.map(|next| next.duration_since((service.clock)()));
            let wait = wait.map(|wait| Duration::try_from(wait).unwrap_or_default());
            // What is past the budget waits for the next run.
            let Some(wait) = wait.filter(|wait| may_ask && began.elapsed() + *wait < budget) else {
                break;
            };
            tokio::time::sleep(wait.max(Duration::from_millis(10))).await;
        } else {
            let wait = next.map_or(LONGEST_SLEEP, |_| articles.until(next));
            tokio::select! {
                () = articles.one_ended() => {}
                () = tokio::time::sleep(wait.max(Duration::from_millis(10))), if may_ask => {}
            }
        }
        articles.settle().await?;
        progress(articles.report.asked);
    }
    let now = (service.clock)();
    articles.report.waiting = service
        .store
        .call(move |connection| {
            let feeds = articles::read_by_feed(connection, now, now)?;
            Ok(feeds.values().map(|counts| counts.waiting).sum())
        })
        .await?;
    Ok(articles.report)
}

impl ArticleTasks {
    fn new(service: ServiceContext, credentials: Option<PathBuf>) -> Self {
        let settings = service.config.article;
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let readers = (processors / 2).clamp(1, READERS);
        Self {
            pages: service.fetcher.for_pages(&PageOptions::default()),
            asker: ArticleFetcher {
                memory: Arc::new(BodyMemory::default()),
                readers: Arc::new(BodyReaderSlots::beside(readers)),
                credentials,
                told: Arc::default(),
            },
            queue: PageQueue::new(
                PolitenessSettings { gap: settings.gap },
                settings.daily_pages,
            ),
            under_way: JoinSet::new(),
            tasks: HashMap::new(),
            ended: Vec::new(),
            settled: Vec::new(),
            postponed: Vec::new(),
            changed: Vec::new(),
            again: Vec::new(),
            looked_to: None,
            has_new: false,
            look_again_at: None,
            report: ArticleReport::default(),
            news: 0,
            service,
        }
    }

    /// Works with another configuration from now on.
    fn change_context(&mut self, service: ServiceContext) {
        let settings = service.config.article;
        self.pages = service.fetcher.for_pages(&PageOptions::default());
        self.queue.set(
            PolitenessSettings { gap: settings.gap },
            settings.daily_pages,
        );
        self.look_again_at = Some((service.clock)());
        self.service = service;
    }

    fn until(&self, next: Option<Timestamp>) -> Duration {
        next.map_or(LONGEST_SLEEP, |next| {
            Duration::try_from(next.duration_since((self.service.clock)()))
                .unwrap_or(Duration::ZERO)
                .clamp(Duration::from_millis(50), LONGEST_SLEEP)
        })
    }

    /// Begins what can be begun, and tells when to look again although nothing has ended.
    async fn go_on(&mut self, may_ask: bool) -> Result<Option<Timestamp>, StoreError> {
        self.fill().await?;
        for finding in std::mem::take(&mut self.again) {
            let (service, asker) = (self.service.clone(), self.asker.clone());
            let action = QueueAction::Page(finding.page.clone());
            let matching = async move {
                ArticleTaskResult::Matched(Box::new(asker.find(&service, finding).await))
            };
            self.tasks
                .insert(self.under_way.spawn(matching).id(), action);
        }
        while may_ask && self.under_way.len() < UNDER_WAY && self.settled.len() < UNSTORED_MAX {
            let Some(action) = self.queue.next((self.service.clock)()) else {
                break;
            };
            self.begin(action);
        }
        if !self.settled.is_empty() {
            self.store().await?;
        }
        let now = (self.service.clock)();
        // With everything under way, an end is waited for.
        let is_full = self.under_way.len() >= UNDER_WAY;
        let queue = self.queue.wake_at(now).filter(|_| may_ask && !is_full);
        Ok(queue.into_iter().chain(self.look_again_at).min())
    }

    fn begin(&mut self, action: QueueAction) {
        let (pages, asker, service) =
            (self.pages.clone(), self.asker.clone(), self.service.clone());
        let task = action.clone();
        let id = match action {
            QueueAction::Settle { page, verdict, why } => {
                self.settle_unread(&page, verdict, why);
                return;
            }
            QueueAction::Robots { address, .. } => {
                let asking = async move {
                    let outcome = asker.robots(&pages, address).await;
                    let at = (service.clock)();
                    ArticleTaskResult::Fetched { outcome, at }
                };
                self.under_way.spawn(asking).id()
            }
            QueueAction::Page(page) => {
                let asking = async move {
                    let (mut outcome, reservation) = asker.page(&service, &pages, &page).await;
                    let at = (service.clock)();
                    let PageOutcome::Page(fetched) = &mut outcome else {
                        return ArticleTaskResult::Fetched { outcome, at };
                    };
                    let finding = asker.read(&service, page, fetched, reservation).await;
                    ArticleTaskResult::Extracted {
                        outcome,
                        finding: Box::new(finding),
                        at,
                    }
                };
                self.under_way.spawn(asking).id()
            }
        };
        self.tasks.insert(id, task);
    }

    /// Waits until something has ended; for ever when nothing is under way. Nothing is lost when it is given
    /// up.
    async fn one_ended(&mut self) {
        if !self.ended.is_empty() {
            return;
        }
        match self.under_way.join_next_with_id().await {
            Some(ended) => self.ended.push(ended),
            None => std::future::pending().await,
        }
    }

    /// The same, and a moment longer: what ends at the same time is stored together, so that the disk is waited for
    /// once.
    async fn some_ended(&mut self) {
        self.one_ended().await;
        tokio::time::sleep(GATHERING).await;
    }

    /// Takes up what has ended and stores it; gives how many hits were made.
    async fn settle(&mut self) -> Result<u64, StoreError> {
        while let Some(next) = self.under_way.try_join_next_with_id() {
            self.ended.push(next);
        }
        for ended in std::mem::take(&mut self.ended) {
            let id = ended.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
            let Some(action) = self.tasks.remove(&id) else {
                continue;
            };
            let ended = ended.map_or_else(
                |_| ArticleTaskResult::Fetched {
                    outcome: PageOutcome::Failed(Failure::new(
                        FailureKind::Encoding,
                        "its answer made the program fail",
                    )),
                    at: (self.service.clock)(),
                },
                |(_, ended)| ended,
            );
            self.take_up(action, ended);
        }
        self.store().await?;
        Ok(std::mem::take(&mut self.news))
    }

    fn take_up(&mut self, action: QueueAction, ended: ArticleTaskResult) {
        match (action, ended) {
            (QueueAction::Robots { page, address }, ArticleTaskResult::Fetched { outcome, at }) => {
                let changed = self.queue.robots_answered(&page, &address, &outcome, at);
                self.changed.extend(changed);
            }
            (QueueAction::Page(page), ArticleTaskResult::Fetched { outcome, at }) => {
                self.answered(page, &outcome, None, at);
            }
            (
                QueueAction::Page(page),
                ArticleTaskResult::Extracted {
                    outcome,
                    finding,
                    at,
                },
            ) => {
                let verdict = finding.article.verdict;
                if self.answered(page, &outcome, Some(verdict), at) {
                    self.found(*finding);
                }
            }
            (QueueAction::Page(_), ArticleTaskResult::Matched(finding)) => self.found(*finding),
            // Nothing else is begun.
            (QueueAction::Settle { .. } | QueueAction::Robots { .. }, _) => {}
        }
    }

    /// Takes up an answer for a page; gives whether what was read of it stands.
    fn answered(
        &mut self,
        page: QueuedPage,
        outcome: &PageOutcome,
        read: Option<PageVerdict>,
        at: Timestamp,
    ) -> bool {
        let asked = page.clone();
        self.changed
            .push(crate::core::article::queue::host(&page.address));
        match self.queue.page_answered(page, outcome, read, at) {
            PageStep::Read => return true,
            PageStep::GiveUp { verdict, why } => {
                self.report.asked += 1;
                self.settle_unread(&asked, verdict, why);
            }
            PageStep::Again { at, progress, .. } => {
                self.postpone(&asked, asked.address.as_str(), progress, at);
            }
            PageStep::MovedTo { address, progress } => {
                self.postpone(&asked, address.as_str(), progress, at);
            }
        }
        false
    }

    fn postpone(&mut self, page: &QueuedPage, address: &str, progress: Progress, due: Timestamp) {
        let step = articles::Step {
            address: address.to_owned(),
            hops: progress.hops,
            attempts: progress.attempts,
            due,
        };
        self.postponed.push((page.id, step));
    }

    /// Takes up what was found in a page, unless the watches are others meanwhile.
    fn found(&mut self, finding: ArticleMatch) {
        if !finding.is_by(&self.service.config) {
            self.again.push(finding);
            return;
        }
        let settled = finding.settled();
        self.report.asked += 1;
        self.report.whole += u64::from(settled.verdict == PageVerdict::Whole);
        self.settled.push(settled);
    }

    fn settle_unread(&mut self, page: &QueuedPage, verdict: PageVerdict, why: String) {
        let address = page.address.to_string();
        self.settled
            .push(Settled::unread(page.id, address, verdict, why));
    }

    /// Stores what came of pages and of hosts. What could not be stored is kept for the next time.
    async fn store(&mut self) -> Result<(), StoreError> {
        self.changed.sort_unstable();
        self.changed.dedup();
        if self.settled.is_empty() && self.postponed.is_empty() && self.changed.is_empty() {
            return Ok(());
        }
        let hosts = self.changed.iter().filter_map(|host| {
            let json = serde_json::to_string(self.queue.state(host)?).ok()?;
            Some((host.clone(), json))
        });
        let hosts: Vec<(String, String)> = hosts.collect();
        let settled = Arc::new(std::mem::take(&mut self.settled));
        let (settling, postponed) = (Arc::clone(&settled), self.postponed.clone());
        let now = (self.service.clock)();
        let daily_hits = self.service.config.store.budget.hits;
        let stored = self.service.store.call(move |connection| {
            articles::save_host_states(connection, &hosts, now)?;
            if !postponed.is_empty() {
                articles::postpone(connection, &postponed)?;
            }
            let with = SettlementContext {
                now,
                program_version: VERSION,
                daily_hits,
            };
            articles::settle(connection, &settling, &with)
        });
        let counts = match stored.await {
            Ok(counts) => counts,
            Err(error) => {
                self.settled = Arc::unwrap_or_clone(settled);
                return Err(error);
            }
        };
        self.postponed.clear();
        self.changed.clear();
        if !counts.put_off.is_empty() {
            // They are not at hand any more, and stand before what is looked at next.
            let at = now.checked_add(LOOK_AGAIN).unwrap_or(now);
            self.look_again_at.get_or_insert(at);
        }
        for page in settled.iter() {
            self.queue.release(page.id);
            if !counts.put_off.contains(&page.id) {
                self.service.metrics.page(page.verdict);
            }
        }
        if counts.hits > 0 {
            let hits = if counts.hits == 1 { "hit" } else { "hits" };
            let items = if counts.settled == 1 {
                "the article of 1 item".to_owned()
            } else {
                format!("the articles of {} items", counts.settled)
            };
            tracing::info!("{} {hits} in {items}", counts.hits);
        }
        self.report.hits += counts.hits + counts.hits_raised;
        self.news += counts.hits + counts.hits_raised;
        Ok(())
    }
}
