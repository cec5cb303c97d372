//! Pages that a person asks for, with the manners of the service.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::core::article::politeness::{HostState, Manners};
use crate::core::article::queue::{Queue, Turn, Waiting, host};
use crate::core::article::robots::ROBOTS_AT_MOST;
use crate::core::article::step::{Progress, Step, asked_at};
use crate::core::article::{FetchedPage, PageOutcome, Verdict};
use crate::fetch::{Fetcher, PageFetcher, PageOptions, PageRequest, Wanted};

/// The longest wait for a page.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

/// What came of an address.
#[derive(Debug)]
pub struct Shown {
    /// Where the answer came from, after redirects; as asked for where there was none.
    pub address: String,
    /// The answer; or what the page comes to without one, and why, reading alone.
    pub answer: Result<FetchedPage, (Verdict, String)>,
}

/// Asks for pages one after the other, with robots.txt first, and with the gap between two requests at the same
/// host. None is asked for again that gave nothing.
pub struct PageAsker {
    pages: PageFetcher,
    queue: Queue,
    asked: i64,
}

impl PageAsker {
    /// With so much time between two requests at a host.
    pub fn new(fetcher: &Fetcher, gap: SignedDuration) -> Self {
        Self {
            pages: fetcher.for_pages(&PageOptions::default()),
            queue: Queue::new(Manners { gap }, u64::MAX),
            asked: 0,
        }
    }

    /// What comes of an address.
    pub async fn ask(&mut self, link: &str) -> Shown {
        match asked_at(link) {
            Ok(address) => {
                self.asked += 1;
                ask(&self.pages, &mut self.queue, self.asked, address).await
            }
            Err(why) => Shown {
                address: link.to_owned(),
                answer: Err(why),
            },
        }
    }
}

async fn ask(pages: &PageFetcher, queue: &mut Queue, id: i64, address: Url) -> Shown {
    let mut last = address.clone();
    let now = Timestamp::now();
    let page = Waiting {
        id,
        feed: String::new(),
        address,
        progress: Progress::default(),
        queued: now,
        due: now,
        visited: Vec::new(),
    };
    // Whatever the rest of its host, it is told below.
    queue.push_now(page);
    let answer = loop {
        let now = Timestamp::now();
        let Some(turn) = queue.next(now) else {
            match time_to_wait(queue, &last, now) {
                Ok(wait) => tokio::time::sleep(wait).await,
                Err(why) => break Err((Verdict::Unreachable, why)),
            }
            continue;
        };
        match turn {
            Turn::Settle { verdict, why, .. } => break Err((verdict, why)),
            Turn::Robots { page, address } => {
                let wanted = Wanted::Robots {
                    at_most: ROBOTS_AT_MOST,
                };
                let outcome = send(pages, address.clone(), wanted).await;
                let _ = queue.robots_answered(&page, &address, &outcome, Timestamp::now());
                if let Some(why) = unreadable(queue.state(&host(&page)), &page) {
                    break Err((Verdict::Unreachable, why));
                }
            }
            Turn::Page(page) => {
                last = page.address.clone();
                let mut outcome = send(pages, last.clone(), Wanted::Page).await;
                // What its body says is for whoever reads it.
                let now = Timestamp::now();
                let step = queue.page_answered(page, &outcome, None, now);
                match (step, &mut outcome) {
                    (Step::MovedTo { address, .. }, _) => last = address,
                    (_, PageOutcome::Page(page)) => break Ok(std::mem::take(page)),
                    (Step::GiveUp { verdict, why }, _) => break Err((verdict, why)),
                    (Step::Again { why, .. }, _) => break Err((Verdict::Unreachable, why)),
                    (Step::Read, _) => {}
                }
            }
        }
    };
    queue.clear(Timestamp::now());
    queue.release(id);
    Shown {
        address: last.to_string(),
        answer,
    }
}

/// How long to wait for the next turn, or why that would be too long.
fn time_to_wait(queue: &Queue, last: &Url, now: Timestamp) -> Result<Duration, String> {
    let wait = queue.wake_at(now).map(|at| at.duration_since(now));
    let Some(wait) = wait.filter(|wait| *wait <= PATIENCE) else {
        let rest = queue.state(&host(last)).and_then(|state| state.rest(now));
        let why = rest.and_then(|rest| rest.why);
        return Err(why.unwrap_or_else(|| "its host has to be left alone for a while".to_owned()));
    };
    let wait = Duration::try_from(wait).unwrap_or_default();
    Ok(wait.max(Duration::from_millis(10)))
}

/// Why nothing may be asked for without robots.txt, when it cannot be had just now.
fn unreadable(state: Option<&HostState>, page: &Url) -> Option<String> {
    let state = state?;
    if state.knows_robots(page) {
        return None;
    }
    state.rest(Timestamp::now())?.why
}

async fn send(pages: &PageFetcher, url: Url, wanted: Wanted) -> PageOutcome {
    let request = PageRequest {
        url,
        wanted,
        cookie: None,
    };
    pages.fetch(&request).await.outcome
}
