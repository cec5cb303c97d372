//! The sitemaps that a site names in its `robots.txt` (sitemaps.org, "Informing search engine crawlers").
//!
//! robotxt, which reads the rules, takes whole addresses only, and ends an address at a number sign.

use std::collections::HashSet;

use url::Url;

use super::selection::{LONGEST_ADDRESS, is_news_sitemap_name};
use crate::core::robots::ROBOTS_AT_MOST;

/// Sitemaps that are looked at; of a site with more, the others are hardly of news.
const SITEMAPS_AT_MOST: usize = 1000;

/// The sitemaps that a `robots.txt` at this address names, the likeliest to be of news first: those whose name
/// says so, then indexes, then others, each in their order. The line stands for itself, in any group of rules
/// and in any case, and may name another site, since it is the site itself that says so.
pub fn sitemaps_in_robots_txt(text: &str, address: &Url) -> Vec<Url> {
    let text = &text[..text.floor_char_boundary(ROBOTS_AT_MOST)];
    let mut known = HashSet::new();
    let mut found: Vec<Url> = text
        .split(['\n', '\r'])
        .filter_map(|line| {
            let (name, value) = line.trim_start_matches('\u{feff}').split_once(':')?;
            let is_named = ["sitemap", "site-map"];
            let name = name.trim();
            if !is_named
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known))
            {
                return None;
            }
            // A comment begins behind a blank; an address may hold the sign.
            let value = value.split([' ', '\t']).find(|value| !value.is_empty())?;
            let url = address
                .join(value)
                .ok()
                .filter(|_| !value.starts_with('#'))?;
            let is_short = url.as_str().len() <= LONGEST_ADDRESS;
            (matches!(url.scheme(), "http" | "https") && is_short).then_some(url)
        })
        .filter(|url| known.insert(url.clone()))
        .take(SITEMAPS_AT_MOST)
        .collect();
    found.sort_by_key(|url| (!is_news_sitemap_name(url.path()), !is_index(url)));
    found
}

/// Whether a sitemap is named as an index of others.
fn is_index(url: &Url) -> bool {
    url.path().to_ascii_lowercase().contains("index")
}
