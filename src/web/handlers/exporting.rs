//! The hits of a page for other programs.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, HeaderValue};
use axum::response::Response;

use super::super::address::HitsAddress;
use super::super::answer::{self, Refusal};
use super::super::load::Sources;
use super::super::room::{Reader, Room};
use super::super::search::{self, Asked};
use super::address;
use crate::export::{Atom, Form, HitTable, JsonLines};
use crate::store::hits::{HitRow, PlacesOfHits, Start};
use crate::store::{StoreError, articles};

/// Hits in one file.
const HITS_MAX: usize = 5_000;
/// Bytes of the texts of one file.
const BYTES_MAX: usize = 32 << 20;
/// Hits of an Atom feed, which a reader of feeds asks for again and again.
const FEED_MAX: usize = 100;
/// Hits that are read at once.
const AT_ONCE: usize = 250;

/// `GET /hits.csv`.
pub(in super::super) async fn csv(
    room: Room,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let bytes = export(&room, reader, query, HITS_MAX, |out, _| {
        Ok(Box::new(HitTable::new(out, false, true)?))
    })
    .await?;
    Ok(file(
        "text/csv; charset=utf-8",
        "attachment; filename=\"hits.csv\"",
        bytes,
    ))
}

/// `GET /hits.jsonl`.
pub(in super::super) async fn json_lines(
    room: Room,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let bytes = export(&room, reader, query, HITS_MAX, |out, _| {
        Ok(Box::new(JsonLines(out)))
    })
    .await?;
    Ok(file(
        "application/jsonl",
        "attachment; filename=\"hits.jsonl\"",
        bytes,
    ))
}

/// `GET /hits.atom`.
pub(in super::super) async fn atom(
    room: Room,
    reader: Reader,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let bytes = export(&room, reader, query, FEED_MAX, |out, now| {
        Ok(Box::new(Atom::new(out, now)?))
    })
    .await?;
    Ok(file(
        "application/atom+xml; charset=utf-8",
        "inline; filename=\"hits.atom\"",
        bytes,
    ))
}

fn file(kind: &'static str, disposition: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = answer::text(kind, bytes);
    response
        .headers_mut()
        .insert(CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    response
}

type Begin = for<'o> fn(&'o mut Vec<u8>, jiff::Timestamp) -> std::io::Result<Box<dyn Form + 'o>>;

/// All hits of an address, the newest first; `most` of a feed, and of a file none where there are more.
async fn export(
    room: &Room,
    reader: Reader,
    query: Option<String>,
    most: usize,
    begin: Begin,
) -> Result<Vec<u8>, Refusal> {
    let address = address(query.as_deref())?.first();
    let typed = address.search.as_deref().unwrap_or_default();
    let asked = Asked::read(typed, &room.config().lists).map_err(|mistakes| {
        Refusal::wrong("The search is not written as it should be.").with_detail(mistakes.text)
    })?;
    let places = room.places();
    let written = room.page(reader, move |sources| {
        let (rows, is_too_much) = rows(sources, &places, address, &asked, most)?;
        if most == HITS_MAX && is_too_much {
            return Ok(None);
        }
        write(sources, &places, &rows[..rows.len().min(most)], begin).map(Some)
    });
    written.await?.0.ok_or_else(|| {
        Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "That is too much for one file",
            format!(
                "There are more than {HITS_MAX} hits, or looking through them takes too long. Ask for fewer days; on \
                 the machine of newsvigil, `newsvigil hits --csv` writes all of them."
            ),
        )
    })
}

/// One more than `most` where there are more; and whether that is too much for a file.
fn rows(
    sources: Sources<'_>,
    places: &PlacesOfHits,
    mut address: HitsAddress,
    asked: &Asked,
    most: usize,
) -> Result<(Vec<HitRow>, bool), StoreError> {
    let times = address.times(sources.now, sources.zone);
    let mut rows: Vec<HitRow> = Vec::new();
    let mut bytes = 0;
    let size = |row: &HitRow| row.title.len() + row.summary.len() + row.text.len();
    loop {
        let limit = AT_ONCE.min(most + 1 - rows.len());
        let found = search::find(
            sources.connection,
            sources.config,
            places,
            &address,
            asked,
            times,
            limit,
        )?;
        let has_older = found.page.has_older;
        bytes += found.page.hits.iter().map(size).sum::<usize>();
        rows.extend(found.page.hits);
        if bytes > BYTES_MAX {
            // As many as too many: nothing is left out of a file in silence.
            return Ok((rows, true));
        }
        let next = found
            .stopped
            .or_else(|| rows.last().filter(|_| has_older).map(HitRow::key));
        match next {
            Some(key) if rows.len() <= most => address.start = Start::Before(key),
            _ => {
                let is_too_much = rows.len() > most;
                return Ok((rows, is_too_much));
            }
        }
    }
}

fn write(
    sources: Sources<'_>,
    places: &PlacesOfHits,
    rows: &[HitRow],
    begin: Begin,
) -> Result<Vec<u8>, StoreError> {
    let mut out = Vec::new();
    let said = |error: std::io::Error| StoreError::Value(error.to_string());
    let mut form = begin(&mut out, sources.now).map_err(said)?;
    for row in rows {
        let about = places.of(row);
        let ids: Vec<&str> = about
            .iter()
            .map(|place| sources.config.places.id(*place))
            .collect();
        let page = articles::page_of(sources.connection, row.entry_id, row.revision)?;
        form.hit(row, &ids, page.as_ref()).map_err(said)?;
    }
    form.end().map_err(said)?;
    drop(form);
    Ok(out)
}
