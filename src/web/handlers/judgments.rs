//! Judgments, one hit after the other: those of a search, or some that chance chose.

use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::address::{HitsAddress, JudgmentFilter};
use super::super::authentication::see_other;
use super::super::load::{PageContext, SAMPLE, parse_judgment_button};
use super::super::pages::hit::NextHitLinks;
use super::super::response::{ErrorPage, FormOrQuery, NoQueryParameters, PathSegment};
use super::super::search::{self, Criteria, SearchTerms};
use super::super::state::{Reader, WebServer};
use super::parameters::{address, number};
use crate::store::hits::{self, HitRow, Start};
use crate::store::judgments::{self, NewJudgment};

/// Characters of a note.
const NOTE_MAX: usize = 2_000;
/// What the button sends that keeps a note alone.
const NOTE: &str = "note";

/// Where to go on once a hit is judged.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Next {
    /// Nowhere: the hit is shown with its judgment.
    Here,
    /// To the next of these hits: of those that nobody has judged, unless it is asked for others.
    Of(Box<HitsAddress>),
    /// To the next of those that chance chooses among the hits of a watch: so many are judged, of so many.
    Sample {
        watch: String,
        judged: usize,
        of: usize,
    },
}

impl Next {
    /// Reads what stands behind the question mark of a hit's page.
    pub(super) fn read(query: Option<&str>) -> Result<Self, ErrorPage> {
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
        if let Some(watch) = of("sample") {
            let count = |name: &str| match of(name) {
                Some(text) => number(text).map(|number| usize::try_from(number).unwrap_or(SAMPLE)),
                None => Ok(0),
            };
            let all = count("of")?.clamp(1, SAMPLE);
            return Ok(Self::Sample {
                watch: watch.to_owned(),
                judged: count("judged")?.min(all - 1),
                of: all,
            });
        }
        Ok(Self::Of(Box::new(address(Some(query))?)))
    }

    /// As it stands behind the question mark.
    pub(super) fn query(&self) -> String {
        match self {
            Self::Here => String::new(),
            Self::Of(address) => address.onward(),
            Self::Sample { watch, judged, of } => {
                url::form_urlencoded::Serializer::new(String::new())
                    .append_pair("sample", watch)
                    .append_pair("judged", &judged.to_string())
                    .append_pair("of", &of.to_string())
                    .finish()
            }
        }
    }

    /// The page of a hit from which it goes on so.
    fn at(&self, hit: i64) -> String {
        match self.query() {
            query if query.is_empty() => format!("/hits/{hit}"),
            query => format!("/hits/{hit}?{query}"),
        }
    }

    /// As the page of a hit shows it.
    pub(super) fn onward(&self, hit: i64) -> NextHitLinks {
        let next = self.query();
        match self {
            Self::Here => NextHitLinks {
                back: ("/hits".to_owned(), "All hits"),
                ..NextHitLinks::default()
            },
            Self::Of(address) => NextHitLinks {
                back: (address.first().on("/hits"), "Back to these hits"),
                skip: format!("/hits/{hit}/next?{next}"),
                next,
                ..NextHitLinks::default()
            },
            Self::Sample { watch, judged, of } => NextHitLinks {
                back: (format!("/watches/{watch}"), "Leave the sample"),
                progress: format!("{judged} of {of} judged, {} to go.", of - judged),
                next,
                ..NextHitLinks::default()
            },
        }
    }
}

/// What a button sends.
#[derive(Deserialize)]
pub(in super::super) struct JudgmentForm {
    verdict: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    next: String,
}

