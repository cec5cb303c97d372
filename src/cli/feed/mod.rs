//! `newsvigil feed`: the feeds that are polled, and what feeds hold.

mod add;
mod edit;
mod list;
mod look;
mod outlines;
mod show;

use std::process::ExitCode;

use clap::Subcommand;

use super::paths::Paths;
use super::{Failure, Format};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the feeds and how they are
    List(Format),
    /// Read feeds and show what is in them, storing nothing
    Show(show::Options),
    /// Find the feed of a page or address and add it to feeds.toml
    Add(add::Options),
    /// Add the feeds of an OPML list to feeds.toml; its folders become tags
    Import(outlines::ImportOptions),
    /// Print the feeds as an OPML list
    Export,
}

pub(super) fn run(paths: &Paths, command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::List(format) => list::run(paths, format),
        Command::Show(options) => show::run(paths, &options),
        Command::Add(options) => add::run(paths, options),
        Command::Import(options) => outlines::import(paths, &options),
        Command::Export => outlines::export(paths),
    }
}
