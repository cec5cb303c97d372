//! Stores the new and the revised items of a body, as far as the budget of its feed goes.

use jiff::Timestamp;
use rusqlite::params;

use super::entry_matching::by_key;
use super::new_items::{NewItem, PolledBody, offered};
use super::record::{NewHit, PollCounts, PollRecord, RecordContext};
use super::stored_items::Known;
use super::{revision_hits, unidentified_entries};
use crate::core::article::{FEED_TEXT_ENOUGH, Item};
use crate::core::digest::HitOrigin;
use crate::core::document::Document;
use crate::core::feed::IdentityParts;
use crate::core::schedule::{BudgetTracker, CandidateItem, CandidateKind, PollUsage, in_order};
use crate::store::articles::{self, Queue};
use crate::store::connection::{Connection, Transaction};
use crate::store::hits::Finding;
use crate::store::sql_values::{seconds, to_json};
use crate::store::{StoreError, hits, mutes, stories, tombstones};

/// How many earlier texts of an item are kept, beside those in which something was found.
const REVISIONS_KEPT: i64 = 5;

/// Stores what is new, as far as the budget goes. What is left out is as new in a later body.
pub(super) fn take(
    transaction: &Transaction<'_>,
    body: &PolledBody<'_>,
    recording: &mut RecordContext<'_>,
    counts: &mut PollCounts,
) -> Result<(), StoreError> {
    let PolledBody { poll, age, .. } = *body;
    let offered = offered(transaction, body, counts)?;
    let (found, taken) = match_within_budget(transaction, poll, &offered, recording)?;
    counts.taken = taken;
    let mut queue = Queue::new(&poll.feed_id, &poll.url, recording.now);
    // In the order of the feed: by that, hits of one poll are listed.
    for (item, hits) in offered.into_iter().zip(found) {
        let new = item.offer.kind != CandidateKind::Revised;
        if let Some(hits) = &hits {
            counts.entries_new += u64::from(new);
            counts.entries_revised += u64::from(!new);
            counts.arrears.taken += u64::from(item.waited.is_some());
            let stored = match &item.known {
                Some(known) => replace_entry(transaction, known, &item, recording.now)?,
                None => insert_entry(transaction, poll, &item, recording.now)?,
            };
            // What another selector makes of a known link is no news either.
            let stored = Stored {
                backlog: stored.backlog || age.new_page,
                ..stored
            };
            store_hits(transaction, &stored, hits, recording, counts)?;
            // What is told in one line with its like, or not at all, is no report of an event.
            if !stored.backlog && !stored.archive {
                stories::queue(transaction, stored.id, item.entry.published, recording.now)?;
            }
            let page = Item {
                is_backlog: stored.backlog || stored.archive,
                feed_text: feed_text(&item.entry.document),
                is_hit: !hits.is_empty() || !new && is_found(transaction, stored.id)?,
            };
            if poll.articles.wants(page) {
                let link = item.entry.document.url.as_deref();
                let queued = queue.push(transaction, stored.id, stored.revision, link)?;
                counts.articles += u64::from(queued);
            }
        } else if new {
            counts.new_left_out += 1;
            if item.waited.is_some() {
                counts.arrears.again += 1;
            } else {
                counts.arrears.added += 1;
                let waiting = item.waiting(age.first_body);
                let key = &item.entry.key;
                tombstones::leave_out(transaction, &poll.feed_id, key, waiting, recording.now)?;
            }
        } else {
            counts.revised_left_out += 1;
        }
    }
    Ok(())
}

/// What the watches find in each item that the budget affords; `None` for one that it does not.
type HitsWithinBudget = Vec<Option<Vec<NewHit>>>;

/// Asks the watches about the items that the budget affords. Gives too what that takes of it.
fn match_within_budget(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    offered: &[NewItem<'_>],
    recording: &mut RecordContext<'_>,
) -> Result<(HitsWithinBudget, PollUsage), StoreError> {
    let offers: Vec<CandidateItem> = offered.iter().map(|item| item.offer).collect();
    let mut purse = BudgetTracker::new(poll.budget);
    let mut found: HitsWithinBudget = offered.iter().map(|_| None).collect();
    for place in in_order(&offers, recording.now) {
        let Some(item) = offered.get(place) else {
            continue;
        };
        if !purse.affords(&item.offer, 0) {
            continue;
        }
        let hits = new_hits(transaction, poll, item, recording)?;
        let number = match item.offer.kind {
            CandidateKind::Backlog => hits.len() as u64,
            CandidateKind::New | CandidateKind::Revised => {
                mutes::unmuted(transaction, &hits, recording.now)?
            }
        };
        if purse.affords(&item.offer, number) {
            purse.spend(&item.offer, number);
            found[place] = Some(hits);
        }
    }
    Ok((found, purse.taken()))
}

/// Characters that the feed gives of an item, as a [policy](crate::core::article::Policy) counts them; no more
/// of them are counted than decide.
fn feed_text(document: &Document) -> usize {
    [&document.summary, &document.text]
        .map(|text| text.chars().take(FEED_TEXT_ENOUGH).count())
        .into_iter()
        .max()
        .unwrap_or_default()
}

/// Whether a watch has found an entry, in whatever revision.
fn is_found(connection: &Connection, entry_id: i64) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM hit WHERE entry_id = ?1)")?
        .query_row([entry_id], |row| row.get(0))?)
}

