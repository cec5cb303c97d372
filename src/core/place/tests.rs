use std::time::Duration;

use super::*;
use crate::thread_time::ThreadTimer;

fn list(language: Option<&str>, words: &[&str]) -> WordList {
    WordList {
        language: language.map(str::to_owned),
        words: words.iter().map(|&word| word.to_owned()).collect(),
    }
}

fn place(id: &str, words: Vec<WordList>) -> PlaceSpec {
    PlaceSpec {
        id: id.to_owned(),
        words,
        ..PlaceSpec::default()
    }
}

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

fn gazetteer() -> Gazetteer {
    let any = |words: &[&str]| list(None, words);
    let places = vec![
        place(
            "PE",
            vec![
                any(&["Peru", "Perú", "Peruvian", "Lima"]),
                list(Some("es"), &["peruan*"]),
                list(Some("ru"), &["Перу", "перуан*"]),
                list(Some("ar"), &["بيرو", "بيروفي*"]),
            ],
        ),
        place(
            "CL",
            vec![any(&["Chile", "Chilean"]), list(Some("es"), &["chileno"])],
        ),
        PlaceSpec {
            weak: strings(&["Jordan"]),
            not: strings(&["Michael Jordan"]),
            ..place("JO", vec![any(&["Amman"])])
        },
        PlaceSpec {
            states: strings(&["Ohio", "Georgia"]),
            ..place("US", vec![any(&["United States", "US", "Atlanta"])])
        },
        place("LB", vec![any(&["Lebanon", "Beirut"])]),
        PlaceSpec {
            weak: strings(&["Georgia"]),
            ..place("GE", vec![any(&["Tbilisi"])])
        },
        place("SD", vec![any(&["Sudan"]), list(Some("ru"), &["Судан"])]),
        place("SS", vec![any(&["South Sudan"])]),
        place("NE", vec![any(&["Niger"])]),
        place("NG", vec![any(&["Nigeria", "Nigerian"])]),
        PlaceSpec {
            within: Some("CN".to_owned()),
            ..place("HK", vec![any(&["Hong Kong"])])
        },
        place("CN", vec![any(&["China"])]),
        place("IR", vec![any(&["Iran", "=Irã"])]),
        place("PH", vec![list(Some("ru"), &["Филиппины"])]),
    ];
    let region = |id: &str, places: &[&str]| RegionSpec {
        id: id.to_owned(),
        title: id.to_owned(),
        places: strings(places),
    };
    Gazetteer::new(GazetteerSpec {
        places,
        regions: vec![
            region("andes", &["PE", "CL"]),
            region("americas", &["andes", "US"]),
            region("loop", &["loop", "CN"]),
        ],
        aside: vec![list(Some("en"), &["says", "backed", "national"])],
    })
}

/// The ids of the places that a title and a text are about.
fn about(title: &str, text: &str, language: Option<&str>) -> String {
    let document = Document {
        title: title.to_owned(),
        text: text.to_owned(),
        language: language.map(str::to_owned),
        ..Document::default()
    };
    let gazetteer = gazetteer();
    let found = gazetteer.about(&document, &mut Scratch::default());
    let ids: Vec<&str> = found
        .iter()
        .map(|about| gazetteer.id(about.place))
        .collect();
    ids.join(" ")
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(about("", text, Some("en")), expected, "{text}");
}

#[test]
fn a_country_is_named_by_its_name_its_people_and_its_cities() {
    check("Police in Peru shot at marchers.", "PE");
    check("Peruvians marched.", "PE");
    check("LIMA (Agency) The congress met.", "PE");
    check("Nothing of the kind.", "");
}

#[test]
fn names_have_a_capital_and_words_in_small_letters_are_of_their_language() {
    check("He grew chile and drank from peru.", "");
    check("CHILE RISES", "CL");
    assert_eq!(about("", "Los peruanos y la peruana", Some("es")), "PE");
    assert_eq!(about("", "Dos chilenos detenidos", Some("es-CL")), "CL");
    assert_eq!(about("", "Dos chilenos detenidos", None), "CL");
    assert_eq!(about("", "Dos chilenos detenidos", Some("en")), "");
    // A name holds whatever the language is thought to be.
    assert_eq!(about("", "Detenidos en Perú", Some("en-US")), "PE");
    check("Give it to us, please.", "");
    check("Ira was the name of the IRA man.", "");
    assert_eq!(about("", "Presos no Irã", Some("pt")), "IR");
}

#[test]
fn forms_are_found_in_russian_and_behind_arabic_clitics() {
    assert_eq!(about("", "Перуанские власти", Some("ru")), "PE");
    assert_eq!(about("", "Протесты в Судане", Some("ru")), "SD");
    assert_eq!(
        about("", "Выборы на Филиппинах, из Филиппин", Some("ru")),
        "PH"
    );
    assert_eq!(about("", "احتجاجات وبيرو", Some("ar")), "PE");
    assert_eq!(about("", "الشرطة البيروفية", Some("ar")), "PE");
}

#[test]
fn the_longest_name_counts_and_what_is_something_else_does_not() {
    check("Fighting in South Sudan.", "SS");
    check(
        "Fighting in Sudan and in South Sudan; Sudan and its army.",
        "SD SS",
    );
    check("The Niger river. Nigerians in Nigeria.", "NG NE");
    check("Michael Jordan won in Amman with Michael Jordan.", "JO");
}

