//! What a mail shows of what is owed, chosen by numbers and sort keys: texts are loaded for what was
//! chosen, and for nothing else.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};

use jiff::Timestamp;

use super::Manner;
use super::clean::clean_line;
use super::compose::NAME_CHARS;

/// Items shown in full at most; a mail of 90 KB has room for fewer as a rule.
pub const FULL_MAX: usize = 32;
/// Items shown as headlines at most, likewise.
pub const HEADLINES_MAX: usize = 200;
/// Items sent before, as alerts, that are shown at most.
pub const ALERTED_MAX: usize = 60;
/// Items found later that are shown at most.
pub const LATER_MAX: usize = 60;

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
#[derive(Clone, Copy, Debug)]
pub struct OwedKey<'a> {
    /// The entry; several hits may share it.
    pub entry_id: i64,
    /// The feed.
    pub feed_id: &'a str,
    /// The watch's title.
    pub watch_title: &'a str,
    /// The watch's topic.
    pub topic: &'a str,
    /// The watch's score for it.
    pub score: i64,
    /// When it was published, else first seen.
    pub time: Timestamp,
    /// Whether it was to be told at once.
    pub urgent: bool,
    /// Whether it went out as an alert already.
    pub alerted: bool,
    /// How it came.
    pub manner: Manner,
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

/// The entries that a mail shows if it has the room, best first, and how much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Of everything.
    pub totals: Totals,
    /// To be shown in full.
    pub full: Vec<i64>,
    /// To be shown as headlines.
    pub headlines: Vec<i64>,
    /// Went out as alerts, newest first.
    pub alerted: Vec<i64>,
    /// Found later, best first.
    pub later: Vec<i64>,
}

/// What is owed, in forty bytes an item: a million items are owed after a bad week.
#[derive(Debug, Default)]
pub struct Owed {
    names: Names,
    items: Vec<Item>,
    hits: usize,
}

#[derive(Clone, Copy, Debug)]
struct Item {
    entry_id: i64,
    time: i64,
    /// Of all its watches.
    score: i32,
    /// Of the watch that leads, and so gives the topic.
    lead_score: i32,
    lead_title: u32,
    topic: u32,
    feed: u32,
    watches: u16,
    urgent: bool,
    part: Part,
}

/// Where an item is told: one that belongs into several parts by its hits, in the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Archive,
    Alerted,
    Later,
    New,
}

/// Greater is better. The one place that says what is best: what was to be told at once, the highest
/// score, the most watches, the newest.
type Rank = (bool, i32, u16, i64, Reverse<i64>);

impl Item {
    fn rank(&self) -> Rank {
        (
            self.urgent,
            self.score,
            self.watches,
            self.time,
            Reverse(self.entry_id),
        )
    }

    fn join(&mut self, other: &Self, names: &Names) {
        let leads = other.lead_score > self.lead_score
            || other.lead_score == self.lead_score
                && names.name(other.lead_title) < names.name(self.lead_title);
        if leads {
            self.lead_score = other.lead_score;
            self.lead_title = other.lead_title;
            self.topic = other.topic;
        }
        self.score = self.score.saturating_add(other.score);
        self.watches = self.watches.saturating_add(other.watches);
        self.urgent |= other.urgent;
        self.part = self.part.max(other.part);
    }
}

impl Owed {
    /// Nothing yet, with room for so many hits.
    pub fn with_room_for(hits: usize) -> Self {
        Self {
            items: Vec::with_capacity(hits),
            ..Self::default()
        }
    }

