//! `lead:`: title, summary and first paragraph as one field.

use proptest::prelude::*;

use super::matching::spec;
use crate::core::document::{Document, Field, LONGEST_LEAD};
use crate::core::watch::{NearMiss, Scratch, Span, WatchSet, explain, parse};

fn document(title: &str, summary: &str, text: &str) -> Document {
    Document {
        title: title.to_owned(),
        summary: summary.to_owned(),
        text: text.to_owned(),
        ..Document::default()
    }
}

fn spans(query: &str, document: &Document) -> Option<Vec<Span>> {
    let set = WatchSet::compile(&[spec(query)]);
    let found = set.matches(document, &mut Scratch::default());
    found.into_iter().next().map(|found| found.spans)
}

#[track_caller]
fn check(query: &str, document: &Document, matches: bool) {
    let found = spans(query, document);
    assert_eq!(found.is_some(), matches, "{query} in {document:?}");
}

#[test]
fn the_first_paragraph_is_the_first_line_with_a_word() {
    for text in [
        "one two\nthree",
        "\n * \n\none two\nthree",
        "one two\r\nthree",
        "one two\n\u{2029}three",
    ] {
        check("lead:two", &document("", "", text), true);
        check("lead:three", &document("", "", text), false);
        check("text:three", &document("", "", text), true);
        check("lead:\"two three\"", &document("", "", text), false);
    }
    // What is said of pictures is no body.
    check("lead:two", &document("", "", "\u{2029}one two"), false);
    check("lead:two", &document("", "", ""), false);
}

#[test]
fn a_text_without_line_breaks_is_not_all_lead() {
    let front = "x".repeat(LONGEST_LEAD - 5);
    let text = format!("{front} abc defgh ijk. {}", "lorem ".repeat(300));
    let long = document("", "", &text);
    check("lead:abc", &long, true);
    // It begins at the last place.
    check("lead:defgh", &document("", "", &text[1..]), true);
    check("lead:defgh", &long, false);
    check("lead:lorem", &long, false);
    check("lead:\"abc defgh\"", &long, false);
    let chinese = "警".repeat(LONGEST_LEAD) + "察";
    check("lead:警", &document("", "", &chinese), true);
    check("lead:察", &document("", "", &chinese), false);
    check("lead:警察", &document("", "", &chinese), false);
}

#[test]
fn neighbours_are_neighbours_whatever_field_is_empty() {
    for lead in [
        document("Police", "shot him", "Later."),
        document("Police", "", "shot him\nLater."),
        document("", "Police", "shot him\nLater."),
        document("x police", "...", "shot\nlater"),
        document("Po\u{200B}lice police", "shot\u{200B}gun", "x"),
        document("Police¹", "shot¹ him", ""),
    ] {
        check("lead:police NEAR/1 shot", &lead, true);
        check("police PRE/1 lead:shot", &lead, true);
        check("lead:(shot PRE/9 police)", &lead, false);
        check("lead:police NOT NEAR/3 shot", &lead, false);
        check("lead:\"police shot\"", &lead, false);
        check("police NEAR/50 shot", &lead, false);
    }
}

#[test]
fn what_repeats_itself_is_found_in_each_field() {
    let repeated = document("Police shot", "Police shot", "Police shot\nPolice shot");
    let found = spans("lead:police NEAR/1 shot", &repeated).unwrap();
    let fields: Vec<Field> = found.iter().map(|span| span.field).collect();
    let [title, summary, text] = [Field::Title, Field::Summary, Field::Text];
    assert_eq!(fields, [title, title, summary, summary, text, text]);
    check("ATLEAST/3(lead:police)", &repeated, true);
    check("ATLEAST/4(lead:police)", &repeated, false);
    check("ATLEAST/4(police)", &repeated, true);
    check("MIN/2(lead:shot, lead:beaten)", &repeated, false);
}

#[test]
fn other_fields_count_in_the_lead_where_it_is_measured() {
    let item = document("Police", "say", "nothing.\nThey shot him, police say.");
    check("lead:police NEAR/9 shot", &item, false);
    check("lead:police NEAR/9 text:shot", &item, false);
    check("lead:police NEAR/2 text:nothing", &item, true);
    check("title:police NEAR/2 lead:nothing", &item, true);
    check("(lead:police OR lead:army) NEAR/1 say", &item, true);
    check("lead:(police NEAR/2 say) AND text:shot", &item, true);
    check("lead:police AND NOT lead:shot", &item, true);
    check("lead:pol* NEAR/1 =say", &item, true);
    check("police NOT NEAR/1 lead:say", &item, false);
}

