//! Feeds, as `status` tells of them, with what they brought each day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{PageContext, address, count, fit};
use crate::config::{Feed as Configured, FeedAddress};
use crate::core::digest::clean_line;
use crate::core::schedule::{FeedState, Health, health, health_while_polled};
use crate::store::StoreError;
use crate::store::feeds::{self as stored, FeedRow, OutageRow};
use crate::store::week::{FeedDay, feed_days};
use crate::web::chart::Chart;
use crate::web::pages::Section;
use crate::web::pages::feeds::{Feed, FeedPage, FeedsPage, Group};

/// Days of the chart.
const DAYS: i64 = 28;
/// Times of failure that are told of a feed in the list, the last.
const GAPS_MAX: usize = 2;
/// The same on its own page.
const GAPS_OF_ONE_MAX: usize = 50;
/// Feeds of a page at most.
const FEEDS_MAX: usize = 40;
/// Characters of a reason.
const LINE_CHARS: usize = 300;

/// What is known of all feeds.
struct Known {
    rows: BTreeMap<String, FeedRow>,
    in_flight: BTreeMap<String, Timestamp>,
    days: BTreeMap<String, Days>,
    gaps: BTreeMap<String, Vec<OutageRow>>,
}

impl Known {
    fn read(sources: PageContext<'_>) -> Result<Self, StoreError> {
        let PageContext {
            connection, now, ..
        } = sources;
        let since = now
            .checked_sub(SignedDuration::from_hours(24 * DAYS))
            .unwrap_or(Timestamp::MIN);
        let mut gaps: BTreeMap<String, Vec<OutageRow>> = BTreeMap::new();
        for outage in stored::outages_since(connection, since)? {
            gaps.entry(outage.feed_id.clone()).or_default().push(outage);
        }
        Ok(Self {
            rows: stored::all(connection)?,
            in_flight: stored::in_flight(connection)?,
            days: days_of(feed_days(connection, since)?),
            gaps,
        })
    }

    fn health(&self, id: &str, now: Timestamp) -> Health {
        let never = FeedState::default();
        let state = self.rows.get(id).map_or(&never, |row| &row.state);
        match self.in_flight.get(id) {
            Some(begun) => health_while_polled(state, *begun, now),
            None => health(state, now),
        }
    }

    fn feed(&self, sources: PageContext<'_>, feed: &Configured, gaps_max: usize) -> Feed {
        let today = TimeZone::UTC.to_datetime(sources.now).date();
        let gaps = self.gaps.get(&feed.id).map_or(&[][..], Vec::as_slice);
        Feed {
            id: feed.id.clone(),
            title: title(sources, feed, self.rows.get(&feed.id)),
            address: place_of(feed),
            health: clean_line(
                &self.health(&feed.id, sources.now).sentence(sources.now),
                LINE_CHARS,
            ),
            rhythm: rhythm(self.days.get(&feed.id), today),
            gaps: gaps
                .iter()
                .rev()
                .take(gaps_max)
                .map(|gap| self::gap(sources, gap))
                .collect(),
            more_gaps: gaps.len().saturating_sub(gaps_max),
        }
    }
}

/// Feeds of the configuration from one of them on, those in trouble first, as many as a page may have.
pub fn feeds(sources: PageContext<'_>, from: usize) -> Result<FeedsPage, StoreError> {
    let (feeds, now) = (&sources.config.feeds, sources.now);
    let known = Known::read(sources)?;
    let status = |feed: &Configured| match known.health(&feed.id, now) {
        Health::Fine => FeedStatus::Fine,
        Health::Untried | Health::Polling { .. } => FeedStatus::Open,
        _ => FeedStatus::Bad,
    };
    let mut ordered: Vec<(FeedStatus, &Configured)> =
        feeds.iter().map(|feed| (status(feed), feed)).collect();
    ordered.sort_by_key(|(status, _)| *status);
    let fine = ordered
        .iter()
        .filter(|(status, _)| *status == FeedStatus::Fine);
    let mut page = FeedsPage {
        frame: sources.frame(Section::Feeds),
        verdict: match feeds.len() as u64 {
            0 => "No feed is configured".to_owned(),
            all => format!("{}, {} fine", count(all, "feed"), fine.count()),
        },
        first: from,
        all: feeds.len(),
        groups: Vec::new(),
        next: None,
    };
    for (status, feed) in ordered.iter().skip(from).take(FEEDS_MAX) {
        let shown = known.feed(sources, feed, GAPS_MAX);
        match page.groups.last_mut() {
            Some(group) if group.name == status.name() => group.feeds.push(shown),
            _ => page.groups.push(Group {
                name: status.name(),
                is_bad: *status == FeedStatus::Bad,
                feeds: vec![shown],
            }),
        }
    }
    // The last go to the next page.
    fit(&mut page, |page| {
        let is_shorter = page.shown() > 1;
        if let Some(group) = page.groups.last_mut().filter(|_| is_shorter) {
            group.feeds.pop();
        }
        page.groups.retain(|group| !group.feeds.is_empty());
        is_shorter
    });
    let shown = from + page.shown();
    page.next = (shown < feeds.len()).then(|| format!("/feeds?from={shown}"));
    Ok(page)
}

