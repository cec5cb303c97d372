//! The agencies, and whose name is one of theirs.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::core::text::tokenizer::{fold_text, fold_words};

/// Agencies: the name as it is told, the names under which they are credited, and their sites. Names of one word in
/// capitals count as they are written, so that `Mena` may be somebody's name.
pub(super) static AGENCIES: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| {
    let lines = include_str!("agencies.tsv").lines();
    lines
        .filter_map(|line| {
            let (name, rest) = line.split_once('\t')?;
            let (credits, sites) = rest.split_once('\t')?;
            Some([name, credits, sites])
        })
        .collect()
});

/// The agency by a name as it is credited.
pub(super) fn named(name: &str) -> Option<&'static str> {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(&agency) = NAMES.exact.get(name) {
        return Some(agency);
    }
    let folded = fold_text(name);
    NAMES.folded.get(folded.as_str()).copied()
}

pub(super) struct Names {
    /// Of one word, as written.
    exact: HashMap<&'static str, &'static str>,
    /// Of several words, or in a script without capitals.
    folded: HashMap<String, &'static str>,
    /// The same, for looking inside the author's field.
    pub(super) long: Vec<(String, &'static str)>,
    pub(super) sites: HashMap<&'static str, &'static str>,
}

pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names {
        exact: HashMap::new(),
        folded: HashMap::new(),
        long: Vec::new(),
        sites: HashMap::new(),
    };
    for &[agency, credits, sites] in AGENCIES.iter() {
        for credit in credits.split('|') {
            let is_short = !credit.contains(' ') && credit.chars().any(char::is_uppercase);
            if is_short {
                names.exact.insert(credit, agency);
            } else {
                names.folded.insert(fold_text(credit), agency);
            }
            if credit.contains(' ') && credit.chars().count() > 6 {
                names
                    .long
                    .push((format!(" {} ", fold_text(credit)), agency));
            }
        }
        for site in sites.split_whitespace() {
            names.sites.insert(site, agency);
        }
    }
    names
});

/// Signs between a credit and the text.
pub(super) fn is_rule(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '–' | '—' | '―' | '.' | ':' | '|' | '/' | '،' | ',' | '·' | '：' | '｜'
        )
}

/// `By Reuters Staff` is Reuters.
pub(super) fn without_by(part: &str) -> &str {
    const BEFORE: [&str; 14] = [
        "By ",
        "by ",
        "BY ",
        "Por ",
        "por ",
        "Par ",
        "par ",
        "Da ",
        "Von ",
        "From ",
        "Agencia ",
        "Agência ",
        "Agence ",
        "Редакция ",
    ];
    const BEHIND: [&str; 14] = [
        " Staff",
        " staff",
        " News",
        " news",
        " News Agency",
        " Agency",
        " agency",
        " Agencies",
        " Agencia",
        " Writers",
        " Reporters",
        " Newsroom",
        " Fact Check",
        " Correspondent",
    ];
    let mut part = part.trim();
    for word in BEFORE {
        part = part.strip_prefix(word).unwrap_or(part).trim();
    }
    for word in BEHIND {
        part = part.strip_suffix(word).unwrap_or(part).trim();
    }
    part
}

/// A name in parentheses that explains the words before it: `Agence France-Presse (AFP)`.
pub(super) fn is_explained(before: &str, agency: &str) -> bool {
    let before = format!(
        " {} ",
        fold_text(&before[before.floor_char_boundary(before.len().saturating_sub(80))..])
    );
    NAMES
        .long
        .iter()
        .any(|(name, of)| *of == agency && before.ends_with(name.as_str()))
        || EMPLOYED
            .iter()
            .any(|word| before.ends_with(&format!(" {word} ")))
}

/// Words before an agency's name that make it what is told of.
const EMPLOYED: [&str; 24] = [
    "agency",
    "the",
    "at",
    "for",
    "against",
    "with",
    "of",
    "agencia",
    "la",
    "de",
    "agence",
    "l",
    "agência",
    "da",
    "агентства",
    "агентство",
    "агентству",
    "агентства",
    "وكالة",
    "لوكالة",
    "في",
    "من",
    "für",
    "von",
];

/// Names with `/` or `,` between them, of which each that is known counts; the first of them. All of it must be
/// names, or words of credit.
pub(super) fn several(names: &str) -> Option<&'static str> {
    const MOST_CHARS: usize = 60;
    if names.is_empty() || names.chars().nth(MOST_CHARS).is_some() {
        return None;
    }
    if let Some(agency) = named(names).or_else(|| named(without_source(names))) {
        return Some(agency);
    }
    let mut parts = names.split(['/', ',', '&', '+', '،', '、', '＝']);
    parts.find_map(|part| named(without_source(part)))
}

/// `Source: Reuters`, `avec AFP`, `com Agência Lusa`.
fn without_source(name: &str) -> &str {
    let mut rest = name.trim_matches(|c: char| !c.is_alphanumeric());
    let folded: Vec<_> = fold_words(rest);
    for word in folded {
        if !SOURCE.contains(&word.folded.as_str()) {
            rest = &rest[word.start..];
            break;
        }
    }
    rest
}

const SOURCE: [&str; 37] = [
    "об",
    "reporting",
    "сообщает",
    "этом",
    "source",
    "sources",
    "via",
    "with",
    "by",
    "from",
    "photo",
    "fuente",
    "fuentes",
    "con",
    "informacion",
    "avec",
    "fonte",
    "com",
    "informacoes",
    "informazioni",
    "da",
    "de",
    "del",
    "la",
    "of",
    "por",
    "par",
    "source",
    "quelle",
    "источник",
    "по",
    "материалам",
    "المصدر",
    "来源",
    "據",
    "据",
    "ที่มา",
];
