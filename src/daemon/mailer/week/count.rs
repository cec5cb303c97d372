//! Hits counted as stories, by day, for one recipient.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::time::{age, instant};
use crate::config::Watch;
use crate::core::place::Scratch;
use crate::core::week::{
    DAYS, Found, KnownWatch, Place, SETTLED, Seen, Sighting, StoryCounter, days_ago,
};
use crate::daemon::mailer::context::MailerContext;
use crate::store::week::CountedHit;
use crate::store::{StoreError, week};

/// Hits that are counted at most; of more, the newest.
const HITS_AT_MOST: u32 = 300_000;
/// Items whose words are looked at for places, at most.
const PLACES_AT_MOST: usize = 20_000;

pub(super) struct Counted {
    pub metrics: StoryCounter,
    /// Whether the places of some were not looked at.
    pub places_in_part: bool,
}

/// What is asked for, with what it is compared with.
#[derive(Clone, Copy)]
pub(super) enum CountPeriod {
    /// So many days.
    Days(usize),
    /// The last week. What was found from then on is of it, as if on its first day.
    WeekSince(Timestamp),
}

/// Counts the stories of the weeks before `end`, on days that were `seen`.
pub(super) fn count(
    context: MailerContext<'_>,
    end: DateTime,
    mut seen: Seen,
    asked: CountPeriod,
) -> Result<Counted, StoreError> {
    let connection = context.connection;
    let until = instant(context, end);
    let since = kept_since(context, end, &mut seen)?;
    let (watches, known) = watches(context, end)?;
    let mut counter = Counter {
        context,
        end,
        asked,
        watches,
        known_feeds: week::known_feeds(connection)?
            .into_iter()
            .map(|(id, feed)| (id, age(context, feed.first_read, end) >= SETTLED))
            .collect(),
        metrics: StoryCounter::new(seen, known),
        places: Places {
            context,
            scratch: Scratch::default(),
            looked_at: 0,
        },
    };
    let mut item: Option<Item<'_>> = None;
    week::hits(connection, since, until, &mut |hit| {
        let is_of_item = (item.as_ref())
            .is_some_and(|item| item.entry_id == hit.entry_id && item.found == hit.found);
        if !is_of_item && let Some(whole) = item.take() {
            counter.add(&whole)?;
        }
        let Some((id, watch)) = counter.watches.get_key_value(hit.watch_id) else {
            return Ok(());
        };
        let score = (!watch.spec.score.is_empty()).then_some(hit.score);
        if context.recipient.counts(watch, score) {
            let item = item.get_or_insert_with(|| Item::of(&hit));
            item.is_apart |= !watch.stories;
            item.watches.push(Found {
                watch: id,
                score: hit.score,
                terms: hit.terms,
            });
        }
        Ok(())
    })?;
    if let Some(last) = item {
        counter.add(&last)?;
    }
    Ok(Counted {
        places_in_part: counter.places.looked_at > PLACES_AT_MOST,
        metrics: counter.metrics,
    })
}

/// Since when hits are compared: not since before those that are let go of or too many, whose days are not `seen`.
fn kept_since(
    context: MailerContext<'_>,
    end: DateTime,
    seen: &mut Seen,
) -> Result<Timestamp, StoreError> {
    let until = instant(context, end);
    let mut since = week::compared_since(until);
    let retention = context.config.store.hit_retention;
    let lost = [
        week::crowded_since(context.connection, since, until, HITS_AT_MOST)?,
        retention.and_then(|time| context.now.checked_sub(time).ok()),
    ];
    for lost in lost.into_iter().flatten() {
        if lost <= since {
            continue;
        }
        // The first of those days is there in part.
        let whole = age(context, lost, end).min(DAYS);
        seen[whole..].fill(false);
        since = lost;
    }
    Ok(since)
}

type Watches<'a> = HashMap<&'a str, &'a Watch>;

/// The watches whose hits the recipient's summary counts.
fn watches(
    context: MailerContext<'_>,
    end: DateTime,
) -> Result<(Watches<'_>, Vec<KnownWatch>), StoreError> {
    let ages = week::watches_since(context.connection)?;
    let counted = context.config.watches.iter();
    let counted = counted.filter(|watch| context.recipient.counts(watch, None));
    let known = counted.clone().map(|watch| KnownWatch {
        id: watch.id.clone(),
        title: watch.title.clone(),
        topic: watch.topic.clone(),
        began: ages.get(&watch.id).map_or(0, |at| age(context, *at, end)),
    });
    let known = known.collect();
    Ok((
        counted.map(|watch| (watch.id.as_str(), watch)).collect(),
        known,
    ))
}

/// An item with the watches that found it at one time.
struct Item<'a> {
    entry_id: i64,
    story: i64,
    feed_id: String,
    found: Timestamp,
    watches: Vec<Found<'a>>,
    /// Whether a watch wants each item by itself.
    is_apart: bool,
}

impl Item<'_> {
    fn of(hit: &CountedHit<'_>) -> Self {
        Self {
            entry_id: hit.entry_id,
            story: hit.story,
            feed_id: hit.feed_id.to_owned(),
            found: hit.found,
            watches: Vec::new(),
            is_apart: false,
        }
    }
}

struct Counter<'a> {
    context: MailerContext<'a>,
    end: DateTime,
    asked: CountPeriod,
    watches: Watches<'a>,
    known_feeds: HashMap<String, bool>,
    metrics: StoryCounter,
    places: Places<'a>,
}

impl Counter<'_> {
    fn add(&mut self, item: &Item<'_>) -> Result<(), StoreError> {
        let recipient = self.context.recipient;
        let local = recipient.time_zone.to_datetime(item.found);
        let Some(ago) = days_ago(local, self.end) else {
            return Ok(());
        };
        let (ago, days) = match self.asked {
            CountPeriod::Days(days) => (ago, days),
            CountPeriod::WeekSince(start) if item.found >= start => (ago.min(6), 7),
            CountPeriod::WeekSince(_) => (ago, 7),
        };
        // A digest tells it by itself too, with a number that no story has.
        let story = if item.is_apart {
            -item.entry_id - 1
        } else {
            item.story
        };
        let is_asked_for = ago % 7 < days && !self.metrics.knows(story);
        let about = if is_asked_for || recipient.places.is_some() {
            self.places.of(item.entry_id)?
        } else {
            Vec::new()
        };
        if let Some(wanted) = &recipient.places
            && !wanted.admit(&about)
        {
            return Ok(());
        }
        let places = &self.context.config.places;
        let place = |place: &usize| Place {
            name: places.title(*place).to_owned(),
            id: places.id(*place).to_owned(),
        };
        self.metrics.add(&Sighting {
            item: item.entry_id,
            story,
            ago,
            found: &item.watches,
            places: &about.iter().map(place).collect::<Vec<_>>(),
            known_feed: self.known_feeds.get(&item.feed_id).copied() == Some(true),
        });
        Ok(())
    }
}

/// What items are about, one after the other.
struct Places<'a> {
    context: MailerContext<'a>,
    scratch: Scratch,
    looked_at: usize,
}

impl Places<'_> {
    fn of(&mut self, entry: i64) -> Result<Vec<usize>, StoreError> {
        self.looked_at += 1;
        if self.looked_at > PLACES_AT_MOST {
            return Ok(Vec::new());
        }
        let document = week::words_of(self.context.connection, entry)?;
        Ok(document.map_or_else(Vec::new, |document| {
            self.context.config.places_of(&document, &mut self.scratch)
        }))
    }
}
