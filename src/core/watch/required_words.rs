//! Which words must stand in an item for a query to hold, for an index of folded words to find candidates by.
//!
//! It is necessary, never sufficient: whether the query holds is decided by asking it. What no index of words knows
//! asks for nothing: word lists, addresses, authors and categories, and forms of a word but in some languages.

use super::clitics::is_arabic;
use super::field::TextField;
use super::stem::{BY_ENDINGS, beginnings};
use super::syntax::{Expression, Kind, Query};
use super::word::{Term, Word};
use crate::core::text::search;

/// What must be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Required {
    /// Groups of words: of each group, one must be there, its words side by side. Without any, anything will do.
    pub words: Vec<Vec<search::Term>>,
    /// More such groups, which need not be there in items whose language is none of [`by_endings`].
    pub forms: Vec<Vec<search::Term>>,
}

/// The words without which a query cannot hold.
pub fn required(query: &Query) -> Required {
    let words = Needs { forms: false }.of(&query.root);
    let mut forms = Needs { forms: true }.of(&query.root);
    forms.retain(|group| !words.contains(group));
    Required { words, forms }
}

/// Languages whose forms of a word begin alike; to them belong items that say none, in which a word is its only form.
pub fn by_endings() -> impl Iterator<Item = &'static str> {
    BY_ENDINGS.into_iter().map(|(language, _)| language)
}

type Groups = Vec<Vec<search::Term>>;

struct Needs {
    /// Whether forms of a word begin alike.
    forms: bool,
}

impl Needs {
    fn of(&self, expression: &Expression) -> Groups {
        let each =
            |parts: &[Expression]| parts.iter().map(|part| self.of(part)).collect::<Vec<_>>();
        match &expression.kind {
            Kind::Term(term) => self.of_term(term),
            Kind::Field(TextField::Author | TextField::Category, _)
            | Kind::List(_)
            | Kind::Site(_)
            | Kind::Not(_) => Vec::new(),
            Kind::Field(_, of_field) => self.of(of_field),
            Kind::AtLeast { of: counted, .. } => self.of(counted),
            Kind::NotNear { left, .. } => self.of(left),
            Kind::Near { left, right, .. } => [self.of(left), self.of(right)].concat(),
            Kind::And(parts) => each(parts).concat(),
            Kind::Or(parts) => some(each(parts), 1),
            Kind::Min { count, of: parts } => some(each(parts), *count as usize),
        }
    }

    fn of_term(&self, term: &Term) -> Groups {
        if term.words.is_empty() {
            return vec![vec![nothing()]];
        }
        let reading = |words: &[Word]| words.iter().flat_map(|word| self.of_word(word)).collect();
        some(term.readings().map(reading).collect(), 1)
    }

    fn of_word(&self, word: &Word) -> Groups {
        let (words, is_beginning) = match word {
            Word::Stem { folded, written } => {
                let forms = self.forms && !is_arabic(folded.as_bytes());
                let Some(beginnings) = forms.then(|| beginnings(folded, written)).flatten() else {
                    return Vec::new();
                };
                (beginnings.into_iter().collect(), true)
            }
            Word::Plain(folded) if is_arabic(folded.as_bytes()) => (with_clitics(folded), false),
            Word::Plain(folded) | Word::Exact { folded, .. } => (vec![folded.clone()], false),
            Word::Abbreviation { folded, .. } => {
                // Items were stored when its letters were words.
                let letters: Vec<String> = folded.chars().map(String::from).collect();
                (vec![folded.clone(), letters.join(" ")], false)
            }
            Word::Wildcard(pattern) => {
                let front = pattern.split(['?', '*']).next().unwrap_or_default();
                if is_arabic(front.as_bytes()) {
                    (with_clitics(front), true)
                } else {
                    (vec![front.to_owned()], true)
                }
            }
        };
        // SQLite's letters are those of Unicode 6.1: a word of others is none to its index.
        let is_known = |c: char| c.is_alphanumeric() && c <= '\u{ffff}';
        if !words.iter().all(|words| words.contains(is_known)) {
            return Vec::new();
        }
        let terms = words.into_iter().map(|words| search::Term {
            words,
            is_beginning,
        });
        vec![terms.collect()]
    }
}

