//! Ways to log in.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::server::{Manner, Server};
use super::{FROM, MESSAGE, Row, TO, row};
use crate::core::delivery::{Attempt, Outcome, Step};
use crate::mail::TokenSource;
use crate::mail::smtp::{Smtp, SmtpOptions, Tls};

const TOKEN: &str = "ya29.first-token-of-this-test";
const FRESH: &str = "ya29.second-token-of-this-test";

fn manner(hello: &'static str, login: &'static [&'static str]) -> Manner {
    Manner {
        hello,
        login,
        ..Manner::default()
    }
}

/// One attempt, and what the server was told from AUTH on, up to MAIL.
async fn attempt(
    hello: &'static str,
    login: &'static [&'static str],
    change: impl FnOnce(&mut SmtpOptions),
) -> (Attempt, Vec<String>) {
    let server = Server::start_as(vec![None], Tls::Starttls, manner(hello, login)).await;
    let mut options = server.options();
    change(&mut options);
    let attempt = Smtp::new(options).deliver(FROM, TO, MESSAGE).await;
    let commands = server.seen().commands;
    let said = commands
        .iter()
        .skip_while(|line| !line.starts_with("AUTH"))
        .take_while(|line| !line.starts_with("MAIL"))
        .cloned()
        .collect();
    (attempt, said)
}

#[tokio::test]
async fn login_goes_by_the_order_of_its_prompts() {
    let answers = ["AUTH LOGIN", "bmV3c3ZpZ2ls", "Y29ycmVjdC1ob3JzZQ=="];
    let scripts: [&'static [&'static str]; 5] = [
        &["334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n", "235 ok\r\n"],
        &["334 \r\n", "334\r\n", "235\r\n"],
        // "Benutzername:", "Kennwort:"
        &[
            "334 QmVudXR6ZXJuYW1lOg==\r\n",
            "334 S2VubndvcnQ6\r\n",
            "235 ok\r\n",
        ],
        // As if asked for the password first.
        &["334 UGFzc3dvcmQ6\r\n", "334 VXNlcm5hbWU6\r\n", "235 ok\r\n"],
        &[
            "334 no base64 \u{fffd}!\r\n",
            "334-a\r\n334 b\r\n",
            "235 ok\r\n",
        ],
    ];
    for script in scripts {
        let (attempt, said) = attempt("250-mx\r\n250 auth login\r\n", script, |_| {}).await;
        assert_eq!(row(&attempt), Row::Sent, "{script:?} {attempt:?}");
        assert_eq!(said, answers, "{script:?}");
    }
    let endless: &[&str] = &["334 more\r\n"];
    let (attempt, said) = attempt("250-mx\r\n250 AUTH LOGIN\r\n", endless, |_| {}).await;
    assert_eq!(row(&attempt), Row::RetryRelayRests, "{attempt:?}");
    assert_eq!(said[..3], answers);
}

#[tokio::test]
async fn a_way_that_is_offered_and_not_taken_is_left_for_the_next() {
    for refusal in ["504 5.5.4 no\r\n", "534 5.7.9 too weak\r\n", "538 no\r\n"] {
        let script: &'static [&'static str] =
            Box::leak(Box::new([refusal, "334 \r\n", "334 \r\n", "235 ok\r\n"]));
        let (attempt, said) = attempt(Manner::default().hello, script, |_| {}).await;
        assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
        assert_eq!((said.len(), said[1].as_str()), (4, "AUTH LOGIN"));
    }
    // A wrong password is not tried twice.
    let wrong: &[&str] = &["535 5.7.8 no\r\n", "334 \r\n", "334 \r\n", "235 ok\r\n"];
    let (refused, said) = attempt(Manner::default().hello, wrong, |_| {}).await;
    assert_eq!((row(&refused), said.len()), (Row::Paused, 1));
    let asked_again: &[&str] = &["334 \r\n", "235 ok\r\n"];
    let (attempt, said) = attempt("250-mx\r\n250 AUTH PLAIN\r\n", asked_again, |_| {}).await;
    assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
    assert_eq!(said[0].strip_prefix("AUTH PLAIN "), Some(said[1].as_str()));
}

