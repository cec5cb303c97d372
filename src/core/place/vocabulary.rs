//! The vocabulary: words of places to keys, and words of texts to the keys that they have.

use std::collections::HashMap;

use crate::core::language::primary_language;
use crate::core::watch::{form_keys, without_clitics};

/// The words of all places, each with a number for its key.
#[derive(Default)]
pub(super) struct Vocabulary {
    exact: HashMap<String, u32>,
    prefixes: HashMap<String, u32>,
    /// Lengths of prefixes in bytes, the shortest first.
    prefix_lengths: Vec<usize>,
    /// Keys of forms by language.
    languages: Vec<(String, Script, HashMap<String, u32>)>,
    keys: u32,
}

/// Writing systems as far as they matter: forms are looked up only in languages that are written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Other,
}

pub(super) fn script_of(word: &str) -> Script {
    match word.chars().next() {
        Some('a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}') => Script::Latin,
        Some('\u{400}'..='\u{52F}') => Script::Cyrillic,
        Some('\u{600}'..='\u{6FF}') => Script::Arabic,
        _ => Script::Other,
    }
}

impl Vocabulary {
    /// Adds a folded word; gives its key.
    pub(super) fn add_word(&mut self, folded: &str) -> u32 {
        intern(&mut self.exact, &mut self.keys, folded)
    }

    /// Adds what words begin with; gives its key.
    pub(super) fn add_prefix(&mut self, folded: &str) -> u32 {
        if let Err(place) = self.prefix_lengths.binary_search(&folded.len()) {
            self.prefix_lengths.insert(place, folded.len());
        }
        intern(&mut self.prefixes, &mut self.keys, folded)
    }

    /// Adds the forms of a folded word in a language, and their keys to `keys`.
    pub(super) fn add_forms(
        &mut self,
        language: usize,
        folded: &str,
        is_name: bool,
        keys: &mut Vec<u32>,
    ) {
        let script = script_of(folded);
        let (code, _, forms) = &mut self.languages[language];
        let count = &mut self.keys;
        form_keys(code, folded, |key| keys.push(intern(forms, count, key)));
        // The stemmer takes the end of Судан, Харьков for an ending, and not that of Судане.
        let declined = format!("{folded}е");
        let may_decline = script == Script::Cyrillic && is_name;
        if may_decline && !folded.ends_with(['а', 'е', 'и', 'о', 'у', 'ы', 'я', 'ь', 'й'])
        {
            form_keys(code, &declined, |key| keys.push(intern(forms, count, key)));
        }
        if script == Script::Arabic {
            without_clitics(folded, |bare| {
                form_keys(code, bare, |key| keys.push(intern(forms, count, key)));
            });
        }
    }

    /// The number of a language.
    pub(super) fn language(&mut self, language: &str) -> usize {
        let known = self
            .languages
            .iter()
            .position(|(code, ..)| code == language);
        known.unwrap_or_else(|| {
            let script = match language {
                "ru" | "uk" | "be" | "bg" | "sr" | "mk" | "kk" | "ky" | "mn" => Script::Cyrillic,
                "ar" | "fa" | "ur" | "ps" => Script::Arabic,
                "el" | "hi" | "hy" | "ka" | "he" | "zh" | "ja" | "ko" | "th" => Script::Other,
                _ => Script::Latin,
            };
            self.languages
                .push((language.to_owned(), script, HashMap::new()));
            self.languages.len() - 1
        })
    }

    /// Gives the keys of a folded word, each with the letters that the word has without its clitics.
    pub(super) fn keys(&self, word: &str, item: Item, found: &mut Vec<(u32, u8)>) {
        let script = script_of(word);
        self.own_keys(word, script, item, found);
        if script == Script::Arabic {
            without_clitics(word, |bare| self.own_keys(bare, script, item, found));
        }
    }

    fn own_keys(&self, word: &str, script: Script, item: Item, found: &mut Vec<(u32, u8)>) {
        let letters = u8::try_from(word.chars().count()).unwrap_or(u8::MAX);
        found.extend(self.exact.get(word).map(|&key| (key, letters)));
        for &length in &self.prefix_lengths {
            let Some(prefix) = word.as_bytes().get(..length) else {
                break;
            };
            let prefix = std::str::from_utf8(prefix).ok();
            let key = prefix.and_then(|prefix| self.prefixes.get(prefix));
            found.extend(key.map(|&key| (key, letters)));
        }
        for (number, (code, written_in, forms)) in self.languages.iter().enumerate() {
            if *written_in == script
                && !forms.is_empty()
                && (script != Script::Latin || item.admits(Some(number)))
            {
                form_keys(code, word, |key| {
                    found.extend(forms.get(key).map(|&key| (key, letters)));
                });
            }
        }
    }

    pub(super) fn item(&self, language: Option<&str>) -> Item {
        let Some(language) = language.and_then(primary_language) else {
            return Item::Unknown;
        };
        let number = self
            .languages
            .iter()
            .position(|(code, ..)| *code == language);
        Item::Of(number)
    }
}

fn intern(names: &mut HashMap<String, u32>, count: &mut u32, name: &str) -> u32 {
    if let Some(&known) = names.get(name) {
        return known;
    }
    *count += 1;
    names.insert(name.to_owned(), *count);
    *count
}

/// The language of an item, as far as it decides which words hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Item {
    #[default]
    Unknown,
    /// One with words, or another.
    Of(Option<usize>),
}

impl Item {
    /// Whether words of a language hold; those of none always do.
    pub(super) fn admits(self, language: Option<usize>) -> bool {
        match (self, language) {
            (Self::Of(item), Some(_)) => item == language,
            (_, None) | (Self::Unknown, _) => true,
        }
    }
}
