//! What changed at one place of a sentence.

use std::collections::HashSet;
use std::ops::Range;

use super::excerpt::quoted;
use super::names::{is_initials, is_same_name, names};
use super::negations::{NEGATIONS, denied, tells};
use super::numbers::{counts_days, is_clock, is_number};
use super::version::{Sentence, Version};
use crate::core::story::sequence_diff::differences;
use crate::core::story::tokenizer::Token;
use crate::core::text::normalization::{CharacterClass, fold};

/// A negation comes or goes with few words beside it; a clause that was added is no change.
const NEGATED_WORDS: usize = 5;

/// Days by which a countdown falls while an item is followed.
const FOLLOWED_DAYS: u32 = 7;

/// What stands in one sentence and not in the other, at one place.
pub(super) struct Hunk<'a> {
    old: &'a Sentence<'a>,
    new: &'a Sentence<'a>,
    gone: Range<usize>,
    come: Range<usize>,
}

/// What differs between two sentences, word by word.
pub(super) fn hunks<'a>(old: &'a Sentence<'a>, new: &'a Sentence<'a>) -> Vec<Hunk<'a>> {
    let is_same = |a: &Token, b: &Token| a.folded == b.folded;
    differences(&old.words, &new.words, is_same)
        .into_iter()
        .map(|(gone, come)| Hunk {
            old,
            new,
            gone,
            come,
        })
        .collect()
}

impl Hunk<'_> {
    /// The words that are gone, and those that came.
    fn words(&self) -> [&[Token]; 2] {
        [
            &self.old.words[self.gone.clone()],
            &self.new.words[self.come.clone()],
        ]
    }

    /// The word behind it: what a negation denies.
    fn next(&self) -> Option<&str> {
        let next = self.new.words.get(self.come.end);
        next.map(|word| word.folded.as_str())
    }

    /// Words that came to say what is not so: `, not a dozen`, `rather than Anna Roe`.
    pub(super) fn denied(&self) -> impl Iterator<Item = &str> {
        let is_added = self.gone.is_empty();
        let added = Some(self.come.clone()).filter(|_| is_added);
        let words = added.map_or(&[][..], |added| denied(&self.new.words, added));
        (words.iter())
            .filter(|word| tells(word))
            .map(|word| word.folded.as_str())
    }

    /// What changed there, if it is of weight.
    pub(super) fn change(
        &self,
        old: &Version<'_>,
        new: &Version<'_>,
        denied: &HashSet<&str>,
    ) -> Option<Found<'_>> {
        let [gone, come] = self.words();
        let is_denied =
            !come.is_empty() && (gone.iter()).any(|word| denied.contains(word.folded.as_str()));
        let named = is_denied.then_some(true);
        let negated = self.negated(gone, come).filter(|_| !is_denied);
        let correction = named
            .or(negated)
            .or_else(|| self.renamed(gone, come, old, new))
            .or_else(|| self.counted(old, new))?;
        Some(Found {
            hunk: self,
            weight: (correction, negated.is_none()),
        })
    }

    fn negated(&self, gone: &[Token], come: &[Token]) -> Option<bool> {
        let count = |words: &[Token]| {
            let words_alone = words
                .iter()
                .filter(|word| NEGATIONS.has(&word.folded))
                .count();
            // Of two characters: ไม่.
            let pairs = words
                .windows(2)
                .filter(|pair| pair[0].folded == "ไ" && pair[1].folded.starts_with('ม'));
            words_alone + pairs.count()
        };
        let whole = |sentence: &Sentence<'_>| count(&sentence.words);
        let few = gone.len() <= NEGATED_WORDS && come.len() <= NEGATED_WORDS;
        let differs = (whole(self.old) == 0) != (whole(self.new) == 0);
        (few && differs && count(gone) != count(come)).then_some(true)
    }

    fn counted(&self, old: &Version<'_>, new: &Version<'_>) -> Option<bool> {
        let (gone, come) = (&self.gone, &self.come);
        let numbers = |sentence: &Sentence<'_>, range: &Range<usize>, other: &Version<'_>| {
            let words = &sentence.words;
            range
                .clone()
                .filter(|&at| {
                    is_number(&words[at]) && !other.has(&words[at].folded) && !is_clock(words, at)
                })
                .map(|at| (words[at].count(), counts_days(words, at)))
                .collect::<Vec<(Option<u32>, bool)>>()
        };
        let (left, entered) = (numbers(self.old, gone, new), numbers(self.new, come, old));
        let most =
            |numbers: &[(Option<u32>, bool)]| numbers.iter().filter_map(|(count, _)| *count).max();
        let are_days = left.iter().chain(&entered).all(|(_, is_days)| *is_days);
        let (before, now) = (most(&left), most(&entered));
        if are_days && (before.unwrap_or(0)).abs_diff(now.unwrap_or(0)) <= FOLLOWED_DAYS {
            return None;
        }
        match (left.is_empty(), entered.is_empty()) {
            (true, true) => None,
            (false, false) => Some(before > now),
            // A number in place of other words: `several killed`, `12 killed`.
            (true, false) => (!gone.is_empty() && come.len() <= NEGATED_WORDS).then_some(false),
            (false, true) => (!come.is_empty() && gone.len() <= NEGATED_WORDS).then_some(true),
        }
    }

    fn renamed(
        &self,
        gone: &[Token],
        come: &[Token],
        old: &Version<'_>,
        new: &Version<'_>,
    ) -> Option<bool> {
        let left = names(self.old, &self.gone, gone, new);
        let entered = names(self.new, &self.come, come, old);
        if left.is_empty() || entered.is_empty() || gone.len() > 6 || come.len() > 6 {
            return None;
        }
        let is_other = |name: &&String| !entered.iter().any(|other| is_same_name(name, other));
        let is_new = |name: &&String| !left.iter().any(|other| is_same_name(name, other));
        let differs =
            left.iter().any(|name| is_other(&name)) && entered.iter().any(|name| is_new(&name));
        (differs && !is_initials(gone, come) && !is_initials(come, gone)).then_some(true)
    }
}

