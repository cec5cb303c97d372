//! Whether two texts are one story: a publisher may use an identifier again for another.
//!
//! Measured is the share of what two items have in common in what the smaller of them has: of their titles,
//! by words of four letters and more, since shorter ones are in every title of a language; of their
//! texts, by pairs of neighbouring words, of which two reports on different things share hardly any,
//! though they share many words. In scripts without spaces both are pairs of neighbouring characters. No
//! language has rules of its own. With pairs as shingles this is the containment of the smaller in the larger
//! (A. Z. Broder, On the resemblance and containment of documents, 1997); shingles are compared by hash, as
//! there, and none are left out.
//!
//! A headline that is corrected keeps most of its words, and a text that is edited most of its pairs;
//! either is enough for a revision. A title that stays is enough while a live report replaces its text,
//! unless it is one or two words or a number in it changed, as in a daily bulletin: there the text or the
//! address has to agree. A briefing that comes under one identifier, address and title every day differs
//! from a live report by its date only: what is dated half a day or more from the other has to agree in its
//! text. What is written in another language, at the same address, is a translation.
//!
//! Both errors are possible. To take a revision for a new story costs a mail too many; to take a new story
//! for a revision may cost the news of it. So the bounds lie high.

use crate::core::document::Document;
use crate::core::language::primary_subtag;
use crate::core::text::normalization::{CharacterClass, fold};
use crate::core::text::tokenizer::{WordSegmentation, fold_text, split};

/// Bytes of a text that are looked at.
const TEXT_BYTES: usize = 2048;
/// Letters of a word that tells something.
const TELLING_LETTERS: usize = 4;
/// Pairs in a text that is long enough to be judged alone.
const PAIRS_MIN: usize = 6;
/// Words of an item whose parts cannot be compared.
const WORDS_MIN: usize = 6;

/// Share of a title's words in two titles of one story.
const TITLES_AGREE: f64 = 0.6;
/// The same where the texts have nothing in common.
const TITLES_AGREE_ALONE: f64 = 0.75;
/// The same where titles are of one or two words.
const SHORT_TITLES_AGREE: f64 = 0.5;
/// Share of a text's pairs in two texts of one story.
const TEXTS_AGREE: f64 = 0.5;
/// The same where the text is short, and the titles have something in common.
const SHORT_TEXTS_AGREE: f64 = 0.75;
/// Enough of both to make up for what each lacks.
const BOTH_AGREE: f64 = 0.4;
/// A text with less in common was replaced.
const TEXT_REPLACED: f64 = 0.1;
/// The same where the dates are apart.
const TEXT_REPLACED_APART: f64 = 0.3;
/// Share of all words where one has a title only, and the other a text.
const WORDS_AGREE: f64 = 0.7;

/// How two items are related by what they say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemSimilarity {
    /// Two stories.
    None,
    /// One story, if anything else says so.
    Related,
    /// Hardly anything differs.
    Close,
}

/// What the addresses of two items say, where both tell anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// They are one.
    Agree,
    /// They are two.
    Differ,
    /// One of them tells nothing.
    Unknown,
}

/// Whether two items were published at about one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dates {
    /// They were, or nobody knows.
    Near,
    /// Half a day or more lies between them.
    Apart,
}

impl Dates {
    /// Of two dates in seconds.
    pub fn of(one: i64, other: i64) -> Self {
        const HALF_A_DAY: u64 = 12 * 3600;
        if one.abs_diff(other) < HALF_A_DAY {
            Self::Near
        } else {
            Self::Apart
        }
    }
}

/// What an item says, for comparison: a few kilobytes at most.
#[derive(Clone, Debug, Default)]
pub struct ComparableItem {
    title: String,
    title_words: Vec<u32>,
    title_numbers: Vec<u32>,
    pairs: Vec<u32>,
    /// Of title and text.
    words: Vec<u32>,
    language: Option<String>,
}

impl ComparableItem {
    /// Takes in what a document says.
    pub fn of(document: &Document) -> Self {
        let mut said = Self {
            title: fold_text(&document.title),
            language: document
                .language
                .as_deref()
                .map(|tag| primary_subtag(tag).to_ascii_lowercase()),
            ..Self::default()
        };
        let mut title = Features::default();
        title.add(&document.title);
        let (mut text, mut room) = (Features::default(), TEXT_BYTES);
        for part in [&document.summary, &document.text] {
            let part = beginning(part, room);
            room -= part.len();
            text.add(part);
        }
        said.words = unique(title.telling.iter().chain(&text.telling).copied());
        said.title_words = if title.telling.len() < 3 {
            unique(title.all.into_iter())
        } else {
            unique(title.telling.into_iter())
        };
        said.title_numbers = unique(title.numbers.into_iter());
        said.pairs = unique(text.pairs.into_iter());
        said
    }

