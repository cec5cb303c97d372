//! `newsvigil feed import` and `export`: OPML lists.

use std::io::{self, Read};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::edit::{NewFeed, append};
use crate::cli::failure::{DATA_ERROR, Failure, NO_INPUT};
use crate::cli::output;
use crate::cli::paths::Paths;
use crate::config::FeedAddress;
use crate::core::feed::opml::{self, Outline};
use crate::core::schedule::without_credentials;
use crate::file::open_regular;

/// No list of feeds is larger.
const MAX_LIST_BYTES: u64 = 64 << 20;

#[derive(Debug, Args)]
pub(in crate::cli) struct ImportOptions {
    /// The list; `-` is standard input
    #[arg(value_name = "OPML")]
    file: PathBuf,
}

pub(super) fn import(paths: &Paths, options: &ImportOptions) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let name = options.file.display().to_string();
    let cannot =
        |reason: io::Error| Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"));
    let reader: Box<dyn Read> = if name == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(open_regular(&options.file).map_err(cannot)?)
    };
    let mut bytes = Vec::new();
    reader
        .take(MAX_LIST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    let name = if name == "-" {
        "the list".to_owned()
    } else {
        name
    };
    let (outlines, warnings) = opml::read(&bytes);
    if outlines.is_empty() {
        return Err(Failure::new(
            DATA_ERROR,
            format!(
                "{name} names no feed: an OPML list has an `outline` with an `xmlUrl` for each"
            ),
        ));
    }
    for warning in warnings {
        tell!("{name}: {}", output::printable(&warning, 160));
    }
    let feeds = outlines
        .into_iter()
        .map(|outline| NewFeed {
            id: None,
            url: outline.url,
            title: outline.title,
            tags: outline.folders,
            language: outline.language,
            page: None,
        })
        .collect();
    let added = append(&config, feeds)?;
    tell_left_out(&added.unusable);
    added.tell_notes();
    say!(
        "{} added, {} there already, {} left out",
        output::count(added.ids.len(), "feed"),
        added.known.len(),
        added.unusable.len()
    );
    Ok(ExitCode::SUCCESS)
}

fn tell_left_out(feeds: &[NewFeed]) {
    for feed in feeds {
        let title = output::printable(feed.title.as_deref().unwrap_or_default(), 80);
        let address = output::printable(&without_credentials(&feed.url), 120);
        match (title.as_str(), address.as_str()) {
            (title, "") => tell!("left out, for the list gives no address: {title}"),
            ("", address) => tell!("left out, not an address that can be polled: {address}"),
            (title, address) => {
                tell!("left out, not an address that can be polled: {address} ({title})");
            }
        }
    }
}

pub(super) fn export(paths: &Paths) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let outlines: Vec<Outline> = config
        .feeds
        .iter()
        .filter(|feed| matches!(feed.address, FeedAddress::Web(_)) && feed.page.is_none())
        .map(|feed| Outline {
            title: Some(feed.title.clone()),
            url: feed.address.to_string(),
            language: feed.language.clone(),
            folders: feed.tags.iter().cloned().collect(),
        })
        .collect();
    say_part!("{}", opml::write("newsvigil feeds", &outlines));
    let is_file = |address: &FeedAddress| matches!(address, FeedAddress::File(_));
    for feed in config.feeds.iter().filter(|feed| is_file(&feed.address)) {
        tell!("left out, for it is read from a file: {}", feed.id);
    }
    for feed in config.feeds.iter().filter(|feed| feed.page.is_some()) {
        tell!(
            "left out, for it is a page of links and no feed: {}",
            feed.id
        );
    }
    Ok(ExitCode::SUCCESS)
}
