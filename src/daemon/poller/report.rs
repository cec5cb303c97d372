//! What became of polling.

use jiff::Timestamp;

use crate::store::polls::PollCounts;

/// What became of polling.
#[derive(Clone, Debug, Default)]
pub struct PollReport {
    /// Feeds asked.
    pub polled: u64,
    /// Feeds on the web that gave what they should.
    pub answered: u64,
    /// Feeds that gave nothing that could be read, in the order of the configuration.
    pub failures: Vec<FeedFailure>,
    /// Feeds of whose newest body something is missing, in the order of the configuration.
    pub incomplete: Vec<FeedFailure>,
    /// What is new.
    pub counts: PollCounts,
    /// Why polls could not be stored; they are asked again.
    pub not_stored: Vec<(String, String)>,
    /// Somebody answers again, after nobody had since then: this machine was cut off.
    pub cut_off_since: Option<Timestamp>,
}

/// A feed that failed or was not read whole, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFailure {
    /// Its id.
    pub id: String,
    /// The reason, reading alone.
    pub reason: String,
}
