//! The foot of a mail, which says how complete it is.

use jiff::{Timestamp, tz::TimeZone};

use super::language::{Chrome, chrome};
use super::page::{LIST_BYTES, NAME_CHARS, NAMES_MAX, fits};
use super::view::{wrap, wrap_behind};
use crate::core::article::{Reading, Verdict};
use crate::core::causes::{NAMES_MAX as NAMES_OF_CAUSE, by_cause};
use crate::core::digest::{
    Coverage, Digest, FeedTrouble, Kind, Mute, Privacy, Undelivered, Wording, clean_line,
};

const REASON_CHARS: usize = 200;

/// One feed, watch or mail in the footer, or all those that one cause has struck.
pub(super) struct Line {
    pub name: String,
    /// What is said of it, the parts of a list.
    pub details: Vec<Detail>,
    /// Those that `name` counts, each behind what parts it from the one before; empty for one alone.
    pub of: Vec<(String, String)>,
    /// How many that are.
    count: usize,
}

/// A part of what is said in a line.
pub(super) struct Detail {
    /// What parts it from the one before.
    pub between: String,
    pub text: String,
    /// Whether it is in English whatever the language of the mail: what the program, or a server, reports.
    pub is_report: bool,
}

impl Line {
    fn one(name: String, details: Vec<Detail>) -> Self {
        Self {
            name,
            details,
            of: Vec::new(),
            count: 1,
        }
    }

    /// Those that one cause has struck, as many by name as a line has room for.
    fn several(name: String, details: Vec<Detail>, of: &[String], chrome: &Chrome) -> Self {
        let mut named = of[..of.len().min(NAMES_OF_CAUSE)].to_vec();
        if of.len() > named.len() {
            named.push(chrome.count("more-names", of.len() - named.len()));
        }
        let parted = chrome.parted(&named).into_iter();
        Self {
            name,
            details,
            of: parted
                .map(|(between, name)| (between, name.to_owned()))
                .collect(),
            count: of.len(),
        }
    }

    fn text(&self, chrome: &Chrome) -> String {
        let details = self.details.iter();
        let details: String = details
            .flat_map(|detail| [detail.between.clone(), chrome.isolated(&detail.text)])
            .collect();
        let of = self.of.iter();
        let of: String = of
            .flat_map(|(between, name)| [between.clone(), chrome.isolated(name)])
            .collect();
        let of = if of.is_empty() {
            of
        } else {
            format!(" ({of})")
        };
        let (name, colon) = (chrome.isolated(&self.name), chrome.say("colon"));
        wrap_behind(&format!("{name}{colon}{details}{of}"), "  - ", "    ")
    }

    fn fits(&self, room: &mut usize) -> bool {
        let of = self.of.iter().map(|(_, name)| name.as_str());
        let details = self.details.iter().map(|detail| detail.text.as_str());
        [self.name.as_str()]
            .into_iter()
            .chain(details)
            .chain(of)
            .all(|text| fits(room, text))
    }
}

impl Detail {
    fn said(text: String) -> Self {
        Self {
            between: String::new(),
            text,
            is_report: false,
        }
    }

    fn report(text: String) -> Self {
        Self {
            is_report: true,
            ..Self::said(text)
        }
    }

    fn behind(self, between: String) -> Self {
        Self { between, ..self }
    }
}

/// Those that say something, with commas between them.
fn parted(details: impl IntoIterator<Item = Detail>, chrome: &Chrome) -> Vec<Detail> {
    let details = details.into_iter().filter(|detail| !detail.text.is_empty());
    let mut parted: Vec<Detail> = Vec::new();
    for detail in details {
        let is_first = parted.is_empty();
        parted.push(if is_first || !detail.between.is_empty() {
            detail
        } else {
            detail.behind(chrome.say("comma"))
        });
    }
    parted
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
    pub fn text(&self, chrome: &Chrome) -> String {
        let mut out = format!("{}{}\n", self.title, chrome.say("colon").trim_end());
        for line in &self.lines {
            out.push_str(&line.text(chrome));
            out.push('\n');
        }
        if self.more > 0 {
            out.push_str(&wrap(&self.more_text(chrome), "  "));
            out.push('\n');
        }
        out
    }

    /// Where the others are.
    pub fn more_text(&self, chrome: &Chrome) -> String {
        let command = status(chrome).into();
        let values = [("count", self.more.into()), ("command", command)];
        chrome.say_with("more-in-status", &values)
    }
}

