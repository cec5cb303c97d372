//! The summary of a week: what there was against the weeks before, in small tables with bars.

mod feeds;

use askama::Template;
use jiff::Timestamp;

use super::language::{Chrome, Value, chrome};
use super::message::{
    Draft, RenderError, RenderOptions, RenderedMessage, Told, assemble, week_thread,
};
use super::page::NAME_CHARS;
use super::render::reader;
use super::view::wrap;
use crate::core::digest::{Privacy, Recipient, clean_line, is_right_to_left};
use crate::core::week::{Row, Unusual, WEEKS_BEFORE, Week, What};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Topics and places in a table.
const ROWS_MAX: usize = 12;
/// Lines on what is unusual.
const UNUSUAL_MAX: usize = 8;
/// Columns of names and of bars in the text part.
const NAME_WIDTH: usize = 26;
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
    chrome: &'static Chrome,
    subject: String,
    preheader: String,
    reader: String,
    dateline: String,
    /// The page's headline.
    summary: String,
    /// What a week has, or why nobody can tell.
    habit: String,
    /// What must be known before reading on; may be empty.
    caution: String,
    unusual: Vec<String>,
    tables: Vec<Table>,
    feeds: Vec<feeds::Section>,
    /// What is said of the feeds as a whole; may be empty.
    feeds_note: String,
    /// How stories are counted, and of which zone times are.
    notes: Vec<String>,
    version: String,
    unsubscribe: Option<String>,
}

impl WeekPage {
    #[allow(clippy::unused_self)] // templates call it so
    fn wrapped(&self, text: &str) -> String {
        wrap(text, "")
    }

    #[allow(clippy::unused_self)] // likewise
    fn listed(&self, text: &str) -> String {
        wrap(&format!("- {text}"), "  ")
    }
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
    stories: String,
    /// "usually 3"; empty when nobody can tell.
    usually: String,
    /// Of a hundred.
    bar: usize,
    habit_bar: usize,
}

impl Line {
    /// Widths of a hundred, heights and colours.
    fn bars(&self) -> [(usize, &'static str, &'static str); 2] {
        [
            (self.bar, "10", "#3f7cb8"),
            (self.habit_bar, "4", "#a3a3a3"),
        ]
    }

