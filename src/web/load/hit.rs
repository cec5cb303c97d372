//! One hit, with all that is known of it.

mod revisions;

use askama::Template as _;

use self::revisions::revisions;
use super::hit_rows::{hit_of, item_of};
use super::{BYTES_MAX, PageContext, count};
use crate::core::digest::{TextSegment, clean_line, paragraphs, safe_link};
use crate::core::document::{Document, Field};
use crate::core::judgment::{Reason, Verdict};
use crate::core::place::Scratch;
use crate::core::watch::Depth;
use crate::store::digests::{self, Delivery};
use crate::store::entries::{self, EntryRow};
use crate::store::hits::{self, HitFilter, HitRow, StoredSpan};
use crate::store::judgments::{self, Judgment, PastJudgment};
use crate::store::outbox::OutboxState;
use crate::store::{StoreError, stories};
use crate::web::pages::Section;
use crate::web::pages::hit::{self as page, HitPage, Notification, Part};
use crate::web::why::{self, Why};

/// Characters of summary and text: pages stay under 40 KB.
const TEXT_CHARS: usize = 6_000;
/// Reports of a story that are shown.
const REPORTS_MAX: usize = 20;
/// Parts of a watch that are shown.
const PARTS_MAX: usize = 60;
/// Characters of what is said of a watch and its versions.
const VERSIONS_CHARS: usize = 2_000;
/// Characters of a headline, a name, or a part of a watch.
const LINE_CHARS: usize = 300;

/// What a hit can be judged, in the order of the buttons.
pub fn verdicts() -> Vec<page::Verdict> {
    let button = |value, name, key| page::Verdict { value, name, key };
    vec![
        button(Verdict::Relevant.name(), "Relevant", 'r'),
        button(Reason::TooBroad.name(), "Too broad", 'b'),
        button(Reason::NotAViolation.name(), "Not a violation", 'v'),
        button(Reason::OtherPlace.name(), "Other place", 'p'),
        button(Reason::Duplicate.name(), "Duplicate", 'd'),
        button(Verdict::Undecided.name(), "Undecided", 'u'),
    ]
}

/// What a button says: the verdict, and why of a false alarm.
pub fn parse_judgment_button(value: &str) -> Option<(Verdict, Option<Reason>)> {
    let reason = || Some((Verdict::Irrelevant, Some(Reason::of_name(value)?)));
    let verdict = || Some((Verdict::of_name(value)?, None));
    reason().or_else(verdict)
}

/// The page of a hit; `None` where none has this number.
pub fn hit(
    sources: PageContext<'_>,
    id: i64,
    onward: page::NextHitLinks,
) -> Result<Option<HitPage>, StoreError> {
    let connection = sources.connection;
    let Some(row) = hits::get(connection, id)? else {
        return Ok(None);
    };
    let rows = std::slice::from_ref(&row);
    let (Some(item), Some(line)) = (item_of(rows), hit_of(sources, rows, Vec::new(), None)) else {
        return Ok(None);
    };
    let then = as_it_stood(sources, &row)?;
    let seen = then.as_ref().map(|(then, _)| seen(&row, then));
    let why = seen
        .as_ref()
        .and_then(|seen| why::of_hit(sources.config, &row, seen, Depth::Brief));
    let (text, is_whole) = text(&row);
    let history = judgments::before(connection, id)?.into_iter();
    let current = judgments::current(connection, id)?;
    let mut page = HitPage {
        frame: sources.frame(Section::Hits),
        id,
        plain_title: item.title.iter().map(|piece| piece.text.as_str()).collect(),
        title: item.title,
        language: item.language,
        outlet: line.outlet,
        author: item.author,
        places: seen
            .as_ref()
            .map_or_else(Vec::new, |document| places(sources, document)),
        time: line.time,
        link: row.link.as_deref().and_then(safe_link),
        paragraphs: text,
        source: source(&row, is_whole),
        watch_address: format!("/watches/{}", row.watch_id),
        watch_title: clean_line(&row.watch_title, LINE_CHARS),
        found: sources.time(row.found),
        versions: versions(&row, why.as_ref()),
        why: why.as_ref().map_or_else(Vec::new, parts),
        siblings: siblings(sources, &row)?,
        revisions: match &then {
            Some((_, entry)) => revisions(sources, entry)?,
            None => Vec::new(),
        },
        story: story(sources, &row)?,
        told: digests::of_hit(connection, id)?
            .iter()
            .map(|delivery| told(sources, delivery))
            .collect(),
        example: current
            .as_ref()
            .and_then(|judgment| example(&row, &line.excerpt, judgment)),
        current: current.map(|judgment| judged(sources, judgment)),
        history: history.map(|said| said_before(sources, said)).collect(),
        verdicts: verdicts(),
        onward,
        left_out: String::new(),
    };
    fit(&mut page);
    Ok(Some(page))
}

