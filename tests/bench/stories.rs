//! What it takes to put an item into a story: `cargo bench --bench stories [ITEMS]`.
//!
//! Items of made-up words, as frequent as those of a language, fill a window; then the last of them are timed one
//! by one. One event in four is reported by several outlets.

#![allow(
    clippy::too_many_lines,
    reason = "a measurement is read from its top to its end"
)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use newsvigil::core::story::{Engine, StoryItem};

const ITEMS: u64 = 1_000_000;
const TIMED: u64 = 5_000;
const SMALL: u64 = 20_000;
const GOAL: Duration = Duration::from_millis(1);
const GOAL_MIB: u64 = 1_000;
const GOAL_SMALL_MIB: u64 = 100;
const WORDS: f64 = 200_000.0;

fn main() -> ExitCode {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return ExitCode::SUCCESS;
    }
    let items = std::env::args()
        .skip(1)
        .find_map(|argument| argument.parse().ok());
    let items: u64 = items.unwrap_or(ITEMS);
    let before = memory();
    let mut engine = Engine::new();
    let mut random = fastrand::Rng::with_seed(14);
    let mut events: Vec<[String; 2]> = Vec::new();
    let mut times = Vec::new();
    let mut small = None;
    let mut stories = 0_u64;
    let began = Instant::now();
    for number in 0..items {
        // All of them within six days.
        let seconds = 1_780_000_000 + number * 518_400 / items.max(1);
        let now = Timestamp::from_second(seconds.try_into().expect("a time")).expect("a time");
        if events.len() < 64 || random.u8(..) < 192 {
            let event = [text(&mut random, 10), text(&mut random, 40)];
            if events.len() < 64 {
                events.push(event);
            } else {
                let at = random.usize(..events.len());
                events[at] = event;
            }
        }
        let event = &events[random.usize(..events.len())];
        let lead = format!("{} {}", text(&mut random, 10), event[1]);
        let feed = format!("feed {}", random.u32(..1_000));
        let report = StoryItem {
            id: number.try_into().expect("a number"),
            title: &event[0],
            lead: &lead,
            language: Some("en"),
            published: Some(now),
            feed: &feed,
            outlet: &feed,
        };
        let start = Instant::now();
        let placed = engine.place(&report, now);
        if number + TIMED >= items {
            times.push(start.elapsed());
        }
        stories += u64::from(placed.story == report.id);
        if number + 1 == SMALL.min(items) {
            small = Some(memory().saturating_sub(before));
        }
    }
    let all = began.elapsed();
    let used = memory().saturating_sub(before);
    times.sort_unstable();
    let mean = times.iter().sum::<Duration>() / u32::try_from(times.len()).expect("few");
    let median = times[times.len() / 2];
    let worst = times[times.len() * 99 / 100];
    let small = small.unwrap_or(used);
    println!(
        "{items} items in a window, {stories} stories, in {:.0} s",
        all.as_secs_f64()
    );
    println!(
        "  an item: mean {mean:?}, median {median:?}, 99 of 100 within {worst:?} (goal {GOAL:?})"
    );
    println!(
        "  memory: {used} MiB (goal {GOAL_MIB} MiB), at {SMALL} items {small} MiB (goal {GOAL_SMALL_MIB} MiB)"
    );
    if worst < GOAL && used < GOAL_MIB && small < GOAL_SMALL_MIB {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Words whose frequency falls with their rank, as in languages.
fn text(random: &mut fastrand::Rng, words: usize) -> String {
    let mut text = String::new();
    for _ in 0..words {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let rank = WORDS.powf(random.f64()) as u32;
        let mut rest = rank.wrapping_mul(2_654_435_761);
        if !text.is_empty() {
            text.push(' ');
        }
        for _ in 0..3 {
            text.push(char::from(b"bdfgklmnprst"[(rest % 12) as usize]));
            text.push(char::from(b"aeio"[(rest / 12 % 4) as usize]));
            rest /= 48;
        }
    }
    text
}

/// MiB of memory in use by this process.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kib.unwrap_or(0) / 1_024
}
