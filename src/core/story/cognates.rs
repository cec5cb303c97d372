//! Words as keys that languages share, so that cognates have one: `presidente`, `president`.

use unicode_script::{Script, UnicodeScript as _};

use super::stop_words::is_stop_word;
use crate::core::text::normalization::{CharacterClass, fold};
use crate::core::text::tokenizer::{Word, WordSegmentation, split};

/// Letters of a key: as much as cutting endings off leaves of most words.
const KEY_LETTERS: usize = 6;

/// A word that may tell one event from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TermKey {
    /// Hash of what is compared.
    pub hash: u32,
    /// Bytes of the text as given.
    pub start: usize,
    pub end: usize,
    /// Begins with a capital, in a script that has them.
    pub capital: bool,
    /// Has no letter but digits.
    pub number: bool,
    /// The first of a sentence, where a capital says nothing.
    pub begins: bool,
}

/// FNV-1a, the same in every process.
pub(super) fn hash(bytes: &[u8]) -> u32 {
    let folded = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    #[allow(clippy::cast_possible_truncation)]
    let hash = (folded ^ (folded >> 32)) as u32;
    hash
}

/// The keys of a text, in order; and of how many there are no spaces between words.
pub(super) fn keys(text: &str, language: Option<&str>) -> Vec<TermKey> {
    let mut keys = Vec::new();
    let mut run: Vec<(char, usize, usize)> = Vec::new();
    let mut key = String::new();
    let mut last_end = 0;
    let mut begins = true;
    let mut buffer = Vec::with_capacity(64);
    split(
        text,
        WordSegmentation::Parted,
        &mut buffer,
        |buffer, word: Word| {
            let between = text.get(last_end..word.start).unwrap_or_default();
            if last_end > 0
                && between.contains([
                    '.', '!', '?', ':', '\n', '|', '"', '“', '«', '„', '‘', '…', '—', '–',
                ])
            {
                begins = true;
            }
            let written = text.get(word.start..word.end).unwrap_or_default();
            let folded = std::str::from_utf8(&buffer[word.folded..]).unwrap_or_default();
            let first = folded.chars().next().unwrap_or_default();
            if fold(first).class() == CharacterClass::Single {
                if word.start != last_end {
                    flush(&mut run, &mut keys);
                }
                run.push((first, word.start, word.end));
            } else {
                flush(&mut run, &mut keys);
                let number = folded.bytes().all(|byte| byte.is_ascii_digit());
                let letters = folded.chars().take(2).count();
                if (letters > 1 || number) && !is_stop_word(folded, language) {
                    key.clear();
                    normalise(folded, &mut key);
                    if !key.is_empty() {
                        keys.push(TermKey {
                            hash: hash(key.as_bytes()),
                            start: word.start,
                            end: word.end,
                            capital: written.chars().next().is_some_and(char::is_uppercase),
                            number,
                            begins,
                        });
                    }
                }
                begins = false;
            }
            last_end = word.end;
            buffer.truncate(word.folded);
        },
    );
    flush(&mut run, &mut keys);
    keys
}

/// Pairs of Han, katakana as a whole, threes of Thai and its like; hiragana says little alone.
fn flush(run: &mut Vec<(char, usize, usize)>, keys: &mut Vec<TermKey>) {
    let mut at = 0;
    while at < run.len() {
        let script = run[at].0.script();
        let same = run[at..]
            .iter()
            .take_while(|(c, _, _)| c.script() == script || *c == 'ー')
            .count();
        let part = &run[at..at + same];
        let width = match script {
            Script::Han => 2,
            Script::Katakana => same,
            Script::Hiragana => 0,
            _ => 3,
        };
        let width = width.min(same);
        if width > 1 || script == Script::Han && width == 1 {
            for window in part.windows(width) {
                let mut key = String::with_capacity(12);
                key.extend(window.iter().map(|(c, _, _)| c));
                keys.push(TermKey {
                    hash: hash(key.as_bytes()),
                    start: window[0].1,
                    end: window[width - 1].2,
                    capital: false,
                    number: false,
                    begins: false,
                });
            }
        }
        at += same;
    }
    run.clear();
}

/// What of a folded word is compared, readable.
pub(super) fn normalised(word: &str) -> String {
    let mut key = String::new();
    normalise(word, &mut key);
    key
}

/// A folded word without its ending and with what sounds alike written alike.
fn normalise(word: &str, out: &mut String) {
    let first = word.chars().next().unwrap_or_default();
    // To look a script up takes as long as all else here, and most letters are of the first.
    let script = if first.is_ascii() {
        Script::Latin
    } else {
        first.script()
    };
    match script {
        Script::Arabic => {
            arabic(word, out);
            return;
        }
        Script::Hebrew => {
            out.extend(word.chars().take(KEY_LETTERS));
            return;
        }
        _ => {}
    }
    let mut latin: Vec<char> = Vec::with_capacity(16);
    for letter in word.chars().take(24) {
        match transliterated(letter) {
            Some(letters) => latin.extend(letters.chars()),
            None => latin.push(letter),
        }
    }
    if !latin.iter().all(char::is_ascii_digit) {
        without_ending(&mut latin);
        sounds(&mut latin);
        latin.truncate(KEY_LETTERS);
    }
    out.extend(latin);
}

