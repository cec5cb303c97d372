//! A digest as messages: items are rendered one by one and packed into parts.

use askama::Template;
use jiff::Timestamp;

use super::{
    message::{Draft, RenderError, RenderOptions, RenderedMessage, assemble, thread},
    page::{self, Page, PageHtml, PageText},
    view::{Heading, ItemHtml, ItemText, ItemView, brief_item, full_item, local_time},
};
use crate::core::digest::{Digest, DigestItem, Kind, Privacy, Recipient, clean_line};

/// Most bytes of HTML in one message. Gmail cuts at 102 KiB, and forwarding adds to it.
pub const HTML_MAX: usize = 90 * 1024;

/// Room for "Part 1 of 2" and "Goes on in part 2 of 2" with their markup, and for the numbers in the
/// subject.
const PART_NOTES: usize = 400;

/// Renders `digest` into one message or, when its HTML would be longer than
/// [`RenderOptions::html_max`], into parts 1 to n of one thread. Nothing is left out.
///
/// `seed` makes the Message-ID: it must be different for each digest and the same each time the
/// same digest is rendered. `date` becomes the `Date` header.
pub fn render(
    digest: &Digest,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<Vec<RenderedMessage>, RenderError> {
    // A sealed mail shows nothing, and carries everything all the same.
    let sealed = digest.recipient.privacy == Privacy::Sealed;
    let pages = if sealed {
        vec![rows(digest)]
    } else {
        pack(digest, options, date)?
    };
    let parts = pages.len();
    let mut messages = Vec::with_capacity(parts);
    for (index, rows) in pages.iter().enumerate() {
        let part = index + 1;
        let page = whole_page(digest, options, date, part, parts);
        let (mut html, mut text) = (String::new(), String::new());
        let mut before = None;
        let shown = if sealed { &[] } else { rows.as_slice() };
        for (position, row) in shown.iter().enumerate() {
            let view = row.view(digest, before, position == 0 && index > 0);
            html.push_str(&ItemHtml(&view).render()?);
            text.push_str(&ItemText(&view).render()?);
            before = Some(*row);
        }
        let mut hit_ids: Vec<i64> = rows
            .iter()
            .flat_map(|row| row.item().hit_ids.iter().copied())
            .collect();
        hit_ids.sort_unstable();
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
            part,
            parts,
            hit_ids,
            subject: page.subject,
            text,
            html,
        };
        messages.push(assemble(
            &digest.recipient,
            &thread(digest),
            options,
            seed,
            date,
            draft,
        )?);
    }
    Ok(messages)
}

/// An item and its place.
#[derive(Clone, Copy)]
enum Row<'a> {
    New {
        topic: usize,
        watch: usize,
        item: &'a DigestItem,
    },
    Alerted(&'a DigestItem),
}

impl<'a> Row<'a> {
    fn item(self) -> &'a DigestItem {
        match self {
            Row::New { item, .. } | Row::Alerted(item) => item,
        }
    }

    /// The item with the headings that stand above it, given the row before it on the same page.
    fn view(self, digest: &'a Digest, before: Option<Row<'a>>, continued: bool) -> ItemView<'a> {
        let tz = &digest.recipient.time_zone;
        match self {
            Row::Alerted(item) => {
                let mut view = brief_item(item, tz);
                if !matches!(before, Some(Row::Alerted(_))) {
                    let continued = continued
                        && digest.alerted.first().map(|first| first.entry_id)
                            != Some(item.entry_id);
                    view.alerted_heading = Some(Heading {
                        name: "Sent before, as alerts".to_owned(),
                        count: digest.alerted.len(),
                        continued,
                    });
                }
                view
            }
            Row::New { topic, watch, item } => {
                let mut view = full_item(item, tz);
                let Some(group) = digest.topics.get(topic) else {
                    return view;
                };
                let above = match before {
                    Some(Row::New { topic, watch, .. }) => Some((topic, watch)),
                    _ => None,
                };
                let is_first = |first: Option<&DigestItem>| {
                    first.is_some_and(|first| first.entry_id == item.entry_id)
                };
                if above.map(|(topic, _)| topic) != Some(topic) {
                    let first = group.watches.first().and_then(|watch| watch.items.first());
                    view.topic = Some(Heading {
                        name: page::topic_name(group.topic.as_deref()),
                        count: group.item_count(),
                        continued: continued && !is_first(first),
                    });
                }
                // The headline of an alert names its watch already.
                if matches!(digest.kind, Kind::Digest(_))
                    && above != Some((topic, watch))
                    && let Some(group) = group.watches.get(watch)
                {
                    view.watch = Some(Heading {
                        name: group.title.clone(),
                        count: group.items.len(),
                        continued: continued && !is_first(group.items.first()),
                    });
                }
                view
            }
        }
    }
}

fn rows(digest: &Digest) -> Vec<Row<'_>> {
    let new = digest.topics.iter().enumerate().flat_map(|(topic, group)| {
        group
            .watches
            .iter()
            .enumerate()
            .flat_map(move |(watch, group)| {
                group
                    .items
                    .iter()
                    .map(move |item| Row::New { topic, watch, item })
            })
    });
    new.chain(digest.alerted.iter().map(Row::Alerted)).collect()
}

/// Distributes the rows over pages. Each page keeps room for head, contents and footer together,
/// for it may turn out to be the first and the last.
fn pack<'a>(
    digest: &'a Digest,
    options: &RenderOptions,
    date: Timestamp,
) -> Result<Vec<Vec<Row<'a>>>, RenderError> {
    let rows = rows(digest);
    let page = whole_page(digest, options, date, 1, 1);
    let around = PageHtml {
        page: &page,
        body: "",
    }
    .render()?
    .len();
    let room = options.html_max.saturating_sub(around + PART_NOTES);
    let mut pages: Vec<Vec<Row<'a>>> = vec![Vec::new()];
    let mut used = 0;
    let mut before = None;
    for row in rows {
        let mut size = ItemHtml(&row.view(digest, before, false)).render()?.len();
        let full = used + size > room && used > 0;
        if full {
            // On top of a page the headings are repeated.
            size = ItemHtml(&row.view(digest, None, true)).render()?.len();
            used = 0;
            pages.push(Vec::new());
        }
        used += size;
        if let Some(page) = pages.last_mut() {
            page.push(row);
        }
        before = Some(row);
    }
    Ok(pages)
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
    part: usize,
    parts: usize,
) -> Page {
    let recipient = &digest.recipient;
    let sealed = recipient.privacy == Privacy::Sealed;
    let tz = &recipient.time_zone;
    let last = part == parts;
    Page {
        subject: page::subject(digest, part, parts),
        preheader: page::preheader(digest),
        reader: reader(recipient),
        dateline: local_time(date, tz),
        summary: page::summary(digest),
        caution: if sealed {
            sealed_note()
        } else {
            page::caution(digest)
        },
        contents: if sealed || part > 1 || digest.topics.len() < 2 {
            Vec::new()
        } else {
            page::contents(digest)
        },
        part: if parts > 1 {
            format!("Part {part} of {parts}")
        } else {
            String::new()
        },
        next: if last {
            String::new()
        } else {
            format!("Goes on in part {} of {parts}.", part + 1)
        },
        footer: last.then(|| page::footer(digest, options.operator.as_deref())),
    }
}

fn sealed_note() -> String {
    "What was found is kept out of this mail. Read it on the machine that runs newsvigil: \"newsvigil hits --since 7d\"."
        .to_owned()
}
