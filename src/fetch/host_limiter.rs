//! Who may send now: few requests a host at a time with rest between them, and limits for prompt ones and
//! slow ones apart, so that hosts that do not answer never hold up those that do.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::core::schedule::ResponseSpeed;

/// A host that answers this quickly needs no rest.
const NO_EFFORT: Duration = Duration::from_millis(10);
/// A host rests after an answer for as long as the answer took, but no longer than this.
const LONGEST_REST: Duration = Duration::from_secs(2);
/// A host that asks for rest is left alone by all its feeds for no longer than this.
const LONGEST_CLOSURE: Duration = Duration::from_hours(1);
/// Above this many hosts, those with nothing to remember are forgotten.
const REMEMBERED_HOSTS: usize = 1024;
/// A connection is worth keeping for a host that is asked again within this time.
pub(super) const KEPT_OPEN_FOR: Duration = Duration::from_secs(15);

/// The limits that all requests keep. Cheap to clone.
#[derive(Clone)]
pub(super) struct HostLimiter {
    hosts: Arc<Mutex<Hosts>>,
    per_host: usize,
}

/// A host and how it is come to. Redirects and pages have lines of their own at each host: where a stranger's
/// redirect leads, and what an item links to, must not keep a host from its own feeds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct HostQueueKey {
    /// The host's name or address.
    pub(super) host: String,
    /// What it is come to for.
    pub(super) line: RequestPurpose,
}

/// What a host is come to for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum RequestPurpose {
    /// Feeds that are configured there.
    Feeds,
    /// What a redirect from another host leads to.
    Redirects,
    /// The pages behind items, one at a time.
    Pages,
}

struct Hosts {
    by_queue: HashMap<HostQueueKey, Host>,
    /// How many hosts there may be before the next clean-up.
    clean_up_at: usize,
    /// Names of the hosts to which connections are kept open, with the time of the last request.
    kept_open: HashMap<String, Instant>,
    /// How many of them there may be.
    kept_open_at_most: usize,
}

struct Host {
    slots: Arc<Semaphore>,
    /// Requests in this host's slots or waiting for one.
    users: usize,
    /// The last request came then.
    asked_at: Instant,
    /// The next request may not start before.
    rests_until: Instant,
    /// The host asked for rest until then.
    closed_until: Option<Instant>,
}

impl HostLimiter {
    pub(super) fn new(per_host: usize, kept_open_at_most: usize) -> Self {
        Self {
            hosts: Arc::new(Mutex::new(Hosts {
                by_queue: HashMap::new(),
                clean_up_at: REMEMBERED_HOSTS,
                kept_open: HashMap::new(),
                kept_open_at_most,
            })),
            per_host: per_host.max(1),
        }
    }

    fn hosts(&self) -> MutexGuard<'_, Hosts> {
        // Nothing under this lock panics, and the maps are valid at every step.
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many hosts there is something to remember about.
    #[cfg(test)]
    pub(super) fn remembered(&self) -> usize {
        self.hosts().by_queue.len()
    }

    /// Forgets all rests and closures, as a restart does.
    #[cfg(test)]
    pub(super) fn reopen(&self) {
        self.hosts().by_queue.retain(|_, host| host.users > 0);
    }

    /// Waits for a slot at a host. `Err`: the host asked for rest, this long from now.
    pub(super) async fn enter(&self, queue_key: HostQueueKey) -> Result<HostPermit, Duration> {
        let (slots, keeps_open) = self
            .hosts()
            .join(&queue_key, self.per_host, Instant::now())?;
        let mut pass = HostPermit {
            limiter: self.clone(),
            queue_key,
            keeps_open,
            permit: None,
        };
        // The semaphore is never closed; were it, the request would go out without a slot.
        pass.permit = slots.acquire_owned().await.ok();
        loop {
            let now = Instant::now();
            let rests_until = {
                let hosts = self.hosts();
                if let Some(rest) = hosts.closure(&pass.queue_key.host, now) {
                    return Err(rest);
                }
                let entry = hosts.by_queue.get(&pass.queue_key);
                entry.map_or(now, |entry| entry.rests_until)
            };
            if rests_until <= now {
                return Ok(pass);
            }
            tokio::time::sleep_until(rests_until).await;
        }
    }
}

impl Hosts {
    /// How long from now a host wants rest, as it told its own feeds.
    fn closure(&self, host: &str, now: Instant) -> Option<Duration> {
        let own = HostQueueKey {
            host: host.to_owned(),
            line: RequestPurpose::Feeds,
        };
        self.by_queue.get(&own)?.closure(now)
    }

