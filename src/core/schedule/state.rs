//! Everything that is remembered about a feed's polling.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize};

use super::budget::{BudgetExcess, DailyUsage, OmittedItems};
use super::display::{ADDRESS_AT_MOST, told};
use super::freshness::FeedHints;
use super::outcome::{ResponseSpeed, Validators};
use super::publishing_rate::PublishingRate;
use super::summary::SitemapPart;
use crate::core::feed::Loss;

/// Everything that is remembered about a feed's polling. Plain data; the default is a feed that was
/// never asked. Only this module's functions write it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedState {
    /// The address in the configuration that the rest belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,

    /// Validators of the newest answer whose entries are stored.
    #[serde(skip_serializing_if = "is_default")]
    pub validators: Validators,
    /// The address that gave them.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "bounded")]
    pub validators_from: Option<String>,

    /// First answer that could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_success_at: Option<Timestamp>,
    /// Last request, whatever came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_attempt_at: Option<Timestamp>,
    /// Last answer that could be read, 304 included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_success_at: Option<Timestamp>,
    /// Last request without validators.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_unconditional_at: Option<Timestamp>,
    /// When the newest entry appeared: seen here, or as the feed dated it at the first poll.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_new_entry_at: Option<Timestamp>,

    /// First failure of the present row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// Failures in a row.
    #[serde(skip_serializing_if = "is_default")]
    pub consecutive_failures: u32,
    /// The same, weighted by how likely each kind is to pass by itself.
    #[serde(skip_serializing_if = "is_default")]
    pub failure_weight: f64,
    /// What the last failure said; `None` after a success.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "brief")]
    pub last_error: Option<String>,
    /// Since when polls have been put off because the host wants rest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unasked_since: Option<Timestamp>,
    /// Whether no server answered in the last failure: the fault may be our own network's.
    #[serde(skip_serializing_if = "is_default")]
    pub unanswered: bool,
    /// Set while the newest body could not be read: a 304 then means that it still cannot.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "brief")]
    pub unreadable: Option<String>,

    /// When to poll next. `None`: at once, or never when [`Self::gone_at`] is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_poll_at: Option<Timestamp>,
    /// When that was planned, unless other instants tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned_at: Option<Timestamp>,
    /// Until when the publisher forbids a poll.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// `max-age` of the newest answer that had one; it holds again after each 304.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<SignedDuration>,
    /// What the newest body that could be read said about when to come again.
    #[serde(skip_serializing_if = "is_default")]
    pub hints: FeedHints,
    /// Digest of the newest body that could be read, if the poller gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_digest: Option<String>,
    /// When it was an index of sitemaps: the parts of it that were read, for they may change while it does not.
    #[serde(skip_serializing_if = "is_default")]
    pub parts: Vec<SitemapPart>,
    /// Set while the newest body that could be read lists nothing.
    #[serde(skip_serializing_if = "is_default")]
    pub was_empty: bool,
    /// By which [`READING`](crate::core::feed::READING) that was; 0 by one before they were counted.
    #[serde(skip_serializing_if = "is_default")]
    pub read_by: u32,
    /// Set while the newest body that could be read was not read whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incomplete: Option<Incomplete>,
    /// The last time in which it was so, and which is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_whole: Option<IncompletePeriod>,
    /// How often something new appears.
    #[serde(rename = "habit", skip_serializing_if = "is_default")]
    pub publishing_rate: PublishingRate,

    /// A permanent redirect that was seen and is not yet trusted.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "bounded")]
    pub moved: Option<RedirectSightings>,
    /// A permanent redirect that was seen often enough: the new address is asked directly.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "bounded")]
    pub adopted: Option<AdoptedRedirect>,
    /// When the publisher said that the feed is over (410).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gone_at: Option<Timestamp>,

    /// When two bodies in a row last had no entry in common.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overflowed_at: Option<Timestamp>,
    /// The shorter interval that this led to, while it lasts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overflow_interval: Option<SignedDuration>,
    /// How many unconditional checks in a row found that 304 had been the truth.
    #[serde(skip_serializing_if = "is_default")]
    pub honest_checks: u32,
    /// When 304 was last found to be a lie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lied_at: Option<Timestamp>,

    /// What was taken of it today.
    #[serde(skip_serializing_if = "is_default")]
    pub spent: DailyUsage,
    /// What could not be taken of its newest body.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<OmittedItems>,
    /// What became of all that was left out lately.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excess: Option<BudgetExcess>,
    /// How many bodies in a row had other words in (nearly) all items that were known.
    #[serde(skip_serializing_if = "is_default")]
    pub restless: u32,
    /// Set while the feed may be what killed the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspected: Option<Quarantine>,

    /// How fast its server answers, and so which queue it waits in.
    #[serde(rename = "lane", skip_serializing_if = "is_default")]
    pub speed: ResponseSpeed,
}

