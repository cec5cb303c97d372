//! What the pages of the reading room take: `cargo bench --bench reading_room`.
//!
//! A million items and a hundred thousand hits, while fifty polls a second are stored. Pages are asked for as a browser
//! does, one after the other: each filter with each of some searches, from words that half of the hits have to one that
//! a few have, and then the other pages. A number behind `--` is that of the items; with `keep` the database stays for
//! the next run, and with `part=TEXT` only what has that text in its name is asked for; the places of hits are looked
//! up first where that is the name of a filter.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::http::Request;
use jiff::Timestamp;
use newsvigil::config;
use newsvigil::daemon::open_room;
use newsvigil::store::{self, Store, web};
use newsvigil::web::{RandomSecret, WebServer};
use tokio::runtime::Runtime;

#[path = "reading_room_data.rs"]
mod data;

const ITEMS: u64 = 1_000_000;
const TRIALS: usize = 20;
/// Of one page, however slow it is.
const TRIALS_TAKE: Duration = Duration::from_secs(20);
/// Of a page of hits.
const GOAL: Duration = Duration::from_millis(100);
/// Of any page, in bytes.
const PAGE_BYTES: usize = 40_000;
const POLLS_A_SECOND: u32 = 50;
/// How long polls are stored while nobody reads.
const ALONE: Duration = Duration::from_secs(10);

/// Each with every filter.
const SEARCHES: [(&str, &str); 10] = [
    ("-", ""),
    ("police", "police"),
    ("court police", "court+police"),
    ("detain*", "detain*"),
    ("w9*", "w9*"),
    ("lacrimogenos", "lacrimogenos"),
    ("\"w7 w31\" OR court", "%22w7+w31%22+OR+court"),
    ("police NEAR/5 court", "police+NEAR%2F5+court"),
    ("detain~ AND NOT w3", "detain%7E+AND+NOT+w3"),
    ("w1? NEAR/3 zebra", "w1%3F+NEAR%2F3+zebra"),
];

const FILTERS: [(&str, &str); 14] = [
    ("all", ""),
    ("a watch that finds much", "watch=watch-0"),
    ("a watch that finds little", "watch=watch-97"),
    ("topic", "topic=topic-3"),
    ("feed", "feed=feed-299"),
    ("language", "language=pt"),
    ("a rare language", "language=is"),
    ("since", "from=2026-06-26"),
    ("until", "to=2026-06-26"),
    ("relevant", "judgment=relevant"),
    ("undecided", "judgment=undecided"),
    ("not judged", "judgment=none"),
    ("place", "place=PE"),
    (
        "all of them",
        "watch=watch-0&topic=topic-0&language=pt&to=2026-06-26&judgment=none&place=PE",
    ),
];

/// Pages without a search, and how long each may take.
const PAGES: [(&str, &str, u64); 11] = [
    ("overview", "/", 1_000),
    ("a page far back", "/hits?older=1782000000.40000", 100),
    ("nothing found", "/hits?q=zebra", 100),
    ("a hit", "/hits/50001", 100),
    (
        "a hit, then the next",
        "/hits/50001?q=police&judgment=none",
        100,
    ),
    ("all watches", "/watches", 200),
    ("a watch", "/watches/watch-0", 200),
    ("drawn at random", "/watches/watch-0/sample", 100),
    ("feeds", "/feeds", 100),
    ("mails", "/mail", 100),
    ("Atom", "/hits.atom?q=police", 200),
];

struct Desk {
    runtime: Runtime,
    room: WebServer,
    store: Store,
    cookie: String,
    path: PathBuf,
}

