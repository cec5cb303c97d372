//! Text as readers see it, and as watches compare it.

pub mod fold;
pub mod words;
