//! Mails in each language: the files are complete, and nothing is said in English in the others.

mod formats;
mod mails;
mod messages;

use std::collections::{BTreeMap, BTreeSet};

use super::sample::reading;
use crate::core::article::{PageVerdict, PageVerdictCounts};
use crate::core::digest::Language;
use crate::mail::footer;
use crate::mail::language::{MessageCatalog, catalog, messages};

/// The messages of a file with their texts, by key.
fn entries(language: Language) -> BTreeMap<&'static str, String> {
    let mut entries: BTreeMap<&str, String> = BTreeMap::new();
    let mut key = "";
    for line in messages(language).lines() {
        if line.starts_with('#') {
            key = "";
        } else if let Some((name, text)) = line.split_once(" =")
            && !line.starts_with(' ')
        {
            key = name;
            assert!(!entries.contains_key(key), "{key} stands twice");
            entries.insert(key, text.to_owned());
        } else if let Some(entry) = entries.get_mut(key) {
            entry.push('\n');
            entry.push_str(line);
        }
    }
    entries
}

fn variables(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_lowercase());
            &rest[..end.unwrap_or(rest.len())]
        })
        .collect()
}

#[test]
fn a_text_in_other_letters_does_not_turn_an_arabic_line_around() {
    let arabic = catalog(Language::Arabic);
    let said = arabic.say_with("quoted", &[("text", "newsvigil status".into())]);
    assert_eq!(said, "«\u{2068}newsvigil status\u{2069}»");
    assert_eq!(arabic.isolated("وكالة المثال"), "وكالة المثال");
    assert_eq!(arabic.isolated("12"), "12");
    // What is isolated inside needs it no second time.
    assert_eq!(arabic.isolated(&said), said);
    for language in [Language::English, Language::Russian] {
        let catalog = catalog(language);
        assert_eq!(catalog.isolated("وكالة"), "\u{2068}وكالة\u{2069}");
        assert_eq!(catalog.isolated("Example Wire"), "Example Wire");
    }
    for (line, is_marked) in [
        ("Example Wire · الثلاثاء", true),
        ("\u{2068}Example Wire\u{2069} · \u{2068}Peru\u{2069}", true),
        ("\u{2068}Example Wire\u{2069} · الثلاثاء", false),
        ("الثلاثاء AFP", false),
        ("https://news.example.org/1", false),
        ("", false),
    ] {
        let mark = if is_marked { "\u{200f}" } else { "" };
        assert_eq!(arabic.directed(line), format!("{mark}{line}"));
    }
    // What goes on in the next line is of this language, too.
    assert_eq!(
        arabic.directed("\u{2068}a\nb\u{2069}\nc"),
        "\u{200f}\u{2068}a\u{2069}\n\u{200f}\u{2068}b\u{2069}\nc"
    );
    let english = catalog(Language::English);
    assert_eq!(english.directed("Wire الثلاثاء"), "Wire الثلاثاء");
    assert_eq!(
        english.directed("by \u{2068}وكالة\n  المثال\u{2069}, 17:40"),
        "by \u{2068}وكالة\u{2069}\n  \u{2068}المثال\u{2069}, 17:40"
    );
}

#[test]
fn english_says_how_pages_were_read_as_commands_do() {
    let paywalled = |pages| PageVerdictCounts {
        settled: [(PageVerdict::Paywalled, pages)].into(),
        waiting: 1,
    };
    let waiting = PageVerdictCounts {
        waiting: 12,
        ..PageVerdictCounts::default()
    };
    for read in [reading(), paywalled(1), paywalled(7), waiting] {
        let said = footer::reading(&read, catalog(Language::English));
        assert_eq!(said, read.sentence());
    }
}
