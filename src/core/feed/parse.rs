//! The way from bytes to a feed, step by step.

use super::expansion_limit::ExpansionLimit;
use super::prescan::{self, Prescan};
use super::raw::RawFeed;
use super::xml::reader;
use super::xml::tokenizer::WellFormednessErrors;
use super::{
    Entry, Feed, ParseContext, ParseError, assemble, feed_rs_reader, json_feed, links, sitemap,
};
use crate::core::text::decode::decode;
use crate::core::text::html;
use crate::core::text::line::clean_line;

/// Parses a body of any format: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x, and news sitemaps. An
/// index of sitemaps is [`ParseError::Index`], whose parts are for the caller to fetch and to
/// [join](sitemap::join).
///
/// Time and memory are linear in the body, which the caller bounds.
pub fn parse(body: &[u8], context: &ParseContext<'_>) -> Result<Feed, ParseError> {
    let decoded = decode(body, context.content_type);
    let text = decoded.text.as_ref();
    let start = text.trim_start_matches(is_blank);
    if start.is_empty() {
        return Err(ParseError::Empty);
    }
    let mut warnings = decoded.warnings;
    let context = ParseContext {
        base: context.base.filter(|base| links::is_short_base(base)),
        ..*context
    };
    let allowance = ExpansionLimit::of(body.len());
    let raw = if start.starts_with('[') {
        Err(ParseError::OtherJson)
    } else if start.starts_with('{') {
        json_feed::read(text, &context, &allowance, &mut warnings)
    } else {
        read_xml(text, &context, &allowance, &mut warnings)
    };
    let feed = raw.map(|raw| assemble::assemble(raw, &context, &allowance));
    if allowance.is_spent() {
        return Err(ParseError::TooMuchText { bytes: body.len() });
    }
    let mut feed = match feed {
        Err(ParseError::Unknown { .. }) if !begins_as_text(body) => return Err(ParseError::Binary),
        feed => feed?,
    };
    feed.warnings = warnings;
    if feed.by_address {
        sitemap::look_over(&mut feed, context.base);
    }
    if decoded.is_damaged {
        let garbled = feed.entries.iter().filter(|entry| is_garbled(entry));
        feed.loss.garbled = count(garbled.count());
    }
    Ok(feed)
}

/// Whether a person could read how a body begins: what is compressed or an image is printed nowhere.
fn begins_as_text(body: &[u8]) -> bool {
    let start = &body[..body.len().min(512)];
    let text = match std::str::from_utf8(start) {
        Ok(text) => text,
        // Cut in the middle of a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text
        .chars()
        .any(|character| character.is_control() && !character.is_whitespace())
}

/// Whether watches meet a character there that stands for bytes that were lost.
fn is_garbled(entry: &Entry) -> bool {
    let texts = [&entry.title, &entry.summary, &entry.content];
    let texts = texts.into_iter().flatten().chain(&entry.categories);
    let texts = texts.chain(entry.further.iter().map(|(text, _)| text));
    let mut texts = texts.map(String::as_str).chain(entry.author.as_deref());
    texts.any(|text| text.contains(char::REPLACEMENT_CHARACTER))
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}

/// White space, and what else stands before a document without meaning anything.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\0')
}

/// A way to read an XML document, given its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ParserChoice {
    /// feed-rs on the document as it stands.
    Library,
    /// Our own tolerant reading.
    Tolerant,
}

/// Which way is tried before which; the first that sees all items is taken.
///
/// Any order gives the same items, which a test holds. feed-rs goes first as the common reading of
/// sound feeds; the tolerant reader needs half its time and could stand in front of it.
const ORDER: [ParserChoice; 2] = [ParserChoice::Library, ParserChoice::Tolerant];

