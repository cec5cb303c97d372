//! The fields of an item that a query can name.

/// The fields a query can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// `title:`
    Title,
    /// `summary:`
    Summary,
    /// `text:`
    Text,
    /// `lead:`: title, summary and the first paragraph of the text as one field.
    Lead,
    /// `author:`
    Author,
    /// `category:`
    Category,
}

impl TextField {
    /// All of them, in the order in which they are told to people.
    pub const ALL: [Self; 6] = [
        Self::Title,
        Self::Summary,
        Self::Text,
        Self::Lead,
        Self::Author,
        Self::Category,
    ];

    /// The name before the colon.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::Text => "text",
            Self::Lead => "lead",
            Self::Author => "author",
            Self::Category => "category",
        }
    }
}
