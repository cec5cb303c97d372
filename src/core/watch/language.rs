//! The language of a document: what its feed says, and what its words say.

use std::collections::HashMap;
use std::sync::LazyLock;

use whatlang::{Lang, detect};

use crate::core::document::Document;
use crate::core::language::primary_language;

/// Bytes that are looked at: enough to be sure, little enough to cost nothing.
const PREFIX: usize = 600;

/// Fewer letters say nothing about a language.
const FEWEST_LETTERS: usize = 20;

/// Settles the language of a document.
///
/// Beyond doubt is the one that is configured for its feed, and the one that the feed declares and the words
/// confirm. A declaration that the words contradict (`en-US` over Spanish) counts as none: the language is then
/// the one that the words tell, as where nothing is declared, or what is declared is no language (`English`).
pub fn determine_language(document: &mut Document, configured: Option<&str>) {
    let declared = document.language.as_deref().and_then(primary_language);
    document.language_certain = false;
    let Some(declared) = declared else {
        if let Some(language) = detect_language(document) {
            document.language = Some(language.to_owned());
        }
        return;
    };
    if configured.and_then(primary_language).as_ref() == Some(&declared) {
        document.language_certain = true;
        return;
    }
    match detect_language(document) {
        Some(told) if told == declared => document.language_certain = true,
        Some(told) if contradicts(told, &declared) => document.language = Some(told.to_owned()),
        _ => {}
    }
}

/// Languages that so few words do not tell from each other.
const KIN: [&[&str]; 10] = [
    &["no", "da", "sv"],
    &["hr", "sr", "bs", "sl", "sh"],
    &["id", "ms", "jv"],
    &["cs", "sk"],
    &["pt", "gl"],
    &["es", "gl"],
    &["es", "ca"],
    &["ru", "uk", "be"],
    &["bg", "mk"],
    &["nl", "af"],
];

/// Whether words that tell one language speak against the other: only where that could have been told.
fn contradicts(told: &str, declared: &str) -> bool {
    let kin = KIN
        .iter()
        .any(|kin| kin.contains(&told) && kin.contains(&declared));
    let is_known = TABLE.languages.contains(&declared)
        || SUBTAGS.iter().any(|(_, subtag)| *subtag == declared);
    is_known && !kin
}

/// Guesses the language of a document from the beginning of its text, as a primary subtag.
///
/// None when it is too short or too uncertain; a wrong language is worse than none, for restrictions
/// let a document of unknown language pass.
pub fn detect_language(document: &Document) -> Option<&'static str> {
    let mut sample = String::with_capacity(PREFIX + 8);
    for text in [&document.title, &document.summary, &document.text] {
        let room = PREFIX.saturating_sub(sample.len());
        sample.push_str(&text[..text.floor_char_boundary(room)]);
        sample.push('\n');
    }
    if sample
        .chars()
        .filter(|c| c.is_alphabetic())
        .take(FEWEST_LETTERS)
        .count()
        < FEWEST_LETTERS
    {
        return None;
    }
    by_function_words(&sample).or_else(|| {
        let found = detect(&sample)?;
        found.is_reliable().then(|| subtag(found.lang()))
    })
}

/// Function words by language: the code, a tab, the words.
const FUNCTION_WORDS: &str = include_str!("language/function_words.tsv");

/// The longest function word, in bytes.
const LONGEST: usize = 16;

struct FunctionWords {
    languages: Vec<&'static str>,
    /// Bits of the languages that have the word.
    of: HashMap<&'static str, u64>,
}

static TABLE: LazyLock<FunctionWords> = LazyLock::new(|| {
    let mut table = FunctionWords {
        languages: Vec::new(),
        of: HashMap::new(),
    };
    let lines = FUNCTION_WORDS.lines().filter(|line| !line.starts_with('#'));
    for (code, words) in lines.filter_map(|line| line.split_once('\t')) {
        let bit = 1 << table.languages.len();
        table.languages.push(code);
        for word in words.split(' ') {
            *table.of.entry(word).or_default() |= bit;
        }
    }
    table
});

