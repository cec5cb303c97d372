//! Connections that only read, for whoever asks beside the service. Polls never wait for them, and no question
//! keeps one for long.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::writer_thread::identity;

/// Questions that wait for a connection; more make their askers wait.
const WAITING: usize = 64;

/// How long a question may take.
pub const READING_AT_MOST: Duration = Duration::from_secs(5);

/// Instructions of SQLite's machine between two looks at the clock: some tenths of a millisecond.
const INSTRUCTIONS: i32 = 4_000;

/// Statements that a connection keeps ready.
const STATEMENTS: usize = 64;

type Job = Box<dyn FnOnce(&mut Reader) + Send>;

/// A handle to the connections, cheap to clone. Their threads end when the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Readers {
    jobs: mpsc::Sender<Job>,
}

impl Readers {
    /// Starts threads with a connection each, which they open when they are asked first.
    pub fn start(path: &Path, threads: usize) -> Result<Self, StoreError> {
        let (jobs, waiting) = mpsc::channel::<Job>(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..threads {
            let waiting = Arc::clone(&waiting);
            let mut reader = Reader::new(path);
            std::thread::Builder::new()
                .name("reader".to_owned())
                .spawn(move || {
                    while let Some(job) = next(&waiting) {
                        // Its asker learns by the answer that never comes.
                        if catch_unwind(AssertUnwindSafe(|| job(&mut reader))).is_err() {
                            tracing::error!("a question to the database failed inside the program");
                            reader.connection = None;
                            reader.set_end(None);
                        }
                    }
                })
                .map_err(|reason| StoreError::StateFolder {
                    path: path.to_owned(),
                    reason,
                })?;
        }
        Ok(Self { jobs })
    }

    /// Runs `work` on a connection, in a transaction, so that all it reads is of one moment. It ends after
    /// [`READING_AT_MOST`] with [`StoreError::TooLong`], and when its asker has gone.
    pub async fn call<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.call_within(READING_AT_MOST, work).await
    }

    /// The same within another time.
    pub async fn call_within<T, F>(&self, time: Duration, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let asker = Asker::default();
        self.ask(time, Arc::clone(&asker.gone), work).await
    }

    /// The same to its end when its asker has gone: for what `work` keeps for the next.
    pub async fn call_to_end<T, F>(&self, time: Duration, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.ask(time, Arc::default(), work).await
    }

    async fn ask<T, F>(
        &self,
        time: Duration,
        gone: Arc<AtomicBool>,
        work: F,
    ) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        let job: Job = Box::new(move |reader| {
            if !gone.load(Ordering::Relaxed) {
                let _ = answer.send(reader.work(time, gone, work));
            }
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Stopped)?;
        result.await.map_err(|_| StoreError::Stopped)?
    }
}

/// One waits for the next, and the others for that one.
fn next(waiting: &Mutex<mpsc::Receiver<Job>>) -> Option<Job> {
    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.blocking_recv()
}

/// Who waits for an answer, which is of no use once this is dropped.
#[derive(Default)]
struct Asker {
    gone: Arc<AtomicBool>,
}

impl Drop for Asker {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::Relaxed);
    }
}

/// When the question at hand ends.
struct End {
    at: Instant,
    gone: Arc<AtomicBool>,
}

impl End {
    fn is_here(&self) -> bool {
        self.gone.load(Ordering::Relaxed) || Instant::now() >= self.at
    }
}

/// What a thread has.
struct Reader {
    path: PathBuf,
    connection: Option<Connection>,
    /// Which file was opened.
    file: Option<(u64, u64)>,
    end: Arc<Mutex<Option<End>>>,
}

impl Reader {
    fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            connection: None,
            file: None,
            end: Arc::default(),
        }
    }

    fn work<T>(
        &mut self,
        time: Duration,
        gone: Arc<AtomicBool>,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.set_end(Some(End {
            at: Instant::now() + time,
            gone,
        }));
        let path = self.path.clone();
        let done = self.connection().and_then(|connection| {
            // Ended when it is dropped.
            let transaction = connection.unchecked_transaction()?;
            work(&transaction)
        });
        self.set_end(None);
        let done = done.map_err(|error| match error {
            StoreError::Sql(error)
                if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) =>
            {
                StoreError::TooLong { time }
            }
            other => other.at(&path),
        });
        if done.as_ref().is_err_and(StoreError::strikes_all) {
            self.connection = None;
        }
        done
    }

    /// The connection; another once another file stands at the path, as after a backup was restored.
    fn connection(&mut self) -> Result<&Connection, StoreError> {
        let file = identity(&self.path);
        if self.file != file {
            self.connection = None;
            self.file = file;
        }
        if self.connection.is_none() {
            self.connection = Some(self.open()?);
        }
        self.connection.as_ref().ok_or(StoreError::Stopped)
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let mut connection =
            super::open_for_reading(&self.path)?.ok_or_else(|| StoreError::Io {
                path: self.path.clone(),
                reason: "nothing is stored yet".to_owned(),
            })?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let end = Arc::clone(&self.end);
        connection.progress_handler(
            INSTRUCTIONS,
            Some(move || {
                let end = end.lock().unwrap_or_else(PoisonError::into_inner);
                end.as_ref().is_some_and(End::is_here)
            }),
        )?;
        Ok(connection)
    }

    fn set_end(&self, end: Option<End>) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;

    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

    fn one(connection: &Connection, sql: &str) -> Result<i64, StoreError> {
        Ok(connection.query_row(sql, [], |row| row.get(0))?)
    }

    fn readers(threads: usize) -> (tempfile::TempDir, Readers) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(store::FILE_NAME);
        store::open(&path).unwrap();
        let readers = Readers::start(&path, threads).unwrap();
        (folder, readers)
    }

    // POSIX: to close a file gives up all locks that the process has on it. Without them, whatever else opens and closes
    // the database takes its log away, and with that all that is written later.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_locks_of_whoever_writes_stay() {
        use std::os::unix::fs::MetadataExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(store::FILE_NAME);
        let writing = store::open(&path).unwrap();
        one(&writing, "SELECT count(*) FROM hit").unwrap();
        let (pid, inode) = (std::process::id(), std::fs::metadata(&path).unwrap().ino());
        let locks = || {
            let locks = std::fs::read_to_string("/proc/locks").unwrap();
            let ours = |line: &&str| {
                let has = |part: &str| line.split_whitespace().any(|word| word.ends_with(part));
                has(&pid.to_string()) && has(&format!(":{inode}"))
            };
            locks.lines().filter(ours).count()
        };
        assert_eq!(locks(), 1);
        let readers = Readers::start(&path, 2).unwrap();
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
                Connection::open(&path)?.execute(
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
}
