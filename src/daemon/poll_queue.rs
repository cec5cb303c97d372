//! Whose turn it is to be polled: no host, and no crowd of slow ones, takes the turns of the others; and
//! those that may kill the program come last, one at a time.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};

use super::due_times::DueFeed;
use crate::core::schedule::ResponseSpeed;

/// Polls of one host under way at most. The fetcher lets fewer of them speak at once; the others are
/// there so that it never waits for us.
const A_HOST: usize = 8;

/// Feeds that wait for their turn, by their places in the configuration.
#[derive(Debug)]
pub(super) struct PollQueue {
    prompt: WaitingFeeds,
    slow: WaitingFeeds,
    quarantined: QuarantinedFeeds,
    hosts: HashMap<String, Host>,
}

/// Feeds of which one may kill the program.
#[derive(Debug)]
struct QuarantinedFeeds {
    waiting: VecDeque<(usize, ResponseSpeed)>,
    /// Since when one of them is under way.
    under_way_since: Option<Timestamp>,
    /// Since when they wait for all others to be over; each in its turn, and not each anew.
    waits_since: Option<Timestamp>,
    /// How long it waits for that.
    patience: SignedDuration,
}

/// So long the others wait while a suspect is polled: only what is under way is suspected after a kill.
const OTHERS_WAIT: SignedDuration = SignedDuration::from_secs(15);

#[derive(Debug)]
struct WaitingFeeds {
    waiting: VecDeque<usize>,
    under_way: usize,
    at_most: usize,
}

#[derive(Debug, Default)]
struct Host {
    under_way: usize,
    /// Those that were passed over, since so many of their host were under way.
    held: VecDeque<(usize, ResponseSpeed)>,
}

/// A feed whose turn it is, until [`PollQueue::ended`].
#[derive(Debug)]
pub(super) struct PollSlot {
    pub(super) place: usize,
    /// Whether no other is under way as it begins.
    pub(super) alone: bool,
    quarantined: bool,
    speed: ResponseSpeed,
    host: Option<String>,
}

impl PollQueue {
    /// At most so many polls under way of feeds that answered promptly, and of those that did not. After
    /// `patience`, a suspect is polled even though others are.
    pub(super) fn new(prompt: usize, slow: usize, patience: SignedDuration) -> Self {
        let queue = |at_most| WaitingFeeds {
            waiting: VecDeque::new(),
            under_way: 0,
            at_most,
        };
        Self {
            prompt: queue(prompt),
            slow: queue(slow),
            quarantined: QuarantinedFeeds {
                waiting: VecDeque::new(),
                under_way_since: None,
                waits_since: None,
                patience,
            },
            hosts: HashMap::new(),
        }
    }

    pub(super) fn push(&mut self, feed: DueFeed) {
        if feed.alone {
            self.quarantined.waiting.push_back((feed.place, feed.speed));
        } else {
            self.queue(feed.speed).waiting.push_back(feed.place);
        }
    }

    /// The next feed to poll, if one may be; `host_of` tells the host of a place.
    pub(super) fn next<'a>(
        &mut self,
        now: Timestamp,
        host_of: impl Fn(usize) -> Option<&'a str>,
    ) -> Option<PollSlot> {
        let since = self.quarantined.under_way_since;
        if since.is_some_and(|since| is_within(OTHERS_WAIT, since, now)) {
            return None;
        }
        [ResponseSpeed::Prompt, ResponseSpeed::Slow]
            .into_iter()
            .find_map(|speed| self.next_of(speed, &host_of))
            .or_else(|| self.next_quarantined(now))
    }

    /// When another may begin although none has ended; `None` while that changes nothing.
    pub(super) fn wake_at(&self, now: Timestamp) -> Option<Timestamp> {
        let quarantined = &self.quarantined;
        let (since, wait) = match quarantined.under_way_since {
            Some(since) => (since, OTHERS_WAIT),
            None => (quarantined.waits_since?, quarantined.patience),
        };
        since.checked_add(wait).ok().filter(|until| *until > now)
    }

    /// A suspect, when no other is under way and none of the others can begin.
    fn next_quarantined(&mut self, now: Timestamp) -> Option<PollSlot> {
        let others = self.prompt.under_way + self.slow.under_way;
        let quarantined = &mut self.quarantined;
        if quarantined.waiting.is_empty() {
            quarantined.waits_since = None;
        }
        if quarantined.under_way_since.is_some() || quarantined.waiting.is_empty() {
            return None;
        }
        let waits_since = *quarantined.waits_since.get_or_insert(now);
        if others > 0 && is_within(quarantined.patience, waits_since, now) {
            return None;
        }
        let (place, speed) = quarantined.waiting.pop_front()?;
        quarantined.under_way_since = Some(now);
        Some(PollSlot {
            place,
            alone: others == 0,
            quarantined: true,
            speed,
            host: None,
        })
    }

    fn next_of<'a>(
        &mut self,
        speed: ResponseSpeed,
        host_of: &impl Fn(usize) -> Option<&'a str>,
    ) -> Option<PollSlot> {
        while self.queue(speed).under_way < self.queue(speed).at_most {
            let place = self.queue(speed).waiting.pop_front()?;
            let host = host_of(place).map(str::to_owned);
            if let Some(name) = &host {
                let host = self.hosts.entry(name.clone()).or_default();
                if host.under_way >= A_HOST {
                    host.held.push_back((place, speed));
                    continue;
                }
                host.under_way += 1;
            }
            self.queue(speed).under_way += 1;
            return Some(PollSlot {
                place,
                alone: false,
                quarantined: false,
                speed,
                host,
            });
        }
        None
    }

    /// A poll is over; one that waited for its host comes next.
    pub(super) fn ended(&mut self, slot: &PollSlot) {
        if slot.quarantined {
            self.quarantined.under_way_since = None;
            return;
        }
        let queue = self.queue(slot.speed);
        queue.under_way = queue.under_way.saturating_sub(1);
        let Some(name) = &slot.host else {
            return;
        };
        let Some(host) = self.hosts.get_mut(name) else {
            return;
        };
        host.under_way = host.under_way.saturating_sub(1);
        let next = host.held.pop_front();
        if host.under_way == 0 && host.held.is_empty() {
            self.hosts.remove(name);
        }
        if let Some((place, speed)) = next {
            self.queue(speed).waiting.push_front(place);
        }
    }

    /// Forgets those that wait; what is under way stays so.
    pub(super) fn clear(&mut self) {
        self.prompt.waiting.clear();
        self.slow.waiting.clear();
        self.quarantined.waiting.clear();
        self.quarantined.waits_since = None;
        self.hosts.retain(|_, host| host.under_way > 0);
        self.hosts.values_mut().for_each(|host| host.held.clear());
    }

    fn queue(&mut self, speed: ResponseSpeed) -> &mut WaitingFeeds {
        match speed {
            ResponseSpeed::Prompt => &mut self.prompt,
            ResponseSpeed::Slow => &mut self.slow,
        }
    }
}

/// Whether no more time than this has passed since; a clock that was set back has it over.
fn is_within(time: SignedDuration, since: Timestamp, now: Timestamp) -> bool {
    (SignedDuration::ZERO..time).contains(&now.duration_since(since))
}

#[cfg(test)]
mod tests;
