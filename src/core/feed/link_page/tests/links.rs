//! Which links are items, and what they are called.

use super::*;
use crate::core::feed::{content_hash, entry_key, is_same_content};

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
