//! Polls many feeds at once; one that fails or waits never holds up another.

use std::collections::{HashMap, HashSet};
use std::num::NonZero;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::{Instant, timeout_at};

use super::body_reader::Readers;
use super::due_times::{DueFeed, places};
use super::poll::{Intake, Verdict, match_again, take_in};
use super::poll_queue::{Line, Turn};
use super::{VERSION, World};
use crate::config::{Config, FeedAddress};
use crate::core::article::Policy;
use crate::core::schedule::{self, Budget, FeedState, NetworkChange, Plan, Reachability};
use crate::core::text::sanitize::visible_text;
use crate::fault;
use crate::store::feeds::Beginning;
use crate::store::polls::{self, PollCounts, PollRecord, Recording};
use crate::store::retention::{self, Retention};
use crate::store::{StateLock, Store, StoreError, clock, feeds};

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

/// What became of polling.
#[derive(Clone, Debug, Default)]
pub struct PollReport {
    /// Feeds asked.
    pub polled: u64,
    /// Feeds on the web that gave what they should.
    pub answered: u64,
    /// Feeds that gave nothing that could be read, in the order of the configuration.
    pub failures: Vec<FeedFailure>,
    /// Feeds of whose newest body something is missing, in the order of the configuration.
    pub incomplete: Vec<FeedFailure>,
    /// What is new.
    pub counts: PollCounts,
    /// Why polls could not be stored; they are asked again.
    pub not_stored: Vec<(String, String)>,
    /// Somebody answers again, after nobody had since then: this machine was cut off.
    pub cut_off_since: Option<Timestamp>,
}

/// A feed that failed or was not read whole, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFailure {
    /// Its id.
    pub id: String,
    /// The reason, reading alone.
    pub reason: String,
}

/// Polls the feeds and stores what they bring, each poll in one transaction. `progress` is told
/// what has come of it so far.
pub async fn poll(
    world: &World,
    feeds: Vec<DueFeed>,
    progress: &mut (dyn FnMut(&PollReport) + Send),
) -> PollReport {
    let mut report = PollReport::default();
    // This comes to an end, so whoever has to wait can.
    let mut polls = Polls::new(world.clone(), SignedDuration::MAX);
    polls.add(feeds);
    loop {
        polls.start_more(&mut report).await;
        if polls.are_over() {
            break;
        }
        let wait = polls.wake_at().map(|until| {
            let wait = until.duration_since((world.clock)());
            wait.try_into().unwrap_or_default()
        });
        tokio::select! {
            () = polls.one_ended() => {}
            () = tokio::time::sleep(wait.unwrap_or_default()), if wait.is_some() => {}
        }
        polls.settle(&mut report).await;
        progress(&report);
    }
    let places = places(&world.config);
    for list in [&mut report.failures, &mut report.incomplete] {
        list.sort_by_key(|feed| places.get(feed.id.as_str()).copied());
    }
    report
}

/// Polls under way, and those that wait for their turn.
pub(super) struct Polls {
    world: World,
    line: Line,
    under_way: JoinSet<Intake>,
    readers: Arc<Readers>,
    tasks: HashMap<Id, Task>,
    /// Whether anybody answers at all.
    network: Reachability,
    /// Not yet stored.
    ended: Vec<Result<(Id, Intake), JoinError>>,
    settled: Vec<Settled>,
}

/// A poll under way.
struct Task {
    turn: Turn,
    /// The feed, whatever becomes of its place.
    feed: String,
    place: Option<usize>,
}

/// A poll that is over.
pub(super) struct Settled {
    /// The feed's place, if the configuration still has it.
    pub(super) place: Option<usize>,
    /// What follows; `None` when the poll could not be stored.
    pub(super) plan: Option<Plan>,
}

impl Polls {
    /// For a service.
    pub(super) fn serving(world: World) -> Self {
        Self::new(world, SUSPECTS_WAIT)
    }

