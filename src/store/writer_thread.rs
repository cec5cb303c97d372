//! The thread that owns the database, and the handle by which asynchronous code reaches it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};

use super::write_failures::WriteFailureFile;
use super::{Connection, StoreError};

/// Calls waiting for the database; more make their callers wait.
const WAITING_CALLS: usize = 64;

/// A call, on the connection or on the lack of one; it gives how it ended, and the answer to be sent.
type Job = Box<dyn FnOnce(Result<&mut Connection, StoreError>) -> (CallOutcome, Answer) + Send>;
type Answer = Box<dyn FnOnce()>;

/// What a call means for the connection.
enum CallOutcome {
    Succeeded,
    /// The trouble is the caller's.
    Failed,
    /// The database takes nothing, for this reason; the connection may be used again.
    Refused(String),
    /// What became of the last writes is unknown: only opening the files anew tells.
    OutcomeUnknown(String),
    /// Nothing can be done with this database any more.
    Lost(UnrecoverableCause),
}

impl CallOutcome {
    fn by(error: &StoreError) -> Self {
        match error {
            StoreError::Io { .. } | StoreError::ReadOnly { .. } => {
                Self::OutcomeUnknown(error.to_string())
            }
            StoreError::Locked { .. } | StoreError::Full { .. } => Self::Refused(error.to_string()),
            StoreError::Damaged { reason, .. } => {
                Self::Lost(UnrecoverableCause::Damaged(reason.clone()))
            }
            StoreError::Replaced { .. } => Self::Lost(UnrecoverableCause::Replaced),
            _ => Self::Failed,
        }
    }
}

/// Why nothing can be done with a database until the program is started again.
#[derive(Clone, Debug)]
enum UnrecoverableCause {
    /// It is damaged, as SQLite says.
    Damaged(String),
    /// The file at our path is not the one that was opened, or there is none.
    Replaced,
}

impl UnrecoverableCause {
    fn error(&self, path: &Path) -> StoreError {
        let path = path.to_owned();
        match self {
            Self::Damaged(reason) => StoreError::Damaged {
                path,
                reason: reason.clone(),
            },
            Self::Replaced => StoreError::Replaced { path },
        }
    }
}

/// How the database is, for whoever does not call.
#[derive(Clone, Debug)]
enum DatabaseHealth {
    Fine,
    /// For this reason it takes nothing; that may pass.
    Trouble(String),
    Lost(UnrecoverableCause),
}

/// A handle to the database, cheap to clone. The thread ends when the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    jobs: mpsc::Sender<Job>,
    condition: watch::Receiver<DatabaseHealth>,
}

impl Store {
    /// Opens the database and gives it a thread of its own.
    pub fn start(path: &Path) -> Result<Self, StoreError> {
        let (telling, condition) = watch::channel(DatabaseHealth::Fine);
        let mut owner = WriterState {
            database: Database::Open(super::open(path)?),
            file: identity(path),
            trouble: WriteFailureFile::open(path.parent().unwrap_or(Path::new("."))),
            path: path.to_owned(),
            condition: telling,
        };
        let (jobs, mut waiting) = mpsc::channel::<Job>(WAITING_CALLS);
        std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || {
                while let Some(job) = waiting.blocking_recv() {
                    owner.work(job);
                }
            })
            .map_err(|reason| StoreError::StateFolder {
                path: path.to_owned(),
                reason,
            })?;
        Ok(Self {
            path: path.to_owned(),
            jobs,
            condition,
        })
    }

    /// What is wrong with the database, in a sentence that reads alone, while it lasts.
    pub fn trouble(&self) -> Option<String> {
        match &*self.condition.borrow() {
            DatabaseHealth::Fine => None,
            DatabaseHealth::Trouble(reason) => Some(reason.clone()),
            DatabaseHealth::Lost(loss) => Some(loss.error(&self.path).to_string()),
        }
    }

    /// Waits until nothing can be done with the database any more before the program is started
    /// again, because it is damaged or was exchanged, and gives why.
    pub async fn lost(&self) -> StoreError {
        let mut condition = self.condition.clone();
        let lost = condition.wait_for(|condition| matches!(condition, DatabaseHealth::Lost(_)));
        match lost.await.as_deref() {
            Ok(DatabaseHealth::Lost(loss)) => loss.error(&self.path),
            _ => StoreError::Stopped,
        }
    }

    /// Whether the thread takes calls, whatever comes of them.
    pub async fn answers(&self) -> bool {
        !matches!(self.call(|_| Ok(())).await, Err(StoreError::Stopped))
    }

    /// Runs `work` on the database's thread, after the calls before it.
    ///
    /// Once taken up it runs to its end, even if the caller goes away: a transaction is never left
    /// half done. After a fault of the disk the database is opened anew for the next call, so that
    /// what that one reads is what the disk has.
    pub async fn call<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        let path = self.path.clone();
        let job: Job = Box::new(move |connection| {
            let done = connection.and_then(work).map_err(|error| error.at(&path));
            let ended = done
                .as_ref()
                .err()
                .map_or(CallOutcome::Succeeded, CallOutcome::by);
            let answer = move || {
                // The caller may have gone; what was done stays done.
                let _ = answer.send(done);
            };
            (ended, Box::new(answer) as Answer)
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Stopped)?;
        result.await.map_err(|_| StoreError::Stopped)?
    }
}

