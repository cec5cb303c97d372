//! How lists are printed and explained.

use super::*;
use crate::core::watch::{explain, found_forms};

#[test]
fn canonical_text_is_read_as_the_same_tree() {
    let lists = actors();
    for text in [
        "@police",
        "@police NEAR/3 (@courts OR judge)",
        "title:@police AND NOT @courts",
        "ATLEAST/2(@police)",
        "MIN/2(@police, @courts, x)",
        "title:(@police OR @courts)",
    ] {
        let tree = query(text, &lists);
        assert_eq!(tree.to_string(), text);
        assert_eq!(query(&tree.to_string(), &lists), tree);
    }
}

#[test]
fn an_explanation_shows_a_list_as_one_part_with_the_words_found() {
    let lists = actors();
    let watch = listed("@police NEAR/2 @courts AND title:@guards AND x", &lists);
    let document = text(
        "police, policemen, OMON and a riot police a b c d e f g a judge; of, of, of the Basij",
    );
    let explained = explain(&watch, &document);
    let police = part(&explained.query, "@police");
    let list = police.list.as_ref().expect("a list");
    assert_eq!(
        list.to_string(),
        "5 of 19 words: police, policeman as “policemen”, OMON, riot police, Basij of @guards"
    );
    assert!(police.parts.is_empty());
    let near = part(&explained.query, "@police NEAR/2 @courts");
    assert_eq!(
        near.miss.as_deref(),
        Some("NEAR/2 is asked, the nearest are 5 apart")
    );
    let guards = part(&explained.query, "@guards");
    assert_eq!(
        guards.miss.as_deref(),
        Some("found in text, asked in title")
    );
    let none = explain(&listed("@courts OR @guards", &lists), &text("nothing"));
    let miss = part(&none.query, "@guards").miss.clone();
    assert_eq!(
        miss.as_deref(),
        Some("none of its 3 words is in title, summary or text")
    );
    let account = explain(&listed("@police AND x", &lists), &document)
        .query
        .partial_match();
    assert_eq!(account.held, ["@police (`police`)"]);
}

#[test]
fn an_explanation_names_forms_and_languages_that_are_left_out() {
    let lists = actors();
    let document = Document {
        language: Some("es".to_owned()),
        language_certain: true,
        ..text("lo detuvieron")
    };
    let explained = explain(&listed("@police", &lists), &document);
    assert_eq!(
        found_forms(&explained.spans, &document),
        ["detuvieron — a form of detener in @police"]
    );
    assert!(
        explained.notes[0].contains("known to be in `es`"),
        "{:?}",
        explained.notes
    );
    let uncertain = Document {
        language_certain: false,
        ..document
    };
    assert!(
        explain(&listed("@police", &lists), &uncertain)
            .notes
            .is_empty()
    );
}
