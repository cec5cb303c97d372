//! The line of place, date and agency before a lead.

use std::sync::LazyLock;

use super::names::{AGENCIES, is_explained, is_rule, named, several, without_by};

/// Characters at which a credit may stand before a lead.
const OPENING_CHARS: usize = 90;

/// The agency in the line before a lead, and where the text begins.
pub(super) fn opening(lead: &str) -> Option<(&'static str, usize)> {
    let start = lead.len() - lead.trim_start().len();
    let lead_text = &lead[start..];
    let end = lead_text
        .char_indices()
        .nth(OPENING_CHARS)
        .map_or(lead_text.len(), |(at, _)| at);
    let head = &lead_text[..end];
    bracketed_opening(head)
        .or_else(|| slashed_opening(head))
        .or_else(|| plain_opening(head))
        .or_else(|| han_opening(head))
        .or_else(|| byline_opening(head))
        .map(|(agency, text)| (agency, start + text))
}

/// `LIMA, Nov 3 (AP) —`, `(Reuters) -`, `[Reuters]`, `【AFP＝時事】`.
fn bracketed_opening(head: &str) -> Option<(&'static str, usize)> {
    let mut from = 0;
    while let Some(open) = head[from..]
        .find(['(', '[', '（', '【', '［'])
        .map(|at| from + at)
    {
        let inside = open + head[open..].chars().next().map_or(1, char::len_utf8);
        let close = inside + head[inside..].find([')', ']', '）', '】', '］'])?;
        let behind = close + head[close..].chars().next().map_or(1, char::len_utf8);
        from = behind;
        let name = &head[inside..close];
        let rest = &head[behind..];
        let is_wide = !head[open..].starts_with(['(', '[']);
        let is_ruled = rest
            .trim_start()
            .starts_with(['-', '–', '—', '―', '.', ':', '|', '/', '،', ','])
            || is_wide;
        // Nothing but a place and a date stands before it.
        let before = &head[..open];
        let agency = several(name).or_else(|| is_wide.then(|| han_credit(name)).flatten());
        if let Some(agency) = agency
            && (is_ruled || before.trim().is_empty() || is_shouted(before) && is_begun(rest))
            && !is_explained(before, agency)
            && is_place_and_date(before)
        {
            return Some((agency, behind));
        }
    }
    None
}

/// `LIMA (AP) Police said`: a place in capitals needs no rule behind the credit.
fn is_shouted(place: &str) -> bool {
    place.chars().filter(|c| c.is_uppercase()).count() >= 3 && !place.contains(char::is_lowercase)
}

/// Whether a text begins behind a blank.
fn is_begun(rest: &str) -> bool {
    let text = rest.trim_start();
    text.len() < rest.len() && text.starts_with(char::is_uppercase)
}

/// `By AFP Police said`: a byline that was a line of its own.
fn byline_opening(head: &str) -> Option<(&'static str, usize)> {
    let rest = ["By ", "BY ", "Por ", "Par ", "Von ", "Da "]
        .iter()
        .find_map(|by| head.strip_prefix(by))?;
    let from = head.len() - rest.len();
    let ends = rest.char_indices().filter(|(_, c)| c.is_whitespace());
    ends.take(3)
        .filter(|(end, _)| is_begun(&rest[*end..]))
        .find_map(|(end, _)| Some((named(&rest[..end])?, from + end)))
}

/// `МОСКВА, 3 ноября. /ТАСС/.`
fn slashed_opening(head: &str) -> Option<(&'static str, usize)> {
    let open = head.find('/')?;
    let close = open + 1 + head[open + 1..].find('/')?;
    let agency = named(&head[open + 1..close])?;
    is_place_and_date(&head[..open]).then_some((agency, close + 1))
}

/// `Reuters - `, `МОСКВА, 3 ноя - РИА Новости.`, `Lima | AFP`, `غزة 3-11-2026 وفا-`.
fn plain_opening(head: &str) -> Option<(&'static str, usize)> {
    let rules = head
        .char_indices()
        .filter(|&(at, c)| {
            let behind = &head[at + c.len_utf8()..];
            match c {
                '–' | '—' | '―' | '|' | ':' | '\n' => true,
                '-' => {
                    behind.starts_with(char::is_whitespace)
                        || head[..at].ends_with(' ')
                        || behind.starts_with('-')
                }
                '.' => behind.starts_with([' ', '-', '–', '—']),
                _ => false,
            }
        })
        .take(5);
    let mut start = 0;
    let mut place = 0;
    for (at, c) in rules {
        let part = head[start..at].trim_matches(is_rule);
        let behind = at + c.len_utf8();
        let rest = head[behind..].trim_start_matches(is_rule);
        // `Reuters – which employs her – said`
        let goes_on = rest.starts_with(char::is_lowercase);
        if let Some(agency) = named(without_by(part)).or_else(|| last_word(part))
            && is_place_and_date(&head[..place.max(start)])
            && (!goes_on || c == '.')
            && !part.is_empty()
        {
            return Some((agency, behind));
        }
        // What stood before may have been the place.
        place = at;
        start = behind;
    }
    None
}

