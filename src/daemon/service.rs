//! `newsvigil run`: polls, composes and sends until it is told to stop.
//!
//! Seven tasks share the database's thread: the poller, the reader of articles, the mailer, the housekeeper, the
//! observer, the reading room and the watchdog. The main task waits for signals. Each loop sleeps for a minute at most, so that a clock that jumps is noticed.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use super::articles::reading_articles;
use super::clock::Tempo;
use super::due_times::{Plans, Selection};
use super::mailer::{Attempting, Mailer, Pace, SetupError, compose_all, render_options};
use super::metrics::Tally;
use super::metrics_server::{alive, observing};
use super::poller::{PollReport, Polls, catch_up, forget_polls, prune, recover_polls};
use super::stories::place_stories;
use super::web::reading_room;
use super::{World, fetcher, systemd};
use crate::config::{self, Config, Problems, Styling};
use crate::fetch::{FetchSetupError, Fetcher};
use crate::mail::RenderOptions;
use crate::store::{FILE_NAME, StateLock, Store, StoreError, check, outbox, write_failures};

/// The longest sleep of a loop.
const LONGEST_SLEEP: Duration = Duration::from_mins(1);
/// Between two looks at what is old.
const HOUSEKEEPING: Duration = Duration::from_hours(1);
/// After a fault of the database, before the next try.
const AFTER_FAULT: Duration = Duration::from_secs(10);
/// Before a feed is asked again whose poll could not be stored.
const POSTPONED_FOR: SignedDuration = SignedDuration::from_mins(5);
/// How long a stop takes at most. The unit's `TimeoutStopSec` is longer.
const STOP_PATIENCE: Duration = Duration::from_secs(20);
/// How much of it waits for the message that is being sent.
const MESSAGE_PATIENCE: Duration = Duration::from_secs(10);
/// How much of it waits for the other tasks, which end at once.
const TASKS_PATIENCE: Duration = Duration::from_secs(2);
/// How much of it is left when the database has not taken that this is no kill.
const MARKS_RESERVE: Duration = Duration::from_secs(2);
/// How long a start waits for the database to be looked through; what is left is looked through
/// beside the work. The unit's `TimeoutStartSec` is longer.
const CHECK_PATIENCE: Duration = Duration::from_secs(20);

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

/// Where the service finds things.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The configuration.
    pub config: PathBuf,
    /// The database and the local mailbox.
    pub state: PathBuf,
    /// Secrets, when the service manager gives some.
    pub credentials: Option<PathBuf>,
}

/// Runs until SIGTERM or SIGINT. SIGHUP reloads the configuration; a broken one is refused.
pub async fn run(folders: Folders, config: Config, tempo: Tempo) -> Result<(), ServiceError> {
    let clock = tempo.clock();
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
    // Both are made before the first task, so that a fault stops the start and not the work.
    Mailer::new(&config.mail, &folders.state, folders.credentials.as_deref())?;
    let render_options = render_options(&config, folders.credentials.as_deref())?;
    let world = World {
        body_room: Arc::default(),
        stories: Arc::default(),
        render_options: Arc::new(render_options),
        fetcher: fetcher(&config.fetch)?,
        config: Arc::new(config),
        store,
        state_folder: folders.state.clone(),
        clock: clock.clone(),
        tally: Arc::new(Tally::new(began)),
    };
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hang_up = signal(SignalKind::hangup())?;

    let store = world.store.clone();
    let rooms = world.body_room.clone();
    let (worlds, current) = watch::channel(world);
    let (stop, stopped) = watch::channel(false);
    let news = Arc::new(Notify::new());
    let mut tasks = start(&folders, current, stopped, &news, tempo);
    let status = summary(&worlds.borrow().config);
    systemd::ready(&status);
    tracing::info!("started: {status}");

    let end = loop {
        tokio::select! {
            _ = terminate.recv() => break Ok(()),
            _ = interrupt.recv() => break Ok(()),
            _ = hang_up.recv() => reload(&folders, &worlds, &news).await,
            error = store.lost() => break Err(ServiceError::Lost(error)),
            ended = tasks.join_next() => {
                let name = ended.and_then(Result::ok).unwrap_or("task");
                break Err(ServiceError::TaskEnded(name.to_owned()));
            }
        }
    };
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
    forget_polls(&store, &lock, deadline - MARKS_RESERVE).await;
    // Trouble that is over is not told any more, once a call has shown that.
    let _ = tokio::time::timeout_at(deadline, store.answers()).await;
    if let Some(stuck) = rooms.trouble() {
        tracing::warn!("{}; it ends with the service", stuck.sentence);
    }
    tracing::info!("stopped");
    end
}

