//! Figures for whoever watches the service from outside, in the text format that Prometheus
//! reads (`OpenMetrics` 1.0, "Text Format").
//!
//! What the database knows is read at each scrape; what only this process knows is counted here.
//! Names and units follow the conventions of Prometheus.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use super::poller::PollReport;
use super::{SendReport, ServiceStatus};
use crate::core::article::PageVerdict;

type Labels = [(&'static str, &'static str); 1];

/// What this process has done since it was started.
#[derive(Debug)]
pub struct ProcessMetrics {
    polls: Family<Labels, Counter>,
    items: Family<Labels, Counter>,
    hits: Counter,
    messages: Family<Labels, Counter>,
    pages: Family<Labels, Counter>,
    started_at: Timestamp,
    began: Instant,
    /// How long after `began` the poller last looked for feeds that are due, in milliseconds: the wall
    /// clock may jump.
    looked_after: AtomicU64,
    /// The feeds that are being polled, since when, and when a poll last ended.
    under_way: Mutex<PollsInProgress>,
}

#[derive(Debug, Default)]
struct PollsInProgress {
    feeds: BTreeMap<String, Instant>,
    ended: Option<Instant>,
}

impl ProcessMetrics {
    /// Nothing done yet.
    pub fn new(now: Timestamp) -> Self {
        Self::begun(now, Instant::now())
    }

    /// The same, at another instant.
    pub(super) fn begun(now: Timestamp, began: Instant) -> Self {
        let metrics = Self {
            polls: Family::default(),
            items: Family::default(),
            hits: Counter::default(),
            messages: Family::default(),
            pages: Family::default(),
            started_at: now,
            began,
            looked_after: AtomicU64::new(0),
            under_way: Mutex::default(),
        };
        // A series that appears with its first event hides that event from a rate.
        for outcome in ["answered", "failed", "not_stored"] {
            drop(metrics.polls.get_or_create(&[("outcome", outcome)]));
        }
        for kind in ["new", "revised"] {
            drop(metrics.items.get_or_create(&[("kind", kind)]));
        }
        for outcome in ["sent", "undeliverable"] {
            drop(metrics.messages.get_or_create(&[("outcome", outcome)]));
        }
        for verdict in PageVerdict::ALL {
            drop(metrics.pages.get_or_create(&[("verdict", verdict.name())]));
        }
        metrics
    }

    /// The poller has looked for feeds that are due.
    pub(super) fn looked(&self) {
        let after = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.looked_after.store(after, Ordering::Relaxed);
    }

    /// How long ago the poller last looked.
    pub(super) fn idle(&self) -> Duration {
        let looked = Duration::from_millis(self.looked_after.load(Ordering::Relaxed));
        self.began.elapsed().saturating_sub(looked)
    }

    /// A poll has begun.
    pub(super) fn record_poll_start(&self, feed: &str) {
        self.begun_poll_at(feed, Instant::now());
    }

    /// The same, at another instant.
    pub(super) fn begun_poll_at(&self, feed: &str, since: Instant) {
        self.under_way().feeds.insert(feed.to_owned(), since);
    }

    /// A poll has ended, whatever came of it.
    pub(super) fn record_poll_end(&self, feed: &str) {
        let mut under_way = self.under_way();
        under_way.feeds.remove(feed);
        under_way.ended = Some(Instant::now());
    }

    /// The feeds that have been polled for so long, the longest first.
    pub(super) fn polled_for(&self, at_least: Duration) -> Vec<(String, Duration)> {
        let under_way = self.under_way();
        let feeds = under_way.feeds.iter();
        let mut long: Vec<(String, Duration)> = feeds
            .map(|(feed, since)| (feed.clone(), since.elapsed()))
            .filter(|(_, time)| *time >= at_least)
            .collect();
        long.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        long
    }

