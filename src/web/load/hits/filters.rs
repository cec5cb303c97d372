//! What a page of hits is filtered by.

use std::collections::BTreeSet;

use super::super::PageContext;
use crate::core::digest::clean_line;
use crate::core::judgment::Verdict;
use crate::core::language::canonical_language;
use crate::store::StoreError;
use crate::web::address::{HitsAddress, JudgmentFilter, Since};
use crate::web::pages::Choice;
use crate::web::pages::hits::{Chosen, Filter};

/// Characters of a name.
pub(super) const NAME_CHARS: usize = 120;

/// The key of a filter, what it is called, and what stands there until something is chosen.
type Names = (&'static str, &'static str, &'static str);

const WATCH: Names = ("watch", "Watch", "Any watch");
const TOPIC: Names = ("topic", "Topic", "Any topic");
const PLACE: Names = ("place", "Place", "Any place");
const FEED: Names = ("feed", "Feed", "Any feed");
const LANGUAGE: Names = ("language", "Language", "Any language");
const JUDGMENT: Names = ("judgment", "Judgment", "Judged or not");

/// What can be chosen: what is configured, and what was ever found.
pub(super) fn choices(
    sources: PageContext<'_>,
    address: &HitsAddress,
) -> Result<Vec<Filter>, StoreError> {
    let PageContext {
        connection, config, ..
    } = sources;
    let same = |name: &String| (name.clone(), name.clone());
    let mut watches: Vec<_> = config
        .watches
        .iter()
        .map(|watch| (watch.id.clone(), watch.title.clone()))
        .collect();
    let named = sources.names.get(connection)?;
    let gone = named.watches.iter();
    watches.extend(gone.filter(|id| config.watch(id).is_none()).map(same));
    let topics = named.topics.iter().map(same);
    let places = config.places.names().into_iter();
    let places = places.map(|(id, title)| (id.to_owned(), title.to_owned()));
    let feeds = config
        .feeds
        .iter()
        .map(|feed| (feed.id.clone(), feed.title.clone()));
    let languages: BTreeSet<String> = named
        .languages
        .iter()
        .map(|tag| canonical_language(tag))
        .collect();
    let languages = languages.iter().map(same);
    let judged = address.judgment.map(JudgmentFilter::name);
    let verdicts = JudgmentFilter::ALL
        .into_iter()
        .map(|judged| (judged.name().to_owned(), judged_in_words(judged).to_owned()));
    Ok(vec![
        filter(WATCH, address.watch.as_deref(), watches),
        filter(TOPIC, address.topic.as_deref(), topics.collect()),
        filter(PLACE, address.place.as_deref(), places.collect()),
        filter(FEED, address.feed.as_deref(), feeds.collect()),
        filter(LANGUAGE, address.language.as_deref(), languages.collect()),
        filter(JUDGMENT, judged, verdicts.collect()),
    ])
}

/// A filter with its options, sorted by their names, and with what is chosen among them.
fn filter(
    (key, label, any): Names,
    chosen: Option<&str>,
    mut options: Vec<(String, String)>,
) -> Filter {
    options.sort_by(|(_, name), (_, other)| name.cmp(other));
    options.dedup_by(|(value, _), (other, _)| value == other);
    if let Some(value) = chosen.filter(|chosen| options.iter().all(|(value, _)| value != chosen)) {
        options.push((value.to_owned(), value.to_owned()));
    }
    let options = options.into_iter().map(|(value, name)| Choice {
        selected: chosen == Some(value.as_str()),
        name: clean_line(&name, NAME_CHARS),
        value,
    });
    Filter {
        key,
        label,
        any,
        options: options.collect(),
        is_written: false,
    }
}

fn judged_in_words(judged: JudgmentFilter) -> &'static str {
    match judged {
        JudgmentFilter::Unjudged => "Not judged yet",
        JudgmentFilter::Judged(Verdict::Relevant) => "Relevant",
        JudgmentFilter::Judged(Verdict::Irrelevant) => "Irrelevant",
        JudgmentFilter::Judged(Verdict::Undecided) => "Undecided",
        JudgmentFilter::Any => "Judged",
    }
}

pub(super) fn chosen(sources: PageContext<'_>, address: &HitsAddress) -> Vec<Chosen> {
    let config = sources.config;
    let place = |id: &String| {
        let mut names = config.places.names().into_iter();
        names
            .find(|(known, _)| known == id)
            .map_or_else(|| id.clone(), |(_, title)| title.to_owned())
    };
    let titled = |id: &String| {
        config
            .watch(id)
            .map_or_else(|| id.clone(), |watch| watch.title.clone())
    };
    let since = |since: Since| match since {
        Since::Day(day) => day.to_string(),
        Since::Ago(time) => format!("{} ago", crate::core::schedule::duration_in_words(time)),
    };
    let values = [
        ("watch", "Watch", address.watch.as_ref().map(titled)),
        ("topic", "Topic", address.topic.clone()),
        ("place", "Place", address.place.as_ref().map(place)),
        ("feed", "Feed", address.feed.clone()),
        ("language", "Language", address.language.clone()),
        ("from", "From", address.from.map(since)),
        ("to", "Through", address.to.map(|day| day.to_string())),
        ("mail", "Mail", address.mail.map(|mail| mail.to_string())),
        (
            "judgment",
            "Judgment",
            address
                .judgment
                .map(|judged| judged_in_words(judged).to_owned()),
        ),
    ];
    let chosen = values.into_iter().filter_map(|(key, name, value)| {
        Some(Chosen {
            name,
            value: clean_line(&value?, NAME_CHARS),
            without: address.without(key).on("/hits"),
        })
    });
    chosen.collect()
}
