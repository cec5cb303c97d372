//! Text as readers see it, and as watches compare it.

pub mod fold;
pub mod html;
pub(in crate::core) mod pieces;
pub mod visible;
pub mod words;
