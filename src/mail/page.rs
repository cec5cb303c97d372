//! Everything on a page but its items and its foot: the head with the counts, and what is told by count.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;

use super::foot::{Footer, doubts};
use super::language::{Chrome, chrome};
use super::view::wrap;
use crate::core::digest::{Count, Digest, GroupBy, Kind, Privacy, Reason, Wording, clean_line};

/// Names listed under one heading of the footer.
pub(super) const NAMES_MAX: usize = 40;
pub(super) const NAME_CHARS: usize = 120;
/// Names in one table of what is told by count.
const COUNTS_MAX: usize = 20;
/// Bytes of HTML of the names in one list: what strangers call themselves must leave room for what was
/// found.
pub(super) const LIST_BYTES: usize = 8 << 10;

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
    pub chrome: &'static Chrome,
    pub subject: String,
    pub preheader: String,
    pub reader: String,
    pub dateline: String,
    /// What was found, in one sentence; the page's headline.
    pub summary: String,
    /// How much of it is here; empty when everything is.
    pub extent: String,
    /// What the reader must know before reading on; may be empty.
    pub caution: String,
    pub contents: Vec<Contents>,
    /// What has no room for more than its number.
    pub rest: Option<Rest>,
    /// Feeds that showed many old items at once, a line each.
    pub archives: Vec<Contents>,
    /// The sentence with the command that lists those items.
    pub archives_command: String,
    pub footer: Option<Footer>,
}

/// What is told by count.
pub(super) struct Rest {
    /// How much it is, as the language writes it.
    pub count: String,
    /// The sentence with the command that lists it.
    pub command: String,
    pub topics: Vec<Contents>,
    pub feeds: Vec<Contents>,
}

impl Rest {
    pub fn command_text(&self) -> String {
        wrap(&self.command, "")
    }

    pub fn tables(&self) -> [(&'static str, &[Contents]); 2] {
        [("by-topic", &self.topics), ("by-feed", &self.feeds)]
    }
}

impl Page {
    /// To whom to write to receive less.
    pub fn receive_less(&self, operator: &str) -> String {
        let operator = operator.to_owned().into();
        self.chrome
            .say_with("to-receive-less", &[("address", operator)])
    }

    pub fn extent_text(&self) -> String {
        wrap(&self.extent, "")
    }

    pub fn archives_text(&self) -> String {
        wrap(&self.archives_command, "")
    }

    pub fn caution_text(&self) -> String {
        wrap(&self.caution, "")
    }

    pub fn summary_text(&self) -> String {
        wrap(&self.summary, "")
    }

