//! One fetch: the hops of its redirects, and the body at their end.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{
    AGE, CACHE_CONTROL, DATE, ETAG, EXPIRES, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED, LINK, RETRY_AFTER,
};
use url::Url;

use crate::core::schedule::{
    CachingHeaders, Failure, FailureKind, Modified, Outcome, Request, RequestSent,
    ResponseMetadata, Throttled, Validators, without_credentials,
};

use super::body::{self, BodyLimit};
use super::headers::{content_type, text_of, text_up_to};
use super::host_limiter::{HostQueueKey, RequestPurpose};
use super::memory_budget::{BodyReservation, FetchTimer, MemoryReservation};
use super::request::{ResponseHead, check_literal, send, within_limits};
use super::shared_state::Shared;

/// Redirects followed in one fetch.
const REDIRECTS: usize = 10;
/// What is kept of the `Link` headers: pages name many things there beside their feeds.
const LINK_BYTES: usize = 16 * 1024;

/// Where a chain of redirects has come to.
struct RedirectChain<'a> {
    request: &'a Request,
    url: Url,
    /// The host that the configuration names; `None` when the address came from a redirect.
    home: Option<String>,
    /// Whether every hop so far was permanent, and where they led.
    moved_to: Option<String>,
    all_permanent: bool,
    redirects: usize,
    /// Time spent on requests; waiting for slots does not count.
    spent: Duration,
}

/// What a hop came to.
enum HopResult {
    Done(Box<FeedFetch>),
    Redirect { status: StatusCode, to: Url },
}

impl HopResult {
    fn done(outcome: Outcome) -> Self {
        Self::Done(Box::new(outcome.into()))
    }
}

pub(super) async fn fetch(shared: &Shared, request: &Request) -> FeedFetch {
    let url = match parse(&request.url) {
        Ok(url) => url,
        Err(failure) => return Outcome::Failed(failure).into(),
    };
    let home = url.host_str().filter(|_| !request.adopted);
    let mut chain = RedirectChain {
        request,
        home: home.map(str::to_owned),
        url,
        moved_to: None,
        all_permanent: true,
        redirects: 0,
        spent: Duration::ZERO,
    };
    let mut visited = vec![chain.url.clone()];
    let at_most = request.redirects_at_most.unwrap_or(REDIRECTS);
    let at_most = at_most.min(REDIRECTS);
    let fetched = loop {
        let (status, to) = match hop(shared, &mut chain).await {
            HopResult::Done(fetched) => break *fetched,
            HopResult::Redirect { status, to } => (status, to),
        };
        if visited.contains(&to) {
            let to = without_credentials(to.as_str());
            let message = format!("the redirect goes in a circle, back to {to}");
            break redirect_failure(message).into();
        }
        if chain.redirects == at_most {
            let message = match at_most {
                0 => "a redirect, which was one request too many".to_owned(),
                _ => format!("more than {at_most} redirects"),
            };
            break redirect_failure(message).into();
        }
        visited.push(to.clone());
        chain.follow(status, to);
    };
    FeedFetch {
        requests: chain.redirects + 1,
        ..fetched
    }
}

fn redirect_failure(message: String) -> Outcome {
    Outcome::Failed(Failure::new(FailureKind::Redirect, message))
}

fn parse(address: &str) -> Result<Url, Failure> {
    let url = Url::parse(address).map_err(|error| {
        Failure::new(
            FailureKind::Address,
            format!(
                "{:?} is not an address: {error}",
                without_credentials(address)
            ),
        )
    })?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(url),
        scheme => Err(Failure::new(
            FailureKind::Address,
            format!("addresses of {scheme}: are not fetched, only http: and https:"),
        )),
    }
}

