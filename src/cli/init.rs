//! `newsvigil init`: the shipped configuration, written into a folder.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::failure::{CANNOT_CREATE, Failure};
use super::output;
use super::paths::program;

/// A file of the shipped configuration: where it lies in the folder, and what is in it.
macro_rules! shipped {
    ($name:literal) => {
        ($name, include_str!(concat!("../../config/", $name)))
    };
}

/// The whole of `config/`. A test holds this list against the folder.
const SHIPPED: [(&str, &str); 30] = [
    shipped!("feeds.toml"),
    shipped!("newsvigil.toml"),
    shipped!("places.toml"),
    shipped!("sample-feed.xml"),
    shipped!("watches/assembly-use-of-force.toml"),
    shipped!("watches/cases.toml"),
    shipped!("watches/children.toml"),
    shipped!("watches/defenders.toml"),
    shipped!("watches/detention-fair-trial.toml"),
    shipped!("watches/digital-rights.toml"),
    shipped!("watches/disappearance-abduction.toml"),
    shipped!("watches/discrimination-hate.toml"),
    shipped!("watches/indigenous-land.toml"),
    shipped!("watches/justice-impunity.toml"),
    shipped!("watches/killings-death-penalty.toml"),
    shipped!("watches/lgbti.toml"),
    shipped!("watches/press-freedom.toml"),
    shipped!("watches/refugees-migrants.toml"),
    shipped!("watches/slavery-trafficking-labour.toml"),
    shipped!("watches/social-rights.toml"),
    shipped!("watches/torture.toml"),
    shipped!("watches/war-crimes-genocide.toml"),
    shipped!("watches/women-gender-violence.toml"),
    shipped!("words/actors.toml"),
    shipped!("words/acts.toml"),
    shipped!("words/cases.toml"),
    shipped!("words/not-wanted.toml"),
    shipped!("words/places.toml"),
    shipped!("words/topics.toml"),
    shipped!("words/victims.toml"),
];

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder, made when it is not there; no file in it is ever replaced
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let folder = &options.folder;
    refuse_to_replace(folder)?;
    let mut written = Vec::new();
    if let Err(failure) = write_all(folder, &mut written) {
        // Half a configuration would stand in the way of the next try.
        for path in written {
            let _ = fs::remove_file(path);
        }
        return Err(failure);
    }
    say_what_is_next(folder);
    Ok(ExitCode::SUCCESS)
}

fn refuse_to_replace(folder: &Path) -> Result<(), Failure> {
    let there: Vec<&str> = SHIPPED
        .iter()
        .map(|(name, _)| *name)
        // Also a link that leads nowhere is somebody's.
        .filter(|name| folder.join(name).symlink_metadata().is_ok())
        .collect();
    if there.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        CANNOT_CREATE,
        format!(
            "nothing was written, because {} holds already: {}; name another folder",
            folder.display(),
            there.join(", ")
        ),
    ))
}

fn write_all(folder: &Path, written: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for (name, text) in SHIPPED {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        let mut write = || {
            fs::create_dir_all(parent)?;
            // A file that has appeared in the meantime is not replaced either.
            let mut file = File::create_new(&path)?;
            written.push(path.clone());
            file.write_all(text.as_bytes())
        };
        write().map_err(|reason| {
            Failure::new(
                CANNOT_CREATE,
                format!("cannot write {}: {reason}", path.display()),
            )
        })?;
    }
    Ok(())
}

fn say_what_is_next(folder: &Path) {
    let program = program();
    let command = format!("{program} --config {}", folder.display());
    say!(
        "The configuration is in {}: {}.",
        folder.display(),
        output::count(SHIPPED.len(), "file")
    );
    say!("");
    say!("Before the first poll, which asks some forty sites:");
    say!("1. In newsvigil.toml, set `contact` under [fetch]: publishers see it and can reach you.");
    say!("2. There too, set the [[recipient]]: who reads, and the time zone.");
    say!(
        "3. In feeds.toml, delete what you do not want polled; the sample feed is only for trying."
    );
    say!("4. Look for mistakes, now and after each edit:");
    say!("     {command} check");
    say!(
        "5. Poll once; messages stay on this machine, and the last lines say how to look at them:"
    );
    say!("     {command} once");
    say!(
        "6. Then set the mail server in newsvigil.toml, and what is looked for in watches/*.toml and words/*.toml."
    );
    say!("What may stand in the files:  {program} help configuration");
    say!("The language of watches:      {program} help language");
}
