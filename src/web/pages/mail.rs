//! Mails, and one of them as it was sent.

use askama::Template;

use super::{Frame, Time};

/// What waits, and what was sent.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "mails.html", config = "src/web/askama.toml")]
pub struct MailsPage {
    /// What is around it.
    pub frame: Frame,
    /// How the outbox stands, in the words of `status`.
    pub verdict: String,
    /// Whether none was given up.
    pub is_complete: bool,
    /// "Waiting", "Given up", "Sent", "Taken out".
    pub groups: Vec<Group>,
}

/// Mails in the same state.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// What the state is called.
    pub name: &'static str,
    /// Whether there are more.
    pub is_cut: bool,
    /// The mails, the newest first.
    pub mails: Vec<MailLine>,
}

/// A mail in the list.
#[derive(Clone, Debug)]
pub struct MailLine {
    /// Its number.
    pub number: i64,
    /// To whom.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// When it was made.
    pub made: Time,
    /// How it stands, with what the server said.
    pub state: String,
}

/// One mail.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "mail.html", config = "src/web/askama.toml")]
pub struct MailPage {
    /// What is around it.
    pub frame: Frame,
    /// Its subject.
    pub subject: String,
    /// What is known of it: name and value.
    pub facts: Vec<(&'static str, String)>,
    /// The hits that it tells, if any: where they are listed, and how many are.
    pub hits: Option<(String, u64)>,
    /// Its text, as it was sent.
    pub words: Option<String>,
    /// Whether there is more of it than the page has room for.
    pub is_cut: bool,
    /// Why there is no text.
    pub without: String,
}
