//! `watches/*.toml`: what is looked for.

use std::collections::BTreeSet;

use super::feeds::check_language;
use super::mail::choice_problem;
use super::names::{Names, check_id, normal_tag, unknown_reference};
use super::places::{self, WantedPlaces};
use super::problem::{Problems, SourceSpan};
use super::references::References;
use super::scoring::Scoring;
use super::string_spans::push_mistake;
use super::table::{Located, TableReader};
use super::watch::Watch;
use super::watch_version::version;
use super::words::DefinedWordLists;
use crate::core::alert::Urgency;
use crate::core::watch::{self, Query, WatchSpec};

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
    pub(super) header: SourceSpan,
    /// Where it says `corroborated`.
    pub(super) corroborated_at: Option<SourceSpan>,
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

/// What a watch looks for, and in what.
struct Criteria {
    text: Option<Located<String>>,
    query: Option<Query>,
    languages: Vec<String>,
    feeds: Option<BTreeSet<String>>,
    places: Option<WantedPlaces>,
    scoring: Scoring,
}

impl Criteria {
    fn read(
        problems: &mut Problems,
        references: &References<'_>,
        table: &mut TableReader<'_>,
    ) -> Self {
        let text = table.required_string(problems, "match");
        let query = text
            .as_ref()
            .and_then(|text| read_query(problems, references, text));
        let languages = read_languages(problems, table);
        let feeds = read_feeds(problems, references, table);
        let places = places::read_wanted(problems, references.places, table);
        let scoring = Scoring::read(problems, references, table);
        if let (Some(text), Some(query)) = (&text, &query)
            && let Some(mistake) = watch::cost_problem(query, &scoring.score, &languages)
        {
            push_mistake(problems, &text.place, &text.value, mistake);
        }
        Self {
            text,
            query,
            languages,
            feeds,
            places,
            scoring,
        }
    }

    /// The word lists that it uses.
    fn lists(&self, library: &DefinedWordLists) -> BTreeSet<String> {
        let named = self.query.as_ref().map_or_else(Vec::new, watch::lists_of);
        library.within(named.into_iter().chain(self.scoring.lists()))
    }

    /// What changes whenever it may find something else.
    fn version(&self, library: &DefinedWordLists, articles: bool) -> String {
        let text = self.text.as_ref().map(|text| text.value.clone());
        let mut parts = vec![
            text.unwrap_or_default(),
            self.scoring.weights.join("\n"),
            self.scoring
                .threshold
                .map_or_else(String::new, |threshold| threshold.to_string()),
            self.languages.join("\n"),
            self.feeds.as_ref().map_or_else(String::new, |feeds| {
                feeds.iter().cloned().collect::<Vec<_>>().join("\n")
            }),
        ];
        // A watch without lists keeps the version that it had when there were none.
        let lists = self.lists(library);
        if !lists.is_empty() {
            parts.push(library.version(&lists));
        }
        // Nor does one without places.
        parts.extend(self.places.as_ref().map(|places| places.names.join("\n")));
        // Nor one that looks into articles.
        parts.extend((!articles).then(|| "feed text only".to_owned()));
        version(&parts.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// How a watch tells what it finds.
struct DeliverySettings {
    urgency: Urgency,
    body_only: Urgency,
    recipients: Option<Vec<Located<String>>>,
    articles: bool,
    stories: bool,
    corroborated: Option<usize>,
    corroborated_at: Option<SourceSpan>,
}

impl DeliverySettings {
    fn read(
        problems: &mut Problems,
        references: &References<'_>,
        table: &mut TableReader<'_>,
        has_alert_above: bool,
    ) -> Self {
        let corroborated = table.integer(problems, "corroborated", 2..=20);
        let corroborated = corroborated.and_then(|number| usize::try_from(number).ok());
        let urgency = read_urgency(problems, table, has_alert_above);
        // With `urgency = "digest"` it says what holds until then.
        let urgency = corroborated.map_or(urgency, |_| Urgency::Alert);
        let body_only = read_body_only(problems, table, urgency);
        let recipients = read_recipients(problems, references, table);
        let articles = table.boolean(problems, "articles").unwrap_or(true);
        let stories = table.boolean(problems, "stories").unwrap_or(true);
        let corroborated_at = table.place_of_key("corroborated");
        if let Some(place) = corroborated_at.clone().filter(|_| !stories) {
            problems.error(
                place,
                "`corroborated` counts who reports a story, and `stories = false` tells each item by itself",
                "leave one of the two out",
            );
        }
        Self {
            urgency,
            body_only,
            recipients,
            articles,
            stories,
            corroborated,
            corroborated_at,
        }
    }
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
    let criteria = Criteria::read(problems, references, &mut table);
    let alert_above = criteria.scoring.alert_above;
    let telling = DeliverySettings::read(problems, references, &mut table, alert_above.is_some());
    let examples = read_examples(problems, &mut table);
    let header = table.header();
    table.finish(problems);

    let (id, title) = (id?.value, title?.value);
    let watch = Watch {
        topic: topic
            .map(|topic| topic.value.trim().to_owned())
            .filter(|topic| !topic.is_empty())
            .unwrap_or_else(|| title.clone()),
        title,
        urgency: telling.urgency,
        alert_above,
        body_only: telling.body_only,
        recipients: telling
            .recipients
            .as_ref()
            .map(|named| named.iter().map(|name| name.value.clone()).collect()),
        corroborated: telling.corroborated,
        stories: telling.stories,
        articles: telling.articles,
        version: criteria.version(references.library, telling.articles),
        lists: criteria.lists(references.library),
        places: criteria.places,
        spec: WatchSpec {
            query: criteria.query?,
            languages: criteria.languages,
            feeds: criteria.feeds,
            score: criteria.scoring.score,
            threshold: criteria.scoring.threshold,
        },
        id,
    };
    Some(WatchWithExamples {
        watch,
        examples,
        named: telling.recipients.unwrap_or_default(),
        header,
        corroborated_at: telling.corroborated_at,
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
        problems.error(
            table.header(),
            "`feeds` is empty, so the watch could never match",
            "leave `feeds` out to watch all of them",
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
        "alert" => problems.error(
            told.place,
            "`body_only` asks for alerts, and the watch is none that alerts",
            "add urgency = \"alert\", or leave `body_only` out",
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
            problems.error(
                urgency.place,
                "`alert_above` asks for alerts, and this `urgency` for none",
                "leave one of the two out",
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
        problems.error(
            table.header(),
            "`recipients` is empty, so nobody would be told",
            "leave `recipients` out to tell everybody who takes its topic",
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
