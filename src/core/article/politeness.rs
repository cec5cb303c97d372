//! How hosts are asked for pages: one request at a time with a gap between, robots.txt before all, rest for
//! whoever refuses or is down. State and `now` in; what is next, and why, out.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use super::outcome::PageOutcome;
use super::verdict::PageVerdict;
use crate::core::robots::{ROBOTS_HOPS, ROBOTS_KEPT, RobotsRules, robots_address};
use crate::core::schedule::{FailureKind, duration_in_words, told};

/// Refusals in a row after which a host is left alone.
const REFUSALS: u32 = 3;
/// For so long.
const REST: SignedDuration = SignedDuration::from_hours(6);
/// After a 429 or 503, at least.
const THROTTLED_REST: SignedDuration = SignedDuration::from_secs(30);
/// Before a host that is down is asked again, at least.
pub(super) const DOWN_REST: SignedDuration = SignedDuration::from_mins(10);
/// A demand to stay away is honoured up to this.
pub(super) const RETRY_AFTER_AT_MOST: SignedDuration = SignedDuration::from_hours(24);
/// How far the clock may step back before what was planned under the old time is dropped.
pub(super) const CLOCK_STEP: SignedDuration = SignedDuration::from_hours(1);
/// Origins of one host whose robots.txt is kept.
const ORIGINS: usize = 8;

/// What the configuration says.
#[derive(Clone, Copy, Debug)]
pub struct PolitenessSettings {
    /// Between the end of an answer and the next request at the same host.
    pub gap: SignedDuration,
}

/// What is remembered of a host. It is stored as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HostState {
    /// When the rest was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<Timestamp>,
    /// The host is not asked before.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_at: Option<Timestamp>,
    /// Why, where it is more than the gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    /// Refusals since it last gave a page.
    refusals: u32,
    /// What is to be said of the last of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    /// By origin (RFC 6454), since each has a robots.txt of its own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    robots: BTreeMap<String, KnownRobots>,
}

/// A robots.txt, or the way to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum KnownRobots {
    /// What it says, as read then.
    Rules {
        rules: RobotsRules,
        read_at: Timestamp,
    },
    /// A redirect led there.
    Elsewhere { to: String, hops: u32 },
}

/// A rest of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostBackoff {
    /// When it ends.
    pub until: Timestamp,
    /// Why, reading alone, where it is more than the gap between two requests.
    pub why: Option<String>,
}

/// What is to be done for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PermittedRequest {
    /// Its host rests.
    Wait(HostBackoff),
    /// Its host's robots.txt is to be asked for, at this address.
    Robots(Url),
    /// robots.txt asks not to fetch it. The reason reads alone.
    Refused(String),
    /// It is to be asked for.
    Page,
}

/// How a host took a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HostReaction {
    /// It gave what it should.
    Success,
    /// What it said is about this page, and says nothing of others.
    Neutral,
    /// It does not want us, or cannot answer.
    Refusal { why: String, rest: SignedDuration },
    /// It was not asked.
    NotSent { rest: SignedDuration },
}

impl HostState {
    /// The rest of the host, if it is resting. One that was decided by a clock that has been set back since is
    /// none.
    pub fn rest(&self, now: Timestamp) -> Option<HostBackoff> {
        let until = self.open_at.filter(|until| *until > now)?;
        let decided = self.decided_at?;
        (decided.duration_since(now) <= CLOCK_STEP).then(|| HostBackoff {
            until,
            why: self.why.clone(),
        })
    }

    /// Why a page of the host has to wait, or had to a moment ago, reading alone.
    pub fn trouble(&self, now: Timestamp) -> Option<String> {
        let rest = self.rest(now).and_then(|rest| rest.why);
        rest.or_else(|| self.refused.clone())
    }

    /// When it was last asked; `None`: never.
    pub fn last_asked(&self) -> Option<Timestamp> {
        self.decided_at
    }

    /// Whether a robots.txt for an address was read, or is being looked for elsewhere.
    pub fn knows_robots(&self, address: &Url) -> bool {
        self.robots.contains_key(&origin(address))
    }

    /// What is next for a page at this host.
    pub fn next(&self, address: &Url, now: Timestamp) -> PermittedRequest {
        if let Some(rest) = self.rest(now) {
            return PermittedRequest::Wait(rest);
        }
        match self.robots.get(&origin(address)) {
            Some(KnownRobots::Rules { rules, read_at }) if is_fresh(*read_at, now) => rules
                .refusal(address)
                .map_or(PermittedRequest::Page, PermittedRequest::Refused),
            _ => self
                .robots_elsewhere(address)
                .or_else(|| robots_address(address))
                .map_or(PermittedRequest::Page, PermittedRequest::Robots),
        }
    }

