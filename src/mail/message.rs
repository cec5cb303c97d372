//! Text and HTML as a complete RFC 5322 message: the same bytes each time.

use std::{fmt::Write as _, sync::Arc, time::SystemTime};

use jiff::Timestamp;
use lettre::{
    Address,
    message::{
        Body, Message, MultiPart, SinglePart,
        header::{ContentDisposition, ContentTransferEncoding, ContentType},
    },
};
use sha2::{Digest as _, Sha256};

use super::{
    address::needs_smtputf8,
    dkim::{DkimError, DkimSigner},
    headers::{address, header, one_word, unstructured},
    language::catalog,
    limits::HTML_MAX,
    smtp::parse_address,
};
use crate::core::digest::{Attachment, Digest, Kind, Privacy, Recipient, clean_line};

/// Longest subject, in characters; mail programs show some 80.
const SUBJECT_CHARS: usize = 200;

/// What the messages say of their sender.
#[derive(Clone, Debug)]
pub struct RenderOptions {
    /// Address of the sender. Its domain also makes the Message-ID and List-Id.
    pub from: String,
    /// Name beside the address.
    pub from_name: String,
    /// Address of the person who runs this, for List-Unsubscribe and Reply-To.
    pub operator: Option<String>,
    /// Most bytes of HTML in one message; what has no room is told by count.
    pub html_max: usize,
    /// What addresses of pages in the reading room begin with, if there is one that readers can open.
    pub pages: Option<String>,
    /// Signs each message; none by default, for as a rule the relay signs.
    pub dkim: Option<Arc<DkimSigner>>,
}

impl RenderOptions {
    /// The usual name and size.
    pub fn new(from: impl Into<String>) -> Self {
        Self {
            from: from.into(),
            from_name: "newsvigil".to_owned(),
            operator: None,
            html_max: HTML_MAX,
            pages: None,
            dkim: None,
        }
    }
}

/// One complete message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMessage {
    /// With its angle brackets.
    pub message_id: String,
    /// What it shows; the rest is told by count.
    pub told: ShownEntries,
    /// As readers see it.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The message as it goes over the wire, without dot-stuffing: ASCII, CRLF, short lines.
    pub bytes: Vec<u8>,
}

/// The entries that a message shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownEntries {
    /// In full.
    pub full: Vec<i64>,
    /// In a line each, those sent before as alerts among them.
    pub headlines: Vec<i64>,
}

/// Why no message could be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// An address of the configuration is none.
    #[error("{0}")]
    Address(String),
    /// A template failed.
    #[error("the mail could not be rendered: {0}")]
    Template(#[from] askama::Error),
    /// The signature failed.
    #[error("the mail could not be signed: {0}")]
    Dkim(#[from] DkimError),
    /// The library refused the message.
    #[error("the mail could not be built: {0}")]
    Message(#[from] lettre::error::Error),
}

/// What readers see, not yet a message.
#[derive(Default)]
pub(super) struct Draft<'a> {
    pub told: ShownEntries,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// A file beside the words.
    pub attachment: Option<&'a Attachment>,
}

/// What the header of a message says, beside its subject and its thread.
#[derive(Clone, Copy)]
pub(super) struct HeaderFields<'a> {
    pub recipient: &'a Recipient,
    pub options: &'a RenderOptions,
    /// Makes its Message-ID.
    pub seed: &'a str,
    pub date: Timestamp,
}

pub(super) fn assemble(
    fields: HeaderFields<'_>,
    thread: &str,
    draft: Draft<'_>,
) -> Result<RenderedMessage, RenderError> {
    let HeaderFields {
        recipient,
        options,
        seed,
        date,
    } = fields;
    let text = catalog(recipient.language)
        .directed(&draft.text)
        .into_owned();
    let from = parse_address(&options.from).map_err(RenderError::Address)?;
    let to = parse_address(&recipient.address).map_err(RenderError::Address)?;
    let domain = from.domain().to_ascii_lowercase();
    let message_id = format!("<{}@{domain}>", hash(&["message", seed]));
    let root = format!("<{thread}@{domain}>");
    let subject = clean_line(&draft.subject, SUBJECT_CHARS);
    let mut builder = Message::builder()
        .raw_header(address("From", &from, Some(&options.from_name)))
        .raw_header(address("To", &to, recipient.name.as_deref()))
        .raw_header(unstructured("Subject", &subject))
        .date(system_time(date))
        .message_id(Some(message_id.clone()))
        .references(root.clone())
        .in_reply_to(root)
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("X-Auto-Response-Suppress", "All".to_owned()))
        .raw_header(header("List-Id", format!("newsvigil <newsvigil.{domain}>")));
    if let Some(operator) = &options.operator {
        let operator = parse_address(operator).map_err(RenderError::Address)?;
        let mailto = mailto(&operator);
        // With other letters than ASCII it would keep the mails of everybody from servers without SMTPUTF8; the
        // foot and List-Unsubscribe have it all the same.
        if !needs_smtputf8(&operator) || [&from, &to].into_iter().any(needs_smtputf8) {
            builder = builder.raw_header(address("Reply-To", &operator, None));
        }
        builder = builder.raw_header(one_word(
            "List-Unsubscribe",
            format!("<{mailto}?subject=unsubscribe>"),
        ));
    }
    let body = parts(seed, &text, &draft.html, draft.attachment);
    let mut bytes = builder.multipart(body)?.formatted();
    if let Some(signer) = &options.dkim {
        bytes = signer.sign(&bytes, date)?;
    }
    Ok(RenderedMessage {
        message_id,
        told: draft.told,
        subject,
        text,
        html: draft.html,
        bytes,
    })
}

