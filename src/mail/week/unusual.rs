//! What is unusual, as a summary and a digest say it.

use super::phrases::{by_weeks, isolated, whole};
use crate::core::digest::{Week, clean_line, named};
use crate::core::week::{Anomaly, AnomalySubject};
use crate::mail::language::{MessageCatalog, Value};
use crate::mail::limits::NAME_CHARS;
use crate::mail::wrapping::wrap_behind;

/// Lines on what is unusual in a week.
const LINES_MAX: usize = 8;
const TITLE_CHARS: usize = 200;

/// A watch or a place with far more than its habit.
pub(super) struct UnusualLine {
    /// "Torture: 14 stories, against 3 in a usual week".
    pub said: String,
    /// What its strongest story is headed; may be empty.
    pub title: String,
    pub link: Option<String>,
    /// Where they are listed.
    pub more: String,
}

impl UnusualLine {
    pub fn text(&self) -> String {
        let mut lines = vec![wrap_behind(&self.said, "  - ", "    ")];
        if !self.title.is_empty() {
            lines.push(wrap_behind(&self.title, "    ", "    "));
        }
        lines.extend(self.link.as_ref().map(|link| format!("    {link}")));
        // Like a link, it is copied whole.
        lines.push(format!("    {}", self.more));
        lines.join("\n")
    }
}

/// What is unusual in the week, with the strongest story of each and the command that lists them.
pub(super) fn lines(catalog: &MessageCatalog, week: &Week) -> Vec<UnusualLine> {
    let unusual = week.unusual.iter().take(LINES_MAX);
    unusual
        .map(|unusual| shown(catalog, unusual, week))
        .collect()
}

fn shown(catalog: &MessageCatalog, unusual: &Anomaly, week: &Week) -> UnusualLine {
    let asked = match &unusual.what {
        AnomalySubject::Watch { id, .. } => format!("--watch {id}"),
        AnomalySubject::Place(place) => format!("--place {}", place.id),
    };
    // Days are those of the machine where the command is run, which may be elsewhere.
    let [since, until] = [week.time.start, week.time.end].map(|at| at.strftime("%Y-%m-%dT%H:%MZ"));
    let command = format!("newsvigil hits {asked} --since {since} --until {until}");
    let command = catalog.say_with("quoted", &[("text", clean_line(&command, 200).into())]);
    let headline = week.headlines.get(&unusual.item);
    let title = headline.map(|headline| clean_line(&headline.title, TITLE_CHARS));
    UnusualLine {
        said: line(catalog, unusual, week),
        title: title.map_or_else(String::new, |title| isolated(catalog, &title)),
        link: headline.and_then(|headline| headline.link.clone()),
        more: catalog.say_with("week-unusual-more", &[("command", command.into())]),
    }
}

/// "Torture: 14 stories, against 3 in a usual week".
pub(super) fn line(catalog: &MessageCatalog, unusual: &Anomaly, week: &Week) -> String {
    let name = isolated(catalog, &name_of(unusual));
    let key = if unusual.baseline.median < 0.5 {
        "week-unusual-none"
    } else {
        "week-unusual-line"
    };
    let values: [(&str, Value<'_>); 3] = [
        ("name", name.into()),
        ("count", whole(unusual.stories).into()),
        ("habit", unusual.baseline.median.into()),
    ];
    let said = catalog.say_with(key, &values);
    by_weeks(catalog, said, unusual.baseline, week.baseline)
}

fn name_of(unusual: &Anomaly) -> String {
    match &unusual.what {
        AnomalySubject::Watch { id, title } => named(title, id),
        AnomalySubject::Place(place) => clean_line(&place.name, NAME_CHARS),
    }
}

/// Lines on what is unusual in a digest, each of a watch or a place on a day.
const DAYS_MAX: usize = 6;

/// The days that a digest calls unusual, a sentence each.
pub(in crate::mail) fn unusual_days(catalog: &MessageCatalog, unusual: &[Anomaly]) -> Vec<String> {
    let said = |unusual: &Anomaly| {
        let name = name_of(unusual);
        let day = unusual.day.map_or_else(String::new, |day| catalog.day(day));
        catalog.say_with(
            "unusual",
            &[
                ("name", name.into()),
                ("count", whole(unusual.stories).into()),
                ("day", day.into()),
                ("habit", unusual.baseline.median.into()),
                ("weeks", unusual.baseline.weeks.into()),
            ],
        )
    };
    let more = unusual.len().saturating_sub(DAYS_MAX);
    let more = (more > 0).then(|| catalog.count("unusual-more", more));
    let days = unusual.iter().take(DAYS_MAX).map(said);
    days.chain(more).collect()
}
