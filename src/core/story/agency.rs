//! Which news agency an item credits.
//!
//! A credit is a name at a place where credits stand: behind the headline, in the line of place and date, at the
//! end, in the author's field. An agency that is named elsewhere is what the item is about.

mod opening;

use std::collections::HashMap;
use std::sync::LazyLock;

use opening::{dateline, opening};

use crate::core::text::words::{fold_text, fold_words};

/// Agencies: the name as it is told, the names under which they are credited, and their sites. Names of one word in
/// capitals count as they are written, so that `Mena` may be somebody's name.
static AGENCIES: LazyLock<Vec<[&str; 3]>> = LazyLock::new(|| {
    let lines = include_str!("agency/agencies.tsv").lines();
    lines
        .filter_map(|line| {
            let (name, rest) = line.split_once('\t')?;
            let (credits, sites) = rest.split_once('\t')?;
            Some([name, credits, sites])
        })
        .collect()
});

/// The agency by a name as it is credited.
fn named(name: &str) -> Option<&'static str> {
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(&agency) = NAMES.exact.get(name) {
        return Some(agency);
    }
    let folded = fold_text(name);
    NAMES.folded.get(folded.as_str()).copied()
}

struct Names {
    /// Of one word, as written.
    exact: HashMap<&'static str, &'static str>,
    /// Of several words, or in a script without capitals.
    folded: HashMap<String, &'static str>,
    /// The same, for looking inside the author's field.
    long: Vec<(String, &'static str)>,
    sites: HashMap<&'static str, &'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
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

/// The agency that an outlet is, by its name in the configuration or the domain of its site.
pub fn agency_of_outlet(outlet: &str) -> Option<&'static str> {
    let outlet = outlet.trim().to_lowercase();
    NAMES.sites.get(outlet.as_str()).copied()
}

/// The agency that an item credits; of several the first. None where it is named but not credited.
pub fn agency(title: &str, lead: &str, author: &str) -> Option<&'static str> {
    of_author(author)
        .or_else(|| opening(lead).map(|(agency, _)| agency))
        .or_else(|| title_credit(title).map(|(agency, _)| agency))
        .or_else(|| title_opening(title))
        .or_else(|| closing(lead))
}

/// The title without an agency's name behind it.
pub(super) fn without_title_credit(title: &str) -> &str {
    title_credit(title).map_or(title, |(_, end)| title[..end].trim_end())
}

/// The lead without the line of place, date and agency before it.
pub(super) fn without_credit(lead: &str) -> &str {
    let lead = lead.trim_start();
    opening(lead)
        .map(|(_, start)| start)
        .or_else(|| dateline(lead))
        .map_or(lead, |start| lead[start..].trim_start_matches(is_rule))
}

/// Signs between a credit and the text.
fn is_rule(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | '–' | '—' | '―' | '.' | ':' | '|' | '/' | '،' | ',' | '·' | '：' | '｜'
        )
}

fn of_author(author: &str) -> Option<&'static str> {
    const AUTHOR_BYTES: usize = 400;
    if author.is_empty() {
        return None;
    }
    let author = &author[..author.floor_char_boundary(AUTHOR_BYTES)];
    let whole = author.split(|c: char| ",;/|·•&()<>[]\"@،、＝=+".contains(c) || c == '\n');
    let part = whole
        .flat_map(|part| part.split(" - "))
        .flat_map(|part| part.split(" with "))
        .flat_map(|part| part.split(" and "))
        .find_map(|part| named(without_by(part)));
    part.or_else(|| {
        let folded = format!(" {} ", fold_text(author));
        let long = NAMES.long.iter().find(|(name, _)| folded.contains(name));
        long.map(|&(_, agency)| agency)
    })
}

