//! Pages: what items link to, one request at a time, redirects told and not followed.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, COOKIE, DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use url::{Host, Url};

use super::body::{self, BodyLimit};
use super::headers::{content_type, text_of};
use super::host_limiter::{ConcurrencyLimits, HostQueueKey, RequestPurpose};
use super::memory_budget::{BodyReservation, FetchTimer, MemoryBudgets, MemoryReservation};
use super::request::{ResponseHead, check_literal, send, within_limits};
use super::shared_state::Shared;
use crate::core::article::{self, InvalidCookie, PageOutcome, cookie_value};
use crate::core::schedule::{CachingHeaders, Failure, ResponseSpeed};

/// Limits of a [`PageFetcher`]; what is not here is as for feeds.
#[derive(Clone, Debug)]
pub struct PageOptions {
    /// For a request, from its beginning to the end of its body, where [`FetchOptions::timeout`](super::FetchOptions)
    /// is no shorter; waiting for a slot does not count.
    pub timeout: Duration,
    /// The longest silence in the middle of an answer.
    pub stall_timeout: Duration,
    /// The most bytes of a body, after decompression.
    pub max_bytes: u64,
    /// Bytes of memory for bodies that stream in, for prompt ones and for slow ones.
    pub body_memory: usize,
    /// Requests at a time to hosts that answer promptly.
    pub concurrency: usize,
    /// Requests at a time to hosts that keep us waiting, beside the others.
    pub slow_concurrency: usize,
}

impl Default for PageOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            stall_timeout: Duration::from_secs(15),
            max_bytes: 4 << 20,
            body_memory: 4 << 20,
            concurrency: 16,
            slow_concurrency: 32,
        }
    }
}

/// What a page is asked for with.
#[derive(Clone, Debug)]
pub struct PageRequest {
    /// `http` or `https`.
    pub url: Url,
    /// What is wanted of it.
    pub wanted: RequestTarget,
    /// Sent with it, if it [`may go`](Cookie::may_be_sent_to) there.
    pub cookie: Option<Cookie>,
}

/// What an address is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestTarget {
    /// A page of HTML, whole.
    Page,
    /// A robots.txt, of which the first bytes count, so many at most.
    Robots {
        /// Bytes.
        at_most: usize,
    },
}

impl RequestTarget {
    fn accepted(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Page => "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
            Self::Robots { .. } => "text/plain, */*;q=0.1",
        })
    }

    fn bound(self) -> BodyLimit {
        match self {
            Self::Page => BodyLimit::Whole,
            Self::Robots { at_most } => BodyLimit::First(at_most),
        }
    }
}

/// A `Cookie` header (RFC 6265 section 4.2), and the feed whose host alone may see it. It is never shown.
#[derive(Clone)]
pub struct Cookie {
    value: HeaderValue,
    feed: Url,
}

impl Cookie {
    /// For the host of a feed's address.
    pub fn new(text: &str, feed: &Url) -> Result<Self, InvalidCookie> {
        let mut value = HeaderValue::from_str(cookie_value(text)?).map_err(|_| InvalidCookie)?;
        value.set_sensitive(true);
        let feed = feed.clone();
        Ok(Self { value, feed })
    }

    /// Whether a cookie for a feed may be sent to an address: over HTTPS, to the feed's own host, with or
    /// without `www.`; on this machine itself, to the same port too, and without encryption.
    pub fn may_be_sent_to(feed: &Url, address: &Url) -> bool {
        let is_here = match address.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(_)) | None => false,
        };
        let host = |url: &Url| url.host_str().map(|host| without_www(host).to_owned());
        let is_its_host = address.host_str().is_some() && host(address) == host(feed);
        let is_safe = address.scheme() == "https";
        is_its_host && (is_safe && !is_here || is_here && address.port() == feed.port())
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cookie")
    }
}

/// Fetches pages. Cheap to clone.
#[derive(Clone)]
pub struct PageFetcher {
    shared: Arc<Shared>,
}

