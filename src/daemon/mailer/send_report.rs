//! What became of sending, as it is counted and told.

/// What became of sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SendReport {
    /// Messages that the server took.
    pub delivered: u64,
    /// Messages given up.
    pub undeliverable: u64,
    /// Why messages still wait, the last reason first.
    pub waiting: Option<String>,
}
