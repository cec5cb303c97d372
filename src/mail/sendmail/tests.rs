use super::*;
use crate::core::delivery::{Next, settle};

/// A sendmail that runs `script`. A shell writes it: were it open for writing here when another
/// test starts a process, the kernel would call it busy.
fn sendmail(folder: &tempfile::TempDir, script: &str) -> Sendmail {
    let program = folder.path().join("sendmail");
    let text = format!("#!/bin/sh\ncd \"$(dirname \"$0\")\" || exit 75\n{script}\n");
    let written = std::process::Command::new("/bin/sh")
        .args([
            "-c",
            "printf %s \"$1\" > \"$2\" && chmod 700 \"$2\"",
            "sh",
            &text,
        ])
        .arg(&program)
        .status();
    assert!(written.unwrap().success());
    Sendmail::new(program, folder.path().join("state"))
}

async fn next(sendmail: &Sendmail, to: &str) -> (Next, bool) {
    let now = jiff::Timestamp::UNIX_EPOCH;
    let attempt = sendmail
        .deliver("newsvigil@example.org", to, b"Subject: x\r\n\r\nbody\r\n")
        .await;
    (
        settle(1, now, &attempt.outcome, now, 0.0),
        attempt.outcome.is_in_doubt(),
    )
}

#[tokio::test]
async fn the_message_arrives_with_the_line_ends_of_this_system() {
    let folder = tempfile::tempdir().unwrap();
    let program = sendmail(&folder, "cat > message; printf '%s\\n' \"$@\" > arguments");
    assert!(matches!(
        next(&program, "-oQ/tmp@example.org").await.0,
        Next::Sent { .. }
    ));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("message"), "Subject: x\n\nbody\n");
    assert_eq!(
        read("arguments"),
        "-i\n-f\nnewsvigil@example.org\n--\n-oQ/tmp@example.org\n"
    );
}

#[tokio::test]
async fn exit_codes_are_understood() {
    let folder = tempfile::tempdir().unwrap();
    for (code, expected) in [
        (67, "undeliverable"),
        (65, "made anew"),
        (78, "paused"),
        (75, "retry"),
        (1, "retry"),
    ] {
        let program = sendmail(
            &folder,
            &format!("cat > /dev/null; echo 'the reason' >&2; exit {code}"),
        );
        let (state, why) = match next(&program, "desk@example.org").await.0 {
            Next::Sent { reply } => ("sent", reply),
            Next::RetryAt { why, .. } => ("retry", why),
            Next::PauseQueue { why, .. } => ("paused", why),
            Next::Recompose { why } => ("made anew", why),
            Next::Refused { why } => ("refused", why),
            Next::Undeliverable { why } => ("undeliverable", why),
        };
        assert_eq!(state, expected, "{code}");
        assert!(why.contains("the reason"), "{why}");
    }
    // It need not even read the message.
    let program = sendmail(&folder, "exit 75");
    assert!(matches!(
        next(&program, "desk@example.org").await.0,
        Next::RetryAt { .. }
    ));
}

#[tokio::test]
async fn a_program_that_hangs_or_dies_leaves_the_message_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    let hanging =
        sendmail(&folder, "exec tail -f /dev/null").with_patience(Duration::from_millis(300));
    let (hung, doubt) = next(&hanging, "desk@example.org").await;
    assert!(matches!(hung, Next::RetryAt { .. }) && doubt, "{hung:?}");
    let dying = sendmail(&folder, "kill -9 $$");
    let (died, doubt) = next(&dying, "desk@example.org").await;
    assert!(matches!(died, Next::RetryAt { .. }) && doubt, "{died:?}");
}

#[tokio::test]
async fn a_program_that_is_not_there_pauses_the_queue() {
    let missing = Sendmail::new("/nonexistent/sendmail", std::env::temp_dir());
    assert!(matches!(
        next(&missing, "desk@example.org").await.0,
        Next::PauseQueue { .. }
    ));
}
