//! One item as its templates show it, and how times and lines are written.

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use crate::core::digest::{DigestItem, Mention, Piece, is_right_to_left};

/// Columns of the text part.
const TEXT_WIDTH: usize = 74;
/// In front of why an item matched that no watch found in what its feed says.
const IN_ARTICLE: &str = "Found in the article, not in what the feed says. ";
/// Watches named for one item.
const WATCHES_MAX: usize = 40;

/// The heading above the first item of a topic.
pub(super) struct Heading {
    pub name: String,
    /// "4", or "4 of 300" when the others are told elsewhere.
    pub count: String,
}

#[derive(Template)]
#[template(path = "item.html", config = "src/mail/askama.toml")]
pub(super) struct ItemHtml<'a>(pub &'a ItemView<'a>);

#[derive(Template)]
#[template(path = "item.txt", config = "src/mail/askama.toml")]
pub(super) struct ItemText<'a>(pub &'a ItemView<'a>);

/// A section of items in a line each.
#[derive(Template)]
#[template(path = "lines.html", config = "src/mail/askama.toml")]
pub(super) struct LinesHtml<'a> {
    pub name: &'a str,
    pub count: &'a str,
    pub lines: &'a [ItemView<'a>],
    /// Where the others are; empty when there are none.
    pub more: &'a str,
}

#[derive(Template)]
#[template(path = "lines.txt", config = "src/mail/askama.toml")]
pub(super) struct LinesText<'a> {
    pub name: &'a str,
    pub count: &'a str,
    pub lines: &'a [ItemView<'a>],
    pub more: &'a str,
}

/// One item.
pub(super) struct ItemView<'a> {
    pub topic: Option<Heading>,
    /// The watch's title, above its first item.
    pub watch: Option<&'a str>,
    pub title: &'a [Piece],
    pub title_dir: &'static str,
    pub lang: Option<&'a str>,
    pub link: Option<&'a str>,
    pub outlet: &'a str,
    pub author: &'a str,
    /// What it is about, as in "Peru, Chile"; may be empty.
    pub places: String,
    pub time: String,
    pub updated: Revised,
    pub excerpt: &'a [Piece],
    pub excerpt_dir: &'static str,
    pub why: Vec<Why>,
    /// Where its watches found it, when it was not in what the feed says; with a space behind it.
    pub found: &'static str,
    /// "and 3 more watches"; empty when all are named.
    pub more_watches: String,
    pub entry: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Revised {
    No,
    Yes,
}

pub(super) struct Why {
    pub watch: String,
    /// What matched. Each stands for itself in the page: a term in Arabic must not turn its neighbours
    /// around.
    pub terms: Vec<String>,
    /// The score with what goes before it; empty for a watch that has no scores.
    pub score: String,
    /// That it was found in the article, of an item that others found by what the feed says; else empty.
    pub found: &'static str,
}

impl Why {
    pub fn has_detail(&self) -> bool {
        !(self.terms.is_empty() && self.score.is_empty())
    }

    fn text(&self) -> String {
        let mut text = self.watch.clone();
        if self.has_detail() {
            text = format!("{text}: {}{}", self.terms.join(", "), self.score);
        }
        text + self.found
    }
}

impl ItemView<'_> {
    /// Whether another item stands right above, so that a line must part them.
    pub fn follows(&self) -> bool {
        self.topic.is_none() && self.watch.is_none()
    }

    pub fn is_updated(&self) -> bool {
        self.updated == Revised::Yes
    }

    /// The headline as text, with the words marked.
    pub fn title_text(&self) -> String {
        marked_text(self.title)
    }

    pub fn excerpt_text(&self) -> String {
        wrap(&marked_text(self.excerpt), "    ")
    }

    pub fn why_text(&self) -> String {
        let parts: Vec<String> = self.why.iter().map(Why::text).collect();
        let watches = format!("{}{}", parts.join("; "), self.more_watches);
        wrap(
            &format!("{}Matched by {watches}. Item {}.", self.found, self.entry),
            "    ",
        )
    }

    /// Outlet, author, places, time, revision.
    pub fn meta(&self) -> String {
        let mut meta = self.outlet.to_owned();
        if !self.author.is_empty() && self.author != self.outlet {
            meta.push_str(" · ");
            meta.push_str(self.author);
        }
        if !self.places.is_empty() {
            meta.push_str(" · ");
            meta.push_str(&self.places);
        }
        meta.push_str(" · ");
        meta.push_str(&self.time);
        if self.is_updated() {
            meta.push_str(" · revised");
        }
        meta
    }
}

fn marked_text(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| {
            if piece.marked {
                format!("**{}**", piece.text)
            } else {
                piece.text.clone()
            }
        })
        .collect()
}

