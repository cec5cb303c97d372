//! Mistakes at `NEAR`, and how other databases say it.

use super::mistakes::check_mended;

#[test]
fn near_needs_a_number_in_range_and_two_operands() {
    check_mended("a NEAR b", "NEAR", "needs a number", "a NEAR/10 b");
    check_mended("a NEAR/ b", "NEAR/", "needs a number", "a NEAR/10 b");
    check_mended("a NEAR5 b", "NEAR5", "slash", "a NEAR/5 b");
    check_mended("a NEAR/0 b", "NEAR/0", "between 1 and 50", "a NEAR/1 b");
    check_mended("a PRE/99 b", "PRE/99", "between 1 and 50", "a PRE/50 b");
    check_mended(
        "a NEAR/99999999999999999999 b",
        "NEAR/99999999999999999999",
        "between",
        "a NEAR/50 b",
    );
    check_mended(
        "a NEAR/3 b NEAR/5 c",
        "a NEAR/3 b NEAR/5 c",
        "two things",
        "(a NEAR/3 b) AND (b NEAR/5 c)",
    );
    check_mended(
        "a NEAR/3 (b AND c)",
        "a NEAR/3 (b AND c)",
        "OR-groups",
        "(a NEAR/3 b) AND (a NEAR/3 c)",
    );
    check_mended(
        "(a NEAR/3 b) NEAR/5 c",
        "(a NEAR/3 b) NEAR/5 c",
        "OR-groups",
        "(a NEAR/3 b) AND (b NEAR/5 c)",
    );
    check_mended("a NEAR/3", "NEAR/3", "after it", "a ");
    check_mended("NEAR/3 a", "NEAR/3", "before it", " a");
}

#[test]
fn near_is_kept_by_what_is_suggested() {
    check_mended(
        "police NEAR/3 (shot AND NOT water)",
        "police NEAR/3 (shot AND NOT water)",
        "OR-groups",
        "(police NEAR/3 shot) AND NOT water",
    );
    check_mended(
        "police NEAR/5 (NOT academy)",
        "police NEAR/5 (NOT academy)",
        "OR-groups",
        "police NOT NEAR/5 academy",
    );
    check_mended(
        "police NEAR/5 NOT academy",
        "NEAR/5 NOT",
        "in front of",
        "police NOT NEAR/5 academy",
    );
    check_mended(
        "police NEAR/3 (shot OR (a AND b))",
        "police NEAR/3 (shot OR (a AND b))",
        "OR-groups",
        "((police NEAR/3 shot) OR ((police NEAR/3 a) AND (police NEAR/3 b)))",
    );
    check_mended(
        "x AND NOT police NEAR/3 (a AND b)",
        "police NEAR/3 (a AND b)",
        "OR-groups",
        "x AND NOT ((police NEAR/3 a) AND (police NEAR/3 b))",
    );
    check_mended(
        "police NEAR/3 MIN/2(a, b)",
        "police NEAR/3 MIN/2(a, b)",
        "OR-groups",
        "MIN/2(police NEAR/3 a, police NEAR/3 b)",
    );
    check_mended(
        "police NEAR/6protest",
        "NEAR/6",
        "blank",
        "police NEAR/6 protest",
    );
    check_mended(
        "police NEAR /6 protest",
        "NEAR /6",
        "NEAR/6",
        "police NEAR/6 protest",
    );
    check_mended(
        "police NEAR 6 protest",
        "NEAR 6",
        "NEAR/6",
        "police NEAR/6 protest",
    );
    check_mended(
        "NEAR/6(police, protest)",
        "NEAR/6(police, protest)",
        "between two",
        "police NEAR/6 protest",
    );
    check_mended(
        "x AND NEAR/6(police, protest, army)",
        "NEAR/6(police, protest, army)",
        "between two",
        "x AND ((police NEAR/6 protest) AND (protest NEAR/6 army))",
    );
}

#[test]
fn nearness_of_other_databases_is_told() {
    for (written, near) in [
        ("w/s", "NEAR/20"),
        ("w/p", "NEAR/50"),
        ("/s", "NEAR/20"),
        ("/p", "NEAR/50"),
        ("/6", "NEAR/6"),
        ("P/3", "PRE/3"),
        ("within 5 words of", "NEAR/5"),
        ("near/4", "NEAR/4"),
    ] {
        check_mended(
            &format!("police {written} protest"),
            written,
            near,
            &format!("police {near} protest"),
        );
    }
}
