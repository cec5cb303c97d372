//! Word lists: words that many watches share, by language, which a query names with `@id`.

use std::sync::Arc;

use super::problem::Problem;
use super::syntax::Query;

/// A list as it was written. Ids differ from each other.
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
#[derive(Clone, Debug, Default)]
pub struct WordLists(Arc<Vec<WordList>>);

/// A list that was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList {
    spec: ListSpec,
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
        let lists = specs.into_iter().map(|spec| WordList { spec }).collect();
        (Self(Arc::new(lists)), Vec::new())
    }

    /// The names of all lists, in the order in which they were given.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|list| list.spec.id.as_str())
    }

    /// The list with this id.
    pub fn get(&self, id: &str) -> Option<&WordList> {
        self.0.iter().find(|list| list.spec.id == id)
    }

    /// The id that may be meant by another, if there is one like it.
    pub fn nearest(&self, id: &str) -> Option<&str> {
        let ids = self
            .ids()
            .map(|known| (strsim::jaro_winkler(id, known), known));
        ids.filter(|(likeness, _)| *likeness > 0.8)
            .max_by(|(a, _), (b, _)| a.total_cmp(b))
            .map(|(_, known)| known)
    }
}

/// Reads a query that may name word lists; otherwise like [`super::parse`].
pub fn parse_with(query: &str, _lists: &WordLists) -> (Option<Query>, Vec<Problem>) {
    super::parse(query)
}
