//! From what was read to what is kept: text cleaned, addresses resolved, lengths bounded.

use std::borrow::Cow;
use std::sync::Arc;

use super::expansion_limit::ExpansionLimit;
use super::raw::{IdRole, LinkRelation, RawEntry, RawFeed, RawText, TextKind, language_tag};
use super::{
    Entry, Feed, Loss, Markup, ParseContext, address, dates, links, relative_links, titles,
};

/// Makes a feed of what a reader found. When the allowance is spent, it is no whole feed.
pub(super) fn assemble(
    raw: RawFeed,
    context: &ParseContext<'_>,
    allowance: &ExpansionLimit,
) -> Feed {
    let limits = &context.limits;
    let mut assembly = Assembly {
        context,
        allowance,
        loss: raw.loss,
        is_shortened: false,
        is_crowded: false,
    };
    let authors = assembly.authors(raw.authors);
    let authors = Authors {
        names: authors,
        are_shortened: std::mem::take(&mut assembly.is_shortened),
    };
    let language = raw.language.as_deref().and_then(language_tag);
    let surplus = raw.entries.len().saturating_sub(limits.entries);
    assembly.loss.surplus += u64::try_from(surplus).unwrap_or(u64::MAX);
    let languages = context.languages(language.as_deref());
    let kept = raw.entries.iter().take(limits.entries);
    let written = kept.flat_map(|entry| [&entry.published, &entry.updated]);
    let dates = dates::DateDisambiguation::of(
        written.flatten().map(|date| **date),
        context.now,
        &languages,
    );
    let mut entries = Vec::with_capacity(raw.entries.len().min(limits.entries));
    for entry in raw.entries.into_iter().take(limits.entries) {
        let entry = assembly.entry(entry, &authors, language.as_deref(), &dates);
        if !allowance.take(text_bytes(&entry)) {
            break;
        }
        entries.push(entry);
    }
    let loss = assembly.loss;
    let pages = raw.links.iter();
    let pages = pages.filter(|link| link.relation == LinkRelation::Alternate);
    Feed {
        // Nobody matches it, and it is held for all feeds at once.
        title: assembly
            .title(raw.title)
            .map(|title| cut(title, FEED_TITLE_BYTES)),
        link: address::best(pages, language.as_deref(), context.base)
            .map(|link| cut(link, limits.field_bytes)),
        language: language.as_deref().map(str::to_owned),
        id: trimmed(raw.id).map(|id| cut(id, limits.field_bytes)),
        entries,
        hints: raw.hints,
        loss,
        warnings: Vec::new(),
        by_address: raw.is_sitemap,
    }
}

/// What is kept of the title of a feed.
const FEED_TITLE_BYTES: usize = 4096;

/// No more of a text than that.
fn cut(mut text: String, bytes: usize) -> String {
    if text.len() > bytes {
        text.truncate(text.floor_char_boundary(bytes));
        text.shrink_to_fit();
    }
    text
}

/// The authors that a feed names for all its entries.
struct Authors {
    names: Option<Arc<str>>,
    are_shortened: bool,
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
    let further = entry.further.iter().map(|(text, _)| text.len());
    texts
        + further.sum::<usize>()
        + categories
        + entry.author.as_ref().map_or(0, |author| author.len())
}

struct Assembly<'a> {
    context: &'a ParseContext<'a>,
    allowance: &'a ExpansionLimit,
    loss: Loss,
    /// A text of the present entry was longer than it may be.
    is_shortened: bool,
    /// The present entry had more of something than is kept.
    is_crowded: bool,
}

