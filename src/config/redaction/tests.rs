use proptest::prelude::*;

use super::*;

#[track_caller]
fn check(text: &str, shown: &str) {
    assert_eq!(redacted(text), shown);
    assert_eq!(redacted(text).len(), text.len());
}

#[test]
fn a_password_behind_a_name_is_starred() {
    check(
        "[mail]\nusername = \"desk:hunter2\"\nhost = \"u:hunter2@mail.example.org\"\n",
        "[mail]\nusername = \"desk:*******\"\nhost = \"u:************************\"\n",
    );
    check(
        "[mail]\nusername = desk:hunter2\n",
        "[mail]\nusername = desk:*******\n",
    );
    check(
        "mail.username = \"u:hunter2\"\n",
        "mail.username = \"u:*******\"\n",
    );
    check(
        "mail = { port = 25, username = \"u:hunter2\" }\n",
        "mail = { port = 25, username = \"u:*******\" *\n",
    );
    for open in [
        "[mail]\nhost = \"[2001:db8::1]:587\"\nusername = \"desk@example.org\"\n",
        "[[watch]]\nusername = \"a:b\"\n",
    ] {
        check(open, open);
    }
}

#[test]
fn what_may_be_a_password_is_starred() {
    check(
        "password = \"h\u{fc}nter 2\"\nport = 25\n",
        "password = \"******* *\"\nport = 25\n",
    );
    check("  key='k'", "  key='*'");
    check("password_file = \"smtp\"", "password_file = \"****\"");
    check("key_file = \"dkim.pem\"", "key_file = \"dkim.pem\"");
    check("match = 'password'", "match = 'password'");
    check(
        "match = '''\npassport AND title:police\n'''\n",
        "match = '''\npassport AND title:police\n'''\n",
    );
}

#[test]
fn every_way_to_write_a_key_is_known() {
    for line in [
        "mail.password = \"hunter2\"",
        "mail . 'password' = \"hunter2\"",
        "\"mail\".\"pass word\"=\"hunter2\"",
        "\"p\\u0061ssword\" = \"hunter2\"",
        "mail = { host = \"h\", password = \"hunter2\" }",
        "mail = { password = \"hunter2\", host = \"h\" }",
        "Password = 'hunter2'",
        "PASSWD=hunter2",
        "smtp_password = \"hunter2\"",
        "secret = \"hunter2\"",
        "api-token = \"hunter2\"",
        "mail.dkim.Key = \"hunter2\"",
        "private_key = \"hunter2\"",
        "password : \"hunter2\"",
        "password: hunter2",
        "password hunter2",
        "my password is = \"hunter2\"",
        "password = [\n\"hunter2\"\n]",
        "password = [ # here\n  [\"a\"],\n\n\"hunter2\"]",
        "password = \"\"\"\nx \\\"\"\"\nport = 1\nhunter2\"\"\"",
        "password = '''\nx\\\nhunter2'''",
        "password =\n\n  \"hunter2\"",
        "password\n= \"hunter2\"",
        "password = \"x\nhunter2\"",
        "mail = { password = {\na = \"hunter2\"\n} }",
        "[mail.password]\nvalue = \"hunter2\"",
        "[mail]\n\"password\" = \"x\" # hunter2",
    ] {
        let shown = redacted(line);
        assert!(!shown.contains("hunter2"), "{line} is shown as {shown}");
        assert!(shown.contains('*'), "{shown}");
        assert_eq!(shown.len(), line.len());
        // What follows is somebody else's.
        let text = format!("{line}\n[other]\nport = 25\n");
        assert!(redacted(&text).ends_with("[other]\nport = 25\n"), "{text}");
    }
}

#[test]
fn whatever_stands_behind_an_unknown_key_of_mail_is_starred() {
    for line in [
        "[mail]\nzugang = \"hunter2\"",
        "[mail]\nhost = \"h\"\nkennwort = 'hunter2'",
        "[ mail . dkim ]\nprivate = \"\"\"\nhunter2\nhunter2\"\"\"",
        "[mail.oauth2]\nrefresh = \"hunter2\"",
        "['mail'.oauth2]\ncode: hunter2",
        "[mail] # the server\nhunter2",
        "[mail]\nhost = \"h\nhunter2\"",
        "mail.login = \"hunter2\"",
        "mail.\"dkim\".pem = \"hunter2\"",
        "mail = { host = \"h\", pin = \"hunter2\" }",
        "mail = { dkim = { domain = \"example.org\", pem = \"hunter2\" } }",
        "  Mail = { pin = [\n'hunter2' ] }",
    ] {
        let shown = redacted(line);
        assert!(!shown.contains("hunter2"), "{line} is shown as {shown}");
        assert_eq!(shown.len(), line.len());
    }
    for line in [
        "[mail]\nhost = \"smtps://mail.example.org:465\"\nport = 0\n",
        "[mail.oauth2]\ntoken_url = \"http://example.org/token\"\nscope = \"a b\"\n",
        "mail.dkim.selector = \"s 1\"\n",
        "mail = { host = \"h\", port = 25 }\n",
        "[mail]\n# a comment\n\n[[recipient]]\naddress = \"desk\"\nphrase = \"x\"\n",
        "[mailing]\nphrase = \"x\"\n",
    ] {
        assert_eq!(redacted(line), line);
    }
}

fn key() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "password",
        "passwd",
        "Passphrase",
        "PWD",
        "smtp_password",
        "secret",
        "client-secret",
        "auth_token",
        "TOKEN",
        "key",
    ]);
    (word, 0..3_u8, "([a-z]{1,5}\\.){0,2}", " {0,2}").prop_map(|(word, quotes, path, space)| {
        let quote = ["", "\"", "'"][usize::from(quotes)];
        format!("{path}{quote}{word}{quote}{space}")
    })
}

fn value() -> impl Strategy<Value = String> {
    let ways = vec![
        "\"V\"",
        "'V'",
        "V",
        "[\"V\"]",
        "[\n\"V\",\n]",
        "\"\"\"\nV\"\"\"",
        "'''V\nV'''",
        "\"V",
        "{ a = \"V\" }",
        "\n\"V\"",
        "[ 'a', { b = [\n'V' ] } ]",
    ];
    prop::sample::select(ways).prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn nothing_that_stands_behind_such_a_key_is_shown(
        key in key(),
        separator in prop::sample::select(vec!["=", ":"]),
        space in " {0,2}",
        value in value(),
        secret in "[A-Za-z0-9!$%&/()+,;<>@^_{}~-]{6,20}",
        before in prop::sample::select(vec!["", "[mail]\n", "a = { b = \"c\", ", "# ", "\u{fc} = 1\n"]),
        after in "[ -/:-~\n]{0,40}",
    ) {
        let value = value.replace('V', &format!("Q7{secret}"));
        let text = format!("{before}{key}{separator}{space}{value}\n{after}");
        let shown = redacted(&text);
        prop_assert!(!shown.contains("Q7"), "{}\nis shown as\n{}", text, shown);
        prop_assert_eq!(shown.len(), text.len());
        prop_assert_eq!(shown.matches('\n').count(), text.matches('\n').count());
    }
}

#[test]
fn logins_in_addresses_are_starred() {
    check(
        "url = \"https://me:secret@a.example/x@y\"",
        "url = \"https://*********@a.example/x@y\"",
    );
    check(
        "a http://u@p@b.example http://c.example/?q=u@d",
        "a http://***@b.example http://c.example/?q=u@d",
    );
    check("url = \"https://\u{e9}:s@[", "url = \"https://****@[");
    check("desk@example.org", "desk@example.org");
}
