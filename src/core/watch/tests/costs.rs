//! What a watch may cost, foreseen and at work.

use super::matching::{spec, text};
use crate::core::document::Document;
use crate::core::watch::{
    Query, Scratch, WatchSet, WatchSpec, WordLists, cost_problem, parse, parse_score_term_with,
};

fn joined(number: usize, one: impl Fn(usize) -> String) -> String {
    (0..number).map(one).collect::<Vec<_>>().join(" OR ")
}

fn parsed(query: &str) -> Query {
    let (query, problems) = parse(query);
    query.unwrap_or_else(|| panic!("{problems:?}"))
}

/// Watches that look at one word again and again, each in another way.
fn heavy() -> Vec<String> {
    vec![
        joined(2_000, |number| format!("a NEAR/50 b{number}")),
        joined(2_000, |number| {
            format!("(a NOT NEAR/{} b{number})", number % 50 + 1)
        }),
        joined(1_500, |number| format!("(a PRE/50 \"c d{number}\")")),
        joined(400, |number| format!("ATLEAST/100(a OR b{number})")),
        format!("MIN/3({})", vec!["a NEAR/9 b"; 400].join(", ")),
        format!("b NEAR/50 ({})", vec!["a"; 3_000].join(" OR ")),
        joined(1_000, |_| "\"a b a b a b a b\"".to_owned()),
        joined(400, |number| format!("(protests{number} NEAR/5 prot*)")),
        joined(900, |number| format!("w?{number}")),
        joined(300, |number| format!("(detain~ NEAR/5 c{number})")),
        joined(300, |number| format!("(=Al NEAR/5 c{number})")),
        joined(300, |number| format!("title:(a NEAR/5 c{number})")),
    ]
}

#[test]
fn a_watch_that_looks_at_a_word_too_often_is_refused_with_its_place() {
    for query in heavy() {
        let start = query.get(..60).unwrap_or(&query);
        let problem = cost_problem(&parsed(&query), &[], &[]).unwrap_or_else(|| panic!("{start}"));
        assert!(
            problem.message.starts_with("this takes too long"),
            "{problem:?}"
        );
        assert!(problem.help.is_some_and(|help| help.contains("one group")));
        assert!(
            query.get(problem.span).is_some_and(|at| !at.is_empty()),
            "{start}"
        );
    }
    let query = "a NEAR/50 b0 OR a NEAR/50 b1".to_owned();
    assert_eq!(cost_problem(&parsed(&query), &[], &[]), None);
}

#[test]
fn long_lists_of_different_words_are_no_burden() {
    let group = |letter: char, number| joined(number, |number| format!("{letter}{number}"));
    for query in [
        joined(5_000, |number| format!("w{number}")),
        joined(2_000, |number| format!("\"the word{number} of\"")),
        format!("({}) NEAR/50 ({})", group('a', 2_000), group('b', 2_000)),
        joined(2_000, |number| format!("a{number} NEAR/50 b{number}")),
        joined(1_500, |number| format!("word{number}*")),
        joined(500, |number| format!("detain{number}~")),
    ] {
        let start = query.get(..60).unwrap_or(&query);
        assert_eq!(cost_problem(&parsed(&query), &[], &[]), None, "{start}");
    }
}

#[test]
fn what_a_score_counts_is_part_of_the_cost() {
    let lists = WordLists::default();
    let score: Vec<_> = (0..400)
        .map(|number| parse_score_term_with(&format!("a a{} a", "?".repeat(number % 9)), 1, &lists))
        .collect::<Result<_, _>>()
        .unwrap_or_else(|_| {
            let term = |_| parse_score_term_with("a a a", 1, &lists).expect("a phrase");
            (0..400).map(term).collect()
        });
    assert!(cost_problem(&parsed("b"), &score, &[]).is_some());
    assert_eq!(cost_problem(&parsed("b"), &score[..10], &[]), None);
}

/// Items that repeat what the watches above look at.
fn worst_items() -> Vec<Document> {
    let words = 120_000;
    let repeat = |words: &[&str], number: usize| {
        words
            .iter()
            .copied()
            .cycle()
            .take(number)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let names = |letter: char| {
        (0..2_000)
            .map(|number| format!("{letter}{number} "))
            .collect::<String>()
    };
    let far = format!(
        "{} {} {} c {}",
        repeat(&["a"], words / 2),
        repeat(&["x"], 60),
        names('b'),
        names('d').replace(' ', " c "),
    );
    let halves = format!(
        "{} {}",
        repeat(&["a"], words / 2),
        repeat(&["b0"], words / 2)
    );
    [
        repeat(&["a"], words),
        repeat(&["a", "x", "b0"], words),
        repeat(&["a", "b"], words),
        repeat(&["protests1", "Al", "detained", "a"], words / 4),
        halves,
        far,
    ]
    .into_iter()
    .map(|body| Document {
        language: Some("en".to_owned()),
        ..text(&body)
    })
    .collect()
}

#[test]
fn a_watch_that_was_let_through_is_always_decided() {
    let near = |number| joined(number, |number| format!("a NEAR/50 b{number}"));
    let light: Vec<String> = vec![
        near(60),
        joined(60, |number| format!("(a NOT NEAR/2 b{number})")),
        joined(20, |number| {
            format!("(b AND (c OR (a NEAR/9 \"a b{number}\")))")
        }),
        joined(30, |_| "\"a b a\"".to_owned()),
        joined(40, |number| format!("ATLEAST/100(a OR b{number})")),
        joined(12, |number| format!("(detain~ NEAR/5 c{number})")),
        joined(9, |number| {
            format!("(protests1 NEAR/5 prot{}*)", "e".repeat(number % 2))
        }),
    ];
    for query in &light {
        assert_eq!(cost_problem(&parsed(query), &[], &[]), None, "{query:.60}");
    }
    let specs: Vec<WatchSpec> = light.iter().map(|query| spec(query)).collect();
    let set = WatchSet::compile(&specs);
    for item in worst_items() {
        for found in set.matches(&item, &mut Scratch::default()) {
            assert!(!found.undecided, "{:.60}", light[found.watch]);
        }
    }
}

#[test]
fn what_would_take_too_long_is_told_and_neither_found_nor_missed() {
    let near = |operator: &str| joined(2_000, |number| format!("a {operator} b{number}"));
    let queries = [near("NEAR/50"), near("PRE/9"), "a".to_owned()];
    let specs: Vec<WatchSpec> = queries.iter().map(|query| spec(query)).collect();
    let set = WatchSet::compile(&specs);
    // None of these is near an `a`.
    let far: String = (0..2_000).map(|number| format!("b{number} ")).collect();
    let item = text(&format!(
        "{far} {} {}",
        "x ".repeat(60),
        "a ".repeat(40_000)
    ));
    let found = set.matches(&item, &mut Scratch::default());
    let decided: Vec<bool> = found.iter().map(|found| !found.undecided).collect();
    assert_eq!(decided, [false, false, true]);
    assert!(found[0].spans.is_empty() && !found[2].spans.is_empty());
    assert_eq!(
        set.matches_one(0, &item, &mut Scratch::default()).as_ref(),
        found.first()
    );
    // A shorter one is decided.
    let found = set.matches(&text("a b0 x b1"), &mut Scratch::default());
    assert!(found.len() == 3 && found.iter().all(|found| !found.undecided));
}
