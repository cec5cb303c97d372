//! Warnings about lists that were understood: words that add nothing, and words of two languages.

mod redundancy;
mod report;
mod subsumption;
mod two_languages;

use super::list::{ListProblem, WordList};
use redundancy::redundant;
use report::Texts;
use two_languages::in_two_languages;

/// Lists of more words are made by programs, and nobody reads what is told of their words.
const MOST_WORDS: usize = 20_000;

/// What is allowed in these lists, and hardly meant.
pub(super) fn warnings(all: &[WordList]) -> Vec<ListProblem> {
    let mut problems = Vec::new();
    for (number, list) in all.iter().enumerate() {
        let words: usize = list.groups.iter().map(|group| group.words.len()).sum();
        if words > MOST_WORDS {
            continue;
        }
        let texts = Texts { number, list };
        texts.tell(
            &redundant(list),
            "of these words add nothing, since others find them already",
            &mut problems,
        );
        texts.tell(
            &in_two_languages(list),
            "of these words stand in two languages",
            &mut problems,
        );
    }
    problems
}
