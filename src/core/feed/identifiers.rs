//! All that names an item: what its identity is made of, and where it stands.

use jiff::Timestamp;

use super::identity::{bounded, entry_key, hexadecimal, identifying_address, short_digest};
use super::{Entry, links};
use crate::core::document::Document;
use crate::core::text::tokenizer::fold_text;

/// What an identity is made of, so that it can be made as long as it takes to tell an item from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityParts {
    base: String,
    link: Option<String>,
    title: Option<String>,
    published: Option<i64>,
    content_hash: String,
    place: Option<LocationHash>,
}

/// Where an item stands, in 16 bytes; see [`place_of`].
pub type LocationHash = [u8; 16];

/// The first byte of a [`LocationHash`] that was made of an address.
const BY_ADDRESS: u8 = 1;
/// The same for a date.
const BY_DATE: u8 = 2;

const LINK: &str = " link:";
const TITLE: &str = " title:";
const DATE: &str = " date:";
const WORDS: &str = " words:";

impl IdentityParts {
    /// How many lengths an identity has.
    pub const LEVELS: usize = 5;

    pub(super) fn of_entry(entry: &Entry, content_hash: &str) -> Self {
        let link = entry.link.as_deref();
        let title = entry.title.as_deref().unwrap_or_default();
        Self::new(entry_key(entry), link, title, entry.published, content_hash)
    }

    /// Of an item by any of its identities.
    pub fn of(
        key: &str,
        document: &Document,
        published: Option<Timestamp>,
        content_hash: &str,
    ) -> Self {
        let (base, link) = (base_of(key).to_owned(), document.url.as_deref());
        Self::new(base, link, &document.title, published, content_hash)
    }

    fn new(
        base: String,
        link: Option<&str>,
        title: &str,
        published: Option<Timestamp>,
        content_hash: &str,
    ) -> Self {
        let title = fold_text(title);
        let published = published.map(Timestamp::as_second);
        Self {
            place: place_of(&base, link, published),
            link: link
                .filter(|link| base.starts_with("id:") && !link.trim().is_empty())
                .map(|link| bounded(&links::canonical(link)).into_owned()),
            title: (!title.is_empty()).then(|| hexadecimal(&short_digest(&[&title])[..8])),
            published,
            content_hash: content_hash.to_owned(),
            base,
        }
    }

    /// The identity of that length: identifier alone, then with address, title, date, and words.
    pub fn key(&self, level: usize) -> String {
        let mut key = self.base.clone();
        let date = self.published.map(|date| date.to_string());
        let parts = [
            (LINK, self.link.as_deref()),
            (TITLE, self.title.as_deref()),
            (DATE, date.as_deref()),
            (WORDS, Some(self.content_hash.as_str())),
        ];
        for (name, part) in parts.into_iter().take(level) {
            if let Some(part) = part {
                key.push_str(name);
                key.push_str(part);
            }
        }
        key
    }

    /// The shortest length of that identity; the longest for one that is none of them.
    pub fn level_of(&self, key: &str) -> usize {
        let mut levels = 0..Self::LEVELS;
        levels
            .find(|level| self.key(*level) == key)
            .unwrap_or(Self::LEVELS - 1)
    }

    /// The identity at its shortest.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Where the item stands.
    pub fn place(&self) -> Option<LocationHash> {
        self.place
    }

    /// A digest of what it says.
    pub fn content_hash(&self) -> &str {
        &self.content_hash
    }
}

/// Where an item stands: its address in one spelling; or its date in seconds, where it has no address but
/// the front page of a site. An identifier that is an address is one where an item has no other. Two items of
/// a feed that stand at one place and say the same are one item. `None` where an item has nothing of these.
///
/// It is stored. Where this gives another place for an item than before, the item is still known by its
/// identity.
pub fn place_of(key: &str, link: Option<&str>, published: Option<i64>) -> Option<LocationHash> {
    let link = link.map(str::trim).filter(|link| !link.is_empty());
    let link = link.or_else(|| {
        let id = base_of(key).strip_prefix("id:");
        id.filter(|id| links::is_web_address(id))
    });
    let (kind, mut place) = match link.and_then(identifying_address) {
        Some(address) => (BY_ADDRESS, short_digest(&["address", &address])),
        None => (BY_DATE, short_digest(&["date", &published?.to_string()])),
    };
    place[0] = kind;
    Some(place)
}

/// Whether a place was made of an address.
pub fn is_address(place: &LocationHash) -> bool {
    place[0] == BY_ADDRESS
}

/// An identity at its shortest.
pub fn base_of(key: &str) -> &str {
    let ends = [LINK, TITLE, DATE, WORDS].map(|name| key.find(name));
    let end = ends.into_iter().flatten().min().unwrap_or(key.len());
    &key[..end]
}

/// How alike two identities are at their shortest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IdentityMatch {
    /// Two identities.
    Other,
    /// Two parts of one page, as `…/c1#0` and `…/c1#1`.
    SamePage,
    /// One identity, perhaps spelled in two ways.
    Same,
}

/// Compares two identities at their shortest. Those that are addresses are compared by
/// [place](links::place).
pub fn likeness(one: &str, other: &str) -> IdentityMatch {
    if one == other {
        return IdentityMatch::Same;
    }
    let address = |base: &str| {
        let address = base
            .strip_prefix("link:")
            .or_else(|| base.strip_prefix("id:"))?;
        let place = links::is_web_address(address).then(|| links::place(address))?;
        (!links::is_front_page(links::page_of(&place))).then_some(place)
    };
    match (address(one), address(other)) {
        (Some(one), Some(other)) if one == other => IdentityMatch::Same,
        (Some(one), Some(other)) if links::page_of(&one) == links::page_of(&other) => {
            IdentityMatch::SamePage
        }
        _ => IdentityMatch::Other,
    }
}

#[cfg(test)]
mod tests;
