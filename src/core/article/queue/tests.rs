//! Weeks of pages before the strictest judge, in milliseconds: publishers who write down every offence.

use std::collections::{BTreeMap, BTreeSet};

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
        let manners = PolitenessSettings { gap: secs(gap) };
        Self {
            queue: PageQueue::new(manners, DAILY),
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
        self.queue.set(old.manners, DAILY);
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

#[test]
fn robots_txt_comes_first_and_then_one_page_after_the_other() {
    let mut play = Play::new(5);
    play.host("a.example", 5, fine);
    let pages: Vec<i64> = (0..5)
        .map(|n| play.add("a", &format!("https://a.example/{n}")))
        .collect();
    let private = play.add("a", "https://a.example/private/1");
    play.run(secs(120));
    play.expect_good_manners();
    assert_eq!(
        play.asked("a.example"),
        ["/robots.txt", "/0", "/1", "/2", "/3", "/4"]
    );
    for page in pages {
        assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    }
    assert_eq!(
        play.verdict(private),
        Some((PageVerdict::Robots, "robots.txt asks not to fetch /private"))
    );
}

#[test]
fn a_host_that_is_slow_or_has_much_keeps_no_other_waiting() {
    let mut play = Play::new(5);
    play.host("much.example", 5, fine);
    for n in 0..300 {
        play.add(
            &format!("much-{}", n % 20),
            &format!("https://much.example/{n}"),
        );
    }
    let mut others = Vec::new();
    for n in 0..200 {
        let name = format!("h{n}.example");
        play.host(&name, 5, fine);
        others.push(play.add("few", &format!("https://{name}/a")));
    }
    // One request takes a second here, and none is sent beside another.
    play.run(secs(1000));
    play.expect_good_manners();
    let left: Vec<_> = others
        .iter()
        .filter(|&&id| play.verdict(id).is_none())
        .collect();
    assert!(left.is_empty(), "{} wait", left.len());
}

#[test]
fn a_delay_is_kept_and_robots_txt_read_again_on_the_next_day() {
    let mut play = Play::new(5);
    play.host("a.example", 20, |path, _| match path {
        "/robots.txt" => said(200, "User-agent: *\nCrawl-delay: 20\n"),
        _ => said(200, "text"),
    });
    play.hosts.get_mut("a.example").unwrap().answered = None;
    for day in 0..14 {
        for n in 0..30 {
            play.add("a", &format!("https://a.example/{day}/{n}"));
        }
        play.run(hours(24));
    }
    play.expect_good_manners();
    let read = play
        .asked("a.example")
        .iter()
        .filter(|path| **path == "/robots.txt")
        .count();
    assert!((13..=15).contains(&read), "{read}");
    assert_eq!(play.settled.len(), 14 * 30);
}

#[test]
fn whoever_refuses_three_times_in_a_row_is_left_alone_for_six_hours() {
    let scripts: [(Script, PageVerdict); 5] = [
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(403, "")
                }
            },
            PageVerdict::Paywalled,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(200, "challenge")
                }
            },
            PageVerdict::Challenge,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(501, "")
                }
            },
            PageVerdict::Unreachable,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    failed(FailureKind::Timeout)
                }
            },
            PageVerdict::Unreachable,
        ),
        (
            |path, _| {
                if path == "/robots.txt" {
                    said(404, "")
                } else {
                    said(503, "challenge")
                }
            },
            PageVerdict::Challenge,
        ),
    ];
    for (script, verdict) in scripts {
        let mut play = Play::new(5);
        play.restarts = true;
        play.host("a.example", 5, script);
        // Somebody else answers, so that it is not our own network.
        play.host("b.example", 5, fine);
        for n in 0..40 {
            play.add("a", &format!("https://a.example/{n}"));
        }
        for day in 0..3 {
            play.add("b", &format!("https://b.example/{day}"));
            play.run(hours(20));
        }
        play.expect_good_manners();
        let asked = play.hosts["a.example"]
            .asked
            .iter()
            .filter(|(_, path)| path != "/robots.txt")
            .count();
        assert!((6..=14).contains(&asked), "{asked}");
        let (mut refused, mut waited) = (0, 0);
        for (found, why) in play.settled.values() {
            refused += usize::from(*found == verdict);
            let told = why.as_deref().unwrap_or_default();
            waited += usize::from(told.starts_with("it waited for two days: its host refused"));
        }
        assert!(
            refused > 0 && waited > 20,
            "{refused} {waited} {:?}",
            play.settled
        );
        assert_eq!(play.rows.len(), 0, "nothing waits for ever");
    }
}

