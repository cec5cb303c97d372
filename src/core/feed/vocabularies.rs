//! Which element of which vocabulary means what: the formats' own are in `rss`, `atom` and `rdf`, those that
//! any format may borrow are here (Dublin Core, `content`, `syndication`, Media RSS, iTunes, XHTML).

use super::fields::{ElementRank, Field};
use super::{atom, rdf, rss};

/// A vocabulary, whatever its prefix and whichever of its addresses a feed writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Namespace {
    /// RSS of any version, or no namespace at all.
    #[default]
    Rss,
    Atom,
    DublinCore,
    DublinTerms,
    Content,
    Media,
    Itunes,
    Syndication,
    Xhtml,
    /// A vocabulary that says nothing of interest here.
    Other,
}

impl Namespace {
    /// From the address of a namespace. Feeds write these addresses with many mistakes, so that
    /// what they contain decides.
    pub(super) fn of_address(address: &str) -> Self {
        let address = address.trim().to_ascii_lowercase();
        let contains = |part: &str| address.contains(part);
        match address.as_str() {
            "" => Self::Rss,
            address if atom::is_namespace(address) => Self::Atom,
            _ if contains("purl.org/dc/elements") => Self::DublinCore,
            _ if contains("purl.org/dc/terms") => Self::DublinTerms,
            _ if contains("modules/content") => Self::Content,
            _ if contains("modules/syndication") => Self::Syndication,
            _ if contains("search.yahoo.com/mrss") || contains("tools.search.yahoo.com") => {
                Self::Media
            }
            // Google's podcasts copy the names of Apple's.
            _ if contains("itunes.com/dtds") || contains("schemas/play-podcasts") => Self::Itunes,
            _ if contains("w3.org/1999/xhtml") => Self::Xhtml,
            _ if contains("purl.org/rss/1.0/modules") => Self::Other,
            address if rss::is_namespace(address) || rdf::is_namespace(address) => Self::Rss,
            _ => Self::Other,
        }
    }

    /// From a prefix that is nowhere declared, by custom.
    pub(super) fn of_prefix(prefix: &str) -> Self {
        match prefix.to_ascii_lowercase().as_str() {
            "rss" | "rdf" => Self::Rss,
            "atom" | "atom10" | "a10" => Self::Atom,
            "dc" => Self::DublinCore,
            "dcterms" | "dct" => Self::DublinTerms,
            "content" => Self::Content,
            "media" => Self::Media,
            "itunes" | "googleplay" => Self::Itunes,
            "sy" => Self::Syndication,
            "xhtml" | "html" | "body" => Self::Xhtml,
            _ => Self::Other,
        }
    }
}

/// The meaning of an element, by vocabulary and local name (in lower case).
pub(super) fn field(space: Namespace, local: &str) -> Option<Field> {
    use ElementRank::{Borrowed, Last, Proper, Substitute};
    Some(match (space, local) {
        // Feeds of one format have elements of the other, with no prefix to tell them apart.
        (Namespace::Rss | Namespace::Atom, _) => {
            return rss::field(local)
                .or_else(|| atom::field(local))
                .or_else(|| rdf::field(local));
        }
        (Namespace::DublinCore | Namespace::DublinTerms, "title") => Field::Title(Borrowed),
        (Namespace::DublinCore | Namespace::DublinTerms, "description")
        | (Namespace::DublinTerms, "abstract") => Field::Summary(Borrowed),
        (Namespace::DublinCore, "creator" | "author") | (Namespace::DublinTerms, "creator") => {
            Field::Author(Borrowed)
        }
        (Namespace::DublinCore, "date")
        | (Namespace::DublinTerms, "issued" | "created" | "available") => {
            Field::Published(Borrowed)
        }
        (Namespace::DublinTerms, "modified") => Field::Updated(Borrowed),
        (Namespace::DublinCore, "subject") => Field::Category,
        (Namespace::DublinCore, "language") => Field::Language,
        (Namespace::Content, "encoded") | (Namespace::Xhtml, "body") => Field::Content(Proper),
        (Namespace::Media | Namespace::Itunes, "title") => Field::Title(Substitute),
        (Namespace::Media, "description") | (Namespace::Itunes, "summary" | "description") => {
            Field::Summary(Substitute)
        }
        (Namespace::Media, "text") | (Namespace::Itunes, "subtitle") => Field::Summary(Last),
        (Namespace::Itunes, "author") => Field::Author(Substitute),
        (Namespace::Syndication, "updateperiod") => Field::UpdatePeriod,
        (Namespace::Syndication, "updatefrequency") => Field::UpdateFrequency,
        _ => return None,
    })
}
