//! Bodies between the network and the database: the memory that they may take, and the time.
//!
//! Reading a body is work that nobody can stop from outside: a thread of its own does it, and whoever
//! waits for it goes away after its time. What such a thread holds of the room counts until it ends.
//! Small bodies have room of their own, so that they never wait for large ones, and no body takes more
//! than half of the room of its kind.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, oneshot};

use crate::core::feed::MEMORY_FACTOR;

/// Room for the bodies of each kind, in KiB; a body counts [`MEMORY_FACTOR`] times its size, for what is
/// made of it.
const ROOM_KIB: usize = 16 << 10;
/// Bodies up to this size are small, in bytes.
const SMALL: usize = 128 << 10;
/// Indexes of sitemaps whose parts are fetched at the same time; each may hold as much as one body may have.
const INDEXES: usize = 8;
/// How long a thread may work on reading a body.
pub(super) const READING_TIME: Duration = Duration::from_secs(10);
/// How long it may match, and how much longer for so many items and for so many bytes of them. What an item
/// and a watch may take is bounded on its own; this is for what all of them take together.
const MATCHING_TIME: Duration = Duration::from_secs(10);
const MATCHING_ITEMS: usize = 100;
const MATCHING_BYTES: usize = 1 << 20;
/// How long it may match whatever there is.
const MATCHING_AT_MOST: Duration = Duration::from_mins(5);
/// How many times as long it may take by the clock, on a machine that is busy with other things.
const PATIENCE: u32 = 6;
/// How often it is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The memory for bodies, and the bodies that were given up and are read all the same.
#[derive(Debug)]
pub struct BodyMemory {
    small: Arc<Semaphore>,
    large: Arc<Semaphore>,
    /// For the parts of indexes of sitemaps, which are held together before they have room.
    indexes: Semaphore,
    /// By feed.
    stuck: Mutex<BTreeMap<String, StuckBody>>,
}

/// A body that was given up and is being read all the same.
#[derive(Clone, Copy, Debug)]
struct StuckBody {
    since: Instant,
    size: Size,
    /// In KiB.
    share: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Size {
    Small,
    Large,
}

/// Room that a body takes until this is dropped.
#[derive(Debug)]
pub(super) struct BodyMemoryPermit {
    held: Option<OwnedSemaphorePermit>,
    size: Size,
}

/// How many bodies are read at the same time: more than there are processors would only take memory. Large
/// ones never take the last place.
#[derive(Debug)]
pub(super) struct BodyReaderSlots {
    all: Semaphore,
    small: Semaphore,
}

impl BodyReaderSlots {
    /// So many, and one for small bodies.
    pub(super) fn new(number: usize) -> Self {
        Self {
            all: Semaphore::new(number),
            small: Semaphore::new(1),
        }
    }

    /// So many, whatever their bodies: for what may take no more than its share beside others.
    pub(super) fn beside(number: usize) -> Self {
        Self {
            all: Semaphore::new(number),
            small: Semaphore::new(0),
        }
    }

    /// Waits for a place for the body that holds this permit.
    pub(super) async fn take(&self, permit: &BodyMemoryPermit) -> Option<SemaphorePermit<'_>> {
        let taken = match permit.size {
            Size::Large => self.all.acquire().await,
            Size::Small => tokio::select! {
                biased;
                taken = self.all.acquire() => taken,
                taken = self.small.acquire() => taken,
            },
        };
        // The semaphores are never closed.
        taken.ok()
    }
}

/// How long items of so many bytes together may be matched.
pub(super) fn matching_time(items: usize, bytes: usize) -> Duration {
    let times = 1 + items / MATCHING_ITEMS + bytes / MATCHING_BYTES;
    let times = u32::try_from(times).unwrap_or(u32::MAX);
    MATCHING_TIME.saturating_mul(times).min(MATCHING_AT_MOST)
}

