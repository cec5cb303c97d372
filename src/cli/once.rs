//! `newsvigil once`: the main job, one time.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use std::{fs, io};

use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};

use super::failure::{CONFIGURATION, Failure, NOT_WELL, SOFTWARE, UNAVAILABLE};
use super::letter::{Letter, behind_sudo, keep_copy};
use super::options::Format;
use super::paths::{Paths, quoted};
use super::{credentials, output};
use crate::config::TransportSettings;
use crate::core::common_cause::{by_cause, named};
use crate::daemon::{
    self, ArticleReport, Attempting, ComposeReport, FeedFailure, Mailer, Pace, PollReport,
    Selection, SendReport, Tally, World, compose_all, due_feeds,
};
use crate::store::outbox::{self, OutboxCounts, OutboxRow};
use crate::store::{self, FILE_NAME, StateLock, Store, StoreError};

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Options {
    /// Poll every feed, also those whose time has not come
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    format: Format,
}

/// What was done, as `--json` prints it.
#[derive(Serialize)]
struct Summary {
    feeds_polled: u64,
    feeds_failed: u64,
    entries_new: u64,
    entries_revised: u64,
    entries_left_out: u64,
    hits: u64,
    hits_backlog: u64,
    hits_archive: u64,
    /// Pages behind items that were asked for, and those of them that were read whole.
    articles_asked: u64,
    articles_whole: u64,
    /// Hits in them, beside those above.
    articles_hits: u64,
    articles_waiting: u64,
    mails_delivered: u64,
    mails_queued: u64,
    mails_undeliverable: u64,
    failures: Vec<FailureLine>,
    /// Feeds that were not read whole.
    incomplete: Vec<FailureLine>,
    not_stored: u64,
}

#[derive(Serialize)]
struct FailureLine {
    feed: String,
    reason: String,
}

