//! What it takes to compose a digest of all that is owed after a bad time: `cargo bench --bench pending`.
//!
//! A million hits of a million items are put into a database by SQL, and a digest is composed of them in
//! a process of its own: its time until the mail is in the outbox, and its greatest memory. Then ten thousand, of
//! which four each are one story.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use jiff::Timestamp;
use newsvigil::config;
use newsvigil::daemon::{AlertPacing, compose_all};
use newsvigil::mail::RenderOptions;
use newsvigil::store;

const TRIALS: usize = 5;
const GOAL_MIB: f64 = 100.0;
/// Hits that are owed, items of one story, and the seconds in which they are to be composed.
const TASKS: [(u32, u32, f64); 2] = [(1_000_000, 0, 2.0), (10_000, 4, 1.0)];
/// Names the folder to the process that composes.
const FOLDER: &str = "NEWSVIGIL_BENCH_OWED";

fn main() -> ExitCode {
    // Cargo asks every target for its tests; there are none here.
    if std::env::args().any(|argument| argument == "--list" || argument == "--test") {
        return ExitCode::SUCCESS;
    }
    if let Some(folder) = std::env::var_os(FOLDER) {
        compose(Path::new(&folder));
        return ExitCode::SUCCESS;
    }
    let mut arguments = std::env::args().skip(1);
    let only = arguments.find_map(|argument| argument.parse().ok());
    let tasks = TASKS.into_iter();
    let mut tasks = tasks.filter(|(hits, ..)| only.is_none_or(|only: u32| only == *hits));
    if tasks.all(measure) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Composes so many hits again and again; gives whether that is fast and small enough.
fn measure((hits, in_story, goal): (u32, u32, f64)) -> bool {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    prepare(folder.path(), hits, in_story);
    let mut figures = Vec::new();
    for _ in 0..TRIALS {
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program)
            .env(FOLDER, folder.path())
            .output()
            .expect("a process");
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).expect("text");
        let trial = text.split_whitespace().map(str::parse);
        let trial: Vec<f64> = trial.collect::<Result<_, _>>().expect("figures");
        figures.push(trial);
    }
    let sorted = |figure: usize| {
        let mut values: Vec<f64> = figures.iter().map(|trial| trial[figure]).collect();
        values.sort_by(f64::total_cmp);
        (values[TRIALS / 2], values[TRIALS - 1])
    };
    let ((wall, worst), (cpu, worst_cpu), (_, most)) = (sorted(0), sorted(1), sorted(2));
    println!("a digest of {hits} owed hits, {in_story} in a story, {TRIALS} trials");
    println!("  time: median {wall:.2} s, worst {worst:.2} s (goal {goal} s)");
    println!("  of the processor: median {cpu:.2} s, worst {worst_cpu:.2} s");
    println!("  greatest memory of the process: {most} MiB (goal {GOAL_MIB} MiB)");
    wall < goal && most < GOAL_MIB
}

/// `in_story`: of so many items each a story is made; 0: none.
fn prepare(folder: &Path, hits: u32, in_story: u32) {
    std::fs::write(
        folder.join("newsvigil.toml"),
        "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
    )
    .expect("a file");
    std::fs::write(
        folder.join("feeds.toml"),
        "[[feed]]\nid = \"outlet\"\nurl = \"https://outlet.example/feed\"\n",
    )
    .expect("a file");
    std::fs::create_dir(folder.join("watches")).expect("a folder");
    std::fs::write(
        folder.join("watches/force.toml"),
        "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'force'\nrecipients = [\"desk\"]\n",
    )
    .expect("a file");
    let path = folder.join(store::FILE_NAME);
    store::open(&path).expect("a database");
    rusqlite::Connection::open(path)
        .expect("the same")
        .execute_batch(&format!(
            "BEGIN;
             WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299)
             INSERT INTO feed (id, url, title, state, next_poll_at)
             SELECT 'feed-' || i, 'https://outlet.example/' || i, 'Outlet ' || i, '{{}}', 0 FROM n;
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {hits})
             INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author,
                                categories, link, published_at, first_seen_at, last_seen_at, backlog)
             SELECT i, 'feed-' || (i * 7919 % 300), i, 0, i, 'Police used force, case ' || i,
                    'A summary of some length, as feeds give them, with force in it.', '', '', '[]',
                    'https://outlet.example/' || i, 1790000000 + i, 1790000000, 1790000000, 0 FROM n;
             INSERT INTO hit (id, entry_id, revision, watch_id, watch_title, topic, watch_version,
                              program_version, score, spans, found_at)
             SELECT id, id, 0, 'force', 'Force', 'topic ' || (id % 12), '1', '0', id * 31 % 9,
                    '[{{\"field\":\"title\",\"start\":12,\"end\":17,\"term\":\"force\"}}]', 1790000000
             FROM entry;
             INSERT INTO delivery (hit_id, recipient_id, urgency) SELECT id, 'desk', 'digest' FROM hit;
             INSERT INTO story (id, began_at, last_at)
             SELECT id, 1790000000, 1790000000 FROM entry WHERE {in_story} > 0 AND (id - 1) % max(1, {in_story}) = 0;
             INSERT INTO story_item (entry_id, revision, story_id, relation, sure, outlet, why, reported_at, seen_at,
                                     placed_at)
             SELECT id, 0, id - (id - 1) % {in_story}, 'same event', 1, feed_id, '', published_at, published_at,
                    published_at
             FROM entry WHERE {in_story} > 0;
             COMMIT;
             PRAGMA wal_checkpoint(TRUNCATE);"
        ))
        .expect("stored");
}

/// Composes and prints seconds, those of the processor, and MiB; what was composed is taken back, for the next trial.
fn compose(folder: &Path) {
    let Ok((config, _)) = config::load(folder) else {
        panic!("the configuration is refused")
    };
    let mut connection = store::open(&folder.join(store::FILE_NAME)).expect("a database");
    let options = RenderOptions::new("newsvigil@example.org");
    let now: Timestamp = "2026-11-24T12:30:00Z".parse().expect("a time");
    let (began, busy) = (Instant::now(), processor_seconds());
    let report = compose_all(
        &mut connection,
        &config,
        &options,
        AlertPacing::Grouped,
        now,
    );
    let seconds = began.elapsed().as_secs_f64();
    let busy = processor_seconds() - busy;
    assert_eq!(report.expect("composed").messages, 1);
    let status = std::fs::read_to_string("/proc/self/status").expect("the process");
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().split(' ').next())
        .and_then(|kib| kib.parse::<u64>().ok());
    println!("{seconds} {busy} {}", peak.expect("a figure") / 1024);
    rusqlite::Connection::open(connection.path())
        .expect("the same")
        .execute_batch(
            "UPDATE delivery SET digest_id = NULL WHERE digest_id IS NOT NULL;
             DELETE FROM message; DELETE FROM outbox; DELETE FROM recipient;
             PRAGMA wal_checkpoint(TRUNCATE);",
        )
        .expect("taken back");
}

/// What this process has had of the processor, from fields 14 and 15 of `/proc/self/stat` (proc(5)),
/// which count hundredths of a second.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("the process");
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / 100.0
}
