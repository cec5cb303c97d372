//! Judgments, one hit after the other: those of a search, or some that chance chose.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::address::{HitsAddress, JudgedAs};
use super::super::answer::{Posted, Refusal, Segment};
use super::super::door::see_other;
use super::super::load::{SAMPLE, pressed};
use super::super::room::{Reader, Room};
use super::super::search::{self, Asked};
use super::{address, number};
use crate::store::hits::{self, HitRow, Start};
use crate::store::judgments::{self, NewJudgment};

/// Characters of a note.
const NOTE_MAX: usize = 2_000;

/// Where to go on once a hit is judged.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Next {
    /// Nowhere: the hit is shown with its judgment.
    Here,
    /// To the next of these hits that nobody has judged.
    Of(Box<HitsAddress>),
    /// To the next of those that chance chose among the hits of a watch; so many, with this one.
    Sample {
        watch: String,
        seed: u64,
        left: usize,
    },
}

impl Next {
    /// Reads what stands behind the question mark of a hit's page.
    pub(super) fn read(query: Option<&str>) -> Result<Self, Refusal> {
        let Some(query) = query.filter(|query| !query.is_empty()) else {
            return Ok(Self::Here);
        };
        let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let of = |name: &str| {
            pairs
                .iter()
                .find(|(given, _)| given == name)
                .map(|(_, value)| value.as_str())
        };
        if let Some(seed) = of("sample") {
            let number = |text: &str| {
                u64::try_from(number(text)?).map_err(|_| Refusal::wrong("It is no number."))
            };
            let left = number(of("left").unwrap_or("1"))?;
            return Ok(Self::Sample {
                watch: of("watch").unwrap_or_default().to_owned(),
                seed: number(seed)?,
                left: usize::try_from(left).unwrap_or(SAMPLE).clamp(1, SAMPLE),
            });
        }
        Ok(Self::Of(Box::new(address(Some(query))?)))
    }

    /// As it stands behind the question mark.
    pub(super) fn query(&self) -> String {
        match self {
            Self::Here => String::new(),
            Self::Of(address) => match address.first().query() {
                // All of them is something to go on with, too.
                query if query.is_empty() => "judgment=none".to_owned(),
                query => query,
            },
            Self::Sample { watch, seed, left } => {
                url::form_urlencoded::Serializer::new(String::new())
                    .append_pair("sample", &seed.to_string())
                    .append_pair("left", &left.to_string())
                    .append_pair("watch", watch)
                    .finish()
            }
        }
    }
}

/// What a button sends.
#[derive(Deserialize)]
pub(in super::super) struct Judging {
    verdict: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    next: String,
}

/// `POST /hits/NUMBER/judgment`.
pub(in super::super) async fn judge(
    room: Room,
    reader: Reader,
    Segment(id): Segment<String>,
    Posted(judging): Posted<Judging>,
) -> Result<Response, Refusal> {
    let id = number(&id)?;
    let next = Next::read(Some(&judging.next))?;
    let Some((verdict, reason)) = pressed(&judging.verdict) else {
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "This form cannot be understood",
            "A hit is judged by one of the buttons of its page. Nothing was kept.",
        ));
    };
    let note = judging.note.trim().to_owned();
    if note.chars().count() > NOTE_MAX {
        let sentence = format!("A note has {NOTE_MAX} characters at most. Nothing was kept.");
        return Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "The note is too long",
            sentence,
        ));
    }
    let new = NewJudgment {
        verdict,
        reason,
        note,
        by: reader.name.clone(),
        at_random: matches!(next, Next::Sample { .. }),
    };
    let now = room.now();
    if !room
        .write(move |connection| judgments::record(connection, id, &new, now))
        .await?
    {
        return Err(Refusal::missing(format!(
            "There is no hit {id} any more, so nothing was kept."
        )));
    }
    // It is kept, whatever comes of looking for the next.
    let onward = onward(&room, reader, id, next).await;
    Ok(see_other(
        &onward.unwrap_or_else(|_| format!("/hits/{id}#judge")),
    ))
}

