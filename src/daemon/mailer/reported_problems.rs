//! What is wrong, a word each, so that a digest tells once what the one before has told.

use std::collections::BTreeSet;

use crate::core::digest::{Coverage, FeedTrouble, Mute};

/// What is wrong with feeds and mails, and what mutes that are over held back, one word a trouble, to be compared with
/// what was told.
pub(super) fn troubles(coverage: &Coverage) -> BTreeSet<String> {
    let feeds = [
        ("failing", &coverage.failing),
        ("silent", &coverage.silent),
        ("incomplete", &coverage.incomplete),
        ("missed", &coverage.possibly_missed),
        ("care", &coverage.handled_with_care),
    ];
    let feeds = feeds
        .into_iter()
        .flat_map(|(kind, list)| list.iter().map(move |feed| format!("{kind}/{}", feed.id)));
    let mails = coverage
        .undeliverable
        .iter()
        .map(|mail| format!("undeliverable/{}/{}", mail.queued, mail.subject));
    let over = |mute: &&Mute| mute.held_back > 0 && mute.until <= coverage.window_end;
    let mutes = (coverage.muted.iter().filter(over))
        .map(|mute| format!("held-back/{}/{}", mute.until, mute.watch_title));
    feeds.chain(mails).chain(mutes).collect()
}

/// Feeds of which no page is ever read, one word each, likewise.
pub(super) fn unreadable_pages(coverage: &Coverage) -> BTreeSet<String> {
    coverage.unreadable.iter().map(unreadable_word).collect()
}

/// Leaves out those that were named before.
pub(super) fn leave_out_told(coverage: &mut Coverage, told: &BTreeSet<String>) {
    let pages = &mut coverage.unreadable;
    pages.retain(|feed| !told.contains(&unreadable_word(feed)));
}

fn unreadable_word(feed: &FeedTrouble) -> String {
    format!("unreadable/{}", feed.id)
}
