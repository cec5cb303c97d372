//! One poll, one transaction: entries, hits, what each recipient is owed, and the feed's state.
//!
//! What was not committed is fetched again: validators are never ahead of the entries that they
//! stand for.

mod entry_matching;
mod new_items;
mod record;
mod revision_hits;
mod stored_items;
mod storing;
mod unidentified_entries;

use rusqlite::{TransactionBehavior, params};

use super::connection::{Connection, Transaction};
use super::sql_values::{seconds, to_json};
use super::{StoreError, feeds, tombstones, week};
use crate::core::feed::is_same_content;
use crate::fault;
use new_items::{Age, PolledBody};
use record::BodyReadTimes;
pub use record::{
    Matcher, NewHit, PollCounts, PollRecord, PolledContent, PolledEntry, Receiver, RecordContext,
};
pub(super) use revision_hits::retain_new_hits;

/// Records polls, several in one transaction: a commit waits for the disk, whatever it holds. When
/// one of them cannot be stored, each is tried on its own, so that it fails alone; when the database
/// takes nothing at all or is damaged, that is one error for all of them.
///
/// The results are in the order of `polls`.
pub fn record(
    connection: &mut Connection,
    polls: &[PollRecord],
    recording: &mut RecordContext<'_>,
) -> Result<Vec<Result<PollCounts, StoreError>>, StoreError> {
    let path = connection.path().to_owned();
    match record_together(connection, polls, recording).map_err(|error| error.at(&path)) {
        Ok(counts) => return Ok(counts.into_iter().map(Ok).collect()),
        Err(error) if error.affects_all_calls() => return Err(error),
        Err(error) if polls.len() == 1 => return Ok(vec![Err(error)]),
        Err(_) => {}
    }
    let mut results = Vec::with_capacity(polls.len());
    for poll in polls {
        let alone = record_together(connection, std::slice::from_ref(poll), recording);
        match alone.map_err(|error| error.at(&path)) {
            // What was stored before it is stored again, which changes nothing.
            Err(error) if error.affects_all_calls() => return Err(error),
            Err(error) => results.push(Err(error)),
            Ok(counts) => results.push(Ok(counts.into_iter().next().unwrap_or_default())),
        }
    }
    Ok(results)
}

fn record_together(
    connection: &mut Connection,
    polls: &[PollRecord],
    recording: &mut RecordContext<'_>,
) -> Result<Vec<PollCounts>, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut counts = Vec::with_capacity(polls.len());
    for poll in polls {
        counts.push(record_one(&transaction, poll, recording)?);
    }
    fault::point("polls-written");
    transaction.commit()?;
    fault::point("polls-committed");
    Ok(counts)
}

fn record_one(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    recording: &mut RecordContext<'_>,
) -> Result<PollCounts, StoreError> {
    let reads = BodyReadTimes::of(transaction, &poll.feed_id)?;
    if reads.first.is_none() {
        // Entries refer to their feed, so its row comes first; the state follows below.
        transaction
            .prepare_cached(
                "INSERT INTO feed (id, url, state, next_poll_at) VALUES (?1, ?2, '', 0)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![poll.feed_id, poll.url])?;
    }
    let mut counts = PollCounts::default();
    if let Some(content) = &poll.content {
        let age = Age::new(reads, recording.backlog, recording.now);
        let is_new_page =
            content.is_page && (reads.first.is_none() || !was_read_so(transaction, poll)?);
        let age = if is_new_page {
            age.of_a_new_page()
        } else {
            age
        };
        counts.entries = content.entries.len() as u64;
        let body = PolledBody { poll, content, age };
        storing::take(transaction, &body, recording, &mut counts)?;
        transaction
            .prepare_cached(
                "UPDATE feed SET title = ?2, warnings = ?3,
                        first_success_at = coalesce(first_success_at, ?4), last_body_at = ?4
                 WHERE id = ?1",
            )?
            .execute(params![
                poll.feed_id,
                content.title,
                to_json(&content.warnings)?,
                seconds(recording.now)
            ])?;
    }
    let state = (poll.decide)(&counts);
    if state.last_success_at.is_some() && state.last_success_at == state.last_attempt_at {
        // All that a feed held when it was first read is new to us, and says nothing of its habit.
        let new = reads.first.map_or(0, |_| counts.entries_new);
        week::note_poll(transaction, &poll.feed_id, recording.now, new)?;
    }
    feeds::end_poll(transaction, &poll.feed_id)?;
    feeds::note_outage(transaction, &poll.feed_id, &state, recording.now)?;
    transaction
        .prepare_cached("UPDATE feed SET url = ?2, state = ?3, next_poll_at = ?4 WHERE id = ?1")?
        .execute(params![
            poll.feed_id,
            poll.url,
            to_json(&state)?,
            state.next_poll_at.map_or(0, seconds)
        ])?;
    Ok(counts)
}

/// Whether the page was read before as it is read now: another selector finds other links, which are no news.
fn was_read_so(connection: &Connection, poll: &PollRecord) -> Result<bool, StoreError> {
    let ids = std::slice::from_ref(&poll.feed_id);
    let state = feeds::states_of(connection, ids)?.into_iter().next();
    let state = state.unwrap_or_default().for_address(&poll.url);
    Ok(state.first_success_at.is_some())
}

/// The places of those items of a feed, each an identity and a hash of its content, that may be new or say
/// something new.
pub fn possibly_new_items(
    connection: &Connection,
    feed_id: &str,
    items: &[(String, String)],
) -> Result<Vec<usize>, StoreError> {
    let mut fresh = Vec::new();
    let let_go = tombstones::any_stored(connection, feed_id)?;
    for (place, (key, content_hash)) in items.iter().enumerate() {
        let hash = match entry_matching::by_key(connection, feed_id, key)? {
            Some(known) => Some(known.content_hash),
            None if let_go => tombstones::of(connection, feed_id, key)?.map(|it| it.content_hash),
            None => None,
        };
        if !hash.is_some_and(|hash| is_same_content(&hash, content_hash)) {
            fresh.push(place);
        }
    }
    Ok(fresh)
}
