//! Where items belong: each is placed as it comes, and for good.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::agency::agency;
use super::change::{change, correction_notice};
use super::cluster::StoryCluster;
use super::cluster_assignment::{ClusterAssignment, RevisionAssignment};
use super::document_frequency::FEED_STORIES;
use super::documents::Document;
use super::duplicate_search::{DuplicateOf, has_all, listed};
use super::engine::{Engine, seconds};
use super::features::habits;
use super::inverted_index::INDEXED_TERMS;
use super::item_record::{ItemRecord, Unreadable};
use super::language;
use super::story_item::{Relation, StoryItem, WINDOW};
use super::text::{lead_of, title_of};
use super::thresholds::{
    CLUSTER_PROFILE_ITEMS_MAX, CLUSTER_PROFILE_ITEMS_PER_FEED, OUTLET_THRESHOLD,
};
use super::victims::victims;

impl Engine {
    /// Says where an item belongs. It is placed for good.
    pub fn place(&mut self, report: &StoryItem<'_>, now: Timestamp) -> ClusterAssignment {
        self.forget(now);
        if let Some(number) = self.items.get(&report.id).copied() {
            self.take_out(number);
        }
        let now = seconds(now);
        let time = report.published.map_or(now, seconds).min(now);
        let mut reading = self.read(report);
        reading.record.time = time;
        let candidates = self.candidates(&reading);
        let copied = self.copied(&reading);
        let mut placed = ClusterAssignment {
            story: report.id,
            relation: Relation::First,
            copy_of: None,
            sure: true,
            why: String::new(),
            agency: agency(title_of(report.title), report.lead, "").map(str::to_owned),
            victims: victims(title_of(report.title), lead_of(report.lead)),
            merged: Vec::new(),
            same_source: Vec::new(),
            linked: self.linked(&reading, &candidates),
            corrects: None,
            record: Vec::new(),
        };
        self.assign(&mut placed, &reading, &candidates, copied);
        if placed.relation != Relation::First {
            placed.corrects = correction_notice(title_of(report.title), lead_of(report.lead));
            if placed.corrects.is_some() {
                placed.relation = Relation::Update;
            }
        }
        let story = (placed.story != report.id).then(|| self.story(placed.story));
        reading.record.began = story.as_ref().map_or(time, |story| story.began);
        reading.record.flags |= self.part(story.as_deref(), &reading.record, copied);
        placed.record = reading.record.write();
        let language = reading.record.language;
        let unites =
            !reading.record.has(ItemRecord::ALONE) && !reading.record.has(ItemRecord::TWOFOLD);
        self.put_in(report.id, placed.story, now, reading.record);
        if placed.relation != Relation::First && unites {
            self.merge(&mut placed, &candidates, language);
        }
        if placed.copy_of.is_some() {
            let shown = self.newly_shown_duplicates(report.id, placed.story);
            placed.same_source.extend(shown);
        }
        placed
    }

    /// What part an item takes in a story that it joins: whoever says much, or what others said, says it once.
    fn part(
        &self,
        story: Option<&StoryCluster>,
        record: &ItemRecord,
        copied: Option<DuplicateOf>,
    ) -> u8 {
        let Some(story) = story else {
            return ItemRecord::SPEAKS;
        };
        let is_full = story.speaking.len() >= CLUSTER_PROFILE_ITEMS_MAX;
        let speaks = if record.has(ItemRecord::TWOFOLD) || is_full {
            0
        } else {
            ItemRecord::SPEAKS
        };
        // Who cannot be told from others may be any of them.
        if !self.tells_feeds(record.feed) && !is_full {
            return speaks;
        }
        let of_feed = story.items_of(record.feed);
        let mut part = 0;
        if copied.is_some_and(|copied| !copied.again) {
            part |= ItemRecord::COPIES;
        }
        if copied.is_some() || of_feed > 0 || is_full {
            part |= ItemRecord::REPEATS;
        }
        // A form that is filled in again is a habit, whether or not it was told from what it is like.
        let fills_in = copied.is_some_and(|copied| !copied.whole && !copied.again);
        if is_full || of_feed > 0 && !fills_in {
            part |= ItemRecord::NOT_RECURRING;
        }
        if copied.is_some_and(|copied| copied.whole) {
            part |= ItemRecord::WHOLE_COPY;
        } else if of_feed < CLUSTER_PROFILE_ITEMS_PER_FEED {
            part |= speaks;
        }
        part
    }

