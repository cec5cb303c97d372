//! The way from bytes to a feed, step by step.

use super::evidence::{self, Evidence};
use super::raw::RawFeed;
use super::tokens::Damage;
use super::{Feed, ParseContext, ParseError, assemble, decode, json, library, repair, walker};
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
    let raw = if text.starts_with(['{', '[']) {
        json::read(text, context.limits.entries)?
    } else {
        read_xml(text, context, &mut warnings)?
    };
    let mut feed = assemble::assemble(raw, context);
    feed.warnings.splice(0..0, warnings);
    Ok(feed)
}

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
    if evidence.is_page_root() || evidence.root.is_empty() {
        return Err(other_document(text, &evidence, None));
    }
    let mut best: Option<RawFeed> = None;
    if suits_the_library(&evidence, context) {
        if let Ok(feed) = library::read(document, &evidence, context.base) {
            if feed.entries.len() == evidence.items {
                return Ok(feed);
            }
            best = Some(feed);
        }
        let repaired = repair::repair(document);
        if repaired.as_ref() != document
            && let Ok(feed) = library::read(&repaired, &evidence, context.base)
        {
            if feed.entries.len() == evidence.items {
                warnings.push("small mistakes in its XML had to be repaired".to_owned());
                return Ok(feed);
            }
            best = Some(feed)
                .filter(|feed| {
                    best.as_ref()
                        .is_none_or(|best| feed.entries.len() > best.entries.len())
                })
                .or(best);
        }
    }
    let walk = walker::walk(document, &context.limits);
    let walked = walk.feed.entries.len() + walk.feed.entries_cut;
    if let Some(best) = best
        && best.entries.len() >= walked
    {
        return Ok(best);
    }
    if walked == 0 && !evidence.is_feed_root() {
        return Err(other_document(text, &evidence, walk.damage.as_ref()));
    }
    if let Some(damage) = walk.damage {
        let (line, column) = place(text, text.len() - document.len() + damage.at);
        warnings.push(format!(
            "not well-formed XML at line {line}, column {column} ({}); read with tolerance",
            damage.reason
        ));
    }
    Ok(walk.feed)
}

/// Whether feed-rs can be trusted with the document. It reads Atom and RSS 2.0 well; what it would
/// read without complaint and get wrong goes to the walker: RDF without identifiers, texts cut at
/// their first element, foreign elements taken for its own, more items than are kept.
fn suits_the_library(evidence: &Evidence, context: &ParseContext<'_>) -> bool {
    matches!(evidence.root.as_str(), "rss" | "feed")
        && !evidence.markup_in_text
        && !evidence.undeclared_prefix
        && !evidence.crowded_tag
        && evidence.depth <= context.limits.nesting
        && evidence.items <= context.limits.entries
}

/// Where a document begins: at its declaration or root, whatever a server printed before it.
fn document_start(text: &str) -> usize {
    if text.starts_with("<?xml") || text.starts_with("<rss") || text.starts_with("<feed") {
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
    if evidence.is_page_root() {
        return ParseError::Html {
            title: page_title(text),
        };
    }
    if evidence.root.is_empty() {
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
