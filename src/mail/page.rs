//! Everything on a page but its items and its foot: the head with the counts, and what is told by count.

mod counts;
mod head;

use askama::Template;

use super::footer::{Footer, doubts};
use super::language::{MessageCatalog, catalog};
use super::limits::{NAME_CHARS, more_by};
use super::story::topic_name;
use super::week::unusual_days;
use super::wrapping::{wrap, wrap_behind};
use crate::core::digest::{DetailLevel, Digest, GroupBy, Kind, Privacy, Reason, clean_line};
pub(super) use counts::{archives, archives_command, rest};
pub(super) use head::{preheader, subject, summary};

#[derive(Template)]
#[template(path = "page.html", config = "src/mail/askama.toml")]
pub(super) struct PageHtml<'a> {
    pub page: &'a Page,
    /// Rendered items, HTML already.
    pub body: &'a str,
}

#[derive(Template)]
#[template(path = "page.txt", config = "src/mail/askama.toml")]
pub(super) struct PageText<'a> {
    pub page: &'a Page,
    pub body: &'a str,
}

/// A line of the contents.
pub(super) struct Contents {
    pub topic: String,
    pub count: usize,
}

/// Everything on a page but its items.
pub(super) struct Page {
    /// The language that it speaks.
    pub catalog: &'static MessageCatalog,
    pub subject: String,
    pub preheader: String,
    pub reader: String,
    pub dateline: String,
    /// In one line, whether anything may be missing; an alert says it in its foot, and nowhere else.
    pub completeness: Option<Completeness>,
    /// What was found, in one sentence; the page's headline.
    pub summary: String,
    /// How much of it is here; empty when everything is.
    pub extent: String,
    /// What goes with the mail as a file; empty when nothing does.
    pub attached: String,
    /// Why the mail came out of turn; may be empty.
    pub note: String,
    /// What is far beyond the habit, a sentence each.
    pub unusual: Vec<String>,
    /// What has no room for more than its number.
    pub rest: Option<Rest>,
    /// Feeds that showed many old items at once, a line each.
    pub archives: Vec<Contents>,
    /// The sentence with the command that lists those items.
    pub archives_command: String,
    pub footer: Option<Footer>,
}

/// Whether everything is in the mail that happened.
pub(super) struct Completeness {
    pub sentence: String,
    pub is_complete: bool,
}

/// What is told by count.
pub(super) struct Rest {
    /// How much it is, as the language writes it.
    pub count: String,
    /// The sentence with the command that lists it.
    pub command: String,
    pub topics: Vec<Contents>,
}

impl Page {
    /// To whom to write to receive less.
    pub fn receive_less(&self, operator: &str) -> String {
        let operator = operator.to_owned().into();
        self.catalog
            .say_with("to-receive-less", &[("address", operator)])
    }

    pub fn unusual_text(&self) -> Vec<String> {
        let lines = self.unusual.iter();
        lines.map(|line| wrap_behind(line, "! ", "  ")).collect()
    }

    /// A topic a line, behind its count: numbers stand in a column whatever the width of a name's letters.
    pub fn rest_text(&self) -> Vec<String> {
        let lines = self.rest.as_ref().map_or(&[][..], |told| &told.topics);
        let line = |line: &Contents| {
            let count = self.catalog.number(line.count);
            let count = format!("{count:>7}  ");
            wrap_behind(&self.catalog.isolated(&line.topic), &count, "         ")
        };
        lines.iter().map(line).collect()
    }

    /// Feeds that showed many old items at once, a line each.
    pub fn archives_lines(&self) -> Vec<String> {
        let line = |line: &Contents| {
            let (name, colon) = (
                self.catalog.isolated(&line.topic),
                self.catalog.say("colon"),
            );
            let count = self.catalog.count("items-appeared-at-once", line.count);
            wrap_behind(&format!("{name}{colon}{count}"), "- ", "  ")
        };
        self.archives.iter().map(line).collect()
    }
}

/// Whether anything may be missing, in one line; its detail is in the foot.
pub(super) fn completeness(digest: &Digest) -> Option<Completeness> {
    if matches!(digest.kind, Kind::Alert { .. }) {
        return None;
    }
    let catalog = catalog(digest.recipient.language);
    let coverage = &digest.coverage;
    let doubts = doubts(coverage, catalog);
    let is_complete = doubts.is_none() && coverage.feeds_polled > 0;
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let first = match doubts {
        Some(doubts) => doubts,
        None if polled == 0 => catalog.say("no-feed-polled"),
        None => catalog.count("complete", polled),
    };
    let mut sentences = vec![format!("{first}.")];
    if is_complete {
        for (key, n) in [
            ("feeds-silent", coverage.silent.len()),
            ("watches-are-muted", coverage.muted_now()),
        ] {
            sentences.extend((n > 0).then(|| catalog.count(key, n)));
        }
    }
    let held_back = coverage.held_back();
    if held_back > 0 {
        sentences.push(format!("{}.", catalog.count("held-back", held_back)));
    }
    Some(Completeness {
        sentence: sentences.join(" "),
        is_complete,
    })
}

