//! How fast documents are matched: `cargo bench --bench matching`.
//!
//! `cargo bench --bench matching -- lists` measures word lists alone, `-- shipped` the watches of the configurations
//! that `NEWSVIGIL_CONFIGS` names. All ratios are taken in one run on one core, with the trials of all rows in turn,
//! so that a busy neighbour slows all of them alike. `NEWSVIGIL_DATA` may name a folder with
//! `hrdsattack/train.jsonl`; its articles are then measured too.

#![allow(
    clippy::too_many_lines,
    reason = "a measurement is read from its top to its end"
)]
#![allow(clippy::cast_precision_loss, reason = "figures for people")]

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::time::{Duration, SystemTime};

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use newsvigil::core::document::Document;
use newsvigil::core::text::tokenizer::fold_text;
use newsvigil::core::watch::{
    Expression, Kind, LanguageWords, ListSpec, Query, Scratch, WatchSet, WatchSpec, Word,
    WordLists, parse, parse_with,
};

#[path = "matching_timing.rs"]
mod timing;
#[path = "world.rs"]
mod world;

use timing::{Row, TRIALS, measure, summary, timed};
use world::World;

fn main() {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let mut world = World::new(20_261_124);
    let documents = world.documents(2_000, 6_000);
    let queries = world.queries(100_000);
    let specs: Vec<WatchSpec> = queries.iter().map(|query| spec(query)).collect();
    let quiet = quiet_specs(&specs, &documents, 10_000);
    if std::env::args().any(|argument| argument == "shipped") {
        return shipped(&documents);
    }
    if std::env::args().any(|argument| argument == "lists") {
        return lists(&mut world, &quiet, &documents);
    }
    println!("made documents");
    let rows = measure(
        &[
            Row::new("10 watches", &specs[..10]),
            Row::new("1,000 watches", &specs[..1_000]),
            Row::new("10,000 watches", &specs[..10_000]),
            Row::new("20,000 watches", &specs[..20_000]),
            Row::new("100,000 watches", &specs),
            Row::new("10 quiet watches", &quiet[..10]),
            Row::new("1,000 quiet watches", &quiet[..1_000]),
            Row::new("10,000 quiet watches", &quiet),
        ],
        &documents,
    );
    if let [ten, _, busy, _, _, _, few, some, many] = rows.as_slice() {
        println!(
            "growth from 10 watches: to 1,000 {:.2}, to 10,000 {:.2}",
            some.time / few.time,
            many.time / few.time
        );
        println!(
            "a matching watch, from 10 to 10,000: {:.2} us",
            (busy.time - ten.time) / busy.matches
        );
    }
    peer(&specs[..10_000], &documents);
    compile(&specs[..10_000]);
    lists(&mut world, &quiet, &documents);
    shipped(&documents);
    real();
}

/// Watches that share lists, beside the same number without, and beside the same with the words written out.
fn lists(world: &mut World, without: &[WatchSpec], documents: &[Document]) {
    const LISTS: usize = 60;
    let specs = world.lists(LISTS, 30);
    let began = SystemTime::now();
    let (lists, problems) = WordLists::new(specs.clone());
    assert!(problems.is_empty(), "{:?}", problems.first());
    let listed = |query: &String| {
        let (tree, problems) = parse_with(query, &lists);
        WatchSpec {
            query: tree.unwrap_or_else(|| panic!("{query}: {problems:?}")),
            ..spec("x")
        }
    };
    let all = |queries: Vec<String>| -> Vec<WatchSpec> { queries.iter().map(listed).collect() };
    let few = world.queries_of_lists(22, LISTS, 6);
    let out: Vec<WatchSpec> = few
        .iter()
        .map(|query| spec(&written_out(query, &specs)))
        .collect();
    let few = all(few);
    let _ = WatchSet::compile(&few[..1]);
    println!(
        "{LISTS} lists of 30 words in 4 languages: compiled in {:?}",
        began.elapsed().unwrap_or_default()
    );
    // Watches that match few documents, for what a match costs is the same with lists and without.
    let quiet = |queries: Vec<String>| quiet_specs(&all(queries), documents, 10_000);
    let own = quiet(world.queries_with_lists(40_000, LISTS));
    let alone = quiet(world.queries_of_lists_alone(40_000, LISTS));
    println!("{} and {} quiet watches", own.len(), alone.len());
    let rows = vec![
        Row::new("22 watches of lists", &few),
        Row::new("22, words written out", &out),
        Row::new("10,000 without lists", without),
        Row::new("10,000 with a list each", &own),
        Row::new("10,000 of lists alone", &alone),
        Row::new("1 watch without lists", &without[..1]),
        Row::new("1 watch with a list", &own[..1]),
    ];
    let measured = measure(&rows, documents);
    if let [few, out, without, own, alone, ..] = measured.as_slice() {
        println!(
            "with lists, of the time without: 22 watches {:.2}, 10,000 with a list each {:.2}, of lists alone {:.2}",
            few.time / out.time,
            own.time / without.time,
            alone.time / without.time
        );
    }
    compile(&alone);
    let words = (0..100_000)
        .map(|number| format!("w{number} x{}", number % 977))
        .collect();
    let words = vec![LanguageWords {
        language: Some("en".to_owned()),
        words,
    }];
    let began = SystemTime::now();
    let (large, _) = WordLists::new(vec![ListSpec {
        id: "large".to_owned(),
        title: String::new(),
        words,
    }]);
    let (tree, _) = parse_with("@large", &large);
    let before = resident();
    black_box(WatchSet::compile(&[WatchSpec {
        query: tree.expect("a query"),
        ..spec("x")
    }]));
    println!(
        "a list of 100,000 phrases: {:?}, {} MB",
        began.elapsed().unwrap_or_default(),
        resident().saturating_sub(before) / 1_000
    );
}