fn read_xml(
    text: &str,
    context: &ParseContext<'_>,
    allowance: &ExpansionLimit,
    warnings: &mut Vec<String>,
) -> Result<RawFeed, ParseError> {
    let start = document_start(text);
    if !text[..start].trim_matches(is_blank).is_empty() {
        warnings.push("something stood in front of the feed".to_owned());
    }
    let document = &text[start..];
    let document = &document[declaration_length(document)..];
    let prescan = prescan::prescan_document(document);
    match prescan.root.as_str() {
        "urlset" => return read_sitemap(text, document, context, allowance, warnings),
        "sitemapindex" => {
            let index = sitemap::read_index(document, context, allowance);
            return Err(ParseError::Index(Box::new(index)));
        }
        _ => {}
    }
    if prescan.is_page() || prescan.root.is_empty() {
        return Err(other_document(text, &prescan, None));
    }
    let mut best: Option<Reading> = None;
    let mut others = 0;
    for step in ORDER {
        let Some(reading) = take(step, document, &prescan, context, allowance) else {
            continue;
        };
        let seen = reading.items();
        others = others.max(reading.others);
        if best.as_ref().is_none_or(|best| seen > best.items()) {
            best = Some(reading);
        }
        if seen == count(prescan.items) {
            break;
        }
    }
    let offset = text.len() - document.len();
    let Some(mut best) = best else {
        return Err(other_document(text, &prescan, None));
    };
    if let Some(damage) = &mut best.damage {
        damage.at += offset;
    }
    // An empty feed is a feed, but what was cut off before it said anything only looks like one.
    let says_nothing = best.feed.title.is_none() && best.feed.links.is_empty();
    let is_broken_off = best.feed.loss.broken_off_after.is_some();
    let is_no_feed = is_broken_off && says_nothing || !prescan.is_feed_root();
    if best.items() == 0 && is_no_feed {
        return Err(other_document(text, &prescan, best.damage.as_ref()));
    }
    let items = count(prescan.items).saturating_sub(others);
    best.feed.loss.unread = items.saturating_sub(best.items());
    if let Some(damage) = best.damage {
        let (line, column) = place(text, damage.at);
        warnings.push(tolerated(line, column, damage.reason));
    }
    Ok(best.feed)
}

/// Reads a news sitemap. One without any address is an outlet that published nothing of late; one with
/// addresses and no news is none.
fn read_sitemap(
    text: &str,
    document: &str,
    context: &ParseContext<'_>,
    allowance: &ExpansionLimit,
    warnings: &mut Vec<String>,
) -> Result<RawFeed, ParseError> {
    let sitemap::SitemapContents {
        feed,
        plain,
        damage,
    } = sitemap::read(document, context, allowance);
    let has_none = feed.entries.is_empty();
    let place = damage.map(|damage| {
        let (line, column) = place(text, damage.at + text.len() - document.len());
        (line, column, damage.reason)
    });
    match place {
        // What came behind its end may have been news.
        Some((line, column, reason)) if has_none && feed.loss.broken_off_after.is_some() => {
            return Err(ParseError::BrokenXml {
                line,
                column,
                reason: reason.to_owned(),
            });
        }
        Some((line, column, reason)) => warnings.push(tolerated(line, column, reason)),
        None => {}
    }
    if has_none && plain > 0 {
        return Err(ParseError::PlainSitemap { urls: plain });
    }
    Ok(feed)
}

fn tolerated(line: usize, column: usize, reason: &str) -> String {
    format!("not well-formed XML at line {line}, column {column} ({reason}); read with tolerance")
}

/// What a step gave.
struct Reading {
    feed: RawFeed,
    /// See [`reader::Found::others`].
    others: u64,
    damage: Option<WellFormednessErrors>,
}

impl Reading {
    fn items(&self) -> u64 {
        count(self.feed.entries.len()) + self.feed.loss.surplus
    }
}

/// Start tags that feed-rs gets to see: it keeps every link, author and category of an item, and makes
/// some 250 bytes of the shortest.
const LIBRARY_TAGS: usize = 200_000;
/// So many bytes of a document must stand to each of them, beyond the first thousand.
const LIBRARY_BYTES_A_TAG: usize = 32;