/// What holds an address that a server gave.
trait GivenAddress {
    fn length(&self) -> usize;
}

impl GivenAddress for String {
    fn length(&self) -> usize {
        self.len()
    }
}

impl GivenAddress for RedirectSightings {
    fn length(&self) -> usize {
        self.to.len()
    }
}

impl GivenAddress for AdoptedRedirect {
    fn length(&self) -> usize {
        self.to.len()
    }
}

/// An address of a server's; an overlong one, which an earlier version kept, is left out.
fn bounded<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de> + GivenAddress,
    D: Deserializer<'de>,
{
    let given = Option::<T>::deserialize(deserializer)?;
    Ok(given.filter(|given| given.length() <= ADDRESS_AT_MOST))
}

/// A reason, however long an earlier version kept it.
fn brief<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let reason = Option::<String>::deserialize(deserializer)?;
    Ok(reason.map(|reason| told(&reason)))
}

/// What is as it would be read back anyway is not written: there are many feeds.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What is missing of the newest body.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incomplete {
    /// When the first of the bodies in a row was read of which something was missing.
    pub since: Timestamp,
    /// What is missing of the newest of them.
    pub loss: Loss,
}

/// A time in which something was missing of each body. What it was may have been gone from the first that was
/// whole again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncompletePeriod {
    /// When the first body was read of which something was missing.
    pub since: Timestamp,
    /// When one was read that was whole.
    pub until: Timestamp,
    /// What was missing of the last before that.
    pub loss: Loss,
}

/// Sightings of a permanent redirect to one target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RedirectSightings {
    /// Target of the redirect.
    pub to: String,
    /// First time.
    pub first_at: Timestamp,
    /// How many times in a row.
    pub times: u32,
}

/// A move that was adopted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdoptedRedirect {
    /// The address in the configuration.
    pub from: String,
    /// The address asked instead.
    pub to: String,
    /// Since when.
    pub at: Timestamp,
}

impl FeedState {
    /// This state for a feed that the configuration now gives `address` for. A feed whose address
    /// was changed starts anew; nothing that an old address said binds the new one.
    #[must_use]
    pub fn for_address(self, address: &str) -> Self {
        match &self.address {
            Some(known) if known != address => Self {
                address: Some(address.to_owned()),
                ..Self::default()
            },
            Some(_) => self,
            None => Self {
                address: Some(address.to_owned()),
                ..self
            },
        }
    }

    /// The address to ask: the adopted one, else `configured`.
    pub fn current_address<'a>(&'a self, configured: &'a str) -> &'a str {
        match &self.adopted {
            Some(adoption) if adoption.from == configured => &adoption.to,
            _ => configured,
        }
    }
}

/// Why a feed may be what killed the program. Any poll of it that ends by itself clears it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quarantine {
    /// When the poll had begun that was under way.
    pub since: Timestamp,
    /// How often it was to blame.
    pub kills: u32,
    /// At how many kills in a row its body was being read. 0: it was merely waited for, and is polled as
    /// any other; else it is polled alone, and after all others.
    pub readings: u32,
}
