//! Sitemaps (sitemaps.org, protocol 0.9) with Google's extension for news: what an outlet without a feed says
//! of its articles of the last days.
//!
//! Read with tolerance: elements are known by their vocabulary, whatever its prefix, and by custom where it is
//! not declared; end tags may be missing. Only addresses with a `news:news` are items, since nothing else tells
//! when an article appeared and what it is called.

mod merge;
mod reader;
mod robots;
mod selection;
mod vocabulary;

use url::Url;

pub use merge::{PartReading, join};
use reader::Reader;
pub use robots::sitemaps_in_robots_txt;
pub use selection::{ListedSitemap, SitemapIndex, SitemapSelection, is_news_sitemap_name};

use super::expansion_limit::ExpansionLimit;
use super::newest::Dates;
use super::raw::{RawEntry, RawFeed};
use super::xml::tokenizer::WellFormednessErrors;
use super::{Feed, ParseContext, dates, links};

/// What a sitemap holds.
pub(super) struct SitemapContents {
    pub feed: RawFeed,
    /// Addresses without news.
    pub plain: usize,
    /// The first thing that XML forbids.
    pub damage: Option<WellFormednessErrors>,
}

/// Reads a news sitemap without its XML declaration.
pub(super) fn read(
    document: &str,
    context: &ParseContext<'_>,
    allowance: &ExpansionLimit,
) -> SitemapContents {
    let mut reader = Reader::new(document, context.limits, allowance);
    reader.read(document.len());
    let mut feed = reader.feed;
    feed.is_sitemap = true;
    let of = |entry: &RawEntry| entry.language.clone();
    let first = feed.entries.first().and_then(of);
    // A language that some items do not have is not that of the others.
    if first.is_some() && feed.entries.iter().all(|entry| entry.language == first) {
        feed.language = first.as_deref().map(str::to_owned);
    }
    let mut known = Dates::default();
    for entry in &feed.entries {
        known.push(entry.newest_date());
    }
    let languages = context.languages(feed.language.as_deref());
    let most = context.limits.entries;
    if let Some(kept) = known.newest(most, context.now, &languages) {
        let mut kept = kept.into_iter();
        let all = feed.entries.len();
        feed.entries.retain(|_| kept.next() == Some(true));
        reader.surplus += u64::try_from(all - feed.entries.len()).unwrap_or(u64::MAX);
    }
    feed.loss.surplus += reader.surplus;
    SitemapContents {
        feed,
        plain: reader.plain,
        damage: reader.tokens.damage,
    }
}

/// Reads an index of sitemaps without its XML declaration.
pub(super) fn read_index(
    document: &str,
    context: &ParseContext<'_>,
    allowance: &ExpansionLimit,
) -> SitemapIndex {
    let mut reader = Reader::new(document, context.limits, allowance);
    reader.read(document.len());
    let parts = std::mem::take(&mut reader.parts);
    let written = parts.iter().filter_map(|part| part.changed);
    let body = dates::DateDisambiguation::of(written, context.now, &context.languages(None));
    let parts = parts.into_iter().filter_map(|part| {
        Some(ListedSitemap {
            address: links::absolute(&part.address, context.base)?,
            changed: part.changed.and_then(|date| body.settle(&date)),
        })
    });
    SitemapIndex {
        parts: parts.collect(),
        breaks_off: reader.feed.loss.broken_off_after.is_some(),
        surplus: reader.surplus,
    }
}

/// Looks over what became of a sitemap: an address is one item, however often it is listed, and lies on the
/// sitemap's own site.
pub(super) fn look_over(feed: &mut Feed, base: Option<&Url>) {
    let addressless = feed.entries.iter().filter(|entry| entry.link.is_none());
    let addressless = addressless.count();
    if addressless > 0 {
        let all = feed.entries.len();
        feed.warnings
            .push(format!("{addressless} of {all} articles have no address"));
    }
    if let Some(base) = base.filter(|base| base.has_host()) {
        let mut foreign = feed.entries.iter().filter_map(|entry| {
            let url = Url::parse(entry.link.as_deref()?).ok()?;
            let host = url.host_str()?;
            (!super::discover::is_same_site(&url, base)).then(|| host.to_owned())
        });
        if let Some(host) = foreign.next() {
            let number = foreign.count() + 1;
            let all = feed.entries.len();
            feed.warnings.push(format!(
                "{number} of {all} articles lie on another site than the sitemap, such as {}: look whether it is the right one",
                host.chars().take(80).collect::<String>()
            ));
        }
    }
    feed.entries = merge::deduplicate_by_address(std::mem::take(&mut feed.entries));
}

#[cfg(test)]
mod tests;