/// What the system has given this program, in KB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok())
        .unwrap_or_default()
}

/// A query with the words of its lists in their place.
fn written_out(query: &str, lists: &[ListSpec]) -> String {
    lists.iter().rev().fold(query.to_owned(), |query, list| {
        let words = list.words.iter().flat_map(|words| &words.words);
        let terms = words.map(|word| match word.split_once(' ') {
            Some((a, b)) => format!("\"{a}~ {b}~\""),
            None => format!("{word}~"),
        });
        let group = format!("({})", terms.collect::<Vec<_>>().join(" OR "));
        query.replace(&format!("@{}", list.id), &group)
    })
}

/// The watches of the configurations that `NEWSVIGIL_CONFIGS` names, parted by `:`, each compiled with its own
/// lists, on real articles where there are some.
fn shipped(made: &[Document]) {
    let Some(folders) = std::env::var_os("NEWSVIGIL_CONFIGS") else {
        return;
    };
    let rows: Vec<Row> = std::env::split_paths(&folders)
        .map(|folder| {
            let name = folder.display().to_string();
            let (config, ..) = newsvigil::config::load_as_far_as_read(&folder);
            let config = config.unwrap_or_else(|| panic!("no configuration in {name}"));
            let set = config.set.clone();
            Row { name, set }
        })
        .collect();
    println!("the watches of configurations, on made documents");
    measure(&rows, made);
    if let Some(articles) = articles() {
        println!("on real articles");
        let ratios = measure(&rows, &vec![articles; 4].concat());
        if let [first, others @ ..] = ratios.as_slice() {
            for other in others {
                println!("  time of the first: {:.2}", other.time / first.time);
            }
        }
    }
}

fn spec(query: &str) -> WatchSpec {
    let (tree, problems) = parse(query);
    WatchSpec::from(tree.unwrap_or_else(|| panic!("{query}: {problems:?}")))
}

/// Watches that match few documents, so that the matches themselves cost little.
fn quiet_specs(specs: &[WatchSpec], documents: &[Document], count: usize) -> Vec<WatchSpec> {
    let set = WatchSet::compile(specs);
    let mut scratch = Scratch::default();
    let mut matched = vec![0_usize; specs.len()];
    for document in documents {
        for found in set.matches(document, &mut scratch) {
            matched[found.watch] += 1;
        }
    }
    let most = documents.len() / 1_000;
    let quiet = specs
        .iter()
        .zip(matched)
        .filter(|&(_, matched)| matched <= most);
    quiet.map(|(spec, _)| spec.clone()).take(count).collect()
}

