//! Files of the configuration as they may be shown: problems are printed with their lines, in a terminal
//! and in the journal, and somebody may have written a secret where none belongs.
//!
//! Such a file is often no TOML at all, so it is judged line by line, and in doubt too much is starred.

use std::borrow::Cow;

/// A key with one of these in it names a credential, unless somebody misunderstood it.
const SECRET_WORDS: [&str; 5] = ["pass", "pwd", "secret", "token", "cookie"];
/// At the head of a line without `=`, these are meant as keys. `secret police` is looked for by watches.
const SECRET_BEGINNINGS: [&str; 2] = ["passw", "pwd"];

/// The keys of `[mail]` and of the tables in it whose values are no secrets. Whatever stands behind another
/// key there may be one, under a name that nobody thought of.
const OPEN_MAIL_KEYS: [&str; 17] = [
    "transport",
    "from",
    "program",
    "host",
    "port",
    "tls",
    "username",
    "ca_file",
    "domain",
    "selector",
    "key_file",
    "client_id",
    "scope",
    TOKEN_URL,
    // The tables themselves, whose own keys are looked at.
    "mail",
    "dkim",
    "oauth2",
];
/// No secret, for all its name: a mistake in it must be seen.
const TOKEN_URL: &str = "token_url";

/// The text with stars in place of passwords, byte for byte, so that places in it stay what they are.
pub(super) fn redacted(text: &str) -> Cow<'_, str> {
    let mut shown = String::with_capacity(text.len());
    let mut secret = Open::No;
    let mut table = Table::Other;
    for line in text.split_inclusive('\n') {
        if secret.goes_on(line) {
            shown.push_str(&starred(line));
            secret.read(line);
            continue;
        }
        if is_header(line) {
            table = Table::of(line);
        }
        let of_mail = table == Table::Mail || is_of_mail(line.trim_start());
        let value = first_value(line, table);
        let login = || login_in(line).filter(|_| of_mail);
        let (open, hidden) = line.split_at(value.or_else(login).unwrap_or(line.len()));
        shown.push_str(&without_logins(open));
        shown.push_str(&starred(hidden));
        if value.is_some() {
            secret = Open::Empty;
            secret.read(hidden.trim_start().trim_start_matches(['=', ':']));
        }
    }
    if shown == text {
        return Cow::Borrowed(text);
    }
    Cow::Owned(shown)
}

/// What may stand in the table of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    /// Anything.
    Secret,
    /// `[mail]` and what belongs to it.
    Mail,
    /// No secret but under a key that names one.
    Other,
}

impl Table {
    fn of(header: &str) -> Self {
        if names_secret(header) {
            Self::Secret
        } else if is_of_mail(header.trim().trim_start_matches('[')) {
            Self::Mail
        } else {
            Self::Other
        }
    }
}

/// Whether a key, or what stands in a header, is `mail` or begins with it.
fn is_of_mail(key: &str) -> bool {
    let first = key.split(['.', ']', '=']).next().unwrap_or_default();
    let first = first.trim().trim_matches(['"', '\'']);
    first.eq_ignore_ascii_case("mail")
}

/// Whether a key of `[mail]` is known, and no secret by its name.
fn is_open_in_mail(key: &str) -> bool {
    let last = key.rsplit('.').next().unwrap_or_default();
    let last = last.trim().trim_matches(['"', '\'']);
    OPEN_MAIL_KEYS.contains(&last)
}

/// Where the values of a line begin, with their `=`, if a secret may be among them.
fn first_value(line: &str, table: Table) -> Option<usize> {
    let separators = || line.match_indices(['=', ':']).map(|(at, _)| at);
    let first = separators().next();
    if separators().any(|at| names_secret(key_before(&line[..at]))) {
        return first;
    }
    // `my "password" is = "…"`
    if let Some((key, _)) = line.split_once('=')
        && names_secret(key)
    {
        return first;
    }
    let content = line.len() - line.trim_start().len();
    if line[content..].starts_with(['=', ':']) {
        return Some(content);
    }
    if table == Table::Secret && !is_header(line) {
        return Some(first.unwrap_or(content));
    }
    let key = &line[content..first.unwrap_or(line.len())];
    if !is_header(line) && (table == Table::Mail || is_of_mail(key)) {
        let blank = line[content..].trim().is_empty() || line[content..].starts_with('#');
        // `mail = { … }` has more keys behind its first.
        let mut keys = line
            .match_indices('=')
            .map(|(at, _)| key_before(&line[..at]));
        let open = blank || (is_open_in_mail(key) && keys.all(is_open_in_mail));
        return (!open).then(|| first.unwrap_or(content));
    }
    if first.is_some() {
        return None;
    }
    // `password "…"`
    let word = line[content..].split_whitespace().next()?;
    let lower = word.trim_matches(['"', '\'']).to_lowercase();
    SECRET_BEGINNINGS
        .iter()
        .any(|beginning| lower.starts_with(beginning))
        .then_some(content + word.len())
}

