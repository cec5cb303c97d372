//! What is accepted and hardly means what was written gets a warning, with what to write.

use proptest::prelude::*;

use super::foreign_syntax::check_ends;
use crate::core::watch::{LANGUAGE, Problem, Severity, parse};

/// `query` is sound and gets this one warning; pasting its suggestion makes `mended`, of which nothing is
/// told.
#[track_caller]
fn check(query: &str, reason: &str, mended: &str) {
    let (tree, problems) = parse(query);
    assert!(tree.is_some(), "{query}: {problems:?}");
    let [problem] = problems.as_slice() else {
        panic!("{query}: {problems:?}");
    };
    assert!(problem.message.contains(reason), "{query}: {problem:?}");
    assert_eq!(pasted(query, problem), mended, "{query}: {problem:?}");
    let left = parse(mended).1;
    assert_eq!(left, [], "{query} became {mended}");
}

fn pasted(query: &str, problem: &Problem) -> String {
    let mut text = query.to_owned();
    let help = problem.help.as_deref();
    let help = help.unwrap_or_else(|| panic!("{query}: {problem:?}"));
    text.replace_range(problem.span.clone(), help);
    text
}

/// `query` is sound and gets this warning, without a suggestion.
#[track_caller]
fn check_bare(query: &str, reason: &str) {
    let (tree, problems) = parse(query);
    assert!(tree.is_some(), "{query}: {problems:?}");
    let problem = problems.first().unwrap_or_else(|| panic!("{query}"));
    assert!(problem.message.contains(reason), "{query}: {problem:?}");
    assert_eq!(problem.help, None, "{query}: {problem:?}");
}

#[test]
fn two_forms_in_one_word_are_written_out() {
    check("detenido/a", "neither form", "(detenido OR detenida)");
    check(
        "juez AND detenidos/as",
        "neither form",
        "juez AND (detenidos OR detenidas)",
    );
    check("presos/presas", "side by side", "(presos OR presas)");
    check("Israel/Gaza", "write OR", "(Israel OR Gaza)");
    check(
        "\"l@s presos\"",
        "neither form",
        "(\"los presos\" OR \"las presos\")",
    );
    check_ends(
        "presos/presas políticos",
        "(\"presos políticos\" OR \"presas políticos\")",
    );
    check_ends(
        "x AND (detenid@s políticos)",
        "x AND ((\"detenidos políticos\" OR \"detenidas políticos\"))",
    );
    check_ends("police … protest", "(police PRE/10 protest)");
    check_ends(
        "police NEAR/5 détenu(e)s",
        "police NEAR/5 (détenus OR détenues)",
    );
    check_ends("title:detenido(a)", "title:(detenido OR detenida)");
    check_ends("étudiant(e)s AND x", "(étudiants OR étudiantes) AND x");
    check_ends("[jail prison]", "(\"jail prison\")");
    check(
        "title:defensor@s",
        "neither form",
        "title:(defensores OR defensoras)",
    );
    check("(tod@s OR x)", "neither form", "((todos OR todas) OR x)");
    check(
        "\"detenido/a arbitrariamente\"",
        "neither form",
        "(\"detenido arbitrariamente\" OR \"detenida arbitrariamente\")",
    );
    check(
        "police NEAR/5 Polizist/innen",
        "neither form",
        "police NEAR/5 (Polizist OR Polizistinnen)",
    );
    check(
        "=\"Detenido/a\"",
        "neither form",
        "(=\"Detenido\" OR =\"Detenida\")",
    );
    check("\"preso(s)\"", "neither form", "(preso OR presos)");
    check("détenu·e·s", "neither form", "(détenus OR détenues)");
    check(
        "MIN/2(detenidxs, b, c)",
        "neither form",
        "MIN/2((detenidos OR detenidas), b, c)",
    );
    check_ends("detenido(a)", "(detenido OR detenida)");
    check_ends(
        "police AND preso(s) AND x",
        "police AND (preso OR presos) AND x",
    );
}

