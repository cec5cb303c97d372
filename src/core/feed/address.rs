//! Which of an item's links is its address.

use url::Url;

use super::links;
use super::raw::{Medium, RawLink, Relation};
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
        if let Some(address) = links::absolute(&link.href, base).filter(|address| may_be(address)) {
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
    relation: Relation,
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
pub(super) fn may_be(address: &str) -> bool {
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
mod tests {
    use super::*;
    use std::rc::Rc;

    fn check(links: &[(&str, &str, &str, &str)], expected: Option<&str>) {
        let links: Vec<RawLink> = links
            .iter()
            .map(|(href, rel, media_type, language)| RawLink {
                href: (*href).to_owned(),
                relation: Relation::of(Some(rel)),
                medium: Medium::of(Some(media_type)),
                language: Some(Rc::from(*language)).filter(|tag: &Rc<str>| !tag.is_empty()),
                base: None,
            })
            .collect();
        let base = Url::parse("https://example.org/feed").unwrap();
        let found = best(links.iter(), Some("es-PE"), Some(&base));
        assert_eq!(found.as_deref(), expected, "of {links:?}");
    }

    const PAGE: &str = "https://example.org/5";

    #[test]
    fn the_web_comes_before_other_schemes() {
        check(
            &[("gemini://example.org/5", "", "", ""), (PAGE, "", "", "")],
            Some(PAGE),
        );
        check(
            &[
                ("gemini://example.org/5", "", "", ""),
                (PAGE, "self", "", ""),
            ],
            Some(PAGE),
        );
        check(
            &[("gopher://example.org/5", "", "", "")],
            Some("gopher://example.org/5"),
        );
        check(
            &[
                ("ftp://example.org/5", "", "text/html", "es"),
                ("/5", "", "", "en"),
            ],
            Some(PAGE),
        );
    }

    #[test]
    fn some_schemes_lead_to_no_document() {
        for href in [
            "mailto:desk@example.org",
            "JavaScript:void(0)",
            "data:text/html,x",
            " tel:1",
        ] {
            check(&[(href, "", "", "")], None);
            check(&[(href, "", "", ""), (PAGE, "", "", "")], Some(PAGE));
        }
    }

    #[test]
    fn pages_come_before_what_is_meant_for_programs() {
        for data in [
            "application/json",
            "application/activity+json",
            "application/atom+xml",
        ] {
            check(
                &[
                    ("/5.data", "alternate", data, ""),
                    ("/5", "alternate", "text/html", ""),
                ],
                Some(PAGE),
            );
            check(&[("/5.data", "", data, ""), ("/5", "", "", "")], Some(PAGE));
        }
        check(
            &[
                ("/5.xml", "", "application/xml", ""),
                ("/5", "", "Text/HTML; charset=utf-8", ""),
            ],
            Some(PAGE),
        );
    }

    #[test]
    fn the_language_of_the_feed_comes_before_others() {
        check(&[("/en/5", "", "", "en"), ("/5", "", "", "es")], Some(PAGE));
        check(&[("/en/5", "", "", "en"), ("/5", "", "", "")], Some(PAGE));
        check(
            &[("/5", "", "", "ES_mx"), ("/es/5", "", "", "es")],
            Some(PAGE),
        );
    }

    #[test]
    fn a_relation_has_any_case_and_may_be_an_address() {
        for rel in [
            "ALTERNATE",
            "http://www.iana.org/assignments/relation/alternate",
            "https://www.iana.org/assignments/link-relations/Alternate",
            "nofollow alternate",
        ] {
            check(
                &[
                    ("/self", "self", "", ""),
                    ("/other", "related", "", ""),
                    ("/5", rel, "", ""),
                ],
                Some(PAGE),
            );
        }
        assert_eq!(
            Relation::of(Some("https://example.org/rel/alternate")),
            Relation::Other
        );
    }
}
