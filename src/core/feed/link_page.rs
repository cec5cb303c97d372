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

mod items;
mod links;
mod proposal;
#[cfg(test)]
mod tests;
mod tree;

use std::collections::HashSet;

use url::Url;

use proposal::is_in_menu;
pub use proposal::propose;

use super::allowance::Allowance;
use super::raw::language_tag;
use super::{Feed, Loss, ParseContext, ParseError, decode};
use crate::core::article::{Page, links_of, selector_mistake};
use crate::core::digest::clean_line;
use items::Items;
use links::{Link, Pick, Picked};
use tree::Tree;

/// Items that are taken of a page at most, the first.
const ITEMS_AT_MOST: usize = 1000;
/// What is shown of a selector in a sentence, in characters.
const SELECTOR_SHOWN: usize = 80;

/// A web page whose links are items, by CSS selectors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkPage {
    /// The links, or what holds one link each.
    pub selector: String,
    /// An item's title, within what [`Self::selector`] selects or what stands around it; else the link's text.
    pub title: Option<String>,
    /// An item's date, likewise.
    pub date: Option<String>,
}

impl LinkPage {
    /// One that is read by this selector alone.
    pub fn by(selector: impl Into<String>) -> Self {
        Self {
            selector: selector.into(),
            title: None,
            date: None,
        }
    }
}

/// All that decides what is read of a page, in one line.
impl std::fmt::Display for LinkPage {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "selector {:?}", self.selector)?;
        for (name, selector) in [("title", &self.title), ("date", &self.date)] {
            if let Some(selector) = selector {
                write!(formatter, ", {name} {selector:?}")?;
            }
        }
        Ok(())
    }
}

/// Why nothing is taken of a page. Each message reads alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkPageError {
    /// It is no page that can be read.
    #[error("{0}")]
    Unusable(String),
    /// What a person gave is no selector.
    #[error("`{}` is no CSS selector: {mistake}", shown(selector))]
    NoSelector {
        /// As it was given.
        selector: String,
        /// What is wrong with it.
        mistake: String,
    },
    /// The selector matches nothing.
    #[error(
        "the selector `{}` matches nothing on the page, which has {}: {why}",
        shown(selector),
        counted(*links, "other link")
    )]
    Nothing {
        /// The selector.
        selector: String,
        /// Links of the page that could be items.
        links: usize,
        /// What may be the reason.
        why: String,
    },
    /// What the selector matches has no link that could be an item.
    #[error(
        "the selector `{}` matches {}, and none is or holds a link with words to another page",
        shown(selector),
        counted(*elements, "part")
    )]
    NoLinks {
        /// The selector.
        selector: String,
        /// Parts of the page that it matches.
        elements: usize,
    },
    /// No selector can be proposed.
    #[error("no links repeat on the page as those of a list of news do, so that no selector can be proposed; it has {}", counted(*links, "link"))]
    NothingRepeats {
        /// Links of the page that could be items.
        links: usize,
    },
}

impl LinkPageError {
    /// With what to do about it, given the address of the page.
    pub fn with_advice(&self, address: &str) -> String {
        format!("{self}; look with: newsvigil feed show --kind page {address} --selector …")
    }
}

fn shown(selector: &str) -> String {
    clean_line(selector, SELECTOR_SHOWN)
}

fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

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
    let matchers = items::Matchers::new(page)?;
    let source = Source::read(body, context, give_up)?;
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
    if source.is_walled(&picked.picks) {
        return Err(LinkPageError::Unusable(CONSENT.to_owned()));
    }
    let mut looked_at = picked.picks.iter().take(ITEMS_AT_MOST);
    let in_menus = looked_at.all(|pick| is_in_menu(&source, source.links[pick.link].node));
    let items = Items::of(&source, picked.picks.clone());
    let allowance = Allowance::of(body.len());
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
    if in_menus {
        warnings.push(format!(
            "all that its selector `{}` picks stands in menus, footers and the like: look whether these are its news",
            shown(&page.selector)
        ));
    }
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let is_garbled = |title: &Option<String>| {
        let title = title.as_deref().unwrap_or_default();
        title.contains(char::REPLACEMENT_CHARACTER)
    };
    let garbled = read.entries.iter().filter(|entry| is_garbled(&entry.title));
    let loss = Loss {
        surplus: count(read.surplus),
        garbled: if source.is_damaged {
            count(garbled.count())
        } else {
            0
        },
        ..Loss::default()
    };
    Ok(Feed {
        title: Some(source.title.clone()).filter(|title| !title.is_empty()),
        link: context
            .base
            .filter(|base| matches!(base.scheme(), "http" | "https"))
            .map(Url::to_string),
        language: source.language.clone(),
        entries: read.entries,
        loss,
        warnings,
        by_address: true,
        ..Feed::default()
    })
}

