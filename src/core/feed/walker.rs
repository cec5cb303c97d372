//! The last resort: any XML that holds items, read with tolerance.
//!
//! Walks over tokens with a bounded stack of open elements. End tags may be missing or wrong,
//! namespaces undeclared or misspelt, markup unescaped, the document cut off: what can be told of
//! each item is kept. The damage that was met is told with its place.

use std::borrow::Cow;
use std::collections::HashMap;

use url::Url;

use super::fields::{self, Field, Rank, Space};
use super::hints::{self, UpdateRhythm};
use super::raw::{IdRole, RawEntry, RawFeed, RawLink, Relation};
use super::tokens::{Attributes, Closed, Damage, Token, Tokens, attribute};
use super::{Limits, constructs, dates};

/// What a walk found.
pub(super) struct Walk {
    pub feed: RawFeed,
    /// The first thing that XML forbids.
    pub damage: Option<Damage>,
    /// Where reading stopped, when there was too much damage to go on.
    pub gave_up_at: Option<usize>,
}

/// Walks over a document.
pub(super) fn walk(text: &str, limits: &Limits) -> Walk {
    let mut walker = Walker::new(text, *limits);
    while let Some(token) = walker.tokens.next() {
        match token {
            Token::Open {
                name,
                attributes,
                closed,
                start,
                end,
            } => {
                walker.open(&Tag {
                    name,
                    attributes,
                    closed,
                    start,
                    end,
                });
            }
            Token::Close { name, start } => walker.close(name, start),
            Token::Text(text) => walker.text(&text),
        }
    }
    if !walker.stack.is_empty() {
        walker
            .tokens
            .note(text.len(), "the document ends inside an element");
    }
    walker.close_to(0, text.len());
    walker.finish()
}

/// A start tag.
struct Tag<'t> {
    name: &'t str,
    attributes: &'t str,
    closed: Closed,
    start: usize,
    end: usize,
}

/// An open element.
struct Frame<'t> {
    name: &'t str,
    default_space: Space,
    field: Option<Field>,
}

/// An element whose text is being collected.
struct Capture<'t> {
    field: Field,
    space: Space,
    attributes: &'t str,
    /// How many elements are around it.
    depth: usize,
    text: String,
    /// Where its content begins in the document.
    start: usize,
    /// Markup stands inside, so that the content is taken as it stands.
    has_markup: bool,
}

/// How good the values are that were kept.
#[derive(Default)]
struct Ranks {
    title: Option<Rank>,
    summary: Option<Rank>,
    content: Option<Rank>,
    published: Option<Rank>,
    updated: Option<Rank>,
    author: Option<Rank>,
}

/// The item being read.
#[derive(Default)]
struct OpenItem {
    entry: RawEntry,
    /// How many elements are around it.
    depth: usize,
    ranks: Ranks,
}

struct Walker<'t> {
    document: &'t str,
    limits: Limits,
    tokens: Tokens<'t>,
    stack: Vec<Frame<'t>>,
    /// Elements open below the deepest that is kept.
    overflow: usize,
    spaces: HashMap<&'t str, Space>,
    /// `xml:base` and `xml:lang` in force, each with the number of elements around its element.
    bases: Vec<(usize, Url)>,
    languages: Vec<(usize, String)>,
    capture: Option<Capture<'t>>,
    item: Option<OpenItem>,
    /// How many elements are around the one whose content is passed over.
    ignored: Option<usize>,
    feed: RawFeed,
    feed_ranks: Ranks,
    rhythm: UpdateRhythm,
}

impl<'t> Walker<'t> {
    fn new(document: &'t str, limits: Limits) -> Self {
        Self {
            document,
            limits,
            tokens: Tokens::new(document),
            stack: Vec::new(),
            overflow: 0,
            spaces: HashMap::new(),
            bases: Vec::new(),
            languages: Vec::new(),
            capture: None,
            item: None,
            ignored: None,
            feed: RawFeed::default(),
            feed_ranks: Ranks::default(),
            rhythm: UpdateRhythm::default(),
        }
    }

    fn open(&mut self, tag: &Tag<'t>) {
        let (space, field) = self.meaning(tag);
        if let Some(capture) = &mut self.capture {
            if capture.is_ended_by(space, field) {
                let depth = if field == Some(Field::Item) {
                    self.item.as_ref().map(|item| item.depth)
                } else {
                    None
                };
                let depth = depth.unwrap_or(capture.depth);
                self.overflow = 0;
                self.close_to(depth, tag.start);
            } else {
                capture.has_markup = true;
                self.push(tag, None, Space::Other);
                return;
            }
        }
        // An item is never part of a channel's image or extension: an end tag is missing.
        if let Some(depth) = self
            .ignored
            .filter(|_| field == Some(Field::Item) && self.item.is_none())
        {
            self.tokens.note(tag.start, "element that never ends");
            self.overflow = 0;
            self.close_to(depth, tag.start);
        }
        let default_space = self.default_space(tag.name, tag.attributes);
        if self.ignored.is_some() {
            self.push(tag, None, default_space);
            return;
        }
        // A foreign container may hold titles and links of something else.
        let is_foreign = space == Space::Other && tag.name.contains(':') && self.stack.len() >= 2;
        let field = if is_foreign {
            Some(Field::Ignored)
        } else {
            self.in_context(field)
        };
        let depth = self.stack.len();
        self.push(tag, field, default_space);
        if let Some(field) = field {
            self.begin(field, space, tag, depth);
        }
    }

