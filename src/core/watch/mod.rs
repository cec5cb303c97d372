//! Watches: query text to syntax tree, to a compiled set, to matches with spans.
//!
//! ```text
//! query -> lexer -> parser (lists, term) -> syntax tree -> lint -> Query, or Problems with their places
//! watches -> compiler (program), patterns, list_matches, prefilter (anchors) -> WatchSet, once
//! document -> document_index (words, places), and the patterns and lists that its words fit -> Scratch
//! anchors that are there -> watches to look at -> evaluate, body_only -> Match: score, spans
//! WatchSet for each part of a query -> explain -> Explanation -> partial_match (PartialMatch)
//! ```
//!
//! - [`parse`] and [`parse_with`] read a query, [`parse_score_term_with`] a line of a score table, [`WordLists`] the
//!   lists that `@id` names; [`cost_problem`] says which watch would take too long.
//! - [`WatchSet::compile`] once; [`WatchSet::matches`] for each document, with the [`Scratch`] of the thread.
//!   [`determine_language`] comes before.
//! - [`explain()`] says why or why not; [`required`] which words an index of words can look for.
//!
//! It must not know where a document comes from and what becomes of a match: of a document it reads the fields, the
//! address, the language and the id of the feed. What a watch costs is counted in steps, not in time.
//!
//! A new operator is read in `lexer/operators.rs` and `parser/`, is a [`Kind`] in `syntax.rs`, a node of 16 bytes in
//! `program.rs` that `compiler.rs` writes, and is decided in `evaluate.rs`, NEAR and PRE in `evaluate/proximity.rs`. What is
//! found once for each document is a cell in `evaluate/context.rs`. Another variant of a kind that is there is better
//! than another kind: the compiler then names nearly all other places. It does not name `parser/expressions.rs` (is it an
//! operand, is it positive), `is_primary` in `syntax.rs`, `joined` in `parser/proximity.rs`, `terms` in
//! `evaluate/term_positions.rs`, `scope_of` in `explain/questions.rs`, `lint/subsumption.rs`, the shapes in
//! `explain/answers.rs`, the names of operators in `lists/entry.rs`, and, outside, `tests/fuzz/dictionaries/query` and
//! `tests/oracle`, which decides it a second time. It is told in `language.md`.
//!
//! The language is described in `language.md` beside this file.

mod anchor_table;
mod body_only;
mod clitics;
mod compiler;
mod cost;
mod document_index;
mod evaluate;
mod exact_form;
mod explain;
mod field;
mod field_mask;
mod foreign_syntax;
mod forms;
mod frequency;
mod language;
mod lexer;
mod limits;
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
mod site;
mod span;
mod stem;
mod syntax;
mod term;
mod word;
mod word_hash;

pub use body_only::BodyOnly;
pub(in crate::core) use clitics::bare as without_clitics;
pub use cost::cost_problem;
pub use explain::{
    Depth, ExplainedLine, ExplainedList, ExplainedPart, ExplainedScore, Explanation, FoundWord,
    NearMiss, Shape, explain, found_forms, found_in,
};
pub use field::TextField;
pub use frequency::phrase_frequency;
pub use language::{detect_language, determine_language};
pub use limits::{MAX_COUNT, MAX_DISTANCE, MAX_NESTING, MAX_QUERY, MAX_TERMS};
pub use list_names::lists_of;
pub use lists::{
    LanguageWords, ListProblem, ListReference, ListSpec, MAX_LIST_WORDS, MAX_LISTS, MAX_WORDS,
    WordList, WordLists,
};
pub use partial_match::PartialMatch;
pub use plain_words::is_query;
pub use problem::{Problem, Severity};
pub use query::{parse, parse_with};
pub use required_words::{RequiredWords, by_endings, required};
pub use score::{Counted, ScoreTerm, parse_score_term_with};
pub use set::{Match, Scratch, WatchSet, WatchSpec};
pub use span::{MAX_SPANS, Span};
pub(in crate::core) use stem::form_keys;
pub use syntax::{Expression, Kind, Order, Query};
pub use word::{MAX_PHRASE, MIN_PREFIX, Term, Word};

/// The language of queries as a chapter for researchers, in Markdown. Its examples are tested.
pub const LANGUAGE: &str = include_str!("language.md");

#[cfg(test)]
mod tests;
