//! Feeds in local files.

use std::path::Path;

use super::super::file::{path_of, read};
use super::*;

const MAX: u64 = 1000;

async fn read_new(path: &Path) -> Outcome {
    read(path, MAX, &Validators::default()).await
}

#[tokio::test]
async fn a_file_is_read_once_and_again_when_it_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a feed.xml");
    std::fs::write(&path, "one").unwrap();
    let first = expect_modified(read_new(&path).await);
    assert_eq!(first.body, b"one");
    assert!(first.answer.final_url.starts_with("file:///"));
    assert!(first.answer.final_url.ends_with("/a%20feed.xml"));
    assert_eq!(
        path_of(&first.answer.final_url).as_deref(),
        Some(path.as_path())
    );
    let again = read(&path, MAX, &first.answer.validators).await;
    assert!(matches!(again, Outcome::NotModified(_)), "{again:?}");
    std::fs::write(&path, "two").unwrap();
    let changed = expect_modified(read(&path, MAX, &first.answer.validators).await);
    assert_eq!(changed.body, b"two");
    assert_ne!(changed.answer.validators, first.answer.validators);
}

#[tokio::test]
async fn a_file_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.xml");
    let failure = expect_failed(read_new(&missing).await);
    assert_eq!(failure.kind, FailureKind::File);
    assert_eq!(
        failure.message,
        format!("{}: there is no such file", missing.display())
    );
    let failure = expect_failed(read_new(folder.path()).await);
    assert_eq!(
        failure.message,
        format!("{}: not a regular file", folder.path().display())
    );
    let failure = expect_failed(read_new(Path::new("/dev/zero")).await);
    assert_eq!(failure.message, "/dev/zero: not a regular file");
}

#[tokio::test]
async fn a_file_is_capped_like_any_body() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("feed.xml");
    std::fs::write(&path, "x".repeat(1000)).unwrap();
    assert_eq!(expect_modified(read_new(&path).await).body.len(), 1000);
    std::fs::write(&path, "x".repeat(1001)).unwrap();
    let failure = expect_failed(read_new(&path).await);
    assert_eq!(
        (failure.kind, failure.message.as_str()),
        (FailureKind::TooLarge, "larger than 1000 bytes")
    );
}

#[test]
fn only_file_addresses_name_files() {
    assert_eq!(path_of("file:///a/b").as_deref(), Some(Path::new("/a/b")));
    for address in ["http://example.org/a", "/a/b", "file://example.org/a", ""] {
        assert_eq!(path_of(address), None, "{address}");
    }
}
