//! The foot of a mail, which says how complete it is.

use std::fmt::Write as _;

use jiff::{Timestamp, tz::TimeZone};

use super::page::{LIST_BYTES, NAME_CHARS, NAMES_MAX, fits};
use super::view::{count, local_time, wrap};
use crate::core::causes::{by_cause, listed};
use crate::core::digest::{
    Coverage, Digest, FeedTrouble, Kind, Privacy, Undelivered, Wording, clean_line,
};

const REASON_CHARS: usize = 200;

/// One feed, watch or mail in the footer, or all those that one cause has struck.
pub(super) struct Line {
    pub name: String,
    pub detail: String,
    /// Those that `name` counts, each behind what parts it from the one before; empty for one alone.
    pub of: Vec<(&'static str, String)>,
    /// How many that are.
    count: usize,
}

impl Line {
    fn one(name: String, detail: String) -> Self {
        Self {
            name,
            detail,
            of: Vec::new(),
            count: 1,
        }
    }

    fn text(&self) -> String {
        let of: String = self
            .of
            .iter()
            .flat_map(|(between, name)| [*between, name.as_str()])
            .collect();
        let of = if of.is_empty() {
            of
        } else {
            format!(" ({of})")
        };
        wrap(&format!("- {}: {}{of}", self.name, self.detail), "  ")
    }

    fn fits(&self, room: &mut usize) -> bool {
        let of = self.of.iter().map(|(_, name)| name.as_str());
        [self.name.as_str(), self.detail.as_str()]
            .into_iter()
            .chain(of)
            .all(|text| fits(room, text))
    }
}

/// One heading of the footer with its lines.
pub(super) struct Section {
    pub title: String,
    pub lines: Vec<Line>,
    /// How many did not fit; `status` lists them.
    pub more: usize,
}

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

impl Section {
    pub fn text(&self) -> String {
        let mut out = format!("{}:\n", self.title);
        for line in &self.lines {
            out.push_str(&line.text());
            out.push('\n');
        }
        if self.more > 0 {
            // Writing to a String cannot fail.
            let _ = writeln!(
                out,
                "  and {} more; \"newsvigil status\" lists them",
                self.more
            );
        }
        out
    }
}

impl Footer {
    pub fn verdict_text(&self) -> String {
        wrap(&self.verdict, "")
    }

    pub fn reading_text(&self) -> String {
        wrap(&self.reading, "")
    }

