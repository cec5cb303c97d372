//! How the items of a feed, or of all, were read: so many whole, so many by what the feed says, and why.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::Verdict;

/// Pages in a row of which none was read whole, from which a feed's pages count as never readable.
pub const UNREADABLE_FROM: u64 = 10;

/// How items were read in a span of time, and how many pages are still waited for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// Items by what came of the page behind them, of those settled in that time.
    #[serde(rename = "verdicts")]
    pub settled: BTreeMap<Verdict, u64>,
    /// Pages that wait now.
    pub waiting: u64,
}

impl Reading {
    /// Items with this verdict.
    pub fn of(&self, verdict: Verdict) -> u64 {
        self.settled.get(&verdict).copied().unwrap_or_default()
    }

    /// Items of which the article was read.
    pub fn whole(&self) -> u64 {
        self.of(Verdict::Whole)
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
        let causes = causes.filter(|(verdict, pages)| **verdict != Verdict::Whole && **pages > 0);
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
        let asked = self.total() - self.of(Verdict::NotAsked);
        asked >= UNREADABLE_FROM && self.of(Verdict::Whole) == 0
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
    pub fn main_cause(&self) -> Option<Verdict> {
        let tried = self.settled.iter();
        let most = tried
            .filter(|(verdict, _)| !matches!(verdict, Verdict::Whole | Verdict::NotAsked))
            .max_by_key(|(_, pages)| **pages);
        most.map(|(verdict, _)| *verdict)
    }

    fn advice(&self) -> &'static str {
        match self.main_cause() {
            Some(Verdict::Paywalled) => {
                "with a subscription, set its `cookie` in feeds.toml; articles = \"off\" stops asking for them"
            }
            Some(Verdict::FeedText | Verdict::ConsentWall) => {
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
    pub verdict: Option<Verdict>,
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
        self.verdict.map_or("waiting", Verdict::name)
    }

    /// "read whole", "by the feed's text only: paywalled (402 Payment Required)", "its page is still waited for".
    pub fn sentence(&self) -> String {
        let Some(verdict) = self.verdict else {
            return "its page is still waited for".to_owned();
        };
        if verdict == Verdict::Whole {
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

impl AddAssign<&Self> for Reading {
    fn add_assign(&mut self, other: &Self) {
        for (verdict, pages) in &other.settled {
            *self.settled.entry(*verdict).or_default() += pages;
        }
        self.waiting += other.waiting;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(counts: &[(Verdict, u64)], waiting: u64) -> Reading {
        Reading {
            settled: counts.iter().copied().collect(),
            waiting,
        }
    }

    #[track_caller]
    fn check(counts: &[(Verdict, u64)], waiting: u64, sentence: &str) {
        assert_eq!(reading(counts, waiting).sentence(), sentence);
    }

    #[test]
    fn counts_are_a_sentence() {
        use Verdict::{Gone, NotAsked, Paywalled, Robots, Unreachable, Whole};
        check(&[], 0, "");
        check(&[(Whole, 0)], 0, "");
        check(
            &[
                (Unreachable, 10),
                (Whole, 214),
                (Paywalled, 9),
                (Robots, 12),
            ],
            3,
            "214 read whole, 31 by the feed's text only: 9 paywalled, 12 refused by robots.txt, 10 unreachable; \
             3 pages are still waited for",
        );
        check(&[(Whole, 1)], 0, "1 read whole");
        check(&[], 1, "1 page is still waited for");
        check(
            &[(Gone, 1)],
            1,
            "none read whole, 1 by the feed's text only: gone; 1 page is still waited for",
        );
        check(
            &[(Whole, 2), (NotAsked, 5)],
            0,
            "2 read whole, 5 by the feed's text only: all not asked for",
        );
    }

    #[test]
    fn every_verdict_reads_as_one_and_as_many() {
        for verdict in Verdict::ALL.into_iter().skip(1) {
            let one = reading(&[(verdict, 1)], 0).sentence();
            let many = reading(&[(verdict, 7)], 0).sentence();
            let words = verdict.counted();
            assert!(one.ends_with(&format!("1 by the feed's text only: {words}")));
            assert!(many.ends_with(&format!("only: all {words}")), "{many}");
        }
    }

    #[test]
    fn readings_are_added_up() {
        let mut all = reading(&[(Verdict::Whole, 2)], 1);
        all += &reading(&[(Verdict::Whole, 3), (Verdict::Gone, 1)], 4);
        assert_eq!(all, reading(&[(Verdict::Whole, 5), (Verdict::Gone, 1)], 5));
        assert_eq!((all.total(), all.by_feed_text_only()), (6, 1));
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(json, r#"{"verdicts":{"whole":5,"gone":1},"waiting":5}"#);
    }

    #[test]
    fn what_came_of_one_page_is_a_sentence() {
        let page = |verdict, why: Option<&str>| PageRead {
            verdict,
            why: why.map(str::to_owned),
            address: "https://news.example/a".to_owned(),
            gives_text: false,
        };
        let waiting = page(None, None);
        assert_eq!(waiting.sentence(), "its page is still waited for");
        assert_eq!(page(Some(Verdict::Whole), None).sentence(), "read whole");
        let walled = page(Some(Verdict::Paywalled), Some("402 Payment Required"));
        assert_eq!(
            walled.sentence(),
            "by the feed's text only: paywalled (402 Payment Required)"
        );
        let json = serde_json::to_string(&[waiting, walled]).unwrap();
        assert_eq!(
            json,
            r#"[{"verdict":"waiting","why":null,"address":"https://news.example/a"},"#.to_owned()
                + r#"{"verdict":"paywalled","why":"402 Payment Required","address":"https://news.example/a"}]"#
        );
    }

    #[test]
    fn ten_pages_of_which_none_was_read_say_that_none_ever_is() {
        use Verdict::{FeedText, NotAsked, Paywalled, Robots, Whole};
        let is = |counts: &[_]| reading(counts, 0).is_unreadable();
        assert!(is(&[(Paywalled, 10)]));
        assert!(is(&[(Paywalled, 4), (Robots, 6)]));
        assert!(!is(&[(Paywalled, 9)]));
        assert!(!is(&[(Paywalled, 9), (Whole, 1)]));
        assert!(!is(&[(Paywalled, 9), (NotAsked, 40)]));
        let told = |counts: &[_]| reading(counts, 0).unreadable();
        let paywalled = told(&[(Paywalled, 8), (Verdict::Gone, 2)]);
        assert_eq!(
            paywalled,
            "none of its last 10 pages was read whole: 8 paywalled, 2 gone; with a subscription, set its \
             `cookie` in feeds.toml; articles = \"off\" stops asking for them"
        );
        assert!(told(&[(FeedText, 10)]).contains("article show URL --selector"));
        assert!(!told(&[(Robots, 10)]).contains("cookie"));
    }
}