/// The key that ends at the end of `text`: `a."b c".d`.
fn key_before(text: &str) -> &str {
    let mut start = text.trim_end().len();
    loop {
        let rest = text[..start].trim_end();
        let Some(last) = rest.chars().next_back() else {
            break;
        };
        if matches!(last, '"' | '\'') {
            let inside = &rest[..rest.len() - 1];
            start = inside.rfind(last).unwrap_or(0);
        } else {
            let bare = |c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '$' | '\\');
            let before = rest.char_indices().rfind(|(_, c)| bare(*c));
            start = before.map_or(0, |(at, c)| at + c.len_utf8());
        }
        let before = text[..start].trim_end();
        if !before.ends_with('.') {
            break;
        }
        start = before.len() - 1;
    }
    &text[start..]
}

fn names_secret(key: &str) -> bool {
    let key = key.to_lowercase().replace(TOKEN_URL, "");
    // Letters may be written as escapes.
    key.contains('\\')
        || SECRET_WORDS.iter().any(|word| key.contains(word))
        || key
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))
            .any(|part| {
                matches!(part, "key" | "apikey") || part.ends_with("_key") || part.ends_with("-key")
            })
}

/// `[table]` or `[[table]]`.
fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim();
    line.starts_with('[') && line.ends_with(']') && !line.contains(['=', ','])
}

/// What of a secret value has not ended with its line.
#[derive(Clone, Copy)]
enum Open {
    /// Nothing.
    No,
    /// It has not begun.
    Empty,
    /// A string of several lines, in which so many brackets are open around it.
    Text(&'static str, usize),
    /// So many brackets.
    Brackets(usize),
    /// A string of one line that lacks its end.
    Torn,
}

impl Open {
    /// Whether the next line belongs to it.
    fn goes_on(&mut self, line: &str) -> bool {
        let begins_anew = is_header(line) || has_key(line);
        match self {
            Self::No => false,
            Self::Empty | Self::Torn => !begins_anew,
            Self::Text(..) | Self::Brackets(_) => true,
        }
    }

    /// Goes on behind `text`, the rest of a line.
    fn read(&mut self, text: &str) {
        let (mut string, mut depth) = match *self {
            Self::Text(end, depth) => (Some(end), depth),
            Self::Brackets(depth) => (None, depth),
            Self::Torn if !text.trim().is_empty() => return,
            Self::No | Self::Empty | Self::Torn => (None, 0),
        };
        let blank = |text: &str| text.trim().is_empty() || text.trim_start().starts_with('#');
        if string.is_none() && depth == 0 && blank(text) {
            // A blank line does not end what has not begun.
            return;
        }
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut taken = c.len_utf8();
            match string {
                Some(end) if rest.starts_with(end) => {
                    taken = end.len();
                    string = None;
                }
                Some(end) if c == '\\' && end.starts_with('"') => {
                    taken += rest[1..].chars().next().map_or(0, char::len_utf8);
                }
                Some(_) => {}
                None => match c {
                    '"' | '\'' => {
                        let marks = ["\"\"\"", "'''", "\"", "'"];
                        string = marks.into_iter().find(|mark| rest.starts_with(mark));
                        taken = string.map_or(taken, str::len);
                    }
                    '[' | '{' => depth += 1,
                    ']' | '}' => depth = depth.saturating_sub(1),
                    '#' => break,
                    _ => {}
                },
            }
            rest = &rest[taken..];
        }
        *self = match string {
            Some(end) if end.len() == 3 => Self::Text(end, depth),
            _ if depth > 0 => Self::Brackets(depth),
            Some(_) => Self::Torn,
            None => Self::No,
        };
    }
}

/// Whether a line begins with a key and its value, as a file goes on behind a torn string.
fn has_key(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, value)| {
        let key = key.trim();
        let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let value = value.trim_start();
        !key.is_empty()
            && key.chars().all(bare)
            && value
                .starts_with(|c: char| matches!(c, '"' | '\'' | '[' | '{') || c.is_ascii_digit())
    })
}

/// Where in `username = "user:secret"` and `host = "user:secret@mail.example.org"` the secret begins.
fn login_in(line: &str) -> Option<usize> {
    line.match_indices('=').find_map(|(at, _)| {
        let key = key_before(&line[..at]);
        let key = key.rsplit('.').next().unwrap_or_default();
        let value = &line[at + 1..];
        let colon = value.find(':')?;
        let is_login = match key.trim().trim_matches(['"', '\'']) {
            "username" => true,
            "host" => value[colon..].contains('@') && !value[colon..].starts_with("://"),
            _ => false,
        };
        is_login.then_some(at + 1 + colon + 1)
    })
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

fn starred(text: &str) -> String {
    stars(text, |c| {
        !c.is_whitespace() && !matches!(c, '"' | '\'' | '=' | ':')
    })
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
mod tests;
