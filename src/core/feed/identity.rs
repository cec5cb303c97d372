//! What makes two sightings of an item the same item, and what makes them the same text.

use std::borrow::Cow;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Entry, document, links};
use crate::core::document::Document;

/// Longer identifiers are kept by their digest.
const LONGEST_ID: usize = 512;

/// The identity of an item within its feed: its `guid` or `id`, else its address without known
/// trackers, else a digest of what it says.
///
/// The prefix (`id:`, `link:`, `hash:`) keeps the three kinds from ever being equal. Stable over
/// revisions, except for an item that has neither identifier nor address: there every change makes
/// a new item, since nothing else tells two of them apart.
pub fn entry_key(entry: &Entry) -> String {
    if let Some(id) = entry
        .id
        .as_deref()
        .map(str::trim)
        .filter(|id| !id.is_empty())
    {
        return format!("id:{}", bounded(id));
    }
    if let Some(link) = entry
        .link
        .as_deref()
        .map(str::trim)
        .filter(|link| !link.is_empty())
    {
        return format!("link:{}", bounded(&links::canonical(link)));
    }
    key_by_text(&document::to_document(entry, None, ""), entry.published)
}

/// [`entry_key`] of an item that has neither identifier nor address.
pub fn key_by_text(document: &Document, published: Option<Timestamp>) -> String {
    let mut hasher = Sha256::new();
    add(&mut hasher, &document.title);
    add(
        &mut hasher,
        if document.summary.is_empty() {
            document.body()
        } else {
            &document.summary
        },
    );
    // Daily notices repeat their words; the date is then all that differs.
    add(
        &mut hasher,
        &published
            .map(|instant| instant.to_string())
            .unwrap_or_default(),
    );
    format!("hash:{}", hexadecimal(&hasher.finalize()))
}

/// The page that an address leads to, in one spelling; `None` for a site's front page, which many items
/// may name.
pub(super) fn identifying_address(address: &str) -> Option<String> {
    let place = links::place(address);
    let page = links::page_of(&place);
    (!page.is_empty() && !links::is_front_page(page)).then(|| page.to_owned())
}

/// The identity of an item that was stored with this one when a redirect was taken for an address of its
/// own: what stood for the redirect stands for the article behind it.
pub fn key_behind_redirects(key: &str, link: &str) -> String {
    let before = bounded(&links::canonical_as_given(link)).into_owned();
    match key.strip_suffix(&before) {
        Some(front) if front.ends_with("link:") => {
            format!("{front}{}", bounded(&links::canonical(link)))
        }
        _ => key.to_owned(),
    }
}

/// A digest of what a reader sees: 32 hexadecimal digits of title, summary and content as text, a `+`, and as
/// many of what is said beside them, if anything. Equal for
/// two sightings exactly when a reader would see no change; markup, dates and addresses do not count.
pub fn content_hash(entry: &Entry) -> String {
    document_hash(&document::to_document(entry, None, ""))
}

/// [`content_hash`] of the entry that this document was made of.
pub fn document_hash(document: &Document) -> String {
    let body = document.body();
    let further = &document.text[body.len()..];
    // Every item carries one: half of the digest is enough to tell its revisions apart.
    let digest = |parts: &[&str]| {
        let mut hasher = Sha256::new();
        for part in parts {
            add(&mut hasher, part);
        }
        hexadecimal(&hasher.finalize()[..16])
    };
    let mut hash = digest(&[&document.title, &document.summary, body]);
    hash.push('+');
    if !further.is_empty() {
        hash.push_str(&digest(&[further]));
    }
    hash
}

/// Whether two sightings say the same, by their hashes, of which one is stored. Earlier versions stored no
/// hash of what is said beside title, summary and content, and no `+`.
pub fn is_same_content(stored: &str, now: &str) -> bool {
    stored == now || stored == legacy_content_hash(now)
}

/// A [`content_hash`] as earlier versions stored it: of title, summary and content only.
pub fn legacy_content_hash(hash: &str) -> &str {
    hash.split_once('+').map_or(hash, |(main, _)| main)
}

/// An identifier or address as it is, or its digest when it is too long to be kept many times.
pub(super) fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_ID {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!(
            "sha256:{}",
            hexadecimal(&Sha256::digest(text.as_bytes()))
        ))
    }
}

/// Adds a part with its length before it, so that no two lists of parts give the same bytes.
fn add(hasher: &mut Sha256, part: &str) {
    hasher.update((part.len() as u64).to_le_bytes());
    hasher.update(part.as_bytes());
}

/// Enough of a digest to tell the items of one feed apart.
pub(super) fn short_digest(parts: &[&str]) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for part in parts {
        add(&mut hasher, part);
    }
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize()[..16]);
    short
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    bytes
        .iter()
        .flat_map(|byte| {
            [
                DIGITS[usize::from(byte >> 4)],
                DIGITS[usize::from(byte & 15)],
            ]
        })
        .collect()
}

#[cfg(test)]
mod tests;
