//! The words by which an item says that it was corrected.

use super::excerpt::{TEXT_BYTES, quoted};

/// What stands before the words by which an item says that it was corrected.
pub(super) const SAYS: &str = "it says that it was corrected: ";

/// Words with which an item says that it was corrected.
const CORRECTIONS: [&str; 56] = [
    "Correction:",
    "Corrections:",
    "CORRECTION",
    "Corrected:",
    "CORRECTED",
    "Corrects ",
    "(Corrects",
    "Clarification:",
    "CLARIFICATION",
    "has been corrected",
    "was corrected to",
    "an earlier version of this",
    "a previous version of this",
    "has been amended",
    "Fe de errores",
    "Fe de erratas",
    "FE DE ERRORES",
    "FE DE ERRATAS",
    "Corrección:",
    "CORRECCIÓN",
    "Rectificación:",
    "(Corrige",
    "CORRIGE",
    "Rectificatif",
    "RECTIFICATIF",
    "Rectification :",
    "Erratum",
    "Correction :",
    "(Corrigé",
    "Correção:",
    "CORREÇÃO",
    "Errata:",
    "Erramos:",
    "(Corrige",
    "Corrigido:",
    "تصحيح:",
    "تصويب:",
    "تصحيح |",
    "Исправление",
    "Исправлено",
    "Поправка:",
    "更正",
    "訂正",
    "แก้ไขข่าว",
    "Retraction:",
    "RETRACTION",
    "Corrigendum",
    "Aclaración:",
    "ACLARACIÓN",
    "Уточнение:",
    "Виправлення:",
    "Berichtigung",
    "Korrektur:",
    "Rettifica:",
    "Düzeltme:",
    "Ralat:",
];

/// What an item says that is there to correct another, as its headline or its lead begins: a sentence without a full
/// stop.
pub fn correction_notice(title: &str, lead: &str) -> Option<String> {
    let [title, lead] = [title, lead].map(|text| {
        text[..text.floor_char_boundary(TEXT_BYTES)]
            .trim_start_matches(|c: char| !c.is_alphanumeric())
    });
    let begins = |text: &str| CORRECTIONS.iter().any(|words| is_begun_by(text, words));
    if begins(title) {
        // What was wrong stands below: another correction may bear the same headline.
        let says = [title, lead].map(|text| quoted(text).trim_matches(['“', '”']).to_owned());
        let says = says.into_iter().filter(|text| !text.is_empty());
        let says = says.collect::<Vec<_>>().join(" – ");
        return Some(format!("{SAYS}“{says}”"));
    }
    begins(lead).then(|| said_so(lead))
}

/// Whether a text begins with such words. One word alone needs a mark behind it: `CORRECTIONS OFFICERS STRIKE`
/// corrects nothing.
fn is_begun_by(text: &str, words: &str) -> bool {
    if words.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let mut rest = text.chars();
    let is_there = words
        .chars()
        .all(|c| (rest.next()).is_some_and(|other| other.to_lowercase().eq(c.to_lowercase())));
    let behind = rest.as_str();
    let is_phrase = words.contains(' ') || words == "แก้ไขข่าว";
    is_there
        && if is_phrase || words == "Corrects" {
            !behind.starts_with(char::is_alphanumeric)
        } else {
            (behind.trim_start()).starts_with([
                ':', '：', '|', '-', '–', '—', ')', ']', '】', '）', '»', '」',
            ])
        }
}

pub(super) fn said_so(words: &str) -> String {
    format!("{SAYS}{}", quoted(words))
}

/// The words from where an item says so.
pub(super) fn correction<'a>((title, lead): (&'a str, &'a str)) -> Option<&'a str> {
    [title, lead].into_iter().find_map(|text| {
        let lower = text.to_ascii_lowercase();
        CORRECTIONS.iter().find_map(|words| {
            let is_phrase = words.starts_with(|c: char| c.is_ascii_lowercase());
            let at = if is_phrase {
                lower.find(words)?
            } else {
                text.find(words)?
            };
            // A word of it stands at the beginning of a line, a title or a sentence.
            let begins = is_phrase
                || text[..at].trim_end().is_empty()
                || text[..at]
                    .trim_end()
                    .ends_with(['.', '\n', '(', '[', '【', '（', '|', '-', '—', '–', '。']);
            begins.then_some(&text[at..])
        })
    })
}
