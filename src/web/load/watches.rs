//! All watches, and how right one of them is.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::hit_rows::{hits_of_watch, unjudged_of_watch};
use super::{PageContext, address, fit};
use crate::config::Watch;
use crate::core::alert::Urgency;
use crate::core::digest::clean_line;
use crate::core::judgment::precision;
use crate::store::hits;
use crate::store::judgments::{self, VersionCounts};
use crate::store::{StoreError, mutes};
use crate::web::chart::Chart;
use crate::web::pages::Section;
use crate::web::pages::watches::{Topic, Version, WatchLine, WatchPage, WatchesPage};

/// Days of the chart.
const DAYS: i64 = 56;
/// Hits that a random sample has.
pub const SAMPLE: usize = 20;
/// Watches of a page at most.
const WATCHES_MAX: usize = 150;
/// Terms that are shown.
const TERMS_MAX: usize = 20;
/// Versions of a watch that are shown, the newest.
const VERSIONS_MAX: usize = 10;
/// Characters of a query.
const SOURCE_CHARS: usize = 4_000;
/// Characters of a term.
const TERM_CHARS: usize = 80;
/// Characters of a name.
const LINE_CHARS: usize = 200;

/// Watches of the configuration from one of them on, by topic, as many as a page may have.
pub fn watches(sources: PageContext<'_>, from: usize) -> Result<WatchesPage, StoreError> {
    let config = sources.config;
    let unjudged = judgments::unjudged(sources.connection)?;
    let mut ordered: Vec<&Watch> = config.watches.iter().collect();
    ordered.sort_by(|a, b| a.topic.cmp(&b.topic));
    let mut page = WatchesPage {
        frame: sources.frame(Section::Watches),
        first: from,
        all: ordered.len(),
        topics: Vec::new(),
        next: None,
    };
    for watch in ordered.into_iter().skip(from).take(WATCHES_MAX) {
        let unjudged = unjudged.get(&watch.id).copied().unwrap_or(0);
        let line = line(sources, watch, unjudged)?;
        let topic = clean_line(&watch.topic, LINE_CHARS);
        match page.topics.last_mut() {
            Some(last) if last.name == topic => last.watches.push(line),
            _ => page.topics.push(Topic {
                name: topic,
                watches: vec![line],
            }),
        }
    }
    fit(&mut page, |page| {
        let is_shorter = page.shown() > 1;
        if let Some(topic) = page.topics.last_mut().filter(|_| is_shorter) {
            topic.watches.pop();
        }
        page.topics.retain(|topic| !topic.watches.is_empty());
        is_shorter
    });
    let shown = from + page.shown();
    page.next = (shown < page.all).then(|| format!("/watches?from={shown}"));
    Ok(page)
}

fn line(sources: PageContext<'_>, watch: &Watch, unjudged: u64) -> Result<WatchLine, StoreError> {
    let week = sources
        .now
        .checked_sub(SignedDuration::from_hours(7 * 24))
        .unwrap_or(Timestamp::MIN);
    let days = hits::by_day(sources.connection, &watch.id, week)?;
    let versions = judgments::by_version(sources.connection, &watch.id)?;
    let current = versions
        .iter()
        .find(|version| version.version == watch.version);
    Ok(WatchLine {
        id: watch.id.clone(),
        title: clean_line(&watch.title, LINE_CHARS),
        week: days.iter().map(|(_, hits)| hits).sum(),
        unjudged,
        unjudged_address: unjudged_of_watch(&watch.id),
        precision: current.map_or_else(|| "–".to_owned(), precision_of),
    })
}

/// "18 of 23 judged; 58 to 90 %" of hits that were drawn at random; `None` where none was judged.
fn drawn(counts: &VersionCounts) -> Option<String> {
    let (relevant, irrelevant) = (counts.relevant_drawn, counts.irrelevant_drawn);
    let (_, (low, high)) = precision(relevant, irrelevant)?;
    Some(format!(
        "{relevant} of {} judged; {:.0} to {:.0} %",
        relevant + irrelevant,
        low * 100.0,
        high * 100.0
    ))
}

/// How right a version was, in a cell.
fn precision_of(counts: &VersionCounts) -> String {
    let chosen = || chosen(counts).map(|chosen| format!("{chosen}, by choice"));
    drawn(counts)
        .or_else(chosen)
        .unwrap_or_else(|| "–".to_owned())
}

/// "5 of 9 judged" of hits that people chose, of which no share of all others follows; `None` where none was judged.
fn chosen(counts: &VersionCounts) -> Option<String> {
    let relevant = counts.relevant - counts.relevant_drawn;
    let judged = relevant + counts.irrelevant - counts.irrelevant_drawn;
    (judged > 0).then(|| format!("{relevant} of {judged} judged"))
}

