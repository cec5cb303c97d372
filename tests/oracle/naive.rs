//! The language of watches a second time: slow, plain, and written from its documentation.
//!
//! Folding and splitting use ICU4X, whole words at a time; everything else tries all places.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use frostem::{Algorithm, Stemmer};
use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::props::{
    DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup, Script,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use newsvigil::core::document::{Document, Field};

use crate::forms;
use crate::lists::{self, Entry, List};

/// A query.
#[derive(Clone, Debug)]
pub enum Ask {
    Term(Term),
    Field(&'static str, Box<Ask>),
    All(Vec<Ask>),
    Any(Vec<Ask>),
    But(Box<Ask>, Box<Ask>),
    Near(Vec<Term>, u32, Vec<Term>),
    Pre(Vec<Term>, u32, Vec<Term>),
    NotNear(Vec<Term>, u32, Vec<Term>),
    AtLeast(usize, Vec<Term>),
    Min(usize, Vec<Ask>),
    Site(&'static str),
}

/// A word or phrase, or a list, with a field of its own or without.
#[derive(Clone, Debug)]
pub struct Term {
    pub field: Option<&'static str>,
    pub of: Of,
}

#[derive(Clone, Debug)]
pub enum Of {
    Words(Vec<Word>),
    /// By its number.
    List(usize),
}

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

impl Term {
    /// The words with their signs.
    pub fn text(&self) -> String {
        match &self.of {
            Of::List(list) => format!("@{}", lists::id(*list)),
            Of::Words(words) => {
                let words = words.iter().map(|word| match word.way {
                    Way::Exact => format!("={}", word.text),
                    Way::Stem => format!("{}~", word.text),
                    _ => word.text.clone(),
                });
                words.collect::<Vec<_>>().join(" ")
            }
        }
    }

    pub fn print(&self) -> String {
        let text = self.text();
        let text = if text.contains(' ') {
            format!("\"{text}\"")
        } else {
            text
        };
        self.field
            .map_or(text.clone(), |field| format!("{field}:{text}"))
    }
}

fn group(terms: &[Term]) -> String {
    let terms: Vec<String> = terms.iter().map(Term::print).collect();
    match terms.as_slice() {
        [one] => one.clone(),
        _ => format!("({})", terms.join(" OR ")),
    }
}

impl Ask {
    pub fn print(&self) -> String {
        let all = |parts: &[Ask], joint: &str| {
            let parts: Vec<String> = parts.iter().map(Ask::print).collect();
            parts.join(joint)
        };
        match self {
            Ask::Term(term) => term.print(),
            Ask::Field(field, of) => format!("{field}:({})", of.print()),
            Ask::All(of) => format!("({})", all(of, " AND ")),
            Ask::Any(of) => format!("({})", all(of, " OR ")),
            Ask::But(a, b) => format!("({} AND NOT {})", a.print(), b.print()),
            Ask::Near(a, n, b) => format!("{} NEAR/{n} {}", group(a), group(b)),
            Ask::Pre(a, n, b) => format!("{} PRE/{n} {}", group(a), group(b)),
            Ask::NotNear(a, n, b) => format!("{} NOT NEAR/{n} {}", group(a), group(b)),
            Ask::AtLeast(n, of) => format!("ATLEAST/{n}({})", group(of)),
            Ask::Min(k, of) => format!("MIN/{k}({})", all(of, ", ")),
            Ask::Site(domain) => format!("site:{domain}"),
        }
    }
}

/// A word of a document.
struct Token {
    folded: String,
    written: String,
    /// What is left of the folded form without clitics.
    bare: Vec<String>,
    /// It is an abbreviation with dots.
    is_dotted: bool,
    /// What it is compared by where forms are asked for.
    keys: BTreeSet<String>,
    start: usize,
    end: usize,
}

/// A word of a term.
#[derive(Clone)]
struct Atom {
    way: Way,
    folded: String,
    written: String,
    /// It is written with dots.
    is_dotted: bool,
    keys: BTreeSet<String>,
}

/// A document as the naive evaluator sees it.
pub struct Item<'a> {
    document: &'a Document,
    lists: &'a [List],
    /// In its own language.
    own: Reading,
    /// In those of lists.
    others: BTreeMap<&'static str, OnceCell<Reading>>,
}

/// The words of a document, as those of a language.
struct Reading {
    fields: Vec<(Field, Vec<Token>)>,
    /// The same fields with their words joined, where that is another reading.
    joined: Vec<Vec<Token>>,
    language: Option<String>,
    stemmer: Option<Stemmer>,
    /// What a word was compared by before.
    known: RefCell<BTreeMap<String, BTreeSet<String>>>,
}

/// What a match shows: field, first and last byte, term, the list that it is a word of.
pub type Shown = BTreeSet<(Field, usize, usize, String, Option<String>)>;

impl<'a> Item<'a> {
    pub fn new(document: &'a Document, lists: &'a [List]) -> Self {
        let groups = lists.iter().flat_map(|list| &list.groups);
        let languages = groups.filter_map(|group| group.language);
        Self {
            document,
            lists,
            own: Reading::new(document, own_language(document)),
            others: languages.map(|code| (code, OnceCell::new())).collect(),
        }
    }

    /// The item as if it were in a language.
    fn reading(&self, language: Option<&str>) -> &Reading {
        match language {
            Some(code) => self.others[code].get_or_init(|| Reading::new(self.document, Some(code))),
            None => &self.own,
        }
    }

    /// What the query shows of the item, if it matches.
    pub fn matches(&self, ask: &Ask) -> Option<Shown> {
        self.within(ask, None)
    }

    fn within(&self, ask: &Ask, scope: Option<&'static str>) -> Option<Shown> {
        match ask {
            Ask::Term(term) => self.shown(self.places(term, scope)),
            Ask::Field(field, of) => self.within(of, Some(field)),
            Ask::All(of) => {
                let parts: Option<Vec<Shown>> =
                    of.iter().map(|part| self.within(part, scope)).collect();
                Some(parts?.into_iter().flatten().collect())
            }
            Ask::Any(of) => {
                let parts: Vec<Shown> = of
                    .iter()
                    .filter_map(|part| self.within(part, scope))
                    .collect();
                (!parts.is_empty()).then(|| parts.into_iter().flatten().collect())
            }
            Ask::But(a, b) => {
                let found = self.within(a, scope)?;
                self.within(b, scope).is_none().then_some(found)
            }
            Ask::Near(a, n, b) => {
                self.pairs(a, b, scope, |a, b| distance(a, b).is_some_and(|d| d <= *n))
            }
            Ask::Pre(a, n, b) => self.pairs(a, b, scope, |a, b| {
                a.last < b.first && distance(a, b).is_some_and(|d| d <= *n)
            }),
            Ask::NotNear(a, n, b) => {
                let lead = Self::in_lead(a, b, scope);
                let others = self.near_places(b, scope, lead);
                let lonely = self.near_places(a, scope, lead);
                let lonely = lonely.into_iter().filter(|(_, one)| {
                    !others.iter().any(|(_, other)| {
                        one.field == other.field && distance(one, other).is_none_or(|d| d <= *n)
                    })
                });
                self.shown(lonely.map(|(place, _)| place).collect())
            }
            Ask::AtLeast(n, of) => {
                let places = self.all_places(of, scope);
                let mut last_counted: Option<(usize, u32)> = None;
                let mut by_end: Vec<_> = places
                    .iter()
                    .map(|place| (place.field, place.last, place.first))
                    .collect();
                by_end.sort_unstable();
                let mut count = 0;
                for (field, last, first) in by_end {
                    let shares =
                        last_counted.is_some_and(|(in_field, at)| in_field == field && first <= at);
                    if !shares {
                        count += 1;
                        last_counted = Some((field, last));
                    }
                }
                (count >= *n).then(|| self.shown(places)).flatten()
            }
            Ask::Min(k, of) => {
                let parts: Vec<Shown> = of
                    .iter()
                    .filter_map(|part| self.within(part, scope))
                    .collect();
                (parts.len() >= *k).then(|| parts.into_iter().flatten().collect())
            }
            Ask::Site(domain) => {
                let url = self.document.url.as_ref()?;
                let host = url.split('/').nth(2)?;
                let under = host == *domain || host.ends_with(&format!(".{domain}"));
                under.then(Shown::new)
            }
        }
    }

    fn pairs(
        &self,
        a: &[Term],
        b: &[Term],
        scope: Option<&'static str>,
        close: impl Fn(&Place, &Place) -> bool,
    ) -> Option<Shown> {
        let lead = Self::in_lead(a, b, scope);
        let lefts = self.near_places(a, scope, lead);
        let rights = self.near_places(b, scope, lead);
        let mut found = Vec::new();
        for (left, at) in &lefts {
            for (right, to) in &rights {
                if at.field == to.field && close(at, to) {
                    found.extend([left.clone(), right.clone()]);
                }
            }
        }
        self.shown(found)
    }

    fn all_places(&self, terms: &[Term], scope: Option<&'static str>) -> Vec<Place> {
        terms
            .iter()
            .flat_map(|term| self.places(term, scope))
            .collect()
    }

    /// Whether nearness is measured in the lead.
    fn in_lead(a: &[Term], b: &[Term], scope: Option<&'static str>) -> bool {
        scope == Some("lead") || a.iter().chain(b).any(|term| term.field == Some("lead"))
    }

    /// Every place of some terms; for nearness in the lead those in it, told by their words in it.
    fn near_places(
        &self,
        terms: &[Term],
        scope: Option<&'static str>,
        in_lead: bool,
    ) -> Vec<(Place, Place)> {
        let places = self.all_places(terms, scope).into_iter();
        let measured = places.filter_map(|place| {
            if !in_lead {
                return Some((place.clone(), place));
            }
            let before: usize = (self.own.fields[..place.field].iter())
                .map(|(_, words)| words.len())
                .sum();
            let before = u32::try_from(before).expect("few words");
            let inside = Place {
                field: 0,
                first: before + place.first,
                last: before + place.last,
                ..place.clone()
            };
            place.in_lead.then_some((place, inside))
        });
        measured.collect()
    }

    /// Every place of a term. Of the words of a list that stand at one place, the first counts.
    fn places(&self, term: &Term, scope: Option<&'static str>) -> Vec<Place> {
        let scope = term.field.or(scope);
        let list = match &term.of {
            Of::Words(words) => {
                let atoms: Vec<Atom> = words.iter().flat_map(|word| self.own.atoms(word)).collect();
                return self.own.places(
                    &atoms,
                    Way::Plain,
                    (&term.text(), None),
                    scope,
                    self.document,
                );
            }
            Of::List(list) => *list,
        };
        let mut places: Vec<Place> = Vec::new();
        for (list, group, number) in lists::words(self.lists, list) {
            let group = &self.lists[list].groups[group];
            let certain = own_language(self.document).filter(|_| self.document.language_certain);
            if certain.is_some() && group.language.is_some() && group.language != certain {
                continue;
            }
            let entry = &group.entries[number];
            let Entry::Words { exact, words } = entry else {
                panic!("{entry:?} is no word");
            };
            let reading = self.reading(group.language);
            // Words of any language have no forms.
            let forms = group.language.map_or(Way::Plain, |_| Way::Stem);
            let mut atoms: Vec<Atom> = Vec::new();
            for word in words {
                for mut atom in reading.atoms(word) {
                    let is_arabic = is_arabic(&atom.folded);
                    let as_written = is_arabic || atom.written.contains(char::is_uppercase);
                    atom.way = match word.way {
                        Way::Wildcard => Way::Wildcard,
                        _ if *exact || word.way == Way::Exact => {
                            if as_written {
                                Way::Exact
                            } else {
                                Way::Plain
                            }
                        }
                        _ if atom.is_dotted && is_arabic => Way::Plain,
                        _ if atom.is_dotted => Way::Abbreviation,
                        _ => forms,
                    };
                    atoms.push(atom);
                }
            }
            let shown = (&*entry.text(), Some(&*lists::id(list)));
            for place in reading.places(&atoms, forms, shown, scope, self.document) {
                let same = |other: &Place| {
                    (other.field, other.first, other.last) == (place.field, place.first, place.last)
                };
                if !places.iter().any(same) {
                    places.push(place);
                }
            }
        }
        places
    }

    fn shown(&self, places: Vec<Place>) -> Option<Shown> {
        if places.is_empty() {
            return None;
        }
        let places = places.into_iter().map(|place| {
            (
                self.own.fields[place.field].0,
                place.start,
                place.end,
                place.term,
                place.list,
            )
        });
        Some(places.collect())
    }

    /// Occurrences of a term in the title, and in summary and text.
    pub fn count(&self, term: &Term) -> (usize, usize) {
        let places = self.places(term, None);
        let title = places.iter().filter(|place| place.field == 0).count();
        (title, places.len() - title)
    }
}

/// The primary subtag of an item's language.
fn own_language(document: &Document) -> Option<&str> {
    document.language.as_deref().map(|tag| &tag[..2])
}

impl Reading {
    fn new(document: &Document, language: Option<&str>) -> Self {
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
    fn atoms(&self, word: &Word) -> Vec<Atom> {
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
    fn places(
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
struct Place {
    field: usize,
    first: u32,
    last: u32,
    /// First byte and one past the last.
    start: usize,
    end: usize,
    in_lead: bool,
    term: String,
    list: Option<String>,
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

/// Words from one to the other, none when they share a word.
fn distance(a: &Place, b: &Place) -> Option<u32> {
    if a.last < b.first {
        Some(b.first - a.last)
    } else if b.last < a.first {
        Some(a.first - b.last)
    } else {
        None
    }
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

fn category(c: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(c)
}

fn script(c: char) -> Script {
    CodePointMapData::<Script>::new().get(c)
}

fn is_invisible(c: char) -> bool {
    c == 'ـ' || c == '\u{200B}' || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

fn is_arabic(word: &str) -> bool {
    script(word.chars().next().unwrap_or(' ')) == Script::Arabic
}

fn is_mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(category(c))
}

fn is_alone(c: char) -> bool {
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
fn tokens(text: &str, joined: bool) -> Vec<Token> {
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

fn without_dots(word: &str) -> String {
    word.chars().filter(|&c| c != '.' && c != ' ').collect()
}

/// The letters of an abbreviation, or its pairs of letters.
fn abbreviation_units(written: &str) -> Vec<&str> {
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
