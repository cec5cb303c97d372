//! The summary of a week: what there was against the weeks before, in small tables with bars.

mod feeds;
mod phrases;
mod unusual;

use askama::Template;
use jiff::Timestamp;

use super::footer::Section;
use super::language::{MessageCatalog, Value, catalog};
use super::limits::NAME_CHARS;
use super::message::{
    Draft, HeaderFields, RenderError, RenderOptions, RenderedMessage, assemble, week_thread,
};
use super::story::topic_name;
use super::wrapping::{reader, wrap, wrap_behind};
use crate::core::digest::{Privacy, Recipient, Week, clean_line};
use crate::core::week::{Baseline, Row, WEEKS_BEFORE};
use phrases::{by_weeks, isolated, whole};
use unusual::UnusualLine;
pub(super) use unusual::unusual_days;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Topics and places in a table.
const ROWS_MAX: usize = 12;
/// Columns of bars in the text part.
const BAR_WIDTH: usize = 16;

#[derive(Template)]
#[template(path = "week.html", config = "src/mail/askama.toml")]
struct WeekHtml<'a> {
    page: &'a WeekPage,
}

#[derive(Template)]
#[template(path = "week.txt", config = "src/mail/askama.toml")]
struct WeekText<'a> {
    page: &'a WeekPage,
}

struct WeekPage {
    catalog: &'static MessageCatalog,
    subject: String,
    preheader: String,
    reader: String,
    dateline: String,
    /// The page's headline.
    summary: String,
    /// What a week has, or why nobody can tell.
    baseline: String,
    /// What must be known before reading on; may be empty.
    caution: String,
    unusual: Vec<UnusualLine>,
    tables: Vec<Table>,
    feeds: Vec<Section>,
    /// What is said of the feeds as a whole; may be empty.
    feeds_note: String,
    /// How stories are counted, and of which zone times are.
    notes: Vec<String>,
    version: String,
    unsubscribe: Option<String>,
}

struct Table {
    title: String,
    lines: Vec<Line>,
    /// "3 more topics"; empty when all have a line.
    more: String,
}

/// A topic or a place.
struct Line {
    name: String,
    /// The name, parted from what stands beside it.
    isolated: String,
    stories: String,
    /// "usually 3"; empty when nobody can tell.
    usually: String,
    /// Of a hundred.
    bar: usize,
    baseline_bar: usize,
}

impl Line {
    /// Widths of a hundred, heights and colours.
    fn bars(&self) -> [(usize, &'static str, &'static str); 2] {
        [
            (self.bar, "10", "#3f7cb8"),
            (self.baseline_bar, "4", "#a3a3a3"),
        ]
    }

    /// The name comes last, so that the columns stand whatever the width and the direction of its letters.
    fn text(&self) -> String {
        let bar = "▇".repeat((self.bar * BAR_WIDTH).div_ceil(100));
        let first = format!("{:>7}  {bar:BAR_WIDTH$}  ", self.stories);
        let line = match self.usually.as_str() {
            "" => self.isolated.clone(),
            usually => format!("{} · {usually}", self.isolated),
        };
        wrap_behind(&line, &first, &" ".repeat(7 + 2 + BAR_WIDTH + 2))
    }
}

