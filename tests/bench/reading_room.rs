//! What it takes to search and filter what was found: `cargo bench --bench reading_room`.
//!
//! A million items and a hundred thousand hits, while fifty polls a second are stored. Each filter of the reading room
//! is asked for with each of some searches, from words that half of the items have to one that a few have. A number
//! behind `--` is that of the items.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use newsvigil::config;
use newsvigil::core::judgment::Verdict;
use newsvigil::store::hits::{self, Everything, HitFilter, Names, Page, PlacesOfHits, Start};
use newsvigil::store::{self, Readers, StoreError};
use rusqlite::Connection;

const ITEMS: u64 = 1_000_000;
/// One of so many items is a hit.
const ITEMS_A_HIT: u64 = 10;
const TRIALS: usize = 20;
const GOAL: Duration = Duration::from_millis(100);
const A_PAGE: usize = 50;
const POLLS_A_SECOND: u32 = 50;
const BEGAN: i64 = 1_780_000_000;
/// Words that stand in every so many-th hit.
const MARKED: [(&str, u64); 4] = [
    ("police", 2),
    ("court", 5),
    ("detained", 20),
    ("lacrimógenos", 1_000),
];
const SEARCHES: [&str; 5] = [
    "police",
    "court police",
    "detain*",
    "lacrimogenos",
    "\"w7 w31\" OR court",
];

