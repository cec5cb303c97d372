//! The sentences around the matches, chosen so that a reader sees why an item is there.

use std::collections::BTreeSet;

use super::headline::{first_words, is_headline};
use super::{HitItem, Piece, SpanRecord, clean::clean_pieces};
use crate::core::document::Field;

/// Longest headline shown, in characters.
pub(super) const TITLE_CHARS: usize = 300;
/// Longest excerpt, in characters.
const EXCERPT_CHARS: usize = 420;
/// How far a sentence is looked for on either side of a match, in characters.
const REACH: usize = 180;
/// More spans in one field than this add nothing to a choice of two sentences.
const SPANS_MAX: usize = 200;
/// Sentences in one excerpt.
const SENTENCES_MAX: usize = 2;

/// The headline with its matches; of an item without one, the first words of its text.
pub(super) fn title_pieces(item: &HitItem, spans: &[&SpanRecord]) -> Vec<Piece> {
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
        vec![Piece {
            text: "(no headline)".to_owned(),
            marked: false,
        }]
    })
}

/// The sentences of summary and text that show the most different terms of those that decide, else of `all`;
/// without a match there, the beginning of what there is. Only what decides is marked. Empty when it would only
/// repeat the headline.
pub(super) fn excerpt_pieces(
    item: &HitItem,
    decisive: &[&SpanRecord],
    all: &[&SpanRecord],
) -> Vec<Piece> {
    let title: String = joined(&title_pieces(item, &[]));
    let fields = [(Field::Summary, &*item.summary), (Field::Text, &*item.text)];
    for spans in [decisive, all] {
        for (field, text) in fields {
            let sentences = best_sentences(text, spans, field);
            if sentences.is_empty() {
                continue;
            }
            let pieces = assemble(text, &sentences, decisive, field);
            if joined(&pieces) != title {
                return pieces;
            }
        }
    }
    for (_, text) in fields {
        let end = sentence_end(text, floor(text, 120));
        let pieces = clean_pieces(&text[..end], |_| false, EXCERPT_CHARS);
        if !pieces.is_empty() && joined(&pieces) != title {
            return with_ellipsis(pieces, !stops_at(text, end));
        }
    }
    Vec::new()
}

fn joined(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

fn pieces_of(text: &str, spans: &[&SpanRecord], field: Field, limit: usize) -> Vec<Piece> {
    let ranges = merged(spans, field, text.len());
    clean_pieces(text, |at| covers(&ranges, at), limit)
}

/// The field's spans as sorted ranges that do not touch.
fn merged(spans: &[&SpanRecord], field: Field, length: usize) -> Vec<(usize, usize)> {
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

fn covers(ranges: &[(usize, usize)], at: usize) -> bool {
    let after = ranges.partition_point(|(start, _)| *start <= at);
    after
        .checked_sub(1)
        .and_then(|index| ranges.get(index))
        .is_some_and(|(_, end)| at < *end)
}

struct Sentence<'a> {
    start: usize,
    end: usize,
    terms: BTreeSet<&'a str>,
}

/// Greedy: the sentence with the most terms not yet shown, again and again.
fn best_sentences<'a>(text: &str, spans: &[&'a SpanRecord], field: Field) -> Vec<(usize, usize)> {
    let mut sentences: Vec<Sentence<'a>> = Vec::new();
    let mut inside: Vec<&&SpanRecord> = spans
        .iter()
        .filter(|span| span.field == field && span.start < span.end && span.end <= text.len())
        .collect();
    inside.sort_by_key(|span| span.start);
    for span in inside.into_iter().take(SPANS_MAX) {
        if let Some(last) = sentences.last_mut()
            && span.start >= last.start
            && span.end <= last.end
        {
            last.terms.insert(&span.term);
            continue;
        }
        let floor_at = sentences.last().map_or(0, |last| last.end);
        let start = sentence_start(text, floor(text, span.start)).max(floor_at);
        let end = sentence_end(text, ceil(text, span.end));
        if start < end {
            sentences.push(Sentence {
                start,
                end,
                terms: BTreeSet::from([span.term.as_str()]),
            });
        }
    }
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut chosen: Vec<(usize, usize)> = Vec::new();
    let mut bytes = 0;
    while chosen.len() < SENTENCES_MAX {
        let best = sentences
            .iter()
            .filter(|sentence| {
                chosen.is_empty() || bytes + (sentence.end - sentence.start) <= EXCERPT_CHARS
            })
            .map(|sentence| (sentence.terms.difference(&shown).count(), sentence))
            .rev()
            .max_by_key(|(news, _)| *news);
        match best {
            Some((news, sentence)) if news > 0 => {
                shown.extend(&sentence.terms);
                bytes += sentence.end - sentence.start;
                chosen.push((sentence.start, sentence.end));
            }
            _ => break,
        }
    }
    chosen.sort_unstable();
    chosen
}

