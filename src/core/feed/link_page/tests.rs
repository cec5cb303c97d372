//! Pages as publishers make them, and pages that nobody should make.

use proptest::prelude::*;
use url::Url;

use super::*;
use crate::core::feed::{content_hash, entry_key, is_same_content};

const ADDRESS: &str = "https://outlet.example/news/";

fn taken(page: &LinkPage, body: &str) -> Result<Feed, LinkPageError> {
    let base = Url::parse(ADDRESS).unwrap();
    let context = ParseContext {
        base: Some(&base),
        now: Some("2026-11-28T12:00:00Z".parse().unwrap()),
        ..ParseContext::default()
    };
    read(body.as_bytes(), page, &context, &|| false)
}

fn feed(selector: &str, body: &str) -> Feed {
    match taken(&LinkPage::by(selector), body) {
        Ok(feed) => feed,
        Err(error) => panic!("{error}, of {body}"),
    }
}

/// Address below the outlet's, title and day of each item.
fn items(feed: &Feed) -> Vec<(String, String, String)> {
    let day = |date: jiff::Timestamp| date.strftime("%Y-%m-%d").to_string();
    feed.entries
        .iter()
        .map(|entry| {
            let link = entry.link.clone().unwrap_or_default();
            let link = link.strip_prefix("https://outlet.example").unwrap_or(&link);
            let title = entry.title.clone().unwrap_or_default();
            (
                link.to_owned(),
                title,
                entry.published.map(day).unwrap_or_default(),
            )
        })
        .collect()
}

#[track_caller]
fn check(selector: &str, body: &str, expected: &[(&str, &str, &str)]) {
    let found = items(&feed(selector, body));
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|(link, title, day)| (link.as_str(), title.as_str(), day.as_str()))
        .collect();
    assert_eq!(found, expected, "of {body}");
}

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

// ---- Items ----

#[test]
fn links_of_a_list_are_items_in_its_order() {
    check(
        "main a",
        "<html lang=en><title>News</title><nav><a href=/about>About</a></nav><main><ul>
         <li><a href=/news/2>Two   <b>held</b></a> <time datetime=2026-11-27>yesterday</time>
         <li><a href='1?utm_source=home'>One held</a> <span>26 November 2026</span></ul></main>",
        &[
            ("/news/2", "Two held", "2026-11-27"),
            ("/news/1?utm_source=home", "One held", "2026-11-26"),
        ],
    );
}

#[test]
fn what_is_selected_may_hold_the_link_or_be_in_it() {
    let body = "<main>
      <div class=card><a href=/a><img src=a.jpg alt='A map'></a><h3><a href=/a>Five held in the south</a></h3>
        <a class=topic href=/topics/prisons>Prisons</a><p class=day>28.11.2026</p></div>
      <div class=card><a href=/b><h3>Court sits</h3><p>The judge asked for time.</p></a><p class=day>27.11.2026</p></div>
      </main>";
    let expected = [
        ("/a", "Five held in the south", "2026-11-28"),
        ("/b", "Court sits", "2026-11-27"),
    ];
    for selector in [".card", ".card h3", "h3 a, a:has(h3)"] {
        check(selector, body, &expected);
    }
    let summary = |feed: Feed| feed.entries[1].summary.clone();
    assert_eq!(
        summary(feed(".card", body)).as_deref(),
        Some("The judge asked for time.")
    );
}

#[test]
fn what_holds_many_links_gives_all_of_them() {
    check(
        "main",
        "<main><h2><a href=/a>A headline</a></h2><p><a href=/b>b</a> <a href=/c>c</a> <a href=/d>d</a>
         <a href=/e>e</a> <a href=/f>f</a> <a href=/g>g</a></main>",
        &[
            ("/a", "A headline", ""),
            ("/b", "b", ""),
            ("/c", "c", ""),
            ("/d", "d", ""),
            ("/e", "e", ""),
            ("/f", "f", ""),
            ("/g", "g", ""),
        ],
    );
}

#[test]
fn links_that_lead_to_no_other_page_are_no_items() {
    check(
        "a",
        "<a href=mailto:desk@outlet.example>Write</a> <a href='javascript:void(0)'>Open</a> <a href='#top'>Up</a>
         <a href='/news/'>News</a> <a href='https://outlet.example/news?utm_source=x#list'>News</a>
         <a href='tel:1'>Call</a> <a href='data:text/html,x'>x</a> <a href=''>x</a> <a>x</a> <a href=/empty></a>
         <a href='http://[x'>x</a> <a href=ftp://outlet.example/x>x</a> <a href=/a>A</a>",
        &[("/a", "A", "")],
    );
}