    /// Where a redirect says that the robots.txt for an address is.
    pub(super) fn robots_elsewhere(&self, address: &Url) -> Option<Url> {
        match self.robots.get(&origin(address))? {
            KnownRobots::Elsewhere { to, .. } => Url::parse(to).ok(),
            KnownRobots::Rules { .. } => None,
        }
    }

    /// Takes note of what came of a request for the robots.txt that is for `address`. Where it redirects to
    /// another host, that host's state is told by [`Self::hop_answered`].
    pub fn robots_answered(
        &mut self,
        address: &Url,
        outcome: &PageOutcome,
        politeness: PolitenessSettings,
        now: Timestamp,
    ) {
        let origin = origin(address);
        let known = robots_known(self.robots.get(&origin), outcome, now);
        let reaction = reaction_to_robots(outcome, known.is_some(), now);
        match known {
            Some(known) => {
                if self.robots.len() >= ORIGINS && !self.robots.contains_key(&origin) {
                    self.robots.clear();
                }
                self.robots.insert(origin, known);
            }
            // Nothing is allowed until it can be had, and then from the beginning.
            None if !matches!(outcome, PageOutcome::HostResting(_)) => {
                self.robots.remove(&origin);
            }
            None => {}
        }
        self.take_note(address, reaction, politeness, now);
    }

    /// Takes note that nobody answers at all, so that the host is not to blame: this machine is cut off.
    pub fn record_no_response(&mut self, now: Timestamp) {
        let why = "this machine is cut off: nobody answers".to_owned();
        self.close(now, DOWN_REST, Some(why));
    }

    /// Takes note that the host answered a request that the robots.txt of another led to.
    pub fn hop_answered(
        &mut self,
        outcome: &PageOutcome,
        politeness: PolitenessSettings,
        now: Timestamp,
    ) {
        let delay = self.longest_delay(politeness);
        let rest = match host_reaction(outcome, now) {
            HostReaction::Refusal { rest, .. } | HostReaction::NotSent { rest } => rest,
            HostReaction::Success | HostReaction::Neutral => SignedDuration::ZERO,
        };
        self.close(now, delay.max(rest), None);
    }

    /// Takes note of how it took a request that was for `address`.
    pub(super) fn take_note(
        &mut self,
        address: &Url,
        reaction: HostReaction,
        politeness: PolitenessSettings,
        now: Timestamp,
    ) {
        let gap = match self.robots.get(&origin(address)) {
            Some(KnownRobots::Rules { rules, .. }) => {
                politeness.gap.max(rules.crawl_delay().unwrap_or_default())
            }
            _ => politeness.gap,
        };
        match reaction {
            HostReaction::Success => {
                self.refusals = 0;
                self.refused = None;
                self.close(now, gap, None);
            }
            HostReaction::Neutral => self.close(now, gap, None),
            HostReaction::NotSent { rest } => {
                let why = "its host asked for rest when a feed was asked for".to_owned();
                self.close(now, gap.max(rest), Some(why));
            }
            HostReaction::Refusal { why, rest } => {
                self.refusals = self.refusals.saturating_add(1);
                if self.refusals < REFUSALS {
                    self.refused = Some(told(&why));
                    let why = (rest > gap).then_some(why);
                    self.close(now, gap.max(rest), why);
                } else {
                    let rest = rest.max(REST);
                    let why = format!(
                        "its host refused {} times in a row and is left alone for {}: {why}",
                        self.refusals,
                        duration_in_words(rest)
                    );
                    self.refused = Some(told(&why));
                    self.close(now, rest, Some(why));
                }
            }
        }
    }

    /// Nothing is asked of the host for so long. What it asked for before still holds.
    fn close(&mut self, now: Timestamp, time: SignedDuration, why: Option<String>) {
        let earlier = self.rest(now).filter(|rest| rest.why.is_some());
        let until = later(now, time);
        self.decided_at = Some(now);
        match earlier {
            Some(earlier) if earlier.until > until => {
                (self.open_at, self.why) = (Some(earlier.until), earlier.why);
            }
            _ => (self.open_at, self.why) = (Some(until), why.map(|why| told(&why))),
        }
    }

    fn longest_delay(&self, politeness: PolitenessSettings) -> SignedDuration {
        let delays = self.robots.values().filter_map(|known| match known {
            KnownRobots::Rules { rules, .. } => rules.crawl_delay(),
            KnownRobots::Elsewhere { .. } => None,
        });
        delays.fold(politeness.gap, SignedDuration::max)
    }
}

pub(super) fn later(now: Timestamp, time: SignedDuration) -> Timestamp {
    now.checked_add(time).unwrap_or(Timestamp::MAX)
}

