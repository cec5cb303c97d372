//! Items into stories, one after the other.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, VecDeque};

use jiff::Timestamp;

use super::index::{INDEXED_TERMS, Index, PLACES};
use super::keys::{Key, hash, keys};
use super::language;
use super::record::{Record, Unreadable};
use super::score::{LIMITS, Limits, UNIT};
use super::text::{Labels, Title, lead_of, plain_hash, title_of};
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
    /// What [`Engine::restore`] asks for.
    pub record: Vec<u8>,
}

/// What came of an item that was revised.
#[derive(Clone, Debug, PartialEq)]
pub struct Revised {
    /// What it says otherwise, where numbers, names or negations changed.
    pub changed: Option<String>,
    /// In place of the record of before.
    pub record: Vec<u8>,
    /// The most dead or hurt that it counts now.
    pub victims: Option<u32>,
}

#[derive(Debug)]
struct Document {
    item: i64,
    story: i64,
    seen: i64,
    record: Record,
}

/// What the items of a story say together.
#[derive(Debug, Default)]
struct Story {
    /// All its items in the window, by number.
    documents: Vec<u32>,
    /// Those among them that take part in what it says.
    speaking: Vec<u32>,
    /// Weights by term, summed over them, sorted by term.
    sum: Vec<(u32, u32)>,
    /// The square of the length of that.
    square: u64,
    began: i64,
    last: i64,
    /// The feed of all its items, or several.
    feeds: BTreeMap<u32, u32>,
    language: u32,
}

/// A story takes no more items into what it says.
const SPEAKING: usize = 256;
/// Items of a story that a text is compared with.
const COMPARED: usize = 64;
/// Stories that are looked at closely.
const CANDIDATES: usize = 10;
/// An item of fewer terms joins nothing but what says the same.
const FEWEST_TERMS: usize = 4;
/// Terms that are kept of an item.
const TERMS: usize = 96;

/// The open stories, in memory.
///
/// What it knows is a function of the records of the items in the window, in the order in which they were
/// placed: that is why it can be made again from the database, and decides as if it had never stopped.
#[derive(Debug, Default)]
pub struct Engine {
    documents: VecDeque<Option<Box<Document>>>,
    /// The number of the first of them.
    first: u32,
    items: HashMap<i64, u32>,
    leaving: BinaryHeap<Reverse<(i64, u32)>>,
    stories: HashMap<i64, Story>,
    closed: BTreeSet<i64>,
    languages: HashMap<u32, Frequency>,
    feeds: HashMap<u32, Feed>,
    index: Index,
    labels: Labels,
    leads: Labels,
    limits: Option<Limits>,
}

/// An item read, before it is compared.
struct Reading<'a> {
    title: &'a str,
    lead: &'a str,
    record: Record,
    /// Terms with how often they occur, those of the headline twice, and the first place of each.
    words: HashMap<u32, String>,
    short: bool,
    copy_only: bool,
}

struct Candidate {
    story: i64,
    score: f64,
    evidence: f64,
    shared: Vec<u32>,
}

fn seconds(time: Timestamp) -> i64 {
    time.as_second()
}