/// What is found nowhere.
fn nothing() -> search::Term {
    search::Term {
        words: String::new(),
        is_beginning: false,
    }
}

/// An Arabic word, and the words that are it behind clitics: see [`super::clitics`].
fn with_clitics(word: &str) -> Vec<String> {
    const ARTICLE: &str = "ال";
    let mut behind: Vec<String> = Vec::new();
    for preposition in ["", "ب", "ك", "ل"] {
        behind.push(format!("{preposition}{word}"));
        behind.push(format!("{preposition}{ARTICLE}{word}"));
    }
    // `ل` and the article are written `لل`, and so are they before a word that begins with `ل`.
    behind.push(format!("لل{word}"));
    if let Some(rest) = word.strip_prefix(ARTICLE) {
        behind.extend([format!("لل{rest}"), format!("ل{rest}")]);
    }
    let with = |first: &str| -> Vec<String> {
        behind.iter().map(|rest| format!("{first}{rest}")).collect()
    };
    ["", "و", "ف"].into_iter().flat_map(with).collect()
}

/// At least `count` of the parts.
fn some(mut parts: Vec<Groups>, count: usize) -> Groups {
    // If k of n hold, then so does one of any n - k + 1 of them.
    let Some(needed) = (parts.len() + 1)
        .checked_sub(count)
        .filter(|needed| *needed > 0)
    else {
        return vec![vec![nothing()]];
    };
    parts.retain(|part| !part.is_empty());
    if parts.len() < needed {
        return Vec::new();
    }
    parts.truncate(needed);
    // Of what each part needs, one group at a time: one of these must be there whichever part holds.
    let groups = parts.iter().map(Vec::len).min().unwrap_or_default();
    let group = |number: usize| {
        let groups = parts.iter().filter_map(|part| part.get(number));
        groups.flatten().cloned().collect()
    };
    (0..groups).map(group).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::core::document::Document;
    use crate::core::text::tokenizer::fold_for_index;
    use crate::core::watch::clitics::bare;
    use crate::core::watch::{Scratch, WatchSet, WatchSpec, parse};

    fn read(query: &str) -> Query {
        parse(query)
            .0
            .unwrap_or_else(|| panic!("{query} is a query"))
    }

    /// Whether folded text has what is required.
    fn admits(required: &Groups, folded: &str) -> bool {
        let is_there = |term: &search::Term| {
            let end = if term.is_beginning { "" } else { " " };
            !term.words.is_empty()
                && format!(" {folded} ").contains(&format!(" {}{end}", term.words))
        };
        required.iter().all(|group| group.iter().any(is_there))
    }

    #[test]
    fn forms_of_a_word_begin_alike() {
        let told = |query: &str| {
            let forms = required(&read(query)).forms;
            let groups = forms.iter().map(|group| {
                group
                    .iter()
                    .map(|term| term.words.as_str())
                    .collect::<Vec<_>>()
                    .join("|")
            });
            groups.collect::<Vec<_>>().join(" + ")
        };
        assert_eq!(told("protest~ AND army"), "protes");
        assert_eq!(told("protest~ OR army"), "protes|army");
        assert_eq!(told("run~"), "", "too short to tell");
        assert_eq!(told("قتلوا~"), "", "it may have clitics");
        assert_eq!(told("detener~"), "de|dete", "detuvo is one, too");
    }

    #[test]
    fn what_must_be_there_is_told_and_nothing_else() {
        for (query, expected) in [
            ("Police", "police"),
            ("police AND protest*", "police + protest*"),
            ("police OR arm?", "police|arm*"),
            ("police NEAR/5 (shot OR killed)", "police + shot|killed"),
            ("(a1 AND b1) OR (c1 AND d1 AND e1)", "a1|c1 + b1|d1"),
            ("police AND NOT concert", "police"),
            ("police NOT NEAR/3 band", "police"),
            ("police AND detain~", "police"),
            ("police OR detain~", ""),
            ("title:police", "police"),
            ("police AND author:garcia", "police"),
            ("site:example.org AND category:courts", ""),
            ("ATLEAST/3(police)", "police"),
            ("MIN/2(police, army, court)", "police|army"),
            ("MIN/2(police, army, court~)", "police|army"),
            ("MIN/2(police, army~, court~)", ""),
            ("=\"ICE\"", "ice"),
            ("\"human rights\"", "human + rights"),
            ("U.N.", "un|u n|u"),
        ] {
            let term = |term: &search::Term| {
                let star = if term.is_beginning { "*" } else { "" };
                format!("{}{star}", term.words)
            };
            let group = |group: &Vec<search::Term>| {
                let terms: Vec<String> = group.iter().map(term).collect();
                terms.join("|")
            };
            let told: Vec<String> = required(&read(query)).words.iter().map(group).collect();
            assert_eq!(told.join(" + "), expected, "of {query}");
        }
    }

    const WORDS: [&str; 27] = [
        "police",
        "army",
        "court",
        "shot",
        "detained",
        "detain",
        "protesters",
        "courts",
        "shooting",
        "killed",
        "killing",
        "U.N.",
        "UN",
        "u n",
        "co-op",
        "женщина",
        "逮捕",
        "記者",
        "وقتل",
        "قتل",
        "للقتل",
        "والقتل",
        "لقتل",
        "اللقتل",
        "stra\u{200b}ße",
        "café",
        "𞤀𞤁",
    ];

    fn queries() -> impl Strategy<Value = String> {
        let term = proptest::sample::select(vec![
            "police",
            "army",
            "court~",
            "protest~",
            "shoot~",
            "kill~",
            "detaining~",
            "detain*",
            "sho?",
            "U.N.",
            "UN",
            "\"u n\"",
            "co-op",
            "женщина",
            "逮捕",
            "قتل",
            "القتل",
            "قتل*",
            "strasse",
            "=\"café\"",
            "title:police",
            "lead:army",
            "author:army",
            "𞤀𞤁",
        ])
        .prop_map(str::to_owned);
        term.prop_recursive(3, 12, 3, |inner| {
            let several = proptest::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                several
                    .clone()
                    .prop_map(|of| format!("({})", of.join(" AND "))),
                several
                    .clone()
                    .prop_map(|of| format!("({})", of.join(" OR "))),
                several.prop_map(|of| format!("MIN/2({})", of.join(", "))),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} NEAR/3 {b})")),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} NOT NEAR/3 {b})")),
                (inner.clone(), inner).prop_map(|(a, b)| format!("({a} AND NOT {b})")),
            ]
        })
    }

    proptest! {
        #[test]
        fn no_item_that_matches_is_missed(
            query in queries(),
            title in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..4),
            text in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..12),
        ) {
            let Some(query) = parse(&query).0 else { return Ok(()) };
            let document = Document {
                title: title.join(" "),
                text: text.join(" "),
                author: "army".to_owned(),
                language: Some("en".to_owned()),
                ..Document::default()
            };
            let folded = format!(
                "{} \n {}", fold_for_index(&document.title), fold_for_index(&document.text)
            );
            let required = required(&query);
            let spec = WatchSpec {
                id: String::new(),
                query,
                languages: Vec::new(),
                feeds: None,
                score: Vec::new(),
                threshold: None,
            };
            let set = WatchSet::compile(&[spec]);
            if set.matches_one(0, &document, &mut Scratch::default()).is_some() {
                prop_assert!(admits(&required.words, &folded), "{required:?} in {folded:?}");
                prop_assert!(admits(&required.forms, &folded), "{required:?} in {folded:?}");
            }
        }

        #[test]
        fn every_word_behind_clitics_is_required_as_it_is_written(
            letters in proptest::collection::vec(
                proptest::sample::select("ولفبكاقتمنر".chars().collect::<Vec<_>>()), 2..9
            ),
        ) {
            let written: String = letters.into_iter().collect();
            bare(&written, |rest| {
                assert!(with_clitics(rest).contains(&written), "{written} of {rest}");
            });
        }
    }
}
