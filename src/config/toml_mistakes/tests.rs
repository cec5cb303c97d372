//! Each mistake is told once, at its place, with what to write.

mod quotes;

use std::path::PathBuf;

use super::super::problem::{Problems, Source};
use crate::config::source::with_root;

/// The problems of a file of settings whose tables are not looked into.
pub(super) fn problems_of(text: &str) -> Problems {
    let mut problems = Problems::default();
    problems.sources.push(Source {
        path: PathBuf::from("a.toml"),
        text: text.to_owned(),
    });
    with_root(&mut problems, 0, "a file", |problems, root| {
        for (key, name) in [
            ("watch", "[[watch]]"),
            ("recipient", "[[recipient]]"),
            ("feed", "[[feed]]"),
        ] {
            root.tables(problems, key, name);
        }
        for key in ["mail", "fetch", "store"] {
            root.value(key);
        }
    });
    problems
}

/// The one mistake of `lines` below a header: told at `place`, and with the suggestion in place of it the lines
/// are `mended`, of which nothing is told.
#[track_caller]
fn check(lines: &str, place: &str, message: &str, mended: &str) {
    let around = |lines: &str| format!("[[watch]]\nid = \"a\"\n{lines}\ntopic = 'x'\n");
    let text = around(lines);
    let problems = problems_of(&text);
    let [problem] = problems.list.as_slice() else {
        panic!("{lines}: {:#?}", problems.list);
    };
    let span = problem.place.clone().expect("a place").span;
    assert_eq!(&text[span.clone()], place, "{lines}: {problem:?}");
    assert!(problem.message.contains(message), "{lines}: {problem:?}");
    let help = problem
        .help
        .clone()
        .unwrap_or_else(|| panic!("{problem:?}"));
    let mut pasted = text.clone();
    pasted.replace_range(span, &help);
    assert_eq!(pasted, around(mended), "{lines}: {problem:?}");
    let left = problems_of(&pasted);
    assert!(left.list.is_empty(), "{pasted}: {:?}", left.list);
}

#[test]
fn a_name_in_the_brackets_of_a_table_is_told_to_stand_below() {
    for header in [
        "[[watch \"a\"]]",
        "[watch \"a\"]",
        "[[watch a]]",
        "[[watch: a]]",
    ] {
        let problems = problems_of(&format!("{header}\ntitle = \"A\"\n"));
        let [problem] = problems.list.as_slice() else {
            panic!("{header}: {:#?}", problems.list);
        };
        assert!(problem.message.contains("`id = \"a\"`"), "{problem:?}");
        assert_eq!(problem.help.as_deref(), Some("[[watch]]"));
    }
}

/// One mistake, at `place`, with words of its message and of its suggestion, which is a sentence.
#[track_caller]
fn check_told(text: &str, place: &str, message: &str, help: &str) {
    let problems = problems_of(text);
    let [problem] = problems.list.as_slice() else {
        panic!("{text}: {:#?}", problems.list);
    };
    let span = problem.place.clone().expect("a place").span;
    assert_eq!(&text[span], place, "{text}: {problem:?}");
    assert!(problem.message.contains(message), "{text}: {problem:?}");
    let told = problem.help.as_deref().unwrap_or_default();
    assert!(told.contains(help), "{text}: {problem:?}");
}

#[test]
fn what_stands_between_key_and_value_is_an_equals_sign() {
    check("title: \"x\"", ":", "not `:`", "title = \"x\"");
    check("title : \"x\"", ":", "not `:`", "title = \"x\"");
    check("title := 'x'", ":=", "not `:=`", "title = 'x'");
    check("title ＝ 'x'", "＝", "not `＝`", "title = 'x'");
    check("title == 'x'", "==", "not `==`", "title = 'x'");
    check("title => 'x'", "=>", "not `=>`", "title = 'x'");
    check(
        "title \"x\"",
        "title \"x\"",
        "missing behind `title`",
        "title = \"x\"",
    );
    check("threshold 3", "threshold 3", "missing", "threshold = 3");
    check(
        "title Police",
        "title Police",
        "missing",
        "title = \"Police\"",
    );
    check(
        "score = { \"tear gas\": 3, b = 1 }",
        ":",
        "not `:`",
        "score = { \"tear gas\" = 3, b = 1 }",
    );
    check(
        "tear gas = 3",
        "tear gas",
        "between quotes",
        "\"tear gas\" = 3",
    );
    check(
        "título = 'x'",
        "título",
        "between quotes",
        "\"título\" = 'x'",
    );
}

#[test]
fn lists_have_commas_and_brackets() {
    check(
        "languages = [\"en\" \"es\"]",
        "\"en\"",
        "comma is missing",
        "languages = [\"en\", \"es\"]",
    );
    check(
        "yes = [\n  'a'\n  'b',\n]",
        "'a'",
        "comma is missing",
        "yes = [\n  'a',\n  'b',\n]",
    );
    check(
        "languages = [\"en\", \"es\"",
        "[\"en\", \"es\"",
        "never closed",
        "languages = [\"en\", \"es\"]",
    );
    check(
        "yes = [\n  'a',\n  'b',",
        "[\n  'a',\n  'b',",
        "never closed",
        "yes = [\n  'a',\n  'b',]",
    );
    check(
        "languages = [\"en\"; \"es\"]",
        ";",
        "a comma",
        "languages = [\"en\", \"es\"]",
    );
    check(
        "languages = [\"en\"， \"es\"]",
        "，",
        "a comma",
        "languages = [\"en\", \"es\"]",
    );
    check(
        "languages = (\"en\", \"es\")",
        "(\"en\", \"es\")",
        "square",
        "languages = [\"en\", \"es\"]",
    );
    check(
        "languages = \"en\", \"es\"",
        "\"en\", \"es\"",
        "a list",
        "languages = [\"en\", \"es\"]",
    );
    check(
        "score = { a = 1 b = 2 }",
        "a = 1",
        "comma",
        "score = { a = 1, b = 2 }",
    );
    check(
        "score = { a = 1",
        "{ a = 1",
        "never closed",
        "score = { a = 1 }",
    );
}

