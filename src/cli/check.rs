//! `newsvigil check`: every mistake in the configuration, at once.

use std::process::ExitCode;

use clap::Args;

use super::paths::Paths;
use super::{CONFIGURATION, Failure, Format, output};
use crate::config::{self, SecretError, TransportSettings, read_secret};

#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    format: Format,
}

pub(super) fn run(paths: &Paths, options: Options) -> Result<ExitCode, Failure> {
    let loaded = config::load(&paths.config);
    let problems = match &loaded {
        Ok((_, warnings)) => warnings,
        Err(problems) => problems,
    };
    if options.format.json {
        say_part!("{}", problems.to_json_lines());
    } else {
        tell_part!("{}", problems.render(output::error_styling()));
    }
    let Ok((config, warnings)) = &loaded else {
        return Err(paths.is_refused(problems));
    };
    if options.format.json {
        return Ok(ExitCode::SUCCESS);
    }
    let warned = match warnings.warnings() {
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
    if let TransportSettings::Smtp(smtp) = &config.mail.transport
        && let Some(source) = &smtp.password
    {
        match read_secret(source, Paths::credentials().as_deref()) {
            Ok(_) => {}
            // Only the service sees its credentials: nothing to complain of here.
            Err(SecretError::NoCredentials(name)) => {
                say!("the password is the credential `{name}`, which only the service can read");
            }
            Err(error) => return Err(Failure::new(CONFIGURATION, error.to_string())),
        }
    } else if matches!(config.mail.transport, TransportSettings::Maildir) {
        say!(
            "no mail server is set, so messages stay on this machine, in the mail folder of the state"
        );
    }
    Ok(ExitCode::SUCCESS)
}
