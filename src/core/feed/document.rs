//! An entry as the text that watches are matched against.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::{Entry, Markup};
use crate::core::document::Document;
use crate::core::text::html::{self, Captions};
use crate::core::text::tokenizer::fold_text;

/// Makes the document of an entry: HTML becomes text, and the entry's language stands before the
/// feed's. Without content the text is empty; a content that repeats the summary is kept once, as
/// the summary. What is said elsewhere, and of pictures, stands behind the text, once and only where nothing
/// else says it.
pub fn to_document(entry: &Entry, feed_language: Option<&str>, feed_id: &str) -> Document {
    let mut further = AdditionalText::default();
    let summary = further.as_text(entry.summary.as_deref(), entry.summary_markup);
    let mut text = further.as_text(entry.content.as_deref(), entry.content_markup);
    if text == summary {
        text.clear();
    }
    for (source, markup) in &entry.further {
        let paragraph = further.as_text(Some(source), *markup);
        further.paragraphs.push(paragraph);
    }
    let mut document = Document {
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
        language_certain: false,
        url: entry.link.clone(),
        feed: (!feed_id.is_empty()).then(|| feed_id.to_owned()),
    };
    further.add_to(&mut document);
    document
}

/// What an item says beside its title, summary and content.
#[derive(Default)]
struct AdditionalText {
    paragraphs: Vec<String>,
    captions: Captions,
}

/// Further texts that are compared with everything else; of those behind them only equal ones are told once.
const MOST_COMPARED: usize = 64;

impl AdditionalText {
    /// The text of a source; the captions in it are noted.
    fn as_text(&mut self, source: Option<&str>, markup: Markup) -> String {
        match (source, markup) {
            (None, _) => String::new(),
            (Some(source), Markup::Html) => html::to_text_and_captions(source, &mut self.captions),
            (Some(source), Markup::Plain) => html::plain_to_text(source),
        }
    }

    /// Adds what the document does not say yet. Words are compared as watches compare them, so that case and
    /// punctuation make no second text.
    fn add_to(self, document: &mut Document) {
        let paragraphs = self.paragraphs.iter().map(String::as_str);
        let mut texts = paragraphs.chain(self.captions.iter()).peekable();
        if texts.peek().is_none() {
            return;
        }
        // A text with a blank at each end lies in another only at the borders of words.
        let words = |text: &str| format!(" {} ", fold_text(text));
        let said = [&document.title, &document.summary, &document.text].map(|text| words(text));
        // By seeded hashes of 64 bits, of which two texts have the same less likely than memory fails.
        let (mut known, seed) = (HashSet::new(), RandomState::new());
        let mut added: Vec<(&str, String)> = Vec::new();
        for text in texts {
            let words = words(text);
            if words.trim().is_empty() || !known.insert(seed.hash_one(&words)) {
                continue;
            }
            if known.len() > MOST_COMPARED {
                for (text, _) in added.drain(..) {
                    document.add_paragraph(text);
                }
                document.add_paragraph(text);
                continue;
            }
            let holds = |other: &String| other.contains(&words);
            if said.iter().any(holds) || added.iter().any(|(_, other)| holds(other)) {
                continue;
            }
            added.retain(|(_, other)| !words.contains(other.as_str()));
            added.push((text, words));
        }
        for (text, _) in added {
            document.add_paragraph(text);
        }
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
mod tests;
