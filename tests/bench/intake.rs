//! How fast feeds are taken in, next to a bare loop of the HTTP client that only fetches:
//! `cargo bench --bench intake`.
//!
//! The web, the program and its peer are processes of their own, so that each is measured alone; the
//! two take turns. Numbers scale down, feeds and then trials: `cargo bench --bench intake -- 1000 3`.
//! Words beside them choose parts: `speed`, `memory`, `idle`, `slow`.

#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::float_cmp,
    clippy::format_push_string,
    reason = "figures are small, and only printed"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

#[path = "intake_ours.rs"]
mod ours;
#[path = "intake_peer.rs"]
mod peer;
#[path = "intake_server.rs"]
mod server;
#[path = "world.rs"]
mod world;

/// Times each speed is measured; the median is printed.
const TRIALS: usize = 5;
/// Requests at a time, for both.
const CONCURRENCY: usize = 128;
/// Items a feed.
const ENTRIES: usize = 30;
/// How long `run` is watched while nothing is due.
const IDLE: Duration = Duration::from_secs(20);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["serve", entries] => return server::serve(entries.parse().unwrap_or(ENTRIES)),
        ["ours", folder] => return ours::serve(Path::new(folder)),
        ["peer", port, feeds] => {
            return peer::serve(port.parse().expect("a port"), feeds.parse().expect("feeds"));
        }
        // Cargo asks every target for its tests; there are none here.
        _ if words.contains(&"--list") || words.contains(&"--test") => return,
        _ => {}
    }
    let mut numbers = words.iter().filter_map(|word| word.parse().ok());
    let feeds: usize = numbers.next().unwrap_or(10_000);
    let trials: usize = numbers.next().unwrap_or(TRIALS).max(1);
    let parts = ["speed", "memory", "idle", "slow"];
    let chosen = |part: &str| words.contains(&part) || !words.iter().any(|w| parts.contains(w));
    if chosen("speed") {
        speed(feeds, trials);
    }
    if chosen("memory") {
        memory(feeds * 10);
    }
    if chosen("idle") {
        idle(feeds);
    }
    if chosen("slow") {
        slow(feeds);
    }
}

/// The address of a feed: each on a host of its own.
pub fn address(port: u16, feed: usize) -> String {
    let (a, b, c) = (1 + feed / 62_500, feed / 250 % 250, 1 + feed % 250);
    format!("http://127.{a}.{b}.{c}:{port}/{feed}")
}

/// A line in, a line out.
struct Helper {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Helper {
    fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(arguments)
            // As in the service's unit.
            .env("MALLOC_ARENA_MAX", "2")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program");
        let input = child.stdin.take().expect("a pipe");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Self {
            child,
            input,
            output,
        }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a line");
        assert!(!line.is_empty(), "a part of the benchmark ended early");
        line.trim().to_owned()
    }

