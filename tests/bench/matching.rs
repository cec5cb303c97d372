//! How fast documents are matched: `cargo bench --bench matching`.
//!
//! All ratios are taken in one run on one core. `NEWSVIGIL_DATA` may name a folder with
//! `hrdsattack/train.jsonl`; its articles are then measured too.

use std::collections::{HashMap, HashSet};
use std::hint::black_box;
use std::time::{Duration, SystemTime};

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use newsvigil::core::document::Document;
use newsvigil::core::text::words::fold_text;
use newsvigil::core::watch::{
    Expression, Frequencies, Kind, Query, Scratch, WatchSet, WatchSpec, Word, parse,
};

#[path = "world.rs"]
mod world;

use world::World;

/// Times each measurement is taken; the median is printed.
const TRIALS: usize = 7;

fn main() {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return;
    }
    let mut world = World::new(20_261_124);
    let documents = world.documents(2_000, 6_000);
    let earlier = world.documents(2_000, 6_000);
    let mut frequencies = Frequencies::default();
    earlier
        .iter()
        .for_each(|document| frequencies.learn(document));
    let queries = world.queries(100_000);
    let specs: Vec<WatchSpec> = queries.iter().map(|query| spec(query)).collect();

    println!(
        "{} documents, {} bytes each; median of {TRIALS} trials, one core",
        documents.len(),
        mean_bytes(&documents)
    );
    let ten = measure("10 watches", &specs[..10], &frequencies, &documents);
    let thousand = measure("1,000 watches", &specs[..1_000], &frequencies, &documents);
    let tens = measure("10,000 watches", &specs[..10_000], &frequencies, &documents);
    measure(
        "10,000 watches, nothing learned",
        &specs[..10_000],
        &Frequencies::default(),
        &documents,
    );
    measure("100,000 watches", &specs, &frequencies, &documents);

    let quiet = quiet_specs(&specs, &frequencies, &documents, 10_000);
    println!("watches that keep to 10 matches a document or fewer");
    let quiet_ten = measure("10 watches", &quiet[..10], &frequencies, &documents);
    let quiet_thousand = measure("1,000 watches", &quiet[..1_000], &frequencies, &documents);
    let quiet_tens = measure("10,000 watches", &quiet, &frequencies, &documents);
    println!(
        "growth from 10 watches: to 1,000 {:.2}, to 10,000 {:.2}",
        quiet_thousand.time / quiet_ten.time,
        quiet_tens.time / quiet_ten.time
    );
    let extra = |more: &Measured, less: &Measured| {
        (more.time - less.time) / (more.matches - less.matches).max(0.001)
    };
    println!(
        "each further match from 10 to 10,000: {:.3} us; from quiet to busy: {:.3} us",
        extra(&tens, &ten),
        extra(&tens, &quiet_tens)
    );
    let _ = thousand;

    peer(&specs[..10_000], &frequencies, &documents);
    compile(&specs[..10_000], &frequencies);
    real(&frequencies);
}

/// Time that this thread has run, where the system tells it, so that neighbours do not count.
fn cpu_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(
        || SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default(),
        Duration::from_nanos,
    )
}

struct Measured {
    /// Microseconds a document.
    time: f64,
    /// Matches a document.
    matches: f64,
}

fn spec(query: &str) -> WatchSpec {
    let (tree, problems) = parse(query);
    WatchSpec {
        id: String::new(),
        query: tree.unwrap_or_else(|| panic!("{query}: {problems:?}")),
        languages: Vec::new(),
        feeds: None,
        score: Vec::new(),
        threshold: None,
    }
}

fn bytes(document: &Document) -> usize {
    document.title.len() + document.summary.len() + document.text.len()
}

