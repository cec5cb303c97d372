//! Numbers, dates and lists, as each language writes them.

use jiff::tz::TimeZone;

use super::*;
use crate::mail::tests::sample::at;

fn all() -> impl Iterator<Item = &'static MessageCatalog> {
    Language::NAMED
        .into_iter()
        .map(|(_, language)| catalog(language))
}

#[test]
fn the_categories_of_numbers_are_those_of_the_cldr() {
    // new-items, which has a form for each.
    let form = |language, number: usize| {
        let said = catalog(language).count("new-items", number);
        said.replace(&catalog(language).number(number), "#")
    };
    for (language, forms) in [
        (
            Language::English,
            vec![
                ("# new items", vec![0, 2, 11, 21, 100]),
                ("# new item", vec![1]),
            ],
        ),
        (
            Language::Spanish,
            vec![
                ("# noticias nuevas", vec![0, 2, 21]),
                ("# noticia nueva", vec![1]),
            ],
        ),
        (
            Language::French,
            vec![
                ("# nouvel article", vec![0, 1]),
                ("# nouveaux articles", vec![2, 21, 101]),
            ],
        ),
        (
            Language::Portuguese,
            vec![
                ("# notícia nova", vec![0, 1]),
                ("# notícias novas", vec![2, 21]),
            ],
        ),
        (
            Language::Russian,
            vec![
                ("# новый материал", vec![1, 21, 101, 1_001]),
                ("# новых материала", vec![2, 3, 4, 22, 104]),
                ("# новых материалов", vec![0, 5, 11, 12, 14, 20, 111, 112]),
            ],
        ),
        (
            Language::Arabic,
            vec![
                ("لا مواد جديدة", vec![0]),
                ("مادة جديدة واحدة", vec![1]),
                ("مادتان جديدتان", vec![2]),
                ("# مواد جديدة", vec![3, 10, 103, 110, 1_005]),
                ("# مادة جديدة", vec![11, 26, 99, 100, 101, 102, 111, 1_000]),
            ],
        ),
    ] {
        for (expected, numbers) in forms {
            for number in numbers {
                assert_eq!(form(language, number), expected, "{number}");
            }
        }
    }
    // Where 100 differs from 11.
    let topics = |number| catalog(Language::Arabic).count("more-topics", number);
    assert_eq!(topics(11), "11 موضوعًا آخر");
    assert_eq!(topics(100), "100 موضوع آخر");
}

#[test]
fn numbers_are_written_as_in_their_language() {
    for (language, expected) in [
        (Language::English, ["7", "1,234", "12,345", "1,234,567"]),
        (
            Language::Spanish,
            ["7", "1234", "12\u{202f}345", "1\u{202f}234\u{202f}567"],
        ),
        (
            Language::French,
            [
                "7",
                "1\u{202f}234",
                "12\u{202f}345",
                "1\u{202f}234\u{202f}567",
            ],
        ),
        (Language::Portuguese, ["7", "1.234", "12.345", "1.234.567"]),
        (Language::Arabic, ["7", "1,234", "12,345", "1,234,567"]),
        (
            Language::Russian,
            ["7", "1\u{a0}234", "12\u{a0}345", "1\u{a0}234\u{a0}567"],
        ),
    ] {
        let catalog = catalog(language);
        let numbers = [7, 1_234, 12_345, 1_234_567];
        assert_eq!(numbers.map(|number| catalog.number(number)), expected);
        // The same inside of a message, and parts of a whole by the mark of the language.
        let said = catalog.count("new", 12_345);
        assert!(said.contains(expected[2]), "{said}");
        let values = [
            ("name", "A".into()),
            ("count", 9_usize.into()),
            ("day", "B".into()),
            ("habit", 2.5_f64.into()),
            ("weeks", 8_usize.into()),
        ];
        let said = catalog.say_with("unusual", &values);
        let mark = match language {
            Language::English | Language::Arabic => "2.5",
            _ => "2,5",
        };
        assert!(said.contains(mark), "{said}");
    }
}

