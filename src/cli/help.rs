//! `newsvigil help`: the chapter on the watch language, and the help of each command.

use std::process::ExitCode;

use clap::{Args, CommandFactory};

use super::{Failure, USAGE};

/// The whole language, each rule with an example that the tests run.
const LANGUAGE: &str = include_str!("../core/watch/language.md");

#[derive(Debug, Args)]
pub(super) struct Options {
    /// `language`, or the words of a command
    topic: Vec<String>,
}

pub(super) fn run<A: CommandFactory>(options: &Options) -> Result<ExitCode, Failure> {
    if options.topic == ["language"] {
        say_part!("{LANGUAGE}");
        return Ok(ExitCode::SUCCESS);
    }
    let mut program = A::command();
    program.build();
    let mut command = &mut program;
    for word in &options.topic {
        command = command.find_subcommand_mut(word).ok_or_else(|| {
            Failure::new(
                USAGE,
                format!("there is no help on `{word}`; try `newsvigil help language`"),
            )
        })?;
    }
    say_part!("{}", command.render_long_help().ansi());
    Ok(ExitCode::SUCCESS)
}