    /// Columns of the longest topic, so that the counts stand in a column.
    pub fn contents_text(&self) -> Vec<String> {
        let width = self
            .contents
            .iter()
            .map(|line| line.topic.chars().count())
            .max()
            .unwrap_or(0);
        self.contents
            .iter()
            .map(|line| {
                let count = self.chrome.number(line.count);
                format!("  {:<width$}  {count:>4}", line.topic)
            })
            .collect()
    }
}

/// What was found, as a headline.
pub(super) fn summary(digest: &Digest) -> String {
    let nothing = if digest.totals.alerted == 0 {
        "nothing-new"
    } else {
        "nothing-new-beside-alerts"
    };
    summed_up(digest, Some(nothing))
}

/// The same; that nothing is new by this message, or not at all.
fn summed_up(digest: &Digest, nothing: Option<&str>) -> String {
    let chrome = chrome(digest.recipient.language);
    let (items, alerted) = (digest.totals.items, digest.totals.alerted);
    let mut later = digest.totals.later;
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let found = || chrome.count("new-items", items);
    let topics = digest.totals.topics.len();
    let is_unmailed = items + later > 0 && !sealed && digest.wording == Wording::Count;
    let new = match &digest.kind {
        _ if is_unmailed => {
            let unmailed = items + std::mem::take(&mut later);
            Some(chrome.count("items-not-mailed", unmailed))
        }
        Kind::Alert { watch_title, .. } if digest.wording < Wording::Headline && !sealed => {
            let watch = clean_line(watch_title, NAME_CHARS);
            let watch = chrome.isolated(&watch);
            Some(format!("{watch}{}{}", chrome.say("colon"), found()))
        }
        Kind::Alert { .. } => Some(found()),
        Kind::Digest(_) if items == 0 => nothing.map(|nothing| chrome.say(nothing)),
        Kind::Digest(_) if sealed || topics < 2 => Some(found()),
        Kind::Digest(_) => {
            let values = [("count", items.into()), ("topics", topics.into())];
            Some(chrome.say_with("new-items-in-topics", &values))
        }
    };
    let archived = digest.totals.archived();
    let says_new = is_unmailed || items + alerted > 0 || later + archived == 0;
    let mut parts: Vec<String> = new.filter(|_| says_new).into_iter().collect();
    for (key, count) in [
        // A sealed mail counts them apart, too: its alerts have counted them already.
        ("alerts-sent-before", alerted),
        ("items-found-later", later),
        ("items-appeared-at-once", archived),
    ] {
        if count > 0 {
            parts.push(chrome.count(key, count));
        }
    }
    parts.join(&chrome.say("comma"))
}

/// Sentences on what may be missing, and on why the mail came out of turn. An alert says the first in its foot,
/// and nowhere else.
pub(super) fn caution(digest: &Digest) -> String {
    let chrome = chrome(digest.recipient.language);
    let mut sentences = Vec::new();
    if digest.kind == Kind::Digest(Reason::Flood) {
        sentences.push(chrome.say("digest-for-alerts"));
    }
    if matches!(digest.kind, Kind::Digest(_)) {
        sentences.extend(doubts(&digest.coverage, chrome).map(|doubts| format!("{doubts}.")));
    }
    sentences.join(" ")
}

/// Of a digest without a new item: what may be missing, if anything may be; that nothing is new, only if nothing
/// else is to be said. It holds no word of strangers.
fn subject_without_items(digest: &Digest) -> String {
    let chrome = chrome(digest.recipient.language);
    let coverage = &digest.coverage;
    if let Some(doubts) = doubts(coverage, chrome) {
        let told = summed_up(digest, None);
        return if told.is_empty() {
            doubts
        } else {
            format!("{doubts}{}{told}", chrome.say("semicolon"))
        };
    }
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let mut parts = if polled == 0 && digest.is_empty() {
        vec![chrome.say("no-feed-polled")]
    } else {
        let polled = chrome.count("feeds-polled", polled);
        vec![summary(digest) + &chrome.say("semicolon") + &polled]
    };
    for (key, n) in [
        ("silent-for-long", coverage.silent.len()),
        ("watches-muted", coverage.muted.len()),
    ] {
        if n > 0 {
            parts.push(chrome.count(key, n));
        }
    }
    parts.join(&chrome.say("comma"))
}

/// "7 new in 3 topics: strongest headline". Sealed mails say the count and nothing else.
pub(super) fn subject(digest: &Digest) -> String {
    let chrome = chrome(digest.recipient.language);
    let items = digest.totals.items;
    if items == 0 && matches!(digest.kind, Kind::Digest(_)) {
        return subject_without_items(digest);
    }
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= Wording::Headline {
        return summary(digest);
    }
    let topics = digest.totals.topics.len();
    let mut head = match &digest.kind {
        Kind::Alert { watch_title, .. } => {
            let more = if items > 1 {
                format!(" ({})", chrome.number(items))
            } else {
                String::new()
            };
            format!("{}{more}", clean_line(watch_title, 60))
        }
        Kind::Digest(_) if topics > 1 => {
            let values = [("count", items.into()), ("topics", topics.into())];
            chrome.say_with("new-in-topics", &values)
        }
        Kind::Digest(_) => chrome.count("new", items),
    };
    if let Some(story) = digest.strongest()
        && digest.wording == Wording::Whole
    {
        let title: String = story
            .lead
            .title
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        // Plain ASCII in English, so that an English subject needs no encoding.
        head.push_str(&chrome.say("colon"));
        head.push_str(&clean_line(&title, 110));
    }
    head
}

/// What a mail program shows beside the subject.
pub(super) fn preheader(digest: &Digest) -> String {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= Wording::Headline {
        return summary(digest);
    }
    let mut parts: Vec<String> = match &digest.kind {
        Kind::Alert { .. } => digest
            .stories
            .iter()
            .flat_map(|story| &story.lead.excerpt)
            .map(|piece| piece.text.clone())
            .take(6)
            .collect::<Vec<_>>()
            .concat()
            .split_inclusive(". ")
            .take(1)
            .map(|sentence| clean_line(sentence, 140))
            .filter(|sentence| !sentence.is_empty())
            .collect(),
        Kind::Digest(_) => contents(digest)
            .iter()
            .map(|line| {
                let count = chrome(digest.recipient.language).number(line.count);
                format!("{} {count}", line.topic)
            })
            .collect(),
    };
    let caution = caution(digest);
    if !caution.is_empty() {
        parts.push(caution);
    }
    clean_line(&parts.join(" · "), 200)
}

/// The topics with their counts; the last line stands for those that do not fit.
pub(super) fn contents(digest: &Digest) -> Vec<Contents> {
    let chrome = chrome(digest.recipient.language);
    counted(&digest.totals.topics, NAMES_MAX, "more-topics", chrome)
}

/// As many lines as there is room for, and one for the others, by this message.
fn counted(counts: &[Count], lines_max: usize, others_key: &str, chrome: &Chrome) -> Vec<Contents> {
    let mut room = LIST_BYTES;
    let mut lines: Vec<Contents> = counts
        .iter()
        .take(lines_max)
        .map(|count| Contents {
            topic: topic_name(count.title.as_deref().or(count.name.as_deref()), chrome),
            count: count.items,
        })
        .take_while(|line| fits(&mut room, &line.topic))
        .collect();
    let others = counts.get(lines.len()..).unwrap_or_default();
    if !others.is_empty() {
        lines.push(Contents {
            topic: chrome.count(others_key, others.len()),
            count: others.iter().map(|count| count.items).sum(),
        });
    }
    lines
}

/// Whether `text` has room, which it then takes. In HTML a character becomes six at most.
pub(super) fn fits(room: &mut usize, text: &str) -> bool {
    let special = text.bytes().filter(|b| b"&<>\"'".contains(b)).count();
    let size = text.len() + 5 * special;
    let enough = size <= *room;
    *room = room.saturating_sub(size);
    enough
}

/// A heading above items.
pub(super) fn group_name(name: Option<&str>, by: GroupBy, chrome: &Chrome) -> String {
    match (name, by) {
        (None, GroupBy::Place) => chrome.say("no-place"),
        _ => topic_name(name, chrome),
    }
}

fn topic_name(topic: Option<&str>, chrome: &Chrome) -> String {
    topic.map_or_else(
        || chrome.say("no-topic"),
        |topic| clean_line(topic, NAME_CHARS),
    )
}

/// How much of what was found is in the mail, and in what words.
pub(super) fn extent(digest: &Digest, full: usize, headlines: usize) -> String {
    let chrome = chrome(digest.recipient.language);
    let with_command = |key: &str| chrome.say_with(key, &[("command", command(digest).into())]);
    let items = digest.totals.items;
    let refused = match digest.wording {
        // Nothing is kept out of a mail that has nothing to tell.
        _ if digest.recipient.privacy == Privacy::Sealed && digest.is_empty() => None,
        _ if digest.recipient.privacy == Privacy::Sealed => return with_command("kept-out"),
        Wording::Whole => None,
        Wording::Plain => Some("refused-words"),
        Wording::Headline => Some("refused-all-but-headline"),
        Wording::Count => Some("refused-everything"),
    };
    if let Some(refused) = refused {
        let parts = [Some(with_command(refused)), entries(digest, chrome)];
        return parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    if full == items {
        return String::new();
    }
    let parts = [
        ("in-full", full),
        ("as-headlines", headlines),
        ("by-count", items - full - headlines),
    ];
    let parts = parts
        .into_iter()
        .filter(|(key, count)| *count > 0 || *key != "by-count");
    let parts: Vec<String> = parts.map(|(key, count)| chrome.count(key, count)).collect();
    parts.join(" ")
}

/// Entries beyond this many are listed by the command.
const ENTRIES_MAX: usize = 10;

/// "Item 5.", for mails that say little more of an item.
fn entries(digest: &Digest, chrome: &Chrome) -> Option<String> {
    let new = digest.stories.iter().chain(&digest.headlines);
    let new = new.map(|story| &story.lead);
    let shown = new.chain(&digest.later);
    let ids: Vec<String> = shown.map(|item| item.entry_id.to_string()).collect();
    (1..=ENTRIES_MAX).contains(&ids.len()).then(|| {
        let numbers = ids.join(&chrome.say("comma"));
        let values = [("count", ids.len().into()), ("numbers", numbers.into())];
        chrome.say_with("item-numbers", &values)
    })
}

/// The command that lists what a mail tells, in quotation marks.
fn command(digest: &Digest) -> String {
    let command = format!("newsvigil hits --mail {}", digest.number);
    chrome(digest.recipient.language).say_with("quoted", &[("text", command.into())])
}

/// What is neither in full nor a headline; `None` when there is nothing. `shown` gives topic and feed
/// of each item that is.
pub(super) fn rest<'a>(digest: &Digest, shown: &[(Option<&'a str>, &'a str)]) -> Option<Rest> {
    let items = digest.totals.items - shown.len();
    if items == 0 || digest.wording >= Wording::Headline {
        return None;
    }
    let left = |counts: &[Count],
                name_of: &dyn Fn((Option<&'a str>, &'a str)) -> Option<&'a str>| {
        let mut shown_of: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        for item in shown {
            *shown_of.entry(name_of(*item)).or_default() += 1;
        }
        let left = counts.iter().map(|count| {
            let shown = shown_of.get(&count.name.as_deref()).copied().unwrap_or(0);
            Count {
                items: count.items.saturating_sub(shown),
                title: count
                    .title
                    .clone()
                    .filter(|_| digest.wording == Wording::Whole),
                name: count.name.clone(),
            }
        });
        let mut left: Vec<Count> = left.filter(|count| count.items > 0).collect();
        left.sort_by_key(|count| Reverse(count.items));
        left
    };
    let chrome = chrome(digest.recipient.language);
    let topics = left(&digest.totals.topics, &|(topic, _)| topic);
    let feeds = left(&digest.totals.feeds, &|(_, feed)| Some(feed));
    Some(Rest {
        count: chrome.number(items),
        command: chrome.say_with("no-room", &[("command", command(digest).into())]),
        topics: counted(&topics, COUNTS_MAX, "more-topics", chrome),
        feeds: counted(&feeds, COUNTS_MAX, "more-feeds", chrome),
    })
}

