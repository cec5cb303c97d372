//! Messages as a whole: exact pictures of them, hostile content, and the headers.

mod addresses;
mod complete;
mod hostile;
mod long;
mod random;
mod sample;
pub(super) mod sample;
mod snapshots;
pub(super) mod snapshots;
mod stories;
