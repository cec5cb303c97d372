//! Matches to hits: which watch, whom to tell, how fast.
//!
//! New items are matched beside the poll that stores them; items that are stored already, by [`StoredItemMatcher`], for
//! a watch that is new or another. What whole words do not find is looked for by [`longer`] words.

mod names;
mod query_expansion;
mod rematch;

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

pub use names::{HitFilterNames, unknown, wanted_places};
pub use query_expansion::{ExpandedSearch, longer};
pub use rematch::{HitDifference, StoredItemMatcher};

use crate::config::{Config, Watch};
use crate::core::alert::Urgency;
use crate::core::digest::headline;
use crate::core::document::{Document, Field};
use crate::core::place;
use crate::core::watch::{self, Match};
use crate::store::StoreError;
use crate::store::entries::EntryRow;
use crate::store::hits::StoredSpan;
use crate::store::polls::{NewHit, Receiver};

/// What the watches of a configuration found in items of a poll.
#[derive(Default)]
pub(crate) struct PollMatches {
    config: Option<Arc<Config>>,
    /// By the item's place; or why that one could not be matched.
    hits: HashMap<usize, Result<Vec<NewHit>, String>>,
}

impl PollMatches {
    pub(crate) fn by(config: &Arc<Config>) -> Self {
        Self {
            config: Some(Arc::clone(config)),
            hits: HashMap::new(),
        }
    }

    pub(crate) fn insert(&mut self, place: usize, hits: Result<Vec<NewHit>, StoreError>) {
        self.hits
            .insert(place, hits.map_err(|error| error.to_string()));
    }

    /// Whether these are the watches of this configuration.
    pub(crate) fn is_by(&self, config: &Arc<Config>) -> bool {
        let by = self.config.as_ref();
        by.is_none_or(|by| Arc::ptr_eq(by, config))
    }

    /// The hits of the item at a place; `None` when it was not matched.
    pub(crate) fn hits(&self, place: usize) -> Option<Result<Vec<NewHit>, StoreError>> {
        let hits = self.hits.get(&place)?.clone();
        Some(hits.map_err(StoreError::Value))
    }
}

/// Working memory for one item after the other.
#[derive(Default)]
pub struct Scratch {
    watches: watch::Scratch,
    places: place::Scratch,
}

/// The hits of an item as its feed gives it. One that could not be decided within its steps is a hit that says
/// so: rather a mail too many than silence.
pub fn hits(
    config: &Config,
    feed: &str,
    document: &Document,
    scratch: &mut Scratch,
) -> Result<Vec<NewHit>, StoreError> {
    find(config, feed, document, scratch, ArticleVisibility::AsFed)
}

/// The hits of an item with its article: those of the watches that look into articles.
pub fn hits_in_article(
    config: &Config,
    feed: &str,
    document: &Document,
    scratch: &mut Scratch,
) -> Result<Vec<NewHit>, StoreError> {
    find(
        config,
        feed,
        document,
        scratch,
        ArticleVisibility::WithArticle,
    )
}

/// The hits of a stored item: each watch sees it with its article or as its feed gives it, as it wants.
pub fn hits_in_stored(
    config: &Config,
    entry: &EntryRow,
    scratch: &mut Scratch,
) -> Result<Vec<NewHit>, StoreError> {
    let document = &entry.document;
    let feed = document.feed.as_deref().unwrap_or_default();
    if entry.feed_text.is_none() {
        return hits(config, feed, document, scratch);
    }
    let mut found = hits_in_article(config, feed, document, scratch)?;
    if config.watches.iter().any(|watch| !watch.articles) {
        let document = entry.without_article();
        let others = find(
            config,
            feed,
            &document,
            scratch,
            ArticleVisibility::WithoutArticle,
        )?;
        found.extend(others);
    }
    Ok(found)
}

/// What watches are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ArticleVisibility {
    /// All of them, the item as its feed gives it.
    AsFed,
    /// Those that look into articles, the item with its article.
    WithArticle,
    /// Those that do not look into articles, the item as its feed gives it.
    WithoutArticle,
}

