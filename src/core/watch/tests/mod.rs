//! The language as sentences.

mod explaining;
mod habits;
mod hostile;
mod language;
mod matching;
mod mistakes;
mod printing;