    /// `patience`: how long a feed that is to be polled alone waits for the others.
    fn new(world: World, patience: SignedDuration) -> Self {
        let concurrency = world.config.fetch.concurrency;
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let readers = processors.min(READERS_AT_MOST);
        Self {
            line: Line::new(concurrency + PROMPT_UNDER_WAY, SLOW_UNDER_WAY, patience),
            world,
            under_way: JoinSet::new(),
            readers: Arc::new(Readers::new(readers)),
            tasks: HashMap::new(),
            network: Reachability::default(),
            ended: Vec::new(),
            settled: Vec::new(),
        }
    }

    /// Puts feeds into the line.
    pub(super) fn add(&mut self, feeds: Vec<DueFeed>) {
        for feed in feeds {
            self.line.push(feed);
        }
    }

    /// Works with another configuration from now on. Feeds that waited are forgotten; the places of
    /// those under way are given to `held`.
    pub(super) fn change_world(&mut self, world: World, held: &mut dyn FnMut(usize)) {
        self.world = world;
        self.line.clear();
        let places = places(&self.world.config);
        for task in self.tasks.values_mut() {
            task.place = places.get(task.feed.as_str()).copied();
            task.place.into_iter().for_each(&mut *held);
        }
    }

    /// When another may begin although no poll has ended.
    pub(super) fn wake_at(&self) -> Option<Timestamp> {
        self.line.wake_at((self.world.clock)())
    }

    /// Whether none is under way; after [`Self::start_more`], none waits either.
    pub(super) fn are_over(&self) -> bool {
        self.under_way.is_empty() && self.ended.is_empty()
    }

    /// Polls whose turn it is, after they were marked as begun. Their states are read only now: there may be
    /// very many feeds.
    pub(super) async fn start_more(&mut self, report: &mut PollReport) {
        loop {
            let config = self.world.config.clone();
            let now = (self.world.clock)();
            let mut next = || self.line.next(now, |at| host(&config, at));
            let turns: Vec<Turn> = std::iter::from_fn(&mut next)
                .take(POLLS_A_TRANSACTION)
                .collect();
            if turns.is_empty() {
                return;
            }
            let begin = turns.iter().filter_map(|turn| {
                config.feeds.get(turn.place).map(|feed| Beginning {
                    feed_id: feed.id.clone(),
                    url: feed.source(),
                    alone: turn.alone,
                })
            });
            let begin: Vec<Beginning> = begin.collect();
            let read = self.world.store.call(move |connection| {
                feeds::begin_polls(connection, &begin, now)?;
                let ids: Vec<String> = begin.into_iter().map(|poll| poll.feed_id).collect();
                feeds::states_of(connection, &ids)
            });
            match read.await {
                Ok(states) => self.start(turns, states),
                Err(error) => self.cannot_start(turns, &error, report),
            }
        }
    }

    fn start(&mut self, turns: Vec<Turn>, states: Vec<FeedState>) {
        for (turn, state) in turns.into_iter().zip(states) {
            let Some(feed) = self.world.config.feeds.get(turn.place).cloned() else {
                self.line.ended(&turn);
                continue;
            };
            let world = self.world.clone();
            let task = Task {
                place: Some(turn.place),
                turn,
                feed: feed.id.clone(),
            };
            let readers = Arc::clone(&self.readers);
            world.tally.begun_poll(&feed.id);
            let polling = async move { take_in(&world, &readers, feed, state).await };
            self.tasks.insert(self.under_way.spawn(polling).id(), task);
        }
    }

