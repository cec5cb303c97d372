//! A server knows the password or token, and may say it again at any step. The ledger, the log and `status` keep
//! what servers say, so it is blanked there, as it is and as it went over the wire.
//!
//! It is blanked before anything is cut to a length: nobody recognises half a password.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::options::SmtpOptions;
use crate::core::delivery::{Attempt, Outcome, Step};
use crate::core::digest::clean_line;

/// Longest server reply kept, in characters.
const REPLY_CHARS: usize = 500;
/// A shorter word may be an English one.
const BASE64_WORD: usize = 16;
/// Shorter pieces of a base64 form are found in any text.
const BASE64_PIECE: usize = 4;

/// What must not be repeated.
#[derive(Default)]
pub(super) struct Redaction {
    /// Without white space: servers wrap lines.
    forms: Vec<String>,
}

impl Redaction {
    pub(super) fn new(options: &SmtpOptions) -> Self {
        let mut redaction = Self::default();
        if let Some(password) = &options.password
            && !password.expose().is_empty()
        {
            let username = options.username.as_deref().unwrap_or_default();
            let password = password.expose();
            redaction.hide(password);
            // What AUTH PLAIN sends (RFC 4616).
            redaction.add(&STANDARD.encode(format!("\0{username}\0{password}")));
        }
        redaction
    }

    /// Blanks a password or token from now on, and what is base64 of anything that it is in.
    pub(super) fn hide(&mut self, secret: &str) {
        if secret.is_empty() {
            return;
        }
        self.add(secret);
        // What AUTH LOGIN sends (RFC 4954).
        self.add(&STANDARD.encode(secret));
        for before in 0..3 {
            self.add(&base64_piece(before, secret));
        }
    }

    fn add(&mut self, form: &str) {
        let mut form = clean_line(form, usize::MAX);
        form.retain(|c| !c.is_whitespace());
        if !form.is_empty() && !self.forms.contains(&form) {
            self.forms.push(form);
        }
    }

    /// A server's words on one line, without control characters and the password, cut to a sensible
    /// length.
    pub(super) fn words(&self, step: Step, text: &str) -> String {
        let mut text = clean_line(text, usize::MAX);
        self.blank(&mut text);
        if step == Step::Auth {
            text = without_base64(&text);
        }
        clean_line(&text, REPLY_CHARS)
    }

    /// Blanks the password in everything that an attempt tells, whoever said it.
    pub(super) fn attempt(&self, attempt: &mut Attempt) {
        for (_, line) in &mut attempt.dialogue {
            self.blank(line);
        }
        match &mut attempt.outcome {
            Outcome::Delivered { reply } | Outcome::Refused { reply, .. } => self.blank(reply),
            Outcome::Failed { why, .. }
            | Outcome::Misconfigured { why, .. }
            | Outcome::Unknown { why } => self.blank(why),
        }
    }

    fn blank(&self, text: &mut String) {
        let mut hidden = self.places(text);
        hidden.sort_by_key(|range| range.start);
        let mut shown = String::with_capacity(text.len());
        let mut at = 0;
        for range in hidden {
            // One that overlaps the one before continues it.
            if range.start >= at {
                shown.push_str(&text[at..range.start]);
                shown.push('…');
            }
            at = at.max(range.end);
        }
        shown.push_str(&text[at..]);
        *text = shown;
    }

    /// Where the forms are, white space disregarded.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut compact = String::with_capacity(text.len());
        // For each byte of `compact`, the place of its character.
        let mut origin = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            compact.push(c);
            origin.extend(std::iter::repeat_n(at..at + c.len_utf8(), c.len_utf8()));
        }
        let mut places = Vec::new();
        for form in &self.forms {
            for (start, _) in compact.match_indices(form.as_str()) {
                let end = start + form.len() - 1;
                places.push(origin[start].start..origin[end].end);
            }
        }
        places
    }
}

/// The characters that the password alone decides when base64 (RFC 4648 section 4) begins `before` bytes
/// ahead of it.
fn base64_piece(before: usize, password: &str) -> String {
    let mut bytes = vec![0; before];
    bytes.extend(password.bytes());
    let encoded = STANDARD.encode(&bytes);
    let piece = &encoded[(before * 8).div_ceil(6)..bytes.len() * 8 / 6];
    if piece.len() < BASE64_PIECE {
        return String::new();
    }
    piece.to_owned()
}

/// Every word that may be base64 of a login: some servers quote what they were sent. Names that servers give
/// to things, such as `SmtpClientAuthentication`, have letters only and stand for no text.
fn without_base64(text: &str) -> String {
    let base64 = |word: &str| {
        word.len() >= BASE64_WORD
            && word
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
            && (word.bytes().any(|b| !b.is_ascii_alphabetic()) || stands_for_text(word))
    };
    let words: Vec<&str> = text
        .split(' ')
        .map(|word| if base64(word) { "…" } else { word })
        .collect();
    words.join(" ")
}

/// Whether letters are base64 of text, wherever they were cut.
fn stands_for_text(letters: &str) -> bool {
    (0..4).any(|cut| {
        let whole = &letters[cut..];
        let whole = &whole[..whole.len() / 4 * 4];
        let Ok(bytes) = STANDARD.decode(whole) else {
            return false;
        };
        // A character may have been cut at either end.
        let is_rest = |byte: &&u8| (0x80..0xc0).contains(*byte);
        let rest = bytes.iter().take(3).take_while(is_rest).count();
        match std::str::from_utf8(&bytes[rest..]) {
            Ok(_) => true,
            Err(error) => error.error_len().is_none(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_settings_are_not_taken_for_logins() {
        for told in [
            "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
            "5.7.0 ApplicationSpecificPasswordRequired",
            "5.7.8 InvalidSecondFactorCode AuthenticationMechanismNotSupported",
        ] {
            assert_eq!(Redaction::default().words(Step::Auth, told), told);
        }
    }

    #[test]
    fn base64_of_any_text_is_blanked_wherever_it_was_cut() {
        for secret in [
            "newsvigil\0correct horse",
            "contraseña sin números",
            "пароль-пароль",
            "kkkkkkkkkkkkkkkkkkkk",
        ] {
            let encoded = STANDARD.encode(secret);
            for cut in 0..4 {
                let word = &encoded[cut..];
                let told = Redaction::default().words(Step::Auth, &format!("no {word}"));
                assert_eq!(told, "no …", "{secret}");
            }
        }
    }
}
