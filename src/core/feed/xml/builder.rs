//! What the reader has gathered: the feed, and the item that is being read.
//!
//! A value stands or falls by its rank: what a format has an element for stands above what was
//! borrowed from another vocabulary. Of equals the last counts, as with feed-rs.

use std::borrow::Cow;
use std::rc::Rc;

use url::Url;

use super::attributes::attribute;
use super::element::ClosedElement;
use crate::core::feed::expansion_limit::{ExpansionLimit, PIECE_BYTES, beginning};
use crate::core::feed::fields::{ElementRank, Field};
use crate::core::feed::newest::Dates;
use crate::core::feed::raw::{
    IdRole, LinkRelation, Medium, RawEntry, RawFeed, RawLink, RawText, TextKind, language_tag,
};
use crate::core::feed::update_frequency::{self, SyndicationPeriod};
use crate::core::feed::vocabularies::Namespace;
use crate::core::feed::{Limits, dates, rdf, relative_links, rss};

/// Links, categories and authors of one item; no sound feed has as many.
const MOST: usize = 200;

/// Texts of one item beside its title, summary and content.
const MOST_FURTHER: usize = 64;

/// The feed so far.
pub(super) struct FeedBuilder<'a> {
    feed: RawFeed,
    feed_ranks: Ranks,
    item: Option<Item>,
    rhythm: SyndicationPeriod,
    /// Of all items so far.
    dates: Dates,
    /// For each item whether it is kept; `None`: the first are.
    kept: Option<&'a [bool]>,
    limits: Limits,
    allowance: &'a ExpansionLimit,
}

/// The item being read.
#[derive(Default)]
struct Item {
    entry: RawEntry,
    /// How many elements are around it.
    depth: usize,
    ranks: Ranks,
}

/// How good the values are that were kept.
#[derive(Default)]
struct Ranks {
    id: Option<ElementRank>,
    title: Option<ElementRank>,
    summary: Option<ElementRank>,
    content: Option<ElementRank>,
    published: Option<ElementRank>,
    updated: Option<ElementRank>,
    author: Option<ElementRank>,
}

impl<'a> FeedBuilder<'a> {
    pub(super) fn new(
        limits: Limits,
        kept: Option<&'a [bool]>,
        allowance: &'a ExpansionLimit,
    ) -> Self {
        Self {
            feed: RawFeed::default(),
            feed_ranks: Ranks::default(),
            item: None,
            rhythm: SyndicationPeriod::default(),
            dates: Dates::default(),
            kept,
            limits,
            allowance,
        }
    }

    /// How many elements are around the item being read, if one is.
    pub(super) fn item_depth(&self) -> Option<usize> {
        self.item.as_ref().map(|item| item.depth)
    }

    /// Begins an item; one that is open ends, for items are never inside items.
    pub(super) fn begin_item(
        &mut self,
        attributes: &str,
        depth: usize,
        language: Option<&Rc<str>>,
    ) {
        self.end_item();
        let mut item = Item {
            depth,
            ..Item::default()
        };
        item.entry.language = language.cloned();
        self.item = Some(item);
        // RSS 1.0 identifies an item by its attribute.
        if let Some(about) = attribute(attributes, rdf::ABOUT) {
            self.id(&about, ElementRank::Substitute, IdRole::Name);
        }
    }

    pub(super) fn end_item(&mut self) {
        if let Some(item) = self.item.take() {
            let place = self.dates.len();
            self.dates.push(item.entry.newest_date());
            let is_chosen = self.kept.is_none_or(|kept| kept.get(place) == Some(&true));
            if is_chosen && self.feed.entries.len() < self.limits.entries {
                self.feed.entries.push(item.entry);
            } else {
                self.feed.loss.surplus += 1;
            }
        }
    }

    /// A text of the item was longer than what is read of it.
    pub(super) fn shorten(&mut self) {
        if let Some(item) = &mut self.item {
            item.entry.is_shortened = true;
        }
    }

    /// The language of the root element, unless the feed names another.
    pub(super) fn root_language(&mut self, language: &str) {
        self.feed
            .language
            .get_or_insert_with(|| language.to_owned());
    }

