//! Stories counted by topic, watch and place: each once for each of them, on the day on which it was first found.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::habit::{Comparison, DAYS, Days, Period, Seen, Weights};
use super::{Row, Unusual, What};

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

/// A hit.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    /// The story of its item.
    pub story: i64,
    /// How many days ago it was found: see [`days_ago`](super::days_ago).
    pub ago: usize,
    /// The watch.
    pub watch: &'a str,
    /// What its item is about, as far as that was looked at.
    pub places: &'a [String],
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
    Topic(String),
    Watch(String),
    Place(String),
}

/// What feeds and watches must have been there for, so that what they bring can be compared, in days.
pub const SETTLED: usize = 35;

/// Counts stories by topic, watch and place.
pub struct Tally {
    period: Period,
    seen: Seen,
    watches: HashMap<String, KnownWatch>,
    numbers: BTreeMap<Name, usize>,
    lines: Vec<Line>,
    /// Story, line, and whether it is among the settled.
    counted: HashSet<(i64, usize, bool)>,
}

impl Tally {
    /// Of the hits of these watches; `seen` says on which days feeds were read.
    pub fn new(period: Period, seen: Seen, watches: Vec<KnownWatch>) -> Self {
        let mut tally = Self {
            period,
            seen,
            watches: HashMap::new(),
            numbers: BTreeMap::new(),
            lines: Vec::new(),
            counted: HashSet::new(),
        };
        tally.line(Name::All, usize::MAX);
        for watch in watches {
            tally.line(Name::Watch(watch.id.clone()), watch.began);
            tally.line(Name::Topic(watch.topic.clone()), watch.began);
            tally.watches.insert(watch.id.clone(), watch);
        }
        tally
    }

    /// The number of a line; one of several watches began with the first of them.
    fn line(&mut self, name: Name, began: usize) -> usize {
        if let Some(number) = self.numbers.get(&name) {
            let line = &mut self.lines[*number];
            line.began = line.began.max(began);
            return *number;
        }
        let number = self.lines.len();
        self.numbers.insert(name, number);
        self.lines.push(Line::since(began));
        number
    }

    /// Whether a hit of the story was counted.
    pub fn knows(&self, story: i64) -> bool {
        self.counted.contains(&(story, 0, false))
    }

    /// Whether the places of what was found so many days ago are of use.
    pub fn compares(&self, ago: usize) -> bool {
        match self.period {
            Period::Week => true,
            Period::Day => ago.is_multiple_of(7),
        }
    }

    /// Counts a hit. Those of one story come in the order in which they were found; that of a watch that is not
    /// known is passed over.
    pub fn add(&mut self, sighting: &Sighting<'_>) {
        let Some(watch) = self.watches.get(sighting.watch) else {
            return;
        };
        let settled = sighting.known_feed && watch.began >= SETTLED;
        let names = [
            Name::All,
            Name::Topic(watch.topic.clone()),
            Name::Watch(watch.id.clone()),
        ];
        let places = sighting.places.iter().cloned().map(Name::Place);
        let names: Vec<Name> = names.into_iter().chain(places).collect();
        for name in names {
            let number = self.line(name, 0);
            self.count(number, sighting, settled);
        }
    }

    fn count(&mut self, number: usize, sighting: &Sighting<'_>, settled: bool) {
        let (story, ago) = (sighting.story, sighting.ago);
        let Some(line) = self.lines.get_mut(number).filter(|_| ago < DAYS) else {
            return;
        };
        if self.counted.insert((story, number, false)) {
            line.days[ago] = line.days[ago].saturating_add(1);
        }
        if settled && self.counted.insert((story, number, true)) {
            line.settled[ago] = line.settled[ago].saturating_add(1);
        }
    }

    fn compare(&self, days: &Days, began: usize) -> Comparison {
        let seen = &self.seen;
        Comparison::of(Weights { days, seen, began }, self.period)
    }

    /// All stories, each once.
    pub fn all(&self) -> Comparison {
        let line = &self.lines[0];
        self.compare(&line.days, usize::MAX)
    }

    /// Stories by topic, the most first; what has none and had none is left out.
    pub fn topics(&self) -> Vec<Row> {
        self.rows(|name| match name {
            Name::Topic(topic) => Some(topic),
            _ => None,
        })
    }

    /// Stories by place, likewise.
    pub fn places(&self) -> Vec<Row> {
        self.rows(|name| match name {
            Name::Place(place) => Some(place),
            _ => None,
        })
    }

    fn rows(&self, wanted: impl Fn(&Name) -> Option<&String>) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (name, number) in &self.numbers {
            let Some(title) = wanted(name) else {
                continue;
            };
            let line = &self.lines[*number];
            let began = match name {
                Name::Place(_) => usize::MAX,
                _ => line.began,
            };
            let comparison = self.compare(&line.days, began);
            let habit = comparison.habit().map(|habit| habit.median);
            if comparison.now > 0 || habit.is_some_and(|habit| habit > 0.0) {
                rows.push(Row {
                    name: Some(title.clone()).filter(|title| !title.is_empty()),
                    stories: comparison.now,
                    habit,
                });
            }
        }
        rows.sort_by(|a, b| {
            let habit = |row: &Row| row.habit.unwrap_or(0.0);
            let name = |row: &Row| (row.name.is_none(), row.name.clone());
            b.stories
                .cmp(&a.stories)
                .then_with(|| habit(b).total_cmp(&habit(a)))
                .then_with(|| name(a).cmp(&name(b)))
        });
        rows
    }

    /// What is unusual, the most unusual first.
    pub fn unusual(&self) -> Vec<Unusual> {
        let mut found = Vec::new();
        for (name, number) in &self.numbers {
            let line = &self.lines[*number];
            let (what, began) = match name {
                Name::All | Name::Topic(_) => continue,
                Name::Watch(id) => {
                    let title = self.watches.get(id).map(|watch| watch.title.clone());
                    let what = What::Watch {
                        id: id.clone(),
                        title: title.unwrap_or_default(),
                    };
                    (what, line.began)
                }
                Name::Place(name) => (What::Place { name: name.clone() }, usize::MAX),
            };
            let all = self.compare(&line.days, began);
            if all.is_high() && self.compare(&line.settled, began).is_high() {
                let unusual = Unusual {
                    what,
                    stories: all.now,
                    habit: all.habit().map_or(0.0, |habit| habit.median),
                    times: all.times(),
                };
                found.push((all.surprise(), unusual));
            }
        }
        found.sort_by(|(surprise_a, a), (surprise_b, b)| {
            surprise_b
                .total_cmp(surprise_a)
                .then_with(|| b.stories.cmp(&a.stories))
                .then_with(|| a.word().cmp(&b.word()))
        });
        found.into_iter().map(|(_, unusual)| unusual).collect()
    }
}
