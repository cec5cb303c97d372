//! Everything on a page but its items: the head with the counts, and the foot that says how complete
//! it all is.

use std::fmt::Write as _;

use askama::Template;
use jiff::tz::TimeZone;

use super::view::{count, local_time, wrap};
use crate::core::digest::{Digest, FeedTrouble, Kind, Privacy, Reason, clean_line};

/// Names listed under one heading of the footer.
const NAMES_MAX: usize = 40;
const NAME_CHARS: usize = 120;
const REASON_CHARS: usize = 200;

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
    /// What the reader must know before reading on; may be empty.
    pub caution: String,
    pub contents: Vec<Contents>,
    /// "Part 2 of 3"; empty when there is one.
    pub part: String,
    /// Where it goes on; empty on the last part.
    pub next: String,
    pub footer: Option<Footer>,
}

impl Page {
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
    let items = digest.item_count();
    let alerted = digest.alerted.len();
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let mut text = match (&digest.kind, items) {
        (_, _) if sealed => count(items + alerted, "new item", "new items"),
        (Kind::Digest(_), 0) if alerted == 0 => "Nothing new".to_owned(),
        (Kind::Digest(_), 0) => "Nothing new beside the alerts".to_owned(),
        (Kind::Digest(_), _) => {
            let found = count(items, "new item", "new items");
            if digest.topics.len() > 1 {
                format!("{found} in {} topics", digest.topics.len())
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
    text
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
pub(super) fn subject(digest: &Digest, part: usize, parts: usize) -> String {
    let items = digest.item_count();
    let of = if parts > 1 {
        format!(" ({part} of {parts})")
    } else {
        String::new()
    };
    if digest.recipient.privacy == Privacy::Sealed {
        return summary(digest) + &of;
    }
    let mut head = match &digest.kind {
        Kind::Alert { watch_title, .. } => {
            let more = if items > 1 {
                format!(" ({items})")
            } else {
                String::new()
            };
            format!("{}{more}{of}", clean_line(watch_title, 60))
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
        Kind::Digest(_) if digest.topics.len() > 1 => {
            format!("{items} new in {} topics{of}", digest.topics.len())
        }
        Kind::Digest(_) => format!("{items} new{of}"),
    };
    if let Some(item) = digest.strongest() {
        let title: String = item.title.iter().map(|piece| piece.text.as_str()).collect();
        // Plain ASCII, so that an English subject needs no encoding.
        head.push_str(": ");
        head.push_str(&clean_line(&title, 110));
    }
    head
}

/// What a mail program shows beside the subject.
pub(super) fn preheader(digest: &Digest) -> String {
    if digest.recipient.privacy == Privacy::Sealed {
        return summary(digest);
    }
    let mut parts: Vec<String> = match &digest.kind {
        Kind::Alert { .. } => digest
            .items()
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
    let mut lines: Vec<Contents> = digest
        .topics
        .iter()
        .map(|topic| Contents {
            topic: topic_name(topic.topic.as_deref()),
            count: topic.item_count(),
        })
        .collect();
    if lines.len() > NAMES_MAX {
        let rest = lines.split_off(NAMES_MAX);
        lines.push(Contents {
            topic: format!("{} more topics", rest.len()),
            count: rest.iter().map(|line| line.count).sum(),
        });
    }
    lines
}

pub(super) fn topic_name(topic: Option<&str>) -> String {
    topic.unwrap_or("Other").to_owned()
}

pub(super) fn footer(digest: &Digest, unsubscribe: Option<&str>) -> Footer {
    let coverage = &digest.coverage;
    let tz = &digest.recipient.time_zone;
    let polled = usize::try_from(coverage.feeds_polled).unwrap_or(usize::MAX);
    let polled = count(polled, "feed was polled", "feeds were polled");
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let troubles = coverage.failing.len()
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
    if !sealed {
        for (heading, feeds) in [
            ("Failing", &coverage.failing),
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
    let more = lines.len().saturating_sub(NAMES_MAX);
    lines.truncate(NAMES_MAX);
    sections.push(Section { title, lines, more });
}
