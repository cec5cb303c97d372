//! `feeds.toml`: what is polled.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use jiff::SignedDuration;
use url::Url;

use super::articles::{FeedArticleContext, selector};
use super::feed::FeedArticles;
pub use super::feed::{Feed, FeedAddress};
use super::languages::meant_by;
use super::mail::choice_problem;
use super::names::{Names, check_id, check_tag, normal_tag};
use super::problem::{Problem, Problems, SourceSpan};
use super::redaction::redacted;
use super::table::{Located, TableReader};
use crate::core::article::Policy;
use crate::core::feed::address_input;
pub use crate::core::feed::link_page::LinkPage;

/// Reads every `[[feed]]`; `fetch` is that of `[article]`.
pub(super) fn read(
    problems: &mut Problems,
    folder: &Path,
    fetch: Policy,
    tables: Vec<TableReader<'_>>,
) -> Vec<Feed> {
    let mut names = Names::new("feeds");
    let mut addresses: Vec<(FeedAddress, SourceSpan)> = Vec::new();
    let mut feeds = Vec::new();
    for table in tables {
        if let Some((feed, place)) = read_one(problems, folder, fetch, &mut names, table) {
            addresses.push((feed.address.clone(), place));
            feeds.push(feed);
        }
    }
    warn_of_repeated_addresses(problems, &addresses);
    feeds
}

fn read_one(
    problems: &mut Problems,
    folder: &Path,
    fetch: Policy,
    names: &mut Names,
    mut table: TableReader<'_>,
) -> Option<(Feed, SourceSpan)> {
    let id = table.required_string(problems, "id");
    let url = table.required_string(problems, "url");
    if let Some(id) = &id {
        check_id(problems, id);
        names.add(problems, id);
    }
    let address = url
        .as_ref()
        .and_then(|url| read_address(problems, folder, url));
    let title = table.string(problems, "title");
    let tags = table.strings(problems, "tags").unwrap_or_default();
    for tag in &tags {
        check_tag(problems, tag);
    }
    let language = table.string(problems, "language");
    if let Some(language) = &language {
        check_language(problems, language);
    }
    let outlet = read_outlet(problems, &mut table);
    let every = table.duration(
        problems,
        "every",
        SignedDuration::from_mins(10)..=SignedDuration::from_hours(24 * 7),
    );
    let page = read_page(problems, &mut table);
    let of = FeedArticleContext {
        folder,
        fetch,
        address: address.as_ref(),
        is_page: page.is_some(),
    };
    let articles = FeedArticles::read(problems, &of, &mut table);
    table.finish(problems);
    let id = id?.value;
    let address = address?;
    let known_as = outlet.as_ref().map(|name| name.to_lowercase());
    let feed = Feed {
        outlet: known_as
            .or_else(|| registrable_domain(&address))
            .unwrap_or_else(|| id.clone()),
        outlet_name: outlet,
        title: title
            .map(|title| title.value.trim().to_owned())
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| id.clone()),
        id,
        address,
        tags: tags.iter().map(|tag| normal_tag(&tag.value)).collect(),
        language: language.map(|language| language.value.to_ascii_lowercase()),
        every,
        articles,
        page,
    };
    Some((feed, url?.place))
}

/// Characters of an outlet's name at most.
const OUTLET_AT_MOST: usize = 100;

/// Reads `outlet`.
fn read_outlet(problems: &mut Problems, table: &mut TableReader<'_>) -> Option<String> {
    let outlet = table.string(problems, "outlet")?;
    let name = outlet.value.trim();
    let mistake = if name.is_empty() {
        "an outlet without a name"
    } else if name.chars().count() > OUTLET_AT_MOST {
        "an outlet of more than 100 characters"
    } else if name.chars().any(char::is_control) {
        "an outlet with a character that nobody sees"
    } else {
        return Some(name.to_owned());
    };
    let problem = Problem::error(outlet.place, mistake);
    problems.push(problem.with_help(
        "write the name that readers know it by and that all its feeds share, as in outlet = \"BBC\", or leave the line out",
    ));
    None
}

/// Services that hand out feeds of many outlets under one domain, which tells nothing of the outlet.
const SERVICES: &[&str] = &[
    "bing.com",
    "bsky.app",
    "feed43.com",
    "feedburner.com",
    "feedpress.me",
    "fetchrss.com",
    "google.com",
    "inoreader.com",
    "kill-the-newsletter.com",
    "medium.com",
    "morss.it",
    "openrss.org",
    "politepaul.com",
    "politepol.com",
    "reddit.com",
    "rss.app",
    "rss.com",
    "rsshub.app",
    "substack.com",
    "t.me",
    "telegra.ph",
    "tumblr.com",
    "vimeo.com",
    "yahoo.com",
    "youtube.com",
];

