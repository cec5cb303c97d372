//! One HTTP request: permitted by the limiter of its host, its address guarded, and the head of its answer.

use std::borrow::Cow;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, LOCATION};
use url::{Host, Url};

use super::client::Authorities;
use super::failure::{of_client_error, time_in_words};
use super::memory_budget::FetchTimer;
use super::shared_state::Shared;
use crate::core::schedule::{ADDRESS_AT_MOST, Failure, FailureKind, ResponseSpeed};

/// Does the work of a request when there is room among those of its speed, for so long at most. `waiting` begins
/// with it.
pub(super) async fn within_limits<T>(
    shared: &Shared,
    speed: ResponseSpeed,
    time: Duration,
    waiting: &FetchTimer,
    work: impl Future<Output = T>,
) -> Result<T, Failure> {
    // Boxed, so that a fetch that waits for its turn is small.
    let work = Box::pin(work);
    let done = shared
        .concurrency
        .run(speed, async {
            waiting.come();
            waiting.limit(time, work).await
        })
        .await;
    done.ok_or_else(|| {
        let allowed = time_in_words(shared.options.timeout);
        Failure::new(FailureKind::Timeout, format!("no answer within {allowed}"))
    })
}

/// The address guard for hosts given as addresses: those never reach the resolver.
pub(super) fn check_literal(shared: &Shared, url: &Url) -> Result<(), Failure> {
    let checked = match url.host() {
        Some(Host::Ipv4(address)) => shared.guard.check(address.into()),
        Some(Host::Ipv6(address)) => shared.guard.check(address.into()),
        Some(Host::Domain(_)) | None => Ok(()),
    };
    checked.map_err(|forbidden| Failure::new(FailureKind::Forbidden, forbidden.to_string()))
}

/// What came back, its body unread.
pub(super) enum ResponseHead {
    Answer(reqwest::Response),
    Redirect { status: StatusCode, to: Url },
}

/// Sends one request, and waits for the head of its answer.
pub(super) async fn send(
    shared: &Shared,
    client: &reqwest::Client,
    address: &Url,
    headers: HeaderMap,
) -> Result<ResponseHead, Failure> {
    // A redirect may bring a user name and password: nobody's secrets are repeated to anybody.
    let mut url = address.clone();
    let _ = (url.set_username(""), url.set_password(None));
    let response = client.get(url).headers(headers).send().await;
    let response = response.map_err(|error| client_failure(shared, &error))?;
    let status = response.status();
    let Some(location) = redirect_target(&response) else {
        return Ok(ResponseHead::Answer(response));
    };
    follow_from(address, &location)
        .map(|to| ResponseHead::Redirect { status, to })
        .map_err(|message| Failure::new(FailureKind::Redirect, message))
}

/// The `Location` of a redirect, when there is one.
fn redirect_target(response: &reqwest::Response) -> Option<HeaderValue> {
    matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308)
        .then(|| response.headers().get(LOCATION).cloned())
        .flatten()
}

fn follow_from(base: &Url, location: &HeaderValue) -> Result<Url, String> {
    let too_long =
        || format!("the redirect leads to an address of more than {ADDRESS_AT_MOST} bytes");
    if location.len() > ADDRESS_AT_MOST {
        return Err(too_long());
    }
    let text = location_text(location.as_bytes());
    let mut to = base
        .join(&text)
        .map_err(|error| format!("the redirect to {text:?} cannot be followed: {error}"))?;
    to.set_fragment(None);
    match to.scheme() {
        "http" | "https" if to.as_str().len() > ADDRESS_AT_MOST => Err(too_long()),
        "http" | "https" if to.has_host() => Ok(to),
        scheme => Err(format!(
            "the redirect leads to {scheme}:, which is not followed"
        )),
    }
}

/// A `Location` as text. Bytes that are no UTF-8 are escaped one by one, as they stand.
fn location_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => bytes
            .iter()
            .map(|&byte| match byte {
                0x80.. => format!("%{byte:02X}"),
                _ => char::from(byte).to_string(),
            })
            .collect(),
    }
}

fn client_failure(shared: &Shared, error: &reqwest::Error) -> Failure {
    let failure = of_client_error(error);
    if failure.kind == FailureKind::Timeout && error.is_connect() {
        let allowed = time_in_words(shared.options.connect_timeout);
        return Failure::new(
            FailureKind::Timeout,
            format!("no connection within {allowed}"),
        );
    }
    if failure.kind == FailureKind::Tls && shared.authorities == Authorities::Missing {
        let message = format!(
            "{}; this machine has no certificate authorities",
            failure.message
        );
        return Failure::new(FailureKind::Tls, message);
    }
    failure
}