    fn text(&self) -> String {
        let bar = "▇".repeat((self.bar * BAR_WIDTH).div_ceil(100));
        let name = &self.name;
        let name = if name.chars().count() > NAME_WIDTH {
            // The numbers stay in their column.
            format!("{}\n  {:NAME_WIDTH$}", wrap(name, "  "), "")
        } else {
            format!("  {name:NAME_WIDTH$}")
        };
        let line = format!(
            "{name}  {:>5}  {bar:BAR_WIDTH$}  {}",
            self.stories, self.usually
        );
        line.trim_end().to_owned()
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
    let chrome = chrome(recipient.language);
    let stories = chrome.count("week-stories", whole(week.stories));
    let first_unusual = week.unusual.first();
    let first_unusual = first_unusual.map(|unusual| unusual_line(chrome, unusual));
    let said = |key, what: &str| {
        let values: [(&str, Value<'_>); 3] = [
            ("first", chrome.day(week.first).into()),
            ("last", chrome.day(week.last).into()),
            ("what", what.to_owned().into()),
        ];
        chrome.say_with(key, &values)
    };
    let subject = said("week-subject", first_unusual.as_ref().unwrap_or(&stories));
    let mut notes = Vec::new();
    if recipient.privacy == Privacy::Sealed {
        let command = preview_command(chrome, recipient);
        notes.push(chrome.say_with("kept-out", &[("command", command.into())]));
    } else if week.stories > 0 {
        notes.push(chrome.say("week-counted"));
    }
    if week.places_in_part {
        notes.push(chrome.say("week-no-places"));
    }
    if let Some(zone) = recipient.time_zone.iana_name() {
        notes.push(chrome.say_with("times-of-zone", &[("zone", zone.into())]));
    }
    let feeds = feeds::sections(chrome, week);
    let page = WeekPage {
        subject,
        preheader: stories.clone(),
        reader: reader(recipient),
        dateline: chrome.date_time(date, &recipient.time_zone),
        summary: said("week-of", &stories),
        habit: habit(chrome, week),
        caution: match week.days_seen {
            7.. => String::new(),
            days => chrome.count("week-days-missed", days),
        },
        unusual: week
            .unusual
            .iter()
            .take(UNUSUAL_MAX)
            .map(|unusual| unusual_line(chrome, unusual))
            .collect(),
        tables: [
            table(chrome, "by-topic", &week.topics),
            table(chrome, "week-by-place", &week.places),
        ]
        .into_iter()
        .flatten()
        .collect(),
        feeds_note: feeds::note(chrome, week, feeds.is_empty()),
        feeds,
        notes,
        version: format!("newsvigil {VERSION}"),
        unsubscribe: unsubscribe(chrome, options),
        chrome,
    };
    finished(&page, recipient, options, seed, date)
}

/// Renders what is left of a summary that a server refused for its content: that it was made.
pub fn render_bare_week(
    recipient: &Recipient,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let chrome = chrome(recipient.language);
    let command = preview_command(chrome, recipient);
    let page = WeekPage {
        subject: chrome.say("week-bare"),
        preheader: String::new(),
        reader: reader(recipient),
        dateline: chrome.date_time(date, &recipient.time_zone),
        summary: chrome.say("week-bare"),
        habit: chrome.say_with("refused-everything", &[("command", command.into())]),
        caution: String::new(),
        unusual: Vec::new(),
        tables: Vec::new(),
        feeds: Vec::new(),
        feeds_note: String::new(),
        notes: Vec::new(),
        version: format!("newsvigil {VERSION}"),
        unsubscribe: unsubscribe(chrome, options),
        chrome,
    };
    finished(&page, recipient, options, seed, date)
}

fn finished(
    page: &WeekPage,
    recipient: &Recipient,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let text = WeekText { page }.render()?;
    let draft = Draft {
        told: Told::default(),
        subject: page.subject.clone(),
        text: page.chrome.directed(&text).into_owned(),
        html: WeekHtml { page }.render()?,
    };
    assemble(
        recipient,
        &week_thread(recipient),
        options,
        seed,
        date,
        draft,
    )
}

fn preview_command(chrome: &Chrome, recipient: &Recipient) -> String {
    let command = format!("newsvigil digest preview --week {}", recipient.id);
    chrome.say_with("quoted", &[("text", command.into())])
}

fn unsubscribe(chrome: &Chrome, options: &RenderOptions) -> Option<String> {
    let operator = options.operator.as_deref()?;
    Some(chrome.say_with("to-receive-less", &[("address", operator.into())]))
}

/// "Torture: 14 stories, where a week has 3".
fn unusual_line(chrome: &Chrome, unusual: &Unusual) -> String {
    let name = match &unusual.what {
        What::Watch { id, title } => named(title, id),
        What::Place { name } => clean_line(name, NAME_CHARS),
    };
    // A name that is written from right to left would turn the number behind it (UAX #9 section 2.4).
    let name = if is_right_to_left(&name) {
        format!("\u{2068}{name}\u{2069}")
    } else {
        name
    };
    let key = if unusual.habit < 0.5 {
        "week-unusual-none"
    } else {
        "week-unusual-line"
    };
    chrome.say_with(
        key,
        &[
            ("name", name.into()),
            ("count", whole(unusual.stories).into()),
            ("habit", unusual.habit.into()),
        ],
    )
}

fn named(title: &str, id: &str) -> String {
    let title = clean_line(title, NAME_CHARS);
    if title.is_empty() {
        clean_line(id, NAME_CHARS)
    } else {
        title
    }
}

/// What a week has as a rule, or that there is too little to tell.
fn habit(chrome: &Chrome, week: &Week) -> String {
    match week.habit {
        Some(habit) if week.weeks >= WEEKS_BEFORE => chrome.say_with(
            "week-habit",
            &[("habit", habit.into()), ("count", week.weeks.into())],
        ),
        Some(habit) => chrome.say_with(
            "week-habit-of-fewer",
            &[("habit", habit.into()), ("count", week.weeks.into())],
        ),
        None => chrome.count("week-too-little", week.weeks),
    }
}

fn table(chrome: &Chrome, title: &str, rows: &[Row]) -> Option<Table> {
    if rows.is_empty() {
        return None;
    }
    let longest = rows.iter().fold(1.0_f64, |longest, row| {
        longest
            .max(number(row.stories))
            .max(row.habit.unwrap_or(0.0))
    });
    let lines = rows.iter().take(ROWS_MAX).map(|row| Line {
        name: match &row.name {
            Some(name) => clean_line(name, NAME_CHARS),
            None => chrome.say("no-topic"),
        },
        stories: chrome.number(whole(row.stories)),
        usually: row.habit.map_or_else(String::new, |habit| {
            chrome.say_with("week-usually", &[("habit", habit.into())])
        }),
        bar: percent(number(row.stories), longest),
        habit_bar: percent(row.habit.unwrap_or(0.0), longest),
    });
    let more = rows.len().saturating_sub(ROWS_MAX);
    let more_key = if title == "by-topic" {
        "more-topics"
    } else {
        "week-more-places"
    };
    Some(Table {
        title: chrome.say(title),
        lines: lines.collect(),
        more: if more == 0 {
            String::new()
        } else {
            chrome.count(more_key, more)
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

fn whole(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

#[allow(clippy::cast_precision_loss)] // stories of a week are few
fn number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