#[test]
fn one_dead_or_hurt_is_said_in_the_singular() {
    for (language, one, several) in [
        (
            Language::Spanish,
            "1 muerto o herido",
            "3 muertos o heridos",
        ),
        (Language::French, "1 mort ou blessé", "3 morts ou blessés"),
        (
            Language::Portuguese,
            "1 morto ou ferido",
            "3 mortos ou feridos",
        ),
    ] {
        for (counted, expected) in [(1_usize, one), (3, several)] {
            let values = [("counted", counted.into()), ("told", 1_usize.into())];
            for key in ["news-victims", "news-victims-first"] {
                let said = catalog(language).say_with(key, &values);
                let after = said.split_once(expected).map(|(_, after)| after);
                assert!(after.is_some_and(|after| !after.starts_with('s')), "{said}");
            }
        }
    }
}

#[test]
fn dates_are_written_as_in_their_language_in_the_zone_of_the_reader() {
    let lima = TimeZone::get("America/Lima").unwrap();
    let date = |language| catalog(language).date_time(at("2026-11-24T12:30:00Z"), &lima);
    for (language, expected) in [
        (Language::English, "Tue 24 Nov 2026, 07:30 UTC−5"),
        (
            Language::Spanish,
            "martes 24 de noviembre de 2026, 7:30 UTC−5",
        ),
        (
            Language::French,
            "mar. 24 nov. 2026, 7\u{a0}h\u{a0}30 (UTC−5)",
        ),
        (
            Language::Portuguese,
            "terça, 24 de novembro de 2026, 07:30 UTC−5",
        ),
        (
            Language::Arabic,
            "الثلاثاء، 24 نوفمبر 2026، 07:30 \u{2068}UTC−5\u{2069}",
        ),
        (Language::Russian, "24 нояб. 2026 г. (вт), 07:30 UTC−5"),
    ] {
        assert_eq!(date(language), expected);
    }
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let first = at("2026-03-01T17:05:00Z");
    let short = |language| catalog(language).short_date_time(first, &berlin);
    assert_eq!(short(Language::English), "Sun 1 Mar, 18:05");
    assert_eq!(short(Language::French), "dim. 1er mars, 18\u{a0}h\u{a0}05");
    assert_eq!(short(Language::Spanish), "domingo 1 de marzo, 18:05");
    assert_eq!(short(Language::Portuguese), "domingo, 1º de março, 18:05");
    for catalog in all() {
        let mut names = BTreeSet::new();
        for month in 1..=12 {
            let instant = at(&format!("2026-{month:02}-15T12:00:00Z"));
            names.insert(catalog.date_time(instant, &TimeZone::UTC));
        }
        for day in 1..=7 {
            let instant = at(&format!("2026-06-{day:02}T12:00:00Z"));
            let said = catalog.short_date_time(instant, &TimeZone::UTC);
            names.insert(said.replace(|c: char| c.is_ascii_digit(), ""));
        }
        assert_eq!(names.len(), 12 + 7, "{names:?}");
    }
}

#[test]
fn lists_are_joined_as_in_their_language() {
    let list = |language, parts: &[&str]| catalog(language).list(parts);
    let of_three = |language| list(language, &["A", "B", "C"]);
    assert_eq!(of_three(Language::English), "A, B and C");
    assert_eq!(of_three(Language::Spanish), "A, B y C");
    assert_eq!(of_three(Language::French), "A, B et C");
    assert_eq!(of_three(Language::Portuguese), "A, B e C");
    assert_eq!(of_three(Language::Russian), "A, B и C");
    assert_eq!(
        list(Language::Arabic, &["مصر", "سوريا", "تونس"]),
        "مصر، سوريا وتونس"
    );
    for catalog in all() {
        assert_eq!(catalog.list::<&str>(&[]), "");
        assert_eq!(catalog.list(&["§"]), "§");
    }
    for (last, expected) in [
        ("Italia", "A e Italia"),
        ("Índice", "A e Índice"),
        ("Historia Hoy", "A e Historia Hoy"),
        ("Hielo", "A y Hielo"),
        ("Ionia", "A y Ionia"),
        ("El Ideal", "A y El Ideal"),
        ("Hoy", "A y Hoy"),
    ] {
        assert_eq!(list(Language::Spanish, &["A", last]), expected);
    }
}
