use super::*;
use std::rc::Rc;

fn check(links: &[(&str, &str, &str, &str)], expected: Option<&str>) {
    let links: Vec<RawLink> = links
        .iter()
        .map(|(href, rel, media_type, language)| RawLink {
            href: (*href).to_owned(),
            relation: LinkRelation::of(Some(rel)),
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
        LinkRelation::of(Some("https://example.org/rel/alternate")),
        LinkRelation::Other
    );
}
