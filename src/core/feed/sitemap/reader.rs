//! Walks over the elements of a sitemap or of an index of sitemaps.

use std::collections::HashMap;
use std::rc::Rc;

use super::vocabulary::{self, Field, Meaning, Space};
use crate::core::feed::expansion_limit::{ExpansionLimit, PIECE_BYTES, push_up_to};
use crate::core::feed::raw::{RawEntry, RawFeed, RawLink, RawText, language_tag};
use crate::core::feed::xml::attributes::Attributes;
use crate::core::feed::xml::names::local_name;
use crate::core::feed::xml::tokenizer::{Closed, Token, Tokens};
use crate::core::feed::{Limits, dates};

/// Addresses in one sitemap or index at most (sitemaps.org, "Using Sitemap index files").
const MOST_URLS: usize = 50_000;
/// Keywords, captions and the like of one address.
const MOST: usize = 200;
/// Declarations of prefixes that are heeded.
const MOST_PREFIXES: usize = 256;

/// Elements that stand for items here, for what never ends may not hide them.
const ITEMS: [&str; 4] = ["<url>", "</url>", "<sitemap>", "</sitemap>"];

/// Reads a `urlset`, or the parts of a `sitemapindex`, which come as addresses without news.
pub(super) struct Reader<'t> {
    pub tokens: Tokens<'t>,
    limits: Limits,
    allowance: &'t ExpansionLimit,
    prefixes: HashMap<&'t str, Space>,
    /// The element whose names without prefix are not those of sitemaps.
    scope: Option<(&'t str, Space)>,
    /// The element whose text is being read.
    capture: Option<(&'t str, Field, String)>,
    item: Option<Item>,
    /// Elements that are open: the root, and no other is of interest.
    is_open: bool,
    has_root: bool,
    is_index: bool,
    pub feed: RawFeed,
    pub plain: usize,
    pub parts: Vec<Listed>,
    pub surplus: u64,
    /// The language of the last item: mostly that of the next, too.
    language: Option<Rc<str>>,
}

/// An address being read.
#[derive(Default)]
struct Item {
    entry: RawEntry,
    is_news: bool,
    publication: Option<String>,
}

/// A part as an index lists it.
pub(super) struct Listed {
    pub address: String,
    pub changed: Option<dates::DateInterpretations>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(document: &'t str, limits: Limits, allowance: &'t ExpansionLimit) -> Self {
        Self {
            tokens: Tokens::of_items(document, ITEMS),
            limits,
            allowance,
            prefixes: HashMap::new(),
            scope: None,
            capture: None,
            item: None,
            is_open: false,
            has_root: false,
            is_index: false,
            feed: RawFeed::default(),
            plain: 0,
            parts: Vec::new(),
            surplus: 0,
            language: None,
        }
    }

    /// Reads to the end, which is so many bytes away.
    pub(super) fn read(&mut self, length: usize) {
        while !self.allowance.is_spent()
            && let Some(token) = self.tokens.next()
        {
            match token {
                Token::Open(tag) => self.open(tag.name, tag.attributes, tag.closed),
                Token::Close { name, .. } => self.close(name),
                Token::Text(text) => self.text(&text),
            }
        }
        if self.is_open {
            self.tokens
                .note(length, "the document ends inside an element");
            let whole = self.feed.entries.len();
            self.feed.loss.broken_off_after = u64::try_from(whole).ok();
            // Half of an address or date is another one's.
            self.capture
                .take_if(|(_, field, _)| !matches!(field, Field::Title | Field::Further));
            self.end_capture();
            let has_address = |item: &mut Item| !item.entry.links.is_empty();
            self.item = self.item.take_if(has_address);
        }
        self.end_item();
    }

    fn open(&mut self, name: &'t str, attributes: &'t str, closed: Closed) {
        if attributes.contains("xmlns") && self.prefixes.len() < MOST_PREFIXES {
            for (attribute, address) in Attributes(attributes) {
                if let Some(prefix) = attribute.strip_prefix("xmlns:") {
                    self.prefixes
                        .insert(prefix, Space::of(prefix, Some(&address)));
                }
            }
        }
        if !self.has_root {
            self.has_root = true;
            self.is_open = closed == Closed::NeedsEndTag;
            self.is_index = local_name(name).eq_ignore_ascii_case("sitemapindex");
            return;
        }
        let space = self.space(name, attributes);
        let Some(meaning) = vocabulary::meaning(space, &local_name(name).to_ascii_lowercase())
        else {
            // Markup in a text, or what says nothing here.
            return;
        };
        self.end_capture();
        match meaning {
            Meaning::Item => {
                self.end_item();
                self.item = Some(Item::default());
            }
            Meaning::News | Meaning::Container => {
                if meaning == Meaning::News {
                    self.item.get_or_insert_default().is_news = true;
                }
                let inner = match space {
                    Space::Sitemap if meaning == Meaning::News => Space::News,
                    Space::Sitemap => Space::of(local_name(name), None),
                    space => space,
                };
                self.scope = (closed == Closed::NeedsEndTag).then_some((name, inner));
            }
            Meaning::Text(field) => {
                let is_second = |item: &Item| !item.entry.links.is_empty();
                if field == Field::Location && self.item.as_ref().is_some_and(is_second) {
                    // The tags between two addresses are missing.
                    self.end_item();
                }
                if closed == Closed::NeedsEndTag {
                    self.capture = Some((name, field, String::new()));
                }
            }
        }
    }

    fn space(&self, name: &str, attributes: &str) -> Space {
        if let Some((prefix, _)) = name.split_once(':') {
            let declared = self.prefixes.get(prefix).copied();
            return declared.unwrap_or_else(|| Space::of(prefix, None));
        }
        // What begins an item is never inside of another.
        if ["url", "sitemap"]
            .iter()
            .any(|item| name.eq_ignore_ascii_case(item))
        {
            return Space::Sitemap;
        }
        let own = Attributes(attributes).find(|(name, _)| *name == "xmlns");
        match own.map(|(_, address)| Space::of("", Some(&address))) {
            Some(space) if space != Space::Sitemap => space,
            _ => self.scope.map_or(Space::Sitemap, |(_, space)| space),
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((captured, ..)) = &self.capture {
            let is_own = captured.eq_ignore_ascii_case(name);
            let around = [
                "url",
                "sitemap",
                "urlset",
                "sitemapindex",
                "news",
                "image",
                "video",
            ];
            if !is_own
                && !around
                    .iter()
                    .any(|end| local_name(name).eq_ignore_ascii_case(end))
            {
                return;
            }
            self.end_capture();
        }
        if let Some((scope, _)) = self.scope
            && scope.eq_ignore_ascii_case(name)
        {
            self.scope = None;
        }
        match local_name(name).to_ascii_lowercase().as_str() {
            "url" | "sitemap" => self.end_item(),
            "urlset" | "sitemapindex" => self.is_open = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, field, captured)) = &mut self.capture {
            let most = self.limits.field_bytes;
            let before = captured.len();
            push_up_to(captured, text, most);
            self.allowance.take(captured.len() - before);
            let is_matched = matches!(field, Field::Title | Field::Topics | Field::Further);
            if captured.len() > most && is_matched {
                self.item.get_or_insert_default().entry.is_shortened = true;
            }
        }
    }

    fn end_capture(&mut self) {
        let Some((_, field, text)) = self.capture.take() else {
            return;
        };
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        let item = self.item.get_or_insert_default();
        let entry = &mut item.entry;
        let raw = || RawText {
            text: text.to_owned(),
            ..RawText::default()
        };
        match field {
            Field::Location if entry.links.is_empty() => {
                // No sound address has this in it: it was escaped once more than needed.
                let href = text.replace("&amp;", "&");
                if self.allowance.take(href.len() + PIECE_BYTES) {
                    entry.links.reserve_exact(1);
                    entry.links.push(RawLink {
                        href,
                        ..RawLink::default()
                    });
                }
            }
            Field::Location => {}
            Field::Modified => {
                entry.updated = entry
                    .updated
                    .take()
                    .or_else(|| dates::read(text).map(Box::new));
            }
            Field::Published => {
                entry.published = entry
                    .published
                    .take()
                    .or_else(|| dates::read(text).map(Box::new));
            }
            Field::Title if entry.title.is_none() => entry.title = Some(raw()),
            Field::Title | Field::Further => {
                if entry.further.len() >= MOST {
                    entry.is_crowded = true;
                } else if self.allowance.take(PIECE_BYTES) {
                    entry.further.push(raw());
                }
            }
            Field::Publication => item.publication = Some(text.to_owned()),
            Field::Language => {
                let known = self.language.take().filter(|known| **known == *text);
                self.language = known.or_else(|| language_tag(text));
                entry.language.clone_from(&self.language);
            }
            Field::Topics => add_topics(entry, text, self.allowance),
        }
    }

    fn end_item(&mut self) {
        self.end_capture();
        self.scope = None;
        let Some(Item {
            mut entry,
            is_news,
            publication,
        }) = self.item.take()
        else {
            return;
        };
        if self.is_index {
            let Some(link) = entry.links.pop() else {
                return;
            };
            if self.parts.len() >= MOST_URLS {
                self.surplus += 1;
                return;
            }
            self.parts.push(Listed {
                address: link.href,
                changed: entry.updated.map(|date| *date),
            });
            return;
        }
        if !is_news {
            self.plain += usize::from(!entry.links.is_empty());
            return;
        }
        if self.feed.entries.len() >= MOST_URLS {
            self.surplus += 1;
            return;
        }
        if let Some(name) = publication {
            match &self.feed.title {
                None => {
                    self.feed.title = Some(RawText {
                        text: name,
                        ..RawText::default()
                    });
                }
                // Where a sitemap serves several publications, each stands with its articles.
                Some(title) if title.text != name => entry.authors.push(name),
                Some(_) => {}
            }
        }
        self.feed.entries.push(entry);
    }
}

fn add_topics(entry: &mut RawEntry, text: &str, allowance: &ExpansionLimit) {
    let marks = [',', ';', '|', '\n', '،', '؛', '、', '，', '；'];
    let topics = text.split(marks).map(str::trim);
    for topic in topics.filter(|topic| !topic.is_empty()) {
        if entry.categories.len() >= MOST {
            entry.is_crowded = true;
            break;
        }
        if !allowance.take(PIECE_BYTES) {
            break;
        }
        entry.categories.push(topic.to_owned());
    }
}
