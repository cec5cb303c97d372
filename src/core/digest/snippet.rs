//! The sentences around the matches, chosen so that a reader sees why an item is there.

use std::collections::BTreeSet;

use super::headline::{first_words, is_headline};
use super::{HitItem, SpanRecord, limits::TITLE_CHARS};
use crate::core::document::Field;
use crate::core::text::line::{TextSegment, clean_line, clean_pieces};
use crate::core::text::sentence::{LONGEST, Sentence, begins_sentence, stops_at};

/// Longest excerpt, in characters.
const EXCERPT_CHARS: usize = LONGEST;
/// Columns of a sentence that says enough to stand beside another.
const NEIGHBOUR_COLUMNS: usize = 20;
/// Sentences at the beginning of a text that may be the headline, or nothing.
const SKIPPED_MAX: usize = 4;
/// More spans in one field than this add nothing to a choice of two sentences.
const SPANS_MAX: usize = 200;
/// Sentences in one excerpt.
const SENTENCES_MAX: usize = 2;

/// The headline with its matches; of an item without one, the first words of its text.
pub(super) fn title_pieces(item: &HitItem, spans: &[&SpanRecord]) -> Vec<TextSegment> {
    let title = pieces_of(&item.title, spans, Field::Title, TITLE_CHARS);
    if is_headline(&item.title) && !title.is_empty() {
        return title;
    }
    let fields = [(Field::Summary, &*item.summary), (Field::Text, &*item.text)];
    let words = fields.into_iter().filter_map(|(field, text)| {
        let ranges = merged(spans, field, text.len());
        first_words(text).map(|words| words.pieces(text, |at| covers(&ranges, at)))
    });
    let mut shown = words.chain([title]);
    shown.find(|pieces| !pieces.is_empty()).unwrap_or_else(|| {
        vec![TextSegment {
            text: "(no headline)".to_owned(),
            marked: false,
        }]
    })
}

/// Two sentences of summary or text: those that show the most different terms of those that decide, else of `all`;
/// where one shows them all, or there is no match but in the headline, with the one that follows. Only what decides is
/// marked. Empty when it would only repeat the headline.
pub(super) fn excerpt_pieces(
    item: &HitItem,
    decisive: &[&SpanRecord],
    all: &[&SpanRecord],
) -> Vec<TextSegment> {
    let title = compared(&joined(&title_pieces(item, &[])));
    let fields = [(Field::Summary, &*item.summary), (Field::Text, &*item.text)];
    for spans in [decisive, all, &[]] {
        for (field, text) in fields {
            let mut sentences = if spans.is_empty() {
                first_sentence(text, &title)
            } else {
                best_sentences(text, spans, field)
            };
            sentences.retain(|sentence| !repeats(sentence.of(text), &title));
            add_neighbour(text, &mut sentences, &title);
            let pieces = assemble(text, &sentences, decisive, field);
            if !pieces.is_empty() {
                return pieces;
            }
        }
    }
    Vec::new()
}

/// The first sentence that is not the headline.
fn first_sentence(text: &str, title: &str) -> Vec<Sentence> {
    let start = text.len() - text.trim_start().len();
    let first = Sentence::around(text, start, start);
    let all = std::iter::successors(Some(first), |sentence| sentence.next(text));
    let mut all = all.take(SKIPPED_MAX);
    all.find(|sentence| !repeats(sentence.of(text), title))
        .into_iter()
        .collect()
}

/// Beside the only one the next, or else the one before, if it is whole, says something and has room.
fn add_neighbour(text: &str, sentences: &mut Vec<Sentence>, title: &str) {
    let &mut [only] = sentences.as_mut_slice() else {
        return;
    };
    let room = EXCERPT_CHARS.saturating_sub(only.of(text).chars().count() + 1);
    let fits = |sentence: &Sentence| {
        let shown = sentence.of(text);
        let length = shown.chars().count();
        sentence.is_whole(text)
            && length <= room
            && columns(shown) >= NEIGHBOUR_COLUMNS
            && !repeats(shown, title)
    };
    let neighbours = [only.next(text), only.previous(text)];
    if let Some(sentence) = neighbours.into_iter().flatten().find(fits) {
        sentences.push(sentence);
        sentences.sort_unstable();
    }
}

/// Columns that a text takes; letters of East Asia take two.
fn columns(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(c >= '\u{2E80}')).sum()
}

/// Whether a sentence says what the headline said, which is compared without the marks at its end.
fn repeats(sentence: &str, title: &str) -> bool {
    compared(&clean_line(sentence, EXCERPT_CHARS)) == title
}

