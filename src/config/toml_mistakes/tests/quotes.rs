//! Quotes that are missing, misplaced or of another kind.

use super::*;

#[test]
fn quotes_that_were_meant_for_the_query_lose_no_part_of_it() {
    for (lines, mended) in [
        ("\"jail\" OR \"prison\"", "'\"jail\" OR \"prison\"'"),
        ("'jail' OR 'prison'", "\"'jail' OR 'prison'\""),
        ("'''jail''' OR '''tear gas'''", "'\"jail\" OR \"tear gas\"'"),
        ("\"jail\" or prison", "'\"jail\" OR prison'"),
        ("\"jail\" NEAR/5 prison", "'\"jail\" NEAR/5 prison'"),
    ] {
        check(
            &format!("match = {lines}"),
            lines,
            "the whole query",
            &format!("match = {mended}"),
        );
    }
    check_told(
        "[[watch]]\nmatch = \"jail\" prison\n",
        "prison",
        "whole before it",
        "inside the quotes",
    );
}

#[test]
fn quotes_of_word_processors_are_straightened() {
    check(
        "title = “Use of force”",
        "“Use of force”",
        "“ begins no text",
        "title = \"Use of force\"",
    );
    check(
        "title = „Haft“ # x",
        "„Haft“",
        "„ begins",
        "title = \"Haft\" # x",
    );
    check(
        "title = «Détention»",
        "«Détention»",
        "« begins",
        "title = \"Détention\"",
    );
    check(
        "match = ‘police AND “tear gas”’",
        "‘police AND “tear gas”’",
        "‘ begins",
        "match = 'police AND \"tear gas\"'",
    );
    check("title = `x`", "`x`", "` begins", "title = \"x\"");
    check("title = “x\"", "“x\"", "“ begins", "title = \"x\"");
    check("title = \"x”", "\"x”", "ends with ”", "title = \"x\"");
    check(
        "match = \"jail OR”",
        "\"jail OR”",
        "ends with ”",
        "match = \"jail OR\"",
    );
    check(
        "languages = [“en”, \"es\"]",
        "“en”",
        "“ begins",
        "languages = [\"en\", \"es\"]",
    );
    check(
        "score = { “tear gas” = 3 }",
        "“tear gas”",
        "not TOML's",
        "score = { \"tear gas\" = 3 }",
    );
    check(
        "title = 「拘留」",
        "「拘留」",
        "「 begins",
        "title = \"拘留\"",
    );
}

#[test]
fn a_quote_inside_a_text_does_not_end_it() {
    check(
        "match = \"police AND \"tear gas\"\"",
        "\"police AND \"tear gas\"\"",
        "'…'",
        "match = 'police AND \"tear gas\"'",
    );
    check(
        "title = \"a \"b\" c\" # d",
        "\"a \"b\" c\"",
        "'…'",
        "title = 'a \"b\" c' # d",
    );
    check(
        "title = 'the state's power'",
        "'the state's power'",
        "\"…\"",
        "title = \"the state's power\"",
    );
    check(
        "yes = [\"He said \"no\" to it\", 'b']",
        "\"He said \"no\" to it\"",
        "'…'",
        "yes = ['He said \"no\" to it', 'b']",
    );
    check(
        "title = 'it's \"so\"'",
        "'it's \"so\"'",
        "\"…\"",
        "title = '''it's \"so\"'''",
    );
    check(
        "ca_file = \"C:\\Users\\x.pem\"",
        "\"C:\\Users\\x.pem\"",
        "backslash",
        "ca_file = 'C:\\Users\\x.pem'",
    );
    check(
        "title = \"\\d+\"",
        "\"\\d+\"",
        "backslash",
        "title = '\\d+'",
    );
}

#[test]
fn a_text_that_is_never_closed_is_one_mistake() {
    check(
        "title = \"Use of force",
        "\"Use of force",
        "never closed",
        "title = \"Use of force\"",
    );
    check("title = 'x # y", "'x", "never closed", "title = \"x\" # y");
    check(
        "title = Use of force\"",
        "Use of force\"",
        "begins this text",
        "title = \"Use of force\"",
    );
    check(
        "match = \"police\nOR army\"",
        "\"police\nOR army\"",
        "several lines",
        "match = '''\npolice\nOR army'''",
    );
    let watch = "[[watch]]\nid = \"a\"\nmatch = '''\n\"tear gas\" OR police\nAND x\n\n";
    let next = "[[watch]]\nid = \"b\"\ntitle = \"B\"\nmatch = '''\nhuman AND \"rights\"\n'''\nrecipients = [\"c\"]\n";
    for mark in ["'''", "\"\"\""] {
        let watch = watch.replace("'''", mark);
        let help = "at the end of line 5";
        check_told(&watch, mark, "never closed", help);
        for next in [
            next.to_owned(),
            next.replace("'''", "\"\"\""),
            next.repeat(3),
        ] {
            check_told(&format!("{watch}{next}"), mark, "never closed", help);
            check_told(
                &format!("{watch}title = 'x'\n{next}"),
                mark,
                "never closed",
                help,
            );
        }
    }
}

#[test]
fn values_without_quotes_get_them() {
    check(
        "title = Police",
        "Police",
        "between quotes",
        "title = \"Police\"",
    );
    check(
        "title = Use of force # x",
        "Use of force",
        "between quotes",
        "title = \"Use of force\" # x",
    );
    check(
        "url = https://example.org/feed",
        "https://example.org/feed",
        "quotes",
        "url = \"https://example.org/feed\"",
    );
    check(
        "match = police AND \"tear gas\"",
        "police AND \"tear gas\"",
        "quotes",
        "match = 'police AND \"tear gas\"'",
    );
    check("every = 30m", "30m", "with a unit", "every = \"30m\"");
    check("languages = [en]", "en", "quotes", "languages = [\"en\"]");
    check(
        "languages = en, es",
        "en, es",
        "a list",
        "languages = [\"en\", \"es\"]",
    );
    check("alerts = True", "True", "`true`", "alerts = true");
    check("alerts = yes", "yes", "`true`", "alerts = true");
    check("alerts = off # x", "off", "`false`", "alerts = false # x");
    check("threshold = 1,5", "1,5", "whole", "threshold = 2");
    check(
        "threshold = 10,000",
        "10,000",
        "thousands",
        "threshold = 10000",
    );
    check("threshold = 05", "05", "no zero", "threshold = 5");
    check("title =", "title =", "no value", "title = \"…\"");
    check(
        "languages = # x",
        "languages =",
        "no value",
        "languages = [\"…\"] # x",
    );
}
