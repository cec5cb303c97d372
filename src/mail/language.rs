//! What mails say around what was found, in the language of their reader: headings, sentences, numbers, dates.
//!
//! Each language is one file of Project Fluent messages. `PLURAL($count)` in a message is the category of the
//! number by the Unicode CLDR.

pub(super) mod direction;
mod numbers;

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::wrapping::zone;
use crate::core::digest::Language;

pub(super) use fluent_bundle::FluentValue as Value;
use numbers::{formatted, grouped, plural};

/// The words of one language.
pub(super) struct MessageCatalog {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// January first.
    months: Vec<String>,
    /// Monday first.
    weekdays: Vec<String>,
}

/// The words of this language, read when they are first asked for.
pub(super) fn catalog(language: Language) -> &'static MessageCatalog {
    static ALL: [OnceLock<MessageCatalog>; Language::NAMED.len()] =
        [const { OnceLock::new() }; Language::NAMED.len()];
    ALL[language as usize].get_or_init(|| MessageCatalog::of(language))
}

/// The file of a language.
pub(super) fn messages(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("languages/en.ftl"),
        Language::Spanish => include_str!("languages/es.ftl"),
        Language::French => include_str!("languages/fr.ftl"),
        Language::Portuguese => include_str!("languages/pt.ftl"),
        Language::Arabic => include_str!("languages/ar.ftl"),
        Language::Russian => include_str!("languages/ru.ftl"),
    }
}