/// A page that was parsed, with the links that may be items.
struct Source {
    tree: Tree,
    links: Vec<Link>,
    title: String,
    language: Option<String>,
    warnings: Vec<String>,
    is_damaged: bool,
    /// Whose test of readers stands in its place, unless that is a captcha of one of its forms.
    wall: Option<&'static str>,
    is_captcha: bool,
    consent: Vec<usize>,
    is_mostly_consent: bool,
    scripted: Option<&'static str>,
}

impl Source {
    fn read(
        body: &[u8],
        context: &ParseContext<'_>,
        give_up: &dyn Fn() -> bool,
    ) -> Result<Self, LinkPageError> {
        let page = Page {
            body,
            address: context.base,
            content_type: context.content_type,
            status: 200,
        };
        let found = links_of(&page, give_up).map_err(|why| {
            let why = if super::parse(body, context).is_ok() {
                A_FEED.to_owned()
            } else {
                why
            };
            LinkPageError::Unusable(why)
        })?;
        let decoded = decode::decode_page(body, context.content_type);
        let (wall, is_captcha) = (found.wall, found.is_captcha);
        let (consent, scripted) = (found.consent, found.scripted);
        let is_mostly_consent = found.is_mostly_consent;
        let tree = Tree::of(found.document).map_err(LinkPageError::Unusable)?;
        let consent = tree.places(&consent);
        let language = tree.language_of(tree.root_element());
        Ok(Self {
            links: links::of(&tree, &consent, context),
            title: tree.title(),
            language: language
                .as_deref()
                .and_then(language_tag)
                .map(|tag| tag.as_ref().to_owned()),
            warnings: decoded.warnings,
            is_damaged: decoded.is_damaged,
            wall,
            is_captcha,
            consent,
            is_mostly_consent,
            scripted,
            tree,
        })
    }

    /// Whether a question for consent stands in the place of the page: it says the most, and the links beside it are
    /// those of its own kind.
    fn is_walled(&self, picks: &[Pick]) -> bool {
        let keys: HashSet<&str> = picks
            .iter()
            .map(|pick| self.links[pick.link].key.as_str())
            .collect();
        let is_legal = |pick: &Pick| links::is_legal(&self.links[pick.link].address);
        self.is_mostly_consent && (keys.len() < LINKS_BESIDE_A_WALL || picks.iter().all(is_legal))
    }

    /// Why the selector gives no item.
    fn nothing(&self, page: &LinkPage, picked: &Picked) -> LinkPageError {
        let selector = page.selector.clone();
        let (elements, is_inside) = (picked.elements, picked.is_in_consent);
        let asks_consent = !self.consent.is_empty();
        if asks_consent && self.links.is_empty() {
            let why = "the page asks for consent, and shows no link before";
            return LinkPageError::Unusable(why.to_owned());
        }
        if asks_consent && elements > 0 && is_inside {
            return LinkPageError::Unusable(CONSENT.to_owned());
        }
        if elements > 0 {
            return LinkPageError::NoLinks { selector, elements };
        }
        let why = match self.scripted {
            Some(scripted) => {
                format!("it is shown whole only to a browser that runs its scripts ({scripted})")
            }
            None if asks_consent => "it asks for consent, and shows little before".to_owned(),
            None => "it was rebuilt, perhaps".to_owned(),
        };
        LinkPageError::Nothing {
            selector,
            links: self.links.len(),
            why,
        }
    }
}

const CONSENT: &str = "the page asks for consent, and shows nothing of its news before";
/// Fewer links beside a wall are no list of news.
const LINKS_BESIDE_A_WALL: usize = 3;

/// What a person reads who took a feed for a page.
const A_FEED: &str =
    "it is a feed, and no page of links: leave out `kind = \"page\"` and the selectors";

/// What a person gave as a selector, or why it is none.
fn matcher(selector: &str) -> Result<dom_query::Matcher, LinkPageError> {
    let wrong = |mistake: String| LinkPageError::NoSelector {
        selector: selector.to_owned(),
        mistake,
    };
    if let Some(mistake) = selector_mistake(selector) {
        return Err(wrong(mistake));
    }
    dom_query::Matcher::new(selector).map_err(|_| wrong("it cannot be read".to_owned()))
}
