//! Weeks of pages before the strictest judge, in milliseconds: publishers who write down every offence.

mod backoff;
mod expiry;
mod fairness;
mod redirects;
mod robots;

use std::collections::BTreeMap;

use super::daily_quota::day;
use super::*;
use crate::core::article::FetchedPage;
use crate::core::article::next_step::Progress;
use crate::core::schedule::{CachingHeaders, Failure, FailureKind};

const DAILY: u64 = 200;

fn begin() -> Timestamp {
    "2026-03-02T06:00:00Z".parse().unwrap()
}

fn secs(seconds: i64) -> SignedDuration {
    SignedDuration::from_secs(seconds)
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

fn url(address: &str) -> Url {
    Url::parse(address).unwrap()
}

fn said(status: u16, body: &str) -> PageOutcome {
    PageOutcome::Page(FetchedPage {
        status,
        body: body.as_bytes().to_vec(),
        ..FetchedPage::default()
    })
}

fn said_wait(status: u16, retry_after: &str) -> PageOutcome {
    PageOutcome::Page(FetchedPage {
        status,
        caching: CachingHeaders {
            retry_after: Some(retry_after.to_owned()),
            ..CachingHeaders::default()
        },
        ..FetchedPage::default()
    })
}

fn failed(kind: FailureKind) -> PageOutcome {
    PageOutcome::Failed(Failure::new(kind, "no answer within 30 s"))
}

fn to(address: &str) -> PageOutcome {
    PageOutcome::Redirect { to: url(address) }
}

/// How a publisher answers a path at so many seconds after the beginning.
type Script = fn(&str, i64) -> PageOutcome;

/// What the judge knows of a host.
struct Judged {
    script: Script,
    /// When the last answer ended.
    answered: Option<Timestamp>,
    not_before: Option<Timestamp>,
    refusals: u32,
    robots_read: BTreeMap<String, Timestamp>,
    gap: SignedDuration,
    asked: Vec<(Timestamp, String)>,
}

/// Hosts, and the daemon's part.
struct Play {
    queue: PageQueue,
    now: Timestamp,
    hosts: BTreeMap<String, Judged>,
    /// As the database has them.
    rows: BTreeMap<i64, QueuedPage>,
    settled: BTreeMap<i64, (PageVerdict, Option<String>)>,
    offences: Vec<String>,
    by_feed: BTreeMap<(String, i64), u64>,
    restarts: bool,
    /// Whether rows are read from the database once only.
    reads_once: bool,
}

impl Play {
    fn new(gap: i64) -> Self {
        let politeness = PolitenessSettings { gap: secs(gap) };
        Self {
            queue: PageQueue::new(politeness, DAILY),
            now: begin(),
            hosts: BTreeMap::new(),
            rows: BTreeMap::new(),
            settled: BTreeMap::new(),
            offences: Vec::new(),
            by_feed: BTreeMap::new(),
            restarts: false,
            reads_once: false,
        }
    }

    fn host(&mut self, name: &str, gap: i64, script: Script) {
        let judged = Judged {
            script,
            answered: None,
            not_before: None,
            refusals: 0,
            robots_read: BTreeMap::new(),
            gap: secs(gap),
            asked: Vec::new(),
        };
        self.hosts.insert(name.to_owned(), judged);
    }

    fn add(&mut self, feed: &str, address: &str) -> i64 {
        let id = i64::try_from(self.rows.len() + self.settled.len()).unwrap();
        let page = QueuedPage {
            id,
            feed: feed.to_owned(),
            address: url(address),
            progress: Progress::default(),
            queued: self.now,
            due: self.now,
            visited: Vec::new(),
        };
        self.rows.insert(id, page);
        id
    }

    /// Reads through what waits, as the daemon does now and then.
    fn fill(&mut self) {
        self.queue.clear(self.now);
        for page in self.rows.values().cloned().collect::<Vec<_>>() {
            if let QueueAdmission::Settled { page, verdict, why } = self.queue.push(page, self.now)
            {
                self.settle(page.id, verdict, Some(why));
            }
        }
    }

    fn settle(&mut self, id: i64, verdict: PageVerdict, why: Option<String>) {
        self.rows.remove(&id);
        self.queue.release(id);
        assert!(self.settled.insert(id, (verdict, why)).is_none(), "once");
    }

    /// A request, judged and answered.
    fn ask(&mut self, address: &Url) -> PageOutcome {
        let name = super::host(address);
        let at = self.now.duration_since(begin()).as_secs();
        let (now, path) = (self.now, address.path().to_owned());
        let judged = self.hosts.get_mut(&name).unwrap();
        let mut offend = |what: &str| self.offences.push(format!("{now} {name}{path}: {what}"));
        if judged
            .answered
            .is_some_and(|last| now.duration_since(last) < judged.gap)
        {
            offend("no gap");
        }
        if judged.not_before.is_some_and(|until| now < until) {
            offend("before it was permitted");
        }
        let origin = address.origin().ascii_serialization();
        if path == "/robots.txt" {
            judged.robots_read.insert(origin, now);
        } else if judged
            .robots_read
            .get(&origin)
            .is_none_or(|read| now.duration_since(*read) > hours(24))
        {
            offend("without robots.txt of that day");
        }
        if path.starts_with("/private") {
            offend("against robots.txt");
        }
        judged.asked.push((now, path.clone()));
        let outcome = (judged.script)(&path, at);
        self.now += match &outcome {
            PageOutcome::Failed(failure) if failure.kind == FailureKind::Timeout => secs(30),
            _ => secs(1),
        };
        judged.answered = Some(self.now);
        let mut rest = secs(0);
        let refused = match &outcome {
            PageOutcome::Page(page) => {
                if matches!(page.status, 429 | 503) {
                    rest = page
                        .retry_after(self.now)
                        .unwrap_or_default()
                        .clamp(secs(30), hours(24));
                }
                matches!(page.status, 403 | 429 | 500..)
            }
            PageOutcome::Failed(_) => {
                rest = secs(600);
                true
            }
            _ => false,
        };
        if path != "/robots.txt"
            || refused && !matches!(&outcome, PageOutcome::Page(page) if page.status == 403)
        {
            judged.refusals = if refused { judged.refusals + 1 } else { 0 };
        }
        if refused && judged.refusals >= 3 {
            rest = rest.max(hours(6));
        }
        judged.not_before = Some(self.now + rest);
        outcome
    }

    fn turn(&mut self, turn: QueueAction) {
        match turn {
            QueueAction::Settle { page, verdict, why } => self.settle(page.id, verdict, Some(why)),
            QueueAction::Robots { page, address } => {
                let outcome = self.ask(&address);
                self.queue
                    .robots_answered(&page, &address, &outcome, self.now);
            }
            QueueAction::Page(page) => {
                let day = (page.feed.clone(), day(self.now));
                *self.by_feed.entry(day).or_default() += 1;
                let outcome = self.ask(&page.address);
                let read = match &outcome {
                    PageOutcome::Page(page) if page.body == b"challenge" => {
                        Some(PageVerdict::Challenge)
                    }
                    PageOutcome::Page(page) if matches!(page.status, 401..=403 | 451) => {
                        Some(PageVerdict::Paywalled)
                    }
                    PageOutcome::Page(page) if matches!(page.status, 404 | 410) => {
                        Some(PageVerdict::Gone)
                    }
                    PageOutcome::Page(page) if page.status == 200 => Some(PageVerdict::Whole),
                    PageOutcome::Page(_) => Some(PageVerdict::Unreachable),
                    _ => None,
                };
                let id = page.id;
                match self.queue.page_answered(page, &outcome, read, self.now) {
                    PageStep::Read => self.settle(id, read.unwrap(), None),
                    PageStep::GiveUp { verdict, why } => self.settle(id, verdict, Some(why)),
                    PageStep::Again { at, progress, .. } => {
                        let row = self.rows.get_mut(&id).unwrap();
                        (row.due, row.progress) = (at, progress);
                    }
                    PageStep::MovedTo { address, progress } => {
                        let row = self.rows.get_mut(&id).unwrap();
                        (row.address, row.progress) = (address, progress);
                    }
                }
            }
        }
    }

    /// What a stop and a start leave.
    fn restart(&mut self) {
        let old = std::mem::replace(
            &mut self.queue,
            PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY),
        );
        self.queue.set(old.politeness, DAILY);
        for (name, state) in &old.hosts {
            let stored = serde_json::to_string(state).unwrap();
            self.queue
                .remember(name.clone(), serde_json::from_str(&stored).unwrap());
        }
        for ((feed, of), pages) in &self.by_feed {
            if *of == day(self.now) {
                self.queue.set_count(feed, *pages, self.now);
            }
        }
    }

    fn run(&mut self, time: SignedDuration) {
        let end = self.now + time;
        let mut turns = 0;
        self.fill();
        while self.now < end {
            if !self.reads_once {
                self.fill();
            }
            while let Some(turn) = self.queue.next(self.now) {
                self.turn(turn);
                turns += 1;
                if self.restarts && turns % 7 == 0 {
                    self.restart();
                    self.fill();
                }
            }
            // The daemon looks again after a minute at most.
            let wake = self.queue.wake_at(self.now).unwrap_or(end);
            self.now = wake.clamp(self.now + secs(1), self.now + secs(60));
        }
        for ((feed, day), pages) in &self.by_feed {
            assert!(*pages <= DAILY, "{feed} on {day}: {pages}");
        }
    }

    #[track_caller]
    fn expect_good_manners(&self) {
        assert_eq!(self.offences, [""; 0]);
    }

    fn asked(&self, host: &str) -> Vec<&str> {
        let asked = self.hosts[host].asked.iter();
        asked.map(|(_, path)| path.as_str()).collect()
    }

    fn verdict(&self, id: i64) -> Option<(PageVerdict, &str)> {
        let (verdict, why) = self.settled.get(&id)?;
        Some((*verdict, why.as_deref().unwrap_or_default()))
    }
}

fn fine(path: &str, _: i64) -> PageOutcome {
    if path == "/robots.txt" {
        return said(200, "User-agent: *\nDisallow: /private\n");
    }
    said(200, "text")
}

fn page_of(feed: &str, id: i64, base: &str) -> QueuedPage {
    QueuedPage {
        id,
        feed: feed.to_owned(),
        address: url(&format!("{base}{id}")),
        progress: Progress::default(),
        queued: begin(),
        due: begin(),
        visited: Vec::new(),
    }
}
