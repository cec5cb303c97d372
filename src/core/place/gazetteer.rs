//! What a gazetteer is made of.

use crate::core::text::tokenizer::fold_words;

/// Places, regions, and what tells that a place only acts.
#[derive(Clone, Debug, Default)]
pub struct GazetteerSpec {
    /// Countries and territories.
    pub places: Vec<PlaceSpec>,
    /// Groups of places.
    pub regions: Vec<RegionSpec>,
    /// Words that, right behind a name, say that the place speaks or acts from elsewhere, or that somebody is
    /// from there.
    pub aside: Vec<WordList>,
}

/// A country or territory.
#[derive(Clone, Debug, Default)]
pub struct PlaceSpec {
    /// ISO 3166-1 alpha-2, or as the configuration calls it.
    pub id: String,
    /// What names it.
    pub words: Vec<WordList>,
    /// Names that are other things too.
    pub weak: Vec<String>,
    /// Id of the country that it is a part of: what names the one names the other too.
    pub within: Option<String>,
    /// Parts that are written behind a place, as in `Lebanon, Ohio`.
    pub states: Vec<String>,
    /// What begins with one of its names and is something else.
    pub not: Vec<String>,
}

/// Words of one language.
#[derive(Clone, Debug)]
pub struct WordList {
    /// Primary subtag (RFC 5646); none for names in every language.
    pub language: Option<String>,
    /// As written: `=` in front for just these letters, `*` behind for every word that begins so.
    pub words: Vec<String>,
}

/// A group of places.
#[derive(Clone, Debug)]
pub struct RegionSpec {
    /// Stable name, such as `central-america`.
    pub id: String,
    /// What messages call it.
    pub title: String,
    /// Ids of places and of other regions.
    pub places: Vec<String>,
}

/// Letters that must stand before a `*`.
const LEAST_BEFORE_STAR: usize = 3;

/// What is wrong with a word of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordMistake {
    /// It has neither letters nor digits.
    Empty,
    /// The `*` does not stand at the end of the last word.
    StarInside,
    /// The `*` stands after too few letters.
    ShortBeforeStar,
    /// `=` and `*` together.
    StarOfExact,
}

impl WordMistake {
    /// A sentence and what to do.
    pub fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("this has no letters, so it names nothing", "leave it out"),
            Self::StarInside => (
                "`*` stands only at the end",
                "write the beginning that all forms share, and `*` behind it",
            ),
            Self::ShortBeforeStar => (
                "`*` needs three letters before it, or it would find nearly everything",
                "write more letters",
            ),
            Self::StarOfExact => (
                "`=` asks for just this form, and `*` for many",
                "leave one of them out",
            ),
        }
    }
}

/// What is wrong with a word of a list, if anything is.
pub fn word_mistake(written: &str) -> Option<WordMistake> {
    let exact = written.starts_with('=');
    let starred = written.strip_suffix('*');
    let plain = starred.unwrap_or(written);
    let words = fold_words(plain);
    if plain.contains('*') {
        return Some(WordMistake::StarInside);
    }
    let Some(last) = words.last() else {
        return Some(WordMistake::Empty);
    };
    let last = last.folded.chars().count();
    match starred {
        Some(_) if exact => Some(WordMistake::StarOfExact),
        Some(_) if last < LEAST_BEFORE_STAR => Some(WordMistake::ShortBeforeStar),
        _ => None,
    }
}
