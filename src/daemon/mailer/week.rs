//! The summary of the week, and what is unusual on a day.

mod count;
mod days;
mod feeds;
mod time;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp, ToSpan};

use self::count::CountPeriod;
pub(super) use self::days::{UnusualDays, kept, unusual_since_last_digest};
use self::time::{instant, midnight};
use super::context::{MailerContext, reader};
use super::coverage::{coverage, muted};
use super::uncomposable::mail_specific_failure;
use crate::config::{Config, Recipient, Watch};
use crate::core::calendar::Schedule;
use crate::core::digest::{Privacy, Week};
use crate::core::week::{AnomalySubject, FeedChanges, Period};
use crate::mail::{RenderOptions, RenderedMessage, render_week};
use crate::store::digests::{self, Composed};
use crate::store::outbox::{self, Contents, MailKind};
use crate::store::{Connection, StoreError, mutes, week};

/// Summaries that are due sooner after each other are of one week: the recipient's zone was changed.
const ONE_WEEK: SignedDuration = SignedDuration::from_hours(24);
/// A summary that was made so long after the one that was last seen to is known of by its mail alone: a clock that was
/// behind has made summaries begin anew.
const BEGUN_ANEW: SignedDuration = SignedDuration::from_hours(24 * 8);
/// Summaries are made late of nine weeks at most, of which the database remembers when feeds were read.
const CAUGHT_UP: SignedDuration = SignedDuration::from_hours(24 * 7 * 9);

/// Makes the summary that is due. It tells no hit, and digests take no notice of it.
pub(super) fn compose(
    context: MailerContext<'_>,
    composed: &mut Composed,
) -> Result<(), StoreError> {
    let (connection, recipient, now) = (context.connection, context.recipient, context.now);
    let id = &recipient.id;
    let last = week::last_summary(connection, id)?;
    let Some(schedule) = &recipient.summary else {
        if last.is_some() {
            week::forget_summary(connection, id)?;
        }
        return Ok(());
    };
    let tz = &recipient.time_zone;
    let is_over = |last| instant(context, midnight(tz.to_datetime(last).date())) <= now;
    match last.filter(|last| is_over(*last)) {
        // The first comes at the next time; and after a clock that was ahead, they go on from now.
        None => week::set_last_summary(connection, id, now)?,
        Some(last) => match digests::apart(connection, || catch_up(context, schedule, last)) {
            Ok(posted) => composed.posted += posted,
            Err(error) => {
                composed.failed = Some(mail_specific_failure(connection, error)?);
                return Ok(());
            }
        },
    }
    let next = schedule.next_after(now, tz);
    composed.look_again = composed.look_again.into_iter().chain(next).min();
    Ok(())
}

/// Makes the summary of each week that is due in which something was read, and of the newest in any case. Gives their
/// number.
fn catch_up(
    context: MailerContext<'_>,
    schedule: &Schedule,
    last: Timestamp,
) -> Result<usize, StoreError> {
    let (connection, now) = (context.connection, context.now);
    let (id, tz) = (&context.recipient.id, &context.recipient.time_zone);
    let made = outbox::last_made(connection, id, MailKind::Summary, None, now)?;
    let is_anew = made.is_some_and(|made| made.duration_since(last) > BEGUN_ANEW);
    let last = made.filter(|_| is_anew).unwrap_or(last);
    let next = |after| schedule.next_after(after, tz);
    let compared = now.checked_sub(CAUGHT_UP).unwrap_or(Timestamp::MIN);
    let dues = std::iter::successors(next(last.max(compared)), |due| next(*due));
    let dues: Vec<Timestamp> = dues.take_while(|due| *due <= now).collect();
    let date = |due: Timestamp| tz.to_datetime(due).date();
    // Of two that say that nothing was read, one within a day of the other, the second says it for both.
    if let Some(newest) = dues.last()
        && next(*newest).is_some_and(|next| next.duration_since(now) < ONE_WEEK)
        && was_unread(context, date(*newest))?
    {
        return Ok(0);
    }
    let mut told_until = date(last);
    // Where the last one's week ended, if that was in another zone: it was due at its time of the day there as well.
    let time = next(last).map_or(Time::midnight(), |due| tz.to_datetime(due).time());
    let is_of_zone = tz.to_datetime(last).time() == time;
    let mut ended = (made >= Some(last) && !is_anew && !is_of_zone)
        .then(|| last - time.duration_since(Time::midnight()));
    let mut posted = 0;
    for due in &dues {
        let end = date(*due);
        let is_newest = Some(due) == dues.last();
        let of_zone = due.duration_since(last) < ONE_WEEK && made >= Some(last);
        if !of_zone && was_unread(context, end)? {
            if instant(context, midnight(end)).duration_since(last) < ONE_WEEK / 2 {
                // It was over before there was anything to be read.
                week::set_last_summary(connection, id, *due)?;
                continue;
            }
            // The next one tells that there was none.
            if !is_newest {
                continue;
            }
        }
        if !of_zone {
            let is_missed = told_until < end.saturating_sub(7.days());
            post(context, *due, ended.take(), is_missed.then_some(told_until))?;
            week::set_last_summary(connection, id, *due)?;
            posted += 1;
        }
        told_until = end;
    }
    Ok(posted)
}

