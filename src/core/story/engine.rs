//! Items into stories, one after the other.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, VecDeque};

use jiff::Timestamp;

use super::agency::agency;
use super::change::{change, corrects};
use super::grown::Story;
use super::index::Index;
use super::language;
use super::limits::{LINK, SPEAKING, SURE};
use super::reading::{habits, shared_words};
use super::record::{Record, Unreadable};
use super::text::{Labels, lead_of, title_of};
use super::victims::victims;
use super::weights::{FEED_ITEMS, Feed, Frequency};
use super::{Relation, Report, WINDOW};

/// Where an item belongs, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The story: the number of its first item.
    pub story: i64,
    /// What the item is to it.
    pub relation: Relation,
    /// The item whose text it has.
    pub copy_of: Option<i64>,
    /// Whether it is like enough to the story to count as an outlet of it.
    pub sure: bool,
    /// Reads alone.
    pub why: String,
    /// The news agency that it credits.
    pub agency: Option<String>,
    /// The most dead or hurt that it counts.
    pub victims: Option<u32>,
    /// Stories that turned out to be one: the newer, and the older in which it goes on.
    pub merged: Vec<(i64, i64)>,
    /// Stories that report the event in other languages.
    pub linked: Vec<i64>,
    /// What an item says that joins a story to correct it.
    pub corrects: Option<String>,
    /// What [`Engine::restore`] asks for.
    pub record: Vec<u8>,
}

/// What came of an item that was revised.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised {
    /// What it says otherwise, where numbers, names or negations changed.
    pub changed: Option<String>,
    /// Whether what it said before was wrong: see [`Change::correction`](super::change::Change).
    pub is_correction: bool,
    /// In place of the record of before.
    pub record: Vec<u8>,
    /// The most dead or hurt that it counts now.
    pub victims: Option<u32>,
    /// Whether it is like the other items of its story still, if there are others.
    pub belongs: bool,
}

#[derive(Debug)]
pub(super) struct Document {
    pub(super) item: i64,
    pub(super) story: i64,
    pub(super) seen: i64,
    pub(super) record: Record,
}

/// The open stories, in memory.
///
/// What it knows is a function of the records of the items in the window, in the order in which they were
/// placed: that is why it can be made again from the database, and decides as if it had never stopped.
#[derive(Debug, Default)]
pub struct Engine {
    pub(super) documents: VecDeque<Option<Box<Document>>>,
    /// The number of the first of them.
    pub(super) first: u32,
    pub(super) items: HashMap<i64, u32>,
    pub(super) leaving: BinaryHeap<Reverse<(i64, u32)>>,
    pub(super) stories: HashMap<i64, Story>,
    pub(super) closed: BTreeSet<i64>,
    pub(super) languages: HashMap<u32, Frequency>,
    pub(super) feeds: HashMap<u32, Feed>,
    pub(super) index: Index,
    pub(super) labels: Labels,
    pub(super) leads: Labels,
}

pub(super) fn seconds(time: Timestamp) -> i64 {
    time.as_second()
}

