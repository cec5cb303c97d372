//! Where feed-rs does not do: any XML that holds items, read with tolerance.
//!
//! Walks over tokens with a bounded stack of open elements. End tags may be missing or wrong,
//! namespaces undeclared or misspelt, markup unescaped, the document cut off: what can be told of
//! each item is kept. The damage that was met is told with its place.

use std::collections::HashMap;
use std::rc::Rc;

use url::Url;

use super::attributes::{Attributes, attribute};
use super::builder::{Ended, Harvest};
use super::expansion_limit::Allowance;
use super::fields::{self, Field, Rank, Space};
use super::newest::Dates;
use super::raw::{RawFeed, language_tag};
use super::tokens::{Closed, Damage, Token, Tokens};
use super::{Limits, constructs, links, prescan};

/// What a walk found.
pub(super) struct Walk {
    pub feed: RawFeed,
    /// Of all its items, those that were not kept included.
    pub dates: Dates,
    /// Elements that are called like items and are something else: part of a text, or of a vocabulary
    /// that says nothing here.
    pub others: u64,
    /// The first thing that XML forbids.
    pub damage: Option<Damage>,
}

/// Walks over a document that was found at the base, when that is known. `kept` says for each item
/// whether it is kept; without it the first are.
///
/// Ends early when the allowance is spent.
pub(super) fn walk(
    text: &str,
    base: Option<&Url>,
    limits: &Limits,
    kept: Option<&[bool]>,
    allowance: &Allowance,
) -> Walk {
    let mut walker = Walker::new(
        text,
        base,
        Harvest::new(*limits, kept, allowance),
        *limits,
        allowance,
    );
    while !allowance.is_spent()
        && let Some(token) = walker.tokens.next()
    {
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
    let is_inside = !walker.stack.is_empty();
    // Behind the end of the channel nothing was to come but that of the root.
    let is_broken_off = is_inside && !(walker.has_whole_channel && walker.stack.len() == 1);
    if is_inside {
        walker
            .tokens
            .note(text.len(), "the document ends inside an element");
    }
    let is_item_broken = walker.harvest.item_depth().is_some();
    walker.drop_cut();
    walker.close_to(0, text.len());
    let mut walk = walker.finish();
    if is_broken_off {
        let whole = walk.dates.len() - usize::from(is_item_broken);
        walk.feed.loss.broken_off_after = u64::try_from(whole).ok();
    }
    walk
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
    /// By its attributes, an Atom construct of elements. They are looked at once, however long they are.
    holds_elements: bool,
    /// Markup stands inside, so that the content is taken as it stands.
    has_markup: bool,
    /// Elements inside that are called like items, and are its own if it has an end.
    others: u64,
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
    bases: Vec<(usize, Rc<Url>)>,
    /// The address of the document.
    document_base: Option<&'t Url>,
    languages: Vec<(usize, Rc<str>)>,
    capture: Option<Capture<'t>>,
    /// How many elements are around the one whose content is passed over.
    ignored: Option<usize>,
    harvest: Harvest<'t>,
    allowance: &'t Allowance,
    /// See [`Walk::others`].
    others: u64,
    /// The channel of an RSS feed has ended.
    has_whole_channel: bool,
}

impl<'t> Walker<'t> {
    fn new(
        document: &'t str,
        document_base: Option<&'t Url>,
        harvest: Harvest<'t>,
        limits: Limits,
        allowance: &'t Allowance,
    ) -> Self {
        Self {
            document,
            limits,
            tokens: Tokens::new(document),
            stack: Vec::new(),
            overflow: 0,
            spaces: HashMap::new(),
            bases: Vec::new(),
            document_base,
            languages: Vec::new(),
            capture: None,
            ignored: None,
            harvest,
            allowance,
            others: 0,
            has_whole_channel: false,
        }
    }

    fn open(&mut self, tag: &Tag<'t>) {
        let (space, field) = self.meaning(tag);
        if let Some(capture) = &mut self.capture {
            if capture.is_ended_by(space, field) {
                let item_depth = self
                    .harvest
                    .item_depth()
                    .filter(|_| field == Some(Field::Item));
                let depth = item_depth.unwrap_or(capture.depth);
                self.overflow = 0;
                self.close_to(depth, tag.start);
            } else {
                capture.has_markup = true;
                capture.others += u64::from(is_called_item(tag.name));
                // What is closed at once opens nothing, no scope of a base or language either.
                if tag.closed == Closed::Later {
                    self.push(tag, None, Space::Other);
                }
                return;
            }
        }
        // An item is never part of an image or source, nor of a channel's extension: an end tag is missing.
        if let Some(depth) = self
            .ignored
            .filter(|&depth| field == Some(Field::Item) && self.holds_no_items(depth))
        {
            self.tokens.note(tag.start, "element that never ends");
            self.overflow = 0;
            self.close_to(depth, tag.start);
        }
        self.others += u64::from(space == Space::Other && is_called_item(tag.name));
        let default_space = self.default_space(tag.name, tag.attributes);
        if self.ignored.is_some() {
            if tag.closed == Closed::Later {
                self.push(tag, None, default_space);
            }
            return;
        }
        // A foreign container may hold titles and links of something else.
        let is_foreign = space == Space::Other && tag.name.contains(':') && !self.stack.is_empty();
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
        if tag.closed == Closed::Here {
            self.leave_scope(depth);
        }
    }

    /// Whether the element that is passed over, with so many around it, never has items inside.
    fn holds_no_items(&self, depth: usize) -> bool {
        let is_foreign = self
            .stack
            .get(depth)
            .is_none_or(|frame| frame.name.contains(':'));
        self.harvest.item_depth().is_none() || !is_foreign
    }

    /// Starts whatever an element starts. `depth` is the number of elements around it.
    fn begin(&mut self, field: Field, space: Space, tag: &Tag<'t>, depth: usize) {
        let attributes = tag.attributes;
        match field {
            Field::Item => {
                // Where one stands behind the channel, so may others.
                self.has_whole_channel = false;
                let language = self.languages.last().map(|(_, language)| language);
                self.harvest.begin_item(attributes, depth, language);
                if tag.closed == Closed::Here {
                    self.harvest.end_item();
                }
            }
            Field::Ignored if tag.closed == Closed::Later => self.ignored = Some(depth),
            Field::Link if has_target(attributes) => {
                let href = attribute(attributes, "href").unwrap_or_default();
                let base = self.bases.last().map(|(_, base)| base);
                self.harvest.link(&href, attributes, base);
            }
            Field::Category if attribute(attributes, "term").is_some() => {
                let label = attribute(attributes, "label").filter(|label| !label.trim().is_empty());
                let term = label
                    .or_else(|| attribute(attributes, "term"))
                    .unwrap_or_default();
                self.harvest.category(&term);
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
                    holds_elements: constructs::is_markup(attributes),
                    has_markup: false,
                    others: 0,
                });
            }
        }
    }

    fn push(&mut self, tag: &Tag<'t>, field: Option<Field>, default_space: Space) {
        let depth = self.stack.len();
        if self.overflow > 0 || depth >= self.limits.nesting {
            self.overflow += usize::from(tag.closed == Closed::Later);
            return;
        }
        if tag.attributes.contains("xml:") {
            if let Some(base) = attribute(tag.attributes, "xml:base") {
                let around = self.bases.last().map(|(_, around)| around.as_ref());
                let base = links::base(&base, around.or(self.document_base));
                self.bases.extend(base.map(|base| (depth, Rc::new(base))));
            }
            if let Some(language) = attribute(tag.attributes, "xml:lang")
                && let Some(language) = language_tag(&language)
            {
                if depth == 0 {
                    self.harvest.root_language(&language);
                }
                self.languages.push((depth, language));
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
        let is_open = |frame: &Frame<'_>| frame.name.eq_ignore_ascii_case(name);
        let depth = self.stack.iter().rposition(is_open);
        if depth.is_none_or(|depth| depth + 1 < self.stack.len()) {
            self.tokens
                .note(start, "end tag that does not belong there");
        }
        if let Some(depth) = depth {
            let capture = self.capture.as_ref();
            let ended = capture.filter(|capture| capture.depth == depth);
            self.others += ended.map_or(0, |capture| capture.others);
            // The items of RSS 1.0 stand behind their channel.
            self.has_whole_channel |= depth == 1
                && name.eq_ignore_ascii_case("channel")
                && self.stack[0].name.eq_ignore_ascii_case("rss");
            self.close_to(depth, start);
        }
    }

    /// Forgets an address, name or date that the end of the document cut off: half of it is another one's.
    fn drop_cut(&mut self) {
        self.capture.take_if(|capture| {
            matches!(
                capture.field,
                Field::Link | Field::Guid | Field::Id | Field::Published(_) | Field::Updated(_)
            )
        });
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
        if self.harvest.item_depth().is_some_and(|item| item >= depth) {
            self.harvest.end_item();
        }
        self.stack.truncate(depth);
        self.leave_scope(depth);
    }

    /// Forgets the bases and languages of elements with so many around them, or more.
    fn leave_scope(&mut self, depth: usize) {
        while self.bases.last().is_some_and(|(at, _)| *at >= depth) {
            self.bases.pop();
        }
        while self.languages.last().is_some_and(|(at, _)| *at >= depth) {
            self.languages.pop();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture {
            let most = self.limits.field_bytes;
            let before = capture.text.len();
            constructs::push_up_to(&mut capture.text, text, most);
            self.allowance.take(capture.text.len() - before);
            if capture.text.len() > most && capture.is_matched() {
                self.harvest.shorten();
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
            // A feed without vocabulary is known by its name, wherever it stands.
            _ if name.eq_ignore_ascii_case("feed") => Space::Atom,
            _ if name.eq_ignore_ascii_case("rss") => Space::Rss,
            Some(frame) => frame.default_space,
            None if name.eq_ignore_ascii_case("entry") => Space::Atom,
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
        let of_the_feed = self.harvest.item_depth().is_none();
        match field? {
            Field::Hour => (parent == Some(Field::SkipHours)).then_some(Field::Hour),
            Field::Day => (parent == Some(Field::SkipDays)).then_some(Field::Day),
            field @ (Field::Ttl
            | Field::SkipHours
            | Field::SkipDays
            | Field::UpdatePeriod
            | Field::UpdateFrequency) => of_the_feed.then_some(field),
            // A feed has no content; the body of a page around it is no text to be collected.
            field @ Field::Content(_) => (!of_the_feed).then_some(field),
            field => Some(field),
        }
    }

    fn end_capture(&mut self, at: usize) {
        let Some(capture) = self.capture.take() else {
            return;
        };
        let raw = self.document.get(capture.start..at).unwrap_or_default();
        let ended = Ended {
            field: capture.field,
            space: capture.space,
            attributes: capture.attributes,
            text: capture.text,
            markup: capture.has_markup.then_some(raw),
        };
        self.harvest
            .take(ended, self.bases.last().map(|(_, base)| base));
    }

    fn finish(self) -> Walk {
        let (feed, dates) = self.harvest.finish();
        Walk {
            feed,
            dates,
            others: self.others,
            damage: self.tokens.damage,
        }
    }
}

/// Whether an element is called as items are, whatever its vocabulary.
fn is_called_item(name: &str) -> bool {
    prescan::is_item(prescan::local_name(name))
}

/// Whether a link says where it leads by an attribute; else its text does.
fn has_target(attributes: &str) -> bool {
    attribute(attributes, "href").is_some_and(|href| !href.trim().is_empty())
}

impl Capture<'_> {
    /// Whether watches see its text.
    fn is_matched(&self) -> bool {
        matches!(
            self.field,
            Field::Title(_)
                | Field::Summary(_)
                | Field::Content(_)
                | Field::Author(_)
                | Field::Category
        )
    }

    /// Whether an element that begins inside can only mean that this one's end tag is missing.
    fn is_ended_by(&self, space: Space, field: Option<Field>) -> bool {
        if !matches!(space, Space::Rss | Space::Atom) {
            return false;
        }
        let is_long = matches!(self.field, Field::Summary(_) | Field::Content(_));
        match field {
            Some(Field::Item) => !self.holds_elements,
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
