//! What matches, and which words it shows.

use crate::core::document::Document;
use crate::core::watch::{Scratch, WatchSet, WatchSpec, WordLists, parse, parse_score_term_with};

pub(super) fn spec(query: &str) -> WatchSpec {
    let (tree, problems) = parse(query);
    WatchSpec::from(tree.unwrap_or_else(|| panic!("{query}: {problems:?}")))
}

pub(super) fn text(text: &str) -> Document {
    Document {
        text: text.to_owned(),
        ..Document::default()
    }
}

/// The words that `query` finds in `document`, or none when it does not match.
fn found(query: &str, document: &Document) -> Option<Vec<String>> {
    let set = WatchSet::compile(&[spec(query)]);
    let mut scratch = Scratch::default();
    let matches = set.matches(document, &mut scratch);
    let one = set.matches_one(0, document, &mut scratch);
    assert_eq!(matches.first(), one.as_ref(), "{query}");
    let found = matches.into_iter().next()?;
    let words = found.spans.iter().map(|span| {
        let field = document.field(span.field).unwrap_or_default();
        field[span.start..span.end].to_owned()
    });
    Some(words.collect())
}

fn check(query: &str, document: &str, expected: &[&str]) {
    let words = found(query, &text(document));
    assert_eq!(
        words.as_deref(),
        Some(
            expected
                .iter()
                .map(|&w| w.to_owned())
                .collect::<Vec<_>>()
                .as_slice()
        ),
        "{query} in {document}"
    );
}

fn check_no(query: &str, document: &str) {
    assert_eq!(found(query, &text(document)), None, "{query} in {document}");
}

#[test]
fn terms_are_whole_words() {
    check("police", "The POLICE said", &["POLICE"]);
    check_no("police", "policeman");
    check("lacrimógenos", "gases LACRIMOGENOS", &["LACRIMOGENOS"]);
    check("=ICE", "ice and ICE", &["ICE"]);
    check_no("=ICE", "ice and Ice");
    check("=Íñigo", "I\u{301}n\u{303}igo", &["I\u{301}n\u{303}igo"]);
    check_no("=Íñigo", "Inigo");
}

#[test]
fn phrases_are_consecutive_words() {
    check(
        "\"human rights\"",
        "human, rights; human-rights",
        &["human, rights", "human-rights"],
    );
    check_no("\"human rights\"", "human and rights");
    check("co-op", "the Co-Op and the co op", &["Co-Op", "co op"]);
    check("\"a a\"", "a a a", &["a a", "a a"]);
    let document = Document {
        title: "human".to_owned(),
        summary: "rights".to_owned(),
        ..Document::default()
    };
    assert_eq!(found("\"human rights\"", &document), None);
}

#[test]
fn stems_follow_the_language() {
    let english = |body: &str| Document {
        language: Some("en-GB".to_owned()),
        ..text(body)
    };
    assert!(found("detain~", &english("was detained")).is_some());
    check_no("detain~", "was detained");
    check("detain~", "to detain", &["detain"]);
    let french = Document {
        language: Some("fr".to_owned()),
        ..text("elles ont été arrêtées")
    };
    assert_eq!(found("arrêté~", &french), Some(vec!["arrêtées".to_owned()]));
    assert!(found("\"été arrêter~\"", &french).is_some());
}

#[test]
fn wildcards_stand_for_endings_and_letters() {
    check("protest*", "protesters protest", &["protesters", "protest"]);
    check("wom?n", "woman women womn", &["woman", "women"]);
    check("m?n", "man mn moon", &["man"]);
    check("\"human right*\"", "human rights", &["human rights"]);
    check("протест*", "Протесты", &["Протесты"]);
}

