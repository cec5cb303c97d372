//! The files of messages are complete, and none is there in vain.

use std::fs;
use std::path::Path;

use fluent_bundle::FluentResource;

use super::*;
use crate::mail::language::Value;

#[test]
fn every_file_has_every_message_with_the_same_variables() {
    let english = entries(Language::English);
    assert!(english.len() > 150, "{}", english.len());
    for (tag, language) in Language::NAMED {
        let resource = FluentResource::try_new(messages(language).to_owned());
        assert!(resource.is_ok(), "{tag}: {:?}", resource.err().map(|e| e.1));
        let entries = entries(language);
        let keys: Vec<_> = entries.keys().collect();
        assert_eq!(keys, english.keys().collect::<Vec<_>>(), "{tag}");
        for (key, text) in &entries {
            let expected = variables(&english[key]);
            assert_eq!(variables(text), expected, "{tag} {key}: {text}");
        }
    }
}

#[test]
fn every_category_of_numbers_has_its_form_in_every_message_that_counts() {
    let categories = |language| match language {
        Language::Arabic => vec!["zero", "one", "two", "few", "many", "other"],
        Language::Russian => vec!["one", "few", "many", "other"],
        _ => vec!["one", "other"],
    };
    for (tag, language) in Language::NAMED {
        for (key, text) in entries(language) {
            let choices = text.split("{ PLURAL(").skip(1);
            for choice in choices {
                let lines = choice.lines().skip(1);
                let named: Vec<&str> = lines
                    .map_while(|line| line.split_once('[')?.1.split_once(']'))
                    .map(|(category, _)| category)
                    .collect();
                assert_eq!(named, categories(language), "{tag} {key}");
            }
        }
    }
}

/// Every message said of `number`, with texts that could be anybody's.
fn said(catalog: &MessageCatalog, key: &str, text: &str, number: usize) -> String {
    let values: Vec<(&str, Value<'_>)> = variables(text)
        .into_iter()
        .map(|name| match name {
            "count" | "topics" | "items" | "fine" | "shown" | "total" | "days" | "taken"
            | "counted" | "told" => (name, number.into()),
            _ => (name, "§".into()),
        })
        .collect();
    catalog.say_with(key, &values)
}

#[test]
fn every_message_can_be_said_of_every_number() {
    for (tag, language) in Language::NAMED {
        for (key, text) in entries(language) {
            for number in [0, 1, 2, 3, 5, 10, 11, 21, 22, 99, 100, 101, 103, 111, 1_000] {
                let said = said(catalog(language), key, &text, number);
                assert!(!said.trim().is_empty() || key == "comma", "{tag} {key}");
                assert!(!said.contains(['{', '$']), "{tag} {key}: {said}");
            }
        }
    }
}

/// The source files of mails, templates among them, without the tests.
fn sources() -> String {
    let mut sources = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mail")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" && name != "languages" {
                folders.push(path);
            } else if path.is_file() && !name.starts_with("tests") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    sources
}

#[test]
fn every_message_is_used_and_every_message_used_is_there() {
    let sources = sources();
    let english = entries(Language::English);
    let of_verdicts: BTreeSet<String> = PageVerdict::ALL
        .iter()
        .filter(|verdict| **verdict != PageVerdict::Whole)
        .map(|verdict| format!("page-{}", verdict.name()))
        .collect();
    for key in english.keys() {
        let is_used = sources.contains(&format!("\"{key}\""))
            || of_verdicts.contains(*key)
            || key.starts_with("topic-")
            || key.starts_with("was-");
        assert!(is_used, "nothing says {key}");
    }
    for key in &of_verdicts {
        assert!(english.contains_key(key.as_str()), "{key} is missing");
    }
    // However a call is broken into lines.
    let sources: String = sources.split_whitespace().collect();
    for call in ["catalog.say(\"", "catalog.say_with(\"", "catalog.count(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(english.contains_key(key), "{key} is missing");
        }
    }
}

#[test]
fn every_topic_that_comes_with_newsvigil_has_a_name_and_no_other_has() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/watches");
    let mut topics = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let watches = fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = watches.lines();
        let lines = lines.filter_map(|line| line.strip_prefix("topic = \""));
        topics.extend(lines.map(|line| format!("topic-{}", line.trim_end_matches('"'))));
    }
    let english = entries(Language::English);
    let named = english.keys().filter(|key| key.starts_with("topic-"));
    assert!(named.eq(topics.iter()), "{topics:?}");
}
