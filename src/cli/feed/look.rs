//! Reads a feed once, from the web or a file, without storing anything.

use std::path::Path;

use jiff::Timestamp;
use url::Url;

use crate::cli::paths::Paths;
use crate::cli::{CONFIGURATION, Failure};
use crate::config::FetchSettings;
use crate::core::feed::{self, Feed, ParseContext};
use crate::core::schedule::{Modified, Outcome, Request, Validators};
use crate::daemon;
use crate::fetch::{self, Fetcher};

/// What reads feeds, within the limits of the configuration.
pub(super) struct Looker {
    fetcher: Fetcher,
    max_bytes: u64,
}

impl Looker {
    /// Takes the limits from the configuration where there is one: looking at a feed needs none.
    pub(super) fn new(paths: &Paths) -> Result<Self, Failure> {
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

    /// The body behind an address or in a file; the error reads alone.
    pub(super) async fn body(&self, path: &str) -> Result<Modified, String> {
        let outcome = match Url::parse(path) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => {
                self.fetcher
                    .fetch(&Request::new(path, Validators::default()))
                    .await
            }
            _ => {
                let file = path.strip_prefix("file:").unwrap_or(path);
                let file = std::path::absolute(file).unwrap_or_else(|_| Path::new(file).to_owned());
                fetch::file::read(&file, self.max_bytes, &Validators::default()).await
            }
        };
        match outcome {
            Outcome::Modified(modified) => Ok(modified),
            Outcome::NotModified(_) => Err("304 Not Modified".to_owned()),
            Outcome::Gone(_) => Err("410 Gone".to_owned()),
            Outcome::Throttled(throttled) => Err(throttled.message),
            Outcome::Failed(failure) => Err(failure.message),
        }
    }

    /// The feed behind an address or in a file.
    pub(super) async fn feed(&self, path: &str) -> Result<Feed, String> {
        parse(self.body(path).await?).await
    }
}

/// Reads a body as a feed, on a thread where a panic of a library is only this feed's error.
pub(super) async fn parse(modified: Modified) -> Result<Feed, String> {
    let parsed = tokio::task::spawn_blocking(move || {
        let base = Url::parse(&modified.answer.final_url).ok();
        let context = ParseContext {
            content_type: modified.content_type.as_deref(),
            base: base.as_ref(),
            now: Some(Timestamp::now()),
            ..ParseContext::default()
        };
        feed::parse(&modified.body, &context)
    });
    match parsed.await {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("the body made the parser fail".to_owned()),
    }
}