/// What came of a request for a page.
#[derive(Debug)]
pub struct PageFetch {
    /// What the server said, or what went wrong.
    pub outcome: PageOutcome,
    /// To be held for as long as the body is.
    pub reservation: MemoryReservation,
}

impl From<PageOutcome> for PageFetch {
    fn from(outcome: PageOutcome) -> Self {
        Self {
            outcome,
            reservation: MemoryReservation::default(),
        }
    }
}

impl PageFetcher {
    pub(super) fn beside(feeds: &Shared, options: &PageOptions) -> Self {
        let slow_after = feeds.options.slow_after;
        Self {
            shared: Arc::new(Shared {
                options: super::options::FetchOptions {
                    timeout: options.timeout.min(feeds.options.timeout),
                    stall_timeout: options.stall_timeout,
                    max_bytes: options.max_bytes,
                    ..feeds.options.clone()
                },
                guard: feeds.guard.clone(),
                limiter: feeds.limiter.clone(),
                concurrency: ConcurrencyLimits::new(
                    options.concurrency,
                    options.slow_concurrency,
                    slow_after,
                ),
                memory_budgets: MemoryBudgets::new(options.body_memory, slow_after),
                pooled: feeds.pooled.clone(),
                single: feeds.single.clone(),
                authorities: feeds.authorities,
            }),
        }
    }

    /// Asks for a page, once: waits for the host's one slot for pages and for room, then no longer than
    /// [`PageOptions::timeout`].
    pub async fn fetch(&self, request: &PageRequest) -> PageFetch {
        let shared = &*self.shared;
        if let Err(failure) = check_literal(shared, &request.url) {
            return PageOutcome::Failed(failure).into();
        }
        let queue_key = HostQueueKey {
            host: request.url.host_str().unwrap_or_default().to_owned(),
            line: RequestPurpose::Pages,
        };
        let pass = match shared.limiter.enter(queue_key).await {
            Ok(pass) => pass,
            Err(rest) => {
                let rest = rest.try_into().unwrap_or_default();
                return PageOutcome::HostResting(rest).into();
            }
        };
        let waiting = FetchTimer::not_started();
        let asking = ask(shared, shared.client(&pass), request, &waiting);
        let timeout = shared.options.timeout;
        let asked = within_limits(shared, ResponseSpeed::Prompt, timeout, &waiting, asking).await;
        pass.rest_after_response(waiting.worked());
        asked
            .and_then(|asked| asked)
            .unwrap_or_else(|failure| PageOutcome::Failed(failure).into())
    }
}

async fn ask(
    shared: &Shared,
    client: &reqwest::Client,
    request: &PageRequest,
    waiting: &FetchTimer,
) -> Result<PageFetch, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, request.wanted.accepted());
    if let Some(cookie) = &request.cookie
        && Cookie::may_be_sent_to(&cookie.feed, &request.url)
    {
        headers.insert(COOKIE, cookie.value.clone());
    }
    let response = match send(shared, client, &request.url, headers).await? {
        ResponseHead::Answer(response) => response,
        ResponseHead::Redirect { mut to, .. } => {
            // Where it leads is kept and shown, and nobody's password is.
            let _ = (to.set_username(""), to.set_password(None));
            return Ok(PageOutcome::Redirect { to }.into());
        }
    };
    let headers = response.headers();
    let mut page = article::FetchedPage {
        status: response.status().as_u16(),
        content_type: content_type(headers),
        caching: CachingHeaders {
            date: text_of(headers, &DATE),
            retry_after: text_of(headers, &RETRY_AFTER),
            ..CachingHeaders::default()
        },
        body: Vec::new(),
    };
    let mut reservation = MemoryReservation::default();
    let reading = BodyReservation {
        speed: ResponseSpeed::Prompt,
        waiting,
        reservation: &mut reservation,
    };
    match body::read(shared, response, reading, request.wanted.bound()).await {
        Ok(body) => page.body = body,
        // What it says by its status stands without a body.
        Err(_) if page.status >= 400 => {}
        Err(failure) => return Err(failure),
    }
    Ok(PageFetch {
        outcome: PageOutcome::Page(page),
        reservation,
    })
}
