//! What pages show, out of the database and the configuration.

mod feeds;
mod hit;
mod hits;
mod mail;
mod overview;
mod show;
mod trying;
mod watches;

use jiff::{Timestamp, tz::TimeZone};

pub use feeds::feeds;
pub use hit::{hit, pressed};
pub use hits::{PER_PAGE, hits, mistaken};
pub use mail::{mail, mails};
pub use overview::overview;
pub use trying::{trial, tried};
pub use watches::{SAMPLE, watch, watches};

use super::pages::{Frame, Section, Time};
use crate::config::Config;
use crate::store::Connection;

/// What pages are made of.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// What is stored.
    pub connection: &'a Connection,
    /// What is configured.
    pub config: &'a Config,
    /// In which times are told.
    pub zone: &'a TimeZone,
    /// When the page is made.
    pub now: Timestamp,
    /// Who reads.
    pub reader: &'a str,
}

impl Sources<'_> {
    fn frame(&self, here: Section) -> Frame {
        Frame {
            reader: Some(self.reader.to_owned()),
            zone: self.zone.iana_name().unwrap_or("UTC").to_owned(),
            here: Some(here),
        }
    }

    fn time(&self, instant: Timestamp) -> Time {
        Time::new(instant, self.zone)
    }
}

/// The address of a page with these parameters.
fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let query = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    format!("{path}?{query}")
}

/// "1 hit", "5 hits".
fn count(number: u64, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        several => format!("{several} {one}s"),
    }
}
