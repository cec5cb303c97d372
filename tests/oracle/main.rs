//! The matcher against a naive evaluator that was written from the language's documentation.
//!
//! A small seeded share runs with the other tests. The whole:
//!
//! ```text
//! NEWSVIGIL_ORACLE_SEED=1 NEWSVIGIL_ORACLE_PAIRS=6000000 cargo test --release --test oracle -- --nocapture
//! ```

#![allow(
    clippy::too_many_arguments,
    clippy::too_many_lines,
    reason = "written after the language's documentation, point by point"
)]

mod forms;
mod lists;
mod naive;
mod random;
mod watch;

use newsvigil::core::document::Document;
use newsvigil::core::watch::{ListSpec, Match, Scratch, WatchSet, WatchSpec, WordLists};

use lists::List;
use naive::{Item, Shown};
use random::Random;
use watch::Watch;

/// Pairs in a plain run of the tests.
const FEW: usize = 40_000;
/// Documents and watches that are tried with each other at a time.
const ROUND: usize = 50;
/// Parts that are tried beside each other.
const SHARES: usize = 4;

fn shown(found: &Match) -> Shown {
    let spans = found.spans.iter();
    spans
        .map(|span| {
            let list = span.list.as_ref().map(ToString::to_string);
            let term = span.term.to_string();
            (span.field, span.start, span.end, term, list)
        })
        .collect()
}

/// Half of the lists stand in one configuration, half in another.
fn families(lists: &[List]) -> Vec<WordLists> {
    let specs = lists
        .iter()
        .enumerate()
        .map(|(number, list)| list.spec(number));
    let specs: Vec<_> = specs.collect();
    let families = specs.chunks(random::FAMILY).map(|specs| {
        let (lists, problems) = WordLists::new(specs.to_vec());
        assert!(problems.is_empty(), "{problems:?} in {specs:?}");
        lists
    });
    families.collect()
}

/// The lists that a watch may have to do with, as they are written.
fn named(watch: &Watch, lists: &[List]) -> Vec<ListSpec> {
    let query = watch.ask.print();
    let all = lists.iter().enumerate();
    let family = all.filter(|(number, _)| number / random::FAMILY == watch.family);
    let named = family.filter(|_| query.contains('@') || !watch.score.is_empty());
    named.map(|(number, list)| list.spec(number)).collect()
}

fn difference(ours: Option<(i64, Shown)>, expected: Option<(i64, Shown)>) -> String {
    let parts = |found: Option<(i64, Shown)>| match found {
        Some((score, shown)) => (Some(score), shown),
        None => (None, Shown::new()),
    };
    let ((score, ours), (right, expected)) = (parts(ours), parts(expected));
    let more: Shown = ours.difference(&expected).cloned().collect();
    let less: Shown = expected.difference(&ours).cloned().collect();
    format!("score {score:?}, not {right:?}; too much: {more:?}; missed: {less:?}")
}

/// What was tried.
#[derive(Default)]
struct Counts {
    pairs: usize,
    matches: usize,
    spans: usize,
    listed: usize,
}

/// Tries so many pairs at least, drawn from a seed.
fn agree(seed: u64, wanted: usize) -> Counts {
    let mut random = Random::new(seed);
    let mut scratch = Scratch::default();
    let mut counts = Counts::default();
    while counts.pairs < wanted {
        let language = random.language();
        let lists = random.lists(language);
        let families = families(&lists);
        let documents: Vec<Document> = (0..ROUND).map(|_| random.document(language)).collect();
        let watches: Vec<Watch> = (0..ROUND).map(|_| random.watch(language)).collect();
        let specs: Vec<WatchSpec> = watches.iter().map(|watch| watch.spec(&families)).collect();
        let set = WatchSet::compile(&specs);
        for document in &documents {
            let item = Item::new(document, &lists);
            let found = set.matches(document, &mut scratch);
            assert!(found.is_sorted_by_key(|found| found.watch));
            for (number, watch) in watches.iter().enumerate() {
                let expected = watch.naive(&item, document);
                let found = found.iter().find(|found| found.watch == number);
                let ours = found.map(|found| (found.score, shown(found)));
                assert!(
                    ours == expected,
                    "{}\nscored by {:?}\non {document:?}\nwith {:#?}\n{}",
                    watch.ask.print(),
                    watch.score,
                    named(watch, &lists),
                    difference(ours, expected)
                );
                if let Some(found) = found {
                    counts.matches += 1;
                    counts.spans += found.spans.len();
                    let listed = found.spans.iter().filter(|span| span.list.is_some());
                    counts.listed += listed.count();
                    assert!(found.spans.is_sorted(), "{found:?}");
                    assert_eq!(shown(found).len(), found.spans.len(), "{found:?}");
                    if counts.pairs % 50 == 0 {
                        let one = set.matches_one(number, document, &mut scratch);
                        assert_eq!(one.as_ref(), Some(found));
                    }
                }
                counts.pairs += 1;
            }
        }
    }
    counts
}

#[test]
fn the_matcher_agrees_with_the_naive_evaluator() {
    let wanted = std::env::var("NEWSVIGIL_ORACLE_PAIRS").ok();
    let wanted = wanted.and_then(|pairs| pairs.parse().ok()).unwrap_or(FEW);
    let seed = std::env::var("NEWSVIGIL_ORACLE_SEED").ok();
    let seed = seed
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(20_261_124_u64);
    // Each draws from a seed of its own, so that the pairs are the same on every machine.
    let counts = std::thread::scope(|scope| {
        let shares = (0..SHARES).map(|share| {
            let seed = seed.wrapping_mul(SHARES as u64).wrapping_add(share as u64);
            scope.spawn(move || agree(seed, wanted.div_ceil(SHARES)))
        });
        let shares: Vec<_> = shares.collect();
        let mut sum = Counts::default();
        for share in shares {
            let share = share.join().expect("a share of the pairs that agrees");
            sum.pairs += share.pairs;
            sum.matches += share.matches;
            sum.spans += share.spans;
            sum.listed += share.listed;
        }
        sum
    });
    let Counts {
        pairs,
        matches,
        spans,
        listed,
    } = counts;
    println!(
        "{pairs} pairs agree, {matches} of them matches with {spans} spans, {listed} of lists"
    );
    assert!(
        matches * 20 > pairs,
        "too few matches to mean anything: {matches}"
    );
}
