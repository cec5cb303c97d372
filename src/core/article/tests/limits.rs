//! Pages that are made to cost: each ends soon, with its verdict.

use std::cell::Cell;

use proptest::prelude::*;

use super::{in_tags, page, page_as, paragraphs};
use crate::core::article::{ExtractionOptions, Page, PageVerdict, read};

fn verdict(html: &str) -> (PageVerdict, String) {
    let article = page(html);
    (article.verdict, article.why.unwrap_or_default())
}

#[track_caller]
fn check_too_big(html: &str, why: &str) {
    let (verdict, said) = verdict(html);
    assert_eq!(verdict, PageVerdict::TooBig, "{said}");
    assert!(said.contains(why), "{said:?} lacks {why:?}");
}

#[test]
fn what_is_too_big_says_in_what() {
    let story = in_tags(&paragraphs(1, 5));
    check_too_big(&format!("<p>{}", "word ".repeat(900_000)), "4 MiB");
    check_too_big(&format!("{}{story}", "<div>".repeat(100_000)), "nests");
    check_too_big(&format!("{}{story}", "<b>".repeat(20_000)), "nests");
    check_too_big(
        &format!("{}{story}", "<table><tr><td>".repeat(2_000)),
        "nests",
    );
    let attributes: String = (0..100_000).map(|n| format!(" a{n}")).collect();
    check_too_big(&format!("<p{attributes}>{story}"), "attributes");
    check_too_big(&format!("{story}{}", "<br>".repeat(200_000)), "elements");
    check_too_big(&format!("{story}{}", "<p>x".repeat(30_000)), "paragraphs");
    // Each paragraph takes up what was never closed before it.
    let open: String = (0..400).map(|n| format!("<b id=x{n}>")).collect();
    check_too_big(&format!("<p>{open}{}", "<p>x".repeat(50_000)), "elements");
}

#[test]
fn what_only_looks_large_is_read() {
    let story = in_tags(&paragraphs(1, 5));
    for (name, html) in [
        (
            "a comment without an end",
            format!("<body>{story}<!--{}", "x".repeat(1_000_000)),
        ),
        (
            "references",
            format!(
                "<body>{story}<p>{}</p>",
                "&amp;&lt;&#x41;&notit;&".repeat(20_000)
            ),
        ),
        (
            "a script that hides its end",
            format!(
                "<body>{story}<script><!--<script>{}",
                "</script ".repeat(50_000)
            ),
        ),
        (
            "plaintext",
            format!("<body>{story}<plaintext>{}", "<p>".repeat(50_000)),
        ),
        (
            "an attribute without an end",
            format!("<body>{story}<p a=\"{}", "x ".repeat(400_000)),
        ),
        (
            "JSON-LD beyond its bound",
            format!(
                "<body><script type='application/ld+json'>[{}]</script>{story}",
                "[],".repeat(500_000)
            ),
        ),
        ("angles", format!("<body>{story}{}", "<".repeat(500_000))),
        ("nulls", format!("<body>{story}{}", "\0".repeat(500_000))),
        (
            "unclosed paragraphs",
            format!("<body>{story}{}", "<p>text".repeat(5_000)),
        ),
    ] {
        let article = page(&html);
        assert!(
            article.text.contains("Witness 3"),
            "{name}: {:?} {:?}",
            article.verdict,
            article.why
        );
        assert!(article.text.len() <= 256 << 10);
    }
}

#[test]
fn time_ends_a_page_at_any_point() {
    let story = in_tags(&paragraphs(1, 200));
    let html = format!("<html><body><article>{story}</article>");
    let asked = Cell::new(0);
    let page = Page {
        body: html.as_bytes(),
        address: None,
        content_type: None,
        status: 200,
    };
    let run = |until: u32| {
        asked.set(0);
        let give_up = || {
            asked.set(asked.get() + 1);
            asked.get() > until
        };
        read(&page, &ExtractionOptions::default(), &give_up)
    };
    let whole = run(u32::MAX);
    assert_eq!(whole.verdict, PageVerdict::Whole);
    let times = asked.get();
    assert!(times > 10, "{times}");
    for until in 0..times {
        let article = run(until);
        assert_eq!(
            article.verdict,
            PageVerdict::TooBig,
            "after {until} of {times}"
        );
        assert!(article.why.unwrap().contains("longer"), "after {until}");
    }
    assert_eq!(run(times), whole);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_and_alike(body in any::<Vec<u8>>(), kind in any::<Option<String>>(), status in 100_u16..600) {
        let article = page_as(&body, kind.as_deref(), status);
        prop_assert_eq!(page_as(&body, kind.as_deref(), status), article);
    }

    #[test]
    fn any_markup_is_read_and_alike(html in "(<p>|</p>|<div class=comment>|</div>|<br>|<a href=x>|</a>|<b>|</b>|<table>|<td>|</table>|<select>|<option>|<svg>|<template>|</template>|<script>|</script>|<li>|<ul>|<!--|-->|<form>|<h1>|<iframe>|<noscript>|&amp;|[a-z<>&\\n\u{e9}]{1,30}){0,80}") {
        let article = page(&html);
        prop_assert!(article.why.is_some() || article.verdict == PageVerdict::Whole);
        prop_assert_eq!(page(&html), article);
    }
}
