//! What of an item is compared: its headline without the labels of its outlet, and the beginning of its lead.

use super::cognates::hash;
use super::hash_maps::Map;

/// Characters of a headline that are looked at.
const TITLE_CHARACTERS: usize = 300;
/// Characters of a lead that are looked at: the guards lose by more.
const LEAD_CHARACTERS: usize = 300;
/// What stands before so many different headlines is a label.
const LEADING_TITLES: u32 = 10;
/// What stands behind so many different headlines is a label.
const TRAILING_TITLES: u32 = 3;
/// A label has no more characters.
const LABEL_CHARACTERS: usize = 48;

/// The beginning of a text, cut at a word.
pub(super) fn beginning(text: &str, characters: usize) -> &str {
    // White space before it is no part of it, and a megabyte of it is not read.
    let text = text
        .get(..text.floor_char_boundary(characters * 8))
        .unwrap_or_default()
        .trim();
    let Some((end, _)) = text.char_indices().nth(characters) else {
        return text;
    };
    let cut = &text[..end];
    // Of a text without spaces, all.
    cut.rfind(char::is_whitespace)
        .filter(|space| *space > end / 2)
        .map_or(cut, |space| cut[..space].trim_end())
}

pub(super) fn title_of(title: &str) -> &str {
    beginning(title, TITLE_CHARACTERS)
}

pub(super) fn lead_of(lead: &str) -> &str {
    beginning(lead, LEAD_CHARACTERS)
}

/// A headline, and what may be labels at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Title<'a> {
    pub whole: &'a str,
    /// What stands before the first colon, bar or dash, and where the rest begins.
    leading: Option<(&'a str, usize)>,
    /// What stands behind the last bar or dash, and where the rest ends.
    trailing: Option<(&'a str, usize)>,
}

/// Hashes of a headline's ends, each with that of the rest; 0: there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub leading: [u32; 2],
    pub trailing: [u32; 2],
}

impl<'a> Title<'a> {
    pub(super) fn of(title: &'a str) -> Self {
        let whole = without_bulletin(title);
        let is_label =
            |label: &str| !label.is_empty() && label.chars().nth(LABEL_CHARACTERS).is_none();
        let leading = [
            ": ", "： ", "：", " | ", " - ", " – ", " — ", " · ", " • ", ". ",
        ]
        .iter()
        .filter_map(|mark| whole.find(mark).map(|at| (at, at + mark.len())))
        .min()
        .map(|(at, rest)| (whole[..at].trim(), rest))
        .filter(|(label, rest)| is_label(label) && !whole[*rest..].trim().is_empty());
        let trailing = [
            " | ", " - ", " – ", " — ", " · ", " • ", " :: ", " « ", " » ", " / ",
        ]
        .iter()
        .filter_map(|mark| whole.rfind(mark).map(|at| (at, at + mark.len())))
        .max()
        .map(|(at, label)| (whole[label..].trim(), at))
        .filter(|(label, at)| is_label(label) && !whole[..*at].trim().is_empty());
        Self {
            whole,
            leading,
            trailing,
        }
    }

    pub(super) fn ends(&self) -> Ends {
        Ends {
            leading: self.leading.map_or([0; 2], |(label, rest)| {
                [plain_hash(label), plain_hash(&self.whole[rest..])]
            }),
            trailing: self.trailing.map_or([0; 2], |(label, end)| {
                [plain_hash(label), plain_hash(&self.whole[..end])]
            }),
        }
    }

    /// What may be a label at its beginning, and what stands behind it.
    pub(super) fn leading(&self) -> Option<(&'a str, &'a str)> {
        let (label, rest) = self.leading?;
        Some((label, self.whole[rest..].trim()))
    }

