//! Pages behind items on 1,000 hosts, read while feeds are polled, and what the polls lose by it:
//! `cargo bench --bench pages`.
//!
//! Every host has a robots.txt, a feed and articles of some 60 KB. 50 feeds a second are polled, each of which
//! has new items then: with no page read, with as many pages as a second brings items, and with more than can
//! be read. The web and the program are processes of their own, and each part begins with nothing stored.
//! Numbers change the seconds that a part takes, then the trials: `cargo bench --bench pages -- 20 1`. Words
//! beside them choose parts: `off`, `all`, `flood`.

#![allow(
    clippy::too_many_lines,
    reason = "a measurement is read from its top to its end"
)]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::format_push_string,
    reason = "figures are small, and only printed"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use newsvigil::daemon::{self, Selection, TimeScale};
use serde_json::{Value, json};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

#[allow(dead_code, reason = "the bench of the intake needs more of it")]
#[path = "intake_ours.rs"]
mod ours;
#[path = "pages_server.rs"]
mod server;
#[path = "world.rs"]
mod world;

/// Hosts, each with a feed.
const HOSTS: usize = 1_000;
/// Feeds polled in a second.
const POLLS: u32 = 50;
/// How long a part takes.
const SECONDS: u64 = 60;
/// Times each part is measured; the median is printed.
const TRIALS: usize = 3;

/// A part: its name, which pages are read, and how many new items a feed has at each poll.
const PARTS: [(&str, &str, usize); 3] = [("off", "off", 1), ("all", "all", 1), ("flood", "all", 8)];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", fresh] => return server::serve(fresh.parse().expect("a number")),
        ["ours", folder, seconds] => {
            return measured(Path::new(folder), seconds.parse().expect("seconds"));
        }
        // Cargo asks every target for its tests; there are none here.
        _ if words.contains(&"--list") || words.contains(&"--test") => return,
        _ => {}
    }
    let mut numbers = words.iter().filter_map(|word| word.parse().ok());
    let seconds: u64 = numbers.next().unwrap_or(SECONDS);
    let trials = numbers
        .next()
        .map_or(TRIALS, |trials| trials as usize)
        .max(1);
    let is_named = |part: &str| words.contains(&part);
    let all = !PARTS.iter().any(|(name, ..)| is_named(name));
    println!("{HOSTS} hosts, {POLLS} polls a second for {seconds} s, median of {trials} trials");
    // They take turns, for the machine may have other work.
    let mut told: Vec<Vec<Value>> = vec![Vec::new(); PARTS.len()];
    for _ in 0..trials {
        for (of, (name, fetch, fresh)) in told.iter_mut().zip(PARTS) {
            if all || is_named(name) {
                of.push(trial(fetch, fresh, seconds));
            }
        }
    }
    let middle = |part: usize, name: &str| {
        let mut values: Vec<f64> = told[part].iter().map(|it| number(it, name)).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    for (part, (name, fetch, fresh)) in PARTS.iter().enumerate() {
        if told[part].is_empty() {
            continue;
        }
        let pages = middle(part, "pages");
        let cpu = middle(part, "cpu");
        println!("{name}: fetch = \"{fetch}\", {fresh} new items a poll");
        println!(
            "  polls: {:.1} a second, mean {:.2} ms ({:.2} times as with no page; goal 1.05), p99 {:.2} ms ({:.2} times)",
            middle(part, "polls") / seconds as f64,
            middle(part, "mean"),
            middle(part, "mean") / middle(0, "mean"),
            middle(part, "p99"),
            middle(part, "p99") / middle(0, "p99"),
        );
        println!(
            "  CPU {:.2} s a second; memory at the peak {:.0} MB (goal 200); database {:.1} MB",
            cpu / seconds as f64,
            middle(part, "peak") / 1e6,
            middle(part, "database") / 1e6,
        );
        if pages > 0.0 {
            println!(
                "  pages: {:.1} a second, {:.1} a second of CPU, polls included (goal 20), {:.1} without them; {:.1} % read whole, hits in {:.0}, {:.0} still wait",
                pages / seconds as f64,
                pages / cpu,
                pages / (cpu - middle(0, "cpu")),
                100.0 * middle(part, "whole") / pages,
                middle(part, "hits_in_articles"),
                middle(part, "waiting"),
            );
            println!(
                "  {:.2} KB of the database a page: {:.2} KB of text in {:.2} KB",
                (middle(part, "database") - middle(0, "database")) / pages / 1e3,
                middle(part, "plain") / pages / 1e3,
                middle(part, "packed") / pages / 1e3,
            );
        }
    }
}

