//! Polls many feeds at once; one that fails or waits never holds up another.

mod recording;
mod recovery;
mod report;

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::task::{Id, JoinError, JoinSet};

use super::ServiceContext;
use super::body_reader::BodyReaderSlots;
use super::due_times::{DueFeed, places};
use super::poll::{PendingDecision, UnstoredPoll, match_again, take_in};
use super::poll_queue::{PollQueue, PollSlot};
use crate::config::{Config, FeedAddress};
use crate::core::schedule::{FeedState, NetworkChange, NextPoll, Reachability};
use crate::fault;
use crate::store::feeds::PollStart;
use crate::store::{StoreError, feeds};
use recording::{StoreResult, note, store};
pub(super) use recovery::catch_up;
pub use recovery::{forget_polls, recover_polls};
pub use report::{FeedFailure, PollReport};

/// Polls under way at most, beside as many as may speak at once: hosts that turn out to be slow,
/// and those that wait for a slot at their host or to be stored.
const PROMPT_UNDER_WAY: usize = 512;
/// The same of feeds that keep us waiting: somewhat more than the fetcher asks at once.
const SLOW_UNDER_WAY: usize = 512;
/// Bodies read at the same time at most, on a machine with many processors: each takes memory, and
/// four outrun the database.
const READERS_AT_MOST: usize = 4;
/// Polls that one transaction holds at most: the disk is waited for once for all of them.
const POLLS_A_TRANSACTION: usize = 64;

/// How long a feed that may have killed the program waits in a service until no other poll is under way.
const SUSPECTS_WAIT: SignedDuration = SignedDuration::from_mins(1);

/// Polls the feeds and stores what they bring, each poll in one transaction. `progress` is told
/// what has come of it so far.
pub async fn poll(
    service: &ServiceContext,
    feeds: Vec<DueFeed>,
    progress: &mut (dyn FnMut(&PollReport) + Send),
) -> PollReport {
    let mut report = PollReport::default();
    // This comes to an end, so whoever has to wait can.
    let mut polls = PollTasks::new(service.clone(), SignedDuration::MAX);
    polls.add(feeds);
    loop {
        polls.start_due_polls(&mut report).await;
        if polls.is_idle() {
            break;
        }
        let wait = polls.wake_at().map(|until| {
            let wait = until.duration_since((service.clock)());
            wait.try_into().unwrap_or_default()
        });
        tokio::select! {
            () = polls.one_ended() => {}
            () = tokio::time::sleep(wait.unwrap_or_default()), if wait.is_some() => {}
        }
        polls.settle(&mut report).await;
        progress(&report);
    }
    let places = places(&service.config);
    for list in [&mut report.failures, &mut report.incomplete] {
        list.sort_by_key(|feed| places.get(feed.id.as_str()).copied());
    }
    report
}

/// Polls under way, and those that wait for their turn.
pub(super) struct PollTasks {
    service: ServiceContext,
    queue: PollQueue,
    under_way: JoinSet<UnstoredPoll>,
    readers: Arc<BodyReaderSlots>,
    tasks: HashMap<Id, Task>,
    /// Whether anybody answers at all.
    network: Reachability,
    /// Not yet stored.
    ended: Vec<Result<(Id, UnstoredPoll), JoinError>>,
    settled: Vec<FinishedPoll>,
}

/// A poll under way.
struct Task {
    slot: PollSlot,
    /// The feed, whatever becomes of its place.
    feed: String,
    place: Option<usize>,
}

/// A poll that is over.
pub(super) struct FinishedPoll {
    /// The feed's place, if the configuration still has it.
    pub(super) place: Option<usize>,
    /// What follows; `None` when the poll could not be stored.
    pub(super) plan: Option<NextPoll>,
}

impl PollTasks {
    /// For a service.
    pub(super) fn serving(service: ServiceContext) -> Self {
        Self::new(service, SUSPECTS_WAIT)
    }

    /// `patience`: how long a feed that is to be polled alone waits for the others.
    fn new(service: ServiceContext, patience: SignedDuration) -> Self {
        let concurrency = service.config.fetch.concurrency;
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let readers = processors.min(READERS_AT_MOST);
        Self {
            queue: PollQueue::new(concurrency + PROMPT_UNDER_WAY, SLOW_UNDER_WAY, patience),
            service,
            under_way: JoinSet::new(),
            readers: Arc::new(BodyReaderSlots::new(readers)),
            tasks: HashMap::new(),
            network: Reachability::default(),
            ended: Vec::new(),
            settled: Vec::new(),
        }
    }