impl Engine {
    /// Knows nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub fn with(limits: Limits) -> Self {
        Self {
            limits: Some(limits),
            ..Self::default()
        }
    }

    fn limits(&self) -> &Limits {
        self.limits.as_ref().unwrap_or(&LIMITS)
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
            if !language::is_one(other.language, reading.record.language)
                && candidate.score >= self.limits().link
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
            agency: None,
            victims: None,
            merged: Vec::new(),
            linked,
            record: Vec::new(),
        };
        if let Some((document, says)) = copy {
            let other = self.document(document);
            placed.story = other.story;
            placed.relation = Relation::Copy;
            placed.copy_of = Some(other.item);
            placed.why = says.to_owned();
        } else if alone {
            placed.why =
                "stands alone: its headline is one that comes back with other content".to_owned();
        } else if let Some(best) = best {
            placed.story = best.story;
            placed.relation = Relation::SameEvent;
            placed.sure = best.score >= self.limits().sure;
            placed.why = self.shared_words(&reading, &best.shared);
        } else if let Some(near) = candidates.first() {
            placed.why = format!(
                "begins a story: the nearest, {}, has too little in common with it",
                near.story
            );
        } else {
            placed.why = "begins a story: no other of the last 7 days has its words".to_owned();
        }
        let story = self.stories.get(&placed.story);
        reading.record.began = story.map_or(time, |story| story.began);
        if story.is_none_or(|story| story.speaking.len() < SPEAKING) {
            reading.record.flags |= Record::SPEAKS;
        }
        placed.record = reading.record.write();
        let language = reading.record.language;
        self.put_in(report.id, placed.story, now, None, reading.record);
        if placed.relation != Relation::First && !alone {
            placed.merged = self.merge(placed.story, &candidates, language);
            if let Some((_, older)) = placed.merged.last() {
                placed.story = *older;
            }
        }
        placed
    }

    /// Takes the new text of an item that is in a story already, which it does not leave.
    pub fn revise(&mut self, before: &Report<'_>, after: &Report<'_>, _now: Timestamp) -> Revised {
        let _ = before;
        let mut reading = self.read(after);
        if let Some(number) = self.items.get(&after.id).copied() {
            let old = self.document(number);
            let (story, seen) = (old.story, old.seen);
            reading.record.time = old.record.time;
            reading.record.began = old.record.began;
            reading.record.flags |= old.record.flags & Record::SPEAKS;
            let record = reading.record.write();
            self.take_out(number);
            self.put_in(after.id, story, seen, Some(number), reading.record);
            return Revised {
                changed: None,
                record,
                victims: None,
            };
        }
        Revised {
            changed: None,
            record: reading.record.write(),
            victims: None,
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

    fn get(&self, number: u32) -> Option<&Document> {
        let at = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.documents.get(at)?.as_deref()
    }

    fn document(&self, number: u32) -> &Document {
        self.get(number).expect("what is listed is kept")
    }

    fn put_in(&mut self, item: i64, story: i64, seen: i64, number: Option<u32>, record: Record) {
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

    /// The reverse of [`Self::put_in`]; the number stays taken.
    fn take_out(&mut self, number: u32) {
        let at = usize::try_from(number - self.first).expect("fits");
        let Some(document) = self.documents[at].take() else {
            return;
        };
        let record = &document.record;
        self.items.remove(&document.item);
        if let Some(feed) = self.feeds.get_mut(&record.feed)
            && let Ok(at) = feed.recent.binary_search(&number)
        {
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
            return;
        };
        story.drop(number, record);
        if story.documents.is_empty() {
            self.closed.remove(&document.story);
            return;
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
    }

    fn read<'a>(&self, report: &Report<'a>) -> Reading<'a> {
        let limits = self.limits();
        let title = Title::of(title_of(report.title));
        let ends = title.ends();
        let mut lead = lead_of(report.lead);
        let stripped = self.labels.strip(&title, &ends);
        let primary = language::primary(report.language);
        let text = [stripped, lead].join(" ");
        let language = language::code(primary.as_deref(), &text);
        let feed = if report.feed.is_empty() {
            0
        } else {
            hash(report.feed.as_bytes())
        };
        let voice = if report.outlet.is_empty() {
            feed
        } else {
            hash(report.outlet.as_bytes())
        };
        let title_hash = plain_hash(stripped);
        let lead_hash = plain_hash(lead);
        let mut record = Record {
            language,
            feed,
            outlet: voice,
            title: title_hash,
            core: plain_hash(title.core()),
            lead: lead_hash,
            ends,
            ..Record::default()
        };
        let title_keys = keys(stripped, primary.as_deref());
        let (mask, template) = mask(stripped, &title_keys);
        record.series = mask;
        if template && self.leads.others([mix(voice, mask, SERIES), title_hash]) > 0 {
            record.flags |= Record::ALONE;
        }
        if lead_hash != 0 && self.leads.others([mix(voice, lead_hash, LEAD), title_hash]) > 1 {
            lead = "";
        }
        let lead_keys = keys(lead, primary.as_deref());
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        let mut words = HashMap::new();
        for (keys, text, times) in [(&title_keys, stripped, limits.title), (&lead_keys, lead, 1)] {
            for key in keys {
                *counts.entry(key.hash).or_insert(0) += times;
                words
                    .entry(key.hash)
                    .or_insert_with(|| text[key.start..key.end].to_owned());
            }
        }
        self.weigh(&mut record, counts);
        record.names = self.names(&title_keys, &lead_keys, language);
        record.shingles = shingles(lead);
        Reading {
            title: stripped,
            lead,
            short: record.terms.len() <= limits.short,
            copy_only: record.terms.len() < FEWEST_TERMS,
            record,
            words,
        }
    }

    fn weigh(&self, record: &mut Record, counts: BTreeMap<u32, u32>) {
        let mut terms: Vec<(f64, u32)> = counts
            .into_iter()
            .map(|(term, count)| {
                let weight =
                    self.idf(record.language, record.feed, term) * (1.0 + f64::from(count).ln());
                (weight, term)
            })
            .collect();
        terms.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        terms.truncate(TERMS);
        let dense = record.language >> 24 == 4 || record.language >> 24 == 0;
        let heaviest = if dense { 64 } else { self.limits().heaviest };
        let heaviest = &terms[..terms.len().min(heaviest)];
        let length = heaviest
            .iter()
            .map(|(weight, _)| weight * weight)
            .sum::<f64>()
            .sqrt();
        record.weights = heaviest
            .iter()
            .map(|(weight, _)| {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                let whole = (weight / length.max(f64::MIN_POSITIVE) * UNIT).round() as u16;
                whole
            })
            .collect();
        record.terms = terms.into_iter().map(|(_, term)| term).collect();
    }

    fn idf(&self, language: u32, feed: u32, term: u32) -> f64 {
        let idf = self
            .languages
            .get(&language::counted_as(language))
            .map_or(1_000.0_f64.ln(), |frequency| frequency.idf(term));
        // A single feed has no habits that tell it from others.
        if self.feeds.len() < 2 || feed == 0 {
            return idf;
        }
        self.feeds
            .get(&feed)
            .map_or(idf, |feed| idf.min(feed.ceiling(term)).max(0.0))
    }

    /// The rarest names.
    fn names(&self, title: &[Key], lead: &[Key], language: u32) -> Box<[u32]> {
        let words = title.iter().filter(|key| !key.number && !key.begins);
        let capitals = words.clone().filter(|key| key.capital).count();
        let all = words.count();
        // A headline in which Most Words Are Capitalised tells no names.
        let title_case = all >= 3 && capitals * 10 >= all * 7;
        let mut names: BTreeSet<u32> = BTreeSet::new();
        let sure = title
            .iter()
            .filter(|_| !title_case)
            .chain(lead)
            .filter(|key| key.capital && !key.begins && !key.number);
        names.extend(sure.map(|key| key.hash));
        let mut names: Vec<u32> = names.into_iter().collect();
        let frequency = self.languages.get(&language::counted_as(language));
        names.sort_by_key(|name| {
            (
                frequency.map_or(0, |frequency| frequency.with(*name)),
                *name,
            )
        });
        names.truncate(3);
        names.into()
    }

    /// The open stories that have most of the item's rarest words, best first.
    fn candidates(&self, reading: &Reading<'_>) -> Vec<Candidate> {
        let record = &reading.record;
        let mut found: HashMap<i64, (u64, u32)> = HashMap::new();
        let mut places = 0;
        for (at, (term, weight)) in record.weighted().take(INDEXED_TERMS).enumerate() {
            let bit = 1 << at;
            for number in self.index.with(term) {
                if places >= PLACES {
                    break;
                }
                places += 1;
                let entry = found.entry(self.document(number).story).or_default();
                if entry.1 & bit == 0 {
                    entry.1 |= bit;
                    entry.0 += u64::from(weight) * u64::from(weight);
                }
            }
        }
        let mut found: Vec<(u64, i64)> = found
            .into_iter()
            .filter(|(story, _)| self.is_open(*story, record.time))
            .map(|(story, (weight, _))| (weight, story))
            .collect();
        found.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(&a.1)));
        found.truncate(CANDIDATES);
        let mut candidates: Vec<Candidate> = found
            .into_iter()
            .map(|(_, story)| self.score(reading, story))
            .collect();
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.story.cmp(&b.story)));
        candidates
    }

    fn is_open(&self, story: i64, time: i64) -> bool {
        let window = WINDOW.as_secs();
        let story_is = &self.stories[&story];
        !self.closed.contains(&story)
            && time - story_is.last <= window
            && (time - story_is.began).abs() <= window
    }

    fn score(&self, reading: &Reading<'_>, id: i64) -> Candidate {
        let limits = self.limits();
        let record = &reading.record;
        let story = &self.stories[&id];
        let mut dot = 0;
        let mut evidence = 0.0;
        let mut shared = Vec::new();
        for (term, weight) in record.weighted() {
            let of_story = self.weight_in(story, term);
            if of_story > 0 {
                dot += u64::from(weight) * u64::from(of_story);
                evidence += self.idf(record.language, record.feed, term);
                shared.push(term);
            }
        }
        #[allow(clippy::cast_precision_loss)]
        let likeness = {
            let length = (story.square as f64).sqrt() / UNIT;
            let items = story.speaking.len() as f64;
            dot as f64 / (UNIT * UNIT) / (items * length).sqrt().max(f64::MIN_POSITIVE)
        };
        let away = (record.time - story.last)
            .max(story.began - record.time)
            .max(0);
        #[allow(clippy::cast_precision_loss)]
        let days = away as f64 / 86_400.0;
        let mut score = likeness * (-days / limits.days).exp();
        let asked = if reading.short {
            limits.evidence_short
        } else {
            limits.evidence
        };
        if evidence < asked {
            score *= (evidence / asked).powi(2);
        }
        let names = self.names_of(story);
        if !names.is_empty() && !record.names.is_empty() {
            let known = record
                .names
                .iter()
                .any(|name| self.weight_in(story, *name) > 0)
                || names.iter().any(|name| record.terms.contains(name));
            if !known {
                score *= if reading.short {
                    limits.strangers_short
                } else {
                    limits.strangers
                };
            }
        }
        if self.feeds.len() > 1
            && record.feed != 0
            && story.feeds.len() == 1
            && story.feeds.contains_key(&record.feed)
        {
            score *= limits.one_feed;
        }
        Candidate {
            story: id,
            score,
            evidence,
            shared,
        }
    }

    fn weight_in(&self, story: &Story, term: u32) -> u32 {
        story
            .sum
            .binary_search_by_key(&term, |(term, _)| *term)
            .map_or(0, |at| story.sum[at].1)
    }

    /// The names that most of a story's items have, then the rarest.
    fn names_of(&self, story: &Story) -> Vec<u32> {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for number in story.speaking.iter().rev().take(COMPARED) {
            for name in &self.document(*number).record.names {
                *counts.entry(*name).or_insert(0) += 1;
            }
        }
        let frequency = self.languages.get(&language::counted_as(story.language));
        let mut names: Vec<(u32, u32)> = counts.into_iter().collect();
        names.sort_by_key(|(name, count)| {
            (
                Reverse(*count),
                frequency.map_or(0, |frequency| frequency.with(*name)),
                *name,
            )
        });
        names.into_iter().take(3).map(|(name, _)| name).collect()
    }

    /// The item whose text this one has.
    fn copy(&self, reading: &Reading<'_>, candidates: &[Candidate]) -> Option<(u32, &'static str)> {
        let record = &reading.record;
        let words = reading.title.split_whitespace().count();
        let mut found: Option<(u32, &'static str)> = None;
        for candidate in candidates {
            let story = &self.stories[&candidate.story];
            for number in story.speaking.iter().rev().take(COMPARED) {
                let other = &self.document(*number).record;
                let same_title = record.title != 0 && record.title == other.title;
                let says = if same_title && record.lead == other.lead {
                    "has the headline and the lead of another item"
                } else if is_same(&record.shingles, &other.shingles) {
                    "has the text of another item"
                } else if same_title
                    && words >= 5
                    && (record.shingles.len() < 6 || other.shingles.len() < 6)
                {
                    "has the headline of another item"
                } else {
                    continue;
                };
                if record.has(Record::ALONE) && !same_title {
                    continue;
                }
                if found.is_none_or(|(best, _)| *number < best) {
                    found = Some((*number, says));
                }
            }
            if found.is_some() {
                break;
            }
        }
        found
    }

    fn best<'c>(
        &self,
        reading: &Reading<'_>,
        candidates: &'c [Candidate],
    ) -> Option<&'c Candidate> {
        let limits = self.limits();
        if reading.copy_only {
            return None;
        }
        let join = if reading.short {
            limits.join_short
        } else {
            limits.join
        };
        candidates.iter().find(|candidate| {
            candidate.score >= join
                && language::is_one(
                    self.stories[&candidate.story].language,
                    reading.record.language,
                )
        })
    }

    /// Stories that turn out to be the one that an item has just joined.
    fn merge(&mut self, story: i64, candidates: &[Candidate], language: u32) -> Vec<(i64, i64)> {
        let mut current = story;
        let mut merged = Vec::new();
        let join = self.limits().join_short;
        for other in candidates
            .iter()
            .filter(|candidate| candidate.score >= join)
            .map(|candidate| candidate.story)
        {
            if other == current
                || !self.stories.contains_key(&other)
                || self.closed.contains(&other)
                || self.closed.contains(&current)
            {
                continue;
            }
            let [a, b] = [&self.stories[&current], &self.stories[&other]];
            if a.speaking.len() < 2
                || b.speaking.len() < 2
                || !language::is_one(b.language, language)
            {
                continue;
            }
            if self.likeness(a, b) < self.limits().merge {
                continue;
            }
            let (older, newer) = (current.min(other), current.max(other));
            let from = self.stories.remove(&newer).expect("is there");
            for number in &from.documents {
                let at = usize::try_from(number - self.first).expect("fits");
                if let Some(document) = &mut self.documents[at] {
                    document.story = older;
                }
            }
            let mut into = self.stories.remove(&older).expect("is there");
            into.unite(from);
            if let Some(first) = into.documents.first() {
                into.language = self.document(*first).record.language;
            }
            self.stories.insert(older, into);
            merged.push((newer, older));
            current = older;
        }
        merged
    }

    /// How much two stories say the same.
    fn likeness(&self, a: &Story, b: &Story) -> f64 {
        let mut dot = 0_u64;
        let mut evidence = 0.0;
        let (small, large) = if a.sum.len() < b.sum.len() {
            (a, b)
        } else {
            (b, a)
        };
        for (term, weight) in &small.sum {
            let other = self.weight_in(large, *term);
            if other > 0 {
                dot += u64::from(*weight) * u64::from(other);
                evidence += self.idf(a.language, 0, *term);
            }
        }
        #[allow(clippy::cast_precision_loss)]
        let likeness = {
            let lengths = [a, b]
                .map(|story| (story.square as f64).sqrt() / UNIT * story.speaking.len() as f64);
            dot as f64 / (UNIT * UNIT) / (lengths[0] * lengths[1]).sqrt().max(f64::MIN_POSITIVE)
        };
        let away = (a.began - b.last).max(b.began - a.last).max(0);
        #[allow(clippy::cast_precision_loss)]
        let days = away as f64 / 86_400.0;
        let asked = self.limits().evidence;
        likeness * (-days / self.limits().days).exp() * (evidence / asked).min(1.0).powi(2)
    }

    fn shared_words(&self, reading: &Reading<'_>, shared: &[u32]) -> String {
        const NAMED: usize = 3;
        let words: Vec<String> = shared
            .iter()
            .filter_map(|term| reading.words.get(term))
            .take(NAMED)
            .map(|word| format!("“{word}”"))
            .collect();
        let more = shared.len() - words.len();
        let words = words.join(", ");
        match more {
            0 => format!("shares {words} with the story"),
            1 => format!("shares {words} and 1 more word with the story"),
            more => format!("shares {words} and {more} more words with the story"),
        }
    }
}