    /// Starts whatever an element starts. `depth` is the number of elements around it.
    fn begin(&mut self, field: Field, space: Space, tag: &Tag<'t>, depth: usize) {
        let attributes = tag.attributes;
        match field {
            Field::Item => {
                // Items are never inside items: the end tag of the one before is missing.
                self.finish_item();
                self.item = Some(self.new_item(attributes, depth));
                if tag.closed == Closed::Here {
                    self.finish_item();
                }
            }
            Field::Ignored if tag.closed == Closed::Later => self.ignored = Some(depth),
            Field::Link if attribute(attributes, "href").is_some() => {
                let href = attribute(attributes, "href")
                    .unwrap_or_default()
                    .into_owned();
                let relation = Relation::of(attribute(attributes, "rel").as_deref());
                self.add_link(href, relation);
            }
            Field::Category if attribute(attributes, "term").is_some() => {
                let label = attribute(attributes, "label").filter(|label| !label.trim().is_empty());
                let term = label
                    .or_else(|| attribute(attributes, "term"))
                    .unwrap_or_default();
                self.add_category(&term);
            }
            Field::Ignored | Field::SkipHours | Field::SkipDays => {}
            _ if tag.closed == Closed::Here => {}
            _ => {
                let text = String::new();
                self.capture = Some(Capture {
                    field,
                    space,
                    attributes,
                    depth,
                    text,
                    start: tag.end,
                    has_markup: false,
                });
            }
        }
    }

    fn new_item(&self, attributes: &str, depth: usize) -> OpenItem {
        let mut item = OpenItem {
            depth,
            ..OpenItem::default()
        };
        item.entry.language = self.languages.last().map(|(_, language)| language.clone());
        item.entry.id = attribute(attributes, "rdf:about")
            .map(Cow::into_owned)
            .filter(|id| !id.trim().is_empty());
        item
    }

    fn push(&mut self, tag: &Tag<'t>, field: Option<Field>, default_space: Space) {
        let depth = self.stack.len();
        if self.overflow > 0 || depth >= self.limits.nesting {
            self.overflow += usize::from(tag.closed == Closed::Later);
            return;
        }
        if tag.attributes.contains("xml:") {
            if let Some(base) = attribute(tag.attributes, "xml:base") {
                let base = match self.bases.last() {
                    Some((_, around)) => around.join(base.trim()),
                    None => Url::parse(base.trim()),
                };
                self.bases.extend(base.ok().map(|base| (depth, base)));
            }
            if let Some(language) = attribute(tag.attributes, "xml:lang") {
                if self.capture.is_none() && self.item.is_none() && self.feed.language.is_none() {
                    self.feed.language = Some(language.clone().into_owned());
                }
                self.languages.push((depth, language.into_owned()));
            }
        }
        if tag.closed == Closed::Later {
            self.stack.push(Frame {
                name: tag.name,
                default_space,
                field,
            });
        }
    }

    fn close(&mut self, name: &str, start: usize) {
        if self.overflow > 0 {
            self.overflow -= 1;
            return;
        }
        let depth = self.stack.iter().rposition(|frame| frame.name == name);
        if depth.is_none_or(|depth| depth + 1 < self.stack.len()) {
            self.tokens
                .note(start, "end tag that does not belong there");
        }
        if let Some(depth) = depth {
            self.close_to(depth, start);
        }
    }

