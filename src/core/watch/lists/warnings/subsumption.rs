//! Whether one word of a list finds everything that another does.

use std::collections::BTreeSet;

use crate::core::watch::clitics::without_article;
use crate::core::watch::lists::list::ListWord;
use crate::core::watch::stem::Stems;
use crate::core::watch::word::{MIN_PREFIX, Word};

/// What one word of a list is found by.
#[derive(PartialEq, Eq)]
pub(super) enum Found {
    /// Any form with one of these keys (see [`Stems::keys`]).
    Forms {
        folded: String,
        keys: BTreeSet<String>,
    },
    /// The word itself, in any case.
    Plain(String),
    /// The word as it is written.
    Written { folded: String, written: String },
    /// What begins so.
    Begins(String),
    /// Something else with a wildcard.
    Pattern(String),
}

impl Found {
    fn of(word: &Word, stems: Option<&Stems>) -> Self {
        match (word, stems) {
            (Word::Stem { folded, written }, Some(stems)) => {
                let mut keys = BTreeSet::from([stems.written(written)]);
                stems.keys(folded, |key| {
                    keys.insert(key.to_owned());
                });
                if let Some(bare) = without_article(folded).filter(|_| stems.is_arabic()) {
                    stems.keys(bare, |key| {
                        keys.insert(key.to_owned());
                    });
                }
                Self::Forms {
                    folded: folded.clone(),
                    keys,
                }
            }
            (Word::Stem { folded, .. } | Word::Plain(folded), _) => Self::Plain(folded.clone()),
            (Word::Exact { folded, written }, _) => Self::Written {
                folded: folded.clone(),
                written: written.clone(),
            },
            // With dots or in capitals.
            (Word::Abbreviation { folded, .. }, _) => Self::Written {
                folded: folded.clone(),
                written: folded.to_uppercase(),
            },
            (Word::Wildcard(pattern), _) => match pattern.strip_suffix('*') {
                Some(front) if !front.contains('?') => Self::Begins(front.to_owned()),
                _ => Self::Pattern(pattern.clone()),
            },
        }
    }

    /// Whether everything that `other` finds is found by this.
    fn covers(&self, other: &Self, stems: Option<&Stems>) -> bool {
        match (self, other) {
            (Self::Forms { keys, .. }, Self::Forms { keys: others, .. }) => others.is_subset(keys),
            (Self::Forms { keys, .. }, Self::Plain(folded) | Self::Written { folded, .. }) => {
                let mut shared = false;
                if let Some(stems) = stems {
                    stems.keys(folded, |key| shared |= keys.contains(key));
                }
                shared
            }
            (Self::Plain(own), Self::Plain(folded) | Self::Written { folded, .. }) => own == folded,
            (Self::Begins(front), Self::Forms { folded, keys }) => {
                // A stem may end otherwise than its words do.
                folded.starts_with(front)
                    && keys.iter().all(|key| {
                        key.starts_with(front) && key.len() > front.len()
                            || key == front && !front.ends_with(['i', 'y'])
                    })
            }
            (
                Self::Begins(front),
                Self::Plain(folded) | Self::Written { folded, .. } | Self::Begins(folded),
            ) => folded.starts_with(front),
            (own, other) => own == other,
        }
    }

    /// By what it is looked up among the words that may cover another.
    pub(super) fn labels(&self) -> Vec<String> {
        match self {
            Self::Forms { keys, .. } => keys.iter().map(|key| format!("f{key}")).collect(),
            Self::Plain(folded) => vec![format!("p{folded}")],
            Self::Written { written, .. } => vec![format!("w{written}")],
            Self::Begins(front) => vec![format!("b{front}")],
            Self::Pattern(pattern) => vec![format!("*{pattern}")],
        }
    }

    /// The labels of what may cover it.
    pub(super) fn wanted(&self, stems: Option<&Stems>) -> Vec<String> {
        let mut labels = self.labels();
        let begins = |folded: &str, labels: &mut Vec<String>| {
            let fronts = folded.char_indices().map(|(at, _)| at).skip(MIN_PREFIX);
            for end in fronts.chain([folded.len()]) {
                labels.push(format!("b{}", &folded[..end]));
            }
        };
        match self {
            Self::Forms { folded, .. } | Self::Begins(folded) => begins(folded, &mut labels),
            Self::Plain(folded) | Self::Written { folded, .. } => {
                begins(folded, &mut labels);
                labels.push(format!("p{folded}"));
                if let Some(stems) = stems {
                    stems.keys(folded, |key| labels.push(format!("f{key}")));
                }
            }
            Self::Pattern(_) => {}
        }
        labels
    }
}

/// An entry with what it is found by.
pub(super) struct Compared {
    pub(super) group: usize,
    pub(super) entry: usize,
    pub(super) words: Vec<Found>,
    /// In other words: letter by letter, or as an abbreviation.
    other: Vec<Found>,
}

impl Compared {
    pub(super) fn of(group: usize, listed: &ListWord, stems: Option<&Stems>) -> Self {
        let found = |words: &[Word]| words.iter().map(|word| Found::of(word, stems)).collect();
        Self {
            group,
            entry: listed.entry,
            words: found(&listed.words),
            other: found(&listed.other),
        }
    }

    /// Whether everything that `other` finds holds something that this finds, from its word `at` on.
    pub(super) fn covers(&self, other: &Self, at: usize, stems: Option<&Stems>) -> bool {
        let has = |own: &[Found], words: &[Found]| {
            own.len() <= words.len()
                && own
                    .iter()
                    .zip(words)
                    .all(|(own, other)| own.covers(other, stems))
        };
        let in_other = |at: usize| {
            let words = other.other.get(at..).unwrap_or_default();
            has(&self.words, words) || !self.other.is_empty() && has(&self.other, words)
        };
        let window = other.words.get(at..).unwrap_or_default();
        has(&self.words, window) && (other.other.is_empty() || (0..other.other.len()).any(in_other))
    }
}
