//! Explanations name the parts that failed and what came nearest.

use super::matching::{spec, text};
use crate::core::document::Document;
use crate::core::watch::{ExplainedPart, WordLists, explain, found_forms, parse_score_term_with};

/// Why the part of `query` that reads `part` does not hold for `document`.
fn check_miss(query: &str, document: &Document, part: &str, miss: &str) {
    let explanation = explain(&spec(query), document);
    let found = find(&explanation.query, part);
    let found = found.unwrap_or_else(|| panic!("no {part} in {explanation:?}"));
    assert!(!found.holds, "{found:?}");
    assert_eq!(found.miss.as_deref(), Some(miss), "{query}");
}

fn find<'e>(part: &'e ExplainedPart, wanted: &str) -> Option<&'e ExplainedPart> {
    if part.text == wanted {
        return Some(part);
    }
    part.parts.iter().find_map(|part| find(part, wanted))
}

#[test]
fn a_match_shows_each_part_and_its_words() {
    let document = text("police used lethal force");
    let explanation = explain(&spec("police AND (\"lethal force\" OR kill*)"), &document);
    assert!(explanation.matched && explanation.query.holds);
    assert_eq!(explanation.query.spans.len(), 2);
    let group = &explanation.query.parts[1];
    assert!(group.holds && group.parts[0].holds && !group.parts[1].holds);
    assert_eq!(
        group.parts[1].miss.as_deref(),
        Some("not in title, summary or text")
    );
}

#[test]
fn an_inflection_says_what_was_looked_for() {
    let spanish = Document {
        language: Some("es".to_owned()),
        ..text("las desapariciones")
    };
    check_miss(
        "desaparecer~ AND las",
        &spanish,
        "desaparecer~",
        "not in title, summary or text; looked for as `desaparec`, the stem",
    );
    assert!(explain(&spec("desaparecer~"), &spanish).notes.is_empty());
    let nowhere = explain(&spec("title:x OR mujer~"), &text("mujeres"));
    assert_eq!(
        nowhere.notes,
        ["the item's language is not known, so `~` finds the word itself only"]
    );
    let japanese = Document {
        language: Some("ja-JP".to_owned()),
        ..text("mujeres")
    };
    assert_eq!(explain(&spec("mujer~"), &japanese).notes.len(), 1);
    assert!(explain(&spec("mujer"), &japanese).notes.is_empty());
}

#[test]
fn a_distance_says_how_far_apart() {
    let document = text("police a b c d e f g h shot");
    check_miss(
        "police NEAR/6 shot",
        &document,
        "police NEAR/6 shot",
        "NEAR/6 is asked, the nearest are 9 apart",
    );
    check_miss(
        "shot PRE/20 police",
        &document,
        "shot PRE/20 police",
        "PRE/20 is asked, the nearest are 9 apart in the other order",
    );
    check_miss(
        "police NEAR/6 kill",
        &document,
        "police NEAR/6 kill",
        "not both sides are there",
    );
    check_miss(
        "police NOT NEAR/9 shot",
        &document,
        "police NOT NEAR/9 shot",
        "each one has the other within 9 words",
    );
    let apart = Document {
        title: "police".to_owned(),
        ..text("shot")
    };
    check_miss(
        "police NEAR/6 shot",
        &apart,
        "police NEAR/6 shot",
        "both sides are there, but in different fields",
    );
}

#[test]
fn a_term_says_where_and_how_else_it_is_there() {
    let document = Document {
        language: Some("en".to_owned()),
        author: "Torture Desk".to_owned(),
        ..text("They were detained; rights that are human, by ice")
    };
    check_miss(
        "title:detained",
        &document,
        "detained",
        "found in text, asked in title",
    );
    check_miss(
        "torture AND ice",
        &document,
        "torture",
        "found in author, asked in title, summary or text",
    );
    check_miss(
        "=ICE",
        &document,
        "=ICE",
        "`ice` is there, but not as written",
    );
    check_miss(
        "detain",
        &document,
        "detain",
        "another form is there, `detained`: it is found with `~` behind it",
    );
    check_miss(
        "\"human rights\"",
        &document,
        "\"human rights\"",
        "its words are there, but not side by side in this order",
    );
}