impl Assembly<'_> {
    /// A text that is matched, within its bound.
    fn bound(&mut self, text: String) -> String {
        let bytes = self.context.limits.field_bytes;
        self.is_shortened |= text.len() > bytes;
        cut(text, bytes)
    }

    fn entry(
        &mut self,
        mut raw: RawEntry,
        feed_authors: &Authors,
        feed_language: Option<&str>,
        dates: &dates::DateDisambiguation<'_>,
    ) -> Entry {
        let bytes = self.context.limits.field_bytes;
        self.is_shortened = raw.is_shortened;
        self.is_crowded = raw.is_crowded;
        let id = trimmed(raw.id.take());
        let link = self.address(&raw, id.as_deref(), feed_language);
        let (summary, summary_markup) = self.body(raw.summary);
        let (content, content_markup) = self.body(raw.content);
        let further = raw.further.into_iter().filter_map(|raw| {
            let (text, markup) = self.body(Some(raw));
            Some((text?, markup))
        });
        let further = further.collect();
        let own_authors = self.authors(raw.authors);
        self.is_shortened |= own_authors.is_none() && feed_authors.are_shortened;
        let entry = Entry {
            id: id.map(|id| cut(id, bytes)),
            title: self.title(raw.title),
            link: link.map(|link| cut(link, bytes)),
            published: raw.published.and_then(|date| dates.settle(&date)),
            updated: raw.updated.and_then(|date| dates.settle(&date)),
            summary,
            summary_markup,
            content,
            content_markup,
            further,
            author: own_authors.or_else(|| feed_authors.names.clone()),
            categories: self.categories(raw.categories),
            language: raw
                .language
                .filter(|language| Some(language.as_ref()) != feed_language)
                .map(|language| language.as_ref().to_owned()),
        };
        self.loss.shortened += u64::from(self.is_shortened);
        self.loss.crowded += u64::from(self.is_crowded);
        entry
    }

    fn title(&mut self, raw: Option<RawText>) -> Option<String> {
        let mut raw = raw?;
        raw.text = self.bound(raw.text);
        let text = titles::clean(&raw.text, raw.kind);
        (!text.is_empty()).then(|| self.bound(text))
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
            Some(base) => relative_links::absolute(trimmed, base, self.allowance),
            None => Cow::Borrowed(trimmed),
        };
        let text = if absolute.len() == raw.text.len() && matches!(absolute, Cow::Borrowed(_)) {
            raw.text
        } else {
            absolute.into_owned()
        };
        (Some(self.bound(text)), markup)
    }

    /// The address of an item: the page that it is on, else its identifier where that is one, else the
    /// item's own document.
    fn address(&self, raw: &RawEntry, id: Option<&str>, language: Option<&str>) -> Option<String> {
        let language = raw.language.as_deref().or(language);
        let best = |wanted: LinkRelation| {
            let links = raw.links.iter().filter(|link| link.relation == wanted);
            address::best(links, language, self.context.base)
        };
        let page = best(LinkRelation::Alternate);
        if page.as_deref().is_some_and(links::is_web_address) {
            return page;
        }
        // Many a `guid` is a bare number, and says nothing of being no address.
        let id = id.filter(|id| raw.id_role == IdRole::Address && links::is_web_address(id));
        let other = id
            .map(str::to_owned)
            .or_else(|| best(LinkRelation::SelfLink));
        match other {
            Some(other) if page.is_none() || links::is_web_address(&other) => Some(other),
            _ => page,
        }
    }

    fn authors(&mut self, authors: Vec<String>) -> Option<Arc<str>> {
        let mut kept: Vec<String> = Vec::new();
        for author in authors {
            let author = titles::clean(&self.bound(author), TextKind::Unsaid);
            if author.is_empty() || kept.contains(&author) {
                continue;
            }
            if kept.len() == 50 {
                self.is_crowded = true;
                break;
            }
            kept.push(author);
        }
        (!kept.is_empty()).then(|| self.bound(kept.join(", ")).into())
    }

    /// Cleans, drops doubles and bounds: no item has hundreds of topics.
    fn categories(&mut self, raw: Vec<String>) -> Vec<String> {
        let mut kept: Vec<String> = Vec::new();
        for category in raw {
            if kept.len() == 200 {
                self.is_crowded = true;
                break;
            }
            let category = titles::clean(&self.bound(category), TextKind::Unsaid);
            if !category.is_empty() && !kept.contains(&category) {
                kept.push(self.bound(category));
            }
        }
        kept
    }
}

fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}
