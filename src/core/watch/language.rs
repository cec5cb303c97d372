//! The language of a document whose feed does not say it.

use whatlang::{Lang, detect};

use super::stem::primary_language;
use crate::core::document::Document;

/// Bytes that are looked at: enough to be sure, little enough to cost nothing.
const PREFIX: usize = 600;

/// Fewer letters say nothing about a language.
const FEWEST_LETTERS: usize = 20;

/// Guesses the language of a document that does not say it, or says what is no language (`English`).
pub fn complete_language(document: &mut Document) {
    if document
        .language
        .as_deref()
        .and_then(primary_language)
        .is_none()
        && let Some(language) = detect_language(document)
    {
        document.language = Some(language.to_owned());
    }
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
    let found = detect(&sample)?;
    if !found.is_reliable() {
        return None;
    }
    Some(subtag(found.lang()))
}

fn subtag(language: Lang) -> &'static str {
    match language {
        Lang::Afr => "af",
        Lang::Aka => "ak",
        Lang::Amh => "am",
        Lang::Ara => "ar",
        Lang::Aze => "az",
        Lang::Bel => "be",
        Lang::Ben => "bn",
        Lang::Bul => "bg",
        Lang::Cat => "ca",
        Lang::Ces => "cs",
        Lang::Cmn => "zh",
        Lang::Dan => "da",
        Lang::Deu => "de",
        Lang::Ell => "el",
        Lang::Eng => "en",
        Lang::Epo => "eo",
        Lang::Est => "et",
        Lang::Fin => "fi",
        Lang::Fra => "fr",
        Lang::Guj => "gu",
        Lang::Heb => "he",
        Lang::Hin => "hi",
        Lang::Hrv => "hr",
        Lang::Hun => "hu",
        Lang::Hye => "hy",
        Lang::Ind => "id",
        Lang::Ita => "it",
        Lang::Jav => "jv",
        Lang::Jpn => "ja",
        Lang::Kan => "kn",
        Lang::Kat => "ka",
        Lang::Khm => "km",
        Lang::Kor => "ko",
        Lang::Lat => "la",
        Lang::Lav => "lv",
        Lang::Lit => "lt",
        Lang::Mal => "ml",
        Lang::Mar => "mr",
        Lang::Mkd => "mk",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Nld => "nl",
        Lang::Nob => "nb",
        Lang::Ori => "or",
        Lang::Pan => "pa",
        Lang::Pes => "fa",
        Lang::Pol => "pl",
        Lang::Por => "pt",
        Lang::Ron => "ro",
        Lang::Rus => "ru",
        Lang::Sin => "si",
        Lang::Slk => "sk",
        Lang::Slv => "sl",
        Lang::Sna => "sn",
        Lang::Spa => "es",
        Lang::Srp => "sr",
        Lang::Swe => "sv",
        Lang::Tam => "ta",
        Lang::Tel => "te",
        Lang::Tgl => "tl",
        Lang::Tha => "th",
        Lang::Tuk => "tk",
        Lang::Tur => "tr",
        Lang::Ukr => "uk",
        Lang::Urd => "ur",
        Lang::Uzb => "uz",
        Lang::Vie => "vi",
        Lang::Yid => "yi",
        Lang::Zul => "zu",
        Lang::Cym => "cy",
    }
}
