//! Query text: parsed, printed and parsed again it is the same tree, and what the matcher says is
//! what the explanation says.
//!
//! The input is a query, a zero byte, and the text to match.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsvigil::core::document::Document;
use newsvigil::core::watch::{Scratch, Severity, WatchSet, WatchSpec, explain, parse};

fuzz_target!(|data: &[u8]| {
    let input = String::from_utf8_lossy(data);
    let (text, story) = input
        .split_once('\0')
        .unwrap_or((&input, "Police used lethal force"));
    let (tree, problems) = parse(text);
    for problem in &problems {
        assert!(
            text.get(problem.span.clone()).is_some(),
            "{problem:?} of {text:?}"
        );
        assert!(!problem.message.is_empty());
    }
    let refused = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    let Some(query) = tree else {
        assert!(refused, "refused without a reason: {text:?}");
        return;
    };
    if refused {
        return;
    }
    let printed = query.to_string();
    let (again, _) = parse(&printed);
    assert_eq!(
        again.as_ref(),
        Some(&query),
        "{text:?} prints as {printed:?}"
    );

    let document = Document {
        title: story.to_owned(),
        summary: story.chars().rev().collect(),
        language: Some("en".to_owned()),
        url: Some("https://outlet.example/a".to_owned()),
        categories: vec![story.to_owned(), "World".to_owned()],
        ..Document::default()
    };
    let spec = WatchSpec::from(query);
    let set = WatchSet::compile(std::slice::from_ref(&spec));
    let mut scratch = Scratch::default();
    let found = set.matches(&document, &mut scratch);
    assert_eq!(
        found.first().is_some(),
        explain(&spec, &document).matched,
        "{printed:?} on {story:?}"
    );
    assert_eq!(
        found.first(),
        set.matches_one(0, &document, &mut scratch).as_ref(),
        "{printed:?}"
    );
    for span in found.iter().flat_map(|found| &found.spans) {
        let field = match span.field.name() {
            "title" => &document.title,
            "summary" => &document.summary,
            _ => continue,
        };
        assert!(
            field.get(span.start..span.end).is_some(),
            "{span:?} of {field:?}"
        );
    }
});
