//! `newsvigil mail test`: one message the whole way, with each step of the dialogue.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use jiff::Timestamp;

use super::paths::Paths;
use super::{CONFIGURATION, Failure, TEMPORARY, UNAVAILABLE, USAGE, credentials, output};
use crate::config::TransportSettings;
use crate::core::delivery::Outcome;
use crate::daemon::Mailer;
use crate::mail::test_message;

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
    let state = match config.mail.transport {
        // Nothing of this way lies there, and not everybody may read it.
        TransportSettings::Smtp(_) => PathBuf::new(),
        TransportSettings::Maildir | TransportSettings::Sendmail(_) => paths.state()?,
    };
    let mut mailer = Mailer::new(&config.mail, &state, Paths::credentials().as_deref())
        .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?;
    let runtime = super::runtime()?;
    let attempt = runtime.block_on(async {
        let attempt = mailer.try_once(from, address, &message, &id).await;
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
