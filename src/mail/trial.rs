//! The message by which a person tries the way out.

use jiff::Timestamp;
use lettre::message::Message;
use lettre::message::header::ContentType;

use super::RenderError;
use super::headers::address;
use super::message::system_time;
use super::smtp::parse_address;

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
        .header(ContentType::TEXT_PLAIN)
        .body(
            "This message was sent by \"newsvigil mail test\". Alerts and digests take the same way.\n"
                .to_owned(),
        )?;
    Ok((id, message.formatted()))
}
