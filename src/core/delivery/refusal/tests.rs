//! Replies as they are met, and what follows from each.

mod providers;
mod servers;

use super::*;
use Refusal::{Busy, Configuration, Content, Either, Permanent, Temporary};
use Step::{Auth, Data, FinalDot, Greeting, MailFrom, RcptTo};

/// At a step, a code and its words, and what follows.
type Reply = (Step, u16, &'static str, Refusal);

#[test]
fn replies_of_real_servers_are_understood() {
    let wrong: Vec<String> = providers::REPLIES
        .iter()
        .chain(servers::REPLIES)
        .map(|(step, code, reply, expected)| {
            (step, code, reply, expected, classify(*step, *code, reply))
        })
        .filter(|(.., expected, found)| *expected != found)
        .map(|(step, code, reply, expected, found)| {
            format!("{step:?} {code} {reply}: {found:?}, not {expected:?}")
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_reply_before_the_message_gives_it_up_unless_it_names_the_recipient() {
    for code in (500..600).filter(|code| !matches!(code, 551 | 556)) {
        for step in [RcptTo, Data] {
            for reply in ["", "no", "5.7.1 no", "5.5.4 no", "5.99.99 no", "5.7.999 no"] {
                assert_ne!(
                    classify(step, code, reply),
                    Permanent,
                    "{step:?} {code} {reply}"
                );
            }
            let named = classify(step, code, "5.1.1 no");
            assert!(
                matches!(named, Permanent | Configuration),
                "{step:?} {code}"
            );
        }
    }
}

#[test]
fn a_sender_s_fault_rests_the_queue_at_every_step_and_a_temporary_code_never_gives_up() {
    let sender = [
        "5.1.7", "5.1.8", "5.4.5", "5.7.8", "5.7.9", "5.7.11", "5.7.20", "5.7.23", "5.7.26",
        "5.7.27", "5.7.57", "5.7.60", "5.7.64",
    ];
    for step in [Greeting, MailFrom, RcptTo, Data, FinalDot] {
        for status in sender {
            assert_eq!(
                classify(step, 550, status),
                Configuration,
                "{step:?} {status}"
            );
            assert_eq!(
                classify(step, 550, &format!("{status} отказано")),
                Configuration
            );
        }
        for code in 400..500 {
            assert!(matches!(
                classify(step, code, "5.1.1 user unknown"),
                Busy | Temporary
            ));
        }
    }
}

#[test]
fn marks_around_a_status_are_no_part_of_it() {
    for reply in [
        "5.1.1",
        "#5.1.1",
        "(5.1.1)",
        "<5.1.1>",
        "5.1.1:",
        "no (#5.1.1)",
        "x 5.1.1 y",
    ] {
        assert_eq!(enhanced_status(reply), Some((1, 1)), "{reply}");
    }
    for reply in [
        "5.1",
        "3.1.1",
        "5.1.1.1",
        "5.1.x",
        "5..1",
        "5.1.1234",
        "a b 5.1.1",
        "",
        "5.+1.1",
    ] {
        assert_eq!(enhanced_status(reply), None, "{reply}");
    }
}
