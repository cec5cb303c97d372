//! Identifiers: their form, and that each is given once.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::problem::{Problem, Problems, SourceSpan};
use super::suggestion::nearest;
use super::table::Located;

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
    places: BTreeMap<String, SourceSpan>,
}

impl Names {
    /// `plural` is what messages call them: `watches`.
    pub(super) fn new(plural: &'static str) -> Self {
        Self {
            plural,
            places: BTreeMap::new(),
        }
    }

    /// Adds one, or reports that it is taken, with both places; whether it is new.
    pub(super) fn add(&mut self, problems: &mut Problems, id: &Located<String>) -> bool {
        if let Some(first) = self.places.get(&id.value) {
            problems.push(
                Problem::error(
                    id.place.clone(),
                    format!("two {} have the id `{}`", self.plural, id.value),
                )
                .with_related(first.clone(), "first given here"),
            );
            return false;
        }
        self.places.insert(id.value.clone(), id.place.clone());
        true
    }
}

/// Names that are offered for one that does not exist.
const MOST_OFFERED: usize = 5;
/// Names that are listed when none is near.
const MOST_LISTED: usize = 12;

/// Reports a reference to something that is not there, with the nearest that are. What is known comes with
/// its title, or with nothing.
pub(super) fn unknown_reference(
    problems: &mut Problems,
    kind: &str,
    reference: &Located<String>,
    known: &[(&str, &str)],
) {
    let problem = Problem::error(
        reference.place.clone(),
        format!("unknown {kind} `{}`", reference.value),
    );
    let near = near_names(&reference.value, known);
    let quoted: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    let all: BTreeSet<&str> = known.iter().map(|(name, _)| *name).collect();
    problems.push(match quoted.as_slice() {
        [] if all.is_empty() => problem,
        [] if all.len() <= MOST_LISTED => {
            let all: Vec<&str> = all.into_iter().collect();
            problem.with_help(format!("known: {}", all.join(", ")))
        }
        [] => problem,
        [one] => problem.with_help(format!("did you mean {one}?")),
        [front @ .., last] => {
            problem.with_help(format!("did you mean {} or {last}?", front.join(", ")))
        }
    });
}

/// The known names that may be meant by `written`, the nearest first.
fn near_names<'k>(written: &str, known: &[(&'k str, &str)]) -> Vec<&'k str> {
    let simple = |text: &str| tag_for(text).unwrap_or_default();
    let words = |text: &str| -> BTreeSet<String> {
        let parts = text.split(['-', '_']).map(str::to_owned);
        parts.filter(|part| !part.is_empty()).collect()
    };
    let wanted = simple(written);
    let wanted_words = words(&wanted);
    let initials = |name: &str| -> String {
        let parts = name.split(['-', '_']);
        parts.filter_map(|part| part.chars().next()).collect()
    };
    // How far off, in tenths and so on: less is nearer.
    let distance = |name: &str| -> Option<(u8, usize)> {
        let plain = simple(name);
        let common = words(&plain).intersection(&wanted_words).count();
        let extra = words(&plain).len().abs_diff(common);
        if plain.is_empty() || wanted.is_empty() {
            None
        } else if plain == wanted {
            Some((0, 0))
        } else if plain.replace(['-', '_'], "") == wanted.replace(['-', '_'], "") {
            Some((1, 0))
        } else if common == wanted_words.len() {
            Some((2, extra))
        } else if nearest(&wanted, std::iter::once(&*plain)).is_some() {
            Some((3, strsim::damerau_levenshtein(&plain, &wanted)))
        } else if common > 0
            && wanted_words
                .iter()
                .any(|word| word.chars().count() > 2 && words(&plain).contains(word))
        {
            Some((4, wanted_words.len() - common + extra))
        } else if wanted.chars().count() >= 3 && plain.contains(&wanted) {
            Some((5, plain.len()))
        } else if plain.chars().count() >= 3 && wanted.contains(&plain) {
            Some((6, wanted.len() - plain.len()))
        } else if wanted.chars().count() >= 2 && initials(&plain) == wanted {
            Some((7, 0))
        } else {
            None
        }
    };
    let mut near: Vec<((u8, usize), &str)> = Vec::new();
    for (name, title) in known {
        let by_title = distance(title).map(|(kind, off)| (kind.max(1), off));
        let Some(best) = distance(name).into_iter().chain(by_title).min() else {
            continue;
        };
        match near.iter_mut().find(|(_, known)| known == name) {
            Some(known) => known.0 = known.0.min(best),
            None => near.push((best, name)),
        }
    }
    near.sort_unstable();
    let closest = near.first().map_or(0, |((kind, _), _)| *kind);
    // One that is the same but for its writing needs no others beside it.
    near.retain(|((kind, _), _)| closest > 1 || *kind == closest);
    near.truncate(MOST_OFFERED);
    near.into_iter().map(|(_, name)| name).collect()
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

    #[test]
    fn near_names_are_those_that_share_words_or_letters() {
        let known = [
            ("bbc-world-en", "BBC News, World"),
            ("bbc-mundo", "BBC Mundo"),
            ("el-pais", "El Pa\u{ed}s"),
            ("hrw-news", "Human Rights Watch"),
            ("latin-america", ""),
            ("latin-america", ""),
            ("world", ""),
        ];
        for (written, near) in [
            ("BBC", &["bbc-mundo", "bbc-world-en"][..]),
            ("bbc-world", &["bbc-world-en", "bbc-mundo", "world"]),
            ("bbc world en", &["bbc-world-en"]),
            ("El Pa\u{ed}s", &["el-pais"]),
            ("elpais", &["el-pais"]),
            ("Human Rights Watch", &["hrw-news"]),
            ("Latin America", &["latin-america"]),
            ("latin-amreica", &["latin-america"]),
            ("la", &["latin-america"]),
            ("reuters", &[]),
            ("", &[]),
        ] {
            assert_eq!(near_names(written, &known), near, "{written}");
        }
    }

    proptest! {
        #[test]
        fn what_stands_for_a_name_is_a_tag_of_its_own(name in any::<String>()) {
            if let Some(tag) = tag_for(&name) {
                prop_assert_eq!(tag_for(&tag), Some(tag.clone()));
                let mut problems = Problems::default();
                let place = SourceSpan { source: 0, span: 0..0 };
                check_tag(&mut problems, &Located { value: tag, place });
                prop_assert_eq!(problems.errors(), 0);
            }
        }
    }
}
