use super::*;

#[test]
fn lines_end_between_words_and_addresses_stay_whole() {
    let address = "https://outlet.example/a/very/long/address/of/an/item";
    let text = format!("Police used  lethal\nforce {address} again");
    assert_eq!(
        wrapped(&text, 12),
        ["Police used", "lethal force", address, "again"]
    );
    assert_eq!(wrapped("", 12), [""]);
    assert_eq!(wrapped("ab cd", 2), ["ab", "cd"]);
}

#[test]
fn scripts_without_spaces_are_measured_by_columns_and_broken_between_signs() {
    let lines = wrapped("警察对抗议者施以酷刑", 8);
    assert_eq!(lines, ["警察对抗", "议者施以", "酷刑"]);
    let lines = wrapped("記者が拘束された。 lethal force", 10);
    assert!(lines.iter().all(|line| line.width() <= 10), "{lines:?}");
    assert!(
        lines.iter().all(|line| !line.starts_with('。')),
        "{lines:?}"
    );
    // Marks take no column, and stay with their letters.
    assert_eq!(
        wrapped("e\u{301}e\u{301} e\u{301}", 2),
        ["e\u{301}e\u{301}", "e\u{301}"]
    );
}

#[test]
fn what_is_cut_ends_behind_a_word() {
    assert_eq!(
        printable("Police used lethal force", 20),
        "Police used lethal…"
    );
    assert_eq!(
        printable("Police used lethal force", 18),
        "Police used lethal…"
    );
    assert_eq!(printable("a Donaudampfschifffahrt", 10), "a Donaudam…");
    assert_eq!(printable("short", 10), "short");
}

#[test]
fn a_table_fits_into_the_terminal() {
    let rows = [vec![
        "outlet".to_owned(),
        "in 3 h".to_owned(),
        "failing for 3 days: the name outlet.example does not resolve".to_owned(),
    ]];
    let headings = ["feed", "next poll", "health"];
    let wide = laid_out(&headings, &rows, None);
    assert_eq!(wide.lines().count(), 2, "{wide}");
    let in_column = laid_out(&headings, &rows, Some(50));
    let plain = anstream::adapter::strip_str(&in_column).to_string();
    assert!(plain.lines().all(|line| line.width() <= 50), "{plain}");
    assert!(plain.contains("\n                   "), "{plain}");
    let below = laid_out(&headings, &rows, Some(40));
    let plain = anstream::adapter::strip_str(&below).to_string();
    assert!(plain.lines().all(|line| line.width() <= 40), "{plain}");
    assert!(
        plain.contains("\n    failing for 3 days: the name"),
        "{plain}"
    );
    assert!(plain.starts_with("feed    next poll\n"), "{plain}");
}
