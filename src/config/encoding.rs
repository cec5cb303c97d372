//! Bytes of a file to its text, and what to do about one that is not in UTF-8.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text that was read in another way than TOML asks for (TOML 1.1, "Preliminaries").
#[derive(Debug)]
pub(super) struct EncodingMistake {
    /// Where in the text the first byte was read so.
    pub(super) at: usize,
    /// A sentence without a full stop.
    pub(super) message: String,
    /// What to do.
    pub(super) help: String,
}

/// How editors save as UTF-8.
const SAVE: &str = "save it as UTF-8: in Notepad and in Word under Save as, Encoding; in VS Code at the foot of the \
                    window";

/// The text of a file, without a byte-order mark, and what is wrong with its encoding.
pub(super) fn text_of(bytes: Vec<u8>) -> (String, Option<EncodingMistake>) {
    if let Some((encoding, name)) = utf_16(&bytes) {
        let (text, _, _) = encoding.decode(&bytes);
        let (text, _) = with_line_feeds(text.into_owned());
        let misencoded = EncodingMistake {
            at: 0,
            message: format!("the file is {name}, and TOML is UTF-8"),
            help: with_command(encoding.name()),
        };
        return (text, Some(misencoded));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return another(&error),
    };
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let (text, at) = with_line_feeds(text);
    let misencoded = at.map(|at| EncodingMistake {
        at,
        message: "a line ends in CR alone here, which TOML does not know".to_owned(),
        help: "save it with line ends LF or CR LF; `tr '\\r' '\\n' < OLD > NEW` makes them LF"
            .to_owned(),
    });
    (text, misencoded)
}

/// Neither UTF-8 nor UTF-16.
fn another(error: &std::string::FromUtf8Error) -> (String, Option<EncodingMistake>) {
    let first = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let byte = bytes.get(first).copied().unwrap_or_default();
    // Valid letters of several bytes before it: damaged, rather than another encoding.
    let mixed = bytes[..first].iter().any(|byte| !byte.is_ascii());
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if mixed {
        let (text, _) = with_line_feeds(String::from_utf8_lossy(bytes).into_owned());
        let misencoded = EncodingMistake {
            at: first,
            message: format!(
                "the byte 0x{byte:02X} is none of a letter in UTF-8; the file is UTF-8 before it"
            ),
            help: "write the letter anew, and save the file as UTF-8".to_owned(),
        };
        return (text, Some(misencoded));
    }
    let (text, _, _) = guess.decode(bytes);
    let (text, _) = with_line_feeds(text.into_owned());
    let name = if guess == WINDOWS_1252 {
        "Windows-1252 or Latin-1".to_owned()
    } else {
        guess.name().to_owned()
    };
    let misencoded = EncodingMistake {
        // Up to there both are ASCII.
        at: first.min(text.len()),
        message: format!(
            "the file is not UTF-8: from the byte 0x{byte:02X} here on it seems to be {name}"
        ),
        help: with_command(guess.name()),
    };
    (text, Some(misencoded))
}

fn with_command(encoding: &str) -> String {
    format!("{SAVE}; or `iconv -f {encoding} -t UTF-8 OLD > NEW`")
}

/// UTF-16 by its mark, or by the zero bytes of Latin letters.
fn utf_16(bytes: &[u8]) -> Option<(&'static Encoding, &'static str)> {
    const LITTLE: &str = "UTF-16 (little-endian, which Windows calls Unicode)";
    const BIG: &str = "UTF-16 (big-endian)";
    const LOOKED_AT: usize = 1_000;
    match bytes {
        [0xFF, 0xFE, ..] => return Some((UTF_16LE, LITTLE)),
        [0xFE, 0xFF, ..] => return Some((UTF_16BE, BIG)),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |odd: usize| {
        let places = head.iter().skip(odd).step_by(2);
        places.filter(|byte| **byte == 0).count()
    };
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if head.len() < 4 {
        None
    } else if odd > half / 2 && even == 0 {
        Some((UTF_16LE, LITTLE))
    } else if even > half / 2 && odd == 0 {
        Some((UTF_16BE, BIG))
    } else {
        None
    }
}

/// The text with LF for each CR that stands alone, and where the first was.
fn with_line_feeds(text: String) -> (String, Option<usize>) {
    let alone = |at: &usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    let first = text.match_indices('\r').map(|(at, _)| at).find(alone);
    if first.is_none() {
        return (text, None);
    }
    let mut lines = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        lines.push(if c == '\r' && rest.peek() != Some(&'\n') {
            '\n'
        } else {
            c
        });
    }
    (lines, first)
}

#[cfg(test)]
mod tests;
