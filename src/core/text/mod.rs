//! Text as readers see it, and as watches compare it.

pub mod abbreviations;
pub mod entities;
pub(in crate::core) mod escaped;
pub mod fold;
pub mod html;
pub(in crate::core) mod output;
pub(in crate::core) mod pieces;
pub mod search;
pub mod visible;
pub mod words;