/// Starts the tasks.
fn start(
    folders: &Folders,
    current: watch::Receiver<World>,
    stopped: watch::Receiver<bool>,
    news: &Arc<Notify>,
    tempo: Tempo,
) -> JoinSet<&'static str> {
    let pages = Arc::new(Notify::new());
    let wakes = Wakes {
        news: Arc::clone(news),
        pages: Arc::clone(&pages),
    };
    let mut tasks = JoinSet::new();
    tasks.spawn(named(
        "poller",
        polling(current.clone(), stopped.clone(), wakes, tempo),
    ));
    tasks.spawn(named(
        "reader of articles",
        reading_articles(
            current.clone(),
            stopped.clone(),
            pages,
            Arc::clone(news),
            folders.credentials.clone(),
            tempo,
        ),
    ));
    tasks.spawn(named(
        "mailer",
        mailing(
            current.clone(),
            stopped,
            Arc::clone(news),
            folders.clone(),
            tempo,
        ),
    ));
    tasks.spawn(named("housekeeper", housekeeping(current.clone(), tempo)));
    tasks.spawn(named("observer", observing(current.clone())));
    tasks.spawn(named("reading room", reading_room(current.clone())));
    tasks.spawn(named("watchdog", watchdog(current)));
    tasks
}

/// Opens the database, unless it is damaged. What is damaged is left as it is.
async fn open_sound(state: &Path) -> Result<Store, ServiceError> {
    let path = state.join(FILE_NAME);
    let mut checking = check::begin(&path);
    match tokio::time::timeout(CHECK_PATIENCE, &mut checking).await {
        Ok(Ok(Err(error @ StoreError::Damaged { .. }))) => {
            write_failures::note(state, &error.to_string());
            return Err(error.into());
        }
        Ok(Ok(Ok(()))) => return Ok(Store::start(&path)?),
        // Opening it tells the reason better, if it lasts.
        Ok(_) => {
            let store = Store::start(&path)?;
            tracing::warn!(
                "whether the database {} is sound is not known",
                path.display()
            );
            return Ok(store);
        }
        Err(_) => {}
    }
    tracing::info!(
        "the database {} is large and is looked through beside the work",
        path.display()
    );
    let store = Store::start(&path)?;
    let telling = store.clone();
    tokio::spawn(async move {
        if let Ok(Err(error @ StoreError::Damaged { .. })) = checking.await {
            // The database's thread notes it as it notes damage that a call meets.
            let _ = telling.call(|_| Err::<(), _>(error)).await;
        }
    });
    Ok(store)
}

async fn named(name: &'static str, task: impl Future<Output = ()>) -> &'static str {
    task.await;
    name
}

fn summary(config: &Config) -> String {
    let count = |number: usize, one: &str, more: &str| match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {more}"),
    };
    format!(
        "{}, {}, {}",
        count(config.feeds.len(), "feed", "feeds"),
        count(config.watches.len(), "watch", "watches"),
        count(config.recipients.len(), "recipient", "recipients")
    )
}

async fn reload(folders: &Folders, worlds: &watch::Sender<World>, news: &Notify) {
    systemd::reloading();
    let loading = folders.clone();
    let loaded = tokio::task::spawn_blocking(move || load(&loading)).await;
    let status = match loaded {
        Ok(Ok(loaded)) => {
            let status = summary(&loaded.config);
            worlds.send_modify(|world| {
                world.config = Arc::new(loaded.config);
                world.fetcher = loaded.fetcher;
                world.render_options = Arc::new(loaded.render_options);
            });
            let (store, now) = {
                let world = worlds.borrow();
                (world.store.clone(), (world.clock)())
            };
            let hurried = store
                .call(move |connection| outbox::hurry(connection, now))
                .await;
            if let Err(error) = hurried {
                tracing::warn!("messages that wait keep their time: {error}");
            }
            // The mailer may have looked before they were hurried.
            news.notify_one();
            if !loaded.warnings.list.is_empty() {
                tracing::warn!(
                    "the new configuration has warnings:\n{}",
                    told(&loaded.warnings)
                );
            }
            tracing::info!("reloaded: {status}");
            status
        }
        Ok(Err(reason)) => {
            tracing::error!(
                "the new configuration is refused, the old one stays in force:\n{reason}"
            );
            "the last reload was refused; the old configuration is in force".to_owned()
        }
        Err(_) => {
            tracing::error!("reading the new configuration failed, the old one stays in force");
            "the last reload failed; the old configuration is in force".to_owned()
        }
    };
    systemd::ready(&status);
}

