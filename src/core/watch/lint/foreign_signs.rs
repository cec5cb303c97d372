//! Signs of other search programs that mean nothing here, and what to write instead of a term with one.

use crate::core::text::normalization::{CharacterClass, fold};
use crate::core::watch::foreign_syntax::{TermContext, warning};
use crate::core::watch::parser::read;
use crate::core::watch::quotes::{is_quote, needs_quotes};
use crate::core::watch::syntax::{Expression, Kind};
use crate::core::watch::word::{Term, Word};

/// What a term hardly means, and what to write.
pub(super) fn unintended_signs(
    term: &Term,
    written: &str,
    context: TermContext,
) -> Option<(String, Option<String>)> {
    sign_without_meaning(term, written)
        .or_else(|| warning(term, written, context).map(|warning| (warning.message, warning.help)))
}

/// Whether the same would be told of what is suggested.
pub(super) fn repeats_message(help: &str, message: &str) -> bool {
    fn any(query: &str, expression: &Expression, message: &str) -> bool {
        let told = match &expression.kind {
            Kind::Term(term) => {
                unintended_signs(term, &query[expression.place.clone()], TermContext::Needed)
            }
            _ => None,
        };
        let parts = expression.parts();
        told.is_some_and(|(told, _)| told == message)
            || parts.into_iter().any(|part| any(query, part, message))
    }
    read(help).is_none_or(|root| any(help, &root, message))
}

/// `detain$`, `police^2`, `ICE=`: signs of other search programs, which only part words here; and what to
/// write.
fn sign_without_meaning(term: &Term, written: &str) -> Option<(String, Option<String>)> {
    let single = |folded: &str| {
        folded.chars().next().map(|c| fold(c).class()) == Some(CharacterClass::Single)
    };
    let text = term.text.as_str();
    let bare = |text: &str| {
        if needs_quotes(text) {
            format!("\"{text}\"")
        } else {
            text.to_owned()
        }
    };
    if let Some(Word::Stem { .. }) = term.words.last()
        && term.words.iter().any(|word| match word {
            Word::Stem { folded, .. } => single(folded),
            _ => false,
        })
    {
        let message = "`~` finds other endings, and this script has none: leave it out";
        return Some((message.to_owned(), Some(bare(&text.replace('~', "")))));
    }
    if written.contains(is_quote) {
        return None;
    }
    if let Some((word, weight)) = text.split_once('^')
        && weight.starts_with(|c: char| c.is_ascii_digit())
    {
        let message =
            format!("`^{weight}` gives no weight here: write `{word}`, and its points in `score`");
        return Some((message, Some(bare(word))));
    }
    if let Some((word, number)) = text.split_once('~')
        && number.starts_with(|c: char| c.is_ascii_digit())
    {
        let message = format!(
            "`~{number}` finds no misspellings here: `{word}~` finds the other endings of the word"
        );
        return Some((message, Some(format!("{word}~"))));
    }
    let sign = text.chars().next_back()?;
    let word = text.strip_suffix(sign)?;
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    match sign {
        '=' if letters > 0 => Some((
            format!("`=` stands in front of the word: write `={word}`"),
            Some(format!("={word}")),
        )),
        // `LGBTQI+`, `Canal+`, `CO2#`: a name has its sign, and is found with and without it.
        '+' | '#' if word.chars().any(char::is_uppercase) => None,
        '$' | '+' | '#' | '%' if letters >= 3 => Some((
            format!("`{sign}` means nothing behind a word: for any ending write `{word}*`"),
            Some(format!("{word}*")),
        )),
        _ => None,
    }
}
