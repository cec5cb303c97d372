//! What is found of places: words of a text, names among them, and what an item is about.

use std::ops::Range;

use crate::core::document::Field;

/// Places that are told of one item, at most.
pub const MOST_PLACES: usize = 5;
/// Words that are told for one place, at most.
pub const MOST_REASONS: usize = 12;

/// A place that a document is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceMatch {
    /// The number of the place: see [`Gazetteer::id`](super::Gazetteer::id).
    pub place: usize,
    /// Points, in tenths; they mean something only beside those of the other places of the same item.
    pub score: u32,
    /// The words that name it, in the order of the fields; the first [`MOST_REASONS`].
    pub why: Vec<Reason>,
}

/// Words of a document that name a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Where they stand: title, summary or text.
    pub field: Field,
    /// First byte in the field as given.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The words as they stand there.
    pub word: String,
    /// How they count.
    pub weight: Weight,
}

/// How much the words that name a place count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// They name the place, and nothing else.
    Full,
    /// They are its people, who may be elsewhere, as in "Belgians".
    People,
    /// They may mean something else, but for what stands beside them or elsewhere in the item.
    Weak,
    /// The place speaks or acts from elsewhere, or somebody is from there: "US says", "Belgian nationals".
    Aside,
}

/// A word of a text.
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) keys: Range<u32>,
    /// It begins with a capital letter.
    pub(super) capital: bool,
    /// Whether it says that a name follows, and no person.
    pub(super) before: Before,
}

/// What a word says of a name behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    Nothing,
    /// It is a place: "from", "to".
    Place,
    /// It is where something happens: "in", "near".
    Where,
}

/// Words that name a place, or one of several.
pub(super) struct Mention {
    pub(super) field: Field,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its first word, counted in its field.
    pub(super) word: usize,
    pub(super) place: u32,
    /// The name is another thing too, or also names another place.
    pub(super) weak: bool,
    /// What stands beside it says that it is a place.
    pub(super) before: Before,
    /// How much it counts.
    pub(super) weight: Weight,
    /// Mentions with the same number are the same words, for several places.
    pub(super) group: usize,
    pub(super) state: bool,
}
