//! `watches/*.toml`: what is looked for.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::feeds::{Feed, check_language};
use super::mail::choice_problem;
use super::names::{Names, check_id, normal_tag, unknown_reference};
use super::places::{self, Places, WantedPlaces};
use super::problem::{Place, Problem, Problems};
use super::recipients::Recipient;
use super::scoring::{Scoring, highest_score};
use super::table::{Located, TableReader};
use super::words::Library;
use crate::core::watch::{self, BodyOnly, Query, WatchSpec};

/// A watch, checked.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Stable name that hits refer to.
    pub id: String,
    /// What readers call it.
    pub title: String,
    /// Groups a digest; the watch's title when not given.
    pub topic: String,
    /// How fast a hit is told.
    pub urgency: Urgency,
    /// Of an alerting watch that counts: hits of no more points are told in the digest. [`Watch::alerts`] decides.
    pub alert_above: Option<i64>,
    /// Whether a hit is told at once of which little is said, and that below the top of the item;
    /// [`Watch::holds_back`] decides.
    pub body_only: Urgency,
    /// Ids of the recipients of its hits; without it, everybody whose own settings admit it.
    pub recipients: Option<Vec<String>>,
    /// Places of which items match; all without it.
    pub places: Option<WantedPlaces>,
    /// How many independent outlets must report a story before it is told at once; in the digest before. Such a watch
    /// alerts.
    pub corroborated: Option<usize>,
    /// Whether its items are folded into stories. Without it each is told by itself.
    pub stories: bool,
    /// Whether it looks into the text of the page behind an item, and not only at what the feed says.
    pub articles: bool,
    /// What the matcher needs.
    pub spec: WatchSpec,
    /// Identifies the text that decides what matches: 12 hexadecimal digits of its SHA-256.
    pub version: String,
    /// Ids of the word lists that its query and score use, also through other lists.
    pub lists: BTreeSet<String>,
}

impl Watch {
    /// Whether an item that is about these places can be a match.
    pub fn wants(&self, about: &[usize]) -> bool {
        self.places
            .as_ref()
            .is_none_or(|places| places.admit(about))
    }

    /// A watch that says nothing but what it looks for.
    pub fn of_query(id: &str, query: Query) -> Self {
        Self {
            id: id.to_owned(),
            title: id.to_owned(),
            topic: id.to_owned(),
            urgency: Urgency::Digest,
            alert_above: None,
            body_only: Urgency::Digest,
            recipients: None,
            places: None,
            corroborated: None,
            stories: true,
            articles: true,
            spec: WatchSpec {
                id: id.to_owned(),
                query,
                languages: Vec::new(),
                feeds: None,
                score: Vec::new(),
                threshold: None,
            },
            version: String::new(),
            lists: BTreeSet::new(),
        }
    }

    /// The most points that an item can have; none for a watch that does not count.
    pub(super) fn highest_score(&self) -> Option<i64> {
        (!self.spec.score.is_empty()).then(|| highest_score(&self.spec.score))
    }

    /// Whether it names this recipient; `None` for a watch that names nobody, and so means everybody.
    pub(super) fn names(&self, recipient: &str) -> Option<bool> {
        let named = self.recipients.as_ref()?;
        Some(named.iter().any(|id| id == recipient))
    }

    /// Whether a hit of so many points is told at once, to those who take alerts. One whose score could not be
    /// counted is: rather an alert too many than one that is missing.
    pub fn alerts(&self, score: Option<i64>) -> bool {
        let is_above = match (self.alert_above, score) {
            (Some(above), Some(score)) => score > above,
            _ => true,
        };
        self.urgency == Urgency::Alert && is_above
    }

    /// Whether a hit that stands there weighs too little to be told at once, to those who get digests.
    pub fn holds_back(&self, body_only: Option<BodyOnly>) -> bool {
        self.body_only == Urgency::Digest && body_only.is_some_and(|found| !found.is_strong())
    }
}

/// How fast a hit is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Urgency {
    /// In the recipient's next digest.
    #[default]
    Digest,
    /// At once.
    Alert,
}

