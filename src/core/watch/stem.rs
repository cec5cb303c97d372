//! Word stems by language, for `detain~`.

use std::collections::BTreeSet;

use frostem::{Algorithm, Stemmer};

use super::forms::{Forms, forms_of};
use crate::core::text::tokenizer::fold_text;

/// Words of more bytes are compared whole: no word of a language is that long, and a megabyte of
/// letters must not cost more than reading it.
const LONGEST: usize = 96;

/// How words of one language are reduced to stems.
#[derive(Clone, Copy)]
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    forms: Option<&'static Forms>,
}

impl Stems {
    /// By the number of a language; without one, a word is its own stem.
    pub(super) fn of(language: Option<usize>) -> Self {
        let algorithm = language.and_then(|number| LANGUAGES.get(number));
        Self {
            stemmer: algorithm.map(|&(_, algorithm)| Stemmer::new(algorithm)),
            forms: algorithm.and_then(|&(language, _)| forms_of(language)),
        }
    }

    /// Gives what a folded word is compared by: its stem, those of what the rules of the language make of
    /// it, and the groups of the table in which it stands. Words that share one are forms of each other.
    pub(super) fn keys(&self, word: &str, mut key: impl FnMut(&str)) {
        key(&self.folded(word));
        let Some(forms) = self.forms.filter(|_| word.len() <= LONGEST) else {
            return;
        };
        // No stem has a number sign.
        forms.groups(word, |group| key(&format!("#{group}")));
        forms.rewritten(word, |other| {
            // All forms of such a word stand in the table.
            if forms.whole(other).is_some() {
                return;
            }
            key(&self.folded(other));
            forms.groups(other, |group| key(&format!("#{group}")));
        });
    }

    /// The stem of a folded word.
    pub(super) fn folded(&self, word: &str) -> String {
        if let Some(whole) = self.whole(word) {
            return whole;
        }
        match &self.stemmer {
            Some(stemmer) if word.len() <= LONGEST && !self.begins_itself(word) => {
                fold_text(&stemmer.stem(word))
            }
            _ => word.to_owned(),
        }
    }

    /// The stem of a word in lower case with its accents, folded afterwards. French loses the é of
    /// `arrêtée` only this way.
    pub(super) fn written(&self, word: &str) -> String {
        let folded = fold_text(word);
        if let Some(whole) = self.whole(&folded) {
            return whole;
        }
        match &self.stemmer {
            Some(stemmer) if word.len() <= LONGEST && !self.begins_itself(&folded) => {
                fold_text(&stemmer.stem(word))
            }
            _ => folded,
        }
    }

    /// Whether the language is Arabic.
    pub(super) fn is_arabic(&self) -> bool {
        matches!(self.stemmer, Some(stemmer) if stemmer.algorithm() == Algorithm::Arabic)
    }

    /// The stemmer takes a first letter for a clitic where the table knows better.
    fn begins_itself(&self, folded: &str) -> bool {
        self.forms.is_some_and(|forms| forms.begins_itself(folded))
    }

    /// What the word is compared by if the stemmer would take it for a form of another. It has a sign, as
    /// it may be the stem of that.
    fn whole(&self, folded: &str) -> Option<String> {
        let forms = self.forms.filter(|_| folded.len() <= LONGEST)?;
        Some(format!("={}", forms.whole(folded)?))
    }
}

/// Gives what a folded word of a language is compared by, where it stands for its forms: see [`Stems::keys`].
pub(in crate::core) fn form_keys(language: &str, word: &str, key: impl FnMut(&str)) {
    Stems::of(language_number(language)).keys(word, key);
}

