//! What is told about watches, as it stands in the file.

use std::path::{Path, PathBuf};

use super::loader::read_settings;
use super::names::Names;
use super::problem::{Problems, Source};
use super::references::References;
use super::source::with_root;
use super::words::DefinedWordLists;
use super::{Places, watches};
use crate::core::watch::WordLists;

/// The problems of a file of watches.
fn problems_of_file(path: PathBuf, text: String) -> Problems {
    let mut problems = Problems::default();
    problems.sources.push(Source { path, text });
    let library = DefinedWordLists::new(WordLists::default(), true);
    let references = References {
        places: &Places::default(),
        feeds: None,
        recipients: None,
        library: &library,
    };
    let mut names = Names::new("watches");
    with_root(&mut problems, 0, "a watch file", |problems, root| {
        let tables = root.tables(problems, "watch", "[[watch]]");
        watches::read(problems, &mut names, &references, tables);
    });
    problems
}

/// The problems of a watch that is sound but for these lines.
fn problems_of(lines: &str) -> Problems {
    let text = format!("[[watch]]\nid = \"a\"\ntitle = \"A\"\nrecipients = [\"b\"]\n{lines}\n");
    problems_of_file(PathBuf::from("a.toml"), text)
}

/// Pastes the first suggestion into `lines` until nothing is left to be told.
fn check_pasted(lines: &str, mended: &str) {
    let mut lines = lines.to_owned();
    for _ in 0..5 {
        let problems = problems_of(&lines);
        let Some(problem) = problems.list.first() else {
            assert_eq!(lines, mended);
            return;
        };
        let place = problem.place.clone().expect("a place");
        let head = problems.sources[0].text.find(&lines).expect("the lines");
        let help = problem.help.clone().expect("a suggestion");
        lines.replace_range(place.span.start - head..place.span.end - head, &help);
    }
    panic!("{lines}: {:?}", problems_of(&lines).list);
}

#[test]
fn a_suggestion_with_quotes_can_be_pasted_into_each_kind_of_string() {
    check_pasted(
        "match = \"human rights\"",
        "match = \"\\\"human rights\\\"\"",
    );
    check_pasted("match = 'human rights'", "match = '\"human rights\"'");
    check_pasted(
        "match = '''\nhuman rights'''",
        "match = '''\n\"human rights\"'''",
    );
    check_pasted(
        "match = \"\"\"\npolice AND human rights OR x\"\"\"",
        "match = \"\"\"\n(police AND \"human rights\") OR x\"\"\"",
    );
    check_pasted(
        "match = \"police AND \\\"tear gas\"",
        "match = \"police AND \\\"tear gas\\\"\"",
    );
}

#[test]
fn a_threshold_that_no_item_reaches_gets_a_warning() {
    let watch = |threshold: i64| {
        problems_of(&format!(
            "match = \"a\"\nthreshold = {threshold}\nscore = {{ a = 2, b = 1, c = -5 }}"
        ))
    };
    assert_eq!(watch(27).list.len(), 0);
    let problems = watch(28);
    assert_eq!((problems.errors(), problems.warnings()), (0, 1));
    let problem = &problems.list[0];
    assert!(problem.message.contains("27 at most"), "{problem:?}");
    let place = problem.place.clone().expect("a place");
    assert_eq!(&problems.sources[0].text[place.span], "28");
}

/// What is told of a watch with this score and these lines: how many errors and warnings, where, and what.
fn check_tiers(lines: &str, counts: (usize, usize), place: &str, message: &str) {
    let problems = problems_of(&format!("match = \"a\"\nscore = {{ a = 2 }}\n{lines}"));
    assert_eq!(
        (problems.errors(), problems.warnings()),
        counts,
        "{lines}: {:?}",
        problems.list
    );
    let Some(problem) = problems.list.first() else {
        return;
    };
    let span = problem.place.clone().expect("a place").span;
    assert_eq!(&problems.sources[0].text[span], place, "{lines}");
    assert!(problem.message.contains(message), "{lines}: {problem:?}");
    assert!(problem.help.is_some(), "{lines}: {problem:?}");
}

#[test]
fn alert_above_makes_a_second_tier_above_the_threshold() {
    check_tiers("alert_above = 4", (0, 0), "", "");
    check_tiers("alert_above = 4\nurgency = \"alert\"", (0, 0), "", "");
    check_tiers("threshold = 2\nalert_above = 2", (0, 0), "", "");
    check_tiers("threshold = -4\nalert_above = -2", (0, 0), "", "");
    let every = "every hit has 3 points or more";
    check_tiers("threshold = 3\nalert_above = 2", (1, 0), "2", every);
    let nothing = "nothing is ever told at once: the score is 18 at most";
    check_tiers("alert_above = 18", (0, 1), "18", nothing);
    let both = "asks for alerts";
    check_tiers(
        "alert_above = 4\nurgency = \"digest\"",
        (1, 0),
        "\"digest\"",
        both,
    );
    check_tiers("alert_above = \"4\"", (1, 0), "\"4\"", "a whole number");
    check_help(
        "match = \"a\"\nscore = { a = 2 }\nalert_above = 4.5",
        "4.5",
        "5",
    );
    let without = problems_of("match = \"a\"\nalert_above = 4");
    assert_eq!((without.errors(), without.warnings()), (1, 0));
    assert!(without.list[0].message.contains("without `score`"));
    check_help(
        "match = \"a\"\nscore = { a = 2 }\nalert_over = 4",
        "alert_over",
        "did you mean `alert_above`?",
    );
}

