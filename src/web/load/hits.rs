//! A page of hits, by story, with its filters.

mod filters;

use std::collections::HashMap;

use askama::Template as _;

use self::filters::{NAME_CHARS, choices, chosen};
use super::hit_rows::hit_of;
use super::{BYTES_MAX, PageContext, count};
use crate::config::units::format_duration;
use crate::core::digest::clean_line;
use crate::matching;
use crate::store::StoreError;
use crate::store::hits::{self, HitRow, PlacesOfHits, Start};
use crate::store::web::saved_searches;
use crate::web::address::{HitsAddress, JudgmentFilter, Since};
use crate::web::pages::forget::ForgetPage;
use crate::web::pages::hits::{Chosen, HitsPage, ShownSearch, Story};
use crate::web::pages::{Section, Time};
use crate::web::search::{self, Criteria, Found, Mistakes, SearchTerms};

/// Hits of a page.
pub const PER_PAGE: usize = 50;
/// Bytes of a search that the link of each hit repeats, so that judging goes on with it.
const ONWARD_MAX: usize = 300;
/// What a search is called that nobody has kept.
const NO_NAME: &str = "Hits";
/// Other outlets that a line names.
const ALSO_NAMED: usize = 2;

/// The page of what was found.
pub fn hits(
    sources: PageContext<'_>,
    places: &PlacesOfHits,
    address: &HitsAddress,
    asked: &SearchTerms,
    mut found: Found,
) -> Result<HitsPage, StoreError> {
    let mut page = frame(sources, address)?;
    // Each may be a quarter of a megabyte, and is not copied.
    let rows = std::mem::take(&mut found.page.hits);
    let hits = rows.len();
    if rows.is_empty() && found.stopped.is_none() {
        page.nothing = nothing(sources, places, asked, address)?;
    }
    let rows = rows.into_iter().zip(&found.spans);
    let rows = rows.map(|(row, spans)| marked(row, spans)).collect();
    let onward = onward(address);
    page.stories = stories(sources, places, rows, &onward);
    page.extent = extent(&found, hits, page.stories.len());
    if onward.is_empty() && hits > 1 {
        page.extent
            .push_str(" The search is too long for the next hit to come once one is judged.");
    }
    if let SearchTerms::Query(asking) = asked {
        page.warnings.clone_from(&asking.warnings);
    }
    let from = |start| {
        HitsAddress {
            start,
            ..address.clone()
        }
        .on("/hits")
    };
    page.newest = (address.start != Start::Newest).then(|| from(Start::Newest));
    page.newer = found.newer.map(|key| from(Start::Behind(key)));
    page.older = found.older.map(|key| from(Start::Before(key)));
    fit(&mut page);
    Ok(page)
}

/// The page of a search that cannot be understood.
pub fn invalid_search_page(
    sources: PageContext<'_>,
    address: &HitsAddress,
    mistakes: &Mistakes,
) -> Result<HitsPage, StoreError> {
    let mut page = frame(sources, address)?;
    page.mistake = Some(mistakes.in_words());
    "Nothing was looked for.".clone_into(&mut page.nothing);
    fit(&mut page);
    Ok(page)
}

/// The question whether a kept search is to be forgotten; `None` where none has this name.
pub fn forget(
    sources: PageContext<'_>,
    name: &str,
    query: String,
    back: String,
) -> Result<Option<ForgetPage>, StoreError> {
    let searches = saved_searches(sources.connection)?.into_iter();
    let mut named = searches.filter(|kept| kept.name == name);
    Ok(named.next().map(|kept| ForgetPage {
        frame: sources.frame(Section::Hits),
        name: kept.name,
        by: kept.by,
        time: sources.time(kept.at),
        query,
        back,
    }))
}

/// Shown with what was looked for, where something was.
fn marked(mut row: HitRow, spans: &[crate::core::digest::SpanRecord]) -> HitRow {
    row.spans.extend(spans.iter().map(hits::StoredSpan::of));
    row
}

