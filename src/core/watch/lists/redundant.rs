//! Warnings about lists that were understood: words that add nothing, and words of two languages.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::list::{Group, ListProblem, ListWord, WordList};
use crate::core::watch::clitics::without_article;
use crate::core::watch::problem::Problem;
use crate::core::watch::stem::{Stems, language_number};
use crate::core::watch::word::{MIN_PREFIX, Word};

/// Words of a list that are told one by one; of more, one line tells.
const MOST_TOLD: usize = 3;
/// Words that one line names.
const MOST_NAMED: usize = 5;
/// Words that a word is compared with, at most: more begin alike only where somebody wants to try this out.
const MOST_COMPARED: usize = 64;
/// Lists of more words are made by programs, and nobody reads what is told of their words.
const MOST_WORDS: usize = 20_000;

/// What is allowed in these lists, and hardly meant.
pub(super) fn warnings(all: &[WordList]) -> Vec<ListProblem> {
    let mut problems = Vec::new();
    for (number, list) in all.iter().enumerate() {
        let words: usize = list.groups.iter().map(|group| group.words.len()).sum();
        if words > MOST_WORDS {
            continue;
        }
        let texts = Texts { number, list };
        texts.tell(
            &redundant(list),
            "of these words add nothing, since others find them already",
            &mut problems,
        );
        texts.tell(
            &in_two_languages(list),
            "of these words stand in two languages",
            &mut problems,
        );
    }
    problems
}

/// A word that something is to be told of.
struct Told {
    /// Index in [`WordList::groups`].
    group: usize,
    /// Index in [`super::list::LanguageWords::words`].
    entry: usize,
    message: String,
    /// The same beside the word in a line of several.
    short: String,
    help: Option<String>,
}

struct Texts<'a> {
    number: usize,
    list: &'a WordList,
}

impl Texts<'_> {
    fn tell(&self, told: &[Told], of_many: &str, problems: &mut Vec<ListProblem>) {
        let problem = |told: &Told, message: String, help: Option<String>| {
            let length = text(self.list, told.group, told.entry).len();
            let problem = Problem::warning(0..length, message);
            ListProblem {
                list: self.number,
                language: Some(told.group),
                word: Some(told.entry),
                problem: match help {
                    Some(help) => problem.help(help),
                    None => problem,
                },
            }
        };
        if told.len() <= MOST_TOLD {
            let each = told
                .iter()
                .map(|told| problem(told, told.message.clone(), told.help.clone()));
            problems.extend(each);
            return;
        }
        let Some(first) = told.first() else { return };
        let named: Vec<String> = told
            .iter()
            .take(MOST_NAMED)
            .map(|told| {
                format!(
                    "`{}` {}",
                    text(self.list, told.group, told.entry).trim(),
                    told.short
                )
            })
            .collect();
        let more = match told.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!("{} {of_many}: {}{more}", told.len(), named.join(", "));
        problems.push(problem(first, message, None));
    }
}

fn text(list: &WordList, group: usize, entry: usize) -> &str {
    let words = list.spec.words.get(group);
    words
        .and_then(|words| words.words.get(entry))
        .map_or("", String::as_str)
}

/// The code of a group's language, as it is written in the file.
fn code(list: &WordList, group: usize) -> &str {
    let language = list
        .spec
        .words
        .get(group)
        .and_then(|words| words.language.as_deref());
    language.unwrap_or("any")
}

/// What one word of a list is found by.
#[derive(PartialEq, Eq)]
enum Found {
    /// Any form with one of these keys (see [`Stems::keys`]).
    Forms {
        folded: String,
        keys: BTreeSet<String>,
    },
    /// The word itself, in any case.
    Plain(String),
    /// The word as it is written.
    Written { folded: String, written: String },
    /// What begins so.
    Begins(String),
    /// Something else with a wildcard.
    Pattern(String),
}

