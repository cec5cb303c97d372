//! Word lists as the naive evaluator sees them.

use std::collections::BTreeSet;

use newsvigil::core::watch::{LanguageWords, ListSpec};

use crate::naive::words::{Way, Word};

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    pub groups: Vec<Group>,
}

/// The words of a list in one language, or in any.
#[derive(Clone, Debug)]
pub struct Group {
    pub language: Option<&'static str>,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub enum Entry {
    Words {
        /// `=` stands before the whole.
        exact: bool,
        /// [`Way::Stem`] is a word without a sign.
        words: Vec<Word>,
    },
    /// Another list, by its number.
    List(usize),
}

/// What a query names a list by, without `@`.
pub fn id(list: usize) -> String {
    format!("list-{list}")
}

impl Entry {
    pub fn text(&self) -> String {
        match self {
            Self::List(list) => format!("@{}", id(*list)),
            Self::Words { exact, words } => {
                let words = words.iter().map(|word| match word.way {
                    Way::Exact => format!("={}", word.text),
                    _ => word.text.clone(),
                });
                let words = words.collect::<Vec<_>>().join(" ");
                format!("{}{words}", if *exact { "=" } else { "" })
            }
        }
    }
}

impl List {
    pub fn spec(&self, number: usize) -> ListSpec {
        let groups = self.groups.iter().map(|group| LanguageWords {
            language: group.language.map(str::to_owned),
            words: group.entries.iter().map(Entry::text).collect(),
        });
        ListSpec {
            id: id(number),
            title: String::new(),
            words: groups.collect(),
        }
    }
}

/// Which words a list has, its own and those of the lists in it: by list, group and entry.
pub fn words(lists: &[List], list: usize) -> BTreeSet<(usize, usize, usize)> {
    words_for(lists, list, None)
}

/// The same for a list that is taken in under a language, which takes its words of that language and of any.
fn words_for(
    lists: &[List],
    list: usize,
    only: Option<&'static str>,
) -> BTreeSet<(usize, usize, usize)> {
    let mut words = BTreeSet::new();
    for (place, group) in lists[list].groups.iter().enumerate() {
        if only.is_some() && group.language.is_some() && group.language != only {
            continue;
        }
        for (number, entry) in group.entries.iter().enumerate() {
            match entry {
                Entry::Words { .. } => {
                    words.insert((list, place, number));
                }
                Entry::List(inner) => {
                    words.extend(words_for(lists, *inner, group.language.or(only)));
                }
            }
        }
    }
    words
}
