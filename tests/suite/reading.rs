//! What reading a body may cost: time that grows with the body and no faster, and memory that is a
//! small multiple of it, whatever stands in the body.

mod bodies;
mod contexts;
mod snippets;

use std::process::Command;

use newsvigil::core::feed::discover::{Page, candidates};
use newsvigil::core::feed::{self, MEMORY_FACTOR, ParseContext, opml};
use url::Url;

use contexts::{CONTEXTS, Context};
use snippets::SNIPPETS;

/// Reads a body as the service does, up to the point where watches are matched.
fn read(body: &[u8]) -> Option<usize> {
    let base = Url::parse("https://outlet.example/news/feed.xml").expect("an address");
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let feed = feed::parse(body, &context).ok()?;
    let (hashes, documents): (Vec<_>, Vec<_>) = feed
        .entries
        .iter()
        .map(|entry| feed::to_document(entry, feed.language.as_deref(), "outlet"))
        .map(|document| (feed::document_hash(&document), document))
        .unzip();
    Some(feed::deduplicate(&feed.entries, &hashes).len() + documents.len())
}

/// Looks through a page or a list, as `feed add` and `feed import` do.
fn look_through(page: &str) {
    let address = Url::parse("https://outlet.example/news/").expect("an address");
    let _ = candidates(&Page {
        body: page.as_bytes(),
        content_type: None,
        link: Some(page),
        address: &address,
    });
    let _ = opml::write("feeds", &opml::read(page.as_bytes()).0);
}

/// Seconds of processor time that this thread has had: what others do meanwhile does not count.
fn processor_seconds() -> f64 {
    const NANOSECOND: f64 = 1e-9;
    let figures = std::fs::read_to_string("/proc/thread-self/schedstat").expect("the figures");
    let first = figures.split(' ').next().expect("a figure");
    first.parse::<f64>().expect("a number") * NANOSECOND
}

fn seconds_for(context: &Context, snippet: &str, bytes: usize) -> f64 {
    let body = context.body(&snippet.repeat(bytes / snippet.len() + 1));
    let before = processor_seconds();
    if context.is_page {
        look_through(&body);
    } else {
        read(body.as_bytes());
    }
    processor_seconds() - before
}

/// That a snippet takes less than three times as long when it stands there twice as often. What takes
/// next to no time is not judged, for the clock is a coarse one.
fn check_growth(context: &Context, snippet: &str, bytes: usize) -> Result<(), String> {
    const NO_TIME: f64 = 0.2;
    const LONG_ENOUGH: f64 = 0.4;
    if seconds_for(context, snippet, 2 * bytes) < NO_TIME {
        return Ok(());
    }
    let mut bytes = bytes;
    let mut twice = 0.0;
    while twice < LONG_ENOUGH {
        bytes *= 2;
        twice = seconds_for(context, snippet, 2 * bytes);
    }
    let mut once = seconds_for(context, snippet, bytes);
    for _ in 0..3 {
        if twice < 3.0 * once {
            return Ok(());
        }
        once = once.min(seconds_for(context, snippet, bytes));
        twice = twice.min(seconds_for(context, snippet, 2 * bytes));
    }
    Err(format!(
        "{snippet:?} in {}: {once:.2} s for {bytes} bytes, {twice:.2} s for twice as many",
        context.name
    ))
}

/// Checks one of two halves, so that two processors share the work.
fn check_half(half: usize) {
    let begun = processor_seconds();
    let mut wrong = Vec::new();
    for (number, snippet) in SNIPPETS.iter().enumerate() {
        for (place, context) in CONTEXTS.iter().enumerate() {
            if number % 2 == half {
                // Small bodies everywhere, and large ones in turn.
                let is_turn = number / 2 % CONTEXTS.len() == place;
                let bytes = if is_turn { 32 << 10 } else { 4 << 10 };
                wrong.extend(check_growth(context, snippet, bytes).err());
            }
        }
    }
    eprintln!("{:.1} s of processor time", processor_seconds() - begun);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn time_grows_with_the_body_and_no_faster() {
    check_half(0);
}

#[test]
fn time_grows_with_the_body_and_no_faster_for_the_other_snippets() {
    check_half(1);
}

#[test]
fn megabytes_of_anything_are_read_in_time() {
    // Without optimization this takes many times as long.
    let (bytes, budget) = if cfg!(debug_assertions) {
        (2 << 20, 15.0)
    } else {
        (8 << 20, 4.0)
    };
    for (name, body) in bodies::slow(bytes) {
        let before = processor_seconds();
        read(&body);
        let taken = processor_seconds() - before;
        eprintln!("{name}: {taken:.2} s");
        assert!(taken < budget, "{name}: {taken:.2} s");
    }
}

/// Kilobytes of memory that this process had at its worst.
fn peak_kilobytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("the figures");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let figure = line.and_then(|line| line.split_whitespace().nth(1));
    figure.expect("a figure").parse().expect("a number")
}

/// Where a process of its own finds the body that it shall read.
const BODY: &str = "NEWSVIGIL_TEST_BODY";

#[test]
fn memory_is_a_small_multiple_of_the_body() {
    // What ten thousand entries take that say nothing.
    const ENTRIES_KILOBYTES: usize = 8 << 10;
    if let Some(path) = std::env::var_os(BODY) {
        let body = std::fs::read(path).expect("the body");
        // The libraries take some at their first use.
        read(b"<rss><channel><item><title>A &amp; b</title></item></channel></rss>");
        let before = peak_kilobytes();
        read(&body);
        let grown = peak_kilobytes() - before + body.len() / 1024;
        println!("took {grown} KiB");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    for (name, body) in bodies::large() {
        let path = folder.path().join(name);
        std::fs::write(&path, &body).expect("a file");
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program)
            .args(["--exact", "--nocapture"])
            .arg("reading::memory_is_a_small_multiple_of_the_body")
            .env(BODY, &path)
            .output()
            .expect("a process");
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        let taken = output.split_once("took ").and_then(|(_, rest)| {
            let (figure, _) = rest.split_once(' ')?;
            figure.parse::<usize>().ok()
        });
        let taken = taken.unwrap_or_else(|| panic!("{name}: {output}"));
        let most = ENTRIES_KILOBYTES + MEMORY_FACTOR * body.len() / 1024;
        eprintln!("{name}: {} bytes, {taken} KiB of {most}", body.len());
        if taken > most {
            wrong.push(format!("{name}: {taken} KiB are more than {most}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