/// Takes a step, unless it does not suit the document or fails.
fn take(
    step: ParserChoice,
    document: &str,
    prescan: &Prescan,
    context: &ParseContext<'_>,
    allowance: &ExpansionLimit,
) -> Option<Reading> {
    let limits = &context.limits;
    let read = |text: &str, kept: Option<&[bool]>| {
        reader::read(text, context.base, limits, kept, allowance)
    };
    match step {
        ParserChoice::Library => {
            let most_tags = (1000 + document.len() / LIBRARY_BYTES_A_TAG).min(LIBRARY_TAGS);
            let suits = !prescan.beyond_library
                && prescan.depth <= limits.nesting
                && prescan.tags <= most_tags
                && prescan.items <= limits.entries;
            let mut feed = suits
                .then(|| feed_rs_reader::read(document).ok())
                .flatten()?;
            // How often it wants to be polled is not among what feed-rs gives.
            let outside = prescan.outside_items(document).concat();
            feed.hints = read(&outside, None).feed.hints;
            Some(Reading {
                feed,
                others: 0,
                damage: None,
            })
        }
        ParserChoice::Tolerant => {
            let first = read(document, None);
            let others = first.others;
            // That they are not the newest is known only when all were seen.
            let languages = context.languages(first.feed.language.as_deref());
            let (feed, damage) = match first.dates.newest(limits.entries, context.now, &languages) {
                Some(kept) => {
                    drop(first.feed);
                    allowance.reset();
                    let again = read(document, Some(&kept));
                    (again.feed, again.damage)
                }
                None => (first.feed, first.damage),
            };
            Some(Reading {
                feed,
                others,
                damage,
            })
        }
    }
}

/// Where a document begins: at its declaration or root, whatever a server printed before it.
fn document_start(text: &str) -> usize {
    let blank = text.len() - text.trim_start_matches(is_blank).len();
    let starts = [
        "<?xml",
        "<!--",
        "<!DOCTYPE",
        "<rss",
        "<feed",
        "<rdf:RDF",
        "<urlset",
        "<sitemapindex",
    ];
    if starts.iter().any(|start| text[blank..].starts_with(start)) {
        return blank;
    }
    let head = &text[..text.floor_char_boundary(blank + 64 * 1024)];
    [
        "<?xml",
        "<rss",
        "<feed",
        "<rdf:RDF",
        "<urlset",
        "<sitemapindex",
    ]
    .iter()
    .filter_map(|start| head.find(start))
    .min()
    .or_else(|| text.find('<'))
    .unwrap_or(blank)
}

fn declaration_length(document: &str) -> usize {
    if document.starts_with("<?xml") {
        document.find("?>").map_or(0, |end| end + 2)
    } else {
        0
    }
}

fn other_document(
    text: &str,
    prescan: &Prescan,
    damage: Option<&WellFormednessErrors>,
) -> ParseError {
    if prescan.is_page() {
        return ParseError::Html {
            title: page_title(text),
        };
    }
    let start = text.trim_start_matches(is_blank);
    if prescan.root.is_empty() || !start.starts_with('<') {
        return ParseError::Unknown {
            start: start.chars().take(40).collect(),
        };
    }
    match damage {
        Some(damage) => {
            let (line, column) = place(text, damage.at);
            ParseError::BrokenXml {
                line,
                column,
                reason: damage.reason.to_owned(),
            }
        }
        None => ParseError::OtherXml {
            root: clean_line(&prescan.root, 80),
        },
    }
}

fn page_title(text: &str) -> Option<String> {
    let start = text.find("<title").or_else(|| text.find("<TITLE"))?;
    let inner = &text[start + text[start..].find('>')? + 1..];
    let title = html::to_text(&inner[..inner.find("</")?.min(2000)]);
    let title: String = title.chars().take(120).collect();
    (!title.is_empty()).then_some(title)
}

/// Line and column, from 1, of a byte position.
fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(at.min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}

#[cfg(test)]
mod tests;
