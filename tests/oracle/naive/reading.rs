//! The words of a document as those of a language, and the places of words side by side.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use frostem::{Algorithm, Stemmer};
use newsvigil::core::document::{Document, Field};

use super::words::{
    Token, Way, Word, abbreviation_units, fold, is_alone, is_arabic, tokens, without_dots,
};
use crate::forms;

/// A word of a term.
#[derive(Clone)]
pub struct Atom {
    pub way: Way,
    pub folded: String,
    pub written: String,
    /// It is written with dots.
    pub is_dotted: bool,
    pub keys: BTreeSet<String>,
}

/// The words of a document, as those of a language.
pub struct Reading {
    pub fields: Vec<(Field, Vec<Token>)>,
    /// The same fields with their words joined, where that is another reading.
    joined: Vec<Vec<Token>>,
    language: Option<String>,
    stemmer: Option<Stemmer>,
    /// What a word was compared by before.
    known: RefCell<BTreeMap<String, BTreeSet<String>>>,
}

impl Reading {
    pub fn new(document: &Document, language: Option<&str>) -> Self {
        let mut texts = vec![
            (Field::Title, &document.title),
            (Field::Summary, &document.summary),
            (Field::Text, &document.text),
            (Field::Author, &document.author),
        ];
        for (number, category) in (0..).zip(&document.categories) {
            texts.push((Field::Category(number), category));
        }
        let read = |&(field, text): &(Field, &String)| (field, tokens(text, false));
        let mut fields: Vec<_> = texts.iter().map(read).collect();
        let mut joined: Vec<_> = texts.iter().map(|(_, text)| tokens(text, true)).collect();
        let stemmer = language.and_then(|language| {
            Some(Stemmer::new(match language {
                "en" => Algorithm::English,
                "es" => Algorithm::Spanish,
                "fr" => Algorithm::French,
                "pt" => Algorithm::Portuguese,
                "de" => Algorithm::German,
                "ar" => Algorithm::Arabic,
                "ru" => Algorithm::Russian,
                "el" => Algorithm::Greek,
                "fa" => Algorithm::Persian,
                "sr" => Algorithm::Serbian,
                "tr" => Algorithm::Turkish,
                _ => return None,
            }))
        });
        let mut reading = Self {
            fields: Vec::new(),
            joined: Vec::new(),
            language: language.map(str::to_owned),
            stemmer,
            known: RefCell::default(),
        };
        for tokens in fields
            .iter_mut()
            .map(|(_, tokens)| tokens)
            .chain(&mut joined)
        {
            for token in tokens {
                if !language.is_some_and(forms::has_no_clitics) {
                    token.bare = forms::bare(&token.folded).into_iter().collect();
                }
                token.keys = reading.keys(&token.folded, &token.written);
                for bare in &token.bare {
                    token.keys.extend(reading.keys_of(bare));
                }
            }
        }
        reading.fields = fields;
        reading.joined = joined;
        reading
    }

    /// What a word as written is looked for by; it may be several words.
    pub fn atoms(&self, word: &Word) -> Vec<Atom> {
        if word.way == Way::Wildcard {
            return vec![Atom {
                way: Way::Wildcard,
                folded: fold_pattern(&word.text),
                written: String::new(),
                is_dotted: false,
                keys: BTreeSet::new(),
            }];
        }
        let tokens = tokens(&word.text, true).into_iter();
        let atoms = tokens.map(|token| {
            let mut keys = self.keys(&token.folded, &token.written);
            if let (Some("ar"), Some(bare)) = (
                self.language.as_deref(),
                forms::without_article(&token.folded),
            ) {
                keys.extend(self.keys_of(bare));
            }
            Atom {
                way: match word.way {
                    Way::Plain if token.is_dotted && !is_arabic(&token.folded) => Way::Abbreviation,
                    way => way,
                },
                folded: token.folded,
                written: token.written,
                is_dotted: token.is_dotted,
                keys,
            }
        });
        atoms.collect()
    }

