//! Exact pictures of whole mails in `tests/snapshots`. To accept a change, run the tests once with
//! `NEWSVIGIL_UPDATE_SNAPSHOTS=1` and read the difference.

use std::{fs, path::Path};

use super::sample::{alert, at, digest, empty};
use crate::{
    core::digest::{Digest, Privacy},
    mail::{RenderOptions, render},
};

fn check(name: &str, digest: &Digest) {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.operator = Some("ops@example.org".to_owned());
    let messages = render(digest, &options, name, at("2026-11-24T12:30:00Z")).unwrap();
    assert_eq!(messages.len(), 1, "{name} is one mail");
    same(&format!("{name}.html"), &messages[0].html);
    same(&format!("{name}.txt"), &messages[0].text);
    let message = String::from_utf8(messages[0].bytes.clone()).unwrap();
    let headers = message.split("\r\n\r\n").next().unwrap();
    same(
        &format!("{name}.headers"),
        &(headers.replace("\r\n", "\n") + "\n"),
    );
}

fn same(file: &str, rendered: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(file);
    if std::env::var_os("NEWSVIGIL_UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, rendered).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == rendered,
        "{file} differs from the mail rendered now:\n{rendered}"
    );
}

#[test]
fn a_full_digest_looks_as_it_did() {
    check("digest", &digest());
}

#[test]
fn an_alert_looks_as_it_did() {
    check("alert", &alert());
}

#[test]
fn an_empty_digest_looks_as_it_did() {
    check("empty", &empty());
}

#[test]
fn a_sealed_digest_looks_as_it_did() {
    let mut digest = digest();
    digest.recipient.privacy = Privacy::Sealed;
    check("sealed", &digest);
}
