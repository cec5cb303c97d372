//! Words about numbers and names in the summary of a week.

use crate::core::digest::is_right_to_left;
use crate::core::week::{Baseline, WEEKS_BEFORE};
use crate::mail::language::MessageCatalog;
use crate::mail::language::direction::in_isolate;

/// A sentence on a habit, with the number of its weeks where those of the `whole`, which the head says, are others.
pub(super) fn by_weeks(
    catalog: &MessageCatalog,
    sentence: String,
    baseline: Baseline,
    whole: Option<Baseline>,
) -> String {
    if baseline.weeks == whole.map_or(WEEKS_BEFORE, |whole| whole.weeks) {
        return sentence;
    }
    let weeks = catalog.say_with("week-of-weeks", &[("weeks", baseline.weeks.into())]);
    format!("{sentence} {weeks}")
}

/// A name that is written in the other direction would turn the numbers beside it (UAX #9 section 2.4).
pub(super) fn isolated(catalog: &MessageCatalog, name: &str) -> String {
    if is_right_to_left(name) {
        in_isolate(name)
    } else {
        catalog.isolated(name)
    }
}

pub(super) fn whole(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
