//! The words of a headline and a lead in their order, two bytes each, so that two texts can be laid side by side.
//!
//! A word is what its letters are, not where they stand: of two spellings of one word few bits differ.

use std::sync::LazyLock;

use super::agency::without_credit;
use super::cognates::{hash, normalised};
use super::language;
use super::lexicon::Lexicon;
use super::stop_words::is_stop_word;
use super::synonyms::{PERSONS, group, group_ahead};
use super::tokenizer::{Kind, Token, tokens};
use super::victims::unspaced::{self, is_unspaced, number};
use super::victims::{self, is_day, is_year};
use crate::core::text::normalization::{CharacterClass, fold};

/// Words of a headline that are kept, and of a lead; of a text without spaces twice as many characters.
const TITLE_WORDS: usize = 24;
const LEAD_WORDS: usize = 48;

/// What a word is, in its upper two bits. Below, a word has how long it is, and which of twelve groups of letters it
/// has an odd number of.
const KIND: u16 = 0b11 << 14;
const PLAIN: u16 = 0;
const NAME: u16 = 0b01 << 14;
const NUMBER: u16 = 0b10 << 14;
/// A character of a text without spaces, a group of words that say one thing, or where the lead begins.
const SIGN: u16 = 0b11 << 14;

/// The number counts dead or hurt people.
const TOLL: u16 = 1 << 13;
const LETTERS: u16 = (1 << 12) - 1;
/// Letters of a word: fewer than four, four or five, more.
const LENGTH: u16 = 0b11 << 12;
const MIDDLE: u16 = 0b01 << 12;
const LONG: u16 = 0b10 << 12;
/// In place of its length: it begins a sentence, so that its capital may be that of a name or not.
const UNSURE: u16 = 0b11 << 12;
const GROUP: u16 = SIGN | 0x3E00;
/// A day of the week, by its number, or of a month, by its number and this.
const DAY: u16 = SIGN | 0x3F00;
const DAY_OF_MONTH: u16 = DAY + 8;
const BREAK: u16 = SIGN | 0x3FFF;

/// A word of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SequenceWord(u16);

impl SequenceWord {
    pub(super) fn is_name(self) -> bool {
        self.0 & KIND == NAME && !self.is_unsure()
    }

    pub(super) fn is_number(self) -> bool {
        self.0 & KIND == NUMBER
    }

    pub(super) fn is_toll(self) -> bool {
        self.is_number() && self.0 & TOLL != 0
    }

    /// A group of words that say one thing.
    pub(super) fn is_group(self) -> bool {
        (GROUP..DAY).contains(&self.0)
    }

    /// A day of the week or of a month.
    pub(super) fn is_day(self) -> bool {
        (DAY..BREAK).contains(&self.0)
    }

    /// A word of a script with spaces that is no name, and of no group.
    pub(super) fn is_plain(self) -> bool {
        self.0 & KIND == PLAIN
    }

    /// It has a capital that the beginning of a sentence gives to any word.
    pub(super) fn is_unsure(self) -> bool {
        self.0 & (KIND | LENGTH) == NAME | UNSURE
    }

    /// A person by what they do: two of them are two.
    pub(super) fn is_person(self) -> bool {
        self.0 >= GROUP && self.0 < GROUP + PERSONS
    }

    /// A character of a text without spaces.
    pub(super) fn is_character(self) -> bool {
        self.0 >= SIGN && self.0 < GROUP
    }

    /// Whether both are one word in one spelling.
    #[inline]
    pub(super) fn is_spelled_as(self, other: Self) -> bool {
        let (a, b) = (self.0, other.0);
        match (a & KIND, b & KIND) {
            (NUMBER, NUMBER) => (a ^ b) & !TOLL == 0,
            (PLAIN | NAME, PLAIN | NAME) => {
                let is_unsure = self.is_unsure() || other.is_unsure();
                let compared = if is_unsure { LETTERS } else { !KIND };
                (a ^ b) & compared == 0
            }
            _ => a == b,
        }
    }

    /// Whether both are one word, perhaps spelled otherwise.
    #[inline]
    pub(super) fn is_same(self, other: Self) -> bool {
        let (a, b) = (self.0, other.0);
        if a == b {
            return true;
        }
        match (a & KIND, b & KIND) {
            (NUMBER, NUMBER) => (a ^ b) & !TOLL == 0,
            _ if self.is_unsure() || other.is_unsure() => self.is_spelled_as(other),
            (PLAIN | NAME, PLAIN | NAME) => {
                let differs = (a ^ b) & !KIND;
                // Of short words another letter makes another word.
                let (least, most) = ((a & LENGTH).min(b & LENGTH), (a & LENGTH).max(b & LENGTH));
                let slips = match (least, most) {
                    (MIDDLE, MIDDLE) => 1,
                    (MIDDLE | LONG, LONG) => 2,
                    _ => return differs == 0,
                };
                (differs & LETTERS).count_ones() <= slips
            }
            _ => false,
        }
    }
}