impl Found {
    fn of(word: &Word, stems: Option<&Stems>) -> Self {
        match (word, stems) {
            (Word::Stem { folded, written }, Some(stems)) => {
                let mut keys = BTreeSet::from([stems.written(written)]);
                stems.keys(folded, |key| {
                    keys.insert(key.to_owned());
                });
                if let Some(bare) = without_article(folded).filter(|_| stems.is_arabic()) {
                    stems.keys(bare, |key| {
                        keys.insert(key.to_owned());
                    });
                }
                Self::Forms {
                    folded: folded.clone(),
                    keys,
                }
            }
            (Word::Stem { folded, .. } | Word::Plain(folded), _) => Self::Plain(folded.clone()),
            (Word::Exact { folded, written }, _) => Self::Written {
                folded: folded.clone(),
                written: written.clone(),
            },
            // With dots or in capitals.
            (Word::Abbreviation { folded, .. }, _) => Self::Written {
                folded: folded.clone(),
                written: folded.to_uppercase(),
            },
            (Word::Wildcard(pattern), _) => match pattern.strip_suffix('*') {
                Some(front) if !front.contains('?') => Self::Begins(front.to_owned()),
                _ => Self::Pattern(pattern.clone()),
            },
        }
    }

    /// Whether everything that `other` finds is found by this.
    fn covers(&self, other: &Self, stems: Option<&Stems>) -> bool {
        match (self, other) {
            (Self::Forms { keys, .. }, Self::Forms { keys: others, .. }) => others.is_subset(keys),
            (Self::Forms { keys, .. }, Self::Plain(folded) | Self::Written { folded, .. }) => {
                let mut shared = false;
                if let Some(stems) = stems {
                    stems.keys(folded, |key| shared |= keys.contains(key));
                }
                shared
            }
            (Self::Plain(own), Self::Plain(folded) | Self::Written { folded, .. }) => own == folded,
            (Self::Begins(front), Self::Forms { folded, keys }) => {
                // A stem may end otherwise than its words do.
                folded.starts_with(front)
                    && keys.iter().all(|key| {
                        key.starts_with(front) && key.len() > front.len()
                            || key == front && !front.ends_with(['i', 'y'])
                    })
            }
            (
                Self::Begins(front),
                Self::Plain(folded) | Self::Written { folded, .. } | Self::Begins(folded),
            ) => folded.starts_with(front),
            (own, other) => own == other,
        }
    }

    /// By what it is looked up among the words that may cover another.
    fn labels(&self) -> Vec<String> {
        match self {
            Self::Forms { keys, .. } => keys.iter().map(|key| format!("f{key}")).collect(),
            Self::Plain(folded) => vec![format!("p{folded}")],
            Self::Written { written, .. } => vec![format!("w{written}")],
            Self::Begins(front) => vec![format!("b{front}")],
            Self::Pattern(pattern) => vec![format!("*{pattern}")],
        }
    }

    /// The labels of what may cover it.
    fn wanted(&self, stems: Option<&Stems>) -> Vec<String> {
        let mut labels = self.labels();
        let begins = |folded: &str, labels: &mut Vec<String>| {
            let fronts = folded.char_indices().map(|(at, _)| at).skip(MIN_PREFIX);
            for end in fronts.chain([folded.len()]) {
                labels.push(format!("b{}", &folded[..end]));
            }
        };
        match self {
            Self::Forms { folded, .. } | Self::Begins(folded) => begins(folded, &mut labels),
            Self::Plain(folded) | Self::Written { folded, .. } => {
                begins(folded, &mut labels);
                labels.push(format!("p{folded}"));
                if let Some(stems) = stems {
                    stems.keys(folded, |key| labels.push(format!("f{key}")));
                }
            }
            Self::Pattern(_) => {}
        }
        labels
    }
}

/// An entry with what it is found by.
struct Compared {
    group: usize,
    entry: usize,
    words: Vec<Found>,
    /// In other words: letter by letter, or as an abbreviation.
    other: Vec<Found>,
}

impl Compared {
    fn of(group: usize, listed: &ListWord, stems: Option<&Stems>) -> Self {
        let found = |words: &[Word]| words.iter().map(|word| Found::of(word, stems)).collect();
        Self {
            group,
            entry: listed.entry,
            words: found(&listed.words),
            other: found(&listed.other),
        }
    }

    /// Whether everything that `other` finds holds something that this finds, from its word `at` on.
    fn covers(&self, other: &Self, at: usize, stems: Option<&Stems>) -> bool {
        let has = |own: &[Found], words: &[Found]| {
            own.len() <= words.len()
                && own
                    .iter()
                    .zip(words)
                    .all(|(own, other)| own.covers(other, stems))
        };
        let in_other = |at: usize| {
            let words = other.other.get(at..).unwrap_or_default();
            has(&self.words, words) || !self.other.is_empty() && has(&self.other, words)
        };
        let window = other.words.get(at..).unwrap_or_default();
        has(&self.words, window) && (other.other.is_empty() || (0..other.other.len()).any(in_other))
    }
}

