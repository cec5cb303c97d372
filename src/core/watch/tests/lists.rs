//! Word lists: what is read, what is refused, and that a list finds what its words find.

use proptest::prelude::*;

use super::matching::{spec, text};
use crate::core::document::Document;
use crate::core::watch::{
    ExplainedPart, LanguageWords, ListSpec, Match, Query, Scratch, Severity, WatchSet, WatchSpec,
    WordLists, cost_problem, explain, found_forms, parse, parse_score_term_with, parse_with,
};

/// A list; `any` stands for every language.
pub(super) fn list(id: &str, words: &[(&str, &[&str])]) -> ListSpec {
    ListSpec {
        id: id.to_owned(),
        title: id.to_owned(),
        words: words
            .iter()
            .map(|(language, words)| LanguageWords {
                language: (*language != "any").then(|| (*language).to_owned()),
                words: words.iter().map(|word| (*word).to_owned()).collect(),
            })
            .collect(),
    }
}

fn lists(specs: Vec<ListSpec>) -> WordLists {
    let (lists, problems) = WordLists::new(specs);
    assert!(problems.is_empty(), "{problems:?}");
    lists
}

fn actors() -> WordLists {
    lists(vec![
        list(
            "police",
            &[
                ("any", &["OMON", "=ICE", "@guards"]),
                (
                    "en",
                    &["police", "policeman", "=arms", "riot police", "tortur*"],
                ),
                ("es", &["policía", "guardia civil", "detener"]),
                ("fr", &["arrêter", "gendarme"]),
                ("ru", &["полиция", "пытка"]),
                ("ar", &["شرطة", "قوات الأمن"]),
            ],
        ),
        list(
            "guards",
            &[
                ("any", &["Basij"]),
                ("en", &["national guard"]),
                ("es", &["guardián"]),
            ],
        ),
        list(
            "courts",
            &[
                ("en", &["court", "judge"]),
                ("es", &["@guards", "tribunal"]),
            ],
        ),
    ])
}

fn query(query: &str, lists: &WordLists) -> Query {
    let (tree, problems) = parse_with(query, lists);
    tree.unwrap_or_else(|| panic!("{query}: {problems:?}"))
}

fn listed(text: &str, lists: &WordLists) -> WatchSpec {
    WatchSpec {
        query: query(text, lists),
        ..spec("x")
    }
}

/// The words that are found, with the words of the list that find them.
fn found(query: &str, lists: &WordLists, document: &Document) -> Vec<String> {
    let set = WatchSet::compile(&[listed(query, lists)]);
    let mut scratch = Scratch::default();
    let matches = set.matches(document, &mut scratch);
    assert_eq!(
        matches.first(),
        set.matches_one(0, document, &mut scratch).as_ref()
    );
    let spans = matches.into_iter().flat_map(|found| found.spans);
    let shown = spans.map(|span| {
        let words = &document.field(span.field).expect("a field")[span.start..span.end];
        match span.list {
            Some(list) => format!("{words} < {} < {list}", span.term),
            None => format!("{words} < {}", span.term),
        }
    });
    shown.collect()
}

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
fn what_adds_nothing_is_told_of_all_that_an_entry_finds() {
    let warned = |words: &[&str]| {
        let (lists, _) = WordLists::new(vec![list("a", &[("en", words)])]);
        let told = lists.warnings().into_iter();
        told.map(|told| words[told.word.unwrap()].to_owned())
            .collect::<Vec<_>>()
    };
    // It finds J. K. Doe, too.
    assert_eq!(warned(&["JK Doe", "J.K. Doe"]), [""; 0]);
    assert_eq!(warned(&["Doe", "J.K. Doe"]), ["J.K. Doe"]);
    assert_eq!(warned(&["J.K. Doe", "J.K. Doe"]), ["J.K. Doe"]);
    assert_eq!(warned(&["J. K. Doe", "J.K. Doe"]), [""; 0]);
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
fn canonical_text_is_read_as_the_same_tree() {
    let lists = actors();
    for text in [
        "@police",
        "@police NEAR/3 (@courts OR judge)",
        "title:@police AND NOT @courts",
        "ATLEAST/2(@police)",
        "MIN/2(@police, @courts, x)",
        "title:(@police OR @courts)",
    ] {
        let tree = query(text, &lists);
        assert_eq!(tree.to_string(), text);
        assert_eq!(query(&tree.to_string(), &lists), tree);
    }
}

#[test]
fn a_name_that_is_no_list_is_a_mistake_with_what_was_meant() {
    let lists = actors();
    for (query, message, mended) in [
        ("@polise", "no word list `polise`", "@police"),
        ("x AND @Police", "small letters", "x AND @police"),
        ("@police~", "no sign behind", "@police"),
        ("title:@police*", "no sign behind", "title:@police"),
        (
            "\"@police\" AND x",
            "here this is the word",
            "@police AND x",
        ),
        ("@\"police\"", "without a blank or quotes", "@police"),
        ("@ police OR x", "without a blank or quotes", "@police OR x"),
        ("＠police", "full-width", "@police"),
        ("=@police", "`=` stands before a word", "@police"),
        (
            "x NEAR/3 @",
            "before the name of a word list",
            "x NEAR/3 \"what to find\"",
        ),
        (
            "(@)",
            "before the name of a word list",
            "(\"what to find\")",
        ),
        ("@ohchr", "without `@`", "ohchr"),
    ] {
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_none(), "{query}");
        let problem = &problems[0];
        assert!(problem.message.contains(message), "{query}: {problem:?}");
        let mut text = query.to_owned();
        text.replace_range(
            problem.span.clone(),
            problem.help.as_deref().expect("a suggestion"),
        );
        assert_eq!(text, mended, "{problem:?}");
    }
    assert!(parse("@police").0.is_none());
    assert!(parse("\"@police\"").0.is_some());
    assert!(parse("l@s OR press@example.org").0.is_some());
}

