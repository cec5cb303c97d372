//! `[[recipient]]`: who reads, where, and when.

use jiff::tz::TimeZone;

use super::names::{Names, check_id};
use super::problem::{Place, Problem, Problems};
use super::settings::check_address;
use super::table::TableReader;
use crate::core::calendar::Schedule;

/// Somebody who gets digests and alerts.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Stable name that watches refer to.
    pub id: String,
    /// Mail address.
    pub address: String,
    /// IANA name, `UTC` by default.
    pub time_zone_name: String,
    /// The zone of that name.
    pub time_zone: TimeZone,
    /// When digests are due.
    pub digest: Vec<Schedule>,
}

/// When digests go out if the recipient does not say.
const DEFAULT_DIGEST: &str = "daily 07:30";

/// Reads every `[[recipient]]`.
pub(super) fn read(problems: &mut Problems, tables: Vec<TableReader<'_>>) -> Vec<Recipient> {
    let mut names = Names::new("recipients");
    tables
        .into_iter()
        .filter_map(|table| read_one(problems, &mut names, table))
        .collect()
}

fn read_one(
    problems: &mut Problems,
    names: &mut Names,
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
    let zone = table.string(problems, "timezone");
    let time_zone_name = zone
        .as_ref()
        .map_or_else(|| "UTC".to_owned(), |zone| zone.value.clone());
    let time_zone = TimeZone::get(&time_zone_name).unwrap_or_else(|_| {
        if let Some(zone) = zone {
            problems.push(
                Problem::error(zone.place, format!("unknown time zone `{}`", zone.value))
                    .with_help("use a name of the IANA list, such as \"America/Lima\""),
            );
        }
        TimeZone::UTC
    });
    let digest = table.strings(problems, "digest").map_or_else(
        || DEFAULT_DIGEST.parse().into_iter().collect(),
        |times| {
            times
                .into_iter()
                .filter_map(|time| match time.value.parse::<Schedule>() {
                    Ok(schedule) => Some(schedule),
                    Err(mistake) => {
                        let place = Place {
                            source: time.place.source,
                            span: problems.span_in_literal(&time.place, mistake.span.clone()),
                        };
                        let problem = Problem::error(place, mistake.to_string());
                        problems.push(match mistake.suggestion.filter(|text| !text.is_empty()) {
                            Some(text) => problem.with_help(format!("did you mean `{text}`?")),
                            None => problem,
                        });
                        None
                    }
                })
                .collect()
        },
    );
    table.finish(problems);
    Some(Recipient {
        id: id?.value,
        address: address?.value,
        time_zone_name,
        time_zone,
        digest,
    })
}
