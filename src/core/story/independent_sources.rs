//! How many sources tell a story.
//!
//! Two items are one source when they are of one outlet or owner, carry one text, or credit one agency. Who
//! copies adds no source, whoever he is.

use std::collections::HashMap;

use jiff::Timestamp;

use super::agency::agency_of_outlet;

/// An item of a story, as far as its independence goes.
#[derive(Clone, Copy, Debug)]
pub struct ItemSource<'a> {
    /// The item's number.
    pub item: i64,
    /// The outlet that it counts as: see `Feed::outlet`. Empty where that is unknown.
    pub outlet: &'a str,
    /// The agency that it credits, from [`agency`](super::agency::agency).
    pub agency: Option<&'a str>,
    /// The item whose text it has, in whole or so much of it that it is no source of its own.
    pub copy_of: Option<i64>,
    /// It belongs to the story beyond doubt. Others count in [`OutletCounts::all`] alone.
    pub sure: bool,
    /// When it was reported, for those who tell which was first.
    pub reported: Timestamp,
}

/// How many tell a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutletCounts {
    /// Sources that do not depend on each other, as far as can be told; an agency is one, however many carry it.
    pub independent: usize,
    /// Outlets that carry one text: that which most of them carry. Not below two, else none.
    pub carriers: usize,
    /// Different outlets, copies and doubtful items included.
    pub all: usize,
}

/// Of the sources that do not depend on each other, the place of the first of each to report, in that order: as many
/// as [`OutletCounts::independent`], for a story that has any. Who copies is named only where nobody else is: a copy
/// may bear any date.
pub fn independent(sources: &[ItemSource<'_>]) -> Vec<usize> {
    let (mut groups, _) = grouped(sources);
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|place| {
        let source = &sources[*place];
        (source.copy_of.is_some(), source.reported, *place)
    });
    let mut firsts: HashMap<usize, usize> = HashMap::new();
    for place in &order {
        let source = &sources[*place];
        if source.sure && name(source.outlet).is_some() {
            let item = groups.node(Key::Item(source.item));
            firsts.entry(groups.root(item)).or_insert(*place);
        }
    }
    if firsts.is_empty() {
        return order.into_iter().take(1).collect();
    }
    let mut firsts: Vec<usize> = firsts.into_values().collect();
    let outlets = sure_outlets(sources);
    // As many as there are outlets: rather those in their own words.
    firsts.sort_by_key(|place| {
        let source = &sources[*place];
        let carried = source.copy_of.is_some() || source.agency.is_some();
        (carried, source.reported, *place)
    });
    firsts.truncate(outlets);
    firsts.sort_by_key(|place| (sources[*place].reported, *place));
    firsts
}

/// Counts the outlets of a story.
pub fn count(sources: &[ItemSource<'_>]) -> OutletCounts {
    let (mut groups, mut texts) = grouped(sources);
    let mut independent = Vec::new();
    let mut carriers: HashMap<usize, Vec<String>> = HashMap::new();
    let mut all = Vec::new();
    for source in sources {
        let Some(outlet) = name(source.outlet) else {
            continue;
        };
        let text = texts.node(Key::Item(source.item));
        carriers
            .entry(texts.root(text))
            .or_default()
            .push(outlet.clone());
        all.push(outlet);
        // A copy stands for what it copies, so it counts where that is not among the items.
        if source.sure {
            let item = groups.node(Key::Item(source.item));
            independent.push(groups.root(item));
        }
    }
    let carriers = carriers.into_values().map(different).max().unwrap_or(0);
    OutletCounts {
        independent: different(independent)
            .min(sure_outlets(sources))
            .max(usize::from(!sources.is_empty())),
        carriers: if carriers < 2 { 0 } else { carriers },
        all: different(all),
    }
}

/// Different outlets with an item that belongs to the story beyond doubt: there are no more sources, whatever texts
/// they carry.
fn sure_outlets(sources: &[ItemSource<'_>]) -> usize {
    let sure = sources.iter().filter(|source| source.sure);
    different(sure.filter_map(|source| name(source.outlet)).collect())
}

/// Which items are one source, and which carry one text.
fn grouped(sources: &[ItemSource<'_>]) -> (DisjointSets, DisjointSets) {
    let mut groups = DisjointSets::default();
    let mut texts = DisjointSets::default();
    for source in sources {
        let item = groups.node(Key::Item(source.item));
        let text = texts.node(Key::Item(source.item));
        // Chains hold through items that are in doubt.
        if let Some(original) = source.copy_of {
            let original_text = texts.node(Key::Item(original));
            texts.unite(text, original_text);
            let original = groups.node(Key::Item(original));
            groups.unite(item, original);
        }
        let own = agency_of_outlet(source.outlet);
        if let Some(agency) = source.agency.or(own) {
            let agency_text = texts.node(Key::Agency(agency.to_owned()));
            texts.unite(text, agency_text);
        }
        if source.sure {
            for agency in source.agency.into_iter().chain(own) {
                let agency = groups.node(Key::Agency(agency.to_owned()));
                groups.unite(item, agency);
            }
            // Who carries the texts of two others makes one source neither of those nor of his own words and theirs.
            let own_words = source.copy_of.is_none() && source.agency.is_none();
            if let Some(outlet) = name(source.outlet).filter(|_| own_words) {
                let outlet = groups.node(Key::Outlet(outlet));
                groups.unite(item, outlet);
            }
        }
    }
    (groups, texts)
}

fn different<T: Ord>(mut names: Vec<T>) -> usize {
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// An outlet's name as it is compared.
fn name(outlet: &str) -> Option<String> {
    let outlet = outlet.trim();
    (!outlet.is_empty()).then(|| outlet.to_lowercase())
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Item(i64),
    Outlet(String),
    Agency(String),
}

/// Disjoint sets, with the paths halved.
#[derive(Default)]
struct DisjointSets {
    numbers: HashMap<Key, usize>,
    parents: Vec<usize>,
}

impl DisjointSets {
    fn node(&mut self, key: Key) -> usize {
        let next = self.parents.len();
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.parents.push(next);
        }
        number
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] != node {
            self.parents[node] = self.parents[self.parents[node]];
            node = self.parents[node];
        }
        node
    }

    fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests;
