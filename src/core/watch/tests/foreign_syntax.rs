//! Mistakes that come from other search programs, other languages and pasted text.

use super::mistakes::{check, check_mended};
use crate::core::watch::{Severity, parse};

/// Pasting the first suggestion again and again turns `query` into `mended`, which is sound.
pub(super) fn check_ends(query: &str, mended: &str) {
    let mut text = query.to_owned();
    for _ in 0..20 {
        let (tree, problems) = parse(&text);
        let Some(problem) = problems.iter().find(|p| p.severity == Severity::Error) else {
            assert!(tree.is_some(), "{text}");
            assert_eq!(text, mended, "{query}");
            return;
        };
        let help = problem.help.as_deref();
        let help = help.unwrap_or_else(|| panic!("{query}: {problem:?}"));
        text.replace_range(problem.span.clone(), help);
    }
    panic!("{query} became {text}");
}

#[test]
fn a_small_not_after_an_operator_or_first_is_an_operator() {
    check_mended(
        "police and not football",
        "and not",
        "capitals",
        "police AND NOT football",
    );
    check_mended(
        "police AND not football",
        "not",
        "capitals",
        "police AND NOT football",
    );
    check_mended(
        "police And Not football",
        "And Not",
        "capitals",
        "police AND NOT football",
    );
    check_mended(
        "police BUT NOT football",
        "BUT NOT",
        "capitals",
        "police AND NOT football",
    );
    check_mended(
        "police but not football",
        "but not",
        "capitals",
        "police AND NOT football",
    );
    check("Not football", "Not", "capitals", Some("NOT"));
    check_ends("Not football", "\"what to find\" AND NOT football");
    check_ends(
        "police or not football",
        "police OR (\"what to find\" AND NOT football)",
    );
    check_mended("police Or army", "Or", "capitals", "police OR army");
    check_ends("police not near/5 academy", "police NOT NEAR/5 academy");
}

#[test]
fn a_sign_in_front_of_a_word_excludes_it() {
    check_mended(
        "police !football",
        "!football",
        "AND NOT",
        "police AND NOT football",
    );
    check_mended(
        "police AND -football",
        "-football",
        "AND NOT",
        "police AND NOT football",
    );
    check_mended(
        "police AND NOT -football",
        "-football",
        "AND NOT",
        "police AND NOT football",
    );
    for dash in ['\u{2013}', '\u{2014}', '\u{2212}'] {
        check_mended(
            &format!("police {dash}football"),
            &format!("{dash}football"),
            "AND NOT",
            "police AND NOT football",
        );
    }
    check_ends(
        "human rights -football",
        "\"human rights\" AND NOT football",
    );
    check_ends("police -\"tear gas\"", "police AND NOT \"tear gas\"");
    check_ends("police AND -\"tear gas\"", "police AND NOT \"tear gas\"");
    check_ends(
        "police AND title:-football",
        "police AND NOT title:football",
    );
    check_mended("police +protest", "+protest", "AND", "police AND protest");
}

#[test]
fn a_quote_missing_in_the_middle_is_found_before_the_operator() {
    check_mended(
        "\"tear gas\" OR \"rubber bullets OR \"water cannon\"",
        "\"rubber bullets",
        "never closed",
        "\"tear gas\" OR \"rubber bullets\" OR \"water cannon\"",
    );
    check_ends(
        "police OR tear gas\" OR \"rubber bullets\"",
        "police OR \"tear gas\" OR \"rubber bullets\"",
    );
    check(
        "\"police AND protest\"",
        "\"police AND protest\"",
        "`AND` inside quotes is a word: is a quote missing?",
        None,
    );
    check(
        "\"police NEAR/5 protest\"",
        "\"police NEAR/5 protest\"",
        "`NEAR/5` inside quotes",
        None,
    );
}

