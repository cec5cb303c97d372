//! An index of sitemaps, whose newest parts are fetched and read as one feed.
//!
//! An index may stay the same while its parts change, so that they are asked for also when it is "not modified".
//! Where none of them has changed, nothing is read.

use url::Url;

use super::ServiceContext;
use super::fetched_bodies::{Body, FetchedBodies};
use super::parsing::{ParsedBody, PolledFeed, read};
use crate::core::feed::READING;
use crate::core::feed::sitemap::{SitemapIndex, SitemapSelection};
use crate::core::schedule::{
    self, FeedState, Modified, Outcome, ParseOutcome, Request, SitemapPart, Throttled, Validators,
};
use crate::fetch::FeedFetch;

/// What came of asking for the parts.
struct SitemapPartsResult {
    parts: Vec<(String, Result<Body, String>)>,
    /// What to ask them with at the next poll.
    seen: Vec<SitemapPart>,
    /// The first answer that wants us to wait.
    throttled: Option<Box<Throttled>>,
}

/// Reads the parts of an index, given what came of asking for the index itself: a new one, or none where it was
/// not modified.
pub(super) async fn take_in(
    polled: PolledFeed<'_>,
    outcome: Outcome,
    index: Option<Box<SitemapIndex>>,
) -> (Outcome, ParsedBody) {
    let PolledFeed { service, state, .. } = polled;
    let is_new = index.is_some();
    let choice = match choose(service, state, index.as_deref(), &outcome) {
        Ok(choice) => choice,
        Err(reason) => {
            let outcome = answered(outcome, state, false);
            return (
                outcome,
                ParsedBody::nothing(ParseOutcome::Unreadable(reason)),
            );
        }
    };
    let now = (service.clock)();
    let is_stored = state.read_by == READING
        && state.unreadable.is_none()
        && !schedule::has_backlog(state, &service.config.store.budget, now);
    // A part that waited for room while another holds some would wait for itself.
    let permit = service.body_memory.sitemap_index_permit().await;
    let Some(mut asked) = ask_for_all(service, state, &choice.parts, is_stored).await else {
        let reading = if is_new {
            ParseOutcome::SameBody
        } else {
            ParseOutcome::NoBody
        };
        return (outcome, ParsedBody::nothing(reading));
    };
    asked.add_missing(choice.refused, index.is_some_and(|index| index.breaks_off));
    let is_whole = asked.parts.iter().all(|(_, part)| part.is_ok());
    let has_none = asked.parts.iter().all(|(_, part)| part.is_err());
    if has_none && let Some(throttled) = asked.throttled {
        return (
            Outcome::Throttled(*throttled),
            ParsedBody::nothing(ParseOutcome::NoBody),
        );
    }
    let bytes = asked
        .parts
        .iter()
        .flat_map(|(_, part)| part)
        .map(|body| body.bytes.len());
    let held = service.body_memory.take(bytes.sum()).await;
    drop(permit);
    let mut read = read(polled, FetchedBodies::SitemapParts(asked.parts), held).await;
    if !is_new && read.reading == ParseOutcome::SameBody {
        return (outcome, ParsedBody::nothing(ParseOutcome::NoBody));
    }
    if let ParseOutcome::Feed(summary) = &mut read.reading {
        summary.parts = asked.seen;
        // What is missing is asked for again, with all that it is to be joined with.
        if !is_whole {
            summary.parts.iter_mut().for_each(|part| {
                (part.validators, part.digest) = (Validators::default(), None);
            });
        }
    }
    let is_read = matches!(read.reading, ParseOutcome::Feed(_) | ParseOutcome::SameBody);
    (answered(outcome, state, is_whole && is_read), read)
}

/// The parts to ask for: of a new index, or those that are known.
fn choose(
    service: &ServiceContext,
    state: &FeedState,
    index: Option<&SitemapIndex>,
    outcome: &Outcome,
) -> Result<SitemapSelection, String> {
    let Some(index) = index else {
        let addresses = state.parts.iter().map(|part| Url::parse(&part.address));
        return Ok(SitemapSelection {
            parts: addresses.flatten().collect(),
            ..SitemapSelection::default()
        });
    };
    let address = match outcome {
        Outcome::Modified(modified) => modified.answer.final_url.as_str(),
        _ => "",
    };
    let base = Url::parse(address).map_err(|error| error.to_string())?;
    index.choose(&base, (service.clock)())
}

/// The outcome as one with a body. Where something is missing of the parts, the validators are dropped: an index
/// that is not modified would hide it.
fn answered(outcome: Outcome, state: &FeedState, is_whole: bool) -> Outcome {
    let mut modified = match outcome {
        Outcome::Modified(modified) => modified,
        Outcome::NotModified(mut answer) => {
            answer.validators = state.validators.updated_by(&answer.validators);
            Modified {
                answer,
                ..Modified::default()
            }
        }
        other => return other,
    };
    if !is_whole {
        modified.answer.validators = Validators::default();
    }
    Outcome::Modified(modified)
}

