//! What another query would find: looked at step by step, for as long as somebody waits for it.

use std::time::{Duration, Instant};

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::Deserialize;

use super::super::load;
use super::super::pages::try_watch::TryPage;
use super::super::response::{ErrorPage, FormOrQuery, Page};
use super::super::state::{Reader, WebServer};
use super::super::try_watch::{Refused, Trial};

/// Days back, if nothing is asked for.
const DAYS: u32 = 30;
/// Days back at most.
const DAYS_MAX: u32 = 365;
/// Bytes of a query.
const QUERY_MAX: usize = 10 << 10;
/// How long is looked; what came of it by then is shown.
const TIME_MAX: Duration = Duration::from_mins(4);

/// What the form sends.
#[derive(Clone, Debug, Deserialize)]
pub(in super::super) struct TryWatchForm {
    #[serde(default)]
    watch: String,
    query: String,
    days: u32,
}

/// `GET /try`: the form, with the query of a watch where one is named.
pub(in super::super) async fn show_trial(
    server: WebServer,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Page<TryPage>, ErrorPage> {
    let pairs = url::form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes());
    let mut watch = None;
    for (name, value) in pairs {
        if name != "watch" {
            return Err(ErrorPage::wrong("Only `watch` can be asked for here."));
        }
        watch = Some(value.into_owned());
    }
    let configured = watch
        .as_deref()
        .filter(|id| !id.is_empty())
        .map(|id| server.config().watch(id));
    if let Some(None) = configured {
        return Err(
            ErrorPage::missing("There is no such watch in the configuration.")
                .with_onward("/watches", "All watches"),
        );
    }
    let query = configured
        .flatten()
        .map_or_else(String::new, |watch| watch.spec.query.to_string());
    let asked = TryWatchForm {
        watch: watch.unwrap_or_default(),
        query,
        days: DAYS,
    };
    server
        .page(reader, move |sources| {
            Ok(load::trial(sources, &asked.watch, &asked.query, asked.days))
        })
        .await
}

/// `POST /try`: tries a query. It writes nothing.
pub(in super::super) async fn try_watch(
    server: WebServer,
    reader: Reader,
    FormOrQuery(asked): FormOrQuery<TryWatchForm>,
) -> Result<Response, ErrorPage> {
    if !(1..=DAYS_MAX).contains(&asked.days) {
        return Err(ErrorPage::wrong(format!(
            "It is looked back from 1 to {DAYS_MAX} days."
        )));
    }
    if asked.query.len() > QUERY_MAX {
        return Err(ErrorPage::wrong(format!(
            "A query has {} KiB at most.",
            QUERY_MAX >> 10
        )));
    }
    let Some(_place) = server.try_permit() else {
        return Err(ErrorPage::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Somebody else is trying a watch",
            "One is tried at a time, so that nothing else waits for it. Go back and send the form again in a minute.",
        ));
    };
    let now = server.now();
    let since = now
        .checked_sub(SignedDuration::from_hours(24 * i64::from(asked.days)))
        .unwrap_or(now);
    let watch = Some(asked.watch.as_str()).filter(|id| !id.is_empty());
    let (watch, query) = (watch.map(str::to_owned), asked.query.clone());
    let trial = server
        .read_with(move |sources| Ok(Trial::new(sources.config, watch.as_deref(), &query, since)));
    let trial = match trial.await? {
        Ok(trial) => trial,
        Err(Refused::NoWatch(near)) => {
            let near = near.map_or_else(String::new, |near| format!(" Perhaps {near}?"));
            return Err(ErrorPage::missing(format!("There is no such watch.{near}")));
        }
        Err(Refused::Mistakes(mistakes)) => {
            let page = server.page(reader, move |sources| {
                let mut page = load::trial(sources, &asked.watch, &asked.query, asked.days);
                page.mistakes = mistakes.in_words();
                Ok(page)
            });
            return Ok((StatusCode::BAD_REQUEST, page.await?).into_response());
        }
    };
    let trial = looked(&server, trial).await?;
    let page = server.page(reader, move |sources| {
        let page = load::trial(sources, &asked.watch, &asked.query, asked.days);
        load::with_tried(sources, page, trial.tried())
    });
    Ok(page.await?.into_response())
}

/// Each step is a question of its own: others come in between, and none is begun once the reader has left.
async fn looked(server: &WebServer, mut trial: Trial) -> Result<Trial, ErrorPage> {
    let end = Instant::now() + TIME_MAX;
    loop {
        let step = server.read_with(move |sources| {
            let is_more = trial.step(sources.connection)?;
            Ok((trial, is_more))
        });
        let (stepped, is_more) = step.await?;
        if !is_more || Instant::now() >= end {
            return Ok(stepped);
        }
        trial = stepped;
    }
}
