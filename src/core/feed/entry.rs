//! What comes out of a body: a feed and its entries.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Weekday;

use super::loss::Loss;

/// A parsed feed of any format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// Title, as text.
    pub title: Option<String>,
    /// The site's address, absolute.
    pub link: Option<String>,
    /// Language tag as given.
    pub language: Option<String>,
    /// The feed's own identifier (Atom `id`, JSON Feed `feed_url`).
    pub id: Option<String>,
    /// In the order of the document.
    pub entries: Vec<Entry>,
    /// How often the publisher asks to be polled.
    pub hints: PublishingHints,
    /// What is known to be missing.
    pub loss: Loss,
    /// How the feed had to be rescued, one sentence each; empty for a sound feed.
    /// Doubts about dates depend on the time: [`Feed::date_warnings`] gives them.
    pub warnings: Vec<String>,
    /// An item is its address, whatever is said there: of sitemaps and pages of links.
    pub by_address: bool,
}

impl Feed {
    /// What to say at a given time about the dates of the entries, one sentence a kind of doubt.
    pub fn date_warnings(&self, now: Timestamp) -> Vec<String> {
        let count = |doubt| {
            self.entries
                .iter()
                .filter(|entry| entry.date_doubt(now) == Some(doubt))
                .count()
        };
        [
            (DateDoubt::Epoch, "dated 1970 or before"),
            (DateDoubt::Future, "dated in the future"),
        ]
        .into_iter()
        .map(|(doubt, words)| (count(doubt), words))
        .filter(|&(number, _)| number > 0)
        .map(|(number, words)| format!("{number} of {} entries {words}", self.entries.len()))
        .collect()
    }
}

/// One item of a feed, as the feed gives it. `summary` and `content` may hold HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// `guid` or `id` as given, trimmed.
    pub id: Option<String>,
    /// Title, as text.
    pub title: Option<String>,
    /// Absolute address of the item, as given where it is a redirect: [`links::target`](super::links::target) looks
    /// behind it.
    pub link: Option<String>,
    /// When it was published, if the feed says so.
    pub published: Option<Timestamp>,
    /// When it was last changed, if the feed says so.
    pub updated: Option<Timestamp>,
    /// Summary or description as given, HTML or text.
    pub summary: Option<String>,
    /// How to read [`Entry::summary`].
    pub summary_markup: Markup,
    /// Full content as given, HTML or text.
    pub content: Option<String>,
    /// How to read [`Entry::content`].
    pub content_markup: Markup,
    /// What the item says beside these, such as `itunes:summary` and `media:description`, as given, and how to
    /// read it.
    pub further: Vec<(String, Markup)>,
    /// Authors, joined with `, `; those of the feed are shared by all entries that name none.
    pub author: Option<Arc<str>>,
    /// Categories, as text.
    pub categories: Vec<String>,
    /// Language of the item, when it differs from the feed's.
    pub language: Option<String>,
}

impl Entry {
    /// What is odd about the entry's dates at a given time. They are kept as given; this is for
    /// marking them where they are shown, and for not trusting them where they decide.
    pub fn date_doubt(&self, now: Timestamp) -> Option<DateDoubt> {
        [self.published, self.updated]
            .into_iter()
            .flatten()
            .find_map(|date| DateDoubt::of(date, now))
    }
}

/// Why a date is hardly the true one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateDoubt {
    /// In 1970 or before, where a missing date becomes zero; there was no web to publish on.
    Epoch,
    /// More than a day ahead of now: beyond what zones and clocks explain.
    Future,
}

impl DateDoubt {
    /// Doubts a date, or not.
    pub fn of(date: Timestamp, now: Timestamp) -> Option<Self> {
        const DAY_SECONDS: i64 = 86_400;
        const YEAR_SECONDS: i64 = 365 * DAY_SECONDS;
        if date.as_second() < YEAR_SECONDS {
            Some(Self::Epoch)
        } else if date.as_second() - now.as_second() > DAY_SECONDS {
            Some(Self::Future)
        } else {
            None
        }
    }
}

/// How the source of a text is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    /// HTML; text without `<` and `&` is the simplest HTML.
    #[default]
    Html,
    /// Plain text: every character stands for itself.
    Plain,
}

/// How often a feed changes and when it does not, in its own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishingHints {
    /// RSS 2.0 `ttl`: minutes for which a copy stays good.
    pub ttl_minutes: Option<u32>,
    /// `sy:updatePeriod` divided by `sy:updateFrequency`, in seconds (RSS 1.0 syndication module).
    pub update_interval_seconds: Option<u32>,
    /// RSS 2.0 `skipHours`: hours of the day in UTC, 0 to 23, in which nothing is published.
    pub skip_hours: Vec<u8>,
    /// RSS 2.0 `skipDays`: days of the week in UTC on which nothing is published.
    pub skip_days: Vec<Weekday>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(published: &str, doubt: Option<DateDoubt>) {
        let now = "2026-03-24T18:00:00Z".parse().unwrap();
        let entry = Entry {
            published: Some(published.parse().unwrap()),
            ..Entry::default()
        };
        assert_eq!(entry.date_doubt(now), doubt, "of {published}");
        let feed = Feed {
            entries: vec![entry],
            ..Feed::default()
        };
        assert_eq!(feed.date_warnings(now).len(), usize::from(doubt.is_some()));
    }

    #[test]
    fn dates_of_1970_and_of_the_future_are_doubted() {
        check("1970-01-01T00:00:00Z", Some(DateDoubt::Epoch));
        check("1969-12-31T00:00:00Z", Some(DateDoubt::Epoch));
        check("1998-01-01T00:00:00Z", None);
        check("2026-03-25T10:00:00Z", None);
        check("2027-03-24T10:00:00Z", Some(DateDoubt::Future));
    }
}
