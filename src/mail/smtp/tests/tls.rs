//! Ports, ways to protect a connection, certificates and names, and what is said when they do not fit.

use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::server::{Act, Manner, Server, certificate_for};
use super::{FROM, MESSAGE, Row, TO, row};
use crate::core::delivery::{Attempt, Outcome, Step};
use crate::mail::smtp::{Smtp, SmtpOptions, SmtpTimeouts, Tls};

/// The step at which it stopped, and why.
fn stopped(attempt: &Attempt) -> (Step, String) {
    match &attempt.outcome {
        Outcome::Failed { step, why } | Outcome::Misconfigured { step, why } => {
            (*step, why.clone())
        }
        Outcome::Refused { step, code, reply } => (*step, format!("{code} {reply}")),
        other => panic!("{other:?}"),
    }
}

/// What comes of a server that says this and nothing else.
async fn against(said: &'static [u8], tls: Tls, timeouts: SmtpTimeouts) -> Attempt {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let other = Server::start(vec![None]).await;
    let options = SmtpOptions {
        host: "127.0.0.1".to_owned(),
        port,
        tls,
        timeouts,
        ..other.options()
    };
    let serve = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(said).await.unwrap();
        let _ = stream.read_to_end(&mut Vec::new()).await;
        std::future::pending::<()>().await;
    };
    let mut smtp = Smtp::new(options);
    tokio::select! {
        attempt = smtp.deliver(FROM, TO, MESSAGE) => attempt,
        () = serve => unreachable!(),
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left_soon_and_implicit_tls_is_named() {
    assert_eq!(SmtpTimeouts::default().silence, Duration::from_secs(30));
    let soon = SmtpTimeouts {
        silence: Duration::from_millis(300),
        ..SmtpTimeouts::default()
    };
    for tls in [Tls::Starttls, Tls::None] {
        let attempt = against(b"", tls, soon).await;
        assert_eq!(row(&attempt), Row::RetryRelayRests);
        let (step, why) = stopped(&attempt);
        assert_eq!(step, Step::Greeting);
        assert!(
            why.contains("tls = \"implicit\"") && why.contains("465"),
            "{why}"
        );
    }
    // Whoever has begun to greet may take the time that RFC 5321 gives.
    let mut slow = soon;
    slow.command = Duration::from_millis(900);
    let attempt = against(b"220-please wait\r\n", Tls::Starttls, slow).await;
    let (step, why) = stopped(&attempt);
    assert_eq!(step, Step::Greeting);
    assert!(why.contains("within 0.9 s"), "{why}");
}

#[tokio::test]
async fn what_answers_in_another_language_is_named() {
    let usual = SmtpTimeouts::default();
    let cases: [(&[u8], Tls, Row, &str); 9] = [
        (
            b"220 mx ready\r\n",
            Tls::Implicit,
            Row::Paused,
            "tls = \"starttls\"",
        ),
        (
            b"* OK IMAP4rev1\r\n",
            Tls::Implicit,
            Row::Paused,
            "does not speak TLS",
        ),
        (
            b"\x15\x03\x03\0\x02\x02\x46\n",
            Tls::Starttls,
            Row::Paused,
            "tls = \"implicit\"",
        ),
        (
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            Tls::Starttls,
            Row::Paused,
            "a web server",
        ),
        (
            b"* OK [CAPABILITY IMAP4rev1]\r\n",
            Tls::Starttls,
            Row::Paused,
            "an IMAP server",
        ),
        (
            b"+OK POP3 ready\r\n",
            Tls::None,
            Row::Paused,
            "a POP3 server",
        ),
        (b"SSH-2.0-x\r\n", Tls::None, Row::Paused, "an SSH server"),
        (
            b"554 5.7.1 not you\r\n",
            Tls::Starttls,
            Row::Paused,
            "554 5.7.1 not you",
        ),
        (
            b"421 4.3.2 later\r\n",
            Tls::None,
            Row::RetryRelayRests,
            "421 4.3.2 later",
        ),
    ];
    for (said, tls, expected, words) in cases {
        let attempt = against(said, tls, usual).await;
        assert_eq!(row(&attempt), expected, "{attempt:?}");
        let (_, why) = stopped(&attempt);
        assert!(why.contains(words), "{why}: {words}");
    }
}

#[tokio::test]
async fn who_hangs_up_on_tls_from_the_first_byte_may_want_starttls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 4096]).await;
    });
    let other = Server::start(vec![None]).await;
    let options = SmtpOptions {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::Implicit,
        ..other.options()
    };
    let attempt = Smtp::new(options).deliver(FROM, TO, MESSAGE).await;
    let (step, why) = stopped(&attempt);
    assert_eq!(step, Step::Connect);
    assert!(why.contains("tls = \"starttls\""), "{why}");
}

