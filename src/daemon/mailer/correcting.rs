//! What was told and says something else now is told again, in the way in which it was told.

use std::collections::BTreeMap;

use super::judging::Judging;
use crate::config::Urgency;
use crate::core::alert::{News, says_more};
use crate::core::story::change::change;
use crate::daemon::VERSION;
use crate::store::digests::{self, Changed, How, Owe, Reached, ToldOf};
use crate::store::{StoreError, mutes, polls, stories};

/// Corrections of one story that are told of items that no watch finds. Whoever sends more is no help to a reader.
const CORRECTIONS_MAX: usize = 20;

impl Judging<'_> {
    /// Owes what was told and was wrong, or counts that many victims more now: at once what was told at once, in the
    /// next digest what a digest told. What is owed already is owed as it says now.
    pub(super) fn changed(&mut self) -> Result<(), StoreError> {
        let (connection, id, now) = (self.desk.connection, &self.desk.recipient.id, self.desk.now);
        for changed in digests::changed(connection, id, now)? {
            let is_new = |reached: &&Reached| reached.revision >= changed.revision;
            let mut newest = changed.reached.iter().filter(is_new);
            let is_done = |found: &Reached| found.judged || found.how != How::OwedInDigest;
            if newest.clone().any(is_done) {
                continue;
            }
            if changed.joined {
                let told = digests::reached_by_story(connection, id, changed.story)?;
                self.tell(&changed, &told)?;
                continue;
            }
            let before = changed.reached.iter().filter(|found| !is_new(found));
            let (told, owed): (Vec<Reached>, Vec<Reached>) =
                before.cloned().partition(|found| found.how.is_told());
            if !told.is_empty() {
                self.tell(&changed, &told)?;
            } else if newest.next().is_none() {
                self.tell_as_it_is(&changed, &owed)?;
            }
        }
        Ok(())
    }

    /// Of what nobody was told yet: its new words take the place of those that were found.
    fn tell_as_it_is(&self, changed: &Changed, owed: &[Reached]) -> Result<(), StoreError> {
        for found in latest(owed) {
            let urgency = match found.how {
                How::OwedAtOnce => polls::Urgency::Alert,
                _ => polls::Urgency::Digest,
            };
            self.owe(changed, found, urgency, None)?;
        }
        Ok(())
    }

    fn tell(&mut self, changed: &Changed, told: &[Reached]) -> Result<(), StoreError> {
        let recipient = self.desk.recipient;
        let (connection, now) = (self.desk.connection, self.desk.now);
        let Some(what) = self.since_told(changed, told)? else {
            return Ok(());
        };
        let was_at_once = told.iter().any(|found| found.how == How::ToldAtOnce);
        let of_story = self.told(changed.story)?;
        if changed.joined && of_story.in_all.corrected.len() >= CORRECTIONS_MAX {
            return Ok(());
        }
        let Some(news) = what_is_new(changed, what, of_story, was_at_once) else {
            return Ok(());
        };
        let is_timely = match &news {
            News::Corrected { what } => of_story.at_once.lacks(what),
            _ => true,
        };
        if self.counted_before(changed, &news)? {
            return Ok(());
        }
        for found in latest(told) {
            let watch = self.desk.config.watch(&found.watch_id);
            let Some(watch) = watch.filter(|watch| recipient.receives(watch, None)) else {
                continue;
            };
            let is_alert = recipient.alerts && watch.urgency == Urgency::Alert;
            let urgency = if is_alert && is_timely && found.how == How::ToldAtOnce {
                polls::Urgency::Alert
            } else {
                polls::Urgency::Digest
            };
            if !mutes::is_muted(connection, &watch.id, now)? {
                self.owe(changed, found, urgency, Some(&news))?;
            }
        }
        // What was told of the story is another thing from now on.
        self.forget(changed.story);
        Ok(())
    }

    /// What the item says otherwise than when it was told; `None` where it says that again.
    fn since_told(
        &self,
        changed: &Changed,
        told: &[Reached],
    ) -> Result<Option<String>, StoreError> {
        let what = Some(changed.what.clone());
        let Some(last) = told.iter().map(|found| found.revision).max() else {
            return Ok(what);
        };
        if changed.joined {
            return Ok(what);
        }
        let says = |revision| stories::says(self.desk.connection, changed.entry_id, revision);
        let (before, after) = (says(last)?, says(changed.revision)?);
        if before == after {
            return Ok(None);
        }
        if last + 1 == changed.revision {
            return Ok(what);
        }
        // What lies between was told to nobody.
        let since = change((&before.0, &before.1), (&after.0, &after.1));
        Ok(since.map(|change| change.what))
    }

    /// Whether the reader was told as many victims of this item.
    fn counted_before(&self, changed: &Changed, news: &News) -> Result<bool, StoreError> {
        let News::Victims { counted, .. } = news else {
            return Ok(false);
        };
        let judged = digests::of_entry(self.desk.connection, changed.entry_id)?;
        Ok(judged.iter().any(|judged| {
            judged.recipient_id == self.desk.recipient.id
                && matches!(judged.news, News::Victims { counted: told, .. } if told >= *counted)
        }))
    }

    fn owe(
        &self,
        changed: &Changed,
        found: &Reached,
        urgency: polls::Urgency,
        news: Option<&News>,
    ) -> Result<(), StoreError> {
        let owe = Owe {
            recipient_id: &self.desk.recipient.id,
            urgency,
            news,
            version: VERSION,
        };
        digests::owe_change(self.desk.connection, changed, found.hit_id, owe)
    }
}

/// What is new in an item for who was told of it, or of its story, so.
fn what_is_new(changed: &Changed, what: String, told: &ToldOf, was_at_once: bool) -> Option<News> {
    if changed.corrects {
        let is_told = told.in_all.corrected.contains(&what);
        return (!is_told).then_some(News::Corrected { what });
    }
    let victims = if was_at_once {
        told.at_once.victims
    } else {
        told.in_all.victims
    };
    let counted = changed
        .victims
        .filter(|counted| says_more(false, Some(*counted), victims.victims))?;
    Some(News::Victims {
        counted,
        told: victims.told,
    })
}

/// The latest of each watch.
fn latest(found: &[Reached]) -> impl Iterator<Item = &Reached> {
    let by_watch: BTreeMap<&str, &Reached> = found
        .iter()
        .map(|found| (found.watch_id.as_str(), found))
        .collect();
    by_watch.into_values()
}
