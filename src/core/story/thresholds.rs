//! The measures that decide, as they came out on labelled items: what is shared counts, by how rare it is, and
//! how long ago the story was last reported.

/// A weight of 1 in whole numbers, so that sums can be taken apart again.
pub(super) const FIXED_POINT_SCALE: f64 = 4_096.0;

/// An item joins from this likeness on.
pub(super) const JOIN_THRESHOLD: f64 = 0.24;
/// Terms of an item that has a headline alone, or little more.
pub(super) const SHORT_ITEM_TERMS: usize = 12;
/// Like enough to count as an outlet of the story.
pub(super) const OUTLET_THRESHOLD: f64 = 0.34;
/// Seconds within which a feed sends a thing again that otherwise comes back as another.
pub(super) const RESEND_WINDOW_SECONDS: i64 = 6 * 3_600;
/// Two stories are one from this likeness on.
pub(super) const MERGE_THRESHOLD: f64 = 0.32;
/// A story in another language is linked from this likeness on.
pub(super) const CROSS_LANGUAGE_LINK_THRESHOLD: f64 = 0.28;
/// How much of the rare has to be shared: what the words weigh, in words that no other item has. Those weigh
/// the more, the more items there are, and so does what two items share by chance. Less counts by its square.
pub(super) const MIN_SHARED_IDF: f64 = 2.2;
/// Likewise of an item of [`SHORT_ITEM_TERMS`] terms or fewer.
pub(super) const MIN_SHARED_IDF_SHORT: f64 = 1.79;
/// Days in which likeness falls to 1/e.
pub(super) const DECAY_DAYS: f64 = 3.0;
/// Days before it begins to fall: one event is reported for some hours.
pub(super) const DECAY_DELAY_DAYS: f64 = 0.25;
/// How much more likeness counts where a lead begins to tell the event, for most of its words differ from those of
/// another; the more there are, the more of them are shared, and at [`LONG_ITEM_TERMS`] terms it counts as it is.
pub(super) const LEAD_BOOST: f64 = 0.5;
/// Terms of an item with a long lead.
pub(super) const LONG_ITEM_TERMS: usize = 40;
/// What is left of a likeness where no name is shared.
pub(super) const NO_SHARED_NAME_FACTOR: f64 = 0.3;
/// From this share of the names on, they are the same.
pub(super) const SAME_NAMES_SHARE: f64 = 0.4;
/// A headline is sent again that shares so much of the words of the longer.
pub(super) const RESENT_HEADLINE_SIMILARITY: f64 = 0.7;
/// What is left where the story is of the item's feed alone.
pub(super) const SAME_FEED_FACTOR: f64 = 0.8;
/// How much the number of a story's items counts against it, and the rest how far they differ.
pub(super) const ITEMS_SHARE: f64 = 0.35;
/// A word of the headline counts as if it stood there so often.
pub(super) const HEADLINE_TERM_BOOST: u32 = 2;
/// How much more a name weighs than another word as rare: it is what tells one event from another.
pub(super) const NAME_BOOST: f64 = 1.15;
/// Terms that are weighed, the heaviest.
pub(super) const TOP_TERMS: usize = 32;
/// Likewise in scripts without spaces, where a word is several.
pub(super) const TOP_TERMS_UNSPACED: usize = 64;

/// A story takes no more items into what it says.
pub(super) const CLUSTER_PROFILE_ITEMS_MAX: usize = 256;
/// Items of a story that a text is compared with.
pub(super) const COMPARED: usize = 64;
/// Items of a story whose headlines and names a report is held against, the last.
pub(super) const RECENT_ITEMS_CHECKED: usize = 16;
/// Items of a story that speak for it.
pub(super) const REPRESENTATIVE_ITEMS: usize = 8;
/// Stories that are looked at closely.
pub(super) const CANDIDATES: usize = 10;
/// An item of fewer terms joins nothing but what says the same.
pub(super) const FEWEST_TERMS: usize = 4;
/// Names that are kept of an item.
pub(super) const NAMES: usize = 12;
/// Terms that are kept of an item.
pub(super) const TERMS: usize = 96;

/// Stories that are found by one item's terms, at most.
pub(super) const CANDIDATE_STORIES_MAX: usize = 1_000;
/// Of these, the stories that one feed's items lead to.
pub(super) const CANDIDATE_STORIES_PER_FEED: u32 = 125;
/// Items that are looked at for it, and those that are passed over.
pub(super) const POSTINGS_VISITED_MAX: usize = 4_000;
/// Items of one feed that take part in what a story says: others shall be heard.
pub(super) const CLUSTER_PROFILE_ITEMS_PER_FEED: usize = 16;
/// Runs of words by which a text is found, the least by their hashes.
pub(super) const SKETCH_SHINGLES: usize = 12;
/// Texts that have one of the runs, the newest, that are looked at.
pub(super) const SHINGLE_MATCHES_MAX: usize = 64;
