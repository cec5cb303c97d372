//! The command line: one file a command.
//!
//! ```text
//! arguments, environment -> Command and its options, Paths -> configuration, store, daemon -> output -> exit code
//! ```
//!
//! This is the only room that reads the environment, and nobody calls it but the program. Exit codes are those of
//! sysexits.h.

#[macro_use]
mod output;

mod article;
mod backtest;
mod backup;
mod check;
mod credentials;
mod digest;
mod displayed_mail;
mod explain;
mod failure;
mod feed;
mod generate;
mod help;
mod hits;
mod init;
mod items;
mod mail;
mod manual;
mod match_documents;
mod mute;
mod once;
mod options;
mod outbox;
mod paths;
mod run;
mod runtime;
mod status;
mod story;
mod unit;
mod web;
mod words;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::USAGE;
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