#[test]
fn warnings_go_on_with_lists() {
    let lists = actors();
    for (query, message) in [
        ("@police OR x OR @police", "adds nothing"),
        ("@police OR title:@police", "adds nothing"),
        ("@police AND NOT @police", "never matches"),
        ("MIN/2(@police, @police)", "one word counts twice"),
        ("title:@police NEAR/3 text:@courts", "different fields"),
    ] {
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_some(), "{query}");
        assert!(
            problems.iter().any(|told| told.message.contains(message)),
            "{query}: {problems:?}"
        );
    }
    for query in [
        "@police",
        "@police NEAR/3 @courts",
        "@police NEAR/3 (x OR @courts)",
        "title:@police NEAR/3 @courts",
        "x AND NOT @police",
        "title:@police OR text:@police",
        "@police NOT NEAR/3 @courts",
    ] {
        assert_eq!(parse_with(query, &lists).1, [], "{query}");
    }
}

#[test]
fn mistakes_of_lists_have_their_place() {
    for (word, message) in [
        ("", "nothing between the quotes"),
        ("…", "no letter or digit"),
        ("police AND army", "`AND` is part of a query"),
        ("police NEAR/3 army", "`NEAR/3` is part of a query"),
        ("title:police", "`title:` is part of a query"),
        ("(police", "one word or phrase"),
        ("police, army", "each in quotes of its own"),
        ("police|army", "each in quotes of its own"),
        ("\"riot police\"", "no quotes of its own"),
        ("detain~", "without `~`"),
        ("=tortur*", "do not go together"),
        ("*ing", "never stands in front"),
        ("po*", "at least 3 letters"),
        ("@nowhere-at-all", "no word list"),
        ("@", "before the name of a word list"),
        ("the @x", "an entry of its own"),
        ("@x", "cannot contain itself"),
    ] {
        let (lists, problems) = WordLists::new(vec![list(
            "x",
            &[("any", &["fine"]), ("en", &["fine", word])],
        )]);
        let [told] = problems.as_slice() else {
            panic!("{word}: {problems:?}");
        };
        assert_eq!(
            (told.list, told.language, told.word),
            (0, Some(1), Some(1)),
            "{word}"
        );
        assert_eq!(told.problem.severity, Severity::Error);
        assert!(told.problem.message.contains(message), "{word}: {told:?}");
        assert!(told.problem.span.end <= word.len(), "{told:?}");
        assert_eq!(
            found("@x", &lists, &text("fine")).len(),
            1,
            "the others go on"
        );
    }
    for sound in [
        "law and order",
        "24/7",
        "l'armée",
        "Al-Qaeda",
        "AT&T",
        "צה\"ל",
        "U.S.",
        "or",
    ] {
        let (_, problems) = WordLists::new(vec![list("x", &[("en", &[sound])])]);
        assert!(problems.is_empty(), "{sound}: {problems:?}");
    }
}

