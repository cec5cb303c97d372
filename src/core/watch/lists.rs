//! Word lists: words that many watches share, by language, which a query names with `@id`.
//!
//! A word of a list stands for its forms in the language of the list, whatever the language of an item is
//! thought to be. Each list is looked for once in a document, however many watches name it.

mod circle;
mod entry;
mod matcher;
mod redundant;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

pub(super) use entry::list_named;
use entry::{Entry, read_entry};
pub(super) use matcher::{LISTED, Listed, Matcher};

use super::frequency::Frequencies;
use super::problem::{Problem, Severity};
use super::stem::primary_language;
use super::syntax::Word;

/// How many lists there may be.
pub const MAX_LISTS: usize = 1_000;
/// How many words a list may have of its own, in all languages together.
pub const MAX_LIST_WORDS: usize = 100_000;
/// How many words all lists may have together.
pub const MAX_WORDS: usize = 200_000;

/// A list as it was written. Ids differ from each other; of two with the same, the first counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSpec {
    /// What queries name it by.
    pub id: String,
    /// For people.
    pub title: String,
    /// Its words, language by language.
    pub words: Vec<LanguageWords>,
}

/// The words of a list in one language, or in any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LanguageWords {
    /// A primary subtag, such as `es`; none where they are found in every language.
    pub language: Option<String>,
    /// As written.
    pub words: Vec<String>,
}

/// A mistake in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListProblem {
    /// Index of the list among those given.
    pub list: usize,
    /// Index in [`ListSpec::words`]; none where it is the list as a whole.
    pub language: Option<usize>,
    /// Index in [`LanguageWords::words`].
    pub word: Option<usize>,
    /// What is wrong. Its span is in the word's text.
    pub problem: Problem,
}

/// Lists that were checked. Cheap to clone.
#[derive(Clone, Default)]
pub struct WordLists(Arc<Lists>);

#[derive(Default)]
struct Lists {
    all: Vec<WordList>,
    by_id: HashMap<String, usize>,
    /// Made when the first watch that names a list is compiled.
    matcher: OnceLock<Matcher>,
}

/// A list that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    spec: ListSpec,
    /// One for each language of the specification.
    groups: Vec<Group>,
}

/// The words of a list in one language, as they are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    /// A primary subtag.
    language: Option<String>,
    words: Vec<ListWord>,
    /// Other lists, and which entries name them.
    lists: Vec<(usize, usize)>,
}

/// A word or phrase of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ListWord {
    /// Index in [`LanguageWords::words`].
    entry: usize,
    words: Vec<Word>,
    /// The words in which it is looked for as well, as in [`super::syntax::Term::other`].
    other: Vec<Word>,
}

impl WordList {
    /// As it was written.
    pub fn spec(&self) -> &ListSpec {
        &self.spec
    }
}

impl WordLists {
    /// Checks lists. All of them can be named, but words with a mistake are left out.
    pub fn new(specs: Vec<ListSpec>) -> (Self, Vec<ListProblem>) {
        let mut by_id = HashMap::new();
        for (number, spec) in specs.iter().enumerate() {
            by_id.entry(spec.id.clone()).or_insert(number);
        }
        let mut lists = Self(Arc::new(Lists {
            all: Vec::new(),
            by_id,
            matcher: OnceLock::new(),
        }));
        let mut reader = Reader {
            specs: &specs,
            lists: &lists,
            left: MAX_WORDS,
            problems: Vec::new(),
        };
        let mut groups: Vec<Vec<Group>> = (0..specs.len()).map(|list| reader.list(list)).collect();
        let mut problems = reader.problems;
        circle::break_circles(&specs, &mut groups, &mut problems);
        if let Some(inner) = Arc::get_mut(&mut lists.0) {
            inner.all = specs
                .into_iter()
                .zip(groups)
                .map(|(spec, groups)| WordList { spec, groups })
                .collect();
        }
        lists.tell_empty(&mut problems);
        problems.sort_by_key(|told| (told.list, told.language, told.word));
        (lists, problems)
    }

    /// Tells the lists that have no word though they take in others.
    fn tell_empty(&self, problems: &mut Vec<ListProblem>) {
        // What is taken in may be missing only because of another mistake.
        let is_wrong = |told: &ListProblem| told.problem.severity == Severity::Error;
        if problems.iter().any(is_wrong) {
            return;
        }
        for (list, one) in self.0.all.iter().enumerate() {
            if self.words_in(&one.spec.id) > 0 {
                continue;
            }
            let message = "the list has no word, since the lists that it takes in have none in its languages: \
                           take them in under `any`, or give it words of its own";
            problems.push(ListProblem {
                list,
                language: None,
                word: None,
                problem: Problem::error(0..0, message),
            });
        }
    }

