//! Two forms of a word in one: `detenido/a`, `defensor@s`, `détenu·e·s`, `Journalist/innen`, `preso(s)`.

use super::term_text::{TermText, count_letters, is_capitals, is_whole_word, is_word};
use super::warning::ForeignSyntaxWarning;

/// Forms of a whole phrase that are offered.
const MOST_FORMS: usize = 8;
/// What stands behind a slash, or in parentheses, for another form of the word before it.
const ENDINGS: [&str; 16] = [
    "a", "as", "o", "os", "e", "es", "s", "in", "innen", "n", "en", "r", "er", "ne", "nes", "x",
];
/// Letters that a word has in front of its second ending.
const LEAST_LETTERS: usize = 3;

/// `detenido/a` as one term.
pub(super) fn either(written: TermText<'_>) -> Option<ForeignSyntaxWarning> {
    let mut forms = vec![String::new()];
    let mut first = None;
    for word in written.text.split_whitespace() {
        let of_word = forms_of(word).or_else(|| articles(word));
        first = first.or_else(|| of_word.as_ref().map(|_| word));
        let of_word = of_word.unwrap_or_else(|| vec![word.to_owned()]);
        forms = forms
            .iter()
            .flat_map(|front| of_word.iter().map(move |form| format!("{front} {form}")))
            .take(MOST_FORMS)
            .collect();
    }
    let first = first?;
    let message = if is_pair_of_words(first) {
        format!("`{first}` finds only the two side by side: for either of them write OR")
    } else {
        format!("`{first}` finds neither form of the word: each is a word of its own here")
    };
    let forms: Vec<String> = forms.iter().map(|form| form.trim().to_owned()).collect();
    ForeignSyntaxWarning::new(message, written.joined(&forms, " OR "))
}

/// `Kyiv/Kiev`, `police/army`, `presos/presas`: whole words with slashes between them.
fn is_pair_of_words(word: &str) -> bool {
    let is_ending =
        |part: &str| ENDINGS.contains(&part.trim_start_matches('-').to_lowercase().as_str());
    let mut parts = word.trim_end_matches('~').split(['/', '⁄', '∕', '／']);
    word.contains(['/', '⁄', '∕', '／'])
        && parts.all(|part| is_whole_word(part) && !is_ending(part))
}

/// `l@s detenidos`, `el/la presidente`: words too short to be taken apart by rule, as they stand in phrases.
fn articles(word: &str) -> Option<Vec<String>> {
    let forms = match word.to_lowercase().as_str() {
        "l@s" | "lxs" | "los/las" | "las/los" | "los/as" => ["los", "las"],
        "l@" | "el/la" | "la/el" => ["el", "la"],
        "un/a" | "un/una" => ["un", "una"],
        "un@s" | "unxs" | "unos/as" | "unos/unas" => ["unos", "unas"],
        "le/la" | "la/le" => ["le", "la"],
        "o/a" | "a/o" => ["o", "a"],
        "os/as" | "as/os" => ["os", "as"],
        "der/die" | "die/der" => ["der", "die"],
        _ => return None,
    };
    Some(forms.map(str::to_owned).to_vec())
}

/// The forms that a word like `detenido/a` stands for; none for any other.
pub(in crate::core::watch) fn forms_of(word: &str) -> Option<Vec<String>> {
    let (body, sign) = match word.strip_suffix('~') {
        Some(body) => (body, "~"),
        None => (word, ""),
    };
    let body = body.trim_end_matches(['.', ';', ':']);
    let (equals, body) = match body.strip_prefix('=') {
        Some(body) => ("=", body),
        None => ("", body),
    };
    let forms = slashed(body)
        .or_else(|| in_parentheses(body))
        .or_else(|| with_sign(body))
        .or_else(|| with_x(body))
        .or_else(|| with_points(body))?;
    let mut told: Vec<String> = Vec::new();
    for form in forms {
        let form = format!("{equals}{form}{sign}");
        if !told.contains(&form) {
            told.push(form);
        }
    }
    (told.len() > 1).then_some(told)
}

/// `detenido/a`, `detenidos/as`, `Lehrer/-innen`, `presos/presas`.
fn slashed(word: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = word.split(['/', '⁄', '∕', '／']).collect();
    let (base, rest) = parts.split_first()?;
    if rest.is_empty() || !is_base(base) {
        return None;
    }
    let endings: Vec<String> = rest
        .iter()
        .map(|ending| ending.trim_start_matches('-').to_lowercase())
        .collect();
    if endings
        .iter()
        .all(|ending| ENDINGS.contains(&ending.as_str()))
    {
        let others = endings.iter().map(|ending| inflected(base, ending));
        return Some(std::iter::once((*base).to_owned()).chain(others).collect());
    }
    let whole = parts.iter().all(|part| is_whole_word(part));
    let short = parts.len() <= 5 && !parts.iter().all(|part| is_capitals(part));
    (whole && short).then(|| parts.iter().map(|part| (*part).to_owned()).collect())
}