pub(super) fn view<'a>(item: &'a DigestItem, tz: &TimeZone) -> ItemView<'a> {
    let time = local_time(item.time, tz);
    let mut mentions = item.mentions.iter().peekable();
    let in_article = mentions.peek().is_some() && mentions.all(|mention| mention.in_article);
    let why = |mention| why(mention, in_article);
    ItemView {
        topic: None,
        watch: None,
        title: &item.title,
        title_dir: direction(&item.title),
        lang: item.language.as_deref(),
        link: item.link.as_deref(),
        outlet: &item.feed_title,
        author: &item.author,
        places: item.places.join(", "),
        time: if item.undated {
            format!("undated, first seen {time}")
        } else {
            time
        },
        updated: if item.updated {
            Revised::Yes
        } else {
            Revised::No
        },
        excerpt: &item.excerpt,
        excerpt_dir: direction(&item.excerpt),
        why: item.mentions.iter().take(WATCHES_MAX).map(why).collect(),
        found: if in_article { IN_ARTICLE } else { "" },
        more_watches: more(item.mentions.len(), WATCHES_MAX, "watch", "watches"),
        entry: item.entry_id,
    }
}

fn why(mention: &Mention, all_in_article: bool) -> Why {
    let between = if mention.terms.is_empty() { "" } else { " · " };
    Why {
        watch: mention.watch_title.clone(),
        terms: mention.terms.clone(),
        score: match mention.score {
            0 => String::new(),
            score => format!("{between}score {score}"),
        },
        found: if mention.in_article && !all_in_article {
            " (in the article, not in what the feed says)"
        } else {
            ""
        },
    }
}

fn direction(pieces: &[Piece]) -> &'static str {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    if is_right_to_left(&text) {
        "rtl"
    } else {
        "ltr"
    }
}

/// "Tue 24 Nov 2026, 07:30 CET". Zones without a name of their own show their distance from UTC.
pub(super) fn local_time(instant: Timestamp, tz: &TimeZone) -> String {
    format!(
        "{} {}",
        tz.to_datetime(instant).strftime("%a %-d %b %Y, %H:%M"),
        zone(instant, tz)
    )
}

pub(super) fn zone(instant: Timestamp, tz: &TimeZone) -> String {
    let info = tz.to_offset_info(instant);
    let abbreviation = info.abbreviation();
    if !abbreviation.is_empty() && !abbreviation.starts_with(['+', '-', '−']) {
        return abbreviation.to_owned();
    }
    let seconds = info.offset().seconds();
    let minutes = seconds.unsigned_abs() / 60;
    let sign = if seconds < 0 { '−' } else { '+' };
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// " and 3 more watches", when there are more than `limit`.
pub(super) fn more(n: usize, limit: usize, one: &str, many: &str) -> String {
    match n.saturating_sub(limit) {
        0 => String::new(),
        1 => format!(" and 1 more {one}"),
        rest => format!(" and {rest} more {many}"),
    }
}

pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// Fills lines of [`TEXT_WIDTH`] columns, each behind `indent`. Words are never split.
pub(super) fn wrap(text: &str, indent: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > TEXT_WIDTH {
            out.push('\n');
            column = 0;
        }
        if column == 0 {
            out.push_str(indent);
            column = indent.len();
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_named_or_its_distance_from_utc() {
        let at: Timestamp = "2026-01-15T12:00:00Z".parse().unwrap();
        for (name, expected) in [
            ("UTC", "UTC"),
            ("Europe/Berlin", "CET"),
            ("Africa/Abidjan", "GMT"),
            ("America/Lima", "UTC−5"),
            ("America/Caracas", "UTC−4"),
            ("Asia/Kathmandu", "UTC+5:45"),
            ("Asia/Kolkata", "IST"),
            ("Asia/Colombo", "UTC+5:30"),
            ("Asia/Tehran", "UTC+3:30"),
            ("Pacific/Kiritimati", "UTC+14"),
            ("Atlantic/Azores", "UTC−1"),
            ("America/Scoresbysund", "UTC−2"),
        ] {
            let tz = TimeZone::get(name).unwrap();
            assert_eq!(zone(at, &tz), expected, "{name}");
        }
        // Where summer time makes the distance nothing, and where it is less than an hour.
        let summer: Timestamp = "2026-07-15T12:00:00Z".parse().unwrap();
        let azores = TimeZone::get("Atlantic/Azores").unwrap();
        assert_eq!(zone(summer, &azores), "UTC");
        for (seconds, expected) in [
            (0, "UTC"),
            (-1_800, "UTC−0:30"),
            (2_700, "UTC+0:45"),
            (19_800, "UTC+5:30"),
        ] {
            let tz = TimeZone::fixed(jiff::tz::Offset::from_seconds(seconds).unwrap());
            assert_eq!(zone(at, &tz), expected, "{seconds}");
        }
    }
}
