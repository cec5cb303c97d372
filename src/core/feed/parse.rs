//! The way from bytes to a feed, step by step.

use super::evidence::{self, Evidence};
use super::raw::RawFeed;
use super::{Feed, ParseContext, ParseError, assemble, decode, json, library};

/// Parses a body of any format: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed 1.x.
///
/// Time and memory are linear in the body, which the caller bounds.
pub fn parse(body: &[u8], context: &ParseContext<'_>) -> Result<Feed, ParseError> {
    let decoded = decode::decode(body, context.content_type);
    let text = decoded
        .text
        .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
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
    let text = without_declaration(text);
    let evidence = evidence::examine(text);
    if let Ok(feed) = library::read(text, &evidence, context.base) {
        return Ok(feed);
    }
    let _ = warnings;
    Err(other_document(text, &evidence))
}

fn other_document(text: &str, evidence: &Evidence) -> ParseError {
    if evidence.is_page_root() {
        return ParseError::Html { title: None };
    }
    if evidence.root.is_empty() {
        return ParseError::Unknown {
            start: text.chars().take(40).collect(),
        };
    }
    ParseError::OtherXml {
        root: evidence.root.clone(),
    }
}

fn without_declaration(text: &str) -> &str {
    text.strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .map_or(text, |(_, rest)| rest)
}
