//! What is told of words of a list: each in a line, or many in one.

use crate::core::watch::lists::list::{ListProblem, WordList};
use crate::core::watch::problem::Problem;

/// Words of a list that are told one by one; of more, one line tells.
const MOST_TOLD: usize = 3;
/// Words that one line names.
const MOST_NAMED: usize = 5;
/// A word that something is to be told of.
pub(super) struct WordWarning {
    /// Index in [`WordList::groups`].
    pub(super) group: usize,
    /// Index in [`crate::core::watch::lists::list::LanguageWords::words`].
    pub(super) entry: usize,
    pub(super) message: String,
    /// The same beside the word in a line of several.
    pub(super) short: String,
    pub(super) help: Option<String>,
}

pub(super) struct Texts<'a> {
    pub(super) number: usize,
    pub(super) list: &'a WordList,
}

impl Texts<'_> {
    pub(super) fn tell(
        &self,
        told: &[WordWarning],
        of_many: &str,
        problems: &mut Vec<ListProblem>,
    ) {
        let problem = |told: &WordWarning, message: String, help: Option<String>| {
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

pub(super) fn text(list: &WordList, group: usize, entry: usize) -> &str {
    let words = list.spec.words.get(group);
    words
        .and_then(|words| words.words.get(entry))
        .map_or("", String::as_str)
}

/// The code of a group's language, as it is written in the file.
pub(super) fn code(list: &WordList, group: usize) -> &str {
    let language = list
        .spec
        .words
        .get(group)
        .and_then(|words| words.language.as_deref());
    language.unwrap_or("any")
}
