//! A digest as one message: the best stories in full, the next in a line each, the rest by count, as there is room.

use askama::Template;
use jiff::Timestamp;

use super::{
    fit::{Size, fit},
    foot,
    language::chrome,
    message::{Draft, RenderError, RenderOptions, RenderedMessage, Told, assemble_with, thread},
    page::{self, Page, PageHtml, PageText},
    story::{
        Group, Head, Heading, Lines, LinesHtml, LinesText, Reading, StoryHtml, StoryText,
        StoryView, development, headline, line, sent, story,
    },
};
use crate::core::digest::{
    Digest, DigestItem, DigestStory, Kind, Privacy, Recipient, TopicGroup, clean_line, grouped,
};

/// Most bytes of HTML in one message. Gmail cuts at 102 KiB, and forwarding adds to it.
pub const HTML_MAX: usize = 90 * 1024;

/// Renders `digest` into one message whose HTML is no longer than [`RenderOptions::html_max`] and whose text has
/// [`WORDS_MAX`](crate::core::digest::WORDS_MAX) words or so, as far as that leaves room for head and foot: the
/// best stories in full, the next as headlines, the rest by count.
///
/// `seed` makes the Message-ID: it must be different for each digest and the same each time the
/// same digest is rendered. `date` becomes the `Date` header.
pub fn render(
    digest: &Digest,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let reading = Reading::of(digest, options.pages.as_deref(), date);
    let shown = fit(digest, options.html_max, reading, |shown| {
        let page = whole_page(digest, options, date, shown);
        let (page, body) = (&page, "");
        Ok(Size::of(
            &PageHtml { page, body }.render()?,
            &PageText { page, body }.render()?,
        ))
    })?;
    let page = whole_page(digest, options, date, &shown);
    let (mut html, mut text) = (String::new(), String::new());
    for view in stories_in_full(digest, &shown.full, reading) {
        html.push_str(&StoryHtml(&view).render()?);
        text.push_str(&StoryText(&view).render()?);
    }
    for section in shown.sections(digest, reading) {
        html.push_str(&LinesHtml(&section).render()?);
        text.push_str(&LinesText(&section).render()?);
    }
    let html = PageHtml {
        page: &page,
        body: &html,
    }
    .render()?;
    let text = PageText {
        page: &page,
        body: &text,
    }
    .render()?;
    let draft = Draft {
        told: shown.told(),
        subject: page.subject,
        text,
        html,
    };
    assemble_with(
        digest.attachment.as_ref(),
        &digest.recipient,
        &thread(digest),
        options,
        seed,
        date,
        draft,
    )
}

/// What there is room for.
#[derive(Default)]
pub(super) struct Shown<'a> {
    pub full: Vec<&'a DigestStory>,
    pub headlines: Vec<&'a DigestStory>,
    pub developing: Vec<&'a DigestStory>,
    pub later: Vec<&'a DigestItem>,
    pub alerted: Vec<&'a DigestItem>,
}

impl<'a> Shown<'a> {
    /// The entries of the lines that tell no new story.
    pub fn before(&self) -> impl Iterator<Item = i64> {
        let developing = self.developing.iter().map(|story| &story.lead);
        let items = self.later.iter().chain(&self.alerted).copied();
        developing.chain(items).map(|item| item.entry_id)
    }