/// `POST /hits/NUMBER/judgment`.
pub(in super::super) async fn judge(
    server: WebServer,
    reader: Reader,
    PathSegment(id): PathSegment<String>,
    FormOrQuery(judging): FormOrQuery<JudgmentForm>,
) -> Result<Response, ErrorPage> {
    let id = number(&id)?;
    let next = Next::read(Some(&judging.next))?;
    // Browsers count the end of a line once, and send two characters.
    let is_text = |c: &char| matches!(c, '\n' | '\t') || !c.is_control();
    let note = judging.note.replace("\r\n", "\n");
    let note: String = note.trim().chars().filter(is_text).collect();
    if note.chars().count() > NOTE_MAX {
        let sentence = format!("A note has {NOTE_MAX} characters at most. Nothing was kept.");
        return Err(ErrorPage::new(
            StatusCode::BAD_REQUEST,
            "The note is too long",
            sentence,
        ));
    }
    if judging.verdict == NOTE {
        return keep_note(&server, reader, id, note, &next).await;
    }
    let Some((verdict, reason)) = parse_judgment_button(&judging.verdict) else {
        return Err(ErrorPage::new(
            StatusCode::BAD_REQUEST,
            "This form cannot be understood",
            "A hit is judged by one of the buttons of its page. Nothing was kept.",
        ));
    };
    let at_random = match &next {
        Next::Sample { watch, .. } => draw(&server, &reader, watch, 1).await?.first() == Some(&id),
        _ => false,
    };
    let new = NewJudgment {
        verdict,
        reason,
        note,
        by: reader.name.clone(),
        at_random,
    };
    let now = server.now();
    let kept = server.write(move |connection| judgments::record(connection, id, &new, now));
    if !kept.await? {
        return Err(no_hit(id));
    }
    // It is kept, whatever comes of looking for the next.
    let onward = onward(&server, reader, id, next).await;
    Ok(see_other(
        &onward.unwrap_or_else(|_| format!("/hits/{id}#judge")),
    ))
}

/// Keeps a note alone: the hit waits for its judgment as before.
async fn keep_note(
    server: &WebServer,
    reader: Reader,
    id: i64,
    note: String,
    next: &Next,
) -> Result<Response, ErrorPage> {
    if note.is_empty() {
        return Err(ErrorPage::new(
            StatusCode::BAD_REQUEST,
            "The note is empty",
            "A note has some words. Nothing was kept.",
        )
        .with_onward(next.at(id), "Back to the hit"));
    }
    let now = server.now();
    let kept =
        server.write(move |connection| judgments::note(connection, id, &note, &reader.name, now));
    if !kept.await? {
        return Err(no_hit(id));
    }
    Ok(see_other(&format!("{}#judge", next.at(id))))
}

fn no_hit(id: i64) -> ErrorPage {
    ErrorPage::missing(format!(
        "There is no hit {id} any more, so nothing was kept."
    ))
    .with_onward("/hits", "All hits")
}

/// `GET /hits/NUMBER/next`: leads to the next of some hits, and leaves this one as it is.
pub(in super::super) async fn next(
    server: WebServer,
    reader: Reader,
    PathSegment(id): PathSegment<String>,
    RawQuery(next): RawQuery,
) -> Result<Response, ErrorPage> {
    let id = number(&id)?;
    match Next::read(next.as_deref())? {
        Next::Of(list) => Ok(see_other(
            &next_of(&server, reader, id, *list, false).await?,
        )),
        next => Ok(see_other(&next.at(id))),
    }
}

/// The address of the page behind the hit that was just judged.
async fn onward(
    server: &WebServer,
    reader: Reader,
    id: i64,
    next: Next,
) -> Result<String, ErrorPage> {
    match next {
        Next::Here => Ok(format!("/hits/{id}#judge")),
        Next::Of(list) => next_of(server, reader, id, *list, true).await,
        Next::Sample { watch, judged, of } => {
            let judged = judged + 1;
            let drawn = if judged < of {
                draw(server, &reader, &watch, 1).await?
            } else {
                Vec::new()
            };
            Ok(match drawn.first() {
                Some(hit) => Next::Sample { watch, judged, of }.at(*hit),
                None => format!("/watches/{watch}"),
            })
        }
    }
}

