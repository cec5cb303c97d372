//! Items that report one event, as one story.
//!
//! Items come one after the other. Each joins a story of the last [`WINDOW`] or begins one, and says why; what
//! was decided stays. The same items in the same order give the same stories.

pub mod agency;
mod alike;
mod candidates;
pub mod change;
mod choice;
mod copies;
pub mod copy;
mod difference;
mod documents;
mod engine;
mod frequency;
pub mod generic;
mod grown;
mod guards;
mod index;
mod keys;
mod language;
mod lexicon;
mod limits;
mod nearby;
pub mod outlets;
mod placing;
mod reading;
mod record;
mod report;
mod seeded;
mod several;
mod stop;
mod stories;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
pub mod victims;
mod weights;
mod wording;

pub use engine::Engine;
pub use placing::{Placed, Revised};
pub use record::Unreadable;
pub use report::{Relation, Report, WINDOW};
