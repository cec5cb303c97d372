//! Every reply at every step, against a scripted server, with the state its row ends in.

mod doors;
mod logins;
mod replies;
mod server;

use std::pin::Pin;

use futures_util::future::join_all;
use jiff::Timestamp;

use self::server::{Act, Server};
use super::Smtp;
use super::options::{SmtpOptions, SmtpTimeouts, Tls};
use crate::{
    core::delivery::{Attempt, Next, Outcome, Step, settle},
    mail::Transport,
};

const FROM: &str = "newsvigil@example.org";
const TO: &str = "desk@example.org";
const MESSAGE: &[u8] = b"Subject: A test\r\n\r\nOne line.\r\n.A line with a dot.\r\n";

/// The state of the row after one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    Sent,
    /// Tried again; the relay is left alone meanwhile or not.
    Retry,
    RetryRelayRests,
    /// Tried again, and counted as a possible duplicate.
    RetryInDoubt,
    Paused,
    /// Refused for what it says.
    MadeAnew,
    /// Refused for its sender or its recipient.
    Refused,
    Undeliverable,
}

fn row(attempt: &Attempt) -> Row {
    let now = Timestamp::UNIX_EPOCH;
    match settle(1, now, &attempt.outcome, now, 0.5) {
        Next::Sent { .. } => Row::Sent,
        Next::RetryAt { .. } if attempt.outcome.is_in_doubt() => Row::RetryInDoubt,
        Next::RetryAt {
            relay_rests_until: Some(_),
            ..
        } => Row::RetryRelayRests,
        Next::RetryAt { .. } => Row::Retry,
        Next::PauseQueue { .. } => Row::Paused,
        Next::Recompose { .. } => Row::MadeAnew,
        Next::Refused { .. } => Row::Refused,
        Next::Undeliverable { .. } => Row::Undeliverable,
    }
}

/// The server deviates at `step` by `act`; the row ends as `expected`, and the next message, to a
/// server that has come to its senses, is delivered and is the only one.
///
/// Boxed, because a dozen of these side by side outgrow a test's stack.
fn check(step: Step, act: Act, expected: Row) -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move {
        let server = Server::start(vec![Some((step, act)), None]).await;
        let hasty = matches!(act, Act::Hang | Act::Late);
        let mut smtp = if hasty {
            server.hasty_transport()
        } else {
            server.transport()
        };
        let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
        let case = format!("{step:?} {act:?}: {attempt:?}");
        assert_eq!(row(&attempt), expected, "{case}");
        assert_eq!(server.seen().accepted.len(), 0, "{case}");
        // A connection that survived the refusal still follows its script.
        smtp.close().await;
        smtp.options.timeouts = SmtpTimeouts::default();
        assert_eq!(
            row(&smtp.deliver(FROM, TO, MESSAGE).await),
            Row::Sent,
            "{case}"
        );
        assert_eq!(server.seen().accepted.len(), 1, "{case}");
    })
}

#[tokio::test]
async fn temporary_refusals_are_tried_again() {
    join_all([
        check(
            Step::Greeting,
            Act::Say("421 closing\r\n"),
            Row::RetryRelayRests,
        ),
        check(
            Step::Greeting,
            Act::Say("450 later\r\n"),
            Row::RetryRelayRests,
        ),
        check(Step::Hello, Act::Say("451 later\r\n"), Row::RetryRelayRests),
        check(
            Step::StartTls,
            Act::Say("454 TLS not available\r\n"),
            Row::Retry,
        ),
        check(Step::Auth, Act::Say("454 4.7.0 later\r\n"), Row::Retry),
        check(
            Step::MailFrom,
            Act::Say("451 4.3.0 later\r\n"),
            Row::RetryRelayRests,
        ),
        check(
            Step::MailFrom,
            Act::Say("452-4.3.1 disk\r\n452 4.3.1 full\r\n"),
            Row::RetryRelayRests,
        ),
        check(
            Step::RcptTo,
            Act::Say("450 4.2.0 greylisted\r\n"),
            Row::RetryRelayRests,
        ),
        check(Step::RcptTo, Act::Say("455 later\r\n"), Row::Retry),
        check(Step::RcptTo, Act::Say("552 mailbox full\r\n"), Row::Retry),
        check(
            Step::RcptTo,
            Act::Say("421 closing\r\n"),
            Row::RetryRelayRests,
        ),
        check(Step::Data, Act::Say("451 later\r\n"), Row::RetryRelayRests),
        check(
            Step::FinalDot,
            Act::Say("452 4.3.1 disk full\r\n"),
            Row::RetryRelayRests,
        ),
        check(
            Step::FinalDot,
            Act::Say("421 closing\r\n"),
            Row::RetryRelayRests,
        ),
    ])
    .await;
}

