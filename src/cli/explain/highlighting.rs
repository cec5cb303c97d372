//! The words of an item, with those of the match highlighted.

use std::fmt::Write as _;
use std::io::{IsTerminal, stdout};

use crate::cli::output;
use crate::core::document::{Document, Field};
use crate::core::feed::links::target;
use crate::core::watch::{Explanation, Span};

/// The item's words, with those of the match in colour, or between asterisks where there is none. Of
/// an item that is no match, those of the parts that hold; never words that speak against it.
pub(super) fn show_text(document: &Document, explanation: &Explanation) {
    let spans: Vec<&Span> = if explanation.matched {
        explanation.spans.iter().collect()
    } else {
        let holding = explanation.query.holding();
        holding.into_iter().flat_map(|part| &part.spans).collect()
    };
    for (field, text) in [
        (Field::Title, &document.title),
        (Field::Summary, &document.summary),
        (Field::Text, &document.text),
        (Field::Author, &document.author),
    ] {
        if text.is_empty() {
            continue;
        }
        let mut ranges: Vec<(usize, usize)> = spans
            .iter()
            .filter(|span| span.field == field)
            .map(|span| (span.start, span.end))
            .collect();
        ranges.sort_unstable();
        say!("{}: {}", field.name(), marked(text, &ranges));
    }
    if let Some(url) = &document.url {
        show_address(url);
    }
}

/// Where the item is, and the redirect that its feed gives instead, for `site:` asks for the former.
fn show_address(given: &str) {
    let address = target(given);
    say!("address: {}", output::printable(&address, 300));
    if address != given {
        say!("  as its feed gives it: {}", output::printable(given, 300));
    }
}

/// The text with its ranges marked; overlapping ones are one.
fn marked(text: &str, ranges: &[(usize, usize)]) -> String {
    let style = output::MARK;
    let colour = stdout().is_terminal();
    let mut out = String::new();
    let mut at = 0;
    let mut rest = ranges.iter().peekable();
    while let Some(&(start, mut end)) = rest.next() {
        while let Some((_, next_end)) = rest.next_if(|(next, _)| *next <= end) {
            end = end.max(*next_end);
        }
        let (Some(before), Some(word)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        out.push_str(&output::plain(before));
        let word = output::plain(word);
        if colour {
            let _ = write!(out, "{style}{word}{style:#}");
        } else {
            let _ = write!(out, "**{word}**");
        }
        at = end;
    }
    out.push_str(&output::plain(text.get(at..).unwrap_or_default()));
    out
}