    /// Takes the new text of an item that is in a story already, which it does not leave.
    pub fn revise(
        &mut self,
        before: &StoryItem<'_>,
        after: &StoryItem<'_>,
        _now: Timestamp,
    ) -> RevisionAssignment {
        let changed = change(
            (title_of(before.title), lead_of(before.lead)),
            (title_of(after.title), lead_of(after.lead)),
        );
        let is_correction = changed.as_ref().is_some_and(|change| change.correction);
        let changed = changed.map(|change| change.what);
        let victims = victims(title_of(after.title), lead_of(after.lead));
        let mut reading = self.read(after);
        let mut belongs = true;
        let number = self.items.get(&after.id).copied();
        let old = number.and_then(|number| Some((number, self.take_out(number)?)));
        if let Some((_, old)) = &old {
            let record = &mut reading.record;
            record.time = old.record.time;
            record.began = old.record.began;
            record.flags |= old.record.flags & ItemRecord::PART;
            if !has_all(record, &old.record) {
                record.flags &= !ItemRecord::WHOLE_COPY;
            }
            // Less than joins: what an item goes on about drifts with its event.
            belongs = !self.is_story(old.story)
                || self.score(&reading, old.story).score >= OUTLET_THRESHOLD / 2.0;
        }
        let revised = RevisionAssignment {
            changed,
            is_correction,
            record: reading.record.write(),
            victims,
            belongs,
        };
        if let Some((number, old)) = old {
            let record = reading.record;
            self.put_at(number, Document { record, ..old });
        }
        revised
    }

    /// Takes up what was placed before, in that order, nothing newer left out: as if it had never stopped.
    /// `story` is the one in which it goes on, where its own was merged.
    pub fn restore(
        &mut self,
        item: i64,
        story: i64,
        seen: Timestamp,
        record: &[u8],
    ) -> Result<(), Unreadable> {
        let record = ItemRecord::read(record)?;
        if let Some(number) = self.items.get(&item).copied() {
            self.take_out(number);
        }
        self.put_in(item, story, seconds(seen), record);
        Ok(())
    }

    /// Lets go what has left the window.
    pub fn forget(&mut self, now: Timestamp) {
        let before = seconds(now).saturating_sub(WINDOW.as_secs());
        while let Some(number) = self.documents.left(before) {
            self.take_out(number);
        }
    }

    fn put_in(&mut self, item: i64, story: i64, seen: i64, record: ItemRecord) {
        let number = self.documents.next(seen).or_else(|| {
            self.renumber();
            self.documents.next(seen)
        });
        if let Some(number) = number {
            let document = Document {
                item,
                story,
                seen,
                record,
            };
            self.put_at(number, document);
        }
    }

    /// Numbers are as many as items may come in a lifetime; those in memory are fewer.
    fn renumber(&mut self) {
        let before = std::mem::take(self);
        for document in before.documents.into_all() {
            self.put_in(
                document.item,
                document.story,
                document.seen,
                document.record,
            );
        }
    }

    fn put_at(&mut self, number: u32, document: Document) {
        let record = &document.record;
        self.count(number, record);
        self.labels.add(&record.ends);
        for pair in habits(record) {
            self.leads.add(&pair);
        }
        if record.has(ItemRecord::SPEAKS) {
            for term in record.terms.iter().take(INDEXED_TERMS) {
                self.terms.add(*term, number);
            }
        }
        if !record.has(ItemRecord::WHOLE_COPY) {
            for key in listed(record) {
                self.texts.add(key, number);
            }
        }
        self.join(number, &document);
        self.items.insert(document.item, number);
        self.documents.put(number, document);
    }

    /// The reverse of [`Self::put_at`]; the number stays taken.
    fn take_out(&mut self, number: u32) -> Option<Document> {
        let document = self.documents.take(number)?;
        let record = &document.record;
        self.items.remove(&document.item);
        self.discount(number, record);
        self.labels.remove(&record.ends);
        for pair in habits(record) {
            self.leads.remove(&pair);
        }
        if record.has(ItemRecord::SPEAKS) {
            for term in record.terms.iter().take(INDEXED_TERMS) {
                self.terms.remove(*term, number);
            }
        }
        if !record.has(ItemRecord::WHOLE_COPY) {
            for key in listed(record) {
                self.texts.remove(key, number);
            }
        }
        self.leave(number, &document);
        Some(document)
    }

    /// Counts what an item says, if nothing of its story was counted for its feed.
    fn count(&mut self, number: u32, record: &ItemRecord) {
        let feed = self.feeds.entry(record.feed).or_default();
        feed.items += 1;
        if !record.has(ItemRecord::REPEATS) {
            let language = language::counted_as(record.language);
            self.languages
                .entry(language)
                .or_default()
                .add(&record.terms);
        }
        if record.has(ItemRecord::NOT_RECURRING) {
            return;
        }
        insert_in(&mut feed.recent, number);
        if feed.recent.len() > FEED_STORIES {
            feed.recent.pop_front();
        }
    }

    fn discount(&mut self, number: u32, record: &ItemRecord) {
        let language = language::counted_as(record.language);
        if !record.has(ItemRecord::REPEATS)
            && let Some(frequency) = self.languages.get_mut(&language)
        {
            frequency.remove(&record.terms);
            if frequency.is_empty() {
                self.languages.remove(&language);
            }
        }
        if let Some(feed) = self.feeds.get_mut(&record.feed) {
            feed.items -= 1;
            if let Ok(at) = feed.recent.binary_search(&number) {
                feed.recent.remove(at);
            }
            if feed.items == 0 {
                self.feeds.remove(&record.feed);
            }
        }
    }
}

fn insert_in(numbers: &mut VecDeque<u32>, number: u32) {
    if let Err(at) = numbers.binary_search(&number) {
        numbers.insert(at, number);
    }
}
