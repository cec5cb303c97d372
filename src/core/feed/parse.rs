//! The way from bytes to a feed, step by step.

use super::allowance::Allowance;
use super::evidence::{self, Evidence};
use super::raw::RawFeed;
use super::tokens::Damage;
use super::{Feed, ParseContext, ParseError, assemble, decode, json, library, links, walker};
use crate::core::digest::clean_line;
use crate::core::text::html;

/// Parses a body of any format: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x.
///
/// Time and memory are linear in the body, which the caller bounds.
pub fn parse(body: &[u8], context: &ParseContext<'_>) -> Result<Feed, ParseError> {
    let decoded = decode::decode(body, context.content_type);
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
    let allowance = Allowance::of(body.len());
    let raw = if start.starts_with('[') {
        Err(ParseError::OtherJson)
    } else if start.starts_with('{') {
        json::read(text, context.limits.entries, &allowance)
    } else {
        read_xml(text, &context, &allowance, &mut warnings)
    };
    let feed = raw.map(|raw| assemble::assemble(raw, &context, &allowance));
    if allowance.is_spent() {
        return Err(ParseError::TooMuchText { bytes: body.len() });
    }
    let mut feed = feed?;
    feed.warnings.splice(0..0, warnings);
    Ok(feed)
}

/// White space, and what else stands before a document without meaning anything.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{feff}' | '\0')
}

/// A way to read an XML document, given its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// feed-rs on the document as it stands.
    Library,
    /// Our own tolerant reading.
    Walker,
}

/// Which way is tried before which; the first that sees all items is taken.
///
/// Any order gives the same items, which a test holds. feed-rs goes first as the common reading of
/// sound feeds; the walker needs half its time and could stand in front of it.
const ORDER: [Step; 2] = [Step::Library, Step::Walker];

fn read_xml(
    text: &str,
    context: &ParseContext<'_>,
    allowance: &Allowance,
    warnings: &mut Vec<String>,
) -> Result<RawFeed, ParseError> {
    let start = document_start(text);
    if !text[..start].trim_matches(is_blank).is_empty() {
        warnings.push("something stood in front of the feed".to_owned());
    }
    let document = &text[start..];
    let document = &document[declaration_length(document)..];
    let evidence = evidence::examine(document);
    if evidence.is_page() || evidence.root.is_empty() {
        return Err(other_document(text, &evidence, None));
    }
    let mut best: Option<Reading> = None;
    for step in ORDER {
        let Some(reading) = take(step, document, &evidence, context, allowance) else {
            continue;
        };
        let seen = reading.items();
        if best.as_ref().is_none_or(|best| seen > best.items()) {
            best = Some(reading);
        }
        if seen == evidence.items {
            break;
        }
    }
    let offset = text.len() - document.len();
    let Some(mut best) = best else {
        return Err(other_document(text, &evidence, None));
    };
    if let Some(damage) = &mut best.damage {
        damage.at += offset;
    }
    // An empty feed is a feed, but what was cut off before it said anything only looks like one.
    let says_nothing = best.feed.title.is_none() && best.feed.links.is_empty();
    let is_no_feed = best.is_cut_off && says_nothing || !evidence.is_feed_root();
    if best.items() == 0 && is_no_feed {
        return Err(other_document(text, &evidence, best.damage.as_ref()));
    }
    if let Some(damage) = best.damage {
        let (line, column) = place(text, damage.at);
        warnings.push(format!(
            "not well-formed XML at line {line}, column {column} ({}); read with tolerance",
            damage.reason
        ));
    }
    Ok(best.feed)
}

/// What a step gave.
struct Reading {
    feed: RawFeed,
    damage: Option<Damage>,
    is_cut_off: bool,
}

impl Reading {
    fn items(&self) -> usize {
        self.feed.entries.len() + self.feed.entries_cut
    }
}

/// Start tags that feed-rs gets to see: it keeps every link, author and category of an item, and makes
/// some 250 bytes of the shortest.
const LIBRARY_TAGS: usize = 200_000;
/// So many bytes of a document must stand to each of them, beyond the first thousand.
const LIBRARY_BYTES_A_TAG: usize = 32;

/// Takes a step, unless it does not suit the document or fails.
fn take(
    step: Step,
    document: &str,
    evidence: &Evidence,
    context: &ParseContext<'_>,
    allowance: &Allowance,
) -> Option<Reading> {
    let walk = |text: &str| walker::walk(text, context.base, &context.limits, allowance);
    match step {
        Step::Library => {
            let most_tags = (1000 + document.len() / LIBRARY_BYTES_A_TAG).min(LIBRARY_TAGS);
            let suits = !evidence.beyond_library
                && evidence.depth <= context.limits.nesting
                && evidence.tags <= most_tags
                && evidence.items <= context.limits.entries;
            let mut feed = suits.then(|| library::read(document).ok()).flatten()?;
            // How often it wants to be polled is not among what feed-rs gives.
            feed.hints = walk(&evidence.outside_items(document).concat()).feed.hints;
            Some(Reading {
                feed,
                damage: None,
                is_cut_off: false,
            })
        }
        Step::Walker => {
            let walk = walk(document);
            Some(Reading {
                feed: walk.feed,
                damage: walk.damage,
                is_cut_off: walk.is_cut_off,
            })
        }
    }
}

/// Where a document begins: at its declaration or root, whatever a server printed before it.
fn document_start(text: &str) -> usize {
    let blank = text.len() - text.trim_start_matches(is_blank).len();
    let starts = ["<?xml", "<!--", "<!DOCTYPE", "<rss", "<feed", "<rdf:RDF"];
    if starts.iter().any(|start| text[blank..].starts_with(start)) {
        return blank;
    }
    let head = &text[..text.floor_char_boundary(blank + 64 * 1024)];
    ["<?xml", "<rss", "<feed", "<rdf:RDF"]
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

fn other_document(text: &str, evidence: &Evidence, damage: Option<&Damage>) -> ParseError {
    if evidence.is_page() {
        return ParseError::Html {
            title: page_title(text),
        };
    }
    let start = text.trim_start_matches(is_blank);
    if evidence.root.is_empty() || !start.starts_with('<') {
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
            root: clean_line(&evidence.root, 80),
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
#[path = "tests.rs"]
mod tests;

#[cfg(test)]
#[path = "hostile_tests.rs"]
mod hostile_tests;
