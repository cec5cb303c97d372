//! Exact pictures of whole mails in `tests/snapshots`. To accept a change, run the tests once with
//! `NEWSVIGIL_UPDATE_SNAPSHOTS=1` and read the difference.

use std::{fs, path::Path};

use super::sample::{FORCE, alert, at, coverage, digest, empty, hit, recipient};
use crate::{
    core::digest::{Digest, Kind, Privacy, Reason, Wording, compose},
    mail::{RenderOptions, render},
};

fn check(name: &str, digest: &Digest) {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.operator = Some("ops@example.org".to_owned());
    let message = render(digest, &options, name, at("2026-11-24T12:30:00Z")).unwrap();
    same(&format!("{name}.html"), &message.html);
    same(&format!("{name}.txt"), &message.text);
    let message = String::from_utf8(message.bytes).unwrap();
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

#[test]
fn a_digest_of_more_than_there_is_room_for_looks_as_it_did() {
    check("long", &super::long::many(1_285));
}

#[test]
fn an_item_that_cannot_be_mailed_looks_as_it_did() {
    let mut digest = compose(
        recipient(),
        vec![hit(5, FORCE, "A protest", "", &["protest"])],
        coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    digest.wording = Wording::Count;
    check("count", &digest);
}