#[test]
fn what_one_article_costs_or_that_it_is_gone_is_no_refusal_of_the_host() {
    let mut play = Play::new(1);
    play.host("a.example", 1, |path, _| match path {
        "/robots.txt" => said(403, ""),
        "/0" | "/3" => said(401, ""),
        "/1" | "/4" => said(402, ""),
        "/2" | "/5" => said(451, ""),
        "/6" | "/7" | "/8" => said(404, ""),
        _ => said(410, ""),
    });
    for n in 0..12 {
        play.add("a", &format!("https://a.example/{n}"));
    }
    play.run(secs(60));
    play.expect_good_manners();
    assert_eq!(play.settled.len(), 12, "within a minute");
}

#[test]
fn a_demand_for_rest_is_heeded_in_both_forms_and_up_to_a_day() {
    let scripts: [(Script, i64); 4] = [
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said(429, "")
                }
            },
            30,
        ),
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said_wait(503, "3600")
                }
            },
            3600,
        ),
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said_wait(429, "Mon, 02 Mar 2026 09:00:00 GMT")
                }
            },
            10_000,
        ),
        (
            |path, at| {
                if path == "/robots.txt" || at > 60 {
                    fine(path, at)
                } else {
                    said_wait(429, "999999999")
                }
            },
            86_400,
        ),
    ];
    for (script, least) in scripts {
        let mut play = Play::new(5);
        play.host("a.example", 5, script);
        let first = play.add("a", "https://a.example/1");
        play.add("a", "https://a.example/2");
        play.run(hours(30));
        play.expect_good_manners();
        assert_eq!(
            play.verdict(first).unwrap().0,
            PageVerdict::Whole,
            "{least}"
        );
        let asked = &play.hosts["a.example"].asked;
        let rest = asked[2].0.duration_since(asked[1].0);
        assert!(
            rest >= secs(least) && rest < secs(least + 900),
            "{rest:?} {least}"
        );
    }
}

#[test]
fn what_fails_for_a_while_is_asked_three_times_at_most() {
    for status in [408, 429, 500, 502, 503, 504, 522, 524] {
        let mut play = Play::new(5);
        let script: Script = match status {
            408 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(408, "")
                }
            },
            429 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(429, "")
                }
            },
            500 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(500, "")
                }
            },
            502 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(502, "")
                }
            },
            503 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(503, "")
                }
            },
            504 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(504, "")
                }
            },
            522 => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(522, "")
                }
            },
            _ => |path, at| {
                if path == "/robots.txt" {
                    fine(path, at)
                } else {
                    said(524, "")
                }
            },
        };
        play.host("a.example", 5, script);
        let page = play.add("a", "https://a.example/1");
        play.run(hours(5));
        play.expect_good_manners();
        let (verdict, why) = play.verdict(page).unwrap();
        assert_eq!(verdict, PageVerdict::Unreachable);
        assert_eq!(
            why,
            format!("asked 3 times: it answers with status {status}")
        );
        assert_eq!(play.asked("a.example").len(), 4);
    }
    for status in [400, 405, 501, 505, 520, 521, 526] {
        assert!(
            !matches!(
                step(
                    &page_of("a", 1, "https://a.example/"),
                    &said(status, ""),
                    None,
                    begin()
                ),
                PageStep::Again { .. }
            ),
            "{status}"
        );
    }
}

#[test]
fn nothing_is_asked_for_while_robots_txt_cannot_be_had() {
    for script in [
        (|path, at| {
            if path == "/robots.txt" && at < 3000 {
                said(500, "")
            } else {
                fine(path, at)
            }
        }) as Script,
        |path, at| {
            if path == "/robots.txt" && at < 3000 {
                failed(FailureKind::Connection)
            } else {
                fine(path, at)
            }
        },
        |path, at| {
            if path == "/robots.txt" && at < 3000 {
                said_wait(429, "900")
            } else {
                fine(path, at)
            }
        },
        |path, at| {
            if path == "/robots.txt" && at < 3000 {
                said(503, "")
            } else {
                fine(path, at)
            }
        },
    ] {
        let mut play = Play::new(5);
        play.host("a.example", 5, script);
        let page = play.add("a", "https://a.example/1");
        play.run(hours(13));
        play.expect_good_manners();
        assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    }
    let mut play = Play::new(5);
    play.host("a.example", 5, |_, _| said(500, ""));
    let page = play.add("a", "https://a.example/1");
    play.run(hours(49));
    play.expect_good_manners();
    let (verdict, why) = play.verdict(page).unwrap();
    assert_eq!(verdict, PageVerdict::Unreachable);
    assert!(why.contains("its robots.txt cannot be had"), "{why}");
}

