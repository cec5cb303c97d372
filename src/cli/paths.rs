//! Where things lie: the configuration, the state, the credentials.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use super::displayed_mail::sudo_caller;
use super::failure::{CONFIGURATION, Failure, NO_INPUT};
use super::output;
use super::unit::Unit;
use crate::config::{self, Config, Problems};
use crate::store::{self, Connection};

/// The configuration of the service, unless its unit says otherwise.
const INSTALLED: &str = "/etc/newsvigil";

/// The folders of one invocation.
#[derive(Debug)]
pub(super) struct Paths {
    pub(super) config: PathBuf,
    config_given: Option<PathBuf>,
    state_given: Option<PathBuf>,
}

/// Who says which state folder it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    /// `--state`.
    Option,
    /// A variable of the environment.
    Variable(&'static str),
    /// The configuration is that of the service, and so is the state.
    Service,
    /// `XDG_STATE_HOME`, or its default.
    User,
    /// The same with the configuration of a service that has no state yet.
    UserBeforeService,
}

/// What is known of the state of the service.
#[derive(Debug)]
enum ServiceState {
    There(PathBuf),
    /// It is installed and has not run.
    NotYet,
    /// It is not installed, or its configuration is not used.
    NoService,
}

/// What of the environment says where the state lies.
struct StateEnvironment<'a> {
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    /// `/`.
    root: &'a Path,
}

impl Paths {
    /// `--config`, else `$NEWSVIGIL_CONFIG`, else the configuration of the service.
    pub(super) fn new(config: Option<PathBuf>, state: Option<PathBuf>) -> Self {
        Self {
            config: config
                .clone()
                .or_else(|| set("NEWSVIGIL_CONFIG", &|name| env::var_os(name)))
                .unwrap_or_else(|| INSTALLED.into()),
            config_given: config,
            state_given: state,
        }
    }

    /// `--state`, else `$NEWSVIGIL_STATE`, else `$STATE_DIRECTORY` (systemd.exec(5)), else that of the service
    /// if its configuration is used, else the XDG state folder.
    pub(super) fn state(&self) -> Result<PathBuf, Failure> {
        self.find_state().map(|(folder, _)| folder)
    }

    fn find_state(&self) -> Result<(PathBuf, Source), Failure> {
        let surroundings = StateEnvironment {
            variable: &|name| env::var_os(name),
            root: Path::new("/"),
        };
        self.state_among(&surroundings)
    }

    fn state_among(&self, around: &StateEnvironment<'_>) -> Result<(PathBuf, Source), Failure> {
        if let Some(state) = &self.state_given {
            return Ok((state.clone(), Source::Option));
        }
        if let Some(state) = set("NEWSVIGIL_STATE", around.variable) {
            return Ok((state, Source::Variable("NEWSVIGIL_STATE")));
        }
        if let Some(list) = set("STATE_DIRECTORY", around.variable) {
            // Several folders are separated by colons; ours is the first.
            if let Some(first) = env::split_paths(&list).next() {
                return Ok((first, Source::Variable("STATE_DIRECTORY")));
            }
        }
        let user = match self.state_of_service(around.root)? {
            ServiceState::There(folder) => return Ok((folder, Source::Service)),
            ServiceState::NotYet => Source::UserBeforeService,
            ServiceState::NoService => Source::User,
        };
        let base = set("XDG_STATE_HOME", around.variable)
            .filter(|path| path.is_absolute())
            .or_else(|| set("HOME", around.variable).map(|home| home.join(".local/state")));
        base.map(|base| (base.join("newsvigil"), user))
            .ok_or_else(|| {
                Failure::new(
                    NO_INPUT,
                    "no state folder: give --state DIR, or set NEWSVIGIL_STATE or HOME",
                )
            })
    }

    /// The folder of the service, if it is there and the configuration is that of the service. Where it may
    /// not be read, another one, which is empty, would read as if nothing had been found.
    fn state_of_service(&self, root: &Path) -> Result<ServiceState, Failure> {
        let unit = Unit::read(root).ok().flatten();
        let without = match unit {
            Some(_) => ServiceState::NotYet,
            None => ServiceState::NoService,
        };
        let unit = unit.unwrap_or_default();
        let below = |path: &Path| root.join(path.strip_prefix("/").unwrap_or(path));
        let installed = below(unit.config.as_deref().unwrap_or(Path::new(INSTALLED)));
        let is_installed = match (fs::canonicalize(&self.config), fs::canonicalize(&installed)) {
            (Ok(used), Ok(installed)) => used == installed,
            _ => self.config == installed,
        };
        if !is_installed {
            return Ok(ServiceState::NoService);
        }
        let name = unit.state_directory.unwrap_or_else(|| "newsvigil".into());
        let candidates = match &unit.state {
            Some(folder) => vec![below(folder)],
            // With DynamicUser= the first is a link to the second.
            None => vec![
                root.join("var/lib").join(&name),
                root.join("var/lib/private").join(&name),
            ],
        };
        for folder in candidates {
            // The link itself can be seen where what it leads to may not.
            if folder.symlink_metadata().is_err() {
                continue;
            }
            match fs::read_dir(&folder) {
                Ok(_) => return Ok(ServiceState::There(folder)),
                Err(reason) if reason.kind() == io::ErrorKind::NotFound => {}
                Err(reason) => {
                    return Err(Failure::new(
                        NO_INPUT,
                        format!(
                            "the state of the service in {} cannot be read ({reason}): run `{}`, or name \
                             another folder with --state",
                            folder.display(),
                            as_root()
                        ),
                    ));
                }
            }
        }
        Ok(without)
    }

