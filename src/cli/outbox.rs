//! `newsvigil outbox`: the messages that wait, and the ledger of those that were sent.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use super::paths::Paths;
use super::{Failure, Format, output};
use crate::store::outbox::{self, Listing, OutboxRow, OutboxState};

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum Command {
    /// List messages that wait or were given up
    List(List),
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct List {
    /// List the messages that were sent instead
    #[arg(long)]
    sent: bool,
    #[command(flatten)]
    format: Format,
}

#[derive(Serialize)]
struct OutboxLine<'a> {
    id: i64,
    state: &'static str,
    kind: &'a str,
    recipient: &'a str,
    address: &'a str,
    subject: &'a str,
    message_id: &'a str,
    hits: u64,
    attempts: u32,
    possible_duplicate: bool,
    created: i64,
    next_attempt: Option<i64>,
    settled: Option<i64>,
    reply: Option<&'a str>,
}

pub(super) fn run(paths: &Paths, command: Command) -> Result<ExitCode, Failure> {
    let Command::List(options) = command;
    let connection = paths.require_database()?;
    let listing = if options.sent {
        Listing::Sent
    } else {
        Listing::Waiting
    };
    let rows = outbox::list(&connection, listing)?;
    if options.format.json {
        for row in &rows {
            println!(
                "{}",
                serde_json::to_string(&json_line(row)).map_err(std::io::Error::from)?
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    if rows.is_empty() {
        println!(
            "{}",
            if options.sent {
                "nothing was sent yet"
            } else {
                "nothing waits"
            }
        );
        return Ok(ExitCode::SUCCESS);
    }
    let now = Timestamp::now();
    let lines: Vec<Vec<String>> = rows.iter().map(|row| table_row(row, now)).collect();
    anstream::print!(
        "{}",
        output::table(
            &[
                "id",
                "state",
                "recipient",
                "made",
                "tries",
                "next",
                "subject",
                "last reply"
            ],
            &lines
        )
    );
    Ok(ExitCode::SUCCESS)
}

fn json_line(row: &OutboxRow) -> OutboxLine<'_> {
    OutboxLine {
        id: row.id,
        state: row.state.name(),
        kind: &row.kind,
        recipient: &row.recipient_id,
        address: &row.address,
        subject: &row.subject,
        message_id: &row.message_id,
        hits: row.hits,
        attempts: row.attempts,
        possible_duplicate: row.doubtful_attempts > 0,
        created: row.created.as_second(),
        next_attempt: (row.state == OutboxState::Queued).then(|| row.next_attempt.as_second()),
        settled: row.settled.map(Timestamp::as_second),
        reply: row.reply.as_deref(),
    }
}

fn table_row(row: &OutboxRow, now: Timestamp) -> Vec<String> {
    let next = match (row.state, row.settled) {
        (OutboxState::Queued, _) if row.next_attempt <= now => "now".to_owned(),
        (OutboxState::Queued, _) => output::relative_time(row.next_attempt, now),
        (_, Some(settled)) => output::relative_time(settled, now),
        _ => String::new(),
    };
    vec![
        row.id.to_string(),
        row.state.name().to_owned(),
        row.recipient_id.clone(),
        output::relative_time(row.created, now),
        row.attempts.to_string(),
        next,
        output::printable(&row.subject, 50),
        output::printable(row.reply.as_deref().unwrap_or_default(), 80),
    ]
}
