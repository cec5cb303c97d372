//! What is told about `[mail]`, as it stands in the file.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::super::problem::{Problems, Severity, Source, Styling};
use super::{MailSettings, TokenSettings, TransportSettings, check_files, read_mail};
use crate::config::source::with_root;

fn read_in(folder: &Path, text: &str) -> (MailSettings, Problems) {
    let mut problems = Problems::default();
    problems.sources.push(Source {
        path: "newsvigil.toml".into(),
        text: text.to_owned(),
    });
    let mail = with_root(&mut problems, 0, "newsvigil.toml", |problems, root| {
        let table = root.table(problems, "mail", "[mail]");
        read_mail(problems, folder, table)
    });
    (mail, problems)
}

/// `[mail]` with these lines.
fn read(lines: &str) -> (MailSettings, Problems) {
    read_in(Path::new("/config"), &format!("[mail]\n{lines}\n"))
}

/// The same for a server, sound but for these lines.
fn read_smtp(lines: &str) -> (MailSettings, Problems) {
    let settings = "transport = \"smtp\"\nfrom = \"newsvigil@example.org\"";
    read(&format!("{settings}\n{lines}"))
}

/// That there is one problem a line of `expected`: the text at its place, and words of its message.
#[track_caller]
fn check_told(problems: &Problems, severity: Severity, expected: &[(&str, &str)]) {
    let told: Vec<_> = problems
        .list
        .iter()
        .map(|problem| {
            let place = problem.place.clone().expect("a place");
            assert_eq!(problem.severity, severity, "{problem:?}");
            (&problems.sources[0].text[place.span], problem)
        })
        .collect();
    assert_eq!(told.len(), expected.len(), "{told:#?}");
    for ((place, problem), (expected_place, words)) in told.iter().zip(expected) {
        assert_eq!(place, expected_place, "{problem:?}");
        assert!(problem.message.contains(words), "{words}: {problem:?}");
    }
}

#[track_caller]
fn check_errors(read: &(MailSettings, Problems), expected: &[(&str, &str)]) {
    check_told(&read.1, Severity::Error, expected);
}

#[test]
fn settings_without_their_way_are_mistakes() {
    let host = read("host = \"mail.example.org\"\nusername = \"a\"");
    check_errors(&host, &[("host", "no `transport`")]);
    let help = host.1.list[0].help.as_deref();
    assert_eq!(help, Some("did you mean transport = \"smtp\"?"));
    let program = read("program = \"/usr/bin/msmtp\"");
    check_errors(&program, &[("program", "no `transport`")]);
    let help = program.1.list[0].help.as_deref();
    assert_eq!(help, Some("did you mean transport = \"sendmail\"?"));
    check_errors(
        &read("password_file = \"p\""),
        &[("password_file", "no `transport`")],
    );
    check_errors(&read("from = \"newsvigil@example.org\""), &[]);
}

#[test]
fn each_setting_of_another_way_is_a_mistake() {
    let smtp = read_smtp("host = \"mail.example.org\"\nprogram = \"/usr/bin/msmtp\"");
    check_errors(&smtp, &[("program", "the transport is \"smtp\"")]);
    let maildir = read(
        "transport = \"maildir\"\nhost = \"h:1\"\ntls = \"none\"\n[mail.oauth2]\nclient_id = \"x\"",
    );
    let told = [
        ("host", "transport = \"smtp\""),
        ("tls", "transport = \"smtp\""),
        ("oauth2", "transport = \"smtp\""),
    ];
    check_errors(&maildir, &told);
    let sendmail =
        read("transport = \"sendmail\"\nfrom = \"a@example.org\"\nport = 25\nca_file = \"c\"");
    check_errors(
        &sendmail,
        &[("port", "\"sendmail\""), ("ca_file", "\"sendmail\"")],
    );
    let unknown = read("transport = \"SMTP\"\nhost = \"mail.example.org\"");
    check_errors(&unknown, &[("\"SMTP\"", "can be \"maildir\"")]);
    let help = unknown.1.list[0].help.as_deref();
    assert_eq!(help, Some("did you mean \"smtp\"?"));
}