impl Engine {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says where an item belongs. It is placed for good.
    pub fn place(&mut self, report: &Report<'_>, now: Timestamp) -> Placed {
        self.forget(now);
        if let Some(number) = self.items.get(&report.id).copied() {
            self.take_out(number);
        }
        let now = seconds(now);
        let time = report.published.map_or(now, seconds).min(now);
        let mut reading = self.read(report);
        reading.record.time = time;
        let candidates = self.candidates(&reading);
        let copy = self.copy(&reading, &candidates);
        let best = self.best(&reading, &candidates);
        let mut linked = Vec::new();
        for candidate in &candidates {
            let other = &self.stories[&candidate.story];
            if !language::is_one(other.language, reading.record.language) && candidate.score >= LINK
            {
                linked.push(candidate.story);
            }
        }
        linked.sort_unstable();
        let alone = reading.record.has(Record::ALONE);
        let mut placed = Placed {
            story: report.id,
            relation: Relation::First,
            copy_of: None,
            sure: true,
            why: String::new(),
            agency: agency(title_of(report.title), lead_of(report.lead), "").map(str::to_owned),
            victims: victims(title_of(report.title), lead_of(report.lead)),
            merged: Vec::new(),
            linked,
            corrects: None,
            record: Vec::new(),
        };
        if let Some((document, says)) = copy {
            let other = self.document(document);
            placed.story = other.story;
            placed.relation = Relation::Copy;
            placed.copy_of = Some(other.item);
            placed.why = format!("{says} another item of the story");
        } else if alone {
            "stands alone: its headline is one that comes back with other content"
                .clone_into(&mut placed.why);
        } else if let Some(best) = best {
            placed.story = best.story;
            placed.relation = Relation::SameEvent;
            placed.sure = best.score >= SURE;
            placed.why = format!("{} with the story", shared_words(&reading, &best.shared));
        } else if let Some(near) = candidates.first() {
            let words = shared_words(&reading, &near.shared);
            placed.why = format!("begins a story: the nearest {words}, too little to be one");
        } else {
            "begins a story: no other of the last 7 days has its words".clone_into(&mut placed.why);
        }
        if placed.relation != Relation::First {
            placed.corrects = corrects(title_of(report.title), lead_of(report.lead));
            if placed.corrects.is_some() {
                placed.relation = Relation::Update;
            }
        }
        let story = self.stories.get(&placed.story);
        reading.record.began = story.map_or(time, |story| story.began);
        let twofold = reading.record.has(Record::TWOFOLD);
        if story.is_none_or(|story| story.speaking.len() < SPEAKING && !twofold) {
            reading.record.flags |= Record::SPEAKS;
        }
        placed.record = reading.record.write();
        let language = reading.record.language;
        self.put_in(report.id, placed.story, now, None, reading.record);
        if placed.relation != Relation::First && !alone && !twofold {
            placed.merged = self.merge(placed.story, &candidates, language);
            if let Some((_, older)) = placed.merged.last() {
                placed.story = *older;
            }
        }
        placed
    }

    /// Takes the new text of an item that is in a story already, which it does not leave.
    pub fn revise(&mut self, before: &Report<'_>, after: &Report<'_>, _now: Timestamp) -> Revised {
        let changed = change(
            (title_of(before.title), lead_of(before.lead)),
            (title_of(after.title), lead_of(after.lead)),
        );
        let is_correction = changed.as_ref().is_some_and(|change| change.correction);
        let changed = changed.map(|change| change.what);
        let victims = victims(title_of(after.title), lead_of(after.lead));
        let mut reading = self.read(after);
        if let Some(number) = self.items.get(&after.id).copied() {
            let old = self.document(number);
            let (story, seen) = (old.story, old.seen);
            reading.record.time = old.record.time;
            reading.record.began = old.record.began;
            reading.record.flags |= old.record.flags & Record::SPEAKS;
            let record = reading.record.write();
            let recent = self.take_out(number);
            if recent {
                let feed = self.feeds.entry(reading.record.feed).or_default();
                insert_in(&mut feed.recent, number);
            }
            // Less than joins: what an item goes on about drifts with its event.
            let belongs = !self.stories.contains_key(&story)
                || self.score(&reading, story).score >= SURE / 2.0;
            self.put_in(after.id, story, seen, Some(number), reading.record);
            return Revised {
                changed,
                is_correction,
                record,
                victims,
                belongs,
            };
        }
        Revised {
            changed,
            is_correction,
            record: reading.record.write(),
            victims,
            belongs: true,
        }
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
        let record = Record::read(record)?;
        self.put_in(item, story, seconds(seen), None, record);
        Ok(())
    }

    /// Nothing joins the story any more.
    pub fn close(&mut self, story: i64) {
        if self.stories.contains_key(&story) {
            self.closed.insert(story);
        }
    }

    /// Lets go what has left the window.
    pub fn forget(&mut self, now: Timestamp) {
        let before = seconds(now).saturating_sub(WINDOW.as_secs());
        while let Some(Reverse((seen, number))) = self.leaving.peek().copied() {
            if seen > before {
                break;
            }
            self.leaving.pop();
            let is_there = self
                .get(number)
                .is_some_and(|document| document.seen == seen);
            if is_there {
                self.take_out(number);
            }
        }
        while self.documents.front().is_some_and(Option::is_none) {
            self.documents.pop_front();
            self.first += 1;
        }
    }

