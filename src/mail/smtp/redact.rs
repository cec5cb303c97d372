//! A server knows the password, and may say it again at any step. The ledger, the log and `status` keep
//! what servers say, so it is blanked there, as it is and as it went over the wire.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Secret;
use crate::core::delivery::{Attempt, Outcome};

/// Blanks the password in everything that an attempt tells.
pub(super) fn attempt(attempt: &mut Attempt, username: &str, password: &Secret) {
    let forms = forms(username, password.expose());
    for (_, line) in &mut attempt.dialogue {
        blank(line, &forms);
    }
    match &mut attempt.outcome {
        Outcome::Delivered { reply } | Outcome::Refused { reply, .. } => blank(reply, &forms),
        Outcome::Failed { why, .. }
        | Outcome::Misconfigured { why, .. }
        | Outcome::Unknown { why } => blank(why, &forms),
    }
}

/// What AUTH LOGIN and AUTH PLAIN send (RFC 4954, RFC 4616), and the password itself.
fn forms(username: &str, password: &str) -> Vec<String> {
    if password.is_empty() {
        return Vec::new();
    }
    vec![
        // As it stands in a line that was tidied.
        super::words(password),
        STANDARD.encode(format!("\0{username}\0{password}")),
        STANDARD.encode(password),
        password.to_owned(),
    ]
}

fn blank(text: &mut String, forms: &[String]) {
    for form in forms.iter().filter(|form| !form.is_empty()) {
        if text.contains(form.as_str()) {
            *text = text.replace(form.as_str(), "…");
        }
    }
}
