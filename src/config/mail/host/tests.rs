use super::super::super::problem::SourceSpan;
use super::*;
use crate::core::watch::Severity;

fn read(text: &str) -> (Option<String>, Problems) {
    let mut problems = Problems::default();
    let place = SourceSpan {
        source: 0,
        span: 0..0,
    };
    let host = Located {
        value: text.to_owned(),
        place,
    };
    let read = read_host(&mut problems, &host, None);
    (read, problems)
}

#[track_caller]
fn check_taken(text: &str, host: &str) {
    let (read, problems) = read(text);
    assert_eq!(read.as_deref(), Some(host));
    assert!(problems.list.is_empty(), "{text}: {problems:?}");
}

#[test]
fn names_and_addresses_are_taken() {
    check_taken("mail.example.org", "mail.example.org");
    check_taken("localhost", "localhost");
    check_taken("127.0.0.1", "127.0.0.1");
    check_taken("::1", "::1");
    check_taken("[::1]", "::1");
    check_taken("[2001:db8::25]", "2001:db8::25");
    check_taken("b\u{fc}ro.example", "xn--bro-hoa.example");
}

/// Each suggestion is itself taken.
#[track_caller]
fn check_meant(text: &str, help: &str) {
    let (host, problems) = read(text);
    assert_eq!(host, None, "{text}");
    assert_eq!(problems.list.len(), 1, "{text}: {problems:?}");
    assert_eq!(problems.list[0].severity, Severity::Error);
    let told = problems.list[0].help.clone().unwrap_or_default();
    assert_eq!(told, format!("did you mean {help}?"), "{text}");
    let suggested = told.split('"').nth(1).expect("a name");
    assert!(read(suggested).0.is_some(), "{suggested}");
}

#[test]
fn what_is_pasted_with_the_name_is_told_with_the_name_that_was_meant() {
    let plain = "host = \"mail.example.org\"";
    check_meant("mail.example.org:587", &format!("{plain} and port = 587"));
    check_meant("mail.example.org:", plain);
    check_meant("mail.example.org:0", plain);
    check_meant("mail.example.org:99999", plain);
    check_meant("mail.example.org:submission", plain);
    let implicit = format!("{plain} and tls = \"implicit\"");
    check_meant("smtps://mail.example.org", &implicit);
    check_meant("smtps://mail.example.org/", &implicit);
    let with_port = format!("{plain} and port = 465 and tls = \"implicit\"");
    check_meant("SMTPS://me:secret@mail.example.org:465/", &with_port);
    check_meant(
        "smtp://mail.example.org",
        &format!("{plain} and tls = \"starttls\""),
    );
    check_meant("https://mail.example.org/", plain);
    check_meant(" mail.example.org", plain);
    check_meant("mail.example.org\n", plain);
    check_meant("mail. example.org", plain);
    check_meant("mail.example.org 587", &format!("{plain} and port = 587"));
    check_meant("mail.example.org.", plain);
    check_meant("mail..example.org", plain);
    check_meant("mail.example.org,mx.example.org", plain);
    check_meant("desk@example.org", "host = \"smtp.example.org\"");
    check_meant("[IPv6:::1]", "host = \"::1\"");
    check_meant("[::1]:587", "host = \"[::1]\" and port = 587");
    check_meant("[127.0.0.1]", "host = \"127.0.0.1\"");
    check_meant("[mail.example.org]", plain);
    check_meant("127.1", "host = \"127.0.0.1\"");
}

#[test]
fn what_is_no_name_at_all_is_refused() {
    for text in [
        "",
        "  ",
        "smtp://",
        ":587",
        "mail!example.org",
        "-",
        "a\u{0}b",
        "@",
    ] {
        let (host, problems) = read(text);
        assert_eq!(host, None, "{text}");
        assert_eq!(problems.list.len(), 1, "{text}");
        assert!(problems.list[0].help.is_some(), "{text}");
    }
}

#[test]
fn an_underscore_is_doubtful() {
    let (host, problems) = read("mail_1.example.org");
    assert_eq!(host.as_deref(), Some("mail_1.example.org"));
    assert_eq!((problems.errors(), problems.warnings()), (0, 1));
}