/// What the thread has.
struct WriterState {
    path: PathBuf,
    database: Database,
    /// Which file was opened.
    file: Option<(u64, u64)>,
    trouble: WriteFailureFile,
    condition: watch::Sender<DatabaseHealth>,
}

enum Database {
    Open(Connection),
    Closed,
    /// For good: no write that happens to succeed shows that it is over.
    Lost(UnrecoverableCause),
}

/// A commit that changes nothing, without waiting for others: whoever called waits for this.
fn write_nothing(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.sqlite.busy_timeout(Duration::ZERO)?;
    let written = connection
        .pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
        .and_then(|version| connection.pragma_update(None, "user_version", version));
    connection.sqlite.busy_timeout(super::BUSY_TIMEOUT)?;
    written
}

/// What tells a file from others, whatever their names.
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

impl WriterState {
    fn work(&mut self, job: Job) {
        let (ended, answer) = match self.connection() {
            Ok(connection) => job(Ok(connection)),
            Err(error) => job(Err(error)),
        };
        match ended {
            CallOutcome::Succeeded if self.trouble.lasts() => self.see_whether_it_is_over(),
            CallOutcome::Succeeded | CallOutcome::Failed => {}
            CallOutcome::Refused(reason) => self.log_failure(&reason),
            CallOutcome::OutcomeUnknown(reason) => {
                self.log_failure(&reason);
                self.database = Database::Closed;
            }
            CallOutcome::Lost(loss) => self.lose(loss),
        }
        // Last, so that whoever hears of trouble finds it in `status` as well.
        answer();
    }

    fn connection(&mut self) -> Result<&mut Connection, StoreError> {
        if !matches!(self.database, Database::Lost(_)) && identity(&self.path) != self.file {
            self.lose(UnrecoverableCause::Replaced);
        }
        if matches!(self.database, Database::Closed) {
            self.database = Database::Open(super::open_existing(&self.path)?);
        }
        match &mut self.database {
            Database::Open(connection) => Ok(connection),
            Database::Lost(loss) => Err(loss.error(&self.path)),
            Database::Closed => Err(StoreError::Stopped),
        }
    }

    fn log_failure(&mut self, reason: &str) {
        if self.trouble.begin(reason) {
            tracing::error!("{reason}");
            let trouble = DatabaseHealth::Trouble(reason.to_owned());
            self.condition.send_replace(trouble);
        }
    }

    fn lose(&mut self, loss: UnrecoverableCause) {
        if matches!(self.database, Database::Lost(_)) {
            return;
        }
        let lost = Database::Lost(loss.clone());
        if let Database::Open(connection) = std::mem::replace(&mut self.database, lost) {
            // Closing it would write the log into a damaged file, or remove the log of another
            // database that stands there now, by its name.
            std::mem::forget(connection);
        }
        self.log_failure(&loss.error(&self.path).to_string());
        self.condition.send_replace(DatabaseHealth::Lost(loss));
    }

    /// Reading may work all the time; only a commit shows that the database takes writes again.
    fn see_whether_it_is_over(&mut self) {
        let Ok(connection) = self.connection() else {
            return;
        };
        match write_nothing(connection) {
            Ok(()) => {
                self.trouble.end();
                self.condition.send_replace(DatabaseHealth::Fine);
                tracing::info!("the database {} takes writes again", self.path.display());
            }
            Err(error) => match CallOutcome::by(&StoreError::from(error).at(&self.path)) {
                CallOutcome::OutcomeUnknown(_) => self.database = Database::Closed,
                CallOutcome::Lost(loss) => self.lose(loss),
                CallOutcome::Succeeded | CallOutcome::Failed | CallOutcome::Refused(_) => {}
            },
        }
    }
}

#[cfg(test)]
mod tests;
