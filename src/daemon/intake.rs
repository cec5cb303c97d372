//! One feed, from its address to what is to be stored.

use jiff::Timestamp;
use tokio::sync::OwnedSemaphorePermit;
use url::Url;

use super::{BODY_ROOM, World};
use crate::config::{Feed, FeedAddress};
use crate::core::feed::{self, ParseContext};
use crate::core::schedule::{
    self, Decision, FeedHints, FeedState, Modified, Outcome, PollResult, PollSummary, Reading,
    ScheduleSettings,
};
use crate::core::watch::detect_language;
use crate::fetch;
use crate::store::polls::{PollCounts, PolledContent, PolledEntry};

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
#[derive(Clone)]
pub(super) struct Verdict {
    before: FeedState,
    outcome: Outcome,
    reading: Reading,
    settings: ScheduleSettings,
    at: Timestamp,
    jitter: f64,
}

impl Verdict {
    pub(super) fn decide(&self, counts: &PollCounts) -> Decision {
        let mut reading = self.reading.clone();
        if let Reading::Feed(summary) = &mut reading {
            summary.entries_new = usize::try_from(counts.entries_new).unwrap_or(usize::MAX);
            summary.entries_revised = usize::try_from(counts.entries_revised).unwrap_or(usize::MAX);
        }
        let result = PollResult {
            outcome: &self.outcome,
            reading,
        };
        schedule::decide(&self.before, &result, &self.settings, self.at, self.jitter)
    }
}

/// Fetches and reads one feed. Whatever goes wrong is part of what comes back.
pub(super) async fn take_in(world: &World, feed: Feed, state: FeedState) -> Intake {
    let address = feed.address.to_string();
    let state = state.for_address(&address);
    // Whoever waits for room is served in order, so this waits while bodies wait to be stored.
    drop(world.body_room.acquire().await);
    let mut outcome = match &feed.address {
        FeedAddress::Web(_) => {
            let request = schedule::next_request(&state, &address, (world.clock)());
            world.fetcher.fetch(&request).await
        }
        FeedAddress::File(path) => {
            fetch::file::read(path, world.config.fetch.max_bytes, &state.validators).await
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
            read_apart(&feed, modified, body, at).await
        }
        _ => (None, Reading::NoBody),
    };
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

/// Reads a body on a thread for such work, where a panic of a library fails this feed alone.
async fn read_apart(
    feed: &Feed,
    modified: &Modified,
    body: Vec<u8>,
    now: Timestamp,
) -> (Option<PolledContent>, Reading) {
    let id = feed.id.clone();
    let language = feed.language.clone();
    let content_type = modified.content_type.clone();
    let base = Url::parse(&modified.answer.final_url).ok();
    let read = tokio::task::spawn_blocking(move || {
        let context = ParseContext {
            content_type: content_type.as_deref(),
            base: base.as_ref(),
            ..ParseContext::default()
        };
        let parsed = feed::parse(&body, &context).map_err(|error| error.to_string())?;
        // A broken body with nothing in it is no silent feed: whatever it held was lost.
        match parsed.warnings.first() {
            Some(warning) if parsed.entries.is_empty() => {
                Err(format!("nothing could be read from it: {warning}"))
            }
            _ => Ok(content(parsed, language.as_deref(), &id, now)),
        }
    });
    match read.await {
        Ok(Ok((content, summary))) => (Some(content), Reading::Feed(summary)),
        Ok(Err(reason)) => (None, Reading::Unreadable(reason)),
        Err(_) => (
            None,
            Reading::Unreadable("the body made the parser fail".to_owned()),
        ),
    }
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
    for (entry, key) in parsed.entries.iter().zip(feed::entry_keys(&parsed.entries)) {
        // A feed that lists an item twice means one item; the first, which is the newest, counts.
        if !seen.insert(key.clone()) {
            continue;
        }
        let mut document = feed::to_document(entry, language, feed_id);
        document.language = document
            .language
            .filter(|language| is_language_tag(language));
        if document.language.is_none() {
            document.language = detect_language(&document).map(ToOwned::to_owned);
        }
        entries.push(PolledEntry {
            key,
            content_hash: feed::content_hash(entry),
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