/// What is at hand is not read from the database again as long as there is room for all.
#[test]
fn a_page_at_hand_whose_robots_txt_can_never_be_had_ends_after_two_days() {
    let mut play = Play::new(5);
    play.reads_once = true;
    play.host("a.example", 5, |_, _| said(500, ""));
    let page = play.add("a", "https://a.example/1");
    play.run(hours(56));
    play.expect_good_manners();
    let (verdict, why) = play.verdict(page).unwrap();
    assert_eq!(verdict, PageVerdict::Unreachable);
    assert!(why.contains("its robots.txt cannot be had"), "{why}");
    assert!(play.asked("a.example").len() < 15);
}

#[test]
fn a_host_is_one_by_whatever_port_and_spelling_it_is_asked() {
    let one = host(&url("https://a.example/1"));
    for same in [
        "http://a.example/",
        "https://a.example:8443/",
        "https://A.EXAMPLE./1",
        "https://reader:word@a.example/1",
    ] {
        assert_eq!(host(&url(same)), one, "{same}");
    }
    let asked =
        super::super::next_step::request_address("https://reader:word@a.example/1#top").unwrap();
    assert_eq!(asked.as_str(), "https://a.example/1");
    assert_ne!(host(&url("https://www.a.example/1")), one);
    assert_eq!(host(&url("http://[::1]:80/")), "[::1]");
}

#[test]
fn a_robots_txt_at_a_host_that_rests_is_waited_for_asleep() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    for (number, base, outcome) in [
        (1, "https://b.example/", said_wait(429, "7200")),
        (2, "https://a.example/", to("https://b.example/robots.txt")),
    ] {
        let page = page_of("a", number, base);
        assert_eq!(queue.push(page, begin()), QueueAdmission::Queued);
        let Some(QueueAction::Robots { page, address }) = queue.next(begin()) else {
            panic!("its robots.txt");
        };
        queue.robots_answered(&page, &address, &outcome, begin());
    }
    let later = begin() + secs(10);
    assert_eq!(queue.next(later), None);
    assert_eq!(queue.wake_at(later), Some(begin() + secs(7200)));
}

#[test]
fn redirects_are_followed_under_the_manners_of_each_host_and_circles_told() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |path, at| match path {
        "/moved" => to("https://b.example/here"),
        "/private-there" => to("https://b.example/private/1"),
        "/self" => to("https://a.example/self"),
        "/ping" => to("https://b.example/pong"),
        _ => fine(path, at),
    });
    play.host("b.example", 5, |path, at| match path {
        "/pong" => to("https://a.example/ping"),
        _ if path.starts_with("/far/") => {
            let n: i64 = path[5..].parse().unwrap();
            to(&format!("https://b.example/far/{}", n + 1))
        }
        _ => fine(path, at),
    });
    let moved = play.add("a", "https://a.example/moved");
    let private = play.add("a", "https://a.example/private-there");
    let itself = play.add("a", "https://a.example/self");
    let ping = play.add("a", "https://a.example/ping");
    let far = play.add("a", "https://b.example/far/0");
    play.run(secs(600));
    // The judge takes every path that begins like a private one for private.
    play.offences
        .retain(|offence| !offence.contains("a.example/private-there"));
    play.expect_good_manners();
    assert_eq!(play.verdict(moved).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.verdict(private).unwrap().0, PageVerdict::Robots);
    assert_eq!(
        play.verdict(itself).unwrap(),
        (
            PageVerdict::Unreachable,
            "the redirect goes in a circle, back to https://a.example/self"
        )
    );
    assert_eq!(play.verdict(ping).unwrap().0, PageVerdict::Unreachable);
    assert_eq!(
        play.verdict(far).unwrap(),
        (PageVerdict::Unreachable, "more than 5 redirects")
    );
    let far = play
        .asked("b.example")
        .iter()
        .filter(|path| path.starts_with("/far/"))
        .count();
    assert_eq!(far, 6);
}

