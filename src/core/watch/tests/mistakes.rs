//! Every mistake gives its place, the reason, and what to write instead.

use proptest::prelude::*;

use super::display::gibberish;
use crate::core::watch::{Severity, parse};

/// The first problem of `query`: at `place`, with a message that contains `reason`, offering `help`.
pub(super) fn check(query: &str, place: &str, reason: &str, help: Option<&str>) {
    let (tree, problems) = parse(query);
    let problem = problems
        .first()
        .unwrap_or_else(|| panic!("{query} has no problem"));
    assert_eq!(
        &query[problem.span.clone()],
        place,
        "place in {query}: {problem:?}"
    );
    assert!(problem.message.contains(reason), "{query}: {problem:?}");
    assert_eq!(problem.help.as_deref(), help, "{query}: {problem:?}");
    assert_eq!(
        tree.is_none(),
        problem.severity == Severity::Error,
        "{query}"
    );
    let Some(help) = help.filter(|_| problem.severity == Severity::Error) else {
        return;
    };
    let mut mended = query.to_owned();
    mended.replace_range(problem.span.clone(), help);
    let (_, left) = parse(&mended);
    let same = left
        .iter()
        .any(|p| p.message == problem.message && p.span == problem.span);
    assert!(
        !same,
        "{query} mended to {mended} has the same problem: {left:?}"
    );
}

/// A mistake whose suggestion makes the query sound.
pub(super) fn check_mended(query: &str, place: &str, reason: &str, mended: &str) {
    let (_, problems) = parse(query);
    let problem = problems
        .first()
        .unwrap_or_else(|| panic!("{query} has no problem"));
    check(query, place, reason, problem.help.as_deref());
    let mut text = query.to_owned();
    text.replace_range(problem.span.clone(), problem.help.as_deref().unwrap_or("?"));
    assert_eq!(text, mended);
    let (tree, problems) = parse(&text);
    assert!(tree.is_some(), "{query} became {text}: {problems:?}");
}

#[test]
fn words_side_by_side_are_a_phrase_or_and() {
    check_mended(
        "human rights",
        "human rights",
        "phrase `\"human rights\"`, or `human AND rights`",
        "\"human rights\"",
    );
    check_mended(
        "a AND human rights defenders",
        "human rights defenders",
        "side by side",
        "a AND \"human rights defenders\"",
    );
    check_mended(
        "\"human rights\" defender",
        "\"human rights\" defender",
        "side by side",
        "\"human rights\" AND defender",
    );
    check_mended(
        "police (shoot OR kill)",
        "police (shoot OR kill)",
        "side by side",
        "police AND (shoot OR kill)",
    );
}

#[test]
fn and_beside_or_shows_both_readings() {
    check_mended(
        "a AND b OR c",
        "a AND b OR c",
        "is it `(a AND b) OR c` or `a AND (b OR c)`?",
        "(a AND b) OR c",
    );
    check_mended(
        "x AND (a OR b AND NOT c)",
        "a OR b AND NOT c",
        "`a OR (b AND NOT c)` or `(a OR b) AND NOT c`",
        "x AND (a OR (b AND NOT c))",
    );
}

#[test]
fn operators_are_written_in_capitals() {
    check_mended(
        "police and protest",
        "and",
        "capitals",
        "police AND protest",
    );
    check_mended("police or protest", "or", "capitals", "police OR protest");
    check_mended(
        "police not football",
        "not",
        "capitals",
        "police AND NOT football",
    );
    check_mended(
        "police near shoot",
        "near",
        "capitals",
        "police NEAR/10 shoot",
    );
    check_mended(
        "police near/5 shoot",
        "near/5",
        "NEAR/5",
        "police NEAR/5 shoot",
    );
    check_mended("police w/5 shoot", "w/5", "NEAR/5", "police NEAR/5 shoot");
    check_mended(
        "police && protest",
        "&&",
        "no operator",
        "police AND protest",
    );
    check_mended(
        "police NOT football",
        "NOT",
        "AND NOT",
        "police AND NOT football",
    );
    check_mended(
        "police -football",
        "-football",
        "AND NOT",
        "police AND NOT football",
    );
}

