//! robots.txt (RFC 9309): what a publisher asks robots to leave alone.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::core::text::line::clean_line;

/// The name by which publishers may address us alone (section 2.2.1).
pub const PRODUCT_TOKEN: &str = "newsvigil";
/// What is read of a robots.txt, in bytes (section 2.5); one more tells whether the last line is whole.
pub const ROBOTS_AT_MOST: usize = robotxt::BYTE_LIMIT + 1;
/// How long one is kept (section 2.4).
pub const ROBOTS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Redirects of a robots.txt that are followed (section 2.3.1.2).
pub const ROBOTS_HOPS: u32 = 5;
/// The longest `Crawl-delay` that is heeded.
pub const CRAWL_DELAY_AT_MOST: SignedDuration = SignedDuration::from_secs(60);

/// What is kept of the rules for us, compressed, in bytes. 500 KiB of rules that people wrote fit.
const KEPT_AT_MOST: usize = 96 << 10;
/// What is told of a rule, in characters.
const REASON_CHARS: usize = 300;
/// Bytes of kept rules that are parsed together.
const PARSED_AT_ONCE: usize = robotxt::BYTE_LIMIT - 1024;

/// What the robots.txt of an origin says to us: the rules of our own group, or of the group for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RobotsRules {
    /// Lines of `Allow` and `Disallow`, deflated (RFC 1951), in base64. Empty: all is allowed.
    #[serde(skip_serializing_if = "String::is_empty")]
    lines: String,
    /// There are more of them than are kept, so that nothing is allowed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    too_many: bool,
    /// Seconds between two requests, at most [`CRAWL_DELAY_AT_MOST`].
    #[serde(skip_serializing_if = "Option::is_none")]
    crawl_delay: Option<SignedDuration>,
}

impl RobotsRules {
    /// The rules of a file, of which the first 500 KiB count.
    pub fn parse(body: &[u8]) -> Self {
        let parsed = robotxt::Robots::parse(&by_product_token(body), PRODUCT_TOKEN);
        let mut lines = String::new();
        for rule in parsed.rules() {
            let name = if rule.is_allow() { "Allow" } else { "Disallow" };
            lines.push_str(name);
            lines.push_str(": ");
            lines.push_str(rule.pattern());
            lines.push('\n');
        }
        let kept = deflated(&lines);
        let too_many = kept.len() > KEPT_AT_MOST;
        let crawl_delay = parsed.crawl_delay().map(|delay| {
            let delay = SignedDuration::try_from(delay).unwrap_or(CRAWL_DELAY_AT_MOST);
            delay.min(CRAWL_DELAY_AT_MOST)
        });
        Self {
            lines: if too_many { String::new() } else { kept },
            too_many,
            crawl_delay,
        }
    }

    /// What the answer to a request for robots.txt means (section 2.3.1). A redirect is one too many. `Err` is
    /// the reason why nothing is allowed until the file can be had.
    pub fn of_answer(status: u16, body: &[u8]) -> Result<Self, String> {
        match status {
            200..300 => Ok(Self::parse(body)),
            // It asks to come later: there is a file, perhaps.
            408 | 425 | 429 => Err(format!("status {status}")),
            300..500 => Ok(Self::default()),
            _ => Err(format!("status {status}")),
        }
    }

    /// Time between two requests that the publisher asks for.
    pub fn crawl_delay(&self) -> Option<SignedDuration> {
        self.crawl_delay
    }

    /// Why an address of the same origin is not to be fetched, reading alone; `None`: it may be.
    pub fn refusal(&self, address: &Url) -> Option<String> {
        if self.too_many {
            return Some("its robots.txt has more rules than are kept".to_owned());
        }
        if self.lines.is_empty() || address.path() == "/robots.txt" {
            return None;
        }
        let path = &address[url::Position::BeforePath..url::Position::AfterQuery];
        let kept = inflated(&self.lines)?;
        // The rules stand in the order of their weight, and one text may be too long to be parsed at once.
        let mut rest = kept.as_str();
        while !rest.is_empty() {
            let fits = rest.len().min(PARSED_AT_ONCE);
            let end = rest.as_bytes()[..fits]
                .iter()
                .rposition(|&byte| byte == b'\n');
            let (part, behind) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
            rest = behind;
            let part =
                robotxt::Robots::parse(format!("User-agent: *\n{part}").as_bytes(), PRODUCT_TOKEN);
            if let Some(rule) = part.matching_rule(path) {
                let why = format!("robots.txt asks not to fetch {}", rule.pattern());
                return (!rule.is_allow()).then(|| clean_line(&why, REASON_CHARS));
            }
        }
        None
    }
}

/// The file with the names of robots cut to their product tokens: many copy what stands in their logs, which is
/// the token with a version and a comment (`newsvigil/0.1.0 (+…)`).
fn by_product_token(body: &[u8]) -> Vec<u8> {
    let mut named = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
        let colon = line.iter().position(|&byte| byte == b':');
        let (key, value) = line.split_at(colon.map_or(0, |colon| colon + 1));
        let key_word = key.strip_prefix(b"\xef\xbb\xbf").unwrap_or(key);
        let key_word = key_word.strip_suffix(b":").unwrap_or_default();
        named.extend_from_slice(key);
        if !key_word.trim_ascii().eq_ignore_ascii_case(b"user-agent") {
            named.extend_from_slice(value);
            continue;
        }
        let blank = value.len() - value.trim_ascii_start().len();
        let is_token = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-');
        let token = value[blank..].iter().take_while(|byte| is_token(byte));
        let end = blank + token.count();
        let is_all = end == blank;
        named.extend_from_slice(if is_all { value } else { &value[..end] });
        if !is_all {
            named.push(b'\n');
        }
    }
    named
}

/// Where the robots.txt for an address is; `None` for what is no address of the web.
pub fn robots_address(address: &Url) -> Option<Url> {
    robotxt::robots_url(address).ok()
}

fn deflated(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Nothing fails that is written to memory.
    let _ = encoder.write_all(text.as_bytes());
    STANDARD_NO_PAD.encode(encoder.finish().unwrap_or_default())
}

/// Percent-encoding makes three bytes of one, and a rule of few bytes has a longer name here.
const INFLATED_AT_MOST: u64 = 8 * ROBOTS_AT_MOST as u64;

fn inflated(kept: &str) -> Option<String> {
    let bytes = STANDARD_NO_PAD.decode(kept).ok()?;
    let mut text = String::new();
    DeflateDecoder::new(bytes.as_slice())
        .take(INFLATED_AT_MOST)
        .read_to_string(&mut text)
        .ok()?;
    Some(text)
}

#[cfg(test)]
mod tests;
