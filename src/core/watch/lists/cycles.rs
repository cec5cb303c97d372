//! Lists that take in each other.

use super::list::{Group, ListProblem, ListSpec};
use crate::core::watch::problem::Problem;

/// Circles that are told, at most; the others are taken out too.
const MOST_TOLD: usize = 100;
/// Lists of a way round that are named on either side of those left out.
const NAMED: usize = 4;

/// Takes out what closes a circle, and tells it with the way round.
pub(super) fn break_cycles(
    specs: &[ListSpec],
    groups: &mut [Vec<Group>],
    problems: &mut Vec<ListProblem>,
) {
    let mut walk = CycleSearch {
        specs,
        done: vec![false; groups.len()],
        path: Vec::new(),
        problems,
        told: 0,
    };
    for list in 0..groups.len() {
        walk.visit(list, groups);
    }
}

struct CycleSearch<'a> {
    specs: &'a [ListSpec],
    done: Vec<bool>,
    /// The lists that are being visited, each within the one before.
    path: Vec<usize>,
    problems: &'a mut Vec<ListProblem>,
    told: usize,
}

impl CycleSearch<'_> {
    // There are at most `MAX_LISTS` of them, so that is how deep it goes.
    fn visit(&mut self, list: usize, groups: &mut [Vec<Group>]) {
        if self.done.get(list).is_none_or(|done| *done) {
            return;
        }
        self.path.push(list);
        for language in 0..groups[list].len() {
            let inside = std::mem::take(&mut groups[list][language].lists);
            let mut kept = Vec::with_capacity(inside.len());
            for (inner, entry) in inside {
                if let Some(from) = self.path.iter().position(|&open| open == inner) {
                    self.tell(from, inner, (list, language, entry));
                } else {
                    self.visit(inner, groups);
                    kept.push((inner, entry));
                }
            }
            groups[list][language].lists = kept;
        }
        self.path.pop();
        self.done[list] = true;
    }

    fn tell(&mut self, from: usize, inner: usize, (list, language, word): (usize, usize, usize)) {
        if self.told == MOST_TOLD {
            return;
        }
        self.told += 1;
        let way: Vec<usize> = self.path[from..].iter().copied().chain([inner]).collect();
        let name = |&list: &usize| Some(format!("@{}", self.specs.get(list)?.id));
        let names: Vec<String> = if way.len() > 2 * NAMED {
            let first = way[..NAMED].iter().filter_map(name);
            let last = way[way.len() - NAMED..].iter().filter_map(name);
            first.chain(["…".to_owned()]).chain(last).collect()
        } else {
            way.iter().filter_map(name).collect()
        };
        let length = self.specs[list].words[language].words[word].len();
        let message = if names.len() == 2 {
            "a list cannot contain itself: leave this out".to_owned()
        } else {
            format!(
                "these lists contain each other in a circle, {}: take one out of the other",
                names.join(" → ")
            )
        };
        self.problems.push(ListProblem {
            list,
            language: Some(language),
            word: Some(word),
            problem: Problem::error(0..length, message),
        });
    }
}