fn frame(sources: PageContext<'_>, address: &HitsAddress) -> Result<HitsPage, StoreError> {
    let day = |since: Option<Since>| match since {
        Some(Since::Day(day)) => day.to_string(),
        Some(Since::Ago(time)) => format_duration(time),
        None => String::new(),
    };
    let first = address.first();
    let query = first.query();
    let chosen = chosen(sources, address);
    let searches = saved_searches(sources.connection)?;
    let heading = searches
        .iter()
        .find(|kept| kept.query == query)
        .map_or_else(
            || NO_NAME.to_owned(),
            |kept| clean_line(&kept.name, NAME_CHARS),
        );
    // It stands there once for each kept search.
    let here = Some(address.query()).filter(|query| query.len() <= ONWARD_MAX);
    let here = here.unwrap_or_default();
    let searches = searches.into_iter().map(|kept| ShownSearch {
        forget: super::address(
            "/searches/forget",
            &[("name", &kept.name), ("query", &here)],
        ),
        name: kept.name,
        query: kept.query,
    });
    Ok(HitsPage {
        frame: sources.frame(Section::Hits),
        title: title(sources, address, &heading, &chosen),
        heading,
        search: address.search.clone().unwrap_or_default(),
        mail: address
            .mail
            .map(|mail| mail.to_string())
            .unwrap_or_default(),
        choices: choices(sources, address)?,
        from: day(address.from),
        to: address.to.map(|day| day.to_string()).unwrap_or_default(),
        chosen,
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

/// What stands behind the address of each hit: where judging goes on.
fn onward(address: &HitsAddress) -> String {
    match address.onward() {
        query if query.len() <= ONWARD_MAX => format!("?{query}"),
        _ => String::new(),
    }
}

/// The hits of one item are one, and the items of one story stand under the newest of them.
fn stories(
    sources: PageContext<'_>,
    places: &PlacesOfHits,
    rows: Vec<HitRow>,
    onward: &str,
) -> Vec<Story> {
    let mut items: Vec<Vec<HitRow>> = Vec::new();
    let mut known: HashMap<i64, usize> = HashMap::new();
    for row in rows {
        let at = *known.entry(row.entry_id).or_insert_with(|| {
            items.push(Vec::new());
            items.len() - 1
        });
        items[at].push(row);
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
        story.also_in = also_in(story);
    }
    stories
}

/// Who else reports it, on this page.
fn also_in(story: &Story) -> String {
    let mut outlets: Vec<&str> = Vec::new();
    for hit in &story.others {
        if hit.outlet != story.lead.outlet && !outlets.contains(&hit.outlet.as_str()) {
            outlets.push(&hit.outlet);
        }
    }
    let named = outlets[..outlets.len().min(ALSO_NAMED)].join(", ");
    match outlets.len().saturating_sub(ALSO_NAMED) {
        0 if outlets.is_empty() => {
            format!(
                "{} of the same outlet",
                count(story.others.len() as u64, "more report")
            )
        }
        0 => format!("Also in: {named}"),
        more => format!("Also in: {named} and {more} more"),
    }
}

/// What a browser calls the page, in its tabs and its history: each search and each page has a name of its own.
fn title(
    sources: PageContext<'_>,
    address: &HitsAddress,
    heading: &str,
    chosen: &[Chosen],
) -> String {
    let mut parts = Vec::new();
    if heading == NO_NAME {
        let search = address.search.as_ref();
        parts.extend(search.map(|search| format!("“{}”", clean_line(search, NAME_CHARS))));
        parts.extend(chosen.iter().map(|chosen| chosen.value.clone()));
    }
    let side = match address.start {
        Start::Newest => None,
        Start::Before(key) => Some(("older", key)),
        Start::Behind(key) => Some(("newer", key)),
    };
    parts.extend(
        side.map(|(side, key)| format!("{side} than {}", Time::new(key.found, sources.zone).text)),
    );
    let begin = if heading == NO_NAME { parts.len() } else { 0 };
    parts.insert(begin, heading.to_owned());
    parts.join(" · ")
}

/// How much is shown; nothing where that can be seen.
fn extent(found: &Found, hits: usize, stories: usize) -> String {
    let hits = hits as u64;
    let is_whole = !found.page.has_older && !found.page.has_newer && found.stopped.is_none();
    let mut said = match (hits, is_whole) {
        (0, _) => String::new(),
        (1, true) => "1 hit.".to_owned(),
        (_, true) => format!("{}, the newest first", count(hits, "hit")),
        (_, false) => format!("{} on this page, the newest first", count(hits, "hit")),
    };
    if hits > 1 {
        let folded = usize::try_from(hits).is_ok_and(|hits| stories < hits);
        let within = match (folded, stories) {
            (false, _) => String::new(),
            (true, 1) => ", all in one story".to_owned(),
            (true, several) => format!(", in {several} stories"),
        };
        said.push_str(&within);
        said.push('.');
        if folded && !is_whole {
            said.push_str(" Other pages may have more of them.");
        }
    }
    if found.stopped.is_some() {
        said.push_str(
            " There was not enough time to look at all: go on from here, or ask for less.",
        );
    }
    said.trim_start().to_owned()
}

/// What is said where nothing was found: a name that nobody knows, else what to look for instead.
fn nothing(
    sources: PageContext<'_>,
    places: &PlacesOfHits,
    asked: &SearchTerms,
    address: &HitsAddress,
) -> Result<String, StoreError> {
    if address.start != Start::Newest {
        return Ok("Nothing is there any more.".to_owned());
    }
    if let Some(unknown) = search::unknown(sources.connection, sources.config, address)? {
        return Ok(format!("Nothing was found: {unknown}."));
    }
    let times = address.times(sources.now, sources.zone);
    if address.judgment == Some(JudgmentFilter::Unjudged) {
        let PageContext {
            connection, config, ..
        } = sources;
        let all = address.without("judgment");
        let criteria = Criteria {
            address: &all,
            asked,
            times,
        };
        let judged = search::find(connection, config, places, criteria, 1)?;
        if !judged.page.hits.is_empty() {
            return Ok("All of these are judged.".to_owned());
        }
    }
    if matches!(asked, SearchTerms::Words(_)) {
        let filter = search::filter(Criteria {
            address,
            asked,
            times,
        });
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
        (SearchTerms::Everything, false) => "Nothing was found yet.",
        (SearchTerms::Everything, true) => "Nothing passes these filters.",
        (_, true) => "Nothing was found with these words and filters. Leave out a filter, or the end of a word: protest* finds protesters as well.",
        (_, false) => "Nothing was found with these words. Leave out one, or the end of one: protest* finds protesters as well.",
    }
    .to_owned())
}

/// Leaves out what has the least to say until the page is small enough: sentences, from the last hit on, then the
/// longest lists to choose from.
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
    while page.render().is_ok_and(|text| text.len() > BYTES_MAX) {
        let lists = page.choices.iter_mut().filter(|list| !list.is_written);
        let Some(longest) = lists.max_by_key(|list| list.options.len()) else {
            return;
        };
        longest.options.retain(|option| option.selected);
        longest.is_written = true;
    }
}
