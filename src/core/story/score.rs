//! How much an item is of a story, and what speaks against it.

/// A weight of 1 in whole numbers, so that sums can be taken apart again.
pub(super) const UNIT: f64 = 4_096.0;

/// What was measured on labelled items: see the tests.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Joins from here on.
    pub join: f64,
    /// Likewise, an item of few words.
    pub join_short: f64,
    /// Like enough to count as an outlet of the story.
    pub sure: f64,
    /// Two stories of several items are one from here on.
    pub merge: f64,
    /// A story in another language is linked from here on.
    pub link: f64,
    /// Shared rarity that is asked for.
    pub evidence: f64,
    pub evidence_short: f64,
    /// Days in which likeness falls to a third.
    pub days: f64,
    /// What is left where no name is shared.
    pub strangers: f64,
    pub strangers_short: f64,
    /// What is left where the story is of the item's feed alone.
    pub one_feed: f64,
    /// Items of so many terms or fewer are short.
    pub short: usize,
    pub heaviest: usize,
    pub title: u32,
    pub exponent: f64,
    pub x: f64,
    pub y: f64,
}

pub(super) const LIMITS: Limits = Limits {
    join: 0.26,
    join_short: 0.24,
    sure: 0.34,
    merge: 0.32,
    link: 0.28,
    evidence: 20.0,
    evidence_short: 14.0,
    days: 3.0,
    strangers: 0.3,
    strangers_short: 0.5,
    one_feed: 0.8,
    short: 12,
    heaviest: 32,
    title: 2,
    exponent: 0.5,
    x: 0.0,
    y: 0.0,
};
pub const LIMITS_FOR_LAB: Limits = LIMITS;
