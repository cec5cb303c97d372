//! The lines of a foot: what is in trouble, by its name and cause.

use std::cmp::Reverse;

use jiff::{Timestamp, tz::TimeZone};

use super::phrases::status;
use super::troubles::ExplainedTrouble;
use crate::core::common_cause::{CommonCause, NAMES_MAX as NAMES_OF_CAUSE, group_by_cause};
use crate::core::digest::{FeedTrouble, Mute, Undelivered, clean_line, words};
use crate::mail::language::MessageCatalog;
use crate::mail::limits::{LIST_BYTES, NAME_CHARS, fits, more_by};
use crate::mail::wrapping::wrap_behind;

const REASON_CHARS: usize = 200;

/// One heading of the footer with its lines.
pub(in crate::mail) struct Section {
    pub title: String,
    pub lines: Vec<Line>,
    /// How many did not fit; `status` lists them.
    pub more: usize,
}

impl Section {
    pub fn text(&self, catalog: &MessageCatalog) -> String {
        let mut out = format!("{}{}\n", self.title, catalog.say("colon").trim_end());
        for line in &self.lines {
            out.push_str(&line.text(catalog));
            out.push('\n');
        }
        if self.more > 0 {
            out.push_str(&wrap_behind(&self.more_text(catalog), "  - ", "    "));
            out.push('\n');
        }
        out
    }

    /// Where the others are.
    pub fn more_text(&self, catalog: &MessageCatalog) -> String {
        more_by(&status(catalog), self.more, 0, catalog)
    }
}

/// One feed, watch or mail in the footer, or all those that one cause has struck.
pub(in crate::mail) struct Line {
    pub name: String,
    /// What is said of it, the parts of a list.
    pub details: Vec<Detail>,
    /// Those that `name` counts, each behind what parts it from the one before; empty for one alone.
    pub of: Vec<(String, String)>,
    /// How many that are.
    count: usize,
    /// Since when, as far as is known.
    since: Option<Timestamp>,
}

/// A part of what is said in a line.
pub(in crate::mail) struct Detail {
    /// What parts it from the one before.
    pub between: String,
    pub text: String,
    /// Whether it is in English whatever the language of the mail: what the program, or a server, reports.
    pub is_report: bool,
}

impl Line {
    fn one(name: String, details: Vec<Detail>, since: Option<Timestamp>) -> Self {
        Self {
            name,
            details,
            of: Vec::new(),
            count: 1,
            since,
        }
    }

    /// Those that one cause has struck, as many by name as a line has room for.
    fn several(
        name: String,
        details: Vec<Detail>,
        of: &[String],
        since: Option<Timestamp>,
        catalog: &MessageCatalog,
    ) -> Self {
        let mut named = of[..of.len().min(NAMES_OF_CAUSE)].to_vec();
        if of.len() > named.len() {
            named.push(catalog.count("more-names", of.len() - named.len()));
        }
        let parted = catalog.parted(&named).into_iter();
        Self {
            name,
            details,
            of: parted
                .map(|(between, name)| (between, name.to_owned()))
                .collect(),
            count: of.len(),
            since,
        }
    }

    fn text(&self, catalog: &MessageCatalog) -> String {
        let details = self.details.iter();
        let details: String = details
            .flat_map(|detail| [detail.between.clone(), catalog.isolated(&detail.text)])
            .collect();
        let of = self.of.iter();
        let of: String = of
            .flat_map(|(between, name)| [between.clone(), catalog.isolated(name)])
            .collect();
        let of = if of.is_empty() {
            of
        } else {
            format!(" ({of})")
        };
        let name = catalog.isolated(&self.name);
        let colon = if details.is_empty() {
            String::new()
        } else {
            catalog.say("colon")
        };
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
fn parted(details: impl IntoIterator<Item = Detail>, catalog: &MessageCatalog) -> Vec<Detail> {
    let details = details.into_iter().filter(|detail| !detail.text.is_empty());
    let mut parted: Vec<Detail> = Vec::new();
    for detail in details {
        let is_first = parted.is_empty();
        parted.push(if is_first || !detail.between.is_empty() {
            detail
        } else {
            detail.behind(catalog.say("comma"))
        });
    }
    parted
}

/// What is in trouble, under its headings, as far as there is room.
pub(in crate::mail) struct Sections<'a> {
    pub list: Vec<Section>,
    /// Lines under each heading.
    lines_max: usize,
    /// Words that there is room for.
    words_left: usize,
    tz: &'a TimeZone,
    catalog: &'static MessageCatalog,
}

impl<'a> Sections<'a> {
    pub fn new(
        lines_max: usize,
        words_max: usize,
        tz: &'a TimeZone,
        catalog: &'static MessageCatalog,
    ) -> Self {
        Self {
            list: Vec::new(),
            lines_max,
            words_left: words_max,
            tz,
            catalog,
        }
    }

