use proptest::prelude::*;

use super::*;
use crate::core::document::Document;
use crate::core::text::tokenizer::fold_for_index;
use crate::core::watch::clitics::bare;
use crate::core::watch::{Scratch, WatchSet, WatchSpec, parse};

fn read(query: &str) -> Query {
    parse(query)
        .0
        .unwrap_or_else(|| panic!("{query} is a query"))
}

/// Whether folded text has what is required.
fn admits(required: &Groups, folded: &str) -> bool {
    let is_there = |term: &search::Term| {
        let end = if term.is_beginning { "" } else { " " };
        !term.words.is_empty() && format!(" {folded} ").contains(&format!(" {}{end}", term.words))
    };
    required.iter().all(|group| group.iter().any(is_there))
}

#[test]
fn forms_of_a_word_begin_alike() {
    let told = |query: &str| {
        let forms = required(&read(query)).forms;
        let groups = forms.iter().map(|group| {
            group
                .iter()
                .map(|term| term.words.as_str())
                .collect::<Vec<_>>()
                .join("|")
        });
        groups.collect::<Vec<_>>().join(" + ")
    };
    assert_eq!(told("protest~ AND army"), "protes");
    assert_eq!(told("protest~ OR army"), "protes|army");
    assert_eq!(told("run~"), "", "too short to tell");
    assert_eq!(told("قتلوا~"), "", "it may have clitics");
    assert_eq!(told("detener~"), "de|dete", "detuvo is one, too");
}

#[test]
fn what_must_be_there_is_told_and_nothing_else() {
    for (query, expected) in [
        ("Police", "police"),
        ("police AND protest*", "police + protest*"),
        ("police OR arm?", "police|arm*"),
        ("police NEAR/5 (shot OR killed)", "police + shot|killed"),
        ("(a1 AND b1) OR (c1 AND d1 AND e1)", "a1|c1 + b1|d1"),
        ("police AND NOT concert", "police"),
        ("police NOT NEAR/3 band", "police"),
        ("police AND detain~", "police"),
        ("police OR detain~", ""),
        ("title:police", "police"),
        ("police AND author:garcia", "police"),
        ("site:example.org AND category:courts", ""),
        ("ATLEAST/3(police)", "police"),
        ("MIN/2(police, army, court)", "police|army"),
        ("MIN/2(police, army, court~)", "police|army"),
        ("MIN/2(police, army~, court~)", ""),
        ("=\"ICE\"", "ice"),
        ("\"human rights\"", "human + rights"),
        ("U.N.", "un|u n|u"),
    ] {
        let term = |term: &search::Term| {
            let star = if term.is_beginning { "*" } else { "" };
            format!("{}{star}", term.words)
        };
        let group = |group: &Vec<search::Term>| {
            let terms: Vec<String> = group.iter().map(term).collect();
            terms.join("|")
        };
        let told: Vec<String> = required(&read(query)).words.iter().map(group).collect();
        assert_eq!(told.join(" + "), expected, "of {query}");
    }
}

const WORDS: [&str; 27] = [
    "police",
    "army",
    "court",
    "shot",
    "detained",
    "detain",
    "protesters",
    "courts",
    "shooting",
    "killed",
    "killing",
    "U.N.",
    "UN",
    "u n",
    "co-op",
    "женщина",
    "逮捕",
    "記者",
    "وقتل",
    "قتل",
    "للقتل",
    "والقتل",
    "لقتل",
    "اللقتل",
    "stra\u{200b}ße",
    "café",
    "𞤀𞤁",
];

fn queries() -> impl Strategy<Value = String> {
    let term = proptest::sample::select(vec![
        "police",
        "army",
        "court~",
        "protest~",
        "shoot~",
        "kill~",
        "detaining~",
        "detain*",
        "sho?",
        "U.N.",
        "UN",
        "\"u n\"",
        "co-op",
        "женщина",
        "逮捕",
        "قتل",
        "القتل",
        "قتل*",
        "strasse",
        "=\"café\"",
        "title:police",
        "lead:army",
        "author:army",
        "𞤀𞤁",
    ])
    .prop_map(str::to_owned);
    term.prop_recursive(3, 12, 3, |inner| {
        let several = proptest::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            several
                .clone()
                .prop_map(|of| format!("({})", of.join(" AND "))),
            several
                .clone()
                .prop_map(|of| format!("({})", of.join(" OR "))),
            several.prop_map(|of| format!("MIN/2({})", of.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} NEAR/3 {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} NOT NEAR/3 {b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a} AND NOT {b})")),
        ]
    })
}

proptest! {
    #[test]
    fn no_item_that_matches_is_missed(
        query in queries(),
        title in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..4),
        text in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..12),
    ) {
        let Some(query) = parse(&query).0 else { return Ok(()) };
        let document = Document {
            title: title.join(" "),
            text: text.join(" "),
            author: "army".to_owned(),
            language: Some("en".to_owned()),
            ..Document::default()
        };
        let folded = format!(
            "{} \n {}", fold_for_index(&document.title), fold_for_index(&document.text)
        );
        let required = required(&query);
        let spec = WatchSpec::from(query);
        let set = WatchSet::compile(&[spec]);
        if set.matches_one(0, &document, &mut Scratch::default()).is_some() {
            prop_assert!(admits(&required.words, &folded), "{required:?} in {folded:?}");
            prop_assert!(admits(&required.forms, &folded), "{required:?} in {folded:?}");
        }
    }

    #[test]
    fn every_word_behind_clitics_is_required_as_it_is_written(
        letters in proptest::collection::vec(
            proptest::sample::select("ولفبكاقتمنر".chars().collect::<Vec<_>>()), 2..9
        ),
    ) {
        let written: String = letters.into_iter().collect();
        bare(&written, |rest| {
            assert!(with_clitics(rest).contains(&written), "{written} of {rest}");
        });
    }
}