#[test]
fn circles_and_empty_lists_are_told_once() {
    let (lists, problems) = WordLists::new(vec![
        list("a", &[("en", &["@b", "police"])]),
        list("b", &[("any", &["@c"]), ("es", &["juez"])]),
        list("c", &[("en", &["@a"])]),
        list("d", &[("en", &[])]),
    ]);
    let told: Vec<_> = problems
        .iter()
        .map(|told| (told.list, told.problem.message.as_str()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].1.contains("@a → @b → @c → @a"), "{told:?}");
    assert_eq!(told[1].0, 3);
    assert!(told[1].1.contains("no word"));
    assert_eq!(found("@a", &lists, &text("police")).len(), 1);
}

#[test]
fn too_many_words_are_told_and_not_kept() {
    let words: Vec<String> = (0..super::super::MAX_LIST_WORDS + 5)
        .map(|number| format!("w{number}"))
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (lists, problems) = WordLists::new(vec![list("x", &[("en", &words)])]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].problem.message.contains("at most 100000 words"));
    assert_eq!(lists.words_in("x"), super::super::MAX_LIST_WORDS);
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
fn watches_that_share_parts_find_what_each_finds_alone() {
    let lists = actors();
    let parts = [
        "@police NEAR/3 @courts",
        "title:(@police NEAR/3 @courts)",
        "lead:(@police NEAR/3 @courts)",
        "text:(@police NEAR/3 @courts)",
        "@police NEAR/1 @courts",
        "@police PRE/3 @courts",
        "@police NOT NEAR/3 @courts",
        "title:@police AND text:@courts",
        "author:@police",
        "lead:@guards",
    ];
    let mut queries: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
    for part in parts {
        queries.push(format!("({part}) AND NOT @guards"));
        queries.push(format!("MIN/2({part}, title:@guards, title:@courts)"));
    }
    let specs: Vec<WatchSpec> = queries.iter().map(|query| listed(query, &lists)).collect();
    let together = WatchSet::compile(&specs);
    let mut scratch = Scratch::default();
    let fields = [
        "",
        "The police told the judge.",
        "The court hears the national guard and the riot police.",
        "A judge, and nobody else at all, saw the OMON there.",
    ];
    let mut matched = 0;
    for number in 0..fields.len().pow(4) {
        let field = |place: u32| fields[number / fields.len().pow(place) % fields.len()].to_owned();
        let document = Document {
            title: field(0),
            summary: field(1),
            text: format!("{}\n\n{}", field(2), field(3)),
            author: field(3),
            ..Document::default()
        };
        let found = together.matches(&document, &mut scratch);
        let alone = specs.iter().enumerate().filter_map(|(watch, spec)| {
            let set = WatchSet::compile(std::slice::from_ref(spec));
            let found = set.matches_one(0, &document, &mut Scratch::default());
            found.map(|found| Match { watch, ..found })
        });
        assert_eq!(found, alone.collect::<Vec<_>>(), "{document:?}");
        matched += found.len();
    }
    assert!(matched > 500, "{matched}");
}

fn part<'e>(part: &'e ExplainedPart, text: &str) -> &'e ExplainedPart {
    fn find<'e>(part: &'e ExplainedPart, text: &str) -> Option<&'e ExplainedPart> {
        let inner = || part.parts.iter().find_map(|inner| find(inner, text));
        if part.text == text {
            Some(part)
        } else {
            inner()
        }
    }
    find(part, text).unwrap_or_else(|| panic!("no {text} in {part:?}"))
}

#[test]
fn an_explanation_shows_a_list_as_one_part_with_the_words_found() {
    let lists = actors();
    let watch = listed("@police NEAR/2 @courts AND title:@guards AND x", &lists);
    let document = text(
        "police, policemen, OMON and a riot police a b c d e f g a judge; of, of, of the Basij",
    );
    let explained = explain(&watch, &document);
    let police = part(&explained.query, "@police");
    let list = police.list.as_ref().expect("a list");
    assert_eq!(
        list.to_string(),
        "5 of 19 words: police, policeman as “policemen”, OMON, riot police, Basij of @guards"
    );
    assert!(police.parts.is_empty());
    let near = part(&explained.query, "@police NEAR/2 @courts");
    assert_eq!(
        near.miss.as_deref(),
        Some("NEAR/2 is asked, the nearest are 5 apart")
    );
    let guards = part(&explained.query, "@guards");
    assert_eq!(
        guards.miss.as_deref(),
        Some("found in text, asked in title")
    );
    let none = explain(&listed("@courts OR @guards", &lists), &text("nothing"));
    let miss = part(&none.query, "@guards").miss.clone();
    assert_eq!(
        miss.as_deref(),
        Some("none of its 3 words is in title, summary or text")
    );
    let account = explain(&listed("@police AND x", &lists), &document)
        .query
        .account();
    assert_eq!(account.held, ["@police (`police`)"]);
}