    /// Takes what an element held.
    pub(super) fn take(&mut self, ended: ClosedElement<'_>, base: Option<&Rc<Url>>) {
        let bytes = self.limits.field_bytes;
        match ended.field {
            Field::Title(rank) => {
                let title = Some(ended.title(bytes));
                let further = match &mut self.item {
                    Some(item) => keep(&mut item.entry.title, &mut item.ranks.title, rank, title),
                    None => keep(
                        &mut self.feed.title,
                        &mut self.feed_ranks.title,
                        rank,
                        title,
                    ),
                };
                self.further(further);
            }
            Field::Summary(rank) => {
                let body = self.body_of(ended, base);
                let further = self.item.as_mut().and_then(|item| item.summary(rank, body));
                self.further(further);
            }
            Field::Content(rank) => {
                let body = self.body_of(ended, base);
                let further = self.item.as_mut().and_then(|item| {
                    keep(&mut item.entry.content, &mut item.ranks.content, rank, body)
                });
                self.further(further);
            }
            Field::Author(rank) => self.author(rank, ended.space, ended.person(bytes)),
            field => self.take_short(field, ended.attributes, ended.text.trim(), base),
        }
    }

    /// Takes a field that holds one word, number or address.
    fn take_short(&mut self, field: Field, attributes: &str, text: &str, base: Option<&Rc<Url>>) {
        if text.is_empty() {
            return;
        }
        match field {
            Field::Link => self.link(text, attributes, base),
            Field::Guid => self.id(text, ElementRank::Proper, rss::guid_role(attributes)),
            Field::Id => self.id(text, ElementRank::Borrowed, IdRole::Name),
            Field::Published(rank) => {
                if let Some(item) = &mut self.item {
                    keep(
                        &mut item.entry.published,
                        &mut item.ranks.published,
                        rank,
                        dates::read(text).map(Box::new),
                    );
                }
            }
            Field::Updated(rank) => {
                if let Some(item) = &mut self.item {
                    keep(
                        &mut item.entry.updated,
                        &mut item.ranks.updated,
                        rank,
                        dates::read(text).map(Box::new),
                    );
                }
            }
            Field::Category => self.category(text),
            Field::Language => match &mut self.item {
                Some(item) => item.entry.language = language_tag(text),
                None => self.feed.language = language_tag(text).map(|tag| tag.as_ref().to_owned()),
            },
            Field::Ttl => self.feed.hints.ttl_minutes = update_frequency::ttl(text),
            Field::UpdatePeriod => self.rhythm.period(text),
            Field::UpdateFrequency => self.rhythm.frequency(text),
            Field::Hour => update_frequency::add_skip_hour(&mut self.feed.hints, text),
            Field::Day => update_frequency::add_skip_day(&mut self.feed.hints, text),
            _ => {}
        }
    }

    /// A link, with the attributes of its element.
    pub(super) fn link(&mut self, href: &str, attributes: &str, base: Option<&Rc<Url>>) {
        let links = match &mut self.item {
            Some(item) => &mut item.entry.links,
            None => &mut self.feed.links,
        };
        if links.len() < MOST && self.allowance.take(href.len() + PIECE_BYTES) {
            if links.is_empty() {
                // Nearly every item has one, and a body may have ten thousand.
                links.reserve_exact(1);
            }
            links.push(RawLink {
                href: href.to_owned(),
                relation: LinkRelation::of(attribute(attributes, "rel").as_deref()),
                medium: Medium::of(attribute(attributes, "type").as_deref()),
                language: attribute(attributes, "hreflang").and_then(|tag| language_tag(&tag)),
                base: base.cloned(),
            });
        }
    }

    pub(super) fn category(&mut self, category: &str) {
        let Some(item) = &mut self.item else {
            return;
        };
        if item.entry.categories.len() >= 2 * MOST {
            item.entry.is_crowded = true;
        } else if self.allowance.take(category.len() + PIECE_BYTES) {
            let category = beginning(category, self.limits.field_bytes);
            item.entry.categories.push(category.to_owned());
        }
    }

