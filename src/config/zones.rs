//! The time zone that somebody meant by a city, a country or an abbreviation.

mod aliases;

use jiff::tz::{TimeZone, TimeZoneDatabase};

use self::aliases::{CLOCKS, DISTANCES, PLACES};
use super::names::tag_for;
use super::problem::{Problem, SourceSpan};

/// A zone by its name: as the system's rules say, which are the newest, and where they lack it as our own do.
/// Debian 13 and Ubuntu 24.04 moved the older names, such as `US/Eastern`, into a package of their own.
pub(super) fn by_name(name: &str) -> Option<TimeZone> {
    TimeZone::get(name)
        .or_else(|_| TimeZoneDatabase::bundled().get(name))
        .ok()
        // `Etc/Unknown` is a name for not knowing.
        .filter(|zone| !zone.is_unknown())
}

/// A name that is no time zone.
pub(super) fn unknown(place: SourceSpan, name: &str) -> Problem {
    if let Some(minutes) = distance(name) {
        let message = format!(
            "`{name}` is a distance from UTC and no time zone, for it knows no summer time: name a city"
        );
        let problem = Problem::error(place, message);
        let only = DISTANCES.iter().find(|(other, _)| *other == minutes);
        return match (minutes, only) {
            (0, _) => problem.with_help("\"UTC\""),
            (_, Some((_, zone))) => problem.with_help(format!("\"{zone}\"")),
            _ => problem.with_help("a name of the IANA list, such as \"America/Lima\""),
        };
    }
    let plain = tag_for(name.trim()).unwrap_or_default();
    let clock = CLOCKS.iter().find(|(clock, _)| *clock == plain);
    let (message, zones) = match clock {
        Some((_, zones)) => (
            format!("`{name}` is the name of a clock and no time zone"),
            zones.iter().map(|zone| (*zone).to_owned()).collect(),
        ),
        None => (format!("unknown time zone `{name}`"), zones_of(name)),
    };
    let problem = Problem::error(place, message);
    match zones.as_slice() {
        [] => problem.with_help("use a name of the IANA list, such as \"America/Lima\""),
        [zone] => problem.with_help(format!("\"{zone}\"")),
        several => {
            let quoted: Vec<String> = several.iter().map(|zone| format!("\"{zone}\"")).collect();
            problem.with_help(format!("one of {}", quoted.join(", ")))
        }
    }
}

/// A zone of the IANA list that is hardly meant: without summer time, or with its sign turned round.
pub(super) fn doubtful(place: SourceSpan, name: &str) -> Option<Problem> {
    let lower = name.to_lowercase();
    let (message, help) = match lower.as_str() {
        "est" => ("`EST` knows no summer time", "\"America/New_York\""),
        "mst" => ("`MST` knows no summer time", "\"America/Denver\""),
        "hst" => return None,
        _ => {
            let signed = lower.strip_prefix("etc/gmt")?;
            let number: u32 = signed
                .strip_prefix(['+', '-'])?
                .parse()
                .ok()
                .filter(|n| *n > 0)?;
            let where_to = if signed.starts_with('+') {
                "behind"
            } else {
                "ahead of"
            };
            let message = format!(
                "`{name}` is {number} h {where_to} UTC, for the signs of these names are turned round; and it \
                 knows no summer time"
            );
            return Some(
                Problem::warning(place, message).with_help("name a city, such as \"America/Lima\""),
            );
        }
    };
    Some(Problem::warning(place, message).with_help(help))
}

/// `UTC+2`, `GMT-05:30`, `+0200` in minutes. What is no hour of any clock is none.
fn distance(name: &str) -> Option<i32> {
    let upper = name.trim().to_uppercase().replace(' ', "");
    if matches!(upper.as_str(), "Z" | "GMT0" | "UTC0") {
        return Some(0);
    }
    let signed = upper.trim_start_matches("UTC").trim_start_matches("GMT");
    let (sign, number) = match signed.chars().next()? {
        '+' => (1, &signed[1..]),
        '-' => (-1, &signed[1..]),
        '−' | '–' => (-1, signed.trim_start_matches(['−', '–'])),
        _ => return None,
    };
    let (hours, minutes) = match number.split_once([':', '.', 'H']) {
        Some((hours, minutes)) => (hours, minutes),
        None if number.len() == 4 && number.is_ascii() => number.split_at(2),
        None => (number, "0"),
    };
    let hours: i32 = hours
        .parse()
        .ok()
        .filter(|hours| (0..=14).contains(hours))?;
    let minutes: i32 = minutes
        .parse()
        .ok()
        .filter(|minutes| (0..60).contains(minutes))?;
    Some(sign * (hours * 60 + minutes))
}

/// The zones of a city or a country; else the one whose name is nearly the same.
fn zones_of(name: &str) -> Vec<String> {
    let simple = |name: &str| tag_for(name.trim()).unwrap_or_default();
    let city = name.rsplit('/').next().unwrap_or(name);
    let city = city.split(',').next().unwrap_or(city).replace('_', " ");
    let known = |zone: &str| by_name(zone).is_some();
    for wanted in [simple(name), simple(&city)] {
        if wanted.is_empty() {
            continue;
        }
        let zones: Vec<String> = PLACES
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(_, places)| places.split(' ').any(|place| place == wanted))
            .map(|(zone, _)| zone.to_owned())
            .filter(|zone| known(zone))
            .collect();
        if !zones.is_empty() {
            return zones;
        }
        let own = zone_names().into_iter().find(|zone| {
            let own = zone
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .replace('_', " ");
            simple(&own) == wanted
        });
        if let Some(own) = own {
            return vec![own];
        }
    }
    let lower = name.to_lowercase();
    let likeness = |zone: &String| strsim::jaro_winkler(&zone.to_lowercase(), &lower);
    let nearest = zone_names()
        .into_iter()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    nearest
        .filter(|zone| likeness(zone) > 0.93)
        .into_iter()
        .collect()
}

/// The names of the list that are a continent or an ocean and a city.
fn zone_names() -> Vec<String> {
    const REGIONS: [&str; 9] = [
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    ];
    let database = TimeZoneDatabase::bundled();
    let names = database.available().map(|name| name.to_string());
    names
        .filter(|name| REGIONS.iter().any(|region| name.starts_with(region)))
        .collect()
}

#[cfg(test)]
mod tests;
