//! What follows for one page from what came of a request for it.

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::outcome::PageOutcome;
use super::politeness::{
    CLOCK_STEP, DOWN_REST, HostReaction, RETRY_AFTER_AT_MOST, failure_reason, host_reaction,
    is_of_the_network, later,
};
pub use super::queued_page::Progress;
use super::queued_page::QueuedPage;
use super::verdict::PageVerdict;
use crate::core::schedule::{ADDRESS_AT_MOST, FailureKind, told};

/// Requests for one page at most, redirects aside.
pub const ATTEMPTS: u32 = 3;
/// Redirects of one page at most.
pub const HOPS: u32 = 5;
/// How long a page may wait for its turn.
pub const WAITS_AT_MOST: SignedDuration = SignedDuration::from_hours(48);

/// Whether a status is one to come back after.
fn passes_by_itself(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502..=504 | 522 | 524)
}

/// What follows for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStep {
    /// What was read of it stands.
    Read,
    /// It is asked for again, no earlier than then.
    Again {
        /// When.
        at: Timestamp,
        /// With this behind it.
        progress: Progress,
        /// Why not now, reading alone.
        why: String,
    },
    /// It is asked for elsewhere.
    MovedTo {
        /// Where.
        address: Url,
        /// With this behind it.
        progress: Progress,
    },
    /// It cannot be had.
    GiveUp {
        /// What that counts as.
        verdict: PageVerdict,
        /// Why, reading alone.
        why: String,
    },
}

/// What follows from what came of a request for a page. `read`: the verdict on the answer's body.
pub fn step(
    page: &QueuedPage,
    outcome: &PageOutcome,
    read: Option<PageVerdict>,
    now: Timestamp,
) -> PageStep {
    let (progress, address, visited) = (page.progress, &page.address, &page.visited);
    let give_up = |why: String| PageStep::GiveUp {
        verdict: PageVerdict::Unreachable,
        why: told(&why),
    };
    match outcome {
        PageOutcome::Page(_) if read == Some(PageVerdict::Challenge) => PageStep::Read,
        PageOutcome::Page(page) if passes_by_itself(page.status) => {
            let rest = match host_reaction(outcome, now) {
                HostReaction::Refusal { rest, .. } => rest,
                _ => DOWN_REST,
            };
            again(progress, &failure_reason(outcome), rest, now)
        }
        PageOutcome::Page(_) => PageStep::Read,
        PageOutcome::Redirect { to } if to == address || visited.contains(to) => {
            give_up(format!("the redirect goes in a circle, back to {to}"))
        }
        PageOutcome::Redirect { .. } if progress.hops >= HOPS => {
            give_up(format!("more than {HOPS} redirects"))
        }
        // That is how many sites answer for articles that they have taken away.
        PageOutcome::Redirect { to } if is_front_page(to) && !is_front_page(address) => {
            PageStep::GiveUp {
                verdict: PageVerdict::Gone,
                why: told(&format!("its address leads to a front page, {to}")),
            }
        }
        PageOutcome::Redirect { to } => PageStep::MovedTo {
            address: to.clone(),
            progress: Progress {
                hops: progress.hops + 1,
                attempts: 0,
            },
        },
        PageOutcome::Failed(failure) if failure.kind == FailureKind::TooLarge => PageStep::GiveUp {
            verdict: PageVerdict::TooBig,
            why: failure.message.clone(),
        },
        PageOutcome::Failed(failure) if is_of_the_network(failure.kind) => {
            again(progress, &failure.message, DOWN_REST, now)
        }
        PageOutcome::Failed(failure) => give_up(failure.message.clone()),
        PageOutcome::HostResting(rest) => PageStep::Again {
            at: later(
                now,
                (*rest).clamp(SignedDuration::ZERO, RETRY_AFTER_AT_MOST),
            ),
            progress,
            why: failure_reason(outcome),
        },
    }
}

fn is_front_page(address: &Url) -> bool {
    address.path() == "/" && address.query().is_none()
}

fn again(progress: Progress, why: &str, rest: SignedDuration, now: Timestamp) -> PageStep {
    let attempts = progress.attempts + 1;
    if attempts >= ATTEMPTS {
        return PageStep::GiveUp {
            verdict: PageVerdict::Unreachable,
            why: told(&format!("asked {ATTEMPTS} times: {why}")),
        };
    }
    PageStep::Again {
        at: later(now, rest),
        progress: Progress {
            attempts,
            ..progress
        },
        why: told(why),
    }
}

/// Whether a page that is due then is to be asked for now. No rest is longer than a day, so that a time beyond
/// that was made by a clock that has been set back since.
pub fn is_due(due: Timestamp, now: Timestamp) -> bool {
    due <= now || due.duration_since(now) > RETRY_AFTER_AT_MOST + CLOCK_STEP
}

/// Whether a page that was queued then has waited too long to be worth asking for. A queue that a clock filled
/// which has been set back since waits anew.
pub fn is_expired(queued: Timestamp, now: Timestamp) -> bool {
    now.duration_since(queued) >= WAITS_AT_MOST
}

/// The address of a page that waits; or what it comes to where it cannot be asked for.
pub fn request_address(link: &str) -> Result<Url, (PageVerdict, String)> {
    let unreachable = |why: &str| (PageVerdict::Unreachable, why.to_owned());
    if link.len() > ADDRESS_AT_MOST {
        return Err(unreachable("the item's link is too long for an address"));
    }
    let mut address = Url::parse(link).map_err(|_| unreachable("the item's link is no address"))?;
    if !matches!(address.scheme(), "http" | "https") || !address.has_host() {
        return Err(unreachable(
            "the item's link is no address of the web: only http: and https: are",
        ));
    }
    if address.host_str() == Some("news.google.com") {
        return Err(unreachable(
            "a link of Google News does not say where the article is; take the publisher's own feed instead",
        ));
    }
    address.set_fragment(None);
    // Nobody's password is kept, shown or sent.
    let _ = (address.set_username(""), address.set_password(None));
    Ok(address)
}
