//! A digest as one message: items are rendered one by one, as many as there is room for.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use jiff::{Timestamp, tz::TimeZone};

use super::{
    foot,
    message::{Draft, RenderError, RenderOptions, RenderedMessage, Told, assemble_with, thread},
    page::{self, Page, PageHtml, PageText},
    view::{Heading, ItemHtml, ItemText, ItemView, LinesHtml, LinesText, local_time, view},
};
use crate::core::digest::{
    Digest, DigestItem, DigestStory, GroupBy, Kind, Privacy, Recipient, Wording, clean_line,
    grouped, share_out,
};

/// Most bytes of HTML in one message. Gmail cuts at 102 KiB, and forwarding adds to it.
pub const HTML_MAX: usize = 90 * 1024;

/// Room for what is written around a section, and for numbers that turn out longer.
const SLACK: usize = 3_000;

/// Renders `digest` into one message whose HTML is no longer than [`RenderOptions::html_max`], as long
/// as that leaves room for head and foot: the best items in full, the next as headlines, the rest by
/// count.
///
/// `seed` makes the Message-ID: it must be different for each digest and the same each time the
/// same digest is rendered. `date` becomes the `Date` header.
pub fn render(
    digest: &Digest,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let shown = fit(digest, options, date)?;
    let page = whole_page(digest, options, date, &shown);
    let (mut html, mut text) = (String::new(), String::new());
    for view in full_views(digest, &shown.full) {
        html.push_str(&ItemHtml(&view).render()?);
        text.push_str(&ItemText(&view).render()?);
    }
    for section in shown.sections(digest) {
        let lines = section.views(&digest.recipient.time_zone);
        html.push_str(&section.html(&lines)?);
        text.push_str(&section.text(&lines)?);
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
    let leads =
        |stories: &[&DigestStory]| stories.iter().map(|story| story.lead.entry_id).collect();
    let mut headlines: Vec<i64> = leads(&shown.headlines);
    let before = shown.later.iter().chain(&shown.alerted);
    headlines.extend(before.map(|item| item.entry_id));
    let draft = Draft {
        told: Told {
            full: leads(&shown.full),
            headlines,
        },
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
struct Shown<'a> {
    full: Vec<&'a DigestStory>,
    headlines: Vec<&'a DigestStory>,
    later: Vec<&'a DigestItem>,
    alerted: Vec<&'a DigestItem>,
}

impl<'a> Shown<'a> {
    fn sections(&self, digest: &Digest) -> Vec<Section<'a>> {
        let headlines = Section {
            name: "Headlines",
            count: page::part_of(self.headlines.len(), digest.totals.items - self.full.len()),
            items: self.headlines.iter().map(|story| &story.lead).collect(),
            more: String::new(),
        };
        let later = Section {
            name: "Found later",
            count: digest.totals.later.to_string(),
            items: self.later.clone(),
            more: page::more_later(digest, self.later.len()),
        };
        let alerted = Section {
            name: "Sent before, as alerts",
            count: digest.totals.alerted.to_string(),
            items: self.alerted.clone(),
            more: page::more_alerted(digest, self.alerted.len()),
        };
        if digest.recipient.privacy == Privacy::Sealed {
            return Vec::new();
        }
        [headlines, later, alerted]
            .into_iter()
            .filter(|section| !section.items.is_empty() || !section.more.is_empty())
            .collect()
    }
}

/// Items in a line each.
struct Section<'a> {
    name: &'static str,
    count: String,
    items: Vec<&'a DigestItem>,
    more: String,
}

