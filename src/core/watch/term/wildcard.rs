//! Wildcards, as in `detain*` and `organi?ation`, and the mistakes that they invite.

use std::ops::Range;

use crate::core::text::normalization::{CharacterClass, fold};
use crate::core::text::tokenizer::fold_words;
use crate::core::watch::problem::{PLACEHOLDER_TERM, Problem};
use crate::core::watch::quotes::needs_quotes;
use crate::core::watch::word::MIN_PREFIX;

pub(super) fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '?' | '？' | '＊')
}

/// The folded pattern of a piece with wildcards, which stands at `span`, in `phrase`, which stands at `whole`.
pub(super) fn wildcard(
    piece: &str,
    span: &Range<usize>,
    phrase: &str,
    whole: &Range<usize>,
) -> Result<String, Problem> {
    let piece = piece.replace('？', "?").replace('＊', "*");
    let letters = piece.trim_matches(['*', '?']);
    if letters.is_empty() {
        return Err(without_letters(&piece, span, phrase, whole));
    }
    let problem = |message: &str, help: &str| Err(Problem::error(span.clone(), message).help(help));
    if piece.starts_with(['*', '?']) {
        let message = "a wildcard never stands in front: give the words, joined with OR";
        return problem(message, letters);
    }
    let body = piece.trim_end_matches('*');
    if let Some((front, _)) = body.split_once('*') {
        let message = "`*` stands only at the end of a word; `?` is one letter inside it";
        let help = if letters_in(front) >= MIN_PREFIX {
            format!("{front}*")
        } else {
            letters.replace('*', "?")
        };
        return problem(message, &help);
    }
    let Some(mut pattern) = folded(body) else {
        let message = "this script has no spaces, so the characters are found inside longer words \
                       without a wildcard";
        return problem(message, &letters.replace(['*', '?'], ""));
    };
    let front = pattern.split('?').next().unwrap_or_default();
    if front.is_empty() {
        let message = "a wildcard needs letters in front of it";
        return problem(message, &letters.replace('?', ""));
    }
    if body.len() < piece.len() {
        if letters_in(front) < MIN_PREFIX {
            let message = format!(
                "`*` needs at least {MIN_PREFIX} letters in front of it, or it would match too much"
            );
            return problem(&message, &body.replace('?', ""));
        }
        pattern.push('*');
    }
    Ok(pattern)
}

/// What is wrong with wildcards alone.
fn without_letters(
    piece: &str,
    span: &Range<usize>,
    phrase: &str,
    whole: &Range<usize>,
) -> Problem {
    let message = if piece.starts_with('*') {
        "a wildcard needs letters in front of it; for any word between two, use PRE/2"
    } else {
        "`?` stands for one letter and needs letters in front of it"
    };
    match between(phrase) {
        WildcardNeighbours::Nothing => {
            Problem::error(whole.clone(), message).help(PLACEHOLDER_TERM)
        }
        WildcardNeighbours::Parts(help) => Problem::error(whole.clone(), message).help(help),
        WildcardNeighbours::Words => Problem::error(span.clone(), message).help(""),
    }
}

/// The letters folded, with `?` between them as they were; none where a character is a word of its own.
fn folded(body: &str) -> Option<String> {
    let mut pattern = String::new();
    for (index, literal) in body.split('?').enumerate() {
        if index > 0 {
            pattern.push('?');
        }
        let words = fold_words(literal);
        if words.len() > 1
            || literal
                .chars()
                .any(|c| fold(c).class() == CharacterClass::Single)
        {
            return None;
        }
        if let Some(word) = words.first() {
            pattern.push_str(&word.folded);
        }
    }
    Some(pattern)
}

/// What a wildcard without letters stands among.
enum WildcardNeighbours {
    /// It is all there is.
    Nothing,
    /// Words of a phrase, in two parts; what finds these that far apart.
    Parts(String),
    /// Words, in some other way.
    Words,
}

fn between(phrase: &str) -> WildcardNeighbours {
    let is_star = |word: &&str| word.chars().all(is_wildcard);
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let front = words.iter().take_while(|word| !is_star(word)).count();
    let stars = words[front..]
        .iter()
        .take_while(|word| is_star(word))
        .count();
    let (left, right) = (&words[..front], &words[front + stars..]);
    if left.is_empty() && right.iter().all(is_star) {
        return WildcardNeighbours::Nothing;
    }
    if left.is_empty() || right.is_empty() || stars == 0 || right.iter().any(is_star) {
        return WildcardNeighbours::Words;
    }
    let quoted = |words: &[&str]| match words {
        [one] if !needs_quotes(one) => (*one).to_owned(),
        _ => format!("\"{}\"", words.join(" ")),
    };
    let distance = stars + 1;
    WildcardNeighbours::Parts(format!(
        "({} PRE/{distance} {})",
        quoted(left),
        quoted(right)
    ))
}

/// Letters in a folded word. A Hangul syllable is written with two or three.
fn letters_in(folded: &str) -> usize {
    folded
        .chars()
        .map(|c| match c {
            '\u{AC00}'..='\u{D7A3}' if (u32::from(c) - 0xAC00).is_multiple_of(28) => 2,
            '\u{AC00}'..='\u{D7A3}' => 3,
            _ => 1,
        })
        .sum()
}