/// The watches that match and did not match this item so before.
fn new_hits(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    item: &NewItem<'_>,
    recording: &mut RecordContext<'_>,
) -> Result<Vec<NewHit>, StoreError> {
    let mut hits = (recording.matcher)(&poll.feed_id, item.place, &item.entry.document)?;
    if let Some(known) = &item.known {
        revision_hits::retain_new_hits(
            transaction,
            known.id,
            &item.entry.document.title,
            &mut hits,
        )?;
    }
    Ok(hits)
}

/// An item as it is stored now.
struct Stored {
    id: i64,
    revision: i64,
    backlog: bool,
    archive: bool,
}

fn insert_entry(
    transaction: &Transaction<'_>,
    poll: &PollRecord,
    item: &NewItem<'_>,
    now: Timestamp,
) -> Result<Stored, StoreError> {
    let entry = item.entry;
    let backlog = item.offer.kind == CandidateKind::Backlog && !item.archive;
    // Whatever was known of it is stored with it from now on.
    let hash = tombstones::hash(&entry.key);
    tombstones::remove(transaction, &poll.feed_id, hash)?;
    let key = free_key(transaction, &poll.feed_id, item)?;
    let document = &entry.document;
    transaction
        .prepare_cached(
            "INSERT INTO entry (feed_id, key, revision, content_hash, title, summary, text, author,
                                categories, language, link, published_at, updated_at,
                                first_seen_at, last_seen_at, backlog, place,
                                language_certain)
             VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13, ?14, ?15, ?16)",
        )?
        .execute(params![
            poll.feed_id,
            key,
            entry.content_hash,
            document.title,
            document.summary,
            document.text,
            document.author,
            to_json(&document.categories)?,
            document.language,
            document.url,
            entry.published.map(seconds),
            entry.updated.map(seconds),
            seconds(now),
            backlog,
            item.names.place(),
            document.language_certain
        ])?;
    Ok(Stored {
        id: transaction.sqlite.last_insert_rowid(),
        revision: 0,
        backlog,
        archive: item.archive,
    })
}

/// The item's identity in its body, or one that is longer by so much that no stored entry has it: an
/// identifier may have been used for something else before.
fn free_key(
    transaction: &Transaction<'_>,
    feed_id: &str,
    item: &NewItem<'_>,
) -> Result<String, StoreError> {
    let level = item.names.level_of(&item.entry.key);
    let mut key = item.entry.key.clone();
    for longer in (level + 1..IdentityParts::LEVELS).map(|level| item.names.key(level)) {
        if by_key(transaction, feed_id, &key)?.is_none() {
            return Ok(key);
        }
        key = longer;
    }
    // What was stored so says something else by now.
    let mut number = 1;
    let mut numbered = key.clone();
    while by_key(transaction, feed_id, &numbered)?.is_some() {
        number += 1;
        numbered = format!("{key} again:{number}");
    }
    Ok(numbered)
}

fn replace_entry(
    transaction: &Transaction<'_>,
    known: &Known,
    item: &NewItem<'_>,
    now: Timestamp,
) -> Result<Stored, StoreError> {
    let entry = item.entry;
    let revised = Stored {
        id: known.id,
        revision: known.revision + 1,
        // What an old item says now is news.
        backlog: false,
        archive: false,
    };
    transaction
        .prepare_cached(
            "INSERT INTO revision (entry_id, revision, title, summary, text, author, categories,
                                   language, language_certain, link, published_at, updated_at,
                                   replaced_at)
             SELECT id, revision, title, summary, text, author, categories, language,
                    language_certain, link, published_at, updated_at, ?2
             FROM entry WHERE id = ?1",
        )?
        .execute(params![revised.id, seconds(now)])?;
    let document = &entry.document;
    transaction
        .prepare_cached(
            "UPDATE entry SET revision = ?2, content_hash = ?3, title = ?4, summary = ?5, text = ?6,
                    author = ?7, categories = ?8, language = ?9, link = ?10, published_at = ?11,
                    updated_at = ?12, revised_at = ?13, last_seen_at = ?13,
                    backlog = 0, place = ?14, language_certain = ?15
             WHERE id = ?1",
        )?
        .execute(params![
            revised.id,
            revised.revision,
            entry.content_hash,
            document.title,
            document.summary,
            document.text,
            document.author,
            to_json(&document.categories)?,
            document.language,
            document.url,
            entry.published.map(seconds),
            entry.updated.map(seconds),
            seconds(now),
            item.names.place(),
            document.language_certain
        ])?;
    transaction
        .prepare_cached(
            "DELETE FROM revision WHERE entry_id = ?1 AND revision < ?2
               AND revision NOT IN (SELECT hit.revision FROM hit WHERE hit.entry_id = ?1)",
        )?
        .execute(params![revised.id, revised.revision - REVISIONS_KEPT])?;
    articles::prune_unused(transaction, revised.id, now)?;
    unidentified_entries::rename(transaction, known, entry, &item.names)?;
    Ok(revised)
}

fn store_hits(
    transaction: &Transaction<'_>,
    entry: &Stored,
    found: &[NewHit],
    recording: &RecordContext<'_>,
    counts: &mut PollCounts,
) -> Result<(), StoreError> {
    for hit in found {
        let finding = Finding {
            entry_id: entry.id,
            revision: entry.revision,
            program_version: recording.program_version,
            found: recording.now,
            origin: if entry.archive {
                HitOrigin::Archive
            } else {
                HitOrigin::New
            },
            in_article: false,
        };
        counts.hits += 1;
        if entry.backlog {
            hits::insert(transaction, hit, &finding)?;
            counts.hits_backlog += 1;
        } else if hits::insert_with_deliveries(transaction, hit, &finding)? {
            counts.hits_muted += 1;
        } else {
            counts.hits_archive += u64::from(entry.archive);
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    hits::index(transaction, entry.id)
}
