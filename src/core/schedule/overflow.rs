//! A feed that lets items go before they are seen: when all that a body holds is new, others may have been missed.

use jiff::{SignedDuration, Timestamp};

use super::publishing_rate::{LONGEST_INTERVAL, SHORTEST_INTERVAL, USUAL_INTERVAL};
use super::result::FeedEvent;
use super::state::FeedState;
use super::summary::PollSummary;

/// A list of fewer entries is not so short because it had to let others go.
const FEW_ENTRIES: usize = 10;

/// Whether items may have been missed since the last body; and how soon it is polled on that account.
pub(super) fn detect(
    before: &FeedState,
    next: &mut FeedState,
    summary: &PollSummary,
    wish: Option<SignedDuration>,
    now: Timestamp,
) -> Option<FeedEvent> {
    let appeared = appeared(summary);
    // As a news sitemap after two days without an article: so few have pushed out none.
    let was_empty = before.was_empty && summary.entries_in_feed < FEW_ENTRIES;
    if !was_empty && summary.entries_in_feed > 0 && appeared >= summary.entries_in_feed {
        let elapsed = before
            .last_success_at
            .map_or(USUAL_INTERVAL, |last| now.duration_since(last));
        next.overflowed_at = Some(now);
        next.overflow_interval = Some((elapsed / 2).clamp(SHORTEST_INTERVAL, LONGEST_INTERVAL));
        return Some(FeedEvent::PossiblyMissed);
    }
    if let Some(interval) = before.overflow_interval
        && appeared > 0
    {
        let relaxed = interval + interval / 4;
        let usual = wish.unwrap_or(next.publishing_rate.interval());
        next.overflow_interval = (relaxed < usual).then_some(relaxed);
    }
    None
}

/// The items that were in no body before, taken or not.
pub(super) fn appeared(summary: &PollSummary) -> usize {
    let waited = summary.arrears.taken.saturating_add(summary.arrears.again);
    summary
        .entries_new
        .saturating_add(summary.new_left_out)
        .saturating_sub(usize::try_from(waited).unwrap_or(usize::MAX))
}
