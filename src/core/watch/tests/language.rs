//! The examples in `language.md` are true.

use super::matching::spec;
use crate::core::document::Document;
use crate::core::watch::{LANGUAGE, Scratch, Severity, WatchSet, parse};

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

/// `[title] a [text] b` as a document; without a field, the text. ¶ is a line break.
fn document(item: &str) -> Document {
    let item = item.replace(" ¶ ", "\n");
    let item = item.as_str();
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
    for line in lines("match") {
        let [query, item, expected] = line[..] else {
            panic!("{line:?}");
        };
        let document = document(item);
        let set = WatchSet::compile(&[spec(query)]);
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
    for line in lines("mistakes") {
        let [query, expected] = line[..] else {
            panic!("{line:?}");
        };
        let (tree, problems) = parse(query);
        assert!(tree.is_none(), "{query}");
        let problem = problems.first().expect("a problem");
        let mut mended = query.to_owned();
        mended.replace_range(problem.span.clone(), problem.help.as_deref().unwrap_or("?"));
        assert_eq!(mended, expected, "{problem:?}");
    }
}

#[test]
fn each_warning_says_why() {
    for line in lines("warnings") {
        let [query, expected] = line[..] else {
            panic!("{line:?}");
        };
        let (tree, problems) = parse(query);
        assert!(tree.is_some(), "{query}");
        assert!(
            problems
                .iter()
                .any(|p| p.severity == Severity::Warning && p.message.contains(expected)),
            "{query}: {problems:?}"
        );
    }
}
