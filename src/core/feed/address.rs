//! Which of an item's links is its address.

use url::Url;

use super::links;
use super::raw::{LinkRelation, Medium, RawLink};
use crate::core::language::primary_subtag;

/// The best address among links. Pages on the web come first; then what is meant for readers before
/// what is meant for programs, and the feed's own language before others. Of equals the first counts.
pub(super) fn best<'a>(
    links: impl Iterator<Item = &'a RawLink>,
    language: Option<&str>,
    base: Option<&Url>,
) -> Option<String> {
    let mut best: Option<(Rank, String)> = None;
    for link in links {
        let rank = Rank::of(link, language);
        if best.as_ref().is_some_and(|(kept, _)| *kept <= rank) {
            continue;
        }
        let base = link.base.as_deref().or(base);
        if let Some(address) =
            links::absolute(&link.href, base).filter(|address| may_be_web_address(address))
        {
            let rank = Rank {
                is_foreign: !links::is_web_address(&address),
                ..rank
            };
            if best.as_ref().is_none_or(|(kept, _)| rank < *kept) {
                best = Some((rank, address));
            }
        }
    }
    best.map(|(_, address)| address)
}

/// The least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// It is no address of the web.
    is_foreign: bool,
    relation: LinkRelation,
    medium: Medium,
    /// It leads to another language.
    is_translation: bool,
}

impl Rank {
    /// As good as a link can be by what it says of itself.
    fn of(link: &RawLink, language: Option<&str>) -> Self {
        let is_translation = match (link.language.as_deref(), language) {
            (Some(of_link), Some(of_item)) => {
                !primary_subtag(of_link).eq_ignore_ascii_case(primary_subtag(of_item))
            }
            _ => false,
        };
        Self {
            is_foreign: false,
            relation: link.relation,
            medium: link.medium,
            is_translation,
        }
    }
}

/// Whether a link may be an address at all: some schemes lead to no document.
pub(super) fn may_be_web_address(address: &str) -> bool {
    const NEVER: [&str; 11] = [
        "mailto",
        "javascript",
        "vbscript",
        "data",
        "blob",
        "about",
        "tel",
        "sms",
        "file",
        "cid",
        "mid",
    ];
    let scheme = address.split(':').next().unwrap_or_default().trim();
    !links::has_scheme(address) || !NEVER.iter().any(|never| scheme.eq_ignore_ascii_case(never))
}

#[cfg(test)]
mod tests;