impl Story {
    fn take(&mut self, number: u32, record: &Record) {
        if self.documents.is_empty() {
            self.began = record.began;
            self.last = record.time;
        }
        if self.documents.first().is_none_or(|first| number < *first) {
            self.language = record.language;
        }
        self.began = self.began.min(record.began);
        self.last = self.last.max(record.time);
        insert(&mut self.documents, number);
        *self.feeds.entry(record.feed).or_insert(0) += 1;
        if !record.has(Record::SPEAKS) {
            return;
        }
        insert(&mut self.speaking, number);
        for (term, weight) in record.weighted() {
            let weight = u32::from(weight);
            match self.sum.binary_search_by_key(&term, |(term, _)| *term) {
                Ok(at) => {
                    let sum = &mut self.sum[at].1;
                    self.square += 2 * u64::from(*sum) * u64::from(weight)
                        + u64::from(weight) * u64::from(weight);
                    *sum += weight;
                }
                Err(at) => {
                    self.square += u64::from(weight) * u64::from(weight);
                    self.sum.insert(at, (term, weight));
                }
            }
        }
    }

    fn drop(&mut self, number: u32, record: &Record) {
        if let Ok(at) = self.documents.binary_search(&number) {
            self.documents.remove(at);
        }
        super::weights::count_down_sorted(&mut self.feeds, record.feed);
        if !record.has(Record::SPEAKS) {
            return;
        }
        if let Ok(at) = self.speaking.binary_search(&number) {
            self.speaking.remove(at);
        }
        for (term, weight) in record.weighted() {
            if let Ok(at) = self.sum.binary_search_by_key(&term, |(term, _)| *term) {
                let sum = &mut self.sum[at].1;
                *sum -= u32::from(weight);
                self.square -=
                    2 * u64::from(*sum) * u64::from(weight) + u64::from(weight) * u64::from(weight);
                if *sum == 0 {
                    self.sum.remove(at);
                }
            }
        }
    }