#[test]
fn counts_and_exclusions_say_what_they_found() {
    let document = text("a b a football");
    check_miss(
        "ATLEAST/3(a)",
        &document,
        "ATLEAST/3(a)",
        "2 of 3 occurrences are there",
    );
    check_miss(
        "MIN/2(a, x, y)",
        &document,
        "MIN/2(a, x, y)",
        "1 of 2 are there",
    );
    check_miss(
        "a AND NOT football",
        &document,
        "NOT football",
        "what it excludes is there: `football`",
    );
    check_miss(
        "a AND x AND y",
        &document,
        "a AND x AND y",
        "2 of 3 parts do not hold",
    );
    check_miss(
        "a AND site:example.org",
        &document,
        "site:example.org",
        "the item has no address",
    );
}

#[test]
fn restrictions_and_thresholds_are_objections() {
    let mut watch = spec("a");
    watch.languages = vec!["en".to_owned()];
    watch.feeds = Some(["f".to_owned()].into());
    watch.score = vec![parse_score_term_with("a", 1, &WordLists::default()).expect("a term")];
    watch.threshold = Some(5);
    let document = Document {
        title: "a".to_owned(),
        language: Some("es-PE".to_owned()),
        feed: Some("g".to_owned()),
        ..text("a")
    };
    let explanation = explain(&watch, &document);
    assert!(!explanation.matched && explanation.query.holds);
    assert_eq!(explanation.total, 3);
    assert_eq!(
        explanation.objections,
        [
            "the item is in `es`, and the watch asks for en",
            "the item is from `g`, which is not among the watch's feeds",
            "the score is 3 (a +3), and the threshold 5",
        ]
    );
}

/// What `check` and `explain` say of a document that `query` does not match.
fn check_account(query: &str, document: &Document, told: &str) {
    let explanation = explain(&spec(query), document);
    assert!(!explanation.matched, "{query}");
    let lines = explanation.query.partial_match().lines().join("; ");
    assert_eq!(lines, told, "{query}");
}

#[test]
fn of_a_conjunction_it_is_told_what_held_and_what_is_missing() {
    let document = text("Police met protesters");
    check_account(
        "police AND protest* AND (\"lethal force\" OR \"tear gas\" OR rifle OR bullet)",
        &document,
        "held: police, protest*; missing: one of \"lethal force\", \"tear gas\", rifle, …",
    );
    check_account(
        "(police OR army) AND (shot OR killed)",
        &document,
        "held: police; missing: one of shot, killed",
    );
    check_account(
        "police AND title:protest*",
        &document,
        "held: police; missing: title:protest* (found in text, asked in title)",
    );
    check_account(
        "police AND (protest OR march)",
        &Document {
            language: Some("en".to_owned()),
            ..document.clone()
        },
        "held: police; missing: one of protest, march (protest: another form is there, `protesters`: it is \
         found with `~` behind it)",
    );
    check_account(
        "police AND MIN/2(protest*, shot, killed)",
        &document,
        "held: police; missing: MIN/2(protest*, shot, killed) (1 of 2 are there)",
    );
    check_account(
        "(a AND b) OR (police AND protest* AND shot)",
        &document,
        "held: police, protest*; missing: shot",
    );
    check_account("shot AND killed", &document, "missing: shot, killed");
}

#[test]
fn what_excluded_an_item_is_named_with_its_words() {
    let document = Document {
        title: "Footballers protest".to_owned(),
        ..text("police")
    };
    check_account(
        "police AND NOT title:(football* OR concert)",
        &document,
        "held: police; excluded: football* (found `Footballers` in title)",
    );
    check_account(
        "police AND shot AND NOT protest",
        &document,
        "held: police; missing: shot; excluded: protest (found `protest` in title)",
    );
}

#[test]
fn other_forms_of_a_word_are_named_once_each() {
    let forms = |query: &str, language: &str, words: &str| {
        let document = Document {
            language: Some(language.to_owned()),
            ..text(words)
        };
        let spans = explain(&spec(query), &document).spans;
        let found = found_forms(&spans, &document);
        found.join("; ")
    };
    assert_eq!(
        forms("detener~", "es", "Detener: detuvo, detuvieron; Detuvo"),
        "detuvo — a form of detener~; detuvieron — a form of detener~"
    );
    assert_eq!(
        forms("\"riot policeman~\"", "en", "riot policemen"),
        "riot policemen — a form of riot policeman~"
    );
    assert_eq!(
        forms("تعذيب", "ar", "تعذيب والتعذيب"),
        "والتعذيب — a form of تعذيب"
    );
    assert_eq!(
        forms("protest* OR =ICE OR co-op", "en", "protests, ICE, co op"),
        ""
    );
}
