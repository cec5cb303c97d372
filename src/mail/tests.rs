//! Messages as a whole: exact pictures of them, hostile content, and the headers.

mod addresses;
mod complete;
mod hostile;
mod language;
mod long;
mod random;
pub(super) mod sample;
pub(super) mod snapshots;
mod stories;
mod troubles;
