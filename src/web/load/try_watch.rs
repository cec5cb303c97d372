//! What another query would find, as it is shown.

use std::fmt::Write as _;

use super::{PageContext, count, fit};
use crate::core::digest::clean_line;
use crate::store::{StoreError, digests};
use crate::web::pages::try_watch::{Item, Tried as Shown, TryPage};
use crate::web::pages::{Choice, Section};
use crate::web::try_watch::{Changes, Tried, to_paste};

/// Characters of a name or headline.
const LINE_CHARS: usize = 200;

/// The form.
pub fn trial(sources: PageContext<'_>, watch: &str, query: &str, days: u32) -> TryPage {
    let choice = |known: &crate::config::Watch| Choice {
        value: known.id.clone(),
        name: clean_line(&known.title, LINE_CHARS),
        selected: known.id == watch,
    };
    TryPage {
        frame: sources.frame(Section::Try),
        watch: (sources.config.watch(watch))
            .map(|known| (known.id.clone(), clean_line(&known.title, LINE_CHARS))),
        watches: sources.config.watches.iter().map(choice).collect(),
        query: query.to_owned(),
        days,
        ..TryPage::default()
    }
}

/// The form with what came of it.
pub fn with_tried(
    sources: PageContext<'_>,
    mut page: TryPage,
    of: &Tried,
) -> Result<TryPage, StoreError> {
    page.warnings = of.warnings.clone().unwrap_or_default();
    page.result = Some(tried(sources, of, &page.query)?);
    fit(&mut page, |page| {
        let Some(result) = &mut page.result else {
            return false;
        };
        let (items, more) = if result.gained.len() > result.lost.len() {
            (&mut result.gained, &mut result.gained_more)
        } else {
            (&mut result.lost, &mut result.lost_more)
        };
        let is_shorter = items.pop().is_some();
        *more += u64::from(is_shorter);
        is_shorter
    });
    Ok(page)
}

fn tried(sources: PageContext<'_>, tried: &Tried, query: &str) -> Result<Shown, StoreError> {
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

fn more(changes: &Changes) -> u64 {
    changes.count.saturating_sub(changes.items.len() as u64)
}

fn listed(sources: PageContext<'_>, changes: &Changes) -> Result<Vec<Item>, StoreError> {
    let mut items = Vec::new();
    for item in &changes.items {
        let own_title = digests::feed_title(sources.connection, &item.feed)?;
        items.push(Item {
            number: item.entry,
            title: clean_line(&item.headline, LINE_CHARS),
            language: item.language.clone(),
            outlet: sources.config.outlet(&item.feed, own_title),
            time: sources.time(item.first_seen),
            hit: item.hit.map(|hit| format!("/hits/{hit}")),
            link: item.link.clone(),
        });
    }
    Ok(items)
}
