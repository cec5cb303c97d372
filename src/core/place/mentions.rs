//! Where a text names places.

use std::ops::Range;

use super::matcher::{Entry, Kind, Matcher, Pattern, Scratch};
use super::matches::{Before, Mention, Token, Weight};
use crate::core::document::Field;
use crate::core::text::tokenizer::{Reading, split};

/// Words before the name of a place in the six languages, folded.
const BEFORE_PLACE: &[&str] = &[
    "from", "to", "into", "of", "de", "desde", "hacia", "hasta", "a", "do", "da", "para", "du",
    "vers", "depuis", "из", "до", "من", "إلى", "الى",
];

/// Those before the name of where something happens.
const BEFORE_WHERE: &[&str] = &[
    "in",
    "near",
    "across",
    "inside",
    "outside",
    "throughout",
    "eastern",
    "western",
    "northern",
    "southern",
    "central",
    "en",
    "cerca",
    "em",
    "no",
    "na",
    "au",
    "aux",
    "dans",
    "pres",
    "в",
    "во",
    "под",
    "около",
    "на",
    "في",
    "شمال",
    "جنوب",
    "شرق",
    "غرب",
    "مدينة",
];

impl Before {
    fn of(word: &str) -> Self {
        if word.len() > 12 {
            Self::Nothing
        } else if BEFORE_WHERE.contains(&word) {
            Self::Where
        } else if BEFORE_PLACE.contains(&word) {
            Self::Place
        } else {
            Self::Nothing
        }
    }
}

/// Between two words of one name at most so many bytes stand: a full stop and a blank.
const WIDEST_GAP: usize = 3;

/// Words in which a date line stands.
const DATE_LINE_WORDS: usize = 4;

/// Finds the mentions in a field and adds them to the scratch.
pub(super) fn find(matcher: &Matcher, text: &str, field: Field, scratch: &mut Scratch) {
    read(matcher, text, scratch);
    let tokens = std::mem::take(&mut scratch.tokens);
    let first = scratch.mentions.len();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].keys.is_empty() {
            at += 1;
            continue;
        }
        let (length, found) = longest(matcher, text, &tokens[at..], scratch);
        add(
            matcher,
            text,
            &tokens,
            at..at + length,
            &found,
            field,
            scratch,
        );
        at += length.max(1);
    }
    drop_outer_names(text, &mut scratch.mentions, first);
    scratch.tokens = tokens;
}

fn read(matcher: &Matcher, text: &str, scratch: &mut Scratch) {
    let mut tokens = std::mem::take(&mut scratch.tokens);
    tokens.clear();
    let mut buffer = Vec::new();
    split(text, Reading::Parted, &mut buffer, |buffer, word| {
        let folded = std::str::from_utf8(&buffer[word.folded..]).unwrap_or_default();
        let first = text[word.start..word.end].chars().next();
        tokens.push(Token {
            start: word.start,
            end: word.end,
            keys: scratch.keys_of(matcher, folded),
            capital: first.is_some_and(char::is_uppercase),
            before: Before::of(folded),
        });
        buffer.truncate(word.folded);
    });
    scratch.tokens = tokens;
}

/// The entries that begin at the first of these words, the longest of them, and how many words they have.
fn longest<'m>(
    matcher: &'m Matcher,
    text: &str,
    tokens: &[Token],
    scratch: &Scratch,
) -> (usize, Vec<&'m Entry>) {
    let (mut length, mut found): (usize, Vec<&Entry>) = (0, Vec::new());
    for key in scratch.keys_at(&tokens[0]) {
        for &number in matcher.by_first.get(&key).into_iter().flatten() {
            let entry = &matcher.entries[number as usize];
            let words = entry.words.len();
            if words < length || !stand(&entry.words, text, tokens, scratch) {
                continue;
            }
            if words > length {
                length = words;
                found.clear();
            }
            found.push(entry);
        }
    }
    (length, found)
}

/// Whether words stand at the beginning of these.
fn stand(words: &[Pattern], text: &str, tokens: &[Token], scratch: &Scratch) -> bool {
    let Some(tokens) = tokens.get(..words.len()) else {
        return false;
    };
    let together = tokens.windows(2).all(|pair| {
        let gap = &text[pair[0].end..pair[1].start];
        gap.len() <= WIDEST_GAP && !gap.contains(['\n', '(', ')', ';', ':', '!', '?'])
    });
    let mut pairs = words.iter().zip(tokens);
    together && pairs.all(|(word, token)| word.is(text, token, scratch))
}

