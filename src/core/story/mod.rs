//! Items that report one event, as one story.
//!
//! Items come one after the other. Each joins a story of the last [`WINDOW`] or begins one, and says why; what
//! was decided stays. The same items in the same order give the same stories.
//!
//! ```text
//! StoryItem -> features -> candidates, less by cannot_link -> clustering -> ClusterAssignment
//!              |   `--> duplicate_search --------------------^   |  `-> ItemRecord, for the store
//!              `-- how rare terms are, known labels <- Engine <--'
//! ```
//!
//! [`Engine::place`] takes a new item, [`Engine::revise`] the new text of one that was placed, and
//! [`Engine::restore`] what was kept of the items of the window after a start. What tells of single texts may be asked
//! alone: [`agency`], [`change`], [`near_duplicate`], [`independent_sources`], [`recurring_headlines`], [`victims`]. The numbers by
//! which it decides stand in `thresholds`.
//!
//! This room knows no watch, no hit and no recipient: of the core it uses [`text`](super::text) and
//! [`language`](super::language) alone.

pub mod agency;
mod assignment;
mod candidates;
mod cannot_link;
pub mod change;
mod cluster;
mod cluster_assignment;
mod clustering;
mod cognates;
mod contradiction;
mod document_frequency;
mod documents;
mod duplicate_search;
mod engine;
mod features;
mod hash_maps;
mod idf;
pub mod independent_sources;
mod inverted_index;
mod item_record;
mod language;
mod lexicon;
pub mod near_duplicate;
mod neighbours;
pub mod recurring_headlines;
mod roundups;
mod sequence_diff;
mod stop_words;
mod stories;
mod story_item;
mod synonyms;
#[cfg(test)]
mod tests;
mod text;
mod thresholds;
mod tokenizer;
pub mod victims;
mod word_sequence;

pub use assignment::ANOTHER_ITEM;
pub use cluster_assignment::{ClusterAssignment, RevisionAssignment};
pub use engine::Engine;
pub use item_record::Unreadable;
pub use story_item::{Relation, StoryItem, WINDOW};
