//! Every reply at every step, against a scripted server, with the state its row ends in.

mod connections;
mod logins;
mod replies;
mod security;
mod server;
mod tls;

use std::pin::Pin;

use futures_util::future::join_all;
use jiff::Timestamp;

use self::server::{Act, Server};
use super::Smtp;
use super::options::{SmtpOptions, SmtpTimeouts, Tls};
use crate::core::delivery::{Attempt, Next, Outcome, Step, settle};

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
