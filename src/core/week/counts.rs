//! Stories counted by topic, watch and place: each once for each of them, on the day on which it was first found,
//! and under the one topic that it matches best.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use super::Row;
use super::anomaly::{Anomaly, AnomalySubject, Place};
use super::baseline::{Baseline, Comparison, DAYS, Days, Period, Seen, Weights};

/// A watch whose hits are counted.
#[derive(Clone, Debug)]
pub struct KnownWatch {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its topic; may be empty.
    pub topic: String,
    /// How many days ago it was written; `usize::MAX` for longer than anybody knows.
    pub began: usize,
}

/// A watch that found an item, and how much of it.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The watch.
    pub watch: &'a str,
    /// 0 for a watch that has no scores.
    pub score: i64,
    /// How many different terms of it matched.
    pub terms: i64,
}

/// An item that watches found.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    /// The number of the item.
    pub item: i64,
    /// The story of the item.
    pub story: i64,
    /// How many days ago it was found: see [`days_ago`](super::days_ago).
    pub ago: usize,
    /// The watches.
    pub found: &'a [Found<'a>],
    /// What the item is about, as far as that was looked at.
    pub places: &'a [Place],
    /// Whether its feed was read long before, so that it can be compared.
    pub known_feed: bool,
}

/// Counts of one topic, watch or place.
#[derive(Clone, Debug)]
struct Line {
    days: Days,
    /// Those that feeds and watches found that are no news themselves.
    settled: Days,
    began: usize,
}