    /// How it is related to another, and how much they have in common, from 0 to 2.
    pub fn item_similarity(
        &self,
        other: &Self,
        addresses: Addresses,
        dates: Dates,
    ) -> (ItemSimilarity, f64) {
        let titles = share(&self.title_words, &other.title_words);
        let texts = share(&self.pairs, &other.pairs);
        let kinship = if self.is_close(other, titles, texts) {
            ItemSimilarity::Close
        } else if self.is_related(other, titles, texts, (addresses, dates)) {
            ItemSimilarity::Related
        } else {
            ItemSimilarity::None
        };
        (kinship, titles + texts)
    }

    fn is_close(&self, other: &Self, titles: f64, texts: f64) -> bool {
        let no_text = self.pairs.is_empty() || other.pairs.is_empty();
        let same_numbers = self.title_numbers == other.title_numbers;
        (titles >= 0.8 && (texts >= TEXTS_AGREE || (no_text && same_numbers)))
            || (texts >= 0.8 && self.pairs.len().min(other.pairs.len()) >= PAIRS_MIN)
    }

    fn is_related(
        &self,
        other: &Self,
        titles: f64,
        texts: f64,
        (addresses, dates): (Addresses, Dates),
    ) -> bool {
        let same_address = addresses == Addresses::Agree;
        let pairs = self.pairs.len().min(other.pairs.len());
        let smaller_title = self.title_words.len().min(other.title_words.len());
        let contradicted = pairs >= 2 && texts < TEXT_REPLACED;
        let replaced = contradicted && pairs >= PAIRS_MIN;
        let another_day = dates == Dates::Apart && pairs >= 2 && texts < TEXT_REPLACED_APART;
        let titles_agree = if another_day {
            false
        } else if self.title == other.title && !self.title.is_empty() {
            same_address || !replaced || self.title_words.len() > 2
        } else {
            let enough = match smaller_title {
                _ if contradicted => TITLES_AGREE_ALONE,
                0..3 => SHORT_TITLES_AGREE,
                _ => TITLES_AGREE,
            };
            let no_text = self.pairs.is_empty() || other.pairs.is_empty();
            let another_issue = self.title_numbers != other.title_numbers
                && ((replaced && !same_address)
                    || (no_text && (addresses == Addresses::Differ || dates == Dates::Apart)));
            titles >= enough && !another_issue
        };
        let texts_agree = if pairs >= PAIRS_MIN {
            texts >= TEXTS_AGREE || (texts >= BOTH_AGREE && titles >= BOTH_AGREE)
        } else {
            texts >= SHORT_TEXTS_AGREE && (titles > 0.3 || smaller_title == 0)
        };
        let words_agree = (smaller_title == 0 || pairs == 0)
            && self.words.len().min(other.words.len()) >= WORDS_MIN
            && share(&self.words, &other.words) >= WORDS_AGREE;
        let translated = same_address
            && matches!((&self.language, &other.language), (Some(one), Some(other)) if one != other);
        titles_agree || texts_agree || words_agree || translated
    }
}

/// What of a text is compared, as digests.
#[derive(Default)]
struct Features {
    all: Vec<u32>,
    telling: Vec<u32>,
    numbers: Vec<u32>,
    pairs: Vec<u32>,
    last: Option<(u32, bool)>,
}

impl Features {
    fn add(&mut self, text: &str) {
        self.last = None;
        split(
            text,
            WordSegmentation::Parted,
            &mut Vec::new(),
            |buffer, word| {
                let folded = &buffer[word.folded..];
                let own = digest(folded, 0);
                let text = std::str::from_utf8(folded).unwrap_or_default();
                let alone = text
                    .chars()
                    .next()
                    .is_some_and(|first| fold(first).class() == CharacterClass::Single);
                if let Some((before, before_alone)) = self.last {
                    let pair = digest(folded, before);
                    self.pairs.push(pair);
                    if alone && before_alone {
                        self.all.push(pair);
                        self.telling.push(pair);
                    }
                }
                if !alone {
                    self.all.push(own);
                    if text.chars().count() >= TELLING_LETTERS {
                        self.telling.push(own);
                    }
                    if text.bytes().any(|byte| byte.is_ascii_digit()) {
                        self.numbers.push(own);
                    }
                }
                self.last = Some((own, alone));
                buffer.truncate(word.folded);
            },
        );
    }
}

/// FNV-1a in 32 bits, begun with another digest or none. What collides makes two texts a little more alike.
fn digest(bytes: &[u8], begun: u32) -> u32 {
    bytes.iter().fold(begun ^ 0x811c_9dc5, |digest, byte| {
        (digest ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    })
}

fn unique(digests: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut digests: Vec<u32> = digests.collect();
    digests.sort_unstable();
    digests.dedup();
    digests.shrink_to_fit();
    digests
}

/// The share of what two sorted lists have in common in the smaller of them.
#[allow(clippy::cast_precision_loss)] // a few hundred
fn share(one: &[u32], other: &[u32]) -> f64 {
    let smaller = one.len().min(other.len());
    if smaller == 0 {
        return 0.0;
    }
    let (mut common, mut rest) = (0, other);
    for digest in one {
        let before = rest.partition_point(|it| it < digest);
        rest = &rest[before..];
        common += usize::from(rest.first() == Some(digest));
    }
    common as f64 / smaller as f64
}

fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests;