    fn unite(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.documents.sort_unstable();
        self.speaking.extend(other.speaking);
        self.speaking.sort_unstable();
        for (term, weight) in other.sum {
            match self.sum.binary_search_by_key(&term, |(term, _)| *term) {
                Ok(at) => self.sum[at].1 += weight,
                Err(at) => self.sum.insert(at, (term, weight)),
            }
        }
        self.square = self
            .sum
            .iter()
            .map(|(_, sum)| u64::from(*sum) * u64::from(*sum))
            .sum();
        self.began = self.began.min(other.began);
        self.last = self.last.max(other.last);
        for (feed, items) in other.feeds {
            *self.feeds.entry(feed).or_insert(0) += items;
        }
    }
}

fn insert(numbers: &mut Vec<u32>, number: u32) {
    if let Err(at) = numbers.binary_search(&number) {
        numbers.insert(at, number);
    }
}

const LEAD: u32 = 0x6c65_6164;
const SERIES: u32 = 0x7365_7269;

fn mix(voice: u32, what: u32, kind: u32) -> u32 {
    let mut bytes = [0; 12];
    bytes[..4].copy_from_slice(&voice.to_le_bytes());
    bytes[4..8].copy_from_slice(&what.to_le_bytes());
    bytes[8..].copy_from_slice(&kind.to_le_bytes());
    hash(&bytes).max(1)
}

