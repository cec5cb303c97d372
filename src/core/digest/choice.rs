//! What a mail shows of what is owed, chosen by numbers and sort keys: texts are loaded for what was
//! chosen, and for nothing else.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use jiff::Timestamp;

use super::clean::clean_line;
use super::compose::NAME_CHARS;
use super::rank::Merits;
use super::{ALSO_MAX, Language, Manner, REPORTS_MAX};
use crate::core::alert::says_more;

/// Stories shown in full at most; a mail has room for fewer as a rule.
pub const FULL_MAX: usize = 32;
/// Stories shown as headlines at most, likewise.
pub const HEADLINES_MAX: usize = 200;
/// Items sent before, as alerts, that are shown at most.
pub const ALERTED_MAX: usize = 60;
/// Items found later that are shown at most.
pub const LATER_MAX: usize = 60;

/// Stories of which more is told in a line each at most.
pub const DEVELOPING_MAX: usize = 40;
/// The best stories of which the outlets are counted: more than can be shown, for they change the order.
const RANKED_MAX: usize = 2_000;

/// Items in full that a loud feed keeps at least where the only others are one or two feeds with less to
/// tell.
const LOUD_MIN: usize = FULL_MAX / 4;

/// Shares the places for full items out. No feed takes more than a quarter of the items that are really
/// shown in full when others have some; of two or three feeds, none takes more than its part, but when
/// the others are told in full to the last item, the loud one keeps eight places: a digest of one quiet
/// item and one loud feed would show two items else.
///
/// `totals` gives the items of each feed. `take` chooses, with so many of one feed at most.
pub fn share_out<Feed: Ord, T>(
    totals: &BTreeMap<Feed, usize>,
    places: usize,
    feed_of: impl Fn(&T) -> Feed,
    take: impl Fn(usize) -> Vec<T>,
) -> Vec<T> {
    let shares = totals.len().clamp(1, 4);
    let few = (2..4).contains(&shares);
    let mut most = (places / shares).max(1);
    if few {
        most = most.max(LOUD_MIN.min(places));
    }
    loop {
        let taken = take(most);
        let mut of_feeds: BTreeMap<Feed, usize> = BTreeMap::new();
        for item in &taken {
            *of_feeds.entry(feed_of(item)).or_default() += 1;
        }
        let largest = of_feeds.values().copied().max().unwrap_or(0);
        let cut = totals
            .iter()
            .filter(|(feed, items)| of_feeds.get(feed).copied().unwrap_or(0) < **items)
            .count();
        let others_are_whole = few && most <= LOUD_MIN && cut <= 1;
        if most <= 1 || largest * shares <= taken.len() || others_are_whole {
            return taken;
        }
        most -= 1;
    }
}

/// One owed hit, by what decides whether and where its item is shown.
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
#[derive(Clone, Copy, Debug)]
pub struct OwedKey<'a> {
    /// The entry; several hits may share it.
    pub entry_id: i64,
    /// The story of the entry; `None` where it belongs to none, and where the watch wants each item by itself.
    pub story: Option<i64>,
    /// The feed.
    pub feed_id: &'a str,
    /// Whose voice the feed is.
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
    /// Whether it was to be told at once.
    pub urgent: bool,
    /// Whether it went out as an alert already.
    pub alerted: bool,
    /// How it came.
    pub manner: Manner,
}

/// What the reader was told of a story before, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToldBefore {
    /// The watches that had matched.
    pub watches: BTreeSet<String>,
    /// The most dead or hurt that it counted.
    pub victims: Option<u32>,
}

impl ToldBefore {
    /// Whether a hit says anything that was not told: a watch that had not matched, a correction, half as many
    /// victims more.
    fn is_news(&self, key: &OwedKey<'_>) -> bool {
        says_more(key.corrects, key.victims, self.victims) || !self.watches.contains(key.watch_id)
    }
}

/// Items of one topic or feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The topic, clean, `None` for hits without one; or the id of the feed.
    pub name: Option<String>,
    /// As people know it; the name when there is no other.
    pub title: Option<String>,
    /// How many items.
    pub items: usize,
}

/// How much there is, whatever of it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Hits, those alerted before included.
    pub hits: usize,
    /// New items.
    pub items: usize,
    /// New stories, which those items are folded into.
    pub stories: usize,
    /// Stories that were told before and of which there is only more. They are none of the new ones.
    pub developing: usize,
    /// Items that went out as alerts before.
    pub alerted: usize,
    /// Items found later, in what was stored. They are none of the new items.
    pub later: usize,
    /// New stories by topic, each counted once, those without one last.
    pub topics: Vec<Count>,
    /// New items by feed, most first.
    pub feeds: Vec<Count>,
    /// Old items that appeared at once with many others, by feed, most first. They are none of the new
    /// items.
    pub archives: Vec<Count>,
}

