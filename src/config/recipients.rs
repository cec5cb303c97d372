//! `[[recipient]]`: who reads, what, where, and when.

use std::str::FromStr;

use jiff::tz::TimeZone;

use super::mail::{check_address, choice_problem};
use super::names::{Names, check_id};
use super::places::{self, Places, WantedPlaces};
use super::problem::{Problem, Problems, SourceSpan};
use super::table::{Located, TableReader};
use super::zones;
use crate::core::calendar::{CalendarError, QuietHours, Schedule};
pub use crate::core::digest::{AttachmentFormat, GroupBy, Language};
use crate::core::digest::{Privacy, SendEmpty};

/// Somebody who gets digests and alerts.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Stable name that watches refer to.
    pub id: String,
    /// Mail address.
    pub address: String,
    /// How mails call the reader.
    pub name: Option<String>,
    /// The zone of the IANA name, `UTC` by default.
    pub time_zone: TimeZone,
    /// When digests are due.
    pub digest: Vec<Schedule>,
    /// Whether urgent hits come at once; otherwise they come in the digest.
    pub alerts: bool,
    /// Hours in which alerts wait.
    pub quiet: Option<QuietHours>,
    /// Topics of which hits are received; all without it, and when empty only watches that name the
    /// recipient.
    pub topics: Option<Vec<Located<String>>>,
    /// Watches of which hits are received; likewise.
    pub watches: Option<Vec<Located<String>>>,
    /// Places of which items are received; all without it.
    pub places: Option<WantedPlaces>,
    /// The headings of a digest.
    pub group_by: GroupBy,
    /// In which language its mails speak.
    pub language: Language,
    /// When the summary of the week is due; `None` for who gets none.
    pub summary: Option<Schedule>,
    /// What a digest carries beside its words.
    pub attach: AttachmentFormat,
    /// The least score of what is received, for watches that have scores.
    pub min_score: Option<i64>,
    /// How often a mail says that nothing was found and that everything was working.
    pub send_empty: SendEmpty,
    /// How much may stand in a mail.
    pub privacy: Privacy,
    /// Whether the recipient is told when a feed's health changes.
    pub operator: bool,
    /// Where it is configured.
    pub place: SourceSpan,
}

/// When digests go out if the recipient does not say.
const DEFAULT_DIGEST: &str = "daily 07:30";

// What can be chosen.
const GROUP_BY: [(&str, GroupBy); 2] = [("topic", GroupBy::Topic), ("place", GroupBy::Place)];
const ATTACH: [(&str, AttachmentFormat); 2] = [
    ("nothing", AttachmentFormat::Nothing),
    ("csv", AttachmentFormat::Csv),
];
const SEND_EMPTY: [(&str, SendEmpty); 3] = [
    ("never", SendEmpty::Never),
    ("daily", SendEmpty::Daily),
    ("weekly", SendEmpty::Weekly),
];
const PRIVACY: [(&str, Privacy); 2] = [("open", Privacy::Open), ("sealed", Privacy::Sealed)];

/// Reads every `[[recipient]]`.
pub(super) fn read(
    problems: &mut Problems,
    places: &Places,
    tables: Vec<TableReader<'_>>,
) -> Vec<Recipient> {
    let mut names = Names::new("recipients");
    tables
        .into_iter()
        .filter_map(|table| read_one(problems, &mut names, places, table))
        .collect()
}

