//! `newsvigil feed add`: from the address of a page or feed to a line in `feeds.toml`.

use std::process::ExitCode;

use clap::Args;
use url::Url;

use super::edit::{NewFeed, append};
use super::look::{self, Looker};
use crate::cli::paths::Paths;
use crate::cli::{DATA_ERROR, Failure, USAGE, output};
use crate::core::feed::Feed;
use crate::core::feed::discover::candidates;
use crate::core::schedule::without_credentials;

#[derive(Debug, Args)]
pub(in crate::cli) struct Options {
    /// The address of a feed, or of a page that has one
    url: String,
    /// The id to give it [default: from its title]
    #[arg(long)]
    id: Option<String>,
    /// A tag to give it; may be repeated
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
}

/// A feed that was found and read.
struct Found {
    url: String,
    feed: Feed,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let address = Url::parse(&options.url)
        .or_else(|_| Url::parse(&format!("https://{}", options.url)))
        .map_err(|reason| {
            Failure::new(
                USAGE,
                format!(
                    "{} is not an address: {reason}",
                    without_credentials(&options.url)
                ),
            )
        })?;
    if !address.username().is_empty() || address.password().is_some() {
        return Err(Failure::new(
            USAGE,
            "a feed's address cannot carry a user name or password: it would stand in mails and logs",
        ));
    }
    let looker = Looker::new(paths)?;
    let runtime = crate::cli::runtime()?;
    let found = runtime.block_on(find(&looker, &address));
    runtime.shutdown_background();
    let found = found.map_err(|reason| Failure::new(DATA_ERROR, reason))?;
    let title = found.feed.title.clone().unwrap_or_default();
    let added = append(
        &config,
        vec![NewFeed {
            id: options.id,
            url: found.url.clone(),
            title: found.feed.title,
            tags: options.tag,
            language: found.feed.language,
        }],
    )?;
    let Some(id) = added.ids.first() else {
        say!("{} is in feeds.toml already", found.url);
        return Ok(ExitCode::SUCCESS);
    };
    say!(
        "added `{id}`: {}, {} now, {}",
        output::printable(&title, 80),
        output::count(found.feed.entries.len(), "item"),
        found.url
    );
    say!("a running service takes it up with: systemctl reload newsvigil");
    Ok(ExitCode::SUCCESS)
}

/// The feed at the address itself, else the first of the page's candidates that is one.
async fn find(looker: &Looker, address: &Url) -> Result<Found, String> {
    let modified = looker.body(address.as_str()).await?;
    let page = String::from_utf8_lossy(&modified.body).into_owned();
    let base = Url::parse(&modified.answer.final_url).unwrap_or_else(|_| address.clone());
    let reason = match look::parse(modified).await {
        Ok(feed) => {
            return Ok(Found {
                url: address.to_string(),
                feed,
            });
        }
        Err(reason) => reason,
    };
    let mut tried = Vec::new();
    for candidate in candidates(&page, &base) {
        match looker.feed(candidate.url.as_str()).await {
            Ok(feed) => {
                return Ok(Found {
                    url: candidate.url.to_string(),
                    feed,
                });
            }
            Err(reason) => tried.push(format!(
                "  {}: {reason}",
                without_credentials(candidate.url.as_str())
            )),
        }
    }
    Err(format!(
        "no feed found at {address}: {reason}; tried\n{}",
        tried.join("\n")
    ))
}
