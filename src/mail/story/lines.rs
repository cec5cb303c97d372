//! Stories and items in a line each.

use askama::Template;

use super::facts::news;
use super::format_context::FormatContext;
use super::head::{Author, Head, Heading, meta};
use super::why::watches_in_line;
use crate::core::alert::Novelty;
use crate::core::digest::{DigestItem, DigestStory};
use crate::mail::language::MessageCatalog;
use crate::mail::wrapping::wrap;

/// A section of stories or items in a line each.
#[derive(Template)]
#[template(path = "lines.html", config = "src/mail/askama.toml")]
pub(in crate::mail) struct LinesHtml<'a>(pub &'a Lines<'a>);

#[derive(Template)]
#[template(path = "lines.txt", config = "src/mail/askama.toml")]
pub(in crate::mail) struct LinesText<'a>(pub &'a Lines<'a>);

pub(in crate::mail) struct Lines<'a> {
    pub heading: Heading,
    /// What stands between the heading and the lines; may be empty.
    pub why: String,
    pub groups: Vec<Group<'a>>,
    /// Where the others are; empty when there are none.
    pub more: String,
    pub catalog: &'static MessageCatalog,
}

impl Lines<'_> {
    /// Whether there is more to it than its heading.
    pub fn says_something(&self) -> bool {
        !self.more.is_empty() || self.groups.iter().any(|group| !group.lines.is_empty())
    }
}

/// Lines of one topic.
pub(in crate::mail) struct Group<'a> {
    /// Empty where there is but one.
    pub name: String,
    pub lines: Vec<Head<'a>>,
}

/// What was told of a story and is corrected.
fn corrections(story: &DigestStory, catalog: &MessageCatalog) -> Vec<String> {
    let corrected = (story.news.iter()).filter(|found| matches!(found, Novelty::Corrected { .. }));
    let said = corrected.filter_map(|found| news(found, catalog));
    said.map(|said| said.text(catalog)).collect()
}

/// A story in a line: what is corrected in it, headline, outlet, places, and how many more have it.
pub(in crate::mail) fn headline<'a>(
    story: &'a DigestStory,
    context: FormatContext<'_>,
) -> Head<'a> {
    let catalog = context.catalog;
    let item = &story.lead;
    let mut meta = corrections(story, catalog);
    meta.push(item.feed_title.clone());
    let places = context.places(story);
    if !places.is_empty() {
        meta.push(catalog.joined_names(places));
    }
    let others = story.also.len() + story.more;
    if others > 0 {
        meta.push(catalog.count("and-outlets", others));
    } else if story.items > 1 {
        meta.push(catalog.count("and-items", story.items - 1));
    }
    Head::of(item, meta, catalog)
}

/// A story that was told before: what was corrected in it, and who has it since.
pub(in crate::mail) fn development<'a>(
    story: &'a DigestStory,
    context: FormatContext<'_>,
) -> Head<'a> {
    let catalog = context.catalog;
    let mut meta = corrections(story, catalog);
    if story.joined == 0 {
        meta.push(catalog.count("more-items", story.items.max(1)));
    } else {
        meta.push(catalog.count("more-outlets", story.joined));
    }
    let mut names = vec![story.lead.feed_title.as_str()];
    names.extend(story.also.iter().map(|also| also.outlet.as_str()));
    let more = (story.more > 0).then(|| catalog.count("more-names", story.more));
    names.extend(more.as_deref());
    meta.push(catalog.list(&names));
    Head::of(&story.lead, meta, catalog)
}

/// A story that an alert told, in a line: headline, outlet, time.
pub(in crate::mail) fn sent<'a>(item: &'a DigestItem, context: FormatContext<'_>) -> Head<'a> {
    let meta = meta(item, &[], Author::LeftOut, context);
    Head::of(item, meta, context.catalog)
}

/// An item in a line: headline, outlet, places, time, watch.
pub(in crate::mail) fn line<'a>(item: &'a DigestItem, context: FormatContext<'_>) -> Head<'a> {
    let catalog = context.catalog;
    let mut meta = meta(item, &item.places, Author::LeftOut, context);
    let watches = watches_in_line(&item.mentions, catalog);
    if !watches.is_empty() {
        meta.push(watches);
    }
    Head::of(item, meta, catalog)
}