impl Totals {
    /// Old items that appeared at once, of all feeds.
    pub fn archived(&self) -> usize {
        self.archives.iter().map(|count| count.items).sum()
    }
}

/// One story as it is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its number; 0 for an item that is in no story.
    pub story: i64,
    /// The entry that is shown: the best.
    pub lead: i64,
    /// Entries of other outlets, the first by time before the others, at most [`ALSO_MAX`].
    pub also: Vec<i64>,
    /// Further items of it in words of their own, the first by time before the others, at most [`REPORTS_MAX`].
    pub reports: Vec<i64>,
    /// Outlets beyond them.
    pub more: usize,
    /// Its items.
    pub items: usize,
    /// Independent outlets that report it.
    pub outlets: usize,
    /// Whether it was to be told at once.
    pub urgent: bool,
    /// Whether an earlier mail told of it.
    pub told_before: bool,
    /// Hundredths of a point; see [`Merits`].
    pub points: i32,
    /// What they were given for.
    pub why: Vec<String>,
}

impl Chosen {
    pub(super) fn points_in_words(&self) -> String {
        format!("{:.1} points", f64::from(self.points) / 100.0)
    }
}

/// What a mail shows if it has the room, best first, and how much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Of everything.
    pub totals: Totals,
    /// To be shown in full.
    pub full: Vec<Chosen>,
    /// To be shown as headlines.
    pub headlines: Vec<Chosen>,
    /// Told before, and nothing new but more of it.
    pub developing: Vec<Chosen>,
    /// Entries that went out as alerts, newest first.
    pub alerted: Vec<i64>,
    /// Entries that were found later, best first.
    pub later: Vec<i64>,
}

/// What is owed, in some sixty bytes an item: a million items are owed after a bad week.
#[derive(Debug, Default)]
pub struct Owed {
    names: Names,
    language: Language,
    told: HashMap<i64, ToldBefore>,
    /// Of each feed.
    outlets: HashMap<u32, u32>,
    items: Vec<Item>,
    hits: usize,
}

#[derive(Clone, Copy, Debug)]
struct Item {
    entry_id: i64,
    /// Its number, or less than nothing for an item of none.
    story: i64,
    /// Seconds since 1970.
    time: u32,
    /// A bit for each watch, by its number; beyond 64 of them, several share one.
    watches: u64,
    /// Of all its watches.
    score: i32,
    /// Of the watch that leads, and so gives the topic: the highest score, the most terms, the first by title.
    lead_score: i32,
    lead_title: u32,
    topic: u32,
    feed: u32,
    lead_terms: u8,
    terms: u8,
    marks: Marks,
    part: Part,
}

/// What is true of an item.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // each is a fact of its own
struct Marks {
    urgent: bool,
    in_lead: bool,
    is_copy: bool,
    is_readable: bool,
    is_news: bool,
}

/// Where an item is told: one that belongs into several parts by its hits, in the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Archive,
    Alerted,
    Later,
    New,
}

/// Greater is better; see [`Merits`].
type Rank = (bool, i32, u32, Reverse<i64>);

/// What makes an item the one that is shown of its story. Greater is better.
type LeadRank = (bool, bool, Rank);

impl Item {
    fn merits(&self, end: Timestamp) -> Merits {
        Merits {
            urgent: self.marks.urgent,
            score: self.score,
            in_lead: self.marks.in_lead,
            terms: u16::from(self.terms),
            watches: self.watches.count_ones(),
            outlets: 1,
            time: Timestamp::from_second(i64::from(self.time)).unwrap_or(Timestamp::MIN),
            end,
        }
    }

    fn rank(&self, end: Timestamp) -> Rank {
        (
            self.marks.urgent,
            self.merits(end).points(),
            self.time,
            Reverse(self.entry_id),
        )
    }

    fn lead_rank(&self, end: Timestamp) -> LeadRank {
        (!self.marks.is_copy, self.marks.is_readable, self.rank(end))
    }

