//! Days of pages before the judge: real requests to publishers who write down every offence, by a clock that the
//! test sets.

use std::collections::BTreeMap;

use url::Url;

use super::*;
use crate::core::article::next_step::{PageStep, Progress};
use crate::core::article::politeness::PolitenessSettings;
use crate::core::article::queue::{PageQueue, QueueAction, QueuedPage};
use crate::core::article::{PageOutcome, PageVerdict};
use crate::core::robots::ROBOTS_AT_MOST;
use crate::fetch::{Cookie, PageOptions, PageRequest, RequestTarget};

const GAP: SignedDuration = SignedDuration::from_secs(5);
const A_DAY: u64 = 200;

/// A publisher of pages, and what the judge knows of its visitors.
#[derive(Default)]
struct Site {
    last: Option<Timestamp>,
    not_before: Option<Timestamp>,
    robots_at: Option<Timestamp>,
    refusals: u32,
    pages: usize,
    /// It is the host of the feed that has a cookie.
    takes_cookie: bool,
    offences: Vec<String>,
}

impl Site {
    fn answer(&mut self, head: &str, fault: Fault, delay: i64, now: Timestamp) -> Reply {
        let path = head.split(' ').nth(1).unwrap_or_default();
        let mut offend = |what: &str| self.offences.push(format!("{now} {path}: {what}"));
        for line in head.lines().skip(1).take_while(|line| !line.is_empty()) {
            match line.split_once(": ").map_or("", |(name, _)| name) {
                "accept" | "accept-encoding" | "host" | "user-agent" => {}
                "cookie" if self.takes_cookie && path != "/robots.txt" => {}
                _ => offend(&format!("sent {line}")),
            }
        }
        if self
            .last
            .is_some_and(|last| now.duration_since(last) < SignedDuration::from_secs(delay))
        {
            offend("came without a gap");
        }
        if self.not_before.is_some_and(|until| now < until) {
            offend("came before it was permitted");
        }
        self.last = Some(now);
        if path == "/robots.txt" {
            self.robots_at = Some(now);
            let body = format!("User-agent: newsvigil\nCrawl-delay: {delay}\nDisallow: /hidden/\n");
            return Reply::new("200 OK", body.as_bytes());
        }
        if self
            .robots_at
            .is_none_or(|at| now.duration_since(at) > hours(24))
        {
            offend("came without a look at robots.txt");
        }
        if path.starts_with("/hidden/") {
            offend("came against robots.txt");
        }
        self.pages += 1;
        let (head, rest) = match fault {
            Fault::Status(status) => (format!("{status} No"), SignedDuration::ZERO),
            Fault::RetrySeconds(status, seconds) => (
                format!("{status} Wait\nRetry-After: {seconds}"),
                SignedDuration::from_secs(seconds),
            ),
            Fault::Moved => (
                "302 Found\nLocation: /members/there".to_owned(),
                SignedDuration::ZERO,
            ),
            _ => {
                self.refusals = 0;
                return Reply::new("200 OK\nContent-Type: text/html", b"<p>text");
            }
        };
        if !matches!(fault, Fault::Moved) {
            self.refusals += 1;
        }
        let rest = if self.refusals >= 3 {
            rest.max(hours(6))
        } else {
            rest
        };
        self.not_before = Some(now + rest);
        Reply::new(&head, b"")
    }
}

struct Play {
    now: Timestamp,
    sites: Vec<Site>,
}

/// What is wrong with a site at an hour.
type FaultAt = fn(i64) -> Fault;

