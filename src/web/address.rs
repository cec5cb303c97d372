//! The address of a page of hits: all that it asks for, so that a link is a saved search.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use url::form_urlencoded;

use crate::config::units::{format_duration, parse_duration};
use crate::core::digest::clean_line;
use crate::core::judgment::Verdict;
use crate::core::language::canonical_language;
use crate::store::hits::{Key, Start};

/// What a page of hits is asked for. Everything is optional, and all of it must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HitsAddress {
    /// `q`: words, or a query as watches have it.
    pub search: Option<String>,
    /// `watch`: its id.
    pub watch: Option<String>,
    /// `topic`: of the watch, as it was then.
    pub topic: Option<String>,
    /// `place`: the id of a place or region that the item is about.
    pub place: Option<String>,
    /// `feed`: its id.
    pub feed: Option<String>,
    /// `language`: of the item, a tag such as `es`.
    pub language: Option<String>,
    /// `from`: found then or later.
    pub from: Option<Since>,
    /// `to`: found on this day or before.
    pub to: Option<Date>,
    /// `judgment`: how it was judged.
    pub judgment: Option<JudgmentFilter>,
    /// `mail`: the number of a mail that told it.
    pub mail: Option<i64>,
    /// `older` or `newer`: than this hit, which is on the page before. No part of a saved search.
    pub start: Start,
}

/// Since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// A day, from its beginning: `2026-01-31`.
    Day(Date),
    /// So long before now: `7d`.
    Ago(SignedDuration),
}

/// How a hit was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JudgmentFilter {
    /// So.
    Judged(Verdict),
    /// In whatever way.
    Any,
    /// Nobody looked yet.
    Unjudged,
}

impl JudgmentFilter {
    /// All of them, in the order in which they are told to people.
    pub const ALL: [Self; 5] = [
        Self::Unjudged,
        Self::Judged(Verdict::Relevant),
        Self::Judged(Verdict::Irrelevant),
        Self::Judged(Verdict::Undecided),
        Self::Any,
    ];

    /// What the address calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Judged(verdict) => verdict.name(),
            Self::Any => "any",
            Self::Unjudged => "none",
        }
    }

    /// The verdicts that are meant; `None` is none yet.
    pub fn verdicts(self) -> Vec<Option<Verdict>> {
        match self {
            Self::Judged(verdict) => vec![Some(verdict)],
            Self::Any => Verdict::ALL.map(Some).to_vec(),
            Self::Unjudged => vec![None],
        }
    }
}

/// A parameter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidParameter {
    /// Its name.
    pub name: String,
    /// What it was given.
    pub value: String,
    /// What it must be, in a sentence that reads behind both.
    pub reason: String,
}

impl fmt::Display for InvalidParameter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST_SHOWN: usize = 80;
        let mut shown: String = self.value.chars().take(MOST_SHOWN).collect();
        if shown.len() < self.value.len() {
            shown.push('…');
        }
        let name = clean_line(&self.name, 40);
        write!(f, "{name} = “{shown}”: {}", self.reason)
    }
}

/// Names of parameters, in the order in which they are written.
const NAMES: [&str; 12] = [
    "q", "watch", "topic", "place", "feed", "language", "from", "to", "judgment", "mail", "older",
    "newer",
];
/// The longest search, in bytes. Longer addresses are cut by what stands between.
pub const LONGEST_SEARCH: usize = 4_000;
/// Where hits of a page before should stand.
const NO_KEY: &str = "it comes from the link to older or newer hits, and is none";
/// Mistakes that are told.
const WRONG_MAX: usize = 10;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 300;

