//! Words that a version adds to say what is not so: `, not a dozen`, `rather than Anna Roe`.

use std::ops::Range;
use std::sync::LazyLock;

use super::numbers::is_number;
use crate::core::story::lexicon::Lexicon;
use crate::core::story::tokenizer::{Gap, Token};

/// Characters of a word that is denied, so that it is none that every sentence has.
const DENIED_CHARS: usize = 4;

/// What may stand before the negation, where no comma does: `and not`, `et non`.
static BEFORE: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new("and but y e et mais mas pero sino a ale а и но و ولكن بل aber und sondern")
});

/// What may stand between the contrast and what is denied.
static BETWEEN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "a an the than of in on at by to for as el la los las un una unos unas de del al en por que le les l d des du une au aux \
         à o os as um uma uns umas do da dos das em no na nos nas ao в на о к из у с от من في على عن إلى der die das den ein eine 是 在",
    )
});

/// What is denied right behind a contrast among those words of a sentence that a version added.
pub(super) fn denied(words: &[Token], Range { start, end: to }: Range<usize>) -> &[Token] {
    let Some(at) = (start..to).find(|&at| is_contrast(words, at, start)) else {
        return &[];
    };
    let is_small = |word: &&Token| {
        !is_number(word) && (NEGATIONS.has(&word.folded) || BETWEEN.has(&word.folded))
    };
    let begin = at + 1 + words[at + 1..to].iter().take_while(is_small).count();
    // A name behind its title is of it; who does something there is not.
    let goes_on = |word: &&Token| word.is_capital && word.gap < Gap::Comma;
    let more = words[to.min(begin + 1)..to].iter().take_while(goes_on);
    let end = to.min(begin + 1 + more.count());
    let phrase = &words[begin..end];
    let ends = words[..to].get(end).is_none_or(|next| {
        next.gap >= Gap::Comma || is_small(&next) || phrase.iter().all(is_number)
    });
    if ends { phrase } else { &[] }
}

/// Whether what follows a word is not so, rather than that somebody did not do something.
fn is_contrast(words: &[Token], at: usize, from: usize) -> bool {
    let before = at.checked_sub(1).map(|at| words[at].folded.as_str());
    let next = words.get(at + 1).map_or("", |next| next.folded.as_str());
    match words[at].folded.as_str() {
        "rather" => next == "than",
        "instead" => next == "of",
        "lugar" | "vez" => matches!(before, Some("en" | "em")),
        "lieu" => before == Some("au"),
        "plutot" => next.starts_with("qu"),
        "inves" => matches!(before, Some("ao")),
        "вместо" | "بدل" => true,
        "بدلا" => next == "من",
        word => {
            word.strip_prefix('و')
                .is_some_and(|word| NEGATIONS.has(word))
                || NEGATIONS.has(word)
                    && (at == from
                        || words[at].gap >= Gap::Comma
                        || before.is_some_and(|word| BEFORE.has(word) || NEGATIONS.has(word)))
        }
    }
}

/// Whether a word is one that tells, so that it is none that every sentence has.
pub(super) fn tells(word: &Token) -> bool {
    is_number(word) || word.folded.chars().count() >= DENIED_CHARS
}

/// Words of negation.
pub(super) static NEGATIONS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "not no never none nobody neither nor without didn doesn isn wasn aren weren hasn haven hadn couldn wouldn cannot nadie nunca jamas tampoco \
         ningun ninguna ninguno ni pas aucun aucune jamais nullement sans não nunca nem jamais nenhum nenhuma sem не нет ни никогда никто без لم لن ليس \
         ليست ليسوا لا عدم دون 不 没 沒 未 無 无 非 ず ไม่ มิ nicht kein keine keinen non ні",
    )
});
