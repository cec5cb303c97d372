//! What is best: the one place that says in which order a mail tells its stories, and why.
//!
//! What was to be told at once stands before everything else, and behind what is like it what has a headline that
//! comes again and again ("Live updates", "Morning briefing"), whose item tells of many things and holds many words.
//! Of each, the points decide:
//!
//! | what | points |
//! |---|---|
//! | score *s* of the watches that have scores | 4 log₂ (1 + *s*), less than nothing below 0 |
//! | a watch matched in the headline or the first lines | 6 |
//! | each different term that matched, the first three | 1.5 |
//! | each further watch that matched, the first two | 3 |
//! | *v* dead or hurt people that it counts, at most 15 | 3 log₂ (1 + *v*) |
//! | a headline that says that people were killed, hurt, taken or driven out | 6 |
//! | a watch that finds far more than is its habit | 4 |
//! | *n* independent outlets, at most 16 | 4 log₂ *n* |
//! | age, against the end of the mail's window | 4, half of it after each 12 hours |
//!
//! A story has the score, the place and the terms of its best item, the watches of all its items, the most victims
//! that one of them counts, and the age of its newest. Between equals, the newer and then the older number stands
//! first, so that the same database gives the same mail.

use jiff::Timestamp;

use super::live_headlines::is_live;
use super::severity::is_severe;
use crate::core::story::recurring_headlines::is_generic;

/// Terms that count.
const TERMS_MAX: u16 = 3;
/// Watches that count beside the first.
const WATCHES_MAX: u32 = 2;
/// Dead or hurt people that count.
const VICTIMS_MAX: u8 = 15;
/// Outlets that count.
const OUTLETS_MAX: usize = 16;
/// Hours after which freshness is worth half.
const HALF_LIFE: f64 = 12.0;
/// Points for what is brand-new.
const FRESH: f64 = 4.0;

/// What the points are given for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankingFeatures {
    /// Whether it was to be told at once.
    pub urgent: bool,
    /// Which kind its headline is of.
    pub headline: HeadlineKind,
    /// Whether a watch that matched finds far more than is its habit.
    pub unusual: bool,
    /// Of the watches that have scores.
    pub score: i32,
    /// Whether a watch matched in the headline or the first lines.
    pub in_lead: bool,
    /// Different terms that matched.
    pub terms: u16,
    /// Watches that matched.
    pub watches: u32,
    /// The most dead or hurt people that it counts.
    pub victims: u8,
    /// Independent outlets.
    pub outlets: usize,
    /// When its newest item was published, else first seen.
    pub time: Timestamp,
    /// The end of the window.
    pub end: Timestamp,
}

/// Kinds of headlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HeadlineKind {
    /// One that comes again and again.
    Recurring,
    /// One that says that people were killed, hurt, taken or driven out.
    Severe,
    /// Any other.
    #[default]
    Plain,
}

impl HeadlineKind {
    /// The kind of this headline.
    pub fn of(title: &str, language: Option<&str>) -> Self {
        // A live page that says of what people were the victims is a report of it.
        if is_generic(title, language) {
            Self::Recurring
        } else if is_severe(title, language) {
            Self::Severe
        } else if is_live(title) {
            Self::Recurring
        } else {
            Self::Plain
        }
    }
}

/// What stands before all that is of the class below, whatever the points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RankingClass {
    /// Its headline comes again and again.
    Recurring,
    /// Neither.
    Plain,
    /// Was to be told at once, under a headline that comes again and again.
    UrgentRecurring,
    /// Was to be told at once.
    Urgent,
}

impl RankingFeatures {
    /// Before or behind what it stands whatever its points.
    pub fn class(&self) -> RankingClass {
        match (self.urgent, self.headline) {
            (true, HeadlineKind::Recurring) => RankingClass::UrgentRecurring,
            (true, _) => RankingClass::Urgent,
            (false, HeadlineKind::Recurring) => RankingClass::Recurring,
            (false, _) => RankingClass::Plain,
        }
    }

    /// Hundredths of a point.
    pub fn points(&self) -> i32 {
        hundredths(self.parts().iter().sum())
    }

    /// Why: each part with its points, as in "score 7 (12.0)"; first what has none and decides all the same.
    pub fn why(&self) -> Vec<String> {
        let words = counted(u64::from(self.terms), "word", "words");
        let watches = counted(u64::from(self.watches), "watch", "watches");
        let named = [
            format!("score {}", self.score),
            "in the headline or the first lines".to_owned(),
            format!("{words} of {watches}"),
            "its headline tells of people killed, hurt, taken or driven out".to_owned(),
            format!("{} dead or hurt", counted_to(self.victims, u8::MAX)),
            "its watch finds far more than usual".to_owned(),
            format!("{} independent outlets", self.outlets),
            aged(self.age()),
        ];
        let parts = self.parts().into_iter().zip(named);
        let parts = parts.filter(|(points, _)| hundredths(*points) != 0);
        let class = match self.class() {
            RankingClass::Urgent => Some("urgent"),
            RankingClass::UrgentRecurring => {
                Some("urgent, and behind what is, for its headline comes again and again")
            }
            RankingClass::Recurring => {
                Some("behind all others, for its headline comes again and again")
            }
            RankingClass::Plain => None,
        };
        class
            .map(str::to_owned)
            .into_iter()
            .chain(parts.map(|(points, what)| format!("{what} ({points:.1})")))
            .collect()
    }

    /// Points for the score, the place, the words, the headline, the victims, the habit, the outlets and the age.
    fn parts(&self) -> [f64; 8] {
        let weighed = 4.0 * (1.0 + f64::from(self.score.unsigned_abs())).log2();
        let score = if self.score < 0 { -weighed } else { weighed };
        let lead = if self.in_lead { 6.0 } else { 0.0 };
        let terms = 1.5 * f64::from(self.terms.min(TERMS_MAX));
        let watches = 3.0 * f64::from(self.watches.saturating_sub(1).min(WATCHES_MAX));
        let victims = 3.0 * (1.0 + f64::from(self.victims.min(VICTIMS_MAX))).log2();
        let grave = if self.headline == HeadlineKind::Severe {
            6.0
        } else {
            0.0
        };
        let unusual = if self.unusual { 4.0 } else { 0.0 };
        let outlets = u32::try_from(self.outlets.clamp(1, OUTLETS_MAX)).unwrap_or(1);
        let outlets = 4.0 * f64::from(outlets).log2();
        let fresh = FRESH * (-self.age() / HALF_LIFE).exp2();
        let words = terms + watches;
        [score, lead, words, grave, victims, unusual, outlets, fresh]
    }

    /// In hours; what says that it is of later is new.
    fn age(&self) -> f64 {
        self.end.duration_since(self.time).as_secs_f64().max(0.0) / 3600.0
    }
}

#[allow(clippy::cast_possible_truncation)] // within ± 20,000
fn hundredths(points: f64) -> i32 {
    (points * 100.0).round() as i32
}

/// A number that is known up to a bound: "255 or more".
fn counted_to(n: u8, bound: u8) -> String {
    let more = if n == bound { " or more" } else { "" };
    format!("{n}{more}")
}

fn counted(n: u64, one: &str, many: &str) -> String {
    let what = if n == 1 { one } else { many };
    format!("{n} {what}")
}

fn aged(hours: f64) -> String {
    if hours < 1.0 {
        "less than an hour old".to_owned()
    } else if hours < 1.5 {
        "1 hour old".to_owned()
    } else if hours < 48.0 {
        format!("{hours:.0} hours old")
    } else {
        format!("{:.0} days old", hours / 24.0)
    }
}

#[cfg(test)]
mod tests;
