//! Names among words, and whether two of them are one.

use std::ops::Range;
use std::sync::LazyLock;

use super::negations::NEGATIONS;
use super::version::{Sentence, Version};
use crate::core::story::lexicon::Lexicon;
use crate::core::story::tokenizer::{Kind, Token};
use crate::core::story::victims::is_month;
use crate::core::text::normalization::{CharacterClass, fold};

/// Words with a capital that are no names, or that the next may be called as well.
static TITLES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "mr mrs ms dr sir president prime minister pm presidente presidenta ministro ministra premier president ministre madame monsieur \
         президент министр monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
         september october november december today yesterday updated update exclusive live breaking watch video photos read more the a an \
         in on at el la los las le les un une o os as en em au aux i he she it they we his her this that these those but and \
         police officials authorities says said report reports new",
    )
});

/// Names among the words that changed, which the other version has nowhere.
pub(super) fn names(
    sentence: &Sentence<'_>,
    range: &Range<usize>,
    words: &[Token],
    other: &Version<'_>,
) -> Vec<String> {
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let place = range.start + at;
            let is_name = if is_caseless(&word.folded) {
                is_named_before(sentence, place)
            } else {
                // The first word of a sentence has a capital whatever it is, unless it is followed by another.
                let next_is = sentence
                    .words
                    .get(place + 1)
                    .is_some_and(|next| next.is_capital);
                word.is_capital && !sentence.is_shouted && (place > 0 || next_is)
            };
            word.kind == Kind::Word
                && is_name
                && word.folded.chars().count() > 1
                && !TITLES.has(&word.folded)
                && !NEGATIONS.has(&word.folded)
                && !is_month(word)
                && !other.has(&word.folded)
        })
        .map(|(_, word)| word.folded.clone())
        .collect()
}

fn is_caseless(word: &str) -> bool {
    !word.chars().any(char::is_lowercase)
        && word
            .chars()
            .all(|c| fold(c).class() != CharacterClass::Single)
}

/// In scripts without capitals a name shows by the word before it: in, of, the city, the president.
fn is_named_before(sentence: &Sentence<'_>, place: usize) -> bool {
    static BEFORE: LazyLock<Lexicon> = LazyLock::new(|| {
        Lexicon::new(
            "في من الى إلى مدينة بلدة قرية محافظة ولاية منطقة الرئيس رئيس الوزير وزير الناشط الناشطة الصحفي الصحفية الصحافي الصحافية المحامي المحامية \
             العاصمة قرب شمال جنوب شرق غرب در شهر رییس",
        )
    });
    place > 0 && BEFORE.has(&sentence.words[place - 1].folded)
}

/// Whether two names are one, spelled or inflected otherwise.
pub(super) fn is_same_name(a: &str, b: &str) -> bool {
    /// Names of which one is no form of the other.
    const OTHERS: [[&str; 2]; 2] = [["niger", "nigeria"], ["nigerien", "nigerian"]];
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if OTHERS
        .iter()
        .any(|pair| pair[0] == short && pair[1] == long || pair[1] == short && pair[0] == long)
    {
        return false;
    }
    let letters = short.chars().count();
    let common = short
        .chars()
        .zip(long.chars())
        .take_while(|(a, b)| a == b)
        .count();
    // Forms: `Peru` and `Peruvian`, `Москва` and `Москве`.
    if letters >= 4 && common >= letters.saturating_sub(2).max(4) {
        return true;
    }
    let far = if letters >= 7 { 2 } else { 1 };
    skeleton(a) == skeleton(b) && distance(a, b) <= far
}

/// The consonants as they sound: spellings of one name share them.
fn skeleton(name: &str) -> String {
    let mut found = String::new();
    let name = name.replace("ph", "f");
    for c in name.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э'
            | 'ю' | 'я' | 'й' | 'ь' => continue,
            'c' | 'q' => 'k',
            'z' => 's',
            'w' => 'v',
            c => c,
        };
        if !found.ends_with(c) {
            found.push(c);
        }
    }
    found
}

/// Letters that are to be put in, taken out, replaced, or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(40).collect(), b.chars().take(40).collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let mut least = (rows[i - 1][j] + 1)
                    .min(rows[i][j - 1] + 1)
                    .min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

/// `UN` for `United Nations`.
pub(super) fn is_initials(short: &[Token], long: &[Token]) -> bool {
    let initials: String = long
        .iter()
        .filter(|word| word.is_capital)
        .filter_map(|word| word.folded.chars().next())
        .collect();
    initials.chars().count() > 1 && short.iter().any(|word| word.folded == initials)
}
