//! The way from bytes to a feed, step by step.

use std::borrow::Cow;

use super::evidence::{self, Evidence};
use super::raw::RawFeed;
use super::tokens::Damage;
use super::{
    Feed, ParseContext, ParseError, assemble, decode, hints, json, library, repair, walker,
};
use crate::core::text::html;

/// Parses a body of any format: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x.
///
/// Time and memory are linear in the body, which the caller bounds.
pub fn parse(body: &[u8], context: &ParseContext<'_>) -> Result<Feed, ParseError> {
    let decoded = decode::decode(body, context.content_type);
    let text = decoded
        .text
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    if text.is_empty() {
        return Err(ParseError::Empty);
    }
    let mut warnings = decoded.warnings;
    let raw = if text.starts_with('[') {
        return Err(ParseError::OtherJson);
    } else if text.starts_with('{') {
        json::read(text, context.limits.entries)?
    } else {
        read_xml(text, context, &mut warnings)?
    };
    let mut feed = assemble::assemble(raw, context);
    feed.warnings.splice(0..0, warnings);
    Ok(feed)
}

/// A way to read an XML document, given its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// feed-rs on the document as it stands.
    Library,
    /// feed-rs on the document with its small mistakes made good.
    Repaired,
    /// Our own tolerant reading.
    Walker,
}

/// Which way is tried before which; the first that sees all items is taken.
///
/// Any order gives the same items, which a test holds. feed-rs goes first as the common reading of
/// sound feeds; the walker needs half its time and could stand in front of it.
const ORDER: [Step; 3] = [Step::Library, Step::Repaired, Step::Walker];

fn read_xml(
    text: &str,
    context: &ParseContext<'_>,
    warnings: &mut Vec<String>,
) -> Result<RawFeed, ParseError> {
    let start = document_start(text);
    if !text[..start].trim().is_empty() {
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
        let Some(reading) = take(step, document, &evidence, context) else {
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
    let Some(best) = best else {
        return Err(other_document(text, &evidence, None));
    };
    if best.items() == 0 && !evidence.is_feed_root() {
        return Err(other_document(text, &evidence, best.damage.as_ref()));
    }
    if best.step == Step::Repaired {
        warnings.push("small mistakes in its XML had to be repaired".to_owned());
    }
    let offset = text.len() - document.len();
    if let Some(damage) = best.damage {
        let (line, column) = place(text, offset + damage.at);
        warnings.push(format!(
            "not well-formed XML at line {line}, column {column} ({}); read with tolerance",
            damage.reason
        ));
    }
    if let Some(at) = best.gave_up_at {
        let (line, column) = place(text, offset + at);
        warnings.push(format!(
            "too broken to be read beyond line {line}, column {column}"
        ));
    }
    Ok(best.feed)
}

/// What a step gave.
struct Reading {
    step: Step,
    feed: RawFeed,
    damage: Option<Damage>,
    gave_up_at: Option<usize>,
}

impl Reading {
    fn items(&self) -> usize {
        self.feed.entries.len() + self.feed.entries_cut
    }
}

/// Takes a step, unless it does not suit the document or fails.
fn take(
    step: Step,
    document: &str,
    evidence: &Evidence,
    context: &ParseContext<'_>,
) -> Option<Reading> {
    let suits_the_library = !evidence.beyond_library
        && evidence.depth <= context.limits.nesting
        && evidence.items <= context.limits.entries;
    let (mut feed, damage, gave_up_at) = match step {
        Step::Library if suits_the_library && !evidence.needs_repair => {
            (library::read(document).ok()?, None, None)
        }
        Step::Repaired if suits_the_library => match repair::repair(document) {
            Cow::Owned(repaired) => (library::read(&repaired).ok()?, None, None),
            // Nothing was wrong, so the step before did the same.
            Cow::Borrowed(_) => return None,
        },
        Step::Library | Step::Repaired => return None,
        Step::Walker => {
            let walk = walker::walk(document, context.base, &context.limits);
            (walk.feed, walk.damage, walk.gave_up_at)
        }
    };
    if step != Step::Walker {
        feed.hints = hints::scan(&evidence.outside_items(document));
    }
    Some(Reading {
        step,
        feed,
        damage,
        gave_up_at,
    })
}

/// Where a document begins: at its declaration or root, whatever a server printed before it.
fn document_start(text: &str) -> usize {
    if ["<?xml", "<!--", "<!DOCTYPE", "<rss", "<feed", "<rdf:RDF"]
        .iter()
        .any(|start| text.starts_with(start))
    {
        return 0;
    }
    let head = &text[..text.floor_char_boundary(64 * 1024)];
    ["<?xml", "<rss", "<feed", "<rdf:RDF"]
        .iter()
        .filter_map(|start| head.find(start))
        .min()
        .or_else(|| text.find('<'))
        .unwrap_or(0)
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
    if evidence.root.is_empty() || !text.starts_with('<') {
        return ParseError::Unknown {
            start: text.chars().take(40).collect(),
        };
    }
    match damage {
        Some(damage) => {
            let (line, column) = place(text, damage.at);
            ParseError::BrokenXml {
                line,
                column,
                reason: damage.reason.clone(),
            }
        }
        None => ParseError::OtherXml {
            root: evidence.root.chars().take(80).collect(),
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