/// The marks of a headline and of a lead.
pub(super) fn parts(wording: &[u16]) -> [Vec<SequenceWord>; 2] {
    let at = wording.iter().position(|mark| *mark == BREAK);
    let (title, lead) = wording.split_at(at.unwrap_or(wording.len()));
    [title, lead.get(1..).unwrap_or_default()]
        .map(|part| part.iter().map(|mark| SequenceWord(*mark)).collect())
}

/// The words of an item, from [`parts`] on readable.
pub(super) fn wording(title: &str, lead: &str, primary: Option<&str>, code: u32) -> Box<[u16]> {
    let mut out = Vec::with_capacity(64);
    Writer::new(title, primary, code).write(TITLE_WORDS, &mut out);
    out.push(BREAK);
    Writer::new(without_credit(lead), primary, code).write(LEAD_WORDS, &mut out);
    out.into_boxed_slice()
}

struct Writer<'a> {
    text: &'a str,
    words: Vec<Token>,
    primary: Option<&'a str>,
    /// Where numbers of dead or hurt people begin.
    tolls: Vec<usize>,
    tells_names: bool,
    is_german: bool,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, primary: Option<&'a str>, code: u32) -> Self {
        let words = tokens(text);
        let spaced = victims::counted(&words)
            .into_iter()
            .map(|at| words[at].start);
        let unspaced = unspaced::counted(text).into_iter().map(|(at, _)| at);
        let tolls = spaced.chain(unspaced).collect();
        let mut writer = Self {
            text,
            tolls,
            primary,
            tells_names: true,
            is_german: language::has_capital_nouns(code),
            words,
        };
        writer.tells_names = !writer.is_title_case();
        writer
    }

    fn write(&self, most: usize, out: &mut Vec<u16>) {
        let end = out.len() + 2 * most;
        let (mut room, mut skip) = (2 * most, 0);
        for (at, word) in self.words.iter().enumerate() {
            if word.start < skip {
                continue;
            }
            let Some((mark, until)) = self.mark(at) else {
                continue;
            };
            skip = until;
            // Two words of one group say it once.
            if mark >= GROUP && out.last() == Some(&mark) {
                continue;
            }
            let takes = if (SIGN..GROUP).contains(&mark) { 1 } else { 2 };
            if room < takes || out.len() >= end {
                break;
            }
            room -= takes;
            out.push(mark);
        }
    }

    /// The mark of a word, and where it ends; none for what says nothing.
    fn mark(&self, at: usize) -> Option<(u16, usize)> {
        let word = &self.words[at];
        let rest = &self.text[word.start..];
        let first = rest.chars().next()?;
        if word.kind == Kind::Word
            && (is_unspaced(first) || fold(first).class() == CharacterClass::Single)
        {
            return self.unspaced(word.start, rest);
        }
        match word.kind {
            Kind::Count(count) => {
                let behind = self.text[word.end..].chars().next().unwrap_or(' ');
                let is_day = is_day(&self.words, at) || matches!(behind, '日' | '号');
                if let Ok(day @ 1..=31) = u16::try_from(count)
                    && is_day
                {
                    return Some((DAY_OF_MONTH + day, word.end));
                }
                let is_date = is_day || is_year(word) || is_of_date(behind);
                (count > 1 && !is_date).then(|| (self.number(count, word.start), word.end))
            }
            Kind::Figure => {
                let folded = word.folded.as_str();
                let is_time =
                    folded.contains([':', '/', '-', 'h']) || folded.matches('.').count() > 1;
                (!is_time).then(|| {
                    (
                        self.number(hash(folded.as_bytes()) | 1 << 31, word.start),
                        word.end,
                    )
                })
            }
            Kind::Word => self.word(at).map(|mark| (mark, word.end)),
        }
    }

    fn number(&self, count: u32, start: usize) -> u16 {
        let value = u16::try_from(count).ok().filter(|count| *count < 0x1800);
        let value = value.unwrap_or_else(|| 0x1800 | low(count) & 0x7FF);
        let toll = if self.tolls.contains(&start) { TOLL } else { 0 };
        NUMBER | toll | value
    }

    fn unspaced(&self, start: usize, rest: &str) -> Option<(u16, usize)> {
        if let Some((count, end)) = number(self.text, start)
            && count > 1
        {
            let behind = self.text[end..].chars().next().unwrap_or(' ');
            if is_of_date(behind) {
                return None;
            }
            if "人名个個位年岁歳歲才件起次票架枚".contains(behind) || self.tolls.contains(&start)
            {
                return Some((self.number(count, start), end));
            }
        }
        if let Some((group, length)) = group_ahead(rest) {
            return Some((GROUP | group, start + length));
        }
        let first = rest.chars().next()?;
        let mut bytes = [0; 4];
        let value = low(hash(first.encode_utf8(&mut bytes).as_bytes()));
        Some((SIGN | (value % 0x3E00), start + first.len_utf8()))
    }

    fn word(&self, at: usize) -> Option<u16> {
        let word = &self.words[at];
        let folded = word.folded.as_str();
        if let Some(day) = WEEKDAYS.iter().position(|day| day.has(folded)) {
            return u16::try_from(day).ok().map(|day| DAY + day);
        }
        if folded.chars().nth(1).is_none() || is_stop_word(folded, self.primary) {
            return None;
        }
        let key = normalised(folded);
        let is_sure = word.is_capital && self.tells_names && !self.begins(at);
        if (!is_sure || self.is_german)
            && let Some(group) = group(&key)
        {
            return Some(GROUP | group);
        }
        let next_is = || {
            self.words
                .get(at + 1)
                .is_some_and(|next| next.is_capital && !self.begins(at + 1))
        };
        let may_be_name = word.is_capital && self.tells_names;
        let is_name = is_sure || may_be_name && next_is();
        let letters = key
            .chars()
            .fold(0, |letters, c| letters ^ (1 << letter_group(c)));
        let length = match key.chars().count() {
            0..=3 => 0,
            4 | 5 => MIDDLE,
            _ => LONG,
        };
        Some(match (is_name, may_be_name) {
            (true, _) => NAME | length | letters,
            (_, true) => NAME | UNSURE | letters,
            _ => PLAIN | length | letters,
        })
    }

    /// Whether it is the first of a sentence, where a capital says nothing.
    fn begins(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or(0, |at| self.words[at].end);
        let between = &self.text[before..self.words[at].start];
        at == 0
            || between.contains([
                '.', '!', '?', ':', '\n', '|', '"', '“', '«', '„', '‘', '…', '—', '–',
            ])
    }

    fn is_title_case(&self) -> bool {
        let words = || {
            (0..self.words.len()).filter(|at| {
                let word = &self.words[*at];
                word.kind == Kind::Word
                    && !self.begins(*at)
                    && !is_stop_word(&word.folded, self.primary)
            })
        };
        let all = words().count();
        let capitals = words().filter(|at| self.words[*at].is_capital).count();
        all >= 4 && capitals + usize::from(all >= 8) >= all
    }
}

