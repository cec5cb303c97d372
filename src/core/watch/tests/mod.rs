//! The language as sentences.

mod body_only;
mod costs;
mod explaining;
mod forms;
mod habits;
mod hostile;
mod language;
mod lead;
mod lists;
mod matching;
mod meant;
mod mistakes;
mod near;
mod printing;