#[test]
fn an_explanation_names_forms_and_languages_that_are_left_out() {
    let lists = actors();
    let document = Document {
        language: Some("es".to_owned()),
        language_certain: true,
        ..text("lo detuvieron")
    };
    let explained = explain(&listed("@police", &lists), &document);
    assert_eq!(
        found_forms(&explained.spans, &document),
        ["detuvieron — a form of detener in @police"]
    );
    assert!(
        explained.notes[0].contains("known to be in `es`"),
        "{:?}",
        explained.notes
    );
    let uncertain = Document {
        language_certain: false,
        ..document
    };
    assert!(
        explain(&listed("@police", &lists), &uncertain)
            .notes
            .is_empty()
    );
}

#[test]
fn lists_weigh_by_what_they_share_and_not_by_their_number() {
    let many = |shared: bool| {
        let lists = (0..200).map(|number| {
            let own = format!("word{number}");
            let word = if shared { "police" } else { own.as_str() };
            list(&format!("l{number}"), &[("en", &[word])])
        });
        let (lists, problems) = WordLists::new(lists.collect());
        assert!(problems.is_empty());
        let lines = (0..199).map(|number| format!("@l{number} NEAR/50 @l{}", number + 1));
        let lines: Vec<String> = lines.map(|line| format!("({line})")).collect();
        let tree = query(&lines.join(" OR "), &lists);
        cost_problem(&tree, &[], &[])
    };
    assert_eq!(many(false), None);
    let told = many(true).expect("too heavy");
    assert!(told.message.contains("`@l"), "{told:?}");
    // What is let through is decided for the worst of items.
    let lists = actors();
    let lines: Vec<String> = (0..20)
        .map(|number| format!("(@police NEAR/{} @courts)", number + 1))
        .collect();
    let watch = listed(&lines.join(" OR "), &lists);
    assert_eq!(cost_problem(&watch.query, &[], &[]), None);
    let worst = text(&format!(
        "{} a b {}",
        "judge ".repeat(100),
        "police ".repeat(14_000)
    ));
    let set = WatchSet::compile(&[watch]);
    let found = set.matches(&worst, &mut Scratch::default());
    assert!(found.iter().all(|found| !found.undecided));
}

const WORDS: [&str; 12] = [
    "police",
    "policeman",
    "guard",
    "national guard",
    "detain",
    "riot police",
    "guard detain",
    "arrest",
    "tortur*",
    "human rights",
    "prison",
    "guard guard",
];

fn some_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "police",
        "Policemen",
        "guards",
        "guard",
        "National",
        "national",
        "detained",
        "riot",
        "arrests",
        "torture",
        "human",
        "rights",
        "imprisoned",
        "prisons",
        "a",
        "b.",
        "po\u{AD}lice",
        "guard-detain",
        "guard's",
        "national\u{200B}guard",
        "b",
    ]);
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.join(" "))
}

/// The watch, its score, and where it matched.
type Places = (
    usize,
    i64,
    Vec<(crate::core::document::Field, usize, usize)>,
);

