//! The selectors by which a page is read, and why nothing is taken of one.

use crate::core::text::line::clean_line;
use crate::core::web_page::selector_mistake;

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

/// What a person gave as a selector, or why it is none.
pub(super) fn matcher(selector: &str) -> Result<dom_query::Matcher, LinkPageError> {
    let wrong = |mistake: String| LinkPageError::NoSelector {
        selector: selector.to_owned(),
        mistake,
    };
    if let Some(mistake) = selector_mistake(selector) {
        return Err(wrong(mistake));
    }
    dom_query::Matcher::new(selector).map_err(|_| wrong("it cannot be read".to_owned()))
}

pub(super) fn shown(selector: &str) -> String {
    clean_line(selector, SELECTOR_SHOWN)
}

fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}