/// Renders the summary of a week; `seed` and `date` as for [`render`](super::render()).
pub fn render_week(
    week: &Week,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let recipient = &week.recipient;
    let catalog = catalog(recipient.language);
    let stories = catalog.count("week-stories", whole(week.stories));
    let first_unusual = week.unusual.first();
    let first_unusual = first_unusual.map(|first| unusual::line(catalog, first, week));
    let watched = week.watched;
    let stories_said = match watched.days {
        7.. => stories.clone(),
        // That nothing was told is no news.
        0 if week.stories == 0 => catalog.say("week-not-watched"),
        0 => catalog.say_with("week-read-on-no-day", &[("what", stories.clone().into())]),
        days => catalog.say_with(
            "week-read-in-part",
            &[("what", stories.clone().into()), ("days", days.into())],
        ),
    };
    let said = |key, what: &str| {
        let values: [(&str, Value<'_>); 3] = [
            ("first", catalog.day(week.first).into()),
            ("last", catalog.day(week.last).into()),
            ("what", what.to_owned().into()),
        ];
        catalog.say_with(key, &values)
    };
    let subject = said(
        "week-subject",
        first_unusual.as_ref().unwrap_or(&stories_said),
    );
    let feeds = feeds::sections(catalog, week);
    let page = WeekPage {
        subject,
        preheader: stories_said.clone(),
        reader: reader(recipient),
        dateline: catalog.date_time(date, &recipient.time_zone),
        summary: said("week-of", &stories_said),
        baseline: baseline(catalog, week),
        caution: caution(catalog, week),
        unusual: unusual::lines(catalog, week),
        tables: [
            table(catalog, "by-topic", &week.topics, week.baseline),
            table(catalog, "week-by-place", &week.places, week.baseline),
        ]
        .into_iter()
        .flatten()
        .collect(),
        feeds_note: feeds::note(catalog, week, feeds.is_empty()),
        feeds,
        notes: notes(catalog, week),
        version: format!("newsvigil {VERSION}"),
        unsubscribe: unsubscribe(catalog, options),
        catalog,
    };
    let fields = HeaderFields {
        recipient,
        options,
        seed,
        date,
    };
    finished(&page, fields)
}

/// How the summary is to be read.
fn notes(catalog: &MessageCatalog, week: &Week) -> Vec<String> {
    let recipient = &week.recipient;
    let mut notes = Vec::new();
    if recipient.privacy == Privacy::Sealed {
        let command = preview_command(catalog, recipient);
        notes.push(catalog.say_with("kept-out", &[("command", command.into())]));
    } else if week.stories > 0 {
        notes.push(catalog.say("week-counted"));
    }
    if week.places_in_part {
        notes.push(catalog.say("week-no-places"));
    }
    if let Some(zone) = recipient.time_zone.iana_name() {
        notes.push(catalog.say_with("times-of-zone", &[("zone", zone.into())]));
    }
    notes
}

/// Renders what is left of a summary that a server refused for its content: that it was made.
pub fn render_bare_week(
    recipient: &Recipient,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let catalog = catalog(recipient.language);
    let command = preview_command(catalog, recipient);
    let page = WeekPage {
        subject: catalog.say("week-bare"),
        preheader: String::new(),
        reader: reader(recipient),
        dateline: catalog.date_time(date, &recipient.time_zone),
        summary: catalog.say("week-bare"),
        baseline: catalog.say_with("refused-everything", &[("command", command.into())]),
        caution: String::new(),
        unusual: Vec::new(),
        tables: Vec::new(),
        feeds: Vec::new(),
        feeds_note: String::new(),
        notes: Vec::new(),
        version: format!("newsvigil {VERSION}"),
        unsubscribe: unsubscribe(catalog, options),
        catalog,
    };
    let fields = HeaderFields {
        recipient,
        options,
        seed,
        date,
    };
    finished(&page, fields)
}

fn finished(page: &WeekPage, fields: HeaderFields<'_>) -> Result<RenderedMessage, RenderError> {
    let text = WeekText { page }.render()?;
    let draft = Draft {
        subject: page.subject.clone(),
        text: page.catalog.directed(&text).into_owned(),
        html: WeekHtml { page }.render()?,
        ..Draft::default()
    };
    assemble(fields, &week_thread(fields.recipient), draft)
}

fn preview_command(catalog: &MessageCatalog, recipient: &Recipient) -> String {
    let command = format!("newsvigil digest preview --week {}", recipient.id);
    catalog.say_with("quoted", &[("text", command.into())])
}

fn unsubscribe(catalog: &MessageCatalog, options: &RenderOptions) -> Option<String> {
    let operator = options.operator.as_deref()?;
    Some(catalog.say_with("to-receive-less", &[("address", operator.into())]))
}

/// What must be known before reading on: how much of the week was not seen, which weeks were not told, and how many
/// watches are muted.
fn caution(catalog: &MessageCatalog, week: &Week) -> String {
    let watched = week.watched;
    let mut said = Vec::new();
    if let Some(first) = week.missed_since {
        let last = week.first.yesterday().unwrap_or(week.first);
        let days: [(&str, Value<'_>); 2] = [
            ("first", catalog.day(first).into()),
            ("last", catalog.day(last).into()),
        ];
        said.push(catalog.say_with("week-missed", &days));
    }
    match watched.days {
        0 if watched.feeds == 0 => said.push(catalog.say("week-unwatched")),
        0 => said.push(catalog.say("week-no-day-read")),
        days @ 1..7 => said.push(catalog.count("week-days-missed", days)),
        _ => {}
    }
    if watched.is_doubtful() && watched.feeds > 0 {
        said.extend(feeds::missed(catalog, watched));
    }
    let muted = week.coverage.muted_now();
    if muted > 0 {
        said.push(catalog.count("watches-are-muted", muted));
    }
    let held_back = week.coverage.held_back();
    if held_back > 0 {
        said.push(format!("{}.", catalog.count("held-back", held_back)));
    }
    said.join(" ")
}

/// What a week has as a rule, or that there is too little to tell.
fn baseline(catalog: &MessageCatalog, week: &Week) -> String {
    match week.baseline {
        Some(baseline) => {
            let key = if baseline.weeks >= WEEKS_BEFORE {
                "week-habit"
            } else {
                "week-habit-of-fewer"
            };
            let values: [(&str, Value<'_>); 2] = [
                ("habit", baseline.median.into()),
                ("count", baseline.weeks.into()),
            ];
            catalog.say_with(key, &values)
        }
        None if week.weeks == 0 => catalog.say("week-nothing-to-compare"),
        None => catalog.count("week-too-little", week.weeks),
    }
}

fn table(
    catalog: &MessageCatalog,
    title: &str,
    rows: &[Row],
    whole_week: Option<Baseline>,
) -> Option<Table> {
    if rows.is_empty() {
        return None;
    }
    let longest = rows.iter().fold(1.0_f64, |longest, row| {
        longest
            .max(number(row.stories))
            .max(row.baseline.map_or(0.0, |baseline| baseline.median))
    });
    let lines = rows.iter().take(ROWS_MAX).map(|row| {
        let name = match &row.name {
            Some(topic) if title == "by-topic" => topic_name(Some(topic), catalog),
            Some(place) => clean_line(place, NAME_CHARS),
            None => catalog.say("no-topic"),
        };
        Line {
            isolated: isolated(catalog, &name),
            name,
            stories: catalog.number(whole(row.stories)),
            usually: row.baseline.map_or_else(String::new, |baseline| {
                let usually =
                    catalog.say_with("week-usually", &[("habit", baseline.median.into())]);
                by_weeks(catalog, usually, baseline, whole_week)
            }),
            bar: percent(number(row.stories), longest),
            baseline_bar: percent(
                row.baseline.map_or(0.0, |baseline| baseline.median),
                longest,
            ),
        }
    });
    let more = rows.len().saturating_sub(ROWS_MAX);
    let more_key = if title == "by-topic" {
        "more-topics"
    } else {
        "week-more-places"
    };
    Some(Table {
        title: catalog.say(title),
        lines: lines.collect(),
        more: if more == 0 {
            String::new()
        } else {
            catalog.count(more_key, more)
        },
    })
}

/// Of what there is something, something is to be seen.
fn percent(count: f64, longest: f64) -> usize {
    (1..=100)
        .rev()
        .find(|part| f64::from(*part) <= 100.0 * count / longest)
        .map_or(usize::from(count > 0.0), |part| {
            usize::try_from(part).unwrap_or(100)
        })
}

#[allow(clippy::cast_precision_loss)] // stories of a week are few
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
