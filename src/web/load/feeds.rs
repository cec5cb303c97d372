//! Feeds, as `status` tells of them, with what they brought each day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Sources, count};
use crate::config::{Feed as Configured, FeedAddress};
use crate::core::digest::clean_line;
use crate::core::schedule::{FeedState, Health, health, health_while_polled};
use crate::store::StoreError;
use crate::store::feeds::{self as stored, FeedRow, OutageRow};
use crate::store::week::{FeedDay, feed_days};
use crate::web::chart::Chart;
use crate::web::pages::Section;
use crate::web::pages::feeds::{Feed, FeedsPage, Group};

/// Days of the chart.
const DAYS: i64 = 28;
/// Times of failure that are told of a feed, the last.
const GAPS_MAX: usize = 5;
/// Characters of a reason.
const LINE_CHARS: usize = 300;

/// All feeds of the configuration, those in trouble first.
pub fn feeds(sources: Sources<'_>) -> Result<FeedsPage, StoreError> {
    let Sources {
        connection,
        config,
        now,
        ..
    } = sources;
    let since = now
        .checked_sub(SignedDuration::from_hours(24 * DAYS))
        .unwrap_or(Timestamp::MIN);
    let known = stored::all(connection)?;
    let in_flight = stored::in_flight(connection)?;
    let days = days_of(feed_days(connection, since)?);
    let mut gaps: BTreeMap<String, Vec<OutageRow>> = BTreeMap::new();
    for outage in stored::outages_since(connection, since)? {
        gaps.entry(outage.feed_id.clone()).or_default().push(outage);
    }
    let today = jiff::tz::TimeZone::UTC.to_datetime(now).date();
    let never = FeedState::default();
    let (mut bad, mut fine) = (Vec::new(), Vec::new());
    for feed in &config.feeds {
        let row = known.get(&feed.id);
        let state = row.map_or(&never, |row| &row.state);
        let health = match in_flight.get(&feed.id) {
            Some(begun) => health_while_polled(state, *begun, now),
            None => health(state, now),
        };
        let gaps = gaps.remove(&feed.id).unwrap_or_default();
        let shown = Feed {
            id: feed.id.clone(),
            title: title(sources, feed, row),
            address: place_of(feed),
            health: clean_line(&health.sentence(now), LINE_CHARS),
            rhythm: rhythm(days.get(&feed.id), today),
            gaps: gaps
                .iter()
                .rev()
                .take(GAPS_MAX)
                .map(|gap| self::gap(sources, gap))
                .collect(),
        };
        if matches!(
            health,
            Health::Untried | Health::Fine | Health::Polling { .. }
        ) {
            &mut fine
        } else {
            &mut bad
        }
        .push(shown);
    }
    let verdict = match (fine.len(), bad.len()) {
        (0, 0) => "No feed is configured".to_owned(),
        (1, 0) => "The one feed is fine".to_owned(),
        (all, 0) => format!("All {all} feeds are fine"),
        (_, 1) => format!(
            "1 of {} is not fine",
            count(config.feeds.len() as u64, "feed")
        ),
        (_, several) => format!("{several} of {} feeds are not fine", config.feeds.len()),
    };
    let group = |name: &str, is_bad, feeds: Vec<Feed>| Group {
        name: name.to_owned(),
        is_bad,
        feeds,
    };
    let groups = [group("Not fine", true, bad), group("Fine", false, fine)];
    Ok(FeedsPage {
        frame: sources.frame(Section::Feeds),
        verdict,
        groups: groups
            .into_iter()
            .filter(|group| !group.feeds.is_empty())
            .collect(),
    })
}

fn title(sources: Sources<'_>, feed: &Configured, row: Option<&FeedRow>) -> String {
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
        let day = jiff::tz::TimeZone::UTC.to_datetime(row.noon).date();
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

fn gap(sources: Sources<'_>, outage: &OutageRow) -> String {
    format!(
        "{} to {}: {}",
        sources.time(outage.began).text,
        sources.time(outage.ended).text,
        clean_line(&outage.reason, LINE_CHARS)
    )
}