impl Default for BodyMemory {
    fn default() -> Self {
        Self {
            small: Arc::new(Semaphore::new(ROOM_KIB)),
            large: Arc::new(Semaphore::new(ROOM_KIB)),
            indexes: Semaphore::new(INDEXES),
            stuck: Mutex::default(),
        }
    }
}

impl BodyMemory {
    /// Waits while small bodies wait to be stored: whoever waits for room is served in order.
    pub(super) async fn wait_for_small(&self) {
        drop(self.small.acquire().await);
    }

    /// Waits until the parts of another index of sitemaps may be fetched.
    pub(super) async fn sitemap_index_permit(&self) -> Option<SemaphorePermit<'_>> {
        // The semaphore is never closed.
        self.indexes.acquire().await.ok()
    }

    /// Waits for room for a body of so many bytes.
    pub(super) async fn take(&self, bytes: usize) -> BodyMemoryPermit {
        let (semaphore, size) = if bytes <= SMALL {
            (&self.small, Size::Small)
        } else {
            (&self.large, Size::Large)
        };
        let share = (bytes.saturating_mul(MEMORY_FACTOR) / 1024 + 1).min(ROOM_KIB / 2);
        let share = u32::try_from(share).unwrap_or(u32::MAX);
        BodyMemoryPermit {
            // The semaphores are never closed.
            held: Arc::clone(semaphore).acquire_many_owned(share).await.ok(),
            size,
        }
    }

    /// How long the feed's body is being read after it was given up; `None` when it is not.
    pub(super) fn stuck_for(&self, feed: &str) -> Option<Duration> {
        self.stuck().get(feed).map(|body| body.since.elapsed())
    }

    /// What there is to say when bodies do not end although they were given up, and whether there is
    /// room for others of their size.
    pub(super) fn trouble(&self) -> Option<StuckBodies> {
        let stuck = self.stuck();
        let (first, body) = stuck.iter().min_by_key(|(_, body)| body.since)?;
        let others = match stuck.len() - 1 {
            0 => String::new(),
            1 => " and 1 other".to_owned(),
            others => format!(" and {others} others"),
        };
        let room_left = |size| {
            let of = stuck.values().filter(|body| body.size == size);
            ROOM_KIB.saturating_sub(of.map(|body| body.share).sum())
        };
        Some(StuckBodies {
            sentence: format!(
                "the body of {first}{others} was given up and is still being read, for {} s",
                body.since.elapsed().as_secs()
            ),
            blocked: room_left(Size::Large) < ROOM_KIB / 2
                || room_left(Size::Small) < SMALL * MEMORY_FACTOR / 1024 + 1,
        })
    }

    fn stuck(&self) -> MutexGuard<'_, BTreeMap<String, StuckBody>> {
        // Nothing under this lock panics.
        self.stuck.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Bodies that were given up and do not end.
pub(super) struct StuckBodies {
    pub(super) sentence: String,
    /// They hold so much that others may have to wait for ever.
    pub(super) blocked: bool,
}

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StageFailure {
    /// It took too long.
    TimedOut,
    /// It panicked.
    Failed,
}

impl StageFailure {
    /// The reason, reading alone; `work` is what was to take no longer than `limit`, and `what` is who failed.
    pub(super) fn sentence(self, work: &str, limit: Duration, what: &str) -> String {
        match self {
            Self::TimedOut => format!(
                "{work} took longer than {} s and was given up",
                limit.as_secs()
            ),
            Self::Failed => format!("{what} made the program fail"),
        }
    }
}

/// The work on one body.
pub(super) struct TimedWork<'a> {
    pub(super) memory: &'a Arc<BodyMemory>,
    pub(super) feed: &'a str,
}

