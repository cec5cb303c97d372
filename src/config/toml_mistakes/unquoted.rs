//! Values that stand without quotes and are neither number, date nor true and false.

use super::punctuation::{in_quotes, is_odd_quote};

/// What is wrong with a value without quotes, and what to write; nothing for a sound one.
pub(super) fn bare(token: &str) -> Option<(String, String)> {
    if toml::de::DeValue::parse(token).is_ok() {
        return None;
    }
    let lower = token.to_lowercase();
    match lower.as_str() {
        "true" | "yes" | "on" | "y" | "ja" | "si" | "sí" | "oui" | "sim" | "да" => {
            return Some((
                format!("`{token}` is written `true` here"),
                "true".to_owned(),
            ));
        }
        "false" | "no" | "off" | "n" | "nein" | "non" | "não" | "нет" => {
            return Some((
                format!("`{token}` is written `false` here"),
                "false".to_owned(),
            ));
        }
        "null" | "none" | "nil" | "undefined" => {
            return Some((
                format!("there is no `{token}` in TOML"),
                "leave the line out".to_owned(),
            ));
        }
        _ => {}
    }
    if let Some((message, help)) = number(token) {
        return Some((message, help));
    }
    let closing = |c: char| is_odd_quote(c) || matches!(c, '"' | '\'');
    let inner = token
        .strip_suffix(closing)
        .filter(|inner| !inner.contains(closing));
    let message = match inner {
        Some(_) => "the quote that begins this text is missing".to_owned(),
        None => "a text stands between quotes".to_owned(),
    };
    let straight: String = match inner {
        Some(inner) => inner.to_owned(),
        None => token
            .chars()
            .map(|c| {
                if matches!(c, '“' | '”' | '„' | '«' | '»') {
                    '"'
                } else {
                    c
                }
            })
            .collect(),
    };
    Some((message, in_quotes(straight.trim())))
}

/// `1,5`, `1.000,5`, `10 000`, `05`, `30m`, `50%`.
fn number(token: &str) -> Option<(String, String)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (sign, body) = match token.strip_prefix(['-', '+', '−', '–']) {
        Some(body) if token.starts_with('+') => ("", body.trim_start()),
        Some(body) => ("-", body.trim_start()),
        None => ("", token),
    };
    if !body.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let groups: Vec<&str> = body
        .split([',', ' ', '\u{A0}', '\u{202F}', '\'', '.'])
        .collect();
    if groups.len() > 1 && groups.iter().all(|group| digits(group)) {
        let thousands = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
        let zero = groups[0] == "0";
        if thousands && !zero {
            return Some((
                "a number has no sign between its thousands".to_owned(),
                format!("{sign}{}", groups.concat()),
            ));
        }
        if let [whole, _] = groups.as_slice()
            && body.contains(',')
        {
            return Some((
                "numbers are whole here, with nothing behind a comma".to_owned(),
                // Points are whole: what is more than 1.5 is 2 or more.
                match whole.parse::<u32>() {
                    Ok(number) if sign.is_empty() => number.saturating_add(1).to_string(),
                    _ => format!("{sign}{whole}"),
                },
            ));
        }
        return None;
    }
    if digits(body) {
        let plain = body.trim_start_matches('0');
        let plain = if plain.is_empty() { "0" } else { plain };
        return Some((
            "a number begins with no zero and no other sign than `-`".to_owned(),
            format!("{sign}{plain}"),
        ));
    }
    let unit = body.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_unit = unit.chars().count() <= 12 && unit.trim_start().chars().all(char::is_alphabetic);
    is_unit.then(|| {
        (
            "a number with a unit stands between quotes".to_owned(),
            in_quotes(token),
        )
    })
}
