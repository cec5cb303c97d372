//! What is answered to whom is signed in: what a request asks for, read and checked, and the page of it.

mod exporting;
mod judging;
mod trying;

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

pub(super) use exporting::{atom, csv, json_lines};
pub(super) use judging::{judge, sample};
pub(super) use trying::{show_trial, try_watch};

use super::address::HitsAddress;
use super::answer::{Page, Posted, Refusal, Segment};
use super::door::see_other;
use super::load::{self, PER_PAGE};
use super::pages::feeds::FeedsPage;
use super::pages::hit::HitPage;
use super::pages::mail::{MailPage, MailsPage};
use super::pages::overview::OverviewPage;
use super::pages::watches::{WatchPage, WatchesPage};
use super::room::{Reader, Room};
use super::search::{self, Asked};
use crate::store::web::{SavedSearch, forget_search, save_search};

/// Characters of the name of a kept search.
const NAME_MAX: usize = 80;

/// `GET /`.
pub(super) async fn overview(room: Room, reader: Reader) -> Result<Page<OverviewPage>, Refusal> {
    let week = room.week();
    room.page(reader, move |sources| {
        let (week, needs) = week(sources.connection, sources.config, sources.now)?;
        load::overview(sources, &week, &needs)
    })
    .await
}

/// What stands behind the question mark of a page of hits.
fn address(query: Option<&str>) -> Result<HitsAddress, Refusal> {
    HitsAddress::read(query.unwrap_or_default()).map_err(|wrong| {
        let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        let sentence = "What it asks for is not written as it should be. Perhaps it was cut when it was copied.";
        Refusal::wrong(sentence)
            .with_detail(lines.join("\n"))
            .with_onward("/hits", "All hits")
    })
}

/// `GET /hits`.
pub(super) async fn hits(
    room: Room,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let address = address(query.as_deref())?;
    let typed = address.search.as_deref().unwrap_or_default();
    match Asked::read(typed, &room.config().lists) {
        Err(mistakes) => {
            let page = room.page(reader, move |sources| {
                load::mistaken(sources, &address, &mistakes)
            });
            Ok((StatusCode::BAD_REQUEST, page.await?).into_response())
        }
        Ok(asked) => {
            let places = room.places();
            let page = room.page(reader, move |sources| {
                let times = address.times(sources.now, sources.zone);
                let found = search::find(
                    sources.connection,
                    sources.config,
                    &places,
                    &address,
                    &asked,
                    times,
                    PER_PAGE,
                )?;
                load::hits(sources, &places, &address, &asked, &found)
            });
            Ok(page.await?.into_response())
        }
    }
}

/// The number in an address.
fn number(text: &str) -> Result<i64, Refusal> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_plain.then(|| text.parse().ok()).flatten();
    number.ok_or_else(|| {
        Refusal::wrong(format!(
            "“{}” is no number.",
            crate::core::digest::clean_line(text, 80)
        ))
    })
}

/// `GET /hits/NUMBER`: behind the question mark stands where to go on once it is judged.
pub(super) async fn hit(
    room: Room,
    reader: Reader,
    Segment(id): Segment<String>,
    RawQuery(next): RawQuery,
) -> Result<Page<HitPage>, Refusal> {
    let id = number(&id)?;
    let next = judging::Next::read(next.as_deref())?.query();
    let page = room
        .page(reader, move |sources| load::hit(sources, id, &next))
        .await?;
    there(
        page,
        format!("There is no hit {id}: it was never found, or is not kept any more."),
    )
}

/// The page, if there is something to be shown.
fn there<T>(Page(page): Page<Option<T>>, sentence: String) -> Result<Page<T>, Refusal> {
    page.map(Page)
        .ok_or_else(|| Refusal::missing(sentence).with_onward("/hits", "All hits"))
}

/// `GET /watches`.
pub(super) async fn watches(room: Room, reader: Reader) -> Result<Page<WatchesPage>, Refusal> {
    room.page(reader, load::watches).await
}

/// `GET /watches/ID`.
pub(super) async fn watch(
    room: Room,
    reader: Reader,
    Segment(id): Segment<String>,
) -> Result<Page<WatchPage>, Refusal> {
    let sentence = format!(
        "There is no watch {}.",
        crate::core::digest::clean_line(&id, 80)
    );
    there(
        room.page(reader, move |sources| load::watch(sources, &id))
            .await?,
        sentence,
    )
}

/// `GET /feeds`.
pub(super) async fn feeds(room: Room, reader: Reader) -> Result<Page<FeedsPage>, Refusal> {
    room.page(reader, load::feeds).await
}

/// `GET /mail`.
pub(super) async fn mails(room: Room, reader: Reader) -> Result<Page<MailsPage>, Refusal> {
    room.page(reader, load::mails).await
}

/// `GET /mail/NUMBER`.
pub(super) async fn mail(
    room: Room,
    reader: Reader,
    Segment(id): Segment<String>,
) -> Result<Page<MailPage>, Refusal> {
    let id = number(&id)?;
    there(
        room.page(reader, move |sources| load::mail(sources, id))
            .await?,
        format!("There is no mail {id}."),
    )
}

/// What keeps a search.
#[derive(Deserialize)]
pub(super) struct Keeping {
    name: String,
    query: String,
}

/// `POST /searches`.
pub(super) async fn keep_search(
    room: Room,
    reader: Reader,
    Posted(kept): Posted<Keeping>,
) -> Result<Response, Refusal> {
    let address = address(Some(&kept.query))?.first();
    let name = crate::core::digest::clean_line(&kept.name, NAME_MAX);
    if name.is_empty() {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "It has no name",
            "A search is kept under a name.",
        ));
    }
    let search = SavedSearch {
        name: name.clone(),
        query: address.query(),
        by: reader.name,
        at: room.now(),
    };
    if room
        .write(move |connection| save_search(connection, &search))
        .await?
    {
        return Ok(see_other(&address.on("/hits")));
    }
    Err(Refusal::new(
        StatusCode::CONFLICT,
        "The name is taken",
        format!(
            "Another search is kept as “{name}”. Forget that one first, or choose another name."
        ),
    )
    .with_onward(address.on("/hits"), "Back to the hits"))
}

/// What forgets a search.
#[derive(Deserialize)]
pub(super) struct Forgetting {
    name: String,
}

/// `POST /searches/forget`.
pub(super) async fn forget_kept(
    room: Room,
    Posted(gone): Posted<Forgetting>,
) -> Result<Response, Refusal> {
    room.write(move |connection| forget_search(connection, &gone.name))
        .await?;
    Ok(see_other("/hits"))
}