impl HitsAddress {
    /// Reads what stands behind the question mark of an address. What a form sends empty is not asked for.
    ///
    /// # Errors
    /// All parameters that are wrong.
    pub fn read(query: &str) -> Result<Self, Vec<InvalidParameter>> {
        let mut address = Self::default();
        let mut wrong = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for part in query.split('&').filter(|part| !part.is_empty()) {
            if wrong.len() >= WRONG_MAX {
                break;
            }
            let Some((name, value)) = decoded(part) else {
                wrong.push(InvalidParameter {
                    name: part.split('=').next().unwrap_or_default().to_owned(),
                    value: part
                        .split_once('=')
                        .map_or("", |(_, value)| value)
                        .to_owned(),
                    reason: "it is no UTF-8 in percent encoding".to_owned(),
                });
                continue;
            };
            let twice = seen.contains(&name);
            seen.push(name.clone());
            let trimmed = value.trim();
            if trimmed.is_empty() && NAMES.contains(&name.as_str()) {
                continue;
            }
            let taken = if twice {
                Err("it is given twice, and one is meant".to_owned())
            } else {
                address.take(&name, trimmed)
            };
            if let Err(reason) = taken {
                wrong.push(InvalidParameter {
                    name,
                    value,
                    reason,
                });
            }
        }
        if let (Some(Since::Day(from)), Some(to)) = (address.from, address.to)
            && from > to
        {
            wrong.push(InvalidParameter {
                name: "to".to_owned(),
                value: to.to_string(),
                reason: format!("it is before from, {from}, so nothing lies between"),
            });
        }
        if wrong.is_empty() {
            Ok(address)
        } else {
            Err(wrong)
        }
    }

    /// Takes one parameter, which is not empty.
    fn take(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "q" if value.len() > LONGEST_SEARCH => {
                return Err(format!(
                    "a search has {LONGEST_SEARCH} bytes at most, and this has {}",
                    value.len()
                ));
            }
            "q" => self.search = Some(value.to_owned()),
            "watch" => self.watch = Some(named(value)?),
            "topic" => self.topic = Some(named(value)?),
            "place" => self.place = Some(named(value)?),
            "feed" => self.feed = Some(named(value)?),
            "language" => self.language = Some(language(value)?),
            "from" => self.from = Some(from(value)?),
            "to" => self.to = Some(day(value).ok_or("write a day like 2026-01-31")?),
            "judgment" => self.judgment = Some(judged_as(value)?),
            "mail" => {
                self.mail = Some(number(value).ok_or("write the number of a mail, such as 41")?);
            }
            "older" | "newer" if self.start != Start::Newest => {
                return Err("a page begins at one place".to_owned());
            }
            "older" => self.start = Start::Before(key(value).ok_or(NO_KEY)?),
            "newer" => self.start = Start::Behind(key(value).ok_or(NO_KEY)?),
            _ => {
                return Err(match crate::config::nearest(name, NAMES.into_iter()) {
                    Some(near) => format!("there is no such parameter; did you mean {near}?"),
                    None => format!("there is no such parameter; there are {}", NAMES.join(", ")),
                });
            }
        }
        Ok(())
    }

    /// What stands behind the question mark; empty where nothing is asked for.
    pub fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.parameters() {
            out.append_pair(name, &value);
        }
        out.finish()
    }

    /// The parameters that are asked for, by name, as they are written.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let key = |key: Key| format!("{}.{}", key.found.as_second(), key.id);
        let (older, newer) = match self.start {
            Start::Newest => (None, None),
            Start::Before(hit) => (Some(key(hit)), None),
            Start::Behind(hit) => (None, Some(key(hit))),
        };
        let values = [
            self.search.clone(),
            self.watch.clone(),
            self.topic.clone(),
            self.place.clone(),
            self.feed.clone(),
            self.language.clone(),
            self.from.map(|from| match from {
                Since::Day(day) => day.to_string(),
                Since::Ago(time) => format_duration(time),
            }),
            self.to.map(|day| day.to_string()),
            self.judgment.map(|judged| judged.name().to_owned()),
            self.mail.map(|mail| mail.to_string()),
            older,
            newer,
        ];
        NAMES
            .into_iter()
            .zip(values)
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// The address of this on a page, such as `/hits`.
    pub fn on(&self, path: &str) -> String {
        match self.query() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// What stands behind the address of a hit of this list, where judging goes on. All hits are a list as well.
    pub fn onward(&self) -> String {
        match self.first().query() {
            query if query.is_empty() => "judgment=".to_owned(),
            query => query,
        }
    }

    /// The same without one of its parameters, from the first page on.
    #[must_use]
    pub fn without(&self, name: &str) -> Self {
        let mut other = self.first();
        match name {
            "q" => other.search = None,
            "watch" => other.watch = None,
            "topic" => other.topic = None,
            "place" => other.place = None,
            "feed" => other.feed = None,
            "language" => other.language = None,
            "from" => other.from = None,
            "to" => other.to = None,
            "judgment" => other.judgment = None,
            "mail" => other.mail = None,
            _ => {}
        }
        other
    }

    /// The first page of the same: what a saved search keeps.
    #[must_use]
    pub fn first(&self) -> Self {
        Self {
            start: Start::Newest,
            ..self.clone()
        }
    }

    /// The first second that is asked for, and the first that is not any more.
    pub fn times(&self, now: Timestamp, zone: &TimeZone) -> (Option<Timestamp>, Option<Timestamp>) {
        let begin = |day: Date| {
            let zoned = day.to_zoned_datetime(zone.clone());
            zoned.ok().map(|day| day.timestamp())
        };
        let from = self.from.and_then(|from| match from {
            // Behind all times nothing was found, and a filter never widens.
            Since::Day(day) => begin(day).or((day.year() > 0).then_some(Timestamp::MAX)),
            Since::Ago(time) => now.checked_sub(time).ok(),
        });
        let to = self.to.and_then(|day| begin(day.tomorrow().ok()?));
        (from, to)
    }
}