#[tokio::test]
async fn where_no_way_fits_what_is_offered_is_told() {
    let (attempt, _) = self::attempt("250-mx\r\n250 AUTH xoauth2 GSSAPI\r\n", &[""], |_| {}).await;
    let Outcome::Misconfigured { step, why } = attempt.outcome else {
        panic!("{attempt:?}");
    };
    assert_eq!(step, Step::Auth);
    assert!(
        why.contains("GSSAPI, XOAUTH2") && why.contains("token_file"),
        "{why}"
    );
    // These take passwords, too, and a token would not help.
    let (attempt, _) = self::attempt("250-mx\r\n250 AUTH CRAM-MD5\r\n", &[""], |_| {}).await;
    let Outcome::Misconfigured { why, .. } = attempt.outcome else {
        panic!("{attempt:?}");
    };
    let told = "the server offers no login by PLAIN or LOGIN; it offers CRAM-MD5";
    assert_eq!(why, told);
}

/// A transport that logs in with the token in a file.
fn with_token(options: &mut SmtpOptions, file: &std::path::Path) {
    options.password = None;
    options.username = Some("desk,=@example.org".to_owned());
    options.token = Some(Arc::new(TokenSource::File(file.to_owned())));
}

#[tokio::test]
async fn tokens_go_as_the_server_offers_to_take_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, format!("{TOKEN}\n")).unwrap();
    for (hello, mechanism) in [
        ("250-mx\r\n250 AUTH LOGIN PLAIN XOAUTH2\r\n", "XOAUTH2"),
        ("250-mx\r\n250 auth=xoauth2\r\n", "XOAUTH2"),
        ("250-mx\r\n250 AUTH OAuthBearer\r\n", "OAUTHBEARER"),
    ] {
        let (attempt, said) = attempt(hello, &["235 ok\r\n"], |options| {
            with_token(options, &file);
        })
        .await;
        assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
        let response = said[0].strip_prefix(&format!("AUTH {mechanism} ")).unwrap();
        let response = String::from_utf8(STANDARD.decode(response).unwrap()).unwrap();
        if mechanism == "XOAUTH2" {
            assert_eq!(
                response,
                format!("user=desk,=@example.org\x01auth=Bearer {TOKEN}\x01\x01")
            );
        } else {
            let (head, rest) = response.split_once("\x01port=").unwrap();
            assert_eq!(head, "n,a=desk=2C=3D@example.org,\x01host=localhost");
            assert!(rest.ends_with(&format!("\x01auth=Bearer {TOKEN}\x01\x01")));
        }
    }
    // Too long for one command: asked for first.
    let long = "x".repeat(3_000);
    std::fs::write(&file, &long).unwrap();
    let script: &[&str] = &["334 \r\n", "235 ok\r\n"];
    let (attempt, said) = attempt("250-mx\r\n250 AUTH XOAUTH2\r\n", script, |options| {
        with_token(options, &file);
    })
    .await;
    assert_eq!(row(&attempt), Row::Sent, "{attempt:?}");
    assert_eq!((said.len(), said[0].as_str()), (2, "AUTH XOAUTH2"));
}

#[tokio::test]
async fn a_refused_token_is_told_with_its_status_and_never_itself() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, TOKEN).unwrap();
    // {"status":"401","schemes":"bearer","scope":"mail"}
    let json = "334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIiwic2NvcGUiOiJtYWlsIn0=\r\n";
    let repeats = format!("535 5.7.8 not {TOKEN} nor {}\r\n", STANDARD.encode(TOKEN));
    let repeats: &'static str = Box::leak(repeats.into_boxed_str());
    for (hello, json, last, acknowledgement, expected) in [
        ("XOAUTH2", json, "535 5.7.8 no\r\n", "", "401"),
        ("OAUTHBEARER", json, "535 no\r\n", "AQ==", "401"),
        ("XOAUTH2", json, repeats, "", "535"),
        (
            "XOAUTH2",
            "334 not base64!\r\n",
            "535\r\n",
            "",
            "not base64!",
        ),
        // It says no more, and has refused all the same.
        ("OAUTHBEARER", json, "what?\r\n", "AQ==", "401"),
    ] {
        let hello = Box::leak(format!("250-mx\r\n250 AUTH {hello}\r\n").into_boxed_str());
        let script: &'static [&'static str] = Box::leak(Box::new([json, last]));
        let (attempt, said) = attempt(hello, script, |options| with_token(options, &file)).await;
        let shown = format!("{attempt:?}");
        assert!(
            matches!(
                attempt.outcome,
                Outcome::Misconfigured {
                    step: Step::Auth,
                    ..
                }
            ),
            "{shown}"
        );
        assert_eq!((said.len(), said[1].as_str()), (2, acknowledgement));
        assert!(shown.contains("535") && shown.contains(expected), "{shown}");
        assert!(
            !shown.contains("first-token") && !shown.contains(&STANDARD.encode(TOKEN)),
            "{shown}"
        );
    }
    let busy: &[&str] = &["454 4.7.0 later\r\n"];
    let (attempt, _) = attempt("250-mx\r\n250 AUTH XOAUTH2\r\n", busy, |options| {
        with_token(options, &file);
    })
    .await;
    assert!(matches!(
        attempt.outcome,
        Outcome::Refused { code: 454, .. }
    ));
}