#[test]
fn one_address_is_one_item_with_the_longest_words() {
    check(
        "a",
        "<a href=/a><img alt=Police></a> <a href=/a/>Five held in the south</a> <a href=http://www.outlet.example/a>More</a>
         <a href='/a#comments'>12 comments on this story</a> <a href='/a?fbclid=x'>Five</a>
         <a href='/list#1'>First</a> <a href='/list#2'>Second</a>",
        &[
            ("/a", "Five held in the south", ""),
            ("/list#1", "First", ""),
            ("/list#2", "Second", ""),
        ],
    );
}

#[test]
fn words_that_lead_everywhere_are_no_headline() {
    let card = |slug: &str, title: &str| {
        format!(
            "<article><h2>{title}</h2><p>Text</p><a href=/{slug}>Continue reading this story</a></article>"
        )
    };
    let body = format!("{}{}", card("a", "五人被捕"), card("b", "Court sits"));
    check(
        "article a",
        &body,
        &[("/a", "五人被捕", ""), ("/b", "Court sits", "")],
    );
    check(
        "a",
        "<p>Five held <a href=/a aria-label='Read more about the five'>Read more</a></p>
         <p>Court <a href=/b title='About the court'>Read more</a></p><p><a href=/c>Read more</a></p>",
        &[
            ("/a", "Read more about the five", ""),
            ("/b", "About the court", ""),
            ("/c", "Read more", ""),
        ],
    );
}

#[test]
fn an_image_is_called_by_what_is_said_of_it() {
    check(
        "a, area",
        "<a href=/a><img alt='Five held'></a><a href=/b aria-label='Court sits'><svg><title>x</title></svg></a>
         <a href=/c title='The law'><img></a><a href=/d><img></a><map><area href=/e alt='x' title='A place'></map>",
        &[
            ("/a", "Five held", ""),
            ("/b", "Court sits", ""),
            ("/c", "The law", ""),
            ("/e", "A place", ""),
        ],
    );
}

#[test]
fn addresses_are_relative_to_the_base_of_the_page() {
    check(
        "a",
        "<base href='/es/'><a href=a>A</a> <a href='?p=7'>B</a>",
        &[("/es/a", "A", ""), ("/es/?p=7", "B", "")],
    );
    // A file has no address; what its links say stays.
    let page = LinkPage::by("a");
    let body = b"<a href='a/1'>A</a> <a href='mailto:x@outlet.example'>B</a>";
    let feed = read(body, &page, &ParseContext::default(), &|| false).unwrap();
    assert_eq!(feed.entries.len(), 1);
    assert_eq!(feed.entries[0].link.as_deref(), Some("a/1"));
}

#[test]
fn an_item_stays_the_same_wherever_it_is_listed() {
    let one = feed(
        "a",
        "<h1><a href=/a?utm_campaign=x>Five held</a></h1><a href=/b>B</a>",
    );
    let other = feed(
        "a",
        "<ul><li><a href=/b>B</a><li><time>28 November 2026</time><a href=/a>Six held</a></ul>",
    );
    assert_eq!(entry_key(&one.entries[0]), entry_key(&other.entries[1]));
    let hashes = [&one.entries[1], &other.entries[0]].map(content_hash);
    assert!(
        is_same_content(&hashes[0], &hashes[1]),
        "a date is no change"
    );
}

#[test]
fn no_more_than_a_thousand_are_taken_and_the_rest_is_told() {
    let links: String = (0..1003)
        .map(|n| format!("<a href=/{n}>Story {n}</a>"))
        .collect();
    let feed = feed("a", &links);
    assert_eq!(feed.entries.len(), 1000);
    assert_eq!(feed.loss.surplus, 3);
    assert_eq!(feed.entries[999].title.as_deref(), Some("Story 999"));
}

// ---- Titles and dates ----