fn add(
    matcher: &Matcher,
    text: &str,
    tokens: &[Token],
    words: Range<usize>,
    found: &[&Entry],
    field: Field,
    scratch: &mut Scratch,
) {
    if words.is_empty() || found.iter().any(|entry| entry.kind == Kind::Not) {
        return;
    }
    let mut places: Vec<(u32, Kind)> = found
        .iter()
        .map(|entry| (entry.place, entry.kind))
        .collect();
    places.sort_unstable();
    places.dedup_by_key(|(place, _)| *place);
    let ambiguous = places.len() > 1;
    let (start, end) = (tokens[words.start].start, tokens[words.end - 1].end);
    let before = before(text, tokens, &words, field);
    let aside = is_aside(matcher, text, &tokens[words.end - 1..], scratch);
    let last = &tokens[words.end - 1];
    let people = found.iter().all(|entry| {
        let name = entry.words.last();
        name.is_some_and(|name| name.is_several(&text[last.start..last.end]))
    });
    let aside = aside || is_office(text, start, end);
    // The last mention is never dropped.
    let group = scratch.mentions.last().map_or(0, |last| last.group + 1);
    for (place, kind) in places {
        let weak = ambiguous || kind == Kind::Weak;
        scratch.mentions.push(Mention {
            field,
            start,
            end,
            word: words.start,
            place,
            weak,
            before,
            weight: if aside {
                Weight::Aside
            } else if weak {
                Weight::Weak
            } else if people {
                Weight::People
            } else {
                Weight::Full
            },
            group,
            state: kind == Kind::State,
        });
    }
}

/// What stands beside a name says of it: a word such as "in" before it and no further name behind it, or its being
/// a date line.
fn before(text: &str, tokens: &[Token], words: &Range<usize>, field: Field) -> Before {
    let (first, last) = (&tokens[words.start], &tokens[words.end - 1]);
    let next = tokens.get(words.end);
    let behind = &text[last.end..next.map_or(text.len(), |next| next.start)];
    if field != Field::Title && words.end <= DATE_LINE_WORDS {
        let name = &text[first.start..last.end];
        let is_loud = !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
        let dashed =
            behind.contains(['(', '\u{2013}', '\u{2014}', '\u{FF0D}']) || behind.contains(" - ");
        if (is_loud || words.start == 0) && dashed {
            return Before::Where;
        }
    }
    let Some(before) = words.start.checked_sub(1).map(|index| &tokens[index]) else {
        return Before::Nothing;
    };
    let goes_on = next.is_some_and(|next| next.capital) && matches!(behind, " " | "-");
    if text[before.end..first.start].trim().is_empty() && !goes_on {
        before.before
    } else {
        Before::Nothing
    }
}

/// Whether the words behind the first of these say that it acts or speaks.
fn is_aside(matcher: &Matcher, text: &str, tokens: &[Token], scratch: &Scratch) -> bool {
    let [name, behind @ ..] = tokens else {
        return false;
    };
    let Some(next) = behind.first() else {
        return false;
    };
    // A possessive: "Germany's ambassador", of which the `s` is a word of its own.
    let behind = if matches!(&text[name.end..next.end], "'s" | "\u{2019}s") {
        &behind[1..]
    } else {
        behind
    };
    let Some(next) = behind.first() else {
        return false;
    };
    let gap = &text[name.end..next.start];
    if gap.chars().any(|c| {
        !matches!(
            c,
            ' ' | '-' | '.' | '\'' | '\u{2019}' | 's' | '\u{2010}' | '\u{2011}'
        )
    }) {
        return false;
    }
    scratch.keys_at(next).any(|key| {
        let asides = matcher.asides_by_first.get(&key);
        asides
            .into_iter()
            .flatten()
            .any(|&number| stand(&matcher.asides[number as usize], text, behind, scratch))
    })
}

/// In "(Nairobi) – The authorities of …" the name says where the writers are.
fn is_office(text: &str, start: usize, end: usize) -> bool {
    text[..start].trim_start() == "(" && text[end..].starts_with([')', ','])
}

/// In "Lebanon, Ohio" only the state names where it is.
fn drop_outer_names(text: &str, mentions: &mut Vec<Mention>, first: usize) {
    let mut dropped = vec![false; first];
    let names = mentions[first..].chunk_by(|one, other| one.group == other.group);
    let mut names = names.peekable();
    while let Some(name) = names.next() {
        let state = names.peek().filter(|behind| {
            text.get(name[0].end..behind[0].start) == Some(", ")
                && behind.iter().all(|place| place.state)
        });
        let states = state.copied().unwrap_or_default();
        dropped.extend(
            name.iter()
                .map(|outer| states.iter().any(|state| state.place != outer.place)),
        );
    }
    let mut dropped = dropped.into_iter();
    mentions.retain(|_| !dropped.next().unwrap_or(false));
}
