//! What is told about `[mail]`, as it stands in the file.

mod files;

use std::path::Path;

use super::super::problem::{Problems, Source, Styling};
use super::{MailSettings, TokenSettings, TransportSettings, read_mail};
use crate::config::source::with_root;
use crate::core::watch::Severity;

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
