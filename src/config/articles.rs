//! `[article]` of `newsvigil.toml`, and what a feed says of the pages behind its items.

use std::path::Path;

use jiff::SignedDuration;
use toml::de::DeValue;
use url::{Host, Url};

use super::feed::{Feed, FeedAddress, FeedArticles};
use super::mail::{Files, choice_problem};
use super::problem::{Problem, Problems};
use super::secret_source::{SecretSource, exclude_each_other, secret_source};
use super::table::{Located, TableReader};
use crate::core::article::{Policy, cookie_value};
use crate::core::web_page::selector_mistake;

/// `[article]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleSettings {
    /// Which items have their page fetched.
    pub fetch: Policy,
    /// Between two requests for pages at one host.
    pub gap: SignedDuration,
    /// Pages of one feed in a day, at most.
    pub daily_pages: u64,
}

impl Default for ArticleSettings {
    fn default() -> Self {
        Self {
            fetch: Policy::default(),
            gap: SignedDuration::from_secs(5),
            daily_pages: 200,
        }
    }
}

/// What decides how the keys of a feed are read, beside themselves.
pub(super) struct FeedArticleContext<'a> {
    /// The folder of the configuration.
    pub(super) folder: &'a Path,
    /// `[article] fetch`.
    pub(super) fetch: Policy,
    /// Where the feed is read from, if that could be read.
    pub(super) address: Option<&'a FeedAddress>,
    /// Whether it is a page of links.
    pub(super) is_page: bool,
}

/// Reads `[article]`; what is missing has its default.
pub(super) fn read_settings(
    problems: &mut Problems,
    table: Option<TableReader<'_>>,
) -> ArticleSettings {
    let mut settings = ArticleSettings::default();
    let Some(mut table) = table else {
        return settings;
    };
    if let Some(policy) = read_policy(problems, &mut table, "fetch") {
        settings.fetch = policy;
    }
    let gap = SignedDuration::from_secs(1)..=SignedDuration::from_mins(10);
    if let Some(gap) = table.duration(problems, "gap", gap) {
        settings.gap = gap;
    }
    if let Some(pages) = table.integer(problems, "daily_pages", 1..=10_000) {
        settings.daily_pages = pages.unsigned_abs();
    }
    table.finish(problems);
    settings
}

impl FeedArticles {
    /// Reads the keys of a feed. Of a page of links, `selector` selects the links.
    pub(super) fn read(
        problems: &mut Problems,
        of: &FeedArticleContext<'_>,
        table: &mut TableReader<'_>,
    ) -> Self {
        let fetch = read_policy(problems, table, "articles");
        let key = if of.is_page {
            "article_selector"
        } else {
            "selector"
        };
        let selected = selector(problems, table, key);
        if !of.is_page
            && let Some(place) = table.place_of_key("article_selector")
        {
            let message = "`article_selector` is for a page of links; of a feed, it is `selector`";
            problems.push(Problem::error(place, message).with_help("selector"));
            // Told already.
            let _ = table.value("article_selector");
        }
        let remove = table.strings(problems, "remove").unwrap_or_default();
        for one in &remove {
            check_selector(problems, "remove", one);
        }
        let cookie = read_cookie(problems, of, table);
        warn_of_unused(problems, of, table, fetch, key);
        Self {
            fetch,
            selector: selected,
            remove: remove.into_iter().map(|one| one.value).collect(),
            cookie,
        }
    }
}

fn read_cookie(
    problems: &mut Problems,
    of: &FeedArticleContext<'_>,
    table: &mut TableReader<'_>,
) -> Option<Located<SecretSource>> {
    let cookie = secret_source(problems, of.folder, table, "cookie", "cookie_file");
    let (key, place) = exclude_each_other(problems, table, &["cookie", "cookie_file"])?;
    let refusal = match of.address {
        Some(FeedAddress::File(_)) => Some((
            format!("`{key}` is for the host of the feed, and a file has none"),
            "leave it out, or poll the feed at its own address",
        )),
        Some(FeedAddress::Web(url)) if url.scheme() == "http" && !is_this_machine(url) => Some((
            format!("`{key}` would be sent where anybody on the way can read it"),
            "give the feed an address that begins with https:",
        )),
        Some(FeedAddress::Web(_)) | None => None,
    };
    if let Some((message, help)) = refusal {
        problems.push(Problem::error(place, message).with_help(help));
        return None;
    }
    cookie
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => false,
    }
}

/// Warns of what says how pages are read that nobody asks for.
fn warn_of_unused(
    problems: &mut Problems,
    of: &FeedArticleContext<'_>,
    table: &TableReader<'_>,
    fetch: Option<Policy>,
    selector: &'static str,
) {
    if fetch.unwrap_or(of.fetch) != Policy::Off {
        return;
    }
    let off = table.place_of_key("articles");
    for key in [selector, "remove", "cookie", "cookie_file"] {
        let Some(place) = table.place_of_key(key) else {
            continue;
        };
        let problem = match &off {
            Some(off) => Problem::warning(
                place,
                format!("`{key}` is never used: `articles` of the feed is \"off\""),
            )
            .with_related(off.clone(), "no page of this feed is fetched"),
            None => Problem::warning(
                place,
                format!("`{key}` is never used: `fetch` in [article] is \"off\""),
            ),
        };
        problems.push(problem.with_help("articles = \"auto\" fetches the pages of this feed"));
    }
}

/// Reports cookies that cannot be used. Gives what somebody should know when all is well.
pub(super) fn check_cookies(
    problems: &mut Problems,
    feeds: &[Feed],
    credentials: Option<&Path>,
) -> Vec<String> {
    let tried_by = "`newsvigil feed list` shows how its pages are read";
    let mut files = Files::new(problems, credentials, tried_by);
    for feed in feeds {
        let Some(cookie) = &feed.articles.cookie else {
            continue;
        };
        if let Some(secret) = files.secret(&format!("cookie of the feed {}", feed.id), cookie)
            && let Err(error) = cookie_value(secret.expose())
        {
            files.refuse(&cookie.place, error.to_string());
        }
    }
    files.notes
}

fn read_policy(
    problems: &mut Problems,
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Option<Policy> {
    let value = table.value(key)?;
    if let DeValue::Boolean(wanted) = value.get_ref() {
        // Of a watch, `articles` is true or false.
        let meant = if *wanted { "\"auto\"" } else { "\"off\"" };
        let message = format!("`{key}` says which items, and is a text in quotes");
        problems.push(Problem::error(table.place_of(value), message).with_help(meant));
        return None;
    }
    let found = table.string(problems, key)?;
    let policy = Policy::NAMES
        .into_iter()
        .find_map(|(name, policy)| (name == found.value).then_some(policy));
    if policy.is_none() {
        let names = Policy::NAMES.map(|(name, _)| name);
        problems.push(choice_problem(found.place, key, &found.value, &names));
    }
    policy
}

/// Reads a CSS selector, if it is there and is one.
pub(super) fn selector(
    problems: &mut Problems,
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Option<String> {
    let found = table.string(problems, key)?;
    check_selector(problems, key, &found).then_some(found.value)
}

fn check_selector(problems: &mut Problems, key: &str, found: &Located<String>) -> bool {
    let Some(mistake) = selector_mistake(&found.value) else {
        return true;
    };
    let problem = Problem::error(
        found.place.clone(),
        format!("`{key}` is no CSS selector: {mistake}"),
    );
    problems.push(problem.with_help("such as \"main a\", \"article p\" or \".story-body\""));
    false
}

#[cfg(test)]
mod tests;
