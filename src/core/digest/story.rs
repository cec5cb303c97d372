//! A story as a mail tells it: the best of its items, and in a line each who else has it.

use jiff::Timestamp;

use super::{DigestItem, SelectedStory, StoryHeading};
use crate::core::alert::Novelty;

/// One story of a mail. An item that belongs to none is a story of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestStory {
    /// Its number; 0 for an item that is in no story.
    pub story: i64,
    /// Its place among those of its mail by urgency and points, from 1; 0 where they have none.
    pub place: usize,
    /// The watch that matches best in any of its items, under which it stands; `None`: the first of its lead's.
    pub under: Option<StoryHeading>,
    /// The best of its items, which is shown.
    pub lead: DigestItem,
    /// Items of other outlets that stand in this mail too, those in words of their own before copies, the first by
    /// time before the others, at most [`ALSO_MAX`](super::ALSO_MAX). Of a story that was told before only those in
    /// words of their own whose outlets no mail named for it.
    pub also: Vec<RelatedItem>,
    /// Further items in words of their own, which stand in this mail by their headlines, at most
    /// [`REPORTS_MAX`](super::REPORTS_MAX).
    pub reports: Vec<RelatedItem>,
    /// Outlets beyond them that have it; of a headline, which names none, all others in words of their own.
    pub more: usize,
    /// Outlets that tell it in words of their own, and that no mail named for it before: that of its lead, if it is
    /// one, and those of [`also`](Self::also) and [`more`](Self::more) of a story that was told before.
    pub joined: usize,
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
    pub news: Vec<Novelty>,
    /// Why it stands where it does: its points, and what each part of them is for.
    pub why: Vec<String>,
}

/// Another item of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedItem {
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
            place: 0,
            under: None,
            also: Vec::new(),
            reports: Vec::new(),
            more: 0,
            joined: 1,
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
    pub fn of(chosen: &SelectedStory, lead: DigestItem) -> Self {
        let topic = chosen.under.topic.clone();
        Self {
            story: chosen.story,
            place: chosen.place,
            under: Some(chosen.under.clone()),
            more: chosen.more,
            joined: chosen.joined,
            outlets: chosen.outlets,
            items: chosen.items,
            urgent: chosen.urgent,
            told_before: chosen.told_before,
            why: std::iter::once(chosen.points_explained())
                .chain(chosen.why.iter().cloned())
                .collect(),
            ..Self::alone(DigestItem { topic, ..lead })
        }
    }

    /// Id and title of the watch under which it stands.
    pub fn watch(&self) -> (&str, &str) {
        let first = self.lead.mentions.first();
        match (&self.under, first) {
            (Some(under), Some(_)) => (&under.watch_id, &under.title),
            (None, Some(first)) => (&first.watch_id, &first.watch_title),
            // A mail that names none.
            (_, None) => ("", ""),
        }
    }

    /// The entries of this mail that it tells in words, its lead first.
    pub fn entries(&self) -> impl Iterator<Item = i64> {
        let others = self.also.iter().chain(&self.reports);
        std::iter::once(self.lead.entry_id).chain(others.map(|other| other.entry_id))
    }
}
