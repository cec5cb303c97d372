//! Finds the words of lists in a document: once for all lists, in one walk over the words that it has.
//!
//! A word of a list is a pattern in the language of the list, or several side by side. Each surface form is
//! asked for once, and what it fits is remembered with it (see [`super::super::patterns`]); so what is left to
//! do for a document is to bring together the places of what was found.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::Arc;

use super::super::exact_form::{is_abbreviation, is_written};
use super::super::occurrences::{Hits, LISTED, Occurrence};
use super::super::word::Word;
use super::list::{WordList, reached};
use crate::core::document::Document;
use crate::core::watch::clitics::may_have;
use crate::core::watch::document_index::{Index, NONE, number};
use crate::core::watch::frequency;
use crate::core::watch::patterns::Patterns;
use crate::core::watch::stem::language_number;

/// All lists, compiled.
pub(in crate::core::watch) struct Matcher {
    languages: Vec<InLanguage>,
    /// Where a pattern leads: a stretch of `leads`.
    by_pattern: Vec<(u32, u32)>,
    leads: Vec<Lead>,
    words: Vec<ListedWord>,
    /// By word: its group. Apart from the words, since it is asked for each that is found.
    group_of: Vec<u32>,
    atoms: Vec<Atom>,
    /// By the number of a group: the lists that have its words.
    holders: Vec<Box<[u32]>>,
    /// By list: the groups whose words it has.
    groups_of: Vec<Box<[u32]>>,
    groups: Vec<GroupOf>,
    lists: usize,
}

/// The words of all lists in one language.
struct InLanguage {
    code: Option<String>,
    /// Of its stemmer.
    number: Option<usize>,
    patterns: Patterns,
    /// The number of its first pattern among those of all languages.
    from: u32,
    scripts: u8,
}

/// From a pattern to a word of a list that has it.
#[derive(Clone, Copy)]
struct Lead {
    word: u32,
    /// How many words of the phrase stand before it; [`ALONE`] where it is all there is.
    offset: u32,
}

/// In place of an offset: a word that is no phrase and may be written in any way.
const ALONE: u32 = u32::MAX;

/// The words of a list in one language.
struct GroupOf {
    /// Place in [`Matcher::languages`].
    language: usize,
    list: usize,
    /// Place in [`WordList::groups`].
    place: usize,
}

struct ListedWord {
    atoms: Range<u32>,
    list: Arc<str>,
    name: Arc<str>,
}

/// One word of a phrase.
struct Atom {
    pattern: u32,
    written: Option<Written>,
}

/// How a word must be written.
enum Written {
    /// With these capitals and accents.
    As(Box<str>),
    /// As an abbreviation.
    Abbreviated { dotted: bool },
}

/// Kinds of letters: a word of one is never a form of a word of another.
fn script(word: &[u8]) -> u8 {
    match word.first() {
        // ASCII, and what of Latin folds to nothing else.
        None | Some(0..=0xCB) => 1,
        Some(0xD0..=0xD3) => 2,
        Some(0xD8..=0xDB) => 4,
        Some(_) => 8,
    }
}

impl InLanguage {
    fn new(code: Option<String>) -> Self {
        Self {
            number: code.as_deref().and_then(language_number),
            code,
            // Against words chosen to collide.
            patterns: Patterns::new(RandomState::new().hash_one("words")),
            from: 0,
            scripts: 0,
        }
    }

    /// The number of a word in this language alone.
    fn pattern(&mut self, word: &Word) -> u32 {
        // The stemmer of Serbian writes Cyrillic in Latin letters.
        let all = self.code.as_deref() == Some("sr");
        self.scripts |= if all {
            u8::MAX
        } else {
            script(word.folded().as_bytes())
        };
        match word {
            // Without a stemmer a word is its own stem; in any language it stands for no forms.
            Word::Stem { folded, .. } if self.number.is_none() => {
                self.patterns.of_listed(&Word::Plain(folded.clone()))
            }
            _ => self.patterns.of_listed(word),
        }
    }

    /// Whether words may have clitics, in an item that may have them or not.
    fn clitics(&self, item: bool) -> bool {
        match &self.code {
            Some(code) => may_have(Some(code)),
            None => item,
        }
    }

    /// Whether its words are looked for in an item that is in this language beyond doubt.
    fn is_asked(&self, certain: Option<&str>) -> bool {
        match (&self.code, certain) {
            (Some(own), Some(certain)) => own == certain,
            _ => true,
        }
    }
}

