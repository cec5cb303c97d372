//! Ways of writing that come from elsewhere, are accepted here, and mean something else: `detenido/a`,
//! `(jail|sentence)`, `police … protest`.

mod endings;
mod infix_signs;
mod letters;
mod operators;
mod term_text;
mod warning;

pub(super) use endings::forms_of;
use term_text::TermText;
pub(super) use warning::{ForeignSyntaxWarning, TermContext};

use super::quotes::is_quote;
use super::word::{Term, Word};

/// Letters of a word, at most; no language has longer ones.
const LONGEST_WORD: usize = 120;

/// What is unusual about a term. `written` is the term in the query with its quotes and parentheses.
pub(super) fn warning(
    term: &Term,
    written: &str,
    context: TermContext,
) -> Option<ForeignSyntaxWarning> {
    let text = TermText {
        text: &term.text,
        exact: term.exact,
    };
    let quoted = written.contains(is_quote);
    letters::entity(text)
        .or_else(|| letters::misread(text))
        .or_else(|| letters::two_scripts(text))
        .or_else(|| too_long(term))
        .or_else(|| endings::either(text))
        .or_else(|| infix_signs::either(text))
        .or_else(|| infix_signs::both(text))
        .or_else(|| infix_signs::ellipsis(text, quoted))
        .or_else(|| infix_signs::backslash(text))
        .or_else(|| quoted.then(|| infix_signs::signs(text)).flatten())
        .or_else(|| quoted.then(|| operators::quoted(text, context)).flatten())
}

/// A wildcard or a word that is longer than any word.
fn too_long(term: &Term) -> Option<ForeignSyntaxWarning> {
    let long = term.words.iter().find_map(|word| {
        let folded = match word {
            Word::Plain(folded)
            | Word::Exact { folded, .. }
            | Word::Stem { folded, .. }
            | Word::Abbreviation { folded, .. } => folded,
            Word::Wildcard(pattern) => pattern,
        };
        (folded.chars().count() > LONGEST_WORD).then_some(folded)
    })?;
    let start: String = long.chars().take(20).collect();
    ForeignSyntaxWarning::new(
        format!(
            "no word is as long as `{start}…`, so it never matches: is a blank or an operator missing?"
        ),
        None,
    )
}
