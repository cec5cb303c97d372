//! JSON Feed 1.0 and 1.1 (jsonfeed.org), read with tolerance: a field of an unexpected type is
//! passed over, whatever the version string says.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::allowance::{Allowance, PIECE_BYTES};
use super::json_value::{Leaf, MOST, Value};
use super::raw::{RawEntry, RawFeed, RawLink, RawText, Relation, TextKind, language_tag};
use super::{ParseError, dates};

/// Reads a JSON Feed, keeping at most as many items as asked for; none more when the allowance is spent.
pub(super) fn read(
    text: &str,
    entries: usize,
    allowance: &Allowance,
) -> Result<RawFeed, ParseError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = Document { entries, allowance }
        .read(&mut deserializer)
        .map_err(|error| ParseError::BrokenJson {
            line: error.line(),
            column: error.column(),
            reason: reason(&error),
        })?;
    document
        .filter(|feed| feed.recognised)
        .map(|document| document.feed)
        .ok_or(ParseError::OtherJson)
}

/// serde's message without the place that it appends, for the place has its own fields.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .rsplit_once(" at line ")
        .map_or(message.clone(), |(reason, _)| reason.to_owned())
}

/// The top level, read as a stream so that surplus items are never held.
#[derive(Clone, Copy)]
struct Document<'a> {
    entries: usize,
    allowance: &'a Allowance,
}

struct Found {
    feed: RawFeed,
    /// It has a version that names JSON Feed, or items.
    recognised: bool,
}

impl Document<'_> {
    fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Found>, D::Error> {
        deserializer.deserialize_map(self).map(Some)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Found;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut found = Found {
            feed: RawFeed::default(),
            recognised: false,
        };
        let feed = &mut found.feed;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "version" => {
                    let version: Value = map.next_value()?;
                    found.recognised |=
                        string(version).is_some_and(|version| version.contains("jsonfeed"));
                }
                "title" => feed.title = plain(map.next_value()?),
                "home_page_url" => {
                    feed.links
                        .extend(link(map.next_value()?, Relation::Alternate));
                    feed.links.truncate(MOST);
                }
                "feed_url" => {
                    feed.id = string(map.next_value()?);
                    feed.links.extend(feed.id.clone().map(|href| RawLink {
                        href,
                        relation: Relation::Itself,
                        base: None,
                    }));
                    feed.links.truncate(MOST);
                }
                "language" => feed.language = string(map.next_value()?),
                "author" | "authors" => {
                    feed.authors.extend(people(map.next_value()?));
                    feed.authors.truncate(MOST);
                }
                "items" => {
                    let items = map.next_value_seed(ItemsUpTo(self))?;
                    found.recognised |= items.is_list;
                    feed.entries = items.kept;
                    feed.entries_cut = items.cut;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

struct ItemsUpTo<'a>(Document<'a>);

#[derive(Default)]
struct Items {
    kept: Vec<RawEntry>,
    cut: usize,
    is_list: bool,
}

impl<'de> DeserializeSeed<'de> for ItemsUpTo<'_> {
    type Value = Items;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Items, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ItemsUpTo<'_> {
    type Value = Items;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items, A::Error> {
        let mut items = Items {
            is_list: true,
            ..Items::default()
        };
        while items.kept.len() < self.0.entries && !self.0.allowance.is_spent() {
            let Some(Item(entry)) = list.next_element()? else {
                return Ok(items);
            };
            if let Some(entry) = entry {
                self.0.allowance.take(size_in_lists(&entry));
                items.kept.push(entry);
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            items.cut += 1;
        }
        Ok(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Items, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Items::default())
    }

    fn visit_unit<E>(self) -> Result<Items, E> {
        Ok(Items::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Items, E> {
        Ok(Items::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Items, E> {
        Ok(Items::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Items, E> {
        Ok(Items::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Items, E> {
        Ok(Items::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Items, E> {
        Ok(Items::default())
    }
}

/// What an item's short texts take: a tag of four bytes takes many times as much once it is kept.
fn size_in_lists(entry: &RawEntry) -> usize {
    let texts = entry.authors.iter().chain(&entry.categories);
    texts.map(|text| text.len() + PIECE_BYTES).sum()
}

/// An item, if it is an object.
struct Item(Option<RawEntry>);

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
                fill(&mut entry, &key, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Item(Some(entry)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Item, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Item(None))
    }

    fn visit_unit<E>(self) -> Result<Item, E> {
        Ok(Item(None))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Item, E> {
        Ok(Item(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Item, E> {
        Ok(Item(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Item, E> {
        Ok(Item(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Item, E> {
        Ok(Item(None))
    }

    fn visit_str<E>(self, _: &str) -> Result<Item, E> {
        Ok(Item(None))
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
            .splice(0..0, link(value, Relation::Alternate))
            .for_each(drop),
        "external_url" if entry.links.len() < MOST => {
            entry.links.extend(link(value, Relation::Alternate));
        }
        "title" => entry.title = plain(value),
        "summary" => entry.summary = plain(value),
        "content_html" => {
            entry.content = string(value).map(|text| RawText {
                text,
                kind: TextKind::Html,
            });
        }
        "content_text"
            if entry
                .content
                .as_ref()
                .is_none_or(|content| content.text.is_empty()) =>
        {
            entry.content = plain(value);
        }
        "date_published" => entry.published = string(value).as_deref().and_then(dates::parse),
        "date_modified" => entry.updated = string(value).as_deref().and_then(dates::parse),
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

fn link(value: Value, relation: Relation) -> Option<RawLink> {
    string(value).map(|href| RawLink {
        href,
        relation,
        base: None,
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
