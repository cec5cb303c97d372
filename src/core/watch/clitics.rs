//! Words that are written together with an Arabic word: `و` and, `ف` then, `ب` by, `ك` as, `ل` for and the
//! article `ال`, alone or in this order, as in `وبالتعذيب`, "and by torture".
//!
//! Nothing in the letters tells `وقتل`, "and killed", from `وزير`, "minister". So a single letter comes off
//! only where three letters are left (four behind `ك`, which seldom stands before a word without its
//! article), the article where two are left, and nothing comes off the words that the table of forms says
//! begin so themselves.

use super::forms::{Forms, forms_of};

/// Letters that must be left behind a single letter and behind the article.
const LEFT_BEHIND_LETTER: usize = 3;
const LEFT_BEHIND_AS: usize = 4;
const LEFT_BEHIND_ARTICLE: usize = 2;

const ARTICLE: &str = "ال";

/// Languages that are written with Arabic letters and have not these clitics.
const WITHOUT: [&str; 16] = [
    "az", "azb", "bal", "ckb", "fa", "glk", "ks", "ku", "lrc", "mzn", "pnb", "ps", "sd", "skr",
    "ug", "ur",
];

/// Whether words in Arabic letters may have clitics, in an item of this language.
pub(super) fn may_have(language: Option<&str>) -> bool {
    language.is_none_or(|language| !WITHOUT.contains(&language))
}

/// Whether a folded word is written in Arabic letters.
#[inline]
pub(super) fn is_arabic(word: &[u8]) -> bool {
    // The first bytes of U+0600 to U+06FF in UTF-8.
    matches!(word.first(), Some(0xD8..=0xDB))
}

/// A folded word without its article, if it has one.
pub(super) fn without_article(word: &str) -> Option<&str> {
    let forms = forms_of("ar")?;
    let rest = word.strip_prefix(ARTICLE)?;
    let is_long = rest.chars().nth(LEFT_BEHIND_ARTICLE - 1).is_some();
    (is_long && !forms.begins_itself(word)).then_some(rest)
}

/// What may come off next.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Next {
    Conjunction,
    Preposition,
    Article,
}

/// Gives what is left of a folded word without the clitics in front, each possibility once. What is left is an
/// Arabic word too: letters of another script behind clitics belong to one word with them.
pub(in crate::core) fn bare(word: &str, mut left: impl FnMut(&str)) {
    if let Some(forms) = forms_of("ar").filter(|_| is_arabic(word.as_bytes())) {
        take_off(forms, word, Next::Conjunction, &mut |rest| {
            if is_arabic(rest.as_bytes()) {
                left(rest);
            }
        });
    }
}

fn take_off(forms: &Forms, word: &str, next: Next, left: &mut impl FnMut(&str)) {
    if forms.begins_itself(word) {
        return;
    }
    let mut letters = word.chars();
    let first = letters.next();
    let rest = letters.as_str();
    let least = match first {
        Some('ك') if !rest.starts_with(ARTICLE) => LEFT_BEHIND_AS,
        _ => LEFT_BEHIND_LETTER,
    };
    let is_long = rest.chars().nth(least - 1).is_some();
    match first {
        Some('و' | 'ف') if next == Next::Conjunction && is_long => {
            left(rest);
            take_off(forms, rest, Next::Preposition, left);
        }
        Some('ل') if next <= Next::Preposition && rest.starts_with('ل') => {
            for_the(forms, rest, left);
        }
        Some('ب' | 'ك' | 'ل') if next <= Next::Preposition && is_long => {
            left(rest);
            take_off(forms, rest, Next::Article, left);
        }
        _ => {
            if let Some(rest) = without_article(word) {
                left(rest);
            }
        }
    }
}

/// What follows `ل` in a word in `لل`: the article without its alef, or a word that begins with `ل` (for
/// which both are written with two of them).
fn for_the(forms: &Forms, rest: &str, left: &mut impl FnMut(&str)) {
    let Some(without) = rest.strip_prefix('ل') else {
        return;
    };
    if without.chars().nth(LEFT_BEHIND_ARTICLE - 1).is_none() {
        return;
    }
    left(rest);
    left(&format!("{ARTICLE}{rest}"));
    if !forms.begins_itself(rest) {
        left(without);
        left(&format!("{ARTICLE}{without}"));
    }
}
