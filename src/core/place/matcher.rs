//! Words of places to keys, and words of texts to the keys that they have.

use std::collections::HashMap;
use std::ops::Range;

use super::gazetteer::{GazetteerSpec, WordList, word_mistake};
use super::matches::{Mention, Token};
use crate::core::text::normalization::as_written;
use crate::core::text::tokenizer::fold_words;
use crate::core::watch::{form_keys, primary_language, without_clitics};

/// Longer words name no place, and cost no more than reading them.
const LONGEST: usize = 64;

/// Words of texts whose keys are kept, so that a long-lived memory does not grow.
const MOST_KEPT: usize = 50_000;

/// All words of all places.
#[derive(Default)]
pub(super) struct Matcher {
    exact: HashMap<String, u32>,
    prefixes: HashMap<String, u32>,
    /// Lengths of prefixes in bytes, the shortest first.
    prefix_lengths: Vec<usize>,
    /// Keys of forms by language.
    languages: Vec<(String, Script, HashMap<String, u32>)>,
    keys: u32,
    pub(super) entries: Vec<Entry>,
    /// Entries by a key of their first word.
    pub(super) by_first: HashMap<u32, Vec<u32>>,
    /// Words that say that the place before them is named by the way, likewise.
    pub(super) asides: Vec<Box<[Pattern]>>,
    pub(super) asides_by_first: HashMap<u32, Vec<u32>>,
}

/// One or more words that stand together and name a place, or are something else.
pub(super) struct Entry {
    pub(super) words: Box<[Pattern]>,
    /// Number of the place.
    pub(super) place: u32,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Not,
    State,
    Name,
    Weak,
}

/// One word of an entry.
pub(super) struct Pattern {
    /// A word of a text must have one of them.
    keys: Vec<u32>,
    letters: Letters,
    /// Letters that a word of a text must have.
    shortest: usize,
    /// A name that is found with an `s` behind it, too.
    has_plural: bool,
    /// Only in items of this language, or of an unknown one.
    language: Option<usize>,
}

/// How a word must be written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Letters {
    Any,
    FirstCapital,
    AllCapitals,
    /// With just these letters.
    Exactly(String),
}

/// Writing systems as far as they matter: forms are looked up only in languages that are written so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Cyrillic,
    Arabic,
    Other,
}

fn script_of(word: &str) -> Script {
    match word.chars().next() {
        Some('a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}') => Script::Latin,
        Some('\u{400}'..='\u{52F}') => Script::Cyrillic,
        Some('\u{600}'..='\u{6FF}') => Script::Arabic,
        _ => Script::Other,
    }
}

impl Matcher {
    pub(super) fn new(spec: &GazetteerSpec) -> Self {
        let mut matcher = Self::default();
        for (place, number) in spec.places.iter().zip(0..) {
            for list in &place.words {
                matcher.add_list(list, number, Kind::Name);
            }
            for (words, kind) in [
                (&place.weak, Kind::Weak),
                (&place.states, Kind::State),
                (&place.not, Kind::Not),
            ] {
                for word in words {
                    // Names of a language by their letters; in Latin ones they hold for all.
                    let language = match script_of(word) {
                        Script::Cyrillic => Some("ru"),
                        Script::Arabic => Some("ar"),
                        _ => None,
                    };
                    matcher.add(word, language, number, kind);
                }
            }
        }
        for list in &spec.aside {
            for word in &list.words {
                if let Some(words) = matcher.patterns(word, list.language.as_deref()) {
                    let number = u32::try_from(matcher.asides.len()).unwrap_or(u32::MAX);
                    for key in &words[0].keys {
                        matcher
                            .asides_by_first
                            .entry(*key)
                            .or_default()
                            .push(number);
                    }
                    matcher.asides.push(words);
                }
            }
        }
        let mut lengths: Vec<usize> = matcher.prefixes.keys().map(String::len).collect();
        lengths.sort_unstable();
        lengths.dedup();
        matcher.prefix_lengths = lengths;
        matcher
    }

    fn add_list(&mut self, list: &WordList, place: u32, kind: Kind) {
        for word in &list.words {
            self.add(word, list.language.as_deref(), place, kind);
        }
    }

    fn add(&mut self, word: &str, language: Option<&str>, place: u32, kind: Kind) {
        let Some(words) = self.patterns(word, language) else {
            return;
        };
        let number = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        for key in &words[0].keys {
            self.by_first.entry(*key).or_default().push(number);
        }
        self.entries.push(Entry { words, place, kind });
    }

    /// The words of an entry; `None` where there are none.
    fn patterns(&mut self, written: &str, language: Option<&str>) -> Option<Box<[Pattern]>> {
        if word_mistake(written).is_some() {
            return None;
        }
        let (written, exact) = written
            .strip_prefix('=')
            .map_or((written, false), |word| (word, true));
        let (written, starred) = written
            .strip_suffix('*')
            .map_or((written, false), |word| (word, true));
        let words = fold_words(written);
        let last = words.len().checked_sub(1)?;
        let patterns = words.iter().enumerate().map(|(index, word)| {
            let surface = &written[word.start..word.end];
            self.pattern(
                &word.folded,
                surface,
                language,
                exact,
                starred && index == last,
            )
        });
        Some(patterns.collect())
    }