/// The languages that have a stemmer, by primary subtag.
pub(super) const LANGUAGES: [(&str, Algorithm); 36] = [
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("eo", Algorithm::Esperanto),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("ms", Algorithm::Indonesian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("st", Algorithm::Sesotho),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
    ("yi", Algorithm::Yiddish),
];

/// Languages of [`LANGUAGES`] whose forms of a word begin alike, and how many letters of a stem the rules of
/// [`Forms`] may change at its end. Others have prefixes, or stems that say too little.
pub(super) const SUFFIXING_LANGUAGES: [(&str, usize); 11] = [
    ("el", 1),
    ("en", 1),
    ("es", 1),
    ("fr", 1),
    ("hi", 1),
    ("it", 1),
    ("no", 1),
    ("pt", 1),
    ("ro", 1),
    ("ru", 3),
    ("sv", 1),
];

/// What words begin with that are forms of one, in whichever of the languages [`SUFFIXING_LANGUAGES`]; none of a word
/// that is too short to tell.
pub(super) fn beginnings(folded: &str, written: &str) -> Option<BTreeSet<String>> {
    let front = |word: &str, letters: usize| word.chars().take(letters).collect();
    let mut found = BTreeSet::new();
    let mut alike = folded.chars().count();
    for (language, changed) in SUFFIXING_LANGUAGES {
        // A word in Latin letters has no other form in Russian.
        if language == "ru" && folded.is_ascii() {
            continue;
        }
        let stems = Stems::of(language_number(language));
        let mut groups = Vec::new();
        let mut look_at = |key: &str| {
            if let Some(group) = key.strip_prefix('#') {
                groups.extend(group.parse::<u32>().ok());
            } else {
                let letters = key.trim_start_matches('=').chars().count();
                alike = alike.min(letters.saturating_sub(changed));
            }
        };
        stems.keys(folded, &mut look_at);
        look_at(&stems.written(written));
        for group in groups {
            if let Some(forms) = stems.forms {
                forms.members(group, |member| {
                    found.insert(front(member, LEAST_FRONT));
                });
            }
        }
    }
    (alike > LEAST_FRONT).then(|| {
        found.insert(front(folded, alike));
        found
    })
}

/// Letters that the rules of [`Forms`] leave of a word in front, at least.
const LEAST_FRONT: usize = 2;

/// The place of a language in [`LANGUAGES`].
pub(super) fn language_number(language: &str) -> Option<usize> {
    LANGUAGES.iter().position(|(code, _)| *code == language)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// Words of the tables of forms, each as it stands there.
    fn vocabulary() -> BTreeSet<String> {
        let tables = [
            include_str!("forms/en.tsv"),
            include_str!("forms/es.tsv"),
            include_str!("forms/fr.tsv"),
            include_str!("forms/pt.tsv"),
            include_str!("forms/ru.tsv"),
        ];
        let lines = tables.iter().flat_map(|table| table.lines());
        let words = lines.filter(|line| !line.starts_with(['#', '@', '-']));
        let words = words.flat_map(str::split_whitespace);
        let whole = words.filter(|word| word.chars().all(char::is_alphabetic));
        whole.map(str::to_owned).collect()
    }

    #[test]
    fn forms_of_one_word_begin_alike() {
        let words = vocabulary();
        let words: Vec<(&str, String)> = words
            .iter()
            .map(|word| (word.as_str(), fold_text(word)))
            .collect();
        assert!(words.len() > 2_000);
        let begin: Vec<_> = words
            .iter()
            .map(|(word, folded)| beginnings(folded, word))
            .collect();
        for (language, _) in SUFFIXING_LANGUAGES {
            let stems = Stems::of(language_number(language));
            let mut by_key: HashMap<String, BTreeSet<usize>> = HashMap::new();
            for (number, (word, folded)) in words.iter().enumerate() {
                let mut add = |key: &str| {
                    by_key.entry(key.to_owned()).or_default().insert(number);
                };
                stems.keys(folded, &mut add);
                add(&stems.written(word));
            }
            for forms in by_key.values() {
                for one in forms {
                    let Some(begin) = &begin[*one] else { continue };
                    for other in forms {
                        let (other, folded) = &words[*other];
                        let alike = begin.iter().any(|front| folded.starts_with(front));
                        assert!(
                            alike,
                            "{language}: {} and {other} by {begin:?}",
                            words[*one].0
                        );
                    }
                }
            }
        }
    }
}
