use super::*;

#[track_caller]
fn check(text: &str, matched: &[&str], expected: &[&str]) {
    let spans: Vec<SpanRecord> = matched
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(start, word)| SpanRecord {
            field: Field::Text,
            start,
            end: start + word.len(),
            term: "pattern*".to_owned(),
        })
        .collect();
    let decisive: Vec<&str> = decisive_spans(|_| text, &spans)
        .into_iter()
        .map(|span| &text[span.start..span.end])
        .collect();
    assert_eq!(decisive, expected, "{matched:?}");
}

#[test]
fn ordinary_words_decide_only_alone() {
    let text = "The police shot a man and two women at a protest in Huamanga, people said.";
    check(
        text,
        &["police", "man", "protest", "Huamanga"],
        &["protest", "Huamanga"],
    );
    check(text, &["people", "shot"], &["shot"]);
    check(text, &["police", "people"], &["police", "people"]);
    check(text, &["man "], &["man "]);
}

#[test]
fn that_is_so_in_other_languages_too() {
    for (text, matched, expected) in [
        (
            "La policía detuvo a un periodista",
            ["policía", "periodista"],
            "periodista",
        ),
        (
            "Les gens ont fui la répression",
            ["gens", "répression"],
            "répression",
        ),
        ("Homens presos em Manaus", ["Homens", "presos"], "presos"),
        (
            "Полиция задержала людей",
            ["Полиция", "задержала"],
            "задержала",
        ),
        ("اعتقلت الشرطة صحفيا", ["الشرطة", "صحفيا"], "صحفيا"),
        ("警方拘留律师", ["警方", "拘留"], "拘留"),
    ] {
        check(text, &matched, &[expected]);
    }
}

#[test]
fn what_many_items_have_does_not_decide_beside_what_was_done() {
    for (text, matched, expected) in [
        (
            "Court hears of food and books withheld in forced disappearance",
            &["Court", "food", "books", "disappearance"][..],
            &["disappearance"][..],
        ),
        (
            "The trial over a post ends; the journalist was tortured",
            &["trial", "post", "journalist", "tortured"],
            &["journalist", "tortured"],
        ),
        (
            "Los tribunales y las escuelas: desaparición forzada",
            &["tribunales", "escuelas", "desaparición"],
            &["desaparición"],
        ),
        (
            "В школах и больницах; правозащитник арестован",
            &["школах", "больницах", "правозащитник", "арестован"],
            &["правозащитник", "арестован"],
        ),
        (
            "في المحكمة والمدرسة: اختطاف صحفي",
            &["المحكمة", "اختطاف"],
            &["اختطاف"],
        ),
    ] {
        check(text, matched, expected);
    }
}

#[test]
fn three_terms_decide_and_no_more() {
    let text = "massacre genocide torture disappearance massacre";
    let spans: Vec<SpanRecord> = ["massacre", "genocide", "torture", "disappearance"]
        .into_iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(start, word)| SpanRecord {
            field: Field::Text,
            start,
            end: start + word.len(),
            term: word.to_owned(),
        })
        .collect();
    let found = decisive_spans(|_| text, &spans);
    let found: Vec<&str> = found.into_iter().map(|span| &*span.term).collect();
    assert_eq!(found, ["massacre", "massacre", "genocide", "disappearance"]);
}

#[test]
fn a_phrase_decides_with_the_rare_words_and_short_words_do_not() {
    check(
        "Tear gas was used against protesters by men of the army",
        &["Tear gas", "protesters", "men", "army"],
        &["Tear gas", "protesters"],
    );
    check(
        "They spoke of human rights and of people",
        &["human rights", "people"],
        &["human rights"],
    );
}

#[test]
fn a_span_that_fits_no_text_is_weighed_by_its_term() {
    let span = |start, term: &str| SpanRecord {
        field: Field::Text,
        start,
        end: start + 6,
        term: term.to_owned(),
    };
    let spans = [span(0, "police"), span(900, "massacre")];
    let found = decisive_spans(|_| "police", &spans);
    assert_eq!(found, [&spans[1]]);
}
