//! Reads a feed once, from the web or a file, without storing anything.

use std::path::Path;

use jiff::Timestamp;
use url::Url;

use crate::cli::failure::{CONFIGURATION, Failure};
use crate::cli::paths::Paths;
use crate::config::FetchSettings;
use crate::core::feed::link_page::{self, LinkPage};
use crate::core::feed::sitemap::{self, PartReading, SitemapIndex};
use crate::core::feed::{self, Feed, Limits, ParseContext, ParseError, address_input};
use crate::core::schedule::{FailureKind, Modified, Outcome, Request, Validators};
use crate::daemon;
use crate::fetch::{self, Fetcher};

/// What reads feeds, within the limits of the configuration.
pub(in crate::cli) struct FeedReader {
    fetcher: Fetcher,
    max_bytes: u64,
}

impl FeedReader {
    /// Takes the limits from the configuration where there is one: looking at a feed needs none.
    pub(in crate::cli) fn new(paths: &Paths) -> Result<Self, Failure> {
        let settings = if paths.config.exists() {
            paths.load()?.fetch
        } else {
            FetchSettings::default()
        };
        Ok(Self {
            max_bytes: settings.max_bytes,
            fetcher: daemon::fetcher(&settings)
                .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?,
        })
    }

    /// The body behind the first of these addresses at which anybody speaks HTTP, and that address.
    /// Takes no more requests than are `left`, redirects included, and takes those that it made from it.
    pub(in crate::cli) async fn body<'a>(
        &self,
        addresses: &'a [Url],
        left: &mut usize,
    ) -> Result<(Modified, &'a Url), FetchRefusal> {
        let mut refusal = FetchRefusal::of("no address was given");
        for address in addresses {
            let Some(redirects) = left.checked_sub(1) else {
                break;
            };
            let request = Request {
                redirects_at_most: Some(redirects),
                ..Request::new(address.as_str(), Validators::default())
            };
            let fetched = self.fetcher.fetch_with_memory(&request).await;
            *left = left.saturating_sub(fetched.requests);
            match taken(fetched.outcome) {
                Ok(modified) => return Ok((modified, address)),
                Err(reason) => {
                    let goes_on = reason.cause == Cause::Unreachable;
                    // The first address is the one that was most likely meant.
                    if address == &addresses[0] || !goes_on {
                        refusal = reason;
                    }
                    if !goes_on {
                        break;
                    }
                }
            }
        }
        Err(refusal)
    }

    async fn file(&self, path: &str) -> Result<Modified, FetchRefusal> {
        let file = path.strip_prefix("file:").unwrap_or(path);
        let file = std::path::absolute(file).unwrap_or_else(|_| Path::new(file).to_owned());
        taken(fetch::file::read(&file, self.max_bytes, &Validators::default()).await)
    }

    /// The feed behind an address or in a file; the error reads alone.
    pub(super) async fn feed(&self, path: &str) -> Result<Feed, String> {
        let modified = self.answer(path).await?;
        let read = self.read(modified, &mut usize::MAX.clone()).await?;
        Ok(read.feed)
    }

    /// What is behind an address or in a file; the error reads alone. What begins with no scheme is a file.
    pub(super) async fn answer(&self, path: &str) -> Result<Modified, String> {
        let addresses = address_input::addresses(path).unwrap_or_default();
        let is_file = !path.split('/').next().unwrap_or_default().contains(':');
        let modified = match addresses.first() {
            Some(_) if !is_file => {
                let body = self.body(&addresses, &mut usize::MAX.clone()).await;
                body.map(|(modified, _)| modified)
            }
            Some(meant) => self.file(path).await.map_err(|refusal| FetchRefusal {
                message: format!("{}; if it is no file, write {meant}", refusal.message),
                ..refusal
            }),
            None => self.file(path).await,
        };
        modified.map_err(|refusal| refusal.message)
    }

    /// Reads a body as a feed: of an index of sitemaps, its newest parts. Takes no more requests than are
    /// `left`.
    pub(super) async fn read(&self, modified: Modified, left: &mut usize) -> Result<Read, String> {
        let base = Url::parse(&modified.answer.final_url);
        match parse(modified).await {
            Ok(feed) => Ok(Read {
                feed,
                parts: Vec::new(),
            }),
            Err(BodyParseError::NotAFeed(ParseError::Index(index))) => {
                let base = base.map_err(|error| error.to_string())?;
                self.parts(&index, &base, left).await
            }
            Err(reason) => Err(reason.to_string()),
        }
    }

    async fn parts(
        &self,
        index: &SitemapIndex,
        base: &Url,
        left: &mut usize,
    ) -> Result<Read, String> {
        let choice = index.choose(base, Timestamp::now())?;
        let (mut readings, mut parts) = (Vec::new(), Vec::new());
        for url in choice.parts {
            let reading = match self.body(std::slice::from_ref(&url), left).await {
                Ok((modified, _)) => match parse(modified).await {
                    Ok(feed) => {
                        if !feed.entries.is_empty() {
                            parts.push(url.clone());
                        }
                        PartReading::Read(Box::new(Ok(feed)))
                    }
                    Err(BodyParseError::NotAFeed(error)) => PartReading::Read(Box::new(Err(error))),
                    Err(unread) => PartReading::Missing(unread.to_string()),
                },
                Err(refusal) => PartReading::Missing(refusal.message),
            };
            readings.push((url.into(), reading));
        }
        let refused = choice.refused.into_iter();
        readings.extend(refused.map(|(address, reason)| (address, PartReading::Missing(reason))));
        let feed = sitemap::join(readings, &Limits::default())?;
        Ok(Read { feed, parts })
    }
}

