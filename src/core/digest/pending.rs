//! What is owed, by numbers and sort keys, in little room: a million hits are owed after a bad week.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::HitOrigin;
use super::ranking::{HeadlineKind, RankingClass, RankingFeatures};
use super::recipient::Language;
use super::top_k::StringInterner;
use crate::core::alert::is_significant_update;

/// One owed hit, by what decides whether and where its item is shown.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
#[derive(Clone, Copy, Debug)]
pub struct PendingHitKey<'a> {
    /// The entry; several hits may share it.
    pub entry_id: i64,
    /// The story of the entry; `None` where it belongs to none, and where the watch wants each item by itself.
    pub story: Option<i64>,
    /// The feed.
    pub feed_id: &'a str,
    /// The outlet of the feed.
    pub outlet: &'a str,
    /// The watch.
    pub watch_id: &'a str,
    /// Its title.
    pub watch_title: &'a str,
    /// Its topic.
    pub topic: &'a str,
    /// The watch's score for it.
    pub score: i64,
    /// Whether it matched in the headline or the first lines.
    pub in_lead: bool,
    /// Different terms of it that matched.
    pub terms: u16,
    /// When it was published, else first seen.
    pub time: Timestamp,
    /// Whether it carries a text that another item of its story has as well.
    pub is_copy: bool,
    /// BCP 47 tag of its language, if it says so.
    pub language: Option<&'a str>,
    /// Whether it corrects what was told.
    pub corrects: bool,
    /// The most dead or hurt that it counts.
    pub victims: Option<u32>,
    /// Whether its watch finds far more than is its habit.
    pub unusual: bool,
    /// Whether it is to be told at once.
    pub urgent: bool,
    /// Whether its watch calls it urgent, to a reader who takes no alerts: so it is, unless it says nothing new.
    pub called_urgent: bool,
    /// Whether it went out as an alert already.
    pub alerted: bool,
    /// How it came.
    pub origin: HitOrigin,
}

/// What the reader was told of a story before, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportedBefore {
    /// The watches that had matched.
    pub watches: BTreeSet<String>,
    /// The outlets whose items it were.
    pub outlets: BTreeSet<String>,
    /// The most dead or hurt that it counted.
    pub victims: Option<u32>,
}

impl ReportedBefore {
    /// Whether a hit says anything that was not told: a watch that had not matched, a correction, half as many
    /// victims more.
    fn is_news(&self, key: &PendingHitKey<'_>) -> bool {
        is_significant_update(key.corrects, key.victims, self.victims)
            || !self.watches.contains(key.watch_id)
    }
}

/// What is owed, in sixty-four bytes an item.
#[derive(Debug, Default)]
pub struct PendingItems {
    pub(super) names: StringInterner,
    pub(super) watches: Watches,
    pub(super) told: HashMap<i64, ReportedBefore>,
    /// Of each feed.
    pub(super) outlets: HashMap<u32, u32>,
    pub(super) items: Vec<Item>,
    pub(super) hits: usize,
    language: Language,
}

/// One item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub entry_id: i64,
    /// Its number, or less than nothing for an item of none.
    pub story: i64,
    /// Seconds since 1970.
    pub time: u32,
    /// A bit for each watch, by its number; beyond 64 of them, several share one.
    pub watches: u64,
    /// Of all its watches.
    pub score: i32,
    /// The watch that matches best, which gives the topic.
    pub best: WatchScore,
    pub feed: u32,
    pub terms: u8,
    pub victims: u8,
    pub marks: PendingItemFlags,
    pub part: DigestSection,
}

/// How well a watch matches: the highest score, then the most terms.
#[derive(Clone, Copy, Debug)]
pub(super) struct WatchScore {
    pub score: i32,
    pub terms: u8,
    /// Its number among [`Watches`].
    pub watch: u32,
}

impl WatchScore {
    pub fn strength(&self) -> (i32, u8) {
        (self.score, self.terms)
    }
}

/// What is true of an item.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
pub(super) struct PendingItemFlags {
    pub urgent: bool,
    pub unusual: bool,
    pub in_lead: bool,
    pub is_copy: bool,
    pub is_readable: bool,
    /// Whether it says what the reader was not told of its story.
    pub is_news: bool,
    /// Whether it corrects what the reader was told.
    pub corrects: bool,
    /// Whether no mail told of its story by an item of its outlet.
    pub is_fresh: bool,
}

/// Where an item is told: one that belongs into several parts by its hits, in the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DigestSection {
    Archive,
    Alerted,
    Later,
    New,
}

/// Greater is better; see [`RankingFeatures`].
pub(super) type Rank = (RankingClass, i32, u32, Reverse<i64>);

/// What makes an item the one that is shown of its story: that it corrects what was told, its own words, what is new,
/// what the reader reads. Greater is better.
type LeadRank = (bool, bool, bool, bool, bool, Rank);

impl Item {
    pub fn ranking_features(&self, end: Timestamp) -> RankingFeatures {
        RankingFeatures {
            urgent: self.marks.urgent,
            // Headlines are read of what may be shown alone.
            headline: HeadlineKind::Plain,
            unusual: self.marks.unusual,
            score: self.score,
            in_lead: self.marks.in_lead,
            terms: u16::from(self.terms),
            watches: self.watches.count_ones(),
            victims: self.victims,
            outlets: 1,
            time: Timestamp::from_second(i64::from(self.time)).unwrap_or(Timestamp::MIN),
            end,
        }
    }

    pub fn rank(&self, end: Timestamp) -> Rank {
        let merits = self.ranking_features(end);
        (
            merits.class(),
            merits.points(),
            self.time,
            Reverse(self.entry_id),
        )
    }

