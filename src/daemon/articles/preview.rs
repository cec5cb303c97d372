//! Pages that a person asks for, with the manners of the service.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::core::article::next_step::{PageStep, Progress, request_address};
use crate::core::article::politeness::{HostState, PolitenessSettings};
use crate::core::article::queue::{PageQueue, QueueAction, QueuedPage, host};
use crate::core::article::{FetchedPage, PageOutcome, PageVerdict};
use crate::core::robots::ROBOTS_AT_MOST;
use crate::fetch::{Fetcher, PageFetcher, PageOptions, PageRequest, RequestTarget};

/// The longest wait for a page.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);

/// What came of an address.
#[derive(Debug)]
pub struct PagePreview {
    /// Where the answer came from, after redirects; as asked for where there was none.
    pub address: String,
    /// The answer; or what the page comes to without one, and why, reading alone.
    pub answer: Result<FetchedPage, (PageVerdict, String)>,
}

/// Asks for pages one after the other, with robots.txt first, and with the gap between two requests at the same
/// host. None is asked for again that gave nothing.
pub struct PagePreviewer {
    pages: PageFetcher,
    queue: PageQueue,
    asked: i64,
}

impl PagePreviewer {
    /// With so much time between two requests at a host.
    pub fn new(fetcher: &Fetcher, gap: SignedDuration) -> Self {
        Self {
            pages: fetcher.for_pages(&PageOptions::default()),
            queue: PageQueue::new(PolitenessSettings { gap }, u64::MAX),
            asked: 0,
        }
    }

    /// What comes of an address.
    pub async fn ask(&mut self, link: &str) -> PagePreview {
        match request_address(link) {
            Ok(address) => {
                self.asked += 1;
                ask(&self.pages, &mut self.queue, self.asked, address).await
            }
            Err(why) => PagePreview {
                address: link.to_owned(),
                answer: Err(why),
            },
        }
    }
}

async fn ask(pages: &PageFetcher, queue: &mut PageQueue, id: i64, address: Url) -> PagePreview {
    let mut last = address.clone();
    let now = Timestamp::now();
    let page = QueuedPage {
        id,
        feed: String::new(),
        address,
        progress: Progress::default(),
        queued: now,
        due: now,
        visited: Vec::new(),
    };
    // Whatever the rest of its host, it is told below.
    queue.push_unconditionally(page);
    let answer = loop {
        let now = Timestamp::now();
        let Some(turn) = queue.next(now) else {
            match time_to_wait(queue, &last, now) {
                Ok(wait) => tokio::time::sleep(wait).await,
                Err(why) => break Err((PageVerdict::Unreachable, why)),
            }
            continue;
        };
        match turn {
            QueueAction::Settle { verdict, why, .. } => break Err((verdict, why)),
            QueueAction::Robots { page, address } => {
                let wanted = RequestTarget::Robots {
                    at_most: ROBOTS_AT_MOST,
                };
                let outcome = send(pages, address.clone(), wanted).await;
                let _ = queue.robots_answered(&page, &address, &outcome, Timestamp::now());
                if let Some(why) = unreadable(queue.state(&host(&page)), &page) {
                    break Err((PageVerdict::Unreachable, why));
                }
            }
            QueueAction::Page(page) => {
                last = page.address.clone();
                let mut outcome = send(pages, last.clone(), RequestTarget::Page).await;
                // What its body says is for whoever reads it.
                let now = Timestamp::now();
                let step = queue.page_answered(page, &outcome, None, now);
                match (step, &mut outcome) {
                    (PageStep::MovedTo { address, .. }, _) => last = address,
                    (_, PageOutcome::Page(page)) => break Ok(std::mem::take(page)),
                    (PageStep::GiveUp { verdict, why }, _) => break Err((verdict, why)),
                    (PageStep::Again { why, .. }, _) => break Err((PageVerdict::Unreachable, why)),
                    (PageStep::Read, _) => {}
                }
            }
        }
    };
    queue.clear(Timestamp::now());
    queue.release(id);
    PagePreview {
        address: last.to_string(),
        answer,
    }
}

/// How long to wait for the next turn, or why that would be too long.
fn time_to_wait(queue: &PageQueue, last: &Url, now: Timestamp) -> Result<Duration, String> {
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

async fn send(pages: &PageFetcher, url: Url, wanted: RequestTarget) -> PageOutcome {
    let request = PageRequest {
        url,
        wanted,
        cookie: None,
    };
    pages.fetch(&request).await.outcome
}
