use std::fs;

use crate::config;

/// The outlet of a feed with these lines, or what is wrong with them.
fn outlet(lines: &str) -> Result<String, String> {
    config_of(lines).map(|config| config.feeds[0].outlet.clone())
}

fn config_of(lines: &str) -> Result<config::Config, String> {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("watches")).unwrap();
    let watch = "[[watch]]\nid = \"w\"\ntitle = \"W\"\nmatch = \"arrested\"\n";
    for (name, text) in [
        (
            "newsvigil.toml",
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
        ),
        ("feeds.toml", &format!("[[feed]]\nid = \"a\"\n{lines}\n")),
        ("watches/w.toml", watch),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    match config::load(folder.path()) {
        Ok((config, _)) => Ok(config),
        Err(problems) => Err(problems.render(config::Styling::Plain)),
    }
}

#[test]
fn an_outlet_is_what_is_written_or_the_domain_that_somebody_registered() {
    for (lines, expected) in [
        ("url = \"https://feeds.bbc.co.uk/world\"", "bbc.co.uk"),
        ("url = \"https://WWW.Example.ORG./feed\"", "example.org"),
        (
            "url = \"https://desk.blogspot.com/feed\"",
            "desk.blogspot.com",
        ),
        (
            "url = \"https://zeitung.münchen.example/feed\"",
            "xn--mnchen-3ya.example",
        ),
        ("url = \"https://feeds.feedburner.com/outlet\"", "a"),
        ("url = \"https://news.google.com/rss/search?q=x\"", "a"),
        ("url = \"https://192.0.2.7/feed\"", "a"),
        ("url = \"http://localhost/feed\"", "a"),
        ("url = \"file:feed.xml\"", "a"),
        (
            "url = \"https://example.org/feed\"\noutlet = \" BBC \"",
            "bbc",
        ),
        (
            "url = \"https://example.org/feed\"\noutlet = \"وكالة\"",
            "وكالة",
        ),
    ] {
        assert_eq!(outlet(lines), Ok(expected.to_owned()), "{lines}");
    }
}

#[test]
fn an_outlet_has_the_name_that_is_written_or_that_it_gives_itself() {
    let called = |lines: &str, own_title: Option<&str>| {
        let url = "url = \"https://feeds.outlet.example/rss\"\n";
        let config = config_of(&format!("{url}{lines}")).unwrap();
        config.outlet("a", own_title.map(str::to_owned))
    };
    let own = Some("Outlet.example - RSS Channel - World");
    let both = "outlet = \"The Outlet\"\ntitle = \"The Outlet: World\"";
    assert_eq!(called(both, own), "The Outlet");
    assert_eq!(
        called("title = \"The Outlet: World\"", own),
        "The Outlet: World"
    );
    assert_eq!(called("", own), "Outlet.example");
    assert_eq!(called("", Some("Latest news")), "outlet.example");
    assert_eq!(called("", None), "outlet.example");
}

#[test]
fn of_feeds_of_one_outlet_each_is_named_with_its_id() {
    let second = "[[feed]]\nid = \"b\"\nurl = \"https://outlet.example/b\"\ntitle = \"Outlet\"";
    let config = config_of(&format!("url = \"https://outlet.example/a\"\n{second}")).unwrap();
    assert_eq!(config.feed_name("b", None), "Outlet (b)");
    let config = config_of("url = \"https://outlet.example/a\"\ntitle = \"Outlet\"").unwrap();
    assert_eq!(config.feed_name("a", None), "Outlet");
}

#[test]
fn an_outlet_without_a_name_is_a_mistake() {
    let long = "x".repeat(101);
    for (name, told) in [
        ("", "without a name"),
        ("  ", "without a name"),
        (long.as_str(), "more than 100 characters"),
        ("a\\u0007b", "nobody sees"),
    ] {
        let lines = format!("url = \"https://example.org/feed\"\noutlet = \"{name}\"");
        let problem = outlet(&lines).unwrap_err();
        assert!(problem.contains(told), "{name}: {problem}");
        assert!(problem.contains("leave the line out"), "{problem}");
    }
}
