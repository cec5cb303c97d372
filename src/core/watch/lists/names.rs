//! The names of all lists, and what may be meant by another.

use std::collections::HashMap;

use super::list::ListSpec;

/// The lists by their ids, with their numbers.
#[derive(Default)]
pub(in crate::core::watch) struct Names(HashMap<String, usize>);

impl Names {
    /// Of two lists with one id, the first counts.
    pub(super) fn new(specs: &[ListSpec]) -> Self {
        let mut by_id = HashMap::new();
        for (number, spec) in specs.iter().enumerate() {
            by_id.entry(spec.id.clone()).or_insert(number);
        }
        Self(by_id)
    }

    pub(super) fn number(&self, id: &str) -> Option<usize> {
        self.0.get(id).copied()
    }

    /// The id that may be meant by another, if there is one like it.
    pub(super) fn nearest(&self, id: &str) -> Option<&str> {
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
        let ids = self.0.keys().map(|known| (likeness(known), known));
        ids.filter(|(likeness, _)| *likeness > 0.8)
            .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)))
            .map(|(_, known)| known.as_str())
    }
}

/// An id without the differences that nobody notices.
fn simple(id: &str) -> String {
    id.to_lowercase().replace(['_', ' '], "-")
}

/// The number of the list that is named behind `@`, or what is wrong and what to write.
pub(in crate::core::watch) fn list_named(
    name: &str,
    full_width: bool,
    names: &Names,
) -> Result<usize, (String, Option<String>)> {
    let number = |id: &str| names.number(id);
    let bare = name.trim();
    if bare.is_empty() {
        let message = "`@` stands before the name of a word list, as in `@police`";
        return Err((message.to_owned(), None));
    }
    if full_width && number(bare).is_some() {
        let message = "this `＠` is a full-width one: a list is named with a plain `@`";
        return Err((message.to_owned(), Some(format!("@{bare}"))));
    }
    if let Some(number) = number(name).filter(|_| !full_width) {
        return Ok(number);
    }
    let unsigned = bare.trim_end_matches(['~', '*', '?', '!']);
    if unsigned != bare && number(unsigned).is_some() {
        let message =
            "a list stands for all its words with their forms, and takes no sign behind it";
        return Err((message.to_owned(), Some(format!("@{unsigned}"))));
    }
    if number(bare).is_some() {
        let message = "the name of a list follows its `@` at once, without a blank or quotes";
        return Err((message.to_owned(), Some(format!("@{bare}"))));
    }
    let lower = bare.to_lowercase();
    if number(&lower).is_some() {
        let message = "the name of a list is written in small letters";
        return Err((message.to_owned(), Some(format!("@{lower}"))));
    }
    Err(match names.nearest(unsigned) {
        Some(near) => (
            format!("there is no word list `{bare}`: did you mean `@{near}`?"),
            Some(format!("@{near}")),
        ),
        None => (
            format!("there is no word list `{bare}`; as a word it is written without `@`"),
            Some(unsigned.to_owned()),
        ),
    })
}
