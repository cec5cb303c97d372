//! `newsvigil generate`: what packages ship beside the program.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use clap::{Args, CommandFactory, Subcommand, ValueEnum};

use super::failure::{CANNOT_CREATE, Failure, SOFTWARE, USAGE};
use super::{manual, output};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the manual pages into a folder, or print one
    Man(Pages),
    /// Print the completions of a shell
    Completions {
        /// The shell: bash, fish or zsh
        #[arg(value_enum, hide_possible_values = true)]
        shell: Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Pages {
    /// A folder of manuals such as /usr/local/share/man, made when it is not there; without it,
    /// newsvigil(1) is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Print this page instead, such as newsvigil.toml or newsvigil-feed-add
    #[arg(long, value_name = "NAME", conflicts_with = "folder")]
    page: Option<String>,
}

/// The shells that completions are made for.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Shell {
    Bash,
    Fish,
    Zsh,
}

pub(super) fn run<A: CommandFactory>(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Man(pages) => man(A::command(), &pages)?,
        Command::Completions { shell } => completions(A::command(), shell)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn man(program: clap::Command, wanted: &Pages) -> Result<(), Failure> {
    let pages = manual::pages(program).map_err(|error| cannot_generate(&error))?;
    if let Some(folder) = &wanted.folder {
        for page in &pages {
            write(&folder.join(page.folder()), &page.name, &page.text)?;
        }
        say!(
            "{} in {}; read one with: man -l {}",
            output::count(pages.len(), "page"),
            folder.display(),
            folder.join("man1/newsvigil.1").display()
        );
        return Ok(());
    }
    let name = wanted.page.as_deref().unwrap_or("newsvigil");
    let page = pages
        .iter()
        .find(|page| {
            page.name
                .rsplit_once('.')
                .is_some_and(|(title, _)| title == name || page.name == name)
        })
        .ok_or_else(|| {
            let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
            Failure::new(
                USAGE,
                format!("there is no page `{name}`; there are {}", names.join(", ")),
            )
        })?;
    say_part!("{}", page.text);
    Ok(())
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let path = folder.join(name);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&path, text))
        .map_err(|reason| {
            Failure::new(
                CANNOT_CREATE,
                format!("cannot write {}: {reason}", path.display()),
            )
        })
}

fn completions(mut program: clap::Command, shell: Shell) -> Result<(), Failure> {
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Fish => clap_complete::Shell::Fish,
        Shell::Zsh => clap_complete::Shell::Zsh,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut program, "newsvigil", &mut script);
    let script =
        String::from_utf8(script).map_err(|error| cannot_generate(&io::Error::other(error)))?;
    say_part!("{script}");
    Ok(())
}

fn cannot_generate(reason: &io::Error) -> Failure {
    Failure::new(SOFTWARE, format!("it cannot be generated: {reason}"))
}
