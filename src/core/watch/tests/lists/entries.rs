//! What the entries of a list find.

use super::*;
use crate::core::watch::parse_score_term_with;

fn check(query: &str, item: &str, expected: &[&str]) {
    assert_eq!(
        found(query, &actors(), &text(item)),
        expected,
        "{query} in {item}"
    );
}

#[test]
fn a_word_of_a_list_stands_for_its_forms_in_its_own_language() {
    check(
        "@police",
        "two policemen came",
        &["policemen < policeman < police"],
    );
    check("@police", "las policías", &["policías < policía < police"]);
    check(
        "@police",
        "lo detuvieron ayer",
        &["detuvieron < detener < police"],
    );
    check(
        "@police",
        "elle est arrêtée",
        &["arrêtée < arrêter < police"],
    );
    check("@police", "сообщает о пытках", &["пытках < пытка < police"]);
    check("@police", "قال والشرطة", &["والشرطة < شرطة < police"]);
    check(
        "@police",
        "وقوات الأمن",
        &["وقوات الأمن < قوات الأمن < police"],
    );
    check(
        "@police",
        "the National Guards",
        &["National Guards < national guard < guards"],
    );
    check("@police", "an OMON unit", &["OMON < OMON < police"]);
    check("@police", "nothing of it", &[]);
}

#[test]
fn equals_switches_forms_off() {
    check("@police", "Arms", &["Arms < =arms < police"]);
    check("@police", "an arm", &[]);
    check("@police", "ICE and ice", &["ICE < =ICE < police"]);
    let phrases = lists(vec![list(
        "x",
        &[("en", &["=human rights", "political =prisoner"])],
    )]);
    assert_eq!(found("@x", &phrases, &text("Human Rights")).len(), 1);
    assert_eq!(found("@x", &phrases, &text("human right")).len(), 0);
    assert_eq!(
        found("@x", &phrases, &text("politically prisoner")).len(),
        1
    );
    assert_eq!(found("@x", &phrases, &text("political prisoners")).len(), 0);
    check("@police", "tortured", &["tortured < tortur* < police"]);
}

#[test]
fn abbreviations_of_lists_are_found_with_dots_and_letter_by_letter() {
    let lists = lists(vec![list(
        "names",
        &[
            ("any", &["J.K. Doe", "A. B. Roe", "=N.N."]),
            ("en", &["U.N. expert", "l g b t", "=p.m."]),
            ("es", &["EE.UU."]),
            ("ar", &["أ.ف.ب."]),
        ],
    )]);
    for (item, expected) in [
        ("J.K. Doe and JK Doe, jk Doe", vec!["J.K. Doe", "JK Doe"]),
        ("J. K. Doe", vec!["J. K. Doe"]),
        ("A.B. Roe and A. B. Roe", vec!["A.B. Roe", "A. B. Roe"]),
        ("AB Roe", vec![]),
        ("N. N. and NN, n.n.", vec!["N. N", "NN"]),
        (
            "U. N. experts, UN experts",
            vec!["U. N. experts", "UN experts"],
        ),
        ("L.G.B.T. rights", vec!["L.G.B.T."]),
        ("EE UU, EE. UU. and EEUU", vec!["EE UU", "EE. UU.", "EEUU"]),
        ("at 5 P.M., 5 PM, 5 pm", vec!["P.M.", "PM", "pm"]),
        ("قالت افب", vec!["افب"]),
        ("وافب", vec!["وافب"]),
    ] {
        let found = found("@names", &lists, &text(item));
        let found = found.iter().filter_map(|found| found.split(" < ").next());
        assert_eq!(found.collect::<Vec<_>>(), expected, "{item}");
    }
    assert_eq!(found("أ.ف.ب.", &lists, &text("وافب")).len(), 1);
}

#[test]
fn a_language_is_left_out_only_where_the_item_is_in_another_beyond_doubt() {
    let in_language = |language: &str, certain| Document {
        language: Some(language.to_owned()),
        language_certain: certain,
        ..text("la policía, OMON, two policemen")
    };
    let count =
        |language, certain| found("@police", &actors(), &in_language(language, certain)).len();
    assert_eq!(count("en-US", false), 3);
    assert_eq!(count("en-US", true), 2);
    assert_eq!(count("es", true), 2);
    // A language that no list has, and one that has no stemmer.
    assert_eq!(count("de", true), 1);
    assert_eq!(count("sw", true), 1);
    let unknown = Document {
        language: None,
        ..in_language("en", true)
    };
    assert_eq!(found("@police", &actors(), &unknown).len(), 3);
}

