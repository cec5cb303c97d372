//! Word lists: words that many watches share, by language, which a query names with `@id`.
//!
//! A word of a list stands for its forms in the language of the list, whatever the language of an item is
//! thought to be. Each list is looked for once in a document, however many watches name it.

mod cycles;
mod entry;
mod list;
mod matcher;
mod names;
mod reader;
mod warnings;

use std::fmt;
use std::sync::{Arc, OnceLock};

use cycles::break_cycles;
use list::reached;
pub use list::{LanguageWords, ListProblem, ListSpec, WordList};
pub(super) use matcher::{Matcher, Search};
use names::Names;
pub(super) use names::list_named;
use reader::read;
pub use reader::{MAX_LIST_WORDS, MAX_LISTS, MAX_WORDS};

use super::problem::{Problem, Severity};

/// Lists that were checked. Cheap to clone.
#[derive(Clone, Default)]
pub struct WordLists(Arc<Lists>);

#[derive(Default)]
struct Lists {
    all: Vec<WordList>,
    names: Names,
    /// Made when the first watch that names a list is compiled.
    matcher: OnceLock<Matcher>,
}

impl WordLists {
    /// Checks lists. All of them can be named, but words with a mistake are left out.
    pub fn new(specs: Vec<ListSpec>) -> (Self, Vec<ListProblem>) {
        let names = Names::new(&specs);
        let (mut groups, mut problems) = read(&specs, &names);
        break_cycles(&specs, &mut groups, &mut problems);
        let all = specs
            .into_iter()
            .zip(groups)
            .map(|(spec, groups)| WordList { spec, groups })
            .collect();
        let lists = Self(Arc::new(Lists {
            all,
            names,
            matcher: OnceLock::new(),
        }));
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
        self.0.all.get(self.0.names.number(id)?)
    }

    /// The id that may be meant by another, if there is one like it.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        self.0.names.nearest(id)
    }

    /// How many words a list has, with those of the lists that it takes in; a word that two of them have
    /// counts twice.
    pub fn words_in(&self, id: &str) -> usize {
        let Some(number) = self.0.names.number(id) else {
            return 0;
        };
        let groups = reached(&self.0.all, number);
        let groups = groups
            .iter()
            .filter_map(|&(list, group)| self.0.all.get(list)?.groups.get(group));
        groups.map(|group| group.words.len()).sum()
    }

    /// What is allowed in these lists, and hardly meant.
    pub fn warnings(&self) -> Vec<ListProblem> {
        warnings::warnings(&self.0.all)
    }

    /// The names that a query may write behind `@`.
    pub(super) fn names(&self) -> &Names {
        &self.0.names
    }

    pub(super) fn matcher(&self) -> &Matcher {
        self.0.matcher.get_or_init(|| Matcher::new(&self.0.all))
    }

    /// The estimated share of documents with a word of a list.
    pub(super) fn share(&self, list: usize) -> f64 {
        self.matcher().share(&self.0.all, list)
    }

    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The list with this id as a query names it.
    pub(super) fn reference(&self, id: &str) -> Option<ListReference> {
        let number = self.0.names.number(id)?;
        Some(ListReference {
            id: id.into(),
            lists: self.clone(),
            number,
        })
    }
}

impl fmt::Debug for WordLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
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
