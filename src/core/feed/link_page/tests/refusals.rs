//! What is no list of news.

use super::*;

#[track_caller]
fn check_error(selector: &str, body: &str, words: &[&str]) {
    let error = taken(&LinkPage::by(selector), body)
        .expect_err("nothing is taken")
        .to_string();
    for word in words {
        assert!(error.contains(word), "{error}, of {body}");
    }
}

#[test]
fn links_that_are_all_of_menus_are_told() {
    let page = |list: &str| {
        format!(
            "<nav><a href=/about>About us</a></nav><main>{list}<div class=pager>\
             <a href='/news/?page=2'>Next page</a> <a href='/news/?page=3'>3</a></div></main>"
        )
    };
    let list = "<ul><li><a href=/news/1>Two held in the capital</a></ul>";
    assert!(feed("main a", &page(list)).warnings.is_empty());
    for (selector, list) in [("main a", "<div id=app></div>"), ("nav a", list)] {
        let warnings = feed(selector, &page(list)).warnings;
        assert!(warnings[0].contains("stands in menus"), "{warnings:?}");
    }
}

#[test]
fn a_selector_that_finds_nothing_is_an_error_that_says_what_to_do() {
    let body = "<main><a href=/a>A</a><p>Text</p></main>";
    check_error(
        "ul.news a",
        body,
        &["`ul.news a` matches nothing", "1 other link"],
    );
    check_error("p", body, &["`p` matches 1 part", "link"]);
    check_error("main >", body, &["`main >` is no CSS selector"]);
    check_error(
        "a",
        "<a href='mailto:x@outlet.example'>x</a>",
        &["matches 1 part"],
    );
    check_error("a", "", &["empty"]);
    check_error("a", " \n ", &["empty"]);
    check_error(
        "main a",
        "<rss version='2.0'><channel><title>News</title><item><title>A</title></item></channel></rss>",
        &["it is a feed", "kind"],
    );
    let error = taken(&LinkPage::by(".gone"), body).unwrap_err();
    let advice = error.with_advice(ADDRESS);
    assert!(
        advice.contains("newsvigil feed show --kind page https://outlet.example/news/ --selector"),
        "{advice}"
    );
    assert!(advice.len() < 300, "a person sees all of it");
}

#[test]
fn a_wall_is_no_page_of_news() {
    check_error(
        "a",
        "<html><title>Just a moment...</title><p>Checking your browser. <a href='https://www.cloudflare.example/5xx'>Why?</a></p>",
        &["tests whether a person is reading (Cloudflare)"],
    );
    let consent = "<html><body><div id=onetrust-consent-sdk><p>We value your privacy</p><a href=/privacy>Our policy</a>
        <button>Accept</button></div></body></html>";
    check_error("a", consent, &["consent"]);
    check_error(
        ".news a",
        "<html><body><div id=root></div><noscript>You need to enable JavaScript.</noscript><script src=/app.js></script></body></html>",
        &["scripts"],
    );
    // A form for a letter is no wall.
    let body = "<main><a href=/a>Five held</a></main><form><div class=g-recaptcha></div></form>";
    check("main a", body, &[("/a", "Five held", "")]);
    check_error("a", "%PDF-1.7 <a href=/a>A</a>", &["PDF"]);
}

#[test]
fn a_page_with_links_without_words_is_an_error() {
    check_error("a", "<a href=/a></a><a href=/b><img></a>", &["`a`"]);
}

#[test]
fn a_wall_beside_links_of_its_own_kind_is_no_page_of_news() {
    let wall = "<div id='onetrust-consent-sdk'><h2>Your privacy</h2><p>We and our 842 partners store what you read. See \
                <a href=/partners>our partners</a></p><button>Accept</button></div>";
    let consent = ["asks for consent"];
    check_error(
        "main a",
        &format!("<main>{wall}<a href=/privacy>Privacy policy</a></main>"),
        &consent,
    );
    check_error(
        "a",
        &format!("{wall}<a href=/x/terms-of-use>Terms</a> <a href=/help>Help</a>"),
        &consent,
    );
    let legal =
        "<a href=/privacy>Privacy</a><a href=/imprint>Imprint</a><a href=/cookies>Cookies</a>";
    check_error("a", &format!("{wall}{legal}"), &consent);
    let news: String = (0..8)
        .map(|number| {
            format!("<h3><a href=/n/{number}>Two held in the capital, number {number}</a></h3>")
        })
        .collect();
    check_error(
        "#onetrust-consent-sdk a",
        &format!("{wall}{news}"),
        &consent,
    );
    assert_eq!(feed("a", &format!("{wall}{news}")).entries.len(), 8);
    let few = "<h3><a href=/n/1>Two held</a></h3><h3><a href=/n/2>Three held</a></h3><h3><a href=/n/3>Four held</a></h3>";
    assert_eq!(feed("h3 a", &format!("{wall}{few}")).entries.len(), 3);
}