    fn ask(&mut self, line: &str) -> Value {
        writeln!(self.input, "{line}").expect("a pipe");
        let answer = self.line();
        serde_json::from_str(&answer).unwrap_or(Value::Null)
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A server and its port.
fn web(entries: usize) -> (Helper, u16) {
    let mut web = Helper::start(&["serve", &entries.to_string()]);
    let port = web.line().parse().expect("a port");
    (web, port)
}

/// A configuration with so many feeds and 100 watches.
fn configuration(folder: &Path, port: u16, feeds: usize, timeout: &str) {
    let config = folder.join("config");
    fs::create_dir_all(config.join("watches")).expect("a folder");
    fs::create_dir_all(folder.join("state")).expect("a folder");
    let settings = format!(
        "[fetch]\nallow = [\"127.0.0.0/8\"]\nconcurrency = {CONCURRENCY}\ntimeout = \"{timeout}\"\n\
         [[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n"
    );
    fs::write(config.join("newsvigil.toml"), settings).expect("a file");
    let list: String = (0..feeds)
        .map(|feed| {
            let address = address(port, feed);
            format!("[[feed]]\nid = \"feed-{feed}\"\nurl = \"{address}\"\n")
        })
        .collect();
    fs::write(config.join("feeds.toml"), list).expect("a file");
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
    fs::write(config.join("watches/all.toml"), watches).expect("a file");
}

fn number(value: &Value, name: &str) -> f64 {
    value[name]
        .as_f64()
        .unwrap_or_else(|| panic!("no {name} in {value}"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Feeds a second of the program and of its peer, and their ratio.
fn speed(feeds: usize, trials: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut web, port) = web(ENTRIES);
    configuration(folder.path(), port, feeds, "30s");
    let mut ours = Helper::start(&["ours", &folder.path().display().to_string()]);
    let mut peer = Helper::start(&["peer", &port.to_string(), &feeds.to_string()]);
    println!("{feeds} feeds, {ENTRIES} items each, {CONCURRENCY} requests at a time, 100 watches");
    println!("  (median of {trials} trials; feeds a second; CPU in microseconds a feed)");
    let open = ours.ask("open");
    println!(
        "  opened with nothing stored: {:.3} s",
        number(&open, "seconds")
    );
    for (name, manner, goal) in [
        ("all new", "new", 0.35),
        ("all known", "known", 0.45),
        ("same bytes", "same", 0.45),
        ("not modified", "304", 0.5),
    ] {
        let (mut rates, mut peers, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        let (mut cpu, mut peer_cpu) = (Vec::new(), Vec::new());
        for trial in 0..trials {
            web.ask(manner);
            let bare = peer.ask("poll");
            let took = ours.ask("poll");
            assert_eq!(number(&bare, "ok"), feeds as f64, "{bare}");
            assert_eq!(number(&took, "failed"), 0.0, "{took}");
            let (rate, bare_rate) = (
                feeds as f64 / number(&took, "seconds"),
                feeds as f64 / number(&bare, "seconds"),
            );
            rates.push(rate);
            peers.push(bare_rate);
            ratios.push(rate / bare_rate);
            cpu.push(number(&took, "cpu") * 1e6 / feeds as f64);
            peer_cpu.push(number(&bare, "cpu") * 1e6 / feeds as f64);
            if manner == "new" && trial == 0 {
                assert_eq!(number(&took, "new"), (feeds * ENTRIES) as f64, "{took}");
                growth(&ours.ask("size"), number(&took, "hits"));
            }
        }
        println!(
            "  {name:14} ours {:7.0}  bare {:7.0}  ratio {:.3} ({:.3} to {:.3}; goal {goal})  CPU ours {:5.0}  bare {:5.0}",
            median(rates),
            median(peers),
            median(ratios.clone()),
            ratios.iter().copied().fold(f64::INFINITY, f64::min),
            ratios.iter().copied().fold(0.0, f64::max),
            median(cpu),
            median(peer_cpu)
        );
    }
    let end = ours.ask("memory");
    println!(
        "  resident at the peak of all this: {:.0} MB (goal 80)",
        number(&end, "peak") / 1e6
    );
}

fn growth(size: &Value, hits: f64) {
    println!(
        "  database {:.0} MB for {:.0} MB of text, {:.2} times (goal 1.5); {hits:.0} hits; 1 trial",
        number(size, "database") / 1e6,
        number(size, "text") / 1e6,
        number(size, "database") / number(size, "text")
    );
}

/// Resident memory with so many feeds registered, through a round of new bodies and one of 304.
fn memory(feeds: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut web, port) = web(1);
    configuration(folder.path(), port, feeds, "30s");
    let mut ours = Helper::start(&["ours", &folder.path().display().to_string()]);
    println!("{feeds} feeds registered, 1 item each; 1 trial");
    let open = ours.ask("open");
    println!(
        "  configuration read in {:.2} s, resident {:.0} MB at its peak",
        number(&open, "seconds"),
        number(&open, "peak") / 1e6
    );
    for manner in ["new", "304"] {
        web.ask(manner);
        let took = ours.ask("poll");
        assert_eq!(number(&took, "failed"), 0.0, "{took}");
        println!(
            "  {manner:4} {:.0} feeds a second, resident {:.0} MB now, {:.0} MB at the peak (goal 250)",
            feeds as f64 / number(&took, "seconds"),
            number(&took, "resident") / 1e6,
            number(&took, "peak") / 1e6
        );
    }
    drop(ours);
    idle_of(folder.path(), feeds);
}

/// What the service costs while it has nothing to do.
fn idle(feeds: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut web, port) = web(ENTRIES);
    configuration(folder.path(), port, feeds, "30s");
    let mut ours = Helper::start(&["ours", &folder.path().display().to_string()]);
    ours.ask("open");
    web.ask("new");
    ours.ask("poll");
    drop(ours);
    idle_of(folder.path(), feeds);
}

fn idle_of(folder: &Path, feeds: usize) {
    let mut service = Command::new(env!("CARGO_BIN_EXE_newsvigil"))
        .arg("--config")
        .arg(folder.join("config"))
        .arg("--state")
        .arg(folder.join("state"))
        .arg("run")
        .env("MALLOC_ARENA_MAX", "2")
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let id = service.id();
    // It composes the first digest and sends it; then nothing is left to do.
    let mut before = ours::cpu_of(id);
    let settled = Instant::now();
    loop {
        std::thread::sleep(Duration::from_secs(3));
        let now = ours::cpu_of(id);
        if now - before < 0.02 || settled.elapsed() > Duration::from_mins(2) {
            break;
        }
        before = now;
    }
    let before = ours::cpu_of(id);
    std::thread::sleep(IDLE);
    let spent = ours::cpu_of(id) - before;
    println!(
        "`run` with {feeds} feeds and nothing due: {:.2} s CPU in {} s ({:.2} %), start-up {before:.2} s, resident {:.0} MB, peak {:.0} MB; 1 trial",
        spent,
        IDLE.as_secs(),
        spent * 100.0 / IDLE.as_secs_f64(),
        ours::memory_of(id, "VmRSS:") / 1e6,
        ours::memory_of(id, "VmHWM:") / 1e6
    );
    let _ = service.kill();
    let _ = service.wait();
}

/// Hosts that keep us waiting, all of them first in the configuration, and how long the others took.
fn slow(feeds: usize) {
    let timeout = "5s";
    for (name, manner, slow) in [
        ("no slow host", "304", 0),
        ("one silent host", "silent", 1),
        ("one dripping host", "drip", 1),
        ("a hundred dripping hosts", "drip", 100),
        ("as many silent hosts", "silent", feeds),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let (mut web, port) = web(ENTRIES);
        let good = feeds.min(1_000);
        configuration(folder.path(), port, slow + good, timeout);
        let mut ours = Helper::start(&["ours", &folder.path().display().to_string()]);
        ours.ask("open");
        web.ask("new");
        ours.ask("poll");
        web.ask(&format!("{manner} {slow}"));
        // At first nothing is known of them; then they wait in a queue of their own.
        for round in ["first", "second"] {
            let took = ours.ask(&format!("poll {good}"));
            println!(
                "{name} ({slow}), {round} time: {good} good feeds took {:.2} s, all {:.2} s (time-out {timeout}); 1 trial",
                number(&took, "good_seconds"),
                number(&took, "seconds")
            );
            if slow == 0 {
                break;
            }
        }
    }
}