#[test]
fn selectors_of_title_and_date_look_around_the_link() {
    let page = LinkPage {
        title: Some(".headline".to_owned()),
        date: Some(".when".to_owned()),
        ..LinkPage::by("td a")
    };
    let body = "<table><tr><td class=when>Published on 3 March 2026, Geneva</td><td class=headline>Five held</td>
        <td><a href=/a>PDF</a></td></tr><tr><td class=when title='2026-03-02'>Monday</td>
        <td class=headline>Court sits</td><td><a href=/b>PDF</a></td></tr>
        <tr><td>5 May 2026</td><td></td><td><a href=/c>Word</a></td></tr></table>";
    let feed = taken(&page, body).unwrap();
    let found = items(&feed);
    let expected = [
        ("/a", "Five held", "2026-03-03"),
        ("/b", "Court sits", "2026-03-02"),
        ("/c", "Word", ""),
    ];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(found, expected);
    assert_eq!(feed.warnings.len(), 2, "{:?}", feed.warnings);
    assert!(feed.warnings[0].contains("`.headline` gives nothing for 1 of 3 items"));
}

#[test]
fn dates_are_read_in_the_languages_of_pages() {
    for (language, written) in [
        ("en", "November 28, 2026"),
        ("en", "28 Nov 2026 | Press release"),
        ("es", "28 de noviembre de 2026"),
        ("fr", "28 novembre 2026"),
        ("pt", "28 de novembro de 2026"),
        ("ru", "28 ноября 2026 г."),
        ("ar", "28 نوفمبر 2026"),
        ("ar", "٢٨ نوفمبر ٢٠٢٦"),
        ("zh", "2026年11月28日"),
        ("de", "28.11.2026"),
        ("en", "Date: 2026-11-28"),
    ] {
        let body = format!(
            "<html lang={language}><ul><li><p>{written}</p><a href=/a>A headline of 12 words</a></li>
             <li><a href=/b>5 held in 2026</a><p>Another of 1999</p></li></ul>"
        );
        let feed = feed("li a", &body);
        assert_eq!(items(&feed)[0].2, "2026-11-28", "{written}");
        assert_eq!(feed.entries[1].published, None, "{written}");
    }
}

#[test]
fn the_dates_of_a_page_decide_together_what_they_mean() {
    let body = "<ul><li><a href=/a>A</a><time>03/12/2025</time><li><a href=/b>B</a><time>25/11/2025</time></ul>";
    let days: Vec<String> = items(&feed("a", body))
        .into_iter()
        .map(|item| item.2)
        .collect();
    assert_eq!(days, ["2025-12-03", "2025-11-25"]);
}

#[test]
fn pages_in_other_scripts_are_read() {
    let arabic = "<html lang=ar dir=rtl><main><article><h3><a href='/ar/1'>السلطات تفرج عن خمسة صحفيين</a></h3>
        <time>٢٨ نوفمبر ٢٠٢٦</time></article><article><h3><a href='/ar/2' lang=en>In English</a></h3></article></main>";
    let feed_of = feed("main a", arabic);
    assert_eq!(feed_of.language.as_deref(), Some("ar"));
    assert_eq!(items(&feed_of)[0].1, "السلطات تفرج عن خمسة صحفيين");
    assert_eq!(items(&feed_of)[0].2, "2026-11-28");
    assert_eq!(feed_of.entries[0].language, None);
    assert_eq!(feed_of.entries[1].language.as_deref(), Some("en"));

    let chinese = "<html lang=zh-Hans><meta charset=gbk><ul><li><a href=/zh/1>法院开庭审理五名记者</a><span>2026年11月27日</span></ul>";
    let (bytes, ..) = encoding_rs::GBK.encode(chinese);
    let context = ParseContext {
        content_type: Some("text/html; charset=gbk"),
        ..ParseContext::default()
    };
    let feed = read(&bytes, &LinkPage::by("li a"), &context, &|| false).unwrap();
    assert_eq!(
        feed.entries[0].title.as_deref(),
        Some("法院开庭审理五名记者")
    );
}

// ---- What is no list of news ----

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

// ---- Proposals ----

/// The selector that is proposed for a page, and the addresses that it takes.
fn proposed(body: &str) -> (String, Vec<String>) {
    let base = Url::parse(ADDRESS).unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let page =
        propose(body.as_bytes(), &context).unwrap_or_else(|error| panic!("{error}, of {body}"));
    let feed = taken(&page, body).unwrap();
    let links = items(&feed).into_iter().map(|item| item.0).collect();
    (page.selector, links)
}

const HEADLINES: [&str; 6] = [
    "Five journalists are held after a night raid",
    "Court sits over the death of a protester",
    "Families ask where the disappeared have gone",
    "Parliament votes on a law against associations",
    "Union leader is freed after a year in prison",
    "Villagers are driven from their land by force",
];

