//! Which news agency an item credits.
//!
//! A credit is a name at a place where credits stand: behind the headline, in the line of place and date, at the
//! end, in the author's field. An agency that is named elsewhere is what the item is about.

mod dateline;
mod names;

use dateline::{dateline, opening};

use crate::core::text::tokenizer::fold_text;
use names::{AGENCIES, NAMES, is_explained, is_rule, named, several, without_by};

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