#[tokio::test]
async fn a_refusal_does_not_wait_for_the_server_s_manners() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let (read, mut write) = stream.split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 mx\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            match line.get(..4) {
                Some("RCPT") => write.write_all(b"550 5.1.1 no\r\n").await.unwrap(),
                Some("RSET") => {}
                _ => write.write_all(b"250 ok\r\n").await.unwrap(),
            }
        }
    });
    let other = Server::start(vec![None]).await;
    let options = SmtpOptions {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        username: None,
        timeouts: SmtpTimeouts::default(),
        ..other.options()
    };
    let mut smtp = Smtp::new(options);
    let deliver = smtp.deliver(FROM, TO, MESSAGE);
    let attempt = timeout(Duration::from_secs(20), deliver).await.unwrap();
    assert_eq!(row(&attempt), Row::Undeliverable, "{attempt:?}");
}

/// Delivers to a server with this certificate.
async fn with_certificate(
    certificate: rcgen::CertificateParams,
    change: impl FnOnce(&mut SmtpOptions),
) -> Attempt {
    let manner = Manner {
        certificate,
        ..Manner::default()
    };
    let server = Server::start_as(vec![None], Tls::Starttls, manner).await;
    let mut options = server.options();
    change(&mut options);
    Smtp::new(options).deliver(FROM, TO, MESSAGE).await
}

/// As `openssl req -x509` makes them.
fn authority_for(name: &str) -> rcgen::CertificateParams {
    let mut certificate = certificate_for(name);
    certificate.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    certificate
}

#[tokio::test]
async fn a_self_signed_certificate_that_is_named_is_trusted_as_it_is() {
    for certificate in [certificate_for("localhost"), authority_for("localhost")] {
        let attempt = with_certificate(certificate.clone(), |_| {}).await;
        assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
        // As DER.
        let attempt = with_certificate(certificate.clone(), |options| {
            let path = options.ca_file.as_mut().unwrap();
            let pem = std::fs::read_to_string(&path).unwrap();
            let inner: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
            let der =
                base64::Engine::decode(&base64::engine::general_purpose::STANDARD, inner).unwrap();
            std::fs::write(path, der).unwrap();
        })
        .await;
        assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
        // Not named, or another of the same name: its maker is not who is named.
        for other in [false, true] {
            let attempt = with_certificate(certificate.clone(), |options| {
                if other {
                    let key = rcgen::KeyPair::generate().unwrap();
                    let made = certificate.self_signed(&key).unwrap();
                    std::fs::write(options.ca_file.as_ref().unwrap(), made.pem()).unwrap();
                } else {
                    options.ca_file = None;
                }
            })
            .await;
            assert_eq!(row(&attempt), Row::Paused, "{attempt:?}");
            let (step, why) = stopped(&attempt);
            assert_eq!(step, Step::StartTls);
            assert!(
                why.contains("self-signed") && why.contains("ca_file"),
                "{why}"
            );
        }
    }
}

#[tokio::test]
async fn a_named_certificate_still_needs_its_name_and_its_dates() {
    for make in [certificate_for, authority_for] {
        let mut old = make("localhost");
        old.not_after = rcgen::date_time_ymd(2021, 5, 6);
        let mut new = make("localhost");
        new.not_before = rcgen::date_time_ymd(2199, 1, 1);
        new.not_after = rcgen::date_time_ymd(2200, 1, 1);
        for (certificate, words) in [
            (
                make("mail.example.org"),
                "is for mail.example.org, not for localhost: set host",
            ),
            (old, "expired on 2021-05-06"),
            (new, "valid from 2199-01-01 only"),
        ] {
            let attempt = with_certificate(certificate, |_| {}).await;
            assert_eq!(row(&attempt), Row::Paused, "{attempt:?}");
            let (_, why) = stopped(&attempt);
            assert!(why.contains(words), "{why}: {words}");
        }
    }
    let nameless = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
    let (_, why) = stopped(&with_certificate(nameless, |_| {}).await);
    assert!(why.contains("subjectAltName"), "{why}");
}

#[tokio::test]
async fn a_certificate_file_of_no_use_says_what_is_wrong_with_it() {
    for (text, words) in [
        ("", "no certificate in it"),
        (
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "private key",
        ),
    ] {
        let attempt = with_certificate(certificate_for("localhost"), |options| {
            std::fs::write(options.ca_file.as_ref().unwrap(), text).unwrap();
        })
        .await;
        assert_eq!(row(&attempt), Row::Paused, "{attempt:?}");
        let (_, why) = stopped(&attempt);
        assert!(why.starts_with("ca_file ") && why.contains(words), "{why}");
    }
}

#[tokio::test]
async fn an_address_is_a_host_in_brackets_or_not() {
    for (listen, hosts) in [
        ("[::1]:0", ["::1", "[::1]"]),
        ("127.0.0.1:0", ["127.0.0.1", "[127.0.0.1]"]),
    ] {
        for tls in [Tls::Starttls, Tls::Implicit] {
            for host in hosts {
                let manner = Manner {
                    address: listen,
                    certificate: certificate_for(hosts[0]),
                    ..Manner::default()
                };
                let server = Server::start_as(vec![None], tls, manner).await;
                let mut smtp = Smtp::new(SmtpOptions {
                    host: host.to_owned(),
                    tls,
                    ..server.options()
                });
                let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
                assert_eq!(row(&attempt), Row::Sent, "{host} {attempt:?}");
            }
        }
    }
}

