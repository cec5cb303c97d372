//! A digest as one message: the best stories in full, the next in a line each, the rest by count, as there is room.

use askama::Template;
use jiff::Timestamp;

use super::{
    footer,
    language::catalog,
    message::{Draft, HeaderFields, RenderError, RenderOptions, RenderedMessage, assemble, thread},
    page::{self, Page, PageHtml, PageText},
    selection::{Arranged, ShownSelection, arranged},
    size_limit::{Size, fit},
    story::{FormatContext, LinesHtml, LinesText, StoryHtml, StoryText, StoryView, story},
    wrapping::reader,
};
use crate::core::digest::{Digest, DigestStory, Kind, Privacy};

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
    let context = FormatContext::of(digest, options.pages.as_deref(), date);
    let shown = fit(digest, options.html_max, context, |shown| {
        let page = whole_page(digest, options, date, shown);
        let (page, body) = (&page, "");
        Ok(Size::of(
            &PageHtml { page, body }.render()?,
            &PageText { page, body }.render()?,
        ))
    })?;
    let page = whole_page(digest, options, date, &shown);
    let (mut html, mut text) = (String::new(), String::new());
    for view in stories_in_full(digest, &shown.full, context) {
        html.push_str(&StoryHtml(&view).render()?);
        text.push_str(&StoryText(&view).render()?);
    }
    for section in shown.sections(digest, context) {
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
        attachment: digest.attachment.as_ref(),
    };
    let fields = HeaderFields {
        recipient: &digest.recipient,
        options,
        seed,
        date,
    };
    assemble(fields, &thread(digest), draft)
}

fn stories_in_full<'a>(
    digest: &Digest,
    stories: &[&'a DigestStory],
    context: FormatContext<'_>,
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
        let mut view = story(arranged.story, context);
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

fn whole_page(
    digest: &Digest,
    options: &RenderOptions,
    date: Timestamp,
    shown: &ShownSelection<'_>,
) -> Page {
    let recipient = &digest.recipient;
    let catalog = catalog(recipient.language);
    let sealed = recipient.privacy == Privacy::Sealed;
    let stories = shown.full.iter().chain(&shown.headlines);
    let topics: Vec<_> = stories.map(|story| story.lead.topic.as_deref()).collect();
    Page {
        catalog,
        subject: page::subject(digest),
        preheader: page::preheader(digest),
        reader: reader(recipient),
        dateline: catalog.date_time(date, &recipient.time_zone),
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
        footer: Some(footer::footer(digest, options.operator.as_deref())),
    }
}