fn assemble(
    text: &str,
    sentences: &[(usize, usize)],
    spans: &[&SpanRecord],
    field: Field,
) -> Vec<Piece> {
    let ranges = merged(spans, field, text.len());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last_end = 0;
    for (start, end) in sentences {
        let gap = !text[last_end..*start].trim().is_empty();
        if gap && (last_end > 0 || !begins_sentence(text, *start)) {
            append(&mut pieces, "… ", false);
        } else if last_end > 0 {
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

fn append(pieces: &mut Vec<Piece>, text: &str, marked: bool) {
    let doubled = text == "… " && pieces.last().is_some_and(|piece| piece.text.ends_with('…'));
    let text = if doubled { " " } else { text };
    let text = if !doubled && text == "… " && !pieces.is_empty() {
        " … "
    } else {
        text
    };
    match pieces.last_mut() {
        Some(piece) if piece.marked == marked => piece.text.push_str(text),
        _ => pieces.push(Piece {
            text: text.to_owned(),
            marked,
        }),
    }
}

fn with_ellipsis(mut pieces: Vec<Piece>, cut: bool) -> Vec<Piece> {
    if cut {
        append(&mut pieces, " …", false);
    }
    pieces
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest character boundary at or behind `at`.
fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Where the sentence around `at` begins; at a word when it begins too far away.
fn sentence_start(text: &str, at: usize) -> usize {
    let mut from = at;
    for (index, c) in text[..at].char_indices().rev().take(REACH) {
        let after = index + c.len_utf8();
        if ends_here(c, &text[..index], &text[after..]) {
            return skip_space(text, after, at);
        }
        from = index;
    }
    if from == 0 {
        return skip_space(text, 0, at);
    }
    let word = text[from..at].find(char::is_whitespace).unwrap_or(0);
    skip_space(text, from + word, at)
}

/// Where the sentence around `at` ends; at a word when it ends too far away.
fn sentence_end(text: &str, at: usize) -> usize {
    let mut to = at;
    for (index, c) in text[at..].char_indices().take(REACH) {
        let (start, after) = (at + index, at + index + c.len_utf8());
        if ends_here(c, &text[..start], &text[after..]) {
            return if c == '\n' { start } else { after };
        }
        to = after;
    }
    if to == text.len() {
        return to;
    }
    let cut = text[at..to]
        .rfind(char::is_whitespace)
        .filter(|cut| *cut > 0);
    cut.map_or(to, |cut| at + cut)
}

fn skip_space(text: &str, from: usize, at: usize) -> usize {
    at - text[from..at].trim_start().len()
}

/// Whether a sentence ends with `c`, which stands between `before` and `rest`.
pub(super) fn ends_here(c: char, before: &str, rest: &str) -> bool {
    match c {
        '\n' | '。' | '！' | '？' | '।' | '۔' => true,
        '!' | '?' | '…' | '؟' => goes_on_anew(rest),
        '.' => goes_on_anew(rest) && !is_abbreviation(before),
        _ => false,
    }
}

/// Whether `rest` is nothing, or a space and then no small letter: "5 p.m. on Monday" goes on.
fn goes_on_anew(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
        && !rest
            .chars()
            .take(8)
            .find(|c| !c.is_whitespace())
            .is_some_and(char::is_lowercase)
}

/// "U.S.", "J. Smith", "Dr. Smith", "Sen. Smith": a full stop that ends no sentence.
fn is_abbreviation(before: &str) -> bool {
    const TITLES: [&str; 14] = [
        "Mr", "Mrs", "Ms", "Dr", "Sr", "Sra", "Gen", "Gov", "Sen", "Rep", "Lt", "Col", "St", "No",
    ];
    let word = before
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or("");
    let single = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    single || TITLES.contains(&word)
}

/// Whether a sentence or a line begins at `start`.
fn begins_sentence(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    before.is_empty() || text[before.len()..start].contains('\n') || ends_sentence(before)
}

/// Whether a sentence, a line or the text ends at `end`.
fn stops_at(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start();
    let gap = &text[end..text.len() - rest.len()];
    rest.is_empty() || gap.contains('\n') || ends_sentence(&text[..end])
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with([
        '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '"', '”', '»', ')',
    ])
}