/// An item that a watch must, or must not, match.
#[derive(Clone, Debug)]
pub(super) struct Example {
    /// First line the title, the rest the text.
    pub(super) text: Located<String>,
    /// Whether the watch must match it.
    pub(super) expected: Expected,
}

/// What an example says of its watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Match,
    NoMatch,
}

/// A watch with its examples, which are run once and not kept.
pub(super) struct WatchWithExamples {
    pub(super) watch: Watch,
    pub(super) examples: Vec<Example>,
    /// The names in its `recipients`.
    pub(super) named: Vec<Located<String>>,
    pub(super) header: Place,
    /// Where it says `corroborated`.
    pub(super) corroborated_at: Option<Place>,
}

/// What a watch may refer to.
///
/// `None` when the file that names them could not be read: that is told already, and every
/// reference would seem wrong.
pub(super) struct References<'a> {
    /// Empty when the file could not be read.
    pub(super) places: &'a Places,
    pub(super) feeds: Option<&'a [Feed]>,
    pub(super) recipients: Option<&'a [Recipient]>,
    pub(super) library: &'a Library,
}

impl References<'_> {
    /// Whether a mistake in a text is that it names a list which may be there after all.
    pub(super) fn is_doubtful(&self, text: &str, mistake: &watch::Problem) -> bool {
        let named = text.get(mistake.span.clone()).unwrap_or_default().trim();
        let list = named.strip_prefix('@').unwrap_or_default();
        !self.library.is_whole && !list.is_empty() && self.library.lists.get(list).is_none()
    }
}

/// Reads every `[[watch]]` of one file.
pub(super) fn read(
    problems: &mut Problems,
    names: &mut Names,
    references: &References<'_>,
    tables: Vec<TableReader<'_>>,
) -> Vec<WatchWithExamples> {
    tables
        .into_iter()
        .filter_map(|table| read_one(problems, names, references, table))
        .collect()
}

fn read_one(
    problems: &mut Problems,
    names: &mut Names,
    references: &References<'_>,
    mut table: TableReader<'_>,
) -> Option<WatchWithExamples> {
    let id = table.required_string(problems, "id");
    let title = table.required_string(problems, "title");
    if let Some(id) = &id {
        check_id(problems, id);
        names.add(problems, id);
    }
    let topic = table.string(problems, "topic");
    let query_text = table.required_string(problems, "match");
    let query = query_text
        .as_ref()
        .and_then(|text| read_query(problems, references, text));
    let languages = read_languages(problems, &mut table);
    let feeds = read_feeds(problems, references, &mut table);
    let places = places::read_wanted(problems, references.places, &mut table);
    let scoring = Scoring::read(problems, references, &mut table);
    if let (Some(text), Some(query)) = (&query_text, &query)
        && let Some(mistake) = watch::overweight(query, &scoring.score, &languages)
    {
        push_mistake(problems, &text.place, &text.value, mistake);
    }
    let corroborated = table.integer(problems, "corroborated", 2..=20);
    let corroborated = corroborated.and_then(|number| usize::try_from(number).ok());
    let urgency = read_urgency(problems, &mut table, scoring.alert_above.is_some());
    // With `urgency = "digest"` it says what holds until then.
    let urgency = corroborated.map_or(urgency, |_| Urgency::Alert);
    let body_only = read_body_only(problems, &mut table, urgency);
    let recipients = read_recipients(problems, references, &mut table);
    let articles = table.boolean(problems, "articles").unwrap_or(true);
    let stories = table.boolean(problems, "stories").unwrap_or(true);
    let corroborated_at = table.place_of_key("corroborated");
    if let Some(place) = corroborated_at.clone().filter(|_| !stories) {
        problems.push(
            Problem::error(
                place,
                "`corroborated` counts who reports a story, and `stories = false` tells each item by itself",
            )
            .with_help("leave one of the two out"),
        );
    }
    let examples = read_examples(problems, &mut table);
    let header = table.header();
    table.finish(problems);

    let (id, title, query_text) = (id?.value, title?.value, query_text?.value);
    let query = query?;
    let named = watch::lists_of(&query);
    let named = named.iter().copied().chain(scoring.lists());
    let lists = references.library.within(named);
    let list_version = references.library.version(&lists);
    let mut parts = vec![
        query_text,
        scoring.weights.join("\n"),
        scoring
            .threshold
            .map_or_else(String::new, |threshold| threshold.to_string()),
        languages.join("\n"),
        feeds.as_ref().map_or_else(String::new, |feeds| {
            feeds.iter().cloned().collect::<Vec<_>>().join("\n")
        }),
    ];
    // A watch without lists keeps the version that it had when there were none.
    if !lists.is_empty() {
        parts.push(list_version);
    }
    // Nor does one without places.
    parts.extend(places.as_ref().map(|places| places.names.join("\n")));
    // Nor one that looks into articles.
    parts.extend((!articles).then(|| "feed text only".to_owned()));
    let version = version(&parts.iter().map(String::as_str).collect::<Vec<_>>());
    let watch = Watch {
        topic: topic
            .map(|topic| topic.value.trim().to_owned())
            .filter(|topic| !topic.is_empty())
            .unwrap_or_else(|| title.clone()),
        title,
        urgency,
        alert_above: scoring.alert_above,
        body_only,
        recipients: recipients
            .as_ref()
            .map(|named| named.iter().map(|name| name.value.clone()).collect()),
        places,
        corroborated,
        stories,
        articles,
        spec: WatchSpec {
            id: id.clone(),
            query,
            languages,
            feeds,
            score: scoring.score,
            threshold: scoring.threshold,
        },
        id,
        version,
        lists,
    };
    Some(WatchWithExamples {
        watch,
        examples,
        named: recipients.unwrap_or_default(),
        header,
        corroborated_at,
    })
}

