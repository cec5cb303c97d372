//! The language as sentences.

mod matching;
mod mistakes;
mod printing;
