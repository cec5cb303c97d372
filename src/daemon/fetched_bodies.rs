//! What a poll brought to be read: one body, or the parts of an index of sitemaps.

use base64::Engine as _;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use url::Url;

use super::VERSION;
use crate::core::feed::link_page::{self, LinkPage, LinkPageError};
use crate::core::feed::sitemap::{self, PartReading, SitemapIndex};
use crate::core::feed::{self, Limits, ParseContext, ParseError};

/// A body, and what was said of it.
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    pub(super) content_type: Option<String>,
    pub(super) final_url: String,
}

/// What is to be read.
pub(super) enum FetchedBodies {
    Single(Body),
    /// By their addresses, the likeliest to hold news first; for those that did not come, the reason.
    SitemapParts(Vec<(String, Result<Body, String>)>),
}

/// Why there is no feed.
pub(super) enum FeedReadError {
    /// It is an index, whose parts have to be fetched.
    Index(Box<SitemapIndex>),
    /// The reason reads alone.
    Unreadable(String),
}

impl FetchedBodies {
    /// Equal for two polls only if reading what they brought gives the same.
    pub(super) fn digest(&self) -> String {
        match self {
            Self::Single(body) => body.digest(),
            Self::SitemapParts(parts) => {
                let mut hasher = Sha256::new();
                for (address, part) in parts {
                    add(&mut hasher, address.as_bytes());
                    match part {
                        Ok(body) => add(&mut hasher, body.digest().as_bytes()),
                        Err(reason) => add(&mut hasher, reason.as_bytes()),
                    }
                }
                finish(hasher)
            }
        }
    }

    /// Reads it as a feed.
    pub(super) fn parse(
        self,
        now: Timestamp,
        language: Option<&str>,
    ) -> Result<feed::Feed, FeedReadError> {
        match self {
            Self::Single(body) => body.parse(now, language).map_err(|error| match error {
                ParseError::Index(index) => FeedReadError::Index(index),
                error => FeedReadError::Unreadable(error.to_string()),
            }),
            Self::SitemapParts(parts) => {
                // One after the other, so that no more than one body stands beside what was made of it.
                let readings = parts.into_iter().map(|(address, part)| {
                    let reading = match part {
                        Ok(body) => PartReading::Read(Box::new(body.parse(now, language))),
                        Err(reason) => PartReading::Missing(reason),
                    };
                    (address, reading)
                });
                sitemap::join(readings, &Limits::default()).map_err(FeedReadError::Unreadable)
            }
        }
    }

    /// Reads it as a page of links.
    pub(super) fn links(
        self,
        page: &LinkPage,
        now: Timestamp,
        language: Option<&str>,
        give_up: &dyn Fn() -> bool,
    ) -> Result<feed::Feed, LinkPageError> {
        match self {
            Self::Single(body) => body.read(now, language, |bytes, context| {
                link_page::read(bytes, page, context, give_up)
            }),
            // Only a feed has parts.
            Self::SitemapParts(_) => {
                let reason = "it is an index of sitemaps, and no page".to_owned();
                Err(LinkPageError::Unusable(reason))
            }
        }
    }
}

impl Body {
    /// Equal for two bodies only if reading both gives the same.
    pub(super) fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(feed::READING.to_le_bytes());
        let content_type = self.content_type.as_deref().unwrap_or_default();
        for part in [VERSION, content_type, &self.final_url] {
            add(&mut hasher, part.as_bytes());
        }
        hasher.update(&self.bytes);
        finish(hasher)
    }

    fn parse(self, now: Timestamp, language: Option<&str>) -> Result<feed::Feed, ParseError> {
        self.read(now, language, feed::parse)
    }

    fn read<T>(
        self,
        now: Timestamp,
        language: Option<&str>,
        read: impl FnOnce(&[u8], &ParseContext<'_>) -> T,
    ) -> T {
        let base = Url::parse(&self.final_url).ok();
        let context = ParseContext {
            content_type: self.content_type.as_deref(),
            base: base.as_ref(),
            now: Some(now),
            language,
            ..ParseContext::default()
        };
        read(&self.bytes, &context)
    }
}

fn add(hasher: &mut Sha256, part: &[u8]) {
    hasher.update(part.len().to_le_bytes());
    hasher.update(part);
}

/// Half of a digest is more than enough to tell the bodies of one feed apart.
fn finish(hasher: Sha256) -> String {
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(&hasher.finalize()[..16])
}