/// Whether no feed was read, and nothing found, in the seven days before `end`.
fn was_unread(context: MailerContext<'_>, end: Date) -> Result<bool, StoreError> {
    let reads = feeds::reads(context, midnight(end))?;
    let week =
        instant(context, midnight(end.saturating_sub(7.days())))..instant(context, midnight(end));
    Ok(!reads.values().any(|feed| feed.read[..7].contains(&true))
        && !week::has_hits(context.connection, week)?)
}

fn post(
    context: MailerContext<'_>,
    due: Timestamp,
    ended: Option<Timestamp>,
    missed_since: Option<Date>,
) -> Result<(), StoreError> {
    let end = context.recipient.time_zone.to_datetime(due).date();
    let week = Week {
        missed_since,
        ..of_week(context, end, ended)?
    };
    let message = context.message(MailKind::Summary, render(context, &week)?);
    digests::post(
        context.connection,
        &message,
        &Contents::default(),
        context.now,
    )?;
    Ok(())
}

fn render(context: MailerContext<'_>, week: &Week) -> Result<RenderedMessage, StoreError> {
    let end = week.last.saturating_add(1.days());
    let seed = format!("summary/{}/{end}/{}", context.recipient.id, context.now);
    render_week(week, context.options, &seed, context.now)
        .map_err(|error| StoreError::MailUncomposable(error.to_string()))
}

/// The summary that the recipient would get now, of the seven days before this one.
pub fn preview_week(
    connection: &Connection,
    config: &Config,
    options: &RenderOptions,
    recipient: &Recipient,
    now: Timestamp,
) -> Result<RenderedMessage, StoreError> {
    let context = MailerContext {
        connection,
        config,
        options,
        recipient,
        now,
    };
    let week = of_week(context, recipient.time_zone.to_datetime(now).date(), None)?;
    render(context, &week)
}

/// The week of all watches, whomever they name: the seven days before this one, where the first recipient is.
pub fn week_of_all(
    connection: &Connection,
    config: &Config,
    now: Timestamp,
) -> Result<Week, StoreError> {
    let first = config.recipients.first();
    let first = first.ok_or_else(|| StoreError::MailUncomposable("nobody reads".to_owned()))?;
    let everybody = Recipient {
        topics: None,
        watches: None,
        places: None,
        min_score: None,
        privacy: Privacy::Open,
        ..first.clone()
    };
    let watches = config.watches.iter();
    let config = Config {
        watches: watches
            .map(|watch| Watch {
                recipients: None,
                ..watch.clone()
            })
            .collect(),
        ..config.clone()
    };
    let context = MailerContext {
        connection,
        config: &config,
        // Nothing is rendered by them.
        options: &RenderOptions::new(String::new()),
        recipient: &everybody,
        now,
    };
    of_week(context, everybody.time_zone.to_datetime(now).date(), None)
}

/// The seven days before `end`, and what passed between them and the week that ended within a day before them.
fn of_week(
    context: MailerContext<'_>,
    end: Date,
    ended: Option<Timestamp>,
) -> Result<Week, StoreError> {
    let recipient = context.recipient;
    let first = end.saturating_sub(7.days());
    let (start, until) = (
        instant(context, midnight(first)),
        instant(context, midnight(end)),
    );
    let is_gap = |ended: &Timestamp| *ended < start && start.duration_since(*ended) <= ONE_WEEK;
    let start = ended.filter(is_gap).unwrap_or(start);
    let reads = feeds::reads(context, midnight(end))?;
    let seen = crate::core::week::seen(reads.values());
    let counted = count::count(context, midnight(end), seen, CountPeriod::WeekSince(start))?;
    let all = counted.metrics.all();
    let mut coverage = coverage(
        context.connection,
        context.config,
        recipient,
        Some(start),
        context.now,
    )?;
    let mutes = mutes::within(context.connection, start..until, context.now)?;
    coverage.muted = muted(context.config, recipient, mutes);
    let mut feeds = feeds::changes(context, &reads, midnight(end))?;
    feeds.in_trouble_before = feeds::retain_troubles_of_week(context, &mut coverage, start..until)?;
    let mut week = Week {
        recipient: reader(recipient),
        first,
        last: end.saturating_sub(1.days()),
        time: start..until,
        stories: all.now,
        baseline: all.baseline(),
        weeks: all.before.len(),
        watched: feeds::watched(context, &reads, &seen, until)?,
        missed_since: None,
        topics: counted.metrics.topics(),
        places: counted.metrics.places(),
        places_in_part: counted.places_in_part,
        unusual: counted.metrics.unusual(Period::Week),
        headlines: BTreeMap::new(),
        feeds,
        coverage,
    };
    if week.places_in_part {
        week.places.clear();
        week.unusual
            .retain(|unusual| !matches!(unusual.what, AnomalySubject::Place(_)));
    }
    if recipient.privacy == Privacy::Sealed {
        // Numbers, and no name.
        week.topics.clear();
        week.places.clear();
        week.unusual.clear();
        week.feeds = FeedChanges::default();
    }
    for unusual in &week.unusual {
        if let Some(headline) = week::headline(context.connection, unusual.item)? {
            week.headlines.insert(unusual.item, headline);
        }
    }
    Ok(week)
}
