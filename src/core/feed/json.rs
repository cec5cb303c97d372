//! JSON Feed 1.0 and 1.1 (jsonfeed.org), read with tolerance: a field of an unexpected type is
//! passed over, whatever the version string says.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::raw::{RawEntry, RawFeed, RawLink, RawText, Relation, TextKind};
use super::{ParseError, dates};

/// Reads a JSON Feed, keeping at most as many items as asked for.
pub(super) fn read(text: &str, entries: usize) -> Result<RawFeed, ParseError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = Document { entries }
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
struct Document {
    entries: usize,
}

struct Found {
    feed: RawFeed,
    /// It has a version that names JSON Feed, or items.
    recognised: bool,
}

impl Document {
    fn read<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Found>, D::Error> {
        deserializer.deserialize_map(self).map(Some)
    }
}

impl<'de> Visitor<'de> for Document {
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
                    found.recognised |= version
                        .as_str()
                        .is_some_and(|version| version.contains("jsonfeed"));
                }
                "title" => feed.title = plain(map.next_value()?),
                "home_page_url" => feed
                    .links
                    .extend(link(map.next_value()?, Relation::Alternate)),
                "feed_url" => {
                    feed.id = string(map.next_value()?);
                    feed.links.extend(feed.id.clone().map(|href| RawLink {
                        href,
                        relation: Relation::Itself,
                        base: None,
                    }));
                }
                "language" => feed.language = string(map.next_value()?),
                "author" | "authors" => feed.authors.extend(people(&map.next_value()?)),
                "items" => {
                    let items = map.next_value_seed(ItemsUpTo(self.entries))?;
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

struct ItemsUpTo(usize);

#[derive(Default)]
struct Items {
    kept: Vec<RawEntry>,
    cut: usize,
    is_list: bool,
}

impl<'de> DeserializeSeed<'de> for ItemsUpTo {
    type Value = Items;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Items, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ItemsUpTo {
    type Value = Items;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items, A::Error> {
        let mut items = Items {
            is_list: true,
            ..Items::default()
        };
        while items.kept.len() < self.0 {
            match list.next_element::<Value>()? {
                Some(Value::Object(item)) => items.kept.push(entry(item)),
                Some(_) => {}
                None => return Ok(items),
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

fn entry(item: serde_json::Map<String, Value>) -> RawEntry {
    let mut entry = RawEntry::default();
    for (key, value) in item {
        match key.as_str() {
            "id" => entry.id = string(value),
            // The item's own page stands before the page that it is about.
            "url" => entry
                .links
                .splice(0..0, link(value, Relation::Alternate))
                .for_each(drop),
            "external_url" => entry.links.extend(link(value, Relation::Alternate)),
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
            "author" | "authors" => entry.authors.extend(people(&value)),
            "tags" => {
                if let Value::Array(tags) = value {
                    entry.categories.extend(tags.into_iter().filter_map(string));
                }
            }
            "language" => entry.language = string(value),
            _ => {}
        }
    }
    entry
}

/// Identifiers are often numbers (the specification asks readers to take them as strings).
fn string(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
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
fn people(value: &Value) -> Vec<String> {
    let name = |person: &Value| match person {
        Value::String(name) => Some(name.clone()),
        person => Some(person.get("name")?.as_str()?.to_owned()),
    };
    match value {
        Value::Array(people) => people.iter().filter_map(name).collect(),
        person => name(person).into_iter().collect(),
    }
}
