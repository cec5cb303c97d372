//! Everything on a page but its items: the head with the counts, and the foot that says how complete
//! it all is.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use askama::Template;
use jiff::tz::TimeZone;

use super::view::{count, local_time, wrap};
use crate::core::digest::{Count, Digest, FeedTrouble, Kind, Privacy, Reason, Wording, clean_line};

/// Names listed under one heading of the footer.
const NAMES_MAX: usize = 40;
const NAME_CHARS: usize = 120;
const REASON_CHARS: usize = 200;
/// Names in one table of what is told by count.
const COUNTS_MAX: usize = 20;
/// Bytes of HTML of the names in one list: what strangers call themselves must leave room for what was
/// found.
const LIST_BYTES: usize = 8 << 10;

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

/// One feed, watch or mail in the footer.
pub(super) struct Line {
    pub name: String,
    pub detail: String,
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
    pub sections: Vec<Section>,
    pub window: String,
    /// The mail's number, with the command that lists what it tells; empty for what tells no item.
    pub number: String,
    pub version: String,
    pub unsubscribe: Option<String>,
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

impl Section {
    pub fn text(&self) -> String {
        let mut out = format!("{}:\n", self.title);
        for line in &self.lines {
            out.push_str(&wrap(&format!("- {}: {}", line.name, line.detail), "  "));
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

    pub fn window_text(&self) -> String {
        wrap(&self.window, "")
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
        (_, _) if sealed => count(items + alerted, "new item", "new items"),
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
    if alerted > 0 && !sealed {
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

/// Sentences on what may be missing, and on why the mail came out of turn.
pub(super) fn caution(digest: &Digest) -> String {
    let coverage = &digest.coverage;
    let mut sentences = Vec::new();
    if digest.kind == Kind::Digest(Reason::Flood) {
        sentences.push(
            "So many alerts were due within an hour that this digest takes their place.".to_owned(),
        );
    }
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
    if let Some(final_doubt) = doubts.pop() {
        let and = if doubts.is_empty() { "" } else { " and " };
        sentences.push(format!(
            "Not complete: {}{and}{final_doubt}.",
            doubts.join(", ")
        ));
    }
    sentences.join(" ")
}

/// "7 new in 3 topics: strongest headline". Sealed mails say the count and nothing else.
pub(super) fn subject(digest: &Digest) -> String {
    let items = digest.totals.items;
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
        Kind::Digest(_) if items == 0 => {
            let failing = digest.coverage.failing.len();
            let failing = if failing > 0 {
                format!(", {failing} failing")
            } else {
                String::new()
            };
            let polled = usize::try_from(digest.coverage.feeds_polled).unwrap_or(usize::MAX);
            return format!(
                "{}; {}{failing}",
                summary(digest),
                count(polled, "feed polled", "feeds polled")
            );
        }
        Kind::Digest(_) if digest.totals.topics.len() > 1 => {
            format!("{items} new in {} topics", digest.totals.topics.len())
        }
        Kind::Digest(_) => format!("{items} new"),
    };
    if let Some(item) = digest.strongest()
        && digest.wording == Wording::Whole
    {
        let title: String = item.title.iter().map(|piece| piece.text.as_str()).collect();
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
            .items
            .iter()
            .flat_map(|item| &item.excerpt)
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
fn fits(room: &mut usize, text: &str) -> bool {
    let special = text.bytes().filter(|b| b"&<>\"'".contains(b)).count();
    let size = text.len() + 5 * special;
    let enough = size <= *room;
    *room = room.saturating_sub(size);
    enough
}

pub(super) fn topic_name(topic: Option<&str>) -> String {
    clean_line(topic.unwrap_or("Other"), NAME_CHARS)
}

/// How much of what was found is in the mail, and in what words.
pub(super) fn extent(digest: &Digest, full: usize, headlines: usize) -> String {
    let command = command(digest.number);
    let items = digest.totals.items;
    let refused = match digest.wording {
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

/// Entries beyond this many are listed by the command.
const ENTRIES_MAX: usize = 10;

/// " Item 5.", for mails that say little more of an item.
fn entries(digest: &Digest) -> String {
    let new = digest.items.iter().chain(&digest.headlines);
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

pub(super) fn footer(digest: &Digest, unsubscribe: Option<&str>) -> Footer {
    let coverage = &digest.coverage;
    let tz = &digest.recipient.time_zone;
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let polled = count(polled, "feed was polled", "feeds were polled");
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let troubles = coverage.failing.len()
        + coverage.incomplete.len()
        + coverage.possibly_missed.len()
        + coverage.handled_with_care.len()
        + coverage.interrupted.len()
        + coverage.undeliverable.len();
    let mut verdict = if troubles == 0 && coverage.feeds_polled == 0 {
        "No feed was polled in this time: silence means nothing.".to_owned()
    } else if troubles == 0 {
        format!("{polled}. None is failing, and nothing is known to be missing.")
    } else {
        format!("{polled}. {}", caution(digest))
    };
    for (n, one, many) in [
        (
            coverage.silent.len(),
            "feed is silent for longer than usual",
            "feeds are silent for longer than usual",
        ),
        (coverage.muted.len(), "watch is muted", "watches are muted"),
    ] {
        if n > 0 {
            verdict.push(' ');
            verdict.push_str(&count(n, one, many));
            verdict.push('.');
        }
    }
    let mut sections = Vec::new();
    if !sealed && digest.wording == Wording::Whole {
        for (heading, feeds) in [
            ("Failing", &coverage.failing),
            ("Not read whole", &coverage.incomplete),
            ("Possibly missed items", &coverage.possibly_missed),
            ("Handled with care", &coverage.handled_with_care),
            ("Failed for a while, and work again", &coverage.interrupted),
            ("Silent for longer than usual", &coverage.silent),
        ] {
            push_feeds(&mut sections, heading, feeds, tz);
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
            Line {
                name: clean_line(&mute.watch_title, NAME_CHARS),
                detail: format!(
                    "until {until}, {} held back{because}",
                    count(held, "hit", "hits")
                ),
            }
        });
        push(&mut sections, "Muted", muted.collect());
        let lost = coverage.undeliverable.iter().map(|mail| Line {
            name: clean_line(&mail.subject, NAME_CHARS),
            detail: format!(
                "queued {}: {}",
                local_time(mail.queued, tz),
                clean_line(&mail.reason, REASON_CHARS)
            ),
        });
        push(
            &mut sections,
            "Mails that could not be delivered",
            lost.collect(),
        );
    }
    let until = local_time(coverage.window_end, tz);
    let zone = tz
        .iana_name()
        .map(|name| format!(" Times are those of {name}."))
        .unwrap_or_default();
    let window = match coverage.window_start {
        Some(start) => format!("Covers {} to {until}.{zone}", local_time(start, tz)),
        None => format!("Covers everything up to {until}.{zone}"),
    };
    Footer {
        verdict,
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

pub(super) fn push_feeds(
    sections: &mut Vec<Section>,
    title: &str,
    feeds: &[FeedTrouble],
    tz: &TimeZone,
) {
    let lines = feeds.iter().map(|feed| {
        let name = clean_line(&feed.title, NAME_CHARS);
        let reason = clean_line(&feed.reason, REASON_CHARS);
        let since = feed
            .since
            .map(|since| format!("since {}", local_time(since, tz)));
        let detail: Vec<String> = since
            .into_iter()
            .chain((!reason.is_empty()).then_some(reason))
            .collect();
        Line {
            name: if name.is_empty() {
                clean_line(&feed.id, NAME_CHARS)
            } else {
                name
            },
            detail: detail.join(", "),
        }
    });
    push(sections, title, lines.collect());
}

fn push(sections: &mut Vec<Section>, title: &str, mut lines: Vec<Line>) {
    if lines.is_empty() {
        return;
    }
    let title = format!("{title} ({})", lines.len());
    let all = lines.len();
    let mut room = LIST_BYTES;
    let fitting = lines
        .iter()
        .take(NAMES_MAX)
        .take_while(|line| fits(&mut room, &line.name) && fits(&mut room, &line.detail))
        .count();
    lines.truncate(fitting);
    let more = all - fitting;
    sections.push(Section { title, lines, more });
}