/// `detenido(a)`, `preso(s)`, `étudiant(e)s`.
fn in_parentheses(word: &str) -> Option<Vec<String>> {
    let (word, plural) = match word.strip_suffix('s') {
        Some(word) if word.ends_with([')', '）']) => (word, "s"),
        _ => (word, ""),
    };
    let (base, ending) = word.strip_suffix([')', '）'])?.split_once(['(', '（'])?;
    let ending = ending.trim_start_matches('-');
    let known = ENDINGS.contains(&ending.to_lowercase().as_str());
    (known && is_base(base)).then(|| {
        let other = inflected(base, ending);
        vec![format!("{base}{plural}"), format!("{other}{plural}")]
    })
}

/// `tod@s`, `defensor@s`; not the address `a@example.org` and the name `@example`.
fn with_sign(word: &str) -> Option<Vec<String>> {
    let (base, plural) = word.split_once('@')?;
    if !matches!(plural, "" | "s") || !is_word(base) || count_letters(base) < 2 {
        return None;
    }
    Some(both_genders(base, plural))
}

/// `detenidxs`.
fn with_x(word: &str) -> Option<Vec<String>> {
    let base = word.strip_suffix("xs")?;
    let last = base.chars().next_back()?;
    let consonant = last.is_alphabetic() && !is_vowel(last);
    if !is_word(base) || count_letters(base) < LEAST_LETTERS || !consonant {
        return None;
    }
    Some(both_genders(base, "s"))
}

/// `detenid` and `s`: detenidos, detenidas; `defensor` and `s`: defensores, defensoras. What ends in another `r`,
/// as `prisioner`, has an `o` behind it.
fn both_genders(base: &str, plural: &str) -> Vec<String> {
    let is_agent = (base.ends_with("or") && count_letters(base) > 3)
        || ["español", "líder", "lider"]
            .iter()
            .any(|end| base.to_lowercase().ends_with(end));
    let masculine = match (is_agent, plural) {
        (true, "s") => format!("{base}es"),
        (true, _) => base.to_owned(),
        (false, _) => format!("{base}o{plural}"),
    };
    vec![masculine, format!("{base}a{plural}")]
}

/// `détenu·e·s`, `étudiant.e.s`, `élu-e-s`, `Journalist:innen`.
fn with_points(word: &str) -> Option<Vec<String>> {
    let point = |c: char| matches!(c, '·' | '•' | '‧' | '⋅' | '・' | '.' | '-' | ':' | '_');
    let (base, rest) = word.split_once(point)?;
    let sign = word[base.len()..].chars().next()?;
    if !is_base(base) {
        return None;
    }
    if matches!(rest, "in" | "innen") && !matches!(sign, '.' | '-') {
        return Some(vec![base.to_owned(), inflected(base, rest)]);
    }
    let (ending, plural) = match rest.split_once(point) {
        Some((ending, "s")) => (ending, "s"),
        Some(_) => return None,
        None => (rest, ""),
    };
    // `example.es` is a domain, `détenu.e` hardly one.
    let known = matches!(ending, "e" | "ne" | "le" | "te")
        || (matches!(ending, "es" | "s") && matches!(sign, '·' | '•' | '‧' | '⋅' | '・'));
    if !known {
        return None;
    }
    Some(vec![
        format!("{base}{plural}"),
        format!("{base}{ending}{plural}"),
    ])
}

fn is_base(base: &str) -> bool {
    let least = if is_capitals(base) { 5 } else { LEAST_LETTERS };
    is_word(base) && count_letters(base) >= least
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The word with its other ending.
fn inflected(base: &str, ending: &str) -> String {
    let without = |endings: &[&str]| {
        let found = endings.iter().find_map(|end| base.strip_suffix(end));
        found.unwrap_or(base)
    };
    let stem = match ending {
        "a" | "o" => without(&["o", "a", "e"]),
        "as" | "os" => without(&["os", "as", "es", "o", "a", "e"]),
        "e" | "x" => without(&["o", "a"]),
        "es" if base.ends_with("os") || base.ends_with("as") => without(&["os", "as"]),
        "es" => without(&["s"]),
        "in" => without(&["e"]),
        "innen" => without(&["en", "e"]),
        _ => base,
    };
    format!("{stem}{ending}")
}

#[cfg(test)]
mod tests;
