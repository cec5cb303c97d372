//! Texts, numbers, durations and sizes of a table.

use jiff::SignedDuration;
use toml::Spanned;
use toml::de::DeValue;

use super::{Located, TableReader};
use crate::config::problem::{Problem, Problems};
use crate::config::units;

impl TableReader<'_> {
    pub(in crate::config) fn string(
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
            problems.push_with_help(self.wrong_type(key, "a text in quotes", value), instead);
            return None;
        };
        Some(Located {
            value: text.to_string(),
            place: self.place_of(value),
        })
    }

    /// Like [`TableReader::string`], and a problem when it is missing or blank.
    pub(in crate::config) fn required_string(
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

    pub(in crate::config) fn strings(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Option<Vec<Located<String>>> {
        let value = self.value(key)?;
        self.texts(problems, key, value)
    }

    /// Like [`TableReader::strings`], of a key that is no word of ours.
    pub(in crate::config) fn texts(
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
                problems.push_with_help(self.wrong_type(key, wanted, value), instead);
                return None;
            }
        };
        let mut found = Vec::new();
        let wanted = "a list of texts in quotes";
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => found.push(Located {
                    value: text.to_string(),
                    place: self.place_of(item),
                }),
                DeValue::Array(_) | DeValue::Table(_) => {
                    problems.push(self.wrong_type(key, wanted, item));
                }
                _ => {
                    let instead = |text: &str| Some(format!("\"{text}\""));
                    problems.push_with_help(self.wrong_type(key, wanted, item), instead);
                }
            }
        }
        Some(found)
    }

    pub(in crate::config) fn integer(
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
                problems.push_with_help(self.wrong_type(key, "a whole number", value), instead);
                None
            }
        }
    }

    pub(in crate::config) fn boolean(
        &mut self,
        problems: &mut Problems,
        key: &'static str,
    ) -> Option<bool> {
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
        problems.push_with_help(self.wrong_type(key, "true or false", value), instead);
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
        let wanted = "a number and a unit in quotes";
        problems.push_with_help(self.wrong_type(key, wanted, value), instead);
        None
    }

    /// A duration such as `"30s"`, `"15m"`, `"1h"`, `"7d"`.
    pub(in crate::config) fn duration(
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
    pub(in crate::config) fn bytes(
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

    /// Every key with an integer value, for tables whose keys are the user's own words.
    pub(in crate::config) fn integers(
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
                        place: self.place(key.span()),
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
}

fn whole_number(value: &DeValue<'_>) -> Option<i64> {
    match value {
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}
