//! What pages show, out of the database and the configuration.

mod feeds;
mod hit;
mod hit_rows;
mod hits;
mod mail;
mod overview;
mod try_watch;
mod watches;

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

pub use feeds::{feed, feeds};
pub use hit::{hit, parse_judgment_button};
pub use hits::{PER_PAGE, forget, hits, invalid_search_page};
pub use mail::{mail, mails};
pub use overview::overview;
pub use try_watch::{trial, with_tried};
pub use watches::{SAMPLE, watch, watches};

use super::pages::{Frame, Section, Time};
use crate::config::Config;
use crate::store::Connection;
use crate::store::hits::NamesOfHits;

/// Bytes of a page: a telephone on a bad line waits for each.
const BYTES_MAX: usize = 39_000;

/// What pages are made of.
#[derive(Clone, Copy)]
pub struct PageContext<'a> {
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
    /// What hits can be asked by.
    pub names: &'a NamesOfHits,
}

impl PageContext<'_> {
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

/// Shortens a page until it is small enough, or has nothing left that can go.
fn fit<T: Template>(page: &mut T, mut shorten: impl FnMut(&mut T) -> bool) {
    while page.render().is_ok_and(|text| text.len() > BYTES_MAX) && shorten(page) {}
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