    /// How long polls have been under way of which none ended; zero when none is.
    pub(super) fn without_progress(&self) -> Duration {
        let under_way = self.under_way();
        let oldest = under_way.feeds.values().min();
        let since =
            oldest.map(|oldest| under_way.ended.map_or(*oldest, |ended| ended.max(*oldest)));
        since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    fn under_way(&self) -> MutexGuard<'_, PollsInProgress> {
        // Nothing under this lock panics.
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Polls that were settled.
    pub(super) fn polled(&self, report: &PollReport) {
        let count = |outcome, number| {
            self.polls
                .get_or_create(&[("outcome", outcome)])
                .inc_by(number);
        };
        let (failed, lost) = (report.failures.len() as u64, report.not_stored.len() as u64);
        count("failed", failed);
        count("not_stored", lost);
        count("answered", report.polled.saturating_sub(failed + lost));
        let items = |kind, number| {
            self.items.get_or_create(&[("kind", kind)]).inc_by(number);
        };
        items("new", report.counts.entries_new);
        items("revised", report.counts.entries_revised);
        self.hits.inc_by(report.counts.hits);
    }

    /// A page behind an item was settled.
    pub(super) fn page(&self, verdict: PageVerdict) {
        self.pages
            .get_or_create(&[("verdict", verdict.name())])
            .inc();
    }

    /// Messages that were settled.
    pub(super) fn sent(&self, report: &SendReport) {
        let count = |outcome, number| {
            self.messages
                .get_or_create(&[("outcome", outcome)])
                .inc_by(number);
        };
        count("sent", report.delivered);
        count("undeliverable", report.undeliverable);
    }
}

/// What was done, for one line of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    answered: u64,
    failed: u64,
    new: u64,
    hits: u64,
    sent: u64,
}

impl Totals {
    /// What was done since `earlier`, in a sentence.
    pub(super) fn since(self, earlier: Self) -> String {
        format!(
            "polls answered: {}, failed: {}; new items: {}, hits: {}; messages sent: {}",
            self.answered - earlier.answered,
            self.failed - earlier.failed,
            self.new - earlier.new,
            self.hits - earlier.hits,
            self.sent - earlier.sent
        )
    }
}

impl ProcessMetrics {
    /// What was done so far.
    pub(super) fn totals(&self) -> Totals {
        let of = |family: &Family<Labels, Counter>, label| family.get_or_create(&[label]).get();
        Totals {
            answered: of(&self.polls, ("outcome", "answered")),
            failed: of(&self.polls, ("outcome", "failed")),
            new: of(&self.items, ("kind", "new")),
            hits: self.hits.get(),
            sent: of(&self.messages, ("outcome", "sent")),
        }
    }
}

