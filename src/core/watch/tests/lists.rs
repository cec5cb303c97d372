//! Word lists: what is read, what is refused, and that a list finds what its words find.

mod costs;
mod entries;
mod equivalence;
mod explaining;
mod mistakes;

use super::matching::{spec, text};
use crate::core::document::Document;
use crate::core::watch::{
    ExplainedPart, LanguageWords, ListSpec, Query, Scratch, WatchSet, WatchSpec, WordLists,
    parse_with,
};

/// A list; `any` stands for every language.
pub(super) fn list(id: &str, words: &[(&str, &[&str])]) -> ListSpec {
    ListSpec {
        id: id.to_owned(),
        title: id.to_owned(),
        words: words
            .iter()
            .map(|(language, words)| LanguageWords {
                language: (*language != "any").then(|| (*language).to_owned()),
                words: words.iter().map(|word| (*word).to_owned()).collect(),
            })
            .collect(),
    }
}

fn lists(specs: Vec<ListSpec>) -> WordLists {
    let (lists, problems) = WordLists::new(specs);
    assert!(problems.is_empty(), "{problems:?}");
    lists
}

fn actors() -> WordLists {
    lists(vec![
        list(
            "police",
            &[
                ("any", &["OMON", "=ICE", "@guards"]),
                (
                    "en",
                    &["police", "policeman", "=arms", "riot police", "tortur*"],
                ),
                ("es", &["policía", "guardia civil", "detener"]),
                ("fr", &["arrêter", "gendarme"]),
                ("ru", &["полиция", "пытка"]),
                ("ar", &["شرطة", "قوات الأمن"]),
            ],
        ),
        list(
            "guards",
            &[
                ("any", &["Basij"]),
                ("en", &["national guard"]),
                ("es", &["guardián"]),
            ],
        ),
        list(
            "courts",
            &[
                ("en", &["court", "judge"]),
                ("es", &["@guards", "tribunal"]),
            ],
        ),
    ])
}

fn query(query: &str, lists: &WordLists) -> Query {
    let (tree, problems) = parse_with(query, lists);
    tree.unwrap_or_else(|| panic!("{query}: {problems:?}"))
}

fn listed(text: &str, lists: &WordLists) -> WatchSpec {
    WatchSpec {
        query: query(text, lists),
        ..spec("x")
    }
}

/// The words that are found, with the words of the list that find them.
fn found(query: &str, lists: &WordLists, document: &Document) -> Vec<String> {
    let set = WatchSet::compile(&[listed(query, lists)]);
    let mut scratch = Scratch::default();
    let matches = set.matches(document, &mut scratch);
    assert_eq!(
        matches.first(),
        set.matches_one(0, document, &mut scratch).as_ref()
    );
    let spans = matches.into_iter().flat_map(|found| found.spans);
    let shown = spans.map(|span| {
        let words = &document.field(span.field).expect("a field")[span.start..span.end];
        match span.list {
            Some(list) => format!("{words} < {} < {list}", span.term),
            None => format!("{words} < {}", span.term),
        }
    });
    shown.collect()
}

fn part<'e>(part: &'e ExplainedPart, text: &str) -> &'e ExplainedPart {
    fn find<'e>(part: &'e ExplainedPart, text: &str) -> Option<&'e ExplainedPart> {
        let inner = || part.parts.iter().find_map(|inner| find(inner, text));
        if part.text == text {
            Some(part)
        } else {
            inner()
        }
    }
    find(part, text).unwrap_or_else(|| panic!("no {text} in {part:?}"))
}
