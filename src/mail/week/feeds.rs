//! What changed in the feeds of a week.

use super::phrases::{by_weeks, whole};
use crate::core::digest::{Privacy, Week, clean_line};
use crate::core::week::{Rate, WeekCoverage};
use crate::mail::footer::{Section, Sections};
use crate::mail::language::{MessageCatalog, Value};
use crate::mail::limits::NAME_CHARS;

/// Lines under one heading.
const LINES_MAX: usize = 20;

/// What changed in the feeds, which watches were muted and which mails did not arrive, under a heading each.
pub(super) fn sections(catalog: &'static MessageCatalog, week: &Week) -> Vec<Section> {
    if week.recipient.privacy == Privacy::Sealed {
        return Vec::new();
    }
    let rate = |rate: &Rate| {
        let values: [(&str, Value<'_>); 2] = [
            ("count", whole(rate.items).into()),
            ("habit", rate.baseline.median.into()),
        ];
        let said = catalog.say_with("week-rate", &values);
        let said = by_weeks(catalog, said, rate.baseline, week.baseline);
        (clean_line(&rate.title, NAME_CHARS), said)
    };
    let plain = |title: &String| (clean_line(title, NAME_CHARS), String::new());
    let time_zone = &week.recipient.time_zone;
    let mut sections = Sections::new(LINES_MAX, usize::MAX, time_zone, catalog);
    sections.names("week-feeds-new", week.feeds.new.iter().map(plain));
    sections.names("week-feeds-gone", week.feeds.gone.iter().map(plain));
    let coverage = &week.coverage;
    for (heading, feeds) in [
        ("failing", &coverage.failing),
        ("interrupted", &coverage.interrupted),
        ("silent", &coverage.silent),
        ("not-read-whole", &coverage.incomplete),
        ("possibly-missed", &coverage.possibly_missed),
    ] {
        sections.feeds(heading, feeds, "several-feeds");
    }
    sections.names("week-feeds-rates", week.feeds.rates.iter().map(rate));
    sections.muted(&coverage.muted, coverage.window_end);
    sections.mails(&coverage.undeliverable);
    sections.list
}

/// How many feeds were not read in the week, if any.
pub(super) fn missed(catalog: &MessageCatalog, watched: WeekCoverage) -> Option<String> {
    let missed = watched.of_feeds.saturating_sub(watched.feeds);
    let values: [(&str, Value<'_>); 2] =
        [("count", missed.into()), ("all", watched.of_feeds.into())];
    (missed > 0).then(|| catalog.say_with("week-feeds-missed", &values))
}

/// What is said of the feeds as a whole; may be empty.
pub(super) fn note(catalog: &MessageCatalog, week: &Week, nothing_changed: bool) -> String {
    if week.recipient.privacy == Privacy::Sealed {
        return String::new();
    }
    let watched = week.watched;
    let before = week.feeds.in_trouble_before;
    let mut said = Vec::new();
    if !watched.is_doubtful() && watched.of_feeds > 0 {
        let all = || catalog.count("week-feeds-read", watched.of_feeds);
        said.push(missed(catalog, watched).unwrap_or_else(all));
    }
    if before > 0 {
        said.push(catalog.count("week-feeds-before", before));
    } else if nothing_changed {
        said.push(catalog.say("week-feeds-same"));
    }
    said.join(" ")
}