/// The literals of the watches, as daachorse would be given them: folded words and phrases.
fn literals(specs: &[WatchSpec]) -> Vec<String> {
    let mut all = Vec::new();
    for spec in specs {
        let Query { root } = &spec.query;
        collect(root, &mut all);
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn collect(expression: &Expression, all: &mut Vec<String>) {
    match &expression.kind {
        Kind::Term(term) => {
            let words: Vec<&str> = term
                .words
                .iter()
                .map(|word| match word {
                    Word::Plain(folded)
                    | Word::Exact { folded, .. }
                    | Word::Abbreviation { folded, .. }
                    | Word::Stem { folded, .. } => folded.as_str(),
                    Word::Wildcard(pattern) => pattern.split(['?', '*']).next().unwrap_or_default(),
                })
                .collect();
            all.push(words.join(" "));
        }
        Kind::List(_) | Kind::Site(_) => {}
        Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => collect(of, all),
        Kind::And(of) | Kind::Or(of) | Kind::Min { of, .. } => {
            for part in of {
                collect(part, all);
            }
        }
        Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => {
            collect(left, all);
            collect(right, all);
        }
    }
}

/// A bare scan for the same literals over the same bytes, which were folded for it beforehand.
fn peer(specs: &[WatchSpec], documents: &[Document]) {
    let literals = literals(specs);
    let overlapping = DoubleArrayAhoCorasick::<u32>::new(&literals).expect("literals");
    let leftmost: DoubleArrayAhoCorasick<u32> = DoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&literals)
        .expect("literals");
    let folded: Vec<String> = documents
        .iter()
        .map(|document| {
            fold_text(&format!(
                "{} {} {}",
                document.title, document.summary, document.text
            ))
        })
        .collect();
    let set = WatchSet::compile(specs);
    let mut scratch = Scratch::default();
    let (mut ours, mut all, mut longest) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TRIALS {
        ours.push(timed(|| {
            for document in documents {
                black_box(set.matches(document, &mut scratch));
            }
        }));
        all.push(timed(|| {
            for text in &folded {
                black_box(overlapping.find_overlapping_iter(text).count());
            }
        }));
        longest.push(timed(|| {
            for text in &folded {
                black_box(leftmost.leftmost_find_iter(text).count());
            }
        }));
    }
    println!(
        "against daachorse with the same {} literals, text folded for it beforehand",
        literals.len()
    );
    let (ours, all, longest) = (summary(&ours), summary(&all), summary(&longest));
    let each = 1e6 / documents.len() as f64;
    println!(
        "  medians: ours {:.2} us; all occurrences {:.2} us, ratio {:.2}; leftmost longest {:.2} us, \
         ratio {:.2}",
        ours.0 * each,
        all.0 * each,
        ours.0 / all.0,
        longest.0 * each,
        ours.0 / longest.0
    );
    println!(
        "  least: ours {:.2} us; all occurrences ratio {:.2}; leftmost longest ratio {:.2}",
        ours.1 * each,
        ours.1 / all.1,
        ours.1 / longest.1
    );
}

fn compile(specs: &[WatchSpec]) {
    let times: Vec<Duration> = (0..TRIALS)
        .map(|_| {
            timed(|| {
                black_box(WatchSet::compile(specs));
            })
        })
        .collect();
    println!(
        "compiling {} watches: {:.3} s",
        specs.len(),
        summary(&times).0
    );
}

/// Real articles, where `NEWSVIGIL_DATA` says that there are some.
fn articles() -> Option<Vec<Document>> {
    let folder = std::env::var_os("NEWSVIGIL_DATA")?;
    let path = std::path::Path::new(&folder).join("hrdsattack/train.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!("no {}", path.display());
        return None;
    };
    let articles = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .map(|article| Document {
            title: article["title"].as_str().unwrap_or_default().to_owned(),
            text: article["text"].as_str().unwrap_or_default().to_owned(),
            language: Some("en".to_owned()),
            ..Document::default()
        });
    Some(articles.collect())
}

/// Real articles, with watches made of their own words.
fn real() {
    let Some(documents) = articles() else { return };
    let mut rng = fastrand::Rng::with_seed(7);
    let mut words: Vec<Vec<String>> = documents
        .iter()
        .map(|document| {
            fold_text(&document.text)
                .split(' ')
                .map(str::to_owned)
                .collect()
        })
        .collect();
    // Words that a researcher would choose: not too short, not in every tenth article.
    let mut articles: HashMap<String, usize> = HashMap::new();
    for article in &words {
        for word in article.iter().collect::<HashSet<_>>() {
            *articles.entry(word.clone()).or_default() += 1;
        }
    }
    for article in &mut words {
        article.retain(|word| {
            word.len() > 4 && word.is_ascii() && articles[word] * 50 < documents.len()
        });
        article.push("unheard".to_owned());
    }
    let specs: Vec<WatchSpec> = (0..10_000)
        .map(|_| {
            let article = &words[rng.usize(..words.len())];
            let mut word = || article[rng.usize(..article.len())].clone();
            spec(&format!(
                "({} OR \"{} {}\" OR {}~) AND ({}* OR {} NEAR/8 {}) AND NOT title:{}",
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word(),
                word()
            ))
        })
        .collect();
    // Several times over, so that a trial is long enough to be timed.
    let documents = vec![documents; 7].concat();
    println!("real articles");
    measure(
        &[
            Row::new("10 watches", &specs[..10]),
            Row::new("5,000 watches", &specs[..5_000]),
            Row::new("10,000 watches", &specs),
        ],
        &documents,
    );
    peer(&specs, &documents);
}
