use super::*;
use crate::store;

const ENDLESS: &str =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

fn one(connection: &Connection, sql: &str) -> Result<i64, StoreError> {
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

fn readers(threads: usize) -> (tempfile::TempDir, ReaderPool) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(store::FILE_NAME);
    store::open(&path).unwrap();
    let readers = ReaderPool::start(&path, threads).unwrap();
    (folder, readers)
}

// POSIX: to close a file gives up all locks that the process has on it. Without them, whatever else opens and closes
// the database takes its log away, and with that all that is written later.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_locks_of_whoever_writes_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    let path = path.join(store::FILE_NAME);
    let writing = store::open(&path).unwrap();
    one(&writing, "SELECT count(*) FROM hit").unwrap();
    // Of all descriptors of the file. Not of /proc/locks, which names all locks of the machine, in parts: one may be
    // missing there while others come and go.
    let locks = || {
        let descriptors = std::fs::read_dir("/proc/self/fd").unwrap();
        let locks = |descriptor: std::io::Result<std::fs::DirEntry>| {
            let descriptor = descriptor.unwrap();
            let ours = std::fs::read_link(descriptor.path()).is_ok_and(|file| file == path);
            let about = Path::new("/proc/self/fdinfo").join(descriptor.file_name());
            ours.then(|| {
                std::fs::read_to_string(about)
                    .unwrap()
                    .matches("lock:")
                    .count()
            })
        };
        descriptors.filter_map(locks).sum::<usize>()
    };
    assert_eq!(locks(), 1);
    let readers = ReaderPool::start(&path, 2).unwrap();
    let read = readers.call(|connection| one(connection, "SELECT count(*) FROM hit"));
    assert_eq!((read.await.unwrap(), locks()), (0, 1));
}

#[tokio::test]
async fn what_takes_too_long_is_ended_and_said_so() {
    let (_folder, readers) = readers(1);
    let brief = Duration::from_millis(20);
    let ended = readers.call_within(brief, |connection| one(connection, ENDLESS));
    assert!(matches!(ended.await, Err(StoreError::TooLong { time }) if time == brief));
    let next = readers.call(|connection| one(connection, "SELECT 7"));
    assert_eq!(next.await.unwrap(), 7, "the connection serves the next");
}

#[tokio::test]
async fn nothing_is_read_for_somebody_who_has_gone() {
    let (_folder, readers) = readers(1);
    let long = Duration::from_mins(10);
    let asked = readers.call_within(long, |connection| one(connection, ENDLESS));
    assert!(
        tokio::time::timeout(Duration::from_millis(50), asked)
            .await
            .is_err()
    );
    let next = readers.call(|connection| one(connection, "SELECT 7"));
    assert_eq!(next.await.unwrap(), 7);
}

#[tokio::test]
async fn what_is_kept_for_the_next_is_read_to_its_end() {
    let (_folder, readers) = readers(1);
    let kept = Arc::new(AtomicBool::new(false));
    let keep = Arc::clone(&kept);
    let asked = readers.call_to_end(Duration::from_mins(1), move |connection| {
        std::thread::sleep(Duration::from_millis(200));
        one(connection, "SELECT count(*) FROM mute")?;
        keep.store(true, Ordering::Relaxed);
        Ok(())
    });
    let brief = Duration::from_millis(20);
    assert!(tokio::time::timeout(brief, asked).await.is_err());
    let next = readers.call(|connection| one(connection, "SELECT 7"));
    assert_eq!(next.await.unwrap(), 7);
    assert!(kept.load(Ordering::Relaxed));
}

#[tokio::test]
async fn a_long_question_keeps_one_connection_only() {
    let (_folder, readers) = readers(2);
    let other = readers.clone();
    let long = tokio::spawn(async move {
        let long = Duration::from_mins(10);
        let _ = other
            .call_within(long, |connection| one(connection, ENDLESS))
            .await;
    });
    for _ in 0..20 {
        let next = readers.call(|connection| one(connection, "SELECT 7"));
        assert_eq!(next.await.unwrap(), 7);
    }
    long.abort();
}

#[tokio::test]
async fn what_is_read_is_of_one_moment_and_writes_are_refused() {
    let (folder, readers) = readers(1);
    let path = folder.path().join(store::FILE_NAME);
    let (before, after) = readers
        .call(move |connection| {
            let count = |connection: &Connection| one(connection, "SELECT count(*) FROM mute");
            let before = count(connection)?;
            rusqlite::Connection::open(&path)?.execute(
                "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES ('w', 'r', 0, 0)",
                [],
            )?;
            Ok((before, count(connection)?))
        })
        .await
        .unwrap();
    assert_eq!((before, after), (0, 0));
    let now = readers.call(|connection| one(connection, "SELECT count(*) FROM mute"));
    assert_eq!(now.await.unwrap(), 1);
    let written = readers.call(|connection| Ok(connection.execute("DELETE FROM mute", [])?));
    assert!(written.await.is_err());
}

#[tokio::test]
async fn a_database_that_was_put_in_place_of_another_is_read() {
    let (folder, readers) = readers(1);
    let path = folder.path().join(store::FILE_NAME);
    let count = |connection: &Connection| one(connection, "SELECT count(*) FROM mute");
    assert_eq!(readers.call(count).await.unwrap(), 0);
    for file in std::fs::read_dir(folder.path()).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    assert!(readers.call(count).await.is_err(), "there is none");
    let new = store::open(&path).unwrap();
    new.execute(
        "INSERT INTO mute (watch_id, reason, begins_at, ends_at) VALUES ('w', 'r', 0, 0)",
        [],
    )
    .unwrap();
    assert_eq!(readers.call(count).await.unwrap(), 1);
}

#[tokio::test]
async fn a_question_that_fails_inside_the_program_ends_no_reader() {
    let (_folder, readers) = readers(1);
    for _ in 0..2 {
        let failed = readers
            .call(|_| -> Result<(), StoreError> { panic!("as a test wants it") })
            .await;
        assert!(matches!(failed, Err(StoreError::Stopped)), "{failed:?}");
    }
    let mutes = readers.call(|connection| one(connection, "SELECT count(*) FROM mute"));
    assert_eq!(mutes.await.unwrap(), 0);
}
