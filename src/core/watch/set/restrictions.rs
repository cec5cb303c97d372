//! The languages and feeds that watches are restricted to, as numbers.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::core::document::Document;
use crate::core::language::primary_language;
use crate::core::watch::document_index::number;

/// Numbers of the languages and feeds that watches name.
#[derive(Default)]
pub(super) struct Restrictions {
    languages: HashMap<String, u32>,
    feeds: HashMap<String, u32>,
}

/// What a watch asks of the language and the feed of a document.
pub(super) struct Restriction {
    languages: Box<[u32]>,
    feeds: Option<Arc<[u32]>>,
}

impl Restrictions {
    /// Numbers what a watch asks for; `feed_lists` are the feeds of others, for many ask for the same.
    pub(super) fn number<'s>(
        &mut self,
        languages: &[String],
        feeds: Option<&'s BTreeSet<String>>,
        feed_lists: &mut HashMap<&'s BTreeSet<String>, Arc<[u32]>>,
    ) -> Restriction {
        let feeds = feeds.map(|feeds| {
            let numbers = &mut self.feeds;
            feed_lists
                .entry(feeds)
                .or_insert_with(|| {
                    let mut list: Vec<u32> =
                        feeds.iter().map(|feed| intern(numbers, feed)).collect();
                    list.sort_unstable();
                    list.into()
                })
                .clone()
        });
        let languages = languages
            .iter()
            .filter_map(|tag| primary_language(tag))
            .map(|language| intern(&mut self.languages, &language))
            .collect();
        Restriction { languages, feeds }
    }

    pub(super) fn scope(&self, document: &Document) -> DocumentScope {
        let unknown = u32::MAX;
        let language = document.language.as_deref().and_then(primary_language);
        DocumentScope {
            language: language
                .map(|language| self.languages.get(&language).copied().unwrap_or(unknown)),
            feed: document
                .feed
                .as_ref()
                .map(|feed| self.feeds.get(feed).copied().unwrap_or(unknown)),
        }
    }
}

/// What is known of a document's language and feed, as numbers of the set.
#[derive(Clone, Copy)]
pub(super) struct DocumentScope {
    language: Option<u32>,
    feed: Option<u32>,
}

impl DocumentScope {
    /// A restriction excludes only what is known to lie outside it.
    pub(super) fn admits(self, restriction: &Restriction) -> bool {
        let language = self.language.is_none_or(|language| {
            restriction.languages.is_empty() || restriction.languages.contains(&language)
        });
        let feed = self.feed.is_none_or(|feed| {
            let feeds = restriction.feeds.as_ref();
            feeds.is_none_or(|feeds| feeds.binary_search(&feed).is_ok())
        });
        language && feed
    }
}

fn intern(numbers: &mut HashMap<String, u32>, name: &str) -> u32 {
    let next = number(numbers.len());
    *numbers.entry(name.to_owned()).or_insert(next)
}