/// What a voice says again and again: its leads and the forms of its headlines, each with the headline.
fn habits(record: &Record) -> impl Iterator<Item = super::text::Ends> + use<> {
    let voice = record.outlet;
    let title = record.title;
    [(record.lead, LEAD), (record.series, SERIES)]
        .into_iter()
        .filter(|(what, _)| *what != 0)
        .map(move |(what, kind)| super::text::Ends {
            leading: [mix(voice, what, kind), title],
            trailing: [0; 2],
        })
}

/// The form of a headline, numbers and names masked, and whether that is what a template makes.
fn mask(title: &str, keys: &[Key]) -> (u32, bool) {
    let words = keys.iter().filter(|key| !key.number && !key.begins);
    let capitals = words.clone().filter(|key| key.capital).count();
    let all = words.count();
    let title_case = all >= 3 && capitals * 10 >= all * 7;
    let mut form: Vec<u8> = Vec::with_capacity(64);
    let (mut content, mut numbers, mut names) = (0, 0, 0);
    for key in keys {
        let has_digit = title[key.start..key.end]
            .bytes()
            .any(|byte| byte.is_ascii_digit());
        if key.number || has_digit {
            numbers += 1;
            form.push(b'#');
        } else if key.capital && !key.begins && !title_case {
            // Names of any number of words are one place in the form.
            if form.last() != Some(&b'@') {
                form.push(b'@');
            }
            names += 1;
        } else {
            content += 1;
            form.extend(key.hash.to_le_bytes());
        }
    }
    let masked = numbers + names;
    let template = masked > 0
        && (content <= 4 || masked >= content)
        && !(names > 0 && numbers <= 1 && content >= 3);
    if form.is_empty() {
        (0, false)
    } else {
        (hash(&form).max(1), template)
    }
}

fn shingles(lead: &str) -> Box<[u32]> {
    let words: Vec<String> = lead
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let mut shingles: Vec<u32> = words
        .windows(4)
        .map(|four| hash(four.join(" ").as_bytes()))
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles.into()
}

fn is_same(a: &[u32], b: &[u32]) -> bool {
    let shared = a
        .iter()
        .filter(|shingle| b.binary_search(shingle).is_ok())
        .count();
    shared >= 8 && shared * 2 >= a.len().min(b.len())
}
