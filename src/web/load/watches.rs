//! All watches, and how right one of them is.

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::show::{hits_of_watch, unjudged_of_watch};
use super::{Sources, address};
use crate::config::{Urgency, Watch};
use crate::core::digest::clean_line;
use crate::core::judgment::precision;
use crate::store::hits::{self, Names};
use crate::store::judgments::{self, VersionCounts};
use crate::store::{StoreError, mutes};
use crate::web::chart::Chart;
use crate::web::pages::Section;
use crate::web::pages::watches::{Topic, Version, WatchLine, WatchPage, WatchesPage};

/// Days of the chart.
const DAYS: i64 = 56;
/// Hits that a random sample has.
pub const SAMPLE: usize = 20;
/// Terms that are shown.
const TERMS_MAX: usize = 20;
/// Versions of a watch that are shown, the newest.
const VERSIONS_MAX: usize = 10;
/// Characters of a name or term.
const LINE_CHARS: usize = 200;

/// All watches of the configuration, by topic.
pub fn watches(sources: Sources<'_>) -> Result<WatchesPage, StoreError> {
    let Sources {
        connection,
        config,
        now,
        ..
    } = sources;
    let week = now
        .checked_sub(SignedDuration::from_hours(7 * 24))
        .unwrap_or(Timestamp::MIN);
    let unjudged = judgments::unjudged(connection)?;
    let mut topics: BTreeMap<String, Vec<WatchLine>> = BTreeMap::new();
    for watch in &config.watches {
        let days = hits::by_day(connection, &watch.id, week)?;
        let versions = judgments::by_version(connection, &watch.id)?;
        let current = versions
            .iter()
            .find(|version| version.version == watch.version);
        topics
            .entry(clean_line(&watch.topic, LINE_CHARS))
            .or_default()
            .push(WatchLine {
                id: watch.id.clone(),
                title: clean_line(&watch.title, LINE_CHARS),
                week: days.iter().map(|(_, hits)| hits).sum(),
                unjudged: unjudged.get(&watch.id).copied().unwrap_or(0),
                unjudged_address: unjudged_of_watch(&watch.id),
                precision: current.and_then(share).unwrap_or_else(|| "–".to_owned()),
            });
    }
    let topics = topics
        .into_iter()
        .map(|(name, watches)| Topic { name, watches });
    Ok(WatchesPage {
        frame: sources.frame(Section::Watches),
        topics: topics.collect(),
    })
}

/// "78 %, 57 to 90 %"; `None` where nothing was judged.
fn share(counts: &VersionCounts) -> Option<String> {
    let percent = |share: f64| format!("{:.0}", share * 100.0);
    let drawn = precision(counts.relevant_drawn, counts.irrelevant_drawn);
    let Some((share, (low, high))) = drawn else {
        let (share, _) = precision(counts.relevant, counts.irrelevant)?;
        return Some(format!("{} %, none drawn", percent(share)));
    };
    Some(format!(
        "{} %, {} to {} %",
        percent(share),
        percent(low),
        percent(high)
    ))
}

/// The page of a watch; `None` where none of this id is configured or ever found anything.
pub fn watch(sources: Sources<'_>, id: &str) -> Result<Option<WatchPage>, StoreError> {
    let Sources {
        connection, config, ..
    } = sources;
    let configured = config.watch(id);
    if configured.is_none() && !hits::names(connection, Names::Watches)?.contains(id) {
        return Ok(None);
    }
    let versions = judgments::by_version(connection, id)?;
    let reasons = judgments::reasons(connection, id)?.into_iter();
    let mut false_terms: Vec<(String, u64)> = judgments::terms(connection, id)?
        .into_iter()
        .filter(|(_, counts)| counts.relevant == 0 && counts.irrelevant > 0)
        .map(|(term, counts)| (clean_line(&term, LINE_CHARS), counts.irrelevant))
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
        sample: SAMPLE as u64,
        source: configured.map_or_else(String::new, |watch| watch.spec.query.to_string()),
    }))
}

fn about(sources: Sources<'_>, watch: Option<&Watch>) -> Result<String, StoreError> {
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

fn days(sources: Sources<'_>, id: &str) -> Result<Chart, StoreError> {
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

fn shown(sources: Sources<'_>, versions: &[VersionCounts], watch: Option<&Watch>) -> Vec<Version> {
    let judged = versions
        .iter()
        .filter_map(|version| Some((version, share(version)?)));
    judged
        .take(VERSIONS_MAX)
        .map(|(version, share)| Version {
            name: clean_line(&version.version, 16),
            is_current: watch.is_some_and(|watch| watch.version == version.version),
            last: sources.time(version.last),
            relevant: version.relevant,
            judged: version.relevant + version.irrelevant,
            share,
        })
        .collect()
}
