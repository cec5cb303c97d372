//! The message by which a person tries the way out.

use jiff::Timestamp;
use lettre::message::{Message, SinglePart};

use super::RenderError;
use super::headers::address;
use super::message::system_time;
use super::smtp::parse_address;

const TEXT: &str =
    "This message was sent by \"newsvigil mail test\". Alerts and digests take the same way.\n";

/// A short message from `from` to `to`, with its Message-ID in angle brackets.
pub fn test_message(
    from: &str,
    to: &str,
    now: Timestamp,
) -> Result<(String, Vec<u8>), RenderError> {
    let from = parse_address(from).map_err(RenderError::Address)?;
    let to = parse_address(to).map_err(RenderError::Address)?;
    let id = format!("<test.{}@{}>", now.as_nanosecond(), from.domain());
    let message = Message::builder()
        .raw_header(address("From", &from, Some("newsvigil")))
        .raw_header(address("To", &to, None))
        .subject("newsvigil: a test message")
        .date(system_time(now))
        .message_id(Some(id.clone()))
        // With MIME-Version, without which the other MIME fields mean nothing (RFC 2045 section 4).
        .singlepart(SinglePart::plain(TEXT.to_owned()))?;
    Ok((id, message.formatted()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_message_says_that_it_is_mime_and_is_read_back() {
        let now = Timestamp::UNIX_EPOCH;
        let made = test_message("newsvigil@example.org", "desk@example.org", now);
        let (id, bytes) = made.expect("a message");
        let fields = String::from_utf8_lossy(&bytes);
        let (fields, _) = fields.split_once("\r\n\r\n").expect("a body");
        assert_eq!(fields.matches("MIME-Version: 1.0").count(), 1, "{fields}");
        let read = mail_parser::MessageParser::default()
            .parse(&bytes)
            .expect("a message");
        assert_eq!(read.message_id().map(|read| format!("<{read}>")), Some(id));
        assert_eq!(
            read.body_text(0).map(|text| text.trim_end().to_owned()),
            Some(TEXT.trim_end().to_owned())
        );
    }
}
