//! What changed in the feeds of a week.

use super::{by_weeks, isolated, named, whole};
use crate::core::digest::{FeedTrouble, Privacy, Undelivered, clean_line};
use crate::core::week::{Rate, Watched, Week};
use crate::mail::language::{Chrome, Value};
use crate::mail::page::NAME_CHARS;
use crate::mail::view::wrap_behind;

/// Feeds named under one heading.
const FEEDS_MAX: usize = 20;
const REASON_CHARS: usize = 200;

/// Feeds under one heading.
pub(super) struct Section {
    pub title: String,
    pub lines: Vec<FeedLine>,
    /// "3 more"; empty when all are named.
    pub more: String,
}

pub(super) struct FeedLine {
    pub name: String,
    /// In the reader's language; may be empty.
    pub detail: String,
    /// In English; may be empty.
    pub reason: String,
}

impl FeedLine {
    pub fn text(&self, chrome: &Chrome) -> String {
        let parts = [
            isolated(chrome, &self.name),
            self.detail.clone(),
            isolated(chrome, &self.reason),
        ];
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        wrap_behind(&parts.join(" · "), "  - ", "    ")
    }
}

/// What changed in the feeds, under a heading each.
pub(super) fn sections(chrome: &Chrome, week: &Week) -> Vec<Section> {
    if week.recipient.privacy == Privacy::Sealed {
        return Vec::new();
    }
    let tz = &week.recipient.time_zone;
    let plain = |titles: &[String]| -> Vec<FeedLine> {
        let line = |title: &String| FeedLine {
            name: clean_line(title, NAME_CHARS),
            detail: String::new(),
            reason: String::new(),
        };
        titles.iter().map(line).collect()
    };
    let troubled = |feeds: &[FeedTrouble]| -> Vec<FeedLine> {
        let line = |feed: &FeedTrouble| {
            let moment = |key, at| {
                let at: Value<'_> = chrome.short_date_time(at, tz).into();
                chrome.say_with(key, &[(key, at)])
            };
            let since = feed.since.map(|since| moment("since", since));
            let until = feed.until.map(|until| moment("until", until));
            FeedLine {
                name: named(&feed.title, &feed.id),
                detail: since.into_iter().chain(until).collect::<Vec<_>>().join(" "),
                reason: clean_line(&feed.reason, REASON_CHARS),
            }
        };
        feeds.iter().map(line).collect()
    };
    let rate = |rate: &Rate| {
        let values: [(&str, Value<'_>); 2] = [
            ("count", whole(rate.items).into()),
            ("habit", rate.habit.median.into()),
        ];
        FeedLine {
            name: clean_line(&rate.title, NAME_CHARS),
            detail: by_weeks(chrome, chrome.say_with("week-rate", &values), rate.habit),
            reason: String::new(),
        }
    };
    let undelivered = |mail: &Undelivered| {
        let queued: Value<'_> = chrome.short_date_time(mail.queued, tz).into();
        FeedLine {
            name: clean_line(&mail.subject, NAME_CHARS),
            detail: chrome.say_with("queued", &[("since", queued)]),
            reason: clean_line(&mail.reason, REASON_CHARS),
        }
    };
    let coverage = &week.coverage;
    [
        ("week-feeds-new", plain(&week.feeds.new)),
        ("week-feeds-gone", plain(&week.feeds.gone)),
        ("failing", troubled(&coverage.failing)),
        ("interrupted", troubled(&coverage.interrupted)),
        ("silent", troubled(&coverage.silent)),
        ("not-read-whole", troubled(&coverage.incomplete)),
        ("possibly-missed", troubled(&coverage.possibly_missed)),
        (
            "week-feeds-rates",
            week.feeds.rates.iter().map(rate).collect(),
        ),
        (
            "not-delivered",
            coverage.undeliverable.iter().map(undelivered).collect(),
        ),
    ]
    .into_iter()
    .filter(|(_, lines)| !lines.is_empty())
    .map(|(title, mut lines)| {
        let all = lines.len();
        lines.truncate(FEEDS_MAX);
        Section {
            title: format!("{} ({})", chrome.say(title), chrome.number(all)),
            more: match all - lines.len() {
                0 => String::new(),
                more => chrome.count("more-names", more),
            },
            lines,
        }
    })
    .collect()
}

/// How many feeds were not read in the week, if any.
pub(super) fn missed(chrome: &Chrome, watched: Watched) -> Option<String> {
    let missed = watched.of_feeds.saturating_sub(watched.feeds);
    let values: [(&str, Value<'_>); 2] =
        [("count", missed.into()), ("all", watched.of_feeds.into())];
    (missed > 0).then(|| chrome.say_with("week-feeds-missed", &values))
}

/// What is said of the feeds as a whole; may be empty.
pub(super) fn note(chrome: &Chrome, week: &Week, nothing_changed: bool) -> String {
    if week.recipient.privacy == Privacy::Sealed {
        return String::new();
    }
    let watched = week.watched;
    let before = week.feeds.in_trouble_before;
    let mut said = Vec::new();
    if !watched.is_doubtful() && watched.of_feeds > 0 {
        let all = || chrome.count("week-feeds-read", watched.of_feeds);
        said.push(missed(chrome, watched).unwrap_or_else(all));
    }
    if before > 0 {
        said.push(chrome.count("week-feeds-before", before));
    } else if nothing_changed {
        said.push(chrome.say("week-feeds-same"));
    }
    said.join(" ")
}