#[test]
fn commas_outside_a_list_are_told_with_the_blanks_they_need() {
    check_ends("police,army,guard", "police OR army OR guard");
    check_ends("警察，军队", "警察 OR 军队");
    check_ends("شرطة، جيش", "شرطة OR جيش");
    check_ends("(police ,army)", "(police OR army)");
    check_ends("[jail, prison time]", "(jail OR \"prison time\")");
    check_ends("x AND jail,\"tear gas\"", "x AND (jail OR \"tear gas\")");
    check_mended(
        "jail,sentence",
        "jail,sentence",
        "comma",
        "jail OR sentence",
    );
    check_ends("title:jail, prison", "title:jail OR prison");
    check_ends(
        "\"tear gas\", jail, prison AND x",
        "(\"tear gas\" OR jail OR prison) AND x",
    );
    for query in ["jail,", ",jail", "jail,,", "(jail,)"] {
        check_ends(query, &query.replace(',', ""));
    }
    check_ends("jail AND/OR prison", "jail OR prison");
    check_mended(
        "\"dead\" AND 1,000",
        "1,000",
        "number",
        "\"dead\" AND \"1,000\"",
    );
    check_mended("1,000,000", "1,000,000", "number", "\"1,000,000\"");
}

#[test]
fn operators_of_other_languages_are_told_in_english() {
    for (query, mended) in [
        ("policía Y protesta", "policía AND protesta"),
        ("policía E información", "policía AND información"),
        ("policía O protesta", "policía OR protesta"),
        ("policía NO fútbol", "policía AND NOT fútbol"),
        ("policía Y NO fútbol", "policía AND NOT fútbol"),
        ("police ET manifestation", "police AND manifestation"),
        ("police OU manifestation", "police OR manifestation"),
        ("police NON football", "police AND NOT football"),
        ("police SAUF football", "police AND NOT football"),
        ("polícia NÃO futebol", "polícia AND NOT futebol"),
        ("Polizei UND Protest", "Polizei AND Protest"),
        ("Polizei ODER Protest", "Polizei OR Protest"),
        ("Polizei NICHT Fußball", "Polizei AND NOT Fußball"),
        ("полиция И протест", "полиция AND протест"),
        ("полиция ИЛИ протест", "полиция OR протест"),
        ("полиция И НЕ футбол", "полиция AND NOT футбол"),
        ("شرطة و احتجاج", "شرطة AND احتجاج"),
        ("شرطة أو احتجاج", "شرطة OR احتجاج"),
        ("شرطة ليس احتجاج", "شرطة AND NOT احتجاج"),
        ("警察 和 抗议", "警察 AND 抗议"),
        ("警察 或 抗议", "警察 OR 抗议"),
        ("警察 非 足球", "警察 AND NOT 足球"),
        ("警察 ＡＮＤ 抗议", "警察 AND 抗议"),
        ("警察 ＯＲ 抗议", "警察 OR 抗议"),
        ("警察 ＮＯＴ 足球", "警察 AND NOT 足球"),
    ] {
        check_ends(query, mended);
    }
    check(
        "Polizei UND Protest",
        "UND",
        "the English AND, OR and NOT",
        Some("AND"),
    );
    check_ends("vitamin E", "\"vitamin E\"");
    check_ends("policía y protesta", "\"policía y protesta\"");
}

#[test]
fn fields_are_told_however_they_are_mistyped() {
    check_mended(
        "police AND language:es",
        "AND language:es",
        "beside `match`",
        "police ",
    );
    check_mended(
        "police AND NOT feed:\"a b\" AND army",
        "AND NOT feed:\"a b\"",
        "beside `match`",
        "police  AND army",
    );
    check_mended("title :police", "title :", "colon", "title:police");
    check_mended("title(police)", "title", "colon", "title:(police)");
    check_mended("title=police", "title=", "colon", "title:police");
    check_mended(
        "title=\"tear gas\"",
        "title=",
        "colon",
        "title:\"tear gas\"",
    );
    for name in ["заголовок", "عنوان", "titre", "título"] {
        check_ends(&format!("{name}:police"), "title:police");
    }
    check_ends("标题：警察", "title:警察");
    check_mended(
        "title:(site:example.org)",
        "title:(site:example.org)",
        "inside",
        "site:example.org",
    );
    check_mended(
        "title:(a AND NOT (b OR text:c NEAR/3 d))",
        "title:(a AND NOT (b OR text:c NEAR/3 d))",
        "inside",
        "(title:a AND NOT (title:b OR (text:c NEAR/3 title:d)))",
    );
}