    /// What stands behind a topic of a word or two, as in `Coronavirus: Morning update`.
    pub(super) fn behind_topic(&self) -> Option<&'a str> {
        let (topic, rest) = self.leading?;
        let is_topic = topic.split_whitespace().count() <= 2;
        is_topic.then(|| self.whole[rest..].trim())
    }

    /// Without what may be the name of its outlet behind it, where enough stays. One word may as well be a place,
    /// unless it was taken off as a label that has been seen.
    pub(super) fn without_trailing(&self, stripped: &str) -> &'a str {
        let is_seen = !self.whole.ends_with(stripped);
        self.trailing
            .filter(|(label, _)| is_seen || label.contains(char::is_whitespace))
            .map(|(_, end)| self.whole[..end].trim())
            .filter(|rest| says_enough(rest))
            .unwrap_or(self.whole)
    }

    /// Without what may be labels, where enough stays that a reader would know it by.
    pub(super) fn core(&self) -> &'a str {
        let begin = self.leading.map_or(0, |(_, rest)| rest);
        let end = self.trailing.map_or(self.whole.len(), |(_, end)| end);
        let has_words = |text: &str| text.split_whitespace().nth(4).is_some();
        [(begin, end), (0, end), (begin, self.whole.len())]
            .into_iter()
            .filter(|(begin, end)| begin < end)
            .map(|(begin, end)| self.whole[begin..end].trim())
            .find(|text| has_words(text))
            .unwrap_or(self.whole)
    }
}

/// Whether a reader would know an item by so much of its headline.
fn says_enough(text: &str) -> bool {
    text.split_whitespace().nth(4).is_some()
        || !text.contains(char::is_whitespace) && text.chars().nth(7).is_some()
}

/// Without the marks that agencies put before a headline as it is sent again: `UPDATE 2-`.
fn without_bulletin(title: &str) -> &str {
    const MARKS: [&str; 7] = [
        "UPDATE ",
        "WRAPUP ",
        "CORRECTED-",
        "REFILE-",
        "RPT-",
        "EXCLUSIVE-",
        "FACTBOX-",
    ];
    let mut rest = title.trim();
    for _ in 0..2 {
        let Some(mark) = MARKS.iter().find(|mark| rest.starts_with(**mark)) else {
            break;
        };
        let behind =
            rest[mark.len()..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        if mark.ends_with(' ') && behind.len() + 1 >= rest.len() - mark.len() {
            break;
        }
        rest = behind.trim_start();
    }
    if rest.is_empty() { title.trim() } else { rest }
}

/// Hash of a text by its letters and digits alone, in lower case.
pub(super) fn plain_hash(text: &str) -> u32 {
    let mut plain = String::with_capacity(text.len());
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        plain.extend(word.chars().flat_map(char::to_lowercase));
        plain.push(' ');
    }
    if plain.is_empty() {
        0
    } else {
        hash(plain.as_bytes()).max(1)
    }
}

/// How many headlines of the window have each end.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// Items by an end and the rest.
    items: Map<[u32; 2], u32>,
    /// Different rests by an end.
    rests: Map<u32, u32>,
}

/// Tells the two ends apart in one table.
const TRAILING: u32 = 0x8000_0000;

impl Labels {
    fn keys(ends: &Ends) -> impl Iterator<Item = [u32; 2]> {
        let trailing = [ends.trailing[0] ^ TRAILING, ends.trailing[1]];
        [
            (ends.leading[0] != 0).then_some(ends.leading),
            (ends.trailing[0] != 0).then_some(trailing),
        ]
        .into_iter()
        .flatten()
    }

    pub(super) fn add(&mut self, ends: &Ends) {
        for key in Self::keys(ends) {
            let items = self.items.entry(key).or_insert(0);
            *items += 1;
            if *items == 1 {
                *self.rests.entry(key[0]).or_insert(0) += 1;
            }
        }
    }

    pub(super) fn remove(&mut self, ends: &Ends) {
        for key in Self::keys(ends) {
            if super::hash_maps::count_down(&mut self.items, key) {
                super::hash_maps::count_down(&mut self.rests, key[0]);
            }
        }
    }

    /// How many other rests an end has been seen with.
    pub(super) fn others(&self, key: [u32; 2]) -> u32 {
        let all = self.rests.get(&key[0]).copied().unwrap_or(0);
        all - u32::from(self.items.contains_key(&key))
    }

    /// The headline without what has been seen to be a label.
    pub(super) fn strip<'a>(&self, title: &Title<'a>, ends: &Ends) -> &'a str {
        let seen = |end: u32| self.rests.get(&end).copied().unwrap_or(0);
        let mut begin = 0;
        let mut end = title.whole.len();
        if let Some((_, at)) = title.trailing
            && seen(ends.trailing[0] ^ TRAILING) >= TRAILING_TITLES
        {
            end = at;
        }
        if let Some((_, rest)) = title.leading
            && seen(ends.leading[0]) >= LEADING_TITLES
            && rest < end
        {
            begin = rest;
        }
        title.whole[begin..end].trim()
    }
}
