//! Hits to what one recipient should read.
//!
//! An item that several watches hit is one item that names all of them; a revised item is folded
//! into its entry, and the items of one story are one. The best stories are told in full, grouped by topic,
//! then by watch; the next as headlines, the rest by count. Behind them stand, in a line each, what a watch
//! found later, in what was stored, and the newest of the stories that went out as alerts before. Old items that a
//! feed showed at once are told in one line a feed.
//!
//! ```text
//! all that is owed: PendingHitKey -> PendingItems -> fold -> StoryGroups -> choose -> DigestSelection
//! what was chosen:  HitItem -> item -> DigestItem -> DigestStory -> Digest
//! ```
//!
//! [`PendingItems`] takes what waits for a recipient, [`PendingItems::fold`] makes stories of it, and
//! [`StoryGroups::choose`] says which are shown, by their [`RankingFeatures`]; then the texts of those are loaded,
//! and [`item`] makes of the hits of one entry what is shown of it. [`Coverage`] says what could not be seen.
//! [`compose()`] does all that with hits in memory. [`Week`] is what the summary of a recipient's week is written from.
//!
//! This room does not know how a mail looks: layout, size and the words of the reader's language are those of the
//! mail.

mod compose;
mod contents;
mod coverage;
mod decisive_terms;
mod detail_level;
mod diversification;
mod headline;
mod items;
mod limits;
mod live_headlines;
mod matched_words;
mod outlet;
mod paragraphs;
mod pending;
mod ranking;
mod recipient;
mod sanitize;
mod selection;
mod severity;
mod snippet;
mod story;
mod story_groups;
#[cfg(test)]
mod tests;
mod top_k;
mod totals;
mod trouble;
mod week;
mod word_count;

pub use compose::{SendEmpty, TopicGroup, WatchGroup, compose, empty_due, grouped, item};
pub use contents::{Attachment, Digest, Kind, Reason};
pub use coverage::{Coverage, FeedTrouble, Mute, Undelivered};
pub use detail_level::{DetailLevel, RecomposeStep};
pub use headline::{headline, is_headline};
pub use items::{DigestItem, HitItem, HitOrigin, SpanRecord, WatchMention};
pub use limits::{ALSO_MAX, REPORTS_MAX, WORDS_MAX};
pub use matched_words::{WORDS_FOUND, WatchMatch, words_found};
pub use outlet::outlet_of_title;
pub use paragraphs::paragraphs;
pub use pending::{PendingHitKey, PendingItems, ReportedBefore};
pub use ranking::{HeadlineKind, RankingClass, RankingFeatures};
pub use recipient::{AttachmentFormat, GroupBy, Language, Privacy, Recipient};
pub use sanitize::{is_right_to_left, named, safe_link};
pub use selection::{DigestSelection, SelectedStory, StoryHeading};
pub use story::{DigestStory, RelatedItem};
pub use story_groups::StoryGroups;
pub use totals::{Count, RepeatedStories, Totals};
pub use trouble::TroubleCause;
pub use week::Week;
pub use word_count::words;

pub use crate::core::text::line::{TextSegment, clean_line};
