//! An entry as the text that watches are matched against.

use std::borrow::Cow;

use super::{Entry, Markup};
use crate::core::document::Document;
use crate::core::text::html;

/// Makes the document of an entry: HTML becomes text, and the entry's language stands before the
/// feed's. Without content the text is empty; a content that repeats the summary is kept once, as
/// the summary.
pub fn to_document(entry: &Entry, feed_language: Option<&str>, feed_id: &str) -> Document {
    let summary = as_text(entry.summary.as_deref(), entry.summary_markup);
    let mut text = as_text(entry.content.as_deref(), entry.content_markup);
    if text == summary {
        text.clear();
    }
    Document {
        title: entry.title.clone().unwrap_or_default(),
        summary,
        text,
        author: entry.author.as_deref().unwrap_or_default().to_owned(),
        categories: entry.categories.clone(),
        language: entry
            .language
            .as_deref()
            .or(feed_language)
            .map(language_tag)
            .filter(|tag| !tag.is_empty()),
        url: entry.link.clone(),
        feed: (!feed_id.is_empty()).then(|| feed_id.to_owned()),
    }
}

fn as_text(source: Option<&str>, markup: Markup) -> String {
    match (source, markup) {
        (None, _) => String::new(),
        (Some(source), Markup::Html) => html::to_text(source),
        (Some(source), Markup::Plain) => html::plain_to_text(source),
    }
}

/// Feeds write `en_US`, BCP 47 has `en-US`.
fn language_tag(tag: &str) -> String {
    let tag = tag.trim();
    if tag.contains('_') {
        Cow::Owned(tag.replace('_', "-"))
    } else {
        Cow::Borrowed(tag)
    }
    .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(summary: &str, content: &str) -> Entry {
        Entry {
            summary: (!summary.is_empty()).then(|| summary.to_owned()),
            content: (!content.is_empty()).then(|| content.to_owned()),
            ..Entry::default()
        }
    }

    fn check(entry: &Entry, summary: &str, text: &str) {
        let document = to_document(entry, None, "a");
        assert_eq!(
            (document.summary.as_str(), document.text.as_str()),
            (summary, text)
        );
    }

    #[test]
    fn html_becomes_text() {
        check(
            &entry("<p>Caf&eacute;</p>", "<p>a</p><p>b</p>"),
            "Café",
            "a\nb",
        );
    }

    #[test]
    fn content_that_repeats_the_summary_is_kept_once() {
        check(&entry("<p>One two</p>", "One  two"), "One two", "");
    }

    #[test]
    fn content_alone_stays_content() {
        check(&entry("", "body"), "", "body");
    }

    #[test]
    fn plain_text_is_not_read_as_html() {
        let mut plain = entry("a <b> &amp; c", "");
        plain.summary_markup = Markup::Plain;
        check(&plain, "a <b> &amp; c", "");
    }

    #[test]
    fn the_language_of_the_entry_comes_before_that_of_the_feed() {
        let mut spanish = entry("", "");
        assert_eq!(
            to_document(&spanish, Some("en_GB"), "a")
                .language
                .as_deref(),
            Some("en-GB")
        );
        spanish.language = Some("es".to_owned());
        assert_eq!(
            to_document(&spanish, Some("en"), "a").language.as_deref(),
            Some("es")
        );
    }
}
