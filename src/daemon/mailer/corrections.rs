//! What was told and says something else now is told again, in the way in which it was told.

use std::collections::BTreeMap;

use super::alert_filter::AlertFilter;
use crate::core::alert::Urgency;
use crate::core::alert::{CORRECTIONS_A_DAY, Novelty, is_significant_update};
use crate::core::story::change::{Change, change, correction_notice, is_said_by};
use crate::daemon::{Scratch, VERSION, hits_in_stored};
use crate::store::digests::{self, CorrectionDelivery, DeliveredHit, DeliveryState, RevisedItem};
use crate::store::{StoreError, entries, mutes, stories};

/// Corrections of one story that are told of items that no watch finds. Whoever sends more is no help to a reader.
const CORRECTIONS_MAX: usize = 20;

impl AlertFilter<'_> {
    /// Owes what was told and was wrong, or counts that many victims more now: at once what was told at once, or is
    /// of a story that was, in the next digest what a digest told. What is owed already is owed as it says now.
    /// Gives what came to correct others and is to be judged first.
    pub(super) fn changed(&mut self) -> Result<Vec<RevisedItem>, StoreError> {
        let (connection, id, now) = (
            self.context.connection,
            &self.context.recipient.id,
            self.context.now,
        );
        let mut unjudged = Vec::new();
        for changed in digests::changed(connection, id, now)? {
            let reached = self.by_new_ids(changed.reached);
            let changed = RevisedItem { reached, ..changed };
            if !changed.joined {
                self.revised(&changed)?;
            } else if changed.reached.iter().any(DeliveredHit::is_unjudged) {
                unjudged.push(changed);
            } else {
                self.joined(&changed)?;
            }
        }
        Ok(unjudged)
    }

    /// Owes what came to correct others, and was judged to be nothing that is told as such.
    pub(super) fn judged(&mut self, changed: Vec<RevisedItem>) -> Result<(), StoreError> {
        let (connection, id) = (self.context.connection, &self.context.recipient.id);
        for changed in changed {
            let reached = digests::reached(connection, id, changed.entry_id)?;
            let reached = self.by_new_ids(reached);
            self.joined(&RevisedItem { reached, ..changed })?;
        }
        Ok(())
    }

    /// An item that came to correct others.
    fn joined(&mut self, changed: &RevisedItem) -> Result<(), StoreError> {
        let is_done =
            |found: &DeliveredHit| found.how.is_told() || found.is_change || found.is_unjudged();
        if changed.reached.iter().any(is_done) {
            return Ok(());
        }
        let corrected = &self.told(changed.story)?.in_all.corrected;
        let is_told = corrected.values().any(|what| *what == changed.what);
        if is_told || corrected.len() >= CORRECTIONS_MAX {
            return Ok(());
        }
        let (connection, id) = (self.context.connection, &self.context.recipient.id);
        // Whoever was told only of what came later was told nothing that this corrects.
        let before = Some(changed.entry_id);
        let told = digests::reached_by_story(connection, id, changed.story, before)?;
        let told = self.by_new_ids(told);
        if told.is_empty() {
            return Ok(());
        }
        self.tell(changed, told, &Novelty::corrected(&changed.what))
    }

    /// An item that says something else than it did.
    fn revised(&mut self, changed: &RevisedItem) -> Result<(), StoreError> {
        let (told, pending): (Vec<DeliveredHit>, Vec<DeliveredHit>) =
            (changed.reached.iter().cloned()).partition(|found| found.how.is_told());
        let last = told.iter().map(|found| found.revision).max();
        let is_new = |found: &DeliveredHit| found.revision >= changed.revision;
        let is_pending = pending.iter().any(|found| is_new(found) && found.is_change);
        let is_told = last.is_some_and(|last| last >= changed.revision);
        if is_pending || is_told || pending.is_empty() && is_rephrased(changed, &told) {
            return Ok(());
        }
        let (connection, id) = (self.context.connection, &self.context.recipient.id);
        let is_stale = pending.iter().any(|found| found.is_change);
        let says = |revision| stories::says(connection, changed.entry_id, revision);
        let now = says(changed.revision)?;
        if let Some(last) = last {
            if is_stale {
                self.withdraw(changed)?;
            }
            let before = says(last)?;
            if let Some(change) = change((&before.0, &before.1), (&now.0, &now.1))
                && let Some(news) = self.what_is_new(changed, change, &told)?
            {
                self.tell(changed, told, &news)?;
            }
        }
        // What waits to be told by its old words is told by its new ones.
        let known = self.by_new_ids(digests::reached(connection, id, changed.entry_id)?);
        for found in latest(known.iter().filter(|found| !found.how.is_told())) {
            if !is_new(found) {
                let what = correction_notice(&now.0, &now.1).filter(|_| found.is_change);
                let news = what.map(Novelty::corrected);
                self.queue_correction(changed, found, found.how.urgency(), news.as_ref())?;
            }
        }
        if last.is_none() && is_stale {
            self.withdraw(changed)?;
        }
        Ok(())
    }

    fn withdraw(&mut self, changed: &RevisedItem) -> Result<(), StoreError> {
        self.forget(changed.story);
        let (connection, id) = (self.context.connection, &self.context.recipient.id);
        digests::cancel_corrections(connection, id, changed)
    }

    /// With the ids that their watches have now.
    fn by_new_ids(&self, mut reached: Vec<DeliveredHit>) -> Vec<DeliveredHit> {
        let config = self.context.config;
        for found in &mut reached {
            if let Some(watch) = config.watch_once_called(&found.watch_id, &found.watch_title) {
                found.watch_id.clone_from(&watch.id);
            }
        }
        reached
    }

    /// Owes an item by the watches by which it, or its story, was told.
    fn tell(
        &mut self,
        changed: &RevisedItem,
        mut told: Vec<DeliveredHit>,
        news: &Novelty,
    ) -> Result<(), StoreError> {
        let (context, recipient) = (self.context, self.context.recipient);
        let at_once = self.told(changed.story)?.at_once.clone();
        let is_correction = matches!(news, Novelty::Corrected { .. });
        let is_timely =
            recipient.alerts && (!is_correction || at_once.corrections < CORRECTIONS_A_DAY);
        let was_alerted = |found: &DeliveredHit| {
            found.how == DeliveryState::ToldAtOnce || at_once.watches.contains(&found.watch_id)
        };
        if is_correction && is_timely && !told.iter().any(was_alerted) {
            // A digest told the item, and an alert its story.
            let of_story =
                digests::reached_by_story(context.connection, &recipient.id, changed.story, None)?;
            let is_urgent = |found: &DeliveredHit| {
                let watch = context.config.watch(&found.watch_id);
                was_alerted(found) && watch.is_some_and(|watch| watch.urgency == Urgency::Alert)
            };
            told.extend(self.by_new_ids(of_story).into_iter().filter(is_urgent));
        }
        for found in latest(&told) {
            let watch = context.config.watch(&found.watch_id);
            let Some(watch) = watch.filter(|watch| recipient.receives(watch, None)) else {
                continue;
            };
            let is_urgent = is_timely && watch.urgency == Urgency::Alert && was_alerted(found);
            // What a watch found that is to be told at once, of a story that was not, is the first of it.
            let is_first = changed.reached.iter().any(|other| {
                other.watch_id == found.watch_id
                    && other.revision >= changed.revision
                    && other.how == DeliveryState::PendingAtOnce
                    && at_once.watches.is_empty()
            });
            if !is_first && !mutes::is_muted(context.connection, &watch.id, context.now)? {
                let urgency = if is_urgent {
                    Urgency::Alert
                } else {
                    Urgency::Digest
                };
                self.queue_correction(changed, found, urgency, Some(news))?;
            }
        }
        // What was told of the story is another thing from now on.
        self.forget(changed.story);
        Ok(())
    }

    /// What is new in an item for who was told of it so.
    fn what_is_new(
        &mut self,
        changed: &RevisedItem,
        change: Change,
        told: &[DeliveredHit],
    ) -> Result<Option<Novelty>, StoreError> {
        let of_story = self.told(changed.story)?;
        if change.correction || is_back(changed, told) {
            let corrected = of_story.in_all.corrected.iter();
            let others = corrected.filter(|(of, _)| **of != changed.entry_id);
            let is_told = is_said_by(&change.what, others.map(|(_, what)| what.as_str()));
            return Ok((!is_told).then(|| Novelty::corrected(change.what)));
        }
        let was_at_once = told
            .iter()
            .any(|found| found.how == DeliveryState::ToldAtOnce);
        let victims = if was_at_once {
            of_story.at_once.victims
        } else {
            of_story.in_all.victims
        };
        let grew = |counted: &u32| is_significant_update(false, Some(*counted), victims.victims);
        let Some(counted) = changed.victims.filter(grew) else {
            return Ok(None);
        };
        let told = victims.told;
        let is_told = self.counted_before(changed, counted)?;
        Ok((!is_told).then_some(Novelty::Victims { counted, told }))
    }

    /// Whether the reader was told as many victims of this item.
    fn counted_before(&self, changed: &RevisedItem, counted: u32) -> Result<bool, StoreError> {
        let judged = digests::of_entry(self.context.connection, changed.entry_id)?;
        Ok(judged.iter().any(|judged| {
            judged.recipient_id == self.context.recipient.id
                && matches!(judged.news, Novelty::Victims { counted: told, .. } if told >= counted)
        }))
    }

    fn queue_correction(
        &self,
        changed: &RevisedItem,
        found: &DeliveredHit,
        urgency: Urgency,
        news: Option<&Novelty>,
    ) -> Result<(), StoreError> {
        let (connection, config) = (self.context.connection, self.context.config);
        let entry = entries::get(connection, changed.entry_id)?;
        let entry = entry.filter(|entry| entry.revision == changed.revision);
        let hits = entry.map(|entry| hits_in_stored(config, &entry, &mut Scratch::default()));
        // Where watches cannot read it, it is owed all the same.
        let hits = hits.and_then(Result::ok).unwrap_or_default();
        let delivery = CorrectionDelivery {
            recipient_id: &self.context.recipient.id,
            watch_id: &found.watch_id,
            found: hits.iter().find(|hit| hit.watch_id == found.watch_id),
            urgency,
            news,
            version: VERSION,
        };
        digests::queue_correction(connection, changed, found.hit_id, delivery)
    }
}