impl Matcher {
    pub(super) fn new(all: &[WordList]) -> Self {
        let mut builder = Builder::default();
        let mut group_numbers = HashMap::new();
        for (list, one) in all.iter().enumerate() {
            let id: Arc<str> = one.spec.id.as_str().into();
            for (place, group) in one.groups.iter().enumerate() {
                let language = builder.language(group.language.as_deref());
                let texts = one.spec.words.get(place);
                for word in &group.words {
                    let text = texts.and_then(|texts| texts.words.get(word.entry));
                    let text = text.map_or("", |text| text.trim());
                    let group = number(builder.groups.len());
                    builder.word(language, group, &word.words, &id, text);
                    if !word.other.is_empty() {
                        builder.word(language, group, &word.other, &id, text);
                    }
                }
                group_numbers.insert((list, place), number(builder.groups.len()));
                builder.groups.push(GroupOf {
                    language,
                    list,
                    place,
                });
            }
        }
        let mut holders = vec![Vec::new(); builder.groups.len()];
        let mut groups_of = Vec::with_capacity(all.len());
        for list in 0..all.len() {
            let reached = reached(all, list);
            let groups = reached
                .iter()
                .filter_map(|at| group_numbers.get(at).copied());
            let groups: Box<[u32]> = groups.collect();
            for &group in &groups {
                holders[group as usize].push(number(list));
            }
            groups_of.push(groups);
        }
        builder.finish(holders, groups_of)
    }

    /// How many patterns there are.
    pub(in crate::core::watch) fn patterns(&self) -> usize {
        self.by_pattern.len()
    }

    /// How many words there are.
    pub(in crate::core::watch) fn words(&self) -> usize {
        self.words.len()
    }

    /// How many lists there are.
    pub(in crate::core::watch) fn lists(&self) -> usize {
        self.lists
    }

    /// A word as it was written, and the list in which it stands.
    pub(in crate::core::watch) fn name(&self, word: u32) -> Option<(&Arc<str>, &Arc<str>)> {
        let word = self.words.get(word as usize)?;
        Some((&word.name, &word.list))
    }

    /// The estimated share of documents with a word of a list.
    pub(in crate::core::watch) fn share(&self, all: &[WordList], list: usize) -> f64 {
        let groups = self.groups_of.get(list).map_or(&[][..], |groups| groups);
        let mut absent: HashMap<usize, f64> = HashMap::new();
        for &group in groups {
            let Some(group) = self.groups.get(group as usize) else {
                continue;
            };
            *absent.entry(group.language).or_insert(1.0) *= absence(all, group);
        }
        let any = self.languages.iter().position(|one| one.code.is_none());
        let in_any = any.and_then(|any| absent.remove(&any)).unwrap_or(1.0);
        // An item is in one language.
        let least = absent.into_values().fold(1.0, f64::min);
        1.0 - in_any * least
    }

    /// Adds the numbers of the patterns that a folded word fits, behind `from`, each once.
    pub(in crate::core::watch) fn of_folded(
        &self,
        word: &[u8],
        certain: Option<&str>,
        clitics: bool,
        from: u32,
        found: &mut Vec<u32>,
    ) {
        let script = script(word);
        for language in &self.languages {
            if language.scripts & script == 0 || !language.is_asked(certain) {
                continue;
            }
            let before = found.len();
            let stems = language.patterns.own_stems(language.number);
            let clitics = language.clitics(clitics);
            language.patterns.of_folded(word, stems, clitics, found);
            for number in &mut found[before..] {
                *number += from + language.from;
            }
        }
    }

    /// The same for a word with accents, as it stands in the text: of its stems.
    pub(in crate::core::watch) fn of_written(
        &self,
        word: &str,
        certain: Option<&str>,
        from: u32,
        found: &mut Vec<u32>,
    ) {
        for language in &self.languages {
            if language.number.is_none() || !language.is_asked(certain) {
                continue;
            }
            if let Some(stems) = language.patterns.own_stems(language.number) {
                let own = stems.of_written(word).iter();
                found.extend(own.map(|number| number + from + language.from));
            }
        }
    }

    /// The languages that the lists have words in.
    pub(in crate::core::watch) fn codes(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().filter_map(|one| one.code.as_deref())
    }

    fn leads(&self, pattern: u32) -> &[Lead] {
        let (from, to) = self
            .by_pattern
            .get(pattern as usize)
            .copied()
            .unwrap_or_default();
        self.leads
            .get(from as usize..to as usize)
            .unwrap_or_default()
    }

