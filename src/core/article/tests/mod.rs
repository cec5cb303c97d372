//! Whole pages, from bytes to verdicts.

mod comments;
mod layout;
mod limits;
mod options;
mod scripts;
mod verdicts;

use super::{Article, ExtractionOptions, Page, read};
use url::Url;

/// A page of 200 as UTF-8, in time.
fn page(html: &str) -> Article {
    page_as(html.as_bytes(), None, 200)
}

fn page_as(body: &[u8], content_type: Option<&str>, status: u16) -> Article {
    let address = Url::parse("https://news.example/2026/story").unwrap();
    let page = Page {
        body,
        address: Some(&address),
        content_type,
        status,
    };
    read(&page, &ExtractionOptions::default(), &|| false)
}

/// Paragraphs of English, each with its number.
fn paragraphs(from: usize, to: usize) -> Vec<String> {
    (from..=to)
        .map(|number| {
            format!(
                "Witness {number} told the court that officers entered the house at night, searched each room, and took \
                 three members of the family away without showing a warrant number {number}."
            )
        })
        .collect()
}

fn in_tags(paragraphs: &[String]) -> String {
    paragraphs
        .iter()
        .map(|text| format!("<p>{text}</p>\n"))
        .collect()
}

/// A page as news sites make them: navigation, a story, what repeats on every page.
fn site(head: &str, story: &str) -> String {
    let link = |number: usize| {
        format!(
            "<li><a href='/{number}'>Another story of the day, number {number}, with a long headline</a></li>"
        )
    };
    let links: String = (0..12).map(link).collect();
    format!(
        "<!DOCTYPE html><html lang='en-GB'><head><title>Five taken from a house | The Outlet</title>{head}
        <script>window.tracked = '<p>no text</p>';</script><style>p {{ color: black }}</style></head><body>
        <header><nav class='menu'><ul>{links}</ul></nav></header>
        <div class='cookie-banner'><p>We use cookies, and so do our 843 partners, to measure how you read. Accept or
        refuse.</p></div>
        <main><article><h1>Five taken from a house</h1>
        <div class='article-share'><a href='#'>Share</a> <a href='#'>Mail</a></div>
        {story}
        <div class='newsletter-signup'><p>Sign up to our newsletter, and get the best of the week, every Friday, in your
        inbox, for free.</p><form><input type='email'><button>Sign up</button></form></div>
        </article>
        <section class='article__related'><h2>Related stories</h2><ul>{links}</ul></section></main>
        <footer><p>© The Outlet. All rights reserved. Contact, imprint, terms.</p></footer></body></html>"
    )
}
