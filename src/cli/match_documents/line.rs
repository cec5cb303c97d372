//! A document as a line of JSON.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::cli::output;
use crate::config::nearest;
use crate::core::document::Document;
use crate::core::watch::determine_language;

/// A document as given. A key that is not known is a mistake: text under a mistyped one would never
/// be looked at, and its silence would look like an answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(expecting = "an object such as {\"id\": 1, \"title\": \"…\", \"text\": \"…\"}")]
pub(super) struct DocumentLine {
    #[serde(default)]
    pub(super) id: serde_json::Value,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    summary: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    categories: Option<Vec<String>>,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    url: Option<String>,
    /// Taken, since exports have it; no watch asks for it.
    #[serde(default)]
    published: serde_json::Value,
    #[serde(default)]
    feed: Option<String>,
    /// Likewise, for `story group`.
    #[serde(default)]
    outlet: Option<String>,
}

impl DocumentLine {
    pub(super) fn item(mut self) -> ItemLine {
        ItemLine {
            id: std::mem::take(&mut self.id),
            published: std::mem::take(&mut self.published),
            outlet: self.outlet.take(),
            document: self.document(),
        }
    }

    pub(super) fn document(self) -> Document {
        Document {
            title: self.title.unwrap_or_default(),
            summary: self.summary.unwrap_or_default(),
            text: self.text.unwrap_or_default(),
            author: self.author.unwrap_or_default(),
            categories: self.categories.unwrap_or_default(),
            language: self.language.filter(|language| !language.is_empty()),
            language_certain: false,
            url: self.url,
            feed: self.feed,
        }
    }
}

/// The keys of [`DocumentLine`].
const KEYS: [&str; 11] = [
    "id",
    "title",
    "summary",
    "text",
    "author",
    "categories",
    "language",
    "url",
    "published",
    "feed",
    "outlet",
];

/// Reads a line; the error names the column, since the line is told beside it.
pub(super) fn parse(line: &[u8]) -> Result<DocumentLine, String> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    if line.trim_ascii_start().first() != Some(&b'{') {
        return Err("it does not begin with {".to_owned());
    }
    serde_json::from_slice(line).map_err(|error| {
        if let Some(reason) = unknown_key(line) {
            return reason;
        }
        if error.is_eof() && error.column() == 0 {
            return "the object does not end on its line; `jq -c .` writes one a line".to_owned();
        }
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        format!("{message} (column {})", error.column())
    })
}

/// The first key that no document has, with the one that was probably meant.
fn unknown_key(line: &[u8]) -> Option<String> {
    let keys: BTreeMap<String, serde_json::Value> = serde_json::from_slice(line).ok()?;
    let unknown = keys.keys().find(|key| !KEYS.contains(&key.as_str()))?;
    let known = match nearest(unknown, KEYS.into_iter()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("known keys: {}", KEYS.join(", ")),
    };
    let unknown = output::printable(unknown, 60);
    Some(format!("unknown key `{unknown}`; {known}"))
}

/// One document, as `match` reads a line of them.
pub(in crate::cli) fn read_document(text: &[u8]) -> Result<Document, String> {
    let mut document = parse(text)?.document();
    determine_language(&mut document, None);
    Ok(document)
}

/// Whether a whole JSON value is followed by another object.
pub(in crate::cli) fn holds_several(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    let first = values.next().is_some_and(|first| first.is_ok());
    let rest = text.get(values.byte_offset()..).unwrap_or_default();
    first && rest.trim_ascii_start().first() == Some(&b'{')
}

/// An item, as `story group` reads a line of them.
pub(in crate::cli) struct ItemLine {
    pub(in crate::cli) id: serde_json::Value,
    pub(in crate::cli) published: serde_json::Value,
    pub(in crate::cli) outlet: Option<String>,
    pub(in crate::cli) document: Document,
}
