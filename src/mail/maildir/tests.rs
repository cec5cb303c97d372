use std::os::unix::fs::PermissionsExt;

use super::*;

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect()
}

#[tokio::test]
async fn a_message_lies_in_new_readable_by_its_owner_alone() {
    let home = tempfile::tempdir().unwrap();
    let maildir = Maildir::new(home.path().join("state/mail"));
    let attempt = maildir.deliver(b"one\r\n", "<1@example.org>").await;
    assert!(
        matches!(attempt.outcome, Outcome::Delivered { .. }),
        "{attempt:?}"
    );
    let new = files(&maildir.folder.join("new"));
    assert_eq!(new.len(), 1);
    assert_eq!(fs::read(&new[0]).unwrap(), b"one\r\n");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&new[0]), 0o600);
    for part in ["", "tmp", "new", "cur"] {
        assert_eq!(mode(&maildir.folder.join(part)), 0o700, "{part}");
    }
    assert!(files(&maildir.folder.join("tmp")).is_empty());
}

#[tokio::test]
async fn the_same_message_again_is_still_one_file_even_once_read() {
    let home = tempfile::tempdir().unwrap();
    let maildir = Maildir::new(home.path());
    for _ in 0..3 {
        maildir.deliver(b"one\r\n", "<1@example.org>").await;
    }
    maildir.deliver(b"two\r\n", "<2@example.org>").await;
    let new = files(&home.path().join("new"));
    assert_eq!(new.len(), 2);
    for path in new {
        let read = format!("{}:2,S", path.file_name().unwrap().to_string_lossy());
        fs::rename(&path, home.path().join("cur").join(read)).unwrap();
    }
    let attempt = maildir.deliver(b"one\r\n", "<1@example.org>").await;
    assert!(
        matches!(attempt.outcome, Outcome::Delivered { .. }),
        "{attempt:?}"
    );
    assert_eq!(
        (
            files(&home.path().join("new")).len(),
            files(&home.path().join("cur")).len()
        ),
        (0, 2)
    );
}

#[tokio::test]
async fn a_message_half_written_before_a_crash_is_replaced() {
    let home = tempfile::tempdir().unwrap();
    let maildir = Maildir::new(home.path());
    maildir.deliver(b"x", "<0@example.org>").await;
    fs::write(
        home.path().join("tmp").join(file_name("<1@example.org>")),
        "half of a much longer message",
    )
    .unwrap();
    maildir.deliver(b"one\r\n", "<1@example.org>").await;
    let stored = home.path().join("new").join(file_name("<1@example.org>"));
    assert_eq!(fs::read(stored).unwrap(), b"one\r\n");
    assert!(files(&home.path().join("tmp")).is_empty());
}

#[tokio::test]
async fn a_folder_that_is_a_file_is_a_fault_of_the_configuration() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("mail");
    fs::write(&path, "in the way").unwrap();
    let attempt = Maildir::new(&path)
        .deliver(b"one\r\n", "<1@example.org>")
        .await;
    assert!(
        matches!(
            attempt.outcome,
            Outcome::Misconfigured {
                step: Step::Store,
                ..
            }
        ),
        "{attempt:?}"
    );
}

#[test]
fn a_message_id_cannot_name_a_path() {
    for id in [
        "../../etc/passwd",
        "<a/b:c@example.org>",
        "",
        "\0",
        &"x".repeat(10_000),
    ] {
        let name = file_name(id);
        assert!(
            name.len() < 60 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
            "{name}"
        );
    }
}
