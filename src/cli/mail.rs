//! `newsvigil mail test`: one message the whole way, with each step of the dialogue.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Subcommand;
use jiff::Timestamp;

use super::failure::{CONFIGURATION, Failure, TEMPORARY, UNAVAILABLE, USAGE};
use super::paths::Paths;
use super::{credentials, output};
use crate::config::{TokenSettings, TransportSettings};
use crate::core::delivery::{Outcome, Step};
use crate::daemon::Mailer;
use crate::mail::{Waiting, test_message};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Send a test message and show each step
    Test {
        /// Where to
        address: String,
    },
}

pub(super) fn run(paths: &Paths, command: &Command) -> Result<ExitCode, Failure> {
    let Command::Test { address } = command;
    let mut config = paths.load()?;
    credentials::find(&mut config.mail)?;
    let from = &config.mail.from;
    let (id, message) = test_message(from, address, Timestamp::now())
        .map_err(|error| Failure::new(USAGE, error.to_string()))?;
    let state = match &config.mail.transport {
        // Nothing of this way lies there, and not everybody may read it.
        TransportSettings::Smtp(smtp) if !matches!(smtp.token, Some(TokenSettings::Refresh(_))) => {
            PathBuf::new()
        }
        _ => paths.state()?,
    };
    let mut mailer = Mailer::new(&config.mail, &state, Paths::credentials().as_deref())
        .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?;
    let runtime = super::runtime::runtime()?;
    let attempt = runtime.block_on(async {
        let waiting = mailer.waiting();
        let trying = mailer.send_without_outbox(from, address, &message, &id);
        let attempt = tokio::select! {
            attempt = trying => attempt,
            () = tell_of_long_waits(waiting) => unreachable!("it tells for ever"),
        };
        mailer.close().await;
        attempt
    });
    runtime.shutdown_background();
    for (step, answer) in &attempt.dialogue {
        say!("{:<15} {}", step.name(), output::printable(answer, 200));
    }
    match attempt.outcome {
        Outcome::Delivered { reply } => {
            say!("delivered: {}", output::printable(&reply, 200));
            if matches!(config.mail.transport, TransportSettings::Maildir) {
                let mailbox = std::path::absolute(state.join("mail"))?;
                say!(
                    "No mail server is set, so it went to nobody: it is on this machine, in the mailbox\n  {}",
                    mailbox.display()
                );
            }
            Ok(ExitCode::SUCCESS)
        }
        Outcome::Refused { step, code, reply } => Err(Failure::new(
            if code < 500 { TEMPORARY } else { UNAVAILABLE },
            format!("refused at {}: {code} {reply}", step.name()),
        )),
        Outcome::Misconfigured { step, why } => Err(Failure::new(
            CONFIGURATION,
            format!("{}: {why}", step.name()),
        )),
        Outcome::Failed { step, why } => {
            Err(Failure::new(TEMPORARY, format!("{}: {why}", step.name())))
        }
        Outcome::Unknown { why } => Err(Failure::new(
            TEMPORARY,
            format!("it may or may not have arrived: {why}"),
        )),
    }
}

/// A step that takes longer gets a line.
const LONG_WAIT: Duration = Duration::from_secs(5);
/// And another each time that this has gone by.
const AGAIN: Duration = Duration::from_secs(10);

/// Says on standard error what is waited for, for as long as it is awaited. The same on a terminal and into
/// a file.
async fn tell_of_long_waits(waiting: Option<(String, Waiting)>) {
    let Some((peer, waiting)) = waiting else {
        return std::future::pending().await;
    };
    // The step that was told last, and when the next line on it is due.
    let mut told: Option<(Step, Duration)> = None;
    loop {
        tokio::time::sleep(Duration::from_millis(250)).await;
        let Some((step, waited)) = waiting.now() else {
            told = None;
            continue;
        };
        let due = match told {
            Some((last, due)) if last == step && waited + AGAIN >= due => due,
            _ => LONG_WAIT,
        };
        told = Some((step, due));
        if waited >= due {
            told = Some((step, if due < AGAIN { AGAIN } else { due + AGAIN }));
            tell!(
                "waiting for {} {}, {} s",
                awaited(step),
                output::printable(&peer, 200),
                waited.as_secs()
            );
        }
    }
}

/// What a step waits for, before the name of the server.
fn awaited(step: Step) -> &'static str {
    match step {
        Step::Connect => "the connection to",
        Step::Greeting => "the greeting of",
        Step::Hello => "the answer to EHLO of",
        Step::StartTls => "STARTTLS at",
        Step::Auth => "the login at",
        Step::MailFrom => "the answer to MAIL FROM of",
        Step::RcptTo => "the answer to RCPT TO of",
        Step::Data => "the answer to DATA of",
        Step::FinalDot | Step::Store | Step::Submit => "the answer to the message of",
    }
}
