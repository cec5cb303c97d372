//! `newsvigil run`: polls, composes and sends until it is told to stop.
//!
//! Seven tasks share the database's thread: the poller, the reader of articles, the mailer, the housekeeper, the
//! metrics server, the reading room and the watchdog. The main task waits for signals. Each loop sleeps for a minute
//! at most, so that a clock that jumps is noticed.

mod database_check;
mod folders;
mod mailing;
mod polling;
mod reload;

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use super::articles::reading_articles;
use super::mailer::{Mailer, SetupError, render_options};
use super::metrics::ProcessMetrics;
use super::metrics_server::{alive, serve_metrics};
use super::poller::{forget_polls, recover_polls};
use super::retention::housekeeping;
use super::time_scale::TimeScale;
use super::wake_signals::WakeSignals;
use super::web::reading_room;
use super::{Clock, ServiceContext, fetcher, systemd};
use crate::config::Config;
use crate::fetch::FetchSetupError;
use crate::store::{StateLock, Store, StoreError, outbox};
use database_check::open_sound;
pub use folders::Folders;
use mailing::mailing;
use polling::polling;
use reload::{reload, summary};

/// How long a stop takes at most. The unit's `TimeoutStopSec` is longer.
const STOP_PATIENCE: Duration = Duration::from_secs(20);
/// How much of it waits for the message that is being sent.
const MESSAGE_PATIENCE: Duration = Duration::from_secs(10);
/// How much of it waits for the other tasks, which end at once.
const TASKS_PATIENCE: Duration = Duration::from_secs(2);
/// How much of it is left when the database has not taken that this is no kill.
const MARKS_RESERVE: Duration = Duration::from_secs(2);

