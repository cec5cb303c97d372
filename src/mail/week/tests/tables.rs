//! Tables and their bars.

use super::*;
use crate::core::digest::is_right_to_left;

#[test]
fn bars_are_as_long_as_their_numbers_and_never_gone() {
    assert_eq!(percent(0.0, 100.0), 0);
    assert_eq!(percent(0.1, 100.0), 1);
    assert_eq!(percent(50.0, 100.0), 50);
    assert_eq!(percent(100.0, 100.0), 100);
    let catalog = catalog(Language::English);
    let table = table(
        catalog,
        "by-topic",
        &[row("A", 20, 5.0), row("B", 0, 5.0)],
        None,
    )
    .unwrap();
    assert_eq!(
        table.lines[0].text(),
        format!("     20  {}  A · usually 5", "▇".repeat(16))
    );
    assert_eq!(
        table.lines[1].text(),
        format!("      0  {:16}  B · usually 5", "")
    );
}

#[test]
fn names_of_any_width_and_direction_leave_the_columns_where_they_are() {
    for (tag, language) in Language::NAMED {
        let catalog = catalog(language);
        let names = [
            "A",
            "السودان",
            "コートジボワール共和国と周辺の地域",
            "Демократическая Республика Конго",
        ];
        let rows: Vec<Row> = names.iter().map(|name| row(name, 3, 1.0)).collect();
        let table = table(catalog, "week-by-place", &rows, None).unwrap();
        for (line, name) in table.lines.iter().zip(names) {
            let text = line.text();
            let start = text.find(['A', 'ا', 'コ', 'Д', '\u{2068}']).unwrap();
            assert_eq!(
                crate::mail::wrapping::width(&text[..start]),
                27,
                "{tag}: {text}"
            );
            assert!(
                text.lines()
                    .all(|line| crate::mail::wrapping::width(line) <= 74),
                "{text}"
            );
            let is_other = is_right_to_left(name) != (tag == "ar");
            assert_eq!(
                text.contains(&format!("\u{2068}{name}\u{2069}")),
                is_other || is_right_to_left(name),
                "{tag}: {text}"
            );
        }
    }
}
