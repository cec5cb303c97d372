//! The program under measurement, in a process of its own, driven by lines on standard input.

use std::fs;
use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;
use newsvigil::config;
use newsvigil::daemon::{self, PollReport, Selection, ServiceContext};
use newsvigil::store::{FILE_NAME, Store};
use serde_json::json;

/// Clock ticks a second of the times in `/proc`.
const TICKS: f64 = 100.0;

/// Processor time of a process so far, in seconds.
pub fn cpu_of(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |at: usize| -> f64 {
        fields
            .get(at)
            .and_then(|field| field.parse().ok())
            .unwrap_or(0.0)
    };
    (ticks(11) + ticks(12)) / TICKS
}

/// A figure of `/proc/PROCESS/status`, in bytes.
pub fn memory_of(process: u32, name: &str) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|rest| rest.trim().strip_suffix(" kB"));
    kilobytes
        .and_then(|text| text.trim().parse::<f64>().ok())
        .unwrap_or(0.0)
        * 1024.0
}

/// Answers `open`, `poll`, `poll GOOD`, `size` and `memory`.
pub fn serve(folder: &Path) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let mut world = None;
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let cpu = cpu_of(std::process::id());
        let began = Instant::now();
        let mut more = Vec::new();
        match line.split_once(' ').unwrap_or((&line, "")) {
            ("open", _) => world = Some(open(folder)),
            ("poll", good) => {
                let good = good.parse().unwrap_or(u64::MAX);
                let world = world.as_ref().expect("an open world");
                more = runtime.block_on(poll(world, good));
            }
            ("size", _) => more = size(folder),
            _ => {}
        }
        let seconds = began.elapsed().as_secs_f64();
        let id = std::process::id();
        more.push(("peak", memory_of(id, "VmHWM:")));
        more.push(("resident", memory_of(id, "VmRSS:")));
        println!("{}", told(seconds, cpu_of(id) - cpu, &more));
    }
}

/// What the folder configures, with its database.
pub fn open(folder: &Path) -> ServiceContext {
    let (config_folder, state_folder) = folders(folder);
    let (config, _warnings) = config::load(&config_folder)
        .unwrap_or_else(|problems| panic!("{}", problems.render(config::Styling::Plain)));
    let render_options = daemon::render_options(&config, None).expect("no signature");
    ServiceContext {
        fetcher: daemon::fetcher(&config.fetch).expect("a fetcher"),
        config: Arc::new(config),
        store: Store::start(&state_folder.join(FILE_NAME)).expect("a database"),
        render_options: Arc::new(render_options),
        body_memory: Arc::default(),
        stories: Arc::default(),
        state_folder,
        clock: Arc::new(Timestamp::now),
        metrics: Arc::new(newsvigil::daemon::ProcessMetrics::new(Timestamp::now())),
    }
}

/// Polls everything; also tells when so many feeds had been read without a failure.
async fn poll(world: &ServiceContext, good: u64) -> Vec<(&'static str, f64)> {
    let began = Instant::now();
    let due = daemon::due_feeds(world, Selection::All)
        .await
        .expect("the states");
    let states = began.elapsed().as_secs_f64();
    let mut good_seconds = 0.0;
    let report = daemon::poll(world, due.feeds, &mut |report: &PollReport| {
        if good_seconds == 0.0 && report.polled - report.failures.len() as u64 >= good {
            good_seconds = began.elapsed().as_secs_f64();
        }
    })
    .await;
    assert!(report.not_stored.is_empty(), "{:?}", report.not_stored);
    vec![
        ("states_seconds", states),
        ("good_seconds", good_seconds),
        ("polled", report.polled as f64),
        ("failed", report.failures.len() as f64),
        ("new", report.counts.entries_new as f64),
        ("hits", report.counts.hits as f64),
    ]
}

/// Bytes of the database, its log included, and of the text of the items in it.
pub fn size(folder: &Path) -> Vec<(&'static str, f64)> {
    let database = folders(folder).1.join(FILE_NAME);
    let connection = rusqlite::Connection::open(&database).expect("the database");
    // What lies in the log belongs to the database.
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .expect("a checkpoint");
    let text: i64 = connection
        .query_row(
            "SELECT sum(octet_length(title) + octet_length(summary) + octet_length(text)) FROM entry",
            [],
            |row| row.get(0),
        )
        .expect("the items");
    let bytes = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    vec![("database", bytes(&database) as f64), ("text", text as f64)]
}

/// What a helper answers about a poll.
pub fn told(seconds: f64, cpu: f64, more: &[(&str, f64)]) -> String {
    let mut line = json!({"seconds": seconds, "cpu": cpu});
    for (name, value) in more {
        line[*name] = json!(value);
    }
    line.to_string()
}

/// The folder's configuration and state.
pub fn folders(folder: &Path) -> (PathBuf, PathBuf) {
    (folder.join("config"), folder.join("state"))
}