#[test]
fn lists_take_in_others_whole_or_in_one_language() {
    check("@courts", "the National Guard", &[]);
    check(
        "@courts",
        "los guardianes",
        &["guardianes < guardián < guards"],
    );
    check("@courts", "Basij", &["Basij < Basij < guards"]);
    let many: Vec<ListSpec> = (0..300)
        .map(|number| {
            let (a, b) = (format!("@l{}", number + 1), format!("@l{}", number + 2));
            let words: Vec<&str> = match number {
                0..298 => vec![&a, &b],
                _ => vec!["police"],
            };
            list(&format!("l{number}"), &[("any", &words), ("en", &words)])
        })
        .collect();
    let (many, problems) = WordLists::new(many);
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(many.words_in("l0"), 4);
    assert_eq!(found("@l0", &many, &text("police")).len(), 1);
}

#[test]
fn a_list_stands_wherever_a_group_may() {
    check(
        "@police NEAR/3 @courts",
        "police in court",
        &["police < police < police", "court < court < courts"],
    );
    check("@police PRE/3 @courts", "court and police", &[]);
    check("@police NOT NEAR/2 @courts", "police court", &[]);
    check(
        "ATLEAST/2(@police)",
        "police and riot police",
        &[
            "police < police < police",
            "riot police < riot police < police",
            "police < police < police",
        ],
    );
    check("ATLEAST/3(@police)", "police and riot police", &[]);
    check(
        "MIN/2(@police, @courts, x)",
        "x in court",
        &["x < x", "court < court < courts"],
    );
    check(
        "(@police OR judge) NEAR/2 x",
        "x judge",
        &["x < x", "judge < judge"],
    );
    check("x AND NOT @police", "x police", &[]);
    check("title:@police", "police", &[]);
    let titled = Document {
        title: "Riot police".to_owned(),
        author: "OMON".to_owned(),
        ..Document::default()
    };
    assert_eq!(found("title:@police", &actors(), &titled).len(), 2);
    assert_eq!(
        found("author:(@police OR x)", &actors(), &titled),
        ["OMON < OMON < police"]
    );
    assert_eq!(found("summary:@police", &actors(), &titled).len(), 0);
}

#[test]
fn a_score_counts_the_words_of_a_list() {
    let lists = actors();
    let mut watch = listed("x", &lists);
    watch.score = vec![
        parse_score_term_with("@police", 3, &lists).expect("a list"),
        parse_score_term_with("@courts", -1, &lists).expect("a list"),
    ];
    let document = Document {
        title: "police".to_owned(),
        ..text("x, riot police, OMON, police, a judge")
    };
    let set = WatchSet::compile(&[watch]);
    let found = set.matches(&document, &mut Scratch::default());
    assert_eq!(found[0].score, 3 * (2 + 3) - 1);
    let problem = parse_score_term_with("@polise", 1, &lists).expect_err("no such list");
    assert_eq!(problem.help.as_deref(), Some("@police"));
}

#[test]
fn lists_of_two_configurations_do_not_mix() {
    let (one, other) = (
        actors(),
        lists(vec![list("police", &[("en", &["constable"])])]),
    );
    let set = WatchSet::compile(&[listed("@police", &one), listed("@police", &other)]);
    let found = set.matches(&text("a constable"), &mut Scratch::default());
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].watch, 1);
    assert_eq!(&*found[0].spans[0].term, "constable");
}

#[test]
fn a_phrase_of_a_list_does_not_reach_out_of_the_lead() {
    let lead = |item: &str| found("lead:@guards", &actors(), &text(item));
    assert_eq!(
        lead("The national guard\ncame"),
        ["national guard < national guard < guards"]
    );
    assert!(lead("No comment from the national\nguard yet").is_empty());
    let long = format!(
        "{}national guard",
        "x".repeat(600 - "national ".len()) + " "
    );
    assert!(lead(&long).is_empty());
}

#[test]
fn nothing_comes_off_in_front_of_letters_of_another_script() {
    let lists = lists(vec![list(
        "agencies",
        &[("any", &["Europol"]), ("en", &["agency", "inter*"])],
    )]);
    let item = text("وEuropol الagency لinterpol");
    for query in ["@agencies", "Europol", "Eur?pol", "agency~", "inter*"] {
        assert!(found(query, &lists, &item).is_empty(), "{query}");
    }
    let apart = text("و Europol، الـ agency");
    assert_eq!(found("@agencies", &lists, &apart).len(), 2);
}