/// Whether an item was revised once since it was told, and neither corrects that nor counts more. Texts are compared at
/// each look, so what need not be compared is not.
fn is_rephrased(changed: &RevisedItem, told: &[DeliveredHit]) -> bool {
    let last = told.iter().max_by_key(|found| found.revision);
    last.is_some_and(|last| {
        last.revision + 1 == changed.revision
            && !changed.corrects
            && changed.victims <= last.counted
    })
}

/// Whether an item counts again as many victims as it took back: then that was wrong.
fn is_back(changed: &RevisedItem, told: &[DeliveredHit]) -> bool {
    let last = told.iter().max_by_key(|found| found.revision);
    // A text that counted none took nothing back.
    let Some(last) = last.and_then(|found| found.counted) else {
        return false;
    };
    let mut before = told.iter().filter_map(|found| found.counted);
    before.any(|counted| counted > last && changed.victims >= Some(counted))
}

/// The latest of each watch.
fn latest<'a>(
    found: impl IntoIterator<Item = &'a DeliveredHit>,
) -> impl Iterator<Item = &'a DeliveredHit> {
    let of = |found: &'a DeliveredHit| (found.watch_id.as_str(), found);
    let by_watch: BTreeMap<&str, &DeliveredHit> = found.into_iter().map(of).collect();
    by_watch.into_values()
}