    /// Watches that are muted, and apart from them those that were until some time before `now`.
    pub fn muted(&mut self, mutes: &[Mute], now: Timestamp) {
        let (are, were): (Vec<&Mute>, Vec<&Mute>) = mutes.iter().partition(|mute| mute.until > now);
        for (heading, mutes) in [("muted", are), ("no-longer-muted", were)] {
            let lines = (mutes.into_iter()).map(|mute| muted(mute, self.tz, self.catalog));
            self.push(heading, lines.collect());
        }
    }

    /// Feeds, or whatever else is in trouble, those that one cause has struck in one line, which counts them by the
    /// message `several`.
    pub fn feeds(&mut self, heading: &str, feeds: &[FeedTrouble], several: &str) {
        let told = feeds
            .iter()
            .map(|feed| ExplainedTrouble::of(feed, self.catalog));
        let told: Vec<ExplainedTrouble<'_>> = told.collect();
        let causes = group_by_cause(&told, |told| &told.reason).into_iter();
        let lines = causes.map(|cause| feeds_line(&cause, several, self.tz, self.catalog));
        self.push(heading, lines.collect());
    }

    /// Names, each with what is said of it, which may be nothing.
    pub fn names(&mut self, heading: &str, names: impl Iterator<Item = (String, String)>) {
        let line = |(name, said): (String, String)| {
            let details = Some(Detail::said(said)).filter(|detail| !detail.text.is_empty());
            Line::one(name, details.into_iter().collect(), None)
        };
        self.push(heading, names.map(line).collect());
    }

    /// Mails that were given up, those with one cause in one line.
    pub fn mails(&mut self, mails: &[Undelivered]) {
        let causes = group_by_cause(mails, |mail| &mail.reason).into_iter();
        let lines = causes.map(|cause| mails_line(&cause, self.tz, self.catalog));
        self.push("not-delivered", lines.collect());
    }

