//! Pages that wait, by host: whose turn it is, and what follows from what came of it.
//!
//! A part of what waits is kept at hand, a few pages of each host, so that hosts with many never keep others
//! from their turn. The rest stays in the database, and is read when there is room. Feeds whose pages are at one host
//! share its places, and take turns there.

mod action;
mod daily_quota;
mod fair_queuing;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use jiff::{SignedDuration, Timestamp};
use url::Url;

pub use self::action::{QueueAction, QueueAdmission};
use self::daily_quota::DailyQuota;
use self::fair_queuing::{FairQueuing, due, to_give_way};
use super::next_step::{PageStep, is_due, is_expired, step};
use super::outcome::PageOutcome;
use super::politeness::{
    HostState, PermittedRequest, PolitenessSettings, RETRY_AFTER_AT_MOST, reaction_to_page,
};
pub use super::queued_page::{QueuedPage, host};
use super::verdict::PageVerdict;
use crate::core::schedule::{Outcome, Reachability, ResponseMetadata};

/// Pages kept at hand.
const PAGES: usize = 4096;
/// Of one host.
const PAGES_A_HOST: usize = 64;

/// Hosts remembered before those are forgotten of whom the database knows as much.
const HOSTS: usize = 10_000;
/// What waits longer is not kept at hand.
const SOON: SignedDuration = SignedDuration::from_mins(2);
/// When nobody was asked for longer, nobody was at work: no host that is asked at all rests for longer.
const IDLE: SignedDuration = RETRY_AFTER_AT_MOST;

/// Pages at hand, and what is known of their hosts.
#[derive(Debug)]
pub struct PageQueue {
    politeness: PolitenessSettings,
    quota: DailyQuota,
    hosts: BTreeMap<String, HostState>,
    waiting: BTreeMap<String, VecDeque<QueuedPage>>,
    /// Rows at hand or being asked for.
    held: BTreeSet<i64>,
    /// Hosts that are being asked.
    busy: BTreeSet<String>,
    turns: FairQueuing,
    /// When something was last looked for.
    at_work: Option<Timestamp>,
    /// Since when there was no day without anybody at work, as far as it is known; waiting before does not count.
    works_since: Timestamp,
    network: Reachability,
}

impl PageQueue {
    /// With nothing in it.
    pub fn new(politeness: PolitenessSettings, daily_pages: u64) -> Self {
        Self {
            politeness,
            quota: DailyQuota::new(daily_pages),
            hosts: BTreeMap::new(),
            waiting: BTreeMap::new(),
            held: BTreeSet::new(),
            busy: BTreeSet::new(),
            turns: FairQueuing::default(),
            at_work: None,
            works_since: Timestamp::MIN,
            network: Reachability::default(),
        }
    }

    /// Takes up other settings.
    pub fn set(&mut self, politeness: PolitenessSettings, daily_pages: u64) {
        self.politeness = politeness;
        self.quota.pages = daily_pages;
    }

    /// What was remembered of a host.
    pub fn remember(&mut self, host: String, state: HostState) {
        self.hosts.insert(host, state);
    }

    /// What is known of a host.
    pub fn state(&self, host: &str) -> Option<&HostState> {
        self.hosts.get(host)
    }

    /// Holds a row that is being settled; false when it is held already.
    pub fn hold(&mut self, id: i64) -> bool {
        self.held.insert(id)
    }

    /// Whether it is not known yet how many pages of a feed were asked for today.
    pub fn lacks_count(&self, feed: &str) -> bool {
        self.quota.is_unknown(feed)
    }

    /// So many pages of a feed were asked for today.
    pub fn set_count(&mut self, feed: &str, pages: u64, now: Timestamp) {
        self.quota.set(feed, pages, now);
    }

    /// Takes a page in, if there is room and it can be asked for soon.
    pub fn push(&mut self, page: QueuedPage, now: Timestamp) -> QueueAdmission {
        if self.held.contains(&page.id) {
            return QueueAdmission::Queued;
        }
        self.work(now);
        if self.has_waited_too_long(&page, now) {
            let (verdict, why) = self.waited(&page, now);
            return self.over(page, verdict, why);
        }
        let state = self.hosts.get(&page.host());
        let rest = state.and_then(|state| state.rest(now));
        let soon = now.checked_add(SOON).unwrap_or(Timestamp::MAX);
        if rest.is_some_and(|rest| rest.until > soon) || !is_due(page.due, soon) {
            return QueueAdmission::Deferred;
        }
        let next = state.map(|state| state.next(&page.address, now));
        if let Some(why) = self.quota.why_spent(&page.feed, now) {
            return self.over(page, PageVerdict::NotAsked, why);
        }
        if let Some(PermittedRequest::Refused(why)) = next {
            return self.over(page, PageVerdict::Robots, why);
        }
        if self.held.len() >= PAGES {
            return QueueAdmission::Full;
        }
        let line = self.waiting.entry(page.host()).or_default();
        let mut admission = QueueAdmission::Queued;
        if line.len() >= PAGES_A_HOST {
            let Some(at) = to_give_way(line, &page.feed) else {
                return QueueAdmission::HostFull;
            };
            if let Some(other) = line.remove(at) {
                self.held.remove(&other.id);
            }
            admission = QueueAdmission::Swapped;
        }
        self.held.insert(page.id);
        line.push_back(page);
        admission
    }