/// The page of a watch; `None` where none of this id is configured or ever found anything.
pub fn watch(sources: PageContext<'_>, id: &str) -> Result<Option<WatchPage>, StoreError> {
    let PageContext {
        connection, config, ..
    } = sources;
    let configured = config.watch(id);
    let named = || sources.names.get(connection);
    if configured.is_none() && !named()?.watches.iter().any(|known| known == id) {
        return Ok(None);
    }
    let versions = judgments::by_version(connection, id)?;
    let left = |version: &VersionCounts| {
        version.hits - version.relevant - version.irrelevant - version.undecided
    };
    let unjudged: u64 = versions.iter().map(left).sum();
    // As they are drawn: of the version in force, and of all where that has none left.
    let of_current = versions
        .iter()
        .find(|version| configured.is_some_and(|watch| watch.version == version.version))
        .map_or(0, left);
    let drawn_from = if of_current > 0 { of_current } else { unjudged };
    let reasons = judgments::reasons(connection, id)?.into_iter();
    let mut false_terms: Vec<(String, u64)> = judgments::terms(connection, id)?
        .into_iter()
        .filter(|(_, counts)| counts.relevant == 0 && counts.irrelevant > 0)
        .map(|(term, counts)| (clean_line(&term, TERM_CHARS), counts.irrelevant))
        .collect();
    false_terms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    false_terms.truncate(TERMS_MAX);
    Ok(Some(WatchPage {
        frame: sources.frame(Section::Watches),
        id: id.to_owned(),
        title: configured.map_or_else(
            || id.to_owned(),
            |watch| clean_line(&watch.title, LINE_CHARS),
        ),
        about: about(sources, configured)?,
        hits_address: hits_of_watch(id),
        unjudged_address: unjudged_of_watch(id),
        try_address: configured.map(|watch| address("/try", &[("watch", &watch.id)])),
        days: days(sources, id)?,
        versions: shown(sources, &versions, configured),
        reasons: reasons
            .map(|(reason, count)| {
                (
                    reason.map_or("without a reason", |reason| reason.words()),
                    count,
                )
            })
            .collect(),
        false_terms,
        has_hits: !versions.is_empty(),
        unjudged,
        sample: drawn_from.min(SAMPLE as u64),
        source: configured.map_or_else(String::new, |watch| {
            let source = watch.spec.query.to_string();
            match source.char_indices().nth(SOURCE_CHARS) {
                Some((end, _)) => format!("{}…", &source[..end]),
                None => source,
            }
        }),
    }))
}

fn about(sources: PageContext<'_>, watch: Option<&Watch>) -> Result<String, StoreError> {
    let Some(watch) = watch else {
        return Ok("This watch is not in the configuration any more.".to_owned());
    };
    let to = match &watch.recipients {
        Some(recipients) => recipients.join(", "),
        None => "all whose own settings admit it".to_owned(),
    };
    let told = match watch.urgency {
        Urgency::Alert => "Told at once",
        Urgency::Digest => "Told in digests",
    };
    let muted = mutes::in_force(sources.connection, sources.now)?;
    let muted = muted.iter().find(|mute| mute.watch_id == watch.id);
    let muted = muted.map_or_else(String::new, |mute| {
        format!(
            " Muted until {}: {}.",
            sources.time(mute.ends).text,
            mute.reason
        )
    });
    Ok(clean_line(
        &format!("Topic: {}. {told}, to {to}.{muted}", watch.topic),
        600,
    ))
}

fn days(sources: PageContext<'_>, id: &str) -> Result<Chart, StoreError> {
    let now = sources.now;
    let first = (now.as_second().div_euclid(86_400) - DAYS + 1) * 86_400;
    let since = Timestamp::from_second(first).unwrap_or(Timestamp::MIN);
    let counts: HashMap<i64, u64> = hits::by_day(sources.connection, id, since)?
        .into_iter()
        .collect();
    let today = now.as_second().div_euclid(86_400);
    let values = (today - DAYS + 1..=today).map(|day| {
        let name = Timestamp::from_second(day * 86_400).map(|at| {
            TimeZone::UTC
                .to_datetime(at)
                .strftime("%a %-d %b")
                .to_string()
        });
        (
            name.unwrap_or_default(),
            Some(counts.get(&day).copied().unwrap_or(0)),
        )
    });
    Ok(Chart {
        label: format!("Hits a day, the last {DAYS} days (UTC)"),
        of: "Day",
        counts: "Hits",
        values: values.collect(),
    })
}

fn shown(
    sources: PageContext<'_>,
    versions: &[VersionCounts],
    watch: Option<&Watch>,
) -> Vec<Version> {
    let judged = versions
        .iter()
        .filter(|version| version.relevant + version.irrelevant > 0);
    let or_none = |cell: Option<String>| cell.unwrap_or_else(|| "–".to_owned());
    judged
        .take(VERSIONS_MAX)
        .map(|version| Version {
            name: clean_line(&version.version, 16),
            is_current: watch.is_some_and(|watch| watch.version == version.version),
            last: sources.time(version.last),
            drawn: or_none(drawn(version)),
            chosen: or_none(chosen(version)),
        })
        .collect()
}

#[cfg(test)]
mod tests;