/// Why the mail came out of turn; empty when it did not.
pub(super) fn note(digest: &Digest) -> String {
    if digest.kind == Kind::Digest(Reason::Flood) {
        catalog(digest.recipient.language).say("digest-for-alerts")
    } else {
        String::new()
    }
}

/// Watches and places with far more than is their habit, a sentence each.
pub(super) fn unusual(digest: &Digest) -> Vec<String> {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= DetailLevel::Headline {
        return Vec::new();
    }
    unusual_days(catalog(digest.recipient.language), &digest.unusual)
}

/// A watch by its title.
pub(super) fn watch_name(title: &str) -> String {
    clean_line(title, NAME_CHARS)
}

/// A heading above items.
pub(super) fn group_name(name: Option<&str>, by: GroupBy, catalog: &MessageCatalog) -> String {
    match (name, by) {
        (name, GroupBy::Topic) => topic_name(name, catalog),
        (None, GroupBy::Place) => catalog.say("no-place"),
        (Some(place), GroupBy::Place) => clean_line(place, NAME_CHARS),
    }
}

/// How much of what was found is in the mail, and in what words.
pub(super) fn extent(digest: &Digest, full: usize, headlines: usize) -> String {
    let catalog = catalog(digest.recipient.language);
    let with_command = |key: &str| catalog.say_with(key, &[("command", command(digest).into())]);
    let stories = digest.totals.stories;
    let refused = match digest.wording {
        // Nothing is kept out of a mail that has nothing to tell.
        _ if digest.recipient.privacy == Privacy::Sealed && digest.is_empty() => None,
        _ if digest.recipient.privacy == Privacy::Sealed => return with_command("kept-out"),
        DetailLevel::Whole => None,
        DetailLevel::HeadlinesOnly => Some("refused-words"),
        DetailLevel::Headline => Some("refused-all-but-headline"),
        DetailLevel::CountOnly => Some("refused-everything"),
    };
    if let Some(refused) = refused {
        let parts = [Some(with_command(refused)), entries(digest, catalog)];
        return parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    if full >= stories {
        return String::new();
    }
    let parts = [
        ("in-full", full),
        ("as-headlines", headlines),
        ("by-count", stories.saturating_sub(full + headlines)),
    ];
    let parts = parts
        .into_iter()
        .filter(|(key, count)| *count > 0 || *key != "by-count");
    let parts: Vec<String> = parts
        .map(|(key, count)| catalog.count(key, count))
        .collect();
    parts.join(" ")
}

/// What is in the table beside the mail; empty without one.
pub(super) fn attached(digest: &Digest) -> String {
    let Some(attachment) = &digest.attachment else {
        return String::new();
    };
    let catalog = catalog(digest.recipient.language);
    let file = clean_line(&attachment.name, NAME_CHARS);
    if attachment.rows >= attachment.hits {
        let values = [("file", file.into()), ("total", attachment.hits.into())];
        return catalog.say_with("attached", &values);
    }
    let list = format!("newsvigil hits --mail {} --csv", digest.number);
    let list = catalog.say_with("quoted", &[("text", list.into())]);
    let values = [
        ("file", file.into()),
        ("shown", attachment.rows.into()),
        ("total", attachment.hits.into()),
        ("command", list.into()),
    ];
    catalog.say_with("attached-in-part", &values)
}

/// Entries beyond this many are listed by the command.
const ENTRIES_MAX: usize = 10;

/// "Item 5.", for mails that say little more of an item.
fn entries(digest: &Digest, catalog: &MessageCatalog) -> Option<String> {
    let new = digest.stories.iter().chain(&digest.headlines);
    let new = new.map(|story| &story.lead);
    let shown = new.chain(&digest.later);
    let ids: Vec<String> = shown.map(|item| item.entry_id.to_string()).collect();
    (1..=ENTRIES_MAX).contains(&ids.len()).then(|| {
        let numbers = ids.join(&catalog.say("comma"));
        let values = [("count", ids.len().into()), ("numbers", numbers.into())];
        catalog.say_with("item-numbers", &values)
    })
}

/// The command that lists what a mail tells, in quotation marks.
fn command(digest: &Digest) -> String {
    let command = format!("newsvigil hits --mail {}", digest.number);
    catalog(digest.recipient.language).say_with("quoted", &[("text", command.into())])
}

/// "4", or "4 of 300" when the others are told elsewhere.
pub(super) fn part_of(shown: usize, total: usize, catalog: &MessageCatalog) -> String {
    if shown >= total {
        catalog.number(shown)
    } else {
        let values = [("shown", shown.into()), ("total", total.into())];
        catalog.say_with("part-of", &values)
    }
}

/// Where the others are that have no room; empty when all are shown.
pub(super) fn more(digest: &Digest, all: usize, shown: usize) -> String {
    more_by(
        &command(digest),
        all,
        shown,
        catalog(digest.recipient.language),
    )
}