    fn pattern(
        &mut self,
        folded: &str,
        surface: &str,
        language: Option<&str>,
        exact: bool,
        starred: bool,
    ) -> Pattern {
        let script = script_of(folded);
        let capitals = surface.chars().filter(|c| c.is_uppercase()).count();
        let letters = if exact {
            Letters::Exactly(as_written(surface))
        } else if capitals > 0 && !surface.chars().any(char::is_lowercase) {
            Letters::AllCapitals
        } else if surface.chars().next().is_some_and(char::is_uppercase) {
            Letters::FirstCapital
        } else {
            Letters::Any
        };
        let language = language.map(|language| self.language(language));
        let mut keys = Vec::new();
        if starred {
            keys.push(intern(&mut self.prefixes, &mut self.keys, folded));
        } else {
            keys.push(intern(&mut self.exact, &mut self.keys, folded));
        }
        match language {
            _ if exact || starred => {}
            None if script == Script::Latin => {
                let several = format!("{folded}s");
                keys.push(intern(&mut self.exact, &mut self.keys, &several));
            }
            None => {}
            Some(language) => {
                let (code, _, forms) = &mut self.languages[language];
                let count = &mut self.keys;
                form_keys(code, folded, |key| keys.push(intern(forms, count, key)));
                // The stemmer takes the end of Судан, Харьков for an ending, and not that of Судане.
                let declined = format!("{folded}е");
                let may_decline = script == Script::Cyrillic && letters == Letters::FirstCapital;
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
        }
        keys.sort_unstable();
        keys.dedup();
        let count = |word: &str| word.chars().count();
        let shortest = match script {
            Script::Arabic => {
                let mut least = count(folded);
                without_clitics(folded, |bare| least = least.min(count(bare)));
                least
            }
            // Of names in the plural the genitive loses a letter: Филиппины, Филиппин.
            Script::Cyrillic => count(folded).saturating_sub(1),
            _ => count(folded),
        };
        Pattern {
            has_plural: language.is_none() && script == Script::Latin && !exact && !starred,
            keys,
            shortest,
            language: language.filter(|_| script == Script::Latin && letters == Letters::Any),
            letters,
        }
    }

    fn language(&mut self, language: &str) -> usize {
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
    fn keys(&self, word: &str, item: Item, found: &mut Vec<(u32, u8)>) {
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

    fn item(&self, language: Option<&str>) -> Item {
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

impl Pattern {
    /// Whether a word that is this one has an `s` behind it: Peruvians, of Peruvian.
    pub(super) fn is_several(&self, word: &str) -> bool {
        self.has_plural && word.chars().count() > self.shortest
    }

    /// Whether a word of a text is this one.
    pub(super) fn is(&self, text: &str, token: &Token, scratch: &Scratch) -> bool {
        let keys = &scratch.keys[token.keys.start as usize..token.keys.end as usize];
        let has = keys.iter().any(|(key, letters)| {
            usize::from(*letters) >= self.shortest && self.keys.binary_search(key).is_ok()
        });
        has && scratch.item.admits(self.language) && {
            let word = &text[token.start..token.end];
            match &self.letters {
                Letters::Any => true,
                Letters::FirstCapital => token.capital,
                Letters::AllCapitals => !word.chars().any(char::is_lowercase),
                Letters::Exactly(letters) => as_written(word) == *letters,
            }
        }
    }
}

/// The language of an item, as far as it decides which words hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Item {
    #[default]
    Unknown,
    /// One with words, or another.
    Of(Option<usize>),
}

impl Item {
    /// Whether words of a language hold; those of none always do.
    fn admits(self, language: Option<usize>) -> bool {
        match (self, language) {
            (Self::Of(item), Some(_)) => item == language,
            (_, None) | (Self::Unknown, _) => true,
        }
    }
}

/// Working memory of one thread, kept from one document to the next; of one gazetteer at a time.
#[derive(Default)]
pub struct Scratch {
    item: Item,
    /// The keys of words seen before, in `keys`.
    known: HashMap<String, Range<u32>>,
    keys: Vec<(u32, u8)>,
    /// Which words `known` holds the keys of.
    of: Option<(usize, Item)>,
    pub(super) tokens: Vec<Token>,
    pub(super) mentions: Vec<Mention>,
}

impl Scratch {
    pub(super) fn begin(&mut self, matcher: &Matcher, language: Option<&str>) {
        self.item = matcher.item(language);
        self.mentions.clear();
        let of = (std::ptr::from_ref(matcher) as usize, self.item);
        if self.of != Some(of) || self.known.len() > MOST_KEPT {
            self.known.clear();
            self.keys.clear();
            self.of = Some(of);
        }
    }

    /// Where the keys of a folded word are.
    pub(super) fn keys_of(&mut self, matcher: &Matcher, word: &str) -> Range<u32> {
        if word.len() > LONGEST {
            return 0..0;
        }
        if let Some(range) = self.known.get(word) {
            return range.clone();
        }
        let start = self.keys.len();
        matcher.keys(word, self.item, &mut self.keys);
        let number = |length| u32::try_from(length).unwrap_or(u32::MAX);
        let range = number(start)..number(self.keys.len());
        self.known.insert(word.to_owned(), range.clone());
        range
    }

    /// The keys of a word.
    pub(super) fn keys_at(&self, token: &Token) -> impl Iterator<Item = u32> + use<'_> {
        let range = token.keys.start as usize..token.keys.end as usize;
        self.keys[range].iter().map(|(key, _)| *key)
    }
}