/// The page of the next older hit of a list that nobody has judged, or as the list has them where it asks for judged
/// ones; behind the last `from_above` those that are newer. The list, where there is none.
async fn next_of(
    server: &WebServer,
    reader: Reader,
    id: i64,
    list: HitsAddress,
    from_above: bool,
) -> Result<String, ErrorPage> {
    let onward = Next::Of(Box::new(list.clone()));
    let list = HitsAddress {
        judgment: list.judgment.or(Some(JudgmentFilter::Unjudged)),
        ..list.first()
    };
    // Those that are judged would come again and again.
    let from_above = from_above && list.judgment == Some(JudgmentFilter::Unjudged);
    let places = server.places();
    let at_end = list.on("/hits");
    let found = server.page(reader, move |sources| {
        let PageContext {
            connection, config, ..
        } = sources;
        let typed = list.search.as_deref().unwrap_or_default();
        let Ok(asked) = SearchTerms::read(typed, &config.lists) else {
            return Ok(None);
        };
        let key = hits::get(connection, id)?.map(|row| HitRow::key(&row));
        let older = key.map_or(Start::Newest, Start::Before);
        let times = list.times(sources.now, sources.zone);
        let above = from_above.then_some(Start::Newest);
        for start in [Some(older), above].into_iter().flatten() {
            let from = HitsAddress {
                start,
                ..list.clone()
            };
            let criteria = Criteria {
                address: &from,
                asked: &asked,
                times,
            };
            let found = search::find(connection, config, &places, criteria, 1)?;
            if let Some(hit) = found.page.hits.first() {
                return Ok(Some(hit.id));
            }
        }
        Ok(None)
    });
    Ok(found.await?.0.map_or(at_end, |hit| onward.at(hit)))
}

/// `GET /watches/ID/sample`: leads to the first of some hits that chance chooses.
pub(in super::super) async fn sample(
    server: WebServer,
    reader: Reader,
    _: NoQueryParameters,
    PathSegment(watch): PathSegment<String>,
) -> Result<Response, ErrorPage> {
    let drawn = draw(&server, &reader, &watch, SAMPLE).await?;
    let Some(first) = drawn.first() else {
        if server.config().watch(&watch).is_none() {
            return Err(ErrorPage::missing(
                "There is no such watch, or none of its hits is left to judge.",
            )
            .with_onward("/watches", "All watches"));
        }
        return Err(ErrorPage::new(
            StatusCode::OK,
            "Nothing is left to judge",
            "Each hit of this watch is judged, or it has none yet.",
        )
        .with_onward(format!("/watches/{watch}"), "Back to the watch"));
    };
    let of = drawn.len();
    let next = Next::Sample {
        watch,
        judged: 0,
        of,
    };
    Ok(see_other(&next.at(*first)))
}

/// The next hits that chance chooses for a reader among those of a watch that nobody has judged. What chance is made of
/// is the reader's session, so that nobody draws until a hit pleases, or gives out another hit as drawn.
async fn draw(
    server: &WebServer,
    reader: &Reader,
    watch: &str,
    limit: usize,
) -> Result<Vec<i64>, ErrorPage> {
    let current = server.config().watch(watch);
    let version = current.map(|watch| watch.version.clone());
    let (watch, session) = (watch.to_owned(), reader.session);
    server
        .read(move |connection| {
            let seed = session
                .first_chunk()
                .map_or(0, |bytes| u64::from_le_bytes(*bytes));
            let of = |version| judgments::sample(connection, &watch, version, seed, limit);
            let of_current = of(version.as_deref())?;
            // What older versions found says something as well, where there is nothing else.
            if of_current.is_empty() {
                of(None)
            } else {
                Ok(of_current)
            }
        })
        .await
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
            "judgment=",
            "sample=a%26b&judged=3&of=20",
        ] {
            assert_eq!(Next::read(Some(query)).unwrap().query(), query);
        }
        assert_eq!(Next::read(None).unwrap(), Next::Here);
        let far = Next::read(Some("sample=a&judged=90&of=5000")).unwrap();
        let last = format!("sample=a&judged={}&of={SAMPLE}", SAMPLE - 1);
        assert_eq!(far.query(), last);
        assert_eq!(far.onward(1).progress, "19 of 20 judged, 1 to go.");
        for query in ["sample=a&judged=x", "sample=a&of=-1", "nonsense=1"] {
            assert!(Next::read(Some(query)).is_err(), "{query}");
        }
    }
}