    /// Puts feeds into the queue.
    pub(super) fn add(&mut self, feeds: Vec<DueFeed>) {
        for feed in feeds {
            self.queue.push(feed);
        }
    }

    /// Works with another configuration from now on. Feeds that waited are forgotten; the places of
    /// those under way are given to `held`.
    pub(super) fn change_context(&mut self, service: ServiceContext, held: &mut dyn FnMut(usize)) {
        self.service = service;
        self.queue.clear();
        let places = places(&self.service.config);
        for task in self.tasks.values_mut() {
            task.place = places.get(task.feed.as_str()).copied();
            task.place.into_iter().for_each(&mut *held);
        }
    }

    /// When another may begin although no poll has ended.
    pub(super) fn wake_at(&self) -> Option<Timestamp> {
        self.queue.wake_at((self.service.clock)())
    }

    /// Whether none is under way; after [`Self::start_due_polls`], none waits either.
    pub(super) fn is_idle(&self) -> bool {
        self.under_way.is_empty() && self.ended.is_empty()
    }

    /// Polls whose turn it is, after they were marked as begun. Their states are read only now: there may be
    /// very many feeds.
    pub(super) async fn start_due_polls(&mut self, report: &mut PollReport) {
        loop {
            let config = self.service.config.clone();
            let now = (self.service.clock)();
            let mut next = || self.queue.next(now, |at| host(&config, at));
            let slots: Vec<PollSlot> = std::iter::from_fn(&mut next)
                .take(POLLS_A_TRANSACTION)
                .collect();
            if slots.is_empty() {
                return;
            }
            let begin = slots.iter().filter_map(|slot| {
                config.feeds.get(slot.place).map(|feed| PollStart {
                    feed_id: feed.id.clone(),
                    url: feed.source(),
                    alone: slot.alone,
                })
            });
            let begin: Vec<PollStart> = begin.collect();
            let read = self.service.store.call(move |connection| {
                feeds::begin_polls(connection, &begin, now)?;
                let ids: Vec<String> = begin.into_iter().map(|poll| poll.feed_id).collect();
                feeds::states_of(connection, &ids)
            });
            match read.await {
                Ok(states) => self.start(slots, states),
                Err(error) => self.cannot_start(slots, &error, report),
            }
        }
    }

    fn start(&mut self, slots: Vec<PollSlot>, states: Vec<FeedState>) {
        for (slot, state) in slots.into_iter().zip(states) {
            let Some(feed) = self.service.config.feeds.get(slot.place).cloned() else {
                self.queue.ended(&slot);
                continue;
            };
            let service = self.service.clone();
            let task = Task {
                place: Some(slot.place),
                slot,
                feed: feed.id.clone(),
            };
            let readers = Arc::clone(&self.readers);
            service.metrics.record_poll_start(&feed.id);
            let polling = async move { take_in(&service, &readers, feed, state).await };
            self.tasks.insert(self.under_way.spawn(polling).id(), task);
        }
    }

    fn cannot_start(&mut self, slots: Vec<PollSlot>, error: &StoreError, report: &mut PollReport) {
        for slot in slots {
            self.queue.ended(&slot);
            if let Some(feed) = self.service.config.feeds.get(slot.place) {
                report.not_stored.push((feed.id.clone(), error.to_string()));
            }
            self.settled.push(FinishedPoll {
                place: Some(slot.place),
                plan: None,
            });
        }
    }

    /// Waits until a poll has ended; for ever when none is under way. Nothing is lost when it is
    /// given up.
    pub(super) async fn one_ended(&mut self) {
        // Those that could not begin are settled already.
        if !self.ended.is_empty() || !self.settled.is_empty() {
            return;
        }
        match self.under_way.join_next_with_id().await {
            Some(ended) => self.ended.push(ended),
            None => std::future::pending().await,
        }
    }

