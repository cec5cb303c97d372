//! `newsvigil outbox`: the messages that wait, and the ledger of those that were sent.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use super::displayed_mail::{DisplayedMail, IntoFile};
use super::failure::{Failure, NO_INPUT, USAGE};
use super::options::Format;
use super::output;
use super::paths::Paths;
use crate::store::outbox::{self, Listing, OutboxRow, OutboxState};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List messages that wait, were given up, taken out, or refused for their content and made anew
    List(List),
    /// Show a message, sent or waiting, as its reader sees it
    Show(Show),
    /// Try a message again now, also one that was given up
    Retry(Retry),
    /// Take a message out that waits or was given up; it is kept and never sent
    Discard {
        /// Its number, as `outbox list` shows it
        id: i64,
    },
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// Its number, as `outbox list`, `outbox list --sent` and the message itself show it
    #[arg(value_name = "NUMBER")]
    id: i64,
    #[command(flatten)]
    into: IntoFile,
}

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Retry {
    /// Its number, as `outbox list` shows it
    #[arg(required_unless_present = "all")]
    id: Option<i64>,
    /// Every message that waits or was given up
    #[arg(long, conflicts_with = "id")]
    all: bool,
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
    match command {
        Command::List(options) => list(paths, options),
        Command::Show(options) => show(paths, &options),
        Command::Retry(options) => retry(paths, options),
        Command::Discard { id } => discard(paths, id),
    }
}

fn show(paths: &Paths, options: &Show) -> Result<ExitCode, Failure> {
    let (connection, id) = (paths.require_database()?, options.id);
    let row = outbox::find(&connection, id)?.ok_or_else(|| {
        Failure::new(
            USAGE,
            format!("there is no mail {id}; see `newsvigil outbox list` and `outbox list --sent`"),
        )
    })?;
    let message = outbox::message(&connection, id)?.ok_or_else(|| {
        Failure::new(
            NO_INPUT,
            format!("what mail {id} said was let go, as [store] hit_retention says"),
        )
    })?;
    let letter = DisplayedMail::read(id, &message)?;
    if options.into.write(&letter.html, &message)? {
        return Ok(ExitCode::SUCCESS);
    }
    let heading = output::HEADING;
    say!(
        "{heading}{}{heading:#}",
        description(&row, Timestamp::now())
    );
    letter.show();
    Ok(ExitCode::SUCCESS)
}

/// Which mail it is and where it stands, such as `Mail 3, a digest to desk, sent 3 min ago`.
pub(super) fn description(row: &OutboxRow, now: Timestamp) -> String {
    let kind = match row.kind.as_str() {
        "alert" => "an alert",
        "digest" => "a digest",
        "summary" => "a summary of a week",
        _ => "a notice",
    };
    let at = output::past_time(row.settled.unwrap_or(row.created), now);
    let stands = match row.state {
        OutboxState::Queued => format!("made {at}, waiting"),
        OutboxState::Sending => format!("made {at}, being sent"),
        OutboxState::Sent => format!("sent {at}"),
        OutboxState::Undeliverable => format!("given up {at}"),
        OutboxState::Discarded => format!("taken out {at}"),
    };
    format!("Mail {}, {kind} to {}, {stands}", row.id, row.recipient_id)
}

fn retry(paths: &Paths, options: Retry) -> Result<ExitCode, Failure> {
    let connection = paths.write_database()?;
    let now = Timestamp::now();
    let number = match options.id {
        Some(id) if outbox::retry(&connection, id, now)? => 1,
        Some(id) => return Err(no_such_message(id)),
        None => outbox::retry_all(&connection, now)?,
    };
    say!(
        "{} will be tried within a minute by a running service, or by the next `newsvigil once`",
        output::count(number, "message")
    );
    Ok(ExitCode::SUCCESS)
}

fn discard(paths: &Paths, id: i64) -> Result<ExitCode, Failure> {
    if !outbox::discard(&paths.write_database()?, id, Timestamp::now())? {
        return Err(no_such_message(id));
    }
    say!("mail {id} is taken out and will not be sent");
    Ok(ExitCode::SUCCESS)
}

fn no_such_message(id: i64) -> Failure {
    Failure::new(
        USAGE,
        format!("no mail {id} waits or was given up; see `newsvigil outbox list`"),
    )
}

fn list(paths: &Paths, options: List) -> Result<ExitCode, Failure> {
    let connection = paths.require_database()?;
    let listing = if options.sent {
        Listing::Sent
    } else {
        Listing::Waiting
    };
    let rows = outbox::list(&connection, listing)?;
    if options.format.json {
        for row in &rows {
            say!("{}", output::json(&json_line(row))?);
        }
        return Ok(ExitCode::SUCCESS);
    }
    if rows.is_empty() {
        say!(
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
    say_part!(
        "{}",
        output::table(
            &[
                "mail",
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
        (_, Some(settled)) => output::past_time(settled, now),
        _ => String::new(),
    };
    vec![
        row.id.to_string(),
        row.state.name().to_owned(),
        row.recipient_id.clone(),
        output::past_time(row.created, now),
        row.attempts.to_string(),
        next,
        output::printable(&row.subject, 200),
        output::printable(row.reply.as_deref().unwrap_or_default(), 200),
    ]
}
