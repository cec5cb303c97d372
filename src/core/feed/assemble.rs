//! From what was read to what is kept: text cleaned, addresses resolved, lengths bounded.

use std::borrow::Cow;
use std::sync::Arc;

use super::allowance::Allowance;
use super::constructs::beginning;
use super::raw::{IdRole, RawEntry, RawFeed, RawLink, RawText, Relation, TextKind, language_tag};
use super::{Entry, Feed, Markup, ParseContext, embedded, links, titles};

/// Makes a feed of what a reader found. When the allowance is spent, it is no whole feed.
pub(super) fn assemble(raw: RawFeed, context: &ParseContext<'_>, allowance: &Allowance) -> Feed {
    let limits = &context.limits;
    let mut assembly = Assembly {
        context,
        allowance,
        fields_cut: 0,
    };
    let authors = assembly.authors(raw.authors);
    let language = raw.language.as_deref().and_then(language_tag);
    let entries_cut = raw.entries_cut + raw.entries.len().saturating_sub(limits.entries);
    let mut entries = Vec::with_capacity(raw.entries.len().min(limits.entries));
    for entry in raw.entries.into_iter().take(limits.entries) {
        let entry = assembly.entry(entry, authors.as_ref(), language.as_deref());
        if !allowance.take(text_bytes(&entry)) {
            break;
        }
        entries.push(entry);
    }
    let mut feed = Feed {
        title: assembly.title(raw.title),
        link: assembly
            .best_link(&raw.links, |relation| relation == Relation::Alternate)
            .map(|link| assembly.bound(link, limits.field_bytes)),
        language: language.as_deref().map(str::to_owned),
        id: trimmed(raw.id).map(|id| assembly.bound(id, limits.field_bytes)),
        entries,
        hints: raw.hints,
        entries_cut,
        warnings: Vec::new(),
    };
    if entries_cut > 0 {
        feed.warnings.push(format!(
            "{entries_cut} entries beyond the limit of {} were left out",
            limits.entries
        ));
    }
    if assembly.fields_cut > 0 {
        let fields = if assembly.fields_cut == 1 {
            "field"
        } else {
            "fields"
        };
        feed.warnings.push(format!(
            "{} {fields} had to be shortened to their limit",
            assembly.fields_cut
        ));
    }
    feed
}

/// Bytes of all that an entry says, what it shares with others included: whoever stores it stores all.
fn text_bytes(entry: &Entry) -> usize {
    let texts = [
        &entry.id,
        &entry.title,
        &entry.link,
        &entry.summary,
        &entry.content,
        &entry.language,
    ];
    let texts = texts.into_iter().flatten().map(String::len).sum::<usize>();
    let categories = entry.categories.iter().map(String::len).sum::<usize>();
    texts + categories + entry.author.as_ref().map_or(0, |author| author.len())
}

struct Assembly<'a> {
    context: &'a ParseContext<'a>,
    allowance: &'a Allowance,
    /// How many fields were longer than they may be.
    fields_cut: usize,
}

impl Assembly<'_> {
    fn bound(&mut self, mut text: String, bytes: usize) -> String {
        if text.len() > bytes {
            self.fields_cut += 1;
            text.truncate(text.floor_char_boundary(bytes));
            text.shrink_to_fit();
        }
        text
    }

    fn entry(
        &mut self,
        raw: RawEntry,
        feed_authors: Option<&Arc<str>>,
        feed_language: Option<&str>,
    ) -> Entry {
        let bytes = self.context.limits.field_bytes;
        let id = trimmed(raw.id);
        let link = self
            .best_link(&raw.links, |relation| relation == Relation::Alternate)
            .or_else(|| {
                // Many a `guid` is a bare number, and says nothing of being no address.
                id.clone()
                    .filter(|id| raw.id_role == IdRole::Address && links::is_web_address(id))
            })
            .or_else(|| self.best_link(&raw.links, |relation| relation != Relation::Other));
        let (summary, summary_markup) = self.body(raw.summary);
        let (content, content_markup) = self.body(raw.content);
        Entry {
            id: id.map(|id| self.bound(id, bytes)),
            title: self.title(raw.title),
            link: link.map(|link| self.bound(link, bytes)),
            published: raw.published,
            updated: raw.updated,
            summary,
            summary_markup,
            content,
            content_markup,
            author: self
                .authors(raw.authors)
                .or_else(|| feed_authors.map(Arc::clone)),
            categories: self.categories(raw.categories),
            language: raw
                .language
                .filter(|language| Some(language.as_ref()) != feed_language)
                .map(|language| language.as_ref().to_owned()),
        }
    }

    fn title(&mut self, raw: Option<RawText>) -> Option<String> {
        let limits = self.context.limits;
        let mut raw = raw?;
        // Cleaning a megabyte to keep a line of it would be a waste.
        raw.text = self.bound(raw.text, limits.source_of_title());
        let text = titles::clean(&raw.text, raw.kind);
        (!text.is_empty()).then(|| self.bound(text, limits.title_bytes))
    }

    fn body(&mut self, raw: Option<RawText>) -> (Option<String>, Markup) {
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
        let absolute = match self.context.base.filter(|_| markup == Markup::Html) {
            Some(base) => embedded::absolute(trimmed, base, self.allowance),
            None => Cow::Borrowed(trimmed),
        };
        let text = if absolute.len() == raw.text.len() && matches!(absolute, Cow::Borrowed(_)) {
            raw.text
        } else {
            absolute.into_owned()
        };
        let text = self.bound(text, self.context.limits.field_bytes);
        (Some(text), markup)
    }

    fn best_link(&self, links: &[RawLink], wanted: impl Fn(Relation) -> bool) -> Option<String> {
        links
            .iter()
            .filter(|link| wanted(link.relation))
            .find_map(|link| {
                let base = link.base.as_deref().or(self.context.base);
                links::absolute(&link.href, base)
            })
    }

    fn authors(&mut self, authors: Vec<String>) -> Option<Arc<str>> {
        let limits = self.context.limits;
        let mut kept: Vec<String> = Vec::new();
        for author in authors {
            let author = beginning(&author, limits.source_of_title());
            let author = titles::clean(author, TextKind::Unsaid);
            if !author.is_empty() && !kept.contains(&author) && kept.len() < 50 {
                kept.push(author);
            }
        }
        (!kept.is_empty()).then(|| self.bound(kept.join(", "), limits.title_bytes).into())
    }

    /// Cleans, drops doubles and bounds: no item has hundreds of topics.
    fn categories(&mut self, raw: Vec<String>) -> Vec<String> {
        let limits = self.context.limits;
        let mut kept: Vec<String> = Vec::new();
        for category in raw {
            if kept.len() == 200 {
                self.fields_cut += 1;
                break;
            }
            let category = beginning(&category, limits.source_of_title());
            let category = titles::clean(category, TextKind::Unsaid);
            if !category.is_empty() && !kept.contains(&category) {
                kept.push(self.bound(category, limits.title_bytes));
            }
        }
        kept
    }
}

fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}
