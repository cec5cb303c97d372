//! What a body offers: the items that are new or say something new, and how old they are.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use rusqlite::params;

use super::entry_matching::match_stored_entries;
use super::record::{BodyReadTimes, PollCounts, PollRecord, PolledContent, PolledEntry};
use super::stored_items::Known;
use super::unidentified_entries;
use crate::core::feed::{DateDoubt, IdentityParts, is_same_content};
use crate::core::schedule::{CandidateItem, CandidateKind};
use crate::store::StoreError;
use crate::store::connection::Transaction;
use crate::store::sql_values::seconds;
use crate::store::tombstones::{self, LAST_SEEN_LAG, OmittedFrom};

/// So many old items are told one by one when they appear together; more are an archive that a publisher
/// opened, and are told in one line.
const OLD_AT_MOST: usize = 20;

/// An item that is new or says something new.
pub(super) struct NewItem<'a> {
    /// Among the items of the body.
    pub(super) place: usize,
    pub(super) entry: &'a PolledEntry,
    pub(super) names: IdentityParts,
    pub(super) known: Option<Known>,
    /// In which body it was left out, if it was.
    pub(super) waited: Option<OmittedFrom>,
    /// Whether it appeared with many other old ones after the feed's first body.
    pub(super) archive: bool,
    pub(super) offer: CandidateItem,
}

impl NewItem<'_> {
    /// As what it is left out, when there is no room for it.
    pub(super) fn waiting(&self, first_body: bool) -> OmittedFrom {
        match self.waited {
            Some(waited) => waited,
            None if self.archive => OmittedFrom::Archive,
            None if first_body => OmittedFrom::FirstBody,
            None => OmittedFrom::LaterBody,
        }
    }
}

/// Which items are old. Times that lie in the future are not trusted: a clock was wrong then or is now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Age {
    /// Whether no body of the feed was read before.
    pub(super) first_body: bool,
    /// Whether all of it is its backlog: a page of links says nothing of the age of most.
    pub(super) new_page: bool,
    /// Items of the first body from before this are its backlog.
    backlog_before: Timestamp,
    /// Items of later bodies from before this are old.
    old_before: Timestamp,
    now: Timestamp,
}

impl Age {
    pub(super) fn new(reads: BodyReadTimes, backlog: SignedDuration, now: Timestamp) -> Self {
        let before = |read: Option<Timestamp>| {
            let read = read.unwrap_or(now).min(now);
            read.checked_sub(backlog).unwrap_or(Timestamp::MIN)
        };
        Self {
            first_body: reads.first.is_none(),
            new_page: false,
            backlog_before: before(reads.first),
            // What was published since the feed was last read was never missed before.
            old_before: before(reads.last),
            now,
        }
    }

    /// The same for a page of links that was never read so.
    pub(super) fn of_a_new_page(self) -> Self {
        Self {
            first_body: true,
            new_page: true,
            ..self
        }
    }

    /// Whether an item was published and last changed before that; one without a date was not.
    fn is_before(&self, entry: &PolledEntry, before: Timestamp) -> bool {
        let dates = [entry.published, entry.updated].into_iter().flatten();
        let latest = dates
            .filter(|date| DateDoubt::of(*date, self.now).is_none())
            .max();
        latest.is_some_and(|latest| latest < before)
    }
}

/// A body of a feed, and how old what it holds is.
pub(super) struct PolledBody<'a> {
    pub(super) poll: &'a PollRecord,
    pub(super) content: &'a PolledContent,
    pub(super) age: Age,
}

impl PolledBody<'_> {
    /// Whether an item is of the feed's backlog, given in which body it was left out, if it was.
    fn is_backlog(&self, entry: &PolledEntry, waited: Option<OmittedFrom>) -> bool {
        let age = self.age;
        let is_old = || age.is_before(entry, age.backlog_before);
        match waited {
            None => age.new_page || age.first_body && is_old(),
            Some(OmittedFrom::FirstBody) => self.content.is_page || is_old(),
            Some(OmittedFrom::LaterBody) => false,
            Some(OmittedFrom::Archive) => true,
        }
    }
}