/// What is known of a robots.txt by what came of a request for it, after what was known `before`; `None`: nothing.
fn robots_known(
    before: Option<&KnownRobots>,
    outcome: &PageOutcome,
    now: Timestamp,
) -> Option<KnownRobots> {
    let known = |rules| KnownRobots::Rules {
        rules,
        read_at: now,
    };
    match outcome {
        PageOutcome::Page(page) => RobotsRules::of_answer(page.status, &page.body)
            .ok()
            .map(known),
        PageOutcome::Redirect { to } => {
            let hops = match before {
                Some(KnownRobots::Elsewhere { hops, .. }) => hops + 1,
                _ => 1,
            };
            Some(if hops > ROBOTS_HOPS {
                known(RobotsRules::default())
            } else {
                let to = to.to_string();
                KnownRobots::Elsewhere { to, hops }
            })
        }
        // A target that cannot be followed is as good as too many (section 2.3.1.2). Where nobody may be asked at
        // all, the request for the page tells why.
        PageOutcome::Failed(failure)
            if matches!(
                failure.kind,
                FailureKind::Redirect | FailureKind::Forbidden | FailureKind::Address
            ) =>
        {
            Some(known(RobotsRules::default()))
        }
        PageOutcome::Failed(_) | PageOutcome::HostResting(_) => None,
    }
}

fn is_fresh(read_at: Timestamp, now: Timestamp) -> bool {
    let age = now.duration_since(read_at);
    age < ROBOTS_KEPT && age >= -CLOCK_STEP
}

fn origin(address: &Url) -> String {
    address.origin().ascii_serialization()
}

/// Whether a failure lies on the way to the host, or in its way to speak.
pub(super) fn is_of_the_network(kind: FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::Name
            | FailureKind::Connection
            | FailureKind::Tls
            | FailureKind::Timeout
            | FailureKind::Protocol
    )
}

pub(super) fn host_reaction(outcome: &PageOutcome, now: Timestamp) -> HostReaction {
    match outcome {
        PageOutcome::HostResting(rest) => HostReaction::NotSent {
            rest: (*rest).clamp(SignedDuration::ZERO, RETRY_AFTER_AT_MOST),
        },
        PageOutcome::Failed(failure) if is_of_the_network(failure.kind) => HostReaction::Refusal {
            why: failure.message.clone(),
            rest: DOWN_REST,
        },
        PageOutcome::Redirect { .. } | PageOutcome::Failed(_) => HostReaction::Neutral,
        PageOutcome::Page(page) => {
            let asked_for = page.retry_after(now).unwrap_or_default();
            let asked_for = asked_for.min(RETRY_AFTER_AT_MOST);
            let least = match page.status {
                200..=399 => return HostReaction::Success,
                429 | 503 => THROTTLED_REST,
                403 => SignedDuration::ZERO,
                408 | 500..=u16::MAX => DOWN_REST,
                // What one article costs, or that it is gone, is no word on the others.
                401 | 402 | 451 => return HostReaction::Neutral,
                _ => return HostReaction::Success,
            };
            HostReaction::Refusal {
                why: status_in_words(page.status),
                rest: least.max(asked_for),
            }
        }
    }
}

/// How a host took a request for a page, given the verdict on what it said.
pub(super) fn reaction_to_page(
    outcome: &PageOutcome,
    read: Option<PageVerdict>,
    now: Timestamp,
) -> HostReaction {
    match host_reaction(outcome, now) {
        HostReaction::Success | HostReaction::Neutral if read == Some(PageVerdict::Challenge) => {
            HostReaction::Refusal {
                why: "it asks whether a person is reading".to_owned(),
                rest: SignedDuration::ZERO,
            }
        }
        reaction => reaction,
    }
}

/// How a host took a request for a robots.txt; `is_known`: what it says is known now.
fn reaction_to_robots(outcome: &PageOutcome, is_known: bool, now: Timestamp) -> HostReaction {
    let reaction = match (host_reaction(outcome, now), is_known) {
        // That a robots.txt can be had does not mean that pages can, and one that only others may read is none.
        (HostReaction::Success, _) | (HostReaction::Refusal { .. }, true) => HostReaction::Neutral,
        (HostReaction::Neutral, false) => HostReaction::Refusal {
            why: failure_reason(outcome),
            rest: DOWN_REST,
        },
        (reaction, _) => reaction,
    };
    match reaction {
        HostReaction::Refusal { why, rest } => HostReaction::Refusal {
            why: format!("its robots.txt cannot be had: {why}"),
            rest,
        },
        other => other,
    }
}

fn status_in_words(status: u16) -> String {
    format!("it answers with status {status}")
}

/// Why a request gave nothing, reading alone.
pub(super) fn failure_reason(outcome: &PageOutcome) -> String {
    match outcome {
        PageOutcome::Page(page) => status_in_words(page.status),
        PageOutcome::Failed(failure) => failure.message.clone(),
        PageOutcome::Redirect { to } => format!("it leads to {to}"),
        PageOutcome::HostResting(_) => {
            "its host asked for rest when a feed was asked for".to_owned()
        }
    }
}
