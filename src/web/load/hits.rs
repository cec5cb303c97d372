//! A page of hits, by story, with its filters.

use std::collections::HashMap;

use askama::Template as _;

use super::show::hit_of;
use super::{Sources, count};
use crate::config::units::format_duration;
use crate::core::digest::clean_line;
use crate::core::judgment::Verdict;
use crate::matching;
use crate::store::StoreError;
use crate::store::hits::{self, HitRow, Names, PlacesOfHits, Start};
use crate::store::web::saved_searches;
use crate::web::address::{HitsAddress, JudgedAs, Since};
use crate::web::pages::hits::{Chosen, Filter, Hit, HitsPage, Kept, Story};
use crate::web::pages::{Choice, Section};
use crate::web::search::{self, Asked, Found, Mistakes};

/// Hits of a page.
pub const PER_PAGE: usize = 50;
/// Bytes of a page: a telephone on a bad line waits for each.
const BYTES_MAX: usize = 39_000;
/// Bytes of a search that the link of each hit repeats, so that judging goes on with it.
const ONWARD_MAX: usize = 200;
/// Characters of a name.
const NAME_CHARS: usize = 120;
/// Other outlets that a line names.
const ALSO_NAMED: usize = 2;

/// The page of what was found.
pub fn hits(
    sources: Sources<'_>,
    places: &PlacesOfHits,
    address: &HitsAddress,
    asked: &Asked,
    found: &Found,
) -> Result<HitsPage, StoreError> {
    let mut page = frame(sources, address)?;
    let rows: Vec<HitRow> = (found.page.hits.iter().zip(&found.spans))
        .map(|(row, spans)| marked(row, spans))
        .collect();
    page.stories = stories(sources, places, &rows, &onward(address));
    page.extent = extent(found, page.stories.len());
    if rows.is_empty() {
        page.nothing = nothing(sources, asked, address)?;
    }
    if let Asked::Query(asking) = asked {
        page.mistake.clone_from(&asking.warnings);
    }
    page.newer = (address.start != Start::Newest).then(|| address.first().on("/hits"));
    let last = found.stopped.or_else(|| {
        let last = found.page.hits.last().filter(|_| found.page.has_older);
        last.map(HitRow::key)
    });
    page.older = last.map(|key| {
        let next = HitsAddress {
            start: Start::Before(key),
            ..address.clone()
        };
        next.on("/hits")
    });
    fit(&mut page);
    Ok(page)
}

/// The page of a search that cannot be understood.
pub fn mistaken(
    sources: Sources<'_>,
    address: &HitsAddress,
    mistakes: &Mistakes,
) -> Result<HitsPage, StoreError> {
    let mut page = frame(sources, address)?;
    page.mistake = Some(match &mistakes.instead {
        Some(instead) => format!("{}\nperhaps: {instead}", mistakes.text.trim_end()),
        None => mistakes.text.clone(),
    });
    "Nothing was looked for.".clone_into(&mut page.nothing);
    Ok(page)
}

/// Shown with what was looked for, where something was.
fn marked(row: &HitRow, spans: &[crate::core::digest::SpanRecord]) -> HitRow {
    let mut row = row.clone();
    row.spans.extend(spans.iter().map(hits::StoredSpan::of));
    row
}

fn frame(sources: Sources<'_>, address: &HitsAddress) -> Result<HitsPage, StoreError> {
    let day = |since: Option<Since>| match since {
        Some(Since::Day(day)) => day.to_string(),
        Some(Since::Ago(time)) => format_duration(time),
        None => String::new(),
    };
    let first = address.first();
    let query = first.query();
    let searches = saved_searches(sources.connection)?;
    let heading = searches
        .iter()
        .find(|kept| kept.query == query)
        .map_or_else(
            || "Hits".to_owned(),
            |kept| clean_line(&kept.name, NAME_CHARS),
        );
    let searches = searches.into_iter().map(|kept| Kept {
        name: kept.name,
        query: kept.query,
    });
    Ok(HitsPage {
        frame: sources.frame(Section::Hits),
        heading,
        search: address.search.clone().unwrap_or_default(),
        mail: address
            .mail
            .map(|mail| mail.to_string())
            .unwrap_or_default(),
        choices: choices(sources, address)?,
        from: day(address.from),
        to: address.to.map(|day| day.to_string()).unwrap_or_default(),
        chosen: chosen(sources, address),
        searches: searches.collect(),
        exports: vec![
            (first.on("/hits.csv"), "CSV"),
            (first.on("/hits.jsonl"), "JSON lines"),
            (first.on("/hits.atom"), "Atom"),
        ],
        query,
        ..HitsPage::default()
    })
}