    /// Every place of some words side by side, shown as a term and the list that it is a word of; `letters` is
    /// how those of abbreviations are looked for.
    pub fn places(
        &self,
        atoms: &[Atom],
        letters: Way,
        (term, list): (&str, Option<&str>),
        scope: Option<&'static str>,
        document: &Document,
    ) -> Vec<Place> {
        let other = self.other_atoms(atoms, letters);
        let mut places = Vec::new();
        for (number, (field, tokens)) in self.fields.iter().enumerate() {
            let inside = match scope {
                Some("lead") => matches!(field, Field::Title | Field::Summary | Field::Text),
                Some(name) => field.name() == name,
                None => matches!(field, Field::Title | Field::Summary | Field::Text),
            };
            if !inside {
                continue;
            }
            let found = |tokens: &[Token]| -> Vec<(usize, usize)> {
                let mut found = Vec::new();
                for atoms in [atoms, &other] {
                    for first in 0..tokens.len() {
                        let tokens = tokens.get(first..first + atoms.len()).unwrap_or_default();
                        let mut pairs = atoms.iter().zip(tokens);
                        if !tokens.is_empty() && pairs.all(|(atom, token)| fits(atom, token)) {
                            found.push((first, first + atoms.len() - 1));
                        }
                    }
                }
                found
            };
            let in_lead = |last: &Token| match field {
                Field::Title | Field::Summary => true,
                Field::Text => last.start < first_paragraph_end(&document.text),
                _ => false,
            };
            let mut add = |first: usize, last: usize, start: usize, end: usize, in_lead: bool| {
                if scope == Some("lead") && !in_lead {
                    return;
                }
                let (first, last) = (u32::try_from(first), u32::try_from(last));
                let (first, last) = (first.expect("few words"), last.expect("few words"));
                let known =
                    |place: &Place| (place.field, place.first, place.last) == (number, first, last);
                if !places.iter().any(known) {
                    places.push(Place {
                        field: number,
                        first,
                        last,
                        start,
                        end,
                        in_lead,
                        term: term.to_owned(),
                        list: list.map(str::to_owned),
                    });
                }
            };
            for (first, last) in found(tokens) {
                let (start, end) = (tokens[first].start, tokens[last].end);
                add(first, last, start, end, in_lead(&tokens[last]));
            }
            // Told by the parted words under them.
            let whole = &self.joined[number];
            for (first, last) in found(whole) {
                let (start, end) = (whole[first].start, whole[last].end);
                let in_lead = in_lead(&whole[last]);
                let under = |token: &Token| token.start < end && start < token.end;
                let first = tokens.iter().position(under).expect("a word");
                let last = tokens.iter().rposition(under).expect("a word");
                // Several joined words may share one that is parted: letters of an abbreviation.
                let over = |at: usize| {
                    let token = &tokens[at];
                    let sharing = whole.iter();
                    sharing.filter(move |one| token.start < one.end && one.start < token.end)
                };
                let begins = |one: &&Token| !tokens[..first].iter().any(|t| one.start < t.end);
                let ends = |one: &&Token| !tokens[last + 1..].iter().any(|t| t.start < one.end);
                let start = over(first).filter(begins).map(|one| one.start).min();
                let end = over(last).filter(ends).map(|one| one.end).max();
                let (start, end) = (start.expect("a word"), end.expect("a word"));
                add(first, last, start, end, in_lead);
            }
        }
        places
    }

    /// Abbreviations letter by letter; without any, letters side by side as an abbreviation.
    fn other_atoms(&self, atoms: &[Atom], letters: Way) -> Vec<Atom> {
        let mut other = Vec::new();
        if atoms.iter().any(|atom| atom.is_dotted) {
            for atom in atoms {
                if !atom.is_dotted {
                    other.push(atom.clone());
                    continue;
                }
                let way = match atom.way {
                    Way::Exact | Way::Stem => atom.way,
                    _ => letters,
                };
                for unit in abbreviation_units(&atom.written) {
                    let text = unit.to_owned();
                    other.extend(self.atoms(&Word { text, way }));
                }
            }
            return other;
        }
        let is_letter = |atom: &Atom| {
            let mut letters_of = atom.folded.chars();
            let first = letters_of.next().expect("a letter");
            let is_one = letters_of.next().is_none();
            (atom.way == Way::Plain || atom.way == letters)
                && is_one
                && first.is_alphabetic()
                && !is_alone(first)
        };
        let mut together = String::new();
        for (number, atom) in atoms.iter().enumerate() {
            let beside =
                |number: Option<usize>| number.and_then(|n| atoms.get(n)).is_some_and(is_letter);
            let in_run =
                is_letter(atom) && (beside(number.checked_sub(1)) || beside(Some(number + 1)));
            if in_run {
                together.push_str(&atom.folded);
                if !beside(Some(number + 1)) {
                    other.push(Atom {
                        way: Way::Dotted,
                        folded: std::mem::take(&mut together),
                        written: String::new(),
                        is_dotted: true,
                        keys: BTreeSet::new(),
                    });
                }
            } else {
                other.push(atom.clone());
            }
        }
        if other.len() == atoms.len() {
            other.clear();
        }
        other
    }

