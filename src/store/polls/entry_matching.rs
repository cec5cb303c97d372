//! Which stored entries the items of a body are.
//!
//! First each item is an entry that says exactly the same, under one of its identities or at the same
//! place; then it may be a revision of one that is left. No entry is two items of one body, so that what
//! an identifier has in common with others does not make it one of them.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};

use super::record::PolledEntry;
use super::stored_items::{COLUMNS, COMPARED_ENTRIES_MAX, Known, read};
use super::unidentified_entries::{BY_WORDS, UnidentifiedEntries};
use crate::core::document::Document;
use crate::core::feed::{
    Addresses, ComparableItem, Dates, IdentityMatch, IdentityParts, ItemSimilarity, LocationHash,
    base_of, is_address, is_same_content, key_by_text, legacy_content_hash, likeness,
};
use crate::store::sql_values::seconds;
use crate::store::{Connection, StoreError};

/// The entry of this identity.
pub(super) fn by_key(
    connection: &Connection,
    feed_id: &str,
    key: &str,
) -> Result<Option<Known>, StoreError> {
    Ok(connection
        .prepare_cached(&format!("{COLUMNS} WHERE feed_id = ?1 AND key = ?2"))?
        .query_row(params![feed_id, key], |row| read(row, 0))
        .optional()?)
}

/// For each item of a body, in their order, the entry that it is; `None` for one that is new. With `by_address` an
/// item has the address of the entry, whatever it says.
pub(super) fn match_stored_entries(
    connection: &Connection,
    feed_id: &str,
    items: &[(&PolledEntry, IdentityParts)],
    by_address: bool,
    now: Timestamp,
) -> Result<Vec<Option<Known>>, StoreError> {
    let mut recognition = Recognition {
        connection,
        feed_id,
        by_address,
        now: seconds(now),
        found: items.iter().map(|_| None).collect(),
        taken: HashSet::new(),
        families: HashMap::new(),
        neighbours: HashMap::new(),
        said: HashMap::new(),
    };
    let stored: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM entry WHERE feed_id = ?1)")?
        .query_row([feed_id], |row| row.get(0))?;
    if stored {
        recognition.same_at_the_same_place(items)?;
        recognition.same_elsewhere(items)?;
        recognition.read_otherwise(items)?;
        recognition.revised(items)?;
    }
    Ok(recognition.found)
}

struct Recognition<'a> {
    connection: &'a Connection,
    feed_id: &'a str,
    by_address: bool,
    now: i64,
    found: Vec<Option<Known>>,
    taken: HashSet<i64>,
    /// The newest entries of each identifier.
    families: HashMap<String, Vec<Known>>,
    /// The newest entries at each place.
    neighbours: HashMap<LocationHash, Vec<Known>>,
    /// What entries say.
    said: HashMap<i64, ComparableItem>,
}

