//! `newsvigil help`: the chapters on the watch language and the configuration, and the help of each
//! command.

use std::process::ExitCode;

use clap::{Args, CommandFactory};

use super::failure::{Failure, USAGE};
use super::manual::{CONFIGURATION, LANGUAGE};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// `language`, `configuration`, or the words of a command
    topic: Vec<String>,
}

pub(super) fn run<A: CommandFactory>(options: &Options) -> Result<ExitCode, Failure> {
    let chapter = match options.topic.as_slice() {
        [topic] if topic == "language" => Some(LANGUAGE),
        [topic] if topic == "configuration" => Some(CONFIGURATION),
        _ => None,
    };
    if let Some(chapter) = chapter {
        say_part!("{chapter}");
        return Ok(ExitCode::SUCCESS);
    }
    let mut program = A::command();
    program.build();
    let mut command = &mut program;
    for word in &options.topic {
        command = command.find_subcommand_mut(word).ok_or_else(|| {
            Failure::new(
                USAGE,
                format!(
                    "there is no help on `{word}`; try `help language` or `help configuration`"
                ),
            )
        })?;
    }
    say_part!("{}", command.render_long_help().ansi());
    Ok(ExitCode::SUCCESS)
}