#[test]
fn explanations_measure_in_the_lead() {
    let item = document("Police", "say that", "nothing.\nThey shot him.");
    let missed = |query: &str| {
        let explanation = explain(&spec(query), &item);
        assert!(!explanation.matched, "{query}");
        explanation.query
    };
    let near = missed("lead:police NEAR/2 nothing");
    assert_eq!(
        near.miss.as_deref(),
        Some("NEAR/2 is asked, the nearest are 3 apart")
    );
    assert_eq!(near.near_miss, Some(NearMiss::Distance));
    let near = missed("lead:police NEAR/9 shot");
    assert_eq!(near.miss.as_deref(), Some("not both sides are there"));
    assert_eq!(
        near.parts[1].miss.as_deref(),
        Some("found in text, asked in lead")
    );
    let alone = missed("lead:shot");
    let miss = alone.parts[0].miss.as_deref();
    assert_eq!(miss, Some("found in text, asked in lead"));
}

#[test]
fn names_of_the_lead_and_slips_are_understood() {
    for query in ["lede:x", "hlp:x", "leed:x", "лид:x", "lead :x", "lead=x"] {
        let (tree, problems) = parse(query);
        assert!(tree.is_none(), "{query}");
        assert_eq!(problems[0].help.as_deref(), Some("lead:"), "{query}");
    }
    let printed = |query: &str| parse(query).0.unwrap().to_string();
    for query in [
        "lead:(a AND b)",
        "lead:a NEAR/20 (b OR c)",
        "NOT lead:a OR b",
    ] {
        if let (Some(tree), _) = parse(query) {
            assert_eq!(printed(&tree.to_string()), query);
        }
    }
}

#[test]
fn what_the_lead_covers_gets_a_warning() {
    for (query, expected) in [
        ("lead:police OR title:police", "finds everything that this"),
        ("police OR lead:police", "finds everything that this"),
        ("lead:a NEAR/3 author:b", "different fields"),
        ("c NEAR/3 (a OR lead:b)", "holds for all of it"),
    ] {
        let (_, problems) = parse(query);
        let told = |problem: &crate::core::watch::Problem| problem.message.contains(expected);
        assert!(problems.iter().any(told), "{query}: {problems:?}");
    }
    for query in [
        "lead:a NEAR/3 title:b",
        "(lead:a OR lead:b) NEAR/3 c",
        "lead:abc OR text:abc",
    ] {
        assert_eq!(parse(query).1, [], "{query}");
    }
}

/// Some words of few, one blank between two.
fn few_words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["a1", "b1", "c1", "d1"]), 0..8)
        .prop_map(|words| words.join(" "))
}

proptest! {
    /// Nearness in the lead is that in a title which has all of its words.
    #[test]
    fn the_lead_is_one_field_without_gaps(
        title in few_words(), summary in few_words(), opening in few_words(), rest in few_words(),
        distance in 1..9_u32, operator in prop::sample::select(vec!["NEAR", "PRE", "NOT NEAR"]),
    ) {
        let item = document(&title, &summary, &format!("{opening}\n{rest}"));
        let parts: Vec<&str> = [title.as_str(), &summary, if opening.is_empty() { &rest } else { &opening }]
            .into_iter().filter(|part| !part.is_empty()).collect();
        let whole = document(&parts.join(" "), "", "");
        for (left, right) in [("a1", "b1"), ("(a1 OR b1)", "(c1 OR d1)"), ("a1", "(a1 OR c1)")] {
            let near = format!("title:({left} {operator}/{distance} {right})");
            let expected = spans(&near, &whole).map(|spans| spans.len());
            for query in [
                format!("lead:({left} {operator}/{distance} {right})"),
                format!("lead:{left} {operator}/{distance} {right}"),
                format!("{left} {operator}/{distance} lead:{right}"),
            ] {
                let found = spans(&query, &item).map(|spans| spans.len());
                prop_assert_eq!(found, expected, "{} in {:?}", query, item);
            }
        }
    }
}
