//! The week against the weeks before.

use super::{Sources, address, count};
use crate::core::digest::clean_line;
use crate::core::week::{Row, Unusual, Week, What};
use crate::store::{StoreError, hits};
use crate::web::pages::Section;
use crate::web::pages::overview::{self as page, OverviewPage, Table, UnusualLine};

/// Characters of a name or headline.
const LINE_CHARS: usize = 200;
/// Rows of a table.
const ROWS_MAX: usize = 40;
/// Units of the longest bar.
const WIDTH: f64 = 120.0;

/// The first page: `week` is that of all watches, `needs` what needs a person, in sentences.
pub fn overview(
    sources: Sources<'_>,
    week: &Week,
    needs: &[String],
) -> Result<OverviewPage, StoreError> {
    let days = format!(
        "{} to {}",
        week.first.strftime("%a %-d %b"),
        week.last.strftime("%a %-d %b %Y")
    );
    let stories = match week.stories {
        1 => "1 story".to_owned(),
        several => format!("{several} stories"),
    };
    let mut unusual = Vec::new();
    for line in &week.unusual {
        unusual.push(unusual_line(sources, week, line)?);
    }
    let table = |name, of, key, rows: &[Row]| Table {
        name,
        of,
        rows: rows_of(sources, week, rows, key),
    };
    let tables = [
        table("Topics", "Topic", "topic", &week.topics),
        table("Places", "Place", "place", &week.places),
    ];
    Ok(OverviewPage {
        frame: sources.frame(Section::Overview),
        heading: format!("{stories}, {days}"),
        completeness: completeness(week, needs),
        is_complete: needs.is_empty() && !week.watched.is_doubtful(),
        unusual,
        tables: tables
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .collect(),
    })
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
    sources: Sources<'_>,
    week: &Week,
    unusual: &Unusual,
) -> Result<UnusualLine, StoreError> {
    let (name, address) = match &unusual.what {
        What::Watch { id, title } => (title, within(week, "watch", id)),
        What::Place(place) => (&place.name, within(week, "place", &place.id)),
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
        text: format!(
            "{}: {} stories; {} is usual",
            clean_line(name, LINE_CHARS),
            unusual.stories,
            median(unusual.habit.median)
        ),
        address,
        headline: headline.filter(|(_, title)| !title.is_empty()),
    })
}

/// The hits of the days of the week that are of this.
fn within(week: &Week, key: &str, id: &str) -> String {
    let (first, last) = (week.first.to_string(), week.last.to_string());
    address("/hits", &[(key, id), ("from", &first), ("to", &last)])
}

fn median(value: f64) -> String {
    format!("{value:.1}").trim_end_matches(".0").to_owned()
}

fn rows_of(sources: Sources<'_>, week: &Week, rows: &[Row], key: &str) -> Vec<page::Row> {
    let places = sources.config.places.names();
    let id = |name: &str| match places.iter().find(|(_, title)| *title == name) {
        Some((id, _)) if key == "place" => (*id).to_owned(),
        _ => name.to_owned(),
    };
    #[allow(clippy::cast_precision_loss)] // counts of stories are small
    let stories = |row: &Row| row.stories as f64;
    let usual = |row: &Row| row.habit.map_or(0.0, |habit| habit.median);
    let most = rows
        .iter()
        .map(|row| stories(row).max(usual(row)))
        .fold(1.0, f64::max);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and WIDTH
    let width = |value: f64| (value / most * WIDTH).round().clamp(0.0, WIDTH) as u64;
    rows.iter()
        .take(ROWS_MAX)
        .map(|row| {
            let name = row.name.as_deref().unwrap_or_default();
            page::Row {
                name: if name.is_empty() {
                    "Without a topic".to_owned()
                } else {
                    clean_line(name, LINE_CHARS)
                },
                address: within(week, key, &id(name)),
                stories: row.stories,
                habit: row
                    .habit
                    .map_or_else(|| "–".to_owned(), |habit| median(habit.median)),
                width: width(stories(row)),
                width_before: width(usual(row)),
            }
        })
        .collect()
}
