//! Everything on a page but its items and its foot: the head with the counts, and what is told by count.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use askama::Template;

use super::foot::{Footer, doubts};
use super::view::{count, wrap};
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

impl Contents {
    /// Of a feed's old items.
    pub fn appeared(&self) -> String {
        format!(
            "{} appeared at once",
            count(self.count, "older item", "older items")
        )
    }
}

/// Everything on a page but its items.
pub(super) struct Page {
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
    pub count: usize,
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
        [("By topic", &self.topics), ("By feed", &self.feeds)]
    }
}

impl Page {
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
            .map(|line| format!("  {:<width$}  {:>4}", line.topic, line.count))
            .collect()
    }
}

/// What was found, as a headline.
pub(super) fn summary(digest: &Digest) -> String {
    let (items, alerted) = (digest.totals.items, digest.totals.alerted);
    let mut later = digest.totals.later;
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let mut text = match (&digest.kind, items) {
        _ if items + later > 0 && !sealed && digest.wording == Wording::Count => {
            let unmailed = items + std::mem::take(&mut later);
            format!("{} could not be mailed", count(unmailed, "item", "items"))
        }
        (Kind::Alert { .. }, _) if digest.wording >= Wording::Headline => {
            count(items, "new item", "new items")
        }
        (_, _) if sealed && items > 0 => count(items, "new item", "new items"),
        (Kind::Digest(_), 0) if alerted == 0 => "Nothing new".to_owned(),
        (Kind::Digest(_), 0) => "Nothing new beside the alerts".to_owned(),
        (Kind::Digest(_), _) => {
            let found = count(items, "new item", "new items");
            if digest.totals.topics.len() > 1 {
                format!("{found} in {} topics", digest.totals.topics.len())
            } else {
                found
            }
        }
        (Kind::Alert { watch_title, .. }, _) => {
            let watch = clean_line(watch_title, NAME_CHARS);
            format!("{watch}: {}", count(items, "new item", "new items"))
        }
    };
    // A sealed mail counts them apart, too: its alerts have counted them already.
    if alerted > 0 {
        text.push_str(", ");
        text.push_str(&count(alerted, "alert", "alerts"));
        text.push_str(" sent before");
    }
    let mut old = Vec::new();
    if later > 0 {
        old.push(format!("{} found later", count(later, "item", "items")));
    }
    let archived = digest.totals.archived();
    if archived > 0 {
        let archived = count(archived, "older item", "older items");
        old.push(format!("{archived} appeared at once"));
    }
    if items + alerted > 0 || old.is_empty() {
        old.insert(0, text);
    }
    old.join(", ")
}

/// Sentences on what may be missing, and on why the mail came out of turn. An alert says the first in its foot,
/// and nowhere else.
pub(super) fn caution(digest: &Digest) -> String {
    let mut sentences = Vec::new();
    if digest.kind == Kind::Digest(Reason::Flood) {
        sentences.push(
            "So many alerts were due within an hour that this digest takes their place.".to_owned(),
        );
    }
    if matches!(digest.kind, Kind::Digest(_)) {
        sentences.extend(doubts(&digest.coverage).map(|doubts| format!("{doubts}.")));
    }
    sentences.join(" ")
}

/// Of a digest without a new item: what may be missing, if anything may be; that nothing is new, only if nothing
/// else is to be said. It holds no word of strangers.
fn subject_without_items(digest: &Digest) -> String {
    let coverage = &digest.coverage;
    if let Some(doubts) = doubts(coverage) {
        let told = digest.totals.alerted + digest.totals.archived() + digest.totals.later;
        return if told == 0 {
            doubts
        } else {
            let summary = summary(digest);
            let told = summary.strip_prefix("Nothing new beside the alerts, ");
            format!("{doubts}; {}", told.unwrap_or(&summary))
        };
    }
    let mut parts = Vec::new();
    for (n, one, many) in [
        (coverage.silent.len(), "silent for long", "silent for long"),
        (coverage.muted.len(), "watch muted", "watches muted"),
    ] {
        if n > 0 {
            parts.push(format!(", {}", count(n, one, many)));
        }
    }
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    if polled == 0 && digest.is_empty() {
        return format!("No feed was polled{}", parts.concat());
    }
    format!(
        "{}; {}{}",
        summary(digest),
        count(polled, "feed polled", "feeds polled"),
        parts.concat()
    )
}

