//! The options of `newsvigil backtest`.

use clap::{Args, ValueEnum};

use crate::cli::paths::Paths;

#[derive(Debug, Args)]
pub(in crate::cli) struct Options {
    /// Only this watch; may be repeated
    #[arg(long, value_name = "ID")]
    pub(super) watch: Vec<String>,
    /// Only items first seen in this time or since this day: 24h, 7d, 4w, 2026-01-31
    #[arg(long, value_name = "TIME")]
    pub(super) since: Option<String>,
    /// Make hits of what is gained: stored, listed by `hits`, and marked as found later. Nobody gets an
    /// alert, nothing that is a hit already is told again, and lost hits stay. The service may work
    /// meanwhile; reload it first, for what it stores is matched by the watches that it has read
    #[arg(long)]
    pub(super) adopt: bool,
    /// Who is told of what is adopted: `digest`, everybody to whom the watch goes, in the next digest;
    /// `nobody`
    #[arg(long, value_name = "WHOM", value_enum, hide_possible_values = true, default_value_t = Tell::Digest, requires = "adopt")]
    pub(super) tell: Tell,
    /// The same as `--tell nobody`
    #[arg(long, hide = true, requires = "adopt", conflicts_with = "tell")]
    pub(super) quiet: bool,
    /// Print JSON, one watch a line
    #[arg(long)]
    pub(super) json: bool,
}

/// Who is told of what is adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Tell {
    Digest,
    Nobody,
}

impl Options {
    pub(super) fn asks_for(&self, watch: &str) -> bool {
        self.watch.is_empty() || self.watch.iter().any(|wanted| wanted == watch)
    }

    pub(super) fn tells(&self) -> Tell {
        if self.quiet { Tell::Nobody } else { self.tell }
    }

    /// The command that adopts what these options show.
    pub(super) fn adopting(&self, paths: &Paths) -> String {
        let mut command = format!("`{} backtest --adopt", paths.command());
        for watch in &self.watch {
            command.push_str(" --watch ");
            command.push_str(watch);
        }
        if let Some(since) = &self.since {
            command.push_str(" --since ");
            command.push_str(since);
        }
        command.push('`');
        command
    }
}