/// The parts of the list, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FeedStatus {
    Bad,
    /// Nothing is known of it yet.
    Open,
    Fine,
}

impl FeedStatus {
    fn name(self) -> &'static str {
        match self {
            Self::Bad => "Not fine",
            Self::Open => "Not known yet",
            Self::Fine => "Fine",
        }
    }
}

/// The page of a feed; `None` where none of this id is configured.
pub fn feed(sources: PageContext<'_>, id: &str) -> Result<Option<FeedPage>, StoreError> {
    let Some(configured) = sources.config.feed(id) else {
        return Ok(None);
    };
    let known = Known::read(sources)?;
    let row = known.rows.get(id);
    let mut notes = Vec::new();
    if let Some(adopted) = row.and_then(|row| row.state.adopted.as_ref()) {
        notes.push(format!(
            "It has moved for good to {}: please change its address.",
            clean_line(&adopted.to, LINE_CHARS)
        ));
    }
    let warnings = row.map_or(&[][..], |row| row.warnings.as_slice());
    if !warnings.is_empty() {
        notes.push(format!(
            "It was read with repairs: {}.",
            clean_line(&warnings.join("; "), 2 * LINE_CHARS)
        ));
    }
    Ok(Some(FeedPage {
        frame: sources.frame(Section::Feeds),
        is_bad: !matches!(
            known.health(id, sources.now),
            Health::Fine | Health::Untried | Health::Polling { .. }
        ),
        hits_address: address("/hits", &[("feed", id)]),
        items: row.map_or(0, |row| row.entries),
        notes,
        feed: known.feed(sources, configured, GAPS_OF_ONE_MAX),
    }))
}

fn title(sources: PageContext<'_>, feed: &Configured, row: Option<&FeedRow>) -> String {
    let own = row.and_then(|row| row.title.clone());
    clean_line(&sources.config.feed_name(&feed.id, own), LINE_CHARS)
}

/// Its address without what may be a secret: name and password, and what stands behind the path.
fn place_of(feed: &Configured) -> String {
    let FeedAddress::Web(address) = &feed.address else {
        return clean_line(&feed.address.to_string(), LINE_CHARS);
    };
    let mut address = address.clone();
    let _ = address.set_username("");
    let _ = address.set_password(None);
    address.set_query(None);
    address.set_fragment(None);
    clean_line(address.as_str(), LINE_CHARS)
}

type Days = BTreeMap<Date, u64>;

fn days_of(rows: Vec<FeedDay>) -> BTreeMap<String, Days> {
    let mut days: BTreeMap<String, Days> = BTreeMap::new();
    for row in rows {
        // They are counted by days of UTC.
        let day = TimeZone::UTC.to_datetime(row.noon).date();
        days.entry(row.feed_id)
            .or_default()
            .insert(day, u64::from(row.items));
    }
    days
}

fn rhythm(days: Option<&Days>, today: Date) -> Chart {
    let first = today.saturating_sub((DAYS - 1).days());
    let all = std::iter::successors(Some(first), |day| day.tomorrow().ok());
    let all = all.take_while(|day| *day <= today);
    Chart {
        label: format!("New items a day, the last {DAYS} days (UTC)"),
        of: "Day",
        counts: "New items",
        values: all
            .map(|day| {
                (
                    day.strftime("%a %-d %b").to_string(),
                    days.and_then(|days| days.get(&day).copied()),
                )
            })
            .collect(),
    }
}

fn gap(sources: PageContext<'_>, outage: &OutageRow) -> String {
    format!(
        "{} to {}: {}",
        sources.time(outage.began).text,
        sources.time(outage.ended).text,
        clean_line(&outage.reason, LINE_CHARS)
    )
}

#[cfg(test)]
mod tests;
