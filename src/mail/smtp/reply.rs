//! A reply of a server (RFC 5321 section 4.2), read as bytes: the code decides, and its text, which is for
//! people, may be anything.

/// Longest reply, in bytes.
const REPLY_BYTES: usize = 256 << 10;
/// So much of each line is kept, in bytes; RFC 5321 section 4.5.3.1.5 allows 512.
const LINE_BYTES: usize = 4 << 10;

/// One reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reply {
    /// 200 to 599.
    pub code: u16,
    /// Whether its end was seen. What is not whole says what it means, and ends the connection.
    pub whole: bool,
    /// The text of each line, with a line feed between.
    text: Vec<u8>,
}

impl Reply {
    /// The text of each line.
    pub(super) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.text.split(|byte| *byte == b'\n')
    }

    /// Without what stands behind its first line.
    pub(super) fn first_line_only(mut self) -> Self {
        let end = self.text.iter().position(|byte| *byte == b'\n');
        self.text.truncate(end.unwrap_or(self.text.len()));
        self
    }

    /// The text of all lines in one, whatever is no UTF-8 replaced.
    pub(super) fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.text);
        text.replace('\n', " ").trim().to_owned()
    }
}

/// Why bytes are no reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ReplyParseError {
    /// It does not end.
    TooLong,
    /// It does not begin with a code.
    Malformed(String),
}

/// A reply that is still coming.
#[derive(Default)]
pub(super) struct ReplyParser {
    line: Vec<u8>,
    text: Option<Vec<u8>>,
    taken: usize,
}

impl ReplyParser {
    /// Takes bytes up to the end of the reply, and gives how many that were.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(usize, Option<Reply>), ReplyParseError> {
        let mut taken = 0;
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            taken += piece.len();
            self.taken += piece.len();
            let line = piece.strip_suffix(b"\n");
            let room = LINE_BYTES.saturating_sub(self.line.len());
            let kept = line.unwrap_or(piece);
            self.line.extend_from_slice(&kept[..kept.len().min(room)]);
            if line.is_some()
                && let Some(reply) = self.end_line(true)?
            {
                return Ok((taken, Some(reply)));
            }
            if self.taken > REPLY_BYTES {
                // What goes on for ever behind the code of a last line changes nothing of the code.
                return match self.end_line(false) {
                    Ok(Some(reply)) => Ok((taken, Some(reply))),
                    _ => Err(ReplyParseError::TooLong),
                };
            }
        }
        Ok((taken, None))
    }

    /// The connection is at its end. A last line without its line end has a code all the same, and a
    /// message that was taken must not be sent again for want of a line end.
    pub(super) fn end(&mut self) -> Result<Option<Reply>, ReplyParseError> {
        if self.line.is_empty() {
            Ok(None)
        } else {
            self.end_line(false)
        }
    }

    fn end_line(&mut self, whole: bool) -> Result<Option<Reply>, ReplyParseError> {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_ascii_end();
        let begun = self.text.is_some();
        // A blank line before it belongs to nothing.
        if line.is_empty() && !begun {
            return Ok(None);
        }
        let text = self.text.get_or_insert_default();
        if begun {
            text.push(b'\n');
        }
        match read_line(line) {
            // Where the codes of the lines differ, the last one is what the server came to.
            Some((code, true, rest)) => {
                text.extend_from_slice(rest);
                let text = std::mem::take(text);
                Ok(Some(Reply { code, whole, text }))
            }
            Some((_, false, rest)) => {
                text.extend_from_slice(rest);
                Ok(None)
            }
            // Some servers break their greetings without a code before each line.
            None if begun => {
                text.extend_from_slice(line);
                Ok(None)
            }
            None => Err(ReplyParseError::Malformed(
                String::from_utf8_lossy(line).into_owned(),
            )),
        }
    }
}

/// Code, whether the line is the last one, and text. The first digit must be one that a reply may have.
fn read_line(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (digits, rest) = line.split_at_checked(3)?;
    if !digits.iter().all(u8::is_ascii_digit) || !(b'2'..=b'5').contains(&digits[0]) {
        return None;
    }
    let code = digits
        .iter()
        .fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
    match rest.split_first() {
        None => Some((code, true, rest)),
        Some((b'-', text)) => Some((code, false, text)),
        Some((sign, _)) if sign.is_ascii_alphanumeric() => None,
        Some((_, text)) => Some((code, true, text)),
    }
}

#[cfg(test)]
mod tests;