/// The items that are new or say something new. Of all others it is noted that they were seen, and of those
/// that were left out of earlier bodies, that they are gone.
pub(super) fn offered<'a>(
    transaction: &Transaction<'_>,
    body: &PolledBody<'a>,
    counts: &mut PollCounts,
) -> Result<Vec<NewItem<'a>>, StoreError> {
    let PolledBody { poll, content, age } = *body;
    let (feed_id, now) = (&poll.feed_id, age.now);
    let let_go = tombstones::any_stored(transaction, feed_id)?;
    let mut waiting = tombstones::left_out(transaction, feed_id)?;
    let items: Vec<(&PolledEntry, IdentityParts)> = content
        .entries
        .iter()
        .map(|entry| (entry, entry.names()))
        .collect();
    let found = match_stored_entries(transaction, feed_id, &items, content.by_address, now)?;
    let mut offered = Vec::new();
    for (place, ((entry, names), known)) in items.into_iter().zip(found).enumerate() {
        let (mut new, mut waited) = (false, None);
        if let Some(known) = &known {
            if is_late(known.last_seen, now) {
                transaction
                    .prepare_cached("UPDATE entry SET last_seen_at = ?2 WHERE id = ?1")?
                    .execute(params![known.id, seconds(now)])?;
            }
            if is_same_content(&known.content_hash, &entry.content_hash) {
                unidentified_entries::rename(transaction, known, entry, &names)?;
                continue;
            }
        } else if let_go {
            match look_among_let_go(transaction, feed_id, (entry, &names), &mut waiting, now)? {
                OmittedState::Same => continue,
                OmittedState::Changed => {}
                OmittedState::LeftOut(when) => (new, waited) = (true, Some(when)),
                OmittedState::NeverSeen => new = true,
            }
        } else {
            new = true;
        }
        offered.push(NewItem {
            place,
            entry,
            names,
            known,
            archive: waited == Some(OmittedFrom::Archive),
            waited,
            offer: CandidateItem {
                // What an old item says now is news, also when the item itself was let go.
                kind: match (new, body.is_backlog(entry, waited)) {
                    (false, _) => CandidateKind::Revised,
                    (true, true) => CandidateKind::Backlog,
                    (true, false) => CandidateKind::New,
                },
                bytes: size(entry),
                dated: entry.published.max(entry.updated),
            },
        });
    }
    if !age.first_body {
        find_archive(&mut offered, age);
    }
    for hash in waiting.into_keys() {
        counts.arrears.gone += 1;
        tombstones::remove(transaction, feed_id, hash)?;
    }
    Ok(offered)
}

/// Old items that appear together after the first body are an archive, when they are many.
fn find_archive(offered: &mut [NewItem<'_>], age: Age) {
    let is_old = |item: &NewItem<'_>| {
        item.offer.kind == CandidateKind::New
            && item.waited.is_none()
            && age.is_before(item.entry, age.old_before)
    };
    if offered.iter().filter(|item| is_old(item)).count() > OLD_AT_MOST {
        for item in offered.iter_mut().filter(|item| is_old(item)) {
            item.archive = true;
            item.offer.kind = CandidateKind::Backlog;
        }
    }
}

/// What is known of an item that is not stored.
enum OmittedState {
    /// It was let go as it stands.
    Same,
    /// It said something else when it was let go.
    Changed,
    /// It was left out of an earlier body.
    LeftOut(OmittedFrom),
    /// It was never seen.
    NeverSeen,
}

fn look_among_let_go(
    transaction: &Transaction<'_>,
    feed_id: &str,
    (entry, names): (&PolledEntry, &IdentityParts),
    waiting: &mut HashMap<[u8; 16], OmittedFrom>,
    now: Timestamp,
) -> Result<OmittedState, StoreError> {
    let mut found = OmittedState::NeverSeen;
    for level in 0..IdentityParts::LEVELS {
        let key = names.key(level);
        if let Some(when) = waiting.remove(&tombstones::hash(&key)) {
            if key != entry.key {
                tombstones::remove(transaction, feed_id, tombstones::hash(&key))?;
                tombstones::leave_out(transaction, feed_id, &entry.key, when, now)?;
            }
            return Ok(OmittedState::LeftOut(when));
        }
        let Some(tombstone) = tombstones::of(transaction, feed_id, &key)? else {
            continue;
        };
        if is_same_content(&tombstone.content_hash, &entry.content_hash) {
            if is_late(tombstone.last_seen, now) {
                tombstones::see(transaction, feed_id, &key, now)?;
            }
            return Ok(OmittedState::Same);
        }
        // Where others share its identifier, only its own identity says that it was there before.
        if key == entry.key && !tombstone.is_left_out() {
            found = OmittedState::Changed;
        }
    }
    Ok(found)
}

/// Whether it is to be noted anew when something was seen. What was seen in the future was seen by a clock
/// that was wrong.
fn is_late(last_seen: Timestamp, now: Timestamp) -> bool {
    last_seen > now || now.duration_since(last_seen) > LAST_SEEN_LAG
}

/// What storing an item takes, more or less.
fn size(entry: &PolledEntry) -> u64 {
    let document = &entry.document;
    let texts = [
        &entry.key,
        &document.title,
        &document.summary,
        &document.text,
        &document.author,
    ];
    let texts = texts.into_iter().chain(&document.categories);
    let texts = texts.chain(&document.url).map(String::len);
    texts.sum::<usize>() as u64
}