#[tokio::test]
async fn permanent_refusals_end_the_row_or_pause_the_queue() {
    join_all([
        check(
            Step::Greeting,
            Act::Say("554 no service for you\r\n"),
            Row::Paused,
        ),
        check(Step::Hello, Act::Say("502 no EHLO\r\n"), Row::Paused),
        check(Step::StartTls, Act::Say("501 no\r\n"), Row::Paused),
        check(
            Step::Auth,
            Act::Say("535 5.7.8 wrong password\r\n"),
            Row::Paused,
        ),
        check(Step::Auth, Act::Say("504 mechanism\r\n"), Row::Paused),
        check(Step::MailFrom, Act::Say("530 login first\r\n"), Row::Paused),
        check(
            Step::MailFrom,
            Act::Say("553 not your address\r\n"),
            Row::Paused,
        ),
        check(
            Step::RcptTo,
            Act::Say("550 5.1.1 no such user\r\n"),
            Row::Undeliverable,
        ),
        check(
            Step::RcptTo,
            Act::Say("554 5.7.1 <x>: Relay access denied\r\n"),
            Row::Paused,
        ),
        check(
            Step::RcptTo,
            Act::Say("530 5.7.0 login first\r\n"),
            Row::Paused,
        ),
        check(Step::Data, Act::Say("554 no\r\n"), Row::Refused),
        check(
            Step::FinalDot,
            Act::Say("554 5.6.0 looks like spam\r\n"),
            Row::MadeAnew,
        ),
        check(
            Step::FinalDot,
            Act::Say("552 5.3.4 too big\r\n"),
            Row::MadeAnew,
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_lost_connection_is_tried_again_and_doubted_only_after_the_message() {
    join_all([
        check(Step::Greeting, Act::HangUp, Row::RetryRelayRests),
        check(Step::Hello, Act::HangUp, Row::RetryRelayRests),
        check(Step::StartTls, Act::HangUp, Row::RetryRelayRests),
        check(Step::Auth, Act::HangUp, Row::RetryRelayRests),
        check(Step::MailFrom, Act::HangUp, Row::Retry),
        check(Step::RcptTo, Act::HangUp, Row::Retry),
        check(Step::Data, Act::HangUp, Row::Retry),
        check(Step::FinalDot, Act::HangUp, Row::RetryInDoubt),
    ])
    .await;
}

#[tokio::test]
async fn silence_is_not_awaited_for_ever() {
    let hang = |act| {
        [
            check(Step::Greeting, act, Row::RetryRelayRests),
            check(Step::Hello, act, Row::RetryRelayRests),
            check(Step::StartTls, act, Row::RetryRelayRests),
            check(Step::Auth, act, Row::RetryRelayRests),
            check(Step::MailFrom, act, Row::Retry),
            check(Step::RcptTo, act, Row::Retry),
            check(Step::Data, act, Row::Retry),
            check(Step::FinalDot, act, Row::RetryInDoubt),
        ]
    };
    join_all(hang(Act::Hang).into_iter().chain(hang(Act::Late))).await;
}

#[tokio::test]
async fn nonsense_is_never_taken_for_an_answer() {
    const NONSENSE: Act = Act::Say("what?\r\n");
    join_all([
        check(Step::Greeting, NONSENSE, Row::RetryRelayRests),
        check(Step::Hello, NONSENSE, Row::RetryRelayRests),
        check(Step::StartTls, NONSENSE, Row::RetryRelayRests),
        check(Step::Auth, NONSENSE, Row::RetryRelayRests),
        check(Step::MailFrom, NONSENSE, Row::Retry),
        check(Step::RcptTo, NONSENSE, Row::Retry),
        check(Step::Data, NONSENSE, Row::Retry),
        check(Step::FinalDot, NONSENSE, Row::RetryInDoubt),
        // Positive, and wrong at this place.
        check(Step::Auth, Act::Say("250 ok\r\n"), Row::RetryRelayRests),
        check(Step::MailFrom, Act::Say("354 go on\r\n"), Row::Retry),
        check(Step::RcptTo, Act::Say("354 go on\r\n"), Row::Retry),
        check(Step::Data, Act::Say("250 ok\r\n"), Row::Retry),
        check(Step::FinalDot, Act::Say("354 go on\r\n"), Row::RetryInDoubt),
    ])
    .await;
}

#[tokio::test]
async fn a_well_behaved_server_gets_the_message_once_and_unchanged() {
    for tls in [Tls::Starttls, Tls::Implicit, Tls::None] {
        let server = Server::start_with(vec![None], tls).await;
        let mut smtp = Smtp::new(SmtpOptions {
            tls,
            ..server.options()
        });
        let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
        assert_eq!(
            attempt.outcome,
            Outcome::Delivered {
                reply: "250 2.0.0 queued as 42".to_owned()
            },
            "{tls:?}"
        );
        smtp.close().await;
        let seen = server.seen();
        assert_eq!(seen.accepted, [String::from_utf8_lossy(MESSAGE)], "{tls:?}");
        let steps: Vec<Step> = attempt.dialogue.iter().map(|(step, _)| *step).collect();
        assert!(
            steps.ends_with(&[
                Step::Auth,
                Step::MailFrom,
                Step::RcptTo,
                Step::Data,
                Step::FinalDot
            ]),
            "{steps:?}"
        );
        assert_eq!(seen.commands.last().map(String::as_str), Some("QUIT"));
    }
}

#[tokio::test]
async fn a_delivery_may_run_in_a_task_of_its_own() {
    let server = Server::start(vec![None]).await;
    let mut transport = Transport::Smtp(Box::new(server.transport()));
    let delivery = tokio::spawn(async move {
        let attempt = transport
            .deliver(FROM, TO, MESSAGE, "<1@example.org>")
            .await;
        transport.close().await;
        attempt
    });
    assert_eq!(row(&delivery.await.unwrap()), Row::Sent);
}

#[tokio::test]
async fn one_connection_carries_many_messages_each_with_one_recipient() {
    let server = Server::start(vec![None]).await;
    let mut smtp = server.transport();
    for index in 0..5 {
        let to = format!("reader-{index}@example.org");
        assert_eq!(row(&smtp.deliver(FROM, &to, MESSAGE).await), Row::Sent);
    }
    let seen = server.seen();
    assert_eq!((seen.connections, seen.accepted.len()), (1, 5));
    let count = |verb: &str| {
        seen.commands
            .iter()
            .filter(|line| line.starts_with(verb))
            .count()
    };
    assert_eq!((count("MAIL"), count("RCPT"), count("DATA")), (5, 5, 5));
}

#[tokio::test]
async fn a_connection_that_went_away_while_resting_is_replaced_without_an_attempt_lost() {
    let server = Server::start(vec![None, None]).await;
    let mut smtp = server.transport();
    assert_eq!(row(&smtp.deliver(FROM, TO, MESSAGE).await), Row::Sent);
    if let Some(idle) = &mut smtp.idle {
        // As a server does that tires of waiting.
        let _ = idle.wire.say(b"QUIT\r\n").await;
        let _ = idle.wire.reply().await;
    }
    assert_eq!(row(&smtp.deliver(FROM, TO, MESSAGE).await), Row::Sent);
    let seen = server.seen();
    assert_eq!((seen.connections, seen.accepted.len()), (2, 2));
}

#[tokio::test]
async fn a_refused_recipient_leaves_the_connection_to_the_next() {
    let server = Server::start(vec![Some((Step::RcptTo, Act::Say("550 no such user\r\n")))]).await;
    let mut smtp = server.transport();
    for _ in 0..3 {
        assert_eq!(
            row(&smtp.deliver(FROM, TO, MESSAGE).await),
            Row::Undeliverable
        );
    }
    let seen = server.seen();
    assert_eq!(seen.connections, 1);
    assert_eq!(
        seen.commands.iter().filter(|line| *line == "RSET").count(),
        3
    );
}

#[tokio::test]
async fn a_delivery_that_is_cancelled_leaves_nothing_behind_for_the_next() {
    let server = Server::start(vec![Some((Step::RcptTo, Act::Hang)), None]).await;
    let mut smtp = server.transport();
    {
        let delivery = smtp.deliver(FROM, TO, MESSAGE);
        let reached_rcpt = async {
            while !server
                .seen()
                .commands
                .iter()
                .any(|line| line.starts_with("RCPT"))
            {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            attempt = delivery => panic!("the server hangs, yet {attempt:?}"),
            () = reached_rcpt => {}
        }
    }
    assert_eq!(row(&smtp.deliver(FROM, TO, MESSAGE).await), Row::Sent);
    let seen = server.seen();
    assert_eq!((seen.connections, seen.accepted.len()), (2, 1));
}

#[tokio::test]
async fn a_hang_up_is_told_in_plain_words() {
    for step in [Step::Greeting, Step::StartTls, Step::RcptTo, Step::FinalDot] {
        let server = Server::start(vec![Some((step, Act::HangUp))]).await;
        let attempt = server.transport().deliver(FROM, TO, MESSAGE).await;
        let (Outcome::Failed { why, .. } | Outcome::Unknown { why }) = &attempt.outcome else {
            panic!("{attempt:?}");
        };
        assert!(
            why.contains("the server closed the connection"),
            "{step:?}: {why}"
        );
        let last = attempt
            .dialogue
            .last()
            .map(|(at, line)| (*at, line.as_str()));
        assert_eq!(last, Some((step, "the server closed the connection")));
    }
}

/// A man in the middle appends answers to the reply that still is plain text.
#[tokio::test]
async fn answers_smuggled_in_before_tls_deliver_nothing() {
    const SMUGGLED: Act = Act::Say(
        "220 go ahead\r\n250 AUTH PLAIN\r\n235 welcome\r\n250 ok\r\n250 ok\r\n354 go on\r\n250 stolen\r\n",
    );
    let server = Server::start(vec![Some((Step::StartTls, SMUGGLED))]).await;
    let attempt = server.hasty_transport().deliver(FROM, TO, MESSAGE).await;
    assert!(
        matches!(
            attempt.outcome,
            Outcome::Failed {
                step: Step::StartTls,
                ..
            }
        ),
        "{attempt:?}"
    );
}

#[tokio::test]
async fn a_server_without_starttls_gets_neither_password_nor_mail() {
    let server = Server::start(vec![Some((
        Step::Hello,
        Act::Say("250 mx.example.org\r\n"),
    ))])
    .await;
    let attempt = server.transport().deliver(FROM, TO, MESSAGE).await;
    assert_eq!(row(&attempt), Row::Paused, "{attempt:?}");
    assert!(
        !server
            .seen()
            .commands
            .iter()
            .any(|line| line.starts_with("AUTH"))
    );
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_pauses_the_queue() {
    let server = Server::start(vec![None]).await;
    let mut smtp = Smtp::new(SmtpOptions {
        ca_file: None,
        ..server.options()
    });
    let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
    assert_eq!(row(&attempt), Row::Paused, "{attempt:?}");
    assert_eq!(server.seen().accepted.len(), 0);
}

#[tokio::test]
async fn mail_without_tls_stays_on_this_machine() {
    let options = SmtpOptions {
        host: "192.0.2.1".to_owned(),
        tls: Tls::None,
        ..Server::start(vec![None]).await.options()
    };
    let attempt = Smtp::new(options).deliver(FROM, TO, MESSAGE).await;
    assert!(
        matches!(
            attempt.outcome,
            Outcome::Misconfigured {
                step: Step::Connect,
                ..
            }
        ),
        "{attempt:?}"
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let options = SmtpOptions {
        port,
        ..Server::start(vec![None]).await.options()
    };
    let attempt = Smtp::new(options).deliver(FROM, TO, MESSAGE).await;
    assert_eq!(row(&attempt), Row::RetryRelayRests, "{attempt:?}");
}

#[tokio::test]
async fn the_password_is_in_no_answer_and_no_debug_form() {
    const ECHO: Act =
        Act::Say("535 5.7.8 not AG5ld3N2aWdpbABjb3JyZWN0LWhvcnNl nor correct-horse\r\n");
    let server = Server::start(vec![Some((Step::Auth, ECHO))]).await;
    let mut smtp = server.transport();
    let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
    let shown = format!("{attempt:?} {smtp:?} {:?}", server.options());
    assert!(shown.contains("535"), "{shown}");
    assert!(
        !shown.contains("correct-horse") && !shown.contains("AG5ld3N2"),
        "{shown}"
    );
}

#[tokio::test]
async fn the_password_is_in_no_answer_of_any_other_step_either() {
    const SAID: [(Step, &str); 4] = [
        (Step::MailFrom, "250 hello correct-horse\r\n"),
        (
            Step::RcptTo,
            "550 Y29ycmVjdC1ob3JzZQ== is your password\r\n",
        ),
        (Step::Data, "354 AG5ld3N2aWdpbABjb3JyZWN0LWhvcnNl\r\n"),
        (Step::FinalDot, "250 queued as correct-horse\r\n"),
    ];
    for (step, said) in SAID {
        let server = Server::start(vec![Some((step, Act::Say(said)))]).await;
        let attempt = server.transport().deliver(FROM, TO, MESSAGE).await;
        let shown = format!("{attempt:?}");
        for form in ["correct-horse", "Y29ycmVjdC1ob3JzZQ", "AG5ld3N2"] {
            assert!(!shown.contains(form), "{shown}");
        }
        assert!(shown.contains('…'), "{shown}");
    }
}

/// Wherever it begins, also where a reply is cut, and wherever the server breaks its lines.
#[tokio::test]
async fn no_part_of_the_password_is_in_an_answer_that_is_cut() {
    // How each form begins: as it is, and in base64 alone, behind a name, and behind two.
    const PARTS: [&str; 5] = ["correc", "Y29ycmVj", "AG5ld3N2", "jb3JyZW", "NvcnJlY"];
    for (step, code) in [(Step::Auth, 535), (Step::MailFrom, 250), (Step::Data, 451)] {
        for form in [
            "correct-horse",
            "correct-\r\nCODE horse",
            "Y29ycmVjdC1ob3JzZQ==",
            "AG5ld3N2aWdpbABjb3JyZWN0LWhvcnNl",
            "YWIAbmV3c3ZpZ2lsAGNvcnJlY3QtaG9yc2U=",
        ] {
            for filling in (470..502).step_by(3) {
                let mut said = format!("CODE {} {form}\r\n", "-".repeat(filling));
                let lines = said.matches("CODE").count();
                said = said.replacen("CODE ", &format!("{code}-"), lines - 1);
                said = said.replace("CODE", &code.to_string());
                let act = Act::Say(Box::leak(said.into_boxed_str()));
                let server = Server::start(vec![Some((step, act))]).await;
                let shown = format!("{:?}", server.transport().deliver(FROM, TO, MESSAGE).await);
                assert!(shown.contains("----"), "{shown}");
                for part in PARTS {
                    assert!(!shown.contains(part), "{filling}: {shown}");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_line_without_an_end_is_not_kept() {
    let endless: &'static str = Box::leak("250-x".repeat(1 << 18).into_boxed_str());
    let server = Server::start(vec![Some((Step::MailFrom, Act::Say(endless)))]).await;
    let attempt = server.transport().deliver(FROM, TO, MESSAGE).await;
    assert_eq!(row(&attempt), Row::Retry);
    assert!(format!("{attempt:?}").contains("too long"), "{attempt:?}");
}

#[tokio::test]
async fn addresses_cannot_carry_commands() {
    let server = Server::start(vec![None]).await;
    let mut smtp = server.transport();
    for to in [
        "desk@example.org>\r\nRCPT TO:<spy@example.org",
        "desk",
        "@",
        "a b@example.org",
        "",
    ] {
        assert_eq!(
            row(&smtp.deliver(FROM, to, MESSAGE).await),
            Row::Undeliverable,
            "{to:?}"
        );
        assert_eq!(
            row(&smtp.deliver(to, TO, MESSAGE).await),
            Row::Paused,
            "{to:?}"
        );
    }
    assert_eq!(server.seen().connections, 0);
}

#[tokio::test]
async fn dots_arrive_as_they_were_and_bare_line_ends_do_not_leave() {
    let server = Server::start(vec![None]).await;
    let mut smtp = server.transport();
    for message in [
        ".\r\n",
        "..\r\n.x\r\n\r\n.\r\nQUIT\r\n",
        "no line end at the end",
        "",
        "\r\n\r\n",
    ] {
        assert_eq!(
            row(&smtp.deliver(FROM, TO, message.as_bytes()).await),
            Row::Sent,
            "{message:?}"
        );
        let whole = message.strip_suffix("\r\n").unwrap_or(message).to_owned() + "\r\n";
        assert_eq!(server.seen().accepted.last(), Some(&whole));
    }
    for message in [
        &b"a\n.\nMAIL FROM:<x@example.org>\r\n"[..],
        b"a\r.\r",
        b"a\0",
        b"\xff\r\n",
    ] {
        assert_eq!(
            row(&smtp.deliver(FROM, TO, message).await),
            Row::MadeAnew,
            "{message:?}"
        );
    }
    assert_eq!(server.seen().accepted.len(), 5);
}