fn places(found: &[Match]) -> Vec<Places> {
    let places = |found: &Match| {
        let mut places: Vec<_> = found
            .spans
            .iter()
            .map(|span| (span.field, span.start, span.end))
            .collect();
        places.dedup();
        places
    };
    found
        .iter()
        .map(|found| (found.watch, found.score, places(found)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_list_finds_what_its_words_find(
        first in prop::sample::subsequence(&WORDS[..], 1..6),
        second in prop::sample::subsequence(&WORDS[..], 1..6),
        title in some_text(),
        body in some_text(),
        certain in any::<bool>(),
    ) {
        let group = |words: &[&str]| {
            let words = words.iter().map(|word| {
                let forms = word.split(' ').map(|word| {
 if word.contains('*') { word.to_owned() } else { format!("{word}~") }
});
                format!("\"{}\"", forms.collect::<Vec<_>>().join(" "))
            });
            format!("({})", words.collect::<Vec<_>>().join(" OR "))
        };
        let halves = second.split_at(second.len() / 2);
        let (lists, problems) = WordLists::new(vec![
            list("one", &[("en", &first)]),
            list("two", &[("en", halves.1), ("any", &["@half"])]),
            list("half", &[("es", &["policía"]), ("en", if halves.0.is_empty() { halves.1 } else { halves.0 })]),
        ]);
        prop_assert!(problems.is_empty());
        let document = Document {
            title,
            language: Some("en".to_owned()),
            language_certain: certain,
            ..text(&body)
        };
        let shapes = [
            "ONE", "ONE AND TWO", "a AND NOT ONE", "ONE NEAR/3 TWO", "ONE PRE/2 TWO", "ONE NOT NEAR/2 TWO",
            "(ONE OR a) NEAR/4 TWO", "ATLEAST/2(ONE)", "ATLEAST/3(ONE OR TWO)", "MIN/2(ONE, a, TWO)", "title:ONE",
            "text:(ONE NEAR/5 b)", "b OR (title:TWO AND text:ONE)", "a NOT NEAR/3 ONE",
        ];
        let with: Vec<WatchSpec> = shapes.iter().map(|shape| {
            listed(&shape.replace("ONE", "@one").replace("TWO", "@two"), &lists)
        }).collect();
        let without: Vec<WatchSpec> = shapes.iter().map(|shape| {
            spec(&shape.replace("ONE", &group(&first)).replace("TWO", &group(&second)))
        }).collect();
        let mut scratch = Scratch::default();
        let set = WatchSet::compile(&with);
        let found = set.matches(&document, &mut scratch);
        let each: Vec<Match> = set.each(&document, &mut scratch).into_iter().flatten().collect();
        prop_assert_eq!(&found, &each);
        let expected = WatchSet::compile(&without).matches(&document, &mut scratch);
        if certain {
            prop_assert_eq!(places(&found), places(&expected));
        } else {
            // Spanish words may be there too.
            prop_assert!(places(&expected).len() <= places(&found).len() + shapes.len());
        }
    }
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

#[test]
fn a_word_that_is_repeated_and_stands_in_many_lists_leaves_watches_undecided() {
    let many = (0..60).map(|number| list(&format!("list-{number}"), &[("en", &["police"])]));
    let lists = lists(many.chain([list("other", &[("en", &["army"])])]).collect());
    let queries = [
        "@list-7",
        "@other",
        "police AND @list-0",
        "army AND @list-0",
        "police",
    ];
    let specs: Vec<WatchSpec> = queries.map(|query| listed(query, &lists)).into();
    let set = WatchSet::compile(&specs);
    let outcome = |repeated: usize| {
        let item = text(&"police ".repeat(repeated));
        let found = set.matches(&item, &mut Scratch::default());
        let found = found.iter().map(|found| (found.watch, found.undecided));
        found.collect::<Vec<_>>()
    };
    assert_eq!(outcome(10_000), [(0, false), (2, false), (4, false)]);
    // The other list might be there too; what needs no list is decided.
    assert_eq!(
        outcome(80_000),
        [(0, true), (1, true), (2, true), (4, false)]
    );
}

#[test]
fn circles_without_number_are_told_in_few_words() {
    let names: Vec<String> = (0..200).map(|number| format!("@list-{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let all = (0..200).map(|number| list(&format!("list-{number}"), &[("any", &names)]));
    let (lists, problems) = WordLists::new(all.collect());
    assert_eq!(problems.len(), 100);
    let longest = problems.iter().map(|told| told.problem.message.len());
    assert!(longest.max() < Some(200));
    assert_eq!(lists.words_in("list-0"), 0);
}

#[test]
fn a_list_that_takes_in_nothing_is_told() {
    let (_, problems) = WordLists::new(vec![
        list("a", &[("es", &["@c"])]),
        list("b", &[("any", &["@c"])]),
        list("c", &[("en", &["y"])]),
    ]);
    let [only] = problems.as_slice() else {
        panic!("{problems:?}");
    };
    assert_eq!(only.list, 0);
    assert!(only.problem.message.contains("no word"), "{only:?}");
}

#[test]
fn a_list_behind_a_sign_or_in_a_phrase_is_a_mistake() {
    let lists = actors();
    for query in [
        "court AND -@police",
        "court AND !@police",
        "~@police",
        "\u{FE6B}police",
        "\"foo @police\"",
    ] {
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_none(), "{query}: {problems:?}");
        let help = problems
            .iter()
            .filter_map(|problem| problem.help.as_deref());
        assert!(
            help.clone().any(|help| help.contains("@police")),
            "{query}: {problems:?}"
        );
    }
    assert!(parse_with("\"desk@police\"", &lists).0.is_some());
}