impl<'a> Section<'a> {
    fn views(&self, tz: &TimeZone) -> Vec<ItemView<'a>> {
        self.items.iter().map(|item| view(item, tz)).collect()
    }

    fn html(&self, lines: &[ItemView<'_>]) -> Result<String, RenderError> {
        Ok(LinesHtml {
            name: self.name,
            count: &self.count,
            lines,
            more: &self.more,
        }
        .render()?)
    }

    fn text(&self, lines: &[ItemView<'_>]) -> Result<String, RenderError> {
        Ok(LinesText {
            name: self.name,
            count: &self.count,
            lines,
            more: &self.more,
        }
        .render()?)
    }
}

/// The items with their headings, in the order of the page.
fn full_views<'a>(digest: &Digest, items: &[&'a DigestStory]) -> Vec<ItemView<'a>> {
    let tz = &digest.recipient.time_zone;
    let mut views = Vec::with_capacity(items.len());
    let by = digest.recipient.group_by;
    for topic in grouped(items, by) {
        let topics = digest.totals.topics.iter();
        let total = match by {
            GroupBy::Topic => topics
                .clone()
                .find(|count| count.name.as_deref() == topic.topic)
                .map_or(0, |count| count.items),
            // Places are read from the texts, and those of the others are not loaded.
            GroupBy::Place => topic.story_count(),
        };
        let mut heading = Some(Heading {
            name: page::group_name(topic.topic, by),
            count: page::part_of(topic.story_count(), total),
        });
        for watch in topic.watches {
            // The headline of an alert names its watch already.
            let digest = matches!(digest.kind, Kind::Digest(_));
            let mut title = digest.then_some(watch.title);
            for story in watch.stories {
                views.push(ItemView {
                    topic: heading.take(),
                    watch: title.take(),
                    ..view(&story.lead, tz)
                });
            }
        }
    }
    views
}

/// Chooses what has room, best first.
fn fit<'a>(
    digest: &'a Digest,
    options: &RenderOptions,
    date: Timestamp,
) -> Result<Shown<'a>, RenderError> {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording == Wording::Count {
        return Ok(Shown::default());
    }
    let around = |shown: &Shown<'_>| -> Result<usize, RenderError> {
        let page = whole_page(digest, options, date, shown);
        let empty = PageHtml {
            page: &page,
            body: "",
        };
        Ok(empty.render()?.len() + SLACK)
    };
    let sizes = Sizes::of(digest)?;
    let everything = Shown {
        full: digest.stories.iter().collect(),
        headlines: digest.headlines.iter().collect(),
        later: digest.later.iter().collect(),
        alerted: digest.alerted.iter().collect(),
    };
    let before = sizes.lines(&everything.later) + sizes.lines(&everything.alerted);
    let lines = sizes.story_lines(&everything.headlines) + before;
    let room = options.html_max.saturating_sub(around(&everything)?);
    if sizes.full(digest, &everything.full) + lines <= room {
        return Ok(everything);
    }
    // With everything told by count, the foot is longest.
    let room = options.html_max.saturating_sub(around(&Shown::default())?);
    // Rather every item in a line than a few more in full, and some in full all the same.
    let all_lines = lines + sizes.story_lines(&everything.full);
    let for_full = room
        .saturating_sub(all_lines)
        .clamp(room / 10 * 3, room / 10 * 6);
    let mut shown = Shown {
        full: best_in_full(digest, &sizes, for_full),
        ..Shown::default()
    };
    let mut used = sizes.full(digest, &shown.full);
    let kept_for_before = before.min(room / 6);
    let in_full: BTreeSet<i64> = shown.full.iter().map(|story| story.lead.entry_id).collect();
    for story in digest.stories.iter().chain(&digest.headlines) {
        if in_full.contains(&story.lead.entry_id) {
            continue;
        }
        used += sizes.line(&story.lead);
        if used + kept_for_before > room {
            used -= sizes.line(&story.lead);
            break;
        }
        shown.headlines.push(story);
    }
    for (items, shown) in [
        (&digest.later, &mut shown.later),
        (&digest.alerted, &mut shown.alerted),
    ] {
        for item in items {
            if used + sizes.line(item) > room {
                break;
            }
            used += sizes.line(item);
            shown.push(item);
        }
    }
    Ok(shown)
}

/// As many of the best items as `room` holds, [shared out](share_out) among the feeds unless everything
/// has room.
fn best_in_full<'a>(digest: &'a Digest, sizes: &Sizes, room: usize) -> Vec<&'a DigestStory> {
    let mut places = digest.stories.len();
    let all: Vec<&DigestStory> = digest.stories.iter().collect();
    while places > 0 && sizes.full(digest, &all[..places]) > room {
        places -= 1;
    }
    if places == digest.totals.items {
        return all;
    }
    let feeds = digest.totals.feeds.iter();
    let totals = feeds
        .map(|feed| (feed.name.as_deref().unwrap_or_default(), feed.items))
        .collect();
    let feed_of = |story: &&'a DigestStory| story.lead.feed_id.as_str();
    share_out(&totals, places, feed_of, |most| {
        let mut taken: Vec<&DigestStory> = Vec::new();
        let mut by_feed: BTreeMap<&str, usize> = BTreeMap::new();
        for story in &digest.stories {
            let of_this_feed = by_feed.entry(story.lead.feed_id.as_str()).or_default();
            if taken.len() == places || *of_this_feed == most {
                continue;
            }
            taken.push(story);
            if sizes.full(digest, &taken) > room {
                taken.pop();
            } else {
                *of_this_feed += 1;
            }
        }
        taken
    })
}

