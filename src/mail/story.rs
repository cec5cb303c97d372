//! A story as its templates show it, in full or in a line.

mod facts;
mod lines;
mod topics;
mod why;

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::language::{Chrome, chrome};
use super::view::{wrap, wrap_behind};
use crate::core::digest::{
    Also, Digest, DigestItem, DigestStory, GroupBy, Kind, Piece, is_right_to_left,
};
use facts::{facts, news};
pub(super) use lines::{Group, Lines, LinesHtml, LinesText, development, headline, line, sent};
pub(super) use topics::topic_name;
use why::Why;

/// Seconds of the time in which a date needs no year.
const HALF_A_YEAR: i64 = 183 * 86_400;

/// What a mail takes for granted where it writes of times and in words.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub chrome: &'static Chrome,
    pub tz: &'a TimeZone,
    pub now: Timestamp,
    /// What stands above stories.
    pub by: GroupBy,
    /// What addresses of pages in the reading room begin with.
    pub pages: Option<&'a str>,
}

impl<'a> Reading<'a> {
    pub fn of(digest: &'a Digest, pages: Option<&'a str>, now: Timestamp) -> Self {
        let recipient = &digest.recipient;
        let is_alert = matches!(digest.kind, Kind::Alert { .. });
        Self {
            chrome: chrome(recipient.language),
            tz: &recipient.time_zone,
            now,
            // Nothing stands above the stories of an alert.
            by: if is_alert {
                GroupBy::Topic
            } else {
                recipient.group_by
            },
            pages,
        }
    }

    /// The places that a story is about; of one that stands under the first of them, the others.
    fn places(self, story: &DigestStory) -> &[String] {
        let places = story.lead.places.as_slice();
        match self.by {
            GroupBy::Place if !story.urgent => places.get(1..).unwrap_or_default(),
            _ => places,
        }
    }

    /// A moment, with no more of it than tells it from others: the mail has its day, year and zone in its head.
    fn moment(self, instant: Timestamp) -> String {
        let (day, today) = (self.tz.to_datetime(instant), self.tz.to_datetime(self.now));
        let apart = (instant.as_second() - self.now.as_second()).abs();
        if day.date() == today.date() {
            self.chrome.time(instant, self.tz)
        } else if apart < HALF_A_YEAR {
            self.chrome.short_date_time(instant, self.tz)
        } else {
            self.chrome.date_time(instant, self.tz)
        }
    }
}

/// What stands above stories or lines.
pub(super) struct Heading {
    pub name: String,
    /// How many; empty where that is plain.
    pub count: String,
    pub urgent: bool,
}

#[derive(Template)]
#[template(path = "story.html", config = "src/mail/askama.toml")]
pub(super) struct StoryHtml<'a>(pub &'a StoryView<'a>);

#[derive(Template)]
#[template(path = "story.txt", config = "src/mail/askama.toml")]
pub(super) struct StoryText<'a>(pub &'a StoryView<'a>);

/// A headline with what tells it from others.
pub(super) struct Head<'a> {
    pub title: &'a [Piece],
    pub dir: &'static str,
    pub lang: Option<&'a str>,
    pub link: Option<&'a str>,
    /// Outlet, author, places, time: each a text of its own, which must not turn its neighbours around.
    pub meta: Vec<String>,
    /// "revised"; empty for what is not.
    pub revised: String,
    chrome: &'static Chrome,
}

impl<'a> Head<'a> {
    fn of(item: &'a DigestItem, meta: Vec<String>, chrome: &'static Chrome) -> Self {
        Self {
            title: &item.title,
            dir: direction(&item.title),
            lang: item.language.as_deref(),
            link: item.link.as_deref(),
            meta,
            revised: if item.updated {
                chrome.say("revised")
            } else {
                String::new()
            },
            chrome,
        }
    }

    pub fn is_revised(&self) -> bool {
        !self.revised.is_empty()
    }

    /// The headline as text, with the words marked, behind the sign of an item.
    pub fn title_text(&self, sign: &str) -> String {
        wrap_behind(&marked_text(self.title), sign, "  ")
    }

    pub fn meta_text(&self) -> String {
        let revised = self.is_revised().then_some(&self.revised);
        let meta = self.meta.iter().chain(revised);
        let meta: Vec<String> = meta.map(|part| self.chrome.isolated(part)).collect();
        wrap(&meta.join(" · "), "  ")
    }
}

/// One story in full.
pub(super) struct StoryView<'a> {
    pub heading: Option<Heading>,
    /// The watch's title, above its first story.
    pub watch: Option<&'a str>,
    /// Whether another story stands right above, so that a line must part them.
    pub follows: bool,
    /// Why it is told at once, or again.
    pub news: Vec<Named>,
    pub head: Head<'a>,
    pub excerpt: &'a [Piece],
    pub excerpt_dir: &'static str,
    /// Who reports it, a sentence each.
    pub facts: Vec<Named>,
    /// Who else has it.
    pub listings: Vec<Listing<'a>>,
    pub why: Why,
    /// Its page in the reading room.
    pub page: Option<String>,
    pub chrome: &'static Chrome,
}

/// A sentence around a name.
pub(super) struct Named {
    pub before: String,
    pub name: String,
    pub behind: String,
}

