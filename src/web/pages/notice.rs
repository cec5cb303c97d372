//! A page that says one thing: what went wrong, or what was done.

use askama::Template;

use super::Frame;

/// A heading and a sentence.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "notice.html", config = "src/web/askama.toml")]
pub struct NoticePage {
    /// What is around it.
    pub frame: Frame,
    /// What it is about.
    pub heading: String,
    /// What happened, and what can be done.
    pub sentence: String,
    /// Lines to be shown as they stand; may be empty.
    pub detail: String,
    /// Where to go on: address and name.
    pub onward: Option<(String, String)>,
}