impl Line {
    fn since(began: usize) -> Self {
        Self {
            days: [0; DAYS],
            settled: [0; DAYS],
            began,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    All,
    Watch(String),
    Place(Place),
}

/// What makes one watch lead a story, and so give the topic, as in a digest: the score, the terms, and the place among
/// the watches by title.
type Strength = (i64, i64, Reverse<usize>);

/// A story, as topics count it.
struct Story {
    ago: usize,
    lead: Strength,
    /// The item by which a watch led it.
    item: i64,
    /// Of how many items of it something was found.
    items: usize,
}

/// What feeds and watches must have been there for, so that what they bring can be compared, in days.
pub const SETTLED: usize = 35;

/// Counts stories by topic, watch and place.
pub struct StoryCounter {
    seen: Seen,
    /// By title.
    watches: Vec<KnownWatch>,
    places_of_watches: HashMap<String, usize>,
    numbers: BTreeMap<Name, usize>,
    lines: Vec<Line>,
    /// By story, line, and whether it is among the settled, how many days ago.
    counted: HashMap<(i64, usize, bool), usize>,
    stories: HashMap<i64, Story>,
}

impl StoryCounter {
    /// Of what these watches found; `seen` says on which days there was something to be found.
    pub fn new(seen: Seen, mut watches: Vec<KnownWatch>) -> Self {
        watches.sort_by(|a, b| (&a.title, &a.id).cmp(&(&b.title, &b.id)));
        let ids = watches.iter().map(|watch| watch.id.clone());
        let mut tally = Self {
            seen,
            places_of_watches: ids.zip(0..).collect(),
            watches: Vec::new(),
            numbers: BTreeMap::new(),
            lines: Vec::new(),
            counted: HashMap::new(),
            stories: HashMap::new(),
        };
        tally.line(Name::All, usize::MAX);
        for watch in &watches {
            tally.line(Name::Watch(watch.id.clone()), watch.began);
        }
        tally.watches = watches;
        tally
    }

    /// The number of a line.
    fn line(&mut self, name: Name, began: usize) -> usize {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = self.lines.len();
        self.numbers.insert(name, number);
        self.lines.push(Line::since(began));
        number
    }

    /// Whether an item of the story was counted.
    pub fn knows(&self, story: i64) -> bool {
        self.stories.contains_key(&story)
    }

    /// Counts an item. Those of one story come in the order in which they were found; watches that are not known are
    /// passed over.
    pub fn add(&mut self, sighting: &Sighting<'_>) {
        let mut is_counted = false;
        let mut settled = false;
        for found in sighting.found {
            let Some(place) = self.places_of_watches.get(found.watch).copied() else {
                continue;
            };
            let of_watch = sighting.known_feed && self.watches[place].began >= SETTLED;
            is_counted = true;
            settled |= of_watch;
            self.count(Name::Watch(found.watch.to_owned()), sighting, of_watch);
            // The strongest watch gives a story its topic, whenever that found it.
            let lead = (found.score, found.terms, Reverse(place));
            let ago = sighting.ago;
            let story = self.stories.entry(sighting.story);
            let story = story.or_insert(Story {
                ago,
                lead,
                item: sighting.item,
                items: 0,
            });
            if lead > story.lead {
                (story.lead, story.item) = (lead, sighting.item);
            }
        }
        if is_counted {
            if let Some(story) = self.stories.get_mut(&sighting.story) {
                story.items += 1;
            }
            self.count(Name::All, sighting, settled);
            for place in sighting.places {
                self.count(Name::Place(place.clone()), sighting, settled);
            }
        }
    }

    fn count(&mut self, name: Name, sighting: &Sighting<'_>, settled: bool) {
        let (story, ago) = (sighting.story, sighting.ago);
        // What places were in the news before is not known for longer than for all.
        let number = self.line(name, usize::MAX);
        let Some(line) = self.lines.get_mut(number).filter(|_| ago < DAYS) else {
            return;
        };
        let mut is_first = |settled| match self.counted.entry((story, number, settled)) {
            Entry::Vacant(entry) => {
                entry.insert(ago);
                true
            }
            Entry::Occupied(_) => false,
        };
        if is_first(false) {
            line.days[ago] = line.days[ago].saturating_add(1);
        }
        if settled && is_first(true) {
            line.settled[ago] = line.settled[ago].saturating_add(1);
        }
    }

    fn compare(&self, days: &Days, began: usize, period: Period) -> Comparison {
        let seen = &self.seen;
        Comparison::of(Weights { days, seen, began }, period)
    }

    /// All stories, each once.
    pub fn all(&self) -> Comparison {
        let line = &self.lines[0];
        self.compare(&line.days, line.began, Period::Week)
    }

    /// Stories of the week by topic, each under one, the most first; what has none and had none is left out.
    pub fn topics(&self) -> Vec<Row> {
        let mut topics: BTreeMap<&str, Line> = BTreeMap::new();
        // One of several watches began with the first of them.
        for watch in &self.watches {
            let line = topics.entry(&watch.topic).or_insert(Line::since(0));
            line.began = line.began.max(watch.began);
        }
        for story in self.stories.values() {
            let (_, _, Reverse(watch)) = story.lead;
            if let Some(line) = topics.get_mut(self.watches[watch].topic.as_str())
                && let Some(day) = line.days.get_mut(story.ago)
            {
                *day = day.saturating_add(1);
            }
        }
        self.rows(topics.iter().map(|(name, line)| (*name, line)))
    }

    /// Stories of the week by place, likewise, each under all of its own.
    pub fn places(&self) -> Vec<Row> {
        let places = self.numbers.iter().filter_map(|(name, number)| match name {
            Name::Place(place) => Some((place.name.as_str(), &self.lines[*number])),
            _ => None,
        });
        self.rows(places)
    }

    fn rows<'a>(&self, lines: impl Iterator<Item = (&'a str, &'a Line)>) -> Vec<Row> {
        let mut rows: Vec<Row> = lines
            .map(|(name, line)| {
                let comparison = self.compare(&line.days, line.began, Period::Week);
                Row {
                    name: Some(name.to_owned()).filter(|name| !name.is_empty()),
                    stories: comparison.now,
                    baseline: comparison.baseline(),
                }
            })
            .filter(|row| row.stories > 0 || row.median() > 0.0)
            .collect();
        rows.sort_by(|a, b| {
            let name = |row: &Row| (row.name.is_none(), row.name.clone());
            b.stories
                .cmp(&a.stories)
                .then_with(|| b.median().total_cmp(&a.median()))
                .then_with(|| name(a).cmp(&name(b)))
        });
        rows
    }

    /// The item that stands for the strongest story of a line in the period: that of which most was found.
    fn strongest(&self, line: usize, period: Period) -> Option<i64> {
        let is_within = |ago: usize| match period {
            Period::Week => ago < 7,
            Period::Day(day) => ago == day,
        };
        let counted = self
            .counted
            .iter()
            .filter(|((_, number, settled), ago)| *number == line && !settled && is_within(**ago));
        let stories = counted.filter_map(|((id, ..), _)| Some((id, self.stories.get(id)?)));
        let strongest = stories.max_by_key(|(id, story)| {
            let (score, terms, _) = story.lead;
            (story.items, score, terms, Reverse(**id))
        });
        strongest.map(|(_, story)| story.item)
    }

    /// What is unusual in the period, the most unusual first.
    pub fn unusual(&self, period: Period) -> Vec<Anomaly> {
        let mut found = Vec::new();
        for (name, number) in &self.numbers {
            let what = match name {
                Name::All => continue,
                Name::Watch(id) => {
                    let watch = self.places_of_watches.get(id);
                    let title = watch.map(|place| self.watches[*place].title.clone());
                    AnomalySubject::Watch {
                        id: id.clone(),
                        title: title.unwrap_or_default(),
                    }
                }
                Name::Place(place) => AnomalySubject::Place(place.clone()),
            };
            let line = &self.lines[*number];
            let all = self.compare(&line.days, line.began, period);
            let settled = self.compare(&line.settled, line.began, period);
            if all.is_high()
                && settled.is_high()
                && let (Some(baseline), Some(item)) =
                    (all.baseline(), self.strongest(*number, period))
            {
                found.push(Anomaly {
                    item,
                    what,
                    stories: all.now,
                    baseline,
                    day: None,
                });
            }
        }
        found.sort_by(|a, b| {
            (b.anomaly_score().total_cmp(&a.anomaly_score()))
                .then_with(|| b.stories.cmp(&a.stories))
                .then_with(|| a.word().cmp(&b.word()))
        });
        found
    }
}

impl Row {
    fn median(&self) -> f64 {
        self.baseline.map_or(0.0, |Baseline { median, .. }| median)
    }
}