/// What can be chosen: what is configured, and what was ever found.
fn choices(sources: Sources<'_>, address: &HitsAddress) -> Result<Vec<Filter>, StoreError> {
    let Sources {
        connection, config, ..
    } = sources;
    let filter = |key, label, any, chosen: &Option<String>, mut options: Vec<(String, String)>| {
        options.sort_by(|(_, name), (_, other)| name.cmp(other));
        options.dedup_by(|(value, _), (other, _)| value == other);
        if let Some(value) = chosen
            .as_ref()
            .filter(|chosen| options.iter().all(|(value, _)| value != *chosen))
        {
            options.push((value.clone(), value.clone()));
        }
        let options = options.into_iter().map(|(value, name)| Choice {
            selected: chosen.as_deref() == Some(value.as_str()),
            name: clean_line(&name, NAME_CHARS),
            value,
        });
        Filter {
            key,
            label,
            any,
            options: options.collect(),
        }
    };
    let same = |name: String| (name.clone(), name);
    let mut watches: Vec<_> = config
        .watches
        .iter()
        .map(|watch| (watch.id.clone(), watch.title.clone()))
        .collect();
    for id in hits::names(connection, Names::Watches)? {
        if config.watch(&id).is_none() {
            watches.push(same(id));
        }
    }
    let topics = hits::names(connection, Names::Topics)?;
    let places = config.places.names().into_iter();
    let feeds = config
        .feeds
        .iter()
        .map(|feed| (feed.id.clone(), feed.title.clone()));
    let languages = hits::languages(connection)?;
    let judged = address.judgment.map(|judged| judged.name().to_owned());
    let verdicts = JudgedAs::ALL
        .into_iter()
        .map(|judged| (judged.name().to_owned(), judged_in_words(judged).to_owned()));
    Ok(vec![
        filter("watch", "Watch", "Any watch", &address.watch, watches),
        filter(
            "topic",
            "Topic",
            "Any topic",
            &address.topic,
            topics.into_iter().map(same).collect(),
        ),
        filter(
            "place",
            "Place",
            "Any place",
            &address.place,
            places
                .map(|(id, title)| (id.to_owned(), title.to_owned()))
                .collect(),
        ),
        filter("feed", "Feed", "Any feed", &address.feed, feeds.collect()),
        filter(
            "language",
            "Language",
            "Any language",
            &address.language,
            languages.into_iter().map(same).collect(),
        ),
        filter(
            "judgment",
            "Judgment",
            "Judged or not",
            &judged,
            verdicts.collect(),
        ),
    ])
}

fn judged_in_words(judged: JudgedAs) -> &'static str {
    match judged {
        JudgedAs::NotYet => "Not judged yet",
        JudgedAs::As(Verdict::Relevant) => "Relevant",
        JudgedAs::As(Verdict::Irrelevant) => "Irrelevant",
        JudgedAs::As(Verdict::Undecided) => "Undecided",
        JudgedAs::Any => "Judged",
    }
}