/// A change of weight.
pub(super) struct Found<'a> {
    hunk: &'a Hunk<'a>,
    /// Whether it is a correction; of corrections, a number or a name says more than a negation.
    pub(super) weight: (bool, bool),
}

impl Found<'_> {
    pub(super) fn is_correction(&self) -> bool {
        self.weight.0
    }

    /// What stood there, and what stands there now.
    pub(super) fn said(&self) -> String {
        let Hunk {
            old,
            new,
            gone,
            come,
        } = self.hunk;
        let [earlier, later] = [shown(old, gone), shown(new, come)];
        format!("{} became {}", quoted(&earlier), quoted(&later))
    }

    /// Whether it says another change as well: the same below the headline, or the clause that denies what it took out.
    pub(super) fn says(&self, other: &Self) -> bool {
        let is_elsewhere = !std::ptr::eq(self.hunk.old, other.hunk.old);
        let shares_both = || {
            let [gone, come] = self.hunk.words().map(telling);
            let [other_gone, other_come] = other.hunk.words().map(telling);
            shares(&gone, &other_gone) && shares(&come, &other_come)
        };
        // The words of a negation do not tell what is not so.
        let is_of_one = || self.weight.1 && other.weight.1 || self.hunk.next() == other.hunk.next();
        is_elsewhere && is_of_one() && shares_both()
            || (other.hunk.denied()).any(|denied| {
                self.hunk.words()[0]
                    .iter()
                    .any(|word| word.folded == denied)
            })
    }
}

/// The numbers and names of what changed, else all its words.
fn telling(words: &[Token]) -> HashSet<&str> {
    let tell = |word: &&Token| is_number(word) || word.is_capital;
    let told: HashSet<&str> = words
        .iter()
        .filter(tell)
        .map(|word| word.folded.as_str())
        .collect();
    if told.is_empty() {
        return words.iter().map(|word| word.folded.as_str()).collect();
    }
    told
}

/// Whether two have a word in common, or neither has any.
fn shares(words: &HashSet<&str>, others: &HashSet<&str>) -> bool {
    words.is_empty() && others.is_empty() || !words.is_disjoint(others)
}

/// The words that changed, with one to each side where there is, or two where nothing stands.
fn shown(sentence: &Sentence<'_>, range: &Range<usize>) -> String {
    let last = sentence.words.len() - 1;
    let is_single = |at: usize| {
        sentence.words[at]
            .folded
            .chars()
            .all(|c| fold(c).class() == CharacterClass::Single)
    };
    let around = if !sentence.words.is_empty() && is_single(range.start.min(last)) {
        4
    } else {
        2
    };
    let from = range.start.saturating_sub(around.min(range.start));
    let to = (range.end + around).min(sentence.words.len()).max(from + 1) - 1;
    sentence.text[sentence.words[from].start..sentence.words[to.min(last)].end].to_owned()
}
