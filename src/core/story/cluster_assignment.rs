//! What comes of an item: the story it belongs to, and what became of one that was revised.

use super::story_item::Relation;

/// Where an item belongs, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct ClusterAssignment {
    /// The story: the number of its first item.
    pub story: i64,
    /// What the item is to it.
    pub relation: Relation,
    /// The item whose text it has, or so much of it, or whose headline, that it is no source of its own.
    pub copy_of: Option<i64>,
    /// Whether it is like enough to the story to count as an outlet of it.
    pub sure: bool,
    /// Reads alone.
    pub why: String,
    /// The news agency that it credits.
    pub agency: Option<String>,
    /// The most dead or hurt that it counts.
    pub victims: Option<u32>,
    /// Stories that turned out to be one: the newer, and the older in which it goes on.
    pub merged: Vec<(i64, i64)>,
    /// Items placed before that turn out to be no sources of their own, each with one whose text it has then.
    pub same_source: Vec<(i64, i64)>,
    /// Stories that report the event in other languages.
    pub linked: Vec<i64>,
    /// What an item says that joins a story to correct it.
    pub corrects: Option<String>,
    /// What [`Engine::restore`](super::Engine::restore) asks for.
    pub record: Vec<u8>,
}

/// What came of an item that was revised.
#[derive(Clone, Debug, PartialEq)]
pub struct RevisionAssignment {
    /// What it says otherwise, where numbers, names or negations changed.
    pub changed: Option<String>,
    /// Whether what it said before was wrong: see [`Change::correction`](super::change::Change).
    pub is_correction: bool,
    /// In place of the record of before.
    pub record: Vec<u8>,
    /// The most dead or hurt that it counts now.
    pub victims: Option<u32>,
    /// Whether it is like the other items of its story still, if there are others.
    pub belongs: bool,
}
