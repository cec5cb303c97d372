//! The examples in `language.md` are true.

use super::lists::list;
use super::matching::spec;
use crate::core::document::Document;
use crate::core::watch::{LANGUAGE, Scratch, Severity, WatchSet, WatchSpec, WordLists, parse_with};

/// The lines of all blocks with this name, split at ` | `.
fn lines(block: &str) -> Vec<Vec<&'static str>> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in LANGUAGE.lines() {
        if let Some(name) = line.strip_prefix("```") {
            inside = name == block;
        } else if inside {
            found.push(line.split(" | ").map(str::trim).collect());
        }
    }
    assert!(found.len() > 5, "no examples of {block}");
    found
}

/// The lists of the chapter, which its examples name.
fn word_lists() -> WordLists {
    let block = LANGUAGE.split("```lists").nth(1).expect("lists");
    let text = block.split("```").next().expect("lists");
    let table: toml::Table = text.parse().expect("TOML");
    let specs = table["words"].as_array().expect("lists").iter().map(|one| {
        let one = one.as_table().expect("a list");
        let languages: Vec<(&str, Vec<&str>)> = one
            .iter()
            .filter_map(|(key, words)| {
                let words = words.as_array()?.iter().filter_map(|word| word.as_str());
                Some((key.as_str(), words.collect()))
            })
            .collect();
        let words: Vec<(&str, &[&str])> = languages
            .iter()
            .map(|(language, words)| (*language, words.as_slice()))
            .collect();
        list(one["id"].as_str().expect("an id"), &words)
    });
    let (lists, problems) = WordLists::new(specs.collect());
    assert!(problems.is_empty(), "{problems:?}");
    lists
}

/// `[title] a [text] b` as a document; without a field, the text.
fn document(item: &str) -> Document {
    let mut document = Document::default();
    let mut rest = item;
    if !rest.starts_with('[') {
        document.text = rest.to_owned();
        return document;
    }
    while let Some((name, after)) = rest.strip_prefix('[').and_then(|r| r.split_once("] ")) {
        let (value, next) = match after.find(" [") {
            Some(end) => (&after[..end], &after[end + 1..]),
            None => (after, ""),
        };
        let value = value.to_owned();
        match name {
            "title" => document.title = value,
            "summary" => document.summary = value,
            "text" => document.text = value,
            "author" => document.author = value,
            "category" => document.categories.push(value),
            "language" => document.language = Some(value),
            "url" => document.url = Some(value),
            _ => panic!("no field {name}"),
        }
        rest = next;
    }
    document
}

#[test]
fn each_example_matches_as_it_says() {
    let lists = word_lists();
    for line in lines("match") {
        let [query, item, expected] = line[..] else {
            panic!("{line:?}");
        };
        let document = document(item);
        let (tree, problems) = parse_with(query, &lists);
        let set = WatchSet::compile(&[WatchSpec {
            query: tree.unwrap_or_else(|| panic!("{query}: {problems:?}")),
            ..spec("x")
        }]);
        let found = set.matches(&document, &mut Scratch::default());
        let shown = found.first().map_or("no".to_owned(), |found| {
            let words = found.spans.iter().map(|span| {
                let text = super::super::index::text_of(&document, span.field);
                &text[span.start..span.end]
            });
            words.collect::<Vec<_>>().join(" / ")
        });
        assert_eq!(shown, expected, "{query} in {item}");
    }
}

#[test]
fn each_mistake_is_mended_as_it_says() {
    let lists = word_lists();
    for line in lines("mistakes") {
        let [query, expected] = line[..] else {
            panic!("{line:?}");
        };
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_none(), "{query}");
        let problem = problems.first().expect("a problem");
        let mut mended = query.to_owned();
        mended.replace_range(problem.span.clone(), problem.help.as_deref().unwrap_or("?"));
        assert_eq!(mended, expected, "{problem:?}");
    }
}

#[test]
fn each_warning_says_why() {
    let lists = word_lists();
    for line in lines("warnings") {
        let [query, expected] = line[..] else {
            panic!("{line:?}");
        };
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_some(), "{query}");
        assert!(
            problems
                .iter()
                .any(|p| p.severity == Severity::Warning && p.message.contains(expected)),
            "{query}: {problems:?}"
        );
    }
}
