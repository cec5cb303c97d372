//! Identifiers: their form, and that each is given once.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

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

/// The longest tag, in characters.
const MAX_TAG_CHARS: usize = 64;

/// A tag in the form in which tags are compared: letters of any script in Unicode's form C (UAX 15).
pub(super) fn normal_tag(written: &str) -> String {
    written.nfc().collect()
}

/// Reports what is no tag. Tags are compared and shown, and stand in no header, address or file name, so
/// that letters and digits of all scripts will do; a capital and its small letter would be two tags.
pub(super) fn check_tag(problems: &mut Problems, tag: &Located<String>) {
    if is_tag(&tag.value) {
        return;
    }
    let problem = Problem::error(
        tag.place.clone(),
        format!(
            "`{}` cannot be a tag: use up to {MAX_TAG_CHARS} lower-case letters of any script, digits, `-` and `_`",
            tag.value
        ),
    );
    problems.push(match tag_for(&tag.value) {
        Some(meant) => problem.with_help(format!("\"{meant}\"")),
        None => problem,
    });
}

fn is_tag(text: &str) -> bool {
    let is_letter =
        |c: char| c.is_alphanumeric() && c.to_lowercase().eq([c]) || is_combining_mark(c);
    text.chars().count() <= MAX_TAG_CHARS
        && text.starts_with(|c: char| c.is_alphanumeric())
        && text.chars().all(|c| is_letter(c) || matches!(c, '-' | '_'))
}

/// The tag that a name in any script stands for: its letters in lower case, and hyphens between words.
/// Accents of Latin letters fold away. What is a tag stands for itself, so that a list that was exported
/// gives the same. `None` for a name without letters and digits.
pub fn tag_for(name: &str) -> Option<String> {
    const ENOUGH_CHARS: usize = 60;
    if is_tag(name) {
        return Some(normal_tag(name));
    }
    let mut tag = String::new();
    let mut length = 0;
    let mut is_latin = false;
    for c in name.nfkd().flat_map(char::to_lowercase) {
        if length >= ENOUGH_CHARS {
            break;
        }
        if is_combining_mark(c) {
            if !is_latin && !tag.is_empty() && !tag.ends_with('-') {
                tag.push(c);
                length += 1;
            }
        } else if c.is_alphanumeric() {
            is_latin = c.is_ascii();
            tag.push(c);
            length += 1;
        } else if !tag.is_empty() && !tag.ends_with('-') {
            tag.push('-');
            length += 1;
        }
    }
    let tag = normal_tag(tag.trim_end_matches('-'));
    (!tag.is_empty()).then_some(tag)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(name: &str, tag: Option<&str>) {
        assert_eq!(tag_for(name).as_deref(), tag, "of {name:?}");
    }

    #[test]
    fn names_in_any_script_become_tags() {
        check("América Latina", Some("america-latina"));
        check("Права человека / Россия", Some("права-человека-россия"));
        check("Й\u{306}и", Some("й\u{306}и"));
        check("حقوق الإنسان", Some("حقوق-الإنسان"));
        check("人权 (中国)", Some("人权-中国"));
        check("मानव अधिकार", Some("मानव-अधिकार"));
        check("สิทธิมนุษยชน", Some("สิทธิมนุษยชน"));
        check("ＮＥＷＳ", Some("news"));
        check("İstanbul & Łódź", Some("istanbul-łodz"));
        for tag in ["latin_america", "américa", "a--b", "z-", &"ω".repeat(64)] {
            check(tag, Some(tag));
        }
        check("★ ★", None);
        check("", None);
    }

    proptest! {
        #[test]
        fn what_stands_for_a_name_is_a_tag_of_its_own(name in any::<String>()) {
            if let Some(tag) = tag_for(&name) {
                prop_assert_eq!(tag_for(&tag), Some(tag.clone()));
                let mut problems = Problems::default();
                let place = Place { source: 0, span: 0..0 };
                check_tag(&mut problems, &Located { value: tag, place });
                prop_assert_eq!(problems.errors(), 0);
            }
        }
    }
}