/// Asks for the parts; `None` when all are those whose entries are stored. When one of them is not, all are
/// read, since together they are the feed.
async fn ask_for_all(
    service: &ServiceContext,
    state: &FeedState,
    parts: &[Url],
    is_stored: bool,
) -> Option<SitemapPartsResult> {
    let known = |url: &Url| {
        let mut known = state.parts.iter().filter(|_| is_stored);
        known.find(|part| part.address == url.as_str())
    };
    let mut came = Vec::with_capacity(parts.len());
    let mut is_same = true;
    let mut left = service.config.fetch.max_bytes;
    for url in parts {
        let known = known(url);
        let validators = known.map(|part| part.validators.clone());
        let fetched = ask_for(service, state, url, validators.unwrap_or_default()).await;
        let part = SitemapPartResult::of(fetched, url, &mut left);
        is_same &= match &part {
            SitemapPartResult::NotModified => true,
            SitemapPartResult::Part { seen, .. } => {
                known.is_some_and(|known| known.digest == seen.digest)
            }
            SitemapPartResult::Nothing { .. } => false,
        };
        came.push(part);
    }
    if is_same {
        return None;
    }
    let mut asked = SitemapPartsResult {
        parts: Vec::with_capacity(parts.len()),
        seen: Vec::with_capacity(parts.len()),
        throttled: None,
    };
    for (url, mut part) in parts.iter().zip(came) {
        if matches!(part, SitemapPartResult::NotModified) {
            let fetched = ask_for(service, state, url, Validators::default()).await;
            part = SitemapPartResult::of(fetched, url, &mut left);
        }
        asked.add(url, part);
    }
    Some(asked)
}

async fn ask_for(
    service: &ServiceContext,
    state: &FeedState,
    url: &Url,
    validators: Validators,
) -> FeedFetch {
    let request = Request {
        speed: state.speed,
        ..Request::new(url.as_str(), validators)
    };
    service.fetcher.fetch_with_memory(&request).await
}

/// What came of asking for one part.
enum SitemapPartResult {
    Part {
        body: Body,
        seen: SitemapPart,
    },
    NotModified,
    Nothing {
        reason: String,
        throttled: Option<Box<Throttled>>,
    },
}

impl SitemapPartResult {
    /// All parts together are no larger than one body may be.
    fn of(fetched: FeedFetch, url: &Url, left: &mut u64) -> Self {
        let (reason, throttled) = match fetched.outcome {
            Outcome::Modified(modified) => {
                let bytes = u64::try_from(modified.body.len()).unwrap_or(u64::MAX);
                let Some(less) = left.checked_sub(bytes) else {
                    let reason =
                        "it is too large: all parts together may have no more bytes than one feed";
                    return Self::Nothing {
                        reason: reason.to_owned(),
                        throttled: None,
                    };
                };
                *left = less;
                // Validators belong to the address that gave them.
                let is_direct = modified.answer.final_url == url.as_str();
                let validators = Some(modified.answer.validators).filter(|_| is_direct);
                let body = Body {
                    bytes: modified.body,
                    content_type: modified.content_type,
                    final_url: modified.answer.final_url,
                };
                let seen = SitemapPart {
                    address: url.to_string(),
                    validators: validators.unwrap_or_default(),
                    digest: Some(body.digest()),
                };
                return Self::Part { body, seen };
            }
            Outcome::NotModified(_) => return Self::NotModified,
            Outcome::Gone(_) => ("410 Gone".to_owned(), None),
            Outcome::Throttled(throttled) => (throttled.message.clone(), Some(Box::new(throttled))),
            Outcome::Failed(failure) => (failure.message, None),
        };
        Self::Nothing { reason, throttled }
    }
}

impl SitemapPartsResult {
    /// Adds parts that are not asked for, and what an index may have left out that breaks off.
    fn add_missing(&mut self, refused: Vec<(String, String)>, breaks_off: bool) {
        let refused = refused.into_iter();
        self.parts
            .extend(refused.map(|(address, reason)| (address, Err(reason))));
        if breaks_off {
            let reason = "it breaks off, so that newer parts may be missing".to_owned();
            self.parts.push(("the index".to_owned(), Err(reason)));
        }
    }

    fn add(&mut self, url: &Url, came: SitemapPartResult) {
        let reason = match came {
            SitemapPartResult::Part { body, seen } => {
                self.parts.push((url.to_string(), Ok(body)));
                self.seen.push(seen);
                return;
            }
            SitemapPartResult::NotModified => {
                "304 Not Modified, though nothing was there to compare with".to_owned()
            }
            SitemapPartResult::Nothing { reason, throttled } => {
                self.throttled = self.throttled.take().or(throttled);
                reason
            }
        };
        self.parts.push((url.to_string(), Err(reason)));
        self.seen.push(SitemapPart {
            address: url.to_string(),
            ..SitemapPart::default()
        });
    }
}
