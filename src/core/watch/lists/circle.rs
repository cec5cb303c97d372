//! Lists that take in each other.

use super::{Group, ListProblem, ListSpec};
use crate::core::watch::problem::Problem;

/// Takes out what closes a circle, and tells it with the way round.
pub(super) fn break_circles(
    specs: &[ListSpec],
    groups: &mut [Vec<Group>],
    problems: &mut Vec<ListProblem>,
) {
    let mut walk = Walk {
        specs,
        done: vec![false; groups.len()],
        path: Vec::new(),
        problems,
    };
    for list in 0..groups.len() {
        walk.visit(list, groups);
    }
}

struct Walk<'a> {
    specs: &'a [ListSpec],
    done: Vec<bool>,
    /// The lists that are being visited, each within the one before.
    path: Vec<usize>,
    problems: &'a mut Vec<ListProblem>,
}

impl Walk<'_> {
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
        let way = self.path[from..].iter().chain([&inner]);
        let names: Vec<String> = way
            .filter_map(|&list| self.specs.get(list))
            .map(|spec| format!("@{}", spec.id))
            .collect();
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
