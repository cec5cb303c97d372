//! Which items are kept of a feed that has more than are kept: the newest, wherever they stand.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::dates::{DateDisambiguation, DateInterpretations};

/// Stands for the date of an item that has none.
const UNDATED: i64 = i64::MIN;

/// In seconds. Nothing that feeds tell was published in 1970.
const A_YEAR: i64 = 365 * 24 * 3600;

/// The dates of all items of a document, in its order, those that are not kept included. They take
/// eight bytes each, so that a million of them are a small matter.
#[derive(Debug, Default)]
pub(super) struct Dates {
    seconds: Vec<i64>,
    /// By their places, those that may mean several days.
    ambiguous: Vec<(usize, DateInterpretations)>,
}

impl Dates {
    /// Adds the date of the next item. The beginning of time is none, but what a publisher's program makes of
    /// none.
    pub(super) fn push(&mut self, date: Option<DateInterpretations>) {
        let place = self.seconds.len();
        self.ambiguous.extend(
            date.filter(DateInterpretations::is_ambiguous)
                .map(|date| (place, date)),
        );
        let reading = date.and_then(|date| date.first_reading());
        let reading = reading.map(Timestamp::as_second);
        self.seconds
            .push(reading.filter(|&date| date >= A_YEAR).unwrap_or(UNDATED));
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.seconds.len()
    }

    /// Reads all of them as the feed will be read.
    fn settle(&mut self, now: Option<Timestamp>, languages: &[&str]) {
        if self.ambiguous.is_empty() {
            return;
        }
        let mut sure = self.seconds.clone();
        for (place, _) in &self.ambiguous {
            sure[*place] = UNDATED;
        }
        let sure = sure.into_iter().filter(|&date| date != UNDATED);
        let sure = sure.filter_map(|date| Timestamp::from_second(date).ok());
        let ambiguous = self.ambiguous.iter().map(|&(_, date)| date);
        let body = DateDisambiguation::of(
            sure.map(DateInterpretations::from).chain(ambiguous),
            now,
            languages,
        );
        for (place, date) in &self.ambiguous {
            let date = body.settle(date);
            self.seconds[*place] = date.map_or(UNDATED, Timestamp::as_second);
        }
    }

    /// For each item whether it is among the `most` that are newest; `None` when those are the first.
    ///
    /// Feeds list the newest first, unless their dates show that it comes last. An item without a date
    /// is about as old as the one before it in that order, and of equals the first counts as newer.
    /// `now` and `languages` are those of [`DateDisambiguation::of`], which takes most of the time.
    pub(super) fn newest(
        mut self,
        most: usize,
        now: Option<Timestamp>,
        languages: &[&str],
    ) -> Option<Vec<bool>> {
        let all = self.len();
        if all <= most {
            return None;
        }
        self.settle(now, languages);
        let newest_last = self.is_newest_last();
        let dates = &mut self.seconds;
        if newest_last {
            dates.reverse();
        }
        let mut before = i64::MAX;
        for date in dates.iter_mut() {
            if *date == UNDATED {
                *date = before;
            }
            before = *date;
        }
        let mut ranks: Vec<usize> = (0..all).collect();
        ranks.select_nth_unstable_by_key(most, |&rank| (Reverse(dates[rank]), rank));
        let mut kept = vec![false; all];
        for &rank in &ranks[..most] {
            kept[if newest_last { all - 1 - rank } else { rank }] = true;
        }
        let are_first = kept[..most].iter().all(|&kept| kept);
        (!are_first).then_some(kept)
    }

    /// Whether dates more often rise from one item to the next than they fall.
    fn is_newest_last(&self) -> bool {
        let (mut rising, mut falling) = (0_usize, 0_usize);
        let mut before = None;
        for &date in self.seconds.iter().filter(|&&date| date != UNDATED) {
            rising += usize::from(before.is_some_and(|before| before < date));
            falling += usize::from(before.is_some_and(|before| before > date));
            before = Some(date);
        }
        rising > falling
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::feed::dates;

    /// Dates as numbers of years, `-1` for none; the places that are kept.
    fn check(dates: &[i64], most: usize, expected: &[usize]) {
        let mut known = Dates::default();
        for &date in dates {
            known.push(
                Some(date)
                    .filter(|date| *date >= 0)
                    .map(|date| Timestamp::from_second(date * A_YEAR).unwrap().into()),
            );
        }
        let kept = known
            .newest(most, None, &[])
            .unwrap_or_else(|| (0..dates.len()).map(|place| place < most).collect());
        let kept: Vec<usize> = (0..dates.len()).filter(|&place| kept[place]).collect();
        assert_eq!(kept, expected, "of {dates:?}");
    }

    #[test]
    fn the_newest_are_kept_wherever_they_stand() {
        check(&[9, 8, 7, 6], 2, &[0, 1]);
        check(&[6, 7, 8, 9], 2, &[2, 3]);
        check(&[3, 9, 1, 8, 2], 2, &[1, 3]);
        check(&[5, 5, 5, 5], 2, &[0, 1]);
        check(&[1, 2], 2, &[0, 1]);
    }

    #[test]
    fn dates_of_several_meanings_are_read_as_their_body_has_them() {
        let mut known = Dates::default();
        for written in ["11/25/2026", "11/02/2026", "02/11/2026"] {
            known.push(dates::read(written));
        }
        let kept = known.newest(2, None, &[]);
        assert_eq!(kept, None, "the first two, of November");
        let mut known = Dates::default();
        for written in ["02/11/2026", "11/02/2026", "11/25/2026"] {
            known.push(dates::read(written));
        }
        let kept = known.newest(2, None, &[]);
        assert_eq!(kept, Some(vec![false, true, true]));
    }

    #[test]
    fn items_without_dates_are_as_old_as_their_neighbours() {
        check(&[-1, -1, -1, -1], 2, &[0, 1]);
        check(&[-1, 9, -1, 8, 7], 3, &[0, 1, 2]);
        check(&[1, -1, 2, -1, 3, -1], 2, &[4, 5]);
        // What is dated 1970 is as good as undated.
        check(&[0, 0, 0, 9, 8, 7], 4, &[0, 1, 2, 3]);
        // An old one that is pinned to the top says nothing of the others.
        check(&[1, 9, -1, 8, -1, 7], 3, &[1, 2, 3]);
    }
}