/// The item of a hit as it stood then, and as it stands.
fn as_it_stood(
    sources: PageContext<'_>,
    row: &HitRow,
) -> Result<Option<(EntryRow, EntryRow)>, StoreError> {
    let Some(entry) = entries::get(sources.connection, row.entry_id)? else {
        return Ok(None);
    };
    let then = entries::at_revision(sources.connection, &entry, row.revision)?;
    Ok(Some((then, entry)))
}

/// Leaves out what has the least to say until the page is small enough.
fn fit(page: &mut HitPage) {
    type Cut = fn(&mut HitPage) -> bool;
    let parts: [(&str, Cut); 6] = [
        ("earlier judgment", |page| page.history.pop().is_some()),
        ("change", |page| page.revisions.pop().is_some()),
        ("report", |page| {
            let story = page.story.as_mut();
            story.is_some_and(|story| story.reports.pop().is_some())
        }),
        ("part", |page| page.why.pop().is_some()),
        ("recipient", |page| page.told.pop().is_some()),
        ("paragraph", |page| page.paragraphs.pop().is_some()),
    ];
    let is_too_long = |page: &HitPage| {
        let text = page.render();
        text.is_ok_and(|text| text.len() > BYTES_MAX)
    };
    let mut said: Vec<String> = Vec::new();
    for (name, cut) in parts {
        let mut number = 0;
        while is_too_long(page) && cut(page) {
            number += 1;
        }
        if number > 0 {
            said.push(count(number, name));
            page.left_out = format!("There is no room here for: {}.", said.join(", "));
        }
    }
}

/// The item as the watch saw it.
fn seen(row: &HitRow, then: &EntryRow) -> Document {
    if row.in_article {
        then.document.clone()
    } else {
        then.without_article().into_owned()
    }
}

fn places(sources: PageContext<'_>, document: &Document) -> Vec<String> {
    let about = sources.config.places_of(document, &mut Scratch::default());
    sources.config.place_titles(&about)
}

fn text(row: &HitRow) -> (Vec<Vec<TextSegment>>, bool) {
    let spans: Vec<_> = row
        .spans
        .iter()
        .cloned()
        .filter_map(StoredSpan::record)
        .collect();
    let (mut shown, summary_is_whole) =
        paragraphs(&row.summary, &spans, Field::Summary, TEXT_CHARS);
    if row.text.trim() == row.summary.trim() {
        return (shown, summary_is_whole);
    }
    let summary: usize = shown
        .iter()
        .flatten()
        .map(|piece| piece.text.chars().count())
        .sum();
    let left = TEXT_CHARS.saturating_sub(summary);
    let (body, is_whole) = paragraphs(&row.text, &spans, Field::Text, left);
    shown.extend(body);
    (shown, summary_is_whole && is_whole)
}

fn source(row: &HitRow, is_whole: bool) -> String {
    let of = if row.in_article {
        "The text is that of the article behind the item"
    } else {
        "The text is what the feed gives"
    };
    let cut = if is_whole {
        ""
    } else {
        ", and only its beginning is shown"
    };
    format!("{of}{cut}. Item {}.", row.entry_id)
}

/// What of watch and program has changed since, and what else the watch says of the item.
fn versions(row: &HitRow, why: Option<&Why>) -> String {
    let Some(why) = why else {
        return "The watch is not in the configuration any more.".to_owned();
    };
    let mut said = format!("Version {}.", row.watch_version);
    if !why.holds {
        said.push_str(" As it is now, the watch would not find this.");
    }
    for note in &why.notes {
        let mut letters = note.chars();
        let first = letters.next().map(char::to_uppercase);
        said.push(' ');
        said.extend(first.into_iter().flatten());
        said.push_str(letters.as_str());
        said.push('.');
    }
    clean_line(&said, VERSIONS_CHARS)
}

/// The parts that tell: what decided, and what came near.
fn parts(why: &Why) -> Vec<Part> {
    let shown = why.lines.iter().filter_map(|line| {
        Some(Part {
            depth: line.depth.min(1),
            text: clean_line(&line.text, LINE_CHARS),
            holds: line.holds?,
            found: clean_line(&line.note, LINE_CHARS),
        })
    });
    shown.take(PARTS_MAX).collect()
}