    pub fn lead_rank(&self, end: Timestamp) -> LeadRank {
        (
            self.marks.corrects,
            !self.marks.is_copy,
            self.marks.is_news,
            self.marks.is_fresh,
            self.marks.is_readable,
            self.rank(end),
        )
    }

    /// Whether it tells the story in its own words, and is the first of its outlet to be told.
    pub fn is_new_source(&self) -> bool {
        self.marks.is_fresh && !self.marks.is_copy
    }

    /// Takes in another hit of the same item, those of one watch one after the other, the best before the others.
    fn join(&mut self, other: &Self, watches: &Watches) {
        if watches.is_better(&other.best, &self.best) {
            self.best = other.best;
        }
        // Of a watch that matched a revision too, the better hit came before.
        if self.watches & other.watches != other.watches {
            self.score = self.score.saturating_add(other.score);
            self.terms = self.terms.saturating_add(other.terms);
        }
        self.watches |= other.watches;
        // A watch that wants each item by itself has its way.
        self.story = self.story.min(other.story);
        self.victims = self.victims.max(other.victims);
        self.marks.urgent |= other.marks.urgent;
        self.marks.unusual |= other.marks.unusual;
        self.marks.in_lead |= other.marks.in_lead;
        self.marks.is_news |= other.marks.is_news;
        self.marks.corrects |= other.marks.corrects;
        self.part = self.part.max(other.part);
    }
}

impl PendingItems {
    /// Nothing yet, with room for so many hits, for a reader of this language who was told of these stories
    /// before.
    pub fn new(hits: usize, language: Language, told: HashMap<i64, ReportedBefore>) -> Self {
        Self {
            items: Vec::with_capacity(hits),
            language,
            told,
            ..Self::default()
        }
    }

    /// Adds a hit, in any order.
    pub fn add(&mut self, key: &PendingHitKey<'_>) {
        self.hits += 1;
        let feed = self.names.number(key.feed_id);
        if !self.outlets.contains_key(&feed) {
            let outlet = self.names.number(key.outlet);
            self.outlets.insert(feed, outlet);
        }
        let bound = i64::from(i32::MAX);
        let score = i32::try_from(key.score.clamp(-bound, bound)).unwrap_or(0);
        let terms = u8::try_from(key.terms).unwrap_or(u8::MAX);
        let item = Item {
            entry_id: key.entry_id,
            story: key.story.unwrap_or(-key.entry_id - 1),
            time: u32::try_from(key.time.as_second().max(0)).unwrap_or(u32::MAX),
            watches: 1 << (self.names.number(key.watch_id) % 64),
            score,
            best: WatchScore {
                score,
                terms,
                watch: self.watches.number(key),
            },
            feed,
            terms,
            victims: u8::try_from(key.victims.unwrap_or(0)).unwrap_or(u8::MAX),
            marks: self.marks(key),
            part: match key.origin {
                _ if key.alerted => DigestSection::Alerted,
                HitOrigin::New => DigestSection::New,
                HitOrigin::Archive => DigestSection::Archive,
                HitOrigin::Later => DigestSection::Later,
            },
        };
        self.items.push(item);
    }

    fn marks(&self, key: &PendingHitKey<'_>) -> PendingItemFlags {
        let told = key.story.and_then(|story| self.told.get(&story));
        let is_news = told.is_none_or(|told| told.is_news(key));
        PendingItemFlags {
            urgent: key.urgent || key.called_urgent && is_news,
            unusual: key.unusual,
            in_lead: key.in_lead,
            is_copy: key.is_copy,
            is_readable: key.language.is_some_and(|tag| self.language.is_of(tag)),
            is_news,
            corrects: key.corrects && told.is_some(),
            is_fresh: told.is_none_or(|told| !told.outlets.contains(key.outlet)),
        }
    }

    /// Makes one item of the hits of each entry, whatever their order.
    pub(super) fn unite(&mut self) {
        self.items.sort_unstable_by_key(|item| {
            let strength = Reverse(item.best.strength());
            (item.entry_id, item.watches, strength)
        });
        let watches = &self.watches;
        self.items.dedup_by(|other, kept| {
            let same = other.entry_id == kept.entry_id;
            if same {
                kept.join(other, watches);
            }
            same
        });
    }
}

/// Watches as hits name them, each kept once.
#[derive(Debug, Default)]
pub(super) struct Watches {
    names: StringInterner,
    /// Title, id, topic.
    all: Vec<[u32; 3]>,
    numbers: HashMap<[u32; 3], u32>,
}

impl Watches {
    fn number(&mut self, key: &PendingHitKey<'_>) -> u32 {
        let watch = [key.watch_title, key.watch_id, key.topic].map(|name| self.names.number(name));
        *self.numbers.entry(watch).or_insert_with(|| {
            self.all.push(watch);
            u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
        })
    }

    /// Title, id and topic of the watch of that number.
    pub fn names(&self, number: u32) -> [&str; 3] {
        let watch = self.all.get(number as usize);
        watch.map_or([""; 3], |watch| watch.map(|name| self.names.name(name)))
    }

    /// The number of the topic of the watch of that number: no other topic has it.
    pub fn topic(&self, number: u32) -> u32 {
        let watch = self.all.get(number as usize);
        watch.map_or(u32::MAX, |[.., topic]| *topic)
    }

    /// Whether one matches better; of equals, the first by title, and by id, is the best whatever their order.
    pub fn is_better(&self, one: &WatchScore, than: &WatchScore) -> bool {
        one.strength() > than.strength()
            || one.strength() == than.strength() && self.names(one.watch) < self.names(than.watch)
    }
}
