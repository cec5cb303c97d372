//! Replies of a mail server: an outcome in every case, delivered only after 354 and a code of success, in words that
//! are short, clean, and never hold the password, nor the part of it that a cut would leave.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use newsvigil::core::delivery::Outcome;
use newsvigil::core::digest::clean_line;
use newsvigil::mail::{Secret, Smtp, SmtpOptions, SmtpTimeouts, Tls};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const PASSWORD: &str = "hunter2-hunter2";
/// As much of it as nobody says by chance.
const PART: &str = "hunter2-";
const MESSAGE: &[u8] = b"Subject: a\r\n\r\nb\r\n";

fuzz_target!(|data: &[u8]| {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let serve = async {
            while let Ok((mut stream, _)) = listener.accept().await {
                // The client may be gone already.
                let _ = stream.write_all(data).await;
                let _ = stream.shutdown().await;
                let _ = stream.read_to_end(&mut Vec::new()).await;
            }
        };
        let second = Duration::from_secs(1);
        let mut smtp = Smtp::new(SmtpOptions {
            host: "127.0.0.1".to_owned(),
            port,
            tls: Tls::None,
            username: Some("newsvigil".to_owned()),
            password: Some(Secret::new(PASSWORD)),
            token: None,
            hello_name: "localhost".to_owned(),
            ca_file: None,
            timeouts: SmtpTimeouts {
                connect: second,
                silence: second,
                command: second,
                data: second,
                block: second,
                final_dot: second,
            },
        });
        let deliver = smtp.deliver("a@example.org", "b@example.org", MESSAGE);
        let attempt = tokio::select! {
            attempt = deliver => attempt,
            () = serve => unreachable!("it serves for ever"),
        };
        let words = match &attempt.outcome {
            Outcome::Delivered { reply } => {
                let said = String::from_utf8_lossy(data);
                // The last code is any of success; the first digit decides (RFC 5321 section 4.2).
                assert!(said.contains("354") && said.lines().any(|line| line.starts_with('2')));
                reply
            }
            Outcome::Refused { reply, .. } => reply,
            Outcome::Failed { why, .. }
            | Outcome::Misconfigured { why, .. }
            | Outcome::Unknown { why } => why,
        };
        // Only a server that says the whole password tells what it was told; others may guess.
        let said = clean_line(&String::from_utf8_lossy(data), usize::MAX);
        let guessed = said.replace(PASSWORD, "").contains(PART);
        let dialogue = attempt.dialogue.iter().map(|(_, line)| line);
        for line in dialogue.chain([words]) {
            assert!(line.chars().count() < 700, "{line}");
            assert!(!line.chars().any(char::is_control), "{line:?}");
            assert!(!line.contains(PASSWORD), "{line:?}");
            assert!(guessed || !line.contains(PART), "{line:?}");
        }
    });
});