    /// Which state folder it is, where neither the command line nor a habit of the user says so.
    pub(super) fn told_state(&self) -> Result<Option<String>, Failure> {
        let (folder, source) = self.find_state()?;
        let whose = match source {
            Source::Option | Source::User => return Ok(None),
            Source::Variable(name) => format!("as {name} says"),
            Source::Service => "the state of the service".to_owned(),
            Source::UserBeforeService => "your own: the service has none yet".to_owned(),
        };
        Ok(Some(format!("{} ({whose})", folder.display())))
    }

    /// Says on standard error which state folder is read.
    pub(super) fn tell_state(&self) -> Result<(), Failure> {
        if let Some(told) = self.told_state()? {
            tell!("newsvigil: reading {told}");
        }
        Ok(())
    }

    /// The program and the folders as they were named, for a command that is shown; with `sudo` where it was
    /// needed.
    pub(super) fn command(&self) -> String {
        let mut words = Vec::new();
        words.extend(sudo_caller().map(|_| "sudo".to_owned()));
        words.push(program());
        for (option, given) in [
            ("--config", &self.config_given),
            ("--state", &self.state_given),
        ] {
            if let Some(folder) = given {
                words.push(option.to_owned());
                words.push(quoted(&folder.display().to_string()));
            }
        }
        words.join(" ")
    }

    /// The folder in which the service manager puts secrets.
    pub(super) fn credentials() -> Option<PathBuf> {
        set("CREDENTIALS_DIRECTORY", &|name| env::var_os(name))
    }

    /// Loads the configuration for a command that looks; its errors go to standard error. An example that a
    /// watch gets wrong is told and refuses nothing here. Warnings are for the commands that poll, and for
    /// `check`: whoever asks a question wants the answer only.
    pub(super) fn load(&self) -> Result<Config, Failure> {
        let (config, problems) =
            config::load_to_look(&self.config).map_err(|problems| self.refused(&problems))?;
        Self::warn_of_examples(&problems);
        Ok(config)
    }

    /// Tells that a watch gets an example wrong, where nothing else is wrong.
    pub(super) fn warn_of_examples(problems: &Problems) {
        let mut failing = problems.list.iter().filter(|problem| problem.is_error());
        if let Some(first) = failing.next() {
            let place = first.place.as_ref().map(|place| problems.line(place));
            let more = match failing.count() {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            tell!(
                "newsvigil: warning: {} ({}){more}: `run`, `once` and a reload refuse that; \
                 `newsvigil check` shows it",
                output::printable(&first.message, 200),
                output::printable(&place.unwrap_or_default(), 300)
            );
        }
    }

    /// Loads the configuration for a command that polls and sends; its errors and its warnings go to standard
    /// error.
    pub(super) fn load_and_warn(&self) -> Result<Config, Failure> {
        let (config, warnings) =
            config::load(&self.config).map_err(|problems| self.refused(&problems))?;
        tell_part!("{}", warnings.render(output::error_styling()));
        Ok(config)
    }

    /// Tells why the configuration is refused.
    pub(super) fn refused(&self, problems: &Problems) -> Failure {
        tell_part!("{}", problems.render(output::error_styling()));
        self.is_refused(problems)
    }

    /// The same, where the problems are told already.
    pub(super) fn is_refused(&self, problems: &Problems) -> Failure {
        Failure::new(
            CONFIGURATION,
            format!(
                "the configuration in {} is refused: {}",
                self.config.display(),
                output::count(problems.errors(), "error")
            ),
        )
    }

    /// Opens the database for reading; `None` before the first run.
    pub(super) fn read_database(&self) -> Result<Option<Connection>, Failure> {
        let path = self.state()?.join(store::FILE_NAME);
        // What may not be looked at is not known to be missing.
        if let Err(reason) = fs::metadata(&path)
            && reason.kind() == io::ErrorKind::PermissionDenied
        {
            return Err(Failure::new(
                NO_INPUT,
                format!(
                    "{} cannot be read ({reason}): run `{}`, or name another folder with --state",
                    path.display(),
                    as_root()
                ),
            ));
        }
        Ok(store::open_for_reading(&path)?)
    }

    /// Opens an existing database for a small change beside a running service.
    pub(super) fn write_database(&self) -> Result<Connection, Failure> {
        self.require_database()?;
        Ok(store::open(&self.state()?.join(store::FILE_NAME))?)
    }

    /// Opens the database for reading, or says that there is nothing yet.
    pub(super) fn require_database(&self) -> Result<Connection, Failure> {
        let state = self.state()?;
        self.read_database()?.ok_or_else(|| {
            Failure::new(
                NO_INPUT,
                format!(
                    "nothing is stored in {} yet: run `newsvigil once` first, or name the folder with --state",
                    state.display()
                ),
            )
        })
    }
}

/// A folder that a variable of the environment names; an empty one names none.
fn set(name: &str, variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    variable(name)
        .filter(|value| !value.is_empty())
        .map(PathBuf::from)
}

/// The program as it was called.
pub(super) fn program() -> String {
    env::args()
        .next()
        .map_or_else(|| "newsvigil".to_owned(), |program| quoted(&program))
}

/// This very command, for somebody with more rights.
pub(super) fn as_root() -> String {
    let words: Vec<String> = env::args().skip(1).map(|word| quoted(&word)).collect();
    format!("sudo {} {}", program(), words.join(" "))
}

/// A word as a shell takes it.
pub(super) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:@,+%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests;
