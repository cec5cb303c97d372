//! `newsvigil run`: the service.

use std::env;
use std::process::ExitCode;

use tracing_subscriber::filter::LevelFilter;

use super::paths::Paths;
use super::{CONFIGURATION, Failure, SOFTWARE};
use crate::daemon::{self, Folders, LogTarget, ServiceError, Tempo};

pub(super) fn run(paths: &Paths) -> Result<ExitCode, Failure> {
    let config = paths.load_and_warn()?;
    // systemd sets this for services whose standard error is the journal (systemd.exec(5)).
    let target = if env::var_os("JOURNAL_STREAM").is_some() {
        LogTarget::Journal
    } else {
        LogTarget::StandardError
    };
    daemon::start_logging(target, LevelFilter::INFO);
    let folders = Folders {
        config: paths.config.clone(),
        state: paths.state()?,
        credentials: Paths::credentials(),
    };
    super::runtime()?
        .block_on(daemon::run(folders, config, Tempo::SYSTEM))
        .map_err(|error| match error {
            ServiceError::Store(error) => error.into(),
            ServiceError::Mail(error) => Failure::new(CONFIGURATION, error.to_string()),
            other => Failure::new(SOFTWARE, other.to_string()),
        })?;
    Ok(ExitCode::SUCCESS)
}