/// Old items that feeds showed at once, by feed.
pub(super) fn archives(digest: &Digest) -> Vec<Contents> {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= Wording::Headline {
        return Vec::new();
    }
    let mut feeds = digest.totals.archives.clone();
    if digest.wording != Wording::Whole {
        for feed in &mut feeds {
            feed.title = None;
        }
    }
    let chrome = chrome(digest.recipient.language);
    counted(&feeds, COUNTS_MAX, "more-feeds", chrome)
}

/// Where the items of [`archives`] are.
pub(super) fn archives_command(digest: &Digest) -> String {
    let chrome = chrome(digest.recipient.language);
    chrome.say_with("not-there-before", &[("command", command(digest).into())])
}

/// "4", or "4 of 300" when the others are told elsewhere.
pub(super) fn part_of(shown: usize, total: usize, chrome: &Chrome) -> String {
    if shown >= total {
        chrome.number(shown)
    } else {
        let values = [("shown", shown.into()), ("total", total.into())];
        chrome.say_with("part-of", &values)
    }
}

/// What was found later, and where that is which has no room.
pub(super) fn more_later(digest: &Digest, shown: usize) -> String {
    let chrome = chrome(digest.recipient.language);
    let why = || chrome.say("found-by-edited-watch");
    match digest.totals.later {
        0 => String::new(),
        all if all == shown => why(),
        all => {
            let command = command(digest).into();
            let values = [("count", (all - shown).into()), ("command", command)];
            format!("{} {}", why(), chrome.say_with("more-found-later", &values))
        }
    }
}

/// Where the alerts are that have no room.
pub(super) fn more_alerted(digest: &Digest, shown: usize) -> String {
    let chrome = chrome(digest.recipient.language);
    match digest.totals.alerted - shown {
        0 => String::new(),
        more => {
            let values = [("count", more.into()), ("command", command(digest).into())];
            chrome.say_with("more-alerts", &values)
        }
    }
}