/// "7 new in 3 topics: strongest headline". Sealed mails say the count and nothing else.
pub(super) fn subject(digest: &Digest) -> String {
    let items = digest.totals.items;
    if items == 0 && matches!(digest.kind, Kind::Digest(_)) {
        return subject_without_items(digest);
    }
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= Wording::Headline {
        return summary(digest);
    }
    let mut head = match &digest.kind {
        Kind::Alert { watch_title, .. } => {
            let more = if items > 1 {
                format!(" ({items})")
            } else {
                String::new()
            };
            format!("{}{more}", clean_line(watch_title, 60))
        }
        Kind::Digest(_) if digest.totals.topics.len() > 1 => {
            format!("{items} new in {} topics", digest.totals.topics.len())
        }
        Kind::Digest(_) => format!("{items} new"),
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
        // Plain ASCII, so that an English subject needs no encoding.
        head.push_str(": ");
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
            .map(|line| format!("{} {}", line.topic, line.count))
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
    counted(&digest.totals.topics, NAMES_MAX, "topics")
}

/// As many lines as there is room for, and one for the others.
fn counted(counts: &[Count], lines_max: usize, what: &str) -> Vec<Contents> {
    let mut room = LIST_BYTES;
    let mut lines: Vec<Contents> = counts
        .iter()
        .take(lines_max)
        .map(|count| Contents {
            topic: topic_name(count.title.as_deref().or(count.name.as_deref())),
            count: count.items,
        })
        .take_while(|line| fits(&mut room, &line.topic))
        .collect();
    let others = counts.get(lines.len()..).unwrap_or_default();
    if !others.is_empty() {
        lines.push(Contents {
            topic: format!("{} more {what}", others.len()),
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
pub(super) fn group_name(name: Option<&str>, by: GroupBy) -> String {
    match by {
        GroupBy::Topic => topic_name(name),
        GroupBy::Place => clean_line(name.unwrap_or("No place named"), NAME_CHARS),
    }
}

fn topic_name(topic: Option<&str>) -> String {
    clean_line(topic.unwrap_or("Other"), NAME_CHARS)
}

/// How much of what was found is in the mail, and in what words.
pub(super) fn extent(digest: &Digest, full: usize, headlines: usize) -> String {
    let command = command(digest.number);
    let items = digest.totals.items;
    let refused = match digest.wording {
        // Nothing is kept out of a mail that has nothing to tell.
        _ if digest.recipient.privacy == Privacy::Sealed && digest.is_empty() => "",
        _ if digest.recipient.privacy == Privacy::Sealed => {
            return format!(
                "What was found is kept out of this mail. Read it on the machine that runs newsvigil: {command}."
            );
        }
        Wording::Whole => "",
        Wording::Plain => {
            "The mail server refused this mail for its content, so the words of feeds are left out but for headlines; "
        }
        Wording::Headline => {
            "The mail server refused this mail for its content, so nothing but the headline is here; "
        }
        Wording::Count => "The mail server refused the words of what was found; ",
    };
    if !refused.is_empty() {
        let entries = entries(digest);
        return format!("{refused}{command} shows everything.{entries}");
    }
    if full == items {
        return String::new();
    }
    match items - full - headlines {
        0 => format!("In full: {full}. As headlines: {headlines}."),
        counted => format!("In full: {full}. As headlines: {headlines}. By count: {counted}."),
    }
}

/// What is in the table beside the mail; empty without one.
pub(super) fn attached(digest: &Digest) -> String {
    let Some(attachment) = &digest.attachment else {
        return String::new();
    };
    let (rows, hits) = (attachment.rows, attachment.hits);
    let rows = match count(hits, "hit", "hits") {
        all if rows >= hits => all,
        all => format!("the newest {rows} of {all}"),
    };
    let name = clean_line(&attachment.name, NAME_CHARS);
    let rest = if attachment.rows < hits {
        format!(
            "; \"newsvigil hits --mail {} --csv\" lists all",
            digest.number
        )
    } else {
        String::new()
    };
    format!("Attached as {name}: {rows}{rest}.")
}

/// Entries beyond this many are listed by the command.
const ENTRIES_MAX: usize = 10;

/// " Item 5.", for mails that say little more of an item.
fn entries(digest: &Digest) -> String {
    let new = digest.stories.iter().chain(&digest.headlines);
    let new = new.map(|story| &story.lead);
    let shown = new.chain(&digest.later);
    let ids: Vec<String> = shown.map(|item| item.entry_id.to_string()).collect();
    match ids.len() {
        0 => String::new(),
        1 => format!(" Item {}.", ids[0]),
        2..=ENTRIES_MAX => format!(" Items {}.", ids.join(", ")),
        _ => String::new(),
    }
}

/// The command that lists what a mail tells.
fn command(number: i64) -> String {
    format!("\"newsvigil hits --mail {number}\"")
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
    Some(Rest {
        count: items,
        command: format!(
            "These have no room here. {} lists each of them, and everything else that this mail tells.",
            command(digest.number)
        ),
        topics: counted(
            &left(&digest.totals.topics, &|(topic, _)| topic),
            COUNTS_MAX,
            "topics",
        ),
        feeds: counted(
            &left(&digest.totals.feeds, &|(_, feed)| Some(feed)),
            COUNTS_MAX,
            "feeds",
        ),
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
    counted(&feeds, COUNTS_MAX, "feeds")
}

/// Where the items of [`archives`] are.
pub(super) fn archives_command(digest: &Digest) -> String {
    format!(
        "These are old, and were not in their feeds before. {} lists each of them.",
        command(digest.number)
    )
}

/// "4", or "4 of 300" when the others are told elsewhere.
pub(super) fn part_of(shown: usize, total: usize) -> String {
    if shown >= total {
        shown.to_string()
    } else {
        format!("{shown} of {total}")
    }
}

/// What was found later, and where that is which has no room.
pub(super) fn more_later(digest: &Digest, shown: usize) -> String {
    let why = "A watch that was written or edited since finds these in what was stored.";
    match digest.totals.later {
        0 => String::new(),
        all if all == shown => why.to_owned(),
        all => {
            let more = all - shown;
            format!(
                "{why} There are {more} more; {} lists them.",
                command(digest.number)
            )
        }
    }
}

/// Where the alerts are that have no room.
pub(super) fn more_alerted(digest: &Digest, shown: usize) -> String {
    match digest.totals.alerted - shown {
        0 => String::new(),
        more => format!("and {more} more; {} lists them", command(digest.number)),
    }
}
