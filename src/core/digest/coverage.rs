//! How complete a digest is: what of its window could not be seen.

use jiff::Timestamp;

use super::trouble::TroubleCause;
use crate::core::article::PageVerdictCounts;

/// How complete the digest is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Feeds that were polled in the window.
    pub feeds_polled: u32,
    /// Feeds whose last polls failed.
    pub failing: Vec<FeedTrouble>,
    /// Feeds that failed for a while within the window and work again.
    pub interrupted: Vec<FeedTrouble>,
    /// Feeds that answer, but have been silent for longer than is their habit.
    pub silent: Vec<FeedTrouble>,
    /// Feeds of whose newest body something is missing.
    pub incomplete: Vec<FeedTrouble>,
    /// Feeds whose items may have slipped through between two polls.
    pub possibly_missed: Vec<FeedTrouble>,
    /// Feeds that bring more than they may, or that are polled alone, or that never say the same twice.
    pub handled_with_care: Vec<FeedTrouble>,
    /// How the pages behind items were read in the window, and how many are still waited for.
    pub reading: PageVerdictCounts,
    /// Feeds of which it became plain in the window that no page of theirs is ever read whole.
    pub unreadable: Vec<FeedTrouble>,
    /// Watches muted by hand.
    pub muted: Vec<Mute>,
    /// Mails to this recipient that were given up.
    pub undeliverable: Vec<Undelivered>,
    /// The program's version.
    pub version: String,
    /// Start of the window of time covered; `None` for the first digest.
    pub window_start: Option<Timestamp>,
    /// End of the window.
    pub window_end: Timestamp,
}

impl Coverage {
    /// Watches that are muted at the end of the window.
    pub fn muted_now(&self) -> usize {
        let muted = self.muted.iter();
        muted.filter(|mute| mute.until > self.window_end).count()
    }

    /// Hits in the window that mutes held back which are over by its end.
    pub fn held_back(&self) -> usize {
        let over = (self.muted.iter()).filter(|mute| mute.until <= self.window_end);
        over.map(|mute| mute.held_back as usize).sum()
    }
}

/// A feed that needs attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedTrouble {
    /// The feed's id.
    pub id: String,
    /// The outlet.
    pub title: String,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Until when, of what is over.
    pub until: Option<Timestamp>,
    /// Why.
    pub reason: TroubleCause,
}

/// A watch that was muted by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mute {
    /// Title of the watch.
    pub watch_title: String,
    /// When it expires.
    pub until: Timestamp,
    /// Why, in the words of whoever muted it.
    pub reason: String,
    /// Hits in the window that the mute held back.
    pub held_back: u32,
}

/// A mail that could not be delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undelivered {
    /// Its subject.
    pub subject: String,
    /// When it was queued.
    pub queued: Timestamp,
    /// One sentence.
    pub reason: String,
}