    fn id(&mut self, id: &str, rank: ElementRank, role: IdRole) {
        let id = Some(id.trim().to_owned()).filter(|id| !id.is_empty());
        match &mut self.item {
            Some(item) => {
                keep(&mut item.entry.id, &mut item.ranks.id, rank, id);
                if item.ranks.id == Some(rank) {
                    item.entry.id_role = role;
                }
            }
            None => {
                keep(&mut self.feed.id, &mut self.feed_ranks.id, rank, id);
            }
        }
    }

    fn author(&mut self, rank: ElementRank, space: Namespace, author: String) {
        let (authors, kept) = match &mut self.item {
            Some(item) => (&mut item.entry.authors, &mut item.ranks.author),
            // Only Atom says that a feed's author wrote its entries.
            None if space == Namespace::Atom => {
                (&mut self.feed.authors, &mut self.feed_ranks.author)
            }
            None => return,
        };
        match *kept {
            _ if author.is_empty() => return,
            Some(kept) if kept < rank => return,
            Some(kept) if kept > rank => authors.clear(),
            _ => {}
        }
        *kept = Some(rank);
        if authors.len() < MOST {
            if self.allowance.take(author.len() + PIECE_BYTES) {
                authors.push(author);
            }
        } else if let Some(item) = &mut self.item {
            item.entry.is_crowded = true;
        }
    }

    /// Keeps a text that another stands before: what an item says is matched, wherever it says it.
    fn further(&mut self, text: Option<RawText>) {
        let (Some(item), Some(text)) = (&mut self.item, text) else {
            return;
        };
        if item.entry.further.len() >= MOST_FURTHER {
            item.entry.is_crowded = true;
        } else if self.allowance.take(text.text.len() + PIECE_BYTES) {
            item.entry.further.push(text);
        }
    }

    /// A body, its relative addresses resolved where an `xml:base` is in force.
    fn body_of(&self, ended: ClosedElement<'_>, base: Option<&Rc<Url>>) -> Option<RawText> {
        let mut body = ended.body(self.limits.field_bytes)?;
        if let Some(base) = base.filter(|_| body.kind != TextKind::Plain)
            && let Cow::Owned(absolute) = relative_links::absolute(&body.text, base, self.allowance)
        {
            body.text = absolute;
        }
        Some(body)
    }

    /// The feed, and the dates of all its items, when all has been read.
    pub(super) fn finish(mut self) -> (RawFeed, Dates) {
        self.end_item();
        self.feed.hints.update_interval_seconds = self.rhythm.interval_seconds();
        (self.feed, self.dates)
    }
}

impl Item {
    /// Keeps a summary, and gives what is not kept. An item with two proper ones, `description` and `summary`, has
    /// two texts: the second is its content, unless it has a content of its own.
    fn summary(&mut self, rank: ElementRank, body: Option<RawText>) -> Option<RawText> {
        if rank == ElementRank::Proper && self.ranks.summary == Some(ElementRank::Proper) {
            keep(
                &mut self.entry.content,
                &mut self.ranks.content,
                ElementRank::Substitute,
                body,
            )
        } else {
            keep(&mut self.entry.summary, &mut self.ranks.summary, rank, body)
        }
    }
}

/// Keeps a value unless a better one is there; gives the one that was not kept.
fn keep<T>(
    slot: &mut Option<T>,
    kept: &mut Option<ElementRank>,
    rank: ElementRank,
    value: Option<T>,
) -> Option<T> {
    if value.is_some() && kept.is_none_or(|kept| rank <= kept) {
        *kept = Some(rank);
        std::mem::replace(slot, value)
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_value_is_kept_and_of_equals_the_last() {
        let (mut slot, mut kept) = (None, None);
        for (rank, value, expected) in [
            (ElementRank::Borrowed, Some(1), Some(1)),
            (ElementRank::Substitute, Some(2), Some(1)),
            (ElementRank::Borrowed, Some(3), Some(3)),
            (ElementRank::Proper, None, Some(3)),
            (ElementRank::Proper, Some(4), Some(4)),
            (ElementRank::Borrowed, Some(5), Some(4)),
        ] {
            keep(&mut slot, &mut kept, rank, value);
            assert_eq!(slot, expected);
        }
    }
}
