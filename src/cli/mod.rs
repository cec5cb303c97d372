//! The command line: one file a command.
//!
//! This is the only room that reads the environment. Exit codes are those of sysexits.h.

#[macro_use]
mod output;

mod article;
mod backtest;
mod backup;
mod check;
mod credentials;
mod digest;
mod explain;
mod feed;
mod generate;
mod help;
mod hits;
mod init;
mod items;
mod letter;
mod mail;
mod manual;
mod match_documents;
mod mute;
mod once;
mod outbox;
mod paths;
mod run;
mod status;
mod story;
mod unit;
mod web;
mod words;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::config::{Config, units};
use crate::core::text::words::fold_text;
use crate::store::{FILE_NAME, StoreError};
use paths::Paths;

/// Watches news feeds for human-rights abuses and mails what it finds.
#[derive(Debug, Parser)]
#[command(
    name = "newsvigil",
    version,
    max_term_width = 100,
    disable_help_subcommand = true
)]
struct Arguments {
    /// The configuration folder; without it, the one that `NEWSVIGIL_CONFIG` names, else /etc/newsvigil
    #[arg(long, global = true, value_name = "DIR", help_heading = "Folders")]
    config: Option<PathBuf>,
    /// The folder for the database and the local mailbox; without it, the one that `NEWSVIGIL_STATE` names,
    /// else that of the service with the service's configuration, else newsvigil in the user's state folder
    #[arg(long, global = true, value_name = "DIR", help_heading = "Folders")]
    state: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run as a service: poll, match and mail until stopped
    Run,
    /// Poll what is due, deliver what is due, report, and exit
    ///
    /// Exits with 1 when all was done and a feed could not be read whole, so that items of it may be missing;
    /// with 69 when every feed that was polled failed.
    Once(once::Options),
    /// Check the configuration and run the watches' examples
    Check(check::Options),
    /// Match texts, pages or documents (JSON lines) against the watches
    Match(match_documents::Options),
    /// Show why a watch matches an item, or does not
    Explain(explain::Options),
    /// Show which hits the watches as they are now would gain and lose
    Backtest(backtest::Options),
    /// List the word lists, show what is in one, and try it on a text
    Words(words::Options),
    /// List what was found
    Hits(hits::Options),
    /// List and search what is stored, whether or not anything was found in it
    Items(items::Options),
    /// Look at stories, which are items that report one event, and take one apart
    #[command(subcommand)]
    Story(story::Command),
    /// Look at feeds
    #[command(subcommand)]
    Feed(feed::Command),
    /// Look at what is read of the pages behind items
    #[command(subcommand)]
    Article(article::Command),
    /// Look at what a recipient would get
    #[command(subcommand)]
    Digest(digest::Command),
    /// Look at the messages that wait or were sent, and act on them
    #[command(subcommand)]
    Outbox(outbox::Command),
    /// Try the mail server
    #[command(subcommand)]
    Mail(mail::Command),
    /// Copy the database into a file, also while the service works
    Backup(backup::Options),
    /// Store what a watch finds without telling anybody, for a while
    Mute(mute::Options),
    /// End a mute before its time
    Unmute(mute::Unmute),
    /// Open the reading room in a browser: serve its pages alone, or say who may in
    ///
    /// Without a command it serves the pages where `listen` of [web] says, over the database of a service that may
    /// be at work. `run` serves them by itself.
    Web(web::Options),
    /// Show how everything stands
    Status(status::Options),
    /// Explain the watch language (`help language`), the configuration, or a command
    Help(help::Options),
    /// Write the shipped configuration into a folder, to begin with
    Init(init::Options),
    /// Make the manual pages and the completions for shells
    #[command(subcommand)]
    Generate(generate::Command),
}

/// The `--json` of commands that print for machines, too.
#[derive(Clone, Copy, Debug, Args)]
struct Format {
    /// Print JSON, one object a line
    #[arg(long)]
    json: bool,
}

/// Why a command failed: a message that reads alone, and its exit code.
#[derive(Debug)]
struct Failure {
    code: u8,
    message: String,
}

/// Everything was done, and not all is well: something needs a person, or a feed was not read whole.
const NOT_WELL: u8 = 1;
/// sysexits.h: bad command line.
const USAGE: u8 = 64;
/// sysexits.h: bad input data.
const DATA_ERROR: u8 = 65;
/// sysexits.h: no such input.
const NO_INPUT: u8 = 66;
/// sysexits.h: a service that is needed does not answer.
const UNAVAILABLE: u8 = 69;
/// sysexits.h: an internal fault.
const SOFTWARE: u8 = 70;
/// sysexits.h: a file cannot be made.
const CANNOT_CREATE: u8 = 73;
/// sysexits.h: output cannot be written.
const IO_ERROR: u8 = 74;
/// sysexits.h: try again later.
const TEMPORARY: u8 = 75;
/// sysexits.h: the configuration is at fault.
const CONFIGURATION: u8 = 78;