/// Plays three days of a feed that links to these sites in turn, 300 pages a day; each has its delay and what is
/// wrong with it at an hour. Gives the sites, and how many pages came to each verdict.
#[allow(clippy::too_many_lines)] // One play, from its beginning to its end.
async fn play_pages(sites: &[(i64, FaultAt)]) -> (Vec<Site>, BTreeMap<PageVerdict, usize>) {
    let play = Play {
        now: begin(),
        sites: (0..sites.len())
            .map(|place| Site {
                takes_cookie: place == 0,
                ..Site::default()
            })
            .collect(),
    };
    let play = Arc::new(Mutex::new(play));
    let mut servers = Vec::new();
    for (place, &(delay, fault)) in sites.iter().enumerate() {
        let theirs = Arc::clone(&play);
        let reply = move |head: &str| {
            let mut play = theirs.lock().unwrap();
            let now = play.now;
            let fault = fault(now.duration_since(begin()).as_hours());
            play.sites[place].answer(head, fault, delay, now)
        };
        servers.push(Server::start_at(&format!("127.0.0.{}", place + 20), reply).await);
    }
    let fetcher = fetcher();
    let pages = fetcher.for_pages(&PageOptions::default());
    let politeness = PolitenessSettings { gap: GAP };
    let feed = Url::parse(&format!("{}/feed", servers[0].url)).unwrap();
    let cookie = Cookie::new("session=1", &feed).unwrap();
    let mut queue = PageQueue::new(politeness, A_DAY);
    let mut verdicts: BTreeMap<PageVerdict, usize> = BTreeMap::new();
    let mut asked: BTreeMap<i64, u64> = BTreeMap::new();
    let mut now = begin();
    let mut id = 0;
    for day in 0..3 {
        for number in 0..300 {
            let folder = if number % 7 == 0 { "hidden" } else { "members" };
            let site = &servers[number % servers.len()].url;
            let address = format!("{site}/{folder}/{day}/{number}");
            id += 1;
            queue.push_unconditionally(QueuedPage {
                id,
                feed: "feed".to_owned(),
                address: Url::parse(&address).unwrap(),
                progress: Progress::default(),
                queued: now,
                due: now,
                visited: Vec::new(),
            });
        }
        let end = begin() + hours(24 * (day + 1));
        while now < end {
            let Some(turn) = queue.next(now) else {
                now = queue
                    .wake_at(now)
                    .unwrap_or(end)
                    .max(now + SignedDuration::from_secs(1));
                continue;
            };
            play.lock().unwrap().now = now;
            let request = |url: &Url, wanted| PageRequest {
                url: url.clone(),
                wanted,
                cookie: (wanted == RequestTarget::Page).then(|| cookie.clone()),
            };
            let mut count = |verdict| *verdicts.entry(verdict).or_default() += 1;
            match turn {
                QueueAction::Settle { page, verdict, .. } => {
                    count(verdict);
                    queue.release(page.id);
                }
                QueueAction::Robots { page, address } => {
                    let wanted = RequestTarget::Robots {
                        at_most: ROBOTS_AT_MOST,
                    };
                    let outcome = pages.fetch(&request(&address, wanted)).await.outcome;
                    queue.robots_answered(&page, &address, &outcome, now);
                }
                QueueAction::Page(page) => {
                    *asked.entry(now.as_second() / 86_400).or_default() += 1;
                    let id = page.id;
                    let outcome = pages
                        .fetch(&request(&page.address, RequestTarget::Page))
                        .await
                        .outcome;
                    let read = match &outcome {
                        PageOutcome::Page(page) if page.status == 200 => Some(PageVerdict::Whole),
                        PageOutcome::Page(page) if page.status == 403 => {
                            Some(PageVerdict::Paywalled)
                        }
                        PageOutcome::Page(_) => Some(PageVerdict::Unreachable),
                        _ => None,
                    };
                    match queue.page_answered(page, &outcome, read, now) {
                        PageStep::Read => count(read.unwrap()),
                        PageStep::GiveUp { verdict, .. } => count(verdict),
                        PageStep::Again { .. } | PageStep::MovedTo { .. } => continue,
                    }
                    queue.release(id);
                }
            }
            // Nothing of the machine's own rests stands in the way of a day in seconds.
            fetcher.shared.limiter.reopen();
        }
    }
    for (day, pages) in asked {
        assert!(pages <= A_DAY, "{pages} on day {day}");
    }
    let sites = std::mem::take(&mut play.lock().unwrap().sites);
    (sites, verdicts)
}

#[track_caller]
fn expect_no_offence(sites: &[Site]) {
    for site in sites {
        assert_eq!(site.offences, [""; 0]);
    }
}

#[tokio::test]
async fn publishers_of_pages_have_nothing_to_complain_of() {
    let (sites, verdicts) = play_pages(&[
        (5, |_| Fault::None),
        (30, |hour| {
            if hour % 5 == 0 {
                Fault::RetrySeconds(429, 1200)
            } else {
                Fault::None
            }
        }),
        (5, |hour| {
            if hour % 24 == 0 {
                Fault::RetrySeconds(503, 40)
            } else {
                Fault::None
            }
        }),
        (60, |_| Fault::None),
    ])
    .await;
    // The cookie is for the first alone.
    expect_no_offence(&sites);
    assert!(sites.iter().all(|site| site.pages > 60), "{verdicts:?}");
    assert!(verdicts[&PageVerdict::Whole] > 400, "{verdicts:?}");
    assert!(verdicts[&PageVerdict::Robots] > 80, "{verdicts:?}");
    assert!(verdicts[&PageVerdict::NotAsked] > 60, "{verdicts:?}");
}

#[tokio::test]
async fn publishers_who_refuse_are_left_alone() {
    let (sites, verdicts) = play_pages(&[
        (5, |_| Fault::Status(403)),
        (5, |hour| {
            if hour < 30 {
                Fault::Status(500)
            } else {
                Fault::None
            }
        }),
        (5, |_| Fault::Moved),
    ])
    .await;
    expect_no_offence(&sites);
    // Three at first, then one after each rest of six hours.
    assert!((8..=15).contains(&sites[0].pages), "{}", sites[0].pages);
    assert!(verdicts[&PageVerdict::Unreachable] > 0, "{verdicts:?}");
}

#[test]
fn the_judge_of_pages_sees_an_offence_when_there_is_one() {
    let mut site = Site::default();
    let ask = |site: &mut Site, path: &str, second: i64| {
        let head = format!("GET {path} HTTP/1.1\r\ncookie: a=b\r\nreferer: x\r\n\r\n");
        let now = begin() + SignedDuration::from_secs(second);
        site.answer(&head, Fault::RetrySeconds(429, 60), 5, now)
    };
    ask(&mut site, "/a", 0);
    ask(&mut site, "/hidden/1", 3);
    let told = site.offences.join("\n");
    for words in [
        "sent cookie",
        "sent referer",
        "without a gap",
        "before it was permitted",
        "without a look",
        "against robots.txt",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}
