//! The service for a day, in minutes: many feeds with faults on loopback, and a look every now and
//! then at what it takes of the machine. Its clock goes faster than ours; everything else is real.
//!
//! A short day is part of `cargo test`. A whole one:
//!
//! ```sh
//! NEWSVIGIL_SOAK_FEEDS=2000 NEWSVIGIL_SOAK_HOURS=24 NEWSVIGIL_SOAK_TIMES=240 \
//!     cargo test --release --test soak
//! ```

mod figures;
mod outlets;
mod service;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use figures::{Figures, Hour};
use outlets::Outlets;
use service::Service;

/// How often an hour is looked at.
const LOOKS_AN_HOUR: u32 = 30;
/// A day that is long enough to tell growth from warming up.
const LONG_DAY: usize = 12;

/// What a day looks like.
#[derive(Clone, Copy, Debug)]
struct Day {
    feeds: u32,
    hours: u32,
    /// How many times as fast as ours its clock goes.
    times: u32,
}

impl Day {
    fn from_environment() -> Self {
        let number = |name: &str, otherwise| {
            let given = std::env::var(name).ok();
            given.map_or(otherwise, |text| text.parse().expect("a number"))
        };
        Self {
            feeds: number("NEWSVIGIL_SOAK_FEEDS", 60),
            hours: number("NEWSVIGIL_SOAK_HOURS", 4),
            times: number("NEWSVIGIL_SOAK_TIMES", 900),
        }
    }

    /// An hour of it by our clock.
    fn hour(self) -> Duration {
        Duration::from_hours(1) / self.times
    }
}

fn main() -> ExitCode {
    // Cargo asks every target for a list of its tests; this one is none.
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    if let Some(folder) = std::env::var_os(service::FOLDER) {
        return service::be_one(folder.as_ref());
    }
    let day = Day::from_environment();
    let outlets = Outlets::open(day);
    let mut service = Service::start(day, &outlets);
    let hours = live(day, &mut service);
    outlets.publish_no_more();
    std::thread::sleep(day.hour());
    let end = service.look();
    let stopping = Instant::now();
    let stopped = service.stop();
    println!(
        "{day:?}: {} polls answered, {} failed; {} items, {} hits, {} mails; it stopped in {:.1} s",
        end.answered,
        end.failed,
        end.items,
        end.hits,
        end.mails,
        stopping.elapsed().as_secs_f64()
    );
    let mut complaints = grown(day, &hours);
    complaints.extend(unfinished(day, &end, outlets.urgent_items_served()));
    complaints.extend(stopped.err());
    for complaint in &complaints {
        eprintln!("soak: {complaint}");
    }
    if complaints.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Looks at the service until the day is over.
fn live(day: Day, service: &mut Service) -> Vec<Hour> {
    let began = Instant::now();
    let mut hours = Vec::new();
    for number in 1..=day.hours {
        let mut hour = Hour::default();
        for look in 1..=LOOKS_AN_HOUR {
            let so_far = day.hour() * (number - 1) + day.hour() * look / LOOKS_AN_HOUR;
            std::thread::sleep(so_far.saturating_sub(began.elapsed()));
            hour.add(&service.look());
        }
        println!("hour {number:2}: {hour}");
        hours.push(hour);
    }
    hours
}

/// What takes more in the course of a day than after its first hour.
fn grown(day: Day, hours: &[Hour]) -> Vec<String> {
    let [_, base, later @ ..] = hours else {
        return vec!["a day has three hours at least".to_owned()];
    };
    // A short one is too short to tell growth from warming up, and to close connections that are kept
    // open; how many are, depends on the feeds of the hour.
    let (allowance, slack) = if hours.len() >= LONG_DAY {
        (1.1, 10.0)
    } else {
        (1.5, f64::from(day.feeds))
    };
    let mut complaints = Vec::new();
    for (number, hour) in (3..).zip(later) {
        let (before, now) = (base.resident(), hour.resident());
        if now > before * allowance {
            complaints.push(format!(
                "in hour {number} there were {now:.1} MiB resident, in hour 2 {before:.1}"
            ));
        }
    }
    // What has leaked is there in every hour.
    let third = later.len().div_ceil(3);
    for (what, of) in [
        ("open files", Hour::files as fn(&Hour) -> f64),
        ("tasks", Hour::tasks),
    ] {
        let fewest = |hours: &[Hour]| hours.iter().map(of).fold(f64::MAX, f64::min);
        let (before, now) = (
            fewest(&hours[1..=third]),
            fewest(&later[later.len() - third..]),
        );
        if now > before * allowance + slack {
            complaints.push(format!(
                "in the last hours there were {now} {what} at least, in the first {before}"
            ));
        }
    }
    complaints
}

/// What a day's work should have come to, and has not.
fn unfinished(day: Day, end: &Figures, urgent_items: u64) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut demand = |holds: bool, complaint: String| {
        if !holds {
            complaints.push(complaint);
        }
    };
    demand(
        end.not_stored == 0,
        format!("{} polls could not be stored", end.not_stored),
    );
    let least = u64::from(day.feeds) * u64::from(day.hours) / 3;
    demand(
        end.answered >= least,
        format!("{} polls were answered, less than {least}", end.answered),
    );
    demand(end.failed > 0, "no poll failed".to_owned());
    demand(end.mails > 0, "no mail was sent".to_owned());
    demand(
        end.hits == urgent_items && urgent_items > 0,
        format!(
            "{urgent_items} items that match were served, and {} became hits",
            end.hits
        ),
    );
    complaints
}