#[test]
fn a_robots_txt_is_followed_for_five_hops_to_other_hosts_too() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |path, at| match path {
        "/robots.txt" => to("https://www.a.example/robots.txt"),
        _ => fine(path, at),
    });
    play.host("www.a.example", 5, |path, at| match path {
        "/robots.txt" => said(200, "User-agent: *\nDisallow: /private"),
        _ => fine(path, at),
    });
    play.host("circle.example", 5, |path, at| match path {
        "/robots.txt" => to("https://circle.example/robots.txt"),
        _ => fine(path, at),
    });
    let page = play.add("a", "https://a.example/1");
    let private = play.add("a", "https://a.example/private/1");
    let other = play.add("a", "https://www.a.example/1");
    let circle = play.add("a", "https://circle.example/1");
    play.run(secs(300));
    play.expect_good_manners();
    assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.verdict(private).unwrap().0, PageVerdict::Robots);
    assert_eq!(play.verdict(other).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.verdict(circle).unwrap().0, PageVerdict::Whole);
    assert_eq!(play.asked("circle.example").len(), 7);
}

#[test]
fn a_feed_has_so_many_pages_a_day_and_no_more() {
    let mut play = Play::new(5);
    play.restarts = true;
    for n in 0..10 {
        play.host(&format!("h{n}.example"), 5, |path, at| match path {
            "/first" => to("https://h0.example/x"),
            _ => fine(path, at),
        });
    }
    for day in 0..7 {
        for n in 0..300 {
            play.add("a", &format!("https://h{}.example/{day}/{n}", n % 10));
        }
        play.add("b", "https://h1.example/b");
        play.run(hours(24));
    }
    play.expect_good_manners();
    let not_asked = play
        .settled
        .values()
        .filter(|(verdict, _)| *verdict == PageVerdict::NotAsked)
        .count();
    assert_eq!(play.settled.len(), 7 * 301);
    // The beginning is at six in the morning, so that eight days of UTC are played.
    assert!((700..=7 * 100).contains(&not_asked), "{not_asked}");
    let (_, why) = play
        .settled
        .values()
        .find(|(verdict, _)| *verdict == PageVerdict::NotAsked)
        .unwrap();
    let why = why.as_deref().unwrap();
    assert!(
        why.starts_with("more than 200 pages of its feed in a day"),
        "{why}"
    );
}

#[test]
fn a_clock_that_was_ahead_silences_no_host() {
    for ahead in [hours(24 * 40), hours(24 * 365)] {
        let mut play = Play::new(5);
        play.host("a.example", 5, |path, at| {
            if path != "/robots.txt" && at > 3600 {
                said(403, "")
            } else {
                fine(path, at)
            }
        });
        play.now += ahead;
        for n in 0..4 {
            play.add("a", &format!("https://a.example/{n}"));
        }
        play.run(hours(1));
        play.now = begin();
        let judged = play.hosts.get_mut("a.example").unwrap();
        (judged.answered, judged.not_before, judged.refusals) = (None, None, 0);
        judged.robots_read.clear();
        let page = play.add("a", "https://a.example/now");
        play.run(secs(120));
        play.expect_good_manners();
        assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole);
    }
}

#[test]
fn our_own_outage_is_no_fault_of_theirs() {
    let mut play = Play::new(5);
    for n in 0..12 {
        play.host(&format!("h{n}.example"), 5, |path, at| {
            if at < 2 * 3600 {
                failed(FailureKind::Name)
            } else {
                fine(path, at)
            }
        });
        play.add("a", &format!("https://h{n}.example/1"));
    }
    play.run(hours(10));
    let read = play
        .settled
        .values()
        .filter(|(verdict, _)| *verdict == PageVerdict::Whole)
        .count();
    assert_eq!(read, 12, "{:?}", play.settled);
}

#[test]
fn a_page_that_nobody_may_ask_for_is_told_at_once() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |_, _| failed(FailureKind::Forbidden));
    let page = play.add("a", "https://a.example/1");
    play.run(secs(60));
    assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Unreachable);
}

#[test]
fn what_is_at_hand_is_bounded_and_of_each_host_a_part() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    let page = |id: i64, host: &str| page_of("a", id, &format!("https://{host}/"));
    let taken = (0..1000)
        .filter(|&id| queue.push(page(id, "a.example"), begin()) == QueueAdmission::Queued)
        .count();
    assert_eq!(taken, 64);
    let mut rooms = BTreeSet::new();
    for id in 1000..9000 {
        rooms.insert(format!(
            "{:?}",
            queue.push(page(id, &format!("h{id}.example")), begin())
        ));
    }
    assert_eq!(rooms.len(), 2);
    assert_eq!(queue.len(), 4096);
}

