//! `newsvigil feed`: the feeds that are polled, and what feeds hold.

mod add;
mod discovery;
mod edit;
mod fetch_once;
mod list;
mod outlines;
mod show;

use std::process::ExitCode;

use clap::Subcommand;
pub(super) use fetch_once::FeedReader;

use super::failure::Failure;
use super::options::Format;
use super::paths::Paths;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the feeds and how they are
    List(Format),
    /// Read feeds and show what is in them, storing nothing
    Show(show::Options),
    /// Find the feed of a page or address and add it to feeds.toml
    ///
    /// Takes what the page or its `Link` header announces, feeds of comments last; then links of the
    /// same site that are named like feeds, then /feed, /rss, /rss.xml, /atom.xml and /index.xml. It makes six
    /// requests at most, redirects included, one after another, and stops when the site asks to be left
    /// alone. Where none of these is a feed, it looks for a news sitemap in the site's robots.txt, with eight
    /// requests more at most; with --page the address is read as a page of links.
    Add(add::Options),
    /// Add the feeds of an OPML list to feeds.toml; its folders, in any script, become tags
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