#[tokio::test]
async fn a_token_that_has_changed_meanwhile_is_tried_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, TOKEN).unwrap();
    for (script, expected) in [
        (
            &["334 e30=\r\n", "535 old\r\n", "235 ok\r\n"][..],
            Row::Sent,
        ),
        (
            &["334 e30=\r\n", "535 old\r\n", "535 new\r\n", "235 ok\r\n"],
            Row::Paused,
        ),
    ] {
        std::fs::write(&file, TOKEN).unwrap();
        let hello = "250-mx\r\n250 AUTH XOAUTH2\r\n";
        let server = Server::start_as(vec![None], Tls::Starttls, manner(hello, script)).await;
        let mut options = server.options();
        with_token(&mut options, &file);
        let mut smtp = Smtp::new(options);
        let deliver = smtp.deliver(FROM, TO, MESSAGE);
        let tokens = || -> Vec<String> {
            let commands = server.seen().commands;
            let logins = commands
                .iter()
                .filter_map(|line| line.strip_prefix("AUTH XOAUTH2 "));
            logins
                .map(|login| String::from_utf8(STANDARD.decode(login).unwrap()).unwrap())
                .collect()
        };
        // Another program renews it as soon as the old one is on its way.
        let renew = async {
            while tokens().is_empty() {
                tokio::task::yield_now().await;
            }
            std::fs::write(&file, FRESH).unwrap();
            std::future::pending::<()>().await;
        };
        let attempt = tokio::select! {
            attempt = deliver => attempt,
            () = renew => unreachable!(),
        };
        assert_eq!(row(&attempt), expected, "{attempt:?}");
        let tokens = tokens();
        assert_eq!(tokens.len(), 2, "{tokens:?}");
        assert!(tokens[0].contains(TOKEN) && tokens[1].contains(FRESH));
        let shown = format!("{attempt:?}");
        assert!(!shown.contains("first-token") && !shown.contains("second-token"));
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_read_is_for_a_person() {
    let (attempt, said) = attempt("250-mx\r\n250 AUTH XOAUTH2\r\n", &[""], |options| {
        with_token(options, std::path::Path::new("/nonexistent/token"));
    })
    .await;
    assert_eq!(row(&attempt), Row::Paused, "{attempt:?}");
    assert!(said.is_empty(), "{said:?}");
}

/// What a server is told of a token over one connection is hidden in what it says over that connection
/// later.
#[tokio::test]
async fn a_token_is_hidden_for_as_long_as_its_connection_lasts() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, TOKEN).unwrap();
    let hello = "250-mx\r\n250 AUTH XOAUTH2\r\n";
    let said = super::Act::Say("250 welcome ya29.first-token-of-this-test\r\n");
    let server = Server::start_as(
        vec![Some((Step::MailFrom, said))],
        Tls::Starttls,
        manner(hello, &["235 ok\r\n"]),
    )
    .await;
    let mut options = server.options();
    with_token(&mut options, &file);
    let mut smtp = Smtp::new(options);
    for _ in 0..2 {
        let attempt = smtp.deliver(FROM, TO, MESSAGE).await;
        assert_eq!(row(&attempt), Row::Sent);
        assert!(!format!("{attempt:?}").contains("first-token"));
    }
    assert_eq!(server.seen().connections, 1);
}
