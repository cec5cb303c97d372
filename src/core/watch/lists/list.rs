//! A list as it was written, and as it was checked.

use std::collections::HashSet;

use crate::core::watch::problem::Problem;
use crate::core::watch::word::Word;

/// A list as it was written. Ids differ from each other; of two with the same, the first counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSpec {
    /// What queries name it by.
    pub id: String,
    /// For people.
    pub title: String,
    /// Its words, language by language.
    pub words: Vec<LanguageWords>,
}

/// The words of a list in one language, or in any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguageWords {
    /// A primary subtag, such as `es`; none where they are found in every language.
    pub language: Option<String>,
    /// As written.
    pub words: Vec<String>,
}

/// A mistake in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListProblem {
    /// Index of the list among those given.
    pub list: usize,
    /// Index in [`ListSpec::words`]; none where it is the list as a whole.
    pub language: Option<usize>,
    /// Index in [`LanguageWords::words`].
    pub word: Option<usize>,
    /// What is wrong. Its span is in the word's text.
    pub problem: Problem,
}

/// A list that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    pub(super) spec: ListSpec,
    /// One for each language of the specification.
    pub(super) groups: Vec<Group>,
}

impl WordList {
    /// As it was written.
    pub fn spec(&self) -> &ListSpec {
        &self.spec
    }
}

/// The words of a list in one language, as they are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// A primary subtag.
    pub(super) language: Option<String>,
    pub(super) words: Vec<ListWord>,
    /// Other lists, and which entries name them.
    pub(super) lists: Vec<(usize, usize)>,
}

/// A word or phrase of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListWord {
    /// Index in [`LanguageWords::words`].
    pub(super) entry: usize,
    pub(super) words: Vec<Word>,
    /// The words in which it is looked for as well, as in [`Term::other`](crate::core::watch::Term::other).
    pub(super) other: Vec<Word>,
}

/// The lists and groups whose words a list has: its own, and those of the lists that it takes in. What is
/// taken in under a language gives only its words of that language and those of any.
pub(super) fn reached(all: &[WordList], list: usize) -> Vec<(usize, usize)> {
    let mut seen = HashSet::new();
    let mut open: Vec<(usize, Option<&str>)> = vec![(list, None)];
    let mut reached = Vec::new();
    while let Some((list, only)) = open.pop() {
        if !seen.insert((list, only)) {
            continue;
        }
        let groups = all.get(list).map_or(&[][..], |list| &list.groups);
        for (number, group) in groups.iter().enumerate() {
            let language = group.language.as_deref();
            if only.is_some() && language.is_some() && only != language {
                continue;
            }
            reached.push((list, number));
            let inner = group.lists.iter().map(|&(inner, _)| inner);
            open.extend(inner.map(|inner| (inner, language.or(only))));
        }
    }
    reached.sort_unstable();
    reached.dedup();
    reached
}
