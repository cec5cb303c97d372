//! One feed, from its address to what is to be stored.

use base64::Engine as _;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::{BODY_ROOM, VERSION, World};
use crate::config::{Feed, FeedAddress};
use crate::core::feed::{self, ParseContext};
use crate::core::schedule::{
    self, Budget, Decision, FeedHints, FeedState, Modified, Outcome, PollResult, PollSummary,
    Reading, ScheduleSettings,
};
use crate::core::watch::detect_language;
use crate::fetch::{self, Fetched};
use crate::store::polls::{self, PollCounts, PolledContent, PolledEntry};

/// What a poll brought, before it is stored.
pub(super) struct Intake {
    pub(super) feed: Feed,
    pub(super) content: Option<PolledContent>,
    pub(super) verdict: Verdict,
    /// Given back when the poll is stored.
    pub(super) room: Option<OwnedSemaphorePermit>,
}

/// How much memory a body takes at its worst, once parsed, in times its size.
const PARSED_SIZE: usize = 4;

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
    pub(super) fn left_of(&self, budget: &Budget) -> Budget {
        budget.left(&self.before, self.at)
    }

    pub(super) fn decide(&self, counts: &PollCounts) -> Decision {
        let mut reading = self.reading.clone();
        if let Reading::Feed(summary) = &mut reading {
            summary.entries_new = usize::try_from(counts.entries_new).unwrap_or(usize::MAX);
            summary.entries_revised = usize::try_from(counts.entries_revised).unwrap_or(usize::MAX);
            summary.new_left_out = usize::try_from(counts.new_left_out).unwrap_or(usize::MAX);
            summary.revised_left_out =
                usize::try_from(counts.revised_left_out).unwrap_or(usize::MAX);
            summary.bytes_stored = counts.bytes;
            summary.hits = counts.hits;
        }
        let result = PollResult {
            outcome: &self.outcome,
            reading,
        };
        schedule::decide(&self.before, &result, &self.settings, self.at, self.jitter)
    }
}

/// Fetches and reads one feed. Whatever goes wrong is part of what comes back. `readers` bounds how
/// many bodies are read at the same time: more than there are processors would only take memory.
pub(super) async fn take_in(
    world: &World,
    readers: &Semaphore,
    feed: Feed,
    state: FeedState,
) -> Intake {
    let address = feed.address.to_string();
    let state = state.for_address(&address);
    // Whoever waits for room is served in order, so this waits while bodies wait to be stored.
    drop(world.body_room.acquire().await);
    let Fetched { mut outcome, room } = match &feed.address {
        FeedAddress::Web(_) => {
            let request = schedule::next_request(&state, &address, (world.clock)());
            world.fetcher.fetch_with_room(&request).await
        }
        FeedAddress::File(path) => {
            fetch::file::read(path, world.config.fetch.max_bytes, &state.validators)
                .await
                .into()
        }
    };
    let at = (world.clock)();
    let mut held = None;
    let (content, reading) = match &mut outcome {
        Outcome::Modified(modified) => {
            // The body is not needed again, and may be large.
            let body = std::mem::take(&mut modified.body);
            let room = (body.len() * PARSED_SIZE / 1024 + 1).min(BODY_ROOM);
            let room = u32::try_from(room).unwrap_or(u32::MAX);
            held = world.body_room.clone().acquire_many_owned(room).await.ok();
            read(world, readers, &feed, &state, modified, body).await
        }
        _ => (None, Reading::NoBody),
    };
    drop(room);
    Intake {
        verdict: Verdict {
            before: state,
            outcome,
            reading,
            settings: ScheduleSettings {
                every: feed.every.or(world.config.fetch.every),
            },
            at,
            jitter: fastrand::f64(),
        },
        feed,
        content,
        room: held,
    }
}

/// Reads a body, and tells the language of its items where that is not known yet.
async fn read(
    world: &World,
    readers: &Semaphore,
    feed: &Feed,
    state: &FeedState,
    modified: &Modified,
    body: Vec<u8>,
) -> (Option<PolledContent>, Reading) {
    let Ok(_reader) = readers.acquire().await else {
        return (None, Reading::NoBody);
    };
    // After a body that could not be read, even the one before it is news.
    let known = state.body_digest.clone();
    let now = (world.clock)();
    let known = known.filter(|_| state.unreadable.is_none() && !schedule::owes_items(state, now));
    let (mut content, summary) = match read_apart(feed, known, modified, body, now).await {
        Ok(read) => read,
        Err(reading) => return (None, *reading),
    };
    // A feed that is read for the first time has nothing stored.
    let all = 0..content.entries.len();
    if all.clone().any(|place| lacks_language(&content, place)) {
        let fresh = match state.first_success_at {
            None => all.collect(),
            Some(_) => fresh_entries(world, feed, &content).await,
        };
        content = match tell_languages(content, fresh).await {
            Ok(content) => content,
            Err(reading) => return (None, *reading),
        };
    }
    (Some(content), Reading::Feed(summary))
}

