//! Why a command failed, and with which exit code.

use std::path::Path;

use crate::config::Config;
use crate::store::{FILE_NAME, StoreError};

/// Everything was done, and not all is well: something needs a person, or a feed was not read whole.
pub(super) const NEEDS_ATTENTION: u8 = 1;
/// sysexits.h: bad command line.
pub(super) const USAGE: u8 = 64;
/// sysexits.h: bad input data.
pub(super) const DATA_ERROR: u8 = 65;
/// sysexits.h: no such input.
pub(super) const NO_INPUT: u8 = 66;
/// sysexits.h: a service that is needed does not answer.
pub(super) const UNAVAILABLE: u8 = 69;
/// sysexits.h: an internal fault.
pub(super) const SOFTWARE: u8 = 70;
/// sysexits.h: a file cannot be made.
pub(super) const CANNOT_CREATE: u8 = 73;
/// sysexits.h: output cannot be written.
pub(super) const IO_ERROR: u8 = 74;
/// sysexits.h: try again later.
pub(super) const TEMPORARY: u8 = 75;
/// sysexits.h: the configuration is at fault.
pub(super) const CONFIGURATION: u8 = 78;

/// Why a command failed: a message that reads alone, and its exit code.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) code: u8,
    pub(super) message: String,
}

impl Failure {
    pub(super) fn new(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        // What a query found, such as damage, and not yet what to do about it.
        let error = match error {
            StoreError::Statement(_) => error.at(Path::new(FILE_NAME)),
            told => told,
        };
        let code = if error.is_temporary() {
            TEMPORARY
        } else {
            IO_ERROR
        };
        Self::new(code, error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            // Whoever reads our output has had enough, as `head` does.
            return Self::new(0, "");
        }
        Self::new(IO_ERROR, format!("cannot write the output: {error}"))
    }
}

/// A watch that does not exist, with the one that was probably meant.
pub(super) fn no_watch(config: &Config, id: &str, besides: &str) -> Failure {
    let meant = match config.nearest_watch(id) {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None => String::new(),
    };
    Failure::new(USAGE, format!("there is no watch `{id}`{besides}{meant}"))
}