/// Parses a query; its problems point into the file, under the very word.
fn read_query(
    problems: &mut Problems,
    references: &References<'_>,
    text: &Located<String>,
) -> Option<Query> {
    let (query, mistakes) = watch::parse_with(&text.value, &references.library.lists);
    let refused = mistakes
        .iter()
        .any(|mistake| mistake.severity == watch::Severity::Error);
    for mistake in mistakes {
        if !references.is_doubtful(&text.value, &mistake) {
            push_mistake(problems, &text.place, &text.value, mistake);
        }
    }
    query.filter(|_| !refused)
}

/// Tells a mistake of a query, a score's key or a word where it stands in the file.
pub(super) fn push_mistake(
    problems: &mut Problems,
    literal: &Place,
    query: &str,
    mistake: watch::Problem,
) {
    let help = mistake.help.map(|help| {
        if help.is_empty() {
            let text = problems.pasted_into_literal(literal, &query[mistake.span.clone()]);
            format!("leave `{text}` out")
        } else {
            problems.pasted_into_literal(literal, &help)
        }
    });
    let place = Place {
        source: literal.source,
        span: problems.span_in_literal(literal, mistake.span),
    };
    problems.push(Problem {
        severity: mistake.severity.into(),
        message: mistake.message,
        help,
        place: Some(place),
        related: None,
        path: None,
    });
}

fn read_languages(problems: &mut Problems, table: &mut TableReader<'_>) -> Vec<String> {
    let languages = table.strings(problems, "languages").unwrap_or_default();
    for language in &languages {
        check_language(problems, language);
    }
    languages
        .into_iter()
        .map(|language| language.value.to_ascii_lowercase())
        .collect()
}

/// Tags and ids to the ids of the feeds they name.
fn read_feeds(
    problems: &mut Problems,
    references: &References<'_>,
    table: &mut TableReader<'_>,
) -> Option<BTreeSet<String>> {
    let wanted = table.strings(problems, "feeds")?;
    let feeds = references.feeds?;
    if wanted.is_empty() {
        problems.push(
            Problem::error(
                table.header(),
                "`feeds` is empty, so the watch could never match",
            )
            .with_help("leave `feeds` out to watch all of them"),
        );
    }
    let ids = feeds
        .iter()
        .map(|feed| (feed.id.as_str(), feed.title.as_str()));
    let tags = feeds.iter().flat_map(|feed| &feed.tags);
    let known: Vec<(&str, &str)> = ids.chain(tags.map(|tag| (tag.as_str(), ""))).collect();
    let mut found = BTreeSet::new();
    for name in &wanted {
        let before = found.len();
        let tag = normal_tag(&name.value);
        let named = feeds
            .iter()
            .filter(|feed| feed.id == name.value || feed.tags.contains(&tag));
        let mut any = false;
        for feed in named {
            any = true;
            found.insert(feed.id.clone());
        }
        if !any && found.len() == before {
            unknown_reference(problems, "feed or tag", name, &known);
        }
    }
    Some(found)
}

