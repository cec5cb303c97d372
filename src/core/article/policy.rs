//! Which items have their page fetched.

/// Characters of feed text from which an item is taken to be given whole.
pub const FEED_TEXT_ENOUGH: usize = 600;

/// `[article] fetch`, and `articles` of a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Items whose feed gives less than [`FEED_TEXT_ENOUGH`] characters.
    #[default]
    Auto,
    /// All items.
    All,
    /// Items that a watch has found by what the feed says.
    Hits,
    /// None.
    Off,
}

/// What decides about an item.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// It was old when its feed was read for the first time, or came with an archive.
    pub is_backlog: bool,
    /// Characters of the longer of summary and text, as the feed gives them.
    pub feed_text: usize,
    /// A watch has found it.
    pub is_hit: bool,
}

impl Policy {
    /// The names in the configuration, in the order of the manual.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("auto", Self::Auto),
        ("all", Self::All),
        ("hits", Self::Hits),
        ("off", Self::Off),
    ];

    /// The name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::All => "all",
            Self::Hits => "hits",
            Self::Off => "off",
        }
    }

    /// Whether the page of an item is to be fetched.
    pub fn wants(self, item: Item) -> bool {
        !item.is_backlog
            && match self {
                Self::Auto => item.feed_text < FEED_TEXT_ENOUGH,
                Self::All => true,
                Self::Hits => item.is_hit,
                Self::Off => false,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auto_asks_for_what_the_feed_gives_in_short_and_hits_for_what_was_found() {
        let short = Item {
            is_backlog: false,
            feed_text: 599,
            is_hit: false,
        };
        let long = Item {
            feed_text: 600,
            ..short
        };
        let hit = Item {
            is_hit: true,
            ..long
        };
        let wanted = |policy: Policy| [short, long, hit].map(|item| policy.wants(item));
        assert_eq!(wanted(Policy::Auto), [true, false, false]);
        assert_eq!(wanted(Policy::All), [true, true, true]);
        assert_eq!(wanted(Policy::Hits), [false, false, true]);
        assert_eq!(wanted(Policy::Off), [false, false, false]);
    }

    #[test]
    fn each_has_its_name() {
        for (name, policy) in Policy::NAMES {
            assert_eq!(policy.name(), name);
        }
    }

    #[test]
    fn nothing_asks_for_the_backlog() {
        let old = Item {
            is_backlog: true,
            feed_text: 0,
            is_hit: true,
        };
        for (_, policy) in Policy::NAMES {
            assert!(!policy.wants(old), "{policy:?}");
        }
    }
}