/// Name and value of a parameter; `None` of what is no UTF-8 or holds a NUL.
fn decoded(part: &str) -> Option<(String, String)> {
    let (name, value) = form_urlencoded::parse(part.as_bytes()).next()?;
    let written = part.contains('\u{fffd}') || part.to_ascii_lowercase().contains("%ef%bf%bd");
    let broken = |text: &str| text.contains('\0') || text.contains('\u{fffd}') && !written;
    (!broken(&name) && !broken(&value)).then(|| (name.into_owned(), value.into_owned()))
}

fn named(value: &str) -> Result<String, String> {
    if value.len() > LONGEST_NAME {
        return Err(format!("a name has {LONGEST_NAME} bytes at most"));
    }
    if value.contains(char::is_control) {
        return Err("a name has no line breaks and the like".to_owned());
    }
    Ok(value.to_owned())
}

fn language(value: &str) -> Result<String, String> {
    let mut subtags = value.split('-');
    let primary = subtags.next().unwrap_or_default();
    let sound = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len())
                && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if sound && value.len() <= 35 {
        Ok(canonical_language(value))
    } else {
        Err("write a language as its code, such as es or zh-Hant".to_owned())
    }
}

fn from(value: &str) -> Result<Since, String> {
    let ago = || {
        let time = parse_duration(value).filter(SignedDuration::is_positive)?;
        // Beyond that there are no times.
        Timestamp::MAX.checked_sub(time).ok()?;
        Some(Since::Ago(time))
    };
    day(value)
        .map(Since::Day)
        .or_else(ago)
        .ok_or_else(|| "write a day like 2026-01-31, or how long ago like 24h, 7d, 4w".to_owned())
}

/// A day as a browser's field for dates sends it.
fn day(value: &str) -> Option<Date> {
    let is_plain = value.len() == 10
        && value
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'-');
    is_plain.then(|| value.parse().ok())?
}

fn judged_as(value: &str) -> Result<JudgmentFilter, String> {
    JudgmentFilter::ALL
        .into_iter()
        .find(|judged| judged.name() == value)
        .ok_or_else(|| {
            let names = JudgmentFilter::ALL.map(JudgmentFilter::name);
            format!("it is one of {}", names.join(", "))
        })
}

fn number(text: &str) -> Option<i64> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| text.parse().ok())?
}

fn key(value: &str) -> Option<Key> {
    let (found, id) = value.split_once('.')?;
    Some(Key {
        found: Timestamp::from_second(number(found)?).ok()?,
        id: number(id)?,
    })
}

#[cfg(test)]
mod tests;
