//! `feeds.toml`: what is polled.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::SignedDuration;
use url::Url;

use super::articles::{FeedArticles, OfFeed, selector};
use super::languages::meant_by;
use super::mail::choice_problem;
use super::masked::masked;
use super::names::{Names, check_id, check_tag, normal_tag};
use super::problem::{Place, Problem, Problems};
use super::table::{Located, TableReader};
use crate::core::article::Policy;
pub use crate::core::feed::link_page::LinkPage;
use crate::core::feed::typed_address;

/// A feed to poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Stable name that hits and watches refer to.
    pub id: String,
    /// Where it is read from.
    pub address: FeedAddress,
    /// What readers call it; the id when not given.
    pub title: String,
    /// Words that watches can select feeds by.
    pub tags: BTreeSet<String>,
    /// BCP 47 tag of its items, when they do not say.
    pub language: Option<String>,
    /// Whose voice it is: feeds of one outlet report a story once. The registrable domain of its site when not
    /// given, else its id.
    pub outlet: String,
    /// How often it is polled, when not as `[fetch] every` says.
    pub every: Option<SignedDuration>,
    /// How the pages behind its items are read.
    pub articles: FeedArticles,
    /// With `kind = "page"`: it is a web page, and what is linked anew on it is an item.
    pub page: Option<LinkPage>,
}

/// Where a feed is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedAddress {
    /// `http` or `https`.
    Web(Url),
    /// `file:`, relative to the configuration folder unless absolute.
    File(PathBuf),
}

impl Feed {
    /// What is known of the feed belongs to: its address and, of a page of links, how it is read. Where another
    /// is configured, the feed begins anew.
    pub fn source(&self) -> String {
        match &self.page {
            None => self.address.to_string(),
            Some(page) => format!("{} {page}", self.address),
        }
    }
}

impl std::fmt::Display for FeedAddress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Web(url) => formatter.write_str(url.as_str()),
            Self::File(path) => write!(formatter, "file:{}", path.display()),
        }
    }
}

/// Reads every `[[feed]]`; `fetch` is that of `[article]`.
pub(super) fn read(
    problems: &mut Problems,
    folder: &Path,
    fetch: Policy,
    tables: Vec<TableReader<'_>>,
) -> Vec<Feed> {
    let mut names = Names::new("feeds");
    let mut addresses: Vec<(FeedAddress, Place)> = Vec::new();
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
) -> Option<(Feed, Place)> {
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
    let outlet = table.string(problems, "outlet");
    let every = table.duration(
        problems,
        "every",
        SignedDuration::from_mins(10)..=SignedDuration::from_hours(24 * 7),
    );
    let page = read_page(problems, &mut table);
    let of = OfFeed {
        folder,
        fetch,
        address: address.as_ref(),
        is_page: page.is_some(),
    };
    let articles = FeedArticles::read(problems, &of, &mut table);
    table.finish(problems);
    let id = id?.value;
    let address = address?;
    let outlet = outlet
        .map(|outlet| outlet.value.trim().to_lowercase())
        .filter(|outlet| !outlet.is_empty())
        .or_else(|| registrable_domain(&address))
        .unwrap_or_else(|| id.clone());
    let feed = Feed {
        outlet,
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

/// The registrable domain of a feed's host, by the Public Suffix List: `bbc.co.uk` of `feeds.bbc.co.uk`.
fn registrable_domain(address: &FeedAddress) -> Option<String> {
    let FeedAddress::Web(url) = address else {
        return None;
    };
    let host = url.domain()?.trim_end_matches('.');
    psl::domain_str(host).map(str::to_ascii_lowercase)
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
    let meant = typed_address::addresses(&url.value).unwrap_or_default();
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
        Ok(parsed) if !parsed.username().is_empty() || parsed.password().is_some() => {
            Problem::error(
                url.place.clone(),
                "a feed's url cannot carry a user name or password: it would stand in mails and logs",
            )
        }
        Ok(parsed) => return Some(FeedAddress::Web(parsed)),
        Err(reason) => Problem::error(
            url.place.clone(),
            format!("`{}` is not an address: {reason}", masked(&url.value)),
        )
        .with_help("write the whole address, such as \"https://example.org/feed.xml\""),
    };
    let is_safe = |url: &&Url| url.username().is_empty() && url.password().is_none();
    problems.push(match meant.first().filter(is_safe) {
        Some(meant) if *meant.as_str() != *url.value => {
            problem.with_help(format!("did you mean \"{meant}\"?"))
        }
        _ => problem,
    });
    None
}

fn warn_of_repeated_addresses(problems: &mut Problems, addresses: &[(FeedAddress, Place)]) {
    let mut first: BTreeMap<String, &Place> = BTreeMap::new();
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
        problems.push(
            Problem::error(
                language.place.clone(),
                format!("`{}` is not a language", language.value),
            )
            .with_help("use its code: \"en\", \"es\", \"fr\", \"pt\", \"ar\", \"ru\""),
        );
    } else if let Some(meant) = meant_by(&language.value) {
        problems.push(
            Problem::warning(
                language.place.clone(),
                format!("`{}` is no language that items are in", language.value),
            )
            .with_help(format!("\"{meant}\"")),
        );
    }
}
