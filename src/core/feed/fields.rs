//! What an element may mean, whichever format or vocabulary it is of.

/// What an element means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Item,
    Title(ElementRank),
    /// An address as text, or an Atom link by its attributes.
    Link,
    /// RSS: an identifier that is an address too, unless it says otherwise.
    Guid,
    /// Atom: an identifier.
    Id,
    Summary(ElementRank),
    Content(ElementRank),
    Published(ElementRank),
    Updated(ElementRank),
    Author(ElementRank),
    Category,
    Language,
    Ttl,
    UpdatePeriod,
    UpdateFrequency,
    SkipHours,
    SkipDays,
    Hour,
    Day,
    /// What is inside says nothing of the item or the feed: `image`, `textinput`, Atom `source`.
    Ignored,
}

/// How much an element is the right one for its meaning; the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ElementRank {
    Proper,
    Borrowed,
    Substitute,
    /// Only where there is nothing else.
    Last,
}
