use super::*;

#[track_caller]
fn check_refused(text: &str, reason: &str, suggestion: Option<&str>) {
    let error = parse_address(text).expect_err(text);
    assert!(error.to_string().contains(reason), "{text}: {error}");
    assert_eq!(error.suggestion.as_deref(), suggestion, "{text}");
}

#[test]
fn what_no_mail_can_be_made_for_is_refused_with_a_reason() {
    check_refused("", "nothing in it", None);
    check_refused("desk", "no @", None);
    check_refused("@", "before the @", None);
    check_refused("desk@", "no domain", None);
    check_refused("@example.org", "before the @", None);
    check_refused("desk@[192.0.2.1]", "machine's number", None);
    check_refused("desk@[IPv6:2001:db8::1]", "machine's number", None);
    check_refused("desk@192.0.2.1", "machine's number", None);
    check_refused("desk@2001:db8::1", "machine's number", None);
    check_refused("desk@1234", "machine's number", None);
    check_refused("\"a b\"@example.org", "in quotes", None);
    check_refused("\"desk\"@example.org", "in quotes", None);
    check_refused("a@b@example.org", "more than one @", None);
    check_refused("a b@example.org", "` ` cannot", Some("ab@example.org"));
    check_refused(
        " desk@example.org",
        "blanks around",
        Some("desk@example.org"),
    );
    check_refused(
        "desk@example.org.",
        "dot at the end",
        Some("desk@example.org"),
    );
    check_refused(
        "desk@example.org\n",
        "blanks around",
        Some("desk@example.org"),
    );
    check_refused("desk\u{0}@example.org", "U+0000", Some("desk@example.org"));
    check_refused(
        "Desk <desk@example.org>",
        "angle brackets",
        Some("desk@example.org"),
    );
    check_refused(
        "<desk@example.org>",
        "angle brackets",
        Some("desk@example.org"),
    );
    check_refused(
        "mailto:desk@example.org?subject=x",
        "cannot stand",
        Some("desk@example.org"),
    );
    check_refused("desk(x)@example.org", "comment", None);
    check_refused(
        "desk@example.org (desk)",
        "blank in the domain",
        Some("desk@example.org"),
    );
    check_refused("desk\u{ff20}example.org", "no @", Some("desk@example.org"));
    check_refused("de..sk@example.org", "beside another dot", None);
    check_refused("desk.@example.org", "beside another dot", None);
    check_refused("desk@exa%6dple.org", "cannot stand in a domain", None);
    check_refused("desk@exa_mple.org", "cannot stand in a domain", None);
    check_refused("desk@example..org", "", None);
    check_refused("desk@-example.org", "hyphen", None);
    check_refused("a@example.org,b@example.org", "more than one @", None);
    for invisible in ['\u{200b}', '\u{202e}', '\u{ad}', '\u{2060}'] {
        check_refused(
            &format!("de{invisible}sk@example.org"),
            "an invisible character before the @",
            Some("desk@example.org"),
        );
    }
    check_refused(
        "\u{feff}desk@example.org",
        "U+FEFF",
        Some("desk@example.org"),
    );
    // As some file managers and address books copy it.
    check_refused(
        "\u{202a}desk@example.org\u{202c}",
        "U+202A",
        Some("desk@example.org"),
    );
    check_refused(
        "desk@example.org\u{202c}",
        "no name of the DNS",
        Some("desk@example.org"),
    );
    check_refused(
        &format!("{}@example.org", "a".repeat(65)),
        "64 octets",
        None,
    );
    check_refused(&format!("a@{}.org", "a".repeat(64)), "too long", None);
    let long = format!("a@{}org", "abcdefghi.".repeat(26));
    check_refused(&long, "", None);
}

#[test]
fn domains_are_taken_as_their_a_labels() {
    let address = parse_address("redacci\u{f3}n@peri\u{f3}dico.example").unwrap();
    assert_eq!(address.domain(), "xn--peridico-y3a.example");
    assert!(needs_smtputf8(&address));
    let address = parse_address("desk+news@B\u{fc}ro.example").unwrap();
    assert_eq!(address.to_string(), "desk+news@xn--bro-hoa.example");
    assert!(!needs_smtputf8(&address));
    for local in [
        "newsvigil@localhost",
        "o'neil/x=y@Example.ORG",
        "a@xn--bro-hoa.example",
    ] {
        assert_eq!(parse_address(local).unwrap().to_string(), local);
    }
}
