//! One feed, from its address to what is to be stored.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use super::bodies::{Bodies, Body, NoFeed};
use super::reading::{READING_TIME, Readers, Room, Work, matching_time};
use super::{World, parts};
use crate::config::{Config, Feed, FeedAddress};
use crate::core::feed;
use crate::core::feed::sitemap::Index;
use crate::core::schedule::{
    self, Budget, Decision, Failure, FailureKind, FeedHints, FeedState, Left, Outcome, PollResult,
    PollSummary, Reading, ScheduleSettings, duration_in_words, without_credentials,
};
use crate::core::watch::settle_language;
use crate::fault;
use crate::fetch::{self, Fetched};
use crate::matching::{self, Matched};
use crate::store::feeds;
use crate::store::polls::{self, PollCounts, PolledContent, PolledEntry};

/// What a poll brought, before it is stored.
pub(super) struct Intake {
    pub(super) feed: Feed,
    pub(super) content: Option<PolledContent>,
    /// What the watches found in the items of the content.
    pub(super) matched: Matched,
    pub(super) verdict: Arc<Verdict>,
    /// Given back when the poll is stored.
    pub(super) room: Option<Room>,
}

/// What decides about the feed's next state, once it is known which of its items are new.
pub(super) struct Verdict {
    before: FeedState,
    pub(super) outcome: Outcome,
    reading: Reading,
    settings: ScheduleSettings,
    pub(super) at: Timestamp,
    jitter: f64,
}

impl Verdict {
    /// What may be taken of the feed today.
    pub(super) fn left_of(&self, budget: &Budget) -> Left {
        budget.left(self.before.spent, self.at)
    }

    pub(super) fn decide(&self, counts: &PollCounts) -> Decision {
        let mut reading = self.reading.clone();
        if let Reading::Feed(summary) = &mut reading {
            summary.entries_new = usize::try_from(counts.entries_new).unwrap_or(usize::MAX);
            summary.entries_revised = usize::try_from(counts.entries_revised).unwrap_or(usize::MAX);
            summary.new_left_out = usize::try_from(counts.new_left_out).unwrap_or(usize::MAX);
            summary.revised_left_out =
                usize::try_from(counts.revised_left_out).unwrap_or(usize::MAX);
            summary.arrears = counts.arrears;
            summary.taken = counts.taken;
        }
        let result = PollResult {
            outcome: &self.outcome,
            reading,
        };
        schedule::decide(&self.before, &result, &self.settings, self.at, self.jitter)
    }
}

/// Fetches, reads and matches one feed. Whatever goes wrong is part of what comes back.
pub(super) async fn take_in(
    world: &World,
    readers: &Readers,
    feed: Feed,
    state: FeedState,
) -> Intake {
    let address = feed.address.to_string();
    let state = state.for_address(&feed.source());
    world.body_room.some().await;
    let budget = world.config.store.budget;
    let request = schedule::next_request(&state, &address, &budget, (world.clock)());
    let Fetched {
        mut outcome, room, ..
    } = match &feed.address {
        _ if let Some(since) = world.body_room.stuck_for(&feed.id) => {
            let since = duration_in_words(since.try_into().unwrap_or_default());
            let message = format!("its last body was given up {since} ago and is still being read");
            Outcome::Failed(Failure::new(FailureKind::TooLarge, message)).into()
        }
        FeedAddress::Web(_) => world.fetcher.fetch_with_room(&request).await,
        FeedAddress::File(path) => {
            fetch::file::read(path, world.config.fetch.max_bytes, &request.validators)
                .await
                .into()
        }
    };
    let at = (world.clock)();
    let mut read = Read::nothing(Reading::NoBody);
    let mut index = None;
    match &mut outcome {
        Outcome::Modified(modified) => {
            let body = Body {
                // The body is not needed again, and may be large.
                bytes: std::mem::take(&mut modified.body),
                content_type: modified.content_type.clone(),
                final_url: modified.answer.final_url.clone(),
            };
            let held = world.body_room.take(body.bytes.len()).await;
            drop(room);
            read = self::read(world, readers, &feed, &state, Bodies::One(body), held).await;
            index = read.index.take().map(Some);
        }
        Outcome::NotModified(_) if !state.parts.is_empty() => index = Some(None),
        _ => {}
    }
    if let Some(index) = index {
        (outcome, read) = parts::take_in(world, readers, &feed, &state, outcome, index).await;
    }
    Intake {
        verdict: Arc::new(Verdict {
            before: state,
            outcome,
            reading: read.reading,
            settings: ScheduleSettings {
                every: feed.every.or(world.config.fetch.every),
                budget,
            },
            at,
            jitter: fastrand::f64(),
        }),
        feed,
        content: read.content,
        matched: read.matched,
        room: read.room,
    }
}

