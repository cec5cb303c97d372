//! The links of a page that may be items, and what a selector picks of them.

use std::collections::HashSet;

use url::Url;

use super::tree::Tree;
use crate::core::feed::address::may_be_web_address;
use crate::core::feed::{ParseContext, links};

/// Links of a page that are looked at.
const LINKS_AT_MOST: usize = 20_000;
/// A longer address is no item's.
const LONGEST_ADDRESS: usize = 2048;

/// A link that may be an item.
pub(super) struct Link {
    pub(super) node: usize,
    /// Absolute, where the address of the page is known.
    pub(super) address: String,
    /// Equal for two links to one page, however it is spelled.
    pub(super) key: String,
    /// It leads to a place on that page, such as its comments.
    pub(super) is_within: bool,
}

/// The links of a page in order, without those that are no items: to the page itself and places on it, to mail
/// addresses and the like, and those of what asks for consent.
pub(super) fn of(tree: &Tree, consent: &[usize], context: &ParseContext<'_>) -> Vec<Link> {
    let page = context.base.filter(|base| links::is_short_base(base));
    let base = tree
        .elements(&["base"])
        .into_iter()
        .find_map(|base| tree.attribute(base, "href"))
        .and_then(|base| links::base(&base, page))
        .filter(|base| !base.cannot_be_a_base());
    let base = base.as_ref().or(page);
    let own = page.map(|page| links::place(page.as_str()));
    let own = own.as_deref().map(links::page_of);
    let is_news = |&node: &usize| !consent.iter().any(|&outer| tree.holds(outer, node));
    let found = tree.elements(&["a", "area"]).into_iter().filter(is_news);
    let mut found: Vec<Link> = found
        .filter_map(|node| {
            let address = absolute(&tree.attribute(node, "href")?, base)?;
            let key = links::place(&address);
            (own != Some(links::page_of(&key))).then_some(Link {
                node,
                address,
                key,
                is_within: false,
            })
        })
        .take(LINKS_AT_MOST)
        .collect();
    // A link to a place of a page, such as its comments, is one to the page where that is linked, too.
    let pages: HashSet<String> = found
        .iter()
        .filter(|link| !link.key.contains('#'))
        .map(|link| link.key.clone())
        .collect();
    for link in &mut found {
        let page = links::page_of(&link.key);
        if page.len() < link.key.len() && pages.contains(page) {
            link.key = page.to_owned();
            link.is_within = true;
            if let Some((address, _)) = link.address.split_once('#') {
                link.address = address.to_owned();
            }
        }
    }
    found
}

fn absolute(href: &str, base: Option<&Url>) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.starts_with('#') || href.len() > LONGEST_ADDRESS {
        return None;
    }
    let address = links::absolute(href, base)
        .filter(|address| may_be_web_address(href) && address.len() <= LONGEST_ADDRESS)?;
    // The pages beside a file have no address of the web.
    let is_beside_a_file =
        base.is_none_or(|base| base.scheme() == "file") && !links::has_scheme(href);
    (links::is_web_address(&address) || is_beside_a_file).then_some(address)
}

/// Whether an address is that of what a site says of itself: of its use of data, its terms, its partners.
pub(super) fn is_legal(address: &str) -> bool {
    const WORDS: [&str; 18] = [
        "about",
        "aviso",
        "consent",
        "contact",
        "cookie",
        "cookies",
        "datenschutz",
        "impressum",
        "imprint",
        "legal",
        "login",
        "partners",
        "policy",
        "privacidad",
        "privacy",
        "subscribe",
        "terms",
        "vendors",
    ];
    let Ok(url) = Url::parse(address) else {
        return false;
    };
    let last = url.path().trim_end_matches('/').rsplit('/').next();
    let words = last
        .unwrap_or_default()
        .split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    // A headline may have the word as well.
    words.len() <= 4 && words.iter().any(|word| WORDS.contains(&word.as_str()))
}

/// Whether an element of this name is a heading.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The names of headings.
pub(super) const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// A link that was picked, as a place among the links, and by which node.
#[derive(Clone, Copy)]
pub(super) struct SelectedLink {
    pub(super) link: usize,
    pub(super) by: usize,
}

/// What a selector picks.
pub(super) struct SelectedLinks {
    pub(super) picks: Vec<SelectedLink>,
    /// Elements that it matches, links or not.
    pub(super) elements: usize,
    /// All of these ask for consent, or stand in what does.
    pub(super) is_in_consent: bool,
}