    /// Finds the words of lists by the patterns that a document fits, which begin at `from`; words are
    /// numbered behind `words`. `looks` are how many places it may still look at.
    pub(in crate::core::watch) fn find(
        &self,
        document: &Document,
        index: &Index,
        hits: &Hits,
        (from, words): (u32, u32),
        looks: &mut usize,
        found: &mut Vec<Occurrence>,
    ) {
        let mut look = Look {
            matcher: self,
            document,
            index,
            hits,
            from,
            words,
            looks,
            found,
        };
        for &pattern in &hits.words.patterns {
            let Some(own) = pattern.checked_sub(from) else {
                continue;
            };
            for &lead in self.leads(own) {
                for &word in hits.words.of(pattern) {
                    for at in index.positions(word) {
                        look.at(lead, at);
                    }
                }
            }
        }
        for &pattern in &hits.positions.patterns {
            let Some(own) = pattern.checked_sub(from) else {
                continue;
            };
            for &lead in self.leads(own) {
                for &at in hits.positions.of(pattern) {
                    look.at(lead, at);
                }
            }
        }
    }

    /// Of lists with a weight each: the most that a single word of a document can weigh, by being in several.
    pub(in crate::core::watch) fn most_shared(&self, weights: &[(usize, u64)]) -> u64 {
        let weights: HashMap<u32, u64> = weights
            .iter()
            .map(|&(list, weight)| (number(list), weight))
            .collect();
        let of_pattern = |&(from, to): &(u32, u32)| {
            let leads = self
                .leads
                .get(from as usize..to as usize)
                .unwrap_or_default();
            let groups: BTreeSet<u32> = leads
                .iter()
                .filter_map(|lead| self.group_of.get(lead.word as usize).copied())
                .collect();
            let lists: BTreeSet<u32> = groups
                .iter()
                .filter_map(|&group| self.holders.get(group as usize))
                .flatten()
                .copied()
                .collect();
            lists
                .iter()
                .filter_map(|list| weights.get(list))
                .sum::<u64>()
        };
        self.by_pattern
            .iter()
            .map(of_pattern)
            .max()
            .unwrap_or_default()
    }

    /// The lists that have a word.
    pub(in crate::core::watch) fn holders(&self, word: u32) -> &[u32] {
        let group = self.group_of.get(word as usize);
        group
            .and_then(|&group| self.holders.get(group as usize))
            .map_or(&[], |holders| holders)
    }
}

/// The estimated share of documents without any word of a group.
fn absence(all: &[WordList], group: &GroupOf) -> f64 {
    let words = all
        .get(group.list)
        .and_then(|list| list.groups.get(group.place))
        .map_or(&[][..], |group| &group.words);
    let share = |words: &[Word]| {
        let shares = words.iter().map(frequency::share);
        shares.fold(1.0, f64::min)
    };
    words.iter().map(|word| 1.0 - share(&word.words)).product()
}

/// One document in which words are looked for.
struct Look<'a> {
    matcher: &'a Matcher,
    document: &'a Document,
    index: &'a Index,
    hits: &'a Hits,
    from: u32,
    words: u32,
    looks: &'a mut usize,
    found: &'a mut Vec<Occurrence>,
}

impl Look<'_> {
    /// One of its words stands at a position: does the whole?
    #[inline]
    fn at(&mut self, lead: Lead, at: u32) {
        let Some(left) = self.looks.checked_sub(1) else {
            return;
        };
        *self.looks = left;
        if lead.offset == ALONE {
            return self.found_at(lead.word, at, at);
        }
        let Some(word) = self.matcher.words.get(lead.word as usize) else {
            return;
        };
        let atoms = self
            .matcher
            .atoms
            .get(word.atoms.start as usize..word.atoms.end as usize)
            .unwrap_or_default();
        let Some(start) = at.checked_sub(lead.offset) else {
            return;
        };
        if (start..).zip(atoms).all(|(at, atom)| self.fits(atom, at)) {
            let end = start + number(atoms.len()).saturating_sub(1);
            self.found_at(lead.word, start, end);
        }
    }

    #[inline]
    fn found_at(&mut self, word: u32, start: u32, end: u32) {
        let place = if self.index.has_twins() {
            self.index.parted(start, end)
        } else {
            Some((start, end, false))
        };
        if let Some((start, end, joined)) = place {
            self.found.push(Occurrence {
                start,
                end,
                leaf: LISTED | (self.words + word),
                joined,
            });
        }
    }

    fn fits(&self, atom: &Atom, at: u32) -> bool {
        let word = self.index.word_at(at);
        let pattern = self.from + atom.pattern;
        word != NONE
            && (self.hits.words.of(pattern).binary_search(&word).is_ok()
                || self.hits.positions.of(pattern).binary_search(&at).is_ok())
            && match &atom.written {
                None => true,
                Some(Written::As(written)) => is_written(self.document, self.index, at, written),
                Some(Written::Abbreviated { dotted }) => {
                    is_abbreviation(self.document, self.index, at, *dotted)
                }
            }
    }
}