#[test]
fn near_counts_words_between_nearest_ends() {
    check("a NEAR/2 b", "b x a", &["b", "a"]);
    check_no("a NEAR/1 b", "b x a");
    check("a PRE/1 b", "b a b", &["a", "b"]);
    check_no("a PRE/1 b", "b a");
    check("\"x y\" NEAR/1 z", "x y z", &["x y", "z"]);
    check_no("a NEAR/5 a", "a");
    check(
        "police NOT NEAR/2 officer",
        "police x x officer",
        &["police"],
    );
    check_no("police NOT NEAR/2 officer", "police officer");
    check_no("police NOT NEAR/3 \"police officer\"", "police officer");
    check(
        "(a OR \"b c\") NEAR/3 d",
        "b c x d x x x x a",
        &["b c", "d"],
    );
}

#[test]
fn operators_join_the_whole_item() {
    check("a AND b", "b a", &["b", "a"]);
    check_no("a AND b", "a");
    check("a OR (b AND c)", "a b", &["a"]);
    check("a AND NOT b", "a", &["a"]);
    check_no("a AND NOT b", "a b");
    check("ATLEAST/2(a)", "a x a", &["a", "a"]);
    check_no("ATLEAST/2(a)", "a");
    check("MIN/2(a, b, c)", "c a", &["c", "a"]);
    check_no("MIN/2(a, b, c)", "c c");
}

#[test]
fn fields_and_sites_restrict() {
    let document = Document {
        title: "Torture in custody".to_owned(),
        text: "A report".to_owned(),
        author: "Torture Desk".to_owned(),
        categories: vec!["human".to_owned(), "rights".to_owned()],
        url: Some("https://www.Example.org/x".to_owned()),
        ..Document::default()
    };
    let is = |query: &str| found(query, &document).is_some();
    assert!(is("title:torture") && !is("text:torture") && is("author:desk") && !is("desk"));
    assert!(is("title:(torture AND custody)") && !is("title:(torture AND report)"));
    assert!(is("category:human") && !is("category:\"human rights\"") && !is("rights"));
    assert!(
        is("site:example.org AND report") && !is("site:ample.org") && is("site:www.example.org")
    );
    assert_eq!(found("site:example.org", &document), Some(vec![]));
    assert!(!is("title:torture NEAR/50 text:report"));
}

#[test]
fn scripts_without_spaces_match_inside_runs() {
    check("酷刑", "中国的酷刑问题", &["酷刑"]);
    check("酷刑 NEAR/3 问题", "酷刑的问题", &["酷刑", "问题"]);
    check_no("酷刑 NEAR/1 问题", "酷刑的问题");
    check("ทรมาน", "การทรมานผู้ต้องหา", &["ทรมาน"]);
}

#[test]
fn restrictions_exclude_only_what_is_known() {
    let mut watch = spec("a");
    watch.languages = vec!["en".to_owned()];
    watch.feeds = Some(["f".to_owned()].into());
    let set = WatchSet::compile(&[watch]);
    let passes = |language: Option<&str>, feed: Option<&str>| {
        let document = Document {
            language: language.map(str::to_owned),
            feed: feed.map(str::to_owned),
            ..text("a")
        };
        !set.matches(&document, &mut Scratch::default()).is_empty()
    };
    assert!(passes(None, None) && passes(Some("en-GB"), Some("f")));
    assert!(!passes(Some("es"), None) && !passes(None, Some("g")));
}

#[test]
fn the_score_table_counts_three_and_the_title_twice() {
    let mut watch = spec("a");
    watch.score = [("tear gas", 2), ("game*", -1)]
        .into_iter()
        .map(|(key, weight)| {
            parse_score_term_with(key, weight, &WordLists::default()).expect("a term")
        })
        .collect();
    let document = Document {
        title: "tear gas tear gas".to_owned(),
        text: "a tear gas tear gas tear gas tear gas games".to_owned(),
        ..Document::default()
    };
    let scored = |threshold| {
        let mut watch = watch.clone();
        watch.threshold = threshold;
        let set = WatchSet::compile(&[watch]);
        let matches = set.matches(&document, &mut Scratch::default());
        matches.first().map(|found| found.score)
    };
    assert_eq!(scored(None), Some(2 * (2 * 2) + 2 * 3 - 1));
    assert_eq!(scored(Some(13)), Some(13));
    assert_eq!(scored(Some(14)), None);
}