#[tokio::test]
async fn we_say_who_we_are_and_never_localhost() {
    for (name, expected) in [
        ("bücher.example", "EHLO xn--bcher-kva.example"),
        ("localhost", "EHLO [127.0.0.1]"),
        ("", "EHLO [127.0.0.1]"),
    ] {
        let server = Server::start(vec![None]).await;
        let mut smtp = Smtp::new(SmtpOptions {
            hello_name: name.to_owned(),
            ..server.options()
        });
        assert_eq!(row(&smtp.deliver(FROM, TO, MESSAGE).await), Row::Sent);
        let commands = server.seen().commands;
        let hellos: Vec<&String> = commands
            .iter()
            .filter(|line| line.starts_with("EHLO"))
            .collect();
        assert_eq!(hellos, [expected, expected]);
    }
}

#[tokio::test]
async fn helo_is_enough_where_nothing_more_is_needed() {
    for code in ["500", "502", "504", "554"] {
        let refusal = Act::Say(Box::leak(format!("{code} no EHLO\r\n").into_boxed_str()));
        for (username, message, expected) in [
            (None, MESSAGE, Row::Sent),
            // 8BITMIME, a login: not without EHLO.
            (None, "Subject: ü\r\n\r\nü\r\n".as_bytes(), Row::MadeAnew),
            (Some("newsvigil".to_owned()), MESSAGE, Row::Paused),
        ] {
            let server = Server::start_with(vec![Some((Step::Hello, refusal))], Tls::None).await;
            let mut smtp = Smtp::new(SmtpOptions {
                tls: Tls::None,
                username,
                ..server.options()
            });
            let attempt = smtp.deliver(FROM, TO, message).await;
            assert_eq!(row(&attempt), expected, "{attempt:?}");
            assert!(
                format!("{attempt:?}").contains("answers") || format!("{attempt:?}").contains(code)
            );
        }
        let server = Server::start(vec![Some((Step::Hello, refusal))]).await;
        let (_, why) = stopped(&server.transport().deliver(FROM, TO, MESSAGE).await);
        assert!(why.contains(code) && why.contains("no STARTTLS"), "{why}");
    }
}

#[tokio::test]
async fn international_domains_need_nothing_of_the_server_and_local_parts_do() {
    let server = Server::start(vec![None]).await;
    let mut smtp = server.transport();
    let attempt = smtp.deliver("news@bücher.example", "desk@пример.example", MESSAGE);
    assert_eq!(row(&attempt.await), Row::Sent);
    let commands = server.seen().commands;
    let said = |line: &str| commands.iter().any(|command| command == line);
    assert!(
        said("MAIL FROM:<news@xn--bcher-kva.example>"),
        "{commands:?}"
    );
    assert!(said("RCPT TO:<desk@xn--e1afmkfd.example>"), "{commands:?}");
    let attempt = smtp.deliver(FROM, "büro@example.org", MESSAGE).await;
    assert_eq!(row(&attempt), Row::Refused);
    // The sender is not the reader's fault.
    let attempt = smtp.deliver("büro@example.org", TO, MESSAGE).await;
    assert_eq!(row(&attempt), Row::Paused);

    let modern = Manner {
        hello: "250-mx\r\n250-auth plain\r\n250 smtputf8\r\n",
        ..Manner::default()
    };
    let server = Server::start_as(vec![None], Tls::Starttls, modern).await;
    let attempt = server
        .transport()
        .deliver(FROM, "büro@bücher.example", MESSAGE)
        .await;
    assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
    let commands = server.seen().commands;
    assert!(
        commands
            .iter()
            .any(|line| line == "RCPT TO:<büro@xn--bcher-kva.example>")
            && commands
                .iter()
                .any(|line| line == "MAIL FROM:<newsvigil@example.org> SMTPUTF8"),
        "{commands:?}"
    );
}

#[tokio::test]
async fn who_looks_on_sees_what_is_waited_for() {
    let server = Server::start(vec![Some((Step::RcptTo, Act::Hang))]).await;
    let mut smtp = server.hasty_transport();
    let waiting = smtp.waiting();
    assert_eq!(smtp.peer(), format!("localhost:{}", server.port));
    let looks = async {
        let mut steps = Vec::new();
        loop {
            if let Some((step, _)) = waiting.now()
                && steps.last() != Some(&step)
            {
                steps.push(step);
            }
            if steps.last() == Some(&Step::RcptTo) {
                break steps;
            }
            tokio::task::yield_now().await;
        }
    };
    let (attempt, steps) = tokio::join!(smtp.deliver(FROM, TO, MESSAGE), looks);
    assert_eq!(row(&attempt), Row::Retry);
    assert!(steps.is_sorted() && steps.len() > 2, "{steps:?}");
    assert_eq!(waiting.now(), None);
}
