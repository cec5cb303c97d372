//! A message on the wire.

use std::fmt;

/// A message as it goes over the wire: dots doubled at the beginning of lines, and the final dot
/// behind it (RFC 5321 section 4.5.2). Written in one piece: the library sends the final dot by
/// itself, and the kernel then holds it back for 40 ms to see whether more is coming.
pub(super) struct Content<'a>(pub &'a str);

impl fmt::Display for Content<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The line end before the dot is the message's own last one.
        let message = self.0.strip_suffix("\r\n").unwrap_or(self.0);
        for line in message.split("\r\n") {
            let dot = if line.starts_with('.') { "." } else { "" };
            write!(f, "{dot}{line}\r\n")?;
        }
        f.write_str(".\r\n")
    }
}

/// The message as text, if each line ends in CRLF. A bare line feed before a dot is what smuggles a
/// second message past some servers.
pub(super) fn wire_text(message: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(message).ok()?;
    let sound = text
        .split("\r\n")
        .all(|line| !line.contains(['\r', '\n', '\0']));
    sound.then_some(text)
}