/// Words whose finds another word of the same list has already.
fn redundant(list: &WordList) -> Vec<Told> {
    let mut told = Vec::new();
    let any = list
        .groups
        .iter()
        .position(|group| group.language.is_none());
    for (number, group) in list.groups.iter().enumerate() {
        let stems = stems_of(group);
        let own = group
            .words
            .iter()
            .map(|listed| Compared::of(number, listed, stems.as_ref()));
        let mut all: Vec<Compared> = own.collect();
        let mine = all.len();
        if let Some(any) = any.filter(|any| *any != number) {
            let words = list.groups[any].words.iter();
            all.extend(words.map(|listed| Compared::of(any, listed, None)));
        }
        let mut by_label: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, compared) in all.iter().enumerate() {
            for label in compared.words.first().map_or_else(Vec::new, Found::labels) {
                by_label.entry(label).or_default().push(place);
            }
        }
        for (place, compared) in all[..mine].iter().enumerate() {
            let covering = covering(&all, place, &by_label, stems.as_ref());
            if let Some(other) = covering {
                let by = text(list, other.group, other.entry).trim();
                let word = text(list, compared.group, compared.entry).trim();
                let is_same = by == word && other.group == compared.group;
                told.push(Told {
                    group: compared.group,
                    entry: compared.entry,
                    message: if is_same {
                        format!("`{word}` stands in `{}` twice", code(list, number))
                    } else if other.group == compared.group {
                        format!("`{word}` adds nothing: `{by}` finds it already")
                    } else {
                        format!("`{word}` adds nothing: `{by}` of `any` finds it already")
                    },
                    short: format!("(by `{by}`)"),
                    help: Some(String::new()),
                });
            }
        }
    }
    told
}

/// The word that finds all that another does; of two that find the same, the one that is kept.
fn covering<'a>(
    all: &'a [Compared],
    place: usize,
    by_label: &HashMap<String, Vec<usize>>,
    stems: Option<&Stems>,
) -> Option<&'a Compared> {
    let compared = &all[place];
    let length = |place: usize| -> usize {
        let words = all[place].words.iter();
        words
            .map(|word| match word {
                Found::Forms { folded, .. }
                | Found::Plain(folded)
                | Found::Written { folded, .. } => folded.len(),
                Found::Begins(front) | Found::Pattern(front) => front.len(),
            })
            .sum()
    };
    for (at, word) in compared.words.iter().enumerate() {
        for label in word.wanted(stems) {
            let others = by_label.get(&label).map_or(&[][..], Vec::as_slice);
            for &other in others.iter().take(MOST_COMPARED) {
                if other == place || !all[other].covers(compared, at, stems) {
                    continue;
                }
                let is_mutual = all[other].words.len() == compared.words.len()
                    && compared.covers(&all[other], 0, stems);
                if !is_mutual || (length(other), other) < (length(place), place) {
                    return Some(&all[other]);
                }
            }
        }
    }
    None
}

fn stems_of(group: &Group) -> Option<Stems> {
    let number = language_number(group.language.as_deref()?)?;
    Some(Stems::of(Some(number)))
}

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
fn in_two_languages(list: &WordList) -> Vec<Told> {
    let mut places: HashMap<Vec<&str>, Vec<(usize, usize)>> = HashMap::new();
    let mut order: Vec<Vec<&str>> = Vec::new();
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
            let found = places.entry(words.clone()).or_default();
            if found.is_empty() {
                order.push(words);
            }
            if !found.iter().any(|(group, _)| *group == number) {
                found.push((number, listed.entry));
            }
        }
    }
    let mut told = Vec::new();
    let mut seen = HashSet::new();
    for words in order {
        let found = &places[&words];
        let [first, .., last] = found.as_slice() else {
            continue;
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
        if !(is_name || is_foreign || is_phrase || in_any) || !seen.insert(first) {
            continue;
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
        told.push(Told {
            group: at.0,
            entry: at.1,
            message,
            short: format!("({})", codes.join(", ")),
            help: None,
        });
    }
    told
}