/// Takes endings off that Latin and Cyrillic languages put behind the stem.
fn without_ending(word: &mut Vec<char>) {
    let ends = |word: &[char], ending: &str| {
        let length = ending.len();
        word.len() > length
            && word[word.len() - length..]
                .iter()
                .copied()
                .eq(ending.chars())
    };
    if word.len() >= 6 {
        if ends(word, "ing") {
            word.truncate(word.len() - 3);
        } else if ends(word, "ed") || ends(word, "es") {
            word.truncate(word.len() - 2);
        }
    }
    if word.len() >= 4 && ends(word, "s") && !ends(word, "ss") {
        word.pop();
    }
    for _ in 0..2 {
        if word.len() >= 5 && word.last().is_some_and(|c| "aeiouyj".contains(*c)) {
            word.pop();
        }
    }
}

/// Writes alike what languages write differently: ph and f, c and k and q, y and i, w and v, doubles.
fn sounds(word: &mut Vec<char>) {
    let (mut at, mut end) = (0, 0);
    while at < word.len() {
        let next = word.get(at + 1).copied();
        #[allow(clippy::match_same_arms)] // a letter and what follows it, the longest first
        let (letter, taken) = match (word[at], next) {
            ('p', Some('h')) => ('f', 2),
            ('c', Some('e' | 'i' | 'y')) => ('s', 1),
            ('c', Some('k')) | ('k', Some('h')) => ('k', 2),
            ('c', Some('h')) => ('c', 2),
            ('c' | 'q', _) => ('k', 1),
            ('z', _) => ('s', 1),
            ('s' | 't', Some('h')) => (word[at], 2),
            ('y' | 'j', _) => ('i', 1),
            ('w', _) => ('v', 1),
            (letter, _) => (letter, 1),
        };
        if end == 0 || word[end - 1] != letter || letter.is_ascii_digit() {
            word[end] = letter;
            end += 1;
        }
        at += taken;
    }
    word.truncate(end);
}

/// An Arabic word without its article, conjunctions and endings.
fn arabic(word: &str, out: &mut String) {
    let mut letters: Vec<char> = word.chars().take(24).collect();
    for prefix in ["وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل"] {
        let length = prefix.chars().count();
        let leaves = if length == 1 { 4 } else { 3 };
        if letters.len() >= length + leaves && prefix.chars().eq(letters[..length].iter().copied())
        {
            letters.drain(..length);
            break;
        }
    }
    for suffix in [
        "ات", "ون", "ين", "ان", "يه", "ها", "هم", "وا", "ه", "ي", "ة", "ا",
    ] {
        let length = suffix.chars().count();
        if letters.len() >= length + 3
            && suffix
                .chars()
                .eq(letters[letters.len() - length..].iter().copied())
        {
            letters.truncate(letters.len() - length);
            break;
        }
    }
    out.extend(letters.into_iter().take(KEY_LETTERS));
}

/// A Cyrillic or Greek letter in Latin ones.
#[allow(clippy::match_same_arms)] // in the order of the alphabet
fn transliterated(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'α' => "a",
        'б' => "b",
        'в' | 'β' => "v",
        'г' | 'ґ' | 'γ' => "g",
        'д' | 'δ' => "d",
        'е' | 'э' | 'є' | 'ё' | 'ε' => "e",
        'ж' => "j",
        'з' | 'ζ' => "z",
        'и' | 'і' | 'ї' | 'ι' | 'η' => "i",
        'й' => "i",
        'к' | 'κ' => "k",
        'л' | 'λ' => "l",
        'м' | 'μ' => "m",
        'н' | 'ν' => "n",
        'о' | 'ο' | 'ω' => "o",
        'п' | 'π' => "p",
        'р' | 'ρ' => "r",
        'с' | 'σ' | 'ς' => "s",
        'т' | 'τ' | 'θ' => "t",
        'у' | 'υ' => "u",
        'ў' => "v",
        'ф' | 'φ' => "f",
        'х' | 'χ' => "h",
        'ц' => "ts",
        'ч' => "c",
        'ш' => "sh",
        'щ' => "sh",
        'ъ' | 'ь' => "",
        'ы' => "i",
        'ю' => "iu",
        'я' => "ia",
        'ђ' | 'џ' => "d",
        'ј' => "i",
        'љ' => "l",
        'њ' => "n",
        'ћ' => "c",
        'ξ' => "ks",
        'ψ' => "ps",
        _ => return None,
    })
}
