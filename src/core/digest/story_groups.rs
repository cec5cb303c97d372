//! What is owed, folded into stories, and of those what is worth looking at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::diversification::TOPIC_TURNS;
use super::limits::{ALERTED_MAX, DEVELOPING_MAX, FULL_MAX, LATER_MAX, NAME_CHARS, RANKED_MAX};
use super::pending::{
    DigestSection, Item, PendingItems, Rank, ReportedBefore, WatchScore, Watches,
};
use super::ranking::RankingFeatures;
use super::top_k::{StringInterner, TopK};
use super::totals::{Count, Totals};
use crate::core::text::line::clean_line;

/// What is owed, folded into stories; what may be shown of it is known.
#[derive(Debug)]
pub struct StoryGroups {
    /// The new ones, those of a story one after the other, the first by time before the others.
    items: Vec<Item>,
    pub(super) watches: Watches,
    told: HashMap<i64, ReportedBefore>,
    end: Timestamp,
    pub(super) totals: Totals,
    /// Of each feed.
    outlet_of: HashMap<u32, u32>,
    /// Where the items of each story begin that may be shown.
    pub(super) new: BTreeSet<usize>,
    pub(super) developing: Vec<usize>,
    pub(super) alerted: Vec<i64>,
    pub(super) later: Vec<i64>,
}

impl PendingItems {
    /// Folds the items into stories, and ranks them as far as they are known without their outlets. `end` is the
    /// end of the mail's window.
    pub fn fold(mut self, end: Timestamp) -> StoryGroups {
        self.unite();
        let mut totals = Totals {
            hits: self.hits,
            ..Totals::default()
        };
        let later = best_later(&self.items, end, &mut totals);
        totals.feeds = by_feed(&self.items, DigestSection::New, &self.names);
        totals.archives = by_feed(&self.items, DigestSection::Archive, &self.names);
        self.items
            .sort_unstable_by_key(|item| (item.story, item.time, item.entry_id));
        let alerted = best_alerted(&self.items, end, &mut totals);
        self.items.retain(|item| item.part == DigestSection::New);
        let mut folded = StoryGroups {
            items: self.items,
            watches: self.watches,
            told: self.told,
            end,
            totals,
            outlet_of: self.outlets,
            new: BTreeSet::new(),
            developing: Vec::new(),
            alerted,
            later,
        };
        folded.rank();
        folded
    }
}

impl StoryGroups {
    /// Finds the stories that may be shown, and counts all of them.
    fn rank(&mut self) {
        let mut topics: HashMap<u32, usize> = HashMap::new();
        let mut best = TopK::new(RANKED_MAX);
        let mut best_of_outlet: HashMap<u32, TopK<(Rank, usize)>> = HashMap::new();
        let mut best_of_topic: HashMap<u32, TopK<(Rank, usize)>> = HashMap::new();
        let mut developing = TopK::new(DEVELOPING_MAX);
        let mut start = 0;
        for group in self.items.chunk_by(|a, b| a.story == b.story) {
            let story = self.story(group, start);
            let ranked = (story.rank(), start);
            start += group.len();
            if story.is_developing {
                self.totals.developing += 1;
                developing.offer(ranked);
                continue;
            }
            self.totals.stories += 1;
            self.totals.items += group.len();
            if story.is_told {
                self.totals.again.stories += 1;
                self.totals.again.items += group.len();
            }
            *topics.entry(story.best.watch).or_default() += 1;
            best.offer(ranked);
            best_of_outlet
                .entry(self.outlet(&story.lead))
                .or_insert_with(|| TopK::new(FULL_MAX / 2))
                .offer(ranked);
            best_of_topic
                .entry(self.watches.topic(story.best.watch))
                .or_insert_with(|| TopK::new(TOPIC_TURNS))
                .offer(ranked);
        }
        let of_each = best_of_outlet
            .into_values()
            .chain(best_of_topic.into_values());
        let ranked = (best.into_sorted().into_iter()).chain(of_each.flat_map(TopK::into_sorted));
        self.new = ranked.map(|(_, start)| start).collect();
        let developing = developing.into_sorted().into_iter();
        self.developing = developing.map(|(_, start)| start).collect();
        self.totals.topics = by_topic(&topics, &self.watches);
    }

    /// The stories of which it is worth knowing how many outlets report them, an upper bound of all that can be
    /// shown.
    pub fn candidates(&self) -> impl Iterator<Item = i64> {
        let starts = self.new.iter().chain(&self.developing);
        let stories = starts.filter_map(|start| self.items.get(*start));
        stories.map(|item| item.story).filter(|story| *story > 0)
    }

    /// The entries by which the new ones of them are told, of whose headlines it is worth knowing whether they come
    /// again and again.
    pub fn leads(&self) -> impl Iterator<Item = i64> {
        let starts = self.new.iter();
        starts.map(|start| self.story(self.group(*start), *start).lead.entry_id)
    }

