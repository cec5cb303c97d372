//! The parts of an index as one feed.

use std::collections::HashMap;

use jiff::Timestamp;

use crate::core::feed::newest::Dates;
use crate::core::feed::{Entry, Feed, Limits, ParseError, links};

/// What came of one part.
#[derive(Clone, Debug)]
pub enum PartReading {
    /// It came and was read, or not.
    Read(Box<Result<Feed, ParseError>>),
    /// It did not come, and why, reading alone.
    Missing(String),
}

/// Joins what came of the parts, given with their addresses, the likeliest to hold news first. A part without
/// news has nothing to give; one that could not be read is told, and is a loss; when there is no other, the
/// reason is the error, reading alone.
pub fn join(
    parts: impl IntoIterator<Item = (String, PartReading)>,
    limits: &Limits,
) -> Result<Feed, String> {
    let mut feed: Option<Feed> = None;
    let (mut failed, mut plain) = (Vec::new(), Vec::new());
    for (address, reading) in parts {
        match reading {
            PartReading::Read(read) => match *read {
                Ok(part) => add(feed.get_or_insert_default(), part, &address),
                Err(ParseError::PlainSitemap { .. }) => plain.push(address),
                Err(ParseError::Index(_)) => failed.push(format!(
                    "{address} is an index inside of an index, which is not followed; give the address of the \
                     one that lists the news"
                )),
                Err(error) => failed.push(format!("{address}: {error}")),
            },
            PartReading::Missing(reason) => failed.push(format!("{address}: {reason}")),
        }
    }
    let Some(mut feed) = feed else {
        return Err(if failed.is_empty() {
            format!(
                "the newest parts of this index of sitemaps list no news ({}); give the outlet's feed or news \
                 sitemap, or watch a page of links with kind = \"page\"",
                plain.join(", ")
            )
        } else {
            let reasons = failed.join("; ");
            format!("no part of this index of sitemaps could be read: {reasons}")
        });
    };
    feed.by_address = true;
    feed.loss.parts = u64::try_from(failed.len()).unwrap_or(u64::MAX);
    feed.warnings.splice(0..0, failed);
    feed.entries = deduplicate_by_address(std::mem::take(&mut feed.entries));
    let mut known = Dates::default();
    for entry in &feed.entries {
        known.push(changed(entry).map(Into::into));
    }
    let all = feed.entries.len();
    match known.newest(limits.entries, None, &[]) {
        Some(kept) => {
            let mut kept = kept.into_iter();
            feed.entries.retain(|_| kept.next() == Some(true));
        }
        None => feed.entries.truncate(limits.entries),
    }
    feed.loss.surplus += u64::try_from(all - feed.entries.len()).unwrap_or(u64::MAX);
    Ok(feed)
}

fn add(feed: &mut Feed, part: Feed, address: &str) {
    let is_first = feed.entries.is_empty() && feed.title.is_none() && feed.language.is_none();
    if is_first {
        feed.language.clone_from(&part.language);
    }
    feed.title = feed.title.take().or(part.title);
    let of_part = part
        .language
        .filter(|of_part| Some(of_part) != feed.language.as_ref());
    for mut entry in part.entries {
        entry.language = entry.language.or_else(|| of_part.clone());
        feed.entries.push(entry);
    }
    feed.loss = feed.loss.and(part.loss);
    let warnings = part.warnings.into_iter();
    feed.warnings
        .extend(warnings.map(|warning| format!("{address}: {warning}")));
}

/// The entries without those whose address another has, too: of those the newest counts, and of equals the
/// first.
pub(super) fn deduplicate_by_address(entries: Vec<Entry>) -> Vec<Entry> {
    let mut places: HashMap<String, usize> = HashMap::with_capacity(entries.len());
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let Some(link) = &entry.link else {
            kept.push(entry);
            continue;
        };
        match places.entry(links::canonical(link)) {
            std::collections::hash_map::Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(entry);
            }
            std::collections::hash_map::Entry::Occupied(place) => {
                let known = &mut kept[*place.get()];
                if changed(&entry) > changed(known) {
                    *known = entry;
                }
            }
        }
    }
    kept
}

/// When an article last changed, as far as it says so.
fn changed(entry: &Entry) -> Option<Timestamp> {
    entry.updated.max(entry.published)
}
