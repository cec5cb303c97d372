//! What came of asking for a feed, as plain data.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::display::told;
use super::freshness::CachingHeaders;

/// The longest validator that is kept, in bytes. Since nothing may be taken from one, a longer one is
/// as good as none.
const VALIDATOR_BYTES: usize = 1024;

/// The opaque validators of a representation (RFC 9110 section 8.8), kept and echoed byte for byte,
/// the quotes and the `W/` of an entity tag included. Never parsed, never made up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Validators {
    /// The value of the `ETag` header.
    #[serde(with = "opaque", skip_serializing_if = "Option::is_none")]
    pub etag: Option<Vec<u8>>,
    /// The value of the `Last-Modified` header.
    #[serde(with = "opaque", skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<Vec<u8>>,
}

impl Validators {
    /// Validators as an answer gives them; what is overlong is left out.
    pub fn new(etag: Option<Vec<u8>>, last_modified: Option<Vec<u8>>) -> Self {
        let fits = |value: &Vec<u8>| value.len() <= VALIDATOR_BYTES;
        Self {
            etag: etag.filter(fits),
            last_modified: last_modified.filter(fits),
        }
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }

    /// These validators brought up to date by a 304: what it names replaces, what it leaves out
    /// stays (RFC 9111 section 3.2).
    #[must_use]
    pub fn updated_by(&self, newer: &Self) -> Self {
        Self {
            etag: newer.etag.clone().or_else(|| self.etag.clone()),
            last_modified: newer
                .last_modified
                .clone()
                .or_else(|| self.last_modified.clone()),
        }
    }
}

/// What to ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Absolute address, `http` or `https`.
    pub url: String,
    /// Validators to send; empty asks unconditionally.
    pub validators: Validators,
    /// The address whose answer gave the validators. They are sent to that address only, so that no
    /// server on a chain of redirects sees a validator it never gave. `None`: it was [`Self::url`].
    pub validators_from: Option<String>,
    /// Whether a redirect from another host gave [`Self::url`]. When its host then asks for rest, that
    /// is meant for this feed alone.
    pub adopted: bool,
    /// How fast the server answered, and so which queue to wait in.
    pub speed: ResponseSpeed,
    /// Redirects to follow at most, where fewer are wanted than a fetch follows.
    pub redirects_at_most: Option<usize>,
}

impl Request {
    /// A request whose validators, if any, came from `url` itself.
    pub fn new(url: impl Into<String>, validators: Validators) -> Self {
        Self {
            url: url.into(),
            validators,
            validators_from: None,
            adopted: false,
            speed: ResponseSpeed::Prompt,
            redirects_at_most: None,
        }
    }
}

/// What came of a request. There is no error beside it: whatever happens is one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// 200, 203 or 202, with the whole body.
    Modified(Modified),
    /// 304: what was fetched before still stands.
    NotModified(ResponseMetadata),
    /// 410: the publisher says that the feed is over.
    Gone(ResponseMetadata),
    /// 429, or 503 or 403 that names a time to come back.
    Throttled(Throttled),
    /// Anything else.
    Failed(Failure),
}

/// What a server said beside the body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResponseMetadata {
    /// The address that was asked.
    pub requested_url: String,
    /// The validators that the answering address was sent; empty for an unconditional request.
    pub sent: Validators,
    /// The address that answered, after redirects.
    pub final_url: String,
    /// The target of the permanent redirects (301, 308) at the start of the chain, when there were any.
    pub moved_to: Option<String>,
    /// How many redirects, of whatever kind, led to the answer.
    pub redirects: usize,
    /// Validators of the answer.
    pub validators: Validators,
    /// Headers that say how long the answer stays fresh.
    pub caching: CachingHeaders,
    /// From the first byte sent to the last byte read.
    pub elapsed: Duration,
}

/// A new body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Modified {
    /// What the server said beside it.
    pub answer: ResponseMetadata,
    /// The status was 202: the body may be a feed all the same, or a page that says to wait.
    pub is_accepted_only: bool,
    /// The body, decompressed, whole.
    pub body: Vec<u8>,
    /// The `Content-Type` header as given.
    pub content_type: Option<String>,
    /// The `Link` headers (RFC 8288), joined with commas: a page may announce its feeds there.
    pub link: Option<String>,
}

/// A server that asks to be left alone for a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Throttled {
    /// What the server said beside it.
    pub answer: ResponseMetadata,
    /// 429, 503 or 403.
    pub status: u16,
    /// Reads alone: `429 Too Many Requests`.
    pub message: String,
    /// Whether the server was asked at all.
    pub asked: RequestSent,
}

/// Whether a request went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestSent {
    /// It did.
    Yes,
    /// It did not: the host had asked for rest a moment ago, for another feed.
    No {
        /// How long the host's rest lasts from now.
        rest: Duration,
    },
}

/// A request that gave nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// What sort of failure.
    pub kind: FailureKind,
    /// Reads alone: `404 Not Found`, `no answer within 30 s`, `connection refused`.
    pub message: String,
    /// What the server said, when one answered.
    pub answer: Option<Box<ResponseMetadata>>,
}

impl Failure {
    /// A failure in which no server answered, with a reason of a few hundred characters at most.
    pub fn new(kind: FailureKind, message: impl AsRef<str>) -> Self {
        Self {
            kind,
            message: told(message.as_ref()),
            answer: None,
        }
    }
}

/// The sort of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// The address cannot be fetched at all: no host, a foreign scheme.
    Address,
    /// The address guard forbids it.
    Forbidden,
    /// The name does not resolve.
    Name,
    /// No connection: refused, unreachable, reset on the way.
    Connection,
    /// The TLS handshake or the certificate.
    Tls,
    /// No answer, or no end of it, in the time allowed.
    Timeout,
    /// The other side hung up in the middle, or does not speak HTTP.
    Protocol,
    /// A status that is neither success nor one that has a meaning of its own here.
    Status(u16),
    /// More bytes than allowed.
    TooLarge,
    /// A body that does not decompress.
    Encoding,
    /// Too many redirects, a circle, or a target that cannot be followed.
    Redirect,
    /// 304 in answer to a request without validators.
    UnaskedNotModified,
    /// A local file that cannot be read.
    File,
}

/// Bytes as text, one character a byte (Latin-1), so that any header value survives JSON unchanged.
/// What an earlier version kept though it is overlong is left out.
mod opaque {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[allow(clippy::ref_option)] // serde hands over a reference to the field
    pub(super) fn serialize<S: Serializer>(
        value: &Option<Vec<u8>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match value {
            None => serializer.serialize_none(),
            Some(bytes) => serializer.serialize_some(
                &bytes
                    .iter()
                    .map(|&byte| char::from(byte))
                    .collect::<String>(),
            ),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Vec<u8>>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        let Some(text) = text.filter(|text| text.chars().count() <= super::VALIDATOR_BYTES) else {
            return Ok(None);
        };
        text.chars()
            .map(|character| u8::try_from(u32::from(character)))
            .collect::<Result<Vec<u8>, _>>()
            .map(Some)
            .map_err(|_| D::Error::custom("a validator holds a character beyond one byte"))
    }
}

/// A queue for requests. Feeds that did not answer in time wait in one of their own, so that
/// thousands of them never hold up the others. The prompt come first in order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum ResponseSpeed {
    /// Answered in time when last asked, or was never asked.
    #[default]
    Prompt,
    /// Ran into a time-out when last asked.
    Slow,
}
