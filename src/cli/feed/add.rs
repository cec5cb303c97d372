//! `newsvigil feed add`: from the address of a page or feed to a line in `feeds.toml`.

use std::process::ExitCode;

use clap::Args;
use url::Url;

use super::discovery::{find, page};
use super::edit::{NewFeed, append};
use super::fetch_once::{FeedReader, LinkPageOptions};
use super::show::line_of;
use crate::cli::failure::{DATA_ERROR, Failure, USAGE};
use crate::cli::output;
use crate::cli::paths::Paths;
use crate::core::feed::Entry;
use crate::core::feed::address_input::{self, FeedAddressError};
use crate::core::feed::link_page::LinkPage;
use crate::core::schedule::without_credentials;

#[derive(Debug, Args)]
pub(in crate::cli) struct Options {
    /// The address of a feed, or of a page that has one; `https://` may be left out
    url: String,
    /// The id to give it [default: from its title]
    #[arg(long)]
    id: Option<String>,
    /// A tag to give it; may be repeated
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// The address is that of a page without a feed: each new link of it is an item
    #[arg(long)]
    page: bool,
    /// Which links of the page, as a CSS selector: the links, or what holds one each [default: one is proposed]
    #[arg(long, value_name = "CSS", requires = "page")]
    selector: Option<String>,
    /// The title of an item, in what is selected or around it [default: the words of the link]
    #[arg(long, value_name = "CSS", requires = "page")]
    title_selector: Option<String>,
    /// The date of an item, likewise [default: what is marked as a date or is nothing else]
    #[arg(long, value_name = "CSS", requires = "page")]
    date_selector: Option<String>,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let addresses = addresses(&options.url)?;
    let is_proposed = options.selector.is_none();
    let looker = FeedReader::new(paths)?;
    let runtime = crate::cli::runtime::runtime()?;
    let found = if options.page {
        let page_options = LinkPageOptions {
            selector: options.selector,
            title: options.title_selector,
            date: options.date_selector,
        };
        runtime.block_on(page(&looker, &addresses, page_options))
    } else {
        runtime.block_on(find(&looker, &addresses))
    };
    runtime.shutdown_background();
    let found = found.map_err(|reason| Failure::new(DATA_ERROR, reason))?;
    let title = found.feed.title.clone();
    let title = title.as_deref().unwrap_or("(no title)");
    let added = append(
        &config,
        vec![NewFeed {
            id: options.id,
            url: found.url.clone(),
            title: found.feed.title,
            tags: options.tag,
            language: found.feed.language,
            page: found.page.clone(),
        }],
    )?;
    if !added.unusable.is_empty() {
        return Err(Failure::new(
            DATA_ERROR,
            format!(
                "{} cannot stand in feeds.toml",
                without_credentials(&found.url)
            ),
        ));
    }
    let Some(id) = added.ids.first() else {
        say!("{} is in feeds.toml already", found.url);
        return Ok(ExitCode::SUCCESS);
    };
    added.tell_notes();
    if let Some(why) = &found.why {
        say!("{why}");
    }
    say!(
        "added `{id}`: {}, {} now, {}",
        output::printable(title, 80),
        output::count(found.feed.entries.len(), "item"),
        found.url
    );
    if let Some(page) = &found.page {
        tell_of_page(page, &found.feed.entries, is_proposed);
    }
    say!("a running service takes it up with: systemctl reload newsvigil");
    Ok(ExitCode::SUCCESS)
}

/// The addresses that are meant by what was given.
fn addresses(given: &str) -> Result<Vec<Url>, Failure> {
    let addresses = address_input::addresses(given).map_err(|reason| {
        let written = without_credentials(given.trim());
        let message = match reason {
            FeedAddressError::Empty => {
                "give the address of a feed, or of a page that has one".to_owned()
            }
            FeedAddressError::Scheme if written.starts_with("file:") => {
                "`feed add` takes addresses of the web; write a local file into feeds.toml, as in \
                 url = \"file:feeds/outlet.xml\""
                    .to_owned()
            }
            FeedAddressError::Scheme | FeedAddressError::Syntax => format!("`{written}` {reason}"),
        };
        Failure::new(USAGE, message)
    })?;
    if addresses.iter().any(address_input::has_credentials) {
        return Err(Failure::new(
            USAGE,
            "a feed's address cannot carry a user name or password: it would stand in mails and logs",
        ));
    }
    Ok(addresses)
}

/// Items of a page that are shown, so that a person can judge its selector.
const ITEMS_SHOWN: usize = 8;

fn tell_of_page(page: &LinkPage, entries: &[Entry], is_proposed: bool) {
    let by = if is_proposed {
        "by the proposed"
    } else {
        "by the"
    };
    say!("{by} selector {:?} its items are now", page.selector);
    for entry in entries.iter().take(ITEMS_SHOWN) {
        say!("  {}", line_of(entry));
    }
    if let Some(more) = entries
        .len()
        .checked_sub(ITEMS_SHOWN)
        .filter(|more| *more > 0)
    {
        say!("  and {more} more");
    }
    say!(
        "if these are not its news, change `selector` in feeds.toml; what a selector takes is shown by: newsvigil feed \
         show --kind page URL --selector …"
    );
    say!("what is linked there now is old; what is linked later is told");
}
