//! A body read as a feed within the time that it may take, and what the watches find in its items.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use super::ServiceContext;
use super::body_reader::{
    BodyMemoryPermit, BodyReaderSlots, READING_TIME, TimedWork, matching_time,
};
use super::fetched_bodies::{FeedReadError, FetchedBodies};
use crate::config::{Config, Feed};
use crate::core::feed::sitemap::SitemapIndex;
use crate::core::schedule::{FeedHints, FeedState, ParseOutcome, PollSummary, without_credentials};
use crate::core::watch::determine_language;
use crate::core::{feed, schedule};
use crate::matching::PollMatches;
use crate::store::polls::{PolledContent, PolledEntry};
use crate::store::{feeds, polls};
use crate::{fault, matching};

/// What came of reading a body.
pub(super) struct ParsedBody {
    pub(super) content: Option<PolledContent>,
    pub(super) matched: PollMatches,
    pub(super) reading: ParseOutcome,
    pub(super) permit: Option<BodyMemoryPermit>,
    /// The body was one whose parts are to be read.
    pub(super) index: Option<Box<SitemapIndex>>,
}

impl ParsedBody {
    pub(super) fn nothing(reading: ParseOutcome) -> Self {
        Self {
            content: None,
            matched: PollMatches::default(),
            reading,
            permit: None,
            index: None,
        }
    }
}

/// A feed that is polled, and what its bodies are read with.
#[derive(Clone, Copy)]
pub(super) struct PolledFeed<'a> {
    pub(super) service: &'a ServiceContext,
    pub(super) readers: &'a BodyReaderSlots,
    pub(super) feed: &'a Feed,
    pub(super) state: &'a FeedState,
}

/// Reads what came, tells the language of its items where that is not known yet, and matches them.
pub(super) async fn read(
    polled: PolledFeed<'_>,
    bodies: FetchedBodies,
    permit: BodyMemoryPermit,
) -> ParsedBody {
    let PolledFeed {
        service,
        readers,
        feed,
        state,
    } = polled;
    let Some(_reader) = readers.take(&permit).await else {
        return ParsedBody::nothing(ParseOutcome::NoBody);
    };
    let id = feed.id.clone();
    let marked = service
        .store
        .call(move |connection| feeds::begin_reading(connection, &id));
    // Without the mark, it is not suspected at worst.
    let _ = marked.await;
    let work = TimedWork {
        memory: &service.body_memory,
        feed: &feed.id,
    };
    let (content, summary, permit) = match read_apart(&work, polled, bodies, permit).await {
        Ok(read) => read,
        Err(ParseFailure::Index(index)) => {
            return ParsedBody {
                index: Some(index),
                ..ParsedBody::nothing(ParseOutcome::NoBody)
            };
        }
        Err(ParseFailure::Failed(reading)) => return ParsedBody::nothing(*reading),
    };
    // A feed that is read for the first time has nothing stored.
    let fresh = match state.first_success_at {
        None => (0..content.entries.len()).collect(),
        Some(_) => fresh_entries(service, feed, &content).await,
    };
    match match_entries(&work, &service.config, content, fresh, permit).await {
        Ok((content, matched, permit)) => ParsedBody {
            content: Some(content),
            matched,
            reading: ParseOutcome::Feed(Box::new(summary)),
            permit: Some(permit),
            index: None,
        },
        Err(why) => ParsedBody::nothing(ParseOutcome::Unreadable(why)),
    }
}

/// The places of items that are new or say something new: only those are matched and stored.
async fn fresh_entries(
    service: &ServiceContext,
    feed: &Feed,
    content: &PolledContent,
) -> Vec<usize> {
    let id = feed.id.clone();
    let identities: Vec<(String, String)> = content
        .entries
        .iter()
        .map(|entry| (entry.key.clone(), entry.content_hash.clone()))
        .collect();
    let found = service
        .store
        .call(move |connection| polls::possibly_new_items(connection, &id, &identities))
        .await;
    // Without an answer any of them may be: the store will tell when the poll is to be stored.
    found.unwrap_or_else(|_| (0..content.entries.len()).collect())
}

/// Settles the language of the items at these places, and matches them. `Err` is
/// the reason why not, reading alone.
pub(super) async fn match_entries(
    work: &TimedWork<'_>,
    config: &Arc<Config>,
    mut content: PolledContent,
    places: Vec<usize>,
    permit: BodyMemoryPermit,
) -> Result<(PolledContent, PollMatches, BodyMemoryPermit), String> {
    let entries = places
        .iter()
        .filter_map(|&place| content.entries.get(place));
    let limit = matching_time(places.len(), entries.map(size_of).sum());
    let matching = match config.watches.len() {
        1 => "matching its items with 1 watch".to_owned(),
        watches => format!("matching its items with {watches} watches"),
    };
    let (config, feed) = (Arc::clone(config), work.feed.to_owned());
    let matched = work.stage(limit, permit, move |given_up: &AtomicBool| {
        fault::busy("items-matched");
        let mut scratch = matching::Scratch::default();
        let mut matched = PollMatches::by(&config);
        let configured = config.feeds.iter().find(|other| other.id == feed);
        let configured = configured.and_then(|feed| feed.language.as_deref());
        for place in places {
            if given_up.load(Ordering::Relaxed) {
                break;
            }
            let Some(entry) = content.entries.get_mut(place) else {
                continue;
            };
            determine_language(&mut entry.document, configured);
            let hits = matching::hits(&config, &feed, &entry.document, &mut scratch);
            matched.insert(place, hits);
        }
        (content, matched)
    });
    let ((content, matched), permit) = matched
        .await
        .map_err(|why| why.sentence(&matching, limit, "an item"))?;
    Ok((content, matched, permit))
}

