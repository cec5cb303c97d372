//! Connections that only read, for whoever asks beside the service. Polls never wait for them, and no question
//! keeps one for long.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::ErrorCode;
use tokio::sync::{mpsc, oneshot};

use super::writer_thread::identity;
use super::{Connection, StoreError};

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
pub struct ReaderPool {
    jobs: mpsc::Sender<Job>,
}

impl ReaderPool {
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
        let asker = CancelOnDrop::default();
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
struct CancelOnDrop {
    gone: Arc<AtomicBool>,
}

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.gone.store(true, Ordering::Relaxed);
    }
}

/// When the question at hand ends.
struct QueryDeadline {
    at: Instant,
    gone: Arc<AtomicBool>,
}

impl QueryDeadline {
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
    end: Arc<Mutex<Option<QueryDeadline>>>,
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
        self.set_end(Some(QueryDeadline {
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
            StoreError::Statement(error)
                if error.0.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) =>
            {
                StoreError::TooLong { time }
            }
            other => other.at(&path),
        });
        if done.as_ref().is_err_and(StoreError::affects_all_calls) {
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
        connection
            .sqlite
            .set_prepared_statement_cache_capacity(STATEMENTS);
        let end = Arc::clone(&self.end);
        connection.sqlite.progress_handler(
            INSTRUCTIONS,
            Some(move || {
                let end = end.lock().unwrap_or_else(PoisonError::into_inner);
                end.as_ref().is_some_and(QueryDeadline::is_here)
            }),
        )?;
        Ok(connection)
    }

    fn set_end(&self, end: Option<QueryDeadline>) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = end;
    }
}

#[cfg(test)]
mod tests;
