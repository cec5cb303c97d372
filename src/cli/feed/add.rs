//! `newsvigil feed add`: from the address of a page or feed to a line in `feeds.toml`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use url::Url;

use super::edit::{NewFeed, append};
use super::look::{self, Cause, Looker, PageWishes};
use super::show::line_of;
use crate::cli::failure::{DATA_ERROR, Failure, USAGE};
use crate::cli::output;
use crate::cli::paths::Paths;
use crate::core::feed::address_input::{self, NoAddress};
use crate::core::feed::decode::decode;
use crate::core::feed::discover::{Candidate, Page, candidates};
use crate::core::feed::link_page::LinkPage;
use crate::core::feed::sitemap::{named_in_robots, says_news};
use crate::core::feed::{Entry, Feed};
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

/// A feed that was found and read.
struct Found {
    url: String,
    feed: Feed,
    /// Why this one, where the page does not offer it; reads alone.
    why: Option<String>,
    /// How it is read, if it is a page of links.
    page: Option<LinkPage>,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let addresses = address_input::addresses(&options.url).map_err(|reason| {
        let written = without_credentials(options.url.trim());
        let message = match reason {
            NoAddress::Empty => "give the address of a feed, or of a page that has one".to_owned(),
            NoAddress::Scheme if written.starts_with("file:") => {
                "`feed add` takes addresses of the web; write a local file into feeds.toml, as in \
                 url = \"file:feeds/outlet.xml\""
                    .to_owned()
            }
            NoAddress::Scheme | NoAddress::Syntax => format!("`{written}` {reason}"),
        };
        Failure::new(USAGE, message)
    })?;
    if addresses
        .iter()
        .any(|url| !url.username().is_empty() || url.password().is_some())
    {
        return Err(Failure::new(
            USAGE,
            "a feed's address cannot carry a user name or password: it would stand in mails and logs",
        ));
    }
    let is_proposed = options.selector.is_none();
    let looker = Looker::new(paths)?;
    let runtime = crate::cli::runtime::runtime()?;
    let found = if options.page {
        let wishes = PageWishes {
            selector: options.selector,
            title: options.title_selector,
            date: options.date_selector,
        };
        runtime.block_on(page(&looker, &addresses, wishes))
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

/// The page at the address.
async fn page(looker: &Looker, addresses: &[Url], wishes: PageWishes) -> Result<Found, String> {
    let first = addresses.first().map_or("", Url::as_str);
    let mut left = REQUESTS_AT_MOST;
    let (modified, address) = looker
        .body(addresses, &mut left)
        .await
        .map_err(|refusal| format!("{first} cannot be read: {}", refusal.message))?;
    let read = look::parse_page(modified, wishes).await;
    let read = read.map_err(|reason| format!("{address} is not added: {reason}"))?;
    Ok(Found {
        url: address.to_string(),
        feed: read.feed,
        why: None,
        page: Some(read.page),
    })
}

/// Requests at most to a publisher who is asked for a page, redirects included.
const REQUESTS_AT_MOST: usize = 6;
/// The same for one whose pages offer no feed, to look for a news sitemap.
const SITEMAP_REQUESTS_AT_MOST: usize = 8;
/// A pause between two requests to a publisher who did not ask for them.
const PAUSE: Duration = Duration::from_millis(500);

/// The feed at the address itself, else the first of the page's candidates that is one, else a news sitemap of
/// its site. They are asked one after another, and no more once a server asks to be left alone.
async fn find(looker: &Looker, addresses: &[Url]) -> Result<Found, String> {
    let mut left = REQUESTS_AT_MOST;
    let (modified, address) = match looker.body(addresses, &mut left).await {
        Ok(found) => found,
        Err(refusal) => {
            let address = addresses.first().map_or("", Url::as_str);
            return Err(format!("{address} cannot be read: {}", refusal.message));
        }
    };
    let final_url = Url::parse(&modified.answer.final_url).unwrap_or_else(|_| address.clone());
    let candidates = candidates(&Page {
        body: &modified.body,
        content_type: modified.content_type.as_deref(),
        link: modified.link.as_deref(),
        address: &final_url,
    });
    let reason = match looker.read(modified, &mut left).await {
        Ok(read) => {
            return Ok(Found {
                url: address.to_string(),
                feed: read.feed,
                why: None,
                page: None,
            });
        }
        Err(reason) => reason,
    };
    let announces = candidates.iter().any(|candidate| candidate.is_announced);
    let mut tried = Vec::new();
    let mut may_ask = true;
    for Candidate { url, .. } in candidates {
        if left == 0 {
            tried.push("  and no more, for the site was asked often enough".to_owned());
            break;
        }
        tokio::time::sleep(PAUSE).await;
        let body = looker.body(std::slice::from_ref(&url), &mut left).await;
        let throttled = body
            .as_ref()
            .is_err_and(|refusal| refusal.cause == Cause::Throttled);
        let feed = match body {
            Ok((modified, _)) => looker.read(modified, &mut left).await,
            Err(refusal) => Err(refusal.message),
        };
        match feed {
            Ok(read) => {
                return Ok(Found {
                    url: url.to_string(),
                    feed: read.feed,
                    why: None,
                    page: None,
                });
            }
            Err(reason) => {
                tried.push(format!("  {}: {reason}", without_credentials(url.as_str())));
            }
        }
        if throttled {
            tried.push(LEFT_ALONE.to_owned());
            may_ask = false;
            break;
        }
    }
    if may_ask && let Some(found) = find_sitemap(looker, &final_url, &mut tried).await {
        return Ok(found);
    }
    let says = if announces {
        "the feeds that it announces cannot be read"
    } else {
        "it announces none"
    };
    Err(format!(
        "no feed found at {address}: {reason}, and {says}; tried\n{}\nif you know the address of the \
         feed, give that; if it has none, --page makes items of its links",
        tried.join("\n")
    ))
}

/// Further sitemaps that are shown.
const OTHERS_SHOWN: usize = 5;

const LEFT_ALONE: &str = "  the site asks to be left alone for now; try again later";

/// Sitemaps behind the one that was chosen whose names say news, too: of other languages or sections, perhaps.
fn also_named(sitemaps: &[Url], chosen: usize) -> String {
    let behind = sitemaps.iter().skip(chosen + 1);
    let others: Vec<String> = behind
        .filter(|url| says_news(url.path()))
        .map(|url| without_credentials(url.as_str()))
        .take(OTHERS_SHOWN)
        .collect();
    match others.as_slice() {
        [] => String::new(),
        others => format!(
            "; for other languages or sections look at {}",
            others.join(", ")
        ),
    }
}

/// The first sitemap with news that the `robots.txt` of a page's site names; what was looked at in vain is added
/// to what was `tried`.
async fn find_sitemap(looker: &Looker, page: &Url, tried: &mut Vec<String>) -> Option<Found> {
    let robots = page.join("/robots.txt").ok()?;
    let mut left = SITEMAP_REQUESTS_AT_MOST;
    tokio::time::sleep(PAUSE).await;
    let modified = match looker.body(std::slice::from_ref(&robots), &mut left).await {
        Ok((modified, _)) => modified,
        Err(refusal) => {
            tried.push(format!("  {robots}, for sitemaps: {}", refusal.message()));
            return None;
        }
    };
    let text = decode(&modified.body, modified.content_type.as_deref()).text;
    let sitemaps = named_in_robots(&text, &robots);
    if sitemaps.is_empty() {
        tried.push(format!("  {robots}: it names no sitemap"));
    }
    for (chosen, url) in sitemaps.iter().enumerate() {
        if left == 0 {
            tried.push("  and no more sitemaps, for the site was asked often enough".to_owned());
            break;
        }
        tokio::time::sleep(PAUSE).await;
        let shown = without_credentials(url.as_str());
        let modified = match looker.body(std::slice::from_ref(url), &mut left).await {
            Ok((modified, _)) => modified,
            Err(refusal) => {
                tried.push(format!("  {shown}: {}", refusal.message()));
                if refusal.cause == Cause::Throttled {
                    tried.push(LEFT_ALONE.to_owned());
                    break;
                }
                continue;
            }
        };
        match looker.read(modified, &mut left).await {
            Ok(read) if read.feed.entries.is_empty() => {
                tried.push(format!(
                    "  {shown}: a sitemap that lists no news at present"
                ));
            }
            Ok(read) => {
                let named = output::count(sitemaps.len(), "sitemap");
                let why = format!("the page offers no feed; {robots} names {named}");
                // A name without a number stays the same tomorrow, and asking for it alone is kinder.
                let is_lasting = |part: &Url| !part.path().contains(|c: char| c.is_ascii_digit());
                let (url, why) = match read.parts.as_slice() {
                    [part] if is_lasting(part) => (
                        part,
                        format!("{why}, and of the index {shown} this part has news"),
                    ),
                    [] => (url, format!("{why}, and this one has news")),
                    _ => (
                        url,
                        format!("{why}, and the newest parts of this index have news"),
                    ),
                };
                return Some(Found {
                    url: url.to_string(),
                    feed: read.feed,
                    why: Some(why + &also_named(&sitemaps, chosen)),
                    page: None,
                });
            }
            Err(reason) => tried.push(format!("  {shown}: {reason}")),
        }
    }
    None
}
