//! Everything on a page but its items and its foot: the head with the counts, and what is told by count.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;

use super::foot::{Footer, doubts};
use super::language::{Chrome, chrome};
use super::story::shown_topic;
use super::view::{width, wrap, wrap_behind};
use super::week::unusual_days;
use crate::core::digest::{
    Count, Digest, DigestStory, GroupBy, Kind, Privacy, Reason, Wording, clean_line,
};

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

impl Rest {
    pub fn command_text(&self) -> String {
        wrap(&self.command, "")
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

    pub fn attached_text(&self) -> String {
        wrap(&self.attached, "")
    }

    pub fn archives_text(&self) -> String {
        wrap(&self.archives_command, "")
    }

    pub fn note_text(&self) -> String {
        wrap(&self.note, "")
    }

    pub fn unusual_text(&self) -> Vec<String> {
        let lines = self.unusual.iter();
        lines.map(|line| wrap_behind(line, "! ", "  ")).collect()
    }

    pub fn completeness_text(&self) -> String {
        let line = self.completeness.as_ref();
        line.map_or_else(String::new, |line| wrap(&line.sentence, ""))
    }

    pub fn summary_text(&self) -> String {
        wrap(&self.summary, "")
    }

    /// A topic a line, the counts in a column.
    pub fn rest_text(&self) -> Vec<String> {
        let lines = self.rest.as_ref().map_or(&[][..], |rest| &rest.topics);
        let width = lines
            .iter()
            .map(|line| width(&line.topic))
            .max()
            .unwrap_or(0);
        let padding = |line: &Contents| " ".repeat(width - super::view::width(&line.topic));
        let line = |line: &Contents| {
            let count = self.chrome.number(line.count);
            format!("  {}{}  {count:>5}", line.topic, padding(line))
        };
        lines.iter().map(line).collect()
    }
}

/// What was found, as a headline.
pub(super) fn summary(digest: &Digest) -> String {
    let nothing = if digest.totals.developing > 0 {
        None
    } else if digest.totals.alerted == 0 {
        Some("nothing-new")
    } else {
        Some("nothing-new-beside-alerts")
    };
    summed_up(digest, nothing)
}

/// The same; that nothing is new by this message, or not at all.
fn summed_up(digest: &Digest, nothing: Option<&str>) -> String {
    let chrome = chrome(digest.recipient.language);
    let (items, alerted) = (digest.totals.items, digest.totals.alerted);
    let mut later = digest.totals.later;
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let topics = digest.totals.topics.len();
    // Its headings are no topics.
    let by_place = digest.recipient.group_by == GroupBy::Place;
    let stories = digest.totals.stories;
    let counts = [
        ("count", stories.into()),
        ("items", items.into()),
        ("topics", topics.into()),
    ];
    let found = || {
        if stories == items {
            chrome.count("new-items", items)
        } else {
            chrome.say_with("new-stories", &counts)
        }
    };
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
        Kind::Digest(_) if stories == 0 => nothing.map(|nothing| chrome.say(nothing)),
        Kind::Digest(_) if sealed || topics < 2 || by_place => Some(found()),
        Kind::Digest(_) if stories == items => {
            Some(chrome.say_with("new-items-in-topics", &counts))
        }
        Kind::Digest(_) => Some(chrome.say_with("new-stories-in-topics", &counts)),
    };
    let archived = digest.totals.archived();
    let says_new = is_unmailed || items + alerted > 0 || later + archived == 0;
    let mut parts: Vec<String> = new.filter(|_| says_new).into_iter().collect();
    for (key, count) in [
        ("stories-developing", digest.totals.developing),
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

/// Whether anything may be missing, in one line; its detail is in the foot.
pub(super) fn completeness(digest: &Digest) -> Option<Completeness> {
    if matches!(digest.kind, Kind::Alert { .. }) {
        return None;
    }
    let chrome = chrome(digest.recipient.language);
    let coverage = &digest.coverage;
    let doubts = doubts(coverage, chrome);
    let is_complete = doubts.is_none() && coverage.feeds_polled > 0;
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let sentence = match doubts {
        Some(doubts) => doubts,
        None if polled == 0 => chrome.say("no-feed-polled"),
        None => {
            parts.push(chrome.count("complete", polled));
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
    };
    Some(Completeness {
        sentence: format!("{sentence}."),
        is_complete,
    })
}

/// Why the mail came out of turn; empty when it did not.
pub(super) fn note(digest: &Digest) -> String {
    if digest.kind == Kind::Digest(Reason::Flood) {
        chrome(digest.recipient.language).say("digest-for-alerts")
    } else {
        String::new()
    }
}

/// Watches and places with far more than is their habit, a sentence each.
pub(super) fn unusual(digest: &Digest) -> Vec<String> {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= Wording::Headline {
        return Vec::new();
    }
    unusual_days(chrome(digest.recipient.language), &digest.unusual)
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

/// "7 new: strongest headline". Sealed mails say the count and nothing else.
pub(super) fn subject(digest: &Digest) -> String {
    let chrome = chrome(digest.recipient.language);
    let stories = digest.totals.stories;
    if stories == 0 && matches!(digest.kind, Kind::Digest(_)) {
        return subject_without_items(digest);
    }
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= Wording::Headline {
        return summary(digest);
    }
    let mut head = match &digest.kind {
        Kind::Alert { watch_title, .. } => {
            let more = if stories > 1 {
                format!(" ({})", chrome.number(stories))
            } else {
                String::new()
            };
            format!("{}{more}", clean_line(watch_title, 60))
        }
        Kind::Digest(_) => chrome.count("new", stories),
    };
    if let Some(story) = digest.strongest()
        && digest.wording == Wording::Whole
    {
        // Plain ASCII in English, so that an English subject needs no encoding.
        head.push_str(&chrome.say("colon"));
        head.push_str(&clean_line(&plain_title(story), 110));
    }
    head
}

fn plain_title(story: &DigestStory) -> String {
    let title = story.lead.title.iter();
    title.map(|piece| piece.text.as_str()).collect()
}

/// What a mail program shows beside the subject: what may be missing, and the headlines behind the strongest; of an
/// alert how it begins.
pub(super) fn preheader(digest: &Digest) -> String {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= Wording::Headline {
        return summary(digest);
    }
    let mut parts: Vec<String> = Vec::new();
    if let Kind::Alert { .. } = &digest.kind {
        let excerpt = digest.stories.iter().flat_map(|story| &story.lead.excerpt);
        let excerpt: String = excerpt.take(6).map(|piece| piece.text.as_str()).collect();
        parts.extend(excerpt.split_inclusive(". ").next().map(str::to_owned));
    } else {
        let doubtful = completeness(digest).filter(|line| !line.is_complete);
        parts.extend(doubtful.map(|line| line.sentence));
        if digest.wording == Wording::Whole {
            let stories = digest.stories.iter().chain(&digest.headlines);
            parts.extend(stories.skip(1).take(3).map(plain_title));
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| clean_line(part, 140)).collect();
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    clean_line(&parts.join(" · "), 200)
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
        |topic| shown_topic(&clean_line(topic, NAME_CHARS)),
    )
}

/// How much of what was found is in the mail, and in what words.
pub(super) fn extent(digest: &Digest, full: usize, headlines: usize) -> String {
    let chrome = chrome(digest.recipient.language);
    let with_command = |key: &str| chrome.say_with(key, &[("command", command(digest).into())]);
    let stories = digest.totals.stories;
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
    let parts: Vec<String> = parts.map(|(key, count)| chrome.count(key, count)).collect();
    parts.join(" ")
}

/// What is in the table beside the mail; empty without one.
pub(super) fn attached(digest: &Digest) -> String {
    let Some(attachment) = &digest.attachment else {
        return String::new();
    };
    let chrome = chrome(digest.recipient.language);
    let file = clean_line(&attachment.name, NAME_CHARS);
    if attachment.rows >= attachment.hits {
        let values = [("file", file.into()), ("total", attachment.hits.into())];
        return chrome.say_with("attached", &values);
    }
    let list = format!("newsvigil hits --mail {} --csv", digest.number);
    let list = chrome.say_with("quoted", &[("text", list.into())]);
    let values = [
        ("file", file.into()),
        ("shown", attachment.rows.into()),
        ("total", attachment.hits.into()),
        ("command", list.into()),
    ];
    chrome.say_with("attached-in-part", &values)
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

/// What is neither in full nor a headline; `None` when there is nothing. `shown` gives the topic of each story
/// that is.
pub(super) fn rest(digest: &Digest, shown: &[Option<&str>]) -> Option<Rest> {
    let stories = digest.totals.stories.saturating_sub(shown.len());
    if stories == 0 || digest.wording >= Wording::Headline {
        return None;
    }
    let mut shown_of: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for topic in shown {
        *shown_of.entry(*topic).or_default() += 1;
    }
    let left = digest.totals.topics.iter().map(|count| {
        let shown = shown_of.get(&count.name.as_deref()).copied().unwrap_or(0);
        Count {
            items: count.items.saturating_sub(shown),
            ..count.clone()
        }
    });
    let mut left: Vec<Count> = left.filter(|count| count.items > 0).collect();
    left.sort_by_key(|count| Reverse(count.items));
    let chrome = chrome(digest.recipient.language);
    Some(Rest {
        count: chrome.number(stories),
        command: chrome.say_with("no-room", &[("command", command(digest).into())]),
        topics: counted(&left, COUNTS_MAX, "more-topics", chrome),
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

/// Why something was found later.
pub(super) fn why_later(digest: &Digest) -> String {
    chrome(digest.recipient.language).say("found-by-edited-watch")
}

/// Where that is which was found later and has no room.
pub(super) fn more_later(digest: &Digest, shown: usize) -> String {
    more(digest, "more-found-later", digest.totals.later, shown)
}

/// Where the stories are that go on and have no room.
pub(super) fn more_developing(digest: &Digest, shown: usize) -> String {
    more(digest, "more-alerts", digest.totals.developing, shown)
}

fn more(digest: &Digest, key: &str, all: usize, shown: usize) -> String {
    match all.saturating_sub(shown) {
        0 => String::new(),
        more => {
            let values = [("count", more.into()), ("command", command(digest).into())];
            chrome(digest.recipient.language).say_with(key, &values)
        }
    }
}

/// Where the alerts are that have no room.
pub(super) fn more_alerted(digest: &Digest, shown: usize) -> String {
    more(digest, "more-alerts", digest.totals.alerted, shown)
}
