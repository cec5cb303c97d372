//! What lists weigh, and what is left undecided.

use super::*;
use crate::core::watch::cost_problem;

#[test]
fn lists_weigh_by_what_they_share_and_not_by_their_number() {
    let many = |shared: bool| {
        let lists = (0..200).map(|number| {
            let own = format!("word{number}");
            let word = if shared { "police" } else { own.as_str() };
            list(&format!("l{number}"), &[("en", &[word])])
        });
        let (lists, problems) = WordLists::new(lists.collect());
        assert!(problems.is_empty());
        let lines = (0..199).map(|number| format!("@l{number} NEAR/50 @l{}", number + 1));
        let lines: Vec<String> = lines.map(|line| format!("({line})")).collect();
        let tree = query(&lines.join(" OR "), &lists);
        cost_problem(&tree, &[], &[])
    };
    assert_eq!(many(false), None);
    let told = many(true).expect("too heavy");
    assert!(told.message.contains("`@l"), "{told:?}");
    // What is let through is decided for the worst of items.
    let lists = actors();
    let lines: Vec<String> = (0..20)
        .map(|number| format!("(@police NEAR/{} @courts)", number + 1))
        .collect();
    let watch = listed(&lines.join(" OR "), &lists);
    assert_eq!(cost_problem(&watch.query, &[], &[]), None);
    let worst = text(&format!(
        "{} a b {}",
        "judge ".repeat(100),
        "police ".repeat(14_000)
    ));
    let set = WatchSet::compile(&[watch]);
    let found = set.matches(&worst, &mut Scratch::default());
    assert!(found.iter().all(|found| !found.undecided));
}

#[test]
fn a_word_that_is_repeated_and_stands_in_many_lists_leaves_watches_undecided() {
    let many = (0..60).map(|number| list(&format!("list-{number}"), &[("en", &["police"])]));
    let lists = lists(many.chain([list("other", &[("en", &["army"])])]).collect());
    let queries = [
        "@list-7",
        "@other",
        "police AND @list-0",
        "army AND @list-0",
        "police",
    ];
    let specs: Vec<WatchSpec> = queries.map(|query| listed(query, &lists)).into();
    let set = WatchSet::compile(&specs);
    let outcome = |repeated: usize| {
        let item = text(&"police ".repeat(repeated));
        let found = set.matches(&item, &mut Scratch::default());
        let found = found.iter().map(|found| (found.watch, found.undecided));
        found.collect::<Vec<_>>()
    };
    assert_eq!(outcome(10_000), [(0, false), (2, false), (4, false)]);
    // The other list might be there too; what needs no list is decided.
    assert_eq!(
        outcome(80_000),
        [(0, true), (1, true), (2, true), (4, false)]
    );
}
