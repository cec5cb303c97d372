//! Reads one TOML table key by key, noting every mistake instead of stopping at the first.

mod unknown_keys;
mod values;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Problem, Problems, SourceSpan};

/// A value with its bytes in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: SourceSpan,
}

/// One table being read. Keys asked for are known; [`TableReader::finish`] reports the others.
pub(super) struct TableReader<'t> {
    source: usize,
    span: Range<usize>,
    table: &'t DeTable<'t>,
    name: &'static str,
    known: Vec<&'static str>,
}

impl<'t> TableReader<'t> {
    /// `name` is how messages call the table: `[fetch]`, `[[watch]]`.
    pub(super) fn new(
        source: usize,
        span: Range<usize>,
        table: &'t DeTable<'t>,
        name: &'static str,
    ) -> Self {
        Self {
            source,
            span,
            table,
            name,
            known: Vec::new(),
        }
    }

    fn place(&self, span: Range<usize>) -> SourceSpan {
        SourceSpan {
            source: self.source,
            span,
        }
    }

    /// The place of the table's own header, for what is missing from it.
    pub(super) fn header(&self) -> SourceSpan {
        self.place(self.span.clone())
    }

    pub(super) fn place_of(&self, value: &Spanned<DeValue<'_>>) -> SourceSpan {
        self.place(value.span())
    }

    /// Where a key stands, if it is there.
    pub(super) fn place_of_key(&self, key: &str) -> Option<SourceSpan> {
        let (name, _) = self
            .table
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == key)?;
        Some(self.place(name.span()))
    }

    pub(super) fn value(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.table
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == key)
            .map(|(_, value)| value)
    }

    fn wrong_type(&self, key: &str, wanted: &str, value: &Spanned<DeValue<'_>>) -> Problem {
        Problem::error(
            self.place_of(value),
            format!(
                "`{key}` in {} must be {wanted}, not {}",
                self.name,
                kind(value.get_ref())
            ),
        )
    }

    /// A sub-table of this one.
    pub(super) fn table(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
        name: &'static str,
    ) -> Option<TableReader<'t>> {
        let value = self.value(key)?;
        let table = match value.get_ref() {
            DeValue::Table(table) => table,
            DeValue::Array(_) if name.starts_with('[') && are_tables(value.get_ref()) => {
                let problem = self.wrong_type(key, &format!("written as {name}"), value);
                problems.push_with_help(problem, |_| Some(name.to_owned()));
                return None;
            }
            _ => {
                problems.push(self.wrong_type(key, "a table", value));
                return None;
            }
        };
        Some(TableReader::new(self.source, value.span(), table, name))
    }

    /// The tables of a `[[key]]` list.
    pub(super) fn tables(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
        name: &'static str,
    ) -> Vec<TableReader<'t>> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            let problem = self.wrong_type(key, &format!("written as {name}"), value);
            problems.push_with_help(problem, |text| {
                text.starts_with('[').then(|| name.to_owned())
            });
            return Vec::new();
        };
        let mut readers = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    readers.push(TableReader::new(self.source, item.span(), table, name));
                }
                _ => {
                    problems.push(self.wrong_type(key, &format!("written as {name}"), item));
                }
            }
        }
        readers
    }

    /// The keys that nobody asked for, in the order of the file.
    pub(super) fn others(&self) -> Vec<(Located<String>, &'t Spanned<DeValue<'t>>)> {
        let mut found: Vec<_> = self
            .table
            .iter()
            .filter(|(key, _)| !self.known.contains(&key.get_ref().as_ref()))
            .map(|(key, value)| {
                let place = self.place(key.span());
                let key = key.get_ref().to_string();
                (Located { value: key, place }, value)
            })
            .collect();
        found.sort_by_key(|(key, _)| key.place.span.start);
        found
    }

    /// Reports a key that stands in a file of another kind; whether it is there.
    pub(super) fn misplaced(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
        message: &str,
        help: &str,
    ) -> bool {
        self.value(key);
        let Some(place) = self.place_of_key(key) else {
            return false;
        };
        problems.push(Problem::error(place, message).with_help(help));
        true
    }
}

/// Whether a value is several tables, as under headers of their own.
fn are_tables(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Array(items) => {
            let mut items = items.iter();
            items.len() > 0 && items.all(|item| matches!(item.get_ref(), DeValue::Table(_)))
        }
        _ => false,
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
