//! A whole text with its matches, as a page shows it.

use super::SpanRecord;
use super::snippet::{covers, merged};
use crate::core::document::Field;
use crate::core::text::line::{TextSegment, clean_pieces};

/// The paragraphs of a text with its matches marked, clean, of some `limit` characters at most; and whether that is
/// all of it.
pub fn paragraphs(
    text: &str,
    spans: &[SpanRecord],
    field: Field,
    limit: usize,
) -> (Vec<Vec<TextSegment>>, bool) {
    if limit == 0 {
        return (Vec::new(), text.trim().is_empty());
    }
    let spans: Vec<&SpanRecord> = spans.iter().collect();
    let ranges = merged(&spans, field, text.len());
    let mut left = limit;
    let mut start = 0;
    let mut shown = Vec::new();
    for line in text.split_inclusive('\n') {
        let pieces = clean_pieces(line, |at| covers(&ranges, start + at), left);
        start += line.len();
        let length: usize = pieces.iter().map(|piece| piece.text.chars().count()).sum();
        if length == 0 {
            continue;
        }
        shown.push(pieces);
        // One that is cut ends in an ellipsis, which is a character more.
        if length > left {
            return (shown, false);
        }
        left -= length;
        if left == 0 {
            return (shown, text[start..].trim().is_empty());
        }
    }
    (shown, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &[&str], limit: usize) -> (Vec<String>, bool) {
        let spans: Vec<SpanRecord> = words
            .iter()
            .map(|word| {
                let start = text.find(word).unwrap();
                SpanRecord {
                    field: Field::Text,
                    start,
                    end: start + word.len(),
                    term: (*word).to_owned(),
                }
            })
            .collect();
        let (lines, whole) = paragraphs(text, &spans, Field::Text, limit);
        let line = |pieces: &Vec<TextSegment>| {
            let piece = |piece: &TextSegment| {
                if piece.marked {
                    format!("[{}]", piece.text)
                } else {
                    piece.text.clone()
                }
            };
            pieces.iter().map(piece).collect::<String>()
        };
        (lines.iter().map(line).collect(), whole)
    }

    #[test]
    fn matches_are_marked_in_the_paragraph_in_which_they_stand() {
        let text = "The court spoke.\n\n  Police beat him.\nNothing more.";
        let (lines, whole) = shown(text, &["beat", "court"], 1_000);
        assert_eq!(
            lines,
            ["The [court] spoke.", "Police [beat] him.", "Nothing more."]
        );
        assert!(whole);
    }

    #[test]
    fn what_is_cut_is_told() {
        let (lines, whole) = shown("One two three.\nFour five six.", &[], 18);
        assert_eq!(lines, ["One two three.", "Four…"]);
        assert!(!whole);
        let (lines, whole) = shown("One.\nTwo.", &[], 4);
        assert_eq!((lines.len(), whole), (1, false));
        assert!(shown("One.\n \n", &[], 4).1, "nothing is missing");
        assert!(shown("", &[], 4).1);
    }
}
