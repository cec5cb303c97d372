//! How much a query may ask for.

/// The farthest that `NEAR`, `PRE` and `NOT NEAR` look, in words.
pub const MAX_DISTANCE: u32 = 50;
/// The highest number that `ATLEAST` takes.
pub const MAX_COUNT: u32 = 100;
/// The longest query, in bytes.
pub const MAX_QUERY: usize = 64 * 1024;
/// How deep parentheses may be nested.
pub const MAX_NESTING: usize = 50;
/// How many terms a query may have.
pub const MAX_TERMS: usize = 5_000;