/// What a reload replaces.
struct Loaded {
    config: Config,
    fetcher: Fetcher,
    render_options: RenderOptions,
    warnings: Problems,
}

/// Everything that a start would need, so that what a reload accepts, a restart accepts.
fn load(folders: &Folders) -> Result<Loaded, String> {
    let (config, warnings) = config::load(&folders.config).map_err(|problems| told(&problems))?;
    let credentials = folders.credentials.as_deref();
    Mailer::new(&config.mail, &folders.state, credentials).map_err(|error| error.to_string())?;
    Ok(Loaded {
        fetcher: fetcher(&config.fetch).map_err(|error| error.to_string())?,
        render_options: render_options(&config, credentials).map_err(|error| error.to_string())?,
        config,
        warnings,
    })
}

fn told(problems: &Problems) -> String {
    problems.render(Styling::Plain)
}

/// Whom a poll wakes.
struct Wakes {
    /// The mailer, by hits.
    news: Arc<Notify>,
    /// The reader of articles, by pages that were queued.
    pages: Arc<Notify>,
}

/// Polls each feed when it is due, whatever the others do.
async fn polling(
    mut current: watch::Receiver<World>,
    mut stopped: watch::Receiver<bool>,
    wakes: Wakes,
    tempo: Tempo,
) {
    let mut world = current.borrow_and_update().clone();
    let mut polls = Polls::serving(world.clone());
    while !*stopped.borrow() {
        let plans = tokio::select! {
            _ = stopped.wait_for(|stop| *stop) => return,
            plans = Plans::read(&world) => plans,
        };
        match plans {
            Ok(mut plans) => {
                polls.change_world(world, &mut |place| plans.hold(place));
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    () = poll_until_changed(&mut current, &wakes, &mut polls, &mut plans, tempo) => {}
                }
            }
            Err(error) => {
                if error.strikes_all() {
                    // It looked. What is wrong with the database is told as such.
                    world.tally.looked();
                }
                tracing::error!("feeds cannot be polled: {error}");
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    _ = current.changed() => {}
                    () = tempo.sleep(AFTER_FAULT) => {}
                }
            }
        }
        world = current.borrow_and_update().clone();
    }
}

/// Polls what is due, again and again, until there is another configuration.
async fn poll_until_changed(
    current: &mut watch::Receiver<World>,
    wakes: &Wakes,
    polls: &mut Polls,
    plans: &mut Plans,
    tempo: Tempo,
) {
    let (clock, tally) = {
        let world = current.borrow();
        (world.clock.clone(), world.tally.clone())
    };
    loop {
        let mut report = PollReport::default();
        let now = clock();
        tally.looked();
        let due = plans.take_due(Selection::Due, now);
        polls.add(due.feeds);
        polls.start_more(&mut report).await;
        let next = due.next.into_iter().chain(polls.wake_at()).min();
        tokio::select! {
            _ = current.changed() => return,
            () = polls.one_ended() => {}
            () = tempo.sleep(until(next, now)) => {}
        }
        let settled = polls.settle(&mut report).await;
        tally.polled(&report);
        let stored_at = clock();
        let postponed_until = stored_at.checked_add(POSTPONED_FOR).unwrap_or(stored_at);
        for poll in settled {
            match (poll.place, poll.plan) {
                (Some(place), Some(plan)) => plans.set(place, plan),
                (Some(place), None) => plans.postpone(place, stored_at, postponed_until),
                (None, _) => {}
            }
        }
        if let Some((feed, reason)) = report.not_stored.first() {
            let others = match report.not_stored.len() - 1 {
                0 => String::new(),
                others => format!(" and {others} others"),
            };
            tracing::error!(feed = %feed,
                "the poll of {feed}{others} could not be stored and is repeated later: {reason}");
        }
        if report.counts.hits > 0 {
            wakes.news.notify_one();
        }
        if report.counts.articles > 0 {
            wakes.pages.notify_one();
        }
        if let Some(since) = report.cut_off_since {
            let world = current.borrow().clone();
            match catch_up(&world, since).await {
                // The plans are read again.
                Ok(()) => return,
                Err(error) => tracing::warn!("feeds wait for their next poll as planned: {error}"),
            }
        }
    }
}

