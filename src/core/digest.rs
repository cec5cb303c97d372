//! Hits to what one recipient should read.
//!
//! An item that several watches hit is one item that names all of them; a revised item is folded
//! into its entry, and the items of one story are one. The best stories are told in full, grouped by topic,
//! then by watch; the next as headlines, the rest by count. Behind them stand, in a line each, what a watch
//! found later, in what was stored, and the newest of the stories that went out as alerts before. Old items that a feed showed at once are told in one line a feed.

mod choice;
mod clean;
mod compose;
mod contents;
mod coverage;
mod decisive;
mod excerpt;
mod few;
mod folded;
mod found;
mod grave;
mod headline;
mod items;
mod limits;
mod outlet;
mod owed;
mod paragraphs;
mod rank;
mod reading;
mod recipient;
mod recurring;
mod sentence;
mod story;
#[cfg(test)]
mod tests;
mod totals;
mod trouble;
mod turns;
mod wording;

pub use choice::{Choice, Chosen, Under};
pub use clean::{clean_line, is_right_to_left, safe_link};
pub use compose::{SendEmpty, TopicGroup, WatchGroup, compose, empty_due, grouped, item};
pub use contents::{Attachment, Digest, Kind, Reason};
pub use coverage::{Coverage, FeedTrouble, Mute, Undelivered};
pub use folded::Folded;
pub use found::{Matched, WORDS_FOUND, words_found};
pub use headline::{headline, is_headline};
pub use items::{DigestItem, HitItem, Manner, Mention, Piece, SpanRecord};
pub use limits::{ALSO_MAX, REPORTS_MAX, WORDS_MAX};
pub use outlet::outlet_of_title;
pub use owed::{Owed, OwedKey, ToldBefore};
pub use paragraphs::paragraphs;
pub use rank::{Class, HeadlineKind, Merits};
pub use reading::words;
pub use recipient::{Attach, GroupBy, Language, Privacy, Recipient};
pub use story::{Also, DigestStory};
pub use totals::{Again, Count, Totals};
pub use trouble::Trouble;
pub use wording::{Anew, Wording};
