//! A page that was parsed, with the links that may be items.

use std::collections::HashSet;

use dom_query::Document;

use super::links;
use super::links::{Link, SelectedLink, SelectedLinks};
use super::selectors::{LinkPage, LinkPageError};
use super::tree::Tree;
use crate::core::feed::raw::language_tag;
use crate::core::feed::{ParseContext, parse};
use crate::core::text::decode::decode_page;
use crate::core::web_page::visible_text::body_text_length;
use crate::core::web_page::{self, access_walls};

pub(super) const CONSENT: &str = "the page asks for consent, and shows nothing of its news before";
/// Fewer links beside a wall are no list of news.
const LINKS_BESIDE_A_WALL: usize = 3;

/// A page that was parsed, with the links that may be items.
pub(super) struct LinkPageDocument {
    pub(super) tree: Tree,
    pub(super) links: Vec<Link>,
    pub(super) title: String,
    pub(super) language: Option<String>,
    pub(super) warnings: Vec<String>,
    pub(super) is_damaged: bool,
    /// Whose test of readers stands in its place, unless that is a captcha of one of its forms.
    pub(super) wall: Option<&'static str>,
    pub(super) is_captcha: bool,
    /// What asks for consent on it.
    pub(super) consent: Vec<usize>,
    /// That says at least as much as the rest of the page.
    pub(super) is_mostly_consent: bool,
    /// Why it looks as if scripts were to write it.
    pub(super) scripted: Option<&'static str>,
}

impl LinkPageDocument {
    pub(super) fn read(
        body: &[u8],
        context: &ParseContext<'_>,
        give_up: &dyn Fn() -> bool,
    ) -> Result<Self, LinkPageError> {
        let document = parsed(body, context, give_up).map_err(|why| {
            let why = if parse(body, context).is_ok() {
                A_FEED.to_owned()
            } else {
                why
            };
            LinkPageError::Unusable(why)
        })?;
        let text = body_text_length(&document);
        let page_title = document.select_single("title").text();
        let wall = access_walls::challenge(&document, &page_title, text);
        let is_mostly_consent = access_walls::asks_most(&document, text);
        let consent = access_walls::asking(&document);
        let scripted = (text < access_walls::TEXT_OF_A_WALL)
            .then(|| access_walls::needs_scripts(&document))
            .flatten();
        let decoded = decode_page(body, context.content_type);
        let tree = Tree::of(document).map_err(LinkPageError::Unusable)?;
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
            is_captcha: wall == Some(access_walls::CAPTCHA),
            consent,
            is_mostly_consent,
            scripted,
            tree,
        })
    }

    /// Whether a question for consent stands in the place of the page: it says the most, and the links beside it are
    /// those of its own kind.
    pub(super) fn is_consent_wall(&self, picks: &[SelectedLink]) -> bool {
        let keys: HashSet<&str> = picks
            .iter()
            .map(|pick| self.links[pick.link].key.as_str())
            .collect();
        let is_legal = |pick: &SelectedLink| links::is_legal(&self.links[pick.link].address);
        self.is_mostly_consent && (keys.len() < LINKS_BESIDE_A_WALL || picks.iter().all(is_legal))
    }

    /// Why the selector gives no item.
    pub(super) fn nothing(&self, page: &LinkPage, picked: &SelectedLinks) -> LinkPageError {
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

/// A page as a tree, with all of its attributes; the error is why not, and reads alone.
fn parsed(
    body: &[u8],
    context: &ParseContext<'_>,
    give_up: &dyn Fn() -> bool,
) -> Result<Document, String> {
    if context.base.is_some_and(access_walls::is_consent_address) {
        return Err("the address led to a page that asks for consent".to_owned());
    }
    web_page::parse(body, context.content_type, true, give_up).map_err(|error| error.to_string())
}

/// What a person reads who took a feed for a page.
const A_FEED: &str =
    "it is a feed, and no page of links: leave out `kind = \"page\"` and the selectors";