#[test]
fn all_mistakes_are_told_at_once() {
    let all = read_smtp(
        "host = \"mail.example.org:587\"\nport = 0\ntls = \"ssl\"\npassword_file = \"p\"\ncolour = 1\n\
         [mail.dkim]\ndomain = \"example.org.\"\nselector = \"s1._domainkey\"",
    );
    let told = [
        ("\"example.org.\"", "dot at the end"),
        ("\"s1._domainkey\"", "`selector`"),
        ("[mail.dkim]", "needs `key`"),
        ("0", "between 1 and 65535"),
        ("password_file", "needs `username`"),
        ("\"mail.example.org:587\"", "without a port"),
        ("\"ssl\"", "can be \"starttls\""),
        ("colour", "unknown key"),
    ];
    check_errors(&all, &told);
}

#[test]
fn each_word_for_tls_gets_a_suggestion_that_is_taken() {
    for (word, help) in [
        ("\"ssl\"", "\"implicit\", which many call SSL"),
        ("\"TLS\"", "\"starttls\" at port 587"),
        ("\"SSL/TLS\"", "\"implicit\", which many call SSL"),
        ("\"STARTTLS\"", "did you mean \"starttls\"?"),
    ] {
        let (_, problems) = read_smtp(&format!("host = \"mail.example.org\"\ntls = {word}"));
        let told = problems.list[0].help.as_deref().unwrap_or_default();
        assert!(told.contains(help), "{word}: {told}");
    }
    // In quotes it would be no better.
    let (_, problems) = read_smtp("host = \"mail.example.org\"\ntls = true");
    assert_eq!(problems.list[0].help, None);
}

#[test]
fn ports_that_hardly_fit_get_a_warning() {
    let host = "host = \"mail.example.org\"";
    for (lines, warned) in [
        ("port = 465", true),
        ("port = 465\ntls = \"implicit\"", false),
        ("port = 587\ntls = \"implicit\"", true),
        ("port = 25\ntls = \"implicit\"", true),
        ("port = 587", false),
        ("port = 25", false),
        ("port = 993\ntls = \"implicit\"", true),
        ("port = 10465\ntls = \"implicit\"", false),
        ("tls = \"implicit\"", false),
    ] {
        let (_, problems) = read_smtp(&format!("{host}\n{lines}"));
        let expected: &[(&str, &str)] = if warned { &[("port", "port")] } else { &[] };
        check_told(&problems, Severity::Warning, expected);
        assert!(problems.list.iter().all(|problem| problem.help.is_some()));
    }
    let local = "host = \"localhost\"\ntls = \"none\"\nport = 465";
    check_told(&read_smtp(local).1, Severity::Warning, &[("port", "465")]);
}

#[test]
fn a_login_is_a_name_and_one_secret() {
    let host = "host = \"mail.example.org\"";
    let one = |lines: &str| read_smtp(&format!("{host}\n{lines}"));
    check_errors(&one("username = \"a\""), &[("\"a\"", "needs a password")]);
    check_errors(
        &one("password = \"p\""),
        &[("password", "needs `username`")],
    );
    check_errors(
        &one("token_file = \"t\""),
        &[("token_file", "needs `username`")],
    );
    check_errors(
        &one("username = \" \"\npassword = \"p\""),
        &[("\" \"", "is empty")],
    );
    let two = one("username = \"a\"\npassword = \"p\"\ntoken_file = \"t\"");
    check_errors(
        &two,
        &[("token_file", "`password` and `token_file` exclude")],
    );
    let two = one("username = \"a\"\npassword = \"p\"\npassword_file = \"t\"");
    check_errors(&two, &[("password_file", "exclude each other")]);
    let (mail, problems) = one("username = \"a\"\ntoken_file = \"t\"");
    assert!(problems.list.is_empty(), "{problems:?}");
    let TransportSettings::Smtp(smtp) = mail.transport else {
        panic!("a server");
    };
    assert!(
        matches!(smtp.token, Some(TokenSettings::File(file)) if file.value == Path::new("/config/t"))
    );
}

