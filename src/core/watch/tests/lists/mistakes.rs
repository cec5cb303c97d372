//! What is refused or warned of, in lists and in queries with lists.

use super::*;
use crate::core::watch::{Severity, parse};

#[test]
fn what_adds_nothing_is_told_of_all_that_an_entry_finds() {
    let warned = |words: &[&str]| {
        let (lists, _) = WordLists::new(vec![list("a", &[("en", words)])]);
        let told = lists.warnings().into_iter();
        told.map(|told| words[told.word.unwrap()].to_owned())
            .collect::<Vec<_>>()
    };
    // It finds J. K. Doe, too.
    assert_eq!(warned(&["JK Doe", "J.K. Doe"]), [""; 0]);
    assert_eq!(warned(&["Doe", "J.K. Doe"]), ["J.K. Doe"]);
    assert_eq!(warned(&["J.K. Doe", "J.K. Doe"]), ["J.K. Doe"]);
    assert_eq!(warned(&["J. K. Doe", "J.K. Doe"]), [""; 0]);
}

#[test]
fn a_name_that_is_no_list_is_a_mistake_with_what_was_meant() {
    let lists = actors();
    for (query, message, mended) in [
        ("@polise", "no word list `polise`", "@police"),
        ("x AND @Police", "small letters", "x AND @police"),
        ("@police~", "no sign behind", "@police"),
        ("title:@police*", "no sign behind", "title:@police"),
        (
            "\"@police\" AND x",
            "here this is the word",
            "@police AND x",
        ),
        ("@\"police\"", "without a blank or quotes", "@police"),
        ("@ police OR x", "without a blank or quotes", "@police OR x"),
        ("＠police", "full-width", "@police"),
        ("=@police", "`=` stands before a word", "@police"),
        (
            "x NEAR/3 @",
            "before the name of a word list",
            "x NEAR/3 \"what to find\"",
        ),
        (
            "(@)",
            "before the name of a word list",
            "(\"what to find\")",
        ),
        ("@ohchr", "without `@`", "ohchr"),
    ] {
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_none(), "{query}");
        let problem = &problems[0];
        assert!(problem.message.contains(message), "{query}: {problem:?}");
        let mut text = query.to_owned();
        text.replace_range(
            problem.span.clone(),
            problem.help.as_deref().expect("a suggestion"),
        );
        assert_eq!(text, mended, "{problem:?}");
    }
    assert!(parse("@police").0.is_none());
    assert!(parse("\"@police\"").0.is_some());
    assert!(parse("l@s OR press@example.org").0.is_some());
}

#[test]
fn warnings_go_on_with_lists() {
    let lists = actors();
    for (query, message) in [
        ("@police OR x OR @police", "adds nothing"),
        ("@police OR title:@police", "adds nothing"),
        ("@police AND NOT @police", "never matches"),
        ("MIN/2(@police, @police)", "one word counts twice"),
        ("title:@police NEAR/3 text:@courts", "different fields"),
    ] {
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_some(), "{query}");
        assert!(
            problems.iter().any(|told| told.message.contains(message)),
            "{query}: {problems:?}"
        );
    }
    for query in [
        "@police",
        "@police NEAR/3 @courts",
        "@police NEAR/3 (x OR @courts)",
        "title:@police NEAR/3 @courts",
        "x AND NOT @police",
        "title:@police OR text:@police",
        "@police NOT NEAR/3 @courts",
    ] {
        assert_eq!(parse_with(query, &lists).1, [], "{query}");
    }
}

