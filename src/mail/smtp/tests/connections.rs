//! Connections that are kept, lost, cancelled or not to be had.

use super::*;
use crate::mail::Transport;

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
