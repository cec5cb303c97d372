//! What a body that was a feed held.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::budget::{BacklogChange, PollUsage};
use super::freshness::FeedHints;
use super::outcome::Validators;
use crate::core::feed::Loss;

/// What a body that was a feed held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PollSummary {
    /// Entries in the body.
    pub entries_in_feed: usize,
    /// Those of them that were not known before.
    pub entries_new: usize,
    /// Those of them that were known with other words.
    pub entries_revised: usize,
    /// Entries, new ones and known ones with other words, that were left out since the feed's budget for the
    /// day is spent.
    pub new_left_out: usize,
    /// See [`Self::new_left_out`].
    pub revised_left_out: usize,
    /// What became of the new items that were left out of earlier bodies, and whether there are more.
    pub arrears: BacklogChange,
    /// What was taken of the budget.
    pub taken: PollUsage,
    /// Publication dates of the entries that carry one, in any order.
    pub published: Vec<Timestamp>,
    /// The oldest publication date among the new entries, if the poller knows it; else it is guessed.
    pub oldest_new: Option<Timestamp>,
    /// What is known to be missing of it.
    pub loss: Loss,
    /// What the feed says about when to come again.
    pub hints: FeedHints,
    /// A digest of the body, to be found again in [`FeedState::body_digest`](super::FeedState::body_digest); servers
    /// without validators send the same body again and again. `None` if nobody cares.
    pub body_digest: Option<String>,
    /// What was read when the body was an index of sitemaps.
    pub parts: Vec<SitemapPart>,
}

/// A part of an index of sitemaps whose entries are stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SitemapPart {
    /// Its address.
    pub address: String,
    /// Validators of the answer that its entries came from, if it came without redirects.
    #[serde(skip_serializing_if = "Validators::is_empty")]
    pub validators: Validators,
    /// A digest of the body that its entries came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}