    fn join(&mut self, other: &Self, names: &Names) {
        let strength = |item: &Self| (item.lead_score, item.lead_terms);
        let leads = strength(other) > strength(self)
            || strength(other) == strength(self)
                && names.name(other.lead_title) < names.name(self.lead_title);
        if leads {
            self.lead_score = other.lead_score;
            self.lead_terms = other.lead_terms;
            self.lead_title = other.lead_title;
            self.topic = other.topic;
        }
        if self.watches & other.watches == other.watches {
            // A watch that matched a revision too.
            self.score = self.score.max(other.score);
            self.terms = self.terms.max(other.terms);
        } else {
            self.score = self.score.saturating_add(other.score);
            self.terms = self.terms.saturating_add(other.terms);
        }
        self.watches |= other.watches;
        // A watch that wants each item by itself has its way.
        self.story = self.story.min(other.story);
        self.marks.urgent |= other.marks.urgent;
        self.marks.in_lead |= other.marks.in_lead;
        self.marks.is_news |= other.marks.is_news;
        self.part = self.part.max(other.part);
    }
}

impl Owed {
    /// Nothing yet, with room for so many hits, for a reader of this language who was told of these stories
    /// before.
    pub fn new(hits: usize, language: Language, told: HashMap<i64, ToldBefore>) -> Self {
        Self {
            items: Vec::with_capacity(hits),
            language,
            told,
            ..Self::default()
        }
    }

    /// Adds a hit, in any order.
    pub fn add(&mut self, key: &OwedKey<'_>) {
        self.hits += 1;
        let bound = i64::from(i32::MAX);
        let score = i32::try_from(key.score.clamp(-bound, bound)).unwrap_or(0);
        let terms = u8::try_from(key.terms).unwrap_or(u8::MAX);
        let feed = self.names.number(key.feed_id);
        if !self.outlets.contains_key(&feed) {
            let outlet = self.names.number(key.outlet);
            self.outlets.insert(feed, outlet);
        }
        let told = key.story.and_then(|story| self.told.get(&story));
        let item = Item {
            entry_id: key.entry_id,
            story: key.story.unwrap_or(-key.entry_id - 1),
            time: u32::try_from(key.time.as_second().max(0)).unwrap_or(u32::MAX),
            watches: 1 << (self.names.number(key.watch_id) % 64),
            score,
            lead_score: score,
            lead_title: self.names.number(key.watch_title),
            topic: self.names.number(key.topic),
            feed,
            lead_terms: terms,
            terms,
            marks: Marks {
                urgent: key.urgent,
                in_lead: key.in_lead,
                is_copy: key.is_copy,
                is_readable: key.language.is_some_and(|tag| self.language.is_of(tag)),
                is_news: told.is_none_or(|told| told.is_news(key)),
            },
            part: match key.manner {
                _ if key.alerted => Part::Alerted,
                Manner::New => Part::New,
                Manner::Archive => Part::Archive,
                Manner::Later => Part::Later,
            },
        };
        // Hits of one entry come one after the other as a rule.
        match self.items.last_mut() {
            Some(last) if last.entry_id == item.entry_id => last.join(&item, &self.names),
            _ => self.items.push(item),
        }
    }

    /// Folds the items into stories, and ranks them as far as they are known without their outlets. `end` is the
    /// end of the mail's window.
    pub fn fold(mut self, end: Timestamp) -> Folded {
        self.items.sort_unstable_by_key(|item| item.entry_id);
        let names = self.names;
        self.items.dedup_by(|other, kept| {
            let same = other.entry_id == kept.entry_id;
            if same {
                kept.join(other, &names);
            }
            same
        });
        let mut totals = Totals {
            hits: self.hits,
            ..Totals::default()
        };
        let mut archives: HashMap<u32, usize> = HashMap::new();
        let mut feeds: HashMap<u32, usize> = HashMap::new();
        let mut alerted = Best::new(ALERTED_MAX);
        let mut later = Best::new(LATER_MAX);
        for item in &self.items {
            match item.part {
                Part::New => {
                    totals.items += 1;
                    *feeds.entry(item.feed).or_default() += 1;
                }
                Part::Alerted => {
                    totals.alerted += 1;
                    alerted.offer((item.time, Reverse(item.entry_id)));
                }
                Part::Later => {
                    totals.later += 1;
                    later.offer(item.rank(end));
                }
                Part::Archive => *archives.entry(item.feed).or_default() += 1,
            }
        }
        totals.feeds = by_feed(&feeds, &names);
        totals.archives = by_feed(&archives, &names);
        self.items.retain(|item| item.part == Part::New);
        self.items
            .sort_unstable_by_key(|item| (item.story, item.time, item.entry_id));
        let mut topics: HashMap<u32, usize> = HashMap::new();
        let outlet_of = self.outlets;
        let mut outlets: HashMap<u32, usize> = HashMap::new();
        let mut best = Best::new(RANKED_MAX);
        let mut best_of_outlet: HashMap<u32, Best<(Rank, usize)>> = HashMap::new();
        let mut developing = Best::new(DEVELOPING_MAX);
        let mut start = 0;
        for group in self.items.chunk_by(|a, b| a.story == b.story) {
            let story = Story::of(group, start, &self.told, end);
            start += group.len();
            let ranked = (story.rank(), story.start);
            if story.is_developing {
                totals.developing += 1;
                developing.offer(ranked);
                continue;
            }
            totals.stories += 1;
            *topics.entry(story.lead.topic).or_default() += 1;
            let outlet = outlet_of.get(&story.lead.feed).copied().unwrap_or(0);
            *outlets.entry(outlet).or_default() += 1;
            best.offer(ranked);
            best_of_outlet
                .entry(outlet)
                .or_insert_with(|| Best::new(FULL_MAX / 2))
                .offer(ranked);
        }
        totals.topics = by_topic(&topics, &names);
        let of_outlets = best_of_outlet.into_values().flat_map(Best::best_first);
        let ranked = best.best_first().into_iter().chain(of_outlets);
        let new: BTreeSet<usize> = ranked.map(|(_, start)| start).collect();
        let developing = developing.best_first();
        Folded {
            items: self.items,
            told: self.told,
            end,
            totals,
            outlet_of,
            outlets,
            new,
            developing: developing.into_iter().map(|(_, start)| start).collect(),
            alerted: alerted
                .best_first()
                .into_iter()
                .map(|(_, entry)| entry.0)
                .collect(),
            later: later
                .best_first()
                .into_iter()
                .map(|rank| rank.3.0)
                .collect(),
        }
    }
}