#[derive(Default)]
struct Builder {
    languages: Vec<InLanguage>,
    by_code: HashMap<Option<String>, usize>,
    words: Vec<ListedWord>,
    group_of: Vec<u32>,
    /// Patterns are numbered in their language until the end.
    atoms: Vec<(usize, Atom)>,
    /// Of the words of phrases, how common each is.
    shares: Vec<f64>,
    groups: Vec<GroupOf>,
}

impl Builder {
    fn language(&mut self, code: Option<&str>) -> usize {
        let next = self.languages.len();
        let code = code.map(str::to_owned);
        let known = *self.by_code.entry(code.clone()).or_insert(next);
        if known == next {
            self.languages.push(InLanguage::new(code));
        }
        known
    }

    fn word(&mut self, language: usize, group: u32, words: &[Word], list: &Arc<str>, name: &str) {
        let from = number(self.atoms.len());
        for word in words {
            let pattern = self.languages[language].pattern(word);
            let written = match word {
                Word::Exact { written, .. } => Some(Written::As(written.as_str().into())),
                &Word::Abbreviation { dotted, .. } => Some(Written::Abbreviated { dotted }),
                _ => None,
            };
            self.atoms.push((language, Atom { pattern, written }));
            self.shares.push(frequency::share(word));
        }
        self.group_of.push(group);
        self.words.push(ListedWord {
            atoms: from..number(self.atoms.len()),
            list: list.clone(),
            name: name.into(),
        });
    }

    fn finish(mut self, holders: Vec<Vec<u32>>, groups_of: Vec<Box<[u32]>>) -> Matcher {
        let mut patterns = 0;
        for language in &mut self.languages {
            language.from = number(patterns);
            patterns += language.patterns.len();
            // Made now rather than with the first document.
            language.patterns.own_stems(language.number);
        }
        let languages = &self.languages;
        let atoms: Vec<Atom> = self
            .atoms
            .into_iter()
            .map(|(language, atom)| Atom {
                pattern: atom.pattern + languages[language].from,
                ..atom
            })
            .collect();
        // In how many words each pattern stands: a phrase is looked for at the one that leads to fewest, since
        // a first name that a hundred persons share must not lead to all of them.
        let mut uses = vec![0_u32; patterns];
        for atom in &atoms {
            uses[atom.pattern as usize] += 1;
        }
        let mut leads: Vec<(u32, Lead)> = Vec::with_capacity(self.words.len());
        for (word, one) in (0_u32..).zip(&self.words) {
            let best = one.atoms.clone().min_by(|&a, &b| {
                let (a, b) = (a as usize, b as usize);
                let shared = |at: usize| uses[atoms[at].pattern as usize].next_power_of_two();
                let by_use = shared(a).cmp(&shared(b));
                by_use.then(self.shares[a].total_cmp(&self.shares[b]))
            });
            if let Some(best) = best {
                let is_alone = one.atoms.len() == 1 && atoms[best as usize].written.is_none();
                let offset = if is_alone {
                    ALONE
                } else {
                    best - one.atoms.start
                };
                leads.push((atoms[best as usize].pattern, Lead { word, offset }));
            }
        }
        leads.sort_by_key(|(pattern, _)| *pattern);
        let mut by_pattern = vec![(0, 0); patterns];
        let mut from = 0;
        for chunk in leads.chunk_by(|a, b| a.0 == b.0) {
            let to = from + number(chunk.len());
            by_pattern[chunk[0].0 as usize] = (from, to);
            from = to;
        }
        Matcher {
            lists: groups_of.len(),
            languages: self.languages,
            by_pattern,
            leads: leads.into_iter().map(|(_, lead)| lead).collect(),
            words: self.words,
            group_of: self.group_of,
            atoms,
            holders: holders.into_iter().map(Vec::into_boxed_slice).collect(),
            groups_of,
            groups: self.groups,
        }
    }
}