/// The command that shows how everything stands, in quotation marks.
pub(super) fn status(chrome: &Chrome) -> String {
    chrome.say_with("quoted", &[("text", "newsvigil status".into())])
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
pub(super) fn doubts(coverage: &Coverage, chrome: &Chrome) -> Option<String> {
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
        .map(|(key, count)| chrome.count(key, count))
        .collect();
    let listed = chrome.list(&doubts).into();
    (!doubts.is_empty()).then(|| chrome.say_with("not-complete", &[("doubts", listed)]))
}

pub(super) fn footer(digest: &Digest, unsubscribe: Option<&str>) -> Footer {
    let chrome = chrome(digest.recipient.language);
    let coverage = &digest.coverage;
    let tz = &digest.recipient.time_zone;
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let is_alert = matches!(digest.kind, Kind::Alert { .. });
    let mut sections = Vec::new();
    if !sealed && !is_alert && digest.wording == Wording::Whole {
        for (heading, feeds) in [
            ("failing", &coverage.failing),
            ("not-read-whole", &coverage.incomplete),
            ("possibly-missed", &coverage.possibly_missed),
            ("handled-with-care", &coverage.handled_with_care),
            ("interrupted", &coverage.interrupted),
            ("silent", &coverage.silent),
            ("never-readable", &coverage.unreadable),
        ] {
            push_feeds(&mut sections, heading, feeds, "several-feeds", tz, chrome);
        }
        let muted = coverage.muted.iter().map(|mute| muted(mute, tz, chrome));
        push(&mut sections, "muted", muted.collect(), chrome);
        push_mails(&mut sections, &coverage.undeliverable, tz, chrome);
    }
    let reading = if sealed || is_alert || coverage.reading.is_empty() {
        String::new()
    } else {
        let reading = reading(&coverage.reading, chrome).into();
        chrome.say_with("pages-behind-items", &[("reading", reading)])
    };
    let number = digest.number.to_string();
    let command = format!("newsvigil hits --mail {number}");
    let values = [("number", number.into()), ("command", command.into())];
    Footer {
        verdict: verdict(coverage, is_alert, tz, chrome),
        reading,
        sections,
        window: window(coverage, is_alert, tz, chrome),
        number: chrome.say_with("mail-number", &values),
        version: format!("newsvigil {}", clean_line(&coverage.version, 60)),
        unsubscribe: unsubscribe.map(str::to_owned),
    }
}

/// Whether the silence can be trusted.
fn verdict(coverage: &Coverage, is_alert: bool, tz: &TimeZone, chrome: &Chrome) -> String {
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let polled = match coverage.window_start {
        Some(start) => {
            let since = chrome.date_time(start, tz).into();
            chrome.say_with(
                "polled-since",
                &[("count", polled.into()), ("since", since)],
            )
        }
        None => chrome.count("polled", polled),
    };
    let mut sentences = match doubts(coverage, chrome) {
        None if coverage.feeds_polled == 0 => vec![chrome.say("nothing-polled")],
        None => vec![format!("{polled}."), chrome.say("nothing-missing")],
        // A digest says it in its head, and here what that is in detail.
        Some(doubts) if is_alert => vec![format!("{polled}."), format!("{doubts}.")],
        Some(_) => vec![format!("{polled}.")],
    };
    for (key, count) in [
        ("feeds-silent", coverage.silent.len()),
        ("watches-are-muted", coverage.muted.len()),
    ] {
        if count > 0 && !is_alert {
            sentences.push(chrome.count(key, count));
        }
    }
    sentences.join(" ")
}

/// The time that is covered.
fn window(coverage: &Coverage, is_alert: bool, tz: &TimeZone, chrome: &Chrome) -> String {
    let until = chrome.date_time(coverage.window_end, tz).into();
    let window = match coverage.window_start {
        // It tells of one watch, and covers no time.
        _ if is_alert => chrome.say_with("as-of", &[("time", until)]),
        Some(start) => {
            let from = chrome.date_time(start, tz).into();
            chrome.say_with("covers", &[("from", from), ("to", until)])
        }
        None => chrome.say_with("covers-everything", &[("to", until)]),
    };
    let zone = tz.iana_name();
    let zone = zone.map(|name| chrome.say_with("times-of-zone", &[("zone", name.into())]));
    [Some(window), zone]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// How pages were read, as [`Reading::sentence`] says it in English.
pub(super) fn reading(reading: &Reading, chrome: &Chrome) -> String {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let mut outcome = Vec::new();
    if reading.total() > 0 {
        outcome.push(match number(reading.whole()) {
            0 => chrome.say("no-page-read-whole"),
            pages => chrome.count("pages-read-whole", pages),
        });
    }
    let others = reading.by_feed_text_only();
    if others > 0 {
        let causes = reading.settled.iter();
        let causes = causes.filter(|(verdict, pages)| **verdict != Verdict::Whole && **pages > 0);
        let causes: Vec<String> = causes
            .map(|(verdict, pages)| {
                let cause = chrome.say(&format!("page-{}", verdict.name())).into();
                match *pages {
                    pages if pages < others => {
                        let count = number(pages).into();
                        chrome.say_with("pages-of-cause", &[("count", count), ("cause", cause)])
                    }
                    1 => chrome.say_with("page-of-cause", &[("cause", cause)]),
                    _ => chrome.say_with("all-of-cause", &[("cause", cause)]),
                }
            })
            .collect();
        let causes = causes.join(&chrome.say("comma")).into();
        let values = [("count", number(others).into()), ("causes", causes)];
        outcome.push(chrome.say_with("pages-by-feed-text", &values));
    }
    let mut clauses = Vec::new();
    if !outcome.is_empty() {
        clauses.push(outcome.join(&chrome.say("comma")));
    }
    if reading.waiting > 0 {
        clauses.push(chrome.count("pages-waited-for", number(reading.waiting)));
    }
    clauses.join(&chrome.say("semicolon"))
}

fn muted(mute: &Mute, tz: &TimeZone, chrome: &Chrome) -> Line {
    let held = usize::try_from(mute.held_back).unwrap_or(usize::MAX);
    let until = chrome.date_time(mute.until, tz).into();
    let mut said = chrome.say_with("muted-until", &[("count", held.into()), ("until", until)]);
    let reason = clean_line(&mute.reason, REASON_CHARS);
    if !reason.is_empty() {
        said = format!("{said} ({})", chrome.isolated(&reason));
    }
    let title = clean_line(&mute.watch_title, NAME_CHARS);
    Line::one(title, vec![Detail::said(said)])
}

/// Feeds, or whatever else is in trouble, those that one cause has struck in one line, which counts them by the
/// message `several`.
pub(super) fn push_feeds(
    sections: &mut Vec<Section>,
    heading: &str,
    feeds: &[FeedTrouble],
    several: &str,
    tz: &TimeZone,
    chrome: &Chrome,
) {
    let name = |feed: &FeedTrouble| {
        let name = clean_line(&feed.title, NAME_CHARS);
        if name.is_empty() {
            clean_line(&feed.id, NAME_CHARS)
        } else {
            name
        }
    };
    let say_since = |key, since| {
        let since = chrome.date_time(since, tz).into();
        Detail::said(chrome.say_with(key, &[("since", since)]))
    };
    let say_until = |key, until| {
        let until = chrome.short_date_time(until, tz).into();
        Detail::said(chrome.say_with(key, &[("until", until)]))
    };
    let lines = by_cause(feeds, |feed| &feed.reason)
        .into_iter()
        .map(|cause| {
            let reason = Detail::report(clean_line(&cause.why, REASON_CHARS));
            if let [feed] = cause.of.as_slice() {
                let until = feed.until.map(|at| say_until("until", at));
                let reason = match until {
                    Some(_) => reason.behind(chrome.say("colon")),
                    None => reason,
                };
                let since = feed.since.map(|at| say_since("since", at));
                let details = since.into_iter().chain(until).chain([reason]);
                return Line::one(name(feed), parted(details, chrome));
            }
            let since = bound(cause.of.iter().map(|feed| feed.since));
            let since = since.map(|(first, _, same)| {
                say_since(
                    if same {
                        "since"
                    } else {
                        "since-at-the-earliest"
                    },
                    first,
                )
            });
            let until = bound(cause.of.iter().map(|feed| feed.until));
            let until = until.map(|(_, last, same)| {
                say_until(if same { "until" } else { "until-at-the-latest" }, last)
            });
            let details = [Some(reason), since, until].into_iter().flatten();
            let names: Vec<String> = cause.of.iter().map(|feed| name(feed)).collect();
            let counted = chrome.count(several, names.len());
            Line::several(counted, parted(details, chrome), &names, chrome)
        });
    push(sections, heading, lines.collect(), chrome);
}

/// The first and the last of these times, and whether all are the same.
fn bound(times: impl Iterator<Item = Option<Timestamp>>) -> Option<(Timestamp, Timestamp, bool)> {
    let times: Vec<Timestamp> = times.flatten().collect();
    let (first, last) = (*times.iter().min()?, *times.iter().max()?);
    Some((first, last, first == last))
}

/// Mails that were given up, those with one cause in one line.
fn push_mails(sections: &mut Vec<Section>, mails: &[Undelivered], tz: &TimeZone, chrome: &Chrome) {
    let lines = by_cause(mails, |mail| &mail.reason)
        .into_iter()
        .map(|cause| {
            let reason = Detail::report(clean_line(&cause.why, REASON_CHARS));
            let subjects: Vec<String> = cause
                .of
                .iter()
                .map(|mail| clean_line(&mail.subject, NAME_CHARS))
                .collect();
            let queued = cause.of.iter().map(|mail| mail.queued).min();
            let key = if subjects.len() == 1 {
                "queued"
            } else {
                "queued-since"
            };
            let queued = queued.map(|queued| {
                let since = chrome.date_time(queued, tz).into();
                Detail::said(chrome.say_with(key, &[("since", since)]))
            });
            let reason = reason.behind(chrome.say("colon"));
            let details = parted(queued.into_iter().chain([reason]), chrome);
            if let [subject] = subjects.as_slice() {
                Line::one(subject.clone(), details)
            } else {
                let counted = chrome.count("several-mails", subjects.len());
                Line::several(counted, details, &subjects, chrome)
            }
        });
    push(sections, "not-delivered", lines.collect(), chrome);
}

fn push(sections: &mut Vec<Section>, heading: &str, mut lines: Vec<Line>, chrome: &Chrome) {
    if lines.is_empty() {
        return;
    }
    let all: usize = lines.iter().map(|line| line.count).sum();
    let title = format!("{} ({})", chrome.say(heading), chrome.number(all));
    let mut room = LIST_BYTES;
    let fitting = lines
        .iter()
        .take(NAMES_MAX)
        .take_while(|line| line.fits(&mut room))
        .count();
    let more = lines.drain(fitting..).map(|line| line.count).sum();
    sections.push(Section { title, lines, more });
}
