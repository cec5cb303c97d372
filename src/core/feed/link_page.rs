//! A web page whose links are items, for publishers who have no feed.
//!
//! ```text
//! bytes -> text, within bounds -> tree -> links that a selector names -> Feed
//! ```
//!
//! An item is its address: the same link at another place of the page, in another part of it or with other words is
//! the same item. What becomes of items is decided where those of feeds are, for what comes out is a [`Feed`].
//!
//! A page that does not hold what the configuration says is an error, never an empty feed: nobody would notice that
//! a publisher has rebuilt a page, or shows a wall in its place.

mod date_text;
mod items;
mod links;
mod menus;
mod proposal;
mod selected_links;
mod selectors;
mod source;
#[cfg(test)]
mod tests;
mod tree;

use url::Url;

pub use proposal::propose;
pub use selectors::{LinkPage, LinkPageError};

use super::expansion_limit::ExpansionLimit;
use super::{Feed, Loss, ParseContext, ParseError};
use items::{ExtractedItems, ITEMS_AT_MOST, Items, Matchers};
use links::SelectedLink;
use menus::is_in_menu;
use selectors::shown;
use source::{CONSENT, LinkPageDocument};

/// Reads the items of a page. There is at least one.
///
/// Of [`Feed`] it gives the title of the page, its language, and for each item address, title, date, summary and
/// language, as far as the page says so, in the order of the page.
///
/// `give_up` is asked often while the page is parsed; when it says yes, the page is too big.
pub fn read(
    body: &[u8],
    page: &LinkPage,
    context: &ParseContext<'_>,
    give_up: &dyn Fn() -> bool,
) -> Result<Feed, LinkPageError> {
    let matchers = Matchers::new(page)?;
    let source = LinkPageDocument::read(body, context, give_up)?;
    let picked = source.picked(&matchers.links);
    if let Some(whose) = source.wall
        && (!source.is_captcha || picked.picks.is_empty())
    {
        return Err(LinkPageError::Unusable(format!(
            "instead of the page came one that tests whether a person is reading ({whose})"
        )));
    }
    if picked.picks.is_empty() {
        return Err(source.nothing(page, &picked));
    }
    if source.is_consent_wall(&picked.picks) {
        return Err(LinkPageError::Unusable(CONSENT.to_owned()));
    }
    let items = Items::of(&source, picked.picks.clone());
    let allowance = ExpansionLimit::of(body.len());
    let read = items.read(&matchers, context, &allowance);
    if allowance.is_spent() {
        return Err(LinkPageError::Unusable(
            ParseError::TooMuchText { bytes: body.len() }.to_string(),
        ));
    }
    // Links without words say nothing of what they lead to.
    if read.entries.is_empty() {
        return Err(source.nothing(page, &picked));
    }
    Ok(Feed {
        title: Some(source.title.clone()).filter(|title| !title.is_empty()),
        link: context
            .base
            .filter(|base| matches!(base.scheme(), "http" | "https"))
            .map(Url::to_string),
        language: source.language.clone(),
        loss: loss(&source, &read),
        warnings: warnings(&source, page, &picked.picks, &read),
        entries: read.entries,
        by_address: true,
        ..Feed::default()
    })
}

/// How far what was read may not be what was meant, one sentence each.
fn warnings(
    source: &LinkPageDocument,
    page: &LinkPage,
    picks: &[SelectedLink],
    read: &ExtractedItems,
) -> Vec<String> {
    let mut warnings = source.warnings.clone();
    let all = read.entries.len();
    for (name, selector, found) in [
        ("title_selector", &page.title, read.titles),
        ("date_selector", &page.date, read.dates),
    ] {
        if let Some(selector) = selector.as_deref().filter(|_| found < all) {
            let missing = if found == 0 {
                "any of its items".to_owned()
            } else {
                format!("{} of {all} items", all - found)
            };
            let shown = shown(selector);
            warnings.push(format!("its {name} `{shown}` gives nothing for {missing}"));
        }
    }
    let mut looked_at = picks.iter().take(ITEMS_AT_MOST);
    if looked_at.all(|pick| is_in_menu(source, source.links[pick.link].node)) {
        warnings.push(format!(
            "all that its selector `{}` picks stands in menus, footers and the like: look whether these are its news",
            shown(&page.selector)
        ));
    }
    warnings
}

fn loss(source: &LinkPageDocument, read: &ExtractedItems) -> Loss {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let is_garbled = |title: &Option<String>| {
        let title = title.as_deref().unwrap_or_default();
        title.contains(char::REPLACEMENT_CHARACTER)
    };
    let garbled = read.entries.iter().filter(|entry| is_garbled(&entry.title));
    Loss {
        surplus: count(read.surplus),
        garbled: if source.is_damaged {
            count(garbled.count())
        } else {
            0
        },
        ..Loss::default()
    }
}
