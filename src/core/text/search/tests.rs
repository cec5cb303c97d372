use super::*;

#[track_caller]
fn check(search: &str, found: bool) {
    let texts = [
        "Manifestación en Łódź",
        "Police shot in the square; “visitors” fled.",
        "記者が逮捕された ДЁШЕВО",
    ];
    assert_eq!(Search::read(search).finds(&texts), found, "{search}");
}

#[test]
fn words_are_found_in_any_order_and_folded_as_in_watches() {
    check("SQUARE manifestacion", true);
    check("lodz", true);
    check("дешево", true);
    check("逮捕", true);
    check("逮記", false);
    check("square concert", false);
    check("poli", false);
    check("poli*", true);
    check("square* nowhere OR pol*", true);
}

#[test]
fn what_stands_in_quotes_stands_so_in_one_text() {
    check("\"shot in the\"", true);
    check("“Shot in the” square", true);
    check("\"the shot\"", false);
    check("\"lodz police\"", false);
    check("\"OR\"", false);
}

#[test]
fn what_was_looked_for_is_found_where_it_stands() {
    let check = |search: &str, text: &str, expected: &[&str]| {
        let search = Search::read(search);
        let places = search.places(text);
        let found: Vec<&str> = places
            .iter()
            .map(|(place, _)| &text[place.clone()])
            .collect();
        assert_eq!(found, expected, "of {search:?}");
    };
    check(
        "PLAZA polic*",
        "Policía en la Plaza; policial, plazas",
        &["Policía", "Plaza", "policial"],
    );
    check(
        "\"the tear gas\"",
        "The tear, the tear-gas: gas",
        &["the tear-gas"],
    );
    check("逮捕", "記者が逮捕された", &["逮捕"]);
    check("U.N.", "The U.N. and the UN", &["U.N.", "UN"]);
    check("gas", "", &[]);
}

#[test]
fn what_is_said_again_and_again_costs_no_more() {
    let search = Search::read(&"the OR gas the ".repeat(500));
    assert_eq!(search.groups().count(), 2, "{search:?}");
    assert_eq!(search.places(&"the ".repeat(5_000)).len(), PLACES_MAX);
}

#[test]
fn a_single_letter_is_no_beginning() {
    let broadest = |typed: &str| Search::read(typed).broadest().is_some();
    for typed in ["w*", "police É*", "gas OR д*"] {
        assert!(broadest(typed), "{typed}");
    }
    for typed in ["we*", "w", "逮*", "\"w*\"", "w *"] {
        assert!(!broadest(typed), "{typed}");
    }
}

#[test]
fn nothing_to_search_for_finds_nothing() {
    for nothing in ["", " ", "\"\"", "* - (", "OR AND"] {
        check(nothing, false);
    }
    assert!(Search::read("a b*").has_whole_words());
    assert!(!Search::read("b* c*").has_whole_words());
}