    /// Closes elements until so many are open.
    fn close_to(&mut self, depth: usize, at: usize) {
        if self
            .capture
            .as_ref()
            .is_some_and(|capture| capture.depth >= depth)
        {
            self.end_capture(at);
        }
        if self.ignored.is_some_and(|ignored| ignored >= depth) {
            self.ignored = None;
        }
        if self.item.as_ref().is_some_and(|item| item.depth >= depth) {
            self.finish_item();
        }
        self.stack.truncate(depth);
        while self.bases.last().is_some_and(|(at, _)| *at >= depth) {
            self.bases.pop();
        }
        while self.languages.last().is_some_and(|(at, _)| *at >= depth) {
            self.languages.pop();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture {
            // Longer text than is kept need not be collected; the assembly cuts and counts it.
            if capture.text.len() <= self.limits.field_bytes {
                capture.text.push_str(text);
            }
        }
    }

    /// Vocabulary and meaning of a tag; the prefixes that it declares are remembered.
    fn meaning(&mut self, tag: &Tag<'t>) -> (Space, Option<Field>) {
        if tag.attributes.contains("xmlns:") && self.spaces.len() < 256 {
            for (attribute, value) in Attributes(tag.attributes) {
                if let Some(prefix) = attribute.strip_prefix("xmlns:") {
                    self.spaces.insert(prefix, Space::of_address(&value));
                }
            }
        }
        let (space, local) = match tag.name.split_once(':') {
            Some((prefix, local)) => {
                let declared = self.spaces.get(prefix).copied();
                (declared.unwrap_or_else(|| Space::of_prefix(prefix)), local)
            }
            None => (self.default_space(tag.name, tag.attributes), tag.name),
        };
        let field = if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
            fields::field(space, &local.to_ascii_lowercase())
        } else {
            fields::field(space, local)
        };
        (space, field)
    }

    /// The vocabulary of names without prefix in an element with these attributes.
    fn default_space(&self, name: &str, attributes: &str) -> Space {
        let around = match self.stack.last() {
            Some(frame) => frame.default_space,
            // A root without vocabulary is known by its name.
            None if is_atom_root(name) => Space::Atom,
            None => Space::Rss,
        };
        match attribute(attributes, "xmlns") {
            // An unknown vocabulary of the root is a misspelt one.
            Some(address) => match Space::of_address(&address) {
                Space::Other if self.stack.len() < 2 => Space::Rss,
                space => space,
            },
            None => around,
        }
    }

    /// The meaning of an element where it stands.
    fn in_context(&self, field: Option<Field>) -> Option<Field> {
        let parent = self.stack.last().and_then(|frame| frame.field);
        let of_the_feed = self.item.is_none();
        match field? {
            Field::Hour => (parent == Some(Field::SkipHours)).then_some(Field::Hour),
            Field::Day => (parent == Some(Field::SkipDays)).then_some(Field::Day),
            field @ (Field::Ttl
            | Field::SkipHours
            | Field::SkipDays
            | Field::UpdatePeriod
            | Field::UpdateFrequency) => of_the_feed.then_some(field),
            field => Some(field),
        }
    }

    fn end_capture(&mut self, at: usize) {
        let Some(capture) = self.capture.take() else {
            return;
        };
        let raw = self.document.get(capture.start..at).unwrap_or_default();
        let markup = capture.has_markup.then_some(raw);
        match capture.field {
            Field::Title(rank) => {
                let text =
                    constructs::title(capture.space, capture.attributes, capture.text, markup);
                self.keep(
                    rank,
                    Some(text),
                    |entry| &mut entry.title,
                    |ranks| &mut ranks.title,
                    |feed| Some(&mut feed.title),
                );
            }
            Field::Summary(rank) => {
                let text =
                    constructs::body(capture.space, capture.attributes, capture.text, markup);
                self.keep(
                    rank,
                    text,
                    |entry| &mut entry.summary,
                    |ranks| &mut ranks.summary,
                    |_| None,
                );
            }
            Field::Content(rank) => {
                let text =
                    constructs::body(capture.space, capture.attributes, capture.text, markup);
                self.keep(
                    rank,
                    text,
                    |entry| &mut entry.content,
                    |ranks| &mut ranks.content,
                    |_| None,
                );
            }
            Field::Author(rank) => {
                self.add_author(
                    rank,
                    capture.space,
                    constructs::person(&capture.text, markup),
                );
            }
            field => self.end_short(field, capture.attributes, &capture.text),
        }
    }

    /// Fields that hold one word, number or address.
    fn end_short(&mut self, field: Field, attributes: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match field {
            Field::Link => self.add_link(text.to_owned(), Relation::Alternate),
            Field::Guid => {
                let is_name = attribute(attributes, "isPermaLink")
                    .is_some_and(|value| value.trim().eq_ignore_ascii_case("false"));
                self.add_id(
                    text,
                    if is_name {
                        IdRole::Name
                    } else {
                        IdRole::Address
                    },
                );
            }
            Field::Id => self.add_id(text, IdRole::Name),
            Field::Published(rank) => {
                let instant = dates::parse(text);
                self.keep(
                    rank,
                    instant,
                    |entry| &mut entry.published,
                    |ranks| &mut ranks.published,
                    |_| None,
                );
            }
            Field::Updated(rank) => {
                let instant = dates::parse(text);
                self.keep(
                    rank,
                    instant,
                    |entry| &mut entry.updated,
                    |ranks| &mut ranks.updated,
                    |_| None,
                );
            }
            Field::Category => self.add_category(text),
            Field::Language => match &mut self.item {
                Some(item) => item.entry.language = Some(text.to_owned()),
                None => self.feed.language = Some(text.to_owned()),
            },
            Field::Ttl => self.feed.hints.ttl_minutes = hints::ttl(text),
            Field::UpdatePeriod => self.rhythm.period(text),
            Field::UpdateFrequency => self.rhythm.frequency(text),
            Field::Hour => hints::add_skip_hour(&mut self.feed.hints, text),
            Field::Day => hints::add_skip_day(&mut self.feed.hints, text),
            _ => {}
        }
    }