fn main() -> ExitCode {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let Ok((config, _)) = config::load(&configured(folder.path())) else {
        panic!("the configuration is refused")
    };
    let path = folder.path().join(store::FILE_NAME);
    let names: Vec<&str> = ["Peru", "Chile", "Kenya", "France", "Japan"].to_vec();
    let mut arguments = std::env::args().skip(1);
    let items = arguments.find_map(|argument| argument.parse().ok());
    prepare(&path, items.unwrap_or(ITEMS), &names);
    let places = Arc::new(PlacesOfHits::new(config.places.clone()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let readers = Readers::start(&path, 2).expect("threads");
    let over = Arc::new(AtomicBool::new(false));
    let polls = std::thread::spawn({
        let (over, path) = (Arc::clone(&over), path.clone());
        move || poll(&path, &over)
    });

    let began = Instant::now();
    let mut looked = 0;
    loop {
        let known = Arc::clone(&places);
        let look = readers.call(move |connection| known.look_ahead(connection, 100));
        match runtime.block_on(look).expect("looked at") {
            0 => break,
            more => looked += more,
        }
    }
    println!(
        "the places of {looked} hits: {:.1} s, once",
        began.elapsed().as_secs_f64()
    );

    let peru = config.places.resolve("PE").expect("a place");
    let mut well = true;
    for filter in &FILTERS {
        for search in std::iter::once(None).chain(SEARCHES.map(Some)) {
            well &= measure(filter, search, || {
                let (_, change, of_place) = filter;
                let mut asked = HitFilter {
                    search: search.map(str::to_owned),
                    ..HitFilter::default()
                };
                change(&mut asked);
                let (places, about) = (Arc::clone(&places), of_place.then(|| peru.clone()));
                let page = readers.call(move |connection| page(connection, &asked, &places, about));
                runtime.block_on(page).expect("a page").hits.len()
            });
        }
    }
    well &= measure(&("what can be chosen", |_| {}, false), None, || {
        let names = readers.call(|connection| {
            let watches = hits::names(connection, Names::Watches)?;
            let topics = hits::names(connection, Names::Topics)?;
            Ok(watches.len() + topics.len() + hits::languages(connection)?.len())
        });
        runtime.block_on(names).expect("names")
    });
    over.store(true, Ordering::Relaxed);
    let (stored, slowest) = polls.join().expect("polls");
    println!(
        "{stored} polls were stored meanwhile, the slowest in {:.0} ms",
        slowest.as_secs_f64() * 1e3
    );
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn page(
    connection: &Connection,
    filter: &HitFilter,
    places: &PlacesOfHits,
    about: Option<BTreeSet<usize>>,
) -> Result<Page, StoreError> {
    let from = Start::Newest;
    match about {
        Some(about) => hits::page(connection, filter, from, A_PAGE, &mut places.only(about)),
        None => hits::page(connection, filter, from, A_PAGE, &mut Everything),
    }
}

/// Asks again and again, and tells how long it took; gives whether that is fast enough.
fn measure((name, ..): &Filter, search: Option<&str>, mut ask: impl FnMut() -> usize) -> bool {
    let mut times = [Duration::ZERO; TRIALS];
    let mut found = 0;
    for time in &mut times {
        let began = Instant::now();
        found = ask();
        *time = began.elapsed();
    }
    times.sort_unstable();
    let (median, worst) = (times[TRIALS / 2], times[TRIALS - 1]);
    println!(
        "{name:<26} {:<20} {found:>3}: median {:>6.1} ms, worst {:>6.1} ms{}",
        search.unwrap_or("-"),
        median.as_secs_f64() * 1e3,
        worst.as_secs_f64() * 1e3,
        if median < GOAL { "" } else { "  TOO SLOW" }
    );
    median < GOAL
}

/// A filter: what it is called, what it asks, and whether it is for a place as well.
type Filter = (&'static str, fn(&mut HitFilter), bool);

const FILTERS: [Filter; 14] = [
    ("all", |_| {}, false),
    (
        "a watch that finds much",
        |filter| filter.watch = Some("watch-0".to_owned()),
        false,
    ),
    (
        "a watch that finds little",
        |filter| filter.watch = Some("watch-97".to_owned()),
        false,
    ),
    (
        "topic",
        |filter| filter.topic = Some("topic-3".to_owned()),
        false,
    ),
    (
        "feed",
        |filter| filter.feed = Some("feed-299".to_owned()),
        false,
    ),
    (
        "language",
        |filter| filter.language = Some("pt".to_owned()),
        false,
    ),
    (
        "a rare language",
        |filter| filter.language = Some("is".to_owned()),
        false,
    ),
    ("since", |filter| filter.since = after_a_month(), false),
    ("until", |filter| filter.until = after_a_month(), false),
    (
        "relevant",
        |filter| filter.verdicts = vec![Some(Verdict::Relevant)],
        false,
    ),
    (
        "undecided",
        |filter| filter.verdicts = vec![Some(Verdict::Undecided)],
        false,
    ),
    ("not judged", |filter| filter.verdicts = vec![None], false),
    ("place", |_| {}, true),
    (
        "all of them",
        |filter| {
            *filter = HitFilter {
                watch: Some("watch-0".to_owned()),
                topic: Some("topic-0".to_owned()),
                language: Some("pt".to_owned()),
                until: after_a_month(),
                verdicts: vec![None],
                ..filter.clone()
            }
        },
        true,
    ),
];

fn after_a_month() -> Option<Timestamp> {
    Timestamp::from_second(BEGAN + 30 * 86_400).ok()
}

fn configured(folder: &Path) -> std::path::PathBuf {
    std::fs::create_dir_all(folder.join("watches")).expect("a folder");
    for (name, text) in [
        (
            "newsvigil.toml",
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
        ),
        (
            "feeds.toml",
            "[[feed]]\nid = \"outlet\"\nurl = \"https://outlet.example/feed\"\n",
        ),
        (
            "watches/force.toml",
            "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'force'\nrecipients = [\"desk\"]\n",
        ),
    ] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    folder.to_owned()
}

/// Numbers that look like chance (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    /// Below `end`, small numbers far more often.
    fn often_small(&mut self, end: u64) -> u64 {
        let highest = self.below(end) + 1;
        self.below(highest)
    }
}

fn prepare(path: &Path, items: u64, places: &[&str]) {
    let mut connection = store::open(path).expect("a database");
    let transaction = connection.transaction().expect("a transaction");
    for feed in 0..300 {
        transaction
            .execute(
                "INSERT INTO feed (id, url, title, state, next_poll_at) VALUES (?1, ?1, ?1, '{}', 0)",
                [format!("feed-{feed}")],
            )
            .expect("stored");
    }
    let mut random = Random(1);
    {
        let mut entry = transaction
            .prepare(
                "INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author, categories,
                                    language, link, published_at, first_seen_at, last_seen_at, backlog)
                 VALUES (?1, ?2, ?1, 0, ?1, ?3, ?4, ?5, '', '[]', ?6, ?2, ?7, ?7, ?7, 0)",
            )
            .expect("a statement");
        let mut hit = transaction
            .prepare(
                "INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version, program_version,
                                  score, spans, found_at)
                 VALUES (?1, 0, ?2, 'Use of force at protests', ?3, '9d34dccc0766', '0', 0,
                         '[{\"field\":\"title\",\"start\":0,\"end\":6,\"term\":\"police\"}]', ?4)",
            )
            .expect("a statement");
        let mut index = transaction
            .prepare("INSERT INTO entry_text (rowid, title, summary, text) VALUES (?1, ?2, ?3, ?4)")
            .expect("a statement");
        for id in 1..=items {
            let is_hit = id % ITEMS_A_HIT == 0;
            let number = id / ITEMS_A_HIT;
            let marks = MARKED
                .iter()
                .filter(|(_, every)| is_hit && number.is_multiple_of(*every));
            let marks: Vec<&str> = marks.map(|(word, _)| *word).collect();
            let mut words = |count| {
                let words = (0..count).map(|_| format!("w{}", random.often_small(20_000)));
                words.collect::<Vec<String>>().join(" ")
            };
            let (title, summary) = (words(8), words(25));
            let text = words(if is_hit { 100 } else { 20 });
            let place =
                places[usize::try_from(random.often_small(places.len() as u64)).unwrap_or(0)];
            let title = format!("{} in {place}: {title}", marks.join(" "));
            let feed = format!("feed-{}", random.often_small(300));
            let language = match random.below(2_000) {
                0 => "is",
                1..1_000 => "en",
                1_000..1_500 => "es",
                1_500..1_700 => "pt-BR",
                _ => "fr",
            };
            let found = BEGAN + i64::try_from(id * 30 * ITEMS / items).unwrap_or(0);
            entry
                .execute((id, &feed, &title, &summary, &text, language, found))
                .expect("stored");
            if is_hit {
                let watch = random.often_small(100);
                hit.execute((
                    id,
                    format!("watch-{watch}"),
                    format!("topic-{}", watch % 12),
                    found,
                ))
                .expect("stored");
                let folded = title.replace('ó', "o").to_lowercase();
                index
                    .execute((id, folded, &summary, &text))
                    .expect("stored");
            }
        }
    }
    transaction
        .execute_batch(
            "INSERT INTO judgment (hit_id, verdict, note, judged_by, judged_at, at_random)
             SELECT id, iif(id % 8 = 0, 'relevant', iif(id % 500 = 1, 'undecided', 'irrelevant')), '', 'ana', 0, 0
             FROM hit WHERE id % 4 < 2;
             UPDATE hit SET verdict = (SELECT verdict FROM judgment WHERE hit_id = hit.id);",
        )
        .expect("judged");
    transaction.commit().expect("stored");
}

/// Stores items as polls do until it is over; gives how many times, and the longest that one took.
fn poll(path: &Path, over: &AtomicBool) -> (u32, Duration) {
    let mut connection = store::open(path).expect("a database");
    let pause = Duration::from_secs(1) / POLLS_A_SECOND;
    let (mut stored, mut slowest) = (0, Duration::ZERO);
    let mut next = Instant::now();
    while !over.load(Ordering::Relaxed) {
        let began = Instant::now();
        let transaction = connection.transaction().expect("a transaction");
        for item in 0..3 {
            transaction
                .execute(
                    "INSERT INTO entry (feed_id, key, revision, content_hash, title, summary, text, author, categories,
                                        first_seen_at, last_seen_at, backlog)
                     VALUES ('feed-0', ?1, 0, ?1, 'A headline', 'A summary', '', '', '[]', ?2, ?2, 0)",
                    (format!("new-{stored}-{item}"), BEGAN),
                )
                .expect("stored");
        }
        transaction.commit().expect("stored");
        slowest = slowest.max(began.elapsed());
        stored += 1;
        next += pause;
        std::thread::sleep(next.saturating_duration_since(Instant::now()));
    }
    (stored, slowest)
}
