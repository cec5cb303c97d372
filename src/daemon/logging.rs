//! Where log lines go: to the journal under systemd, else to standard error.

use std::io::{self, IsTerminal, Write, stderr};

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::core::text::sanitize::visible_with_styles;

/// Where log lines go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogTarget {
    /// The journal, natively, with fields.
    Journal,
    /// Standard error, a line an event.
    StandardError,
}

/// Standard error, without what would steer a terminal: the program's own colours aside.
#[derive(Default)]
struct SanitizedStderr;

impl Write for SanitizedStderr {
    /// A whole line comes at a time.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = visible_with_styles(&String::from_utf8_lossy(line));
        stderr().write_all(text.as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        stderr().flush()
    }
}

/// Starts logging for this process: sentences of level `info` and above.
pub fn start_logging(target: LogTarget, level: LevelFilter) {
    let registry = tracing_subscriber::registry().with(level);
    if target == LogTarget::Journal
        && let Ok(journal) = tracing_journald::layer()
    {
        // Another subscriber, as in a test, keeps its place.
        let _ = registry.with(journal).try_init();
        return;
    }
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(SanitizedStderr::default)
        .with_ansi(stderr().is_terminal())
        .with_target(false);
    let _ = registry.with(lines).try_init();
}