#[test]
fn a_name_that_is_another_thing_too_needs_a_sign() {
    check("Jordan scored again, and Jordan was cheered.", "");
    check("Police in Jordan arrested a writer.", "JO");
    check("They praised the friend of Jordan Smith.", "");
    check("AMMAN (Agency) Jordan closed a newspaper.", "JO");
    check("Georgia voted, officials in Tbilisi said.", "GE");
    check("Georgia voted, officials in Atlanta said.", "US");
}

#[test]
fn a_place_before_its_state_is_that_of_the_state() {
    check("A fire in Lebanon, Ohio, was put out.", "US");
    check("A fire in Lebanon, Ohio's neighbours said.", "US");
    check("A fire in Lebanon was put out. Ohio sent help.", "LB US");
    // What was dropped of one field changes nothing in the next.
    let document = Document {
        title: "Lebanon, Ohio, Lebanon, Ohio, and Peru".to_owned(),
        summary: "A fire in Beirut, Ohio, was put out.".to_owned(),
        ..Document::default()
    };
    let about = gazetteer().about(&document, &mut Scratch::default());
    assert!(about.iter().all(|about| about.place != 4), "{about:?}");
}

#[test]
fn who_only_speaks_or_comes_from_a_place_stands_behind_where_it_happens() {
    assert_eq!(about("US says Peru holds writers", "", Some("en")), "PE");
    assert_eq!(about("US-backed group in Chile", "", Some("en")), "CL");
    assert_eq!(
        about("Peruvian national held in Chile", "", Some("en")),
        "CL"
    );
    assert_eq!(
        about("Nigerians deported to Chile", "", Some("en")),
        "CL NG"
    );
    assert_eq!(
        about("", "(Beirut) – Police in Chile shot at people.", Some("en")),
        "CL"
    );
    assert_eq!(about("US says nothing", "", Some("en")), "US");
}

#[test]
fn the_title_counts_before_the_lead_and_the_lead_before_the_body() {
    let long = "word ".repeat(80);
    let text = format!("Chile sent help. {long} Lebanon was silent.");
    assert_eq!(about("Peru arrests writers", &text, Some("en")), "PE CL");
    let many = format!("Chile sent help. {long} {}", "Lebanon. ".repeat(40));
    assert_eq!(about("", &many, Some("en")), "LB");
}

#[test]
fn a_part_of_a_country_names_the_country_first() {
    check("Police in Hong Kong arrested editors.", "CN HK");
    check("Police in China arrested editors.", "CN");
}

#[test]
fn author_categories_and_feed_say_nothing() {
    let document = Document {
        title: "Writers arrested".to_owned(),
        author: "Peru Desk, Lima".to_owned(),
        categories: strings(&["Peru"]),
        feed: Some("Peru".to_owned()),
        url: Some("https://peru.example/Peru".to_owned()),
        ..Document::default()
    };
    assert_eq!(gazetteer().about(&document, &mut Scratch::default()), []);
}

#[test]
fn each_place_says_by_which_words() {
    let document = Document {
        title: "US says Peru holds writers".to_owned(),
        summary: "Peruvians marched in Lima.".to_owned(),
        ..Document::default()
    };
    let found = gazetteer().about(&document, &mut Scratch::default());
    let why: Vec<(Field, &str, Weight)> = found[0]
        .why
        .iter()
        .map(|reason| (reason.field, reason.word.as_str(), reason.weight))
        .collect();
    assert_eq!(
        why,
        [
            (Field::Title, "Peru", Weight::Full),
            (Field::Summary, "Peruvians", Weight::People),
            (Field::Summary, "Lima", Weight::Full),
        ]
    );
    let first = &found[0].why[0];
    assert_eq!(&document.title[first.start..first.end], "Peru");
}

#[test]
fn ids_stand_for_places_and_regions_for_those_in_them() {
    let gazetteer = gazetteer();
    let ids = |id: &str| -> Option<Vec<&str>> {
        let found = gazetteer.resolve(id)?;
        Some(found.into_iter().map(|place| gazetteer.id(place)).collect())
    };
    assert_eq!(ids("PE"), Some(vec!["PE"]));
    assert_eq!(ids("americas"), Some(vec!["PE", "CL", "US"]));
    assert_eq!(ids("loop"), Some(vec!["CN"]));
    assert_eq!(ids("pe"), None);
}

#[test]
fn a_memory_serves_documents_of_several_languages() {
    let (gazetteer, mut scratch) = (gazetteer(), Scratch::default());
    let mut count = |language: &str| {
        let document = Document {
            title: "peruanos".to_owned(),
            language: Some(language.to_owned()),
            ..Document::default()
        };
        gazetteer.about(&document, &mut scratch).len()
    };
    assert_eq!([count("en"), count("es"), count("en")], [0, 1, 0]);
}

#[test]
fn hostile_texts_cost_no_more_than_reading_them() {
    let (gazetteer, mut scratch) = (gazetteer(), Scratch::default());
    for text in [
        "Peru ".repeat(400_000),
        "P".repeat(2_000_000),
        "Lebanon, Ohio, ".repeat(100_000),
        "و".repeat(500_000),
        "\u{301}\u{200b}Peru\u{301}".repeat(50_000),
        "South ".repeat(300_000),
    ] {
        let document = Document {
            title: text.clone(),
            summary: text.clone(),
            text,
            ..Document::default()
        };
        let begun = ThreadTimer::start();
        let found = gazetteer.about(&document, &mut scratch);
        assert!(begun.elapsed() < Duration::from_mins(1));
        assert!(found.iter().all(|about| about.why.len() <= MOST_REASONS));
    }
}
