//! A watch as the matcher takes it, and what the naive evaluator says of it.

use newsvigil::core::document::Document;
use newsvigil::core::watch::{WatchSpec, WordLists, parse_score_term_with, parse_with};

use crate::naive::query::{Ask, Term};
use crate::naive::{Item, Shown};

/// A watch for both evaluators.
pub struct Watch {
    pub ask: Ask,
    /// Which of the two sets of lists it may name.
    pub family: usize,
    pub languages: Vec<String>,
    pub score: Vec<(Term, i64)>,
    pub threshold: Option<i64>,
}

impl Watch {
    pub fn spec(&self, families: &[WordLists]) -> WatchSpec {
        let query = self.ask.print();
        let lists = &families[self.family];
        let (tree, problems) = parse_with(&query, lists);
        let score = self.score.iter().map(|(term, weight)| {
            let key = term.text();
            parse_score_term_with(&key, *weight, lists)
                .unwrap_or_else(|problem| panic!("{key}: {problem:?}"))
        });
        WatchSpec {
            query: tree.unwrap_or_else(|| panic!("{query}: {problems:?}")),
            languages: self.languages.clone(),
            feeds: None,
            score: score.collect(),
            threshold: self.threshold,
        }
    }

    /// What the documentation says of this watch and this item.
    pub fn naive(&self, item: &Item<'_>, document: &Document) -> Option<(i64, Shown)> {
        let known = document.language.as_ref().map(|tag| tag[..2].to_owned());
        if known.is_some_and(|known| !self.languages.is_empty() && !self.languages.contains(&known))
        {
            return None;
        }
        let shown = item.matches(&self.ask)?;
        let points = self.score.iter().map(|(term, weight)| {
            let (title, body) = item.count(term);
            let three = |count: usize| i64::try_from(count.min(3)).expect("at most 3");
            weight * three(title) * 2 + weight * three(body)
        });
        let score = points.sum();
        self.threshold
            .is_none_or(|least| score >= least)
            .then_some((score, shown))
    }
}
