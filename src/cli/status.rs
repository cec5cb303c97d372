//! `newsvigil status`: how everything stands, from beside the service.

use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;

use super::failure::{CONFIGURATION, Failure, NEEDS_ATTENTION};
use super::options::Format;
use super::output;
use super::paths::Paths;
use crate::config;
use crate::core::common_cause::{group_by_cause, named};
use crate::daemon::ServiceStatus;

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    format: Format,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    // What the database knows is wanted most when something is wrong, and that may be the configuration.
    let (config, problems, is_usable) = config::load_as_far_as_read(&paths.config);
    let Some(config) = config else {
        return Err(paths.refused(&problems));
    };
    let errors = if is_usable {
        Paths::warn_of_examples(&problems);
        0
    } else {
        tell_part!("{}", problems.render(output::error_styling()));
        problems.errors() as u64
    };
    let now = Timestamp::now();
    let connection = paths.read_database()?;
    let state = paths.state()?;
    let status = ServiceStatus::read(connection.as_ref(), &state, &config, errors, now)?;
    if options.format.json {
        say!("{}", output::json(&status)?);
    } else if connection.is_none() {
        needs(&status);
        say!(
            "nothing is stored in {} yet: run `newsvigil once`, or name the folder with --state",
            paths.state()?.display()
        );
    } else {
        for_people(&status, now);
        if let Some(told) = paths.told_state()? {
            let heading = output::HEADING;
            say!("{heading}State{heading:#}      {told}");
        }
    }
    Ok(if errors > 0 {
        ExitCode::from(CONFIGURATION)
    } else if status.needs.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(NEEDS_ATTENTION)
    })
}

/// How the pages behind items were read.
fn articles(status: &ServiceStatus) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    let articles = &status.articles;
    if !articles.reading.is_empty() {
        say!(
            "{heading}Articles{heading:#}   in seven days: {}",
            articles.reading.sentence()
        );
    }
    for (number, pages) in articles.unreadable.iter().enumerate() {
        let is_first = number == 0 && articles.reading.is_empty();
        let name = if is_first { "Articles" } else { "" };
        say!(
            "{heading}{name:<8}{heading:#}   {alarm}{}{alarm:#}: {}",
            pages.feed,
            output::printable(&pages.sentence, 300)
        );
    }
}

/// What needs a person comes first.
fn needs(status: &ServiceStatus) {
    let alarm = output::ALARM;
    for (number, need) in status.needs.iter().enumerate() {
        let name = if number == 0 { "Needs you" } else { "" };
        say!(
            "{alarm}{name:<9}{alarm:#}  {}",
            output::printable(need, 200)
        );
    }
}

fn for_people(status: &ServiceStatus, now: Timestamp) {
    needs(status);
    feeds(status, now);
    articles(status);
    items(status, now);
    mail(status, now);
    mutes(status, now);
}

fn time(seconds: Option<i64>) -> Option<Timestamp> {
    Timestamp::from_second(seconds?).ok()
}

/// How long ago it was.
fn ago(seconds: Option<i64>, now: Timestamp) -> String {
    time(seconds).map_or_else(|| "never".to_owned(), |time| output::past_time(time, now))
}

fn feeds(status: &ServiceStatus, now: Timestamp) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    say!(
        "{heading}Feeds{heading:#}      {}, {} fine; last poll {}",
        output::count(status.feeds, "feed"),
        status.feeds_fine,
        ago(status.last_poll, now)
    );
    for cause in group_by_cause(&status.troubles, |trouble| &trouble.cause) {
        let (subject, sentence) = match cause.of.as_slice() {
            [trouble] => (trouble.feed.clone(), trouble.sentence.clone()),
            several => {
                let ids: Vec<&str> = several
                    .iter()
                    .map(|trouble| trouble.feed.as_str())
                    .collect();
                let sentence = format!("{} ({})", cause.why, named(&ids));
                (format!("{} feeds:", ids.len()), sentence)
            }
        };
        say!(
            "           {alarm}{subject}{alarm:#} {}",
            output::printable(&sentence, 200)
        );
    }
    for moved in &status.moved {
        say!(
            "           {} has moved for good to {}: please change its address",
            moved.feed,
            output::printable(&moved.to, 200)
        );
    }
    for repaired in &status.repaired {
        say!(
            "           {} was read with repairs: {}",
            repaired.feed,
            output::printable(&repaired.warnings.join("; "), 200)
        );
    }
}

fn items(status: &ServiceStatus, now: Timestamp) {
    let heading = output::HEADING;
    say!(
        "{heading}Items{heading:#}      {} stored, {}, the newest {}",
        status.entries,
        output::count(status.hits, "hit"),
        ago(status.newest_hit, now)
    );
}

fn mail(status: &ServiceStatus, now: Timestamp) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    say!(
        "{heading}Mail{heading:#}       {} sent, {} waiting, {}",
        status.mails_sent,
        status.mails_queued,
        if status.mails_undeliverable == 0 {
            "none given up".to_owned()
        } else {
            format!("{alarm}{} given up{alarm:#}", status.mails_undeliverable)
        }
    );
    if let Some(until) = time(status.sending_rests_until) {
        // What is the reason of both is said once.
        let because = status
            .sending_rests_because
            .as_ref()
            .filter(|because| Some(*because) != status.mails_wait_because.as_ref())
            .map(|because| format!(": {}", output::printable(because, 200)))
            .unwrap_or_default();
        say!(
            "           {alarm}sending rests{alarm:#}, and goes on {}; a reload tries at once{because}",
            output::relative_time(until, now)
        );
    }
    if let Some(why) = &status.mails_wait_because {
        say!(
            "           waiting because: {}",
            output::printable(why, 200)
        );
    }
    if status.possible_duplicates > 0 {
        say!(
            "           {} may have arrived twice, after a fault in the middle of sending",
            status.possible_duplicates
        );
    }
}

fn mutes(status: &ServiceStatus, now: Timestamp) {
    let heading = output::HEADING;
    for mute in &status.mutes {
        let until = Timestamp::from_second(mute.until).unwrap_or(now);
        say!(
            "{heading}Muted{heading:#}      {} until {}: {} ({} held back)",
            mute.watch,
            output::local_time(until),
            mute.reason,
            output::count(mute.held_back, "hit")
        );
    }
}