#[test]
fn groups_are_told_however_they_are_mistyped() {
    check_mended(
        "[police OR army] AND protest",
        "[police OR army]",
        "round",
        "(police OR army) AND protest",
    );
    check_ends(
        "{police OR army} AND protest",
        "(police OR army) AND protest",
    );
    check_ends("police] AND army", "police AND army");
    check_mended(
        "MIN/2(police OR army)",
        "MIN/2(police OR army)",
        "commas",
        "MIN/2(police, army)",
    );
    check_mended(
        "site:(example.org OR example.com)",
        "site:(example.org OR example.com)",
        "one domain",
        "(site:example.org OR site:example.com)",
    );
}

#[test]
fn signs_without_a_meaning_get_a_warning() {
    for (query, reason, help) in [
        ("deten$", "`deten*`", Some("deten*")),
        ("detain+", "`detain*`", Some("detain*")),
        ("detain#", "`detain*`", Some("detain*")),
        ("detain%", "`detain*`", Some("detain*")),
        ("police^2", "`score`", Some("police")),
        ("ICE=", "`=ICE`", Some("=ICE")),
        ("酷刑~", "leave it out", Some("酷刑")),
        ("police AND \"what to find\"", "placeholder", None),
    ] {
        let place = query.trim_start_matches("police AND ");
        check(query, place, reason, help);
    }
    for query in [
        "C#",
        "\"deten$\"",
        "detain~",
        "US$",
        "LGBTQI+",
        "Canal+",
        "24/7",
        "km/h",
        "AC/DC",
        "and/or",
        "C++",
        "COVID-19",
        "Tシャツ",
        "HIV/AIDS",
        "A/HRC/52/1",
    ] {
        assert_eq!(parse(query).1, [], "{query}");
    }
}

#[test]
fn what_nobody_sees_changes_no_query() {
    let read = |query: &str, unseen: &str| {
        let (tree, problems) = parse(query);
        assert_eq!(problems, [], "{query:?}");
        tree.expect("a query").to_string().replace(unseen, "")
    };
    for seen in [
        "detained",
        "detain*",
        "\"was detained by\"",
        "was AND (title:detained OR army*)",
        "police NEAR/5 (shot OR =ICE)",
        "ATLEAST/2(detain~) AND NOT site:example.org",
    ] {
        for unseen in [
            "\u{200B}",
            "\u{AD}",
            "\u{FEFF}",
            "\u{200E}\u{2066}",
            "\u{E0041}",
        ] {
            for query in [
                format!("{unseen}{seen}{unseen}"),
                seen.replace(' ', &format!("{unseen} {unseen}")),
                seen.replace(':', &format!("{unseen}:{unseen}")),
                seen.replace('(', &format!("{unseen}({unseen}")),
                seen.replace("ta", &format!("t{unseen}a")),
            ] {
                if !query.contains("t\u{200B}a") {
                    assert_eq!(read(&query, unseen), read(seen, unseen), "{query:?}");
                }
            }
        }
    }
    for (query, help) in [
        ("de\u{200B}tained", "\"de tained\""),
        ("riot\u{200B}police", "\"riot police\""),
        (
            "\"the riot\u{200B}\u{AD}police\"",
            "\"the riot \u{AD}police\"",
        ),
        ("riot\u{3164}police*", "\"riot police*\""),
    ] {
        check(query, query, "write a blank", Some(help));
    }
    for query in [
        "ri\u{AD}ot",
        "می\u{200C}روم",
        "ចាប់\u{200B}ខ្លួន",
        "\"riot \u{200B}police\"",
    ] {
        assert_eq!(parse(query).1, [], "{query:?}");
    }
}

#[test]
fn what_never_matches_or_adds_nothing_gets_a_warning() {
    check(
        "(a OR b) AND NOT (a OR b)",
        "(a OR b)",
        "never matches",
        None,
    );
    check("a NEAR/5 b AND NOT a", "a NEAR/5 b", "never matches", None);
    check(
        "police OR (police AND protest)",
        "(police AND protest)",
        "adds nothing",
        None,
    );
    check(
        "\"human rights\" OR \"human rights law\"",
        "\"human rights law\"",
        "adds nothing",
        None,
    );
    for query in [
        "(a OR b) AND NOT a",
        "police OR (army AND protest)",
        "a OR b NEAR/3 (c OR d)",
        "a NEAR/3 (\"human rights\" OR \"human rights law\")",
        "\"human rights law\" OR \"rights of law\"",
    ] {
        assert_eq!(parse(query).1, [], "{query}");
    }
}
