//! What a mail shows of what is owed, chosen by numbers and sort keys: texts are loaded for what was
//! chosen, and for nothing else.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::diversification::{DiversityKey, diversify};
use super::limits::{FULL_MAX, HEADLINES_MAX, NAME_CHARS};
use super::ranking::{HeadlineKind, RankingClass};
use super::story_groups::{StoryGroup, StoryGroups};
use super::totals::Totals;
use super::{ALSO_MAX, REPORTS_MAX};
use crate::core::text::line::clean_line;

#[cfg(test)]
mod tests;

/// One story as it is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedStory {
    /// Its number; 0 for an item that is in no story.
    pub story: i64,
    /// Its place among all that are chosen with it by urgency and points, from 1.
    pub place: usize,
    /// The entry that is shown: the best.
    pub lead: i64,
    /// Entries of other outlets, those in words of their own before copies, the first by time before the others, at
    /// most [`ALSO_MAX`]. Of a story that was told before only those in words of their own that are new in it.
    pub also: Vec<i64>,
    /// Further items of it in words of their own, the first by time before the others, at most [`REPORTS_MAX`].
    pub reports: Vec<i64>,
    /// Outlets beyond those of [`also`](Self::also).
    pub more: usize,
    /// Outlets beside that of its lead that tell it in words of their own, and that no mail named for it before.
    pub others: usize,
    /// The same, with that of its lead.
    pub joined: usize,
    /// Its items.
    pub items: usize,
    /// Independent outlets that report it.
    pub outlets: usize,
    /// Whether it was to be told at once.
    pub urgent: bool,
    /// Whether an earlier mail told of it.
    pub told_before: bool,
    /// The watch that matches best, under which it stands.
    pub under: StoryHeading,
    /// Hundredths of a point; see [`RankingFeatures`](super::RankingFeatures).
    pub points: i32,
    /// What they were given for.
    pub why: Vec<String>,
}

/// The watch under which a story stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryHeading {
    /// The watch.
    pub watch_id: String,
    /// Its title, clean.
    pub title: String,
    /// Its topic, clean; `None` for a watch without one.
    pub topic: Option<String>,
    /// Its score; 0 when it has no scores.
    pub score: i32,
    /// Different terms of it that matched.
    pub terms: u8,
}

impl SelectedStory {
    pub(super) fn points_explained(&self) -> String {
        format!("{:.1} points", f64::from(self.points) / 100.0)
    }
}

/// What a mail shows if it has the room, and how much there is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DigestSelection {
    /// Of everything.
    pub totals: Totals,
    /// To be shown in full, in the order in which they get room.
    pub full: Vec<SelectedStory>,
    /// To be shown as headlines, likewise, behind those in full.
    pub headlines: Vec<SelectedStory>,
    /// Told before, and nothing new but more of it, best first.
    pub developing: Vec<SelectedStory>,
    /// The best entry of each story that went out as alerts, the newest before the others.
    pub alerted: Vec<i64>,
    /// Entries that were found later, best first.
    pub later: Vec<i64>,
}

impl StoryGroups {
    /// Chooses what is shown. `outlets_of` says how many independent outlets report a story, if that is known, and
    /// `headline` which kind the headline of an entry is of. What was to be told at once gets room first, the others in
    /// turns of their topics and outlets.
    pub fn choose(
        self,
        outlets_of: impl Fn(i64) -> Option<usize>,
        headline: impl Fn(i64) -> HeadlineKind,
    ) -> DigestSelection {
        let story_at = |start: usize| {
            let mut story = self.story(self.group(start), start);
            let known = Some(story.lead.story).filter(|story| *story > 0);
            story.merits.outlets = known.and_then(&outlets_of).unwrap_or(1).max(1);
            story.merits.headline = match headline(story.lead.entry_id) {
                // Whatever its page is called, others report it as well.
                HeadlineKind::Recurring if story.merits.outlets > 1 => HeadlineKind::Plain,
                kind => kind,
            };
            story
        };
        let mut stories: Vec<StoryGroup> = self.new.iter().map(|start| story_at(*start)).collect();
        stories.sort_unstable_by_key(|story| Reverse(story.rank()));
        let of = |story: &StoryGroup| DiversityKey {
            class: story.merits.class(),
            topic: self.watches.topic(story.best.watch),
            outlet: self.outlet(&story.lead),
        };
        let turns = diversify(&stories, FULL_MAX + HEADLINES_MAX, of);
        let chosen = turns
            .into_iter()
            .filter_map(|number| Some(self.chosen(stories.get(number)?, number + 1)));
        let mut full: Vec<SelectedStory> = chosen.collect();
        let headlines = full.split_off(full.len().min(FULL_MAX));
        let developing = (1..).zip(&self.developing);
        DigestSelection {
            full,
            headlines,
            developing: developing
                .map(|(place, start)| self.chosen(&story_at(*start), place))
                .collect(),
            totals: self.totals,
            alerted: self.alerted,
            later: self.later,
        }
    }

    fn chosen(&self, story: &StoryGroup, place: usize) -> SelectedStory {
        let group = self.group(story.start);
        let mut named = BTreeSet::from([self.outlet(&story.lead)]);
        let mut also: Vec<i64> = Vec::new();
        for item in group.iter().filter(|item| item.is_new_source()) {
            if named.insert(self.outlet(item)) {
                also.push(item.entry_id);
            }
        }
        let others = also.len();
        // Who adds no words of its own to what was told, adds nothing.
        let copies = group.iter().filter(|_| !story.is_told);
        also.extend(
            copies
                .filter(|item| named.insert(self.outlet(item)))
                .map(|item| item.entry_id),
        );
        let more = also.split_off(also.len().min(ALSO_MAX)).len();
        // Words of their own that no outlet's name in the mail stands for.
        let reports = group
            .iter()
            .filter(|item| item.entry_id != story.lead.entry_id && !item.marks.is_copy)
            .map(|item| item.entry_id)
            .filter(|entry| !also.contains(entry))
            .take(REPORTS_MAX)
            .collect();
        let [title, watch_id, topic] = self.watches.names(story.best.watch);
        let topic = clean_line(topic, NAME_CHARS);
        SelectedStory {
            story: story.lead.story.max(0),
            place,
            lead: story.lead.entry_id,
            also,
            reports,
            more,
            others,
            joined: others + usize::from(story.lead.is_new_source()),
            items: group.len(),
            outlets: story.merits.outlets,
            urgent: story.merits.class() >= RankingClass::UrgentRecurring,
            told_before: story.is_told,
            under: StoryHeading {
                watch_id: watch_id.to_owned(),
                title: super::sanitize::named(title, watch_id),
                topic: (!topic.is_empty()).then_some(topic),
                score: story.best.score,
                terms: story.best.terms,
            },
            points: story.merits.points(),
            why: story.merits.why(),
        }
    }
}