#[test]
fn signs_between_words_are_no_operators() {
    check("(jail|sentence)", "write OR", "(jail OR sentence)");
    check(
        "police AND jail||sentence",
        "write OR",
        "police AND (jail OR sentence)",
    );
    check(
        "\"tear gas|rubber bullets\"",
        "write OR",
        "(\"tear gas\" OR \"rubber bullets\")",
    );
    check("\"jail,sentence\"", "write OR", "(jail OR sentence)");
    check("jail;sentence", "write OR", "(jail OR sentence)");
    check("\"police / army\"", "write OR", "(police OR army)");
    check("police&protest", "write AND", "(police AND protest)");
    check("police+protest", "write AND", "(police AND protest)");
    check_bare("x NEAR/5 police&protest", "write AND");
}

#[test]
fn an_ellipsis_stands_for_no_words() {
    check("\"police … protest\"", "PRE/10", "(police PRE/10 protest)");
    check("police...protest", "PRE/10", "(police PRE/10 protest)");
    check(
        "\"the police [...] a protest\"",
        "PRE/10",
        "(\"the police\" PRE/10 \"a protest\")",
    );
    check("detain…", "any ending", "detain*");
    check("\"was detained...\"", "any ending", "\"was detained\"");
    check_bare("x NEAR/3 \"police … protest\"", "PRE/10");
}

#[test]
fn signs_and_operators_inside_quotes_are_words() {
    check(
        "\"police -football\"",
        "excludes nothing",
        "(police AND NOT football)",
    );
    check("\"+police +protest\"", "`+`", "(police AND protest)");
    check(
        "\"tear gas -football\"",
        "excludes",
        "(\"tear gas\" AND NOT football)",
    );
    check(
        "\"police or army\"",
        "`or` inside quotes",
        "(police OR army)",
    );
    check(
        "x AND \"tear gas or rubber bullets\"",
        "`or`",
        "x AND (\"tear gas\" OR \"rubber bullets\")",
    );
    check(
        "\"police and army and navy\"",
        "`and`",
        "(police AND army AND navy)",
    );
    check("\"police and protest\"", "`and`", "(police AND protest)");
    check(
        "\"police and not football\"",
        "`and not`",
        "(police AND NOT football)",
    );
    check(
        "\"police not football\"",
        "`not`",
        "(police AND NOT football)",
    );
    check(
        "\"police near/5 protest\"",
        "`near/5`",
        "(police NEAR/5 protest)",
    );
    check("\"shot near 5 police\"", "`near 5`", "(shot NEAR/5 police)");
    check(
        "\"shot within 5 words of police\"",
        "within 5",
        "(shot NEAR/5 police)",
    );
    check(
        "\"police near protest\"",
        "`near`",
        "(police NEAR/10 protest)",
    );
    check_bare("\"-football\"", "excludes nothing");
}

#[test]
fn what_no_text_can_contain_is_told() {
    check("j\u{43E}urnalist", "two scripts: U+043E", "journalist");
    check(
        "\"free j\u{43E}urnalist\"",
        "of Latin",
        "\"free journalist\"",
    );
    check("пoлиция", "of Cyrillic", "полиция");
    check("αστυνoμία", "of Greek", "αστυνομία");
    check("=\"J\u{43E}urnalist\"", "Latin", "=\"Journalist\"");
    check("detenci\u{C3}\u{B3}n", "wrong encoding", "detención");
    check("&quot;tear&nbsp;gas&quot;", "web page", "\"tear gas\"");
    check("R&amp;D", "web page", "\"R&D\"");
    check("caf&eacute;", "web page", "café");
    check_bare("deten\u{FFFD}ion", "was lost");
    check_bare("🔥", "never matches");
    check_bare("\"... !\"", "never matches");
    check_bare(&"verylongword".repeat(20), "no word is as long");
    check_bare(
        &format!("{}*", "verylongword".repeat(20)),
        "no word is as long",
    );
    check("\"\\bpolice\\b\"", "backslash", "police");
}

#[test]
fn nearness_of_other_programs_is_told_with_its_number() {
    for (query, mended) in [
        ("police AROUND(5) protest", "police NEAR/5 protest"),
        ("police NEAR(5) protest", "police NEAR/5 protest"),
        ("police near(5) protest", "police NEAR/5 protest"),
        ("police AROUND 5 protest", "\"police AROUND 5 protest\""),
        ("police W/5 protest", "police NEAR/5 protest"),
        ("police /5 protest", "police NEAR/5 protest"),
        ("police ADJ5 protest", "police NEAR/5 protest"),
        ("police w/s protest", "police NEAR/20 protest"),
        ("police ONEAR/5 protest", "police NEAR/5 protest"),
        ("\"police protest\"~5", "(police NEAR/5 protest)"),
        (
            "x AND \"police shot protester\"~500",
            "x AND ((police NEAR/50 shot) AND (shot NEAR/50 protester))",
        ),
    ] {
        check_ends(query, mended);
    }
    check("polise~2", "misspellings", "polise~");
}

