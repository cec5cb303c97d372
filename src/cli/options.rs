//! Options that several commands have.

use clap::Args;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::failure::{Failure, USAGE};
use crate::config::units;

/// The `--json` of commands that print for machines, too.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Format {
    /// Print JSON, one object a line
    #[arg(long)]
    pub(super) json: bool,
}

/// The time that `--since` means: so long before `now`, the beginning of a day here, or a time, here or with its zone.
pub(super) fn since(text: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    time_of("--since", text, now, Some)
}

/// The time that `--until` means: likewise, but the end of a day.
pub(super) fn until(text: &str, now: Timestamp) -> Result<Timestamp, Failure> {
    time_of("--until", text, now, |day| day.tomorrow().ok())
}

/// Of a day, the beginning of that which `day` gives.
fn time_of(
    option: &str,
    text: &str,
    now: Timestamp,
    day: impl FnOnce(Date) -> Option<Date>,
) -> Result<Timestamp, Failure> {
    let ago = units::parse_duration(text).and_then(|time| now.checked_sub(time).ok());
    let here = || {
        let local: DateTime = if text.contains(['T', 't', ' ']) {
            text.parse().ok()?
        } else {
            day(text.parse().ok()?)?.into()
        };
        local.to_zoned_datetime(TimeZone::system()).ok()
    };
    let instant = ago.or_else(|| text.parse().ok());
    let instant = instant.or_else(|| here().map(|local| local.timestamp()));
    instant.ok_or_else(|| {
        Failure::new(
            USAGE,
            format!("{option} {text}: write it like 24h, 7d, 4w, 2026-01-31 or 2026-01-31T08:00Z"),
        )
    })
}