/// What is owed, folded into stories; what may be shown of it is known.
#[derive(Debug)]
pub struct Folded {
    /// The new ones, those of a story one after the other, the first by time before the others.
    items: Vec<Item>,
    told: HashMap<i64, ToldBefore>,
    end: Timestamp,
    totals: Totals,
    /// Of each feed.
    outlet_of: HashMap<u32, u32>,
    /// New stories by outlet.
    outlets: HashMap<u32, usize>,
    /// Where the items of each story begin that may be shown.
    new: BTreeSet<usize>,
    developing: Vec<usize>,
    alerted: Vec<i64>,
    later: Vec<i64>,
}

/// The items of a story together.
#[derive(Clone, Copy, Debug)]
struct Story {
    start: usize,
    /// Of its newest item.
    time: u32,
    /// The best of them.
    lead: Item,
    merits: Merits,
    is_told: bool,
    is_developing: bool,
}

impl Story {
    fn of(group: &[Item], start: usize, told: &HashMap<i64, ToldBefore>, end: Timestamp) -> Self {
        let mut lead = group[0];
        let mut merits = lead.merits(end);
        let mut watches = lead.watches;
        let mut is_news = lead.marks.is_news;
        for item in &group[1..] {
            if item.lead_rank(end) > lead.lead_rank(end) {
                lead = *item;
            }
            let of_item = item.merits(end);
            merits.urgent |= of_item.urgent;
            merits.score = merits.score.max(of_item.score);
            merits.in_lead |= of_item.in_lead;
            merits.terms = merits.terms.max(of_item.terms);
            merits.time = merits.time.max(of_item.time);
            watches |= item.watches;
            is_news |= item.marks.is_news;
        }
        merits.watches = watches.count_ones();
        let is_told = told.contains_key(&lead.story);
        Self {
            start,
            time: group.iter().map(|item| item.time).max().unwrap_or(0),
            lead,
            merits,
            is_told,
            is_developing: is_told && !is_news && !merits.urgent,
        }
    }

    fn rank(&self) -> Rank {
        (
            self.merits.urgent,
            self.merits.points(),
            self.time,
            Reverse(self.lead.entry_id),
        )
    }
}

impl Folded {
    /// The stories of which it is worth knowing how many outlets report them, an upper bound of all that can be
    /// shown.
    pub fn candidates(&self) -> impl Iterator<Item = i64> {
        let starts = self.new.iter().chain(&self.developing);
        let stories = starts.filter_map(|start| self.items.get(*start));
        stories.map(|item| item.story).filter(|story| *story > 0)
    }

