//! What another query would find, as it is shown.

use std::fmt::Write as _;

use super::{Sources, count};
use crate::core::digest::{Piece, clean_line};
use crate::store::{StoreError, digests};
use crate::web::pages::hits::Hit;
use crate::web::pages::try_watch::{Tried as Shown, TryPage};
use crate::web::pages::{Choice, Section};
use crate::web::try_watch::{Changes, Tried, to_paste};

/// Characters of a name or headline.
const LINE_CHARS: usize = 200;

/// The form.
pub fn trial(sources: Sources<'_>, watch: &str, query: &str, days: u32) -> TryPage {
    let choice = |known: &crate::config::Watch| Choice {
        value: known.id.clone(),
        name: clean_line(&known.title, LINE_CHARS),
        selected: known.id == watch,
    };
    TryPage {
        frame: sources.frame(Section::Try),
        watches: sources.config.watches.iter().map(choice).collect(),
        query: query.to_owned(),
        days,
        ..TryPage::default()
    }
}

/// What came of it.
pub fn tried(sources: Sources<'_>, tried: &Tried, query: &str) -> Result<Shown, StoreError> {
    let mut sentence = format!(
        "Of {}: {} gained, {} lost, {} stay.",
        count(tried.looked_at, "item"),
        tried.gained.count,
        tried.lost.count,
        tried.kept
    );
    if !tried.is_whole {
        let back_to = tried.back_to.map_or_else(String::new, |at| {
            format!(", back to {}", sources.time(at).text)
        });
        let _ = write!(
            sentence,
            " There was only the time for {} of {} items{back_to}.",
            tried.looked_at, tried.of
        );
    }
    if tried.unmatched > 0 {
        let unread = count(tried.unmatched, "item");
        let _ = write!(sentence, " {unread} could not be read.");
    }
    Ok(Shown {
        sentence,
        gained: listed(sources, &tried.gained)?,
        gained_more: more(&tried.gained),
        lost: listed(sources, &tried.lost)?,
        lost_more: more(&tried.lost),
        paste: to_paste(query),
    })
}

fn more(changes: &Changes) -> String {
    match changes.count.saturating_sub(changes.items.len() as u64) {
        0 => String::new(),
        more => format!("and {more} more"),
    }
}

fn listed(sources: Sources<'_>, changes: &Changes) -> Result<Vec<Hit>, StoreError> {
    let mut hits = Vec::new();
    for item in &changes.items {
        let own_title = digests::feed_title(sources.connection, &item.feed)?;
        hits.push(Hit {
            id: item.hit.unwrap_or(0),
            item: item.entry,
            address: item
                .hit
                .map_or_else(String::new, |hit| format!("/hits/{hit}")),
            title: vec![Piece {
                text: clean_line(&item.headline, LINE_CHARS),
                marked: false,
            }],
            language: item.language.clone(),
            outlet: sources.config.outlet(&item.feed, own_title),
            places: Vec::new(),
            time: sources.time(item.first_seen),
            excerpt: Vec::new(),
            watches: Vec::new(),
            verdict: None,
        });
    }
    Ok(hits)
}