/// The agency that ends a line of place and date: `LIMA, AFP`, `غزة 3-11-2026 وفا`, `BERLIN, Nov 3 Xinhua`.
fn last_word(part: &str) -> Option<&'static str> {
    let (before, name) = part.rsplit_once([' ', ','])?;
    let has_date = before.chars().any(char::is_numeric);
    ((has_date || is_shouted(before)) && is_place_and_date(before)).then(|| named(name))?
}

/// `新华社北京11月3日电`, `中新社…电`, `（共同）` and `［東京 3日 ロイター］` come in brackets.
fn han_opening(head: &str) -> Option<(&'static str, usize)> {
    let end = head.find(['电', '電'])?;
    let line = &head[..end];
    let is_line = line.contains(['日', '月']) && !line.contains(['，', '。']);
    let agency = is_line.then(|| han_credit(line))??;
    let mut behind = end + '电'.len_utf8();
    if head[behind..].starts_with(['（', '('])
        && let Some(close) = head[behind..].find(['）', ')'])
    {
        behind += close
            + head[behind + close..]
                .chars()
                .next()
                .map_or(1, char::len_utf8);
    }
    Some((agency, behind))
}

/// An agency whose name in Han, kana or Hangul begins or ends a line of place and date.
fn han_credit(line: &str) -> Option<&'static str> {
    let line = line.trim();
    AGENCIES.iter().find_map(|&[agency, credits, _]| {
        credits
            .split('|')
            .filter(|credit| credit.starts_with(|c: char| c >= '\u{2E80}') || credit.len() >= 3)
            .any(|credit| {
                line.ends_with(credit)
                    || line.starts_with(credit) && credit.starts_with(|c: char| c >= '\u{2E80}')
            })
            .then_some(agency)
    })
}

/// Whether words are no more than a place, a date, a name: few, and no small words but those of dates and places.
fn is_place_and_date(words: &str) -> bool {
    const MOST_WORDS: usize = 14;
    let words = words.trim();
    let mut count = 0;
    let fine = words
        .split(|c: char| c.is_whitespace() || is_rule(c))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .inspect(|_| count += 1)
        .all(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            !word.starts_with(char::is_lowercase)
                || DATE_WORDS.contains(word)
                || word.chars().count() <= 3
        });
    // Arabic has no capitals: a line of place and date is short.
    let is_cased = words.chars().any(char::is_uppercase);
    fine && count <= if is_cased { MOST_WORDS } else { 6 }
}

/// Months as dates before a lead write them in small letters.
static DATE_WORDS: LazyLock<std::collections::HashSet<&'static str>> = LazyLock::new(|| {
    "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre sept \
     janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr juil \
     janeiro fevereiro março abril maio junho julho setembro outubro novembro dezembro \
     января февраля марта апреля мая июня июля августа сентября октября ноября декабря сент нояб \
     gennaio febbraio marzo aprile maggio giugno luglio settembre ottobre novembre dicembre корр année"
        .split_whitespace()
        .collect()
});

/// The line of place and date before a lead that credits nobody: `LIMA, Nov 3 —`, `Lima, 3 nov.-`.
pub(super) fn dateline(lead: &str) -> Option<usize> {
    let end = lead.char_indices().nth(60).map_or(lead.len(), |(at, _)| at);
    let head = &lead[..end];
    let (at, rule) = head.char_indices().find(|&(at, c)| {
        matches!(c, '–' | '—' | '―')
            || c == '-' && (head[..at].ends_with([' ', '.']) || head[at + 1..].starts_with('-'))
    })?;
    let line = head[..at].trim();
    let letters = || line.chars().filter(|c| c.is_alphabetic());
    let is_shouted = letters().count() >= 3
        && line.split([',', ' ']).next().is_some_and(|word| {
            word.len() >= 3
                && !word.chars().any(char::is_lowercase)
                && word.chars().any(char::is_uppercase)
        });
    let is_dated = line.chars().any(|c| c.is_ascii_digit()) && line.contains(',');
    ((is_shouted || is_dated) && is_place_and_date(line)).then_some(at + rule.len_utf8())
}