impl ArticleVisibility {
    fn has(self, watch: &Watch) -> bool {
        match self {
            Self::AsFed => true,
            Self::WithArticle => watch.articles,
            Self::WithoutArticle => !watch.articles,
        }
    }
}

fn find(
    config: &Config,
    feed: &str,
    document: &Document,
    scratch: &mut Scratch,
    visibility: ArticleVisibility,
) -> Result<Vec<NewHit>, StoreError> {
    let Scratch { watches, places } = scratch;
    let about = LazyCell::new(|| config.places_of(document, places));
    matches(config, document, watches)?
        .into_iter()
        .filter_map(|found| config.watches.get(found.watch).map(|watch| (found, watch)))
        .filter(|(_, watch)| visibility.has(watch))
        .filter(|(_, watch)| watch.places.is_none() || watch.wants(&about))
        .map(|(found, watch)| {
            let mut watch_title = watch.title.clone();
            if found.undecided {
                tracing::warn!(feed = %feed, watch = %watch.id,
                    "an item of feed {feed} is too long for the watch {}: whether it matches could not be \
                     decided, and it is kept as a hit: {:.80}", watch.id, called(document));
                watch_title.push_str(UNDECIDED);
            }
            Ok(NewHit {
                watch_id: watch.id.clone(),
                watch_title,
                topic: watch.topic.clone(),
                watch_version: watch.version.clone(),
                score: found.score,
                spans: spans(&found)?,
                in_article: visibility == ArticleVisibility::WithArticle,
                recipients: receivers(config, watch, &found, &about),
            })
        })
        .collect()
}

/// Behind the title of a watch whose hit could not be decided.
const UNDECIDED: &str = " (could not be decided)";

/// What an item is called in the log.
fn called(document: &Document) -> String {
    headline(&document.title, &document.summary, &document.text)
}

/// A panic of the matcher fails the poll that brought the item, loudly, and nothing else.
fn matches(
    config: &Config,
    document: &Document,
    scratch: &mut watch::Scratch,
) -> Result<Vec<Match>, StoreError> {
    let mut attempt = || config.set.matches(document, scratch);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut attempt)).map_err(|_| {
        *scratch = watch::Scratch::default();
        StoreError::Value(format!(
            "matching the item {:?} failed inside the program",
            called(document).chars().take(80).collect::<String>()
        ))
    })
}

/// The score, where the watch counts and it came to an end.
fn score_of(found: &Match, watch: &Watch) -> Option<i64> {
    (!watch.spec.score.is_empty() && !found.undecided).then_some(found.score)
}

/// Who is told, and how fast each wants to be. What weighs too little for an alert is one all the same to
/// who gets no digests, and would not be told else.
fn receivers(
    config: &Config,
    watch: &Watch,
    found: &Match,
    about: &impl Deref<Target = Vec<usize>>,
) -> Vec<Receiver> {
    let score = score_of(found, watch);
    let alerts = watch.alerts(score);
    let waits = watch.holds_back(found.body_only);
    config
        .recipients
        .iter()
        .filter(|recipient| recipient.receives(watch, score))
        .filter(|recipient| {
            let places = recipient.places.as_ref();
            places.is_none_or(|places| places.admit(about))
        })
        .map(|recipient| Receiver {
            id: recipient.id.clone(),
            urgency: if recipient.alerts && alerts && !(waits && recipient.gets_digests()) {
                Urgency::Alert
            } else {
                Urgency::Digest
            },
        })
        .collect()
}

/// A page that repeats one word needs no thousand spans to show why it matched.
const SPANS_AT_MOST: usize = 200;

fn spans(found: &Match) -> Result<String, StoreError> {
    let spans: Vec<StoredSpan> = found
        .spans
        .iter()
        .take(SPANS_AT_MOST)
        .map(|span| StoredSpan {
            field: span.field.name().to_owned(),
            index: match span.field {
                Field::Category(index) => Some(index),
                _ => None,
            },
            start: span.start,
            end: span.end,
            term: span.term.to_string(),
        })
        .collect();
    serde_json::to_string(&spans).map_err(|error| StoreError::Value(error.to_string()))
}

#[cfg(test)]
mod tests;
