//! Text as readers see it, and as watches compare it.

pub mod abbreviations;
pub(in crate::core) mod double_escaping;
pub mod entities;
pub mod html;
pub(in crate::core) mod html_text;
pub(in crate::core) mod html_tokenizer;
pub mod normalization;
pub mod sanitize;
pub mod search;
pub mod tokenizer;
