//! Digest to message, message to mailbox.
//!
//! ```text
//! Digest, week or notice, RenderOptions -> render -> RenderedMessage, with a DKIM signature where a key is configured
//! its bytes -> Transport: SMTP, sendmail or a Maildir -> Attempt of core::delivery
//! ```
//!
//! [`render()`] is pure: a digest and a date become one complete message, the same bytes each time. A
//! [`Transport`] hands one message to one recipient and returns what happened as a value. What is due, to whom
//! and how often it is tried again, others decide; this room knows neither configuration nor database.

mod address;
mod dkim;
mod footer;
mod headers;
mod language;
mod limits;
mod maildir;
mod message;
mod notice;
mod page;
mod render;
mod secret;
mod selection;
mod sendmail;
mod size_limit;
mod smtp;
mod story;
mod test_message;
#[cfg(test)]
mod tests;
mod token;
mod week;
mod wrapping;

pub use address::{AddressError, ascii_domain, needs_smtputf8, parse_address};
pub use dkim::{DkimError, DkimSigner, is_dkim_name};
pub use limits::HTML_MAX;
pub use maildir::Maildir;
pub use message::{RenderError, RenderOptions, RenderedMessage, ShownEntries};
pub use notice::{Notice, render_bare_notice, render_notice};
pub use render::render;
pub use secret::Secret;
pub use sendmail::Sendmail;
pub use smtp::{
    AuthoritiesError, Smtp, SmtpOptions, SmtpTimeouts, Tls, Waiting, count_authorities,
};
pub use test_message::test_message;
pub use token::{RefreshOptions, TokenError, TokenRefresher, TokenSource, read_token_file};
pub use week::{render_bare_week, render_week};

use crate::core::delivery::Attempt;
use crate::core::digest::Language;

/// What mails in English call a topic.
pub fn topic_called(topic: Option<&str>) -> String {
    story::topic_name(topic, language::catalog(Language::English))
}

/// Where messages go.
#[derive(Debug)]
pub enum Transport {
    /// To a server.
    Smtp(Box<Smtp>),
    /// To a local mail system.
    Sendmail(Sendmail),
    /// Into a folder of this machine.
    Maildir(Maildir),
}

impl Transport {
    /// Hands over one message for one recipient. Delivering the same message again, with the same
    /// `message_id`, is harmless to a Maildir and at most a recognisable duplicate over SMTP.
    ///
    /// The future may be dropped at any point; an SMTP connection in use is then closed.
    pub async fn deliver(
        &mut self,
        envelope_from: &str,
        envelope_to: &str,
        message: &[u8],
        message_id: &str,
    ) -> Attempt {
        match self {
            Self::Smtp(smtp) => smtp.deliver(envelope_from, envelope_to, message).await,
            Self::Sendmail(sendmail) => sendmail.deliver(envelope_from, envelope_to, message).await,
            Self::Maildir(maildir) => maildir.deliver(message, message_id).await,
        }
    }

    /// Whom a delivery waits for, and what for, where that is a server.
    pub fn waiting(&self) -> Option<(String, Waiting)> {
        match self {
            Self::Smtp(smtp) => Some((smtp.peer(), smtp.waiting())),
            Self::Sendmail(_) | Self::Maildir(_) => None,
        }
    }

    /// Takes leave of the server, if there is a connection. Waits a few seconds at most.
    pub async fn close(&mut self) {
        if let Self::Smtp(smtp) = self {
            smtp.close().await;
        }
    }
}