    pub(super) fn get(&self, number: u32) -> Option<&Document> {
        let at = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.documents.get(at)?.as_deref()
    }

    pub(super) fn document(&self, number: u32) -> &Document {
        self.get(number).expect("what is listed is kept")
    }

    pub(super) fn put_in(
        &mut self,
        item: i64,
        story: i64,
        seen: i64,
        number: Option<u32>,
        record: Record,
    ) {
        let end =
            self.first + u32::try_from(self.documents.len()).expect("documents fit into memory");
        let number = number.unwrap_or(end);
        if number == end {
            self.documents.push_back(None);
            self.leaving.push(Reverse((seen, number)));
            let feed = self.feeds.entry(record.feed).or_default();
            feed.recent.push_back(number);
            if feed.recent.len() > FEED_ITEMS
                && let Some(old) = feed.recent.pop_front()
            {
                let old = self.documents[usize::try_from(old - self.first).expect("fits")]
                    .as_deref()
                    .expect("what is listed is kept");
                self.feeds
                    .get_mut(&record.feed)
                    .expect("was just there")
                    .frequency
                    .remove(&old.record.terms);
            }
        }
        let feed = self.feeds.entry(record.feed).or_default();
        if feed.recent.binary_search(&number).is_ok() {
            feed.frequency.add(&record.terms);
        }
        self.languages
            .entry(language::counted_as(record.language))
            .or_default()
            .add(&record.terms);
        self.labels.add(&record.ends);
        for pair in habits(&record) {
            self.leads.add(&pair);
        }
        if record.has(Record::SPEAKS) {
            self.index.add(&record.terms, number);
        }
        let entry = self.stories.entry(story).or_default();
        entry.take(number, &record);
        self.items.insert(item, number);
        self.documents[usize::try_from(number - self.first).expect("fits")] =
            Some(Box::new(Document {
                item,
                story,
                seen,
                record,
            }));
    }

    /// The reverse of [`Self::put_in`]; the number stays taken. Whether it was among the last of its feed.
    pub(super) fn take_out(&mut self, number: u32) -> bool {
        let at = usize::try_from(number - self.first).expect("fits");
        let Some(document) = self.documents[at].take() else {
            return false;
        };
        let mut recent = false;
        let record = &document.record;
        self.items.remove(&document.item);
        if let Some(feed) = self.feeds.get_mut(&record.feed)
            && let Ok(at) = feed.recent.binary_search(&number)
        {
            recent = true;
            feed.recent.remove(at);
            feed.frequency.remove(&record.terms);
            if feed.recent.is_empty() {
                self.feeds.remove(&record.feed);
            }
        }
        let counted = language::counted_as(record.language);
        if let Some(frequency) = self.languages.get_mut(&counted) {
            frequency.remove(&record.terms);
            if frequency.is_empty() {
                self.languages.remove(&counted);
            }
        }
        self.labels.remove(&record.ends);
        for pair in habits(record) {
            self.leads.remove(&pair);
        }
        if record.has(Record::SPEAKS) {
            self.index.remove(&record.terms, number);
        }
        let Some(mut story) = self.stories.remove(&document.story) else {
            return recent;
        };
        story.drop(number, record);
        if story.documents.is_empty() {
            self.closed.remove(&document.story);
            return recent;
        }
        if story.began >= record.began || story.last <= record.time {
            let records = story
                .documents
                .iter()
                .map(|number| &self.document(*number).record);
            story.began = records
                .clone()
                .map(|record| record.began)
                .min()
                .unwrap_or_default();
            story.last = records.map(|record| record.time).max().unwrap_or_default();
        }
        if let Some(first) = story.documents.first() {
            story.language = self.document(*first).record.language;
        }
        self.stories.insert(document.story, story);
        recent
    }
}

pub(super) fn insert_in(numbers: &mut VecDeque<u32>, number: u32) {
    if let Err(at) = numbers.binary_search(&number) {
        numbers.insert(at, number);
    }
}
