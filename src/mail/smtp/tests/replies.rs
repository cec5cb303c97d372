//! The code decides: replies in any encoding, without words, at the wrong time, and without an end.

use super::server::{Act, Manner, Server};
use super::{FROM, MESSAGE, Row, TO, check, row};
use crate::core::delivery::{Outcome, Step};
use crate::mail::smtp::{Smtp, SmtpOptions, Tls};
use futures_util::future::join_all;

#[tokio::test]
async fn what_is_said_in_another_encoding_counts_like_anything_else() {
    for (step, said) in [
        (Step::Greeting, &b"220 Willkommen, sch\xf6n\r\n"[..]),
        (Step::Auth, b"235 2.7.0 \x83\x8d\x83O\x83C\x83\x93\r\n"),
        (Step::MailFrom, b"250 2.1.0 Absender \xfcbernommen\r\n"),
        (Step::RcptTo, b"250-\xff\xfe\r\n250 2.1.5 \xce\xb1\xe1\r\n"),
        (Step::Data, b"354 Bitte \xfcbertragen\r\n"),
        (Step::FinalDot, b"250 2.0.0 Ende der \xdcbermittlung\r\n"),
        (Step::FinalDot, b"250 a\0b\x1b[31m\r\n"),
    ] {
        let server = Server::start(vec![Some((step, Act::Bytes(said)))]).await;
        let mut smtp = server.transport();
        for _ in 0..2 {
            let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
            // The server reads no message behind an answer to DATA that is not its usual one.
            if step == Step::Data {
                break;
            }
            assert_eq!(row(&attempt), Row::Sent, "{step:?} {attempt:?}");
            let said = format!("{:?}", attempt.dialogue);
            assert!(!said.contains(char::is_control), "{said}");
        }
    }
    join_all([
        check(
            Step::RcptTo,
            Act::Bytes(b"550 5.1.1 Empf\xe4nger unbekannt\r\n"),
            Row::Undeliverable,
        ),
        check(
            Step::RcptTo,
            Act::Bytes(b"450 4.2.0 sp\xe4ter\r\n"),
            Row::RetryRelayRests,
        ),
        check(
            Step::Auth,
            Act::Bytes(b"535 5.7.8 Kennwort ung\xfcltig\r\n"),
            Row::Paused,
        ),
        check(
            Step::FinalDot,
            Act::Bytes(b"554 5.6.0 \xbb\xea\xbd\xba\r\n"),
            Row::MadeAnew,
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_refused_login_tells_its_code_whatever_its_words_are() {
    let said = Act::Bytes(b"535 5.7.8 \xc0\xe2\xf2\xee\xf0\xe8\xe7\xe0\xf6\xe8\xff\r\n");
    let server = Server::start(vec![Some((Step::Auth, said))]).await;
    let attempt = server.transport().deliver(FROM, TO, MESSAGE).await;
    let Outcome::Refused { step, code, reply } = attempt.outcome else {
        panic!("{attempt:?}");
    };
    assert_eq!((step, code), (Step::Auth, 535));
    assert!(reply.starts_with("5.7.8 \u{fffd}"), "{reply}");
}

#[tokio::test]
async fn a_bare_code_is_an_answer_at_every_step() {
    for (step, said) in [
        (Step::Greeting, "220\r\n"),
        (Step::Greeting, "220\n"),
        (Step::Auth, "235\r\n"),
        (Step::MailFrom, "250\r\n"),
        (Step::RcptTo, "250 \r\n"),
        (Step::RcptTo, "251-\r\n251\r\n"),
        (Step::FinalDot, "250\r\n"),
        (Step::FinalDot, "250\n"),
        // A blank line says nothing.
        (Step::RcptTo, "\r\n250 ok\r\n\r\n"),
        (Step::FinalDot, "250 ok\r\n\r\n"),
        // RFC 5321 section 4.2: the first digit decides where a code is not known.
        (Step::FinalDot, "200\r\n"),
        (Step::FinalDot, "252 will try\r\n"),
    ] {
        let server = Server::start(vec![Some((step, Act::Say(said)))]).await;
        let mut smtp = server.transport();
        for _ in 0..2 {
            let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
            assert_eq!(row(&attempt), Row::Sent, "{step:?} {said:?} {attempt:?}");
        }
    }
    let taciturn = Manner {
        hello: "250\r\n",
        ..Manner::default()
    };
    let server = Server::start_as(vec![None], Tls::None, taciturn).await;
    let mut smtp = Smtp::new(SmtpOptions {
        tls: Tls::None,
        username: None,
        ..server.options()
    });
    let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
    assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
    join_all([
        check(Step::RcptTo, Act::Say("550\r\n"), Row::Refused),
        check(Step::RcptTo, Act::Say("451\n"), Row::RetryRelayRests),
        check(Step::Auth, Act::Say("535\r\n"), Row::Paused),
        check(Step::FinalDot, Act::Say("452\r\n"), Row::RetryRelayRests),
    ])
    .await;
}

#[tokio::test]
async fn of_two_codes_in_one_reply_the_last_one_counts() {
    join_all([
        check(Step::RcptTo, Act::Say("250-ok\r\n550 no\r\n"), Row::Refused),
        check(
            Step::FinalDot,
            Act::Say("250-ok\r\n451 no\r\n"),
            Row::RetryRelayRests,
        ),
    ])
    .await;
}

/// Taken for the answer to the message, it would lose the message.
#[tokio::test]
async fn an_answer_that_comes_before_its_question_delivers_nothing() {
    join_all([
        check(
            Step::Data,
            Act::Say("354 go on\r\n250 stolen\r\n"),
            Row::Retry,
        ),
        check(
            Step::RcptTo,
            Act::Say("250 ok\r\n354 go on\r\n250 stolen\r\n"),
            Row::Retry,
        ),
        check(Step::MailFrom, Act::Say("250 ok\r\n250 ok\r\n"), Row::Retry),
        check(
            Step::Greeting,
            Act::Say("220 hello\r\n250-x\r\n250 AUTH PLAIN\r\n"),
            Row::RetryRelayRests,
        ),
        // RFC 5321 section 3.8: this one may be said at any time.
        check(
            Step::MailFrom,
            Act::Say("250 ok\r\n421 4.3.2 going down\r\n"),
            Row::RetryRelayRests,
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_server_that_goes_after_its_word_has_given_it() {
    for said in ["250 2.0.0 ok\r\n", "250 2.0.0 ok", "250"] {
        let act = Act::SayAndHangUp(said);
        let server = Server::start(vec![Some((Step::FinalDot, act)), None]).await;
        let mut smtp = server.transport();
        for _ in 0..2 {
            let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
            assert_eq!(row(&attempt), Row::Sent, "{said:?} {attempt:?}");
        }
        assert_eq!(server.seen().connections, 2);
        // Nobody says anything to QUIT.
        smtp.close().await;
    }
    join_all([
        check(
            Step::FinalDot,
            Act::SayAndHangUp("250-2.0.0 ok\r\n"),
            Row::RetryInDoubt,
        ),
        check(Step::FinalDot, Act::SayAndHangUp("25"), Row::RetryInDoubt),
        check(
            Step::RcptTo,
            Act::SayAndHangUp("550 5.1.1 nobody"),
            Row::Undeliverable,
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_megabyte_behind_the_code_changes_nothing_of_the_code() {
    let long = |code: &str| -> Act {
        Act::Say(Box::leak(
            format!("{code} {}\r\n", "x".repeat(1 << 20)).into_boxed_str(),
        ))
    };
    let server = Server::start(vec![Some((Step::FinalDot, long("250"))), None]).await;
    let mut smtp = server.transport();
    for _ in 0..2 {
        let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
        assert_eq!(row(&attempt), Row::Sent);
        assert!(format!("{attempt:?}").len() < 4_000);
    }
    assert_eq!(server.seen().connections, 2);
    join_all([
        check(Step::RcptTo, long("550"), Row::Refused),
        // What is still on its way is no answer to the next command.
        check(Step::MailFrom, long("250"), Row::Retry),
    ])
    .await;
}

/// Which a message of more than one block shows: the dot was not sent yet.
#[tokio::test]
async fn a_message_that_is_refused_in_the_middle_is_refused_and_not_in_doubt() {
    let message = format!(
        "Subject: a\r\n\r\n{}",
        "0123456789abcdef\r\n".repeat(1 << 16)
    );
    for (said, expected) in [
        ("354 go on\r\n552 5.3.4 too big\r\n", Row::MadeAnew),
        ("354 go on\r\n451 later\r\n", Row::RetryRelayRests),
        ("354 go on\r\n250 thanks\r\n", Row::Retry),
    ] {
        let server = Server::start(vec![Some((Step::Data, Act::Say(said)))]).await;
        let attempt = server
            .transport()
            .deliver(FROM, TO, message.as_bytes())
            .await;
        assert_eq!(row(&attempt), expected, "{attempt:?}");
    }
    let server = Server::start(vec![None]).await;
    let attempt = server
        .transport()
        .deliver(FROM, TO, message.as_bytes())
        .await;
    assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
    assert_eq!(server.seen().accepted, [message]);
}