    /// Chooses what is shown. `outlets_of` says how many independent outlets report a story, if that is known.
    /// The places for stories in full are [shared out](share_out) among the outlets unless there is one for
    /// everything.
    pub fn choose(self, outlets_of: impl Fn(i64) -> Option<usize>) -> Choice {
        let story_at = |start: usize| {
            let group = self.group(start);
            let mut story = Story::of(group, start, &self.told, self.end);
            let known = Some(story.lead.story).filter(|story| *story > 0);
            story.merits.outlets = known.and_then(&outlets_of).unwrap_or(1).max(1);
            story
        };
        let mut stories: Vec<Story> = self.new.iter().map(|start| story_at(*start)).collect();
        stories.sort_unstable_by_key(|story| Reverse(story.rank()));
        let full: Vec<Story> = if self.totals.stories <= FULL_MAX {
            stories.clone()
        } else {
            let totals = (self.outlets.iter())
                .map(|(outlet, stories)| (*outlet, *stories))
                .collect();
            let outlet_of = |story: &Story| self.outlet(&story.lead);
            share_out(&totals, FULL_MAX, outlet_of, |most| {
                let mut taken_of: HashMap<u32, usize> = HashMap::new();
                let mut taken = stories.clone();
                taken.retain(|story| {
                    let taken = taken_of.entry(outlet_of(story)).or_default();
                    *taken += 1;
                    *taken <= most
                });
                taken.truncate(FULL_MAX);
                taken
            })
        };
        let shown: BTreeSet<usize> = full.iter().map(|story| story.start).collect();
        let headlines = stories.iter().filter(|story| !shown.contains(&story.start));
        let developing = self.developing.iter().map(|start| story_at(*start));
        Choice {
            full: full.iter().map(|story| self.chosen(story)).collect(),
            headlines: headlines
                .take(HEADLINES_MAX)
                .map(|story| self.chosen(story))
                .collect(),
            developing: developing.map(|story| self.chosen(&story)).collect(),
            totals: self.totals,
            alerted: self.alerted,
            later: self.later,
        }
    }

    fn outlet(&self, item: &Item) -> u32 {
        self.outlet_of.get(&item.feed).copied().unwrap_or(0)
    }

    /// The items of the story that begins there.
    fn group(&self, start: usize) -> &[Item] {
        let rest = self.items.get(start..).unwrap_or_default();
        let mut groups = rest.chunk_by(|a, b| a.story == b.story);
        groups.next().unwrap_or_default()
    }

    fn chosen(&self, story: &Story) -> Chosen {
        let group = self.group(story.start);
        let mut outlets = BTreeSet::from([self.outlet(&story.lead)]);
        let others: Vec<i64> = group
            .iter()
            .filter(|item| outlets.insert(self.outlet(item)))
            .map(|item| item.entry_id)
            .collect();
        let (also, more) = others.split_at(others.len().min(ALSO_MAX));
        // Words of their own that no outlet's name in the mail stands for.
        let reports = group
            .iter()
            .filter(|item| item.entry_id != story.lead.entry_id && !item.marks.is_copy)
            .map(|item| item.entry_id)
            .filter(|entry| !also.contains(entry))
            .take(REPORTS_MAX)
            .collect();
        Chosen {
            story: story.lead.story.max(0),
            lead: story.lead.entry_id,
            also: also.to_vec(),
            reports,
            more: more.len(),
            items: group.len(),
            outlets: story.merits.outlets,
            urgent: story.merits.urgent,
            told_before: story.is_told,
            points: story.merits.points(),
            why: story.merits.why(),
        }
    }
}

/// Topics as they are shown: two that look the same are one.
fn by_topic(topics: &HashMap<u32, usize>, names: &Names) -> Vec<Count> {
    let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (topic, items) in topics {
        let name = clean_line(names.name(*topic), NAME_CHARS);
        *counts.entry((name.is_empty(), name)).or_default() += items;
    }
    counts
        .into_iter()
        .map(|((unnamed, name), items)| Count {
            name: (!unnamed).then_some(name),
            title: None,
            items,
        })
        .collect()
}

fn by_feed(feeds: &HashMap<u32, usize>, names: &Names) -> Vec<Count> {
    let mut counts: Vec<Count> = feeds
        .iter()
        .map(|(feed, items)| Count {
            name: Some(names.name(*feed).to_owned()),
            title: None,
            items: *items,
        })
        .collect();
    counts.sort_by(|a, b| b.items.cmp(&a.items).then_with(|| a.name.cmp(&b.name)));
    counts
}

/// Names that occur again and again, each kept once.
#[derive(Debug, Default)]
struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }
}

/// The greatest few of many.
struct Best<T> {
    limit: usize,
    heap: BinaryHeap<Reverse<T>>,
}

impl<T: Ord + Copy> Best<T> {
    fn new(limit: usize) -> Self {
        Self {
            limit,
            heap: BinaryHeap::new(),
        }
    }

