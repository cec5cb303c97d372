//! Splits text into words and folds them, by ICU4X and a whole word at a time.

use std::collections::BTreeSet;

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{
    DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};

/// A word as written, without its sign.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    Plain,
    Exact,
    Stem,
    /// The text ends in `*` or holds `?`.
    Wildcard,
    /// With dots or in capitals; not in a query.
    Abbreviation,
    /// With dots; not in a query.
    Dotted,
}

/// A word of a document.
pub struct Token {
    pub folded: String,
    pub written: String,
    /// What is left of the folded form without clitics.
    pub bare: Vec<String>,
    /// It is an abbreviation with dots.
    pub is_dotted: bool,
    /// What it is compared by where forms are asked for.
    pub keys: BTreeSet<String>,
    pub start: usize,
    pub end: usize,
}

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

fn is_invisible(c: char) -> bool {
    c == 'ـ' || c == '\u{200B}' || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

pub fn is_arabic(word: &str) -> bool {
    script(word.chars().next().unwrap_or(' ')) == Script::Arabic
}

fn is_mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(category(c))
}

pub fn is_alone(c: char) -> bool {
    [
        Script::Han,
        Script::Hiragana,
        Script::Katakana,
        Script::Thai,
        Script::Lao,
        Script::Khmer,
        Script::Myanmar,
    ]
    .contains(&script(c))
}

/// Superscripts, subscripts and numbers in circles, of those that occur here.
fn is_raised(c: char) -> bool {
    "¹²³₀₁₂⑫".contains(c)
}

/// The half rings and commas of transcriptions, and the like.
fn is_turned_comma(c: char) -> bool {
    ('\u{2B9}'..='\u{2BF}').contains(&c) || c == '\u{A78C}'
}

/// The words, with a zero-width space inside as one or as several, and with what is raised behind them or
/// without.
pub fn tokens(text: &str, joined: bool) -> Vec<Token> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        if spans.last().is_some_and(|span| start < span.1) {
            continue;
        }
        let end = start + c.len_utf8();
        if is_invisible(c) && (joined || c != '\u{200B}') {
            continue;
        }
        if is_raised(c) {
            let first = spans.last().filter(|_| open);
            let first = first.and_then(|span| text[span.0..].chars().next());
            let goes_on =
                first.is_some_and(|first| is_raised(first) || (joined && !is_alone(first)));
            let mut before = text[..start].chars().rev();
            let begins = match before.next() {
                Some('.') => before.next().is_some_and(is_raised),
                blank => blank.is_none_or(char::is_whitespace),
            };
            if goes_on {
                spans.last_mut().expect("an open word").1 = end;
            } else if !open && begins {
                spans.push((start, end));
                open = true;
            } else {
                open = false;
            }
            continue;
        }
        if is_mark(c) {
            if let (true, Some(span)) = (open, spans.last_mut()) {
                span.1 = end;
            }
            continue;
        }
        let letter = GeneralCategoryGroup::Letter.contains(category(c))
            || GeneralCategoryGroup::Number.contains(category(c));
        if !letter || is_turned_comma(c) {
            open = false;
            continue;
        }
        let alone = is_alone(c) && category(c) != GeneralCategory::DecimalNumber;
        let goes_on = open
            && !alone
            && spans.last().is_some_and(|span| {
                text[span.0..]
                    .chars()
                    .next()
                    .is_some_and(|first| !is_alone(first) && !is_raised(first))
            });
        if goes_on {
            if let Some(span) = spans.last_mut() {
                span.1 = end;
            }
        } else if let Some(end) = abbreviation_end(text, start) {
            spans.push((start, end));
            open = false;
            continue;
        } else {
            spans.push((start, end));
        }
        open = true;
    }
    let token = |(start, end): (usize, usize)| Token {
        is_dotted: text[start..end].contains('.'),
        folded: fold(&without_dots(&text[start..end])),
        written: written(&text[start..end]),
        bare: Vec::new(),
        keys: BTreeSet::new(),
        start,
        end,
    };
    spans.into_iter().map(token).collect()
}

pub fn without_dots(word: &str) -> String {
    word.chars().filter(|&c| c != '.' && c != ' ').collect()
}

