//! The summary of the week, and what is unusual on a day.

mod feeds;

use std::collections::{BTreeSet, HashMap};

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan};
use rusqlite::Connection;

use super::compose::own_trouble;
use super::coverage::coverage;
use super::draft::{Desk, reader};
use crate::config::{Config, Recipient};
use crate::core::digest::Privacy;
use crate::core::place;
use crate::core::week::{
    DAYS, KnownWatch, Period, SETTLED, Seen, Sighting, Tally, UNUSUAL_IN_A_DIGEST, Unusual, Week,
    What, changed_since, days_ago,
};
use crate::mail::{RenderOptions, RenderedMessage, render_week};
use crate::store::digests::{self, Composed};
use crate::store::outbox::{Contents, MailKind};
use crate::store::{StoreError, week};

/// Hits that are counted at most; of more, the newest.
const HITS_AT_MOST: u32 = 300_000;
/// Items whose words are looked at for places, at most.
const PLACES_AT_MOST: usize = 20_000;

/// Makes the summary that is due. It tells no hit, and digests take no notice of it.
pub(super) fn compose(desk: Desk<'_>, composed: &mut Composed) -> Result<(), StoreError> {
    let Desk {
        connection,
        recipient,
        now,
        ..
    } = desk;
    let id = &recipient.id;
    let last = week::last_summary(connection, id)?;
    let Some(schedule) = &recipient.summary else {
        if last.is_some() {
            week::forget_summary(connection, id)?;
        }
        return Ok(());
    };
    let tz = &recipient.time_zone;
    match last.filter(|last| *last <= now) {
        // The first comes at the next time; and after a clock that was ahead, they go on from now.
        None => week::set_last_summary(connection, id, now)?,
        Some(last) => {
            if let Some(due) = schedule.last_between(last, now, tz) {
                match digests::apart(connection, || post(desk, due)) {
                    Ok(()) => composed.posted += 1,
                    Err(error) => {
                        composed.failed = Some(own_trouble(connection, error)?);
                        return Ok(());
                    }
                }
            }
        }
    }
    let next = schedule.next_after(now, tz);
    composed.look_again = composed.look_again.into_iter().chain(next).min();
    Ok(())
}

fn post(desk: Desk<'_>, due: Timestamp) -> Result<(), StoreError> {
    let recipient = desk.recipient;
    let rendered = render(desk, recipient.time_zone.to_datetime(due).date())?;
    let message = desk.message(MailKind::Summary, rendered);
    digests::post(desk.connection, &message, &Contents::default(), desk.now)?;
    week::set_last_summary(desk.connection, &recipient.id, due)
}

fn render(desk: Desk<'_>, end: Date) -> Result<RenderedMessage, StoreError> {
    let week = of_week(desk, end)?;
    let seed = format!("summary/{}/{end}/{}", desk.recipient.id, desk.now);
    render_week(&week, desk.options, &seed, desk.now)
        .map_err(|error| StoreError::Unmade(error.to_string()))
}