    fn offer(&mut self, value: T) {
        if self.heap.len() < self.limit {
            self.heap.push(Reverse(value));
        } else if let Some(mut least) = self.heap.peek_mut()
            && least.0 < value
        {
            *least = Reverse(value);
        }
    }

    fn best_first(self) -> Vec<T> {
        // Ascending in what is reversed.
        self.heap
            .into_sorted_vec()
            .into_iter()
            .map(|Reverse(value)| value)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(entry_id: i64, feed_id: &str) -> OwedKey<'_> {
        OwedKey {
            entry_id,
            story: None,
            feed_id,
            outlet: feed_id,
            watch_id: "watch",
            watch_title: "Watch",
            topic: "topic",
            score: 0,
            in_lead: false,
            terms: 1,
            time: Timestamp::from_second(entry_id).unwrap(),
            is_copy: false,
            language: None,
            corrects: false,
            victims: None,
            urgent: false,
            alerted: false,
            manner: Manner::New,
        }
    }

    fn choose(keys: &[OwedKey<'_>]) -> Choice {
        choose_knowing(keys, HashMap::new(), &[])
    }

    /// What is chosen of these by who was told of those stories, of which so many outlets are known.
    fn choose_knowing(
        keys: &[OwedKey<'_>],
        told: HashMap<i64, ToldBefore>,
        outlets: &[(i64, usize)],
    ) -> Choice {
        let mut owed = Owed::new(0, Language::English, told);
        for key in keys {
            owed.add(key);
        }
        let folded = owed.fold(Timestamp::from_second(10_000).unwrap());
        let known: HashMap<i64, usize> = outlets.iter().copied().collect();
        assert!(
            known
                .keys()
                .all(|story| folded.candidates().any(|candidate| candidate == *story))
        );
        folded.choose(|story| known.get(&story).copied())
    }

    fn leads(stories: &[Chosen]) -> Vec<i64> {
        stories.iter().map(|story| story.lead).collect()
    }

    #[test]
    fn the_best_are_the_urgent_the_high_scores_the_many_watches_and_the_newest() {
        let strong = OwedKey {
            score: 3,
            ..key(1, "a")
        };
        let urgent = OwedKey {
            urgent: true,
            ..key(2, "a")
        };
        let keys = [
            key(9, "a"),
            key(3, "a"),
            strong,
            key(8, "a"),
            urgent,
            OwedKey {
                watch_id: "other",
                ..key(3, "a")
            },
        ];
        assert_eq!(leads(&choose(&keys).full), [2, 1, 3, 9, 8]);
    }

    #[test]
    fn the_watch_with_the_highest_score_gives_the_topic_wherever_its_hit_stands() {
        let strong = OwedKey {
            score: 5,
            topic: "life",
            watch_title: "Z",
            ..key(1, "a")
        };
        let second = OwedKey {
            topic: "press",
            watch_title: "A",
            ..key(1, "a")
        };
        for keys in [[second, strong, key(2, "a")], [strong, key(2, "a"), second]] {
            let totals = choose(&keys).totals;
            let topics: Vec<_> = totals
                .topics
                .iter()
                .map(|count| (count.name.as_deref().unwrap(), count.items))
                .collect();
            assert_eq!(topics, [("life", 1), ("topic", 1)]);
            assert_eq!((totals.items, totals.hits), (2, 3));
        }
    }

    #[test]
    fn of_watches_without_scores_the_one_of_which_most_matched_gives_the_topic() {
        let more = OwedKey {
            terms: 3,
            topic: "life",
            watch_id: "z",
            watch_title: "Z",
            ..key(1, "a")
        };
        let less = OwedKey {
            topic: "press",
            watch_title: "A",
            ..key(1, "a")
        };
        for keys in [[more, less], [less, more]] {
            let topics = choose(&keys).totals.topics;
            assert_eq!(topics[0].name.as_deref(), Some("life"));
        }
    }

    #[test]
    fn a_loud_feed_takes_its_part_of_the_places_and_the_others_the_rest() {
        let loud = (1_000..3_000).map(|id| key(id, "loud"));
        let keys: Vec<_> = loud.chain((0..40).map(|id| key(id, "quiet"))).collect();
        let choice = choose(&keys);
        assert_eq!(choice.full.len(), FULL_MAX);
        let of_the_loud = choice
            .full
            .iter()
            .filter(|story| story.lead >= 1_000)
            .count();
        assert_eq!(of_the_loud, FULL_MAX / 2, "one of two feeds");
        assert_eq!(choice.headlines.len(), HEADLINES_MAX);
        assert!(
            choice
                .headlines
                .iter()
                .all(|story| !choice.full.contains(story))
        );
        assert_eq!(choice.totals.feeds[0].items, 2_000);
        let alone = choose(&keys[..2_000]);
        assert_eq!(alone.full.len(), FULL_MAX, "nobody else has any");
        let few = choose(&keys[1_970..2_002]);
        assert_eq!(few.full.len(), FULL_MAX, "there is a place for everything");
    }

    #[test]
    fn a_loud_feed_takes_a_quarter_of_what_is_shown_and_keeps_some_where_few_others_have_little() {
        let check = |quiet: &[(&str, i64)], loud_in_full: usize, full: usize| {
            let loud = (1_000..3_000).map(|id| key(id, "loud"));
            let quiet = (0..).zip(quiet).flat_map(|(feed, (name, items))| {
                (0..*items).map(move |item| key(feed * 100 + item, name))
            });
            let choice = choose(&loud.chain(quiet).collect::<Vec<_>>());
            let of_the_loud = choice
                .full
                .iter()
                .filter(|story| story.lead >= 1_000)
                .count();
            assert_eq!((of_the_loud, choice.full.len()), (loud_in_full, full));
        };
        check(&[("a", 1)], 8, 9);
        check(&[("a", 1), ("b", 2)], 8, 11);
        check(&[("a", 9)], 9, 18);
        check(&[("a", 90), ("b", 90)], 10, 30);
        check(&[("a", 1), ("b", 1), ("c", 1)], 1, 4);
        check(&[("a", 3), ("b", 3), ("c", 3)], 3, 12);
        check(&[("a", 9), ("b", 9), ("c", 9), ("d", 9)], 8, 32);
        check(&[("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)], 5, 20);
    }

    #[test]
    fn what_went_out_before_is_apart() {
        let before = OwedKey {
            alerted: true,
            ..key(7, "a")
        };
        let partly = OwedKey {
            alerted: true,
            ..key(8, "a")
        };
        let choice = choose(&[before, partly, key(8, "a")]);
        assert_eq!((leads(&choice.full), choice.alerted), (vec![8], vec![7]));
        assert_eq!(choice.totals.alerted, 1);
    }

    #[test]
    fn what_was_found_later_is_apart_unless_it_is_new_as_well() {
        let later = |entry_id| OwedKey {
            manner: Manner::Later,
            ..key(entry_id, "a")
        };
        let alerted = OwedKey {
            alerted: true,
            ..key(3, "a")
        };
        let old = OwedKey {
            manner: Manner::Archive,
            ..key(4, "a")
        };
        let strong = OwedKey {
            score: 2,
            ..later(1)
        };
        let keys = [
            strong,
            later(2),
            key(2, "a"),
            later(3),
            alerted,
            old,
            later(4),
        ];
        let choice = choose(&keys);
        assert_eq!(
            leads(&choice.full),
            [2],
            "another watch found it when it came"
        );
        assert_eq!(choice.later, [1, 4, 3], "the best first");
        assert!(choice.alerted.is_empty());
        let totals = choice.totals;
        assert_eq!((totals.items, totals.later, totals.archived()), (1, 3, 0));
        assert_eq!(
            totals.feeds[0].items, 1,
            "new items alone are counted by feed"
        );
        let many: Vec<_> = (0..100).map(later).collect();
        let choice = choose(&many);
        assert_eq!((choice.later.len(), choice.totals.later), (LATER_MAX, 100));
        assert!(choice.full.is_empty() && choice.headlines.is_empty());
    }

    fn of_story(story: i64, entry_id: i64, feed_id: &str) -> OwedKey<'_> {
        OwedKey {
            story: Some(story),
            ..key(entry_id, feed_id)
        }
    }

    #[test]
    fn the_items_of_a_story_are_one_and_the_outlets_are_named_in_the_order_of_their_reports() {
        let feeds = ["a", "b", "c", "a", "d", "e", "f", "g", "h", "i"];
        let keys: Vec<_> = (1..)
            .zip(feeds)
            .map(|(id, feed)| of_story(1, id, feed))
            .collect();
        let strong = OwedKey {
            in_lead: true,
            ..keys[2]
        };
        let keys = [&keys[..2], &[strong], &keys[3..], &[key(50, "a")]].concat();
        let choice = choose_knowing(&keys, HashMap::new(), &[(1, 7)]);
        let story = &choice.full[0];
        assert_eq!((story.story, story.lead, story.items), (1, 3, 10));
        assert_eq!(story.also, [1, 2, 5, 6, 7, 8], "one of each outlet");
        assert_eq!((story.more, story.outlets), (2, 7));
        assert_eq!((choice.full[1].story, choice.full[1].lead), (0, 50));
        let totals = &choice.totals;
        assert_eq!((totals.items, totals.stories, totals.hits), (11, 2, 11));
        assert_eq!(totals.topics[0].items, 2, "each story is counted once");
        assert!(choice.headlines.is_empty());
    }

    #[test]
    fn an_original_leads_before_a_copy_and_what_the_reader_reads_before_what_not() {
        let copy = OwedKey {
            is_copy: true,
            score: 9,
            ..of_story(1, 1, "a")
        };
        let foreign = OwedKey {
            language: Some("eng"),
            score: 8,
            ..of_story(1, 2, "b")
        };
        let plain = OwedKey {
            language: Some("EN-GB"),
            ..of_story(1, 3, "c")
        };
        assert_eq!(leads(&choose(&[copy, foreign, plain]).full), [3]);
        assert_eq!(leads(&choose(&[copy, foreign]).full), [2]);
        assert_eq!(leads(&choose(&[copy]).full), [1]);
    }

    #[test]
    fn a_watch_that_wants_each_item_by_itself_has_its_way() {
        let apart = OwedKey {
            story: None,
            watch_id: "each",
            ..key(2, "b")
        };
        for keys in [
            [of_story(1, 1, "a"), of_story(1, 2, "b"), apart],
            [apart, of_story(1, 2, "b"), of_story(1, 1, "a")],
        ] {
            let choice = choose(&keys);
            assert_eq!(leads(&choice.full), [2, 1], "two watches before one");
            assert_eq!(choice.totals.stories, 2);
        }
    }

    #[test]
    fn outlets_change_the_order_and_urgency_stands_before_everything() {
        let keys = [
            of_story(1, 1, "a"),
            OwedKey {
                in_lead: true,
                ..of_story(2, 2, "a")
            },
            OwedKey {
                urgent: true,
                time: Timestamp::from_second(-900_000).unwrap(), // long ago
                ..of_story(3, 3, "a")
            },
        ];
        assert_eq!(leads(&choose(&keys).full), [3, 2, 1]);
        let choice = choose_knowing(&keys, HashMap::new(), &[(1, 5), (2, 1)]);
        assert_eq!(leads(&choice.full), [3, 1, 2]);
        assert_eq!(choice.full[0].why[0], "urgent");
        assert!(
            choice.full[1]
                .why
                .contains(&"5 independent outlets (9.3)".to_owned())
        );
    }

    #[test]
    fn what_was_told_before_is_told_again_only_for_what_is_new_in_it() {
        let told = |victims| {
            let before = ToldBefore {
                watches: BTreeSet::from(["watch".to_owned()]),
                victims,
            };
            HashMap::from([(1, before)])
        };
        let check = |key: OwedKey<'_>, victims, developing: bool| {
            let keys = [key, of_story(1, 7, "other")];
            let choice = choose_knowing(&keys, told(victims), &[]);
            let (new, more) = (choice.full, choice.developing);
            let story = if developing { &more } else { &new };
            assert_eq!(new.len() + more.len(), 1, "{key:?}");
            assert!(story[0].told_before, "{key:?}");
            let totals = choice.totals;
            assert_eq!(totals.developing, usize::from(developing), "{key:?}");
            assert_eq!(totals.stories, usize::from(!developing), "{key:?}");
        };
        let plain = of_story(1, 5, "a");
        check(plain, None, true);
        let watch_id = "a watch that had not matched";
        check(OwedKey { watch_id, ..plain }, None, false);
        let corrects = true;
        check(OwedKey { corrects, ..plain }, None, false);
        let urgent = true;
        check(OwedKey { urgent, ..plain }, None, false);
        let counts = |victims| OwedKey {
            victims: Some(victims),
            ..plain
        };
        check(counts(14), Some(10), true);
        check(counts(15), Some(10), false);
        check(counts(9), Some(10), true);
        check(counts(1), None, false);
        check(counts(0), Some(0), true);
    }

    #[test]
    fn ten_thousand_items_of_one_story_are_one_story() {
        let keys: Vec<_> = (0..10_000)
            .map(|id| of_story(1, id, if id % 2 == 0 { "even" } else { "odd" }))
            .collect();
        let choice = choose(&keys);
        assert_eq!(choice.full.len(), 1);
        let story = &choice.full[0];
        assert_eq!((story.items, story.also.len(), story.more), (10_000, 1, 0));
    }
}
