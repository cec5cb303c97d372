//! Where a text names places.

use std::ops::Range;

use super::matcher::{Entry, Kind, Matcher};
use super::matches::{Before, Mention, Token, Weight};
use super::pattern::Pattern;
use super::scratch::Scratch;
use crate::core::document::Field;
use crate::core::text::tokenizer::{WordSegmentation, split};

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
    let searched = Searched {
        matcher,
        text,
        field,
        tokens: &tokens,
    };
    let first = scratch.mentions.len();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].keys.is_empty() {
            at += 1;
            continue;
        }
        let (length, found) = searched.longest(at, scratch);
        searched.add(at..at + length, &found, scratch);
        at += length.max(1);
    }
    drop_outer_names(text, &mut scratch.mentions, first);
    scratch.tokens = tokens;
}

fn read(matcher: &Matcher, text: &str, scratch: &mut Scratch) {
    let mut tokens = std::mem::take(&mut scratch.tokens);
    tokens.clear();
    let mut buffer = Vec::new();
    split(
        text,
        WordSegmentation::Parted,
        &mut buffer,
        |buffer, word| {
            let folded = std::str::from_utf8(&buffer[word.folded..]).unwrap_or_default();
            let first = text[word.start..word.end].chars().next();
            tokens.push(Token {
                start: word.start,
                end: word.end,
                keys: scratch.keys_of(&matcher.vocabulary, folded),
                capital: first.is_some_and(char::is_uppercase),
                before: Before::of(folded),
            });
            buffer.truncate(word.folded);
        },
    );
    scratch.tokens = tokens;
}

/// A field in which names are looked for.
struct Searched<'a> {
    matcher: &'a Matcher,
    text: &'a str,
    field: Field,
    tokens: &'a [Token],
}

impl<'a> Searched<'a> {
    /// The entries that begin at this word, the longest of them, and how many words they have.
    fn longest(&self, at: usize, scratch: &Scratch) -> (usize, Vec<&'a Entry>) {
        let tokens = &self.tokens[at..];
        let (mut length, mut found): (usize, Vec<&Entry>) = (0, Vec::new());
        for (key, _) in scratch.keys_at(&tokens[0]) {
            for &number in self.matcher.by_first.get(key).into_iter().flatten() {
                let entry = &self.matcher.entries[number as usize];
                let words = entry.words.len();
                if words < length || !self.stand(&entry.words, tokens, scratch) {
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
    fn stand(&self, words: &[Pattern], tokens: &[Token], scratch: &Scratch) -> bool {
        let Some(tokens) = tokens.get(..words.len()) else {
            return false;
        };
        let together = tokens.windows(2).all(|pair| {
            let gap = &self.text[pair[0].end..pair[1].start];
            gap.len() <= WIDEST_GAP && !gap.contains(['\n', '(', ')', ';', ':', '!', '?'])
        });
        let mut pairs = words.iter().zip(tokens);
        together && pairs.all(|(word, token)| word.is(self.text, token, scratch))
    }

    fn add(&self, words: Range<usize>, found: &[&Entry], scratch: &mut Scratch) {
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
        let last = &self.tokens[words.end - 1];
        let (start, end) = (self.tokens[words.start].start, last.end);
        let before = self.before(&words);
        let aside = self.is_aside(words.end - 1, scratch) || is_office(self.text, start, end);
        let people = found.iter().all(|entry| {
            let name = entry.words.last();
            name.is_some_and(|name| name.is_several(&self.text[last.start..last.end]))
        });
        // The last mention is never dropped.
        let group = scratch.mentions.last().map_or(0, |last| last.group + 1);
        for (place, kind) in places {
            let weak = ambiguous || kind == Kind::Weak;
            scratch.mentions.push(Mention {
                field: self.field,
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
    fn before(&self, words: &Range<usize>) -> Before {
        let (text, tokens) = (self.text, self.tokens);
        let (first, last) = (&tokens[words.start], &tokens[words.end - 1]);
        let next = tokens.get(words.end);
        let behind = &text[last.end..next.map_or(text.len(), |next| next.start)];
        if self.field != Field::Title && words.end <= DATE_LINE_WORDS {
            let name = &text[first.start..last.end];
            let is_loud =
                !name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase);
            let dashed = behind.contains(['(', '\u{2013}', '\u{2014}', '\u{FF0D}'])
                || behind.contains(" - ");
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

    /// Whether the words behind this one say that it acts or speaks.
    fn is_aside(&self, at: usize, scratch: &Scratch) -> bool {
        let text = self.text;
        let [name, behind @ ..] = &self.tokens[at..] else {
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
        scratch.keys_at(next).iter().any(|(key, _)| {
            let asides = self.matcher.asides_by_first.get(key);
            asides
                .into_iter()
                .flatten()
                .any(|&number| self.stand(&self.matcher.asides[number as usize], behind, scratch))
        })
    }
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
