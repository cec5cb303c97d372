//! Stories of a mail, as they are chosen, with what is known of each beyond the items that the mail owes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::context::MailerContext;
use crate::core::digest::{
    DetailLevel, DigestItem, DigestStory, HeadlineKind, RelatedItem, SelectedStory, StoryGroups,
    clean_line,
};
use crate::core::language::primary_subtag;
use crate::core::text::tokenizer::fold_text;
use crate::store::digests::{PendingScope, Texts, feed_title, headline_of};
use crate::store::{StoreError, stories};

/// Other topics that are named for a story.
const TOPICS_MAX: usize = 4;
/// Other languages that are named for a story.
const LANGUAGES_MAX: usize = 6;
/// The items of a story that are looked at to say which was first and which are copies.
const MEMBERS_MAX: usize = 200;
/// Longest name of an outlet, in characters.
const NAME_CHARS: usize = 120;

/// How much of a story is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StoryDetailLevel {
    /// Its sentences, and who else has it.
    Full,
    /// Its headline, and who else has it.
    Outlets,
    /// Its headline, and how many have it.
    Headline,
}

impl MailerContext<'_> {
    /// How many independent outlets report each of the stories that may be shown.
    pub(super) fn outlets(self, folded: &StoryGroups) -> Result<HashMap<i64, usize>, StoreError> {
        let mut outlets = HashMap::new();
        for story in folded.candidates() {
            let (_, counted) = stories::outlet_counts(self.connection, story)?;
            outlets.insert(story, counted.independent);
        }
        Ok(outlets)
    }

    /// What the headlines are of the entries that may lead.
    pub(super) fn headlines(
        self,
        folded: &StoryGroups,
    ) -> Result<HashMap<i64, HeadlineKind>, StoreError> {
        let mut headlines = HashMap::new();
        for entry in folded.leads() {
            if let Some((title, language)) = headline_of(self.connection, entry)? {
                headlines.insert(entry, HeadlineKind::of(&title, language.as_deref()));
            }
        }
        Ok(headlines)
    }

    /// The stories as a mail tells them.
    pub(super) fn tell(
        self,
        owing: &PendingScope,
        chosen: &[SelectedStory],
        detail: StoryDetailLevel,
    ) -> Result<Vec<DigestStory>, StoreError> {
        let texts = match detail {
            StoryDetailLevel::Full => Texts::All,
            StoryDetailLevel::Outlets | StoryDetailLevel::Headline => Texts::Headline,
        };
        let mut told = Vec::with_capacity(chosen.len());
        for chosen in chosen {
            let lead = self.load(owing, &[chosen.lead], texts, DetailLevel::Whole)?;
            let Some(lead) = lead.into_iter().next() else {
                continue;
            };
            let mut story = DigestStory::of(chosen, lead);
            if detail == StoryDetailLevel::Headline {
                story.more = chosen.others;
            } else {
                let also = self.load(owing, &chosen.also, Texts::Headline, DetailLevel::Whole)?;
                story.other_topics = other_topics(&story.lead, &also);
                // It stands under a watch that another of its items matches.
                let mut watches = story.lead.mentions.iter();
                if watches.all(|watch| watch.watch_id != chosen.under.watch_id) {
                    story.other_watches.push(chosen.under.title.clone());
                }
                let reports = if detail == StoryDetailLevel::Full {
                    self.load(owing, &chosen.reports, Texts::Headline, DetailLevel::Whole)?
                } else {
                    Vec::new()
                };
                if story.story > 0 {
                    self.add_known(&mut story, &also, &reports)?;
                }
            }
            told.push(story);
        }
        Ok(told)
    }

    /// Adds what the story's items say together, and names those of other outlets.
    fn add_known(
        self,
        story: &mut DigestStory,
        also: &[DigestItem],
        reports: &[DigestItem],
    ) -> Result<(), StoreError> {
        let (_, outlets) = stories::outlet_counts(self.connection, story.story)?;
        story.one_text = outlets.carriers;
        let members = stories::members(self.connection, story.story, MEMBERS_MAX)?;
        // Who copies was not first, whatever date he gives, nor who tells of something else by now.
        let originals = (members.iter()).filter(|member| member.copy_of.is_none() && member.sure);
        if outlets.all > 1
            && let Some(first) = originals.min_by_key(|member| member.reported)
        {
            let title = self.outlet_title(&first.feed_id)?;
            story.first = Some((title, first.reported));
        }
        let copies: BTreeSet<i64> = members
            .iter()
            .filter(|member| member.copy_of.is_some())
            .map(|member| member.entry_id)
            .collect();
        let other = |item: &DigestItem| RelatedItem {
            entry_id: item.entry_id,
            outlet: item.feed_title.clone(),
            link: item.link.clone(),
            title: title_of(item),
            copy: copies.contains(&item.entry_id),
        };
        story.also = also.iter().map(other).collect();
        // The headline that stands there already says no more a second time.
        let mut shown = BTreeSet::from([fold_text(&title_of(&story.lead))]);
        let mut reports: Vec<RelatedItem> = reports.iter().map(other).collect();
        reports.retain(|report| shown.insert(fold_text(&report.title)));
        story.reports = reports;
        let mut languages: BTreeMap<String, usize> = BTreeMap::new();
        for other in stories::links(self.connection, story.story)? {
            let (items, _) = stories::outlet_counts(self.connection, other)?;
            let first = stories::members(self.connection, other, 1)?;
            if let Some(tag) = first.into_iter().next().and_then(|member| member.language) {
                let items = usize::try_from(items).unwrap_or(usize::MAX);
                *languages.entry(primary(&tag)).or_default() += items;
            }
        }
        languages.remove(&primary(story.lead.language.as_deref().unwrap_or_default()));
        story.also_in = languages.into_iter().take(LANGUAGES_MAX).collect();
        Ok(())
    }

    pub(super) fn outlet_title(self, feed: &str) -> Result<String, StoreError> {
        let own_title = feed_title(self.connection, feed)?;
        Ok(clean_line(&self.config.outlet(feed, own_title), NAME_CHARS))
    }
}

fn title_of(item: &DigestItem) -> String {
    item.title.iter().map(|piece| piece.text.as_str()).collect()
}

/// The primary language of a tag, clean.
fn primary(tag: &str) -> String {
    let letters = primary_subtag(tag)
        .chars()
        .filter(char::is_ascii_alphabetic);
    letters.take(8).collect::<String>().to_ascii_lowercase()
}

/// The topics that other items of a story match, beside its own and those of the watches that its lead names already.
fn other_topics(lead: &DigestItem, also: &[DigestItem]) -> Vec<String> {
    let of_lead = lead.mentions.iter().map(|of| &of.topic);
    let mut known: BTreeSet<Option<&str>> = (of_lead.chain([&lead.topic]))
        .map(Option::as_deref)
        .collect();
    let others = also.iter().flat_map(|item| &item.mentions);
    let others = others.filter_map(|of| of.topic.as_ref());
    let mut topics: Vec<String> = others
        .filter(|topic| known.insert(Some(topic.as_str())))
        .cloned()
        .collect();
    topics.truncate(TOPICS_MAX);
    topics
}
