use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::super::feeds;
use super::super::places::Places;
use super::super::problem::{Source, Styling};
use super::*;
use crate::config::loader::read_settings as read_file;
use crate::config::source::with_root;
use crate::core::watch::Severity;

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
    let read = read_file(&mut problems, Path::new("/config"), &Places::default(), 0);
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
    let (read, problems) = settings("[article]\nfetch = \"hits\"\ngap = \"30s\"\ndaily_pages = 50");
    check(&problems, Severity::Error, &[]);
    assert_eq!(
        (read.fetch, read.gap, read.daily_pages),
        (Policy::Hits, SignedDuration::from_secs(30), 50)
    );
}

#[test]
fn all_mistakes_of_the_settings_are_told_at_once() {
    let lines =
        "[article]\nfetch = \"al\"\ngap = 5\ndaily_pages = 0\nretention = \"30d\"\ndelay = \"5s\"";
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