impl RedirectChain<'_> {
    /// Where the present address is asked.
    fn queue_key(&self) -> HostQueueKey {
        let host = self.url.host_str().unwrap_or_default();
        HostQueueKey {
            host: host.to_owned(),
            line: if self.home.as_deref() == Some(host) {
                RequestPurpose::Feeds
            } else {
                RequestPurpose::Redirects
            },
        }
    }

    fn follow(&mut self, status: StatusCode, to: Url) {
        let permanent = matches!(
            status,
            StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT
        );
        self.redirects += 1;
        self.all_permanent &= permanent;
        if self.all_permanent {
            self.moved_to = Some(to.to_string());
        }
        self.url = to;
    }

    /// The validators for the present address: those that it gave, or none.
    fn validators(&self) -> Validators {
        let from = self
            .request
            .validators_from
            .as_deref()
            .unwrap_or(&self.request.url);
        let same = Url::parse(from).is_ok_and(|from| from == self.url);
        if same {
            self.request.validators.clone()
        } else {
            Validators::default()
        }
    }
}

/// Waits for a slot and room, then asks the present address.
async fn hop(shared: &Shared, chain: &mut RedirectChain<'_>) -> HopResult {
    if let Err(failure) = check_literal(shared, &chain.url) {
        return HopResult::done(Outcome::Failed(failure));
    }
    let pass = match shared.limiter.enter(chain.queue_key()).await {
        Ok(pass) => pass,
        Err(rest) => return HopResult::done(resting(chain, rest)),
    };
    let waiting = FetchTimer::not_started();
    let asking = ask(shared, shared.client(&pass), chain, &waiting);
    let budget = shared.options.timeout.saturating_sub(chain.spent);
    let result = within_limits(shared, chain.request.speed, budget, &waiting, asking).await;
    let elapsed = waiting.worked();
    pass.rest_after_response(elapsed);
    chain.spent += elapsed;
    let hop = result.unwrap_or_else(|failure| HopResult::done(Outcome::Failed(failure)));
    if let HopResult::Done(fetched) = &hop
        && let Outcome::Throttled(throttled) = &fetched.outcome
        && throttled.status == StatusCode::TOO_MANY_REQUESTS.as_u16()
        && let Some(rest) = rest_asked_for(&throttled.answer)
    {
        pass.close(rest);
    }
    hop
}

fn resting(chain: &RedirectChain<'_>, rest: Duration) -> Outcome {
    Outcome::Throttled(Throttled {
        answer: ResponseMetadata {
            requested_url: chain.request.url.clone(),
            final_url: chain.url.to_string(),
            ..ResponseMetadata::default()
        },
        status: StatusCode::TOO_MANY_REQUESTS.as_u16(),
        message: "its host asked for rest a moment ago".to_owned(),
        asked: RequestSent::No { rest },
    })
}

/// The rest of a host in terms of the machine's clock, for the limiter; the schedule reads the header
/// itself.
fn rest_asked_for(answer: &ResponseMetadata) -> Option<Duration> {
    answer
        .caching
        .retry_after(Timestamp::now())
        .and_then(|rest| Duration::try_from(rest).ok())
}

async fn ask(
    shared: &Shared,
    client: &reqwest::Client,
    chain: &RedirectChain<'_>,
    waiting: &FetchTimer,
) -> HopResult {
    let sent = chain.validators();
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (IF_NONE_MATCH, &sent.etag),
        (IF_MODIFIED_SINCE, &sent.last_modified),
    ] {
        if let Some(value) = value
            .as_deref()
            .and_then(|bytes| HeaderValue::from_bytes(bytes).ok())
        {
            headers.insert(name, value);
        }
    }
    let response = match send(shared, client, &chain.url, headers).await {
        Ok(ResponseHead::Answer(response)) => response,
        Ok(ResponseHead::Redirect { status, to }) => return HopResult::Redirect { status, to },
        Err(failure) => return HopResult::done(Outcome::Failed(failure)),
    };
    let status = response.status();
    let answer = answer(chain, sent, response.headers(), waiting);
    let mut reservation = MemoryReservation::default();
    let reading = BodyReservation {
        speed: chain.request.speed,
        waiting,
        reservation: &mut reservation,
    };
    let outcome = conclude(shared, status, answer, response, reading).await;
    HopResult::Done(Box::new(FeedFetch {
        reservation,
        ..outcome.into()
    }))
}

