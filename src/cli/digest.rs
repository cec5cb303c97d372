//! `newsvigil digest`: what a recipient would get now.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::paths::Paths;
use super::{CONFIGURATION, Failure, USAGE};
use crate::daemon;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the digest that a recipient would get now, without sending it
    Preview(Preview),
}

#[derive(Debug, Args)]
pub(super) struct Preview {
    /// The recipient's id
    recipient: String,
    /// Write the HTML to this file
    #[arg(long, value_name = "FILE", group = "form")]
    html: Option<PathBuf>,
    /// Write the whole message to this file
    #[arg(long, value_name = "FILE", group = "form")]
    eml: Option<PathBuf>,
}

pub(super) fn run(paths: &Paths, command: &Command) -> Result<ExitCode, Failure> {
    let Command::Preview(options) = command;
    let config = paths.load()?;
    let Some(recipient) = config.recipient(&options.recipient) else {
        let known: Vec<&str> = config
            .recipients
            .iter()
            .map(|known| known.id.as_str())
            .collect();
        return Err(Failure::new(
            USAGE,
            format!(
                "there is no recipient `{}`; there is {}",
                options.recipient,
                known.join(", ")
            ),
        ));
    };
    let connection = paths.require_database()?;
    let letterhead = daemon::render_options(&config, Paths::credentials().as_deref())
        .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?;
    let (digest, message) = daemon::preview(
        &connection,
        &config,
        &letterhead,
        recipient,
        Timestamp::now(),
    )?;
    if digest.is_empty() {
        tell!(
            "nothing new is owed to {}; this is what a mail without hits says",
            recipient.id
        );
    }
    let (path, bytes) = match (&options.html, &options.eml) {
        (Some(path), _) => (path, message.html.as_bytes()),
        (None, Some(path)) => (path, message.bytes.as_slice()),
        (None, None) => {
            say!("Subject: {}\n\n{}", message.subject, message.text);
            return Ok(ExitCode::SUCCESS);
        }
    };
    fs::write(path, bytes).map_err(|reason| {
        Failure::new(
            super::CANNOT_CREATE,
            format!("cannot write {}: {reason}", path.display()),
        )
    })?;
    say!("{}", path.display());
    Ok(ExitCode::SUCCESS)
}