fn mean_bytes(documents: &[Document]) -> usize {
    documents.iter().map(bytes).sum::<usize>() / documents.len().max(1)
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn measure(
    name: &str,
    specs: &[WatchSpec],
    frequencies: &Frequencies,
    documents: &[Document],
) -> Measured {
    let set = WatchSet::compile_with(specs, frequencies);
    let mut scratch = Scratch::default();
    let mut run = || -> usize {
        documents
            .iter()
            .map(|document| black_box(set.matches(document, &mut scratch)).len())
            .sum()
    };
    let matches = run();
    let times = (0..TRIALS)
        .map(|_| {
            let began = cpu_time();
            run();
            cpu_time() - began
        })
        .collect();
    let count = documents.len() as f64;
    let measured = Measured {
        time: median(times) * 1e6 / count,
        matches: matches as f64 / count,
    };
    println!(
        "  {name:32} {:8.2} us a document  {:8.0} documents/s  {:6.2} ns a byte  {:7.2} matches a document",
        measured.time,
        1e6 / measured.time,
        measured.time * 1e3 / mean_bytes(documents) as f64,
        measured.matches
    );
    measured
}

/// Watches that match few documents, so that the matches themselves cost little.
fn quiet_specs(
    specs: &[WatchSpec],
    frequencies: &Frequencies,
    documents: &[Document],
    count: usize,
) -> Vec<WatchSpec> {
    let set = WatchSet::compile_with(specs, frequencies);
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
                    | Word::Stem { folded, .. } => folded.as_str(),
                    Word::Wildcard(pattern) => pattern.split(['?', '*']).next().unwrap_or_default(),
                })
                .collect();
            all.push(words.join(" "));
        }
        Kind::Site(_) => {}
        Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => collect(of, all),
        Kind::And(of) | Kind::Or(of) | Kind::Min { of, .. } => {
            of.iter().for_each(|part| collect(part, all))
        }
        Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => {
            collect(left, all);
            collect(right, all);
        }
    }
}

/// A bare scan for the same literals over the same bytes, which were folded for it beforehand.
fn peer(specs: &[WatchSpec], frequencies: &Frequencies, documents: &[Document]) {
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
    let set = WatchSet::compile_with(specs, frequencies);
    let mut scratch = Scratch::default();
    let (mut ours, mut all, mut longest) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TRIALS {
        let began = cpu_time();
        documents.iter().for_each(|document| {
            black_box(set.matches(document, &mut scratch));
        });
        ours.push(cpu_time() - began);
        let began = cpu_time();
        let count: usize = folded
            .iter()
            .map(|text| overlapping.find_overlapping_iter(text).count())
            .sum();
        all.push(cpu_time() - began);
        black_box(count);
        let began = cpu_time();
        let count: usize = folded
            .iter()
            .map(|text| leftmost.leftmost_find_iter(text).count())
            .sum();
        longest.push(cpu_time() - began);
        black_box(count);
    }
    let count = documents.len() as f64 / 1e6;
    let (ours, all, longest) = (
        median(ours) / count,
        median(all) / count,
        median(longest) / count,
    );
    println!(
        "against daachorse with the same {} literals, text folded for it beforehand",
        literals.len()
    );
    println!(
        "  ours {ours:.2} us; all occurrences {all:.2} us, ratio {:.2}; leftmost longest {longest:.2} us, ratio {:.2}",
        ours / all,
        ours / longest
    );
}

fn compile(specs: &[WatchSpec], frequencies: &Frequencies) {
    let times = (0..TRIALS)
        .map(|_| {
            let began = cpu_time();
            black_box(WatchSet::compile_with(specs, frequencies));
            cpu_time() - began
        })
        .collect();
    println!("compiling {} watches: {:.3} s", specs.len(), median(times));
}

/// Real articles, with watches made of their own words.
fn real(frequencies: &Frequencies) {
    let Some(folder) = std::env::var_os("NEWSVIGIL_DATA") else {
        return;
    };
    let path = std::path::Path::new(&folder).join("hrdsattack/train.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        println!("no {}", path.display());
        return;
    };
    let documents: Vec<Document> = lines
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .map(|article| Document {
            title: article["title"].as_str().unwrap_or_default().to_owned(),
            text: article["text"].as_str().unwrap_or_default().to_owned(),
            language: Some("en".to_owned()),
            ..Document::default()
        })
        .collect();
    let mut learned = frequencies.clone();
    documents
        .iter()
        .for_each(|document| learned.learn(document));
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
    println!(
        "{} real articles, {} bytes each",
        documents.len(),
        mean_bytes(&documents)
    );
    measure("10 watches", &specs[..10], &learned, &documents);
    measure("10,000 watches", &specs, &learned, &documents);
    peer(&specs, &learned, &documents);
}