/// What the status and the body mean.
async fn conclude(
    shared: &Shared,
    status: StatusCode,
    mut answer: ResponseMetadata,
    response: reqwest::Response,
    reading: BodyReservation<'_>,
) -> Outcome {
    let fail = |kind, message: String, answer| {
        Outcome::Failed(Failure {
            kind,
            message,
            answer: Some(Box::new(answer)),
        })
    };
    let is_accepted_only = status == StatusCode::ACCEPTED;
    match status.as_u16() {
        // A transforming proxy says 203; what it sends is a feed like any other (RFC 9110 section 15.3.4).
        200 | 203 => {}
        // The validators are those of a page that says so, not of the feed (section 15.3.3).
        202 => answer.validators = Validators::default(),
        304 if answer.sent.is_empty() => {
            let message = "304 Not Modified, though nothing was there to compare with".to_owned();
            return fail(FailureKind::UnaskedNotModified, message, answer);
        }
        304 => return Outcome::NotModified(answer),
        410 => return Outcome::Gone(answer),
        429 => return throttled(status, answer),
        403 | 503 if answer.caching.retry_after.is_some() => return throttled(status, answer),
        code => return fail(FailureKind::Status(code), status_in_words(status), answer),
    }
    let content_type = content_type(response.headers());
    let link = text_up_to(response.headers(), &LINK, LINK_BYTES);
    let waiting = reading.waiting;
    match body::read(shared, response, reading, BodyLimit::Whole).await {
        Ok(body) => {
            answer.elapsed = waiting.worked();
            Outcome::Modified(Modified {
                answer,
                is_accepted_only,
                body,
                content_type,
                link,
            })
        }
        Err(failure) => Outcome::Failed(Failure {
            answer: Some(Box::new(answer)),
            ..failure
        }),
    }
}

fn throttled(status: StatusCode, answer: ResponseMetadata) -> Outcome {
    Outcome::Throttled(Throttled {
        answer,
        status: status.as_u16(),
        message: status_in_words(status),
        asked: RequestSent::Yes,
    })
}

fn status_in_words(status: StatusCode) -> String {
    match status.canonical_reason() {
        Some(reason) => format!("{} {reason}", status.as_u16()),
        None => format!("status {}", status.as_u16()),
    }
}

fn answer(
    chain: &RedirectChain<'_>,
    sent: Validators,
    headers: &HeaderMap,
    waiting: &FetchTimer,
) -> ResponseMetadata {
    let bytes_of = |name: HeaderName| headers.get(name).map(|value| value.as_bytes().to_vec());
    ResponseMetadata {
        requested_url: chain.request.url.clone(),
        sent,
        final_url: chain.url.to_string(),
        moved_to: chain.moved_to.clone(),
        redirects: chain.redirects,
        validators: Validators::new(bytes_of(ETAG), bytes_of(LAST_MODIFIED)),
        caching: CachingHeaders {
            cache_control: text_of(headers, &CACHE_CONTROL),
            expires: text_of(headers, &EXPIRES),
            date: text_of(headers, &DATE),
            age: text_of(headers, &AGE),
            retry_after: text_of(headers, &RETRY_AFTER),
        },
        elapsed: waiting.worked(),
    }
}

/// What came of a fetch.
#[derive(Debug)]
pub struct FeedFetch {
    /// What the server said, or what went wrong.
    pub outcome: Outcome,
    /// To be held for as long as the body is.
    pub reservation: MemoryReservation,
    /// How many requests it took, redirects included. One that was not even sent counts too.
    pub requests: usize,
}

impl From<Outcome> for FeedFetch {
    fn from(outcome: Outcome) -> Self {
        Self {
            outcome,
            reservation: MemoryReservation::default(),
            requests: 1,
        }
    }
}
