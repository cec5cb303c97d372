//! Signs and words inside a term that join words elsewhere: `jail|sentence`, `police … protest`,
//! `"police or army"`.

use super::{Habit, Standing, Written, count_letters, is_whole_word, is_word};

/// `jail|sentence`, `police / army`, `"jail,prison"`, `jail;prison`.
pub(super) fn either(written: Written<'_>) -> Option<Habit> {
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
    Habit::new(
        format!("`{sign}` parts the words of a phrase here: for either of them write OR"),
        written.joined(&parts, " OR "),
    )
}

/// `police&protest`, `police+protest`.
pub(super) fn both(written: Written<'_>) -> Option<Habit> {
    let sign = ['&', '+', '＆', '＋'].into_iter().find(|&sign| {
        let mut parts = written.text.split(sign);
        written.text.contains(sign) && parts.all(is_whole_word)
    })?;
    let parts: Vec<String> = written.text.split(sign).map(str::to_owned).collect();
    Habit::new(
        format!("`{sign}` parts the words of a phrase here: for all of them write AND"),
        written.joined(&parts, " AND "),
    )
}

/// `"police … protest"`, `police...protest`, `arrest…`.
pub(super) fn ellipsis(written: Written<'_>, quoted: bool) -> Option<Habit> {
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
        return Habit::new(
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
    Habit::new("`…` means nothing here: for any ending write `*`", help)
}

/// `\bpolice\b`, `tear\ gas`.
pub(super) fn backslash(written: Written<'_>) -> Option<Habit> {
    if !written.text.contains('\\') {
        return None;
    }
    let plain = written.text.replace("\\b", " ").replace('\\', " ");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let has_words = plain.chars().any(char::is_alphanumeric);
    Habit::new(
        "a backslash means nothing here, and parts words",
        has_words.then(|| written.term(&plain)),
    )
}

/// `"police -football"`, `"+police +protest"`.
pub(super) fn signs(written: Written<'_>) -> Option<Habit> {
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
    Habit::new(message, help)
}

/// Phrases with `or` that are phrases.
const SAYINGS: [&str; 8] = [
    "dead or alive",
    "more or less",
    "sooner or later",
    "life or death",
    "whether or not",
    "one or more",
    "right or wrong",
    "trick or treat",
];
/// Behind these, `not` belongs to the verb.
const VERBS: [&str; 23] = [
    "is", "are", "was", "were", "be", "been", "do", "does", "did", "has", "have", "had", "will",
    "would", "can", "could", "may", "might", "must", "should", "shall", "or", "why",
];

/// `"police or army"`, `"police near/5 protest"`: an operator that became a word of the phrase.
pub(super) fn operators(written: Written<'_>, standing: Standing) -> Option<Habit> {
    let lower = written.text.to_lowercase();
    let words: Vec<&str> = written.text.split_whitespace().collect();
    let is = |at: usize, name: &str| words.get(at).is_some_and(|word| *word == name);
    let inner = 1..words.len().saturating_sub(1);
    let told = |operator: &str, help: Option<String>| {
        Habit::new(
            format!(
                "`{operator}` inside quotes is a word: operators stand outside of them, in capitals"
            ),
            help,
        )
    };
    let sides = |from: usize, to: usize| {
        (
            written.term(&words[..from].join(" ")),
            written.term(&words[to..].join(" ")),
        )
    };
    for at in inner.clone() {
        let word = words[at];
        if let Some((operator, number, length)) = nearness(&words[at..]) {
            if at + length >= words.len() {
                continue;
            }
            let (left, right) = sides(at, at + length);
            return told(
                &words[at..at + length].join(" "),
                Some(format!("({left} {operator}/{number} {right})")),
            );
        }
        if matches!(word, "and" | "but" | "or")
            && is(at + 1, "not")
            && at + 2 < words.len()
            && !SAYINGS.iter().any(|saying| lower.contains(saying))
        {
            let (left, right) = sides(at, at + 2);
            return told(
                &format!("{word} not"),
                Some(format!("({left} AND NOT {right})")),
            );
        }
    }
    // In a list of alternatives, one `or` is of a phrase; one `and` is, unless it is all there is.
    for (operator, joint, least) in [
        (
            "or",
            " OR ",
            if standing == Standing::Branch { 2 } else { 1 },
        ),
        (
            "and",
            " AND ",
            if standing == Standing::Alone { 1 } else { 2 },
        ),
    ] {
        let count = inner.clone().filter(|&at| is(at, operator)).count();
        let alternating =
            words.len() % 2 == 1 && (1..words.len()).step_by(2).all(|at| is(at, operator));
        if count >= least
            && (least == 1 || alternating)
            && !SAYINGS.iter().any(|saying| lower.contains(saying))
        {
            return told(operator, written.joined(&split(&words, operator), joint));
        }
    }
    if let [left, operator @ ("not" | "near"), right] = words.as_slice()
        && !VERBS.contains(&left.to_lowercase().as_str())
    {
        let (left, right) = (written.term(left), written.term(right));
        let help = if *operator == "not" {
            format!("({left} AND NOT {right})")
        } else {
            format!("({left} NEAR/10 {right})")
        };
        return told(operator, Some(help));
    }
    None
}

fn split(words: &[&str], operator: &str) -> Vec<String> {
    let parts = words.split(|word| *word == operator);
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(|part| part.join(" ")).collect()
}

/// `near/5`, `w/5`, `near 5`, `within 5 words of` at the head of `words`: the operator, its number, and how
/// many words that are.
fn nearness(words: &[&str]) -> Option<(&'static str, u32, usize)> {
    let clamped = |number: &str| {
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().unwrap_or(u32::MAX);
        digits.then(|| number.clamp(1, super::super::syntax::MAX_DISTANCE))
    };
    let first = words.first()?.to_lowercase();
    if let Some((name, number)) = first.split_once('/') {
        let operator = match name {
            "near" | "w" | "n" | "adj" | "within" => "NEAR",
            "pre" => "PRE",
            _ => return None,
        };
        return Some((operator, clamped(number)?, 1));
    }
    let number = clamped(words.get(1)?);
    match (first.as_str(), number) {
        ("near", Some(number)) => Some(("NEAR", number, 2)),
        ("within", Some(number))
            if words.get(2).is_some_and(|word| word.starts_with("word"))
                && words.get(3) == Some(&"of") =>
        {
            Some(("NEAR", number, 4))
        }
        _ => None,
    }
}
