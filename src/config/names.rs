//! Identifiers: their form, and that each is given once.

use std::collections::{BTreeMap, BTreeSet};

use super::problem::{Place, Problem, Problems};
use super::table::{Located, nearest};

/// The longest identifier: it becomes part of mail headers and file names.
const MAX_ID_LENGTH: usize = 64;

/// Reports an identifier that cannot stand in a mail header, an address or a file name.
pub(super) fn check_id(problems: &mut Problems, id: &Located<String>) {
    let plain = id.value.len() <= MAX_ID_LENGTH
        && id
            .value
            .starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && id
            .value
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
    if !plain {
        problems.push(Problem::error(
            id.place.clone(),
            format!(
                "`{}` cannot be an id: use up to {MAX_ID_LENGTH} lower-case letters, digits, `-` and `_`",
                id.value
            ),
        ));
    }
}

/// The identifiers of one kind, each with the place where it was first given.
pub(super) struct Names {
    plural: &'static str,
    places: BTreeMap<String, Place>,
}

impl Names {
    /// `plural` is what messages call them: `watches`.
    pub(super) fn new(plural: &'static str) -> Self {
        Self {
            plural,
            places: BTreeMap::new(),
        }
    }

    /// Adds one, or reports that it is taken, with both places.
    pub(super) fn add(&mut self, problems: &mut Problems, id: &Located<String>) {
        if let Some(first) = self.places.get(&id.value) {
            problems.push(
                Problem::error(
                    id.place.clone(),
                    format!("two {} have the id `{}`", self.plural, id.value),
                )
                .with_related(first.clone(), "first given here"),
            );
            return;
        }
        self.places.insert(id.value.clone(), id.place.clone());
    }
}

/// Reports a reference to something that is not there, with the nearest that is.
pub(super) fn unknown_reference(
    problems: &mut Problems,
    kind: &str,
    reference: &Located<String>,
    known: &[&str],
) {
    let known: BTreeSet<&str> = known.iter().copied().collect();
    let problem = Problem::error(
        reference.place.clone(),
        format!("unknown {kind} `{}`", reference.value),
    );
    problems.push(match nearest(&reference.value, known.iter().copied()) {
        Some(near) => problem.with_help(format!("did you mean `{near}`?")),
        None if known.is_empty() => problem,
        None if known.len() <= 12 => {
            let known: Vec<&str> = known.into_iter().collect();
            problem.with_help(format!("known: {}", known.join(", ")))
        }
        None => problem,
    });
}
