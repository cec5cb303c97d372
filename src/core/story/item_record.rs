//! The features of an item that others are compared with: a few hundred bytes in the database.

use jiff::Timestamp;
use thiserror::Error;

use super::text::Ends;
use super::thresholds::FIXED_POINT_SCALE;

/// The first byte of a record.
const FORM: u8 = 3;
/// The one before, without [`ItemRecord::wording`].
const FORM_BEFORE: u8 = 2;

/// A record that this version cannot read: cut, damaged, or written by a newer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "what stories keep of an item cannot be read: it is cut off, or a newer newsvigil wrote it"
)]
pub struct Unreadable;

/// An item as it is compared. All that the engine knows is made of these, so that it can be made again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ItemRecord {
    /// Unix seconds at which the item was reported, never later than it was placed.
    pub time: i64,
    /// Unix seconds at which its story began, as known when it was placed.
    pub began: i64,
    /// Primary language or, where it is unknown, script: see [`super::language`].
    pub language: u32,
    pub feed: u32,
    pub outlet: u32,
    /// The headline without labels that are known.
    pub title: u32,
    /// The headline without what may be labels.
    pub core: u32,
    /// The lead, 0 without one.
    pub lead: u32,
    /// The headline with numbers and names masked.
    pub series: u32,
    /// Those numbers and names.
    pub filling: u32,
    pub ends: Ends,
    /// What `FLAGS` say.
    pub flags: u8,
    /// Terms, those with a weight first and the heaviest of them first.
    pub terms: Box<[u32]>,
    /// Parts of [`super::thresholds::FIXED_POINT_SCALE`].
    pub weights: Box<[u16]>,
    /// Names, as terms.
    pub names: Box<[u32]>,
    /// Terms of the headline.
    pub headline: Box<[u32]>,
    /// Of the lead: see [`super::near_duplicate`].
    pub shingles: Box<[u32]>,
    /// Headline and lead in their order: see [`super::word_sequence`].
    pub wording: Box<[u16]>,
}

impl ItemRecord {
    /// It takes part in what its story says.
    pub(super) const SPEAKS: u8 = 1;
    /// Nothing joins it, and it joins nothing.
    pub(super) const ALONE: u8 = 2;

    /// Tells two events: it joins one, and brings nothing together.
    pub(super) const TWOFOLD: u8 = 8;

    /// Tells how a number of victims has grown.
    pub(super) const GROWS: u8 = 4;

    /// It copies another, or its feed has told the story before: it does not count among those that have a word.
    pub(super) const REPEATS: u8 = 16;
    /// By its text one finds the item that it copies as well.
    pub(super) const WHOLE_COPY: u8 = 32;
    /// Its feed has told the story before: what it says so again makes nothing recur.
    pub(super) const NOT_RECURRING: u8 = 64;
    /// It copies what another feed sent, or what its own did before: its story is no newer by it.
    pub(super) const COPIES: u8 = 128;
    /// What part it takes in its story, which a revision leaves as it is.
    pub(super) const PART: u8 =
        Self::SPEAKS | Self::REPEATS | Self::WHOLE_COPY | Self::NOT_RECURRING | Self::COPIES;

    pub(super) fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Up to when its story is known to go on by it.
    pub(super) fn told(&self) -> i64 {
        if self.has(Self::COPIES) {
            self.began
        } else {
            self.time
        }
    }

    /// The headline as copies are told by it.
    pub(super) fn core_key(&self) -> Option<u32> {
        (self.core != 0).then_some(self.core)
    }

    pub(super) fn weighted(&self) -> impl Iterator<Item = (u32, u16)> {
        self.terms.iter().copied().zip(self.weights.iter().copied())
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let words = self.terms.len() + self.names.len() + self.headline.len() + self.shingles.len();
        let mut out =
            Vec::with_capacity(64 + 4 * words + 2 * (self.weights.len() + self.wording.len()));
        out.push(FORM);
        out.push(self.flags);
        for time in [self.time, self.began] {
            out.extend(time.to_le_bytes());
        }
        for number in self.numbers() {
            out.extend(number.to_le_bytes());
        }
        for list in [
            &self.terms,
            &self.names,
            // In this place numbers stood that nothing reads any more.
            &Box::default(),
            &self.headline,
            &self.shingles,
        ] {
            out.extend(u16::try_from(list.len()).unwrap_or(u16::MAX).to_le_bytes());
            for number in list.iter().take(usize::from(u16::MAX)) {
                out.extend(number.to_le_bytes());
            }
        }
        for list in [&self.weights, &self.wording] {
            out.extend(u16::try_from(list.len()).unwrap_or(u16::MAX).to_le_bytes());
            for number in list.iter().take(usize::from(u16::MAX)) {
                out.extend(number.to_le_bytes());
            }
        }
        out
    }

    fn numbers(&self) -> [u32; 12] {
        let Ends { leading, trailing } = self.ends;
        [
            self.language,
            self.feed,
            self.outlet,
            self.title,
            self.core,
            self.lead,
            self.series,
            self.filling,
            leading[0],
            leading[1],
            trailing[0],
            trailing[1],
        ]
    }

    fn set_numbers(&mut self, numbers: [u32; 12]) {
        let mut ends = Ends::default();
        [
            self.language,
            self.feed,
            self.outlet,
            self.title,
            self.core,
            self.lead,
            self.series,
            self.filling,
            ends.leading[0],
            ends.leading[1],
            ends.trailing[0],
            ends.trailing[1],
        ] = numbers;
        self.ends = ends;
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut rest = Rest(bytes);
        let [form] = rest.take::<1>()?;
        if ![FORM, FORM_BEFORE].contains(&form) {
            return Err(Unreadable);
        }
        let [flags] = rest.take::<1>()?;
        let mut record = Self {
            flags,
            time: i64::from_le_bytes(rest.take()?),
            began: i64::from_le_bytes(rest.take()?),
            ..Self::default()
        };
        let mut numbers = [0; 12];
        for number in &mut numbers {
            *number = u32::from_le_bytes(rest.take()?);
        }
        record.set_numbers(numbers);
        record.terms = rest.list()?;
        record.names = rest.list()?;
        // In this place numbers stood that nothing reads any more.
        rest.list()?;
        record.headline = rest.list()?;
        record.shingles = rest.list()?;
        record.weights = rest.short_list()?;
        if form == FORM {
            record.wording = rest.short_list()?;
        }
        let is_length = |weight: &u16| f64::from(*weight) <= FIXED_POINT_SCALE;
        if !rest.0.is_empty()
            || record.weights.len() > record.terms.len()
            || !record.weights.iter().all(is_length)
            || [record.time, record.began]
                .map(Timestamp::from_second)
                .iter()
                .any(Result::is_err)
        {
            return Err(Unreadable);
        }
        Ok(record)
    }
}

struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Unreadable> {
        let (first, rest) = self.0.split_first_chunk::<N>().ok_or(Unreadable)?;
        self.0 = rest;
        Ok(*first)
    }

    fn list(&mut self) -> Result<Box<[u32]>, Unreadable> {
        let length = u16::from_le_bytes(self.take()?);
        (0..length)
            .map(|_| Ok(u32::from_le_bytes(self.take()?)))
            .collect()
    }

    fn short_list(&mut self) -> Result<Box<[u16]>, Unreadable> {
        let length = u16::from_le_bytes(self.take()?);
        (0..length)
            .map(|_| Ok(u16::from_le_bytes(self.take()?)))
            .collect()
    }
}