    /// Stores polls that have ended, and gives their plans. It must not be given up.
    pub(super) async fn settle(&mut self, report: &mut PollReport) -> Vec<FinishedPoll> {
        while self.ended.len() < POLLS_A_TRANSACTION
            && let Some(next) = self.under_way.try_join_next_with_id()
        {
            self.ended.push(next);
        }
        let ended = std::mem::take(&mut self.ended);
        let not_stored = report.not_stored.len();
        let mut batch = Vec::with_capacity(ended.len());
        for ended in ended {
            let id = ended.as_ref().map_or_else(JoinError::id, |(id, _)| *id);
            let Some(task) = self.tasks.remove(&id) else {
                continue;
            };
            if let Ok((_, intake)) = ended {
                batch.push((task, intake));
            } else {
                let reason = "the poll failed inside the program".to_owned();
                self.cannot_store(task, reason, report);
            }
        }
        self.record(batch, report).await;
        let failed = report.not_stored.iter().skip(not_stored);
        let failed: Vec<String> = failed.map(|(feed, _)| feed.clone()).collect();
        if !failed.is_empty() {
            let ended = self
                .service
                .store
                .call(move |connection| feeds::end_polls(connection, &failed));
            // If nothing can be stored, they are suspected at worst, and cleared when they are polled.
            let _ = ended.await;
        }
        std::mem::take(&mut self.settled)
    }

    fn end(&mut self, task: &Task, report: &mut PollReport) {
        report.polled += 1;
        self.queue.ended(&task.slot);
        self.service.metrics.record_poll_end(&task.feed);
    }

    fn cannot_store(&mut self, task: Task, reason: String, report: &mut PollReport) {
        self.end(&task, report);
        report.not_stored.push((task.feed, reason));
        self.settled.push(FinishedPoll {
            place: task.place,
            plan: None,
        });
    }

    /// Matches a poll again beside the others: the watches are others since, or items that were known
    /// when it was read are not any more.
    fn match_again(&mut self, task: Task, intake: UnstoredPoll) {
        let (service, readers) = (self.service.clone(), Arc::clone(&self.readers));
        let matching = async move { match_again(&service, &readers, intake).await };
        self.tasks.insert(self.under_way.spawn(matching).id(), task);
    }

    async fn record(&mut self, batch: Vec<(Task, UnstoredPoll)>, report: &mut PollReport) {
        let mut tasks = Vec::with_capacity(batch.len());
        let mut polled = Vec::with_capacity(batch.len());
        for (task, intake) in batch {
            if intake.matched.is_by(&self.service.config) {
                self.note_network(&task.feed, &intake.verdict, report);
                tasks.push(task);
                polled.push(intake);
            } else {
                self.match_again(task, intake);
            }
        }
        if tasks.is_empty() {
            return;
        }
        fault::point("bodies-read");
        let stored = match store(&self.service, polled).await {
            Ok(stored) => stored,
            Err(error) => {
                for task in tasks {
                    self.cannot_store(task, error.to_string(), report);
                }
                return;
            }
        };
        for (task, (intake, stored)) in tasks.into_iter().zip(stored) {
            match stored {
                StoreResult::Stored(counts) => {
                    self.end(&task, report);
                    let on_the_web = matches!(intake.feed.address, FeedAddress::Web(_));
                    let plan = note(report, &task.feed, &intake.verdict, counts, on_the_web);
                    self.settled.push(FinishedPoll {
                        place: task.place,
                        plan: Some(plan),
                    });
                }
                StoreResult::NeedsRematch => self.match_again(task, intake),
                StoreResult::Failed(error) => self.cannot_store(task, error.to_string(), report),
            }
        }
    }
}

impl PollTasks {
    /// Tells our own network's failure from the feeds'.
    fn note_network(&mut self, feed: &str, verdict: &PendingDecision, report: &mut PollReport) {
        let host = self
            .service
            .config
            .feed(feed)
            .and_then(|feed| match &feed.address {
                FeedAddress::Web(url) => url.host_str(),
                FeedAddress::File(_) => None,
            });
        let Some(host) = host else {
            return;
        };
        match self.network.record(host, &verdict.outcome, verdict.at) {
            Some(NetworkChange::Lost { since }) => {
                tracing::warn!("nobody has answered since {since}: is this machine connected?");
            }
            Some(NetworkChange::Back { since }) => {
                tracing::info!("somebody answers again; nobody had since {since}");
                report.cut_off_since = Some(since);
            }
            None => {}
        }
    }
}

/// The host that a feed is asked at, at first.
fn host(config: &Config, place: usize) -> Option<&str> {
    match &config.feeds.get(place)?.address {
        FeedAddress::Web(url) => url.host_str(),
        FeedAddress::File(_) => None,
    }
}

#[cfg(test)]
mod tests;
