//! Where things lie: the configuration, the state, the credentials.

use std::env;
use std::path::PathBuf;

use rusqlite::Connection;

use super::{CONFIGURATION, Failure, NO_INPUT, output};
use crate::config::{self, Config, Problems};
use crate::store;

/// The folders of one invocation.
#[derive(Debug)]
pub(super) struct Paths {
    pub(super) config: PathBuf,
    state: Option<PathBuf>,
}

impl Paths {
    pub(super) fn new(config: PathBuf, state: Option<PathBuf>) -> Self {
        Self { config, state }
    }

    /// `--state`, else `$STATE_DIRECTORY` (systemd.exec(5)), else the XDG state folder.
    pub(super) fn state(&self) -> Result<PathBuf, Failure> {
        if let Some(state) = &self.state {
            return Ok(state.clone());
        }
        if let Some(list) = env::var_os("STATE_DIRECTORY").filter(|list| !list.is_empty()) {
            // Several folders are separated by colons; ours is the first.
            if let Some(first) = env::split_paths(&list).next() {
                return Ok(first);
            }
        }
        let base = env::var_os("XDG_STATE_HOME")
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
            .or_else(|| {
                env::var_os("HOME")
                    .filter(|home| !home.is_empty())
                    .map(|home| PathBuf::from(home).join(".local/state"))
            });
        base.map(|base| base.join("newsvigil")).ok_or_else(|| {
            Failure::new(
                NO_INPUT,
                "no state folder: give --state DIR, or set STATE_DIRECTORY or HOME",
            )
        })
    }

    /// The folder in which the service manager puts secrets.
    pub(super) fn credentials() -> Option<PathBuf> {
        env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from)
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
        Ok(store::open_for_reading(
            &self.state()?.join(store::FILE_NAME),
        )?)
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
