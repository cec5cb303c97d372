//! Every address that the configuration takes can be composed to, from, and replied to.

use lettre::Address;
use proptest::prelude::*;

use super::sample::{at, coverage, recipient};
use crate::core::digest::{Kind, Reason, compose};
use crate::mail::{RenderOptions, parse_address, render, test_message};

/// What awkward addresses are made of.
fn address() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[a-zA-Z0-9]{1,6}",
        2 => prop::sample::select(vec![".", "-", "_", "+", "@"]).prop_map(str::to_owned),
        2 => "[!#$%&'*/=?^`{|}~]{1,3}",
        1 => prop::sample::select(vec![
            "\"", "\\", "<", ">", "(", ")", "[", "]", ",", ";", ":", " ", "\t", "\r\n", "\0", "=?utf-8?q?x?=",
            "[192.0.2.1]", "xn--bro-hoa", "xn--", "\u{fc}", "\u{915}\u{94d}", "\u{301}", "\u{202e}", "\u{200d}",
            "\u{3002}", "\u{ff20}", "localhost", "\u{6f22}\u{5b57}", "\u{661}", "1.2.3.4",
        ]).prop_map(str::to_owned),
        1 => "\\PC{1,3}",
    ];
    let part = prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat());
    (part.clone(), part).prop_map(|(local, domain)| format!("{local}@{domain}"))
}

#[track_caller]
fn check_composed(text: &str) {
    let parsed: Address = parse_address(text).unwrap();
    let (_, message) = test_message(text, text, at("2026-11-24T12:30:00Z")).unwrap();
    let to = |bytes: &[u8]| {
        let message = mail_parser::MessageParser::default()
            .parse(bytes)
            .expect("a message");
        let to = message
            .to()
            .and_then(|to| to.first())
            .and_then(|to| to.address());
        to.map(str::to_owned)
    };
    assert_eq!(to(&message).as_deref(), Some(parsed.as_ref()), "{text}");

    let mut reader = recipient();
    text.clone_into(&mut reader.address);
    let digest = compose(
        reader,
        Vec::new(),
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let mut options = RenderOptions::new(text);
    options.operator = Some(text.to_owned());
    let message = render(&digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap();
    assert_eq!(
        to(&message.bytes).as_deref(),
        Some(parsed.as_ref()),
        "{text}"
    );
    // Only what goes to a mailbox with other letters has other letters in its fields.
    assert_eq!(
        message.bytes.is_ascii(),
        parsed.to_string().is_ascii(),
        "{text}"
    );
}

#[test]
fn an_operator_s_other_letters_keep_nobody_else_s_mail_from_a_server() {
    let digest = compose(
        recipient(),
        Vec::new(),
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.operator = Some("redacci\u{f3}n@example.org".to_owned());
    let message = render(&digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap();
    assert!(message.bytes.is_ascii());
    let unsubscribe = b"<mailto:redacci%C3%B3n@example.org?subject=unsubscribe>";
    let offered = message.bytes.windows(unsubscribe.len());
    assert!(offered.into_iter().any(|bytes| bytes == unsubscribe));
    assert!(message.text.contains("redacci\u{f3}n@example.org"));
}

#[test]
fn what_stands_in_few_addresses_can_be_composed() {
    for text in [
        "desk@localhost",
        "newsvigil@localhost",
        "o'neil+{x}|y~`^?=#$%&*!/-_@example.org",
        "-f@example.org",
        "desk@b\u{fc}ro.example",
        "redacci\u{f3}n@example.org",
        "\u{6f22}\u{5b57}@\u{6f22}\u{5b57}.example",
        "desk@xn--bro-hoa.example",
        "a@1.example",
    ] {
        check_composed(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_address_that_is_taken_can_be_composed(text in address()) {
        match parse_address(&text) {
            Ok(_) => check_composed(&text),
            Err(error) => {
                if let Some(meant) = error.suggestion {
                    check_composed(&meant);
                }
            }
        }
    }
}