fn lacks_language(content: &PolledContent, place: usize) -> bool {
    content
        .entries
        .get(place)
        .is_some_and(|entry| entry.document.language.is_none())
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

/// Guesses the language of the items at these places that do not say it, on a thread for such work.
async fn tell_languages(
    mut content: PolledContent,
    places: Vec<usize>,
) -> Result<PolledContent, Box<Reading>> {
    let told = tokio::task::spawn_blocking(move || {
        for place in places {
            if let Some(entry) = content.entries.get_mut(place)
                && entry.document.language.is_none()
            {
                entry.document.language = detect_language(&entry.document).map(ToOwned::to_owned);
            }
        }
        content
    });
    let failed = || Reading::Unreadable("an item made the program fail".to_owned());
    told.await.map_err(|_| Box::new(failed()))
}

/// Reads a body on a thread for such work, where a panic of a library fails this feed alone. `Err`:
/// there is nothing to store.
async fn read_apart(
    feed: &Feed,
    known: Option<String>,
    modified: &Modified,
    body: Vec<u8>,
    now: Timestamp,
) -> Result<(PolledContent, PollSummary), Box<Reading>> {
    let unreadable = |reason| Box::new(Reading::Unreadable(reason));
    let id = feed.id.clone();
    let language = feed.language.clone();
    let content_type = modified.content_type.clone();
    let final_url = modified.answer.final_url.clone();
    let read = tokio::task::spawn_blocking(move || {
        let digest = body_digest(&body, content_type.as_deref(), &final_url);
        if known.as_ref() == Some(&digest) {
            return Err(Box::new(Reading::SameBody));
        }
        let base = Url::parse(&final_url).ok();
        let context = ParseContext {
            content_type: content_type.as_deref(),
            base: base.as_ref(),
            ..ParseContext::default()
        };
        let parsed = feed::parse(&body, &context).map_err(|error| unreadable(error.to_string()))?;
        // A broken body with nothing in it is no silent feed: whatever it held was lost.
        match parsed.warnings.first() {
            Some(warning) if parsed.entries.is_empty() => {
                let reason = format!("nothing could be read from it: {warning}");
                Err(unreadable(reason))
            }
            _ => {
                let (content, mut summary) = content(parsed, language.as_deref(), &id, now);
                summary.body_digest = Some(digest);
                Ok((content, summary))
            }
        }
    });
    let failed = || unreadable("the body made the parser fail".to_owned());
    read.await.unwrap_or_else(|_| Err(failed()))
}

/// Equal for two bodies only if reading both gives the same. Another version of the program may read
/// more in the same bytes.
fn body_digest(body: &[u8], content_type: Option<&str>, final_url: &str) -> String {
    let mut hasher = Sha256::new();
    for part in [VERSION, content_type.unwrap_or_default(), final_url] {
        hasher.update(part.len().to_le_bytes());
        hasher.update(part);
    }
    hasher.update(body);
    // Half of it is more than enough to tell the bodies of one feed apart.
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(&hasher.finalize()[..16])
}

fn content(
    parsed: feed::Feed,
    language: Option<&str>,
    feed_id: &str,
    now: Timestamp,
) -> (PolledContent, PollSummary) {
    let language = language.or(parsed.language.as_deref());
    let mut entries: Vec<PolledEntry> = Vec::with_capacity(parsed.entries.len());
    let mut seen = std::collections::HashSet::new();
    let keys = feed::entry_keys(&parsed.entries);
    for (entry, key) in parsed.entries.iter().zip(keys) {
        // A feed that lists an item twice means one item; the first, which is the newest, counts.
        if !seen.insert(key.clone()) {
            continue;
        }
        let mut document = feed::to_document(entry, language, feed_id);
        document.language = document
            .language
            .filter(|language| is_language_tag(language));
        entries.push(PolledEntry {
            key,
            content_hash: feed::document_hash(&document),
            document,
            published: entry.published,
            updated: entry.updated,
        });
    }
    let summary = PollSummary {
        entries_in_feed: entries.len(),
        published: entries.iter().filter_map(|entry| entry.published).collect(),
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
