//! Which element of which vocabulary means what in a sitemap.

/// A vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Sitemap,
    News,
    Image,
    Video,
    Other,
}

impl Space {
    /// From the address of a namespace, which sites write with many mistakes, and from its prefix where that
    /// says nothing.
    pub(super) fn of(prefix: &str, address: Option<&str>) -> Self {
        let address = address.unwrap_or_default().to_ascii_lowercase();
        match prefix.to_ascii_lowercase().as_str() {
            _ if address.contains("sitemap-news") => Self::News,
            _ if address.contains("sitemap-image") => Self::Image,
            _ if address.contains("sitemap-video") => Self::Video,
            _ if address.contains("schemas/sitemap") => Self::Sitemap,
            "news" | "n" => Self::News,
            "image" => Self::Image,
            "video" => Self::Video,
            "sitemap" | "sm" | "" => Self::Sitemap,
            _ => Self::Other,
        }
    }
}

/// What an element means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// An address and what is said of it, or a part of an index.
    Item,
    /// What is inside without a prefix is of its vocabulary.
    Container,
    /// The `news:news` that makes an address an item.
    News,
    Text(Field),
}

/// What the text of an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Location,
    Modified,
    Title,
    Published,
    Publication,
    Language,
    Topics,
    Further,
}

/// The meaning of an element, by vocabulary and local name (in lower case).
pub(super) fn meaning(space: Space, local: &str) -> Option<Meaning> {
    use Field::{Further, Language, Location, Modified, Publication, Published, Title, Topics};
    Some(match (space, local) {
        (Space::Sitemap, "url" | "sitemap") => Meaning::Item,
        (Space::Sitemap | Space::News, "news") => Meaning::News,
        (Space::Sitemap | Space::Image, "image") | (Space::Sitemap | Space::Video, "video") => {
            Meaning::Container
        }
        (Space::Sitemap, "loc") => Meaning::Text(Location),
        (Space::Sitemap, "lastmod") => Meaning::Text(Modified),
        (Space::News, "title") => Meaning::Text(Title),
        (Space::News, "publication_date" | "publicationdate" | "pubdate" | "date") => {
            Meaning::Text(Published)
        }
        (Space::News, "name") => Meaning::Text(Publication),
        (Space::News, "language") => Meaning::Text(Language),
        (Space::News, "keywords" | "genres") => Meaning::Text(Topics),
        (Space::Image, "caption" | "title") | (Space::Video, "title" | "description") => {
            Meaning::Text(Further)
        }
        _ => return None,
    })
}
