//! What is shown of one item.

use super::*;
use crate::core::digest::sanitize::{is_right_to_left, safe_link};

#[test]
fn a_plainer_item_has_no_word_of_strangers_but_its_headline() {
    let mut found = hit(1, 1, "a", Some("topic"));
    found.title = "The headline".into();
    for text in [&mut found.summary, &mut found.text] {
        *text = "poison".into();
    }
    for text in [&mut found.feed_title, &mut found.author] {
        "poison".clone_into(text);
    }
    found.link = Some("https://example.org/poison".to_owned());
    found.language = Some("poison".to_owned());
    found.spans = vec![SpanRecord {
        field: Field::Text,
        start: 0,
        end: 6,
        term: "poison".to_owned(),
    }];
    let item = item(vec![found]).unwrap();
    assert!(format!("{:?}", item.clone().worded(DetailLevel::Whole)).contains("poison"));
    let plain = item.clone().worded(DetailLevel::HeadlinesOnly);
    assert!(!format!("{plain:?}").contains("poison"), "{plain:?}");
    assert_eq!(plain.mentions.len(), 1);
    let headline = item.worded(DetailLevel::Headline);
    assert!(headline.mentions.is_empty());
    assert_eq!(headline.title[0].text, "The headline");
}

#[test]
fn an_item_without_headline_still_has_a_line_to_click() {
    let mut item = hit(1, 1, "a", None);
    item.title = "\u{202E} ".into();
    item.summary = "".into();
    item.text = format!("First words of a note{}", " and more".repeat(90)).into();
    let line = |item: &HitItem| {
        let digest = digest(vec![item.clone()]);
        let title = &digest.stories.first().unwrap().lead.title;
        title
            .iter()
            .map(|piece| piece.text.as_str())
            .collect::<String>()
    };
    let words = line(&item);
    assert!(words.starts_with("First words of a note and more"));
    assert!(words.chars().count() <= 101, "{words}");
    item.text = "".into();
    assert_eq!(line(&item), "(no headline)");
}

#[test]
fn only_plain_web_addresses_become_links() {
    for bad in [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/x",
        "example.org",
        "",
        "https://user:pass@example.org/",
        "https:///",
        "ftp://example.org/",
        "java\nscript:alert(1)",
        "http://",
    ] {
        assert_eq!(safe_link(bad), None, "{bad}");
    }
    assert_eq!(
        safe_link(&format!("https://example.org/{}", "a".repeat(5_000))),
        None
    );
    let check =
        |given: &str, expected: &str| assert_eq!(safe_link(given).as_deref(), Some(expected));
    check(
        " https://example.org/a?b=c&d#e ",
        "https://example.org/a?b=c&d#e",
    );
    check(
        "https://example.org/\"><script>'",
        "https://example.org/%22%3E%3Cscript%3E%27",
    );
    check(
        "https://пример.example.org/статья",
        "https://xn--e1afmkfd.example.org/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F",
    );
}

#[test]
fn direction_follows_the_majority_of_letters() {
    assert!(is_right_to_left("AFP: منظمة حقوقية تندد"));
    assert!(is_right_to_left("הפגנה"));
    assert!(!is_right_to_left("The word سلام means peace"));
    assert!(!is_right_to_left("123 —"));
}

#[test]
fn of_many_watches_that_found_an_item_the_best_is_named_first() {
    let hits = (0..3_000).map(|id| HitItem {
        score: id % 7,
        ..hit(id, 1, &format!("w{}", id % 1_500), None)
    });
    let item = item(hits.collect()).unwrap();
    assert_eq!(item.mentions.len(), 1_500);
    let scores: Vec<i64> = item.mentions.iter().map(|mention| mention.score).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
}
