//! The page for those who are not signed in.

use askama::Template;

use super::Frame;

/// An invitation to be taken up, or how to get one.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "sign_in.html", config = "src/web/askama.toml")]
pub struct SignInPage {
    /// What is around it: nothing.
    pub frame: Frame,
    /// The secret of the link, to be sent back by the button: programs that look at links press none.
    pub invitation: Option<String>,
    /// Who is invited.
    pub name: String,
    /// Whether a page was asked for, and opens then.
    pub leads_on: bool,
    /// Whether something was sent that was not kept.
    pub is_lost: bool,
}
