//! Matches to hits: which watch, whom to tell, how fast.

mod names;
mod query_expansion;
mod rematch;

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

pub use names::{AskedBy, unknown, wanted_places};
pub use query_expansion::{Longer, longer};
pub use rematch::{Bench, Compared};

use crate::config::{Config, Watch};
use crate::core::digest::headline;
use crate::core::document::{Document, Field};
use crate::core::place;
use crate::core::watch::{self, Match};
use crate::store::StoreError;
use crate::store::entries::EntryRow;
use crate::store::hits::StoredSpan;
use crate::store::polls::{self, NewHit, Receiver};

/// What the watches of a configuration found in items of a poll.
#[derive(Default)]
pub(crate) struct Matched {
    config: Option<Arc<Config>>,
    /// By the item's place; or why that one could not be matched.
    hits: HashMap<usize, Result<Vec<NewHit>, String>>,
}

impl Matched {
    pub(crate) fn by(config: &Arc<Config>) -> Self {
        Self {
            config: Some(Arc::clone(config)),
            hits: HashMap::new(),
        }
    }

    pub(crate) fn insert(&mut self, place: usize, hits: Result<Vec<NewHit>, StoreError>) {
        self.hits
            .insert(place, hits.map_err(|error| error.to_string()));
    }

    /// Whether these are the watches of this configuration.
    pub(crate) fn is_by(&self, config: &Arc<Config>) -> bool {
        let by = self.config.as_ref();
        by.is_none_or(|by| Arc::ptr_eq(by, config))
    }

    /// The hits of the item at a place; `None` when it was not matched.
    pub(crate) fn hits(&self, place: usize) -> Option<Result<Vec<NewHit>, StoreError>> {
        let hits = self.hits.get(&place)?.clone();
        Some(hits.map_err(StoreError::Value))
    }
}

/// Working memory for one item after the other.
#[derive(Default)]
pub struct Scratch {
    watches: watch::Scratch,
    places: place::Scratch,
}

/// The hits of an item as its feed gives it. One that could not be decided within its steps is a hit that says
/// so: rather a mail too many than silence.
pub fn hits(
    config: &Config,
    feed: &str,
    document: &Document,
    scratch: &mut Scratch,
) -> Result<Vec<NewHit>, StoreError> {
    find(config, feed, document, scratch, Sight::AsFed)
}

/// The hits of an item with its article: those of the watches that look into articles.
pub fn hits_in_article(
    config: &Config,
    feed: &str,
    document: &Document,
    scratch: &mut Scratch,
) -> Result<Vec<NewHit>, StoreError> {
    find(config, feed, document, scratch, Sight::WithArticle)
}

/// The hits of a stored item: each watch sees it with its article or as its feed gives it, as it wants.
pub fn hits_in_stored(
    config: &Config,
    entry: &EntryRow,
    scratch: &mut Scratch,
) -> Result<Vec<NewHit>, StoreError> {
    let document = &entry.document;
    let feed = document.feed.as_deref().unwrap_or_default();
    if entry.feed_text.is_none() {
        return hits(config, feed, document, scratch);
    }
    let mut found = hits_in_article(config, feed, document, scratch)?;
    if config.watches.iter().any(|watch| !watch.articles) {
        let document = entry.without_article();
        let others = find(config, feed, &document, scratch, Sight::WithoutArticle)?;
        found.extend(others);
    }
    Ok(found)
}

/// What watches are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sight {
    /// All of them, the item as its feed gives it.
    AsFed,
    /// Those that look into articles, the item with its article.
    WithArticle,
    /// Those that do not look into articles, the item as its feed gives it.
    WithoutArticle,
}

impl Sight {
    fn has(self, watch: &Watch) -> bool {
        match self {
            Self::AsFed => true,
            Self::WithArticle => watch.articles,
            Self::WithoutArticle => !watch.articles,
        }
    }
}

