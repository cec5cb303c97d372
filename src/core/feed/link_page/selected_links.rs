//! What a selector picks of the links of a page.

use std::collections::{HashMap, HashSet};

use dom_query::Matcher;

use super::links::{SelectedLink, SelectedLinks, is_heading};
use super::source::LinkPageDocument;

/// Links of a card that holds an item: its headline, its picture, its topics. What holds more is a list.
const LINKS_OF_A_CARD: usize = 6;

impl LinkPageDocument {
    /// The links that a selector picks, in order: those that it matches, those that what it matches is in, and those
    /// in what it matches. Where that holds a few links of which one is the headline, that is the item.
    pub(super) fn picked(&self, matcher: &Matcher) -> SelectedLinks {
        let selected = self.tree.select(matcher);
        let by_node: HashMap<usize, usize> = self
            .links
            .iter()
            .enumerate()
            .map(|(link, at)| (at.node, link))
            .collect();
        let mut known = HashSet::new();
        let mut picks = Vec::new();
        for &by in &selected {
            let around = self
                .tree
                .ancestors(by)
                .find_map(|node| by_node.get(&node).copied());
            let found = match around {
                Some(link) => vec![link],
                None => self.of_a_card(by),
            };
            let new = found.into_iter().filter(|link| known.insert(*link));
            picks.extend(new.map(|link| SelectedLink { link, by }));
        }
        picks.sort_by_key(|pick| self.links[pick.link].node);
        SelectedLinks {
            picks,
            elements: selected.len(),
            is_in_consent: selected.iter().all(|&node| {
                self.consent
                    .iter()
                    .any(|&outer| self.tree.holds(outer, node))
            }),
        }
    }

    /// The links in a node that are items.
    fn of_a_card(&self, node: usize) -> Vec<usize> {
        let from = self.links.partition_point(|link| link.node < node);
        let end = self.tree.end(node);
        let to = self.links.partition_point(|link| link.node < end);
        let all: Vec<usize> = (from..to).collect();
        let keys = |links: &[usize]| -> HashSet<&str> {
            let links = links.iter().take(LINKS_OF_A_CARD + 1);
            links.map(|&link| self.links[link].key.as_str()).collect()
        };
        if all.len() > 3 * LINKS_OF_A_CARD || !(2..=LINKS_OF_A_CARD).contains(&keys(&all).len()) {
            return all;
        }
        let is_headline = |&link: &usize| {
            let at = self.links[link].node;
            let mut around = self.tree.ancestors(at).take_while(|&outer| outer >= node);
            around.any(|outer| self.tree.name(outer).is_some_and(is_heading))
                || (at..self.tree.end(at))
                    .any(|inner| self.tree.name(inner).is_some_and(is_heading))
        };
        let headlines: Vec<usize> = all.iter().copied().filter(is_headline).collect();
        let keys = keys(&headlines);
        match (keys.len(), keys.iter().next()) {
            (1, Some(&key)) => {
                let same = |&link: &usize| self.links[link].key == key;
                all.into_iter().filter(same).collect()
            }
            _ => all,
        }
    }
}
