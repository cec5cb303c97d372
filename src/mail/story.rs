//! A story as its templates show it, in full or in a line.

mod facts;
mod format_context;
mod head;
mod lines;
mod topics;
mod why;

use askama::Template;

use super::language::MessageCatalog;
use super::wrapping::{wrap, wrap_behind};
use crate::core::digest::{DigestStory, RelatedItem, TextSegment};
use facts::{facts, news};
pub(super) use format_context::FormatContext;
use head::{Author, Named, direction, marked_text, meta};
pub(super) use head::{Head, Heading};
pub(super) use lines::{Group, Lines, LinesHtml, LinesText, development, headline, line, sent};
pub(super) use topics::topic_name;
use why::Why;

#[derive(Template)]
#[template(path = "story.html", config = "src/mail/askama.toml")]
pub(super) struct StoryHtml<'a>(pub &'a StoryView<'a>);

#[derive(Template)]
#[template(path = "story.txt", config = "src/mail/askama.toml")]
pub(super) struct StoryText<'a>(pub &'a StoryView<'a>);

/// One story in full.
pub(super) struct StoryView<'a> {
    pub heading: Option<Heading>,
    /// The watch's title, above its first story.
    pub watch: Option<&'a str>,
    /// Whether another story stands right above, so that a line must part them.
    pub follows: bool,
    /// Why it is told at once, or again.
    pub news: Vec<Named>,
    pub head: Head<'a>,
    pub excerpt: &'a [TextSegment],
    pub excerpt_dir: &'static str,
    /// Who reports it, a sentence each.
    pub facts: Vec<Named>,
    /// Who else has it.
    pub listings: Vec<Listing<'a>>,
    pub why: Why,
    /// Its page in the reading room.
    pub page: Option<String>,
    pub catalog: &'static MessageCatalog,
}

/// Outlets or headlines, behind what they are.
pub(super) struct Listing<'a> {
    pub above: String,
    pub lines: Vec<Linked<'a>>,
}

/// One of a list, behind what parts it from the one before.
pub(super) struct Linked<'a> {
    pub between: String,
    pub name: String,
    pub link: Option<&'a str>,
}

impl StoryView<'_> {
    pub fn excerpt_text(&self) -> String {
        wrap(&marked_text(self.excerpt), "    ")
    }

    pub fn news_text(&self) -> String {
        let news = self.news.iter().map(|news| news.text(self.catalog));
        wrap_behind(&news.collect::<Vec<_>>().join(" "), "! ", "  ")
    }

    pub fn facts_text(&self) -> String {
        let facts = self.facts.iter().map(|fact| fact.text(self.catalog));
        let facts: Vec<String> = facts.collect();
        wrap(&facts.join(" "), "    ")
    }

    /// One a line, with its link.
    pub fn listing_text(&self, listing: &Listing<'_>) -> String {
        let mut text = wrap(&listing.above, "    ");
        for line in &listing.lines {
            text.push('\n');
            let name = self.catalog.isolated(&line.name);
            text.push_str(&wrap_behind(&name, "    - ", "      "));
            if let Some(link) = line.link {
                text.push_str("\n      ");
                text.push_str(link);
            }
        }
        text
    }

    /// Leaves out what stands above it: the name of its topic or watch.
    pub fn under(&mut self, above: &str) {
        self.why.under(above, self.catalog);
    }

    pub fn why_text(&self) -> String {
        wrap(&self.why.text(self.catalog), "    ")
    }
}

/// A story in full; heading and watch are set by who knows what stands above it.
pub(super) fn story<'a>(story: &'a DigestStory, context: FormatContext<'_>) -> StoryView<'a> {
    let catalog = context.catalog;
    let item = &story.lead;
    StoryView {
        page: (context.pages).map(|pages| format!("{pages}/items/{}", item.entry_id)),
        heading: None,
        watch: None,
        follows: false,
        news: (story.news.iter())
            .filter_map(|found| news(found, catalog))
            .collect(),
        head: Head::of(
            item,
            meta(item, context.places(story), Author::Named, context),
            catalog,
        ),
        excerpt: &item.excerpt,
        excerpt_dir: direction(&item.excerpt),
        facts: facts(story, context),
        listings: listings(story, catalog),
        why: Why::of(story, catalog),
        catalog,
    }
}

/// Who else has it: in words of their own, with the same text, and by the headlines of further reports.
fn listings<'a>(story: &'a DigestStory, catalog: &MessageCatalog) -> Vec<Listing<'a>> {
    let (copies, own): (Vec<&RelatedItem>, Vec<&RelatedItem>) =
        story.also.iter().partition(|also| also.copy);
    let is_more = story.more > 0 && !story.also.is_empty();
    let more = is_more.then(|| catalog.count("more-names", story.more));
    let outlets = |key: &str, also: &[&'a RelatedItem], more: Option<&str>| {
        let names = also.iter().map(|also| also.outlet.as_str());
        let names: Vec<&str> = names.chain(more).collect();
        let links = also.iter().map(|also| also.link.as_deref());
        let parted = catalog.parted(&names).into_iter().zip(links.chain([None]));
        let line = |((between, name), link): ((String, &str), _)| Linked {
            between,
            name: name.to_owned(),
            link,
        };
        Listing {
            above: catalog.say(key),
            lines: parted.map(line).collect(),
        }
    };
    let report = |(place, report): (usize, &'a RelatedItem)| Linked {
        between: if place > 0 {
            " · ".to_owned()
        } else {
            String::new()
        },
        name: report.title.clone(),
        link: report.link.as_deref(),
    };
    let reports = Listing {
        above: catalog.say("more-reports"),
        lines: story.reports.iter().enumerate().map(report).collect(),
    };
    let listings = [
        outlets("also-in", &own, more.as_deref()),
        outlets("same-text-in", &copies, None),
        reports,
    ];
    let listings = listings.into_iter();
    listings
        .filter(|listing| !listing.lines.is_empty())
        .collect()
}