/// The same words twice, for the reader's program to choose from, and the file beside them.
fn parts(seed: &str, text: &str, html: &str, attachment: Option<&Attachment>) -> MultiPart {
    let boundary = hash(&["boundary", seed]);
    let body = MultiPart::alternative()
        .boundary(boundary)
        .singlepart(single(ContentType::TEXT_PLAIN, text))
        .singlepart(single(ContentType::TEXT_HTML, html));
    match attachment {
        None => body,
        Some(attachment) => MultiPart::mixed()
            .boundary(hash(&["mixed boundary", seed]))
            .multipart(body)
            .singlepart(attached(attachment)),
    }
}

fn single(kind: ContentType, body: &str) -> SinglePart {
    SinglePart::builder().header(kind).body(body.to_owned())
}

/// A table as a part of its own (RFC 4180 section 3), in base64: its lines are longer than a message's may be.
fn attached(attachment: &Attachment) -> SinglePart {
    let kind = ContentType::parse("text/csv; charset=utf-8; header=present");
    let kind = kind.unwrap_or(ContentType::TEXT_PLAIN);
    let body = Body::new_with_encoding(attachment.bytes.clone(), ContentTransferEncoding::Base64);
    // Bytes fit into base64 whatever they are.
    let body = body.unwrap_or_else(Body::new);
    SinglePart::builder()
        .header(kind)
        .header(ContentDisposition::attachment(&attachment.name))
        .body(body)
}

/// The synthetic message that all mails of a thread answer: one thread for a recipient's digests,
/// one for each watch that alerts. Hashed, so that a sealed mail does not name its watch.
pub(super) fn thread(digest: &Digest) -> String {
    let recipient = digest.recipient.id.as_str();
    match &digest.kind {
        Kind::Digest(_) => hash(&["thread", recipient, "digest"]),
        Kind::Alert { .. } if digest.recipient.privacy == Privacy::Sealed => {
            hash(&["thread", recipient, "alerts"])
        }
        Kind::Alert { watch_id, .. } => hash(&["thread", recipient, "alert", watch_id]),
    }
}

/// The thread of the notices to a recipient.
pub(super) fn notice_thread(recipient: &Recipient) -> String {
    hash(&["thread", &recipient.id, "notices"])
}

/// The thread of the summaries to a recipient.
pub(super) fn week_thread(recipient: &Recipient) -> String {
    hash(&["thread", &recipient.id, "weeks"])
}

/// 32 hexadecimal digits. Lengths go in too, so that no two lists of parts read the same.
fn hash(parts: &[&str]) -> String {
    let mut state = Sha256::new();
    for part in parts {
        state.update((part.len() as u64).to_be_bytes());
        state.update(part.as_bytes());
    }
    let mut text = String::with_capacity(32);
    for byte in state.finalize().iter().take(16) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// An address as a link (RFC 6068 section 2): what is not plain in it is percent-encoded, in UTF-8; the `@` of a
/// quoted local part too.
fn mailto(address: &Address) -> String {
    let mut out = String::from("mailto:");
    for byte in address.user().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'*+".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out.push('@');
    out.push_str(address.domain());
    out
}

/// Times before 1970 or beyond the header's four-digit years do not occur in practice, and become
/// 1970.
pub(super) fn system_time(date: Timestamp) -> SystemTime {
    let seconds = u64::try_from(date.as_second())
        .unwrap_or(0)
        .min(253_402_300_799);
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_valid_link_whatever_is_in_it() {
        for (address, expected) in [
            ("ops@example.org", "mailto:ops@example.org"),
            ("ops+news@example.org", "mailto:ops+news@example.org"),
            ("50%off@example.org", "mailto:50%25off@example.org"),
            (
                "mike&family@example.org",
                "mailto:mike%26family@example.org",
            ),
            ("who?=#/@example.org", "mailto:who%3F%3D%23%2F@example.org"),
            (
                "büro@bücher.example",
                "mailto:b%C3%BCro@xn--bcher-kva.example",
            ),
        ] {
            let link = mailto(&parse_address(address).unwrap());
            assert_eq!(link, expected);
            url::Url::parse(&link).unwrap();
        }
    }
}
