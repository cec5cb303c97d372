use super::*;
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(headline("", text, ""), expected, "of {text:?}");
    assert_eq!(headline(" \u{200b}", "", text), expected, "of {text:?}");
}

#[test]
fn the_first_sentence_stands_for_a_headline() {
    check(
        "Police used lethal force. Two died.",
        "Police used lethal force.",
    );
    check(
        "Police used lethal force\nTwo died.",
        "Police used lethal force",
    );
    check(
        "Dr. Smith of the U.S. embassy was held. Why?",
        "Dr. Smith of the U.S. embassy was held.",
    );
    check(
        "警察が抗議する人々に発砲した。二人が死亡した。",
        "警察が抗議する人々に発砲した。",
    );
    check(
        "استخدمت الشرطة القوة المميتة؟ قتل اثنان",
        "استخدمت الشرطة القوة المميتة؟",
    );
    check("Short note", "Short note");
}

#[test]
fn a_short_sentence_takes_the_next_along() {
    check(
        "Breaking!\nPolice used force. Two died.",
        "Breaking! Police used force.",
    );
    check(
        "No. Never. Not once in all these years. Why?",
        "No. Never. Not once in all these years.",
    );
}

#[test]
fn a_long_sentence_is_cut_between_words() {
    let found = headline("", &"protesters and ".repeat(30), "");
    assert_eq!(
        found,
        format!("{}…", ["protesters and"; 5].join(" ")),
        "{found}"
    );
    let found = headline("", &"警".repeat(500), "");
    assert_eq!(found, format!("{}…", "警".repeat(40)));
    // A mark stays with its letter.
    let found = headline("", &"กำ\u{e49}".repeat(500), "");
    assert!(
        found.chars().count() <= 200 && found.ends_with('…'),
        "{found}"
    );
    let found = headline("", &"e\u{301}".repeat(500), "");
    assert_eq!(found, format!("{}…", "e\u{301}".repeat(80)));
}

#[test]
fn lines_without_words_are_passed_over_when_there_are_others() {
    check(
        "\n \nhttps://outlet.example/5\n🔴🔴\nPolice used lethal force",
        "Police used lethal force",
    );
    check("https://outlet.example/5", "https://outlet.example/5");
    check("🔴", "🔴");
}

#[test]
fn what_nobody_sees_is_in_no_headline() {
    check(
        "Police\u{202E} used\u{0}\r\n\u{1b}[31m lethal force. \u{202C}Two",
        "Police used [31m lethal force.",
    );
    assert_eq!(headline("\u{202E}", "", " \n"), "");
}

#[test]
fn a_title_stays_unless_it_names_nothing() {
    for title in [
        "Police",
        "5",
        "Two died.",
        "Untitled works of the exile",
        "法院",
    ] {
        assert_eq!(headline(title, "Two died. And more", ""), title);
    }
    for title in [
        "",
        " ",
        "…",
        "-",
        "Untitled",
        "(No title)",
        "[no subject]",
        "https://outlet.example/5",
    ] {
        assert_eq!(
            headline(title, "Police used lethal force", ""),
            "Police used lethal force"
        );
    }
    assert_eq!(headline("Untitled", "", ""), "Untitled");
    assert_eq!(headline("…", " ", "\u{202E}"), "…");
}

proptest! {
    #[test]
    fn any_text_has_a_short_clean_headline(text in any::<String>(), title in "[ \u{200b}.a]{0,3}") {
        let found = headline(&title, &text, &text);
        prop_assert!(found.chars().count() <= TITLE_CHARS + 1);
        prop_assert_eq!(clean_line(&found, 1_000), found);
    }
}
