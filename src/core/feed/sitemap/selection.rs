//! Which parts of an index are read: those that hold the newest articles.

use std::cmp::Reverse;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use url::Url;

use crate::core::feed::discover::is_same_site;
use crate::core::feed::links;

/// Parts that are read at one poll.
const PARTS_AT_MOST: usize = 3;
/// A longer address is none (sitemaps.org, "XML tag definitions").
pub(super) const LONGEST_ADDRESS: usize = 2048;
/// A part for news that has not changed for longer is one of former times.
const NEWS_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An index of sitemaps (`sitemapindex`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitemapIndex {
    /// In the order of the document.
    pub parts: Vec<ListedSitemap>,
    /// The document ends inside an element: what came behind nobody knows.
    pub breaks_off: bool,
    /// Parts beyond those that are looked at.
    pub surplus: u64,
}

/// A sitemap that an index names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedSitemap {
    /// Absolute where that can be known.
    pub address: String,
    /// When it changed, if the index says so (`lastmod`).
    pub changed: Option<Timestamp>,
}

/// The parts to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitemapSelection {
    /// At most three, the likeliest to hold news first.
    pub parts: Vec<Url>,
    /// Those that would be among them and are not asked for, each with the reason.
    pub refused: Vec<(String, String)>,
}

impl SitemapIndex {
    /// The parts that hold the newest articles of an index found at this address, or why there are none.
    ///
    /// Parts that are named as of news come first, unless all of those are old. Then those that changed last,
    /// where a date in the name tells more than a `lastmod` that is made anew each day. A part that says nothing
    /// of its age may have changed just now; of many that say the same, the first, the last and the second.
    pub fn choose(&self, base: &Url, now: Timestamp) -> Result<SitemapSelection, String> {
        if !base.has_host() {
            return Err(format!(
                "this is an index of sitemaps ({}) in a file, and its parts are asked for only where it is on the \
                 web: give its address there",
                self.parts.len()
            ));
        }
        let mut known = std::collections::HashSet::new();
        let mut ranked: Vec<(Rank, &ListedSitemap)> = self
            .parts
            .iter()
            .filter(|part| known.insert(links::canonical(&part.address)))
            .map(|part| (Rank::of(part, now), part))
            .collect();
        let is_news = |rank: &Rank| rank.says_news && now.duration_since(rank.changed) <= NEWS_FOR;
        if ranked.iter().any(|(rank, _)| is_news(rank)) {
            ranked.retain(|(rank, _)| is_news(rank));
        }
        ranked.sort_by_key(|(rank, _)| Reverse(rank.changed));
        keep_newest(&mut ranked);
        let mut choice = SitemapSelection::default();
        for (_, part) in ranked {
            match judged(&part.address, base) {
                Ok(url) => choice.parts.push(url),
                Err(reason) => {
                    let shown = part.address.chars().take(200).collect();
                    choice.refused.push((shown, reason));
                }
            }
        }
        match (choice.parts.first(), choice.refused.first()) {
            (None, None) => Err("this is an index of sitemaps that names none".to_owned()),
            (None, Some((address, reason))) => Err(format!(
                "this is an index of sitemaps whose newest part, {address}, {reason}"
            )),
            _ => Ok(choice),
        }
    }
}

/// Keeps as many parts as are read, of those that come in the order of their age. Where nothing tells the first apart,
/// the newest may stand at either end. Where an outlet has published nothing for weeks, pages of other kinds are newer
/// than its news.
fn keep_newest(ranked: &mut Vec<(Rank, &ListedSitemap)>) {
    if let (Some((newest, _)), Some((beyond, _))) = (ranked.first(), ranked.get(PARTS_AT_MOST))
        && newest.changed == beyond.changed
    {
        let age = newest.changed;
        let end = ranked.partition_point(|(rank, _)| rank.changed == age);
        ranked[1..end].rotate_right(1);
    }
    let of_news = |(rank, _): &(Rank, &ListedSitemap)| rank.says_news;
    if let Some(place) = ranked.iter().position(of_news)
        && place >= PARTS_AT_MOST
    {
        ranked.swap(PARTS_AT_MOST - 1, place);
    }
    ranked.truncate(PARTS_AT_MOST);
}

