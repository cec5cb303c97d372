//! The foot of a mail, which says how complete it is.

mod lines;
mod phrases;
mod troubles;

use jiff::tz::TimeZone;

use super::language::{MessageCatalog, catalog};
use crate::core::article::PageVerdictCounts;
use crate::core::digest::{Coverage, DetailLevel, Digest, Kind, Privacy, clean_line};
pub(super) use lines::{Section, Sections};
use phrases::causes;
pub(super) use phrases::status;
#[cfg(test)]
pub(super) use troubles::ExplainedTrouble;

/// Lines under one heading, and words of all lines, which must leave the mail to what was found.
const LINES_MAX: usize = 4;
const WORDS_MAX: usize = 240;

pub(super) struct Footer {
    /// One sentence: whether the silence can be trusted.
    pub verdict: String,
    /// How the pages behind items were read; empty when there was none.
    pub reading: String,
    pub sections: Vec<Section>,
    pub window: String,
    /// The mail's number, with the command that lists what it tells; empty for what tells no item.
    pub number: String,
    pub version: String,
    pub unsubscribe: Option<String>,
}

/// "Not complete: 2 feeds are failing", with all that may be missing; `None` when nothing may be.
pub(super) fn doubts(coverage: &Coverage, catalog: &MessageCatalog) -> Option<String> {
    let doubts = [
        ("doubt-failing", coverage.failing.len()),
        ("doubt-not-read-whole", coverage.incomplete.len()),
        ("doubt-possibly-missed", coverage.possibly_missed.len()),
        ("doubt-handled-with-care", coverage.handled_with_care.len()),
        ("doubt-interrupted", coverage.interrupted.len()),
        ("doubt-not-delivered", coverage.undeliverable.len()),
    ];
    let doubts = doubts.into_iter().filter(|(_, count)| *count > 0);
    let doubts: Vec<String> = doubts
        .map(|(key, count)| catalog.count(key, count))
        .collect();
    let listed = catalog.list(&doubts).into();
    (!doubts.is_empty()).then(|| catalog.say_with("not-complete", &[("doubts", listed)]))
}

pub(super) fn footer(digest: &Digest, unsubscribe: Option<&str>) -> Footer {
    let catalog = catalog(digest.recipient.language);
    let coverage = &digest.coverage;
    let tz = &digest.recipient.time_zone;
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let is_alert = matches!(digest.kind, Kind::Alert { .. });
    let mut sections = Sections::new(LINES_MAX, WORDS_MAX, tz, catalog);
    let is_listed = !sealed && !is_alert && digest.wording == DetailLevel::Whole;
    if is_listed {
        for (heading, feeds) in [
            ("failing", &coverage.failing),
            ("not-read-whole", &coverage.incomplete),
            ("possibly-missed", &coverage.possibly_missed),
            ("handled-with-care", &coverage.handled_with_care),
            ("interrupted", &coverage.interrupted),
            ("silent", &coverage.silent),
            ("never-readable", &coverage.unreadable),
        ] {
            sections.feeds(heading, feeds, "several-feeds");
        }
        sections.muted(&coverage.muted, coverage.window_end);
        sections.mails(&coverage.undeliverable);
    }
    let reading = if sealed || is_alert || coverage.reading.is_empty() {
        String::new()
    } else {
        let reading = reading(&coverage.reading, catalog).into();
        catalog.say_with("pages-behind-items", &[("reading", reading)])
    };
    let number = digest.number.to_string();
    let command = format!("newsvigil hits --mail {number}");
    let values = [("number", number.into()), ("command", command.into())];
    Footer {
        verdict: verdict(coverage, is_alert, is_listed, catalog, tz),
        reading,
        sections: sections.list,
        window: window(coverage, is_alert, tz, catalog),
        number: catalog.say_with("mail-number", &values),
        version: format!("newsvigil {}", clean_line(&coverage.version, 60)),
        unsubscribe: unsubscribe.map(str::to_owned),
    }
}

/// Whether the silence can be trusted.
fn verdict(
    coverage: &Coverage,
    is_alert: bool,
    is_listed: bool,
    catalog: &MessageCatalog,
    tz: &TimeZone,
) -> String {
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let polled = match coverage.window_start {
        // A digest says what time it covers.
        Some(start) if is_alert => {
            let since = catalog.date_time(start, tz).into();
            catalog.say_with(
                "polled-since",
                &[("count", polled.into()), ("since", since)],
            )
        }
        _ => catalog.count("polled", polled),
    };
    let mut sentences = match doubts(coverage, catalog) {
        None if coverage.feeds_polled == 0 => vec![catalog.say("nothing-polled")],
        // What a mute held back is missing, and said below or in the head.
        None if coverage.held_back() > 0 => vec![format!("{polled}.")],
        None => vec![format!("{polled}."), catalog.say("nothing-missing")],
        // A digest says it in its head, and here what that is in detail.
        Some(doubts) if is_alert => vec![format!("{polled}."), format!("{doubts}.")],
        Some(_) => vec![format!("{polled}.")],
    };
    for (key, count) in [
        ("feeds-silent", coverage.silent.len()),
        ("watches-are-muted", coverage.muted_now()),
    ] {
        // Where they are listed, that is below.
        if count > 0 && !is_alert && !is_listed {
            sentences.push(catalog.count(key, count));
        }
    }
    let held_back = coverage.held_back();
    // A digest says it in its head.
    if is_alert && held_back > 0 {
        sentences.push(format!("{}.", catalog.count("held-back", held_back)));
    }
    sentences.join(" ")
}

/// The time that is covered.
fn window(coverage: &Coverage, is_alert: bool, tz: &TimeZone, catalog: &MessageCatalog) -> String {
    let until = catalog.date_time(coverage.window_end, tz).into();
    let window = match coverage.window_start {
        // It tells of one watch, and covers no time.
        _ if is_alert => catalog.say_with("as-of", &[("time", until)]),
        Some(start) => {
            let from = catalog.date_time(start, tz).into();
            catalog.say_with("covers", &[("from", from), ("to", until)])
        }
        None => catalog.say_with("covers-everything", &[("to", until)]),
    };
    let zone = tz.iana_name();
    let zone = zone.map(|name| catalog.say_with("times-of-zone", &[("zone", name.into())]));
    [Some(window), zone]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// How pages were read, as [`PageVerdictCounts::sentence`] says it in English.
pub(super) fn reading(reading: &PageVerdictCounts, catalog: &MessageCatalog) -> String {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let mut outcome = Vec::new();
    if reading.total() > 0 {
        outcome.push(match number(reading.whole()) {
            0 => catalog.say("no-page-read-whole"),
            pages => catalog.count("pages-read-whole", pages),
        });
    }
    let others = reading.by_feed_text_only();
    if others > 0 {
        let causes = causes(reading, catalog).into();
        let values = [("count", number(others).into()), ("causes", causes)];
        outcome.push(catalog.say_with("pages-by-feed-text", &values));
    }
    let mut clauses = Vec::new();
    if !outcome.is_empty() {
        clauses.push(outcome.join(&catalog.say("comma")));
    }
    if reading.waiting > 0 {
        clauses.push(catalog.count("pages-waited-for", number(reading.waiting)));
    }
    clauses.join(&catalog.say("semicolon"))
}
