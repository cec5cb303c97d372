//! Where a watch matched, as it is stored with a hit.

use serde::{Deserialize, Serialize};

use crate::core::digest::SpanRecord;
use crate::core::document::Field;

/// Where a watch matched, in bytes of the field's text as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredSpan {
    /// `title`, `summary`, `text`, `author`, or `category`.
    pub field: String,
    /// Which category, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u16>,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The term as the watch writes it.
    pub term: String,
}

impl StoredSpan {
    /// The field that it points into; `None` for one that this program does not know.
    pub fn field(&self) -> Option<Field> {
        Some(match self.field.as_str() {
            "title" => Field::Title,
            "summary" => Field::Summary,
            "text" => Field::Text,
            "author" => Field::Author,
            "category" => Field::Category(self.index?),
            _ => return None,
        })
    }
}

impl StoredSpan {
    /// The span as it is stored.
    pub fn of(span: &SpanRecord) -> Self {
        let (field, index) = match span.field {
            Field::Title => ("title", None),
            Field::Summary => ("summary", None),
            Field::Text => ("text", None),
            Field::Author => ("author", None),
            Field::Category(index) => ("category", Some(index)),
        };
        Self {
            field: field.to_owned(),
            index,
            start: span.start,
            end: span.end,
            term: span.term.clone(),
        }
    }

    /// The span as digests read it, if it points into a field that this program knows.
    pub fn record(self) -> Option<SpanRecord> {
        Some(SpanRecord {
            field: self.field()?,
            start: self.start,
            end: self.end,
            term: self.term,
        })
    }
}