/// The address of a part, if it may be asked for: an index names sitemaps of its own site (sitemaps.org,
/// "Sitemap file location").
fn judged(address: &str, base: &Url) -> Result<Url, String> {
    if address.len() > LONGEST_ADDRESS {
        return Err("has an address that is too long".to_owned());
    }
    let url = Url::parse(address).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.ok_or_else(|| "is no address of the web".to_owned())?;
    if !is_same_site(&url, base) {
        return Err(
            "lies on another site and is not asked for; give its address itself to have it read"
                .to_owned(),
        );
    }
    if url == *base {
        return Err("is the index itself".to_owned());
    }
    Ok(url)
}

/// How likely a part holds the newest articles.
struct Rank {
    says_news: bool,
    changed: Timestamp,
}

impl Rank {
    fn of(part: &ListedSitemap, now: Timestamp) -> Self {
        let path = path_of(&part.address);
        // A name that tells a time of the past bounds what `lastmod` says; one of the future tells nothing.
        let named = date_in_name(path, part.changed.is_some()).unwrap_or(now);
        let changed = part.changed.unwrap_or(now).min(now);
        Self {
            says_news: is_news_sitemap_name(path),
            changed: changed.min(named),
        }
    }
}

/// Path and query: what a host is called says nothing of one part.
fn path_of(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, rest)| rest);
    behind.find('/').map_or("", |at| &behind[at..])
}

/// Whether the name of a sitemap says that it holds news.
pub fn is_news_sitemap_name(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "news",
        "noticia",
        "actualite",
        "nachrichten",
        "notizie",
        "novosti",
        "haber",
        "berita",
        "nyheter",
        "nieuws",
        "khabar",
        "aktualnosci",
    ];
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| {
        let is_mail = word.contains("newsletter") || word.contains("newspaper");
        !is_mail && WORDS.iter().any(|known| word.contains(known))
    })
}

/// The end of the day, month or year that a name tells, as in `sitemap-2026-11.xml` or `/2026/11/28.xml`. A year
/// alone may be the number of a part, unless it is a folder, so that what is `dated` otherwise is not told by it.
fn date_in_name(path: &str, dated: bool) -> Option<Timestamp> {
    let numbers: Vec<&str> = path
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .collect();
    for (at, digits) in numbers.iter().enumerate() {
        let part = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
        let next = |ahead: usize| {
            let digits = numbers.get(at + ahead).filter(|digits| digits.len() <= 2)?;
            digits.parse::<i16>().ok()
        };
        let (year, month, day) = match digits.len() {
            4 => (part(0..4)?, next(1), next(2)),
            6 => (part(0..4)?, part(4..6), None),
            8 => (part(0..4)?, part(4..6), part(6..8)),
            _ => continue,
        };
        if !(1990..2200).contains(&year) {
            continue;
        }
        let of = |month: i16, day: i16| {
            let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
            Date::new(year, month, day).ok()
        };
        let is_number = dated && month.is_none() && !path.contains(&format!("/{year}/"));
        let is_day = day.is_none_or(|day| month.and_then(|month| of(month, day)).is_some());
        if is_number || digits.len() == 8 && !is_day {
            continue;
        }
        let is_month = month.filter(|month| (1..=12).contains(month));
        let end = match (is_month, day.and_then(|day| of(month?, day))) {
            (Some(_), Some(day)) => Some(day),
            (Some(month), None) => of(month, 1).map(Date::last_of_month),
            (None, _) => of(12, 31),
        };
        // Anywhere on Earth, the day is over half a day later at most.
        let over = end?.checked_add(1.day()).ok()?.at(12, 0, 0, 0);
        return Offset::UTC.to_timestamp(over).ok();
    }
    None
}