fn repeated(make: impl Fn(usize, &str) -> String) -> String {
    HEADLINES
        .iter()
        .enumerate()
        .map(|(n, headline)| make(n, headline))
        .collect()
}

/// A page with everything around its news.
fn page_of(news: &str) -> String {
    format!(
        "<html><body class='page has-sidebar'><header><a href=/><img alt=Outlet></a><nav><ul class=menu>
         <li><a href=/about/who-we-are-and-what-we-do>Who we are and what we do in the world</a>
         <li><a href=/about/how-you-can-support-our-work>How you can support our work and our people</a>
         <li><a href=/about/where-we-work-and-since-when>Where we work, and since when we have done so</a></ul></nav></header>
         <main>{news}<div class=pager><a href='?page=2'>2</a><a href='?page=3'>3</a></div></main>
         <aside><ul><li><a href=/donate/once>Donate</a><li><a href=/donate/monthly>Donate monthly</a></ul></aside>
         <footer><a href='https://social.example/a'>Follow us on the network of your choice</a>
         <a href='https://social.example/b'>Follow us on the other network of your choice</a></footer></body></html>"
    )
}

fn all_news() -> Vec<String> {
    (0..HEADLINES.len()).map(|n| format!("/news/{n}")).collect()
}

#[test]
fn news_is_told_from_all_that_stands_around_it() {
    let list = repeated(|n, headline| {
        format!(
            "<li class='item'><a href=/news/{n}>{headline}</a> <span class=date>{} November 2026</span></li>",
            28 - n
        )
    });
    let cards = repeated(|n, headline| {
        format!(
            "<div class='card post-{n}'><a class=picture href=/news/{n}><img alt=''></a><h3><a href=/news/{n}>{headline}</a></h3>
             <a class=topic href=/topics/{n}>Topic {n}</a></div>"
        )
    });
    let table = repeated(|n, headline| {
        format!(
            "<tr><td>{} November 2026</td><td><a href=/news/{n}>{headline}</a></td></tr>",
            28 - n
        )
    });
    let blocks = repeated(|n, headline| {
        format!(
            "<a class='css-1x{n}y' href=/news/{n}><h2 class=sc-bdVaJa>{headline}</h2><p>And what it is about.</p></a>"
        )
    });
    for news in [
        format!("<ul class=list>{list}</ul>"),
        format!("<div class=cards>{cards}</div>"),
        format!("<table>{table}</table>"),
        format!("<div class=css-0>{blocks}</div>"),
    ] {
        let (selector, links) = proposed(&page_of(&news));
        assert_eq!(links, all_news(), "by {selector}");
    }
}

#[test]
fn the_first_story_in_another_frame_is_taken_too() {
    let rest: String = repeated(|n, headline| match n {
        0 => format!("<section class=hero><h1><a href=/news/0>{headline}</a></h1></section>"),
        _ => format!("<div class=teaser><h3><a href=/news/{n}>{headline}</a></h3></div>"),
    });
    let (selector, links) = proposed(&page_of(&rest));
    assert_eq!(links, all_news(), "by {selector}");
}

#[test]
fn news_in_chinese_and_in_arabic_is_found() {
    let chinese = [
        "法院开庭审理五名记者",
        "警方拘留抗议村民",
        "工会领袖获释后发声",
        "议会通过新的结社法",
    ];
    let arabic = [
        "السلطات تفرج عن خمسة صحفيين بعد عام",
        "المحكمة تنظر في قضية وفاة متظاهر",
        "الأهالي يسألون عن مصير المختفين قسرا",
    ];
    for headlines in [&chinese[..], &arabic[..]] {
        let list: String = headlines
            .iter()
            .enumerate()
            .map(|(n, headline)| format!("<li><a href=/news/{n}>{headline}</a></li>"))
            .collect();
        let (selector, links) = proposed(&page_of(&format!("<ul class=list>{list}</ul>")));
        assert_eq!(links, all_news()[..headlines.len()], "by {selector}");
    }
}

#[test]
fn a_selector_names_nothing_that_changes_with_the_items() {
    let cards = repeated(|n, headline| {
        format!(
            "<div class='views-row views-row-{n} odd css-1a2b{n}' id=post-{n}><a href=/news/{n}>{headline}</a></div>"
        )
    });
    let (selector, links) = proposed(&page_of(&format!("<div class=view-content>{cards}</div>")));
    assert_eq!(links, all_news());
    for passing in ["css-", "odd", "post-", "-0", "-1"] {
        assert!(!selector.contains(passing), "{selector}");
    }
}

