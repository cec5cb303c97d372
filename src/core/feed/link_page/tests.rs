//! Pages as publishers make them, and pages that nobody should make.

mod dates;
mod links;
mod proposals;
mod random;
mod refusals;

use url::Url;

use super::*;

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
