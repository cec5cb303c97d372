//! From what was read to what is kept: text cleaned, addresses resolved, lengths bounded.

use std::borrow::Cow;

use super::raw::{IdRole, RawEntry, RawFeed, RawLink, RawText, Relation, TextKind};
use super::{Entry, Feed, Markup, ParseContext, embedded, links, titles};

/// Makes a feed of what a reader found.
pub(super) fn assemble(raw: RawFeed, context: &ParseContext<'_>) -> Feed {
    let mut cut = Cut::default();
    let limits = &context.limits;
    let feed_authors = joined_authors(raw.authors);
    let entries_cut = raw.entries_cut + raw.entries.len().saturating_sub(limits.entries);
    let language = language(raw.language);
    let entries = raw
        .entries
        .into_iter()
        .take(limits.entries)
        .map(|entry| {
            assemble_entry(
                entry,
                context,
                feed_authors.as_ref(),
                language.as_ref(),
                &mut cut,
            )
        })
        .collect();
    let mut warnings = Vec::new();
    if entries_cut > 0 {
        warnings.push(format!(
            "{entries_cut} entries beyond the limit of {} were left out",
            limits.entries
        ));
    }
    let mut feed = Feed {
        title: title(raw.title, limits.title_bytes, &mut cut),
        link: best_link(&raw.links, context, |relation| {
            relation == Relation::Alternate
        })
        .map(|link| cut.bound(link, limits.field_bytes)),
        language,
        id: trimmed(raw.id).map(|id| cut.bound(id, limits.field_bytes)),
        entries,
        hints: raw.hints,
        entries_cut,
        warnings,
    };
    if cut.fields > 0 {
        let fields = if cut.fields == 1 { "field" } else { "fields" };
        feed.warnings.push(format!(
            "{} {fields} had to be shortened to their limit",
            cut.fields
        ));
    }
    feed
}

/// How many fields were longer than they may be.
#[derive(Default)]
struct Cut {
    fields: usize,
}

impl Cut {
    fn bound(&mut self, mut text: String, bytes: usize) -> String {
        if text.len() > bytes {
            self.fields += 1;
            text.truncate(text.floor_char_boundary(bytes));
            text.shrink_to_fit();
        }
        text
    }
}

fn assemble_entry(
    raw: RawEntry,
    context: &ParseContext<'_>,
    feed_authors: Option<&String>,
    feed_language: Option<&String>,
    cut: &mut Cut,
) -> Entry {
    let limits = &context.limits;
    let id = trimmed(raw.id);
    let link = best_link(&raw.links, context, |relation| {
        relation == Relation::Alternate
    })
    .or_else(|| {
        // Many a `guid` is a bare number, and says nothing of being no address.
        id.clone()
            .filter(|id| raw.id_role == IdRole::Address && links::is_web_address(id))
    })
    .or_else(|| best_link(&raw.links, context, |relation| relation != Relation::Other));
    let (summary, summary_markup) = body(raw.summary, context, cut);
    let (full_text, content_markup) = body(raw.content, context, cut);
    Entry {
        id: id.map(|id| cut.bound(id, limits.field_bytes)),
        title: title(raw.title, limits.title_bytes, cut),
        link: link.map(|link| cut.bound(link, limits.field_bytes)),
        published: raw.published,
        updated: raw.updated,
        summary,
        summary_markup,
        content: full_text,
        content_markup,
        author: joined_authors(raw.authors)
            .or_else(|| feed_authors.cloned())
            .map(|authors| cut.bound(authors, limits.title_bytes)),
        categories: categories(raw.categories, context, cut),
        language: language(raw.language).filter(|language| Some(language) != feed_language),
    }
}

fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// A language tag; BCP 47 gives no reason for longer ones.
fn language(tag: Option<String>) -> Option<String> {
    trimmed(tag).filter(|tag| tag.len() <= 64)
}

fn title(raw: Option<RawText>, bytes: usize, cut: &mut Cut) -> Option<String> {
    let mut raw = raw?;
    // Cleaning a megabyte to keep a line of it would be a waste; tags may take some of the room.
    if raw.text.len() > bytes.saturating_mul(4) {
        raw.text = cut.bound(raw.text, bytes.saturating_mul(4));
    }
    let text = titles::clean(&raw);
    (!text.is_empty()).then(|| cut.bound(text, bytes))
}

fn body(
    raw: Option<RawText>,
    context: &ParseContext<'_>,
    cut: &mut Cut,
) -> (Option<String>, Markup) {
    let Some(raw) = raw else {
        return (None, Markup::Html);
    };
    let markup = if raw.kind == TextKind::Plain {
        Markup::Plain
    } else {
        Markup::Html
    };
    let trimmed = raw.text.trim();
    if trimmed.is_empty() {
        return (None, Markup::Html);
    }
    let absolute = match context.base.filter(|_| markup == Markup::Html) {
        Some(base) => embedded::absolute(trimmed, base),
        None => Cow::Borrowed(trimmed),
    };
    let text = if absolute.len() == raw.text.len() && matches!(absolute, Cow::Borrowed(_)) {
        raw.text
    } else {
        absolute.into_owned()
    };
    let text = cut.bound(text, context.limits.field_bytes);
    (Some(text), markup)
}

fn best_link(
    links: &[RawLink],
    context: &ParseContext<'_>,
    wanted: impl Fn(Relation) -> bool,
) -> Option<String> {
    links
        .iter()
        .filter(|link| wanted(link.relation))
        .find_map(|link| links::absolute(&link.href, link.base.as_ref().or(context.base)))
}

fn joined_authors(authors: Vec<String>) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for author in authors {
        let author = titles::clean(&RawText {
            text: author,
            kind: TextKind::Unsaid,
        });
        if !author.is_empty() && !kept.contains(&author) && kept.len() < 50 {
            kept.push(author);
        }
    }
    (!kept.is_empty()).then(|| kept.join(", "))
}

/// Cleans, drops doubles and bounds: no item has hundreds of topics.
fn categories(raw: Vec<String>, context: &ParseContext<'_>, cut: &mut Cut) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for category in raw {
        if kept.len() == 200 {
            cut.fields += 1;
            break;
        }
        let category = titles::clean(&RawText {
            text: category,
            kind: TextKind::Unsaid,
        });
        if !category.is_empty() && !kept.contains(&category) {
            kept.push(cut.bound(category, context.limits.title_bytes));
        }
    }
    kept
}