    /// One more user of a host: its slots, and whether to keep a connection open for the next.
    fn join(
        &mut self,
        queue_key: &HostQueueKey,
        per_host: usize,
        now: Instant,
    ) -> Result<(Arc<Semaphore>, bool), Duration> {
        self.clean_up(now);
        if let Some(rest) = self.closure(&queue_key.host, now) {
            return Err(rest);
        }
        let entry = self
            .by_queue
            .entry(queue_key.clone())
            .or_insert_with(|| Host {
                slots: Arc::new(Semaphore::new(match queue_key.line {
                    RequestPurpose::Feeds | RequestPurpose::Redirects => per_host,
                    RequestPurpose::Pages => 1,
                })),
                users: 0,
                asked_at: now,
                rests_until: now,
                closed_until: None,
            });
        let asked_again = entry.asked_at < now && now - entry.asked_at < KEPT_OPEN_FOR;
        entry.users += 1;
        entry.asked_at = now;
        let slots = Arc::clone(&entry.slots);
        let keeps_open = (asked_again || entry.users > 1) && self.keep_open(&queue_key.host, now);
        Ok((slots, keeps_open))
    }

    fn keep_open(&mut self, host: &str, now: Instant) -> bool {
        if let Some(asked_at) = self.kept_open.get_mut(host) {
            *asked_at = now;
            return true;
        }
        if self.kept_open.len() >= self.kept_open_at_most {
            self.kept_open
                .retain(|_, asked_at| now - *asked_at < KEPT_OPEN_FOR);
        }
        let has_room = self.kept_open.len() < self.kept_open_at_most;
        if has_room {
            self.kept_open.insert(host.to_owned(), now);
        }
        has_room
    }

    fn clean_up(&mut self, now: Instant) {
        if self.by_queue.len() < self.clean_up_at {
            return;
        }
        self.by_queue
            .retain(|_, host| host.is_worth_remembering(now));
        // Twice as many as are left, so that the work is shared by those who come.
        self.clean_up_at = REMEMBERED_HOSTS.max(self.by_queue.len() * 2);
    }
}

impl Host {
    fn closure(&self, now: Instant) -> Option<Duration> {
        self.closed_until
            .and_then(|until| until.checked_duration_since(now))
            .filter(|rest| !rest.is_zero())
    }

    fn is_worth_remembering(&self, now: Instant) -> bool {
        self.users > 0 || self.rests_until > now || self.closure(now).is_some()
    }
}

/// A slot at a host, given back when dropped.
pub(super) struct HostPermit {
    limiter: HostLimiter,
    queue_key: HostQueueKey,
    keeps_open: bool,
    permit: Option<OwnedSemaphorePermit>,
}

impl HostPermit {
    /// Whether to keep the connection open: the host is likely to be asked again soon.
    pub(super) fn keep_alive(&self) -> bool {
        self.keeps_open
    }

    /// Lets the host rest for as long as it worked: a quick server may be asked again at once, a
    /// struggling one is given time.
    pub(super) fn rest_after_response(&self, elapsed: Duration) {
        if elapsed < NO_EFFORT {
            return;
        }
        let until = Instant::now() + elapsed.min(LONGEST_REST);
        if let Some(entry) = self.limiter.hosts().by_queue.get_mut(&self.queue_key) {
            entry.rests_until = entry.rests_until.max(until);
        }
    }

    /// The host asked to be left alone for so long. What it says to those whom another host sent is
    /// not meant for its own feeds, and closes nothing.
    pub(super) fn close(&self, rest: Duration) {
        if self.queue_key.line != RequestPurpose::Feeds {
            return;
        }
        let until = Instant::now() + rest.min(LONGEST_CLOSURE);
        if let Some(entry) = self.limiter.hosts().by_queue.get_mut(&self.queue_key) {
            entry.closed_until = entry.closed_until.max(Some(until));
        }
    }
}

impl Drop for HostPermit {
    fn drop(&mut self) {
        self.permit = None;
        if let Some(entry) = self.limiter.hosts().by_queue.get_mut(&self.queue_key) {
            entry.users = entry.users.saturating_sub(1);
        }
    }
}

/// How many requests may be under way, the prompt and the slow apart.
#[derive(Clone)]
pub(super) struct ConcurrencyLimits {
    prompt: Arc<Semaphore>,
    slow: Arc<Semaphore>,
    patience: Duration,
}

impl ConcurrencyLimits {
    /// `patience`: a prompt request that takes longer counts as a slow one as soon as there is room
    /// for it.
    pub(super) fn new(prompt: usize, slow: usize, patience: Duration) -> Self {
        Self {
            prompt: Arc::new(Semaphore::new(prompt.max(1))),
            slow: Arc::new(Semaphore::new(slow.max(1))),
            patience,
        }
    }

    /// Runs `work` when there is room among those of its speed.
    pub(super) async fn run<T>(&self, speed: ResponseSpeed, work: impl Future<Output = T>) -> T {
        let semaphore = match speed {
            ResponseSpeed::Prompt => &self.prompt,
            ResponseSpeed::Slow => &self.slow,
        };
        let permit = semaphore.acquire().await;
        if speed == ResponseSpeed::Slow {
            return work.await;
        }
        let mut work = std::pin::pin!(work);
        tokio::select! {
            biased;
            done = &mut work => return done,
            () = tokio::time::sleep(self.patience) => {}
        }
        tokio::select! {
            biased;
            done = &mut work => done,
            _moved = self.slow.acquire() => {
                drop(permit);
                work.await
            }
        }
    }
}