const OAUTH2: &str = "host = \"mail.example.org\"\nusername = \"a@example.org\"\n[mail.oauth2]\n\
    token_url = \"https://oauth2.example.org/token\"\nclient_id = \"c\"\nrefresh_token = \"mail-refresh\"\n";

#[test]
fn a_token_server_is_asked_by_https_only() {
    let (mail, problems) = read_smtp(&format!("{OAUTH2}scope = \" a  b \""));
    assert!(problems.list.is_empty(), "{problems:?}");
    let TransportSettings::Smtp(smtp) = mail.transport else {
        panic!("a server");
    };
    let Some(TokenSettings::Refresh(oauth2)) = smtp.token else {
        panic!("a token server");
    };
    assert_eq!(oauth2.scope.as_deref(), Some("a b"));
    for (address, words) in [
        ("http://oauth2.example.org/token", "https://"),
        ("ftp://oauth2.example.org/token", "https://"),
        ("https://me:pw@oauth2.example.org/token", "no user name"),
        ("https://oauth2.example.org/token#x", "no #"),
        ("oauth2.example.org", "no address of the web"),
        ("https://", "no address of the web"),
    ] {
        let text = OAUTH2.replace("https://oauth2.example.org/token", address);
        check_errors(&read_smtp(&text), &[(&format!("\"{address}\""), words)]);
    }
    let local = OAUTH2.replace("https://oauth2.example.org", "http://127.0.0.1:8080");
    check_errors(&read_smtp(&local), &[]);
    let bare = OAUTH2.split("token_url").next().expect("a head");
    let told = [
        ("[mail.oauth2]", "`token_url`"),
        ("[mail.oauth2]", "`client_id`"),
        ("[mail.oauth2]", "`refresh_token`"),
    ];
    check_errors(&read_smtp(bare), &told);
    let two = format!("{OAUTH2}refresh_token_file = \"f\"");
    check_errors(
        &read_smtp(&two),
        &[("refresh_token_file", "exclude each other")],
    );
}

/// Whatever stands where a secret does not belong, no way to print the problems tells it.
#[test]
fn a_secret_in_the_file_is_refused_and_never_shown() {
    for lines in [
        "username = \"a\"\npassword = \"hunter2!\"",
        "username = \"a\"\nzugang = \"hunter2\"",
        "[mail.oauth2]\nrefresh_token = \"1//hunter2\"",
        "[mail.oauth2]\nclient_secret = \"~hunter2\"",
        "[mail.oauth2]\ncode = \"hunter2\"",
        "[mail.dkim]\nkey = \"\"\"\n-----BEGIN PRIVATE KEY-----\nhunter2\n\"\"\"",
        "[mail.dkim]\npem = \"\"\"\nhunter2\n\"\"\"",
    ] {
        let (_, problems) = read_smtp(&format!("host = \"mail.example.org\"\n{lines}"));
        assert!(problems.errors() > 0, "{lines}");
        let plain = problems.render(Styling::Plain);
        assert!(plain.contains('^'), "{plain}");
        let json = problems.to_json_lines();
        assert!(
            !plain.contains("hunter2") && !json.contains("hunter2"),
            "{plain}{json}"
        );
    }
}

#[test]
fn a_signature_of_another_domain_gets_a_warning() {
    let dkim = |domain: &str| {
        read(&format!(
            "from = \"newsvigil@b\u{fc}ro.example\"\n[mail.dkim]\ndomain = \"{domain}\"\n\
             selector = \"s\"\nkey = \"dkim\""
        ))
    };
    let (mail, problems) = dkim("B\u{fc}ro.example");
    assert!(problems.list.is_empty(), "{problems:?}");
    assert_eq!(
        mail.dkim.expect("a signature").domain,
        "xn--bro-hoa.example"
    );
    let (_, problems) = dkim("example.net");
    check_told(
        &problems,
        Severity::Warning,
        &[("\"example.net\"", "DMARC")],
    );
    check_errors(
        &dkim("https://example.net/"),
        &[("\"https://example.net/\"", "not a domain")],
    );
    check_errors(
        &dkim("desk@example.net"),
        &[("\"desk@example.net\"", "not a domain")],
    );
}

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