#[test]
fn quotes_and_parentheses_are_closed() {
    check_mended(
        "\"human rights AND police",
        "\"human rights",
        "quote",
        "\"human rights\" AND police",
    );
    check_mended(
        "“lethal force",
        "“lethal force",
        "quote",
        "\"lethal force\"",
    );
    check_mended("(a OR b", "(a OR b", "never closed", "(a OR b)");
    check_mended(
        "x AND ((a OR b) AND NOT (c OR d)",
        "((a OR b) AND NOT (c OR d)",
        "never closed",
        "x AND ((a OR b) AND NOT (c OR d))",
    );
    check_mended("a OR b)", ")", "closes nothing", "a OR b");
    check_mended(
        "a AND ()",
        "()",
        "nothing between",
        "a AND \"what to find\"",
    );
    check_mended(
        "a OR \"\"",
        "\"\"",
        "nothing between",
        "a OR \"what to find\"",
    );
}

#[test]
fn wildcards_stand_behind_letters() {
    check_mended("*tion", "*tion", "never stands in front", "tion");
    check_mended("pr*", "pr*", "at least 3 letters", "pr");
    check_mended("col*r", "col*r", "only at the end", "col*");
    check_mended(
        "\"human * rights\"",
        "\"human * rights\"",
        "use PRE/2",
        "(human PRE/2 rights)",
    );
    check_mended(
        "a AND \"the right * * a fair trial\"",
        "\"the right * * a fair trial\"",
        "use PRE",
        "a AND (\"the right\" PRE/3 \"a fair trial\")",
    );
    check_mended("a OR *", "*", "needs letters", "a OR \"what to find\"");
    check_mended("\"* rights\"", "*", "needs letters", "\" rights\"");
    check("拷问*", "拷问*", "no spaces", Some("拷问"));
    check_mended("=Prot*", "=Prot*", "do not go together", "Prot*");
    check_mended(
        "=\"Big Prot*\"",
        "Prot*",
        "do not go together",
        "=\"Big Prot\"",
    );
    check_mended("protest!", "protest!", "written `*`", "protest*");
    check_mended(
        "\"arbitrary detention\"~",
        "\"arbitrary detention\"~",
        "inside the quotes",
        "\"arbitrary~ detention~\"",
    );
    check_mended(
        "~detain AND a",
        "~detain",
        "behind the word",
        "detain~ AND a",
    );
    check_mended(
        "\"was ~detain\"",
        "~detain",
        "behind the word",
        "\"was detain~\"",
    );
}

#[test]
fn a_watch_says_what_it_looks_for() {
    check_mended("", "", "empty", "\"what to find\"");
    check_mended("AND", "AND", "before it", "\"what to find\"");
    check_mended(
        "-football",
        "-football",
        "AND NOT",
        "\"what to find\" AND NOT football",
    );
    check(
        "NOT football",
        "NOT football",
        "negatives alone",
        Some("\"what to find\" AND NOT football"),
    );
    check(
        "NOT a AND NOT b",
        "NOT a AND NOT b",
        "negatives alone",
        Some("\"what to find\" AND NOT a AND NOT b"),
    );
    check_mended(
        "a OR NOT b",
        "NOT b",
        "beside OR",
        "a OR (\"what to find\" AND NOT b)",
    );
    check_mended("a AND", "AND", "after it", "a ");
    check_mended("a AND NOT", "AND NOT", "after it", "a ");
    check_mended("a AND OR b", "AND", "after it", "a  OR b");
    check_mended("OR a", "OR", "before it", " a");
    check_mended("a, b", "a, b", "comma", "a OR b");
}