#[test]
fn comments_and_what_stands_behind_a_value() {
    check("// a comment", "//", "begins with `#`", "# a comment");
    check("; a comment", ";", "begins with `#`", "# a comment");
    check(
        "title = 'x' // hourly",
        "// hourly",
        "begins with `#`",
        "title = 'x' # hourly",
    );
    check(
        "alerts = true ; x",
        "; x",
        "begins with `#`",
        "alerts = true # x",
    );
    check(
        "title = 'x' and more",
        "and more",
        "behind the value",
        "title = 'x' # and more",
    );
    check(
        "Some words of mine",
        "Some words of mine",
        "is none",
        "# Some words of mine",
    );
}

#[test]
fn headers_and_repetitions() {
    check("[[watch]", "[[watch]", "as many brackets", "[[watch]]");
    check("[[watch", "[[watch", "as many brackets", "[[watch]]");
    check(
        "[watch.examples",
        "[watch.examples",
        "as many",
        "[watch.examples]",
    );
    check(
        "[[watch]] // two",
        "[[watch]] // two",
        "nothing stands",
        "[[watch]] # two",
    );
    let text = "[[watch]]\nid = 'a'\ntitle = 'b'\ntitle = 'c'\n";
    check_told(text, "title", "`title` stands twice", "leave one");
    let problem = problems_of(text).list.remove(0);
    assert_eq!(problem.place.expect("a place").span, 31..36);
    assert_eq!(problem.related.expect("the first").0.span, 19..24);
    check_told(
        "[[watch]]\nid = 'a'\ntitle = 'b'\nid = 'c'\ntitle = 'd'\n",
        "id",
        "`id` stands twice",
        "[[watch]] in the line above",
    );
    let problem = problems_of("[mail]\nhost = 'a'\n[fetch]\n[mail]\nport = 1\n")
        .list
        .remove(0);
    assert!(
        problem.message.contains("`mail` stands twice"),
        "{problem:?}"
    );
    assert_eq!(problem.related.expect("the first").0.span, 0..6);
    // Without a second table it is TOML, and no list.
    let one = problems_of("[watch]\nid = 'a'\n").list.remove(0);
    assert_eq!(one.help.as_deref(), Some("[[watch]]"), "{one:?}");
    let two = problems_of("[watch]\nid = 'a'\n[watch]\nid = 'b'\n");
    assert_eq!(two.list.len(), 2, "{two:?}");
    assert!(
        two.list
            .iter()
            .all(|problem| problem.help.as_deref() == Some("[[watch]]"))
    );
}

#[test]
fn blanks_that_are_none_are_told_with_the_line() {
    for (c, name) in [
        ('\u{A0}', "U+00A0, a no-break space"),
        ('\u{3000}', "U+3000"),
        ('\u{200B}', "U+200B, which nobody sees"),
        ('\u{FEFF}', "U+FEFF, a byte-order mark"),
        ('\0', "U+0000, a NUL byte"),
    ] {
        let line = format!("title{c} = 'x'");
        let mended = if c.is_whitespace() {
            "title  = 'x'"
        } else {
            "title = 'x'"
        };
        check(&line, &line, name, mended);
    }
    check(
        "\u{A0}title = 'x'",
        "\u{A0}title = 'x'",
        "no-break",
        "title = 'x'",
    );
}

#[test]
fn a_secret_is_not_repeated() {
    for line in [
        "password = hunter2",
        "password = “hunter2”",
        "password: hunter2",
        "password \"hunter2\"",
        "password = \"hunter2",
        "password = \"hun\"hunter2\"",
        "password = [\"hunter2\" \"x\"]",
        "password = 'hunter2' hunter2",
        "password = hunter2, x",
    ] {
        let problems = problems_of(&format!("[mail]\n{line}\nport = 1\n"));
        assert!(!problems.list.is_empty(), "{line}");
        let told = problems.render(super::super::problem::Styling::Plain);
        assert!(!told.contains("hunter2"), "{told}");
        assert!(!problems.to_json_lines().contains("hunter2"), "{line}");
    }
}

#[test]
fn mistakes_on_different_lines_are_all_told() {
    let problems = problems_of("[mail]\nhost = x y\nport = 05\n\nfrom: 'a'\n");
    assert_eq!(problems.list.len(), 3, "{:?}", problems.list);
}

proptest::proptest! {
    /// Nothing that somebody types makes it panic or go on for ever, and what is no TOML is always told.
    #[test]
    fn whatever_is_typed_is_told(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "\"", "'", "“", "”", "'''", "\"\"\"", "[", "]", "{", "}", "=", ":", ",", "\n", "a", "match", " ",
                "#", "//", "\\", "\u{A0}", "é", "1", "5", "true", "[[watch]]", "\r\n", ".", "id = ", "\0", "；",
            ]),
            0..40,
        ),
    ) {
        let text = parts.concat();
        let refused = !toml::de::DeTable::parse_recoverable(&text).1.is_empty();
        let problems = problems_of(&text);
        proptest::prop_assert!(!refused || problems.errors() > 0, "{:?}", text);
        for problem in &problems.list {
            let span = problem.place.clone().expect("a place").span;
            proptest::prop_assert!(span.start <= span.end && text.get(span.clone()).is_some(), "{:?}: {:?}", text, problem);
        }
        problems.render(super::super::problem::Styling::Plain);
    }
}