fn main() -> ExitCode {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let items = arguments.iter().find_map(|argument| argument.parse().ok());
    let items = items.unwrap_or(ITEMS);
    let part = arguments
        .iter()
        .find_map(|argument| argument.strip_prefix("part="));
    let wanted = |name: &str| part.is_none_or(|part| name.contains(part));
    let is_kept = arguments.iter().any(|argument| argument == "keep");

    let made = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = if is_kept {
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("reading-room-{items}"))
    } else {
        made.path().to_owned()
    };
    data::configure(&folder);
    let path = folder.join(store::FILE_NAME);
    if path.exists() {
        data::clear(&path, items);
    } else {
        data::fill(&path, items);
    }
    let desk = Desk::open(&folder);
    let alone = desk.polls();
    std::thread::sleep(ALONE);
    println!("polls while nobody reads: {}", alone.end());

    let polls = desk.polls();
    if FILTERS.iter().any(|(name, _)| wanted(name)) {
        let began = Instant::now();
        let look = || desk.runtime.block_on(desk.room.look_ahead());
        while look().expect("looked at") {}
        let took = began.elapsed().as_secs_f64();
        println!("what hits are about, once: {took:.1} s");
    }
    let mut well = true;
    for (filter, parameters) in FILTERS {
        for (search, query) in SEARCHES {
            let name = format!("{filter:<26} {search:<20}");
            if wanted(&name) {
                let parts = [parameters.to_owned(), format!("q={query}")];
                well &= desk.measure(&name, &format!("/hits?{}", parts.join("&")), GOAL);
            }
        }
    }
    for (name, path, goal) in PAGES {
        if wanted(name) {
            well &= desk.measure(&format!("{name:<47}"), path, Duration::from_millis(goal));
        }
    }
    println!("polls meanwhile: {}", polls.end());
    drop(desk);
    if well {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

impl Desk {
    fn open(folder: &Path) -> Self {
        let Ok((config, _)) = config::load(folder) else {
            panic!("the configuration is refused")
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let path = folder.join(store::FILE_NAME);
        let store = Store::start(&path).expect("a database");
        let now = Timestamp::from_second(data::ENDED + 3_600).expect("a time");
        let clock = Arc::new(move || now);
        let room = open_room(Arc::new(config), store.clone(), folder, clock).expect("a room");
        let session = RandomSecret::random();
        let (link, token) = (RandomSecret::random().hash(), session.hash());
        let ends = Timestamp::from_second(data::ENDED + 36_000).expect("a time");
        let began = store.call(move |connection| {
            web::invite(connection, &link, "ana", now, ends)?;
            web::begin_session(connection, &link, &token, now, ends)
        });
        runtime.block_on(began).expect("a session");
        Self {
            cookie: format!("newsvigil={}", session.reveal()),
            runtime,
            room,
            store,
            path,
        }
    }

    /// Asks again and again, and tells how long it took; gives whether that is fast enough.
    fn measure(&self, name: &str, path: &str, goal: Duration) -> bool {
        let mut times = Vec::new();
        let (mut status, mut bytes) = (0, 0);
        let end = Instant::now() + TRIALS_TAKE;
        while times.len() < TRIALS && (times.len() < 3 || Instant::now() < end) {
            let began = Instant::now();
            (status, bytes) = self.get(path);
            times.push(began.elapsed());
        }
        times.sort_unstable();
        let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
        let is_page = path.starts_with("/hits.") || bytes < PAGE_BYTES;
        let is_answer = status == 200 || status == 303;
        println!(
            "{name} {status} {:>3} KB: median {:>6.1} ms, worst {:>6.1} ms{}{}{}",
            bytes.div_ceil(1_000),
            median.as_secs_f64() * 1e3,
            worst.as_secs_f64() * 1e3,
            if median < goal { "" } else { "  TOO SLOW" },
            if is_page { "" } else { "  TOO LONG" },
            if is_answer { "" } else { "  NO ANSWER" },
        );
        median < goal && is_page && is_answer
    }

    /// The status of a page, and its bytes.
    fn get(&self, path: &str) -> (u16, usize) {
        let request = Request::get(path)
            .header("host", "localhost")
            .header("cookie", &self.cookie)
            .body(Vec::new())
            .expect("a request");
        self.runtime.block_on(async {
            let answer = self.room.answer(request).await;
            let status = answer.status().as_u16();
            let body = axum::body::to_bytes(answer.into_body(), usize::MAX);
            (status, body.await.expect("a body").len())
        })
    }

    /// Stores what polls bring, as the service does.
    fn polls(&self) -> Polls {
        let over = Arc::new(AtomicBool::new(false));
        let (store, handle) = (self.store.clone(), self.runtime.handle().clone());
        let mut connection = rusqlite::Connection::open(&self.path).expect("the database");
        let stored = std::thread::spawn({
            let over = Arc::clone(&over);
            move || {
                let pause = Duration::from_secs(1) / POLLS_A_SECOND;
                let mut times = Vec::new();
                let mut next = Instant::now();
                let first = fastrand::u32(..1 << 30);
                while !over.load(Ordering::Relaxed) {
                    let number = first + u32::try_from(times.len()).expect("few");
                    let began = Instant::now();
                    let stored = store.call(move |_| {
                        data::poll(&mut connection, number)?;
                        Ok(connection)
                    });
                    connection = handle.block_on(stored).expect("stored");
                    times.push(began.elapsed());
                    next += pause;
                    std::thread::sleep(next.saturating_duration_since(Instant::now()));
                }
                times
            }
        });
        Polls { over, stored }
    }
}

struct Polls {
    over: Arc<AtomicBool>,
    stored: std::thread::JoinHandle<Vec<Duration>>,
}

impl Polls {
    /// Ends them, and tells how long they took.
    fn end(self) -> String {
        self.over.store(true, Ordering::Relaxed);
        let mut times = self.stored.join().expect("polls");
        times.sort_unstable();
        let of = |share: usize| times[(times.len() - 1) * share / 1_000].as_secs_f64() * 1e3;
        format!(
            "{} stored, median {:.1} ms, 99 % within {:.1} ms, the slowest in {:.1} ms",
            times.len(),
            of(500),
            of(990),
            of(1_000)
        )
    }
}