#[test]
fn fields_are_known_ones() {
    check_mended(
        "titel:protest",
        "titel:",
        "did you mean `title:`",
        "title:protest",
    );
    check_mended(
        "Title:protest",
        "Title:",
        "did you mean `title:`",
        "title:protest",
    );
    check_mended("headline:(a OR b)", "headline:", "title", "title:(a OR b)");
    check_mended("source:example.org", "source:", "site", "site:example.org");
    check("language:es", "language:es", "languages", Some(""));
    check_mended(
        "https://www.example.org/news",
        "https://www.example.org/news",
        "address",
        "site:example.org",
    );
    check_mended(
        "site:https://example.org/a",
        "site:https://example.org/a",
        "domain alone",
        "site:example.org",
    );
    check_mended(
        "title:(a OR summary:b)",
        "title:(a OR summary:b)",
        "inside",
        "(title:a OR summary:b)",
    );
    check_mended(
        "site:*.example.org",
        "site:*.example.org",
        "whole domain",
        "site:example.org",
    );
    check_mended("site:org", "site:org", "whole domain", "site:example.org");
    check_mended("title:", "title:", "needs a term", "title:\"what to find\"");
    check_mended("title:text:b", "title:text:", "inside", "title:b");
}

#[test]
fn counts_fit_their_lists() {
    check_mended("MIN/3(a, b)", "MIN/3", "never match", "MIN/2(a, b)");
    check_mended("ATLEAST(a)", "ATLEAST", "needs a number", "ATLEAST/2(a)");
    check_mended("ATLEAST/2 a", "ATLEAST/2 a", "parentheses", "ATLEAST/2(a)");
    check_mended(
        "ATLEAST/2(a AND b)",
        "ATLEAST/2(a AND b)",
        "OR-group",
        "(ATLEAST/2(a) AND ATLEAST/2(b))",
    );
    check_mended(
        "ATLEAST/2(a, b)",
        "ATLEAST/2(a, b)",
        "OR-group",
        "MIN/2(a, b)",
    );
    check_mended(
        "ATLEAST/3(a, b)",
        "ATLEAST/3(a, b)",
        "OR-group",
        "ATLEAST/3(a OR b)",
    );
    check_mended(
        "MIN/2(a, b, c, NOT d, NOT e)",
        "MIN/2(a, b, c, NOT d, NOT e)",
        "no place",
        "(MIN/2(a, b, c) AND NOT d AND NOT e)",
    );
    check_mended("MIN/1(a, )", ", )", "missing", "MIN/1(a,\"what to find\")");
}

#[test]
fn warnings_leave_a_query_usable() {
    check(
        "protest* OR protesters",
        "protesters",
        "`protest*` finds everything",
        None,
    );
    check("café OR cafe", "cafe", "finds everything", None);
    check(
        "rights OR \"human rights\"",
        "\"human rights\"",
        "`rights` finds",
        None,
    );
    check("a OR \"—\"", "\"—\"", "never matches", None);
    check("枪 AND 警察", "枪", "single character", None);
    check("a AND NOT (a OR b)", "a", "never matches", None);
    check(
        "title:a NEAR/3 summary:b",
        "title:a NEAR/3 summary:b",
        "different fields",
        None,
    );
    check("police NOT NEAR/3 police", "police", "never matches", None);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let (tree, problems) = parse("pr* AND human rights AND titel:x AND (a OR b");
    assert!(tree.is_none());
    let places: Vec<usize> = problems.iter().map(|problem| problem.span.start).collect();
    assert_eq!(places, [0, 8, 25, 37], "{problems:?}");
}

/// Problems that nobody can mend for the writer: a query that is too long, too deep or too broad.
const LIMITS: [&str; 3] = ["are the most", "deeper than", "at most"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(400)))]

    #[test]
    fn pasting_each_suggestion_ends_in_a_sound_query(text in gibberish()) {
        let mut query = text.clone();
        for _ in 0..200 {
            let (tree, problems) = parse(&query);
            let Some(problem) = problems.iter().find(|p| p.severity == Severity::Error) else {
                prop_assert!(tree.is_some());
                return Ok(());
            };
            if LIMITS.iter().any(|limit| problem.message.contains(limit)) {
                return Ok(());
            }
            let help = problem.help.clone();
            prop_assert!(help.is_some(), "no suggestion in {query}: {problem:?}");
            query.replace_range(problem.span.clone(), &help.unwrap_or_default());
        }
        prop_assert!(false, "{text} became {query}: {:?}", parse(&query).1);
    }
}