fn read_one(
    problems: &mut Problems,
    names: &mut Names,
    places: &Places,
    mut table: TableReader<'_>,
) -> Option<Recipient> {
    let id = table.required_string(problems, "id");
    let address = table.required_string(problems, "address");
    if let Some(id) = &id {
        check_id(problems, id);
        names.add(problems, id);
    }
    if let Some(address) = &address {
        check_address(problems, address);
    }
    let name = table.string(problems, "name");
    let time_zone = read_time_zone(problems, &mut table);
    let digest = read_digest(problems, &mut table);
    let alerts = table.boolean(problems, "alerts").unwrap_or(true);
    let quiet = table.string(problems, "quiet");
    let quiet = quiet.and_then(|quiet| read_calendar(problems, &quiet));
    let topics = table.strings(problems, "topics");
    let watches = table.strings(problems, "watches");
    let places = places::read_wanted(problems, places, &mut table);
    let group_by = choice(problems, &mut table, "group_by", &GROUP_BY);
    let language = choice(problems, &mut table, "language", &Language::NAMED);
    let summary = table.string(problems, "summary");
    let summary = summary.and_then(|summary| read_summary(problems, &summary));
    let attach = choice(problems, &mut table, "attach", &ATTACH);
    let min_score = table.integer(problems, "min_score", -1_000_000..=1_000_000);
    let send_empty = choice(problems, &mut table, "send_empty", &SEND_EMPTY);
    let privacy = choice(problems, &mut table, "privacy", &PRIVACY);
    let operator = table.boolean(problems, "operator").unwrap_or(false);
    let place = table.header();
    table.finish(problems);
    Some(Recipient {
        place,
        id: id?.value,
        address: address?.value,
        name: name.map(|name| name.value),
        time_zone,
        digest,
        alerts,
        quiet,
        topics,
        watches,
        places,
        group_by,
        language,
        summary,
        attach,
        min_score,
        send_empty,
        privacy,
        operator,
    })
}

fn read_digest(problems: &mut Problems, table: &mut TableReader<'_>) -> Vec<Schedule> {
    let Some(times) = table.strings(problems, "digest") else {
        return DEFAULT_DIGEST.parse().into_iter().collect();
    };
    let times = times.iter();
    times
        .filter_map(|time| read_calendar(problems, time))
        .collect()
}

fn read_time_zone(problems: &mut Problems, table: &mut TableReader<'_>) -> TimeZone {
    let Some(zone) = table.string(problems, "timezone") else {
        return TimeZone::UTC;
    };
    let time_zone = zones::by_name(&zone.value).unwrap_or_else(|| {
        problems.push(zones::unknown(zone.place.clone(), &zone.value));
        TimeZone::UTC
    });
    problems
        .list
        .extend(zones::doubtful(zone.place.clone(), &zone.value));
    time_zone
}

/// A day and a time, as in "weekly mon 08:00" or "mon 08:00", or "off".
fn read_summary(problems: &mut Problems, text: &Located<String>) -> Option<Schedule> {
    let schedule: Schedule = read_calendar(problems, text)?;
    if schedule.is_weekly() || schedule.is_off() {
        return Some(schedule).filter(|schedule| !schedule.is_off());
    }
    let reason = "a summary is of a week, so it has one day and one time";
    let problem = Problem::error(text.place.clone(), reason);
    problems.push(problem.with_help("write it as \"weekly mon 08:00\""));
    None
}

/// A schedule or quiet hours; a mistake is shown under its very words.
fn read_calendar<T: FromStr<Err = CalendarError>>(
    problems: &mut Problems,
    text: &Located<String>,
) -> Option<T> {
    match text.value.parse() {
        Ok(value) => Some(value),
        Err(mistake) => {
            let place = SourceSpan {
                source: text.place.source,
                span: problems.span_in_literal(&text.place, mistake.span.clone()),
            };
            let problem = Problem::error(place, mistake.to_string());
            problems.push(match mistake.suggestion.filter(|text| !text.is_empty()) {
                Some(text) => problem.with_help(format!("did you mean `{text}`?")),
                None => problem,
            });
            None
        }
    }
}

/// One of a few words; the default of `T` when it is missing.
fn choice<T: Copy + Default>(
    problems: &mut Problems,
    table: &mut TableReader<'_>,
    key: &'static str,
    choices: &[(&str, T)],
) -> T {
    let Some(text) = table.string(problems, key) else {
        return T::default();
    };
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == text.value) {
        return *value;
    }
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    problems.push(choice_problem(text.place, key, &text.value, &names));
    T::default()
}