async fn mailing(
    mut current: watch::Receiver<World>,
    mut stopped: watch::Receiver<bool>,
    news: Arc<Notify>,
    folders: Folders,
    tempo: Tempo,
) {
    let mut said = None;
    while !*stopped.borrow() {
        let world = current.borrow_and_update().clone();
        let mailer = Mailer::new(
            &world.config.mail,
            &world.state_folder,
            folders.credentials.as_deref(),
        );
        let mut mailer = match mailer {
            Ok(mailer) => {
                said = None;
                mailer
            }
            Err(error) => {
                let (now, why) = ((world.clock)(), error.to_string());
                if said.as_ref() != Some(&why) {
                    tracing::error!("mail cannot be sent: {why}");
                    said = Some(why.clone());
                }
                let told = world
                    .store
                    .call(move |connection| outbox::cannot_send(connection, &why, now));
                if let Err(error) = told.await {
                    tracing::warn!("that is not in `status` yet: {error}");
                }
                // What is stored meanwhile is placed all the same.
                let _ = place_stories(&world).await;
                tokio::select! {
                    _ = stopped.wait_for(|stop| *stop) => return,
                    _ = current.changed() => {}
                    () = tempo.sleep(LONGEST_SLEEP) => {}
                }
                continue;
            }
        };
        // The same connection serves until the configuration changes.
        while !*stopped.borrow() && !current.has_changed().unwrap_or(false) {
            let sleep = match mail_round(&world, &mut mailer, &stopped, &current).await {
                Ok(sleep) => sleep,
                Err(error) => {
                    if !error.strikes_all() {
                        tracing::error!("mail cannot be made or sent: {error}");
                    }
                    AFTER_FAULT
                }
            };
            tokio::select! {
                _ = stopped.wait_for(|stop| *stop) => {}
                _ = current.changed() => { current.mark_changed(); }
                () = news.notified() => {}
                () = tempo.sleep(sleep) => {}
            }
        }
        mailer.close().await;
    }
}

/// Composes and sends what is due and gives the time until more is. Trouble of the database is in the
/// log already.
async fn mail_round(
    world: &World,
    mailer: &mut Mailer,
    stopped: &watch::Receiver<bool>,
    current: &watch::Receiver<World>,
) -> Result<Duration, StoreError> {
    // Only this task sends: what is still marked as being sent has an outcome that was lost.
    // What goes wrong with it is in the log; until it goes well, items are told one by one.
    let _ = place_stories(world).await;
    let (config, options) = (world.config.clone(), world.render_options.clone());
    let now = (world.clock)();
    let composed = world
        .store
        .call(move |connection| {
            outbox::recover(connection, now)?;
            compose_all(connection, &config, &options, Pace::Grouped, now)
        })
        .await?;
    // A new configuration may say that a recipient is none any more: nothing more goes out by the old.
    let stop = || *stopped.borrow() || current.has_changed().unwrap_or(false);
    let sent = mailer.send(world, Attempting::Due, &stop).await?;
    world.tally.sent(&sent);
    let next = world
        .store
        .call(move |connection| {
            let message = outbox::next_due(connection, now)?;
            Ok(composed.look_again.into_iter().chain(message).min())
        })
        .await?;
    Ok(until(next, (world.clock)()))
}

/// The time from `now` to `next`, within what a loop may sleep.
fn until(next: Option<Timestamp>, now: Timestamp) -> Duration {
    next.map_or(LONGEST_SLEEP, |next| {
        Duration::try_from(next.duration_since(now))
            .unwrap_or(Duration::ZERO)
            .clamp(Duration::from_secs(1), LONGEST_SLEEP)
    })
}

/// Once an hour, lets go of what nothing was found in, and says what the hour brought: a log without
/// a line could also be that of a service that hangs.
async fn housekeeping(current: watch::Receiver<World>, tempo: Tempo) {
    let mut ticks = tokio::time::interval(tempo.ours(HOUSEKEEPING));
    let tally = current.borrow().tally.clone();
    let mut told = tally.totals();
    for hour in 0_u64.. {
        ticks.tick().await;
        if hour > 0 {
            let now = tally.totals();
            tracing::info!("in the last hour: {}", now.since(told));
            told = now;
        }
        let world = current.borrow().clone();
        match prune(&world).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "let go of what was over, in {rows} rows and steps"),
            // Trouble of the database is in the log already.
            Err(error) if error.strikes_all() => {}
            Err(error) => tracing::error!("old items cannot be let go: {error}"),
        }
    }
}

/// Says that the service is alive, as long as the database answers and feeds are looked for.
async fn watchdog(current: watch::Receiver<World>) {
    let Some(interval) = systemd::watchdog_interval() else {
        return std::future::pending().await;
    };
    let mut ticks = tokio::time::interval(interval);
    loop {
        ticks.tick().await;
        let world = current.borrow().clone();
        match alive(&world.store, &world.tally, &world.body_room).await {
            Ok(()) => systemd::alive(),
            Err(why) => tracing::error!("{}", why.trim_end()),
        }
    }
}
