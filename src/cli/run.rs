//! `newsvigil run`: the service.

use std::fs::File;
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;
use std::process::ExitCode;
use std::{env, io};

use tracing_subscriber::filter::LevelFilter;

use super::failure::{CONFIGURATION, Failure, IO_ERROR, SOFTWARE, TEMPORARY};
use super::paths::Paths;
use crate::daemon::{self, Folders, LogTarget, ServiceError, TimeScale};
use crate::store::StoreError;

pub(super) fn run(paths: &Paths) -> Result<ExitCode, Failure> {
    let config = paths.load_and_warn()?;
    let target = if standard_error_is_the_journal() {
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
    let runtime = super::runtime::runtime()?;
    let ended = runtime.block_on(daemon::run(folders, config, TimeScale::SYSTEM));
    // Threads that are still at work, on a body or a look-up, end with the process.
    runtime.shutdown_background();
    ended.map_err(|error| match error {
        ServiceError::Store(error) => Failure::new(code(&error), error.to_string()),
        ServiceError::Lost(ref reason) => Failure::new(code(reason), error.to_string()),
        ServiceError::Mail(error) => Failure::new(CONFIGURATION, error.to_string()),
        other => Failure::new(SOFTWARE, other.to_string()),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The unit starts the service again, except after [`IO_ERROR`]: a file that is damaged or not ours
/// stays so until a person has acted.
fn code(error: &StoreError) -> u8 {
    match error {
        StoreError::Damaged { .. }
        | StoreError::OtherApplication { .. }
        | StoreError::Newer { .. } => IO_ERROR,
        StoreError::Replaced { .. } | StoreError::StateFolder { .. } => TEMPORARY,
        error if error.is_temporary() => TEMPORARY,
        _ => SOFTWARE,
    }
}

/// Whether `JOURNAL_STREAM` means this standard error, and not that of a program which started this one
/// and sent its standard error elsewhere (systemd.exec(5), "Environment Variables in Spawned Processes").
fn standard_error_is_the_journal() -> bool {
    let Ok(stream) = env::var("JOURNAL_STREAM") else {
        return false;
    };
    let Some((device, inode)) = stream.split_once(':') else {
        return false;
    };
    let (Ok(device), Ok(inode)) = (device.parse::<u64>(), inode.parse::<u64>()) else {
        return false;
    };
    io::stderr()
        .as_fd()
        .try_clone_to_owned()
        .and_then(|stream| File::from(stream).metadata())
        .is_ok_and(|stream| stream.dev() == device && stream.ino() == inode)
}
