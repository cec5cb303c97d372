//! Watches: query text to syntax tree, to a compiled set, to matches with spans.
//!
//! The language is described in `language.md` beside this file.

mod account;
mod anchor;
mod clitics;
mod cost;
mod evaluate;
mod explain;
mod forms;
mod frequency;
mod habits;
mod index;
mod language;
mod lexer;
mod lint;
mod parser;
mod patterns;
mod problem;
mod program;
mod score;
mod set;
mod stem;
mod syntax;
mod table;
mod term;

pub use account::Account;
pub(in crate::core) use clitics::bare as without_clitics;
pub use cost::overweight;
pub use explain::{
    ExplainedPart, ExplainedScore, Explanation, Nearness, Shape, explain, found_forms,
};
pub use frequency::{Frequencies, commonness};
pub use language::{complete_language, detect_language};
pub use parser::parse;
pub use problem::{Problem, Severity};
pub use score::{ScoreTerm, parse_score_term};
pub use set::{MAX_SPANS, Match, Scratch, Span, WatchSet, WatchSpec};
pub(in crate::core) use stem::{form_keys, primary_language};
pub use syntax::*;

/// The language of queries as a chapter for researchers, in Markdown. Its examples are tested.
pub const LANGUAGE: &str = include_str!("language.md");

#[cfg(test)]
mod tests;