    /// The worst by name: what one cause has struck most often, and what has lasted longest. The rest is counted.
    fn push(&mut self, heading: &str, mut lines: Vec<Line>) {
        if lines.is_empty() {
            return;
        }
        let catalog = self.catalog;
        let all: usize = lines.iter().map(|line| line.count).sum();
        let title = format!("{} ({})", catalog.say(heading), catalog.number(all));
        lines.sort_by_key(|line| (Reverse(line.count), line.since.is_none(), line.since));
        let mut room = LIST_BYTES;
        let mut has_room = |line: &&Line| {
            let words = words(&line.text(catalog));
            let has_room = words <= self.words_left && line.fits(&mut room);
            if has_room {
                self.words_left -= words;
            }
            has_room
        };
        let named = lines.iter().take(self.lines_max);
        let named = named.take_while(|line| has_room(line)).count();
        let more = lines.drain(named..).map(|line| line.count).sum();
        self.list.push(Section { title, lines, more });
    }
}

fn muted(mute: &Mute, tz: &TimeZone, catalog: &MessageCatalog) -> Line {
    let held = usize::try_from(mute.held_back).unwrap_or(usize::MAX);
    let until = catalog.date_time(mute.until, tz).into();
    let mut said = catalog.say_with("muted-until", &[("count", held.into()), ("until", until)]);
    let reason = clean_line(&mute.reason, REASON_CHARS);
    if !reason.is_empty() {
        said = format!("{said} ({})", catalog.isolated(&reason));
    }
    let title = clean_line(&mute.watch_title, NAME_CHARS);
    Line::one(title, vec![Detail::said(said)], None)
}

fn feeds_line(
    cause: &CommonCause<'_, ExplainedTrouble<'_>>,
    several: &str,
    tz: &TimeZone,
    catalog: &MessageCatalog,
) -> Line {
    let name = |feed: &FeedTrouble| {
        let name = clean_line(&feed.title, NAME_CHARS);
        if name.is_empty() {
            clean_line(&feed.id, NAME_CHARS)
        } else {
            name
        }
    };
    let say_since = |key, since| {
        let since = catalog.date_time(since, tz).into();
        Detail::said(catalog.say_with(key, &[("since", since)]))
    };
    let say_until = |key, until| {
        let until = catalog.short_date_time(until, tz).into();
        Detail::said(catalog.say_with(key, &[("until", until)]))
    };
    let is_report = cause.of.iter().any(|told| told.is_report);
    let reason = if is_report {
        Detail::report(cause.why.clone())
    } else {
        Detail::said(cause.why.clone())
    };
    let feeds: Vec<&FeedTrouble> = cause.of.iter().map(|told| told.feed).collect();
    let since = bound(feeds.iter().map(|feed| feed.since));
    let said_since = since.map(|(first, _, same)| {
        let key = if same {
            "since"
        } else {
            "since-at-the-earliest"
        };
        say_since(key, first)
    });
    let until = bound(feeds.iter().map(|feed| feed.until));
    let said_until = until.map(|(_, last, same)| {
        let key = if same { "until" } else { "until-at-the-latest" };
        say_until(key, last)
    });
    let reason = match until {
        Some(_) => reason.behind(catalog.say("colon")),
        None => reason,
    };
    // Behind the times, for what is now may be said in it, too.
    let details = said_since.into_iter().chain(said_until).chain([reason]);
    let details = parted(details, catalog);
    let names: Vec<String> = feeds.iter().map(|feed| name(feed)).collect();
    let since = since.map(|(first, ..)| first);
    if let [name] = names.as_slice() {
        return Line::one(name.clone(), details, since);
    }
    let mut counted = catalog.count(several, names.len());
    // Reports have no number, and the others that of one feed.
    if !is_report && several == "several-feeds" {
        counted = catalog.say_with("each-of-feeds", &[("feeds", counted.into())]);
    }
    Line::several(counted, details, &names, since, catalog)
}

/// The first and the last of these times, and whether all are the same.
fn bound(times: impl Iterator<Item = Option<Timestamp>>) -> Option<(Timestamp, Timestamp, bool)> {
    let times: Vec<Timestamp> = times.flatten().collect();
    let (first, last) = (*times.iter().min()?, *times.iter().max()?);
    Some((first, last, first == last))
}

fn mails_line(
    cause: &CommonCause<'_, Undelivered>,
    tz: &TimeZone,
    catalog: &MessageCatalog,
) -> Line {
    let reason = Detail::report(clean_line(&cause.why, REASON_CHARS));
    let subjects = cause.of.iter();
    let subjects: Vec<String> = subjects
        .map(|mail| clean_line(&mail.subject, NAME_CHARS))
        .collect();
    let since = cause.of.iter().map(|mail| mail.queued).min();
    let key = if subjects.len() == 1 {
        "queued"
    } else {
        "queued-since"
    };
    let queued = since.map(|since| {
        let since = catalog.date_time(since, tz).into();
        Detail::said(catalog.say_with(key, &[("since", since)]))
    });
    let reason = reason.behind(catalog.say("colon"));
    let details = parted(queued.into_iter().chain([reason]), catalog);
    if let [subject] = subjects.as_slice() {
        Line::one(subject.clone(), details, since)
    } else {
        let counted = catalog.count("several-mails", subjects.len());
        Line::several(counted, details, &subjects, since, catalog)
    }
}