fn find(
    config: &Config,
    feed: &str,
    document: &Document,
    scratch: &mut Scratch,
    sight: Sight,
) -> Result<Vec<NewHit>, StoreError> {
    let Scratch { watches, places } = scratch;
    let about = LazyCell::new(|| config.places_of(document, places));
    matches(config, document, watches)?
        .into_iter()
        .filter_map(|found| config.watches.get(found.watch).map(|watch| (found, watch)))
        .filter(|(_, watch)| sight.has(watch))
        .filter(|(_, watch)| watch.places.is_none() || watch.wants(&about))
        .map(|(found, watch)| {
            let mut watch_title = watch.title.clone();
            if found.undecided {
                tracing::warn!(feed = %feed, watch = %watch.id,
                    "an item of feed {feed} is too long for the watch {}: whether it matches could not be \
                     decided, and it is kept as a hit: {:.80}", watch.id, called(document));
                watch_title.push_str(UNDECIDED);
            }
            Ok(NewHit {
                watch_id: watch.id.clone(),
                watch_title,
                topic: watch.topic.clone(),
                watch_version: watch.version.clone(),
                score: found.score,
                spans: spans(&found)?,
                in_article: sight == Sight::WithArticle,
                recipients: receivers(config, watch, &found, &about),
            })
        })
        .collect()
}

/// Behind the title of a watch whose hit could not be decided.
const UNDECIDED: &str = " (could not be decided)";

/// What an item is called in the log.
fn called(document: &Document) -> String {
    headline(&document.title, &document.summary, &document.text)
}

/// A panic of the matcher fails the poll that brought the item, loudly, and nothing else.
fn matches(
    config: &Config,
    document: &Document,
    scratch: &mut watch::Scratch,
) -> Result<Vec<Match>, StoreError> {
    let mut attempt = || config.set.matches(document, scratch);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut attempt)).map_err(|_| {
        *scratch = watch::Scratch::default();
        StoreError::Value(format!(
            "matching the item {:?} failed inside the program",
            called(document).chars().take(80).collect::<String>()
        ))
    })
}

/// The score, where the watch counts and it came to an end.
fn score_of(found: &Match, watch: &Watch) -> Option<i64> {
    (!watch.spec.score.is_empty() && !found.undecided).then_some(found.score)
}

