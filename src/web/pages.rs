//! Pages as their readers see them: what is shown, and its template. Nothing here asks a database or knows a request.

pub mod feeds;
pub mod forget;
pub mod hit;
pub mod hits;
pub mod mail;
pub mod notice;
pub mod overview;
pub mod sign_in;
pub mod try_watch;
pub mod watches;

use jiff::{Timestamp, tz::TimeZone};

/// The stylesheet of all pages.
pub const STYLE: &str = include_str!("templates/style.css");
/// What stands in the tab of a browser.
pub const ICON: &str = include_str!("templates/icon.svg");

/// A part of the reading room that the head of each page leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The week against the weeks before.
    Overview,
    /// What was found.
    Hits,
    /// What is watched.
    Watches,
    /// Where from.
    Feeds,
    /// What was sent.
    Mail,
    /// What another query would find.
    Try,
}

impl Section {
    /// The path of its first page.
    pub fn address(self) -> &'static str {
        match self {
            Self::Overview => "/",
            Self::Hits => "/hits",
            Self::Watches => "/watches",
            Self::Feeds => "/feeds",
            Self::Mail => "/mail",
            Self::Try => "/try",
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Hits => "Hits",
            Self::Watches => "Watches",
            Self::Feeds => "Feeds",
            Self::Mail => "Mail",
            Self::Try => "Try a watch",
        }
    }
}

/// What is around a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Who reads; `None` for who is not signed in, to whom nothing else is shown.
    pub reader: Option<String>,
    /// In which times are told; empty for nobody.
    pub zone: String,
    /// Where the page belongs.
    pub here: Option<Section>,
}

impl Frame {
    /// All parts, in the order of the head.
    pub fn sections(&self) -> [NavigationLink; 6] {
        use Section::{Feeds, Hits, Mail, Overview, Try, Watches};
        [Overview, Hits, Watches, Feeds, Mail, Try].map(|section| NavigationLink {
            address: section.address(),
            name: section.name(),
            is_here: self.here == Some(section),
        })
    }
}

/// The way to a part of the reading room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavigationLink {
    /// The path of its first page.
    pub address: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// Whether the page belongs there.
    pub is_here: bool,
}

/// A time, for people and for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// As HTML's `datetime` takes it (RFC 3339).
    pub machine: String,
    /// "Tue 21 Apr 2020, 23:24".
    pub text: String,
}

impl Time {
    /// In the reader's zone.
    pub fn new(instant: Timestamp, zone: &TimeZone) -> Self {
        let local = zone.to_datetime(instant);
        Self {
            machine: instant.to_string(),
            text: local.strftime("%a %-d %b %Y, %H:%M").to_string(),
        }
    }
}

/// One of several things that a form lets choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the address calls it.
    pub value: String,
    /// What people call it.
    pub name: String,
    /// Whether it is chosen.
    pub selected: bool,
}

#[cfg(test)]
mod tests;
