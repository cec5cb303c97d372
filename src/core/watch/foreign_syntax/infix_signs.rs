//! Signs inside a term that join words elsewhere: `jail|sentence`, `police … protest`.

use super::term_text::{TermText, count_letters, is_whole_word, is_word};
use super::warning::ForeignSyntaxWarning;

/// `jail|sentence`, `police / army`, `"jail,prison"`, `jail;prison`.
pub(super) fn either(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    let text = written.text;
    let bars = text.contains('|') || text.contains('｜') || text.contains('¦');
    let slashes = !bars && text.contains(" / ");
    let (sign, parts): (&str, Vec<&str>) = if bars {
        ("|", text.split(['|', '｜', '¦']).collect())
    } else if slashes {
        ("/", text.split(" / ").collect())
    } else {
        let sign = [',', ';', '，', '、', '；', '،', '؛']
            .into_iter()
            .find(|&sign| {
                let parts: Vec<&str> = text.split(sign).collect();
                parts.len() > 1
                    && parts.iter().all(|part| {
                        part.split_whitespace().all(is_word) && count_letters(part) >= 2
                    })
                    // Behind a comma and a blank a phrase goes on.
                    && !parts.iter().skip(1).any(|part| part.starts_with(' '))
            })?;
        let at = text.find(sign)?;
        let sign_text = &text[at..at + sign.len_utf8()];
        (sign_text, text.split(sign).collect())
    };
    let parts: Vec<String> = parts
        .iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect();
    if parts.len() < 2 {
        return None;
    }
    ForeignSyntaxWarning::new(
        format!("`{sign}` parts the words of a phrase here: for either of them write OR"),
        written.joined(&parts, " OR "),
    )
}

/// `police&protest`, `police+protest`.
pub(super) fn both(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    let sign = ['&', '+', '＆', '＋'].into_iter().find(|&sign| {
        let mut parts = written.text.split(sign);
        written.text.contains(sign) && parts.all(is_whole_word)
    })?;
    let parts: Vec<String> = written.text.split(sign).map(str::to_owned).collect();
    ForeignSyntaxWarning::new(
        format!("`{sign}` parts the words of a phrase here: for all of them write AND"),
        written.joined(&parts, " AND "),
    )
}

/// `"police … protest"`, `police...protest`, `arrest…`.
pub(super) fn ellipsis(written: TermText<'_>, quoted: bool) -> Option<ForeignSyntaxWarning> {
    const DISTANCE: u32 = 10;
    let text = written.text;
    let at = [text.find('…'), text.find("..."), text.find("[…")]
        .into_iter()
        .flatten()
        .min()?;
    let is_part = |c: char| matches!(c, '.' | '…' | '[' | ']' | '(' | ')') || c.is_whitespace();
    let left = text[..at].trim_end_matches(is_part);
    let right = text[at..].trim_start_matches(is_part);
    let has_words = |text: &str| text.chars().any(char::is_alphanumeric);
    if has_words(left) && has_words(right) {
        let help = format!(
            "({} PRE/{DISTANCE} {})",
            written.term(left),
            written.term(right)
        );
        let several = right.contains('…') || right.contains("...");
        return ForeignSyntaxWarning::new(
            format!(
                "`…` stands for no words here, and these must follow each other: for others between them \
                 use PRE/{DISTANCE}"
            ),
            (!several).then_some(help),
        );
    }
    let rest = if has_words(left) { left } else { right };
    if !has_words(rest) {
        return None;
    }
    let ending =
        !quoted && !written.exact && has_words(left) && is_word(rest) && count_letters(rest) >= 3;
    let help = if ending {
        format!("{rest}*")
    } else {
        written.term(rest)
    };
    ForeignSyntaxWarning::new("`…` means nothing here: for any ending write `*`", help)
}

/// `\bpolice\b`, `tear\ gas`.
pub(super) fn backslash(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    if !written.text.contains('\\') {
        return None;
    }
    let plain = written.text.replace("\\b", " ").replace('\\', " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_words = plain.chars().any(char::is_alphanumeric);
    ForeignSyntaxWarning::new(
        "a backslash means nothing here, and parts words",
        has_words.then(|| written.term(&plain)),
    )
}

/// `"police -football"`, `"+police +protest"`.
pub(super) fn signs(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    let signed = |word: &str| {
        let sign = word.chars().next()?;
        let rest = &word[sign.len_utf8()..];
        (matches!(sign, '+' | '-' | '−' | '–' | '!') && rest.starts_with(char::is_alphabetic))
            .then(|| (sign, rest.to_owned()))
    };
    let mut wanted: Vec<String> = Vec::new();
    let mut unwanted: Vec<String> = Vec::new();
    let mut first = None;
    let mut run = String::new();
    for word in written.text.split_whitespace() {
        let Some((sign, rest)) = signed(word) else {
            run.push(' ');
            run.push_str(word);
            continue;
        };
        first = first.or(Some(sign));
        wanted.extend((!run.is_empty()).then(|| std::mem::take(&mut run)));
        if sign == '+' {
            wanted.push(rest);
        } else {
            unwanted.push(rest);
        }
    }
    let sign = first?;
    wanted.extend((!run.is_empty()).then_some(run));
    let wanted: Vec<String> = wanted.iter().map(|part| written.term(part)).collect();
    let unwanted = unwanted
        .iter()
        .map(|part| format!("NOT {}", written.term(part)));
    let single = wanted.len() == 1 && unwanted.len() == 0;
    let help = match wanted.as_slice() {
        [] => None,
        [one] if single => Some(one.clone()),
        _ => {
            let parts: Vec<String> = wanted.iter().cloned().chain(unwanted).collect();
            Some(format!("({})", parts.join(" AND ")))
        }
    };
    let message = if sign == '+' {
        "`+` means nothing inside quotes: join words with AND".to_owned()
    } else {
        format!("`{sign}` excludes nothing inside quotes: write AND NOT behind them")
    };
    ForeignSyntaxWarning::new(message, help)
}