fn compared(line: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric();
    line.trim_matches(|c: char| !is_word(c)).to_lowercase()
}

fn joined(pieces: &[TextSegment]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn pieces_of(text: &str, spans: &[&SpanRecord], field: Field, limit: usize) -> Vec<TextSegment> {
    let ranges = merged(spans, field, text.len());
    clean_pieces(text, |at| covers(&ranges, at), limit)
}

/// The field's spans as sorted ranges that do not touch.
pub(super) fn merged(spans: &[&SpanRecord], field: Field, length: usize) -> Vec<(usize, usize)> {
    let mut ranges: Vec<(usize, usize)> = spans
        .iter()
        .filter(|span| span.field == field && span.start < span.end && span.end <= length)
        .map(|span| (span.start, span.end))
        .collect();
    ranges.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (start, end) in ranges {
        match out.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

pub(super) fn covers(ranges: &[(usize, usize)], at: usize) -> bool {
    let after = ranges.partition_point(|(start, _)| *start <= at);
    after
        .checked_sub(1)
        .and_then(|index| ranges.get(index))
        .is_some_and(|(_, end)| at < *end)
}

/// Greedy: the sentence with the most terms not yet shown, again and again.
fn best_sentences(text: &str, spans: &[&SpanRecord], field: Field) -> Vec<Sentence> {
    let mut sentences: Vec<(Sentence, BTreeSet<&str>)> = Vec::new();
    let mut inside: Vec<&&SpanRecord> = spans
        .iter()
        .filter(|span| span.field == field && span.start < span.end && span.end <= text.len())
        .collect();
    inside.sort_by_key(|span| span.start);
    for span in inside.into_iter().take(SPANS_MAX) {
        if let Some((last, terms)) = sentences.last_mut()
            && span.start >= last.start
            && span.end <= last.end
        {
            terms.insert(&span.term);
            continue;
        }
        let floor = sentences.last().map_or(0, |(last, _)| last.end);
        let sentence = Sentence::around(text, span.start, span.end);
        let sentence = Sentence {
            start: sentence.start.max(floor),
            ..sentence
        };
        if sentence.start < sentence.end {
            sentences.push((sentence, BTreeSet::from([span.term.as_str()])));
        }
    }
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut chosen: Vec<Sentence> = Vec::new();
    let mut room = EXCERPT_CHARS;
    while chosen.len() < SENTENCES_MAX {
        let best = sentences
            .iter()
            .map(|(sentence, terms)| (sentence, terms, sentence.of(text).chars().count()))
            .filter(|(_, _, length)| chosen.is_empty() || *length <= room)
            .map(|(sentence, terms, length)| {
                (terms.difference(&shown).count(), sentence, terms, length)
            })
            .rev()
            .max_by_key(|(news, ..)| *news);
        match best {
            Some((news, sentence, terms, length)) if news > 0 => {
                shown.extend(terms);
                room = room.saturating_sub(length);
                chosen.push(*sentence);
            }
            _ => break,
        }
    }
    chosen.sort_unstable();
    chosen
}

fn assemble(
    text: &str,
    sentences: &[Sentence],
    spans: &[&SpanRecord],
    field: Field,
) -> Vec<TextSegment> {
    let ranges = merged(spans, field, text.len());
    let mut pieces: Vec<TextSegment> = Vec::new();
    let mut last_end = 0;
    for Sentence { start, end } in sentences {
        let gap = !text[last_end..*start].trim().is_empty();
        if gap && (last_end > 0 || !begins_sentence(text, *start)) {
            append(&mut pieces, "… ", false);
        } else if last_end > 0 && last_end < *start {
            append(&mut pieces, " ", false);
        }
        for piece in clean_pieces(
            &text[*start..*end],
            |at| covers(&ranges, start + at),
            EXCERPT_CHARS,
        ) {
            append(&mut pieces, &piece.text, piece.marked);
        }
        last_end = *end;
        let cut = pieces.last().is_some_and(|piece| piece.text.ends_with('…'));
        if !cut && !stops_at(text, *end) {
            append(&mut pieces, " …", false);
        }
    }
    pieces
}

fn append(pieces: &mut Vec<TextSegment>, text: &str, marked: bool) {
    let doubled = text == "… " && pieces.last().is_some_and(|piece| piece.text.ends_with('…'));
    let text = if doubled { " " } else { text };
    let text = if !doubled && text == "… " && !pieces.is_empty() {
        " … "
    } else {
        text
    };
    match pieces.last_mut() {
        Some(piece) if piece.marked == marked => piece.text.push_str(text),
        _ => pieces.push(TextSegment {
            text: text.to_owned(),
            marked,
        }),
    }
}
