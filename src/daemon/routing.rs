//! Matches to hits: which watch, whom to tell, how fast.

use crate::config::{Config, Urgency, Watch};
use crate::core::document::{Document, Field};
use crate::core::watch::{Match, Scratch};
use crate::store::StoreError;
use crate::store::hits::StoredSpan;
use crate::store::polls::{self, NewHit, Receiver};

/// The hits of a document.
pub(super) fn hits(
    config: &Config,
    document: &Document,
    scratch: &mut Scratch,
) -> Result<Vec<NewHit>, StoreError> {
    matches(config, document, scratch)?
        .into_iter()
        .filter_map(|found| config.watches.get(found.watch).map(|watch| (found, watch)))
        .map(|(found, watch)| {
            Ok(NewHit {
                watch_id: watch.id.clone(),
                watch_title: watch.title.clone(),
                topic: watch.topic.clone(),
                watch_version: watch.version.clone(),
                score: found.score,
                spans: spans(&found)?,
                recipients: receivers(config, watch, found.score),
            })
        })
        .collect()
}

/// A panic of the matcher fails the poll that brought the item, loudly, and nothing else.
fn matches(
    config: &Config,
    document: &Document,
    scratch: &mut Scratch,
) -> Result<Vec<Match>, StoreError> {
    let mut attempt = || config.set.matches(document, scratch);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut attempt)).map_err(|_| {
        *scratch = Scratch::default();
        StoreError::Value(format!(
            "matching the item {:?} failed inside the program",
            document.title.chars().take(80).collect::<String>()
        ))
    })
}

/// Who is told, and how fast each wants to be.
fn receivers(config: &Config, watch: &Watch, score: i64) -> Vec<Receiver> {
    let score = (!watch.spec.score.is_empty()).then_some(score);
    watch
        .recipients
        .iter()
        .filter_map(|id| config.recipient(id))
        .filter(|recipient| recipient.wants(&watch.id, &watch.topic, score))
        .map(|recipient| Receiver {
            id: recipient.id.clone(),
            urgency: match watch.urgency {
                Urgency::Alert if recipient.alerts => polls::Urgency::Alert,
                _ => polls::Urgency::Digest,
            },
        })
        .collect()
}

/// A page that repeats one word needs no thousand spans to show why it matched.
const SPANS_AT_MOST: usize = 200;

fn spans(found: &Match) -> Result<String, StoreError> {
    let spans: Vec<StoredSpan> = found
        .spans
        .iter()
        .take(SPANS_AT_MOST)
        .map(|span| StoredSpan {
            field: span.field.name().to_owned(),
            index: match span.field {
                Field::Category(index) => Some(index),
                _ => None,
            },
            start: span.start,
            end: span.end,
            term: span.term.to_string(),
        })
        .collect();
    serde_json::to_string(&spans).map_err(|error| StoreError::Value(error.to_string()))
}
