//! What a configuration says of the pages of a feed.

use super::{in_tags, paragraphs, site};
use crate::core::article::{Article, ExtractionOptions, Page, PageVerdict, read};

fn with(html: &str, selector: Option<&str>, remove: &[&str]) -> Article {
    let remove: Vec<String> = remove.iter().map(|&it| it.to_owned()).collect();
    let page = Page {
        body: html.as_bytes(),
        address: None,
        content_type: None,
        status: 200,
    };
    let options = ExtractionOptions {
        selector,
        remove: &remove,
    };
    read(&page, &options, &|| false)
}

fn story() -> String {
    let (first, second) = (in_tags(&paragraphs(1, 3)), in_tags(&paragraphs(4, 6)));
    site(
        "",
        &format!(
            "<div data-part='one'>{first}<div data-part='inner'><p>Inside of the first part, once.</p></div></div>
            <p class='aside-text'>Between the parts stands a sentence that is none of the story, but long enough to be taken.</p>
            <div data-part='two'>{second}</div>"
        ),
    )
}

#[test]
fn the_elements_of_a_selector_are_the_text_in_order_and_once() {
    let article = with(&story(), Some("[data-part='two'], [data-part]"), &[]);
    assert_eq!(article.verdict, PageVerdict::Whole);
    assert_eq!(article.why, None);
    let expected = format!(
        "{}\nInside of the first part, once.\n{}",
        paragraphs(1, 3).join("\n"),
        paragraphs(4, 6).join("\n")
    );
    assert_eq!(article.text, expected);
}

#[test]
fn what_is_to_be_removed_is_gone_in_either_way() {
    let article = with(
        &story(),
        Some("[data-part]"),
        &["[data-part='inner']", "p:nth-child(2)"],
    );
    assert!(!article.text.contains("Inside"), "{}", article.text);
    assert!(!article.text.contains("Witness 2") && article.text.contains("Witness 3"));
    assert!(with(&story(), None, &[]).text.contains("Between the parts"));
    let article = with(&story(), None, &[".aside-text", ".missing"]);
    assert!(
        !article.text.contains("Between the parts"),
        "{}",
        article.text
    );
    assert!(article.text.contains("Witness 1") && article.text.contains("Witness 6"));
}

#[test]
fn a_selector_that_matches_nothing_is_told_and_does_no_harm() {
    let article = with(&story(), Some(".gone-with-the-redesign"), &[]);
    assert_eq!(article.verdict, PageVerdict::Whole);
    assert!(article.text.contains("Witness 6"));
    let why = article.why.unwrap();
    assert!(
        why.contains(".gone-with-the-redesign") && why.contains("without it"),
        "{why}"
    );
    let wall = with("<body><p>Soon.</p>", Some(".gone"), &[]);
    assert_eq!(wall.verdict, PageVerdict::FeedText);
    assert!(wall.why.unwrap().contains(".gone"));
}