/// Who is told, and how fast each wants to be. What weighs too little for an alert is one all the same to
/// who gets no digests, and would not be told else.
fn receivers(
    config: &Config,
    watch: &Watch,
    found: &Match,
    about: &impl Deref<Target = Vec<usize>>,
) -> Vec<Receiver> {
    let score = score_of(found, watch);
    let alerts = watch.alerts(score);
    let waits = watch.holds_back(found.body_only);
    config
        .recipients
        .iter()
        .filter(|recipient| recipient.receives(watch, score))
        .filter(|recipient| {
            let places = recipient.places.as_ref();
            places.is_none_or(|places| places.admit(about))
        })
        .map(|recipient| Receiver {
            id: recipient.id.clone(),
            urgency: if recipient.alerts && alerts && !(waits && recipient.gets_digests()) {
                polls::Urgency::Alert
            } else {
                polls::Urgency::Digest
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config;

    /// A configuration of one recipient and one watch, with these lines.
    fn config(recipient: &str, watch: &str) -> Config {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("watches")).unwrap();
        let settings =
            format!("[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n{recipient}\n");
        let watch = format!(
            "[[watch]]\nid = \"force\"\ntitle = \"Force\"\nmatch = 'force'\n\
             score = {{ lethal = 3 }}\n{watch}\n"
        );
        for (name, text) in [
            ("newsvigil.toml", settings.as_str()),
            ("feeds.toml", ""),
            ("watches/force.toml", watch.as_str()),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let (config, _) = config::load(folder.path()).unwrap_or_else(|bad| panic!("{bad:?}"));
        config
    }

    /// How fast each is told of a hit of so many points.
    fn told(config: &Config, score: i64, undecided: bool) -> Vec<polls::Urgency> {
        told_of(
            config,
            &Match {
                watch: 0,
                score,
                spans: Vec::new(),
                undecided,
                body_only: None,
            },
        )
    }

    fn told_of(config: &Config, found: &Match) -> Vec<polls::Urgency> {
        receivers(config, &config.watches[0], found, &&Vec::new())
            .into_iter()
            .map(|receiver| receiver.urgency)
            .collect()
    }

    /// How fast each is told of an item that holds a word in these paragraphs, among thirty.
    fn told_of_paragraphs(config: &Config, with_word: &[usize]) -> Vec<polls::Urgency> {
        let paragraph = |number| {
            let rest =
                "The council met again on Monday and spoke of roads, schools and rents. ".repeat(2);
            let word = if with_word.contains(&number) {
                "force"
            } else {
                "order"
            };
            format!("{rest} It was a question of {word}.\n")
        };
        let document = Document {
            title: "From the council".to_owned(),
            text: (1..=30).map(paragraph).collect(),
            ..Document::default()
        };
        let found = config
            .set
            .matches(&document, &mut watch::Scratch::default());
        told_of(config, &found[0])
    }

    #[test]
    fn what_is_said_in_passing_far_below_is_told_in_the_digest() {
        use polls::Urgency::{Alert, Digest};
        let alerting = config("", "urgency = \"alert\"");
        assert_eq!(told_of_paragraphs(&alerting, &[30]), [Digest]);
        assert_eq!(told_of_paragraphs(&alerting, &[12, 30]), [Digest]);
        assert_eq!(told_of_paragraphs(&alerting, &[12, 20, 30]), [Alert]);
        assert_eq!(told_of_paragraphs(&alerting, &[1]), [Alert]);
        assert_eq!(told_of_paragraphs(&alerting, &[1, 30]), [Alert]);
        // With two tiers, too.
        let tiers = config("", "alert_above = -1");
        assert_eq!(told_of_paragraphs(&tiers, &[30]), [Digest]);
        assert_eq!(told_of_paragraphs(&tiers, &[1]), [Alert]);
        // Nothing is kept from who reads no digests, and from watches that want everything at once.
        let undigested = config("digest = [\"off\"]", "urgency = \"alert\"");
        assert_eq!(told_of_paragraphs(&undigested, &[30]), [Alert]);
        let eager = config("", "urgency = \"alert\"\nbody_only = \"alert\"");
        assert_eq!(told_of_paragraphs(&eager, &[30]), [Alert]);
        let calm = config("", "");
        assert_eq!(told_of_paragraphs(&calm, &[1]), [Digest]);
    }

    #[test]
    fn a_hit_that_could_not_be_decided_is_told_to_those_who_want_high_scores_only() {
        let config = config("min_score = 5", "recipients = [\"desk\"]");
        assert_eq!(told(&config, 5, false).len(), 1);
        assert_eq!(told(&config, 4, false).len(), 0);
        assert_eq!(told(&config, 0, true).len(), 1);
    }

    #[test]
    fn only_what_has_more_points_than_alert_above_is_told_at_once() {
        use polls::Urgency::{Alert, Digest};
        for urgency in ["", "urgency = \"alert\"\n"] {
            let config = config("", &format!("{urgency}threshold = 3\nalert_above = 6"));
            assert_eq!(told(&config, 3, false), [Digest]);
            assert_eq!(told(&config, 6, false), [Digest]);
            assert_eq!(told(&config, 7, false), [Alert]);
            // Nobody knows how many points it has.
            assert_eq!(told(&config, 0, true), [Alert]);
        }
        let config = config("alerts = false", "alert_above = 6");
        assert_eq!(told(&config, 7, false), [Digest]);
    }

    #[test]
    fn who_gets_no_digests_is_owed_no_hit_that_only_a_digest_would_tell() {
        use polls::Urgency::{Alert, Digest};
        let unnamed = config("digest = [\"off\"]", "alert_above = 6");
        assert_eq!(told(&unnamed, 6, false), []);
        assert_eq!(told(&unnamed, 7, false), [Alert]);
        // Whom the watch names is told of by `status`, as with any other watch.
        let named = config(
            "digest = [\"off\"]",
            "alert_above = 6\nrecipients = [\"desk\"]",
        );
        assert_eq!(told(&named, 6, false), [Digest]);
    }
}