    /// What a word is compared by, its written form included.
    fn keys(&self, folded: &str, written: &str) -> BTreeSet<String> {
        let mut keys = self.keys_of(folded);
        keys.insert(self.stem(&written.to_lowercase()));
        keys
    }

    fn keys_of(&self, folded: &str) -> BTreeSet<String> {
        let mut known = self.known.borrow_mut();
        let keys = known.entry(folded.to_owned());
        let language = self.language.as_deref().unwrap_or_default();
        keys.or_insert_with(|| forms::keys(language, folded, &|word| self.stem(word)))
            .clone()
    }

    fn stem(&self, word: &str) -> String {
        let folded = fold(word);
        if let Some(whole) = forms::whole(self.language.as_deref().unwrap_or_default(), &folded) {
            return whole;
        }
        let is_own = self.language.as_deref() == Some("ar") && forms::is_own(&folded);
        match self.stemmer {
            Some(stemmer) if !is_own => fold(&stemmer.stem(word)),
            _ => folded,
        }
    }
}

fn fits(atom: &Atom, token: &Token) -> bool {
    let mut forms = token.bare.iter().chain([&token.folded]);
    match atom.way {
        Way::Plain => forms.any(|form| *form == atom.folded),
        Way::Exact => without_dots(&token.written) == without_dots(&atom.written),
        Way::Dotted => token.folded == atom.folded && token.is_dotted,
        Way::Abbreviation => {
            let small: Vec<char> = token.written.chars().filter(|c| c.is_lowercase()).collect();
            let only_s = token.written.len() > 2 && token.written.ends_with('s') && small == ['s'];
            token.folded == atom.folded && (token.is_dotted || small.is_empty() || only_s)
        }
        Way::Wildcard => forms.any(|form| fits_pattern(&atom.folded, form)),
        Way::Stem => !atom.keys.is_disjoint(&token.keys),
    }
}

/// A term at its words.
#[derive(Clone)]
pub struct Place {
    pub field: usize,
    pub first: u32,
    pub last: u32,
    /// First byte and one past the last.
    pub start: usize,
    pub end: usize,
    pub in_lead: bool,
    pub term: String,
    pub list: Option<String>,
}

/// Where the first line with a letter or digit ends, or the six hundredth character from there on.
fn first_paragraph_end(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(begin) = line.find(char::is_alphanumeric) {
            let limit = line[begin..].char_indices().nth(600);
            let limit = limit.map_or(line.len(), |(length, _)| begin + length);
            return at + limit.min(line.trim_end_matches('\n').len());
        }
        at += line.len();
    }
    text.len()
}

/// `?` is one letter, `*` at the end any number of them.
fn fits_pattern(pattern: &str, word: &str) -> bool {
    match (pattern.chars().next(), word.chars().next()) {
        (Some('*'), _) | (None, None) => true,
        (Some(wanted), Some(letter)) if wanted == '?' || wanted == letter => {
            fits_pattern(&pattern[wanted.len_utf8()..], &word[letter.len_utf8()..])
        }
        _ => false,
    }
}

fn fold_pattern(pattern: &str) -> String {
    let star = pattern.ends_with('*');
    let parts: Vec<String> = pattern.trim_end_matches('*').split('?').map(fold).collect();
    format!("{}{}", parts.join("?"), if star { "*" } else { "" })
}