impl MessageCatalog {
    fn of(language: Language) -> Self {
        // A mistake in a file costs the message that it is in; the tests find it.
        let resource = FluentResource::try_new(messages(language).to_owned());
        let resource = resource.unwrap_or_else(|(resource, _)| resource);
        let tag = language.tag().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // `isolated` does that where it is needed, and numbers never need it.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => formatted::<0, _>,
            Language::Spanish => formatted::<1, _>,
            Language::French => formatted::<2, _>,
            Language::Portuguese => formatted::<3, _>,
            Language::Arabic => formatted::<4, _>,
            Language::Russian => formatted::<5, _>,
        }));
        // Not the select expressions of the library: they read the rules of Arabic wrong from 103 on.
        // Neither can be refused: nothing else is in the bundle.
        let _ = bundle.add_function("PLURAL", move |of, _| match of {
            [Value::Number(count)] => Value::from(plural(language, count.value)),
            _ => Value::Error,
        });
        let _ = bundle.add_resource(resource);
        let mut catalog = Self {
            language,
            bundle,
            months: Vec::new(),
            weekdays: Vec::new(),
        };
        let names = |key| -> Vec<String> {
            let names = catalog.say(key);
            names.split_whitespace().map(str::to_owned).collect()
        };
        (catalog.months, catalog.weekdays) = (names("months"), names("weekdays"));
        catalog
    }

    /// A message without variables; `None` where there is no such.
    pub fn say_if_known(&self, key: &str) -> Option<String> {
        self.bundle.has_message(key).then(|| self.say(key))
    }

    /// A message without variables.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A message with its variables: numbers as the language writes them, texts [isolated](Self::isolated). What
    /// a file lacks is said in English.
    pub fn say_with(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        // A reader gets the mail all the same.
        #[cfg(test)]
        assert!(
            self.bundle.has_message(key),
            "the file of “{}” lacks “{key}”",
            self.tag()
        );
        let message = self.bundle.get_message(key);
        let Some(pattern) = message.and_then(|message| message.value()) else {
            return match self.language {
                Language::English => key.to_owned(),
                _ => catalog(Language::English).say_with(key, values),
            };
        };
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            match value {
                Value::String(text) => arguments.set(*name, self.isolated(text)),
                other => arguments.set(*name, other.clone()),
            }
        }
        let mut errors = Vec::new();
        let said = self
            .bundle
            .format_pattern(pattern, Some(&arguments), &mut errors);
        #[cfg(test)]
        assert!(errors.is_empty(), "“{key}”: {errors:?}");
        said.into_owned()
    }

    /// A message of one number, which is its variable `count`.
    pub fn count(&self, key: &str, count: usize) -> String {
        self.say_with(key, &[("count", count.into())])
    }

    /// A whole number, "1,234".
    pub fn number(&self, number: usize) -> String {
        grouped(self.language, &number.to_string())
    }

    /// "Tue 24 Nov 2026, 07:30 CET".
    pub fn date_time(&self, instant: Timestamp, tz: &TimeZone) -> String {
        self.moment("date-time", instant, tz)
    }

    /// "Tue 24 Nov, 07:30", where the year and the zone are plain.
    pub fn short_date_time(&self, instant: Timestamp, tz: &TimeZone) -> String {
        self.moment("short-date-time", instant, tz)
    }

    /// "Tue 24 Nov".
    pub fn day(&self, date: Date) -> String {
        let noon = TimeZone::UTC.to_ambiguous_timestamp(date.at(12, 0, 0, 0));
        let noon = noon.compatible().unwrap_or(Timestamp::UNIX_EPOCH);
        self.moment("day", noon, &TimeZone::UTC)
    }

    /// "07:30", of 24 hours.
    pub fn time(&self, instant: Timestamp, tz: &TimeZone) -> String {
        let local = tz.to_datetime(instant);
        match self.language {
            Language::Spanish => local.strftime("%-H:%M").to_string(),
            // At which no line is broken.
            Language::French => local.strftime("%-H\u{a0}h\u{a0}%M").to_string(),
            _ => local.strftime("%H:%M").to_string(),
        }
    }

    fn moment(&self, key: &str, instant: Timestamp, tz: &TimeZone) -> String {
        let local = tz.to_datetime(instant);
        let day = match (self.language, local.day()) {
            (Language::French, 1) => "1er".to_owned(),
            (Language::Portuguese, 1) => "1º".to_owned(),
            (_, day) => day.to_string(),
        };
        let name = |names: &[String], number: i8| {
            let place = usize::try_from(number - 1).unwrap_or_default();
            names.get(place).cloned().unwrap_or_default()
        };
        let mut values: Vec<(&str, Value<'_>)> = vec![
            (
                "weekday",
                name(&self.weekdays, local.weekday().to_monday_one_offset()).into(),
            ),
            ("day", day.into()),
            ("month", name(&self.months, local.month()).into()),
            ("time", self.time(instant, tz).into()),
        ];
        if key == "date-time" {
            values.push(("year", local.year().to_string().into()));
            values.push(("zone", zone(instant, tz).into()));
        }
        self.say_with(key, &values)
    }

    /// Its BCP 47 tag.
    pub fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// Its direction, as HTML says it.
    pub fn dir(&self) -> &'static str {
        if self.is_right_to_left() {
            "rtl"
        } else {
            "ltr"
        }
    }

    /// The side at which lines begin.
    pub fn start(&self) -> &'static str {
        if self.is_right_to_left() {
            "right"
        } else {
            "left"
        }
    }

    /// The side at which lines end.
    pub fn end(&self) -> &'static str {
        if self.is_right_to_left() {
            "left"
        } else {
            "right"
        }
    }

    /// HTML attributes of a text that is in English whatever this language is.
    pub fn foreign(&self) -> &'static str {
        match self.language {
            Language::English => "",
            _ => r#" lang="en" dir="ltr""#,
        }
    }

    fn is_right_to_left(&self) -> bool {
        self.language == Language::Arabic
    }

    /// "A, B and C".
    pub fn list<S: AsRef<str>>(&self, parts: &[S]) -> String {
        let parted = self.parted(parts);
        let parted = parted.iter();
        parted
            .flat_map(|(between, part)| [between.clone(), self.isolated(part)])
            .collect()
    }

    /// Names that stand beside each other, each of which keeps its direction.
    pub fn joined_names<S: AsRef<str>>(&self, names: &[S]) -> String {
        let names = names.iter().map(|name| self.isolated(name.as_ref()));
        names.collect::<Vec<_>>().join(&self.say("comma"))
    }

    /// The parts of a list, each behind what parts it from the one before.
    pub fn parted<'a, S: AsRef<str>>(&self, parts: &'a [S]) -> Vec<(String, &'a str)> {
        let last = parts.len().saturating_sub(1);
        let parted = parts.iter().enumerate().map(|(place, part)| {
            let part = part.as_ref();
            let between = match place {
                0 => String::new(),
                _ if place == last => self.and(part),
                _ => self.say("comma"),
            };
            (between, part)
        });
        parted.collect()
    }

    /// What stands before the last of a list.
    fn and(&self, next: &str) -> String {
        // «y» becomes «e» before the sound of an i, though not before a diphthong: «padres e hijos», «agua y hielo».
        let next = next.to_lowercase();
        let sounds_like_i = |word: &str| {
            let word = word.strip_prefix('h').unwrap_or(word);
            word.starts_with(['i', 'í']) && !["ia", "ie", "io"].iter().any(|d| word.starts_with(d))
        };
        if self.language == Language::Spanish && sounds_like_i(&next) {
            " e ".to_owned()
        } else {
            self.say("and")
        }
    }

    /// A text that stands inside of a line, so that it does not turn its neighbours around.
    pub fn isolated(&self, text: &str) -> String {
        direction::isolated(text, self.is_right_to_left())
    }

    /// The text part, each line of which finds its own direction.
    pub fn directed<'a>(&self, text: &'a str) -> Cow<'a, str> {
        direction::directed(text, self.is_right_to_left())
    }
}