/// The language whose function words a text has, where no other comes near it.
///
/// Costs a twentieth of comparing trigrams, and is right of more headlines: these are short and full of names,
/// and their small words are all that is typical of the language.
fn by_function_words(text: &str) -> Option<&'static str> {
    let table = &*TABLE;
    let mut weights = [0_f32; 64];
    let mut seen = 0_u32;
    let mut distinct = Vec::with_capacity(FEWEST_WORDS);
    for run in text.split(|c: char| !c.is_alphabetic()) {
        if run.is_empty() {
            continue;
        }
        seen += 1;
        // `Los Angeles`, `La Paz`, `De Niro` are names in any language.
        if run.len() > LONGEST || run.starts_with(char::is_uppercase) {
            continue;
        }
        let Some(&languages) = table.of.get(run) else {
            continue;
        };
        if !distinct.contains(&run) && distinct.len() < FEWEST_WORDS {
            distinct.push(run);
        }
        // What many languages share says little.
        #[expect(clippy::cast_precision_loss, reason = "64 at most")]
        let weight = 1.0 / languages.count_ones() as f32;
        let mut rest = languages;
        while rest != 0 {
            weights[rest.trailing_zeros() as usize] += weight;
            rest &= rest - 1;
        }
    }
    let mut best = (0, 0_f32);
    let mut second = 0_f32;
    for (number, &weight) in weights.iter().enumerate() {
        if weight > best.1 {
            (best, second) = ((number, weight), best.1);
        } else {
            second = second.max(weight);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "600 at most")]
    let enough =
        distinct.len() >= FEWEST_WORDS && best.1 >= LEAST && best.1 >= LEAST_SHARE * seen as f32;
    (enough && best.1 >= CLEARLY * second)
        .then(|| table.languages.get(best.0).copied())
        .flatten()
}

/// Function words that differ, whatever language has them.
const FEWEST_WORDS: usize = 3;
/// The least weight that tells a language.
const LEAST: f32 = 1.5;
/// The least weight for each word of the text: fewer words are borrowed ones.
const LEAST_SHARE: f32 = 0.06;
/// How many times the weight of the next language.
const CLEARLY: f32 = 1.6;

/// The primary subtag of a language (RFC 5646, section 2.2.1): two letters where there are such.
fn subtag(language: Lang) -> &'static str {
    let known = SUBTAGS.iter().find(|(known, _)| *known == language);
    known.map_or_else(|| language.code(), |(_, subtag)| subtag)
}

const SUBTAGS: &[(Lang, &str)] = &[
    (Lang::Afr, "af"),
    (Lang::Aka, "ak"),
    (Lang::Amh, "am"),
    (Lang::Ara, "ar"),
    (Lang::Aze, "az"),
    (Lang::Bel, "be"),
    (Lang::Ben, "bn"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Epo, "eo"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Guj, "gu"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Hye, "hy"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jav, "jv"),
    (Lang::Jpn, "ja"),
    (Lang::Kan, "kn"),
    (Lang::Kat, "ka"),
    (Lang::Khm, "km"),
    (Lang::Kor, "ko"),
    (Lang::Lat, "la"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mal, "ml"),
    (Lang::Mar, "mr"),
    (Lang::Mkd, "mk"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "no"),
    (Lang::Ori, "or"),
    (Lang::Pan, "pa"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Sin, "si"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Sna, "sn"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tam, "ta"),
    (Lang::Tel, "te"),
    (Lang::Tgl, "tl"),
    (Lang::Tha, "th"),
    (Lang::Tuk, "tk"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Uzb, "uz"),
    (Lang::Vie, "vi"),
    (Lang::Yid, "yi"),
    (Lang::Zul, "zu"),
    (Lang::Cym, "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_that_words_can_tell_has_its_subtag() {
        for language in Lang::all() {
            let has = SUBTAGS.iter().any(|(known, _)| known == language);
            assert!(has, "{language:?}");
        }
    }
}
