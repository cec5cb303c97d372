//! Files of the configuration as they may be shown: problems are printed with their lines, in a terminal
//! and in the journal, and somebody may have written a secret where none belongs.

use std::borrow::Cow;

/// Keys whose values are shown to nobody. They name credentials, unless somebody misunderstood them.
const SECRET_KEYS: [&str; 2] = ["password", "key"];

/// The text with stars in place of passwords, byte for byte, so that places in it stay what they are.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    if !text.contains("://") && !SECRET_KEYS.iter().any(|key| text.contains(key)) {
        return Cow::Borrowed(text);
    }
    let lines = text
        .split_inclusive('\n')
        .map(|line| match line.split_once('=') {
            Some((key, value)) if SECRET_KEYS.contains(&key.trim()) => {
                let stars = stars(value, |c| !c.is_whitespace() && !matches!(c, '"' | '\''));
                Cow::Owned(format!("{key}={stars}"))
            }
            _ => without_logins(line),
        });
    Cow::Owned(lines.collect())
}

/// `https://user:secret@host` without what stands before the `@` (RFC 3986 section 3.2.1).
fn without_logins(line: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let mut rest = line;
    while let Some(start) = rest.find("://").map(|at| at + 3) {
        let authority = &rest[start..];
        let end = authority
            .find(|c: char| matches!(c, '/' | '?' | '#' | '"' | '\'') || c.is_whitespace());
        let authority = &authority[..end.unwrap_or(authority.len())];
        let login = authority.rfind('@').unwrap_or(0);
        shown.push_str(&rest[..start]);
        shown.push_str(&stars(&authority[..login], |_| true));
        rest = &rest[start + login..];
    }
    if shown.is_empty() {
        return Cow::Borrowed(line);
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

fn stars(text: &str, hidden: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) {
            shown.extend(std::iter::repeat_n('*', c.len_utf8()));
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(masked(text), shown);
        assert_eq!(masked(text).len(), text.len());
    }

    #[test]
    fn what_may_be_a_password_is_starred() {
        check(
            "password = \"h\u{fc}nter 2\"\nport = 25\n",
            "password = \"******* *\"\nport = 25\n",
        );
        check("  key='k'", "  key='*'");
        check("password_file = \"smtp\"", "password_file = \"smtp\"");
        check("match = 'password'", "match = 'password'");
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
}