/// The address of the page behind the hit that was just judged.
async fn onward(room: &Room, reader: Reader, id: i64, next: Next) -> Result<String, Refusal> {
    match next {
        Next::Here => Ok(format!("/hits/{id}#judge")),
        Next::Sample { watch, left: 1, .. } => Ok(format!("/watches/{watch}")),
        Next::Sample { watch, seed, left } => drawn(room, watch, seed, left - 1).await,
        Next::Of(address) => {
            let list = address.first();
            let query = Next::Of(address).query();
            let next = next_unjudged(room, reader, id, list.clone()).await?;
            Ok(next.map_or_else(|| list.on("/hits"), |hit| format!("/hits/{hit}?{query}")))
        }
    }
}

/// The newest hit of a list that is older than this one and that nobody has judged; else the newest of all.
async fn next_unjudged(
    room: &Room,
    reader: Reader,
    id: i64,
    list: HitsAddress,
) -> Result<Option<i64>, Refusal> {
    let Ok(asked) = Asked::read(
        list.search.as_deref().unwrap_or_default(),
        &room.config().lists,
    ) else {
        return Ok(None);
    };
    let places = room.places();
    let found = room.page(reader, move |sources| {
        let key = hits::get(sources.connection, id)?.map(|row| HitRow::key(&row));
        let times = list.times(sources.now, sources.zone);
        for start in [key.map_or(Start::Newest, Start::Before), Start::Newest] {
            let unjudged = HitsAddress {
                judgment: Some(JudgedAs::NotYet),
                start,
                ..list.clone()
            };
            let found = search::find(
                sources.connection,
                sources.config,
                &places,
                &unjudged,
                &asked,
                times,
                1,
            )?;
            if let Some(hit) = found.page.hits.first() {
                return Ok(Some(hit.id));
            }
        }
        Ok(None)
    });
    Ok(found.await?.0)
}

/// `GET /watches/ID/sample`: leads to the first of some hits that chance chooses.
pub(in super::super) async fn sample(
    room: Room,
    Segment(watch): Segment<String>,
    _: RawQuery,
) -> Result<Response, Refusal> {
    let seed = u64::from(fastrand::u32(..));
    Ok(see_other(&drawn(&room, watch, seed, SAMPLE).await?))
}

async fn drawn(room: &Room, watch: String, seed: u64, left: usize) -> Result<String, Refusal> {
    let id = watch.clone();
    let current = room.config().watch(&watch);
    let version = current.map(|watch| watch.version.clone());
    let drawn = room
        .read_with(move |sources| {
            let of = |version| judgments::sample(sources.connection, &id, version, seed, 1);
            let of_current = of(version.as_deref())?;
            // What older versions found says something as well, where there is nothing else.
            if of_current.is_empty() {
                of(None)
            } else {
                Ok(of_current)
            }
        })
        .await?;
    Ok(match drawn.first() {
        Some(hit) => format!("/hits/{hit}?{}", Next::Sample { watch, seed, left }.query()),
        None => format!("/watches/{watch}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_to_go_on_is_read_as_it_is_written() {
        for query in [
            "",
            "q=beat%7E&watch=torture",
            "judgment=none",
            "sample=7&left=3&watch=a%26b",
        ] {
            assert_eq!(Next::read(Some(query)).unwrap().query(), query);
        }
        assert_eq!(Next::read(None).unwrap(), Next::Here);
        let far = Next::read(Some("sample=7&left=5000&watch=a")).unwrap();
        assert!(far.query().contains(&format!("left={SAMPLE}&")), "{far:?}");
        for query in ["sample=x", "sample=1&left=-1", "nonsense=1"] {
            assert!(Next::read(Some(query)).is_err(), "{query}");
        }
    }
}