    pub fn window_text(&self) -> String {
        wrap(&self.window, "")
    }
}

/// "Not complete: 2 feeds are failing", with all that may be missing; `None` when nothing may be.
pub(super) fn doubts(coverage: &Coverage) -> Option<String> {
    let mut doubts = Vec::new();
    let failing = coverage.failing.len();
    if failing > 0 {
        doubts.push(format!(
            "{} failing",
            count(failing, "feed is", "feeds are")
        ));
    }
    let incomplete = coverage.incomplete.len();
    if incomplete > 0 {
        doubts.push(format!(
            "{} not be read whole",
            count(incomplete, "feed could", "feeds could")
        ));
    }
    let missed = coverage.possibly_missed.len();
    if missed > 0 {
        doubts.push(format!(
            "{} have lost items between two polls",
            count(missed, "feed may", "feeds may")
        ));
    }
    let with_care = coverage.handled_with_care.len();
    if with_care > 0 {
        doubts.push(format!(
            "{} handled with care",
            count(with_care, "feed is", "feeds are")
        ));
    }
    let interrupted = coverage.interrupted.len();
    if interrupted > 0 {
        doubts.push(format!(
            "{} failed for a while",
            count(interrupted, "feed", "feeds")
        ));
    }
    let undelivered = coverage.undeliverable.len();
    if undelivered > 0 {
        doubts.push(format!(
            "{} not be delivered",
            count(undelivered, "earlier mail could", "earlier mails could")
        ));
    }
    let final_doubt = doubts.pop()?;
    let and = if doubts.is_empty() { "" } else { " and " };
    Some(format!(
        "Not complete: {}{and}{final_doubt}",
        doubts.join(", ")
    ))
}

pub(super) fn footer(digest: &Digest, unsubscribe: Option<&str>) -> Footer {
    let coverage = &digest.coverage;
    let tz = &digest.recipient.time_zone;
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let since = coverage
        .window_start
        .map(|start| format!(" since {}", local_time(start, tz)))
        .unwrap_or_default();
    let polled = format!(
        "{}{since}",
        count(polled, "feed was polled", "feeds were polled")
    );
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let is_alert = matches!(digest.kind, Kind::Alert { .. });
    let mut verdict = match doubts(coverage) {
        None if coverage.feeds_polled == 0 => {
            "No feed was polled in this time: silence means nothing.".to_owned()
        }
        None => format!("{polled}. None is failing, and nothing is known to be missing."),
        Some(doubts) => format!("{polled}. {doubts}."),
    };
    for (n, one, many) in [
        (
            coverage.silent.len(),
            "feed is silent for longer than usual",
            "feeds are silent for longer than usual",
        ),
        (coverage.muted.len(), "watch is muted", "watches are muted"),
    ] {
        if n > 0 && !is_alert {
            verdict.push(' ');
            verdict.push_str(&count(n, one, many));
            verdict.push('.');
        }
    }
    let mut sections = Vec::new();
    if !sealed && !is_alert && digest.wording == Wording::Whole {
        for (heading, feeds) in [
            ("Failing", &coverage.failing),
            ("Not read whole", &coverage.incomplete),
            ("Possibly missed items", &coverage.possibly_missed),
            ("Handled with care", &coverage.handled_with_care),
            ("Failed for a while, and work again", &coverage.interrupted),
            ("Silent for longer than usual", &coverage.silent),
            ("Pages that are never readable", &coverage.unreadable),
        ] {
            push_feeds(&mut sections, heading, feeds, "feeds", tz);
        }
        let muted = coverage.muted.iter().map(|mute| {
            let held = usize::try_from(mute.held_back).unwrap_or(usize::MAX);
            let reason = clean_line(&mute.reason, REASON_CHARS);
            let because = if reason.is_empty() {
                String::new()
            } else {
                format!(" ({reason})")
            };
            let until = local_time(mute.until, tz);
            Line::one(
                clean_line(&mute.watch_title, NAME_CHARS),
                format!(
                    "until {until}, {} held back{because}",
                    count(held, "hit", "hits")
                ),
            )
        });
        push(&mut sections, "Muted", muted.collect());
        push_mails(&mut sections, &coverage.undeliverable, tz);
    }
    let until = local_time(coverage.window_end, tz);
    let zone = tz
        .iana_name()
        .map(|name| format!(" Times are those of {name}."))
        .unwrap_or_default();
    let window = match coverage.window_start {
        // It tells of one watch, and covers no time.
        _ if is_alert => format!("As of {until}.{zone}"),
        Some(start) => format!("Covers {} to {until}.{zone}", local_time(start, tz)),
        None => format!("Covers everything up to {until}.{zone}"),
    };
    let reading = if sealed || is_alert || coverage.reading.is_empty() {
        String::new()
    } else {
        format!("Pages behind items: {}.", coverage.reading.sentence())
    };
    Footer {
        verdict,
        reading,
        sections,
        window,
        number: format!(
            "Mail {}: newsvigil hits --mail {}",
            digest.number, digest.number
        ),
        version: format!("newsvigil {}", clean_line(&coverage.version, 60)),
        unsubscribe: unsubscribe.map(str::to_owned),
    }
}

/// Feeds, or whatever else is in trouble, those that one cause has struck in one line.
pub(super) fn push_feeds(
    sections: &mut Vec<Section>,
    title: &str,
    feeds: &[FeedTrouble],
    what: &str,
    tz: &TimeZone,
) {
    let name = |feed: &FeedTrouble| {
        let name = clean_line(&feed.title, NAME_CHARS);
        if name.is_empty() {
            clean_line(&feed.id, NAME_CHARS)
        } else {
            name
        }
    };
    let lines = by_cause(feeds, |feed| &feed.reason)
        .into_iter()
        .map(|cause| {
            let reason = clean_line(&cause.why, REASON_CHARS);
            if let [feed] = cause.of.as_slice() {
                let since = feed
                    .since
                    .map(|since| format!("since {}", local_time(since, tz)));
                let until = feed.until.map(|until| until_then(until, tz));
                let reason = match (until, reason.is_empty()) {
                    (Some(until), true) => until,
                    (Some(until), false) => format!("{until}: {reason}"),
                    (None, _) => reason,
                };
                let parts = since.into_iter().chain([reason]);
                let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
                return Line::one(name(feed), parts.join(", "));
            }
            let since = bound(cause.of.iter().map(|feed| feed.since))
                .map(|(first, _, same)| (local_time(first, tz), same))
                .map(|(since, same)| {
                    format!(
                        "since {since}{}",
                        if same { "" } else { " at the earliest" }
                    )
                });
            let until = bound(cause.of.iter().map(|feed| feed.until))
                .map(|(_, last, same)| (until_then(last, tz), same))
                .map(|(until, same)| {
                    format!("{until}{}", if same { "" } else { " at the latest" })
                });
            let parts = [Some(reason), since, until].into_iter().flatten();
            let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
            let names: Vec<String> = cause.of.iter().map(|feed| name(feed)).collect();
            Line {
                name: format!("{} {what}", names.len()),
                detail: parts.join(", "),
                of: listed(&names),
                count: names.len(),
            }
        });
    push(sections, title, lines.collect());
}

/// The first and the last of these times, and whether all are the same.
fn bound(times: impl Iterator<Item = Option<Timestamp>>) -> Option<(Timestamp, Timestamp, bool)> {
    let times: Vec<Timestamp> = times.flatten().collect();
    let (first, last) = (*times.iter().min()?, *times.iter().max()?);
    Some((first, last, first == last))
}

/// Until when something lasted that is over.
fn until_then(until: Timestamp, tz: &TimeZone) -> String {
    let until = tz.to_datetime(until);
    until.strftime("until %a %-d %b, %H:%M").to_string()
}

/// Mails that were given up, those with one cause in one line.
fn push_mails(sections: &mut Vec<Section>, mails: &[Undelivered], tz: &TimeZone) {
    let lines = by_cause(mails, |mail| &mail.reason)
        .into_iter()
        .map(|cause| {
            let reason = clean_line(&cause.why, REASON_CHARS);
            let subjects: Vec<String> = cause
                .of
                .iter()
                .map(|mail| clean_line(&mail.subject, NAME_CHARS))
                .collect();
            let queued = cause.of.iter().map(|mail| mail.queued).min();
            let queued = queued.map_or_else(String::new, |queued| local_time(queued, tz));
            match subjects.as_slice() {
                [subject] => Line::one(subject.clone(), format!("queued {queued}: {reason}")),
                _ => Line {
                    name: format!("{} mails", subjects.len()),
                    detail: format!("queued since {queued}: {reason}"),
                    of: listed(&subjects),
                    count: subjects.len(),
                },
            }
        });
    push(
        sections,
        "Mails that could not be delivered",
        lines.collect(),
    );
}

fn push(sections: &mut Vec<Section>, title: &str, mut lines: Vec<Line>) {
    if lines.is_empty() {
        return;
    }
    let all: usize = lines.iter().map(|line| line.count).sum();
    let title = format!("{title} ({all})");
    let mut room = LIST_BYTES;
    let fitting = lines
        .iter()
        .take(NAMES_MAX)
        .take_while(|line| line.fits(&mut room))
        .count();
    let more = lines.drain(fitting..).map(|line| line.count).sum();
    sections.push(Section { title, lines, more });
}