#[test]
fn mistakes_of_lists_have_their_place() {
    for (word, message) in [
        ("", "nothing between the quotes"),
        ("…", "no letter or digit"),
        ("police AND army", "`AND` is part of a query"),
        ("police NEAR/3 army", "`NEAR/3` is part of a query"),
        ("title:police", "`title:` is part of a query"),
        ("(police", "one word or phrase"),
        ("police, army", "each in quotes of its own"),
        ("police|army", "each in quotes of its own"),
        ("\"riot police\"", "no quotes of its own"),
        ("detain~", "without `~`"),
        ("=tortur*", "do not go together"),
        ("*ing", "never stands in front"),
        ("po*", "at least 3 letters"),
        ("@nowhere-at-all", "no word list"),
        ("@", "before the name of a word list"),
        ("the @x", "an entry of its own"),
        ("@x", "cannot contain itself"),
    ] {
        let (lists, problems) = WordLists::new(vec![list(
            "x",
            &[("any", &["fine"]), ("en", &["fine", word])],
        )]);
        let [told] = problems.as_slice() else {
            panic!("{word}: {problems:?}");
        };
        assert_eq!(
            (told.list, told.language, told.word),
            (0, Some(1), Some(1)),
            "{word}"
        );
        assert_eq!(told.problem.severity, Severity::Error);
        assert!(told.problem.message.contains(message), "{word}: {told:?}");
        assert!(told.problem.span.end <= word.len(), "{told:?}");
        assert_eq!(
            found("@x", &lists, &text("fine")).len(),
            1,
            "the others go on"
        );
    }
    for sound in [
        "law and order",
        "24/7",
        "l'armée",
        "Al-Qaeda",
        "AT&T",
        "צה\"ל",
        "U.S.",
        "or",
    ] {
        let (_, problems) = WordLists::new(vec![list("x", &[("en", &[sound])])]);
        assert!(problems.is_empty(), "{sound}: {problems:?}");
    }
}

#[test]
fn circles_and_empty_lists_are_told_once() {
    let (lists, problems) = WordLists::new(vec![
        list("a", &[("en", &["@b", "police"])]),
        list("b", &[("any", &["@c"]), ("es", &["juez"])]),
        list("c", &[("en", &["@a"])]),
        list("d", &[("en", &[])]),
    ]);
    let told: Vec<_> = problems
        .iter()
        .map(|told| (told.list, told.problem.message.as_str()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].1.contains("@a → @b → @c → @a"), "{told:?}");
    assert_eq!(told[1].0, 3);
    assert!(told[1].1.contains("no word"));
    assert_eq!(found("@a", &lists, &text("police")).len(), 1);
}

#[test]
fn too_many_words_are_told_and_not_kept() {
    let words: Vec<String> = (0..crate::core::watch::MAX_LIST_WORDS + 5)
        .map(|number| format!("w{number}"))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (lists, problems) = WordLists::new(vec![list("x", &[("en", &words)])]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].problem.message.contains("at most 100000 words"));
    assert_eq!(lists.words_in("x"), crate::core::watch::MAX_LIST_WORDS);
}

#[test]
fn circles_without_number_are_told_in_few_words() {
    let names: Vec<String> = (0..200).map(|number| format!("@list-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let all = (0..200).map(|number| list(&format!("list-{number}"), &[("any", &names)]));
    let (lists, problems) = WordLists::new(all.collect());
    assert_eq!(problems.len(), 100);
    let longest = problems.iter().map(|told| told.problem.message.len());
    assert!(longest.max() < Some(200));
    assert_eq!(lists.words_in("list-0"), 0);
}

#[test]
fn a_list_that_takes_in_nothing_is_told() {
    let (_, problems) = WordLists::new(vec![
        list("a", &[("es", &["@c"])]),
        list("b", &[("any", &["@c"])]),
        list("c", &[("en", &["y"])]),
    ]);
    let [only] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    assert_eq!(only.list, 0);
    assert!(only.problem.message.contains("no word"), "{only:?}");
}

#[test]
fn a_list_behind_a_sign_or_in_a_phrase_is_a_mistake() {
    let lists = actors();
    for query in [
        "court AND -@police",
        "court AND !@police",
        "~@police",
        "\u{FE6B}police",
        "\"foo @police\"",
    ] {
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_none(), "{query}: {problems:?}");
        let help = problems
            .iter()
            .filter_map(|problem| problem.help.as_deref());
        assert!(
            help.clone().any(|help| help.contains("@police")),
            "{query}: {problems:?}"
        );
    }
    assert!(parse_with("\"desk@police\"", &lists).0.is_some());
}