    /// What stands in the mail in words; a line names no items but its own and those whose outlets it names.
    fn told(&self) -> Told {
        let mut told = Told::default();
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

    fn sections(&self, digest: &Digest, reading: Reading<'_>) -> Vec<Lines<'a>> {
        if digest.recipient.privacy == Privacy::Sealed {
            return Vec::new();
        }
        let chrome = reading.chrome;
        let section = |key: &str, count: String, why: String, groups, more: String| Lines {
            heading: Heading {
                name: chrome.say(key),
                count,
                urgent: false,
            },
            why,
            groups,
            more,
            chrome,
        };
        let totals = &digest.totals;
        let new = totals.stories.saturating_sub(self.full.len());
        let one = |lines: Vec<Head<'a>>| {
            let name = String::new();
            vec![Group { name, lines }]
        };
        let later = self.later.iter().map(|item| line(item, reading));
        let alerted = self.alerted.iter().map(|item| sent(item, reading));
        let developing = self.developing.iter();
        let developing = developing
            .map(|story| development(story, reading))
            .collect();
        [
            (
                self.headlines.len(),
                section(
                    "headlines",
                    page::part_of(self.headlines.len(), new, chrome),
                    String::new(),
                    self.headlines_by_topic(digest, reading),
                    String::new(),
                ),
            ),
            (
                totals.developing,
                section(
                    "developing",
                    chrome.number(totals.developing),
                    String::new(),
                    one(developing),
                    page::more(digest, totals.developing, self.developing.len()),
                ),
            ),
            (
                totals.later,
                section(
                    "found-later",
                    chrome.number(totals.later),
                    chrome.say("found-by-edited-watch"),
                    one(later.collect()),
                    page::more(digest, totals.later, self.later.len()),
                ),
            ),
            (
                totals.alerted,
                section(
                    "sent-before",
                    chrome.number(totals.alerted),
                    String::new(),
                    one(alerted.collect()),
                    page::more(digest, totals.alerted, self.alerted.len()),
                ),
            ),
        ]
        .into_iter()
        .filter(|(count, section)| *count > 0 && section.says_something())
        .map(|(_, section)| section)
        .collect()
    }

    fn headlines_by_topic(&self, digest: &Digest, reading: Reading<'_>) -> Vec<Group<'a>> {
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
                    .map(|story| headline(story, reading))
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
    let chrome = chrome(digest.recipient.language);
    for group in grouped(stories, digest.recipient.group_by) {
        let mut heading = is_digest.then(|| Heading {
            name: heading_of(&group, digest),
            count: chrome.number(group.story_count()),
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
    let chrome = chrome(digest.recipient.language);
    if group.urgent {
        chrome.say("urgent-stories")
    } else {
        page::group_name(group.topic, digest.recipient.group_by, chrome)
    }
}

fn stories_in_full<'a>(
    digest: &Digest,
    stories: &[&'a DigestStory],
    reading: Reading<'_>,
) -> Vec<StoryView<'a>> {
    // An alert has no heading between its own headline and the first.
    let mut is_first = matches!(digest.kind, Kind::Digest(_));
    let mut above: Vec<String> = Vec::new();
    let view = |arranged: Arranged<'a>| {
        let follows = !is_first && arranged.heading.is_none() && arranged.watch.is_none();
        is_first = false;
        if let Some(heading) = &arranged.heading {
            above = vec![heading.name.clone()];
        }
        if let Some(watch) = arranged.watch {
            above.truncate(1);
            above.push(watch.to_owned());
        }
        let mut view = story(arranged.story, reading);
        for name in &above {
            view.under(name);
        }
        let first = arranged.story.lead.mentions.first();
        let title = first.map(|mention| mention.watch_title.clone());
        above.extend(title.filter(|title| !above.contains(title)));
        StoryView {
            heading: arranged.heading,
            watch: arranged.watch,
            follows,
            ..view
        }
    };
    arranged(digest, stories).into_iter().map(view).collect()
}

/// How the page calls its reader.
pub(super) fn reader(recipient: &Recipient) -> String {
    let name = recipient
        .name
        .as_deref()
        .map_or_else(String::new, |name| clean_line(name, 80));
    if name.is_empty() {
        clean_line(&recipient.id, 80)
    } else {
        name
    }
}

fn whole_page(
    digest: &Digest,
    options: &RenderOptions,
    date: Timestamp,
    shown: &Shown<'_>,
) -> Page {
    let recipient = &digest.recipient;
    let chrome = chrome(recipient.language);
    let sealed = recipient.privacy == Privacy::Sealed;
    let stories = shown.full.iter().chain(&shown.headlines);
    let topics: Vec<_> = stories.map(|story| story.lead.topic.as_deref()).collect();
    Page {
        chrome,
        subject: page::subject(digest),
        preheader: page::preheader(digest),
        reader: reader(recipient),
        dateline: chrome.date_time(date, &recipient.time_zone),
        completeness: page::completeness(digest),
        summary: page::summary(digest),
        extent: page::extent(digest, shown.full.len(), shown.headlines.len()),
        attached: page::attached(digest),
        note: page::note(digest),
        unusual: page::unusual(digest),
        rest: if sealed {
            None
        } else {
            page::rest(digest, &topics)
        },
        archives: page::archives(digest),
        archives_command: page::archives_command(digest),
        footer: Some(foot::footer(digest, options.operator.as_deref())),
    }
}
