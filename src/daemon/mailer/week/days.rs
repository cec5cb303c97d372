//! What is unusual on the days since the last digest.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::count::CountPeriod;
use super::time::midnight;
use super::{count, feeds};
use crate::core::digest::Privacy;
use crate::core::week::{Anomaly, AnomalySubject, DAYS_BACK, Period, days_ago};
use crate::daemon::mailer::context::MailerContext;
use crate::store::StoreError;

/// Begins the words that say what was told of a day.
const DAY_TOLD: &str = "unusual/";

/// What is unusual on the days since the last digest.
#[derive(Default)]
pub(in crate::daemon::mailer) struct UnusualDays {
    /// What was not told.
    pub(in crate::daemon::mailer) untold: Vec<Anomaly>,
    /// The watches that found so much, told or not: what they find stands before its like all the time.
    pub(in crate::daemon::mailer) watches: HashSet<String>,
    /// The words by which it is remembered from one digest to the next what was told, this among it.
    pub(in crate::daemon::mailer) told: BTreeSet<String>,
}

/// What is unusual on the days since the last digest. A day is told once: today, when it is unusual already, or later.
pub(in crate::daemon::mailer) fn unusual_since_last_digest(
    context: MailerContext<'_>,
    last_digest: Option<Timestamp>,
    told: &BTreeSet<String>,
) -> Result<UnusualDays, StoreError> {
    let recipient = context.recipient;
    let mut unusual_days = UnusualDays {
        told: kept(context, told).cloned().collect(),
        ..UnusualDays::default()
    };
    if recipient.privacy == Privacy::Sealed {
        return Ok(unusual_days);
    }
    let today = recipient.time_zone.to_datetime(context.now).date();
    let end = midnight(today.saturating_add(1.days()));
    let since = last_digest.and_then(|at| days_ago(recipient.time_zone.to_datetime(at), end));
    let days = match last_digest {
        None => 1,
        Some(_) => since.map_or(DAYS_BACK, |ago| (ago + 1).min(DAYS_BACK)),
    };
    let reads = feeds::reads(context, end)?;
    let seen = crate::core::week::seen(reads.values());
    let counted = count::count(context, end, seen, CountPeriod::Days(days))?;
    for (ago, day) in (0..days).zip(std::iter::successors(Some(today), |day| {
        day.yesterday().ok()
    })) {
        for unusual in counted.metrics.unusual(Period::Day(ago)) {
            match &unusual.what {
                AnomalySubject::Watch { id, .. } => {
                    unusual_days.watches.insert(id.clone());
                }
                AnomalySubject::Place(_) if counted.places_in_part => continue,
                AnomalySubject::Place(_) => {}
            }
            let word = format!("{DAY_TOLD}{day}/{}", unusual.word());
            if unusual_days.told.insert(word) {
                let day = Some(day);
                unusual_days.untold.push(Anomaly { day, ..unusual });
            }
        }
    }
    (unusual_days.untold).sort_by(|a, b| b.anomaly_score().total_cmp(&a.anomaly_score()));
    Ok(unusual_days)
}

/// Those of what was told of days that the next digest may come upon again.
pub(in crate::daemon::mailer) fn kept<'a>(
    context: MailerContext<'_>,
    told: &'a BTreeSet<String>,
) -> impl Iterator<Item = &'a String> {
    let today = context.recipient.time_zone.to_datetime(context.now).date();
    let back = i64::try_from(DAYS_BACK).unwrap_or(i64::MAX);
    let first = today.saturating_sub(jiff::Span::new().days(back));
    told.iter().filter(move |word| {
        let day = word.strip_prefix(DAY_TOLD).and_then(|rest| rest.get(..10));
        day.and_then(|day| day.parse::<Date>().ok())
            .is_some_and(|day| day >= first)
    })
}
