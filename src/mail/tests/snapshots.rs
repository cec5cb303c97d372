//! Exact pictures of whole mails in `tests/snapshots`. To accept a change, run the tests once with
//! `NEWSVIGIL_UPDATE_SNAPSHOTS=1` and read the difference.

use std::{fs, path::Path};

use super::sample::{
    DETENTION, FORCE, alert, at, coverage, digest, empty, hit, recipient, stories,
};
use crate::{
    core::digest::{
        DetailLevel, Digest, HitItem, HitOrigin, Kind, Language, Privacy, Reason, compose,
    },
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

pub(in crate::mail) fn same(file: &str, rendered: &str) {
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
fn a_digest_of_stories_looks_as_it_did() {
    check("stories", &stories());
}

#[test]
fn a_digest_in_arabic_and_in_russian_looks_as_it_did() {
    for (name, language) in [("arabic", Language::Arabic), ("russian", Language::Russian)] {
        let mut digest = stories();
        digest.recipient.language = language;
        check(name, &digest);
    }
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
fn a_sealed_digest_without_anything_keeps_nothing_out() {
    let mut digest = empty();
    digest.recipient.privacy = Privacy::Sealed;
    let options = RenderOptions::new("newsvigil@example.org");
    let mail = render(&digest, &options, "sealed", at("2026-11-24T12:30:00Z")).unwrap();
    assert!(!mail.text.contains("kept out"), "{}", mail.text);
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
    digest.wording = DetailLevel::CountOnly;
    check("count", &digest);
}

#[test]
fn what_was_found_later_stands_apart() {
    let found = |id, title, watch, origin| {
        let mut hit = hit(id, watch, title, "", &[]);
        hit.origin = origin;
        hit
    };
    let later = found(
        7,
        "Guards fired on a march in spring",
        FORCE,
        HitOrigin::Later,
    );
    let new = found(6, "A protest was dispersed", FORCE, HitOrigin::New);
    // Two watches found it, one of them when it came.
    let both = HitItem {
        entry_id: new.entry_id,
        ..found(8, "A protest was dispersed", DETENTION, HitOrigin::Later)
    };
    let kind = || Kind::Digest(Reason::Scheduled);
    let digest = compose(
        recipient(),
        vec![later.clone(), new, both],
        coverage(),
        kind(),
    );
    check("later", &digest);
    let mut digest = compose(recipient(), vec![later], coverage(), kind());
    let options = RenderOptions::new("newsvigil@example.org");
    let at = at("2026-11-24T12:30:00Z");
    let alone = render(&digest, &options, "alone", at).unwrap();
    assert!(
        alone.subject.starts_with("1 item found later; "),
        "{}",
        alone.subject
    );
    digest.recipient.privacy = Privacy::Sealed;
    let sealed = render(&digest, &options, "sealed", at).unwrap();
    assert_eq!(sealed.subject, "1 item found later; 31 feeds polled");
    assert!(!sealed.text.contains("march"), "{}", sealed.text);
}

#[test]
fn what_was_found_later_and_has_no_room_is_counted() {
    let hits = (0..5_000).map(|id| {
        let mut hit = hit(
            id,
            FORCE,
            &"A long headline of an old item ".repeat(4),
            "",
            &[],
        );
        if id >= 300 {
            hit.origin = HitOrigin::Later;
        }
        hit
    });
    let kind = Kind::Digest(Reason::Scheduled);
    let digest = compose(recipient(), hits.collect(), coverage(), kind);
    let options = RenderOptions::new("newsvigil@example.org");
    let message = render(&digest, &options, "many", at("2026-11-24T12:30:00Z")).unwrap();
    assert!(
        message.html.len() <= options.html_max,
        "{}",
        message.html.len()
    );
    assert!(
        message.text.contains("FOUND LATER (4,700)"),
        "{}",
        message.text
    );
    let (_, rest) = message.text.split_once("FOUND LATER (4,700)").unwrap();
    let (section, _) = rest.split_once("HOW COMPLETE").unwrap();
    let lines = section.matches("\n- ").count();
    let more = format!(
        "And 4,{} more: see \"newsvigil hits --mail 1\".",
        700 - lines
    );
    assert!(lines > 0 && section.contains(&more), "{section}");
}