impl Failure {
    fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        // What a query found, such as damage, and not yet what to do about it.
        let error = match error {
            StoreError::Sql(_) => error.at(Path::new(FILE_NAME)),
            told => told,
        };
        let code = if error.is_temporary() {
            TEMPORARY
        } else {
            IO_ERROR
        };
        Self::new(code, error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            // Whoever reads our output has had enough, as `head` does.
            return Self::new(0, "");
        }
        Self::new(IO_ERROR, format!("cannot write the output: {error}"))
    }
}

/// The time that `--since` means: so long before `now`, the beginning of a day here, or a time, here or with its zone.
fn since(text: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    time_of("--since", text, now, Some)
}

/// The time that `--until` means: likewise, but the end of a day.
fn until(text: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    time_of("--until", text, now, |day| day.tomorrow().ok())
}

/// Of a day, the beginning of that which `day` gives.
fn time_of(
    option: &str,
    text: &str,
    now: Timestamp,
    day: impl FnOnce(Date) -> Option<Date>,
) -> Result<Timestamp, Failure> {
    let ago = units::parse_duration(text).and_then(|time| now.checked_sub(time).ok());
    let here = || {
        let local: DateTime = if text.contains(['T', 't', ' ']) {
            text.parse().ok()?
        } else {
            day(text.parse().ok()?)?.into()
        };
        local.to_zoned_datetime(TimeZone::system()).ok()
    };
    let instant = ago.or_else(|| text.parse().ok());
    let instant = instant.or_else(|| here().map(|local| local.timestamp()));
    instant.ok_or_else(|| {
        Failure::new(
            USAGE,
            format!("{option} {text}: write it like 24h, 7d, 4w, 2026-01-31 or 2026-01-31T08:00Z"),
        )
    })
}

/// Threads of the runtime: all of them, and SQLite's, fit into the `TasksMax` of the unit, however
/// many processors there are.
const WORKERS_AT_MOST: usize = 8;
const BLOCKING_THREADS_AT_MOST: usize = 32;

/// The runtime for what waits on the network.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(processors.min(WORKERS_AT_MOST))
        .max_blocking_threads(BLOCKING_THREADS_AT_MOST)
        .enable_all()
        .build()
        .map_err(|error| Failure::new(SOFTWARE, format!("cannot start: {error}")))
}

/// Runs the program on its arguments, the name of the program included, and gives its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    #[cfg(feature = "fault-points")]
    if let Ok(plan) = std::env::var("NEWSVIGIL_FAULT") {
        crate::fault::arm(&plan);
    }
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no mistakes: they go to standard output.
            if error.use_stderr() {
                tell_part!("{}", error.render().ansi());
                return ExitCode::from(USAGE);
            }
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
    };
    let paths = Paths::new(arguments.config, arguments.state);
    let result = match arguments.command {
        Command::Run => run::run(&paths),
        Command::Once(options) => once::run(&paths, options),
        Command::Check(options) => check::run(&paths, options),
        Command::Match(options) => match_documents::run(&paths, &options),
        Command::Explain(options) => explain::run(&paths, &options),
        Command::Help(options) => help::run::<Arguments>(&options),
        Command::Init(options) => init::run(&options),
        Command::Generate(command) => generate::run::<Arguments>(command),
        Command::Backtest(options) => backtest::run(&paths, &options),
        Command::Words(options) => words::run(&paths, &options),
        Command::Hits(options) => hits::run(&paths, &options),
        Command::Items(options) => items::run(&paths, &options),
        Command::Story(command) => story::run(&paths, &command),
        Command::Feed(command) => feed::run(&paths, command),
        Command::Article(command) => article::run(&paths, &command),
        Command::Digest(command) => digest::run(&paths, &command),
        Command::Outbox(command) => outbox::run(&paths, command),
        Command::Mail(command) => mail::run(&paths, &command),
        Command::Backup(options) => backup::run(&paths, &options),
        Command::Mute(options) => mute::mute(&paths, &options),
        Command::Unmute(options) => mute::unmute(&paths, &options),
        Command::Web(options) => web::run(&paths, &options),
        Command::Status(options) => status::run(&paths, options),
    };
    match result {
        Ok(code) => code,
        Err(failure) => {
            if !failure.message.is_empty() {
                tell!("newsvigil: {}", output::plain(&failure.message));
            }
            ExitCode::from(failure.code)
        }
    }
}

/// An address as the feed gives it, where that is not the one that is shown.
fn original<'a>(shown: Option<&str>, given: Option<&'a str>) -> Option<&'a str> {
    given.filter(|given| shown != Some(given))
}

/// Words that watches found, each once, however it is written.
fn words_once<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    const LONGEST: usize = 60;
    let mut folded = BTreeSet::new();
    words
        .filter(|word| folded.insert(fold_text(word)))
        .map(|word| output::printable(word, LONGEST))
        .collect()
}

/// A watch that does not exist, with the one that was probably meant.
fn no_watch(config: &Config, id: &str, besides: &str) -> Failure {
    let meant = match config.nearest_watch(id) {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None => String::new(),
    };
    Failure::new(USAGE, format!("there is no watch `{id}`{besides}{meant}"))
}
