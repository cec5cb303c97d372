//! Who is told what a watch finds, and whom nothing can reach.

pub(super) mod warnings;

use std::collections::BTreeSet;

use super::recipients::Recipient;
use super::table::Located;
use super::watch::Watch;
use crate::core::alert::Urgency;

/// Why what a watch finds is not for a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum DeliveryBarrier {
    /// The recipient's `topics` do not admit it.
    Topics,
    /// The recipient's `watches` do not admit it.
    Watches,
    /// The recipient has an empty list, and the watch does not name it.
    OnlyWhenNamed,
    /// The watch names others in its `recipients`.
    NamesOthers,
    /// The recipient gets no digests, and of this watch no alerts either; nobody asked for it by name.
    NoDelivery,
    /// The watch's points never reach the recipient's `min_score`.
    Score,
}

impl Recipient {
    /// Whether a hit of this watch is for the recipient. Two have a say: a watch that names recipients is for
    /// those only, and a recipient's own `topics`, `watches` and `min_score` hold also where a watch names it.
    /// A score counts only for a watch that gives one.
    pub fn receives(&self, watch: &Watch, score: Option<i64>) -> bool {
        let enough = match (self.min_score, score) {
            (Some(least), Some(score)) => score >= least,
            _ => true,
        };
        let is_told = self.gets_digests()
            || (self.alerts && watch.alerts(score))
            || watch.names(&self.id) == Some(true);
        enough && is_told && matches!(self.barrier(watch), None | Some(DeliveryBarrier::Score))
    }

    /// Whether a hit is urgent to it that no alert tells it of, for it takes none: what the watch would tell others at
    /// once. `score` is `None` for a watch without scores, `in_lead` whether it matched in the headline or the first
    /// lines, and `outlets` gives how many independent outlets report it.
    pub fn is_urgent_without_alerts(
        &self,
        watch: &Watch,
        score: Option<i64>,
        in_lead: bool,
        outlets: impl FnOnce() -> usize,
    ) -> bool {
        // How often it stands below the top is known only when an alert is decided.
        let is_held_back = !in_lead && watch.body_only == Urgency::Digest;
        !self.alerts
            && !is_held_back
            && watch.alerts(score)
            && watch.corroborated.is_none_or(|asked| outlets() >= asked)
    }

    /// Whether its summary of the week counts a hit: one that would reach it, if mails of every kind were made.
    pub fn counts(&self, watch: &Watch, score: Option<i64>) -> bool {
        let enough = match (self.min_score, score) {
            (Some(least), Some(score)) => score >= least,
            _ => true,
        };
        let open = [
            None,
            Some(DeliveryBarrier::Score),
            Some(DeliveryBarrier::NoDelivery),
        ];
        enough && open.contains(&self.barrier(watch))
    }

    /// Whether the watch reaches it in nothing but the summary of the week, and there is one.
    fn is_only_counted(&self, watch: &Watch) -> bool {
        self.summary.is_some() && self.counts(watch, None)
    }

    fn barrier(&self, watch: &Watch) -> Option<DeliveryBarrier> {
        let lists = |list: &Option<Vec<Located<String>>>, name: &str| {
            list.as_ref()
                .is_none_or(|list| list.is_empty() || list.iter().any(|item| item.value == name))
        };
        let is_empty = |list: &Option<Vec<_>>| list.as_ref().is_some_and(Vec::is_empty);
        let is_named = watch.names(&self.id);
        if !lists(&self.topics, &watch.topic) {
            Some(DeliveryBarrier::Topics)
        } else if !lists(&self.watches, &watch.id) {
            Some(DeliveryBarrier::Watches)
        } else if is_named != Some(true) && (is_empty(&self.topics) || is_empty(&self.watches)) {
            Some(DeliveryBarrier::OnlyWhenNamed)
        } else if is_named == Some(false) {
            Some(DeliveryBarrier::NamesOthers)
        } else if is_named != Some(true) && !self.is_told_of(watch) {
            Some(DeliveryBarrier::NoDelivery)
        } else if self.min_score > watch.highest_score() {
            // Where either is missing, `None` is the least.
            watch.highest_score().map(|_| DeliveryBarrier::Score)
        } else {
            None
        }
    }

    /// Whether there is a mail in which hits of the watch would stand.
    fn is_told_of(&self, watch: &Watch) -> bool {
        self.gets_digests() || (self.alerts && watch.urgency == Urgency::Alert)
    }

    /// Whether a digest is ever due.
    pub fn gets_digests(&self) -> bool {
        self.digest.iter().any(|schedule| !schedule.is_off())
    }

    /// The topics and watches that it asks for by name.
    fn wishes(&self) -> impl Iterator<Item = (&'static str, &Located<String>)> {
        let watches = self.watches.iter().flatten().map(|name| ("watch", name));
        let topics = self.topics.iter().flatten().map(|name| ("topic", name));
        watches.chain(topics)
    }
}

/// Why nothing that these watches find can reach a recipient, and what to do; `None` when something can. An
/// operator who asks for nothing is there for the health of the feeds.
pub(super) fn unreached<'a>(
    recipient: &Recipient,
    watches: impl Iterator<Item = &'a Watch> + Clone,
) -> Option<(&'static str, &'static str)> {
    let asks = recipient.wishes().next().is_some();
    if recipient.operator && !asks {
        return None;
    }
    if (watches.clone()).any(|watch| recipient.is_only_counted(watch)) {
        return None;
    }
    let barriers: BTreeSet<Option<DeliveryBarrier>> = watches
        .clone()
        .map(|watch| recipient.barrier(watch))
        .collect();
    if watches
        .filter(|watch| recipient.barrier(watch).is_none())
        .any(|watch| recipient.is_told_of(watch))
    {
        return None;
    }
    let stands = |barrier| barriers.contains(&Some(barrier));
    let name_it = "add it to the `recipients` of a watch, or leave `recipients` out there";
    Some(if barriers.is_empty() {
        ("there is no watch", "add one")
    } else if barriers.contains(&None) || stands(DeliveryBarrier::NoDelivery) {
        let reason = if recipient.alerts {
            "it gets no digests, and no watch for it is an alert"
        } else {
            "it gets neither digests nor alerts"
        };
        (
            reason,
            "give it a digest time, or a watch urgency = \"alert\"",
        )
    } else if stands(DeliveryBarrier::Score) {
        (
            "no watch for it has points enough for its `min_score`",
            "lower its `min_score`, or give more points in `score`",
        )
    } else if stands(DeliveryBarrier::NamesOthers) && asks {
        (
            "the watches that it asks for name other recipients only",
            name_it,
        )
    } else if stands(DeliveryBarrier::OnlyWhenNamed) {
        (
            "a list of it is empty, and no watch names it in `recipients`",
            "take its empty list out, or name it in the `recipients` of a watch",
        )
    } else if stands(DeliveryBarrier::NamesOthers) {
        ("every watch names other recipients only", name_it)
    } else {
        (
            "no watch is in both its `topics` and its `watches`",
            "leave one of the two lists out",
        )
    })
}
