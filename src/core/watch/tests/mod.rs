//! The language as sentences.

mod body_only;
mod costs;
mod display;
mod explaining;
mod foreign_syntax;
mod forms;
mod hostile;
mod language;
mod lead;
mod lints;
mod lists;
mod matching;
mod mistakes;
mod near;
