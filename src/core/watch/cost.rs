//! What evaluating a watch costs at worst, counted in steps and not in time, so that it is the same on
//! every machine.
//!
//! A step looks at one word of an item on behalf of one term. How many there are depends on how often the
//! terms occur, and the sum over all words of an item is at most its length; so the worst item is the one
//! that repeats the word which the query looks at most often, and a query costs as many *passes*
//! through an item as it looks at that word. A pass through 100 KB takes about 0.2 ms.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::clitics::{bare, is_arabic};
use super::lists::{ListReference, WordLists};
use super::problem::Problem;
use super::score::{Counted, ScoreTerm};
use super::stem::{LANGUAGES, Stems, language_number};
use super::syntax::{Expression, Kind, Query};
use super::word::{Term, Word};
use crate::core::language::primary_language;

/// Passes that a watch may take through an item: 50 ms for 100 KB.
const MOST_PASSES: u64 = 250;
/// Words in 100 KB, if each is one letter.
const WORDS_OF_A_LONG_ITEM: u64 = 51_200;
/// Steps for an item and a watch, however long the item: a quarter of a second.
const MOST_STEPS: u64 = 5 * MOST_PASSES * WORDS_OF_A_LONG_ITEM;
/// Ways in which a word of an item leads to terms that have nothing else in common.
const KEYS: u64 = 2;
/// Wildcards are told apart by this many letters in front.
const LONGEST_FRONT: usize = 63;

/// Steps that evaluating a watch may take for an item of so many words.
pub(super) fn steps(words: usize) -> u64 {
    let words = (words as u64).max(WORDS_OF_A_LONG_ITEM);
    words.saturating_mul(MOST_PASSES).min(MOST_STEPS)
}

/// What is wrong with a watch that could take longer than 50 ms for an item of 100 KB, at the term that
/// makes it so; `languages` are those of [`super::WatchSpec`].
pub fn cost_problem(query: &Query, score: &[ScoreTerm], languages: &[String]) -> Option<Problem> {
    let mut looks = Lookups::default();
    looks.visit(&query.root, Role::Alone, 0);
    for entry in score {
        // Until the third one is found.
        match &entry.counted {
            Counted::Term(term) => {
                looks.term(term, &query.root.place, ScanCounts { word: 1, phrase: 1 });
            }
            Counted::List(list) => looks.list(list, &query.root.place, 1),
        }
    }
    looks.spread_phrases();
    let (passes, place, text) = looks.most(languages)?;
    if passes <= MOST_PASSES {
        return None;
    }
    let shown: String = text.chars().take(40).collect();
    let problem = Problem::error(
        place,
        format!(
            "this takes too long: an item could have to be gone through {passes} times for `{shown}`, and \
             {MOST_PASSES} is the most, which takes 50 ms for 100 KB"
        ),
    );
    Some(problem.help(
        "put what it is compared with into one group, such as a NEAR/5 (b OR c OR d), leave out what is \
         there twice, or make several watches of it",
    ))
}

/// Where a term stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Alone,
    /// Directly in an OR or MIN, which does not ask twice for a term.
    InList,
    /// In NEAR, PRE or NOT NEAR.
    Beside,
    Counted,
}

/// How often the places of a term are gone through: of a plain word, and of any other.
#[derive(Clone, Copy)]
struct ScanCounts {
    word: u64,
    phrase: u64,
}

/// How often a word is looked at, and where that is asked first.
struct WordLookup {
    passes: u64,
    place: Range<usize>,
    text: String,
}

type ByWord = HashMap<String, WordLookup>;

#[derive(Default)]
struct Lookups {
    /// By the folded word.
    words: ByWord,
    /// By the letters in front of the first sign.
    wildcards: ByWord,
    /// By the word as folded and as written.
    stems: HashMap<(String, String), WordLookup>,
    /// Phrases with plain words: the scarcest of them is what a document is asked for first.
    phrases: Vec<(Vec<String>, WordLookup)>,
    /// By the name of a list.
    lists: HashMap<String, (ListReference, WordLookup)>,
    nodes: u64,
}