/// How fast a hit is told of which little is said below the top of an item.
fn read_body_only(
    problems: &mut Problems,
    table: &mut TableReader<'_>,
    urgency: Urgency,
) -> Urgency {
    let Some(told) = table.string(problems, "body_only") else {
        return Urgency::Digest;
    };
    match told.value.as_str() {
        "digest" => {}
        "alert" if urgency == Urgency::Alert => return Urgency::Alert,
        "alert" => problems.push(
            Problem::error(
                told.place,
                "`body_only` asks for alerts, and the watch is none that alerts",
            )
            .with_help("add urgency = \"alert\", or leave `body_only` out"),
        ),
        other => problems.push(choice_problem(
            told.place.clone(),
            "body_only",
            other,
            &["digest", "alert"],
        )),
    }
    Urgency::Digest
}

/// With `alert_above` a watch alerts, and needs not say so.
fn read_urgency(
    problems: &mut Problems,
    table: &mut TableReader<'_>,
    has_alert_above: bool,
) -> Urgency {
    let Some(urgency) = table.string(problems, "urgency") else {
        return if has_alert_above {
            Urgency::Alert
        } else {
            Urgency::default()
        };
    };
    match urgency.value.as_str() {
        "digest" if has_alert_above => {
            problems.push(
                Problem::error(
                    urgency.place,
                    "`alert_above` asks for alerts, and this `urgency` for none",
                )
                .with_help("leave one of the two out"),
            );
            Urgency::default()
        }
        "digest" => Urgency::Digest,
        "alert" => Urgency::Alert,
        other => {
            problems.push(choice_problem(
                urgency.place.clone(),
                "urgency",
                other,
                &["digest", "alert"],
            ));
            Urgency::default()
        }
    }
}

/// Without the key, everybody may be told.
fn read_recipients(
    problems: &mut Problems,
    references: &References<'_>,
    table: &mut TableReader<'_>,
) -> Option<Vec<Located<String>>> {
    let wanted = table.strings(problems, "recipients")?;
    if wanted.is_empty() {
        problems.push(
            Problem::error(
                table.header(),
                "`recipients` is empty, so nobody would be told",
            )
            .with_help("leave `recipients` out to tell everybody who takes its topic"),
        );
    }
    let known: Option<Vec<(&str, &str)>> = references.recipients.map(|recipients| {
        recipients
            .iter()
            .map(|recipient| (recipient.id.as_str(), recipient.address.as_str()))
            .collect()
    });
    let mut found: Vec<Located<String>> = Vec::new();
    for name in wanted {
        match &known {
            Some(known) if !known.iter().any(|(id, _)| *id == name.value) => {
                unknown_reference(problems, "recipient", &name, known);
            }
            _ if !found.iter().any(|other| other.value == name.value) => found.push(name),
            _ => {}
        }
    }
    Some(found)
}

fn read_examples(problems: &mut Problems, table: &mut TableReader<'_>) -> Vec<Example> {
    let Some(mut reader) = table.table(problems, "examples", "[watch.examples]") else {
        return Vec::new();
    };
    let mut examples = Vec::new();
    for (key, expected) in [("yes", Expected::Match), ("no", Expected::NoMatch)] {
        for text in reader.strings(problems, key).unwrap_or_default() {
            examples.push(Example { text, expected });
        }
    }
    reader.finish(problems);
    examples
}

/// A short hash of everything that decides what a watch matches.
pub(super) fn version(parts: &[&str]) -> String {
    use std::fmt::Write as _;
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut text = String::new();
    for byte in hasher.finalize().iter().take(6) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