impl TimedWork<'_> {
    /// Does a stage on a thread for such work, for so long at most. `permit` is given back with the result;
    /// when the stage is given up, at its end. A stage that looks at the flag now and then ends sooner.
    pub(super) async fn stage<T: Send + 'static>(
        &self,
        limit: Duration,
        permit: BodyMemoryPermit,
        work: impl FnOnce(&AtomicBool) -> T + Send + 'static,
    ) -> Result<(T, BodyMemoryPermit), StageFailure> {
        let (starting, started) = oneshot::channel();
        let (size, held) = (permit.size, permit.held.as_ref());
        let share = held.map_or(0, OwnedSemaphorePermit::num_permits);
        let given_up = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&given_up);
        let mut working = tokio::task::spawn_blocking(move || {
            // Nobody waits any more while the service stops.
            let _ = starting.send(ThreadClock::start());
            (work(&flag), permit)
        });
        // Waiting for a thread takes none of its time.
        let Ok(clock) = started.await else {
            return Err(StageFailure::Failed);
        };
        loop {
            tokio::select! {
                biased;
                done = &mut working => return done.map_err(|_| StageFailure::Failed),
                () = tokio::time::sleep(LOOK_EVERY) => {}
            }
            let worked = clock.worked();
            if worked.is_some_and(|worked| worked > limit)
                || clock.began.elapsed() > limit.saturating_mul(PATIENCE)
            {
                break;
            }
        }
        given_up.store(true, Ordering::Relaxed);
        let (memory, feed) = (Arc::clone(self.memory), self.feed.to_owned());
        let body = StuckBody {
            since: Instant::now(),
            size,
            share,
        };
        memory.stuck().insert(feed.clone(), body);
        tokio::spawn(async move {
            let _ = working.await;
            memory.stuck().remove(&feed);
        });
        Err(StageFailure::TimedOut)
    }
}

/// Tells a thread when it has worked for so long, without being asked of the system each time.
pub(super) struct CpuTimeLimit {
    clock: ThreadClock,
    limit: Duration,
    /// When to look at the processor's time again, since the beginning.
    look_at: Cell<Duration>,
}

impl CpuTimeLimit {
    /// Of the thread that calls, from now on.
    pub(super) fn start(limit: Duration) -> Self {
        Self {
            clock: ThreadClock::start(),
            limit,
            look_at: Cell::new(limit),
        }
    }

    /// Whether the time is spent.
    pub(super) fn is_spent(&self) -> bool {
        let passed = self.clock.began.elapsed();
        // A thread cannot have worked for longer than the clock on the wall went on.
        if passed < self.look_at.get() {
            return false;
        }
        let limit = self.limit;
        match self.clock.worked() {
            Some(worked) if worked <= limit => {
                let left = limit.saturating_sub(worked).max(Duration::from_millis(5));
                self.look_at.set(passed + left);
                false
            }
            Some(_) => true,
            None => passed > limit.saturating_mul(PATIENCE),
        }
    }
}

/// The processor's time of one thread.
struct ThreadClock {
    began: Instant,
    /// Where the system tells it, and what it was (`proc_pid_stat(5)`).
    stat: Option<(String, Duration)>,
}

impl ThreadClock {
    /// Of the thread that calls.
    fn start() -> Self {
        let thread = fs::read_link("/proc/thread-self").ok();
        let stat = thread.and_then(|thread| {
            let path = format!("/proc/{}/stat", thread.display());
            let before = processor_time(&path)?;
            Some((path, before))
        });
        Self {
            began: Instant::now(),
            stat,
        }
    }

    /// Time worked since; `None` where the system does not tell.
    fn worked(&self) -> Option<Duration> {
        let (path, before) = self.stat.as_ref()?;
        Some(processor_time(path)?.saturating_sub(*before))
    }
}

/// User and system time of a thread, which the system counts in hundredths of a second.
fn processor_time(stat: &str) -> Option<Duration> {
    let text = fs::read_to_string(stat).ok()?;
    // The name before it may hold anything.
    let (_, numbers) = text.rsplit_once(')')?;
    let mut ticks = numbers.split_whitespace().skip(11).map(str::parse::<u64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some(Duration::from_millis((user + system) * 10))
}

#[cfg(test)]
mod tests;