fn number(value: &Value, name: &str) -> f64 {
    value[name]
        .as_f64()
        .unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// One part, in processes of its own.
fn trial(fetch: &str, fresh: usize, seconds: u64) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let program = std::env::current_exe().expect("this program");
    let mut web = Command::new(&program)
        .args(["serve", &fresh.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program");
    let mut line = String::new();
    BufReader::new(web.stdout.take().expect("a pipe"))
        .read_line(&mut line)
        .expect("a port");
    configuration(
        folder.path(),
        line.trim().parse().expect("a port"),
        fetch,
        fresh,
    );
    let run = Command::new(&program)
        .args([
            "ours",
            &folder.path().display().to_string(),
            &seconds.to_string(),
        ])
        // As in the service's unit.
        .env("MALLOC_ARENA_MAX", "2")
        .stderr(Stdio::inherit())
        .output()
        .expect("this program");
    let _ = web.kill();
    let _ = web.wait();
    let told = serde_json::from_slice(&run.stdout).unwrap_or(Value::Null);
    eprintln!("{fetch}, {fresh} new items a poll: {told}");
    told
}

fn configuration(folder: &Path, port: u16, fetch: &str, fresh: usize) {
    let config = folder.join("config");
    fs::create_dir_all(config.join("watches")).expect("a folder");
    fs::create_dir_all(folder.join("state")).expect("a folder");
    let settings = format!(
        "[fetch]\nallow = [\"127.0.0.0/8\"]\n\
         [article]\nfetch = \"{fetch}\"\ngap = \"1s\"\ndaily_pages = {}\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
        1_000 * fresh.min(10)
    );
    fs::write(config.join("newsvigil.toml"), settings).expect("a file");
    let feeds: String = (0..HOSTS)
        .map(|host| {
            let address = server::address(port, host);
            format!("[[feed]]\nid = \"feed-{host}\"\nurl = \"{address}/feed\"\n")
        })
        .collect();
    fs::write(config.join("feeds.toml"), feeds).expect("a file");
    let watches: String = world::World::new(20_261_124)
        .queries(100)
        .iter()
        .enumerate()
        .map(|(number, query)| {
            format!(
                "[[watch]]\nid = \"watch-{number}\"\ntitle = \"Watch {number}\"\n\
                 match = '''{query}'''\nrecipients = [\"desk\"]\n"
            )
        })
        .collect();
    let watches = watches
        + "[[watch]]\nid = \"custody\"\ntitle = \"Custody\"\nmatch = 'tortured AND custody'\n\
           recipients = [\"desk\"]\n";
    fs::write(config.join("watches/all.toml"), watches).expect("a file");
}

/// Polls everything once, then [`POLLS`] feeds a second beside the reader of pages, and prints what that took.
fn measured(folder: &Path, seconds: u64) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let told = runtime.block_on(async {
        let world = ours::open(folder);
        let due = daemon::due_feeds(&world, Selection::All)
            .await
            .expect("the states");
        let report = daemon::poll(&world, due.feeds.clone(), &mut |_| {}).await;
        assert!(report.failures.is_empty(), "{:?}", report.failures);
        let (_keep_world, current) = watch::channel(world.clone());
        let (stop, stopped) = watch::channel(false);
        let queued = Arc::new(Notify::new());
        let reading = tokio::spawn(daemon::reading_articles(
            current,
            stopped,
            daemon::WakeSignals {
                pages: Arc::clone(&queued),
                ..daemon::WakeSignals::default()
            },
            None,
            TimeScale::SYSTEM,
        ));
        let cpu = ours::cpu_of(std::process::id());
        let mut ticks = tokio::time::interval(Duration::from_secs(1) / POLLS);
        let mut polls = JoinSet::new();
        for turn in 0..seconds as usize * POLLS as usize {
            ticks.tick().await;
            let (world, queued) = (world.clone(), Arc::clone(&queued));
            let feed = due.feeds[turn % due.feeds.len()];
            polls.spawn(async move {
                let began = Instant::now();
                let report = daemon::poll(&world, vec![feed], &mut |_| {}).await;
                let took = began.elapsed();
                assert_eq!(report.answered, 1, "{report:?}");
                if report.counts.articles > 0 {
                    queued.notify_one();
                }
                (took, report.counts)
            });
        }
        let cpu = ours::cpu_of(std::process::id()) - cpu;
        let (mut times, mut new, mut hits) = (Vec::new(), 0, 0);
        for (took, counts) in polls.join_all().await {
            times.push(took.as_secs_f64() * 1e3);
            new += counts.entries_new;
            hits += counts.hits;
        }
        stop.send_replace(true);
        reading.await.expect("the reader of pages");
        times.sort_by(f64::total_cmp);
        let peak = ours::memory_of(std::process::id(), "VmHWM:");
        json!({
            "cpu": cpu, "peak": peak, "polls": times.len(), "new": new, "hits": hits,
            "mean": times.iter().sum::<f64>() / times.len() as f64,
            "median": times[times.len() / 2],
            "p99": times[times.len() * 99 / 100],
        })
    });
    drop(runtime);
    println!("{}", with_stored(told, folder));
}

/// With what is in the database.
fn with_stored(mut told: Value, folder: &Path) -> Value {
    let database = ours::folders(folder).1.join(newsvigil::store::FILE_NAME);
    told["database"] = json!(ours::size(folder)[0].1);
    let connection = rusqlite::Connection::open(database).expect("the database");
    let mut count = |name: &str, query: &str| {
        let number: i64 = connection
            .query_row(query, [], |row| row.get(0))
            .expect("the pages");
        told[name] = json!(number);
    };
    let asked = "FROM article WHERE settled_at IS NOT NULL AND verdict <> 'not-asked'";
    count("pages", &format!("SELECT count(*) {asked}"));
    count(
        "whole",
        &format!("SELECT count(*) {asked} AND verdict = 'whole'"),
    );
    count(
        "packed",
        &format!("SELECT coalesce(sum(octet_length(text)), 0) {asked}"),
    );
    count(
        "waiting",
        "SELECT count(*) FROM article WHERE settled_at IS NULL",
    );
    count(
        "hits_in_articles",
        "SELECT count(*) FROM hit WHERE in_article",
    );
    let mut packed = connection
        .prepare("SELECT text FROM article WHERE text IS NOT NULL")
        .expect("the texts");
    let texts = packed
        .query_map([], |row| row.get::<_, Vec<u8>>(0))
        .expect("the texts");
    let lengths = texts.map(|text| {
        let text = text.expect("a text");
        std::io::copy(
            &mut flate2::read::DeflateDecoder::new(text.as_slice()),
            &mut std::io::sink(),
        )
        .expect("a text that was deflated")
    });
    told["plain"] = json!(lengths.sum::<u64>());
    told
}
