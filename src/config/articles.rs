//! `[article]` of `newsvigil.toml`, and what a feed says of the pages behind its items.

use std::path::Path;

use jiff::SignedDuration;

use super::feeds::{Feed, FeedAddress};
use super::mail::{Files, SecretSource, choice_problem, secret_source};
use super::problem::{Problem, Problems};
use super::table::{Located, TableReader};
use crate::core::article::{Policy, cookie_value, selector_mistake};

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

/// How the pages behind the items of a feed are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedArticles {
    /// Which items, when not as `[article] fetch` says.
    pub fetch: Option<Policy>,
    /// CSS selector of the article's text; found by itself without it.
    pub selector: Option<String>,
    /// CSS selectors of what is no part of the text.
    pub remove: Vec<String>,
    /// The `Cookie` header of a subscriber, for the feed's own host alone.
    pub cookie: Option<Located<SecretSource>>,
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
        folder: &Path,
        table: &mut TableReader<'_>,
        is_page: bool,
    ) -> Self {
        let fetch = read_policy(problems, table, "articles");
        let key = if is_page {
            "article_selector"
        } else {
            "selector"
        };
        let selected = selector(problems, table, key);
        if !is_page && let Some(place) = table.place_of_key("article_selector") {
            let message = "`article_selector` is for a page of links; of a feed, it is `selector`";
            problems.push(Problem::error(place, message));
            // Told already.
            let _ = table.value("article_selector");
        }
        let remove = table.strings(problems, "remove").unwrap_or_default();
        for one in &remove {
            check_selector(problems, "remove", one);
        }
        let cookie = secret_source(problems, folder, table, "cookie", "cookie_file");
        Self {
            fetch,
            selector: selected,
            remove: remove.into_iter().map(|one| one.value).collect(),
            cookie,
        }
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
        if matches!(feed.address, FeedAddress::File(_)) {
            let why = "a feed that is a file has no host that a cookie could be sent to";
            files.refuse(&cookie.place, why.to_owned());
            continue;
        }
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
