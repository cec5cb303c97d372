//! Items that report one event, as one story.
//!
//! Items come one after the other. Each joins a story of the last [`WINDOW`] or begins one, and says why; what
//! was decided stays. The same items in the same order give the same stories.

pub mod agency;
mod candidates;
pub mod change;
mod choice;
pub mod copy;
mod engine;
pub mod generic;
mod grown;
mod guards;
mod index;
mod keys;
mod language;
mod lexicon;
mod limits;
pub mod outlets;
mod reading;
mod record;
mod stop;
#[cfg(test)]
mod tests;
mod text;
mod tokens;
pub mod victims;
mod victims_unspaced;
