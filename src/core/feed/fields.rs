//! Which element of which vocabulary means what.

/// A vocabulary, whatever its prefix and whichever of its addresses a feed writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Space {
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

impl Space {
    /// From the address of a namespace. Feeds write these addresses with many mistakes, so that
    /// what they contain decides.
    pub(super) fn of_address(address: &str) -> Self {
        let address = address.trim().to_ascii_lowercase();
        let contains = |part: &str| address.contains(part);
        match address.as_str() {
            "" => Self::Rss,
            _ if contains("w3.org/2005/atom")
                || contains("purl.org/atom/ns")
                || contains("w3.org/2003/atom") =>
            {
                Self::Atom
            }
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
            _ if contains("purl.org/rss")
                || contains("purl.org/net/rss")
                || contains("backend.userland.com")
                || contains("blogs.law.harvard.edu")
                || contains("my.netscape.com/rdf")
                || contains("channel.netscape.com")
                || contains("cyber.law.harvard.edu")
                || contains("rssboard.org")
                || contains("w3.org/1999/02/22-rdf") =>
            {
                Self::Rss
            }
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

/// What an element means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Item,
    Title(Rank),
    /// An address as text, or an Atom link by its attributes.
    Link,
    /// RSS: an identifier that is an address too, unless it says otherwise.
    Guid,
    /// Atom: an identifier.
    Id,
    Summary(Rank),
    Content(Rank),
    Published(Rank),
    Updated(Rank),
    Author(Rank),
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
pub(super) enum Rank {
    Proper,
    Borrowed,
    Substitute,
    /// Only where there is nothing else.
    Last,
}

/// The meaning of an element, by vocabulary and local name (in lower case).
pub(super) fn field(space: Space, local: &str) -> Option<Field> {
    use Rank::{Borrowed, Last, Proper, Substitute};
    Some(match (space, local) {
        (Space::Rss | Space::Atom, _) => return core_field(local),
        (Space::DublinCore | Space::DublinTerms, "title") => Field::Title(Borrowed),
        (Space::DublinCore | Space::DublinTerms, "description")
        | (Space::DublinTerms, "abstract") => Field::Summary(Borrowed),
        (Space::DublinCore, "creator" | "author") | (Space::DublinTerms, "creator") => {
            Field::Author(Borrowed)
        }
        (Space::DublinCore, "date") | (Space::DublinTerms, "issued" | "created" | "available") => {
            Field::Published(Borrowed)
        }
        (Space::DublinTerms, "modified") => Field::Updated(Borrowed),
        (Space::DublinCore, "subject") => Field::Category,
        (Space::DublinCore, "language") => Field::Language,
        (Space::Content, "encoded") | (Space::Xhtml, "body") => Field::Content(Proper),
        (Space::Media | Space::Itunes, "title") => Field::Title(Substitute),
        (Space::Media, "description") | (Space::Itunes, "summary" | "description") => {
            Field::Summary(Substitute)
        }
        (Space::Media, "text") | (Space::Itunes, "subtitle") => Field::Summary(Last),
        (Space::Itunes, "author") => Field::Author(Substitute),
        (Space::Syndication, "updateperiod") => Field::UpdatePeriod,
        (Space::Syndication, "updatefrequency") => Field::UpdateFrequency,
        _ => return None,
    })
}

fn core_field(local: &str) -> Option<Field> {
    use Rank::{Borrowed, Proper, Substitute};
    Some(match local {
        "item" | "entry" => Field::Item,
        "title" => Field::Title(Proper),
        "link" => Field::Link,
        "guid" => Field::Guid,
        "id" => Field::Id,
        "description" | "summary" => Field::Summary(Proper),
        "subtitle" | "tagline" | "abstract" => Field::Summary(Borrowed),
        "content" | "encoded" => Field::Content(Proper),
        "body" | "fullitem" => Field::Content(Borrowed),
        "pubdate" | "published" | "issued" => Field::Published(Proper),
        "date" => Field::Published(Borrowed),
        "created" => Field::Published(Substitute),
        "updated" | "modified" => Field::Updated(Proper),
        "lastbuilddate" => Field::Updated(Borrowed),
        "author" => Field::Author(Proper),
        "creator" => Field::Author(Borrowed),
        "category" => Field::Category,
        "language" => Field::Language,
        "ttl" => Field::Ttl,
        "skiphours" => Field::SkipHours,
        "skipdays" => Field::SkipDays,
        "hour" => Field::Hour,
        "day" => Field::Day,
        "image" | "textinput" | "source" | "cloud" => Field::Ignored,
        _ => return None,
    })
}