/// `By Reuters Staff` is Reuters.
fn without_by(part: &str) -> &str {
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
fn is_explained(before: &str, agency: &str) -> bool {
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

/// The agency at the end of a title, and where it begins.
fn title_credit(title: &str) -> Option<(&'static str, usize)> {
    let title = title.trim_end();
    // `12 killed in Lima (AP)`
    if let Some((before, name)) = bracketed_end(title)
        && let Some(agency) = several(name)
        && !is_explained(&title[..before], agency)
    {
        return Some((agency, before));
    }
    // The name may have a hyphen of its own.
    title
        .char_indices()
        .rev()
        .take(60)
        .filter(|&(_, c)| matches!(c, '-' | '–' | '—' | '|' | ':' | '/' | '·' | '：' | '｜'))
        .take(3)
        .find_map(|(at, sign)| {
            let rest = &title[at..];
            let name = rest.trim_start_matches(is_rule);
            let before = title[..at].trim_end_matches(is_rule);
            let is_parted = !matches!(sign, '-' | '/')
                || title[..at].ends_with(' ')
                || rest[sign.len_utf8()..].starts_with(' ');
            let agency = several(name)?;
            (is_parted && !before.is_empty()).then_some((agency, before.len()))
        })
}

/// `Reuters: …`, `ТАСС: …`.
fn title_opening(title: &str) -> Option<&'static str> {
    let (name, rest) = title.split_once([':', '：'])?;
    (rest.chars().any(char::is_alphanumeric) && name.len() <= 60).then(|| named(name))?
}

/// Names with `/` or `,` between them, of which each that is known counts; the first of them. All of it must be
/// names, or words of credit.
fn several(names: &str) -> Option<&'static str> {
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

/// What stands in brackets at the end: where they open, and what they hold.
fn bracketed_end(text: &str) -> Option<(usize, &str)> {
    let inner = text
        .trim_end_matches(|c: char| c.is_whitespace() || c == '.')
        .strip_suffix([')', ']', '）', '】'])?;
    let open = inner.rfind(['(', '[', '（', '【'])?;
    let name = inner[open..].trim_start_matches(['(', '[', '（', '【']);
    Some((open, name))
}

/// The agency at the end of a lead.
fn closing(lead: &str) -> Option<&'static str> {
    const TAIL_BYTES: usize = 300;
    let lead = lead.trim_end();
    let from = lead.ceil_char_boundary(lead.len().saturating_sub(TAIL_BYTES));
    let tail = &lead[from..];
    if let Some((before, name)) = bracketed_end(tail)
        && let Some(agency) = several(name)
        && !is_explained(&tail[..before], agency)
    {
        return Some(agency);
    }
    // The last line or the words behind the last full stop or dash are the credit.
    let last = tail
        .rsplit(['\n', '—', '–', '|', '。', '＝', '/'])
        .next()
        .filter(|last| last.len() < tail.len());
    let sentence = tail
        .trim_end_matches('.')
        .rsplit_once(". ")
        .map(|(_, last)| last);
    if let Some(agency) = [last, sentence].into_iter().flatten().find_map(several) {
        return Some(agency);
    }
    let folded = format!(" {} ", fold_text(tail));
    // How Reuters signs.
    if folded.contains(" reporting by ") && folded.contains(" editing by ") {
        return Some("Reuters");
    }
    CONTRIBUTED.iter().find_map(|&phrase| {
        let (before, _) = folded.rsplit_once(&format!(" {phrase} "))?;
        let before = format!("{before} ");
        AGENCIES.iter().find_map(|&[agency, credits, _]| {
            credits
                .split('|')
                .any(|credit| before.ends_with(&format!(" {} ", fold_text(credit))))
                .then_some(agency)
        })
    })
}

/// What follows an agency's name where it shares in the credit.
const CONTRIBUTED: [&str; 6] = [
    "contributed to this report",
    "contributed to this story",
    "contributed reporting",
    "contribuyo a este reportaje",
    "a contribue a cet article",
    "contribuiu para esta reportagem",
];

#[cfg(test)]
mod tests;
