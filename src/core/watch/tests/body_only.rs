//! Matches that need words from below the top of an item.

use super::matching::{spec, text};
use crate::core::document::{Document, LONGEST_LEAD};
use crate::core::watch::{BodyOnly, Scratch, WatchSet, explain};

/// Paragraphs of some 200 characters, so that the top ends in the third, with these words at their ends.
fn paragraphs(words: &[&str]) -> Document {
    let paragraphs: Vec<String> = words
        .iter()
        .map(|word| format!("{}{word}.", "lorem ipsum dolor ".repeat(11)))
        .collect();
    text(&paragraphs.join("\n"))
}

fn body_only(query: &str, document: &Document) -> Option<BodyOnly> {
    let found = WatchSet::compile(&[spec(query)]).matches(document, &mut Scratch::default());
    assert_eq!(found.len(), 1, "{query} is no match");
    assert_eq!(
        found[0].body_only,
        explain(&spec(query), document).body_only
    );
    found[0].body_only
}

#[track_caller]
fn check(query: &str, document: &Document, paragraphs: usize, first: usize) {
    let expected = BodyOnly { paragraphs, first };
    assert_eq!(body_only(query, document), Some(expected), "{query}");
}

#[track_caller]
fn check_full(query: &str, document: &Document) {
    assert_eq!(body_only(query, document), None, "{query}");
}

#[test]
fn the_rarest_of_what_is_needed_decides() {
    let item = paragraphs(&[
        "police",
        "",
        "",
        "",
        "torture police",
        "police",
        "torture",
        "",
        "jail",
    ]);
    check_full("police", &item);
    check("torture", &item, 2, 5);
    check("police AND torture", &item, 2, 5);
    check("police AND torture AND jail", &item, 1, 9);
    check("torture OR jail", &item, 3, 5);
    check_full("torture OR police", &item);
    check("MIN/2(police, torture, jail)", &item, 3, 5);
    check("MIN/2(torture, jail, army)", &item, 3, 5);
    check(
        "police AND NOT army",
        &paragraphs(&["", "", "", "", "police"]),
        1,
        5,
    );
    check("torture AND NOT army", &item, 2, 5);
    check("tortur*", &item, 2, 5);
}

#[test]
fn nearness_and_counts_ask_for_all_their_places() {
    let item = paragraphs(&["police", "", "", "", "torture police", "police", "police"]);
    check("police NEAR/1 torture", &item, 1, 5);
    check("torture NOT NEAR/1 army", &item, 1, 5);
    check_full("ATLEAST/1(police)", &item);
    check("ATLEAST/2(police)", &item, 3, 5);
    check("ATLEAST/2(police OR torture)", &item, 3, 5);
    check_full("police NEAR/1 ipsum OR police", &item);
}

#[test]
fn all_fields_but_the_text_are_top_and_so_is_a_short_text() {
    let mut item = paragraphs(&["", "", "", "", "torture"]);
    check("torture", &item, 1, 5);
    for set in [
        |item: &mut Document| item.summary = "Torture".to_owned(),
        |item: &mut Document| item.title = "Torture".to_owned(),
    ] {
        let mut item = item.clone();
        set(&mut item);
        check_full("torture", &item);
    }
    item.categories = vec!["prisons".to_owned()];
    check("torture AND category:prisons", &item, 1, 5);
    check_full("torture", &text(&format!("{}torture", "a\n".repeat(250))));
    let beyond = "x".repeat(LONGEST_LEAD);
    check_full("torture", &text(&format!("{} torture", &beyond[..590])));
    check("torture", &text(&format!("{beyond} torture")), 1, 2);
}

#[test]
fn a_text_without_line_breaks_has_paragraphs_too() {
    let piece = |word: &str| format!("{}{word} ", "lorem ipsum dolor ".repeat(33));
    let item = text(
        &["", "", "torture", "", "torture", "torture"]
            .map(piece)
            .concat(),
    );
    let found = body_only("torture", &item).unwrap();
    assert!(found.is_strong(), "{found:?}");
    let once = text(&["", "", "torture torture torture", ""].map(piece).concat());
    assert!(!body_only("torture", &once).unwrap().is_strong());
    // Nor do other scripts.
    let chinese = format!("{}酷刑{}", "警".repeat(900), "警".repeat(900));
    assert_eq!(body_only("酷刑", &text(&chinese)).unwrap().paragraphs, 1);
}

#[test]
fn who_asks_for_the_text_itself_gets_it_in_full() {
    let item = paragraphs(&["", "", "", "", "torture"]);
    check_full("text:torture", &item);
    check_full("text:torture AND lorem", &item);
    check_full("text:(torture NEAR/3 lorem) OR text:army", &item);
    // One of its branches is for the top.
    check("title:torture OR text:torture", &item, 1, 5);
    check("lorem AND NOT text:army AND torture", &item, 1, 5);
}

#[test]
fn what_can_be_said_of_it_reads_well() {
    let said = |paragraphs, first| BodyOnly { paragraphs, first }.to_string();
    assert_eq!(said(1, 30), "in paragraph 30 only");
    assert_eq!(said(2, 5), "in 2 paragraphs, the first of them paragraph 5");
}
