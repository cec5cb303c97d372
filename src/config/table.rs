//! Reads one TOML table key by key, noting every mistake instead of stopping at the first.

use std::ops::Range;

use jiff::SignedDuration;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::key_synonyms::meant_by;
use super::problem::{Place, Problem, Problems};
use super::units;

/// A value with its bytes in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub place: Place,
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

    /// The place of the table's own header, for what is missing from it.
    pub(super) fn header(&self) -> Place {
        Place {
            source: self.source,
            span: self.span.clone(),
        }
    }

    pub(super) fn place_of(&self, value: &Spanned<DeValue<'_>>) -> Place {
        Place {
            source: self.source,
            span: value.span(),
        }
    }

    /// Where a key stands, if it is there.
    pub(super) fn place_of_key(&self, key: &str) -> Option<Place> {
        let (name, _) = self
            .table
            .iter()
            .find(|(name, _)| name.get_ref().as_ref() == key)?;
        Some(Place {
            source: self.source,
            span: name.span(),
        })
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

    fn wrong_type(
        &self,
        problems: &mut Problems,
        key: &str,
        wanted: &str,
        value: &Spanned<DeValue<'_>>,
    ) {
        self.wrong_type_with(problems, key, wanted, value, |_| None);
    }

    /// With what to write instead, made of the value as it stands, unless that may be a secret.
    fn wrong_type_with(
        &self,
        problems: &mut Problems,
        key: &str,
        wanted: &str,
        value: &Spanned<DeValue<'_>>,
        instead: impl FnOnce(&str) -> Option<String>,
    ) {
        let place = self.place_of(value);
        let problem = Problem::error(
            place.clone(),
            format!(
                "`{key}` in {} must be {wanted}, not {}",
                self.name,
                kind(value.get_ref())
            ),
        );
        let help = problems.shown_at(&place).and_then(|text| instead(&text));
        problems.push(match help {
            Some(help) => problem.with_help(help),
            None => problem,
        });
    }

    pub(super) fn string(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Option<Located<String>> {
        let value = self.value(key)?;
        let DeValue::String(text) = value.get_ref() else {
            let single = match value.get_ref() {
                DeValue::Array(items) => items.iter().next().filter(|_| items.len() == 1),
                _ => None,
            };
            let single = single.map(Spanned::span);
            let instead = |text: &str| match single {
                Some(item) => text
                    .get(item.start - value.span().start..item.end - value.span().start)
                    .map(str::to_owned),
                // "true" would be taken for a name.
                None if matches!(
                    value.get_ref(),
                    DeValue::Array(_) | DeValue::Table(_) | DeValue::Boolean(_)
                ) =>
                {
                    None
                }
                None => Some(format!("\"{text}\"")),
            };
            self.wrong_type_with(problems, key, "a text in quotes", value, instead);
            return None;
        };
        Some(Located {
            value: text.to_string(),
            place: self.place_of(value),
        })
    }

    /// Like [`TableReader::string`], and a problem when it is missing or blank.
    pub(super) fn required_string(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Option<Located<String>> {
        if self.value(key).is_none() {
            problems.push(Problem::error(
                self.header(),
                format!("{} needs `{key}`", self.name),
            ));
            return None;
        }
        let found = self.string(problems, key)?;
        if found.value.trim().is_empty() {
            problems.push(Problem::error(
                found.place,
                format!("`{key}` in {} is empty", self.name),
            ));
            return None;
        }
        Some(found)
    }

    pub(super) fn strings(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Option<Vec<Located<String>>> {
        let value = self.value(key)?;
        self.texts(problems, key, value)
    }

    /// Like [`TableReader::strings`], of a key that is no word of ours.
    pub(super) fn texts(
        &self,
        problems: &mut Problems,
        key: &str,
        value: &Spanned<DeValue<'_>>,
    ) -> Option<Vec<Located<String>>> {
        // One text is a list of one.
        let items: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            DeValue::String(_) => vec![value],
            _ => {
                let instead = |text: &str| {
                    let plain = !matches!(value.get_ref(), DeValue::Table(_));
                    plain.then(|| format!("[\"{text}\"]"))
                };
                let wanted = "a list like [\"one\", \"two\"]";
                self.wrong_type_with(problems, key, wanted, value, instead);
                return None;
            }
        };
        let mut found = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => found.push(Located {
                    value: text.to_string(),
                    place: self.place_of(item),
                }),
                DeValue::Array(_) | DeValue::Table(_) => {
                    self.wrong_type(problems, key, "a list of texts in quotes", item);
                }
                _ => {
                    let wanted = "a list of texts in quotes";
                    let instead = |text: &str| Some(format!("\"{text}\""));
                    self.wrong_type_with(problems, key, wanted, item, instead);
                }
            }
        }
        Some(found)
    }

    pub(super) fn integer(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
        allowed: std::ops::RangeInclusive<i64>,
    ) -> Option<i64> {
        let value = self.value(key)?;
        let number = whole_number(value.get_ref());
        match number {
            Some(number) if allowed.contains(&number) => Some(number),
            Some(number) => {
                problems.push(Problem::error(
                    self.place_of(value),
                    format!(
                        "`{key}` is {number}, and must lie between {} and {}",
                        allowed.start(),
                        allowed.end()
                    ),
                ));
                None
            }
            None => {
                let instead = |text: &str| {
                    let number = text.trim_matches(['"', '\'']).trim();
                    let whole = number.split('.').next().unwrap_or_default();
                    let (whole, is_whole) = (whole.parse::<i64>().ok()?, whole == number);
                    // Points are whole: what is more than 1.5 is 2 or more.
                    let up = i64::from(!is_whole && whole >= 0);
                    Some(whole.saturating_add(up).to_string())
                };
                self.wrong_type_with(problems, key, "a whole number", value, instead);
                None
            }
        }
    }

    pub(super) fn boolean(&mut self, problems: &mut Problems, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        if let DeValue::Boolean(value) = value.get_ref() {
            return Some(*value);
        }
        let instead = |text: &str| {
            let word = text.trim_matches(['"', '\'']).trim().to_lowercase();
            match word.as_str() {
                "true" | "yes" | "on" | "1" | "ja" | "s\u{ed}" | "oui" => Some("true".to_owned()),
                "false" | "no" | "off" | "0" | "nein" | "non" => Some("false".to_owned()),
                _ => None,
            }
        };
        self.wrong_type_with(problems, key, "true or false", value, instead);
        None
    }

    /// A number with one of these units, as text; a number alone is told with each of them.
    fn with_unit(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
        units: &[&str],
    ) -> Option<Located<String>> {
        let value = self.value(key)?;
        if whole_number(value.get_ref()).is_none() {
            return self.string(problems, key);
        }
        let instead = |text: &str| {
            let choices: Vec<String> = units
                .iter()
                .map(|unit| format!("\"{text}{unit}\""))
                .collect();
            Some(format!("one of {}", choices.join(", ")))
        };
        self.wrong_type_with(
            problems,
            key,
            "a number and a unit in quotes",
            value,
            instead,
        );
        None
    }

    /// A duration such as `"30s"`, `"15m"`, `"1h"`, `"7d"`.
    pub(super) fn duration(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
        allowed: std::ops::RangeInclusive<SignedDuration>,
    ) -> Option<SignedDuration> {
        let text = self.with_unit(problems, key, &["s", "m", "h", "d"])?;
        match units::parse_duration(&text.value) {
            Some(duration) if allowed.contains(&duration) => Some(duration),
            Some(_) => {
                problems.push(Problem::error(
                    text.place,
                    format!(
                        "`{key}` must lie between {} and {}",
                        units::format_duration(*allowed.start()),
                        units::format_duration(*allowed.end())
                    ),
                ));
                None
            }
            None => {
                problems.push(
                    Problem::error(text.place, format!("`{}` is not a duration", text.value))
                        .with_help("write a number and a unit: \"30s\", \"15m\", \"1h\", \"7d\""),
                );
                None
            }
        }
    }

    /// A size such as `"8 MiB"`.
    pub(super) fn bytes(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
        allowed: std::ops::RangeInclusive<u64>,
    ) -> Option<u64> {
        let text = self.with_unit(problems, key, &[" KiB", " MiB"])?;
        match units::parse_bytes(&text.value) {
            Some(size) if allowed.contains(&size) => Some(size),
            Some(_) => {
                problems.push(Problem::error(
                    text.place,
                    format!(
                        "`{key}` must lie between {} and {}",
                        units::format_bytes(*allowed.start()),
                        units::format_bytes(*allowed.end())
                    ),
                ));
                None
            }
            None => {
                problems.push(
                    Problem::error(text.place, format!("`{}` is not a size", text.value))
                        .with_help("write a number and a unit: \"512 KiB\", \"8 MiB\""),
                );
                None
            }
        }
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
                self.wrong_type_with(problems, key, &format!("written as {name}"), value, |_| {
                    Some(name.to_owned())
                });
                return None;
            }
            _ => {
                self.wrong_type(problems, key, "a table", value);
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
            let wanted = format!("written as {name}");
            self.wrong_type_with(problems, key, &wanted, value, |text| {
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
                _ => self.wrong_type(problems, key, &format!("written as {name}"), item),
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
                let place = Place {
                    source: self.source,
                    span: key.span(),
                };
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

    /// Every key with an integer value, for tables whose keys are the user's own words.
    pub(super) fn integers(
        &self,
        problems: &mut Problems,
        allowed: &std::ops::RangeInclusive<i64>,
    ) -> Vec<(Located<String>, i64)> {
        let mut found = Vec::new();
        for (key, value) in self.table {
            match whole_number(value.get_ref()) {
                Some(number) if allowed.contains(&number) => found.push((
                    Located {
                        value: key.get_ref().to_string(),
                        place: Place {
                            source: self.source,
                            span: key.span(),
                        },
                    },
                    number,
                )),
                _ => problems.push(Problem::error(
                    self.place_of(value),
                    format!(
                        "each weight in {} must be a whole number between {} and {}",
                        self.name,
                        allowed.start(),
                        allowed.end()
                    ),
                )),
            }
        }
        found
    }

    /// Reports every key that nobody asked for, with the nearest known one.
    pub(super) fn finish(self, problems: &mut Problems) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if self.known.contains(&name) {
                continue;
            }
            let place = Place {
                source: self.source,
                span: key.span(),
            };
            let problem = Problem::error(place, format!("unknown key `{name}` in {}", self.name));
            if let Some(list) = list_of(self.name).filter(|(_, keys)| keys.contains(&name)) {
                problems.push(problem.with_help(format!(
                    "`{name}` stands below a line [[{}]], and that is missing above it",
                    list.0
                )));
                continue;
            }
            let meant = meant_by(name, &self.known)
                .or_else(|| nearest(&name.to_lowercase(), self.known.iter().copied()));
            problems.push(match meant {
                Some(known) => problem.with_help(format!("did you mean `{known}`?")),
                None => problem.with_help(format!("known keys: {}", self.known.join(", "))),
            });
        }
    }
}

/// What a file consists of, by the name of its root, and the keys that only stand in it.
fn list_of(root: &str) -> Option<(&'static str, &'static [&'static str])> {
    match root {
        "a watch file" => Some((
            "watch",
            &[
                "id",
                "title",
                "topic",
                "match",
                "languages",
                "feeds",
                "score",
                "threshold",
                "alert_above",
                "urgency",
                "body_only",
                "corroborated",
                "stories",
                "recipients",
                "articles",
                "examples",
            ],
        )),
        "a word list file" => Some(("words", &["id", "title", "any"])),
        "feeds.toml" => Some((
            "feed",
            &[
                "id",
                "url",
                "title",
                "tags",
                "language",
                "every",
                "articles",
                "selector",
                "remove",
                "cookie",
                "cookie_file",
                "kind",
            ],
        )),
        "newsvigil.toml" => Some((
            "recipient",
            &[
                "id", "address", "timezone", "digest", "alerts", "quiet", "topics", "watches",
            ],
        )),
        _ => None,
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

fn whole_number(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
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

/// The candidate most like `word`, when one is like enough to be what was meant.
pub(crate) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}
