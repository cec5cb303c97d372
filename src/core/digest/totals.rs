//! How much there is, whatever of it a mail shows.

/// Items of one topic or feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The topic, clean, `None` for hits without one; or the id of the feed.
    pub name: Option<String>,
    /// As people know it; the name when there is no other.
    pub title: Option<String>,
    /// How many items.
    pub items: usize,
}

/// How much there is, whatever of it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Hits, those alerted before included.
    pub hits: usize,
    /// New items of new stories.
    pub items: usize,
    /// New stories, which those items are folded into.
    pub stories: usize,
    /// Of those stories, what was told before and is told again for what is new in it: corrected, or with more victims.
    pub again: RepeatedStories,
    /// Stories that were told before and of which there is only more. They are none of the new ones.
    pub developing: usize,
    /// Stories that went out as alerts before, and of which there is nothing else: what is new in one, or more of
    /// it, stands among the others.
    pub alerted: usize,
    /// Items found later, in what was stored. They are none of the new items.
    pub later: usize,
    /// New stories by topic, each counted once, those without one last.
    pub topics: Vec<Count>,
    /// New items by feed, those of stories that were told before among them, most first.
    pub feeds: Vec<Count>,
    /// Old items that appeared at once with many others, by feed, most first. They are none of the new
    /// items.
    pub archives: Vec<Count>,
}

impl Totals {
    /// Old items that appeared at once, of all feeds.
    pub fn archived(&self) -> usize {
        self.archives.iter().map(|count| count.items).sum()
    }
}

/// What is told again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RepeatedStories {
    /// Stories.
    pub stories: usize,
    /// Their items that were not told.
    pub items: usize,
}
