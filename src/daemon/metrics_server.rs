//! Tells figures and health over HTTP, when the configuration asks for it: `GET /metrics` and
//! `GET /health`, on a loopback address or a Unix socket.
//!
//! A page in somebody's browser is on this machine as well: under a name of its own that leads here
//! (DNS rebinding) it learns nothing.

use std::fmt::Write as _;
use std::time::Duration;

use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::watch;

use super::ServiceContext;
use super::body_reader::BodyMemory;
use super::listener::{self, Limits, Words};
use super::metrics::{ProcessMetrics, ProcessStatistics, exposition};
use super::status::ServiceStatus;
use crate::config::ListenAddress;
use crate::core::schedule::duration_in_words;
use crate::core::text::sanitize::visible_text;
use crate::store::Store;
use crate::web::AllowedHosts;

/// A scraper asks once a minute, with a head that fits into one packet, and does not linger.
const LIMITS: Limits = Limits {
    connections: 16,
    asking: Duration::from_secs(2),
    answering: Duration::from_secs(10),
    taking: Duration::from_secs(10),
    body: 0,
};
const WORDS: Words = Words {
    open: "figures and health are told",
    shut: "figures and health cannot be told",
};
/// For the database's answer, which waits while another process holds the lock: within the above.
const ANSWER_PATIENCE: Duration = Duration::from_secs(5);
/// The poller looks once a minute at least. After so long without a look it hangs.
const POLLER_HANGS_AFTER: Duration = Duration::from_mins(15);
/// A poll ends within its time-out and the time for its body. When polls are under way and none of them
/// has ended for so long, they hang.
const POLLS_HANG_AFTER: Duration = Duration::from_mins(15);
/// After so long a poll is worth telling.
const LONG_POLL: Duration = Duration::from_mins(1);

const METRICS_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const TEXT_TYPE: &str = "text/plain; charset=utf-8";

/// Listens where the configuration says, and elsewhere when it says something else.
pub(super) async fn serve_metrics(current: watch::Receiver<ServiceContext>) {
    let place = |service: &ServiceContext| service.config.metrics.listen.clone();
    listener::follow(current, place, listening).await;
}

async fn listening(listen: ListenAddress, current: watch::Receiver<ServiceContext>) {
    // On a socket in the file system nobody is misled by names.
    let hosts = match &listen {
        ListenAddress::Loopback(_) => Some(AllowedHosts::default()),
        ListenAddress::Unix(_) => None,
    };
    listener::listen(&listen, &WORDS, LIMITS, move |request| {
        let (service, hosts) = (current.borrow().clone(), hosts.clone());
        async move { answer(&service, &request, hosts.as_ref()).await }
    })
    .await;
}

async fn answer<B>(
    service: &ServiceContext,
    request: &Request<B>,
    hosts: Option<&AllowedHosts>,
) -> Response<String> {
    let reply = |status, kind, text: String| {
        let mut response = Response::new(text);
        *response.status_mut() = status;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    if hosts.is_some_and(|hosts| hosts.named_by(request).is_none()) {
        let text = "only requests for localhost or a loopback address are answered here\n";
        return reply(StatusCode::MISDIRECTED_REQUEST, TEXT_TYPE, text.to_owned());
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let text = "only GET is answered\n".to_owned();
        let mut response = reply(StatusCode::METHOD_NOT_ALLOWED, TEXT_TYPE, text);
        let allowed = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(ALLOW, allowed);
        return response;
    }
    match request.uri().path() {
        "/metrics" => match metrics(service).await {
            Ok(text) => reply(StatusCode::OK, METRICS_TYPE, text),
            Err(why) => reply(StatusCode::SERVICE_UNAVAILABLE, TEXT_TYPE, why),
        },
        "/health" => match health(&service.store, &service.metrics, &service.body_memory).await {
            Ok(text) => reply(StatusCode::OK, TEXT_TYPE, text),
            Err(why) => reply(StatusCode::SERVICE_UNAVAILABLE, TEXT_TYPE, why),
        },
        _ => reply(
            StatusCode::NOT_FOUND,
            TEXT_TYPE,
            "there are /metrics and /health\n".to_owned(),
        ),
    }
}

async fn metrics(service: &ServiceContext) -> Result<String, String> {
    let (config, folder) = (service.config.clone(), service.state_folder.clone());
    let now = (service.clock)();
    let status = service
        .store
        .call(move |connection| ServiceStatus::read(Some(connection), &folder, &config, 0, now))
        .await
        .map_err(|error| format!("the database does not answer: {error}\n"))?;
    exposition(&service.metrics, &status, &ProcessStatistics::look())
        .map_err(|error| format!("the figures cannot be written: {error}\n"))
}

/// Whether the service is alive, and nothing is wrong with the database; and which feeds keep it busy.
async fn health(
    store: &Store,
    metrics: &ProcessMetrics,
    memory: &BodyMemory,
) -> Result<String, String> {
    let alive = tokio::time::timeout(ANSWER_PATIENCE, alive(store, metrics, memory)).await;
    if let Some(reason) = store.trouble() {
        return Err(format!("{}\n", visible_text(&reason)));
    }
    alive.unwrap_or_else(|_| {
        let seconds = ANSWER_PATIENCE.as_secs();
        Err(format!(
            "the database does not answer within {seconds} seconds\n"
        ))
    })?;
    let mut text = "ok\n".to_owned();
    for (feed, time) in metrics.polled_for(LONG_POLL) {
        let time = duration_in_words(time.try_into().unwrap_or_default());
        let _ = writeln!(text, "feed {feed}: being polled for {time}");
    }
    if let Some(stuck) = memory.trouble() {
        let _ = writeln!(text, "{}", stuck.sentence);
    }
    Ok(text)
}

/// Whether the database's thread answers, feeds are still being looked for and polls end. A disk that is
/// full is no reason to end the service: it goes on by itself when there is room.
pub(super) async fn alive(
    store: &Store,
    metrics: &ProcessMetrics,
    memory: &BodyMemory,
) -> Result<(), String> {
    if !store.answers().await {
        return Err("the database does not answer\n".to_owned());
    }
    let idle = metrics.idle();
    if idle > POLLER_HANGS_AFTER {
        return Err(format!(
            "no feed was looked for in {} minutes\n",
            idle.as_secs() / 60
        ));
    }
    let hanging = metrics.without_progress();
    if hanging > POLLS_HANG_AFTER {
        let feeds = metrics.polled_for(Duration::ZERO);
        let first = feeds.first().map_or("", |(feed, _)| feed);
        return Err(format!(
            "{} polls are under way, first that of {first}, and none has ended in {} minutes\n",
            feeds.len(),
            hanging.as_secs() / 60
        ));
    }
    if let Some(stuck) = memory.trouble().filter(|stuck| stuck.blocked) {
        return Err(format!("{}; there is no room for others\n", stuck.sentence));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
