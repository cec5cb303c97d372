//! JSON Feed 1.0 and 1.1 (jsonfeed.org), read with tolerance: a field of an unexpected type is
//! passed over, whatever the version string says.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::expansion_limit::{ExpansionLimit, PIECE_BYTES};
use super::json_value::{Leaf, MOST, Value};
use super::newest::Dates;
use super::raw::{LinkRelation, RawEntry, RawFeed, RawLink, RawText, TextKind, language_tag};
use super::{ParseContext, ParseError, dates};

/// Reads a JSON Feed, keeping at most as many items as the context allows, the newest; none more when the
/// allowance is spent. Of one that breaks off, the items before the break.
pub(super) fn read(
    text: &str,
    context: &ParseContext<'_>,
    allowance: &ExpansionLimit,
    warnings: &mut Vec<String>,
) -> Result<RawFeed, ParseError> {
    let entries = context.limits.entries;
    let (mut found, mut result) = read_once(text, entries, None, allowance);
    // That those that were kept are not the newest is known only when all were seen.
    let seen = found.dates.len();
    let dates = std::mem::take(&mut found.dates);
    let languages = context.languages(found.feed.language.as_deref());
    if let Some(kept) = dates.newest(entries, context.now, &languages) {
        found.feed.entries = Vec::new();
        allowance.reset();
        (found, result) = read_once(text, entries, Some(&kept), allowance);
    }
    if let Err(error) = result {
        let (line, column, reason) = (error.line(), error.column(), reason(&error));
        if found.feed.entries.is_empty() {
            return Err(ParseError::BrokenJson {
                line,
                column,
                reason,
            });
        }
        found.feed.loss.broken_off_after = u64::try_from(seen).ok();
        warnings.push(format!(
            "not valid JSON at line {line}, column {column} ({reason}); read up to there"
        ));
    }
    if found.recognised {
        Ok(found.feed)
    } else {
        Err(ParseError::OtherJson)
    }
}

fn read_once(
    text: &str,
    entries: usize,
    kept: Option<&[bool]>,
    allowance: &ExpansionLimit,
) -> (Found, serde_json::Result<()>) {
    let mut found = Found::default();
    let document = Document {
        entries,
        kept,
        allowance,
        found: &mut found,
    };
    let result = serde_json::Deserializer::from_str(text).deserialize_map(document);
    (found, result)
}

/// serde's message without the place that it appends, for the place has its own fields.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .rsplit_once(" at line ")
        .map_or(message.clone(), |(reason, _)| reason.to_owned())
}

/// The top level, read as a stream so that surplus items are never held, and into something that stays
/// when the stream breaks off.
struct Document<'a> {
    entries: usize,
    /// For each item whether it is kept; `None`: the first are.
    kept: Option<&'a [bool]>,
    allowance: &'a ExpansionLimit,
    found: &'a mut Found,
}

