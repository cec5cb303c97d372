//! What is printed parses to the same tree.

use proptest::prelude::*;

use crate::core::watch::{Query, parse};

fn read(query: &str) -> Query {
    let (tree, problems) = parse(query);
    tree.unwrap_or_else(|| panic!("{query}: {problems:?}"))
}

/// `query` prints as `printed`, which is read as the same tree.
fn check(query: &str, printed: &str) {
    let tree = read(query);
    assert_eq!(tree.to_string(), printed);
    assert_eq!(read(printed), tree, "{printed}");
}

#[test]
fn canonical_text_is_plain() {
    check("  a   AND(b OR c)", "a AND (b OR c)");
    check("“gases lacrimógenos”", "\"gases lacrimógenos\"");
    check("\"protest*\"", "protest*");
    check(
        "co-op AND =ICE AND detain~ AND wom?n",
        "co-op AND =ICE AND detain~ AND wom?n",
    );
    check("=\"Human Rights\"", "=\"Human Rights\"");
    check("title:( a )", "title:a");
    check(
        "title:(a NEAR/3 b) AND NOT (c OR d)",
        "title:(a NEAR/3 b) AND NOT (c OR d)",
    );
    check(
        "title:a NEAR/3 (b OR \"c d\")",
        "title:a NEAR/3 (b OR \"c d\")",
    );
    check("a NOT NEAR/5 b", "a NOT NEAR/5 b");
    check("MIN/2(a, b AND c, title:d)", "MIN/2(a, b AND c, title:d)");
    check("ATLEAST/3((a OR b))", "ATLEAST/3(a OR b)");
    check("site:Example.ORG AND a", "site:example.org AND a");
    check("\"AND\" OR \"near\"", "\"AND\" OR \"near\"");
    check("（拷问 OR 酷刑）", "拷问 OR 酷刑");
}

fn term() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zñéß]{1,8}",
        "[а-яё]{3,8}",
        "[警察拷问]{1,4}",
        "\"[a-z]{1,6} [a-z'-]{1,6}[a-z]\"",
        "=[A-Z]{2,5}",
        "[a-z]{3,6}~",
        "[a-z]{3,6}\\*",
        "[a-z]{3}\\?[a-z]{1,3}",
        "\"[a-z]{2,6}~ [a-z]{3,6}\\* =[A-Z]{3}\"",
        "title:[a-z]{3,8}",
        "lead:[a-z]{3,8}",
        "site:[a-z]{3,8}\\.example",
    ]
}

fn operand() -> impl Strategy<Value = String> {
    let plain = "[a-z]{2,8}";
    prop_oneof![
        plain.prop_map(|word| word),
        (plain, plain).prop_map(|(a, b)| format!("({a} OR \"{b} {a}\")")),
        plain.prop_map(|word| format!("summary:{word}")),
        plain.prop_map(|word| format!("lead:{word}")),
    ]
}

/// Queries that are right, of any shape.
pub(super) fn query() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => term(),
        1 => (operand(), 1..50_u32, operand()).prop_map(|(a, n, b)| format!("{a} NEAR/{n} {b}")),
        1 => (operand(), 1..50_u32, operand()).prop_map(|(a, n, b)| format!("{a} PRE/{n} {b}")),
        1 => (operand(), 1..50_u32, operand()).prop_map(|(a, n, b)| format!("{a} NOT NEAR/{n} {b}")),
        1 => (1..9_u32, operand()).prop_map(|(n, a)| format!("ATLEAST/{n}({a})")),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let list = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            list.clone()
                .prop_map(|parts| format!("({})", parts.join(" AND "))),
            list.clone()
                .prop_map(|parts| format!("({})", parts.join(" OR "))),
            list.prop_map(|parts| format!("MIN/2({})", parts.join(", "))),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a} AND NOT ({b}))")),
        ]
    })
}

/// Anything that a hand or a cat could type.
pub(super) fn gibberish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        term(),
        query(),
        prop::sample::select(vec![
            "(",
            ")",
            "\"",
            "“",
            "AND",
            "OR",
            "NOT",
            "NEAR/3",
            "PRE/",
            "NEAR",
            "and",
            "or",
            ",",
            ":",
            "title:",
            "foo:",
            "site:",
            "=",
            "~",
            "*",
            "?",
            "-",
            "MIN/2(",
            "ATLEAST/3(",
            " ",
            "\n",
            "NEAR/999",
            "&",
            "!",
            "—",
            "\u{301}",
            "\u{200D}",
            "w/3",
            "not",
            "but",
            "-x",
            "–",
            "[",
            "]",
            "{",
            "}",
            "Y",
            "NO",
            "ＮＯＴ",
            "NEAR/3(",
            "NEAR /6",
            "NEAR/6x",
            "/s",
            "within 5 words of",
            "language:es",
            "language:",
            "title(",
            "title=",
            "title :x",
            "site:(",
            "1,000",
            "police^2",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        ".{0,6}",
    ];
    prop::collection::vec(piece, 0..12)
        .prop_flat_map(|pieces| (Just(pieces), prop::bool::ANY))
        .prop_map(|(pieces, spaced)| pieces.join(if spaced { " " } else { "" }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn printed_queries_parse_to_the_same_tree(text in query()) {
        let tree = read(&text);
        let printed = tree.to_string();
        let (again, problems) = parse(&printed);
        prop_assert_eq!(Some(&tree), again.as_ref(), "{} printed {}: {:?}", text, printed, problems);
        prop_assert_eq!(tree.to_string(), again.map(|q| q.to_string()).unwrap_or_default());
    }

    #[test]
    fn no_text_is_too_odd_to_parse(text in gibberish()) {
        let (tree, problems) = parse(&text);
        for problem in &problems {
            prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        }
        if let Some(tree) = tree {
            let printed = tree.to_string();
            let (again, left) = parse(&printed);
            prop_assert_eq!(Some(tree), again, "{} printed {}: {:?}", text, printed, left);
        } else {
            prop_assert!(!problems.is_empty());
        }
    }
}
