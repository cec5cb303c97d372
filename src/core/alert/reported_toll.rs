//! The toll of a story as its reader knows it, after all that was told of it.

use std::cmp::Reverse;

/// One count is in doubt beside another that is so many times smaller.
const DOUBT: u64 = 10;

/// What a reader was told of an item of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportedItem {
    /// The item.
    pub entry: i64,
    /// The most dead or hurt that it counted then.
    pub counted: Option<u32>,
    /// The most that it counts now.
    pub now: Option<u32>,
    /// Whether it was told as a correction.
    pub corrects: bool,
}

/// What an item of a story counts, told or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The item.
    pub entry: i64,
    /// Its outlet.
    pub outlet: String,
    /// Whether it has the text of another.
    pub is_copy: bool,
    /// The most dead or hurt that it counts.
    pub counted: u32,
}

/// What is left of the numbers that were told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportedToll {
    /// The most that still stands; `None` when nothing does.
    pub victims: Option<u32>,
    /// The most that was told since the last correction, whether or not it stands.
    pub told: Option<u32>,
}

/// Weighs what was told, in the order in which it was told, against what the items of the story count, in the order
/// in which they came.
///
/// An item stands for no more than it counts now, and nothing stands that was told before a correction to fewer. A
/// number that one outlet alone gave, and that a later item puts at less than a tenth, is a slip: it must not keep
/// all that comes after it from being news.
pub fn reported_toll(tellings: &[ReportedItem], counts: &[Count]) -> ReportedToll {
    let mut stand: Vec<(i64, u32)> = Vec::new();
    for telling in tellings {
        let Some(counted) = telling.counted else {
            continue;
        };
        let before = stand
            .iter()
            .rev()
            .find(|(entry, _)| *entry == telling.entry);
        if telling.corrects && before.is_none_or(|(_, before)| *before > counted) {
            stand.clear();
        }
        stand.push((telling.entry, counted));
    }
    let told = stand.iter().map(|(_, counted)| *counted).max();
    for (entry, counted) in &mut stand {
        let of_entry = tellings
            .iter()
            .rev()
            .find(|telling| telling.entry == *entry);
        if let Some(now) = of_entry.and_then(|telling| telling.now) {
            *counted = (*counted).min(now);
        }
    }
    stand.sort_unstable_by_key(|(_, counted)| Reverse(*counted));
    let sound = stand
        .iter()
        .find(|(entry, counted)| !is_slip(*entry, *counted, counts));
    ReportedToll {
        victims: sound.map(|(_, counted)| *counted),
        told,
    }
}

fn is_slip(entry: i64, counted: u32, counts: &[Count]) -> bool {
    let Some(at) = counts.iter().position(|count| count.entry == entry) else {
        return false;
    };
    let counted = u64::from(counted);
    let own = &counts[at];
    let mut others = counts
        .iter()
        .filter(|other| !other.is_copy && other.counted > 0);
    let mut later = counts[at + 1..]
        .iter()
        .filter(|other| !other.is_copy && other.counted > 0);
    later.any(|other| u64::from(other.counted) * DOUBT < counted)
        && !others
            .any(|other| other.outlet != own.outlet && u64::from(other.counted) * 2 >= counted)
}

#[cfg(test)]
mod tests;
