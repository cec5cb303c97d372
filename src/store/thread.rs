//! The thread that owns the database, and the handle by which asynchronous code reaches it.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::StoreError;

/// Calls waiting for the database; more make their callers wait.
const WAITING_CALLS: usize = 64;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// A handle to the database, cheap to clone. The thread ends when the last handle is dropped.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    jobs: mpsc::Sender<Job>,
}

impl Store {
    /// Opens the database and gives it a thread of its own.
    pub fn start(path: &Path) -> Result<Self, StoreError> {
        let mut connection = super::open(path)?;
        let (jobs, mut waiting) = mpsc::channel::<Job>(WAITING_CALLS);
        std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || {
                while let Some(job) = waiting.blocking_recv() {
                    job(&mut connection);
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
    /// half done.
    pub async fn call<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // The caller may have gone; what was done stays done.
            let _ = answer.send(work(connection));
        });
        self.jobs.send(job).await.map_err(|_| StoreError::Stopped)?;
        result
            .await
            .map_err(|_| StoreError::Stopped)?
            .map_err(|error| error.at(&self.path))
    }
}
