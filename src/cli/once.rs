//! `newsvigil once`: the main job, one time.

mod delivered_mail;
mod outcome;
mod summary;
mod text;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use jiff::Timestamp;
use tokio::signal::unix::{SignalKind, signal};

use self::delivered_mail::{delivered, where_to_look};
use self::outcome::{RunReport, exit_status};
use self::summary::Summary;
use super::failure::{CONFIGURATION, Failure};
use super::options::Format;
use super::paths::Paths;
use super::{credentials, output};
use crate::daemon::{
    self, AlertPacing, ComposeReport, Mailer, MessageSelection, ProcessMetrics, Selection,
    SendReport, ServiceContext, compose_all, due_feeds,
};
use crate::store::{FILE_NAME, StateLock, Store, StoreError, outbox};

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Options {
    /// Poll every feed, also those whose time has not come
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    format: Format,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    let mut config = paths.load_and_warn()?;
    credentials::find(&mut config.mail)?;
    credentials::find_cookies(&mut config.feeds)?;
    let state = paths.state()?;
    let started = Timestamp::now();
    let lock = StateLock::take(&state)?;
    let credentials = Paths::credentials();
    let mut mailer = Mailer::new(&config.mail, &state, credentials.as_deref())
        .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?;
    let render_options = daemon::render_options(&config, credentials.as_deref())
        .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?;
    let service = ServiceContext {
        body_memory: Arc::default(),
        stories: Arc::default(),
        render_options: Arc::new(render_options),
        fetcher: daemon::fetcher(&config.fetch)
            .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?,
        config: Arc::new(config),
        store: Store::start(&state.join(FILE_NAME))?,
        state_folder: state,
        clock: Arc::new(Timestamp::now),
        metrics: Arc::new(ProcessMetrics::new(Timestamp::now())),
    };
    let selection = if options.all {
        Selection::All
    } else {
        Selection::Due
    };
    let runtime = super::runtime::runtime()?;
    let done = runtime.block_on(async {
        tokio::select! {
            done = work(&service, &lock, &mut mailer, selection) => done.map(Ok),
            code = told_to_stop() => {
                let deadline = tokio::time::Instant::now() + STOP_PATIENCE;
                daemon::forget_polls(&service.store, &lock, deadline).await;
                Ok(Err(code))
            }
        }
    })?;
    // Look-ups of names may still be waiting for their time-out on threads of their own.
    runtime.shutdown_background();
    match done {
        Ok(done) => {
            if options.format.json {
                say!("{}", output::json(&Summary::of(&done))?);
            } else {
                text::for_people(&done);
                where_to_look(
                    paths,
                    &service,
                    &done,
                    &delivered(&service, &done, started)?,
                )?;
            }
            exit_status(&done)
        }
        Err(code) => Ok(ExitCode::from(code)),
    }
}

/// How long a run asks for the pages behind items; the others wait for the next one.
const ARTICLES: Duration = Duration::from_mins(1);
/// How long a run that is told to stop waits for the database.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// Waits for a signal that ends a program, and gives the code that a shell gives for it.
async fn told_to_stop() -> u8 {
    let (interrupt, terminate) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    );
    let (Ok(mut interrupt), Ok(mut terminate)) = (interrupt, terminate) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => 130,
        _ = terminate.recv() => 143,
    }
}

async fn work(
    service: &ServiceContext,
    lock: &StateLock,
    mailer: &mut Mailer,
    selection: Selection,
) -> Result<RunReport, StoreError> {
    let now = (service.clock)();
    service
        .store
        .call(move |connection| outbox::recover(connection, now))
        .await?;
    if let Some(told) = daemon::recover_polls(&service.store, lock, now).await? {
        anstream::eprintln!("newsvigil: {told}");
    }
    let due = due_feeds(service, selection).await?;
    let bar = output::Progress::new("polling", due.feeds.len() as u64, "feeds");
    let polls = daemon::poll(service, due.feeds, &mut |report| bar.show(report.polled)).await;
    bar.clear();
    // No mail waits for a page.
    let (mut composed, mut sent) = mail(service, mailer).await?;
    let bar = output::Progress::new("reading articles", 0, "pages");
    let progress = &mut |asked| bar.show(asked);
    let articles = daemon::read_articles(service, Paths::credentials(), ARTICLES, progress).await?;
    bar.clear();
    if articles.hits > 0 {
        let (more, also) = mail(service, mailer).await?;
        composed = more;
        sent = SendReport {
            delivered: sent.delivered + also.delivered,
            undeliverable: sent.undeliverable + also.undeliverable,
            waiting: also.waiting,
        };
    }
    daemon::prune(service).await?;
    let outbox = service
        .store
        .call(|connection| outbox::counts(connection))
        .await?;
    Ok(RunReport {
        polls,
        articles,
        composed,
        sent,
        outbox,
    })
}

/// Makes mails of what was found, and sends what waits.
async fn mail(
    service: &ServiceContext,
    mailer: &mut Mailer,
) -> Result<(ComposeReport, SendReport), StoreError> {
    if let Err(error) = daemon::cluster_new_items(service).await
        && !error.affects_all_calls()
    {
        tell!("newsvigil: items could not be put into stories, and are told one by one: {error}");
    }
    let (config, options) = (service.config.clone(), service.render_options.clone());
    let now = (service.clock)();
    let composed = service
        .store
        .call(move |connection| {
            compose_all(connection, &config, &options, AlertPacing::AtOnce, now)
        })
        .await?;
    let sent = mailer
        .send(service, MessageSelection::Everything, &|| false)
        .await?;
    mailer.close().await;
    Ok((composed, sent))
}
