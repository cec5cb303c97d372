//! Days and instants where the recipient is.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::core::week::days_ago;
use crate::daemon::mailer::context::MailerContext;

pub(super) fn midnight(date: Date) -> DateTime {
    date.at(0, 0, 0, 0)
}

/// The instant at which clocks show this, where the recipient is.
pub(super) fn instant(context: MailerContext<'_>, local: DateTime) -> Timestamp {
    let instant = context.recipient.time_zone.to_ambiguous_timestamp(local);
    instant.compatible().unwrap_or(context.now)
}

/// How many days before `end` that was: 0 for what is not before it, and `usize::MAX` for longer than anybody asks.
pub(super) fn age(context: MailerContext<'_>, at: Timestamp, end: DateTime) -> usize {
    let at = context.recipient.time_zone.to_datetime(at);
    match days_ago(at, end) {
        Some(days) => days,
        None if at >= end => 0,
        None => usize::MAX,
    }
}
