//! Mistakes in the files and words of lists are told where they stand.

use std::os::unix::fs::symlink;
use std::path::Path;

use super::*;

/// The one thing that is told of these lists and this watch: file, line and column, and some of its words.
#[track_caller]
fn check(words: &str, lines: &str, code: i32, place: (&str, u64, u64), said: &str, help: &str) {
    let world = world(words, lines);
    let told = told(&world, code);
    let [problem] = told.as_slice() else {
        panic!("{words}: {told:#?}");
    };
    let file = Path::new(text(problem, "file")).strip_prefix(world.config());
    let found = (
        file.expect("a file of the configuration").to_str(),
        problem["line"].as_u64(),
        problem["column"].as_u64(),
    );
    let (file, line, column) = place;
    assert_eq!(found, (Some(file), Some(line), Some(column)), "{problem}");
    assert!(text(problem, "message").contains(said), "{problem}");
    assert!(text(problem, "help").contains(help), "{problem}");
}

/// A mistake in `words/mine.toml`, in a list that the watch uses.
#[track_caller]
fn check_list(words: &str, line: u64, column: u64, said: &str, help: &str) {
    let place = ("words/mine.toml", line, column);
    check(words, "match = '@a'", 78, place, said, help);
}

#[test]
fn a_file_that_cannot_be_read_is_the_one_mistake() {
    let one = world(FORCES, "match = '@forces AND @beat'");
    symlink("/nowhere/x.toml", one.config().join("words/gone.toml")).expect("a link");
    let problems = told(&one, 78);
    assert_eq!(problems.len(), 1, "the list may be in it: {problems:#?}");
    assert!(text(&problems[0], "message").contains("which is not there"));

    // The folder itself.
    fs::remove_dir_all(one.config().join("words")).expect("a folder");
    symlink("/nowhere/words", one.config().join("words")).expect("a link");
    let problems = told(&one, 78);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(text(&problems[0], "message").contains("cannot read the folder of word lists"));

    // A list that is there, and no TOML.
    let torn = world(
        "[[words]]\nid = \"forces\nen = [\"police\"]\n",
        "match = '@forces'",
    );
    let problems = told(&torn, 78);
    assert!(
        problems
            .iter()
            .all(|problem| text(problem, "file").ends_with("mine.toml")),
        "{problems:#?}"
    );
}

#[test]
fn mistakes_of_lists_are_told_where_they_stand() {
    check_list(
        &list("eng = [\"police\"]"),
        3,
        1,
        "`eng` is no code",
        "write `en`",
    );
    check_list(
        &list("sp = [\"polic\u{ed}a\"]"),
        3,
        1,
        "`sp` is no code",
        "write `es`",
    );
    check_list(&list("en-US = [\"police\"]"), 3, 1, "`en-US`", "write `en`");
    check_list(
        &list("Spanish = [\"polic\u{ed}a\"]"),
        3,
        1,
        "`Spanish`",
        "write `es`",
    );
    check_list(
        &list("zxx = [\"police\"]"),
        3,
        1,
        "is not a language",
        "`any`",
    );
    check_list(
        &list("titel = \"A\"\nen = [\"police\"]"),
        3,
        1,
        "unknown key",
        "did you mean `title`",
    );
    check_list(
        &list("all = [\"police\"]"),
        3,
        1,
        "unknown key",
        "did you mean `any`",
    );
}

#[test]
fn mistakes_of_words_are_told_where_they_stand() {
    check_list(&list("en = [[\"police\"]]"), 3, 7, "not a list", "");
    check_list(&list("en = { police = 1 }"), 3, 6, "must be a list", "");
    check_list(
        &list("en = [\"police\", 110]"),
        3,
        17,
        "texts in quotes",
        "\"110\"",
    );
    check_list(
        &list("en = [\"police\", \"a OR b\"]"),
        3,
        20,
        "part of a query",
        "",
    );
    check_list(
        &list("en = [\"police\", \"NEAR/3\"]"),
        3,
        18,
        "part of a query",
        "",
    );
    check_list(
        &list("en = [\"police\", \"(a)\"]"),
        3,
        18,
        "one word or phrase",
        "",
    );
    check_list(
        &list("en = \"police, soldier\""),
        3,
        13,
        "one word or phrase",
        "",
    );
    check_list(
        &list("en = [\"police\", \" \"]"),
        3,
        18,
        "nothing between the quotes",
        "",
    );
    check_list(
        &list("en = [\"police\", \"@\"]"),
        3,
        18,
        "name of a word list",
        "",
    );
    check_list(
        &list("en = [\"police\", \"@b\"]"),
        3,
        18,
        "no word list `b`",
        "",
    );
    check_list(&list("any = [\"@a\"]"), 3, 9, "cannot contain itself", "");
    check_list(&list(""), 2, 6, "has no word", "");
    check_list(&list("en = []"), 2, 6, "has no word", "");
    check_list(
        "[[words]]\nid = \"a\"\nen = [\"police\"]\n[[words]]\nid = \"a\"\nes = [\"polic\u{ed}a\"]\n",
        5,
        6,
        "two word lists have the id `a`",
        "",
    );
    // Indonesian has the code that names the list.
    let id = told(&world("[[words]]\nid = [\"polisi\"]\n", "match = 'a'"), 78);
    assert!(
        text(&id[0], "help").contains("ind = [\"polisi\"]"),
        "{id:#?}"
    );
    let world = world(
        &list("ind = [\"polisi\"]\nckb = [\"x\"]\nen = \"police\""),
        "match = '@a'",
    );
    assert_eq!(told(&world, 0), [] as [Value; 0]);
}

#[test]
fn a_list_that_a_watch_names_and_that_is_not_there_is_told_with_the_nearest() {
    let place = ("watches/force.toml", 4, 10);
    check(
        FORCES,
        "match = '@force'",
        78,
        place,
        "no word list `force`",
        "@forces",
    );
    let place = ("watches/force.toml", 5, 12);
    let score = "match = '@forces'\nscore = { \"@beet\" = 3 }";
    check(
        &format!("{FORCES}{BEAT}"),
        score,
        78,
        place,
        "no word list `beet`",
        "@beat",
    );
    let place = ("watches/force.toml", 4, 10);
    check(FORCES, "match = '@ AND @forces'", 78, place, "`@`", "");
}

#[test]
fn lists_in_a_circle_are_told_once_with_the_way_round() {
    let words = "[[words]]\nid = \"a\"\nany = [\"@b\"]\n[[words]]\nid = \"b\"\nany = [\"@c\"]\n\
                 [[words]]\nid = \"c\"\nany = [\"x\", \"@a\"]\n";
    check_list(words, 9, 14, "@a \u{2192} @b \u{2192} @c \u{2192} @a", "");
}

#[test]
fn what_stands_in_the_wrong_folder_is_told_with_where_it_belongs() {
    let world = world(
        &watch("match = 'police'").replace("\"force\"", "\"other\""),
        "match = 'police'",
    );
    let problems = told(&world, 78);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(text(&problems[0], "message").contains("a watch does not stand among word lists"));
    assert!(text(&problems[0], "help").contains("`watches`"));

    world.write("words/mine.toml", BEAT);
    world.write(
        "watches/force.toml",
        &(watch("match = '@forces AND @beat'") + FORCES),
    );
    let problems = told(&world, 78);
    assert_eq!(problems.len(), 1, "the list is there: {problems:#?}");
    assert!(text(&problems[0], "message").contains("a word list does not stand among watches"));
    assert!(text(&problems[0], "help").contains("`words`"));
}