#[test]
fn a_feed_whose_pages_of_the_day_are_spent_takes_no_place_of_its_host() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    queue.set_count("much", DAILY, begin());
    for id in 0..834 {
        let room = queue.push(page_of("much", id, "https://a.example/"), begin());
        let QueueAdmission::Settled { verdict, why, .. } = room else {
            panic!("{id}: {room:?}");
        };
        assert_eq!(verdict, PageVerdict::NotAsked);
        assert!(why.starts_with("more than 200 pages of its feed in a day"));
    }
    let few = page_of("few", 900, "https://a.example/");
    assert_eq!(queue.push(few, begin()), QueueAdmission::Queued);
    // What is not asked for today anyway has the next day's pages before it.
    let tomorrow = QueuedPage {
        due: begin() + hours(20),
        ..page_of("much", 901, "https://a.example/")
    };
    assert_eq!(
        queue.push(tomorrow.clone(), begin()),
        QueueAdmission::Deferred
    );
    assert_eq!(
        queue.push(tomorrow, begin() + hours(20)),
        QueueAdmission::Queued
    );
}

#[test]
fn what_robots_txt_refuses_takes_no_place_of_its_host() {
    let mut play = Play::new(5);
    play.host("a.example", 5, fine);
    play.add("a", "https://a.example/first");
    play.run(secs(30));
    for id in 0..300 {
        let page = page_of("b", id + 1, "https://a.example/private/");
        let room = play.queue.push(page, play.now);
        assert!(
            matches!(
                &room,
                QueueAdmission::Settled {
                    verdict: PageVerdict::Robots,
                    ..
                }
            ),
            "{id}: {room:?}"
        );
    }
    let last = page_of("a", 900, "https://a.example/");
    assert_eq!(play.queue.push(last, play.now), QueueAdmission::Queued);
}

#[test]
fn feeds_of_one_host_take_turns() {
    // All that waits is read again in between, so that the order of rows must not decide.
    for gap in [5, 90] {
        let mut play = Play::new(gap);
        play.host("a.example", gap, fine);
        for n in 0..150 {
            play.add("much", &format!("https://a.example/much/{n}"));
        }
        for feed in ["few", "other"] {
            for n in 0..3 {
                play.add(feed, &format!("https://a.example/{feed}/{n}"));
            }
        }
        play.run(secs(13 * (gap + 3)));
        play.expect_good_manners();
        let asked = play.asked("a.example");
        let turns: Vec<&str> = asked[1..10]
            .iter()
            .filter_map(|path| path.split('/').nth(1))
            .collect();
        for three in turns.chunks(3) {
            let feeds: BTreeSet<&str> = three.iter().copied().collect();
            assert_eq!(feeds.len(), 3, "{turns:?}");
        }
        assert_eq!(asked[10], "/much/3", "of one feed, the oldest first");
    }
}

#[test]
fn the_places_of_a_host_are_shared_by_its_feeds() {
    let mut queue = PageQueue::new(PolitenessSettings { gap: secs(5) }, DAILY);
    for (n, feed) in ["a", "b", "c"].into_iter().enumerate() {
        for id in 0..100 {
            let id = i64::try_from(n).unwrap() * 100 + id;
            queue.push(page_of(feed, id, "https://a.example/"), begin());
        }
    }
    assert_eq!(queue.len(), 64);
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for page in &queue.waiting["a.example"] {
        *places.entry(&page.feed).or_default() += 1;
    }
    assert!(
        places.values().all(|count| (21..=22).contains(count)),
        "{places:?}"
    );
    // Who gave way is not held, so that it can be read again.
    assert!(!queue.held.contains(&63) && queue.held.contains(&0));
}

#[test]
fn time_in_which_nobody_is_at_work_is_no_waiting() {
    // A stop of three days, and a machine that slept for as long.
    for stops in [true, false] {
        let mut play = Play::new(5);
        play.host("a.example", 5, fine);
        play.add("a", "https://a.example/first");
        play.run(secs(30));
        let pages: Vec<i64> = (0..40)
            .map(|n| play.add("a", &format!("https://a.example/{n}")))
            .collect();
        play.now += hours(72);
        if stops {
            play.restart();
        }
        play.run(hours(1));
        play.expect_good_manners();
        for page in pages {
            assert_eq!(play.verdict(page).unwrap().0, PageVerdict::Whole, "{stops}");
        }
    }
}

#[test]
fn short_stops_let_no_page_wait_for_longer_than_two_days() {
    let mut play = Play::new(5);
    play.host("a.example", 5, |_, _| said(500, ""));
    let page = play.add("a", "https://a.example/1");
    for _ in 0..9 {
        play.run(secs(600));
        play.now += hours(6);
        play.restart();
    }
    let (verdict, why) = play.verdict(page).unwrap();
    assert_eq!(verdict, PageVerdict::Unreachable);
    assert!(why.starts_with("it waited for two days"), "{why}");
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