/// The registrable domain of a feed's host, by the Public Suffix List: `bbc.co.uk` of `feeds.bbc.co.uk`. `None` where
/// it tells of no outlet.
fn registrable_domain(address: &FeedAddress) -> Option<String> {
    let FeedAddress::Web(url) = address else {
        return None;
    };
    let host = url.domain()?.trim_end_matches('.');
    let domain = psl::domain_str(host).map(str::to_ascii_lowercase);
    domain.filter(|domain| !SERVICES.contains(&domain.as_str()))
}

/// Reads `kind`, and the selectors of a page of links.
fn read_page(problems: &mut Problems, table: &mut TableReader<'_>) -> Option<LinkPage> {
    let kind = table.string(problems, "kind");
    let is_page = match kind.as_ref().map(|kind| (kind.value.as_str(), kind)) {
        Some(("page", _)) => true,
        None | Some(("feed", _)) => false,
        Some((other, kind)) => {
            problems.push(choice_problem(
                kind.place.clone(),
                "kind",
                other,
                &["feed", "page"],
            ));
            false
        }
    };
    let title = selector(problems, table, "title_selector");
    let date = selector(problems, table, "date_selector");
    if !is_page {
        for key in ["title_selector", "date_selector"] {
            if let Some(place) = table.place_of_key(key) {
                let problem = Problem::error(place, format!("`{key}` is for a page of links"));
                problems.push(problem.with_help("kind = \"page\""));
            }
        }
        return None;
    }
    if table.place_of_key("selector").is_none() {
        let problem = Problem::error(
            table.header(),
            "a page of links needs `selector`: which of its links are items",
        );
        problems.push(problem.with_help("`newsvigil feed add --page URL` proposes one"));
        return None;
    }
    Some(LinkPage {
        selector: selector(problems, table, "selector")?,
        title,
        date,
    })
}

fn read_address(
    problems: &mut Problems,
    folder: &Path,
    url: &Located<String>,
) -> Option<FeedAddress> {
    if let Some(path) = url.value.strip_prefix("file:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        return Some(FeedAddress::File(folder.join(path)));
    }
    let meant = address_input::addresses(&url.value).unwrap_or_default();
    let problem = match Url::parse(&url.value) {
        Ok(parsed) if !matches!(parsed.scheme(), "http" | "https") && !meant.is_empty() => {
            Problem::error(
                url.place.clone(),
                "a feed's url begins with https:, http: or file:",
            )
        }
        Ok(parsed) if !matches!(parsed.scheme(), "http" | "https") => Problem::error(
            url.place.clone(),
            format!(
                "a feed's url begins with https:, http: or file:, not {}:",
                parsed.scheme()
            ),
        ),
        Ok(parsed) if address_input::has_credentials(&parsed) => Problem::error(
            url.place.clone(),
            "a feed's url cannot carry a user name or password: it would stand in mails and logs",
        ),
        Ok(parsed) => return Some(FeedAddress::Web(parsed)),
        Err(reason) => Problem::error(
            url.place.clone(),
            format!("`{}` is not an address: {reason}", redacted(&url.value)),
        )
        .with_help("write the whole address, such as \"https://example.org/feed.xml\""),
    };
    let is_safe = |url: &&Url| !address_input::has_credentials(url);
    problems.push(match meant.first().filter(is_safe) {
        Some(meant) if *meant.as_str() != *url.value => {
            problem.with_help(format!("did you mean \"{meant}\"?"))
        }
        _ => problem,
    });
    None
}

fn warn_of_repeated_addresses(problems: &mut Problems, addresses: &[(FeedAddress, SourceSpan)]) {
    let mut first: BTreeMap<String, &SourceSpan> = BTreeMap::new();
    for (address, place) in addresses {
        match first.entry(address.to_string()) {
            Entry::Occupied(earlier) => problems.push(
                Problem::warning(place.clone(), "two feeds have this address")
                    .with_related((*earlier.get()).clone(), "first given here"),
            ),
            Entry::Vacant(vacant) => {
                vacant.insert(place);
            }
        }
    }
}

/// Reports what is no language tag (RFC 5646, loosely: `es`, `pt-BR`, `zh-Hant`).
pub(super) fn check_language(problems: &mut Problems, language: &Located<String>) {
    let mut parts = language.value.split('-');
    let primary = parts.next().unwrap_or_default();
    let well_formed = (2..=3).contains(&primary.len())
        && primary.chars().all(|c| c.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
        });
    if !well_formed {
        problems.error(
            language.place.clone(),
            format!("`{}` is not a language", language.value),
            "use its code: \"en\", \"es\", \"fr\", \"pt\", \"ar\", \"ru\"",
        );
    } else if let Some(meant) = meant_by(&language.value) {
        problems.warning(
            language.place.clone(),
            format!("`{}` is no language that items are in", language.value),
            format!("\"{meant}\""),
        );
    }
}

#[cfg(test)]
mod tests;