fn siblings(sources: PageContext<'_>, row: &HitRow) -> Result<Vec<(String, String)>, StoreError> {
    let filter = HitFilter {
        item: Some(row.entry_id),
        ..HitFilter::default()
    };
    let mut others = Vec::new();
    hits::list(sources.connection, &filter, &mut |other| {
        if other.id != row.id {
            others.push((
                format!("/hits/{}", other.id),
                clean_line(&other.watch_title, LINE_CHARS),
            ));
        }
        Ok(())
    })?;
    Ok(others)
}

fn story(sources: PageContext<'_>, row: &HitRow) -> Result<Option<page::Story>, StoreError> {
    let connection = sources.connection;
    let Some(story) = row.story else {
        return Ok(None);
    };
    let members = stories::members(connection, story, REPORTS_MAX)?;
    if members.len() < 2 {
        return Ok(None);
    }
    let (items, outlets) = stories::outlet_counts(connection, story)?;
    let title = |feed: &str| digests::feed_title(connection, feed);
    let called = |outlet: &str| sources.config.outlet_called(outlet, title);
    let mut reports = Vec::new();
    for member in &members {
        let hit = if member.is_hit {
            hits::first_of_entry(connection, member.entry_id)?
        } else {
            None
        };
        reports.push(page::Report {
            outlet: called(&member.outlet)?,
            time: sources.time(member.reported),
            relation: stories::relation_name(member.relation).replace('_', " "),
            title: clean_line(&member.title, LINE_CHARS),
            language: member.language.clone(),
            address: hit.map(|hit| format!("/hits/{hit}")),
            why: member.changed.clone().unwrap_or_else(|| member.why.clone()),
        });
    }
    let first = members
        .iter()
        .zip(&reports)
        .find(|(member, _)| member.sure && member.copy_of.is_none())
        .or_else(|| members.iter().zip(&reports).next());
    let first = first.map_or_else(String::new, |(_, report)| {
        format!(
            " First reported by {}, {}.",
            report.outlet, report.time.text
        )
    });
    let more = items.saturating_sub(members.len() as u64);
    let more = if more > 0 {
        format!(" The first {} are shown.", members.len())
    } else {
        String::new()
    };
    Ok(Some(page::Story {
        sentence: format!(
            "{} by {}.{first}{more}",
            count(items, "report"),
            count(outlets.independent as u64, "independent outlet")
        ),
        reports,
    }))
}

fn told(sources: PageContext<'_>, delivery: &Delivery) -> Notification {
    let how = match &delivery.mail {
        None if delivery.at_once => "to be told at once".to_owned(),
        None => "waits for the next digest".to_owned(),
        Some(mail) => {
            let told = match mail.told.as_str() {
                "full" => "in full",
                "headline" => "in a line",
                _ => "in a count",
            };
            let state = match mail.state {
                OutboxState::Sent => "sent",
                OutboxState::Queued | OutboxState::Sending => "not sent yet",
                OutboxState::Undeliverable => "not delivered",
                OutboxState::Discarded => "taken out by hand",
            };
            format!("{told}, {}: {state}", mail.kind)
        }
    };
    Notification {
        recipient: delivery.recipient_id.clone(),
        how,
        time: delivery.mail.as_ref().map(|mail| sources.time(mail.made)),
        mail: delivery.mail.as_ref().map(|mail| mail.number),
    }
}

fn judged(sources: PageContext<'_>, judgment: Judgment) -> page::Judged {
    page::Judged {
        verdict: match judgment.reason {
            Some(reason) => format!("{}: {}", judgment.verdict.name(), reason.words()),
            None => judgment.verdict.name().to_owned(),
        },
        by: judgment.by,
        time: sources.time(judgment.at),
        note: judgment.note,
    }
}

fn said_before(sources: PageContext<'_>, said: PastJudgment) -> page::Judged {
    let judged = judged(sources, said.judgment);
    if said.is_note {
        let verdict = String::new();
        return page::Judged { verdict, ..judged };
    }
    judged
}

/// A line for `[watch.examples]`, of what is decided.
fn example(row: &HitRow, excerpt: &[TextSegment], judgment: &Judgment) -> Option<String> {
    let key = match (judgment.verdict, judgment.reason) {
        (Verdict::Relevant, _) => "yes",
        // What is a duplicate is found rightly.
        (Verdict::Undecided, _) | (_, Some(Reason::Duplicate)) => return None,
        (Verdict::Irrelevant, _) => "no",
    };
    let words = if row.title.trim().is_empty() {
        &row.summary
    } else {
        &row.title
    };
    let text: String = excerpt.iter().map(|piece| piece.text.as_str()).collect();
    let words = format!("{}\n{text}", clean_line(words, LINE_CHARS));
    let words = toml::Value::from(words.trim_end());
    Some(format!("{key} = [{words}]"))
}
