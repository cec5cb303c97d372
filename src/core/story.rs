//! Items that report one event, as one story.
//!
//! Items come one after the other. Each joins a story of the last [`WINDOW`] or begins one, and says why; what
//! was decided stays. The same items in the same order give the same stories.

pub mod agency;
mod assignment;
mod candidates;
mod cannot_link;
pub mod change;
mod cluster;
mod clustering;
mod cognates;
mod contradiction;
mod document_frequency;
mod documents;
mod duplicate_search;
mod engine;
mod features;
mod fingerprint;
mod hash_maps;
mod idf;
mod inverted_index;
mod language;
mod lexicon;
pub mod near_duplicate;
mod neighbours;
pub mod outlets;
pub mod recurring_headlines;
mod report;
mod roundups;
mod stop_words;
mod stories;
mod synonyms;
#[cfg(test)]
mod tests;
mod text;
mod thresholds;
mod tokenizer;
pub mod victims;
mod word_sequence;

pub use clustering::{Placed, Revised};
pub use engine::Engine;
pub use fingerprint::Unreadable;
pub use report::{Relation, Report, WINDOW};