/// Of the texts that are matched.
fn size_of(entry: &PolledEntry) -> usize {
    let document = &entry.document;
    document.title.len() + document.summary.len() + document.text.len()
}

/// Why there is nothing to store.
enum ParseFailure {
    /// What came is an index of sitemaps.
    Index(Box<SitemapIndex>),
    Failed(Box<ParseOutcome>),
}

/// Reads what came on a thread for such work, where a panic of a library fails this feed alone.
async fn read_apart(
    work: &TimedWork<'_>,
    polled: PolledFeed<'_>,
    bodies: FetchedBodies,
    permit: BodyMemoryPermit,
) -> Result<(PolledContent, PollSummary, BodyMemoryPermit), ParseFailure> {
    let PolledFeed {
        service,
        feed,
        state,
        ..
    } = polled;
    // After a body that could not be read, even the one before it is news.
    let known = state.body_digest.clone();
    let now = (service.clock)();
    let owes = schedule::has_backlog(state, &service.config.store.budget, now);
    let known = known.filter(|_| state.unreadable.is_none() && !owes);
    let unreadable = |reason| ParseFailure::Failed(Box::new(ParseOutcome::Unreadable(reason)));
    let id = feed.id.clone();
    let language = feed.language.clone();
    let page = feed.page.clone();
    let address = without_credentials(&feed.address.to_string());
    let read = work.stage(READING_TIME, permit, move |given_up: &AtomicBool| {
        fault::busy("body-read");
        let digest = bodies.digest();
        if known.as_ref() == Some(&digest) {
            return Err(ParseFailure::Failed(Box::new(ParseOutcome::SameBody)));
        }
        let parsed = match &page {
            None => bodies.parse(now, language.as_deref()),
            Some(page) => {
                let give_up = || given_up.load(Ordering::Relaxed);
                let links = bodies.links(page, now, language.as_deref(), &give_up);
                links.map_err(|error| FeedReadError::Unreadable(error.with_advice(&address)))
            }
        };
        let parsed = parsed.map_err(|no_feed| match no_feed {
            FeedReadError::Index(index) => ParseFailure::Index(index),
            FeedReadError::Unreadable(reason) => unreadable(reason),
        })?;
        // A body with nothing in it of which something was lost is no silent feed.
        if parsed.entries.is_empty() && !parsed.loss.is_lossless() {
            let mut reasons = parsed.warnings;
            reasons.push(parsed.loss.sentence());
            let reason = format!("nothing could be read from it: {}", reasons.join("; "));
            return Err(unreadable(reason));
        }
        let (mut content, mut summary) = content(parsed, language.as_deref(), &id, now);
        content.is_page = page.is_some();
        summary.body_digest = Some(digest);
        Ok((content, summary))
    });
    let (read, permit) = read
        .await
        .map_err(|why| unreadable(why.sentence("reading it", READING_TIME, "the body")))?;
    read.map(|(content, summary)| (content, summary, permit))
}

fn content(
    parsed: feed::Feed,
    language: Option<&str>,
    feed_id: &str,
    now: Timestamp,
) -> (PolledContent, PollSummary) {
    let language = language.or(parsed.language.as_deref());
    let mut documents = Vec::with_capacity(parsed.entries.len());
    let mut hashes = Vec::with_capacity(parsed.entries.len());
    for entry in &parsed.entries {
        let mut document = feed::to_document(entry, language, feed_id);
        document.language = document
            .language
            .filter(|language| is_language_tag(language));
        hashes.push(feed::document_hash(&document));
        documents.push(document);
    }
    let entries: Vec<PolledEntry> = feed::deduplicate(&parsed.entries, &hashes)
        .into_iter()
        .map(|(place, key)| PolledEntry {
            key,
            content_hash: std::mem::take(&mut hashes[place]),
            document: std::mem::take(&mut documents[place]),
            published: parsed.entries[place].published,
            // A sitemap's `lastmod` is often that of the page around the article, and new each day.
            updated: parsed.entries[place]
                .updated
                .filter(|_| !parsed.by_address || parsed.entries[place].published.is_none()),
        })
        .collect();
    drop((documents, hashes));
    let summary = PollSummary {
        entries_in_feed: entries.len(),
        published: entries.iter().filter_map(|entry| entry.published).collect(),
        loss: parsed.loss,
        hints: FeedHints::new(
            parsed.hints.ttl_minutes,
            parsed.hints.update_interval_seconds,
            &parsed.hints.skip_hours,
            &parsed.hints.skip_days,
        ),
        ..PollSummary::default()
    };
    let mut warnings = parsed.date_warnings(now);
    warnings.splice(0..0, parsed.warnings);
    let content = PolledContent {
        title: parsed.title,
        warnings,
        entries,
        by_address: parsed.by_address,
        is_page: false,
    };
    (content, summary)
}

/// Letters, digits and hyphens (RFC 5646, loosely): what a feed says is no better than what we check.
fn is_language_tag(text: &str) -> bool {
    (2..=35).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