#[test]
fn a_watch_that_waits_for_outlets_says_for_how_many() {
    for lines in [
        "corroborated = 3",
        "corroborated = 3\nurgency = \"digest\"",
        "corroborated = 2\nurgency = \"alert\"",
        "corroborated = 2\nbody_only = \"alert\"",
        "corroborated = 2\nalert_above = 4",
        "corroborated = 2\nstories = true",
        "stories = false",
    ] {
        check_tiers(lines, (0, 0), "", "");
    }
    let problems = problems_of("match = \"a\"\ncorroborated = 1");
    assert_eq!(problems.errors(), 1);
    check_tiers(
        "corroborated = 3\nstories = false",
        (1, 0),
        "corroborated",
        "each item by itself",
    );
    check_help(
        "match = \"a\"\ncorroboration = 3",
        "corroboration",
        "did you mean `corroborated`?",
    );
}

#[test]
fn a_language_that_nobody_uses_gets_the_one_that_was_meant() {
    let problems = problems_of("match = \"a\"\nlanguages = [\"es\", \"sp\", \"ckb\"]");
    assert_eq!((problems.errors(), problems.warnings()), (0, 1));
    assert_eq!(problems.list[0].help.as_deref(), Some("\"es\""));
}

/// The first problem of these lines: under which words, and its suggestion.
fn check_help(lines: &str, place: &str, help: &str) {
    let problems = problems_of(lines);
    let problem = problems
        .list
        .first()
        .unwrap_or_else(|| panic!("{lines}: nothing is told"));
    let span = problem.place.clone().expect("a place").span;
    assert_eq!(
        &problems.sources[0].text[span], place,
        "{lines}: {problem:?}"
    );
    assert_eq!(problem.help.as_deref(), Some(help), "{lines}: {problem:?}");
}

#[test]
fn keys_above_their_header_are_told_where_they_stand() {
    for (name, key, header) in [
        ("a watch file", "match", "[[watch]]"),
        ("feeds.toml", "url", "[[feed]]"),
        ("newsvigil.toml", "address", "[[recipient]]"),
    ] {
        let mut problems = Problems::default();
        problems.sources.push(Source {
            path: "x.toml".into(),
            text: format!("{key} = \"x\"\n"),
        });
        with_root(&mut problems, 0, name, |_, _| ());
        let help = problems.list[0].help.as_deref().unwrap_or_default();
        assert!(help.contains(header), "{problems:?}");
    }
}

#[test]
fn a_number_without_its_unit_is_told_with_units() {
    for (lines, help) in [
        ("[fetch]\ntimeout = 30", "\"30s\", \"30m\""),
        ("[store]\nretention = 30", "\"30d\""),
    ] {
        let mut problems = Problems::default();
        problems.sources.push(Source {
            path: "newsvigil.toml".into(),
            text: lines.to_owned(),
        });
        read_settings(&mut problems, Path::new("/config"), &Places::default(), 0);
        let told: Vec<_> = problems
            .list
            .iter()
            .filter_map(|problem| problem.help.as_deref())
            .collect();
        assert!(told.iter().any(|told| told.contains(help)), "{problems:?}");
    }
}

#[test]
fn a_value_of_another_kind_gets_the_right_one() {
    check_help("match = \"a\"\nthreshold = \"3\"", "\"3\"", "3");
    check_help("match = \"a\"\nthreshold = 1.5", "1.5", "2");
    check_help("match = \"a\"\nlanguages = [1]", "1", "\"1\"");
    check_help("match = [\"a\"]", "[\"a\"]", "\"a\"");
    check_help(
        "match = \"a\"\ntopic = 2026-11-24",
        "2026-11-24",
        "\"2026-11-24\"",
    );
    check_help(
        "match = \"a\"\n[[watch.examples]]\nyes = ['a']",
        "[[watch.examples]]",
        "[watch.examples]",
    );
}

#[test]
fn one_text_is_a_list_of_one() {
    let problems = problems_of("match = \"a\"\nlanguages = \"es\"\nexamples.yes = 'a'");
    assert_eq!(problems.list.len(), 0, "{:?}", problems.list);
    // And is looked at as such.
    check_help("match = \"a\"\nlanguages = \"sp\"", "\"sp\"", "\"es\"");
}

#[test]
fn other_names_of_a_key_give_the_key() {
    check_help(
        "match = \"a\"\nquery = 'b'",
        "query",
        "did you mean `match`?",
    );
    check_help(
        "match = \"a\"\nlang = 'b'",
        "lang",
        "did you mean `languages`?",
    );
    check_help(
        "match = \"a\"\nTitel = 'b'",
        "Titel",
        "did you mean `title`?",
    );
    check_help(
        "match = \"a\"\npriority = 'b'",
        "priority",
        "did you mean `urgency`?",
    );
    let known = problems_of("match = \"a\"\nxyz = 1").list.remove(0).help;
    let known = known.expect("the known keys");
    for key in ["threshold", "recipients", "match"] {
        assert_eq!(known.matches(key).count(), 1, "{known}");
    }
}

#[test]
fn a_warning_of_a_query_can_be_pasted_into_its_string() {
    check_pasted(
        "match = \"detenido/a\"",
        "match = \"(detenido OR detenida)\"",
    );
    check_pasted(
        "match = \"x AND \\\"tear gas|rifle\\\"\"",
        "match = \"x AND (\\\"tear gas\\\" OR rifle)\"",
    );
    check_pasted(
        "match = '''\npolice\n\"tear gas\"'''",
        "match = '''\npolice OR \"tear gas\"'''",
    );
}

#[test]
fn the_shipped_watches_and_words_get_no_warning() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    let told = |problems: &Problems| problems.render(super::problem::Styling::Plain);
    let (config, problems) =
        super::loader::load(&folder).unwrap_or_else(|bad| panic!("{}", told(&bad)));
    assert_eq!(told(&problems), "");
    assert!(config.watches.len() >= 18);
    assert!(config.lists.ids().count() >= 1);
}