    /// Adds a hit, in any order.
    pub fn add(&mut self, key: &OwedKey<'_>) {
        self.hits += 1;
        let bound = i64::from(i32::MAX);
        let score = i32::try_from(key.score.clamp(-bound, bound)).unwrap_or(0);
        let item = Item {
            entry_id: key.entry_id,
            time: key.time.as_second(),
            score,
            lead_score: score,
            lead_title: self.names.number(key.watch_title),
            topic: self.names.number(key.topic),
            feed: self.names.number(key.feed_id),
            watches: 1,
            urgent: key.urgent,
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

    /// Chooses what is shown; the places for full items are [shared out](share_out) unless there is one
    /// for everything.
    pub fn choose(mut self) -> Choice {
        self.items.sort_unstable_by_key(|item| item.entry_id);
        let names = self.names;
        self.items.dedup_by(|other, kept| {
            let same = other.entry_id == kept.entry_id;
            if same {
                kept.join(other, &names);
            }
            same
        });
        let mut archives: HashMap<u32, usize> = HashMap::new();
        let mut feeds: HashMap<u32, usize> = HashMap::new();
        let mut topics: HashMap<u32, usize> = HashMap::new();
        let (mut items, mut alerted_items, mut later_items) = (0, 0, 0);
        let mut best = Best::new(FULL_MAX + HEADLINES_MAX);
        let mut best_by_feed: HashMap<u32, Best<Rank>> = HashMap::new();
        let mut alerted = Best::new(ALERTED_MAX);
        let mut later = Best::new(LATER_MAX);
        for item in &self.items {
            match item.part {
                Part::New => {
                    items += 1;
                    *feeds.entry(item.feed).or_default() += 1;
                    *topics.entry(item.topic).or_default() += 1;
                    best.offer(item.rank());
                    best_by_feed
                        .entry(item.feed)
                        .or_insert_with(|| Best::new(FULL_MAX))
                        .offer(item.rank());
                }
                Part::Alerted => {
                    alerted_items += 1;
                    alerted.offer((item.time, Reverse(item.entry_id)));
                }
                Part::Later => {
                    later_items += 1;
                    later.offer(item.rank());
                }
                Part::Archive => *archives.entry(item.feed).or_default() += 1,
            }
        }
        let by_feed_best: Vec<(u32, Vec<Rank>)> = best_by_feed
            .into_iter()
            .map(|(feed, best)| (feed, best.best_first()))
            .collect();
        let take = |most: usize| {
            let ranks = by_feed_best.iter().flat_map(|(feed, ranks)| {
                let ranks = ranks.iter().take(most);
                ranks.map(|rank| (*rank, *feed))
            });
            let mut taken: Vec<(Rank, u32)> = ranks.collect();
            taken.sort_unstable_by_key(|taken| Reverse(*taken));
            taken.truncate(FULL_MAX);
            taken
        };
        let full = if items <= FULL_MAX {
            take(FULL_MAX)
        } else {
            let totals = feeds.iter().map(|(feed, items)| (*feed, *items)).collect();
            share_out(&totals, FULL_MAX, |(_, feed)| *feed, take)
        };
        let full: Vec<i64> = full.into_iter().map(|(rank, _)| rank.4.0).collect();
        let shown: BTreeSet<i64> = full.iter().copied().collect();
        let next = best.best_first().into_iter().map(|rank| rank.4.0);
        let headlines = next.filter(|entry| !shown.contains(entry));
        Choice {
            totals: Totals {
                hits: self.hits,
                items,
                stories: items,
                developing: 0,
                alerted: alerted_items,
                later: later_items,
                topics: by_topic(&topics, &names),
                feeds: by_feed(&feeds, &names),
                archives: by_feed(&archives, &names),
            },
            headlines: headlines.take(HEADLINES_MAX).collect(),
            full,
            alerted: alerted
                .best_first()
                .into_iter()
                .map(|(_, entry)| entry.0)
                .collect(),
            later: later
                .best_first()
                .into_iter()
                .map(|rank| rank.4.0)
                .collect(),
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
            feed_id,
            watch_title: "Watch",
            topic: "topic",
            score: 0,
            time: Timestamp::from_second(entry_id).unwrap(),
            urgent: false,
            alerted: false,
            manner: Manner::New,
        }
    }

    fn choose(keys: &[OwedKey<'_>]) -> Choice {
        let mut owed = Owed::default();
        for key in keys {
            owed.add(key);
        }
        owed.choose()
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
            key(3, "a"),
        ];
        assert_eq!(choose(&keys).full, [2, 1, 3, 9, 8]);
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
    fn a_loud_feed_takes_its_part_of_the_places_and_the_others_the_rest() {
        let loud = (1_000..3_000).map(|id| key(id, "loud"));
        let keys: Vec<_> = loud.chain((0..40).map(|id| key(id, "quiet"))).collect();
        let choice = choose(&keys);
        assert_eq!(choice.full.len(), FULL_MAX);
        let of_the_loud = choice.full.iter().filter(|id| **id >= 1_000).count();
        assert_eq!(of_the_loud, FULL_MAX / 2, "one of two feeds");
        assert_eq!(choice.headlines.len(), HEADLINES_MAX);
        assert!(choice.headlines.iter().all(|id| !choice.full.contains(id)));
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
            let of_the_loud = choice.full.iter().filter(|id| **id >= 1_000).count();
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
        assert_eq!((choice.full, choice.alerted), (vec![8], vec![7]));
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
        assert_eq!(choice.full, [2], "another watch found it when it came");
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
}