    /// It is held until that is stored.
    fn over(&mut self, page: QueuedPage, verdict: PageVerdict, why: String) -> QueueAdmission {
        self.held.insert(page.id);
        QueueAdmission::Settled {
            page: Box::new(page),
            verdict,
            why,
        }
    }

    /// Notes that somebody is at work, so that no page is given up for time in which nobody was.
    fn work(&mut self, now: Timestamp) {
        let asked = || self.hosts.values().filter_map(HostState::last_asked).max();
        let last = self.at_work.or_else(asked);
        if last.is_none_or(|last| now.duration_since(last) > IDLE) {
            self.works_since = now;
        }
        // A clock that was ahead lets nothing wait for ever.
        self.works_since = self.works_since.min(now);
        self.at_work = Some(now);
    }

    fn has_waited_too_long(&self, page: &QueuedPage, now: Timestamp) -> bool {
        is_expired(page.queued.max(self.works_since), now)
    }

    /// What a page comes to that has waited too long.
    fn waited(&self, page: &QueuedPage, now: Timestamp) -> (PageVerdict, String) {
        let state = self.hosts.get(&page.host());
        match state.and_then(|state| state.trouble(now)) {
            Some(why) => (
                PageVerdict::Unreachable,
                format!("it waited for two days: {why}"),
            ),
            None => (
                PageVerdict::NotAsked,
                "it waited for two days for its turn".to_owned(),
            ),
        }
    }

    /// Takes a page in, whether there is room and its host rests or not.
    pub fn push_unconditionally(&mut self, page: QueuedPage) {
        if self.held.insert(page.id) {
            self.put_back(page);
        }
    }

    /// What came of a row is stored, or the row is gone.
    pub fn release(&mut self, id: i64) {
        self.held.remove(&id);
    }

    /// Forgets what waits, but for what is being asked for.
    pub fn clear(&mut self, now: Timestamp) {
        if self.hosts.len() > HOSTS {
            let busy = &self.busy;
            let is_needed = |host: &String, state: &mut HostState| {
                busy.contains(host) || state.rest(now).is_some()
            };
            self.hosts.retain(is_needed);
        }
        for page in self.waiting.values().flatten() {
            self.held.remove(&page.id);
        }
        self.waiting.clear();
        self.turns.forget_beyond(HOSTS);
    }

    /// What is to be done now, if there is anything. Its host counts as asked until the answer is told.
    pub fn next(&mut self, now: Timestamp) -> Option<QueueAction> {
        self.work(now);
        // The first of them nearly always has a turn, and there may be thousands.
        let (_, first) = self.open(now).min()?;
        let first = first.clone();
        if let Some(turn) = self.turn_at(&first, now) {
            return Some(turn);
        }
        let hosts = self.open(now).map(|(asked, host)| (asked, host.clone()));
        let mut hosts: Vec<(Option<Timestamp>, String)> = hosts.collect();
        hosts.sort_unstable();
        hosts
            .into_iter()
            .find_map(|(_, host)| self.turn_at(&host, now))
    }

    /// The hosts that may be asked now. Whoever has had rest for longest is the least.
    fn open(&self, now: Timestamp) -> impl Iterator<Item = (Option<Timestamp>, &String)> {
        self.waiting.iter().filter_map(move |(host, line)| {
            let state = self.hosts.get(host);
            let is_open = !self.busy.contains(host)
                && state.is_none_or(|state| state.rest(now).is_none())
                && line.iter().any(|page| is_due(page.due, now));
            is_open.then(|| (state.and_then(HostState::last_asked), host))
        })
    }

    fn turn_at(&mut self, host: &str, now: Timestamp) -> Option<QueueAction> {
        let line = self.waiting.get(host)?;
        let at = self.turns.first_feed(host, line, now)?;
        let page = line.get(at).filter(|page| is_due(page.due, now))?;
        if self.has_waited_too_long(page, now) {
            let (verdict, why) = self.waited(page, now);
            let page = self.take(host, at)?;
            return Some(QueueAction::Settle { page, verdict, why });
        }
        if let Some(why) = self.quota.why_spent(&page.feed, now) {
            let page = self.take(host, at)?;
            return Some(QueueAction::Settle {
                page,
                verdict: PageVerdict::NotAsked,
                why,
            });
        }
        let state = self.hosts.entry(host.to_owned()).or_default();
        match state.next(&page.address, now) {
            PermittedRequest::Wait(_) => None,
            PermittedRequest::Robots(address) => {
                let asked = self::host(&address);
                let elsewhere = self.hosts.get(&asked);
                let rests = elsewhere.is_some_and(|state| state.rest(now).is_some());
                if rests || self.busy.contains(&asked) {
                    return None;
                }
                let page = page.address.clone();
                self.busy.insert(host.to_owned());
                self.busy.insert(asked);
                Some(QueueAction::Robots { page, address })
            }
            PermittedRequest::Refused(why) => {
                let page = self.take(host, at)?;
                Some(QueueAction::Settle {
                    page,
                    verdict: PageVerdict::Robots,
                    why,
                })
            }
            PermittedRequest::Page => {
                let page = self.take(host, at)?;
                self.busy.insert(host.to_owned());
                self.quota.spend(&page.feed, now);
                self.turns.take_turn(host, &page.feed);
                Some(QueueAction::Page(page))
            }
        }
    }

