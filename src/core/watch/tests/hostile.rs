//! No document and no query makes the matcher panic, point between characters, or take for ever.

use std::time::Duration;

use proptest::prelude::*;

use super::display::query;
use super::matching::{spec, text};
use crate::core::document::Document;
use crate::core::watch::{Scratch, WatchSet, WatchSpec, detect_language, explain, parse};
use crate::thread_time::ThreadTimer;

/// Far more than the time that linear work takes in an unoptimised build.
const SOON: Duration = Duration::from_mins(1);

/// `queries` against `body`, within [`SOON`]; gives the number of matches.
fn check(queries: &[String], body: &str) -> usize {
    let specs: Vec<WatchSpec> = queries.iter().map(|query| spec(query)).collect();
    let began = ThreadTimer::start();
    let set = WatchSet::compile(&specs);
    let document = Document {
        title: body.chars().take(100).collect(),
        language: Some("en".to_owned()),
        ..text(body)
    };
    let found = set.matches(&document, &mut Scratch::default());
    let taken = began.elapsed();
    assert!(taken < SOON, "{taken:?} for {}", &queries[0]);
    found.len()
}

#[test]
fn long_and_monotonous_documents_take_linear_time() {
    let words = [
        "x".repeat(400_000),
        "a ".repeat(10_000),
        "警".repeat(10_000),
    ];
    let queries = [
        "a NEAR/50 (b OR a)",
        "\"a a a a a a a a a a\"",
        "ATLEAST/100(a)",
        "a NOT NEAR/50 b",
        "警警警警警 NEAR/50 (警 OR 警警)",
        "xxx* OR x?x OR xxxxxxx~",
        "(a OR \"a a\" OR \"a a a\") PRE/50 (a OR \"a a\")",
    ];
    for body in &words {
        let queries: Vec<String> = queries.iter().map(|&query| query.to_owned()).collect();
        assert!(check(&queries, body) > 0);
    }
    let marks = format!("a{}", "\u{301}\u{323}".repeat(50_000));
    assert_eq!(check(&["a".to_owned()], &marks), 1);
}

#[test]
fn thousands_of_wildcards_take_linear_time() {
    let letters = |number: usize| -> String {
        let letter = |place: u32| {
            char::from(b'a' + u8::try_from(number / 26_usize.pow(place) % 26).unwrap_or(0))
        };
        (0..3).map(letter).collect()
    };
    let wildcards: Vec<String> = (0..4_000)
        .map(|number| format!("w{}*", letters(number)))
        .collect();
    let singles: Vec<String> = (0..4_000)
        .map(|number| format!("w?{}", letters(number)))
        .collect();
    let body: Vec<String> = (0..20_000)
        .map(|number| format!("wo{}", letters(number)))
        .collect();
    let body = body.join(" ");
    assert_eq!(
        check(&[wildcards.join(" OR "), singles.join(" OR ")], &body),
        2
    );
}

#[test]
fn deep_and_wide_queries_are_matched() {
    let deep = format!("{}a{}", "(".repeat(49), ")".repeat(49));
    let nested = (0..40).fold("a".to_owned(), |inner, _| format!("(a AND (b OR {inner}))"));
    let (tree, _) = parse(&nested);
    assert!(tree.is_none(), "80 deep");
    let wide: Vec<String> = (0..5_000).map(|number| format!("w{number}")).collect();
    assert_eq!(check(&[deep, wide.join(" OR ")], "a w4999"), 2);
}