#[test]
fn a_page_without_a_list_has_no_proposal() {
    let base = Url::parse(ADDRESS).unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    for body in [
        "<p>Nothing here</p>",
        "<a href=/a>One</a>",
        "<nav><a href=/a>A</a><a href=/b>B</a></nav>",
    ] {
        let error = propose(body.as_bytes(), &context).unwrap_err();
        assert!(
            matches!(error, LinkPageError::NothingRepeats { .. }),
            "{error}"
        );
    }
}

// ---- Whatever comes ----

#[test]
fn hostile_pages_end_soon() {
    let nested = "<div>".repeat(100_000);
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=x")).collect();
    for body in [
        format!("{nested}<a href=/a>A</a>"),
        format!("<a href=/a {attributes}>A</a>"),
        "<a href=/a>A</a>".repeat(100_000),
        format!("<a href=/a>{}</a>", "<b>x".repeat(100_000)),
        format!("<a href=/a>A</a><!--{}", "x".repeat(1 << 20)),
        "<br>".repeat(200_000),
        "<table>".repeat(5000),
        "&amp;".repeat(400_000),
        format!("<a href='/{}'>A</a>", "x".repeat(100_000)),
    ] {
        let began = std::time::Instant::now();
        let _ = taken(&LinkPage::by("a"), &body);
        assert!(
            began.elapsed().as_secs() < 10,
            "{} bytes from {}",
            body.len(),
            &body[..40]
        );
    }
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<a href=/a>".to_owned()),
        Just("<a href='#x'>".to_owned()),
        Just("</a>".to_owned()),
        Just("<div class=card>".to_owned()),
        Just("</div>".to_owned()),
        Just("<h3>".to_owned()),
        Just("<time datetime=2026-11-28>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<template>".to_owned()),
        Just("<base href=//x>".to_owned()),
        "[a-c ]{1,8}",
        "\\PC{0,6}",
        "<[a-z]{1,6} [a-z]{1,6}='[^']{0,9}'>",
        "<a href='[a-z/?#.:&=]{0,12}'>[a-z]{0,5}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_page_panics(body in markup(), selector in prop_oneof![Just("a"), Just("*"), Just(".card"), Just("h3"), Just("div a:not(h3 a)")]) {
        let page = LinkPage {
            title: Some("h3".to_owned()),
            date: Some("time".to_owned()),
            ..LinkPage::by(selector)
        };
        if let Ok(feed) = taken(&page, &body) {
            prop_assert!(!feed.entries.is_empty());
            prop_assert!(feed.entries.iter().all(|entry| entry.link.is_some()));
        }
        let _ = propose(body.as_bytes(), &ParseContext::default());
        let _ = taken(&LinkPage::by(selector), &body);
    }

    #[test]
    fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&body, &LinkPage::by("a"), &ParseContext::default(), &|| false);
    }
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

#[test]
fn short_headlines_are_proposed_by_their_dates_or_headings() {
    let base = Url::parse(ADDRESS).unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let propose_of = |card: &dyn Fn(usize) -> String| {
        let cards: String = (0..9).map(card).collect();
        let body = format!(
            "<nav><a href=/>Home</a><a href=/about/us>About the whole of us</a></nav><main>{cards}</main>"
        );
        let page = propose(body.as_bytes(), &context).unwrap_or_else(|error| panic!("{error}"));
        let found: Vec<String> = items(&feed(&page.selector, &body))
            .into_iter()
            .map(|it| it.0)
            .collect();
        let expected: Vec<String> = (0..9).map(|number| format!("/news/{number}-a")).collect();
        assert_eq!(found, expected, "{}", page.selector);
    };
    propose_of(&|number| {
        format!(
            "<div class=card><h3><a href='/news/{number}-a'>Editor {number} is freed</a></h3>\
             <time datetime=2026-11-2{number}>d</time><a class=author href='/by/{number}-writer'>Writer Number {number}</a></div>"
        )
    });
    propose_of(&|number| {
        format!("<h2><a href='/news/{number}-a'>Poet {number} held again</a></h2>")
    });
    propose_of(&|number| {
        format!(
            "<p class=row><time datetime=2026-11-2{number}>d</time> <a href='/news/{number}-a'>Court closes {number}</a></p>"
        )
    });
}
