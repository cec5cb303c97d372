//! Finds the feed of a page or a site: at the address itself, among what the page announces, in its sitemaps.

use std::time::Duration;

use url::Url;

use super::fetch_once::{self, Cause, FeedReader, LinkPageOptions, Read};
use crate::cli::output;
use crate::core::feed::Feed;
use crate::core::feed::discover::{Candidate, Page, candidates};
use crate::core::feed::link_page::LinkPage;
use crate::core::feed::sitemap::{is_news_sitemap_name, sitemaps_in_robots_txt};
use crate::core::schedule::without_credentials;
use crate::core::text::decode::decode;

/// A feed that was found and read.
pub(super) struct Found {
    pub(super) url: String,
    pub(super) feed: Feed,
    /// Why this one, where the page does not offer it; reads alone.
    pub(super) why: Option<String>,
    /// How it is read, if it is a page of links.
    pub(super) page: Option<LinkPage>,
}

impl Found {
    fn at(url: &Url, feed: Feed) -> Self {
        Self {
            url: url.to_string(),
            feed,
            why: None,
            page: None,
        }
    }
}

/// The page at the address.
pub(super) async fn page(
    looker: &FeedReader,
    addresses: &[Url],
    page_options: LinkPageOptions,
) -> Result<Found, String> {
    let first = addresses.first().map_or("", Url::as_str);
    let mut left = REQUESTS_AT_MOST;
    let (modified, address) = looker
        .body(addresses, &mut left)
        .await
        .map_err(|refusal| format!("{first} cannot be read: {}", refusal.message))?;
    let read = fetch_once::parse_page(modified, page_options).await;
    let read = read.map_err(|reason| format!("{address} is not added: {reason}"))?;
    Ok(Found {
        page: Some(read.page),
        ..Found::at(address, read.feed)
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
pub(super) async fn find(looker: &FeedReader, addresses: &[Url]) -> Result<Found, String> {
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
            return Ok(Found::at(address, read.feed));
        }
        Err(reason) => reason,
    };
    let announces = candidates.iter().any(|candidate| candidate.is_announced);
    let mut tried = Vec::new();
    match first_feed(looker, candidates, left, &mut tried).await {
        Ok(Some(found)) => return Ok(found),
        Ok(None) => {
            if let Some(found) = find_sitemap(looker, &final_url, &mut tried).await {
                return Ok(found);
            }
        }
        Err(Throttled) => {}
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

/// The site asks to be left alone.
struct Throttled;

/// The first of a page's candidates that is a feed; what was asked in vain is added to what was `tried`.
async fn first_feed(
    looker: &FeedReader,
    candidates: Vec<Candidate>,
    mut left: usize,
    tried: &mut Vec<String>,
) -> Result<Option<Found>, Throttled> {
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
                return Ok(Some(Found::at(&url, read.feed)));
            }
            Err(reason) => {
                tried.push(format!("  {}: {reason}", without_credentials(url.as_str())));
            }
        }
        if throttled {
            tried.push(LEFT_ALONE.to_owned());
            return Err(Throttled);
        }
    }
    Ok(None)
}

/// Further sitemaps that are shown.
const OTHERS_SHOWN: usize = 5;

const LEFT_ALONE: &str = "  the site asks to be left alone for now; try again later";

/// Sitemaps behind the one that was chosen whose names say news, too: of other languages or sections, perhaps.
fn also_named(sitemaps: &[Url], chosen: usize) -> String {
    let behind = sitemaps.iter().skip(chosen + 1);
    let others: Vec<String> = behind
        .filter(|url| is_news_sitemap_name(url.path()))
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
async fn find_sitemap(looker: &FeedReader, page: &Url, tried: &mut Vec<String>) -> Option<Found> {
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
    let sitemaps = sitemaps_in_robots_txt(&text, &robots);
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
                return Some(in_sitemap(&robots, &sitemaps, chosen, read));
            }
            Err(reason) => tried.push(format!("  {shown}: {reason}")),
        }
    }
    None
}

/// The feed of one of the sitemaps that a `robots.txt` names.
fn in_sitemap(robots: &Url, sitemaps: &[Url], chosen: usize, read: Read) -> Found {
    let url = &sitemaps[chosen];
    let shown = without_credentials(url.as_str());
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
    Found {
        why: Some(why + &also_named(sitemaps, chosen)),
        ..Found::at(url, read.feed)
    }
}