/// What came of reading a body.
pub(super) struct Read {
    content: Option<PolledContent>,
    matched: Matched,
    pub(super) reading: Reading,
    room: Option<Room>,
    /// The body was one whose parts are to be read.
    index: Option<Box<Index>>,
}

impl Read {
    pub(super) fn nothing(reading: Reading) -> Self {
        Self {
            content: None,
            matched: Matched::default(),
            reading,
            room: None,
            index: None,
        }
    }
}

/// Reads what came, tells the language of its items where that is not known yet, and matches them.
pub(super) async fn read(
    world: &World,
    readers: &Readers,
    feed: &Feed,
    state: &FeedState,
    bodies: Bodies,
    room: Room,
) -> Read {
    let Some(_reader) = readers.take(&room).await else {
        return Read::nothing(Reading::NoBody);
    };
    let id = feed.id.clone();
    let marked = world
        .store
        .call(move |connection| feeds::begin_reading(connection, &id));
    // Without the mark, it is not suspected at worst.
    let _ = marked.await;
    let work = Work {
        rooms: &world.body_room,
        feed: &feed.id,
    };
    // After a body that could not be read, even the one before it is news.
    let known = state.body_digest.clone();
    let now = (world.clock)();
    let owes = schedule::owes_items(state, &world.config.store.budget, now);
    let known = known.filter(|_| state.unreadable.is_none() && !owes);
    let read = read_apart(&work, feed, known, bodies, room, now);
    let (content, summary, room) = match read.await {
        Ok(read) => read,
        Err(NoContent::Index(index)) => {
            return Read {
                index: Some(index),
                ..Read::nothing(Reading::NoBody)
            };
        }
        Err(NoContent::Because(reading)) => return Read::nothing(*reading),
    };
    // A feed that is read for the first time has nothing stored.
    let fresh = match state.first_success_at {
        None => (0..content.entries.len()).collect(),
        Some(_) => fresh_entries(world, feed, &content).await,
    };
    match match_entries(&work, &world.config, content, fresh, room).await {
        Ok((content, matched, room)) => Read {
            content: Some(content),
            matched,
            reading: Reading::Feed(Box::new(summary)),
            room: Some(room),
            index: None,
        },
        Err(why) => Read::nothing(Reading::Unreadable(why)),
    }
}

/// Matches all items of a poll again, as when the watches are others than when it was read.
pub(super) async fn match_again(world: &World, readers: &Readers, mut intake: Intake) -> Intake {
    let (Some(content), Some(room)) = (intake.content.take(), intake.room.take()) else {
        return intake;
    };
    let Some(_reader) = readers.take(&room).await else {
        return intake;
    };
    let work = Work {
        rooms: &world.body_room,
        feed: &intake.feed.id,
    };
    let all = (0..content.entries.len()).collect();
    match match_entries(&work, &world.config, content, all, room).await {
        Ok((content, matched, room)) => {
            intake.content = Some(content);
            intake.matched = matched;
            intake.room = Some(room);
        }
        Err(why) => {
            // Nothing of it is stored, so it counts as not read.
            if let Some(verdict) = Arc::get_mut(&mut intake.verdict) {
                verdict.reading = Reading::Unreadable(why);
            }
        }
    }
    intake
}