    fn take(&mut self, host: &str, at: usize) -> Option<QueuedPage> {
        let line = self.waiting.get_mut(host)?;
        let page = line.remove(at);
        if line.is_empty() {
            self.waiting.remove(host);
        }
        page
    }

    /// When something may be to be done although no answer has come; `None`: never, as long as nothing comes
    /// in.
    pub fn wake_at(&self, now: Timestamp) -> Option<Timestamp> {
        let free = self
            .waiting
            .iter()
            .filter(|(host, _)| !self.busy.contains(*host));
        let times = free.filter_map(|(host, line)| {
            let first = line.get(self.turns.first_feed(host, line, now)?)?;
            let elsewhere = self
                .hosts
                .get(host)
                .and_then(|it| it.robots_elsewhere(&first.address));
            let opens = match elsewhere.map(|address| self::host(&address)) {
                Some(other) if self.busy.contains(&other) => return None,
                Some(other) => self.opens_at(host, now).max(self.opens_at(&other, now)),
                None => self.opens_at(host, now),
            };
            Some(due(first, now).max(opens))
        });
        times.min()
    }

    /// When a host may be asked.
    fn opens_at(&self, host: &str, now: Timestamp) -> Timestamp {
        let rest = self.hosts.get(host).and_then(|state| state.rest(now));
        rest.map_or(now, |rest| rest.until)
    }

    /// Tells what came of a request for the robots.txt that holds for `page`, asked for at `address`. Gives
    /// the hosts whose states are others now.
    pub fn robots_answered(
        &mut self,
        page: &Url,
        address: &Url,
        outcome: &PageOutcome,
        now: Timestamp,
    ) -> Vec<String> {
        let (host, asked) = (self::host(page), self::host(address));
        self.busy.remove(&host);
        self.busy.remove(&asked);
        let mut changed = vec![host.clone()];
        let politeness = self.politeness;
        let is_lost = self.is_cut_off(&asked, outcome, now);
        let state = self.hosts.entry(host.clone()).or_default();
        if is_lost {
            state.record_no_response(now);
        } else {
            state.robots_answered(page, outcome, politeness, now);
        }
        if asked != host {
            let state = self.hosts.entry(asked.clone()).or_default();
            state.hop_answered(outcome, politeness, now);
            changed.push(asked);
        }
        changed
    }

    /// Tells what came of a request for a page, and gives what follows. A page that is asked for again is at
    /// hand again. `read`: the verdict on what came.
    pub fn page_answered(
        &mut self,
        page: QueuedPage,
        outcome: &PageOutcome,
        read: Option<PageVerdict>,
        now: Timestamp,
    ) -> PageStep {
        let host = page.host();
        self.busy.remove(&host);
        let is_lost = self.is_cut_off(&host, outcome, now);
        let politeness = self.politeness;
        let state = self.hosts.entry(host).or_default();
        let next = if is_lost {
            state.record_no_response(now);
            let at = state.rest(now).map_or(now, |rest| rest.until);
            PageStep::Again {
                at,
                progress: page.progress,
                why: "this machine is cut off: nobody answers".to_owned(),
            }
        } else {
            let reaction = reaction_to_page(outcome, read, now);
            state.take_note(&page.address, reaction, politeness, now);
            step(&page, outcome, read, now)
        };
        match &next {
            // It is held until that is stored.
            PageStep::Read | PageStep::GiveUp { .. } => {}
            PageStep::Again { at, progress, .. } => self.put_back(QueuedPage {
                due: *at,
                progress: *progress,
                ..page
            }),
            PageStep::MovedTo { address, progress } => {
                let mut visited = page.visited;
                visited.push(page.address);
                self.put_back(QueuedPage {
                    address: address.clone(),
                    progress: *progress,
                    visited,
                    due: now,
                    ..page
                });
            }
        }
        next
    }

    /// In front, since it is older than what came in since.
    fn put_back(&mut self, page: QueuedPage) {
        self.waiting
            .entry(page.host())
            .or_default()
            .push_front(page);
    }

    /// Whether nobody answers at all.
    fn is_cut_off(&mut self, host: &str, outcome: &PageOutcome, now: Timestamp) -> bool {
        let told = match outcome {
            PageOutcome::Failed(failure) => Outcome::Failed(failure.clone()),
            PageOutcome::HostResting(_) => return false,
            PageOutcome::Page(_) | PageOutcome::Redirect { .. } => {
                Outcome::NotModified(ResponseMetadata::default())
            }
        };
        self.network.record(host, &told, now);
        self.network.offline_since().is_some()
    }
}

#[cfg(test)]
mod tests;