#[derive(Default)]
struct Found {
    feed: RawFeed,
    /// Of all items so far.
    dates: Dates,
    /// It has a version that names JSON Feed, or items.
    recognised: bool,
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let feed = &mut self.found.feed;
            match key.as_str() {
                "version" => {
                    let version: Value = map.next_value()?;
                    self.found.recognised |=
                        string(version).is_some_and(|version| version.contains("jsonfeed"));
                }
                "title" => feed.title = plain(map.next_value()?),
                "home_page_url" => {
                    feed.links
                        .extend(link(map.next_value()?, LinkRelation::Alternate));
                    feed.links.truncate(MOST);
                }
                "feed_url" => {
                    feed.id = string(map.next_value()?);
                    feed.links.extend(feed.id.clone().map(|href| RawLink {
                        href,
                        relation: LinkRelation::SelfLink,
                        ..RawLink::default()
                    }));
                    feed.links.truncate(MOST);
                }
                "language" => feed.language = string(map.next_value()?),
                "author" | "authors" => {
                    feed.authors.extend(people(map.next_value()?));
                    feed.authors.truncate(MOST);
                }
                "items" => map.next_value_seed(Items(&mut self))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

impl Document<'_> {
    /// Takes the next element of the items.
    fn take(&mut self, item: Item) {
        let entry = match item {
            Item::Read(entry) => entry,
            Item::Nothing => return,
            Item::Unread => {
                self.found.feed.loss.unread += 1;
                return;
            }
        };
        let Found { feed, dates, .. } = &mut *self.found;
        let place = dates.len();
        dates.push(entry.newest_date());
        let is_chosen = self.kept.is_none_or(|kept| kept.get(place) == Some(&true));
        if is_chosen && feed.entries.len() < self.entries && !self.allowance.is_spent() {
            self.allowance.take(size_in_lists(&entry));
            feed.entries.push(*entry);
        } else {
            feed.loss.surplus += 1;
        }
    }
}

/// The list of items, or what PHP makes of one whose numbers have a gap: an object with a number for
/// each.
struct Items<'a, 'b>(&'a mut Document<'b>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.found.recognised = true;
        while let Some(item) = list.next_element()? {
            self.0.take(item);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((IgnoredAny, item)) = map.next_entry::<IgnoredAny, Item>()? {
            self.0.found.recognised |= matches!(item, Item::Read(_));
            self.0.take(item);
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
}

/// What an item's short texts take: a tag of four bytes takes many times as much once it is kept.
fn size_in_lists(entry: &RawEntry) -> usize {
    let texts = entry.authors.iter().chain(&entry.categories);
    texts.map(|text| text.len() + PIECE_BYTES).sum()
}

/// An element of the items.
enum Item {
    Read(Box<RawEntry>),
    /// `null`, as templates leave it behind a last comma.
    Nothing,
    /// Something else than an object.
    Unread,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor)
    }
}

struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an item")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
        let mut entry = RawEntry::default();
        while let Some(key) = map.next_key::<String>()? {
            if is_known(&key) {
                let value: Value = map.next_value()?;
                entry.is_crowded |= value.is_longer;
                fill(&mut entry, &key, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Item::Read(Box::new(entry)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Item, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Item::Unread)
    }

    fn visit_unit<E>(self) -> Result<Item, E> {
        Ok(Item::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Item, E> {
        Ok(Item::Unread)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Item, E> {
        Ok(Item::Unread)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Item, E> {
        Ok(Item::Unread)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Item, E> {
        Ok(Item::Unread)
    }

    fn visit_str<E>(self, _: &str) -> Result<Item, E> {
        Ok(Item::Unread)
    }
}

fn is_known(key: &str) -> bool {
    matches!(
        key,
        "id" | "url"
            | "external_url"
            | "title"
            | "summary"
            | "content_html"
            | "content_text"
            | "date_published"
            | "date_modified"
            | "author"
            | "authors"
            | "tags"
            | "language"
    )
}

fn fill(entry: &mut RawEntry, key: &str, value: Value) {
    match key {
        "id" => entry.id = string(value),
        // The item's own page stands before the page that it is about.
        "url" if entry.links.len() < MOST => entry
            .links
            .splice(0..0, link(value, LinkRelation::Alternate))
            .for_each(drop),
        "external_url" if entry.links.len() < MOST => {
            entry.links.extend(link(value, LinkRelation::Alternate));
        }
        "title" => entry.title = plain(value),
        "summary" => entry.summary = plain(value),
        "content_html" => {
            let html = string(value).map(|text| RawText {
                text,
                kind: TextKind::Html,
            });
            let plain = std::mem::replace(&mut entry.content, html);
            entry.further.extend(plain);
            entry.further.truncate(MOST);
        }
        "content_text"
            if entry
                .content
                .as_ref()
                .is_none_or(|content| content.text.is_empty()) =>
        {
            entry.content = plain(value);
        }
        "content_text" if entry.further.len() < MOST => entry.further.extend(plain(value)),
        "date_published" => {
            entry.published = string(value).as_deref().and_then(dates::read).map(Box::new);
        }
        "date_modified" => {
            entry.updated = string(value).as_deref().and_then(dates::read).map(Box::new);
        }
        "author" | "authors" if entry.authors.len() < MOST => entry.authors.extend(people(value)),
        "tags" if entry.categories.len() < MOST => entry
            .categories
            .extend(value.list.into_iter().filter_map(Leaf::text)),
        "language" => entry.language = string(value).as_deref().and_then(language_tag),
        _ => {}
    }
}

/// Identifiers are often numbers (the specification asks readers to take them as strings).
fn string(value: Value) -> Option<String> {
    value.leaf.text()
}

fn plain(value: Value) -> Option<RawText> {
    string(value).map(|text| RawText {
        text,
        kind: TextKind::Plain,
    })
}

fn link(value: Value, relation: LinkRelation) -> Option<RawLink> {
    string(value).map(|href| RawLink {
        href,
        relation,
        ..RawLink::default()
    })
}

/// `author` is one object in version 1.0, `authors` a list in 1.1.
fn people(value: Value) -> impl Iterator<Item = String> {
    let people = std::iter::once(value.leaf).chain(value.list);
    people.filter_map(|person| match person {
        Leaf::Text(name) | Leaf::Named(name) => Some(name),
        Leaf::Number(_) | Leaf::Nothing => None,
    })
}