/// A feed that was read.
pub(super) struct Read {
    pub(super) feed: Feed,
    /// The parts that have items, when it is an index of sitemaps.
    pub(super) parts: Vec<Url>,
}

/// Why a body is no feed. Reads alone.
#[derive(Debug, thiserror::Error)]
enum BodyParseError {
    #[error(transparent)]
    NotAFeed(ParseError),
    #[error("the body made the parser fail")]
    Failed,
}

/// Why nothing came.
#[derive(Debug)]
pub(in crate::cli) struct FetchRefusal {
    /// Reads alone.
    pub(super) message: String,
    pub(super) cause: Cause,
}

/// What a [`FetchRefusal`] means for further requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// Nobody speaks this protocol there.
    Unreachable,
    /// The server asks to be left alone.
    Throttled,
    /// Anything else.
    Other,
}

impl FetchRefusal {
    pub(in crate::cli) fn message(&self) -> &str {
        &self.message
    }

    fn of(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            cause: Cause::Other,
        }
    }
}

fn taken(outcome: Outcome) -> Result<Modified, FetchRefusal> {
    let (message, cause) = match outcome {
        Outcome::Modified(modified) => return Ok(modified),
        Outcome::NotModified(_) => ("304 Not Modified".to_owned(), Cause::Other),
        Outcome::Gone(_) => ("410 Gone".to_owned(), Cause::Other),
        Outcome::Throttled(throttled) => (throttled.message, Cause::Throttled),
        Outcome::Failed(failure) => {
            let cause = match failure.kind {
                FailureKind::Connection
                | FailureKind::Tls
                | FailureKind::Timeout
                | FailureKind::Protocol => Cause::Unreachable,
                FailureKind::Status(429 | 503) => Cause::Throttled,
                _ => Cause::Other,
            };
            (failure.message, cause)
        }
    };
    Err(FetchRefusal { message, cause })
}

/// Reads a body as a feed.
async fn parse(modified: Modified) -> Result<Feed, BodyParseError> {
    let read = |body: &[u8], context: &ParseContext<'_>| {
        feed::parse(body, context).map_err(BodyParseError::NotAFeed)
    };
    apart(modified, read)
        .await
        .unwrap_or(Err(BodyParseError::Failed))
}

/// A body that was read as a page of links, and how it was read.
pub(super) struct ReadPage {
    pub(super) page: LinkPage,
    pub(super) feed: Feed,
}

/// How somebody wants a page of links to be read. Without a selector one is proposed.
#[derive(Clone, Debug, Default)]
pub(super) struct LinkPageOptions {
    pub(super) selector: Option<String>,
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
}

/// Reads a body as a page of links.
pub(super) async fn parse_page(
    modified: Modified,
    page_options: LinkPageOptions,
) -> Result<ReadPage, String> {
    let read = move |body: &[u8], context: &ParseContext<'_>| {
        let proposed = match page_options.selector {
            Some(selector) => Ok(LinkPage::by(selector)),
            None => link_page::propose(body, context),
        };
        let read = proposed.and_then(|proposed| {
            let page = LinkPage {
                title: page_options.title,
                date: page_options.date,
                ..proposed
            };
            let feed = link_page::read(body, &page, context, &|| false)?;
            Ok(ReadPage { page, feed })
        });
        read.map_err(|error| error.to_string())
    };
    let read = apart(modified, read).await;
    read.unwrap_or_else(|| Err(BodyParseError::Failed.to_string()))
}

/// Reads a body on a thread where a panic of a library, for which this gives nothing, is only this body's error.
async fn apart<T: Send + 'static>(
    modified: Modified,
    read: impl FnOnce(&[u8], &ParseContext<'_>) -> T + Send + 'static,
) -> Option<T> {
    let read = tokio::task::spawn_blocking(move || {
        let base = Url::parse(&modified.answer.final_url).ok();
        let context = ParseContext {
            content_type: modified.content_type.as_deref(),
            base: base.as_ref(),
            now: Some(Timestamp::now()),
            ..ParseContext::default()
        };
        read(&modified.body, &context)
    });
    read.await.ok()
}