/// All figures as text.
pub(super) fn exposition(
    metrics: &ProcessMetrics,
    status: &ServiceStatus,
    process: &ProcessStatistics,
) -> Result<String, fmt::Error> {
    let mut registry = Registry::default();
    process.register(&mut registry, metrics.started_at);
    let ours = registry.sub_registry_with_prefix("newsvigil");
    let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    ours.register("build", "The program", version);
    ours.register(
        "polls",
        "Feeds asked, by what came of it",
        metrics.polls.clone(),
    );
    ours.register("items", "Items stored", metrics.items.clone());
    ours.register("hits", "Hits stored", metrics.hits.clone());
    ours.register("messages", "Messages settled", metrics.messages.clone());
    ours.register(
        "pages",
        "Pages behind items, by what came of them",
        metrics.pages.clone(),
    );
    let under_way = metrics.polled_for(Duration::ZERO);
    let longest = under_way.first().map_or(0, |(_, time)| time.as_secs());
    for (name, help, value) in [
        (
            "polls_under_way",
            "Feeds that are being polled",
            under_way.len() as u64,
        ),
        (
            "longest_poll_under_way_seconds",
            "How long the longest of them has been polled",
            longest,
        ),
    ] {
        set(ours, name, help, Some(signed(value)));
    }
    register_status(ours, status);
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

fn register_status(registry: &mut Registry, status: &ServiceStatus) {
    let feeds: Family<Labels, Gauge> = Family::default();
    for health in [
        "untried",
        "fine",
        "failing",
        "gone",
        "silent",
        "dead",
        "incomplete",
        "overflowing",
        "polling",
        "suspected",
        "over-budget",
        "restless",
    ] {
        drop(feeds.get_or_create(&[("health", health)]));
    }
    let fine = feeds.get_or_create_owned(&[("health", "fine")]);
    fine.set(signed(status.feeds_fine));
    for trouble in &status.troubles {
        feeds.get_or_create(&[("health", trouble.health)]).inc();
    }
    registry.register(
        "feeds",
        "Feeds of the configuration, by their health",
        feeds,
    );
    let outbox: Family<Labels, Gauge> = Family::default();
    for (state, count) in [
        ("waiting", status.mails_queued),
        ("undeliverable", status.mails_undeliverable),
    ] {
        outbox.get_or_create(&[("state", state)]).set(signed(count));
    }
    registry.register("outbox_messages", "Messages not yet sent, by state", outbox);
    register_counts(registry, status);
    register_times(registry, status);
}

fn register_counts(registry: &mut Registry, status: &ServiceStatus) {
    for (name, help, value) in [
        (
            "needs",
            "Things that need a person; newsvigil status names them",
            status.needs.len() as u64,
        ),
        (
            "pages_waiting",
            "Pages behind items that are still to be read",
            status.articles.reading.waiting,
        ),
        (
            "feeds_without_readable_pages",
            "Feeds of which none of the last ten pages was read whole",
            status.articles.unreadable.len() as u64,
        ),
        ("stored_items", "Items in the database", status.entries),
        ("stored_hits", "Hits in the database", status.hits),
        (
            "possible_duplicates",
            "Messages that may have arrived twice, after a fault in the middle of sending",
            status.possible_duplicates,
        ),
        (
            "mutes",
            "Watches whose hits nobody is told of for a while",
            status.mutes.len() as u64,
        ),
    ] {
        set(registry, name, help, Some(signed(value)));
    }
}

fn register_times(registry: &mut Registry, status: &ServiceStatus) {
    for (name, help, at) in [
        (
            "last_poll_timestamp_seconds",
            "When a feed was last asked",
            status.last_poll,
        ),
        (
            "next_poll_timestamp_seconds",
            "When the first of the feeds is due again",
            status.next_poll,
        ),
        (
            "last_hit_timestamp_seconds",
            "When the newest hit was found",
            status.newest_hit,
        ),
        (
            "oldest_waiting_message_timestamp_seconds",
            "When the oldest message was made that still waits",
            status.oldest_queued,
        ),
    ] {
        set(registry, name, help, at);
    }
}

/// What never happened has no time, and no series.
fn set(registry: &mut Registry, name: &str, help: &str, value: Option<i64>) {
    if let Some(value) = value {
        let gauge = Gauge::<i64>::default();
        gauge.set(value);
        registry.register(name, help, gauge);
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What the system says of this process.
pub(super) struct ProcessStatistics {
    resident_bytes: Option<u64>,
    open_files: Option<u64>,
    /// Tasks of the runtime that have not ended.
    tasks: u64,
}

impl ProcessStatistics {
    /// Looks at it now; from within the runtime.
    pub(super) fn look() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let resident = status.lines().find_map(|line| {
            let kibibytes = line.strip_prefix("VmRSS:")?.strip_suffix("kB")?;
            kibibytes.trim().parse::<u64>().ok()
        });
        Self {
            resident_bytes: resident.map(|kibibytes| kibibytes * 1024),
            open_files: fs::read_dir("/proc/self/fd")
                .ok()
                // The folder itself is open while it is read.
                .map(|files| (files.count() as u64).saturating_sub(1)),
            tasks: tokio::runtime::Handle::current()
                .metrics()
                .num_alive_tasks() as u64,
        }
    }

    fn register(&self, registry: &mut Registry, started_at: Timestamp) {
        for (name, help, value) in [
            (
                "process_resident_memory_bytes",
                "Resident memory size in bytes",
                self.resident_bytes,
            ),
            (
                "process_open_fds",
                "Number of open file descriptors",
                self.open_files,
            ),
            (
                "newsvigil_tasks",
                "Tasks under way in this process",
                Some(self.tasks),
            ),
        ] {
            set(registry, name, help, value.map(signed));
        }
        let started = Gauge::<i64>::default();
        started.set(started_at.as_second());
        registry.register_with_unit(
            "process_start_time",
            "Start time of the process since the Unix epoch in seconds",
            Unit::Seconds,
            started,
        );
    }
}