/// The summary that the recipient would get now, of the seven days before this one.
pub fn preview_week(
    connection: &Connection,
    config: &Config,
    options: &RenderOptions,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<RenderedMessage, StoreError> {
    let desk = Desk {
        connection,
        config,
        options,
        recipient,
        now,
    };
    render(desk, recipient.time_zone.to_datetime(now).date())
}

/// The seven days before `end`.
fn of_week(desk: Desk<'_>, end: Date) -> Result<Week, StoreError> {
    let recipient = desk.recipient;
    let first = end.saturating_sub(7.days());
    let start = instant(desk, first.at(0, 0, 0, 0));
    let counted = count(desk, Period::Week, end.at(0, 0, 0, 0))?;
    let all = counted.tally.all();
    let mut week = Week {
        recipient: reader(recipient),
        first,
        last: end.saturating_sub(1.days()),
        stories: all.now,
        habit: all.habit().map(|habit| habit.median),
        weeks: all.before.len(),
        days_seen: counted.seen[..7].iter().filter(|seen| **seen).count(),
        topics: counted.tally.topics(),
        places: counted.tally.places(),
        places_in_part: counted.places_in_part,
        unusual: counted.tally.unusual(),
        feeds: feeds::changes(desk, end)?,
        coverage: coverage(
            desk.connection,
            desk.config,
            recipient,
            Some(start),
            desk.now,
        )?,
    };
    if week.places_in_part {
        week.places.clear();
        week.unusual
            .retain(|unusual| !matches!(unusual.what, What::Place { .. }));
    }
    for feeds in [&mut week.coverage.failing, &mut week.coverage.silent] {
        let (changed, before) = changed_since(std::mem::take(feeds), start);
        *feeds = changed;
        week.feeds.in_trouble_before += before;
    }
    if recipient.privacy == Privacy::Sealed {
        // Numbers, and no name.
        week.topics.clear();
        week.places.clear();
        week.unusual.clear();
        week.feeds = crate::core::week::FeedChanges::default();
    }
    Ok(week)
}

/// What is unusual in the last 24 hours and was not told on this day, with the words by which that is remembered
/// from one digest to the next.
pub(super) fn of_day(
    desk: Desk<'_>,
    told: &BTreeSet<String>,
) -> Result<(Vec<Unusual>, BTreeSet<String>), StoreError> {
    let recipient = desk.recipient;
    let mut words: BTreeSet<String> = told
        .iter()
        .filter(|word| is_of_day(desk, word))
        .cloned()
        .collect();
    if recipient.privacy == Privacy::Sealed {
        return Ok((Vec::new(), words));
    }
    let end = recipient.time_zone.to_datetime(desk.now);
    let counted = count(desk, Period::Day, end)?;
    let mut unusual = counted.tally.unusual();
    unusual.retain(|unusual| {
        let is_place = matches!(unusual.what, What::Place { .. });
        !(is_place && counted.places_in_part || words.contains(&word(desk, unusual)))
    });
    unusual.truncate(UNUSUAL_IN_A_DIGEST);
    words.extend(unusual.iter().map(|unusual| word(desk, unusual)));
    Ok((unusual, words))
}

/// Whether the word says that something unusual was told on this day.
pub(super) fn is_of_day(desk: Desk<'_>, word: &str) -> bool {
    word.starts_with(&of_today(desk))
}

fn word(desk: Desk<'_>, unusual: &Unusual) -> String {
    format!("{}{}", of_today(desk), unusual.word())
}

fn of_today(desk: Desk<'_>) -> String {
    let today = desk.recipient.time_zone.to_datetime(desk.now).date();
    format!("unusual/{today}/")
}

struct Counted {
    tally: Tally,
    seen: Seen,
    /// Whether the places of some were not looked at.
    places_in_part: bool,
}

/// The instant at which clocks show this, where the recipient is.
fn instant(desk: Desk<'_>, local: DateTime) -> Timestamp {
    let instant = desk.recipient.time_zone.to_ambiguous_timestamp(local);
    instant.compatible().unwrap_or(desk.now)
}

/// How many days before `end` that was: 0 for what is not before it, and `usize::MAX` for longer than anybody asks.
fn age(desk: Desk<'_>, at: Timestamp, end: DateTime) -> usize {
    let at = desk.recipient.time_zone.to_datetime(at);
    match days_ago(at, end) {
        Some(days) => days,
        None if at >= end => 0,
        None => usize::MAX,
    }
}

/// Counts the stories of the period that ends at `end`, and of those before.
fn count(desk: Desk<'_>, period: Period, end: DateTime) -> Result<Counted, StoreError> {
    let Desk {
        connection,
        config,
        recipient,
        ..
    } = desk;
    let until = instant(desk, end);
    let mut since = week::compared_since(until);
    let mut seen = feeds::seen(desk, end)?;
    let lost = [
        week::crowded_since(connection, since, until, HITS_AT_MOST)?,
        (config.store.hit_retention).and_then(|time| desk.now.checked_sub(time).ok()),
    ];
    for lost in lost.into_iter().flatten() {
        if lost <= since {
            continue;
        }
        // The first of those days is there in part.
        let whole = age(desk, lost, end).min(DAYS);
        seen[whole..].fill(false);
        since = lost;
    }
    let ages = week::watches_since(connection)?;
    let mut watches = HashMap::new();
    let mut known = Vec::new();
    for watch in &config.watches {
        if recipient.counts(watch, None) {
            watches.insert(watch.id.as_str(), watch);
            known.push(KnownWatch {
                id: watch.id.clone(),
                title: watch.title.clone(),
                topic: watch.topic.clone(),
                began: ages.get(&watch.id).map_or(0, |at| age(desk, *at, end)),
            });
        }
    }
    let known_feeds: HashMap<String, bool> = week::known_feeds(connection)?
        .into_iter()
        .map(|(id, feed)| (id, age(desk, feed.first_read, end) >= SETTLED))
        .collect();
    let mut tally = Tally::new(period, seen, known);
    let mut places = Places {
        desk,
        scratch: place::Scratch::default(),
        looked_at: 0,
        last: None,
    };
    week::hits(connection, since, until, &mut |hit| {
        let local = recipient.time_zone.to_datetime(hit.found);
        let (Some(watch), Some(ago)) = (watches.get(hit.watch_id), days_ago(local, end)) else {
            return Ok(());
        };
        let score = (!watch.spec.score.is_empty()).then_some(hit.score);
        if !recipient.counts(watch, score) {
            return Ok(());
        }
        let is_first = tally.compares(ago) && !tally.knows(hit.story);
        let about = places.of(hit.entry_id, is_first || recipient.places.is_some())?;
        if let Some(wanted) = &recipient.places
            && !wanted.admit(&about)
        {
            return Ok(());
        }
        tally.add(&Sighting {
            story: hit.story,
            ago,
            watch: hit.watch_id,
            places: &config.place_titles(&about),
            known_feed: known_feeds.get(hit.feed_id).copied().unwrap_or_default(),
        });
        Ok(())
    })?;
    Ok(Counted {
        places_in_part: places.looked_at > PLACES_AT_MOST,
        tally,
        seen,
    })
}

/// What items are about, one after the other.
struct Places<'a> {
    desk: Desk<'a>,
    scratch: place::Scratch,
    looked_at: usize,
    /// Several watches may have hit the item before.
    last: Option<(i64, Vec<usize>)>,
}

impl Places<'_> {
    /// Nothing of an item that is not `wanted`, unless it is the one before.
    fn of(&mut self, entry: i64, wanted: bool) -> Result<Vec<usize>, StoreError> {
        if let Some((last, about)) = &self.last
            && *last == entry
        {
            return Ok(about.clone());
        }
        if !wanted {
            return Ok(Vec::new());
        }
        self.looked_at += 1;
        if self.looked_at > PLACES_AT_MOST {
            return Ok(Vec::new());
        }
        let document = week::words_of(self.desk.connection, entry)?;
        let about = document.map_or_else(Vec::new, |document| {
            self.desk.config.places_of(&document, &mut self.scratch)
        });
        self.last = Some((entry, about.clone()));
        Ok(about)
    }
}