#[test]
fn hostile_queries_end_soon() {
    for query in [
        "(".repeat(60_000),
        "title:".repeat(10_000),
        "NOT ".repeat(15_000),
        "a OR ".repeat(12_000),
        "a b ".repeat(15_000),
        "\"".repeat(60_001),
        "a NEAR/3 ".repeat(7_000),
        "MIN/2(".repeat(9_000),
        "?".repeat(60_000),
        "[".repeat(30_000) + &"]".repeat(30_000),
        "\"a OR \"b".repeat(7_000),
        "language:(".repeat(6_000),
        "NEAR/3(".repeat(9_000),
        "-a ".repeat(20_000),
        "not ".repeat(15_000),
        "1,000,".repeat(10_000),
        format!("1{}", ",000".repeat(16_000)),
        ", 1,000".repeat(9_000),
        "title=".repeat(10_000),
        "title:(a OR ".repeat(5_000),
        "within ".repeat(9_000),
        "site:(a ".repeat(8_000),
        format!(
            "({}a) NEAR/3 ({}b)",
            "a OR ".repeat(2_000),
            "a AND ".repeat(2_000)
        ),
        format!("title:({}title:b)", "a OR ".repeat(4_000)),
        format!("({}a) AND NOT b", "\"a b c d e f g h i j\" OR ".repeat(400)),
        "abc* ".repeat(12_000),
        "x".repeat(65_536),
        "警".repeat(20_000),
        "site:".repeat(12_000),
        ")".repeat(60_000),
        ", ".repeat(30_000),
        format!("{}a{}", "(".repeat(30_000), ")".repeat(30_000)),
        "x".repeat(65_537),
    ] {
        let (_, problems) = parse(&query);
        assert!(
            !problems.is_empty() || query.starts_with("xxx"),
            "{}",
            &query[..10]
        );
    }
}

/// Text as feeds have it: words that queries ask for, and anything else.
fn body() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,8}",
        "[а-яё]{1,8}",
        "[警察拷问]{1,4}",
        "[A-Z]{2,5}",
        any::<char>().prop_map(String::from),
        "\\PC{0,4}",
        prop::sample::select(vec![
            " ", "\u{301}", "\u{AD}", "é", "ß", "\u{200D}", "한", "ﷺ", "½", "👮🏽", "กำ"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

fn document() -> impl Strategy<Value = Document> {
    let language = prop::sample::select(vec![None, Some("en"), Some("ru"), Some("xx-!"), Some("")]);
    (
        body(),
        body(),
        body(),
        prop::collection::vec(body(), 0..3),
        language,
    )
        .prop_map(|(title, summary, text, categories, language)| Document {
            title,
            summary,
            text,
            categories,
            language: language.map(str::to_owned),
            url: Some("https://abc.example/".to_owned()),
            ..Document::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn spans_cover_whole_words_of_the_text(queries in prop::collection::vec(query(), 1..8), document in document()) {
        let specs: Vec<WatchSpec> = queries.iter().map(|query| spec(query)).collect();
        let set = WatchSet::compile(&specs);
        let mut scratch = Scratch::default();
        let found = set.matches(&document, &mut scratch);
        for found in &found {
            prop_assert!(found.spans.is_sorted() && found.spans.windows(2).all(|two| two[0] != two[1]));
            for span in &found.spans {
                let field = document.field(span.field).unwrap_or_default();
                let words = field.get(span.start..span.end);
                prop_assert!(words.is_some_and(|words| !words.is_empty()), "{span:?} in {field:?}");
                let before = field[..span.start].chars().next_back();
                let first = field[span.start..].chars().next();
                let joined = before.is_some_and(|c| c.is_ascii_alphanumeric())
                    && first.is_some_and(|c| c.is_ascii_alphanumeric());
                prop_assert!(!joined, "{span:?} begins inside a word of {field:?}");
            }
        }
        // Looking at each watch without anchors finds the same.
        let each: Vec<_> = set.each(&document, &mut scratch).into_iter().flatten().collect();
        prop_assert_eq!(found, each);
        for spec in &specs {
            let matched = set.matches(&document, &mut scratch).iter().any(|found| specs[found.watch].query == spec.query);
            prop_assert_eq!(explain(spec, &document).matched, matched);
        }
        let _ = detect_language(&document);
    }
}