    /// Keeps a value of the item, or of the feed, unless a better one is there. Of equals the
    /// last counts, as with feed-rs.
    fn keep<T>(
        &mut self,
        rank: Rank,
        value: Option<T>,
        of_entry: impl Fn(&mut RawEntry) -> &mut Option<T>,
        of_ranks: impl Fn(&mut Ranks) -> &mut Option<Rank>,
        of_feed: impl Fn(&mut RawFeed) -> Option<&mut Option<T>>,
    ) {
        let (slot, ranks) = match &mut self.item {
            Some(item) => (Some(of_entry(&mut item.entry)), &mut item.ranks),
            None => (of_feed(&mut self.feed), &mut self.feed_ranks),
        };
        let (Some(slot), Some(value)) = (slot, value) else {
            return;
        };
        let kept = of_ranks(ranks);
        if kept.is_none_or(|kept| rank <= kept) {
            *slot = Some(value);
            *kept = Some(rank);
        }
    }

    fn add_link(&mut self, href: String, relation: Relation) {
        let link = RawLink {
            href,
            relation,
            base: self.bases.last().map(|(_, base)| base.clone()),
        };
        let links = match &mut self.item {
            Some(item) => &mut item.entry.links,
            None => &mut self.feed.links,
        };
        if links.len() < 100 {
            links.push(link);
        }
    }

    fn add_id(&mut self, id: &str, role: IdRole) {
        match &mut self.item {
            Some(item) => {
                // A guid stands above the rdf:about that came with the tag; a second guid is none.
                item.entry.id = Some(id.to_owned());
                item.entry.id_role = role;
            }
            None => self.feed.id = Some(id.to_owned()),
        }
    }

    fn add_category(&mut self, category: &str) {
        if let Some(item) = &mut self.item
            && item.entry.categories.len() < 1000
        {
            item.entry.categories.push(category.to_owned());
        }
    }

    fn add_author(&mut self, rank: Rank, space: Space, author: String) {
        if author.is_empty() {
            return;
        }
        let (authors, kept) = match &mut self.item {
            Some(item) => (&mut item.entry.authors, &mut item.ranks.author),
            // Only Atom says that a feed's author wrote its entries.
            None if space == Space::Atom => (&mut self.feed.authors, &mut self.feed_ranks.author),
            None => return,
        };
        match *kept {
            Some(kept) if kept < rank => return,
            Some(kept) if kept > rank => authors.clear(),
            _ => {}
        }
        *kept = Some(rank);
        if authors.len() < 100 {
            authors.push(author);
        }
    }

    fn finish_item(&mut self) {
        if let Some(item) = self.item.take() {
            if self.feed.entries.len() < self.limits.entries {
                self.feed.entries.push(item.entry);
            } else {
                self.feed.entries_cut += 1;
            }
        }
    }

    fn finish(mut self) -> Walk {
        self.feed.hints.update_interval_seconds = self.rhythm.interval_seconds();
        Walk {
            feed: self.feed,
            damage: self.tokens.damage,
            gave_up_at: self.tokens.gave_up_at,
        }
    }
}

fn is_atom_root(name: &str) -> bool {
    name.eq_ignore_ascii_case("feed") || name.eq_ignore_ascii_case("entry")
}

impl Capture<'_> {
    /// Whether an element that begins inside can only mean that this one's end tag is missing.
    fn is_ended_by(&self, space: Space, field: Option<Field>) -> bool {
        if !matches!(space, Space::Rss | Space::Atom) {
            return false;
        }
        let is_long = matches!(self.field, Field::Summary(_) | Field::Content(_));
        match field {
            Some(Field::Item) => !constructs::is_markup(self.attributes),
            Some(Field::Guid | Field::Published(Rank::Proper) | Field::Updated(_)) => true,
            // HTML has elements of these names, though hardly in a title.
            Some(Field::Link | Field::Summary(_) | Field::Content(_) | Field::Category) => {
                !is_long && !matches!(self.field, Field::Author(_))
            }
            Some(Field::Title(_)) => {
                !is_long && !matches!(self.field, Field::Title(_) | Field::Author(_))
            }
            _ => false,
        }
    }
}
