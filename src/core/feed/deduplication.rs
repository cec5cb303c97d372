//! The items of one body, told apart.

use std::collections::{HashMap, HashSet};

use super::Entry;
use super::identifiers::IdentityParts;
use super::identity::{hexadecimal, short_digest};

/// The items of one body, each by its place among `entries` and its identity, in their order. `hashes` has
/// the [`content_hash`](super::content_hash) of each entry.
///
/// What says the same at the same address is one item, whatever identifiers it has: of those the first
/// counts, which is the newest. Where there is no address but that of the site's front page, the dates must
/// agree; where there is no date either, the identifiers must.
///
/// What says something else is another item, whatever it shares. An identity is [`entry_key`](super::entry_key) as
/// long as no other item of the body has the same; else address, title, date and words are added to it, in this order
/// and no more of them than tell it from the others.
pub fn deduplicate(entries: &[Entry], hashes: &[String]) -> Vec<(usize, String)> {
    let mut seen = HashSet::new();
    let mut items: Vec<(usize, IdentityParts, usize)> = Vec::with_capacity(entries.len());
    for (place, (entry, hash)) in entries.iter().zip(hashes).enumerate() {
        let names = IdentityParts::of_entry(entry, hash);
        if !repeats(entry, &names, &mut seen) {
            items.push((place, names, 0));
        }
    }
    for level in 1..IdentityParts::LEVELS {
        let mut times: HashMap<String, usize> = HashMap::new();
        for (_, names, at) in &items {
            *times.entry(names.key(*at)).or_default() += 1;
        }
        if times.len() == items.len() {
            break;
        }
        for (_, names, at) in &mut items {
            if times.get(&names.key(*at)).is_some_and(|times| *times > 1) {
                *at = level;
            }
        }
    }
    let mut keys = HashSet::new();
    let keyed = items
        .into_iter()
        .map(|(place, names, level)| (place, names.key(level)));
    // What is equal in everything is one.
    keyed.filter(|(_, key)| keys.insert(key.clone())).collect()
}

/// Whether an entry says what one of those `seen` said, at the same place.
fn repeats(entry: &Entry, names: &IdentityParts, seen: &mut HashSet<[u8; 16]>) -> bool {
    let id = entry.id.as_deref().unwrap_or_default().trim();
    let mark = |kind: &str, of: &str| short_digest(&[kind, of, names.content_hash()]);
    let own = match names.place() {
        Some(place) => mark("place", &hexadecimal(&place)),
        None => mark("id", id),
    };
    let known = !seen.insert(own);
    if id.is_empty() {
        return known;
    }
    // An item may be listed twice, once without its address.
    let (with, without) = (mark("id with address", id), mark("id without address", id));
    let (here, there) = match entry.link {
        Some(_) => (with, without),
        None => (without, with),
    };
    seen.insert(here);
    known || seen.contains(&there)
}
