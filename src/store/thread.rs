//! The thread that owns the database, and the handle by which asynchronous code reaches it.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::trouble::TroubleFile;

/// Calls waiting for the database; more make their callers wait.
const WAITING_CALLS: usize = 64;

/// A call, on the connection or on the lack of one.
type Job = Box<dyn FnOnce(Result<&mut Connection, StoreError>) -> Ended + Send>;

/// What a call means for the connection.
enum Ended {
    Well,
    /// The trouble is the caller's.
    Badly,
    /// The database takes nothing, for this reason; the connection may be used again.
    Refused(String),
    /// What became of the last writes is unknown: only opening the files anew tells.
    InDoubt(String),
}

impl Ended {
    fn by(error: &StoreError) -> Self {
        match error {
            StoreError::Io { .. } | StoreError::ReadOnly { .. } => Self::InDoubt(error.to_string()),
            StoreError::Locked { .. }
            | StoreError::Full { .. }
            | StoreError::Damaged { .. }
            | StoreError::Replaced { .. } => Self::Refused(error.to_string()),
            _ => Self::Badly,
        }
    }
}

/// A handle to the database, cheap to clone. The thread ends when the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    jobs: mpsc::Sender<Job>,
}

impl Store {
    /// Opens the database and gives it a thread of its own.
    pub fn start(path: &Path) -> Result<Self, StoreError> {
        let mut owner = Owner {
            database: Database::Open(super::open(path)?),
            file: identity(path),
            trouble: TroubleFile::open(path.parent().unwrap_or(Path::new("."))),
            path: path.to_owned(),
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
        })
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
            let ended = done.as_ref().err().map_or(Ended::Well, Ended::by);
            // The caller may have gone; what was done stays done.
            let _ = answer.send(done);
            ended
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Stopped)?;
        result.await.map_err(|_| StoreError::Stopped)?
    }
}

/// What the thread has.
struct Owner {
    path: PathBuf,
    database: Database,
    /// Which file was opened.
    file: Option<(u64, u64)>,
    trouble: TroubleFile,
}

enum Database {
    Open(Connection),
    Closed,
    /// The file at our path is not the one that was opened, or there is none.
    Replaced,
}

/// What tells a file from others, whatever their names.
fn identity(path: &Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

impl Owner {
    fn work(&mut self, job: Job) {
        let ended = match self.connection() {
            Ok(connection) => job(Ok(connection)),
            Err(error) => job(Err(error)),
        };
        match ended {
            Ended::Well if self.trouble.lasts() => self.see_whether_it_is_over(),
            Ended::Well | Ended::Badly => {}
            Ended::Refused(reason) => self.complain(&reason),
            Ended::InDoubt(reason) => {
                self.complain(&reason);
                self.database = Database::Closed;
            }
        }
    }

    fn connection(&mut self) -> Result<&mut Connection, StoreError> {
        if !matches!(self.database, Database::Replaced) && identity(&self.path) != self.file {
            // Closing it would remove the log of the database that stands there now, by its name.
            if let Database::Open(connection) =
                std::mem::replace(&mut self.database, Database::Replaced)
            {
                std::mem::forget(connection);
            }
        }
        if matches!(self.database, Database::Closed) {
            self.database = Database::Open(super::open_existing(&self.path)?);
        }
        match &mut self.database {
            Database::Open(connection) => Ok(connection),
            Database::Closed | Database::Replaced => Err(StoreError::Replaced {
                path: self.path.clone(),
            }),
        }
    }

    fn complain(&mut self, reason: &str) {
        if self.trouble.begin(reason) {
            tracing::error!("{reason}");
        }
    }

    /// Reading may work all the time; only a commit shows that the database takes writes again.
    fn see_whether_it_is_over(&mut self) {
        let Ok(connection) = self.connection() else {
            return;
        };
        let written = connection
            .pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
            .and_then(|version| connection.pragma_update(None, "user_version", version));
        match written {
            Ok(()) => {
                self.trouble.end();
                tracing::info!("the database {} takes writes again", self.path.display());
            }
            Err(error) => {
                if let Ended::InDoubt(_) = Ended::by(&StoreError::from(error).at(&self.path)) {
                    self.database = Database::Closed;
                }
            }
        }
    }
}
