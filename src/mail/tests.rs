//! Messages as a whole: exact pictures of them, hostile content, and the headers.

mod sample;
mod snapshots;