#[test]
fn words_below_each_other_may_be_any_of_them() {
    check_ends("police\narmy\nguard", "police OR army OR guard");
    check_ends(
        "human rights\n\"tear gas\"\ntorture\n",
        "\"human rights\" OR \"tear gas\" OR torture\n",
    );
    check_ends("x AND (police\n  army)", "x AND ((police OR army))");
    let (_, problems) = parse("police\narmy");
    assert!(
        problems[0].message.contains("`police OR army`"),
        "{problems:?}"
    );
    assert!(
        problems[0].message.contains("`police AND army`"),
        "{problems:?}"
    );
    check_ends("human\nrights AND x", "(human OR rights) AND x");
}

#[test]
fn a_quote_with_a_backslash_is_a_quote() {
    check_ends("\\\"tear gas\\\" OR x", "\"tear gas\" OR x");
}

#[test]
fn no_false_alarm() {
    for query in [
        "AC/DC",
        "km/h",
        "24/7",
        "and/or",
        "9/11",
        "HIV/AIDS",
        "a@example.org",
        "\"R&D\"",
        "\"AT&T\"",
        "COVID-19",
        "\"law and order\" OR x",
        "\"torture or ill-treatment\" OR x",
        "\"dead or alive\"",
        "\"did not kill\"",
        "\"does not exist\"",
        "\"Lima, Peru\"",
        "\"1,000\"",
        "\"Al-Qaeda\"",
        "co-op",
        "\"U.S. forces\"",
        "AI技術",
        "東京タワー",
        "Яndex",
        "\"police in the 9/11 trial\"",
        "U.S.",
        "\"no. 5\"",
        "e-mail",
        "ex-president",
        "\"was arrested and charged\" OR x",
        "O'Brien",
        "l'Oréal",
        "\"minus -5 degrees\"",
        "#BringBackOurGirls",
        "site:example.org/x OR a",
        "größer",
        "naïve",
        "Ångström",
        "\"a – b\"",
        "Düsseldorf",
        "Übergriffe",
        "“tear gas”",
    ] {
        let warned = parse(query).1;
        let warned: Vec<_> = warned
            .iter()
            .filter(|p| p.severity == Severity::Warning)
            .collect();
        assert!(warned.is_empty(), "{query}: {warned:?}");
    }
    assert!(LANGUAGE.len() > 1_000);
}

proptest! {
    /// Whatever is put together, a suggestion is sound, and what it mends is not told again.
    #[test]
    fn a_suggestion_is_sound_and_gets_no_such_warning(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "detenido/a", "tod@s", "jail|sentence", "police", "…", "...", "-other", "+word", "or", "and",
                "not", "near", "&amp;", "j\u{43E}urnalist", "&", "a,b", "km/h", "preso(s)", "\\", "detenidxs",
                "🔥", "protest*", "Ã³", "5", ";", "%", "\u{200B}", "détenu·e·s", "=", "NEAR/5", "?", "~2",
            ]),
            1..5,
        ),
        glue in prop::sample::select(vec![" ", "", "/"]),
        frame in prop::sample::select(vec!["\"T\"", "T", "x AND \"T\"", "title:\"T\"", "a NEAR/3 \"T\"", "=\"T\"", "(T)"]),
    ) {
        let query = frame.replace('T', &parts.join(glue));
        let (tree, problems) = parse(&query);
        prop_assume!(tree.is_some());
        for problem in problems.iter().filter(|problem| problem.help.is_some()) {
            let mended = pasted(&query, problem);
            let (tree, left) = parse(&mended);
            prop_assert!(tree.is_some(), "{} became {}: {:?}", query, mended, left);
            let same = left.iter().any(|p| p.message == problem.message && p.span.start == problem.span.start);
            prop_assert!(!same, "{} became {}: {:?}", query, mended, left);
        }
    }
}
