//! `newsvigil check`: every mistake in the configuration, at once.

use std::process::ExitCode;

use clap::Args;

use super::failure::Failure;
use super::options::Format;
use super::output;
use super::paths::Paths;
use crate::config::{self, TransportSettings};

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    format: Format,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    let checked = config::check(&paths.config, Paths::credentials().as_deref());
    let problems = &checked.problems;
    if options.format.json {
        say_part!("{}", problems.to_json_lines());
    } else {
        tell_part!("{}", problems.render(output::error_styling()));
    }
    let Some(config) = &checked.config else {
        return Err(paths.is_refused(problems));
    };
    if options.format.json {
        return Ok(ExitCode::SUCCESS);
    }
    let warned = match problems.warnings() {
        0 => String::new(),
        number => format!(", {}", output::count(number, "warning")),
    };
    say!(
        "{} is in order: {}, {}, {}{warned}",
        paths.config.display(),
        output::count(config.feeds.len(), "feed"),
        match config.watches.len() {
            1 => "1 watch".to_owned(),
            number => format!("{number} watches"),
        },
        output::count(config.recipients.len(), "recipient"),
    );
    if matches!(config.mail.transport, TransportSettings::Maildir) {
        say!(
            "no mail server is set, so messages stay on this machine, in the mail folder of the state"
        );
    }
    for note in &checked.notes {
        say!("{note}");
    }
    Ok(ExitCode::SUCCESS)
}
