//! Reads lists as they were written, one after the other.

use super::entry::{Entry, read_entry};
use super::list::{Group, ListProblem, ListSpec, ListWord};
use super::names::Names;
use crate::core::language::primary_language;
use crate::core::watch::problem::{Problem, Severity};

/// How many lists there may be.
pub const MAX_LISTS: usize = 1_000;
/// How many words a list may have of its own, in all languages together.
pub const MAX_LIST_WORDS: usize = 100_000;
/// How many words all lists may have together.
pub const MAX_WORDS: usize = 200_000;

/// The groups of each list, and what is wrong with them.
pub(super) fn read(specs: &[ListSpec], names: &Names) -> (Vec<Vec<Group>>, Vec<ListProblem>) {
    let mut reader = Reader {
        specs,
        names,
        left: MAX_WORDS,
        problems: Vec::new(),
    };
    let groups = (0..specs.len()).map(|list| reader.list(list)).collect();
    (groups, reader.problems)
}

struct Reader<'a> {
    specs: &'a [ListSpec],
    names: &'a Names,
    /// Words that all lists may still have.
    left: usize,
    problems: Vec<ListProblem>,
}

impl Reader<'_> {
    fn tell(&mut self, list: usize, place: Option<(usize, usize)>, problem: Problem) {
        self.problems.push(ListProblem {
            list,
            language: place.map(|(language, _)| language),
            word: place.map(|(_, word)| word),
            problem,
        });
    }

    fn list(&mut self, list: usize) -> Vec<Group> {
        let specs = self.specs;
        let Some(spec) = specs.get(list) else {
            return Vec::new();
        };
        let whole = |message: String| Problem::error(0..0, message);
        if list == MAX_LISTS {
            let message = format!("there are at most {MAX_LISTS} word lists: join some of them");
            self.tell(list, None, whole(message));
        }
        if list >= MAX_LISTS {
            return Vec::new();
        }
        if spec.words.iter().all(|group| group.words.is_empty()) {
            let message = "the list has no word: give it some, as in `en = [\"police\"]`";
            self.tell(list, None, whole(message.to_owned()));
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
                let place = Some((language, entry));
                let mut problems = Vec::new();
                let read = read_entry(text, self.names, &mut problems);
                let sound = problems.iter().all(|p| p.severity == Severity::Warning);
                for problem in problems {
                    self.tell(list, place, problem);
                }
                match read.filter(|_| sound) {
                    Some(Entry::List(number)) => group.lists.push((number, entry)),
                    Some(Entry::Words(words, other)) => {
                        own += 1;
                        if let Some(message) = self.too_many(own) {
                            self.tell(list, place, Problem::error(0..text.len(), message));
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

    /// What is told when a word is more than a list with `own` of them may have.
    fn too_many(&self, own: usize) -> Option<String> {
        let told = if own == MAX_LIST_WORDS + 1 {
            format!("a list has at most {MAX_LIST_WORDS} words")
        } else if self.left == 0 {
            format!("all lists together have at most {MAX_WORDS} words")
        } else {
            return None;
        };
        Some(format!("{told}: the rest is not read, so leave some out"))
    }
}
