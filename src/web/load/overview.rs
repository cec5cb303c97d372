//! The week against the weeks before.

use jiff::civil::Date;

use super::{PageContext, count, fit};
use crate::core::digest::{Week, clean_line};
use crate::core::week::{Anomaly, AnomalySubject, Row};
use crate::store::StoreError;
use crate::store::hits::{self, AllHits, HitPredicate, PlacesOfHits};
use crate::web::address::{HitsAddress, Since};
use crate::web::pages::Section;
use crate::web::pages::overview::{self as page, List, OverviewPage, Table, UnusualLine};
use crate::web::search::{self, Criteria, SearchTerms};

/// Characters of a name or headline.
const LINE_CHARS: usize = 200;
/// Rows of a table.
const ROWS_MAX: usize = 25;
/// Units of the longest bar.
const WIDTH: f64 = 120.0;

/// The first page: `week` is that of all watches, `needs` what needs a person, in sentences.
pub fn overview(
    sources: PageContext<'_>,
    places: &PlacesOfHits,
    week: &Week,
    needs: &[String],
) -> Result<OverviewPage, StoreError> {
    let mut unusual = Vec::new();
    for line in &week.unusual {
        unusual.push(unusual_line(sources, week, line)?);
    }
    let (topics, places_told) = (cut(&week.topics), cut(&week.places));
    let today = sources.zone.to_datetime(sources.now).date();
    // The week ends where the first recipient is, and today is where the reader is: no day is left out between them.
    let since = (week.last.tomorrow()).map_or(today, |next| next.min(today));
    let asked = [found_on(since, today), found_on(week.first, week.last)]
        .into_iter()
        .chain(week.unusual.iter().map(|line| of_unusual(week, line)))
        .chain(topics.iter().map(|row| of_topic(week, row)))
        .chain(places_told.iter().map(|row| of_place(sources, week, row)));
    let mut lists = lists(sources, places, &asked.collect::<Vec<_>>())?.into_iter();
    let mut next = || lists.next().unwrap_or_default();
    let (today, all) = (next(), next());
    for line in &mut unusual {
        line.hits = next();
    }
    let tables = [
        table("Topics", "Topic", &week.topics, topics, &mut next),
        table("Places", "Place", &week.places, places_told, &mut next),
    ];
    let mut page = OverviewPage {
        frame: sources.frame(Section::Overview),
        heading: format!(
            "{}, {} to {}",
            stories(week.stories),
            week.first.strftime("%a %-d %b"),
            week.last.strftime("%a %-d %b %Y")
        ),
        completeness: completeness(week, needs),
        is_complete: needs.is_empty() && !week.watched.is_doubtful(),
        today,
        all,
        unusual,
        tables: tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect(),
    };
    fit(&mut page, |page| {
        let longest = page.tables.iter_mut().max_by_key(|table| table.rows.len());
        longest.is_some_and(|table| {
            let is_shorter = table.rows.pop().is_some();
            table.more += usize::from(is_shorter);
            is_shorter
        })
    });
    Ok(page)
}

fn stories(number: u64) -> String {
    match number {
        1 => "1 story".to_owned(),
        several => format!("{several} stories"),
    }
}

fn cut(rows: &[Row]) -> &[Row] {
    &rows[..rows.len().min(ROWS_MAX)]
}

fn found_on(first: Date, last: Date) -> HitsAddress {
    HitsAddress {
        from: Some(Since::Day(first)),
        to: Some(last),
        ..HitsAddress::default()
    }
}

fn of_unusual(week: &Week, unusual: &Anomaly) -> HitsAddress {
    let (watch, place) = match &unusual.what {
        AnomalySubject::Watch { id, .. } => (Some(id.clone()), None),
        AnomalySubject::Place(place) => (None, Some(place.id.clone())),
    };
    HitsAddress {
        watch,
        place,
        ..found_on(week.first, week.last)
    }
}

fn of_topic(week: &Week, row: &Row) -> HitsAddress {
    HitsAddress {
        // Of watches without a topic there is no list, and an empty name asks for none.
        topic: Some(row.name.clone().unwrap_or_default()),
        ..found_on(week.first, week.last)
    }
}

fn of_place(sources: PageContext<'_>, week: &Week, row: &Row) -> HitsAddress {
    let name = row.name.as_deref().unwrap_or_default();
    let mut places = sources.config.places.names().into_iter();
    let id = places.find(|(_, title)| *title == name);
    HitsAddress {
        place: Some(id.map_or(name, |(id, _)| id).to_owned()),
        ..found_on(week.first, week.last)
    }
}

