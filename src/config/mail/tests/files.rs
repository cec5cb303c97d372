//! Files that settings name: secrets, certificates and keys.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;
use crate::config::mail::check_files;

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>, mode: u32) {
    let path = folder.join(name);
    fs::write(&path, text).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
}

#[test]
fn secrets_are_looked_at_each_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "open", "x\n", 0o644);
    write(folder.path(), "token", "two words\n", 0o600);
    write(folder.path(), "good", "x\n", 0o600);
    let check = |lines: &str| {
        let text = format!(
            "[mail]\ntransport = \"smtp\"\nfrom = \"a@example.org\"\nhost = \"mail.example.org\"\n\
             username = \"a\"\n{lines}"
        );
        let (mail, mut problems) = read_in(folder.path(), &text);
        let notes = check_files(&mut problems, &mail, None);
        (notes, problems)
    };
    let refused = |lines: &str, place: &str, words: &str| {
        let (notes, problems) = check(lines);
        check_told(&problems, Severity::Error, &[(place, words)]);
        assert!(notes.is_empty(), "{notes:?}");
    };
    refused("password_file = \"none\"", "\"none\"", "cannot read");
    refused("password_file = \"open\"", "\"open\"", "chmod 600");
    refused("token_file = \"none\"", "\"none\"", "cannot be read");
    refused("token_file = \"open\"", "\"open\"", "chmod 600");
    refused("token_file = \"token\"", "\"token\"", "one line");
    refused("token_file = \".\"", "\".\"", "not a regular file");
    let oauth2 = "[mail.oauth2]\ntoken_url = \"https://a.example/\"\nclient_id = \"c\"\n\
                  client_secret = \"c\"\nrefresh_token_file = ";
    let (notes, problems) = check(&format!("{oauth2}\"open\""));
    check_told(&problems, Severity::Error, &[("\"open\"", "chmod 600")]);
    assert!(
        notes[0].contains("the client secret is the credential `c`"),
        "{notes:?}"
    );
    let (notes, problems) = check(&format!("{oauth2}\"good\""));
    assert_eq!((notes.len(), problems.list.len()), (1, 0), "{problems:?}");
}

#[test]
fn what_looks_like_a_password_is_no_name_of_a_credential() {
    for (name, is_odd) in [
        ("Geheim", true),
        ("hunter2", true),
        ("Tr0ub4dor-3", true),
        ("smtp-password", false),
        ("SMTP_PASSWORD", false),
        ("newsvigil.smtp-2", false),
    ] {
        let text = format!(
            "[mail]\ntransport = \"smtp\"\nfrom = \"a@example.org\"\nhost = \"mail.example.org\"\n\
             username = \"a\"\npassword = \"{name}\"\n"
        );
        let (mail, mut problems) = read_in(Path::new("/config"), &text);
        let notes = check_files(&mut problems, &mail, None);
        let told: &[_] = &[("password", "looks like the secret")];
        let told = if is_odd { told } else { &[] };
        check_told(&problems, Severity::Warning, told);
        assert_eq!(notes[0].contains(name), !is_odd, "{notes:?}");
    }
}

#[test]
fn files_are_looked_at_beside_other_mistakes() {
    let text = "[mail]\ntransport = \"smtp\"\nfrom = \"a@example.org\"\nhost = \"mail.example org\"\n\
                tls = \"ssl\"\nca_file = \"no-ca\"\nusername = \"a\"\npassword_file = \"no-password\"\n\
                [mail.dkim]\ndomain = \"example.org\"\nselector = \"a b\"\nkey_file = \"no-key\"\n";
    let (mail, mut problems) = read_in(Path::new("/nowhere"), text);
    check_files(&mut problems, &mail, None);
    let places: Vec<_> = problems
        .list
        .iter()
        .map(|problem| &text[problem.place.clone().expect("a place").span])
        .collect();
    for place in [
        "\"mail.example org\"",
        "\"ssl\"",
        "\"no-ca\"",
        "\"no-password\"",
        "\"a b\"",
        "\"no-key\"",
    ] {
        assert!(places.contains(&place), "{place}: {places:?}");
    }
}

#[test]
fn certificates_are_looked_at_and_a_pipe_hangs_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = rcgen::KeyPair::generate().expect("a key");
    let own = rcgen::CertificateParams::new(vec!["mail.example.org".to_owned()]).expect("a name");
    let own = own.self_signed(&key).expect("a certificate");
    write(folder.path(), "ca.pem", own.pem(), 0o644);
    write(folder.path(), "ca.der", own.der(), 0o644);
    write(folder.path(), "key.pem", key.serialize_pem(), 0o644);
    write(folder.path(), "text", "hello", 0o644);
    let pipe = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status();
    assert!(pipe.expect("mkfifo").success());
    for (name, words) in [
        ("ca.pem", None),
        ("ca.der", None),
        ("key.pem", Some("private key")),
        ("text", Some("no certificate")),
        ("none", Some("cannot be read")),
        ("pipe", Some("not a regular file")),
        (".", Some("not a regular file")),
    ] {
        let text = format!(
            "[mail]\ntransport = \"smtp\"\nfrom = \"a@example.org\"\nhost = \"mail.example.org\"\nca_file = \"{name}\""
        );
        let (mail, mut problems) = read_in(folder.path(), &text);
        check_files(&mut problems, &mail, None);
        let quoted = format!("\"{name}\"");
        let expected: Vec<(&str, &str)> = words
            .map(|words| (quoted.as_str(), words))
            .into_iter()
            .collect();
        check_told(&problems, Severity::Error, &expected);
    }
}

#[test]
fn the_key_of_the_signatures_is_tried_and_its_record_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let check = |key: &str| {
        write(folder.path(), "dkim.pem", key, 0o600);
        let text = "[mail]\nfrom = \"a@example.org\"\n[mail.dkim]\ndomain = \"example.org\"\n\
                    selector = \"s1\"\nkey_file = \"dkim.pem\"\n";
        let (mail, mut problems) = read_in(folder.path(), text);
        let notes = check_files(&mut problems, &mail, None);
        (notes, problems)
    };
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).expect("a key");
    let (notes, problems) = check(&key.serialize_pem());
    assert!(problems.list.is_empty(), "{problems:?}");
    assert!(
        notes[0].contains("s1._domainkey.example.org. IN TXT ( \"v=DKIM1; k=ed25519; p="),
        "{notes:?}"
    );
    let elliptic = rcgen::KeyPair::generate().expect("a key");
    for (text, words) in [
        (key.public_key_pem(), "the public key"),
        (elliptic.serialize_pem(), "neither RSA"),
        ("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n".to_owned(), "a certificate"),
        (
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n".to_owned(),
            "passphrase",
        ),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAA==\n-----END RSA PRIVATE KEY-----\n"
                .to_owned(),
            "passphrase",
        ),
        ("hello".to_owned(), "no PEM block"),
    ] {
        let (notes, problems) = check(&text);
        assert!(notes.is_empty());
        check_told(&problems, Severity::Error, &[("\"dkim.pem\"", words)]);
    }
}
