//! How the items of a feed, or of all, were read: so many whole, so many by what the feed says, and why.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::PageVerdict;

/// Pages in a row of which none was read whole, from which a feed's pages count as never readable.
pub const UNREADABLE_FROM: u64 = 10;

/// How items were read in a span of time, and how many pages are still waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PageVerdictCounts {
    /// Items by what came of the page behind them, of those settled in that time.
    #[serde(rename = "verdicts")]
    pub settled: BTreeMap<PageVerdict, u64>,
    /// Pages that wait now.
    pub waiting: u64,
}

impl PageVerdictCounts {
    /// Items with this verdict.
    pub fn of(&self, verdict: PageVerdict) -> u64 {
        self.settled.get(&verdict).copied().unwrap_or_default()
    }

    /// Items of which the article was read.
    pub fn whole(&self) -> u64 {
        self.of(PageVerdict::Whole)
    }

    /// Items that were matched by what their feed says alone.
    pub fn by_feed_text_only(&self) -> u64 {
        self.total() - self.whole()
    }

    /// Items of whose page anything came, whatever it was.
    pub fn total(&self) -> u64 {
        self.settled.values().sum()
    }

    /// Whether there was no page to be read.
    pub fn is_empty(&self) -> bool {
        self.total() + self.waiting == 0
    }

    /// "214 read whole, 31 by the feed's text only: 12 refused by robots.txt, 9 paywalled, 10 unreachable;
    /// 3 pages are still waited for", without a full stop; empty when there was no page to be read.
    pub fn sentence(&self) -> String {
        let mut parts = Vec::new();
        if self.total() > 0 {
            parts.push(self.outcome());
        }
        match self.waiting {
            0 => {}
            1 => parts.push("1 page is still waited for".to_owned()),
            pages => parts.push(format!("{pages} pages are still waited for")),
        }
        parts.join("; ")
    }

    fn outcome(&self) -> String {
        let read = match self.whole() {
            0 => "none read whole".to_owned(),
            pages => format!("{pages} read whole"),
        };
        let others = self.by_feed_text_only();
        if others == 0 {
            return read;
        }
        format!(
            "{read}, {others} by the feed's text only: {}",
            self.causes()
        )
    }

    /// Why pages were not read whole: "12 refused by robots.txt, 9 paywalled"; with a single cause "all
    /// paywalled".
    pub fn causes(&self) -> String {
        let causes = self.settled.iter();
        let causes =
            causes.filter(|(verdict, pages)| **verdict != PageVerdict::Whole && **pages > 0);
        let causes: Vec<_> = causes.collect();
        match causes.as_slice() {
            [(verdict, 1)] => verdict.counted().to_owned(),
            [(verdict, _)] => format!("all {}", verdict.counted()),
            several => {
                let told = several
                    .iter()
                    .map(|(verdict, pages)| format!("{pages} {}", verdict.counted()));
                told.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Whether these, a feed's last pages, say that its pages are never readable. What was never asked for
    /// says nothing.
    pub fn is_unreadable(&self) -> bool {
        let asked = self.total() - self.of(PageVerdict::NotAsked);
        asked >= UNREADABLE_FROM && self.of(PageVerdict::Whole) == 0
    }

    /// What is so of a feed whose last pages these are, and what to do: "none of its last 10 pages was read
    /// whole: 8 paywalled, 2 gone; …".
    pub fn unreadable(&self) -> String {
        format!(
            "none of its last {} pages was read whole: {}; {}",
            self.total(),
            self.causes(),
            self.advice()
        )
    }

    /// Why most of those that were asked for were not read whole.
    pub fn main_cause(&self) -> Option<PageVerdict> {
        let tried = self.settled.iter();
        let most = tried
            .filter(|(verdict, _)| !matches!(verdict, PageVerdict::Whole | PageVerdict::NotAsked))
            .max_by_key(|(_, pages)| **pages);
        most.map(|(verdict, _)| *verdict)
    }

    fn advice(&self) -> &'static str {
        match self.main_cause() {
            Some(PageVerdict::Paywalled) => {
                "with a subscription, set its `cookie` in feeds.toml; articles = \"off\" stops asking for them"
            }
            Some(PageVerdict::FeedText | PageVerdict::ConsentWall) => {
                "`newsvigil article show URL --selector CSS` tries a `selector` for feeds.toml; \
                 articles = \"off\" stops asking"
            }
            _ => "articles = \"off\" in feeds.toml stops asking for them",
        }
    }
}

/// What came of the page behind one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRead {
    /// How it was read; `None` while it is waited for.
    pub verdict: Option<PageVerdict>,
    /// Why, in a sentence for people.
    pub why: Option<String>,
    /// Where it was read, or will be.
    pub address: String,
    /// Whether the text of the item is the article's, and not what its feed gives.
    pub gives_text: bool,
}

impl PageRead {
    /// The name of its verdict, or `waiting`.
    pub fn verdict_name(&self) -> &'static str {
        self.verdict.map_or("waiting", PageVerdict::name)
    }

    /// "read whole", "by the feed's text only: paywalled (402 Payment Required)", "its page is still waited for".
    pub fn sentence(&self) -> String {
        let Some(verdict) = self.verdict else {
            return "its page is still waited for".to_owned();
        };
        if verdict == PageVerdict::Whole {
            return verdict.counted().to_owned();
        }
        let why = self.why.as_ref();
        let why = why.map_or_else(String::new, |why| format!(" ({why})"));
        format!("by the feed's text only: {}{why}", verdict.counted())
    }
}

impl Serialize for PageRead {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("PageRead", 3)?;
        page.serialize_field("verdict", self.verdict_name())?;
        page.serialize_field("why", &self.why)?;
        page.serialize_field("address", &self.address)?;
        page.end()
    }
}

impl AddAssign<&Self> for PageVerdictCounts {
    fn add_assign(&mut self, other: &Self) {
        for (verdict, pages) in &other.settled {
            *self.settled.entry(*verdict).or_default() += pages;
        }
        self.waiting += other.waiting;
    }
}

#[cfg(test)]
mod tests;
