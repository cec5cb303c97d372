use super::*;

#[test]
fn of_the_forms_of_a_word_one_is_named() {
    check(
        "Migrants drowned; a migrant was arrested, others face arrest by police for its policy.",
        &[
            "Migrants", "migrant", "arrested", "arrest", "police", "policy",
        ],
        &["Migrants", "arrested", "policy", "police"],
    );
    check(
        "Detenidos y detenidas; задержан, задержаны",
        &["Detenidos", "detenidas", "задержан", "задержаны"],
        &["Detenidos", "задержан"],
    );
}

/// What is named of `text` when the watch found `words` there.
fn check(text: &str, words: &[&str], named: &[&str]) {
    let spans: Vec<SpanRecord> = words
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(start, word)| SpanRecord {
            field: Field::Text,
            start,
            end: start + word.len(),
            term: "pattern*".to_owned(),
        })
        .collect();
    assert_eq!(words_found(|_| text, &spans), named, "{words:?}");
}

#[test]
fn words_are_named_as_they_stand_there_each_once() {
    check(
        "Arrested in Lima, he was arrested again; ARRESTED.",
        &["Arrested", "arrested", "ARRESTED"],
        &["Arrested"],
    );
    check(
        "Pol\u{ed}cia, policia",
        &["Pol\u{ed}cia", "policia"],
        &["Pol\u{ed}cia"],
    );
    check("拘留 and 拘留", &["拘留"], &["拘留"]);
    check("a\n  tear\n gas", &["tear\n gas"], &["tear gas"]);
}

#[test]
fn the_rarest_come_first_and_five_are_enough() {
    check(
        "police shot protesters with live ammunition near the government palace in Huamanga",
        &[
            "police",
            "shot",
            "protesters",
            "live ammunition",
            "government",
            "palace",
            "Huamanga",
        ],
        &[
            "live ammunition",
            "protesters",
            "Huamanga",
            "palace",
            "shot",
        ],
    );
    // Equally rare ones keep their order.
    check(
        "bbbbbb aaaaaa",
        &["aaaaaa", "bbbbbb"],
        &["aaaaaa", "bbbbbb"],
    );
}

#[test]
fn a_span_without_a_text_is_told_by_its_term() {
    let span = |start, end| SpanRecord {
        field: Field::Text,
        start,
        end,
        term: "arrest*".to_owned(),
    };
    assert_eq!(words_found(|_| "é", &[span(1, 2)]), ["arrest*"]);
    assert_eq!(words_found(|_| "", &[span(3, 9), span(0, 1)]), ["arrest*"]);
}