/// Why the service could not start or had to end.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The database or its folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The way out for messages.
    #[error(transparent)]
    Mail(#[from] SetupError),
    /// The way to the web.
    #[error(transparent)]
    Fetch(#[from] FetchSetupError),
    /// Signals cannot be received.
    #[error("cannot listen to signals: {0}")]
    Signals(#[from] std::io::Error),
    /// The database that was worked with is damaged, or was exchanged.
    #[error("the service has ended, because {0}")]
    Lost(StoreError),
    /// A task ended that never should.
    #[error("the {0} ended unexpectedly")]
    TaskEnded(String),
}

/// Runs until SIGTERM or SIGINT. SIGHUP reloads the configuration; a broken one is refused.
pub async fn run(
    folders: Folders,
    config: Config,
    time_scale: TimeScale,
) -> Result<(), ServiceError> {
    let clock = time_scale.clock();
    let began = clock();
    let lock = StateLock::take(&folders.state)?;
    let store = open_sound(&folders.state).await?;
    let recovered = store
        .call(move |connection| outbox::recover(connection, began))
        .await?;
    if recovered > 0 {
        tracing::warn!(
            "messages that were being sent when the program last ended, and are sent again: {recovered}"
        );
    }
    if let Some(told) = recover_polls(&store, &lock, began).await? {
        tracing::warn!("{told}");
    }
    let service = make_context(&folders, config, store, clock, began)?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;

    let store = service.store.clone();
    let (contexts, current) = watch::channel(service);
    let (stop, stopped) = watch::channel(false);
    let news = Arc::new(Notify::new());
    let mut tasks = start(&folders, current, stopped, &news, time_scale);
    let status = summary(&contexts.borrow().config);
    systemd::ready(&status);
    tracing::info!("started: {status}");

    let end = loop {
        tokio::select! {
            _ = terminate.recv() => break Ok(()),
            _ = interrupt.recv() => break Ok(()),
            _ = hang_up.recv() => reload(&folders, &contexts, &news).await,
            error = store.lost() => break Err(ServiceError::Lost(error)),
            ended = tasks.join_next() => {
                let name = ended.and_then(Result::ok).unwrap_or("task");
                break Err(ServiceError::TaskEnded(name.to_owned()));
            }
        }
    };
    let service = contexts.borrow().clone();
    shut_down(&service, &lock, &stop, tasks).await;
    end
}

/// What the tasks work with.
fn make_context(
    folders: &Folders,
    config: Config,
    store: Store,
    clock: Clock,
    began: Timestamp,
) -> Result<ServiceContext, ServiceError> {
    // Both are made before the first task, so that a fault stops the start and not the work.
    Mailer::new(&config.mail, &folders.state, folders.credentials.as_deref())?;
    let render_options = render_options(&config, folders.credentials.as_deref())?;
    Ok(ServiceContext {
        body_memory: Arc::default(),
        stories: Arc::default(),
        render_options: Arc::new(render_options),
        fetcher: fetcher(&config.fetch)?,
        config: Arc::new(config),
        store,
        state_folder: folders.state.clone(),
        clock,
        metrics: Arc::new(ProcessMetrics::new(began)),
    })
}

/// Ends the tasks, within what a stop may take.
async fn shut_down(
    service: &ServiceContext,
    lock: &StateLock,
    stop: &watch::Sender<bool>,
    mut tasks: JoinSet<&'static str>,
) {
    systemd::stopping();
    let deadline = tokio::time::Instant::now() + STOP_PATIENCE;
    // Polls under way are dropped: nothing of them was stored, so they are asked again. A message
    // under way is waited for, because its outcome would be unknown.
    stop.send_replace(true);
    let drained = async {
        while let Some(ended) = tasks.join_next().await {
            if matches!(ended, Ok("mailer")) {
                break;
            }
        }
    };
    if tokio::time::timeout(MESSAGE_PATIENCE, drained)
        .await
        .is_err()
    {
        tracing::warn!(
            "stopped while a message was being sent; it is sent again at the next start"
        );
    }
    // A thread that works on a body cannot be stopped; the process ends all the same.
    let _ = tokio::time::timeout(TASKS_PATIENCE, tasks.shutdown()).await;
    forget_polls(&service.store, lock, deadline - MARKS_RESERVE).await;
    // Trouble that is over is not told any more, once a call has shown that.
    let _ = tokio::time::timeout_at(deadline, service.store.answers()).await;
    if let Some(stuck) = service.body_memory.trouble() {
        tracing::warn!("{}; it ends with the service", stuck.sentence);
    }
    tracing::info!("stopped");
}

/// Starts the tasks.
fn start(
    folders: &Folders,
    current: watch::Receiver<ServiceContext>,
    stopped: watch::Receiver<bool>,
    news: &Arc<Notify>,
    time_scale: TimeScale,
) -> JoinSet<&'static str> {
    let wakes = WakeSignals {
        news: Arc::clone(news),
        pages: Arc::default(),
    };
    let credentials = || folders.credentials.clone();
    let mut tasks = JoinSet::new();
    tasks.spawn(named(
        "poller",
        polling(current.clone(), stopped.clone(), wakes.clone(), time_scale),
    ));
    tasks.spawn(named(
        "reader of articles",
        reading_articles(
            current.clone(),
            stopped.clone(),
            wakes,
            credentials(),
            time_scale,
        ),
    ));
    tasks.spawn(named(
        "mailer",
        mailing(
            current.clone(),
            stopped,
            Arc::clone(news),
            credentials(),
            time_scale,
        ),
    ));
    tasks.spawn(named(
        "housekeeper",
        housekeeping(current.clone(), time_scale),
    ));
    tasks.spawn(named("observer", serve_metrics(current.clone())));
    tasks.spawn(named("reading room", reading_room(current.clone())));
    tasks.spawn(named("watchdog", watchdog(current)));
    tasks
}

async fn named(name: &'static str, task: impl Future<Output = ()>) -> &'static str {
    task.await;
    name
}

/// Says that the service is alive, as long as the database answers and feeds are looked for.
async fn watchdog(current: watch::Receiver<ServiceContext>) {
    let Some(interval) = systemd::watchdog_interval() else {
        return std::future::pending().await;
    };
    let mut ticks = tokio::time::interval(interval);
    loop {
        ticks.tick().await;
        let service = current.borrow().clone();
        match alive(&service.store, &service.metrics, &service.body_memory).await {
            Ok(()) => systemd::alive(),
            Err(why) => tracing::error!("{}", why.trim_end()),
        }
    }
}