/// Where the hits of each address are listed, and how many those are.
fn lists(
    sources: PageContext<'_>,
    places: &PlacesOfHits,
    asked: &[HitsAddress],
) -> Result<Vec<List>, StoreError> {
    // All places of the same days and watches are counted in one go.
    let mut at_once: Vec<(HitsAddress, Vec<&str>)> = Vec::new();
    for address in asked {
        let rest = address.without("place");
        let place = address.place.as_deref().unwrap_or_default();
        match at_once.iter_mut().find(|(known, _)| *known == rest) {
            Some((_, known)) => known.push(place),
            None => at_once.push((rest, vec![place])),
        }
    }
    let mut counted = Vec::new();
    for (rest, wanted) in &at_once {
        let of = wanted.iter().map(|place| match *place {
            "" => Box::new(AllHits) as Box<dyn HitPredicate + '_>,
            id => Box::new(places.only(sources.config.places.resolve(id).unwrap_or_default())),
        });
        let times = rest.times(sources.now, sources.zone);
        let filter = search::filter(Criteria {
            address: rest,
            asked: &SearchTerms::Everything,
            times,
        });
        let counts = search::count(sources.connection, &filter, of.collect())?;
        counted.extend(
            wanted
                .iter()
                .zip(counts)
                .map(|(place, count)| (rest, *place, count)),
        );
    }
    let list = |address: &HitsAddress| {
        let rest = address.without("place");
        let place = address.place.as_deref().unwrap_or_default();
        let found = counted
            .iter()
            .find(|(known, of, _)| **known == rest && *of == place);
        let is_one = address.topic.as_deref() != Some("");
        found
            .filter(|_| is_one)
            .map_or_else(List::default, |(_, _, number)| List {
                address: address.on("/hits"),
                hits: count(*number, "hit"),
                number: *number,
            })
    };
    Ok(asked.iter().map(list).collect())
}

fn completeness(week: &Week, needs: &[String]) -> String {
    let watched = week.watched;
    let mut said = vec![match (watched.feeds, watched.of_feeds) {
        (_, 0) => "No feed was to be read.".to_owned(),
        (1, 1) if watched.days >= 7 => "The one feed was read.".to_owned(),
        (read, all) if read == all && watched.days >= 7 => {
            format!("All {} were read.", count(all as u64, "feed"))
        }
        (read, all) => format!(
            "Read: {read} of {}, on {}.",
            count(all as u64, "feed"),
            count(watched.days as u64, "day")
        ),
    }];
    said.extend(
        needs
            .iter()
            .map(|need| format!("{}.", clean_line(need, LINE_CHARS).trim_end_matches('.'))),
    );
    said.join(" ")
}

fn unusual_line(
    sources: PageContext<'_>,
    week: &Week,
    unusual: &Anomaly,
) -> Result<UnusualLine, StoreError> {
    let name = match &unusual.what {
        AnomalySubject::Watch { title, .. } => title,
        AnomalySubject::Place(place) => &place.name,
    };
    let headline = match week.headlines.get(&unusual.item) {
        Some(headline) => hits::first_of_entry(sources.connection, unusual.item)?.map(|hit| {
            (
                format!("/hits/{hit}"),
                clean_line(&headline.title, LINE_CHARS),
            )
        }),
        None => None,
    };
    Ok(UnusualLine {
        name: clean_line(name, LINE_CHARS),
        text: format!(
            "{}; {} is usual",
            stories(unusual.stories),
            median(unusual.baseline.median)
        ),
        hits: List::default(),
        headline: headline.filter(|(_, title)| !title.is_empty()),
    })
}

fn median(value: f64) -> String {
    format!("{value:.1}").trim_end_matches(".0").to_owned()
}

/// The table of some of `all` rows, each with the `next` list.
fn table(
    name: &'static str,
    of: &'static str,
    all: &[Row],
    rows: &[Row],
    next: &mut dyn FnMut() -> List,
) -> Table {
    #[allow(clippy::cast_precision_loss)] // counts of stories are small
    let stories = |row: &Row| row.stories as f64;
    let usual = |row: &Row| row.baseline.map_or(0.0, |baseline| baseline.median);
    let most = rows
        .iter()
        .map(|row| stories(row).max(usual(row)))
        .fold(1.0, f64::max);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and WIDTH
    let width = |value: f64| (value / most * WIDTH).round().clamp(0.0, WIDTH) as u64;
    let rows = rows.iter().map(|row| {
        let name = row.name.as_deref().unwrap_or_default();
        page::Row {
            name: if name.is_empty() {
                "Without a topic".to_owned()
            } else {
                clean_line(name, LINE_CHARS)
            },
            stories: row.stories,
            median: row
                .baseline
                .map_or_else(|| "–".to_owned(), |baseline| median(baseline.median)),
            width: width(stories(row)),
            width_before: width(usual(row)),
            hits: next(),
        }
    });
    let rows: Vec<page::Row> = rows.collect();
    Table {
        name,
        of,
        more: all.len() - rows.len(),
        rows,
    }
}

#[cfg(test)]
mod tests;
