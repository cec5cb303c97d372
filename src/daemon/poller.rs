//! Polls many feeds at once; one that fails or waits never holds up another.

use std::collections::{BTreeMap, HashMap, VecDeque};

use jiff::Timestamp;
use tokio::task::JoinSet;

use super::intake::{Intake, Verdict, take_in};
use super::{VERSION, World, routing};
use crate::config::Feed;
use crate::core::schedule::{self, FeedState};
use crate::core::watch::Scratch;
use crate::store::polls::{self, PollCounts, PollRecord, Recording};
use crate::store::{StoreError, feeds, retention};

/// Polls under way at most; the fetcher decides how many of them speak at once, and keeps those
/// that wait for slow hosts from holding up the others.
const POLLS_UNDER_WAY: usize = 2048;
/// Polls that one transaction holds at most: the disk is waited for once for all of them.
const POLLS_A_TRANSACTION: usize = 64;

/// What became of polling.
#[derive(Clone, Debug, Default)]
pub struct PollReport {
    /// Feeds asked.
    pub polled: u64,
    /// Those of them that gave nothing that could be read, in the order of the configuration.
    pub failures: Vec<FeedFailure>,
    /// What is new.
    pub counts: PollCounts,
    /// The states after the polls, by feed.
    pub states: BTreeMap<String, FeedState>,
    /// Why polls could not be stored; they are asked again.
    pub not_stored: Vec<(String, String)>,
}

/// A feed that failed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFailure {
    /// Its id.
    pub id: String,
    /// The reason, reading alone.
    pub reason: String,
}

/// Which feeds to poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Those whose time has come.
    Due,
    /// All but those whose publisher said that they are over.
    All,
}

/// What is to be polled now, and when more is.
#[derive(Debug, Default)]
pub struct DueFeeds {
    /// The feeds with their states.
    pub feeds: Vec<(Feed, FeedState)>,
    /// When the next of the others is due.
    pub next: Option<Timestamp>,
}

/// The feeds of the configuration that are to be polled now.
pub async fn due_feeds(world: &World, selection: Selection) -> Result<DueFeeds, StoreError> {
    let mut states = world
        .store
        .call(|connection| feeds::states(connection))
        .await?;
    let now = (world.clock)();
    let mut due = DueFeeds::default();
    for feed in &world.config.feeds {
        let state = states
            .remove(&feed.id)
            .unwrap_or_default()
            .for_address(&feed.address.to_string());
        let selected = match selection {
            Selection::Due => schedule::is_due(&state, now),
            Selection::All => state.gone_at.is_none(),
        };
        if selected {
            due.feeds.push((feed.clone(), state));
        } else if state.gone_at.is_none() {
            due.next = due.next.into_iter().chain(state.next_poll_at).min();
        }
    }
    Ok(due)
}

/// Polls the feeds and stores what they bring, each poll in one transaction. `progress` is told
/// what has come of it so far.
pub async fn poll(
    world: &World,
    feeds: Vec<(Feed, FeedState)>,
    progress: &mut (dyn FnMut(&PollReport) + Send),
) -> PollReport {
    let mut report = PollReport::default();
    let mut waiting = VecDeque::from(feeds);
    let mut under_way = JoinSet::new();
    // Which feed a task polls, for the one that fails inside the program.
    let mut tasks: HashMap<tokio::task::Id, String> = HashMap::new();
    loop {
        while under_way.len() < POLLS_UNDER_WAY
            && let Some((feed, state)) = waiting.pop_front()
        {
            let world = world.clone();
            let id = feed.id.clone();
            let task = under_way.spawn(async move { take_in(&world, feed, state).await });
            tasks.insert(task.id(), id);
        }
        let Some(first) = under_way.join_next_with_id().await else {
            let places: HashMap<&str, usize> = world
                .config
                .feeds
                .iter()
                .enumerate()
                .map(|(place, feed)| (feed.id.as_str(), place))
                .collect();
            report
                .failures
                .sort_by_key(|failure| places.get(failure.id.as_str()).copied());
            return report;
        };
        let mut ended = vec![first];
        while ended.len() < POLLS_A_TRANSACTION
            && let Some(next) = under_way.try_join_next_with_id()
        {
            ended.push(next);
        }
        report.polled += ended.len() as u64;
        let mut batch = Vec::new();
        for task in ended {
            match task {
                Ok((id, intake)) => {
                    tasks.remove(&id);
                    batch.push(intake);
                }
                Err(error) => {
                    let feed = tasks.remove(&error.id()).unwrap_or_default();
                    report
                        .not_stored
                        .push((feed, "the poll failed inside the program".to_owned()));
                }
            }
        }
        record(world, batch, &mut report).await;
        progress(&report);
    }
}

/// Lets go of items whose time is over, a few at a time.
pub async fn prune(world: &World) -> Result<usize, StoreError> {
    let retention = world.config.store.retention;
    let mut pruned = 0;
    loop {
        let now = (world.clock)();
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

async fn record(world: &World, batch: Vec<Intake>, report: &mut PollReport) {
    let mut verdicts: Vec<(String, Verdict)> = Vec::with_capacity(batch.len());
    let mut records = Vec::with_capacity(batch.len());
    let mut rooms = Vec::with_capacity(batch.len());
    for intake in batch {
        rooms.push(intake.room);
        let verdict = intake.verdict;
        verdicts.push((intake.feed.id.clone(), verdict.clone()));
        records.push(PollRecord {
            url: intake.feed.address.to_string(),
            feed_id: intake.feed.id,
            content: intake.content,
            decide: Box::new(move |counts| verdict.decide(counts).state),
        });
    }
    let config = world.config.clone();
    let now = (world.clock)();
    let stored = world
        .store
        .call(move |connection| {
            let mut scratch = Scratch::default();
            let mut recording = Recording {
                now,
                backlog: config.fetch.backlog,
                program_version: VERSION,
                matcher: &mut |document| routing::hits(&config, document, &mut scratch),
            };
            polls::record(connection, &records, &mut recording)
        })
        .await;
    drop(rooms);
    let results = match stored {
        Ok(results) => results,
        Err(error) => {
            let reason = error.to_string();
            verdicts
                .iter()
                .map(|_| Err(StoreError::Value(reason.clone())))
                .collect()
        }
    };
    for ((id, verdict), result) in verdicts.into_iter().zip(results) {
        match result {
            Ok(counts) => note(report, id, &verdict, counts),
            Err(error) => report.not_stored.push((id, error.to_string())),
        }
    }
}

/// Adds a stored poll to the report, and tells the log what a person may want to know.
fn note(report: &mut PollReport, id: String, verdict: &Verdict, counts: PollCounts) {
    let decision = verdict.decide(&counts);
    report.counts += counts;
    for notice in &decision.notices {
        tracing::warn!(feed = %id, "feed {id} {}", notice.sentence());
    }
    if let Some(reason) = decision.state.last_error.clone() {
        // Told once when it begins; `status` and the digest show that it lasts.
        if decision.state.consecutive_failures <= 1 {
            tracing::warn!(feed = %id, "feed {id} failed: {reason}");
        }
        report.failures.push(FeedFailure {
            id: id.clone(),
            reason,
        });
    } else if counts.hits > 0 {
        tracing::info!(feed = %id, new = counts.entries_new, hits = counts.hits,
            "feed {id}: {} new, {} hits", counts.entries_new, counts.hits);
    }
    tracing::debug!(feed = %id, "feed {id} {}", decision.why);
    report.states.insert(id, decision.state);
}