impl Lookups {
    /// `choices` is how many choices this stands in: to show what was found, each asks its parts again.
    fn visit(&mut self, expression: &Expression, role: Role, choices: u64) {
        self.nodes += 1 + choices;
        match &expression.kind {
            Kind::Term(term) => {
                let again = choices - u64::from(role == Role::InList);
                let (word, phrase) = match role {
                    // Whether a word is there is known without looking at its places.
                    Role::Alone | Role::InList => (1, 2 + again),
                    Role::Beside => (3 + again, 4 + 2 * again),
                    Role::Counted => (2 + again, 3 + 2 * again),
                };
                self.term(term, &expression.place, ScanCounts { word, phrase });
            }
            Kind::List(list) => {
                let again = choices - u64::from(role == Role::InList);
                let passes = match role {
                    Role::Alone | Role::InList => 1 + again,
                    Role::Beside => 3 + again,
                    Role::Counted => 2 + again,
                };
                self.list(list, &expression.place, passes);
            }
            Kind::Site(_) => {}
            Kind::Field(_, of) => self.visit(of, role, choices),
            Kind::Not(of) => self.visit(of, Role::Alone, choices),
            Kind::And(of) => {
                for part in of {
                    self.visit(part, Role::Alone, choices);
                }
            }
            Kind::Or(of) if matches!(role, Role::Beside | Role::Counted) => {
                for part in of {
                    self.visit(part, role, choices);
                }
            }
            Kind::Or(of) | Kind::Min { of, .. } => {
                for part in of {
                    self.visit(part, Role::InList, choices + 1);
                }
            }
            Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => {
                self.visit(left, Role::Beside, choices);
                self.visit(right, Role::Beside, choices);
            }
            Kind::AtLeast { of, .. } => self.visit(of, Role::Counted, choices),
        }
    }

    /// A list whose places are gone through so many times.
    fn list(&mut self, list: &ListReference, place: &Range<usize>, passes: u64) {
        let known = self.lists.entry(list.id().to_owned()).or_insert_with(|| {
            let look = WordLookup {
                passes: 0,
                place: place.clone(),
                text: list.to_string(),
            };
            (list.clone(), look)
        });
        known.1.passes += passes;
    }

    /// The passes for the word that most of what is asked of lists may share, and one of them.
    fn most_lists(&self) -> (u64, Option<&WordLookup>) {
        let looks = self.lists.values().map(|(_, look)| look);
        let most = looks
            .clone()
            .max_by_key(|look| (look.passes, std::cmp::Reverse(look.place.start)));
        let all: u64 = looks.map(|look| look.passes).sum();
        if all <= MOST_PASSES / 2 {
            return (all, most);
        }
        let mut asked: Vec<(WordLists, Vec<(usize, u64)>)> = Vec::new();
        for (list, look) in self.lists.values() {
            let passes = (list.number(), look.passes);
            match asked.iter_mut().find(|(lists, _)| lists.is(list.lists())) {
                Some((_, known)) => known.push(passes),
                None => asked.push((list.lists().clone(), vec![passes])),
            }
        }
        let shared = asked
            .iter()
            .map(|(lists, passes)| lists.matcher().most_shared(passes));
        // A form may belong to two words, as of two languages.
        let shared = KEYS * shared.sum::<u64>();
        (shared.min(all), most)
    }

    fn term(&mut self, term: &Term, place: &Range<usize>, mut passes: ScanCounts) {
        if !term.other.is_empty() {
            // Places of both readings are brought together.
            let phrase = 2 * passes.phrase;
            passes = ScanCounts {
                word: phrase,
                phrase,
            };
        }
        for words in term.readings() {
            self.words_of(term, words, place, passes);
        }
    }

    fn words_of(
        &mut self,
        term: &Term,
        words: &[Word],
        place: &Range<usize>,
        ScanCounts { word, phrase }: ScanCounts,
    ) {
        let look = |passes| WordLookup {
            passes,
            place: place.clone(),
            text: term.text.clone(),
        };
        let plain: Vec<String> = words
            .iter()
            .filter_map(|word| match word {
                Word::Plain(folded)
                | Word::Exact { folded, .. }
                | Word::Abbreviation { folded, .. } => Some(folded.clone()),
                Word::Stem { .. } | Word::Wildcard(_) => None,
            })
            .collect();
        match words {
            [] => {}
            // Places of the words that fit, with clitics and without, are brought together first.
            [Word::Plain(folded)] if is_arabic(folded.as_bytes()) => {
                add(&mut self.words, folded.clone(), look(2 * word + 1));
            }
            [Word::Plain(folded)] => add(&mut self.words, folded.clone(), look(word)),
            [Word::Exact { folded, .. } | Word::Abbreviation { folded, .. }] => {
                add(&mut self.words, folded.clone(), look(phrase));
            }
            // Places of the words that fit are brought together first.
            [of @ (Word::Stem { .. } | Word::Wildcard(_))] => self.pattern(of, look(2 * word + 1)),
            [first, ..] => {
                // A word that comes twice in a phrase has each place compared twice.
                let repeated = plain
                    .iter()
                    .map(|one| plain.iter().filter(|other| *other == one).count())
                    .max();
                let patterns = words.len() - plain.len();
                let mut compared = (repeated.unwrap_or_default() + patterns) as u64 + 1;
                if plain.iter().any(|word| is_arabic(word.as_bytes())) {
                    // The places of a word with clitics and without are brought together.
                    compared += 2;
                }
                if plain.is_empty() {
                    self.pattern(first, look(phrase * (compared + 2)));
                } else {
                    self.phrases.push((plain, look(phrase * compared)));
                }
            }
        }
    }