/// Everything that happened, for the report.
struct Done {
    polls: PollReport,
    articles: ArticleReport,
    composed: ComposeReport,
    sent: SendReport,
    outbox: OutboxCounts,
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
    let world = World {
        body_room: Arc::default(),
        stories: Arc::default(),
        render_options: Arc::new(render_options),
        fetcher: daemon::fetcher(&config.fetch)
            .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?,
        config: Arc::new(config),
        store: Store::start(&state.join(FILE_NAME))?,
        state_folder: state,
        clock: Arc::new(Timestamp::now),
        tally: Arc::new(Tally::new(Timestamp::now())),
    };
    let selection = if options.all {
        Selection::All
    } else {
        Selection::Due
    };
    let runtime = super::runtime::runtime()?;
    let done = runtime.block_on(async {
        tokio::select! {
            done = work(&world, &lock, &mut mailer, selection) => done.map(Ok),
            code = told_to_stop() => {
                let deadline = tokio::time::Instant::now() + STOP_PATIENCE;
                daemon::forget_polls(&world.store, &lock, deadline).await;
                Ok(Err(code))
            }
        }
    })?;
    // Look-ups of names may still be waiting for their time-out on threads of their own.
    runtime.shutdown_background();
    match done {
        Ok(done) => {
            if !options.format.json {
                for_people(&done);
                where_to_look(paths, &world, &done, &delivered(&world, &done, started)?)?;
            }
            report(&done, options.format)
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
    world: &World,
    lock: &StateLock,
    mailer: &mut Mailer,
    selection: Selection,
) -> Result<Done, StoreError> {
    let now = (world.clock)();
    world
        .store
        .call(move |connection| outbox::recover(connection, now))
        .await?;
    if let Some(told) = daemon::recover_polls(&world.store, lock, now).await? {
        anstream::eprintln!("newsvigil: {told}");
    }
    let due = due_feeds(world, selection).await?;
    let bar = output::Progress::new("polling", due.feeds.len() as u64, "feeds");
    let polls = daemon::poll(world, due.feeds, &mut |report| bar.show(report.polled)).await;
    bar.clear();
    // No mail waits for a page.
    let (mut composed, mut sent) = mail(world, mailer).await?;
    let bar = output::Progress::new("reading articles", 0, "pages");
    let progress = &mut |asked| bar.show(asked);
    let articles = daemon::read_articles(world, Paths::credentials(), ARTICLES, progress).await?;
    bar.clear();
    if articles.hits > 0 {
        let (more, also) = mail(world, mailer).await?;
        composed = more;
        sent = SendReport {
            delivered: sent.delivered + also.delivered,
            undeliverable: sent.undeliverable + also.undeliverable,
            waiting: also.waiting,
        };
    }
    daemon::prune(world).await?;
    let outbox = world
        .store
        .call(|connection| outbox::counts(connection))
        .await?;
    Ok(Done {
        polls,
        articles,
        composed,
        sent,
        outbox,
    })
}

/// Makes mails of what was found, and sends what waits.
async fn mail(
    world: &World,
    mailer: &mut Mailer,
) -> Result<(ComposeReport, SendReport), StoreError> {
    if let Err(error) = daemon::place_stories(world).await
        && !error.strikes_all()
    {
        tell!("newsvigil: items could not be put into stories, and are told one by one: {error}");
    }
    let (config, options) = (world.config.clone(), world.render_options.clone());
    let now = (world.clock)();
    let composed = world
        .store
        .call(move |connection| compose_all(connection, &config, &options, Pace::AtOnce, now))
        .await?;
    let sent = mailer
        .send(world, Attempting::Everything, &|| false)
        .await?;
    mailer.close().await;
    Ok((composed, sent))
}

fn report(done: &Done, format: Format) -> Result<ExitCode, Failure> {
    let polls = &done.polls;
    if format.json {
        let summary = Summary {
            feeds_polled: polls.polled,
            feeds_failed: polls.failures.len() as u64,
            entries_new: polls.counts.entries_new,
            entries_revised: polls.counts.entries_revised,
            entries_left_out: polls.counts.new_left_out + polls.counts.revised_left_out,
            hits: polls.counts.hits,
            hits_backlog: polls.counts.hits_backlog,
            hits_archive: polls.counts.hits_archive,
            articles_asked: done.articles.asked,
            articles_whole: done.articles.whole,
            articles_hits: done.articles.hits,
            articles_waiting: done.articles.waiting,
            mails_delivered: done.sent.delivered,
            mails_queued: done.outbox.queued,
            mails_undeliverable: done.sent.undeliverable,
            failures: lines(&polls.failures),
            incomplete: lines(&polls.incomplete),
            not_stored: polls.not_stored.len() as u64,
        };
        say!("{}", output::json(&summary)?);
    }
    if let Some((feed, reason)) = polls.not_stored.first() {
        return Err(Failure::new(
            super::failure::TEMPORARY,
            format!(
                "{} could not be stored, first {feed}: {reason}",
                output::count(polls.not_stored.len(), "poll")
            ),
        ));
    }
    if let Some((recipient, reason)) = done.composed.failed.first() {
        return Err(Failure::new(
            SOFTWARE,
            format!("no mail could be made for {recipient}: {reason}"),
        ));
    }
    if let Some(why) = &done.sent.waiting {
        // Not a failure of the run, since the next one delivers it; and not for standard output only.
        let waiting = match done.outbox.queued {
            0 => OWED.to_owned(),
            number => format!("{} waiting", output::count(number, "message")),
        };
        tell!("newsvigil: {waiting}: {}", output::printable(why, 300));
    }
    if done.sent.undeliverable > 0 {
        tell!(
            "newsvigil: {} given up: see `newsvigil outbox list`, then retry or discard",
            output::count(done.sent.undeliverable, "message")
        );
    }
    if polls.polled > 0 && polls.failures.len() as u64 == polls.polled {
        return Err(Failure::new(
            UNAVAILABLE,
            "every feed that was polled failed",
        ));
    }
    if !polls.incomplete.is_empty() {
        let feeds = output::count(polls.incomplete.len(), "feed");
        return Err(Failure::new(
            NOT_WELL,
            format!("{feeds} could not be read whole: something is known to be missing"),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn lines(feeds: &[FeedFailure]) -> Vec<FailureLine> {
    let line = |feed: &FeedFailure| FailureLine {
        feed: feed.id.clone(),
        reason: feed.reason.clone(),
    };
    feeds.iter().map(line).collect()
}

fn for_people(done: &Done) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    let polls = &done.polls;
    let counts = polls.counts;
    let failed = polls.failures.len();
    if polls.polled == 0 {
        say!("{heading}Feeds{heading:#}    none was due (--all polls every feed)");
    } else {
        let polled = output::count(polls.polled, "feed");
        let bad = if failed == 0 {
            "all answered".to_owned()
        } else {
            format!("{alarm}{failed} failed{alarm:#}")
        };
        say!("{heading}Feeds{heading:#}    {polled} polled, {bad}");
        list(&polls.failures);
        if polls.failures.len() > 1 && polls.answered == 0 {
            say!("           Nothing on the web answered: is this machine connected?");
        }
        if !polls.incomplete.is_empty() {
            let feeds = output::count(polls.incomplete.len(), "feed");
            say!("           {alarm}{feeds} could not be read whole{alarm:#}");
            list(&polls.incomplete);
        }
    }
    let left_out = match counts.new_left_out + counts.revised_left_out {
        0 => String::new(),
        number => {
            format!(", {number} left for after midnight UTC: more than a feed may bring in a day")
        }
    };
    say!(
        "{heading}Items{heading:#}    {} new, {} revised{left_out}",
        counts.entries_new,
        counts.entries_revised
    );
    let ArticleReport {
        asked,
        whole,
        waiting,
        hits,
    } = done.articles;
    if asked + waiting > 0 {
        let wait = match waiting {
            0 => String::new(),
            _ => format!(", {waiting} wait for the next run"),
        };
        say!("{heading}Articles{heading:#} {asked} asked for, {whole} read whole{wait}");
    }
    let older = match counts.hits_backlog {
        0 => String::new(),
        number => format!(", {number} of them too old to be mailed"),
    };
    let archive = match counts.hits_archive {
        0 => String::new(),
        number => format!(", {number} of them on many old items that appeared at once"),
    };
    let found = match hits {
        0 => String::new(),
        number => format!(", {number} of them found in the article only"),
    };
    say!(
        "{heading}Hits{heading:#}     {}{older}{archive}{found}",
        counts.hits + hits
    );
    let given_up = match done.sent.undeliverable {
        0 => String::new(),
        number => format!(", {alarm}{number} given up{alarm:#}"),
    };
    let waiting = match &done.sent.waiting {
        Some(why) => {
            let waiting = match done.outbox.queued {
                0 => OWED.to_owned(),
                number => format!("{number} waiting"),
            };
            format!("{alarm}{waiting}{alarm:#}: {}", output::printable(why, 160))
        }
        None => format!("{} waiting", done.outbox.queued),
    };
    say!(
        "{heading}Mail{heading:#}     {} delivered{given_up}, {waiting}",
        done.sent.delivered
    );
}

/// Where messages were refused and taken back, none is there, and they are made again when sending goes on.
const OWED: &str = "what was found waits for its mail";

/// Lines of failures shown; `status` has the others.
const FAILURES_SHOWN: usize = 12;

fn list(feeds: &[FeedFailure]) {
    let causes = by_cause(feeds, |feed| &feed.reason);
    for cause in causes.iter().take(FAILURES_SHOWN) {
        let told = match cause.of.as_slice() {
            [feed] => format!("{}: {}", feed.id, output::printable(&cause.why, 160)),
            several => {
                let ids: Vec<&str> = several.iter().map(|feed| feed.id.as_str()).collect();
                let why = output::printable(&cause.why, 160);
                format!("{} feeds: {why} ({})", ids.len(), named(&ids))
            }
        };
        say!("           {told}");
    }
    let more: usize = causes
        .iter()
        .skip(FAILURES_SHOWN)
        .map(|cause| cause.of.len())
        .sum();
    if more > 0 {
        say!("           and {more} more, which `status` names");
    }
}

/// Mails of one run that are shown.
const MAILS_SHOWN: u32 = 5;

/// The mails that this run has delivered, with what they say.
fn delivered(
    world: &World,
    done: &Done,
    started: Timestamp,
) -> Result<Vec<(OutboxRow, Vec<u8>)>, StoreError> {
    let number = u32::try_from(done.sent.delivered).unwrap_or(u32::MAX);
    let path = world.state_folder.join(FILE_NAME);
    let Some(connection) = store::open_for_reading(&path)? else {
        return Ok(Vec::new());
    };
    let mut mails = Vec::new();
    for row in outbox::sent_since(&connection, started, number.min(MAILS_SHOWN))? {
        if let Some(message) = outbox::message(&connection, row.id)? {
            mails.push((row, message));
        }
    }
    mails.reverse();
    Ok(mails)
}

fn where_to_look(
    paths: &Paths,
    world: &World,
    done: &Done,
    mails: &[(OutboxRow, Vec<u8>)],
) -> Result<(), Failure> {
    let state = std::path::absolute(&world.state_folder)?;
    let command = paths.command();
    say!("");
    if let Some(told) = paths.told_state()? {
        say!("State:  {told}");
    }
    if matches!(world.config.mail.transport, TransportSettings::Maildir) {
        say!("No mail server is set, so messages stay on this machine, in the mailbox");
        say!("  {}", state.join("mail/new").display());
        let copies = copies(&state, mails);
        if let Some((_, last)) = copies.last() {
            say!("Look at what was just delivered in a browser:");
            for (row, path) in &copies {
                say!("  {}", path.display());
                let about = format!(
                    "mail {} to {}: {}",
                    row.id,
                    row.recipient_id,
                    output::printable(&row.subject, 200)
                );
                say!("{}", output::paragraph(&about, 4));
            }
            match mails.last() {
                Some((row, _)) if is_of_another(&state)? => {
                    let name = format!("mail-{}.html", row.id);
                    say!("They belong to the service; one for your own browser:");
                    say!("  {command} outbox show {} --html {name}", row.id);
                    say!("with  xdg-open {name}");
                }
                _ => say!("with  xdg-open {}", quoted(&last.display().to_string())),
            }
        }
    }
    if let Some((row, _)) = mails.last() {
        say!("Read it here with:     {command} outbox show {}", row.id);
    } else if done.outbox.sent > 0 {
        say!("See what was sent:     {command} outbox list --sent");
    }
    if done.polls.counts.hits + done.articles.hits > 0 {
        say!("See every hit with:    {command} hits");
    }
    say!("See how things stand:  {command} status");
    Ok(())
}

/// Whether the state is of somebody else than who called `sudo`, whose browser may not look into it.
fn is_of_another(state: &Path) -> io::Result<bool> {
    let owner = fs::metadata(state)?.uid();
    Ok(behind_sudo().is_some_and(|(user, _)| user != owner))
}

/// HTML copies of these mails, as far as they can be made: without them, the mails are there all the same.
fn copies<'a>(state: &Path, mails: &'a [(OutboxRow, Vec<u8>)]) -> Vec<(&'a OutboxRow, PathBuf)> {
    let mut copies = Vec::new();
    for (row, message) in mails {
        let Ok(letter) = Letter::read(row.id, message) else {
            continue;
        };
        match keep_copy(state, row.id, &letter.html) {
            Ok(path) => copies.push((row, path)),
            Err(reason) => {
                tell!(
                    "newsvigil: no copy of mail {} for a browser could be made in {}: {reason}",
                    row.id,
                    state.join("html").display()
                );
                break;
            }
        }
    }
    copies
}
