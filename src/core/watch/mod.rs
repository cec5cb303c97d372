//! Watches: query text to syntax tree, to a compiled set, to matches with spans.
//!
//! The language is described in `language.md` beside this file.

mod body_only;
mod clitics;
mod cost;
mod document_index;
mod evaluate;
mod exact_form;
mod explain;
mod field;
mod foreign_syntax;
mod forms;
mod frequency;
mod language;
mod lexer;
mod lint;
mod list_matches;
mod list_names;
mod lists;
mod occurrences;
mod parser;
mod partial_match;
mod patterns;
mod plain_words;
mod prefilter;
mod problem;
mod program;
mod query;
mod quotes;
mod required_words;
mod score;
mod set;
mod signature;
mod span;
mod stem;
mod syntax;
mod term;
mod term_index;
mod word;

pub use body_only::BodyOnly;
pub(in crate::core) use clitics::bare as without_clitics;
pub use cost::overweight;
pub use explain::{
    Depth, ExplainedLine, ExplainedList, ExplainedPart, ExplainedScore, Explanation, FoundWord,
    Nearness, Shape, explain, found_forms, found_in,
};
pub use field::TextField;
pub use frequency::commonness;
pub use language::{detect_language, settle_language};
pub use list_names::lists_of;
pub use lists::{
    LanguageWords, ListProblem, ListReference, ListSpec, MAX_LIST_WORDS, MAX_LISTS, MAX_WORDS,
    WordList, WordLists,
};
pub use partial_match::Account;
pub use plain_words::is_query;
pub use problem::{Problem, Severity};
pub use query::{parse, parse_with};
pub use required_words::{Required, by_endings, required};
pub use score::{Counted, ScoreTerm, parse_score_term, parse_score_term_with};
pub use set::{Match, Scratch, WatchSet, WatchSpec};
pub use span::{MAX_SPANS, Span};
pub(in crate::core) use stem::{form_keys, primary_language};
pub use syntax::{
    Expression, Kind, MAX_COUNT, MAX_DISTANCE, MAX_NESTING, MAX_QUERY, MAX_TERMS, Order, Query,
};
pub use word::{MAX_PHRASE, MIN_PREFIX, Term, Word};

/// The language of queries as a chapter for researchers, in Markdown. Its examples are tested.
pub const LANGUAGE: &str = include_str!("language.md");

#[cfg(test)]
mod tests;