impl Recognition<'_> {
    /// By its own identity first, so that none is taken for another that says the same.
    fn same_at_the_same_place(
        &mut self,
        items: &[(&PolledEntry, IdentityParts)],
    ) -> Result<(), StoreError> {
        let is_same = |known: &Known, (entry, names): &(&PolledEntry, IdentityParts)| {
            is_same_content(&known.content_hash, &entry.content_hash)
                && known.place == names.place()
        };
        for (at, item) in items.iter().enumerate() {
            let own = by_key(self.connection, self.feed_id, &item.0.key)?;
            self.take(at, own.into_iter().filter(|known| is_same(known, item)));
        }
        for (at, item) in items.iter().enumerate() {
            if self.found[at].is_none() {
                let mut candidates = self.named(&item.1)?;
                candidates.extend(self.twins(&item.1)?);
                candidates.retain(|known| is_same(known, item));
                self.take(at, candidates.into_iter());
            }
        }
        Ok(())
    }

    fn same_elsewhere(
        &mut self,
        items: &[(&PolledEntry, IdentityParts)],
    ) -> Result<(), StoreError> {
        for (at, (entry, names)) in items.iter().enumerate() {
            if self.found[at].is_some() {
                continue;
            }
            // Where others of the body share the identifier, it does not say that an item has moved.
            let alone = names.base() == entry.key;
            let mut named = self.named(names)?;
            // It may have been stored before it had an identifier or address, or before that was found.
            if !names.base().starts_with(BY_WORDS) {
                let key = key_by_text(&entry.document, entry.published);
                named.extend(by_key(self.connection, self.feed_id, &key)?);
            }
            let named = named.into_iter().filter(|known| {
                is_same_content(&known.content_hash, &entry.content_hash)
                    && (alone || addresses(known.place, names.place()) != Addresses::Differ)
            });
            let named: Vec<Known> = named.collect();
            self.take(at, named.into_iter());
        }
        Ok(())
    }

    fn read_otherwise(
        &mut self,
        items: &[(&PolledEntry, IdentityParts)],
    ) -> Result<(), StoreError> {
        let nameless =
            |(_, names): &(&PolledEntry, IdentityParts)| names.base().starts_with(BY_WORDS);
        let left: Vec<usize> = (0..items.len())
            .filter(|&at| self.found[at].is_none() && nameless(&items[at]))
            .collect();
        if left.is_empty() {
            return Ok(());
        }
        let before = UnidentifiedEntries::of(self.connection, self.feed_id, &self.taken)?;
        for at in left {
            let entry = items[at].0;
            let candidates: Vec<Known> = before.like(entry).cloned().collect();
            if candidates.is_empty() {
                continue;
            }
            let said = ComparableItem::of(&entry.document);
            let mut alike = Vec::new();
            for known in candidates {
                let same = is_same_content(&known.content_hash, &entry.content_hash);
                let (kinship, common) =
                    said.item_similarity(self.said_by(known.id)?, Addresses::Unknown, Dates::Near);
                if same || kinship > ItemSimilarity::None {
                    alike.push((same, kinship, common, known));
                }
            }
            alike.sort_by(|one, other| {
                let order = (other.0, other.1).cmp(&(one.0, one.1));
                order.then(other.2.total_cmp(&one.2))
            });
            self.take(at, alike.into_iter().map(|(.., known)| known));
        }
        Ok(())
    }

    fn revised(&mut self, items: &[(&PolledEntry, IdentityParts)]) -> Result<(), StoreError> {
        for (at, (entry, names)) in items.iter().enumerate() {
            if self.found[at].is_some() {
                continue;
            }
            let family = self.family(names.base())?;
            let (level, several) = (names.level_of(&entry.key), family.len() > 1);
            let mut candidates: BTreeMap<i64, Known> = BTreeMap::new();
            let neighbours = self.neighbours(names.place())?;
            let all = self.named(names)?.into_iter().chain(family);
            for known in all.chain(neighbours) {
                candidates.insert(known.id, known);
            }
            candidates.retain(|id, _| !self.taken.contains(id));
            if candidates.is_empty() {
                continue;
            }
            let said = ComparableItem::of(&entry.document);
            let mut best: Option<(ItemSimilarity, f64, Known)> = None;
            for known in candidates.into_values() {
                let Some(mut least) = required_similarity(&known, names, level, several) else {
                    continue;
                };
                if self.by_address
                    && likeness(base_of(&known.key), names.base()) == IdentityMatch::Same
                {
                    least = ItemSimilarity::None;
                }
                let addresses = addresses(known.place, names.place());
                let dates = self.dates(&known, entry);
                let (kinship, common) =
                    said.item_similarity(self.said_by(known.id)?, addresses, dates);
                let better = best.as_ref().is_none_or(|(other, other_common, _)| {
                    (kinship, common) > (*other, *other_common)
                });
                if kinship >= least && better {
                    best = Some((kinship, common, known));
                }
            }
            self.take(at, best.into_iter().map(|(_, _, known)| known));
        }
        Ok(())
    }

    /// Where one of them has no date, the item was published when it was first seen to say this.
    fn dates(&self, known: &Known, entry: &PolledEntry) -> Dates {
        match (known.published, entry.published) {
            (Some(before), Some(after)) => Dates::of(before, seconds(after)),
            _ => Dates::of(known.said_since.min(self.now), self.now),
        }
    }

    /// Lets the item be the first of these that no other is.
    fn take(&mut self, at: usize, candidates: impl Iterator<Item = Known>) {
        let mut candidates = candidates;
        if let Some(known) = candidates.find(|known| !self.taken.contains(&known.id)) {
            self.taken.insert(known.id);
            self.found[at] = Some(known);
        }
    }

    /// The entries of the item's identities, from the shortest on.
    fn named(&self, names: &IdentityParts) -> Result<Vec<Known>, StoreError> {
        let mut found = Vec::new();
        let mut last = String::new();
        for key in (0..IdentityParts::LEVELS).map(|level| names.key(level)) {
            if key != last {
                found.extend(by_key(self.connection, self.feed_id, &key)?);
            }
            last = key;
        }
        Ok(found)
    }

    /// Entries that say the same at the same place.
    fn twins(&self, names: &IdentityParts) -> Result<Vec<Known>, StoreError> {
        let Some(place) = names.place() else {
            return Ok(Vec::new());
        };
        let now = names.content_hash();
        Ok(self
            .connection
            .prepare_cached(&format!(
                "{COLUMNS} WHERE feed_id = ?1 AND place = ?2 AND content_hash IN (?3, ?4) LIMIT ?5"
            ))?
            .query_map(
                params![
                    self.feed_id,
                    place,
                    now,
                    legacy_content_hash(now),
                    COMPARED_ENTRIES_MAX
                ],
                |row| read(row, 0),
            )?
            .collect::<Result<_, _>>()?)
    }

    fn family(&mut self, base: &str) -> Result<Vec<Known>, StoreError> {
        if let Some(family) = self.families.get(base) {
            return Ok(family.clone());
        }
        // What is added to an identifier begins with a blank, which comes right before this sign.
        let end = format!("{base}!");
        let family: Vec<Known> = self
            .connection
            .prepare_cached(&format!(
                "{COLUMNS} WHERE feed_id = ?1 AND key >= ?2 AND key < ?3 ORDER BY id DESC LIMIT ?4"
            ))?
            .query_map(
                params![self.feed_id, base, end, COMPARED_ENTRIES_MAX],
                |row| read(row, 0),
            )?
            .collect::<Result<_, _>>()?;
        self.families.insert(base.to_owned(), family.clone());
        Ok(family)
    }

    fn neighbours(&mut self, place: Option<LocationHash>) -> Result<Vec<Known>, StoreError> {
        let Some(place) = place.filter(is_address) else {
            return Ok(Vec::new());
        };
        if let Some(neighbours) = self.neighbours.get(&place) {
            return Ok(neighbours.clone());
        }
        let neighbours: Vec<Known> = self
            .connection
            .prepare_cached(&format!(
                "{COLUMNS} WHERE feed_id = ?1 AND place = ?2 ORDER BY id DESC LIMIT ?3"
            ))?
            .query_map(params![self.feed_id, place, COMPARED_ENTRIES_MAX], |row| {
                read(row, 0)
            })?
            .collect::<Result<_, _>>()?;
        self.neighbours.insert(place, neighbours.clone());
        Ok(neighbours)
    }

    fn said_by(&mut self, id: i64) -> Result<&ComparableItem, StoreError> {
        if !self.said.contains_key(&id) {
            // A little more than is compared: characters may take several bytes.
            let document = self
                .connection
                .prepare_cached(
                    "SELECT title, substr(summary, 1, 2048), substr(text, 1, 2048), language
                     FROM entry WHERE id = ?1",
                )?
                .query_row([id], |row| {
                    Ok(Document {
                        title: row.get(0)?,
                        summary: row.get(1)?,
                        text: row.get(2)?,
                        language: row.get(3)?,
                        ..Document::default()
                    })
                })?;
            self.said.insert(id, ComparableItem::of(&document));
        }
        self.said
            .get(&id)
            .ok_or_else(|| StoreError::Value(format!("entry {id} is gone")))
    }
}

