//! `newsvigil mute` and `unmute`: a watch whose hits are stored and told to nobody for a while.

use std::process::ExitCode;

use clap::Args;
use jiff::{SignedDuration, Timestamp};

use super::failure::{Failure, USAGE, no_watch};
use super::output;
use super::paths::Paths;
use crate::config::units;
use crate::store::mutes;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The watch
    #[arg(long, value_name = "ID")]
    watch: String,
    /// How long, such as 12h, 3d or 2w
    #[arg(long = "for", value_name = "TIME")]
    time: String,
    /// Why; digests, summaries and `status` say it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, Args)]
pub(super) struct Unmute {
    /// The watch
    #[arg(long, value_name = "ID")]
    watch: String,
}

pub(super) fn mute(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    if config.watch(&options.watch).is_none() {
        return Err(no_watch(&config, &options.watch, ""));
    }
    let now = Timestamp::now();
    let ends = units::parse_duration(&options.time)
        .filter(SignedDuration::is_positive)
        .and_then(|time| now.checked_add(time).ok())
        .ok_or_else(|| {
            Failure::new(
                USAGE,
                format!("--for {}: write it like 12h, 3d or 2w", options.time),
            )
        })?;
    let reason = output::printable(&options.reason, 200);
    mutes::add(&paths.write_database()?, &options.watch, &reason, now, ends)?;
    say!(
        "`{}` is muted until {}; what it finds is stored, counted in mails, and told to nobody",
        options.watch,
        output::local_time(ends)
    );
    Ok(ExitCode::SUCCESS)
}

pub(super) fn unmute(paths: &Paths, options: &Unmute) -> Result<ExitCode, Failure> {
    if mutes::end(&paths.write_database()?, &options.watch, Timestamp::now())? == 0 {
        return Err(Failure::new(
            USAGE,
            format!("`{}` is not muted", options.watch),
        ));
    }
    say!("`{}` is no longer muted", options.watch);
    Ok(ExitCode::SUCCESS)
}
