//! What formatting needs to know: the time of the mail, its zone, and the language of its reader.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::core::digest::{Digest, DigestStory, GroupBy, Kind};
use crate::mail::language::{MessageCatalog, catalog};

/// Seconds of the time in which a date needs no year.
const HALF_A_YEAR: i64 = 183 * 86_400;

/// What a mail takes for granted where it writes of times and in words.
#[derive(Clone, Copy)]
pub(in crate::mail) struct FormatContext<'a> {
    pub catalog: &'static MessageCatalog,
    pub tz: &'a TimeZone,
    pub now: Timestamp,
    /// What stands above stories.
    pub by: GroupBy,
    /// What addresses of pages in the reading room begin with.
    pub pages: Option<&'a str>,
}

impl<'a> FormatContext<'a> {
    pub fn of(digest: &'a Digest, pages: Option<&'a str>, now: Timestamp) -> Self {
        let recipient = &digest.recipient;
        let is_alert = matches!(digest.kind, Kind::Alert { .. });
        Self {
            catalog: catalog(recipient.language),
            tz: &recipient.time_zone,
            now,
            // Nothing stands above the stories of an alert.
            by: if is_alert {
                GroupBy::Topic
            } else {
                recipient.group_by
            },
            pages,
        }
    }

    /// The places that a story is about; of one that stands under the first of them, the others.
    pub(super) fn places(self, story: &DigestStory) -> &[String] {
        let places = story.lead.places.as_slice();
        match self.by {
            GroupBy::Place if !story.urgent => places.get(1..).unwrap_or_default(),
            _ => places,
        }
    }

    /// A moment, with no more of it than tells it from others: the mail has its day, year and zone in its head.
    pub(super) fn moment(self, instant: Timestamp) -> String {
        let (day, today) = (self.tz.to_datetime(instant), self.tz.to_datetime(self.now));
        let apart = (instant.as_second() - self.now.as_second()).abs();
        if day.date() == today.date() {
            self.catalog.time(instant, self.tz)
        } else if apart < HALF_A_YEAR {
            self.catalog.short_date_time(instant, self.tz)
        } else {
            self.catalog.date_time(instant, self.tz)
        }
    }
}