/// What two texts must have in common for the item to be a revision of the entry; `None` when they are two
/// whatever they say. `level` is the length of the item's identity in its body, and `several` says whether
/// several entries have its identifier.
fn required_similarity(
    known: &Known,
    names: &IdentityParts,
    level: usize,
    several: bool,
) -> Option<ItemSimilarity> {
    let addresses = addresses(known.place, names.place());
    match (likeness(base_of(&known.key), names.base()), level) {
        (IdentityMatch::Other, _) => None,
        // Such an identifier tells nothing, so what stands elsewhere is something else.
        (IdentityMatch::Same, level)
            if addresses == Addresses::Differ && (level > 0 || several) =>
        {
            None
        }
        (IdentityMatch::Same, 0) => Some(ItemSimilarity::Related),
        (IdentityMatch::Same, 1) if addresses == Addresses::Agree => Some(ItemSimilarity::Related),
        (IdentityMatch::Same | IdentityMatch::SamePage, _) => Some(ItemSimilarity::Close),
    }
}

/// What two places say, where both were made of addresses.
fn addresses(one: Option<LocationHash>, other: Option<LocationHash>) -> Addresses {
    match (one.filter(is_address), other.filter(is_address)) {
        (Some(one), Some(other)) if one == other => Addresses::Agree,
        (Some(_), Some(_)) => Addresses::Differ,
        _ => Addresses::Unknown,
    }
}
