//! Watches: query text to syntax tree, to a compiled set, to matches with spans.
//!
//! The language is described in `language.md` beside this file.

mod account;
mod anchor;
mod attached;
mod body_only;
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
mod list_names;
mod lists;
mod parser;
mod patterns;
mod plain;
mod problem;
mod program;
mod required;
mod score;
mod set;
mod stem;
mod syntax;
mod table;
mod term;

pub use account::Account;
pub use body_only::BodyOnly;
pub(in crate::core) use clitics::bare as without_clitics;
pub use cost::overweight;
pub use explain::{
    Depth, ExplainedLine, ExplainedList, ExplainedPart, ExplainedScore, Explanation, FoundWord,
    Nearness, Shape, explain, found_forms, found_in,
};
pub use frequency::{Frequencies, commonness};
pub use language::{detect_language, settle_language};
pub use list_names::lists_of;
pub use lists::{
    LanguageWords, ListProblem, ListReference, ListSpec, MAX_LIST_WORDS, MAX_LISTS, MAX_WORDS,
    WordList, WordLists,
};
pub use parser::{parse, parse_with};
pub use plain::is_query;
pub use problem::{Problem, Severity};
pub use required::{Required, by_endings, required};
pub use score::{Counted, ScoreTerm, parse_score_term, parse_score_term_with};
pub use set::{MAX_SPANS, Match, Scratch, Span, WatchSet, WatchSpec};
pub(in crate::core) use stem::{form_keys, primary_language};
pub use syntax::*;

/// The language of queries as a chapter for researchers, in Markdown. Its examples are tested.
pub const LANGUAGE: &str = include_str!("language.md");

#[cfg(test)]
mod tests;
