//! The terms of queries and lists: a word or phrase as it is written, and the words to look for.

use std::fmt;

/// How many words a phrase may have.
pub const MAX_PHRASE: usize = 50;
/// How many letters must stand in front of `*`.
pub const MIN_PREFIX: usize = 3;

/// A word or phrase as the researcher wrote it, and the words to look for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// As written, without quotes around it.
    pub text: String,
    /// `=` stands before the quotes: every word is exact.
    pub exact: bool,
    /// One for a word, several for a phrase; none when the text has no letter or digit, and then it
    /// never matches.
    pub words: Vec<Word>,
    /// The words in which it is looked for as well: of `U.N.` the letters, of `u n` the abbreviation; none
    /// without such.
    pub other: Vec<Word>,
}

impl Term {
    /// The words to look for; each of these finds it.
    pub(super) fn readings(&self) -> impl Iterator<Item = &[Word]> {
        let other = Some(self.other.as_slice()).filter(|other| !other.is_empty());
        std::iter::once(self.words.as_slice()).chain(other)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let equals = if self.exact { "=" } else { "" };
        if self.exact || super::quotes::needs_quotes(&self.text) {
            write!(f, "{equals}\"{}\"", self.text)
        } else {
            f.write_str(&self.text)
        }
    }
}

/// One word of a term.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Word {
    /// The same after folding.
    Plain(String),
    /// The same as written: case and accents count.
    Exact {
        /// Folded, for the index.
        folded: String,
        /// As written, in composed form.
        written: String,
    },
    /// `word~`: a form of the same word, in the language of the item.
    Stem {
        /// Folded.
        folded: String,
        /// In lower case with accents, for the stemmer.
        written: String,
    },
    /// `U.N.`: an abbreviation, with dots or in capitals without.
    Abbreviation {
        /// Folded, without dots.
        folded: String,
        /// Only with dots.
        dotted: bool,
    },
    /// `protest*`, `wom?n`: folded letters, with `?` for one letter and `*` at the end for any.
    Wildcard(String),
}

impl Word {
    /// The folded letters, with the signs of a wildcard.
    pub(super) fn folded(&self) -> &str {
        match self {
            Self::Plain(folded)
            | Self::Exact { folded, .. }
            | Self::Stem { folded, .. }
            | Self::Abbreviation { folded, .. } => folded,
            Self::Wildcard(pattern) => pattern,
        }
    }
}