/// Bytes of HTML that items take.
struct Sizes {
    items: BTreeMap<i64, usize>,
    lines: BTreeMap<i64, usize>,
}

impl Sizes {
    fn of(digest: &Digest) -> Result<Self, RenderError> {
        let tz = &digest.recipient.time_zone;
        let mut sizes = Self {
            items: BTreeMap::new(),
            lines: BTreeMap::new(),
        };
        for item in digest.stories.iter().map(|story| &story.lead) {
            let size = ItemHtml(&view(item, tz)).render()?.len();
            sizes.items.insert(item.entry_id, size);
        }
        let all = digest.stories.iter().chain(&digest.headlines);
        let all = all.map(|story| &story.lead);
        for item in all.chain(&digest.later).chain(&digest.alerted) {
            let section = Section {
                name: "",
                count: String::new(),
                items: vec![item, item],
                more: String::new(),
            };
            let views = section.views(tz);
            let (one, two) = (section.html(&views[..1])?, section.html(&views)?);
            // The second has the rule above it.
            sizes.lines.insert(item.entry_id, two.len() - one.len());
        }
        Ok(sizes)
    }

    fn line(&self, item: &DigestItem) -> usize {
        self.lines.get(&item.entry_id).copied().unwrap_or(0)
    }

    fn lines(&self, items: &[&DigestItem]) -> usize {
        items.iter().map(|item| self.line(item)).sum()
    }

    fn story_lines(&self, stories: &[&DigestStory]) -> usize {
        stories.iter().map(|story| self.line(&story.lead)).sum()
    }

    /// Headings included.
    fn full(&self, digest: &Digest, items: &[&DigestStory]) -> usize {
        /// A heading with its markup, at most six bytes for each of its characters' own.
        const HEADING: usize = 600;
        let name = |name: &str| HEADING + 6 * name.len();
        let headings: usize = grouped(items, digest.recipient.group_by)
            .iter()
            .map(|topic| {
                let watches = topic.watches.iter().map(|watch| name(watch.title));
                let watches: usize = match digest.kind {
                    Kind::Digest(_) => watches.sum(),
                    Kind::Alert { .. } => 0,
                };
                name(topic.topic.unwrap_or_default()) + watches
            })
            .sum();
        let items: usize = items
            .iter()
            .filter_map(|story| self.items.get(&story.lead.entry_id))
            .sum();
        headings + items
    }
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
    let sealed = recipient.privacy == Privacy::Sealed;
    let items = shown.full.iter().chain(&shown.headlines);
    let places: Vec<_> = items
        .map(|story| (story.lead.topic.as_deref(), story.lead.feed_id.as_str()))
        .collect();
    Page {
        subject: page::subject(digest),
        preheader: page::preheader(digest),
        reader: reader(recipient),
        dateline: local_time(date, &recipient.time_zone),
        summary: page::summary(digest),
        extent: [
            page::extent(digest, shown.full.len(), shown.headlines.len()),
            page::attached(digest),
        ]
        .join(" ")
        .trim()
        .to_owned(),
        caution: if sealed {
            String::new()
        } else {
            page::caution(digest)
        },
        contents: if sealed
            || digest.totals.topics.len() < 2
            || digest.wording >= Wording::Headline
            || recipient.group_by == GroupBy::Place
        {
            Vec::new()
        } else {
            page::contents(digest)
        },
        rest: if sealed {
            None
        } else {
            page::rest(digest, &places)
        },
        archives: page::archives(digest),
        archives_command: page::archives_command(digest),
        footer: Some(foot::footer(digest, options.operator.as_deref())),
    }
}