fn chosen(sources: Sources<'_>, address: &HitsAddress) -> Vec<Chosen> {
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

/// What stands behind the address of each hit: where judging goes on.
fn onward(address: &HitsAddress) -> String {
    match address.first().query() {
        query if query.is_empty() => "?judgment=none".to_owned(),
        query if query.len() <= ONWARD_MAX => format!("?{query}"),
        _ => String::new(),
    }
}

/// The hits of one item are one, and the items of one story stand under the newest of them.
fn stories(
    sources: Sources<'_>,
    places: &PlacesOfHits,
    rows: &[HitRow],
    onward: &str,
) -> Vec<Story> {
    let mut items: Vec<Vec<HitRow>> = Vec::new();
    let mut known: HashMap<i64, usize> = HashMap::new();
    for row in rows {
        let at = *known.entry(row.entry_id).or_insert_with(|| {
            items.push(Vec::new());
            items.len() - 1
        });
        items[at].push(row.clone());
    }
    let mut stories: Vec<Story> = Vec::new();
    let mut known: HashMap<i64, usize> = HashMap::new();
    for item in &items {
        let about = item.first().map_or_else(Vec::new, |first| places.of(first));
        let verdict = item
            .iter()
            .find_map(|row| row.judgment.as_ref())
            .map(|judgment| judgment.verdict.name());
        let Some(mut hit) = hit_of(sources, item, sources.config.place_titles(&about), verdict)
        else {
            continue;
        };
        hit.address.push_str(onward);
        let story = item.first().and_then(|row| row.story);
        if let Some(at) = story.and_then(|story| known.get(&story)) {
            stories[*at].others.push(hit);
            continue;
        }
        if let Some(story) = story {
            known.insert(story, stories.len());
        }
        stories.push(Story {
            lead: hit,
            also_in: String::new(),
            others: Vec::new(),
        });
    }
    for story in &mut stories {
        story.also_in = also_in(&story.others);
    }
    stories
}

fn also_in(others: &[Hit]) -> String {
    let mut outlets: Vec<&str> = Vec::new();
    for hit in others {
        if !outlets.contains(&hit.outlet.as_str()) {
            outlets.push(&hit.outlet);
        }
    }
    let named = outlets[..outlets.len().min(ALSO_NAMED)].join(", ");
    match outlets.len().saturating_sub(ALSO_NAMED) {
        0 => format!("Also in: {named}"),
        more => format!("Also in: {named} and {more} more"),
    }
}

fn extent(found: &Found, stories: usize) -> String {
    let hits = found.page.hits.len() as u64;
    if hits == 0 && found.stopped.is_none() {
        return String::new();
    }
    let stories = match stories {
        1 => "1 story".to_owned(),
        several => format!("{several} stories"),
    };
    let mut said = format!("{} in {stories}, the newest first.", count(hits, "hit"));
    if found.stopped.is_some() {
        said.push_str(
            " There was not enough time to look at all: go on with “Older”, or ask for less.",
        );
    } else if !found.page.has_older && !found.page.has_newer {
        said.push_str(" That is all.");
    }
    said
}

/// What is said where nothing was found: a name that nobody knows, else what to look for instead.
fn nothing(
    sources: Sources<'_>,
    asked: &Asked,
    address: &HitsAddress,
) -> Result<String, StoreError> {
    if let Some(unknown) = search::unknown(sources.connection, sources.config, address)? {
        return Ok(format!("Nothing was found: {unknown}."));
    }
    if matches!(asked, Asked::Words(_)) {
        let times = address.times(sources.now, sources.zone);
        let filter = search::filter(address, asked, times);
        let longer = matching::longer(sources.connection, &filter)?;
        if let Some(longer) = longer.filter(|longer| longer.finds) {
            return Ok(format!(
                "Nothing was found. Whole words are looked for, and * behind a word finds longer ones: {} finds \
                 something.",
                longer.search
            ));
        }
    }
    let has_filters = !address.without("q").query().is_empty();
    Ok(match (asked, has_filters) {
        (Asked::Everything, false) => "Nothing was found yet.",
        (Asked::Everything, true) => "Nothing passes these filters.",
        (_, true) => "Nothing was found with these words and filters. Leave out a filter, or the end of a word: protest* finds protesters as well.",
        (_, false) => "Nothing was found with these words. Leave out one, or the end of one: protest* finds protesters as well.",
    }
    .to_owned())
}

/// Leaves out what has the least to say until the page is small enough: sentences, from the last hit on.
fn fit(page: &mut HitsPage) {
    let Ok(text) = page.render() else {
        return;
    };
    let mut bytes = text.len();
    for story in page.stories.iter_mut().rev() {
        if bytes <= BYTES_MAX {
            return;
        }
        let saved: usize = story
            .lead
            .excerpt
            .iter()
            .map(|piece| piece.text.len())
            .sum();
        story.lead.excerpt.clear();
        bytes = bytes.saturating_sub(saved);
    }
}
