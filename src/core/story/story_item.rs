//! An item as it is given to the clustering, and how it is related to its story.

use jiff::{SignedDuration, Timestamp};

/// A story is open so long after its last item, and so long after it began.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An item, as far as stories look at it.
#[derive(Clone, Copy, Debug)]
pub struct StoryItem<'a> {
    /// The item's number. A story has that of its first item.
    pub id: i64,
    /// Headline, as a reader sees it; may be empty.
    pub title: &'a str,
    /// The summary, or the text of an item that has none. Its beginning alone is looked at.
    pub lead: &'a str,
    /// BCP 47 tag, if the item says so.
    pub language: Option<&'a str>,
    /// When it was published, if the feed says so; whatever it says.
    pub published: Option<Timestamp>,
    /// The feed's id.
    pub feed: &'a str,
    /// The outlet that it counts as: see `Feed::outlet`.
    pub outlet: &'a str,
}

/// What an item is to its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It begins the story.
    First,
    /// It says in other words what the story is about.
    SameEvent,
    /// Its text is that of an item of the story: agency copy, syndication, another feed of the outlet, a
    /// re-post.
    Copy,
    /// An item of the story that was revised, that corrects it, or that counts another number of victims.
    Update,
}

impl Relation {
    /// Each with the word that stands for it in the database and in JSON.
    pub const NAMED: [(&'static str, Self); 4] = [
        ("first", Self::First),
        ("same event", Self::SameEvent),
        ("copy", Self::Copy),
        ("update", Self::Update),
    ];

    /// The word that stands for it.
    pub fn name(self) -> &'static str {
        Self::NAMED
            .iter()
            .find(|(_, relation)| *relation == self)
            .map_or("", |(name, _)| name)
    }
}
