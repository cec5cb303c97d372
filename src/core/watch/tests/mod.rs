//! The language as sentences.

mod explaining;
mod language;
mod matching;
mod mistakes;
mod printing;
