//! What a mail shows of a digest: stories under their headings, and the lines below.

use super::language::catalog;
use super::message::ShownEntries;
use super::page;
use super::story::{FormatContext, Group, Head, Heading, Lines, development, headline, line, sent};
use crate::core::digest::{Digest, DigestItem, DigestStory, Kind, Privacy, TopicGroup, grouped};

/// What there is room for.
#[derive(Default)]
pub(super) struct ShownSelection<'a> {
    pub full: Vec<&'a DigestStory>,
    pub headlines: Vec<&'a DigestStory>,
    pub developing: Vec<&'a DigestStory>,
    pub later: Vec<&'a DigestItem>,
    pub alerted: Vec<&'a DigestItem>,
}

impl<'a> ShownSelection<'a> {
    /// The entries of the lines that tell no new story.
    pub fn before(&self) -> impl Iterator<Item = i64> {
        let developing = self.developing.iter().map(|story| &story.lead);
        let items = self.later.iter().chain(&self.alerted).copied();
        developing.chain(items).map(|item| item.entry_id)
    }

    /// What stands in the mail in words; a line names no items but its own and those whose outlets it names.
    pub(super) fn told(&self) -> ShownEntries {
        let mut told = ShownEntries::default();
        for story in &self.full {
            told.full.push(story.lead.entry_id);
            told.headlines.extend(story.entries().skip(1));
        }
        for story in &self.headlines {
            told.headlines.push(story.lead.entry_id);
        }
        for story in &self.developing {
            told.headlines.extend(story.entries());
        }
        let items = self.later.iter().chain(&self.alerted);
        told.headlines.extend(items.map(|item| item.entry_id));
        told
    }

    pub(super) fn sections(&self, digest: &Digest, context: FormatContext<'_>) -> Vec<Lines<'a>> {
        if digest.recipient.privacy == Privacy::Sealed {
            return Vec::new();
        }
        let catalog = context.catalog;
        let section = |key: &str, count: String, groups, more: String| Lines {
            heading: Heading {
                name: catalog.say(key),
                count,
                urgent: false,
            },
            why: String::new(),
            groups,
            more,
            catalog,
        };
        let totals = &digest.totals;
        let new = totals.stories.saturating_sub(self.full.len());
        let one = |lines: Vec<Head<'a>>| {
            let name = String::new();
            vec![Group { name, lines }]
        };
        let later = self.later.iter().map(|item| line(item, context));
        let alerted = self.alerted.iter().map(|item| sent(item, context));
        let developing = self.developing.iter();
        let developing = developing
            .map(|story| development(story, context))
            .collect();
        let headlines = section(
            "headlines",
            page::part_of(self.headlines.len(), new, catalog),
            self.headlines_by_topic(digest, context),
            String::new(),
        );
        let counted = |key: &str, count: usize, lines: Vec<Head<'a>>| {
            let more = page::more(digest, count, lines.len());
            section(key, catalog.number(count), one(lines), more)
        };
        let later = Lines {
            why: catalog.say("found-by-edited-watch"),
            ..counted("found-later", totals.later, later.collect())
        };
        let alerted = counted("sent-before", totals.alerted, alerted.collect());
        [
            (self.headlines.len(), headlines),
            (
                totals.developing,
                counted("developing", totals.developing, developing),
            ),
            (totals.later, later),
            (totals.alerted, alerted),
        ]
        .into_iter()
        .filter(|(count, section)| *count > 0 && section.says_something())
        .map(|(_, section)| section)
        .collect()
    }

    fn headlines_by_topic(&self, digest: &Digest, context: FormatContext<'_>) -> Vec<Group<'a>> {
        let groups = grouped(&self.headlines, digest.recipient.group_by);
        let alone = groups.len() == 1 && self.full.is_empty();
        groups
            .into_iter()
            .map(|group| Group {
                name: if alone {
                    String::new()
                } else {
                    heading_of(&group, digest)
                },
                lines: group
                    .watches
                    .iter()
                    .flat_map(|watch| &watch.stories)
                    .map(|story| headline(story, context))
                    .collect(),
            })
            .collect()
    }
}

/// A story in full, and what stands above it.
pub(super) struct Arranged<'a> {
    pub story: &'a DigestStory,
    pub heading: Option<Heading>,
    pub watch: Option<&'a str>,
}

/// Stories in the order of the page, with their headings.
pub(super) fn arranged<'a>(digest: &Digest, stories: &[&'a DigestStory]) -> Vec<Arranged<'a>> {
    let mut all = Vec::with_capacity(stories.len());
    // The headline of an alert names its watch already.
    let is_digest = matches!(digest.kind, Kind::Digest(_));
    let catalog = catalog(digest.recipient.language);
    for group in grouped(stories, digest.recipient.group_by) {
        let mut heading = is_digest.then(|| Heading {
            name: heading_of(&group, digest),
            count: catalog.number(group.story_count()),
            urgent: group.urgent,
        });
        let several = group.watches.len() > 1;
        for watch in group.watches {
            let mut title = (is_digest && several).then_some(watch.title);
            for story in watch.stories {
                all.push(Arranged {
                    story,
                    heading: heading.take(),
                    watch: title.take(),
                });
            }
        }
    }
    all
}

/// The name of a topic or place.
fn heading_of(group: &TopicGroup<'_>, digest: &Digest) -> String {
    let catalog = catalog(digest.recipient.language);
    if group.urgent {
        catalog.say("urgent-stories")
    } else {
        page::group_name(group.topic, digest.recipient.group_by, catalog)
    }
}
