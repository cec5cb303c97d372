//! `[article]` of `newsvigil.toml`, and what a feed says of the pages behind its items.

use std::path::Path;

use jiff::SignedDuration;
use toml::de::DeValue;
use url::{Host, Url};

use super::feed::{Feed, FeedAddress, FeedArticles};
use super::mail::{Files, SecretSource, choice_problem, exclude_each_other, secret_source};
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

/// What decides how the keys of a feed are read, beside themselves.
pub(super) struct OfFeed<'a> {
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
        of: &OfFeed<'_>,
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
    of: &OfFeed<'_>,
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
    of: &OfFeed<'_>,
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
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::super::feeds;
    use super::super::places::Places;
    use super::super::problem::{Severity, Source, Styling};
    use super::*;
    use crate::config::folder::read_settings as read_file;
    use crate::config::source::with_root;

    fn source(name: &str, text: &str) -> Problems {
        let mut problems = Problems::default();
        problems.sources.push(Source {
            path: name.into(),
            text: text.to_owned(),
        });
        problems
    }

    /// What is told of these lines of `newsvigil.toml`, and what is read of them.
    fn settings(lines: &str) -> (ArticleSettings, Problems) {
        let reader = "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"";
        let mut problems = source("newsvigil.toml", &format!("{lines}\n{reader}\n"));
        let name = "newsvigil.toml";
        let read = with_root(&mut problems, 0, name, |problems, root| {
            let folder = Path::new("/config");
            read_file(problems, folder, &Places::default(), 0, root)
        });
        (read.article, problems)
    }

    fn read_feeds(folder: &Path, fetch: Policy, text: &str) -> (Vec<Feed>, Problems) {
        let mut problems = source("feeds.toml", text);
        let feeds = with_root(&mut problems, 0, "feeds.toml", |problems, root| {
            let tables = root.tables(problems, "feed", "[[feed]]");
            feeds::read(problems, folder, fetch, tables)
        });
        (feeds, problems)
    }

    /// The same of a feed at this address with these lines.
    fn feed(url: &str, lines: &str) -> (Vec<Feed>, Problems) {
        let text = format!("[[feed]]\nid = \"a\"\nurl = \"{url}\"\n{lines}\n");
        read_feeds(Path::new("/config"), Policy::Auto, &text)
    }

    const OUTLET: &str = "https://news.example/feed";

    /// That there is one problem a line of `expected`: the text at its place, words of its message, its help.
    #[track_caller]
    fn check(problems: &Problems, severity: Severity, expected: &[(&str, &str, &str)]) {
        let told = problems.render(Styling::Plain);
        assert_eq!(problems.list.len(), expected.len(), "{told}");
        for (problem, (place, words, help)) in problems.list.iter().zip(expected) {
            let span = problem.place.clone().expect("a place").span;
            assert_eq!(problem.severity, severity, "{told}");
            assert_eq!(&problems.sources[0].text[span], *place, "{told}");
            assert!(problem.message.contains(words), "{words}: {told}");
            let given = problem.help.as_deref().unwrap_or_default();
            assert!(given.contains(help), "{help}: {told}");
        }
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let (read, problems) = settings("");
        check(&problems, Severity::Error, &[]);
        assert_eq!(read, ArticleSettings::default());
        assert_eq!(
            (read.fetch, read.gap, read.daily_pages),
            (Policy::Auto, SignedDuration::from_secs(5), 200)
        );
        let (read, problems) =
            settings("[article]\nfetch = \"hits\"\ngap = \"30s\"\ndaily_pages = 50");
        check(&problems, Severity::Error, &[]);
        assert_eq!(
            (read.fetch, read.gap, read.daily_pages),
            (Policy::Hits, SignedDuration::from_secs(30), 50)
        );
    }

    #[test]
    fn all_mistakes_of_the_settings_are_told_at_once() {
        let lines = "[article]\nfetch = \"al\"\ngap = 5\ndaily_pages = 0\nretention = \"30d\"\ndelay = \"5s\"";
        check(
            &settings(lines).1,
            Severity::Error,
            &[
                ("\"al\"", "can be \"auto\" or \"all\"", "\"all\""),
                ("5", "a number and a unit", "\"5s\""),
                ("0", "between 1 and 10000", ""),
                ("delay", "unknown key `delay` in [article]", "`gap`"),
                (
                    "retention",
                    "unknown key",
                    "known keys: fetch, gap, daily_pages",
                ),
            ],
        );
        let gap = "`gap` must lie between 1s and 10m";
        for wrong in ["500ms", "0s", "1h"] {
            let (_, problems) = settings(&format!("[article]\ngap = \"{wrong}\""));
            assert_eq!(problems.errors(), 1, "{wrong}");
        }
        check(
            &settings("[article]\ngap = \"1h\"").1,
            Severity::Error,
            &[("\"1h\"", gap, "")],
        );
    }

    #[test]
    fn who_takes_the_words_of_a_watch_for_those_of_a_feed_is_told_the_right_ones() {
        let says_which = "says which items";
        check(
            &feed(OUTLET, "articles = false").1,
            Severity::Error,
            &[("false", says_which, "\"off\"")],
        );
        check(
            &feed(OUTLET, "articles = true").1,
            Severity::Error,
            &[("true", says_which, "\"auto\"")],
        );
        check(
            &settings("[article]\nfetch = false").1,
            Severity::Error,
            &[("false", says_which, "\"off\"")],
        );
        check(
            &feed(OUTLET, "fetch = \"off\"").1,
            Severity::Error,
            &[("fetch", "unknown key", "`articles`")],
        );
        check(
            &feed(OUTLET, "articles = \"never\"").1,
            Severity::Error,
            &[(
                "\"never\"",
                "\"auto\" or \"all\" or \"hits\" or \"off\"",
                "",
            )],
        );
    }

    #[test]
    fn each_selector_is_looked_at() {
        let lines =
            "selector = \"main >\"\nremove = [\".ad\", \"\", \"//p\"]\narticle_selector = \"p\"";
        check(
            &feed(OUTLET, lines).1,
            Severity::Error,
            &[
                ("\"main >\"", "`selector` is no CSS selector", "article p"),
                ("article_selector", "for a page of links", "selector"),
                ("\"\"", "it is empty", ""),
                ("\"//p\"", "`remove` is no CSS selector", ""),
            ],
        );
        let (feeds, problems) = feed(OUTLET, "selector = \"main p\"\nremove = \".ad\"");
        check(&problems, Severity::Error, &[]);
        assert_eq!(feeds[0].articles.selector.as_deref(), Some("main p"));
        assert_eq!(feeds[0].articles.remove, [".ad"]);
        // A file may hold what another program collects.
        let (feeds, problems) = feed("file:feed.xml", "selector = \"main p\"");
        check(&problems, Severity::Error, &[]);
        assert!(feeds[0].articles.selector.is_some());
    }

    #[test]
    fn a_cookie_goes_to_a_host_and_over_tls() {
        let cookie = "cookie = \"outlet-cookie\"";
        let (feeds, problems) = feed(OUTLET, cookie);
        check(&problems, Severity::Error, &[]);
        let named = SecretSource::Credential("outlet-cookie".to_owned());
        let read = feeds[0].articles.cookie.as_ref();
        assert_eq!(read.map(|read| &read.value), Some(&named));
        check(
            &feed("http://news.example/feed", cookie).1,
            Severity::Error,
            &[("cookie", "anybody on the way can read it", "https:")],
        );
        check(
            &feed("http://news.example/feed", "cookie_file = \"c\"").1,
            Severity::Error,
            &[("cookie_file", "anybody on the way can read it", "https:")],
        );
        check(
            &feed("file:feed.xml", cookie).1,
            Severity::Error,
            &[("cookie", "a file has none", "leave it out")],
        );
        for here in ["http://127.0.0.1:8080/feed", "http://[::1]/"] {
            check(&feed(here, cookie).1, Severity::Error, &[]);
        }
        check(
            &feed(OUTLET, "cookie = \"outlet-cookie\"\ncookie_file = \"c\"").1,
            Severity::Error,
            &[("cookie_file", "exclude each other", "")],
        );
        check(
            &feed(OUTLET, "cookie_file = \" \"").1,
            Severity::Error,
            &[("\" \"", "is empty", "")],
        );
    }

    #[test]
    fn a_cookie_in_the_place_of_its_name_is_told_and_never_shown() {
        let lines = "cookie = \"session=hunter2; id=7\"";
        let (feeds, problems) = feed(OUTLET, lines);
        check(
            &problems,
            Severity::Error,
            &[("cookie", "not the secret itself", "cookie_file")],
        );
        assert_eq!(feeds[0].articles.cookie, None);
        let told = problems.render(Styling::Plain);
        assert!(!told.contains("hunter2") && told.contains("****"), "{told}");
        let (_, problems) = feed(OUTLET, "cookie = \"hunter2hunter2\"");
        check(
            &problems,
            Severity::Warning,
            &[("cookie", "this looks like the secret itself", "cookie_file")],
        );
        let told = problems.render(Styling::Plain);
        assert!(!told.contains("hunter2"), "{told}");
    }

    #[test]
    fn what_nothing_asks_for_is_told() {
        let never = "is never used: `articles` of the feed is \"off\"";
        let auto = "articles = \"auto\"";
        check(
            &feed(
                OUTLET,
                "articles = \"off\"\nselector = \"p\"\nremove = \"i\"\ncookie = \"c\"",
            )
            .1,
            Severity::Warning,
            &[
                ("selector", never, auto),
                ("remove", never, auto),
                ("cookie", never, auto),
            ],
        );
        check(
            &feed(OUTLET, "articles = \"off\"").1,
            Severity::Warning,
            &[],
        );
        check(
            &feed(OUTLET, "articles = \"hits\"\nselector = \"p\"").1,
            Severity::Warning,
            &[],
        );
        let text = format!("[[feed]]\nid = \"a\"\nurl = \"{OUTLET}\"\nselector = \"p\"\n");
        let (_, problems) = read_feeds(Path::new("/config"), Policy::Off, &text);
        let off = "`fetch` in [article] is \"off\"";
        check(&problems, Severity::Warning, &[("selector", off, auto)]);
        let text = format!("{text}articles = \"all\"\n");
        let (_, problems) = read_feeds(Path::new("/config"), Policy::Off, &text);
        check(&problems, Severity::Warning, &[]);
    }

    #[test]
    fn check_tries_the_file_of_a_cookie() {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("[[feed]]\nid = \"a\"\nurl = \"{OUTLET}\"\ncookie_file = \"c\"\n");
        let told = || {
            let (feeds, mut problems) = read_feeds(folder.path(), Policy::Auto, &text);
            let note = check_cookies(&mut problems, &feeds, None);
            (note, problems.render(Styling::Plain))
        };
        let (_, missing) = told();
        assert!(missing.contains("cannot read the secret"), "{missing}");
        let path = folder.path().join("c");
        let write = |text: &str, mode| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        };
        write("session=hunter2", 0o644);
        let (_, exposed) = told();
        assert!(exposed.contains("can be read by others"), "{exposed}");
        write("session=hunter2\u{7}", 0o600);
        let (_, strange) = told();
        assert!(strange.contains("a cookie is one line"), "{strange}");
        write("session=hunter2; id=7\n", 0o600);
        assert_eq!(told(), (Vec::new(), String::new()));
    }

    #[test]
    fn a_credential_that_only_the_service_has_is_noted() {
        let (feeds, mut problems) = feed(OUTLET, "cookie = \"outlet-cookie\"");
        let notes = check_cookies(&mut problems, &feeds, None);
        assert!(notes[0].contains("`outlet-cookie`"), "{notes:?}");
        let (feeds, mut problems) = feed(OUTLET, "cookie = \"hunter2hunter2\"");
        let notes = check_cookies(&mut problems, &feeds, None);
        assert!(!notes[0].contains("hunter2"), "{notes:?}");
    }
}