    pub(super) fn outlet(&self, item: &Item) -> u32 {
        self.outlet_of.get(&item.feed).copied().unwrap_or(0)
    }

    /// The items of the story that begins there.
    pub(super) fn group(&self, start: usize) -> &[Item] {
        let rest = self.items.get(start..).unwrap_or_default();
        let mut groups = rest.chunk_by(|a, b| a.story == b.story);
        groups.next().unwrap_or_default()
    }

    /// The story of these items, which begin there.
    pub(super) fn story(&self, group: &[Item], start: usize) -> StoryGroup {
        let mut lead = group[0];
        let mut best = lead.best;
        let mut merits = lead.ranking_features(self.end);
        let mut watches = lead.watches;
        let mut is_news = lead.marks.is_news;
        for item in &group[1..] {
            if item.lead_rank(self.end) > lead.lead_rank(self.end) {
                lead = *item;
            }
            if self.watches.is_better(&item.best, &best) {
                best = item.best;
            }
            let of_item = item.ranking_features(self.end);
            merits.urgent |= of_item.urgent;
            merits.unusual |= of_item.unusual;
            merits.victims = merits.victims.max(of_item.victims);
            merits.score = merits.score.max(of_item.score);
            merits.in_lead |= of_item.in_lead;
            merits.terms = merits.terms.max(of_item.terms);
            merits.time = merits.time.max(of_item.time);
            watches |= item.watches;
            is_news |= item.marks.is_news;
        }
        // The item that is shown has the say where another matches no better.
        if best.strength() == lead.best.strength() {
            best = lead.best;
        }
        merits.watches = watches.count_ones();
        let is_told = self.told.contains_key(&lead.story);
        StoryGroup {
            start,
            time: group.iter().map(|item| item.time).max().unwrap_or(0),
            lead,
            best,
            merits,
            is_told,
            is_developing: is_told && !is_news && !merits.urgent,
        }
    }
}

/// The items of a story together.
#[derive(Clone, Copy, Debug)]
pub(super) struct StoryGroup {
    pub start: usize,
    /// Of its newest item.
    pub time: u32,
    /// The best of them, which is shown.
    pub lead: Item,
    /// The watch that matches best in any of them.
    pub best: WatchScore,
    pub merits: RankingFeatures,
    pub is_told: bool,
    pub is_developing: bool,
}

impl StoryGroup {
    pub fn rank(&self) -> Rank {
        (
            self.merits.class(),
            self.merits.points(),
            self.time,
            Reverse(self.lead.entry_id),
        )
    }
}

/// Counts what was found later, and gives the best of it.
fn best_later(items: &[Item], end: Timestamp, totals: &mut Totals) -> Vec<i64> {
    let mut later = TopK::new(LATER_MAX);
    for item in items
        .iter()
        .filter(|item| item.part == DigestSection::Later)
    {
        totals.later += 1;
        later.offer(item.rank(end));
    }
    let later = later.into_sorted().into_iter();
    later.map(|rank| rank.3.0).collect()
}

/// Counts the stories of which nothing is told but what went out as alerts, and gives the best item of each, that of
/// the newest story before the others. `items` are sorted by their stories.
fn best_alerted(items: &[Item], end: Timestamp, totals: &mut Totals) -> Vec<i64> {
    let mut alerted = TopK::new(ALERTED_MAX);
    for group in items.chunk_by(|a, b| a.story == b.story) {
        let told = group
            .iter()
            .filter(|item| item.part == DigestSection::Alerted);
        let lead = told.max_by_key(|item| item.lead_rank(end));
        if let Some(lead) = lead
            && group.iter().all(|item| item.part != DigestSection::New)
        {
            totals.alerted += 1;
            let time = group.iter().map(|item| item.time).max();
            alerted.offer((time, Reverse(lead.entry_id)));
        }
    }
    let alerted = alerted.into_sorted().into_iter();
    alerted.map(|(_, entry)| entry.0).collect()
}

/// Topics as they are shown: two that look the same are one.
fn by_topic(stories: &HashMap<u32, usize>, watches: &Watches) -> Vec<Count> {
    let mut counts: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (watch, stories) in stories {
        let name = clean_line(watches.names(*watch)[2], NAME_CHARS);
        *counts.entry((name.is_empty(), name)).or_default() += stories;
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

fn by_feed(items: &[Item], part: DigestSection, names: &StringInterner) -> Vec<Count> {
    let mut feeds: HashMap<u32, usize> = HashMap::new();
    for item in items.iter().filter(|item| item.part == part) {
        *feeds.entry(item.feed).or_default() += 1;
    }
    let mut counts: Vec<Count> = feeds
        .into_iter()
        .map(|(feed, items)| Count {
            name: Some(names.name(feed).to_owned()),
            title: None,
            items,
        })
        .collect();
    counts.sort_by(|a, b| b.items.cmp(&a.items).then_with(|| a.name.cmp(&b.name)));
    counts
}
