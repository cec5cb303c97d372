//! A JSON value with no more of it than a JSON Feed needs: a million small objects, kept as they are,
//! would take a hundred times their bytes.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Elements of a list that are kept; no sound item has as many authors or tags.
pub(super) const MOST: usize = 100;

/// A value: a scalar, an object's name, or a list of these.
#[derive(Default)]
pub(super) struct Value {
    pub leaf: Leaf,
    /// The first [`MOST`] elements, when it is a list.
    pub list: Vec<Leaf>,
    /// The list had more.
    pub is_longer: bool,
}

#[derive(Default)]
pub(super) enum Leaf {
    /// `null`, `true`, `false`, a list, an object without a name.
    #[default]
    Nothing,
    Text(String),
    /// As it is written in JSON.
    Number(String),
    /// The `name` of an object.
    Named(String),
}

impl Leaf {
    /// A string, or a number as one.
    pub(super) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Named(_) | Self::Nothing => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Leaf {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // What an element's own list held is let go at once.
        deserializer.deserialize_any(LeafReader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut kept = Vec::new();
        while kept.len() < MOST {
            match list.next_element()? {
                Some(element) => kept.push(element),
                None => break,
            }
        }
        let mut is_longer = false;
        while list.next_element::<IgnoredAny>()?.is_some() {
            is_longer = true;
        }
        Ok(Value {
            leaf: Leaf::Nothing,
            list: kept,
            is_longer,
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
        LeafReader.visit_map(map).map(Value::from)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::default())
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Value, E> {
        LeafReader.visit_i64(number).map(Value::from)
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Value, E> {
        LeafReader.visit_u64(number).map(Value::from)
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Value, E> {
        LeafReader.visit_f64(number).map(Value::from)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        LeafReader.visit_str(text).map(Value::from)
    }
}

impl From<Leaf> for Value {
    fn from(leaf: Leaf) -> Self {
        Self {
            leaf,
            ..Self::default()
        }
    }
}

struct LeafReader;

impl<'de> Visitor<'de> for LeafReader {
    type Value = Leaf;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Leaf, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Leaf::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Leaf, A::Error> {
        let mut found = Leaf::Nothing;
        while let Some(key) = map.next_key::<String>()? {
            if key == "name" {
                found = match map.next_value::<Leaf>()? {
                    Leaf::Text(name) => Leaf::Named(name),
                    _ => Leaf::Nothing,
                };
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_unit<E>(self) -> Result<Leaf, E> {
        Ok(Leaf::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Leaf, E> {
        Ok(Leaf::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Leaf, E> {
        Ok(Leaf::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Leaf, E> {
        Ok(Leaf::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Leaf, E> {
        let written = serde_json::Number::from_f64(number);
        Ok(written.map_or(Leaf::Nothing, |number| Leaf::Number(number.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Leaf, E> {
        Ok(Leaf::Text(text.to_owned()))
    }
}
