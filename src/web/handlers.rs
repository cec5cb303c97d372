//! What is answered to whom is signed in: what a request asks for, read and checked, and the page of it.

mod export;
mod judgments;
mod parameters;
mod searches;
mod try_watch;

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

pub(super) use export::{ATOM, CSV, JSON_LINES, export};
pub(super) use judgments::{judge, next, sample};
pub(super) use parameters::number;
pub(super) use searches::{ask_to_forget, forget, keep};
pub(super) use try_watch::{show_trial, try_watch};

use super::load::{self, PER_PAGE};
use super::pages::feeds::{FeedPage, FeedsPage};
use super::pages::hit::HitPage;
use super::pages::mail::{MailPage, MailsPage};
use super::pages::overview::OverviewPage;
use super::pages::watches::{WatchPage, WatchesPage};
use super::response::{ErrorPage, NoQueryParameters, Page, PathSegment};
use super::search::{self, Criteria, SearchTerms};
use super::state::{Reader, WebServer};
use parameters::{address, from};

/// `GET /`.
pub(super) async fn overview(
    server: WebServer,
    reader: Reader,
    _: NoQueryParameters,
) -> Result<Page<OverviewPage>, ErrorPage> {
    let (week, needs, places) = (server.week().await?, server.needs(), server.places());
    server
        .page(reader, move |sources| {
            let needs = needs(sources.connection, sources.config, sources.now)?;
            load::overview(sources, &places, &week, &needs)
        })
        .await
}

/// `GET /hits`.
pub(super) async fn hits(
    server: WebServer,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response, ErrorPage> {
    let address = address(query.as_deref())?;
    let places = server.places();
    let page = server.page(reader, move |sources| {
        let typed = address.search.as_deref().unwrap_or_default();
        let asked = match SearchTerms::read(typed, &sources.config.lists) {
            Ok(asked) => asked,
            Err(mistakes) => {
                let page = load::invalid_search_page(sources, &address, &mistakes)?;
                return Ok((StatusCode::BAD_REQUEST, page));
            }
        };
        let times = address.times(sources.now, sources.zone);
        let found = search::find(
            sources.connection,
            sources.config,
            &places,
            Criteria {
                address: &address,
                asked: &asked,
                times,
            },
            PER_PAGE,
        )?;
        let page = load::hits(sources, &places, &address, &asked, found)?;
        Ok((StatusCode::OK, page))
    });
    let Page((status, page)) = page.await?;
    Ok((status, Page(page)).into_response())
}

/// `GET /hits/NUMBER`: behind the question mark stands where to go on once it is judged.
pub(super) async fn hit(
    server: WebServer,
    reader: Reader,
    PathSegment(id): PathSegment<String>,
    RawQuery(next): RawQuery,
) -> Result<Page<HitPage>, ErrorPage> {
    let id = number(&id)?;
    let onward = judgments::Next::read(next.as_deref())?.onward(id);
    let page = server
        .page(reader, move |sources| load::hit(sources, id, onward))
        .await?;
    there(
        page,
        format!("There is no hit {id}: it was never found, or is not kept any more."),
    )
}

/// The page, if there is something to be shown.
fn there<T>(Page(page): Page<Option<T>>, sentence: String) -> Result<Page<T>, ErrorPage> {
    page.map(Page)
        .ok_or_else(|| ErrorPage::missing(sentence).with_onward("/hits", "All hits"))
}

/// `GET /watches`.
pub(super) async fn watches(
    server: WebServer,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Page<WatchesPage>, ErrorPage> {
    let from = from(query.as_deref())?;
    server
        .page(reader, move |sources| load::watches(sources, from))
        .await
}

/// `GET /watches/ID`.
pub(super) async fn watch(
    server: WebServer,
    reader: Reader,
    _: NoQueryParameters,
    PathSegment(id): PathSegment<String>,
) -> Result<Page<WatchPage>, ErrorPage> {
    let sentence = format!(
        "There is no watch {}.",
        crate::core::digest::clean_line(&id, 80)
    );
    there(
        server
            .page(reader, move |sources| load::watch(sources, &id))
            .await?,
        sentence,
    )
}

/// `GET /feeds`.
pub(super) async fn feeds(
    server: WebServer,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Page<FeedsPage>, ErrorPage> {
    let from = from(query.as_deref())?;
    server
        .page(reader, move |sources| load::feeds(sources, from))
        .await
}

/// `GET /feeds/ID`.
pub(super) async fn feed(
    server: WebServer,
    reader: Reader,
    _: NoQueryParameters,
    PathSegment(id): PathSegment<String>,
) -> Result<Page<FeedPage>, ErrorPage> {
    let sentence = format!(
        "There is no feed {} in the configuration.",
        crate::core::digest::clean_line(&id, 80)
    );
    there(
        server
            .page(reader, move |sources| load::feed(sources, &id))
            .await?,
        sentence,
    )
}

/// `GET /mail`.
pub(super) async fn mails(
    server: WebServer,
    reader: Reader,
    _: NoQueryParameters,
) -> Result<Page<MailsPage>, ErrorPage> {
    server.page(reader, load::mails).await
}

/// `GET /mail/NUMBER`.
pub(super) async fn mail(
    server: WebServer,
    reader: Reader,
    _: NoQueryParameters,
    PathSegment(id): PathSegment<String>,
) -> Result<Page<MailPage>, ErrorPage> {
    let id = number(&id)?;
    there(
        server
            .page(reader, move |sources| load::mail(sources, id))
            .await?,
        format!("There is no mail {id}."),
    )
}
