//! A watch as it is configured.

use std::collections::BTreeSet;

use super::places::WantedPlaces;
use crate::core::alert::Urgency;
use crate::core::watch::{BodyOnly, Query, ScoreTerm, WatchSpec};

/// Each term counts three times in the text, and three times twice in the title.
pub(super) fn highest_score(score: &[ScoreTerm]) -> i64 {
    const MOST: i64 = 3 + 2 * 3;
    score
        .iter()
        .map(|term| term.weight.max(0).saturating_mul(MOST))
        .fold(0, i64::saturating_add)
}

/// A watch, checked.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Stable name that hits refer to.
    pub id: String,
    /// What readers call it.
    pub title: String,
    /// Groups a digest; the watch's title when not given.
    pub topic: String,
    /// How fast a hit is told.
    pub urgency: Urgency,
    /// Of an alerting watch that counts: hits of no more points are told in the digest. [`Watch::alerts`] decides.
    pub alert_above: Option<i64>,
    /// Whether a hit is told at once of which little is said, and that below the top of the item;
    /// [`Watch::holds_back`] decides.
    pub body_only: Urgency,
    /// Ids of the recipients of its hits; without it, everybody whose own settings admit it.
    pub recipients: Option<Vec<String>>,
    /// Places of which items match; all without it.
    pub places: Option<WantedPlaces>,
    /// How many independent outlets must report a story before it is told at once; in the digest before. Such a watch
    /// alerts.
    pub corroborated: Option<usize>,
    /// Whether its items are folded into stories. Without it each is told by itself.
    pub stories: bool,
    /// Whether it looks into the text of the page behind an item, and not only at what the feed says.
    pub articles: bool,
    /// What the matcher needs.
    pub spec: WatchSpec,
    /// Identifies the text that decides what matches: 12 hexadecimal digits of its SHA-256.
    pub version: String,
    /// Ids of the word lists that its query and score use, also through other lists.
    pub lists: BTreeSet<String>,
}

impl Watch {
    /// Whether an item that is about these places can be a match.
    pub fn wants(&self, about: &[usize]) -> bool {
        self.places
            .as_ref()
            .is_none_or(|places| places.admit(about))
    }

    /// A watch that says nothing but what it looks for.
    pub fn of_query(id: &str, query: Query) -> Self {
        Self {
            id: id.to_owned(),
            title: id.to_owned(),
            topic: id.to_owned(),
            urgency: Urgency::Digest,
            alert_above: None,
            body_only: Urgency::Digest,
            recipients: None,
            places: None,
            corroborated: None,
            stories: true,
            articles: true,
            spec: WatchSpec::from(query),
            version: String::new(),
            lists: BTreeSet::new(),
        }
    }

    /// The most points that an item can have; none for a watch that does not count.
    pub(super) fn highest_score(&self) -> Option<i64> {
        (!self.spec.score.is_empty()).then(|| highest_score(&self.spec.score))
    }

    /// Whether it names this recipient; `None` for a watch that names nobody, and so means everybody.
    pub(super) fn names(&self, recipient: &str) -> Option<bool> {
        let named = self.recipients.as_ref()?;
        Some(named.iter().any(|id| id == recipient))
    }

    /// Whether a hit of so many points is told at once, to those who take alerts. One whose score could not be
    /// counted is: rather an alert too many than one that is missing.
    pub fn alerts(&self, score: Option<i64>) -> bool {
        let is_above = match (self.alert_above, score) {
            (Some(above), Some(score)) => score > above,
            _ => true,
        };
        self.urgency == Urgency::Alert && is_above
    }

    /// Whether a hit that stands there weighs too little to be told at once, to those who get digests.
    pub fn holds_back(&self, body_only: Option<BodyOnly>) -> bool {
        self.body_only == Urgency::Digest && body_only.is_some_and(|found| !found.is_strong())
    }
}