    fn cannot_start(&mut self, turns: Vec<Turn>, error: &StoreError, report: &mut PollReport) {
        for turn in turns {
            self.line.ended(&turn);
            if let Some(feed) = self.world.config.feeds.get(turn.place) {
                report.not_stored.push((feed.id.clone(), error.to_string()));
            }
            self.settled.push(Settled {
                place: Some(turn.place),
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
    pub(super) async fn settle(&mut self, report: &mut PollReport) -> Vec<Settled> {
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
                .world
                .store
                .call(move |connection| feeds::end_polls(connection, &failed));
            // If nothing can be stored, they are suspected at worst, and cleared when they are polled.
            let _ = ended.await;
        }
        std::mem::take(&mut self.settled)
    }

    fn end(&mut self, task: &Task, report: &mut PollReport) {
        report.polled += 1;
        self.line.ended(&task.turn);
        self.world.tally.ended_poll(&task.feed);
    }

    fn cannot_store(&mut self, task: Task, reason: String, report: &mut PollReport) {
        self.end(&task, report);
        report.not_stored.push((task.feed, reason));
        self.settled.push(Settled {
            place: task.place,
            plan: None,
        });
    }

    /// Matches a poll again beside the others: the watches are others since, or items that were known
    /// when it was read are not any more.
    fn match_again(&mut self, task: Task, intake: Intake) {
        let (world, readers) = (self.world.clone(), Arc::clone(&self.readers));
        let matching = async move { match_again(&world, &readers, intake).await };
        self.tasks.insert(self.under_way.spawn(matching).id(), task);
    }

    async fn record(&mut self, batch: Vec<(Task, Intake)>, report: &mut PollReport) {
        let mut tasks = Vec::with_capacity(batch.len());
        let mut polled = Vec::with_capacity(batch.len());
        for (task, intake) in batch {
            if intake.matched.is_by(&self.world.config) {
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
        let stored = match store(&self.world, polled).await {
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
                Stored::Well(counts) => {
                    self.end(&task, report);
                    let on_the_web = matches!(intake.feed.address, FeedAddress::Web(_));
                    let plan = note(report, &task.feed, &intake.verdict, counts, on_the_web);
                    self.settled.push(Settled {
                        place: task.place,
                        plan: Some(plan),
                    });
                }
                Stored::Unmatched => self.match_again(task, intake),
                Stored::Not(error) => self.cannot_store(task, error.to_string(), report),
            }
        }
    }
}

impl Polls {
    /// Tells our own network's failure from the feeds'.
    fn note_network(&mut self, feed: &str, verdict: &Verdict, report: &mut PollReport) {
        let host = self
            .world
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

/// After this machine was cut off: the feeds that this struck are polled soon, and are not blamed.
pub(super) async fn catch_up(world: &World, since: Timestamp) -> Result<(), StoreError> {
    let now = (world.clock)();
    world
        .store
        .call(move |connection| {
            feeds::revise(connection, &mut |state| {
                schedule::after_outage(state, since, now, fastrand::f64())
            })
        })
        .await
}

/// The host that a feed is asked at, at first.
fn host(config: &Config, place: usize) -> Option<&str> {
    match &config.feeds.get(place)?.address {
        FeedAddress::Web(url) => url.host_str(),
        FeedAddress::File(_) => None,
    }
}

/// What became of a poll that was to be stored.
enum Stored {
    Well(PollCounts),
    /// It has an item that is new or revised and was not when it was read, and so was not matched.
    Unmatched,
    Not(StoreError),
}

/// Stores polls. Nothing is matched here: everybody waits for the database's thread.
async fn store(
    world: &World,
    mut polled: Vec<Intake>,
) -> Result<Vec<(Intake, Stored)>, StoreError> {
    let backlog = world.config.fetch.backlog;
    let budget = world.config.store.budget;
    let articles = world.config.article.fetch;
    let now = (world.clock)();
    let storing = world.store.call(move |connection| {
        let mut records: Vec<PollRecord> = polled
            .iter_mut()
            .map(|intake| record_of(intake, &budget, articles))
            .collect();
        let mut unmatched = HashSet::new();
        let mut recording = Recording {
            now,
            backlog,
            program_version: VERSION,
            matcher: &mut |feed, place, _| {
                let intake = polled.iter().find(|intake| intake.feed.id == feed);
                let hits = intake.and_then(|intake| intake.matched.hits(place));
                hits.unwrap_or_else(|| {
                    unmatched.insert(feed.to_owned());
                    Err(StoreError::Value("an item is yet to be matched".to_owned()))
                })
            },
        };
        let results = polls::record(connection, &records, &mut recording)?;
        let stored = results
            .into_iter()
            .zip(&polled)
            .map(|(result, intake)| match result {
                Ok(counts) => Stored::Well(counts),
                Err(_) if unmatched.contains(&intake.feed.id) => Stored::Unmatched,
                Err(error) => Stored::Not(error),
            });
        let stored: Vec<Stored> = stored.collect();
        for (intake, record) in polled.iter_mut().zip(&mut records) {
            intake.content = record.content.take();
        }
        Ok(polled.into_iter().zip(stored).collect())
    });
    storing.await
}

fn record_of(intake: &mut Intake, budget: &Budget, articles: Policy) -> PollRecord {
    let verdict = Arc::clone(&intake.verdict);
    PollRecord {
        url: intake.feed.source(),
        feed_id: intake.feed.id.clone(),
        content: intake.content.take(),
        budget: verdict.left_of(budget),
        articles: intake.feed.articles.fetch.unwrap_or(articles),
        decide: Box::new(move |counts| verdict.decide(counts).state),
    }
}
/// Adds a stored poll to the report, and tells the log what a person may want to know.
fn note(
    report: &mut PollReport,
    id: &str,
    verdict: &Verdict,
    counts: PollCounts,
    on_the_web: bool,
) -> Plan {
    let decision = verdict.decide(&counts);
    report.counts += counts;
    for notice in &decision.notices {
        tracing::warn!(feed = %id, "feed {id} {}", visible_text(&notice.sentence()));
    }
    if let Some(reason) = &decision.state.last_error {
        // Told once when it begins; `status` and the digest show that it lasts.
        if decision.state.consecutive_failures <= 1 {
            tracing::warn!(feed = %id, "feed {id} failed: {}", visible_text(reason));
        }
        report.failures.push(FeedFailure {
            id: id.to_owned(),
            reason: reason.clone(),
        });
    } else {
        report.answered += u64::from(on_the_web);
        if let Some(incomplete) = &decision.state.incomplete {
            report.incomplete.push(FeedFailure {
                id: id.to_owned(),
                reason: incomplete.loss.sentence(),
            });
        }
        if counts.hits > 0 {
            tracing::info!(feed = %id, new = counts.entries_new, hits = counts.hits,
                "feed {id}: {} new, {} hits", counts.entries_new, counts.hits);
        }
    }
    tracing::debug!(feed = %id, "feed {id} {}", decision.why);
    Plan::of(&decision.state)
}

/// At a start: suspects the feeds that were being polled when the program was killed. Gives a sentence on
/// that, if there are any.
pub async fn recover_polls(
    store: &Store,
    lock: &StateLock,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    if lock.stop_is_noted() {
        store
            .call(|connection| feeds::drop_polls(connection))
            .await?;
        lock.forget_stop();
        return Ok(None);
    }
    let suspects = store
        .call(move |connection| feeds::recover_polls(connection, now))
        .await?;
    let read: Vec<&str> = suspects
        .iter()
        .filter_map(|(id, reading)| reading.then_some(id.as_str()))
        .collect();
    let asked = suspects.len() - read.len();
    Ok(match (read.as_slice(), asked) {
        ([], 0) => None,
        ([], 1) => Some("a feed was being asked when newsvigil was killed".to_owned()),
        ([], asked) => Some(format!(
            "{asked} feeds were being asked when newsvigil was killed"
        )),
        ([first], _) => Some(format!(
            "feed {first} was being read when newsvigil was killed; it is polled last"
        )),
        ([first, others @ ..], _) => Some(format!(
            "feed {first} and {} others were being read when newsvigil was killed; they are polled \
             last, and one at a time",
            others.len()
        )),
    })
}

/// At a stop: no feed is to blame for what was under way. Where the database does not take that until the
/// deadline, it is noted beside it.
pub async fn forget_polls(store: &Store, lock: &StateLock, deadline: Instant) {
    let dropping = store.call(|connection| feeds::drop_polls(connection));
    if !matches!(timeout_at(deadline, dropping).await, Ok(Ok(()))) {
        lock.note_stop();
    }
}

/// Lets go of items whose time is over, a few at a time.
pub async fn prune(world: &World) -> Result<usize, StoreError> {
    let retention = Retention {
        items: world.config.store.retention,
        hits: world.config.store.hit_retention,
    };
    let (folder, now) = (world.state_folder.clone(), (world.clock)());
    let look = world.store.call(move |_| Ok(clock::believed(&folder, now)));
    let now = look.await?;
    let mut pruned = 0;
    loop {
        let rows = world
            .store
            .call(move |connection| retention::prune(connection, retention, now))
            .await?;
        if rows == 0 {
            return Ok(pruned);
        }
        pruned += rows;
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::{Tally, fetcher, render_options};
    use super::*;
    use crate::config;
    use crate::matching::Matched;
    use crate::store::Store;

    const STORY: &str = "<rss version='2.0'><channel><title>T</title><item><guid>1</guid>\
        <title>Police used lethal force at a protest</title></item></channel></rss>";

    /// With one feed, in a file, and one watch, which finds it.
    fn world(folder: &Path) -> World {
        let feed = folder.join("feed.xml");
        fs::write(&feed, STORY).unwrap();
        fs::create_dir(folder.join("watches")).unwrap();
        for (name, text) in [
            (
                "newsvigil.toml",
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n".to_owned(),
            ),
            (
                "feeds.toml",
                format!(
                    "[[feed]]\nid = \"one\"\nurl = \"file://{}\"\n",
                    feed.display()
                ),
            ),
            (
                "watches/force.toml",
                "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = '\"lethal force\"'\n\
                 recipients = [\"desk\"]\n"
                    .to_owned(),
            ),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        let (config, _) = config::load(folder).unwrap_or_else(|problems| panic!("{problems:?}"));
        World {
            store: Store::start(&folder.join("newsvigil.db")).unwrap(),
            fetcher: fetcher(&config.fetch).unwrap(),
            render_options: Arc::new(render_options(&config, None).unwrap()),
            config: Arc::new(config),
            body_room: Arc::default(),
            stories: Arc::default(),
            state_folder: folder.to_owned(),
            clock: Arc::new(Timestamp::now),
            tally: Arc::new(Tally::new(Timestamp::UNIX_EPOCH)),
        }
    }

    #[tokio::test]
    async fn an_item_that_was_not_matched_is_matched_beside_the_database_and_then_stored() {
        let folder = tempfile::tempdir().unwrap();
        let world = world(folder.path());
        let readers = Readers::new(1);
        let feed = world.config.feeds[0].clone();
        let mut intake = take_in(&world, &readers, feed, FeedState::default()).await;
        assert!(intake.matched.is_by(&world.config));
        // It was known when it was read, and then its time was over.
        intake.matched = Matched::by(&world.config);
        let mut stored = store(&world, vec![intake]).await.unwrap();
        let (intake, outcome) = stored.pop().unwrap();
        assert!(matches!(outcome, Stored::Unmatched));
        let entries = intake.content.as_ref().map(|content| content.entries.len());
        assert_eq!(entries, Some(1), "nothing is lost");

        let intake = match_again(&world, &readers, intake).await;
        let mut stored = store(&world, vec![intake]).await.unwrap();
        let (intake, outcome) = stored.pop().unwrap();
        let Stored::Well(counts) = outcome else {
            panic!("it is stored");
        };
        assert_eq!((counts.entries_new, counts.hits), (1, 1));
        // After a reload what was matched by the old watches is matched again.
        let reloaded = Arc::new(Config::clone(&world.config));
        assert!(!intake.matched.is_by(&reloaded));
    }
}
