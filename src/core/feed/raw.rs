//! What the readers of the formats find, before it is made into [`Feed`](super::Feed) and
//! [`Entry`](super::Entry): text as it stands, addresses and dates not yet resolved.

use std::rc::Rc;

use url::Url;

use super::dates::DateInterpretations;
use super::{Loss, PublishingHints};

/// A feed as read.
#[derive(Debug, Default)]
pub(super) struct RawFeed {
    pub title: Option<RawText>,
    pub links: Vec<RawLink>,
    pub language: Option<String>,
    pub id: Option<String>,
    /// Authors of the feed; they stand for entries that name none (Atom, RFC 4287, section 4.2.1).
    pub authors: Vec<String>,
    pub hints: PublishingHints,
    pub entries: Vec<RawEntry>,
    /// What the reader knows to be missing.
    pub loss: Loss,
    /// It is a sitemap.
    pub is_sitemap: bool,
}

/// An item as read.
#[derive(Debug, Default)]
pub(super) struct RawEntry {
    pub id: Option<String>,
    pub id_role: IdRole,
    pub title: Option<RawText>,
    pub links: Vec<RawLink>,
    /// Apart, for many a large body has items without dates.
    pub published: Option<Box<DateInterpretations>>,
    pub updated: Option<Box<DateInterpretations>>,
    pub summary: Option<RawText>,
    pub content: Option<RawText>,
    /// What it says beside these.
    pub further: Vec<RawText>,
    pub authors: Vec<String>,
    pub categories: Vec<String>,
    pub language: Option<Rc<str>>,
    /// A text was cut where it was read.
    pub is_shortened: bool,
    /// There were more authors, categories or further texts than are kept.
    pub is_crowded: bool,
}

impl RawEntry {
    /// When something last happened to it, as far as it says so.
    pub(super) fn newest_date(&self) -> Option<DateInterpretations> {
        let dates = [&self.published, &self.updated].into_iter().flatten();
        dates
            .map(|date| **date)
            .max_by_key(DateInterpretations::first_reading)
    }
}

/// Whether an item's identifier is also its address (RSS 2.0, `isPermaLink`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum IdRole {
    /// Only an identifier.
    #[default]
    Name,
    /// An address too.
    Address,
}

/// Text with what is known of its markup.
#[derive(Debug, Default)]
pub(super) struct RawText {
    pub text: String,
    pub kind: TextKind,
}

/// What a format says of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TextKind {
    /// Plain text: `<` is a character (Atom `text`, JSON Feed `content_text`).
    Plain,
    /// HTML.
    Html,
    /// RSS, which does not say: HTML where it looks like it.
    #[default]
    Unsaid,
}

/// A link as read.
#[derive(Debug, Default)]
pub(super) struct RawLink {
    pub href: String,
    pub relation: LinkRelation,
    pub medium: Medium,
    /// Language of what it leads to, when it says so.
    pub language: Option<Rc<str>>,
    /// `xml:base` in force where it stands.
    pub base: Option<Rc<Url>>,
}

/// What a link points to. The order is the order of preference for an item's address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LinkRelation {
    /// The page itself.
    #[default]
    Alternate,
    /// The feed or entry document.
    SelfLink,
    /// Something else: related pages, replies, enclosures.
    Other,
}

impl LinkRelation {
    /// From Atom's `rel`; none means `alternate`. The name of a relation has any case and may be written
    /// as an address of IANA's (RFC 4287, section 4.2.7.2). Where there are several, as HTML allows, the
    /// best counts.
    pub(super) fn of(rel: Option<&str>) -> Self {
        let relations = rel
            .unwrap_or_default()
            .split_whitespace()
            .take(MOST_RELATIONS);
        relations.map(Self::of_one).min().unwrap_or_default()
    }

    fn of_one(rel: &str) -> Self {
        let (registry, name) = rel.rsplit_once('/').unwrap_or(("", rel));
        if !registry.is_empty() && !registry.contains("www.iana.org/assignments/") {
            return Self::Other;
        }
        match name {
            _ if name.eq_ignore_ascii_case("alternate") => Self::Alternate,
            _ if name.eq_ignore_ascii_case("self") => Self::SelfLink,
            _ => Self::Other,
        }
    }
}

/// Relations of one link that are looked at; no sound one has more than two.
const MOST_RELATIONS: usize = 8;

/// What a link leads to by its media type. The order is the order of preference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Medium {
    /// A page, also where nothing is said.
    #[default]
    Page,
    /// Anything else: JSON, another feed, a picture.
    Data,
}

impl Medium {
    /// From a media type (RFC 9110, section 8.3.1).
    pub(super) fn of(media_type: Option<&str>) -> Self {
        let name = media_type.unwrap_or_default().split(';').next();
        let name = name.unwrap_or_default().trim();
        let is_page = [
            "",
            "text/html",
            "application/xhtml+xml",
            "html",
            "xhtml",
            "text/plain",
        ]
        .iter()
        .any(|page| name.eq_ignore_ascii_case(page));
        if is_page { Self::Page } else { Self::Data }
    }
}

/// A language tag; BCP 47 gives no reason for longer ones, and they are none.
pub(super) fn language_tag(text: &str) -> Option<Rc<str>> {
    const LONGEST: usize = 64;
    Some(text.trim())
        .filter(|tag| (1..=LONGEST).contains(&tag.len()))
        .map(Rc::from)
}

/// A person: `Name (address)` when both are known, else the one that is.
pub(super) fn person_named(name: &str, email: &str) -> String {
    let email = email.strip_prefix("mailto:").unwrap_or(email);
    match (name.is_empty(), email.is_empty()) {
        (false, false) if name != email => format!("{name} ({email})"),
        (false, _) => name.to_owned(),
        (true, _) => email.to_owned(),
    }
}