    fn pattern(&mut self, word: &Word, look: WordLookup) {
        match word {
            Word::Stem { folded, written } => {
                add(&mut self.stems, (folded.clone(), written.clone()), look);
            }
            Word::Wildcard(pattern) => {
                let front = pattern.split(['?', '*']).next().unwrap_or_default();
                let front = &front[..front.floor_char_boundary(LONGEST_FRONT)];
                add(&mut self.wildcards, front.to_owned(), look);
            }
            Word::Plain(_) | Word::Exact { .. } | Word::Abbreviation { .. } => {}
        }
    }

    /// A phrase costs no more than the looks at any of its words: the one that is looked at least.
    fn spread_phrases(&mut self) {
        for (words, look) in std::mem::take(&mut self.phrases) {
            let least = words
                .into_iter()
                .min_by_key(|word| self.words.get(word).map_or(0, |look| look.passes));
            if let Some(word) = least {
                add(&mut self.words, word, look);
            }
        }
    }

    /// The word that is looked at most, with all that may look at it.
    fn most(self, languages: &[String]) -> Option<(u64, Range<usize>, String)> {
        let (stems, stem) = self.most_stems(languages);
        let (lists, list) = self.most_lists();
        let (stem, others) = (stem.filter(|look| look.passes > 0), stems + lists);
        let first = if lists > stems { list } else { stem.or(list) };
        let mut most = first.map(|look| (others, look));
        let fronts = self.wildcards.iter();
        for (word, look) in self.words.iter().chain(fronts) {
            let wildcards = word
                .char_indices()
                .map(|(at, c)| at + c.len_utf8())
                .take_while(|end| *end <= LONGEST_FRONT)
                .filter_map(|end| self.wildcards.get(&word[..end]));
            let wildcards: u64 = wildcards.map(|look| look.passes).sum();
            let of_word = |word: &str| self.words.get(word).map_or(0, |look| look.passes);
            let mut own = of_word(word);
            // What has clitics is found by the bare word too.
            bare(word, |rest| own += of_word(rest));
            let passes = others + wildcards + own;
            // Which of several is named does not depend on the order of a table.
            let before = |other: &WordLookup| {
                (other.place.start, &other.text) > (look.place.start, &look.text)
            };
            if most
                .as_ref()
                .is_none_or(|(other, at)| passes > *other || passes == *other && before(at))
            {
                most = Some((passes, look));
            }
        }
        let nodes = self.nodes / WORDS_OF_A_LONG_ITEM;
        most.map(|(passes, look)| (passes + nodes, look.place.clone(), look.text.clone()))
    }

    /// The passes for the form that most of the terms may share, and one of them. A word has two stems,
    /// without and with its accents, and hardly ever more than one other key that leads to other terms.
    fn most_stems(&self, languages: &[String]) -> (u64, Option<&WordLookup>) {
        let most = self
            .stems
            .values()
            .max_by_key(|look| (look.passes, std::cmp::Reverse(look.place.start)));
        let all: u64 = self.stems.values().map(|look| look.passes).sum();
        if all * KEYS <= MOST_PASSES / 2 {
            return (all * KEYS, most);
        }
        let given: BTreeSet<Option<usize>> = languages
            .iter()
            .map(|tag| primary_language(tag).and_then(|language| language_number(&language)))
            .collect();
        let every = || (0..LANGUAGES.len()).map(Some).chain([None]).collect();
        let asked: BTreeSet<Option<usize>> = if given.is_empty() { every() } else { given };
        let shared = asked.into_iter().map(|language| {
            let stems = Stems::of(language);
            let mut by_key: HashMap<String, u64> = HashMap::new();
            for ((folded, written), look) in &self.stems {
                let mut keys = BTreeSet::from([stems.written(written)]);
                stems.keys(folded, |key| {
                    keys.insert(key.to_owned());
                });
                for key in keys {
                    *by_key.entry(key).or_default() += look.passes;
                }
            }
            by_key.into_values().max().unwrap_or_default()
        });
        (KEYS * shared.max().unwrap_or_default(), most)
    }
}

fn add<K: Eq + std::hash::Hash>(looks: &mut HashMap<K, WordLookup>, key: K, look: WordLookup) {
    looks
        .entry(key)
        .and_modify(|known| known.passes += look.passes)
        .or_insert(look);
}
