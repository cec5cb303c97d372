//! Words of a list that stand in two of its languages, and hardly on purpose.

use std::collections::{HashMap, HashSet};

use super::report::{WordWarning, code, text};
use crate::core::watch::lists::list::WordList;
use crate::core::watch::word::Word;

/// Languages whose words are often written alike.
const FAMILIES: [&[&str]; 6] = [
    &["es", "pt", "gl", "ca", "it", "fr", "ro", "oc"],
    &["ru", "uk", "be", "bg", "sr", "mk"],
    &["de", "nl", "af", "lb"],
    &["no", "nb", "nn", "da", "sv"],
    &["id", "ms", "zsm"],
    &["ar", "fa", "ur", "ckb", "ps"],
];

/// Letters of Spanish and Portuguese. Those of French stand in words that English has taken in.
const NEVER_ENGLISH: [char; 14] = [
    'á', 'í', 'ó', 'ú', 'ñ', 'ã', 'õ', 'Á', 'Í', 'Ó', 'Ú', 'Ñ', 'Ã', 'Õ',
];

fn are_kin(a: &str, b: &str) -> bool {
    FAMILIES
        .iter()
        .any(|family| family.contains(&a) && family.contains(&b))
}

/// Words that stand in several languages, and hardly on purpose. Many words are written alike in two
/// languages and have other forms in each; so what is told is names, phrases of languages that are not alike, and
/// what English does not write.
pub(super) fn in_two_languages(list: &WordList) -> Vec<WordWarning> {
    let mut seen = HashSet::new();
    let places = places(list).into_iter();
    places
        .filter_map(|found| {
            let told = hardly_meant(list, &found)?;
            seen.insert(found[0]).then_some(told)
        })
        .collect()
}

/// Where each word stands: the group and the entry, once for each language. In the order of the words.
fn places(list: &WordList) -> Vec<Vec<(usize, usize)>> {
    let mut numbers: HashMap<Vec<&str>, usize> = HashMap::new();
    let mut places: Vec<Vec<(usize, usize)>> = Vec::new();
    for (number, group) in list.groups.iter().enumerate() {
        for listed in &group.words {
            let of = listed.words.iter().filter_map(|word| match word {
                Word::Stem { folded, .. } => Some(folded.as_str()),
                _ => None,
            });
            let words: Vec<&str> = of.collect();
            // Whoever writes `=` or `*` has thought about it.
            if words.len() != listed.words.len() {
                continue;
            }
            let place = *numbers.entry(words).or_insert(places.len());
            if place == places.len() {
                places.push(Vec::new());
            }
            let found = &mut places[place];
            if !found.iter().any(|(group, _)| *group == number) {
                found.push((number, listed.entry));
            }
        }
    }
    places
}

/// What is told of a word that stands in several languages, if it hardly was meant to.
fn hardly_meant(list: &WordList, found: &[(usize, usize)]) -> Option<WordWarning> {
    let [first, .., last] = found else {
        return None;
    };
    let codes: Vec<&str> = found.iter().map(|(group, _)| code(list, *group)).collect();
    let written = text(list, last.0, last.1).trim();
    let all = |test: &dyn Fn(&str) -> bool| {
        let mut texts = found
            .iter()
            .map(|(group, entry)| text(list, *group, *entry).trim());
        texts.all(test)
    };
    let in_capitals = all(&|text| text.starts_with(char::is_uppercase));
    // German writes all nouns so.
    let is_name = in_capitals && codes.len() > 2 && !codes.contains(&"de");
    let is_foreign = found.iter().any(|(group, entry)| {
        code(list, *group) == "en" && text(list, *group, *entry).contains(NEVER_ENGLISH)
    });
    let is_phrase = !in_capitals
        && written.contains(' ')
        && codes
            .iter()
            .any(|a| !codes.iter().all(|b| a == b || are_kin(a, b)));
    let in_any = codes.contains(&"any");
    if !(is_name || is_foreign || is_phrase || in_any) {
        return None;
    }
    let where_it_stands = format!("`{}`", codes.join("`, `"));
    let message = if in_any {
        format!("`{written}` stands in {where_it_stands}: `any` finds it in every language")
    } else if is_name {
        format!(
            "`{written}` stands in {where_it_stands}: a name that is the same in several languages belongs into `any`"
        )
    } else {
        format!("`{written}` stands in {where_it_stands}: it is hardly a word of both")
    };
    let at = if in_any && code(list, last.0) == "any" {
        first
    } else {
        last
    };
    Some(WordWarning {
        group: at.0,
        entry: at.1,
        message,
        short: format!("({})", codes.join(", ")),
        help: None,
    })
}
