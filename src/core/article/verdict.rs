//! How much of an item was read.

use serde::{Serialize, Serializer};

/// What came of the page that an item links to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageVerdict {
    /// The article's text was read.
    Whole,
    /// The page was read, and under 200 characters of text came out: what the feed says is kept.
    FeedText,
    /// Only subscribers read it: 401, 402, 403, 451, or `isAccessibleForFree` says so.
    Paywalled,
    /// A page that asks whether a person is reading.
    Challenge,
    /// A page that asks for consent, before the article.
    ConsentWall,
    /// The text is there only for a browser that runs the page's scripts.
    ScriptOnly,
    /// The publisher's robots.txt asks not to fetch it (RFC 9309).
    Robots,
    /// No HTML: a PDF, a film, a picture.
    NotHtml,
    /// More bytes, nesting, attributes or work than a page may take.
    TooBig,
    /// 404 or 410.
    Gone,
    /// No answer, or none that could be used.
    Unreachable,
    /// It was never asked for: the day's pages of its feed were spent, the queue was full, or the item waited
    /// too long.
    NotAsked,
}

impl PageVerdict {
    /// Every verdict, in the order in which counts are told.
    pub const ALL: [Self; 12] = [
        Self::Whole,
        Self::FeedText,
        Self::Paywalled,
        Self::Challenge,
        Self::ConsentWall,
        Self::ScriptOnly,
        Self::Robots,
        Self::NotHtml,
        Self::TooBig,
        Self::Gone,
        Self::Unreachable,
        Self::NotAsked,
    ];

    /// The name in JSON, in the database and in figures.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::FeedText => "feed-text",
            Self::Paywalled => "paywalled",
            Self::Challenge => "challenge",
            Self::ConsentWall => "consent-wall",
            Self::ScriptOnly => "script-only",
            Self::Robots => "robots",
            Self::NotHtml => "not-html",
            Self::TooBig => "too-big",
            Self::Gone => "gone",
            Self::Unreachable => "unreachable",
            Self::NotAsked => "not-asked",
        }
    }

    /// The verdict of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }

    /// As counts say it, of one and of many: "12 refused by robots.txt".
    pub fn counted(self) -> &'static str {
        match self {
            Self::Whole => "read whole",
            Self::FeedText => "with too little text on the page",
            Self::Paywalled => "paywalled",
            Self::Challenge => "behind a test for robots",
            Self::ConsentWall => "behind a consent wall",
            Self::ScriptOnly => "readable only with scripts",
            Self::Robots => "refused by robots.txt",
            Self::NotHtml => "leading to no web page",
            Self::TooBig => "too big",
            Self::Gone => "gone",
            Self::Unreachable => "unreachable",
            Self::NotAsked => "not asked for",
        }
    }
}

impl Serialize for PageVerdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verdict_has_a_name_of_its_own_and_is_found_by_it() {
        for verdict in PageVerdict::ALL {
            assert_eq!(PageVerdict::of_name(verdict.name()), Some(verdict));
        }
    }
}