/// The letters of an abbreviation, or its pairs of letters.
pub fn abbreviation_units(written: &str) -> Vec<&str> {
    written
        .split('.')
        .map(str::trim)
        .filter(|unit| !unit.is_empty())
        .collect()
}

/// Where an abbreviation that begins here ends: letters, or pairs of one capital, with a dot behind each but
/// perhaps the last.
fn abbreviation_end(text: &str, start: usize) -> Option<usize> {
    let mut before = text[..start].chars().rev();
    let first = text[start..].chars().next()?;
    let in_name = before.next() == Some('.') && before.next().is_some_and(char::is_alphanumeric);
    if in_name && first.is_lowercase() {
        return None;
    }
    let mut ends = Vec::new();
    let mut at = start;
    let mut letters = 0;
    loop {
        let in_word = |c: char| {
            let is_word =
                c.is_alphanumeric() && !is_alone(c) && !is_raised(c) && !is_turned_comma(c);
            is_word || is_mark(c) || is_invisible(c)
        };
        let rest = &text[at..];
        let word = &rest[..rest.find(|c| !in_word(c)).unwrap_or(rest.len())];
        let unit: Vec<char> = word
            .chars()
            .filter(|&c| !is_mark(c) && !is_invisible(c))
            .collect();
        let is_unit = !word.contains('\u{200B}')
            && word.starts_with(|c: char| c.is_alphabetic())
            && match unit.as_slice() {
                [_] => letters < 2,
                [one, two] => one == two && one.is_uppercase() && letters != 1,
                _ => false,
            };
        if !is_unit {
            let is_small = text[at..].starts_with(char::is_lowercase);
            let behind_blank = text[..at].ends_with(' ');
            return ends
                .pop()
                .filter(|_| !ends.is_empty() && (behind_blank || !is_small));
        }
        letters = unit.len();
        if ends.len() == 16 {
            return None;
        }
        if !rest[word.len()..].starts_with('.') {
            ends.push(at + word.trim_end_matches(is_invisible).len());
            return ends.pop().filter(|_| !ends.is_empty());
        }
        at += word.len() + 1;
        ends.push(at);
        if letters == 2 && text[at..].starts_with(' ') {
            at += 1;
        }
    }
}

fn written(word: &str) -> String {
    let visible: String = word.chars().filter(|&c| !is_invisible(c)).collect();
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&visible)
        .into_owned()
}

/// A whole word, folded.
pub fn fold(word: &str) -> String {
    let visible: String = word.chars().filter(|&c| !is_invisible(c)).collect();
    let nfkd = DecomposingNormalizerBorrowed::new_nfkd();
    // The iota under a Greek vowel is an accent here; case folding would make it a letter.
    let parted = nfkd.normalize(&visible).replace('\u{345}', "");
    let lower = CaseMapper::new().fold_string(&parted).into_owned();
    let parted = nfkd.normalize(&lower);
    let mut folded = String::new();
    let mut base = ' ';
    for c in parted.chars().filter(|&c| !is_invisible(c)) {
        if !is_mark(c) {
            base = c;
            match c {
                'ø' => folded.push('o'),
                'æ' => folded.push_str("ae"),
                'œ' => folded.push_str("oe"),
                'đ' => folded.push('d'),
                'ł' => folded.push('l'),
                'ħ' => folded.push('h'),
                'ı' => folded.push('i'),
                'ٱ' => folded.push('ا'),
                'ی' => folded.push('ي'),
                'ک' => folded.push('ك'),
                '٠'..='٩' => folded.extend(char::from_digit(u32::from(c) - 0x660, 10)),
                _ => folded.push(c),
            }
            continue;
        }
        let script = script(base);
        let dropped = if script == Script::Cyrillic {
            match c {
                '\u{300}' | '\u{301}' => !"гк".contains(base),
                '\u{308}' => base == 'е',
                _ => false,
            }
        } else if script == Script::Arabic {
            !('\u{653}'..='\u{655}').contains(&c) || base == 'ا'
        } else {
            [Script::Latin, Script::Greek, Script::Hebrew, Script::Common].contains(&script)
        };
        if !dropped {
            folded.push(c);
        }
    }
    ComposingNormalizerBorrowed::new_nfc()
        .normalize(&folded)
        .into_owned()
}
