//! Mail goes over TLS that is vouched for, and the password is told to nobody.

use super::*;

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