    /// The names of all lists, in the order in which they were given.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.all.iter().map(|list| list.spec.id.as_str())
    }

    /// The list with this id.
    pub fn get(&self, id: &str) -> Option<&WordList> {
        self.0.all.get(*self.0.by_id.get(id)?)
    }

    /// The id that may be meant by another, if there is one like it.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        let wanted = simple(id);
        let likeness = |known: &str| {
            let known = simple(known);
            let within = wanted.len() >= 4 && known.split('-').any(|part| part == wanted);
            if within {
                0.9
            } else {
                strsim::jaro_winkler(&wanted, &known)
            }
        };
        let ids = self.0.by_id.keys().map(|known| (likeness(known), known));
        ids.filter(|(likeness, _)| *likeness > 0.8)
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)))
            .map(|(_, known)| known.as_str())
    }

    /// How many words a list has, with those of the lists that it takes in; a word that two of them have
    /// counts twice.
    pub fn words_in(&self, id: &str) -> usize {
        let Some(&number) = self.0.by_id.get(id) else {
            return 0;
        };
        let groups = self.reached(number);
        let groups = groups
            .iter()
            .filter_map(|&(list, group)| self.0.all.get(list)?.groups.get(group));
        groups.map(|group| group.words.len()).sum()
    }

    pub(super) fn matcher(&self) -> &Matcher {
        self.0
            .matcher
            .get_or_init(|| Matcher::new(&self.0.all, self))
    }

    /// The estimated share of documents with a word of a list.
    pub(super) fn share(&self, list: usize, frequencies: &Frequencies) -> f64 {
        self.matcher().share(&self.0.all, list, frequencies)
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The list with this id as a query names it.
    pub(super) fn reference(&self, id: &str) -> Option<ListReference> {
        let (id, &number) = self.0.by_id.get_key_value(id)?;
        Some(ListReference {
            id: id.as_str().into(),
            lists: self.clone(),
            number,
        })
    }

    /// The lists and groups whose words a list has: its own, and those of the lists that it takes in. What is
    /// taken in under a language gives only its words of that language and those of any.
    fn reached(&self, list: usize) -> Vec<(usize, usize)> {
        let mut seen = std::collections::HashSet::new();
        let mut open: Vec<(usize, Option<&str>)> = vec![(list, None)];
        let mut reached = Vec::new();
        while let Some((list, only)) = open.pop() {
            if !seen.insert((list, only)) {
                continue;
            }
            let groups = self.0.all.get(list).map_or(&[][..], |list| &list.groups);
            for (number, group) in groups.iter().enumerate() {
                let language = group.language.as_deref();
                if only.is_some() && language.is_some() && only != language {
                    continue;
                }
                reached.push((list, number));
                let inner = group.lists.iter().map(|&(inner, _)| inner);
                open.extend(inner.map(|inner| (inner, language.or(only))));
            }
        }
        reached.sort_unstable();
        reached.dedup();
        reached
    }
}

impl fmt::Debug for WordLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}

/// An id without the differences that nobody notices.
fn simple(id: &str) -> String {
    id.to_lowercase().replace(['_', ' '], "-")
}

/// A list that a query names. Two are equal when their names are.
#[derive(Clone)]
pub struct ListReference {
    id: Arc<str>,
    lists: WordLists,
    number: usize,
}

impl ListReference {
    /// A name whose list nobody looks for.
    pub(super) fn unchecked(id: &str) -> Self {
        Self {
            id: id.into(),
            lists: WordLists::default(),
            number: usize::MAX,
        }
    }

    /// What it is named by, without `@`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// All the lists among which it is one.
    pub fn lists(&self) -> &WordLists {
        &self.lists
    }

    pub(super) fn number(&self) -> usize {
        self.number
    }
}

impl PartialEq for ListReference {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for ListReference {}

impl std::hash::Hash for ListReference {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl fmt::Debug for ListReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for ListReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.id)
    }
}

/// Reads the lists one after the other.
struct Reader<'a> {
    specs: &'a [ListSpec],
    /// Only their names are known yet.
    lists: &'a WordLists,
    /// Words that all lists may still have.
    left: usize,
    problems: Vec<ListProblem>,
}

impl Reader<'_> {
    fn list(&mut self, list: usize) -> Vec<Group> {
        let specs = self.specs;
        let Some(spec) = specs.get(list) else {
            return Vec::new();
        };
        let mut tell = |language, word, problem| {
            self.problems.push(ListProblem {
                list,
                language,
                word,
                problem,
            });
        };
        let whole = |message: String| Problem::error(0..0, message);
        if list == MAX_LISTS {
            let message = format!("there are at most {MAX_LISTS} word lists: join some of them");
            tell(None, None, whole(message));
        }
        if list >= MAX_LISTS {
            return Vec::new();
        }
        if spec.words.iter().all(|group| group.words.is_empty()) {
            let message = "the list has no word: give it some, as in `en = [\"police\"]`";
            tell(None, None, whole(message.to_owned()));
        }
        let mut own = 0;
        let mut groups = Vec::new();
        for (language, given) in spec.words.iter().enumerate() {
            let mut group = Group {
                language: given.language.as_deref().map(|code| {
                    primary_language(code).unwrap_or_else(|| code.to_ascii_lowercase())
                }),
                ..Group::default()
            };
            for (entry, text) in given.words.iter().enumerate() {
                let mut problems = Vec::new();
                let read = read_entry(text, self.lists, &mut problems);
                let sound = problems.iter().all(|p| p.severity == Severity::Warning);
                for problem in problems {
                    tell(Some(language), Some(entry), problem);
                }
                match read.filter(|_| sound) {
                    Some(Entry::List(number)) => group.lists.push((number, entry)),
                    Some(Entry::Words(words, other)) => {
                        own += 1;
                        let told = if own == MAX_LIST_WORDS + 1 {
                            Some(format!("a list has at most {MAX_LIST_WORDS} words"))
                        } else if self.left == 0 {
                            Some(format!("all lists together have at most {MAX_WORDS} words"))
                        } else {
                            None
                        };
                        if let Some(message) = told {
                            let message =
                                format!("{message}: the rest is not read, so leave some out");
                            let place = Problem::error(0..text.len(), message);
                            tell(Some(language), Some(entry), place);
                            groups.push(group);
                            return groups;
                        }
                        self.left -= 1;
                        group.words.push(ListWord {
                            entry,
                            words,
                            other,
                        });
                    }
                    None => {}
                }
            }
            groups.push(group);
        }
        groups
    }
}
