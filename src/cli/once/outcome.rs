//! What came of a run, and the exit status that it makes.

use std::process::ExitCode;

use crate::cli::failure::{Failure, NEEDS_ATTENTION, SOFTWARE, TEMPORARY, UNAVAILABLE};
use crate::cli::output;
use crate::daemon::{ArticleReport, ComposeReport, PollReport, SendReport};
use crate::store::outbox::OutboxCounts;

/// Everything that happened, for the report.
pub(super) struct RunReport {
    pub(super) polls: PollReport,
    pub(super) articles: ArticleReport,
    pub(super) composed: ComposeReport,
    pub(super) sent: SendReport,
    pub(super) outbox: OutboxCounts,
}

/// Tells what went wrong on standard error, and gives the exit status.
pub(super) fn exit_status(done: &RunReport) -> Result<ExitCode, Failure> {
    let polls = &done.polls;
    if let Some((feed, reason)) = polls.not_stored.first() {
        return Err(Failure::new(
            TEMPORARY,
            format!(
                "{} could not be stored, first {feed}: {reason}",
                output::count(polls.not_stored.len(), "poll")
            ),
        ));
    }
    if let Some((recipient, reason)) = done.composed.failed.first() {
        return Err(Failure::new(
            SOFTWARE,
            format!("no mail could be made for {recipient}: {reason}"),
        ));
    }
    if let Some(why) = &done.sent.waiting {
        // Not a failure of the run, since the next one delivers it; and not for standard output only.
        let waiting = match done.outbox.queued {
            0 => OWED.to_owned(),
            number => format!("{} waiting", output::count(number, "message")),
        };
        tell!("newsvigil: {waiting}: {}", output::printable(why, 300));
    }
    if done.sent.undeliverable > 0 {
        tell!(
            "newsvigil: {} given up: see `newsvigil outbox list`, then retry or discard",
            output::count(done.sent.undeliverable, "message")
        );
    }
    if polls.polled > 0 && polls.failures.len() as u64 == polls.polled {
        return Err(Failure::new(
            UNAVAILABLE,
            "every feed that was polled failed",
        ));
    }
    if !polls.incomplete.is_empty() {
        let feeds = output::count(polls.incomplete.len(), "feed");
        return Err(Failure::new(
            NEEDS_ATTENTION,
            format!("{feeds} could not be read whole: something is known to be missing"),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// Where messages were refused and taken back, none is there, and they are made again when sending goes on.
pub(super) const OWED: &str = "what was found waits for its mail";
