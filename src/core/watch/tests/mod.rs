//! The language as sentences.

mod explaining;
mod hostile;
mod language;
mod matching;
mod mistakes;
mod printing;
