//! The language as sentences.

mod costs;
mod explaining;
mod forms;
mod habits;
mod hostile;
mod language;
mod lists;
mod matching;
mod meant;
mod mistakes;
mod printing;
