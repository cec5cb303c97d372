//! Whether a kept search is to be forgotten.

use askama::Template;

use super::{Frame, Time};

/// The question, with a button.
#[derive(Clone, Debug, Template)]
#[template(path = "forget.html", config = "src/web/askama.toml")]
pub struct ForgetPage {
    /// What is around it.
    pub frame: Frame,
    /// What the search is called.
    pub name: String,
    /// Who kept it.
    pub by: String,
    /// When.
    pub time: Time,
    /// The search that the reader comes from, as the address has it.
    pub query: String,
    /// Its page.
    pub back: String,
}
