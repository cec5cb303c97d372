use super::*;

fn refused(rules: &RobotsRules, path: &str) -> bool {
    let address = Url::parse(&format!("https://example.org{path}")).unwrap();
    // As it is after a restart.
    let kept = serde_json::to_string(rules).unwrap();
    let rules: RobotsRules = serde_json::from_str(&kept).unwrap();
    rules.refusal(&address).is_some()
}

#[track_caller]
fn check(body: &str, refuses: &[&str], allows: &[&str]) {
    let rules = RobotsRules::parse(body.as_bytes());
    for path in refuses {
        assert!(refused(&rules, path), "{path} in {body}");
    }
    for path in allows {
        assert!(!refused(&rules, path), "{path} in {body}");
    }
}

#[test]
fn our_own_group_goes_before_the_one_for_all() {
    let body = "User-agent: *\nDisallow: /\n\nUser-Agent: NewsVigil\nDisallow: /archive/\n";
    check(body, &["/archive/1"], &["/news/1", "/"]);
    let body = "User-agent: newsvigil\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\n\
                    user-agent: newsvigil\nDisallow: /b\n";
    check(body, &["/a1", "/b1"], &["/c"]);
    // Names that only begin or end like ours are others'.
    for name in [
        "newsvigil/0.1.0",
        "NewsVigil/1 (+desk@example.org)",
        "newsvigil*",
        " newsvigil ",
    ] {
        check(&format!("User-agent:{name}\nDisallow: /\n"), &["/a"], &[]);
    }
    let body = "User-agent: newsvigilante\nDisallow: /\nUser-agent: news\nDisallow: /\n";
    check(body, &[], &["/a"]);
    check(
        "User-agent: *\nDisallow: /\n",
        &["/", "/a?b=c"],
        &["/robots.txt"],
    );
}

#[test]
fn the_longest_rule_decides_with_wildcards_ends_and_escapes() {
    let body = "User-agent: *\nDisallow: /news\nAllow: /news/world/\nDisallow: /*.pdf$\n\
                    Disallow: /%D1%8F\nDisallow: /search?q=\n";
    check(
        body,
        &[
            "/news/sport",
            "/a/b.pdf",
            "/я",
            "/%d1%8f/x",
            "/search?q=1",
            "/news",
        ],
        &["/news/world/1", "/a/b.pdf?x", "/search", "/new"],
    );
    check("User-agent: *\nAllow: /a\nDisallow: /a\n", &[], &["/a"]);
    check("User-agent: *\nDisallow:\n", &[], &["/a"]);
    check("<html>Not found</html>", &[], &["/a"]);
    check("", &[], &["/a"]);
}

#[test]
fn the_rule_is_named() {
    let rules = RobotsRules::parse(b"User-agent: *\nDisallow: /members\n");
    let address = Url::parse("https://example.org/members/1").unwrap();
    assert_eq!(
        rules.refusal(&address).as_deref(),
        Some("robots.txt asks not to fetch /members")
    );
}

#[test]
fn a_missing_file_allows_all_and_one_that_cannot_be_had_nothing() {
    for status in [301, 304, 400, 401, 403, 404, 410, 451] {
        assert_eq!(
            RobotsRules::of_answer(status, b"Disallow: /"),
            Ok(RobotsRules::default()),
            "{status}"
        );
    }
    for status in [429, 408, 500, 502, 503, 504, 520, 599, 999] {
        assert!(RobotsRules::of_answer(status, b"").is_err(), "{status}");
    }
    let file = RobotsRules::of_answer(200, b"User-agent: *\nDisallow: /x").unwrap();
    assert!(refused(&file, "/x") && !refused(&file, "/y"));
}

#[test]
fn five_hundred_kib_count_and_what_is_beyond_does_not() {
    let mut body = String::from("User-agent: *\nDisallow: /first\n");
    let mut number = 0;
    while body.len() < 480 * 1024 {
        use std::fmt::Write as _;
        writeln!(body, "Disallow: /withdrawn/article-{number}.html").unwrap();
        number += 1;
    }
    body.push_str("Disallow: /last\n");
    let within = body.clone();
    body.push_str(&"# padding\n".repeat(4000));
    body.push_str("Disallow: /beyond\n");
    check(
        &within,
        &["/first", "/last", "/withdrawn/article-77.html"],
        &["/beyond"],
    );
    check(&body, &["/last"], &["/beyond", "/withdrawn/"]);
    let kept = serde_json::to_string(&RobotsRules::parse(body.as_bytes())).unwrap();
    assert!(kept.len() < KEPT_AT_MOST, "{}", kept.len());
}

#[test]
fn more_rules_than_can_be_kept_allow_nothing() {
    use std::fmt::Write as _;
    let mut seed = 1_u64;
    let mut body = String::from("User-agent: *\n");
    while body.len() < 490 * 1024 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let _ = writeln!(body, "Disallow: /{seed:x}");
    }
    let rules = RobotsRules::parse(body.as_bytes());
    let address = Url::parse("https://example.org/a").unwrap();
    let why = rules.refusal(&address).unwrap();
    assert_eq!(why, "its robots.txt has more rules than are kept");
    assert!(serde_json::to_string(&rules).unwrap().len() < 100);
}

#[test]
fn a_delay_is_heeded_up_to_a_minute() {
    let delay = |line: &str| {
        RobotsRules::parse(format!("User-agent: *\n{line}\n").as_bytes()).crawl_delay()
    };
    assert_eq!(
        delay("Crawl-delay: 10"),
        Some(SignedDuration::from_secs(10))
    );
    assert_eq!(
        delay("crawl-delay: 0.5"),
        Some(SignedDuration::from_millis(500))
    );
    assert_eq!(delay("Crawl-delay: 86400"), Some(CRAWL_DELAY_AT_MOST));
    for none in [
        "Crawl-delay: -1",
        "Crawl-delay: NaN",
        "Crawl-delay: soon",
        "Crawl-delay:",
    ] {
        assert_eq!(delay(none), None, "{none}");
    }
}
