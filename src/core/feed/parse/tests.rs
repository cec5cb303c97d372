//! One small feed for each class of format and of defect.

mod addresses;
mod damage;
mod elements;
mod formats;
mod hostile;
mod loss;
mod random;
mod refusals;

use super::*;
use crate::core::feed::{Entry, to_document};

fn feed(body: &str) -> Feed {
    match parse(body.as_bytes(), &ParseContext::default()) {
        Ok(feed) => feed,
        Err(error) => panic!("{error}, of {body}"),
    }
}

/// The one entry of a feed.
fn entry(body: &str) -> Entry {
    let mut feed = feed(body);
    assert_eq!(feed.entries.len(), 1, "of {body}");
    feed.entries.remove(0)
}

fn rss(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>{item}</channel></rss>"
    )
}

fn atom(entry: &str) -> String {
    format!("<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>News</title>{entry}</feed>")
}

fn without_declaration(body: &str) -> &str {
    &body[declaration_length(body)..]
}

/// That a feed has entries with these titles, whatever it takes.
fn check_titles(body: &str, titles: &[&str]) {
    let feed = feed(body);
    let found: Vec<&str> = feed
        .entries
        .iter()
        .map(|entry| entry.title.as_deref().unwrap_or_default())
        .collect();
    assert_eq!(found, titles, "of {body}, with {:?}", feed.warnings);
}
