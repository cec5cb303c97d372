//! A story as a mail tells it: the best of its items, and in a line each who else has it.

use jiff::Timestamp;

use super::{Chosen, DigestItem, Wording};
use crate::core::alert::News;

/// Other outlets' items that are named under a story at most.
pub const ALSO_MAX: usize = 6;
/// Further reports of a story, beside one of each outlet, that are named at most.
pub const REPORTS_MAX: usize = 4;

/// One story of a mail. An item that belongs to none is a story of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestStory {
    /// Its number; 0 for an item that is in no story.
    pub story: i64,
    /// The best of its items, which is shown.
    pub lead: DigestItem,
    /// Items of other outlets that stand in this mail too, the first by time before the others, at most
    /// [`ALSO_MAX`].
    pub also: Vec<Also>,
    /// Further items in words of their own, which stand in this mail by their headlines, at most
    /// [`REPORTS_MAX`].
    pub reports: Vec<Also>,
    /// Outlets beyond them that have it.
    pub more: usize,
    /// Independent outlets that report it, as far as is known.
    pub outlets: usize,
    /// Its items that this mail owes.
    pub items: usize,
    /// Which outlet was the first to report it, and when.
    pub first: Option<(String, Timestamp)>,
    /// How many outlets carry one and the same text; 0 when each has its own.
    pub one_text: usize,
    /// Stories of the same event in other languages: a language tag, and their items.
    pub also_in: Vec<(String, usize)>,
    /// Topics that it matches beside that of its lead, clean.
    pub other_topics: Vec<String>,
    /// Of an alert: the titles of watches that found other items of it, and not its lead, clean.
    pub other_watches: Vec<String>,
    /// Whether it was to be told at once.
    pub urgent: bool,
    /// Whether an earlier mail told of it.
    pub told_before: bool,
    /// Why it is told at once, or again, where that does not go without saying.
    pub news: Vec<News>,
    /// Why it stands where it does: its points, and what each part of them is for.
    pub why: Vec<String>,
}

/// Another item of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    /// The entry.
    pub entry_id: i64,
    /// The outlet, as a reader knows it, clean.
    pub outlet: String,
    /// Address, http or https only.
    pub link: Option<String>,
    /// Headline, clean.
    pub title: String,
    /// Whether it carries a text that another item of the story has as well.
    pub copy: bool,
}

impl DigestStory {
    /// An item that is in no story.
    pub fn alone(lead: DigestItem) -> Self {
        Self {
            story: 0,
            also: Vec::new(),
            reports: Vec::new(),
            more: 0,
            outlets: 1,
            items: 1,
            first: None,
            one_text: 0,
            also_in: Vec::new(),
            other_topics: Vec::new(),
            other_watches: Vec::new(),
            urgent: false,
            told_before: false,
            news: Vec::new(),
            why: Vec::new(),
            lead,
        }
    }

    /// A story as it was chosen, without what is known of it beyond its items.
    pub fn of(chosen: &Chosen, lead: DigestItem) -> Self {
        Self {
            story: chosen.story,
            more: chosen.more,
            outlets: chosen.outlets,
            items: chosen.items,
            urgent: chosen.urgent,
            told_before: chosen.told_before,
            why: std::iter::once(chosen.points_in_words())
                .chain(chosen.why.iter().cloned())
                .collect(),
            ..Self::alone(lead)
        }
    }

    /// The story with as much of strangers' words as `wording` leaves.
    #[must_use]
    pub fn worded(mut self, wording: Wording) -> Self {
        if wording >= Wording::Plain {
            self.also.clear();
            self.reports.clear();
            self.more = 0;
            self.first = None;
            self.news.clear();
            self.also_in.clear();
        }
        if wording >= Wording::Headline {
            self.other_topics.clear();
            self.other_watches.clear();
        }
        self.lead = self.lead.worded(wording);
        self
    }

    /// The entries of this mail that it tells in words, its lead first.
    pub fn entries(&self) -> impl Iterator<Item = i64> {
        let others = self.also.iter().chain(&self.reports);
        std::iter::once(self.lead.entry_id).chain(others.map(|other| other.entry_id))
    }
}