/// The places of items that are new or say something new: only those are matched and stored.
async fn fresh_entries(world: &World, feed: &Feed, content: &PolledContent) -> Vec<usize> {
    let id = feed.id.clone();
    let identities: Vec<(String, String)> = content
        .entries
        .iter()
        .map(|entry| (entry.key.clone(), entry.content_hash.clone()))
        .collect();
    let found = world
        .store
        .call(move |connection| polls::fresh(connection, &id, &identities))
        .await;
    // Without an answer any of them may be: the store will tell when the poll is to be stored.
    found.unwrap_or_else(|_| (0..content.entries.len()).collect())
}

/// Settles the language of the items at these places, and matches them. `Err` is
/// the reason why not, reading alone.
async fn match_entries(
    work: &Work<'_>,
    config: &Arc<Config>,
    mut content: PolledContent,
    places: Vec<usize>,
    room: Room,
) -> Result<(PolledContent, Matched, Room), String> {
    let entries = places
        .iter()
        .filter_map(|&place| content.entries.get(place));
    let limit = matching_time(places.len(), entries.map(size_of).sum());
    let matching = match config.watches.len() {
        1 => "matching its items with 1 watch".to_owned(),
        watches => format!("matching its items with {watches} watches"),
    };
    let (config, feed) = (Arc::clone(config), work.feed.to_owned());
    let matched = work.stage(limit, room, move |given_up: &AtomicBool| {
        fault::busy("items-matched");
        let mut scratch = matching::Scratch::default();
        let mut matched = Matched::by(&config);
        let configured = config.feeds.iter().find(|other| other.id == feed);
        let configured = configured.and_then(|feed| feed.language.as_deref());
        for place in places {
            if given_up.load(Ordering::Relaxed) {
                break;
            }
            let Some(entry) = content.entries.get_mut(place) else {
                continue;
            };
            settle_language(&mut entry.document, configured);
            let hits = matching::hits(&config, &feed, &entry.document, &mut scratch);
            matched.insert(place, hits);
        }
        (content, matched)
    });
    let ((content, matched), room) = matched
        .await
        .map_err(|why| why.sentence(&matching, limit, "an item"))?;
    Ok((content, matched, room))
}

/// Of the texts that are matched.
fn size_of(entry: &PolledEntry) -> usize {
    let document = &entry.document;
    document.title.len() + document.summary.len() + document.text.len()
}

/// Why there is nothing to store.
enum NoContent {
    /// What came is an index of sitemaps.
    Index(Box<Index>),
    Because(Box<Reading>),
}

/// Reads what came on a thread for such work, where a panic of a library fails this feed alone.
async fn read_apart(
    work: &Work<'_>,
    feed: &Feed,
    known: Option<String>,
    bodies: Bodies,
    room: Room,
    now: Timestamp,
) -> Result<(PolledContent, PollSummary, Room), NoContent> {
    let unreadable = |reason| NoContent::Because(Box::new(Reading::Unreadable(reason)));
    let id = feed.id.clone();
    let language = feed.language.clone();
    let page = feed.page.clone();
    let address = without_credentials(&feed.address.to_string());
    let read = work.stage(READING_TIME, room, move |given_up: &AtomicBool| {
        fault::busy("body-read");
        let digest = bodies.digest();
        if known.as_ref() == Some(&digest) {
            return Err(NoContent::Because(Box::new(Reading::SameBody)));
        }
        let parsed = match &page {
            None => bodies.parse(now, language.as_deref()),
            Some(page) => {
                let give_up = || given_up.load(Ordering::Relaxed);
                let links = bodies.links(page, now, language.as_deref(), &give_up);
                links.map_err(|error| NoFeed::Unreadable(error.with_advice(&address)))
            }
        };
        let parsed = parsed.map_err(|no_feed| match no_feed {
            NoFeed::Index(index) => NoContent::Index(index),
            NoFeed::Unreadable(reason) => unreadable(reason),
        })?;
        // A body with nothing in it of which something was lost is no silent feed.
        if parsed.entries.is_empty() && !parsed.loss.is_nothing() {
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
    let (read, room) = read
        .await
        .map_err(|why| unreadable(why.sentence("reading it", READING_TIME, "the body")))?;
    read.map(|(content, summary)| (content, summary, room))
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
    let entries: Vec<PolledEntry> = feed::distinct(&parsed.entries, &hashes)
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