/// Monday, Tuesday and so on, in full; those of one name are of no language.
static WEEKDAYS: LazyLock<[Lexicon; 7]> = LazyLock::new(|| {
    [
        "monday lunes lundi понедельник* montag pazartesi اثنين الاثنين الإثنين",
        "tuesday martes mardi вторник* dienstag ثلاثاء الثلاثاء",
        "wednesday miércoles mercredi среда среду среды mittwoch çarşamba أربعاء الأربعاء",
        "thursday jueves jeudi четверг* donnerstag perşembe خميس الخميس",
        "friday viernes vendredi sexta-feira пятниц* freitag cuma الجمعة",
        "saturday sábado samedi суббот* samstag sonnabend cumartesi السبت",
        "sunday domingo dimanche воскресенье воскресенья sonntag pazar الأحد",
    ]
    .map(Lexicon::new)
});

/// Behind a number that tells a day or an hour.
fn is_of_date(c: char) -> bool {
    matches!(
        c,
        '月' | '日' | '时' | '時' | '分' | '号' | '曜' | '周' | '週'
    )
}

/// Letters that are seldom taken for each other share a group.
fn letter_group(letter: char) -> u32 {
    "eainrslotdum"
        .find(letter)
        .or_else(|| "kbgfhxcpwjvz".find(letter))
        .and_then(|at| u32::try_from(at).ok())
        .unwrap_or(u32::from(letter) % 12)
}

fn low(number: u32) -> u16 {
    let [a, b, _, _] = number.to_le_bytes();
    u16::from_le_bytes([a, b])
}