impl Named {
    fn plain(text: String) -> Self {
        Self {
            before: text,
            name: String::new(),
            behind: String::new(),
        }
    }

    fn text(&self, chrome: &Chrome) -> String {
        let name = chrome.isolated(&self.name);
        format!("{}{name}{}", self.before, self.behind)
    }
}

/// Outlets or headlines, behind what they are.
pub(super) struct Listing<'a> {
    pub above: String,
    pub lines: Vec<Linked<'a>>,
}

/// One of a list, behind what parts it from the one before.
pub(super) struct Linked<'a> {
    pub between: String,
    pub name: String,
    pub link: Option<&'a str>,
}

impl StoryView<'_> {
    pub fn excerpt_text(&self) -> String {
        wrap(&marked_text(self.excerpt), "    ")
    }

    pub fn news_text(&self) -> String {
        let news = self.news.iter().map(|news| news.text(self.chrome));
        wrap_behind(&news.collect::<Vec<_>>().join(" "), "! ", "  ")
    }

    pub fn facts_text(&self) -> String {
        let facts = self.facts.iter().map(|fact| fact.text(self.chrome));
        let facts: Vec<String> = facts.collect();
        wrap(&facts.join(" "), "    ")
    }

    /// One a line, with its link.
    pub fn listing_text(&self, listing: &Listing<'_>) -> String {
        let mut text = wrap(&listing.above, "    ");
        for line in &listing.lines {
            text.push('\n');
            let name = self.chrome.isolated(&line.name);
            text.push_str(&wrap_behind(&name, "    - ", "      "));
            if let Some(link) = line.link {
                text.push_str("\n      ");
                text.push_str(link);
            }
        }
        text
    }

    /// Leaves out what stands above it: the name of its topic or watch.
    pub fn under(&mut self, above: &str) {
        self.why.under(above, self.chrome);
    }

    pub fn why_text(&self) -> String {
        wrap(&self.why.text(self.chrome), "    ")
    }
}

/// A story in full; heading and watch are set by who knows what stands above it.
pub(super) fn story<'a>(story: &'a DigestStory, reading: Reading<'_>) -> StoryView<'a> {
    let chrome = reading.chrome;
    let item = &story.lead;
    StoryView {
        page: (reading.pages).map(|pages| format!("{pages}/items/{}", item.entry_id)),
        heading: None,
        watch: None,
        follows: false,
        news: (story.news.iter())
            .filter_map(|found| news(found, chrome))
            .collect(),
        head: Head::of(
            item,
            meta(item, reading.places(story), Author::Named, reading),
            chrome,
        ),
        excerpt: &item.excerpt,
        excerpt_dir: direction(&item.excerpt),
        facts: facts(story, reading),
        listings: listings(story, chrome),
        why: Why::of(story, chrome),
        chrome,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Author {
    Named,
    LeftOut,
}

/// Outlet, author, places, time.
fn meta(item: &DigestItem, places: &[String], author: Author, reading: Reading<'_>) -> Vec<String> {
    let mut meta = vec![item.feed_title.clone()];
    if author == Author::Named && !item.author.is_empty() && item.author != item.feed_title {
        meta.push(item.author.clone());
    }
    if !places.is_empty() {
        meta.push(reading.chrome.enumerated(places));
    }
    let time = reading.moment(item.time);
    meta.push(if item.undated {
        reading.chrome.say_with("undated", &[("time", time.into())])
    } else {
        time
    });
    meta
}

/// Who else has it: in words of their own, with the same text, and by the headlines of further reports.
fn listings<'a>(story: &'a DigestStory, chrome: &Chrome) -> Vec<Listing<'a>> {
    let (copies, own): (Vec<&Also>, Vec<&Also>) = story.also.iter().partition(|also| also.copy);
    let is_more = story.more > 0 && !story.also.is_empty();
    let more = is_more.then(|| chrome.count("more-names", story.more));
    let outlets = |key: &str, also: &[&'a Also], more: Option<&str>| {
        let names = also.iter().map(|also| also.outlet.as_str());
        let names: Vec<&str> = names.chain(more).collect();
        let links = also.iter().map(|also| also.link.as_deref());
        let parted = chrome.parted(&names).into_iter().zip(links.chain([None]));
        let line = |((between, name), link): ((String, &str), _)| Linked {
            between,
            name: name.to_owned(),
            link,
        };
        Listing {
            above: chrome.say(key),
            lines: parted.map(line).collect(),
        }
    };
    let report = |(place, report): (usize, &'a Also)| Linked {
        between: if place > 0 {
            " · ".to_owned()
        } else {
            String::new()
        },
        name: report.title.clone(),
        link: report.link.as_deref(),
    };
    let reports = Listing {
        above: chrome.say("more-reports"),
        lines: story.reports.iter().enumerate().map(report).collect(),
    };
    let listings = [
        outlets("also-in", &own, more.as_deref()),
        outlets("same-text-in", &copies, None),
        reports,
    ];
    let listings = listings.into_iter();
    listings
        .filter(|listing| !listing.lines.is_empty())
        .collect()
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

fn direction(pieces: &[Piece]) -> &'static str {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    if is_right_to_left(&text) {
        "rtl"
    } else {
        "ltr"
    }
}
