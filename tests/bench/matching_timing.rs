//! Times sets of watches on documents, in turn on one core.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use newsvigil::core::document::Document;
use newsvigil::core::watch::{Scratch, WatchSet, WatchSpec};

/// Times that each row is measured; the median is printed, and the least beside it.
pub const TRIALS: usize = 9;

/// A set of watches to be measured.
pub struct Row {
    pub name: String,
    pub set: Arc<WatchSet>,
}

impl Row {
    pub fn new(name: &str, specs: &[WatchSpec]) -> Self {
        Self {
            name: name.to_owned(),
            set: Arc::new(WatchSet::compile(specs)),
        }
    }
}

/// What was measured of a row.
pub struct Measured {
    /// Microseconds a document.
    pub time: f64,
    /// Matches a document.
    pub matches: f64,
}

/// Time that this thread has run, where the system tells it, so that neighbours do not count.
fn thread_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(
        || SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default(),
        Duration::from_nanos,
    )
}

/// What some work takes.
pub fn timed(mut work: impl FnMut()) -> Duration {
    // The system brings its figure up to date when a thread gives up the processor.
    std::thread::yield_now();
    let began = thread_time();
    work();
    std::thread::yield_now();
    thread_time().saturating_sub(began)
}

/// Median and least, in seconds.
pub fn summary(times: &[Duration]) -> (f64, f64) {
    let mut times = times.to_vec();
    times.sort_unstable();
    let seconds = |time: Option<&Duration>| time.map_or(0.0, Duration::as_secs_f64);
    (seconds(times.get(times.len() / 2)), seconds(times.first()))
}

/// Measures the rows in turn, and prints what it measured.
pub fn measure(rows: &[Row], documents: &[Document]) -> Vec<Measured> {
    let count = documents.len() as f64;
    println!(
        "{} documents of {} bytes; {TRIALS} trials, one core",
        documents.len(),
        mean_bytes(documents)
    );
    let mut scratches: Vec<Scratch> = rows.iter().map(|_| Scratch::default()).collect();
    let mut times = vec![Vec::new(); rows.len()];
    let mut matches = vec![0; rows.len()];
    for trial in 0..=TRIALS {
        for (number, row) in rows.iter().enumerate() {
            let mut found = 0;
            let time = timed(|| {
                for document in documents {
                    let scratch = &mut scratches[number];
                    found += black_box(row.set.matches(document, scratch)).len();
                }
            });
            matches[number] = found;
            // The first trial warms up.
            if trial > 0 {
                times[number].push(time);
            }
        }
    }
    let rows = rows.iter().zip(times).zip(matches);
    rows.map(|((row, times), matches)| {
        let (median, least) = summary(&times);
        let time = median * 1e6 / count;
        let matches = f64::from(u32::try_from(matches).unwrap_or(u32::MAX)) / count;
        println!(
            "  {:24} {time:8.2} us a document (least {:8.2})  {:7.0} documents/s  {:6.2} ns a byte  \
             {matches:7.2} matches a document",
            row.name,
            least * 1e6 / count,
            1e6 / time,
            time * 1e3 / mean_bytes(documents) as f64,
        );
        Measured { time, matches }
    })
    .collect()
}

fn bytes(document: &Document) -> usize {
    document.title.len() + document.summary.len() + document.text.len()
}

fn mean_bytes(documents: &[Document]) -> usize {
    documents.iter().map(bytes).sum::<usize>() / documents.len().max(1)
}
