//! Where feed-rs does not do: any XML that holds items, read with tolerance.
//!
//! Walks over tokens with a bounded stack of open elements. End tags may be missing or wrong,
//! namespaces undeclared or misspelt, markup unescaped, the document cut off: what can be told of
//! each item is kept. The damage that was met is told with its place.

use url::Url;

use super::attributes::attribute;
use super::builder::FeedBuilder;
use super::element::{Capture, ClosedElement};
use super::names::{is_item, local_name};
use super::namespaces::{Prefixes, default_space};
use super::scope::Scope;
use super::tokenizer::{Closed, Tag, Token, Tokens, WellFormednessErrors};
use crate::core::feed::expansion_limit::{ExpansionLimit, push_up_to};
use crate::core::feed::fields::Field;
use crate::core::feed::newest::Dates;
use crate::core::feed::raw::RawFeed;
use crate::core::feed::vocabularies::{self, Namespace};
use crate::core::feed::{Limits, atom};

/// What was found.
pub(in crate::core::feed) struct Found {
    pub feed: RawFeed,
    /// Of all its items, those that were not kept included.
    pub dates: Dates,
    /// Elements that are called like items and are something else: part of a text, or of a vocabulary
    /// that says nothing here.
    pub others: u64,
    /// The first thing that XML forbids.
    pub damage: Option<WellFormednessErrors>,
}

/// Reads a document that was found at the base, when that is known. `kept` says for each item
/// whether it is kept; without it the first are.
///
/// Ends early when the allowance is spent.
pub(in crate::core::feed) fn read(
    text: &str,
    base: Option<&Url>,
    limits: &Limits,
    kept: Option<&[bool]>,
    allowance: &ExpansionLimit,
) -> Found {
    let mut reader = Reader::new(
        text,
        base,
        FeedBuilder::new(*limits, kept, allowance),
        *limits,
        allowance,
    );
    while !allowance.is_spent()
        && let Some(token) = reader.tokens.next()
    {
        match token {
            Token::Open(tag) => reader.open(&tag),
            Token::Close { name, start } => reader.close(name, start),
            Token::Text(text) => reader.text(&text),
        }
    }
    let is_inside = !reader.stack.is_empty();
    // Behind the end of the channel nothing was to come but that of the root.
    let is_broken_off = is_inside && !(reader.has_whole_channel && reader.stack.len() == 1);
    if is_inside {
        reader
            .tokens
            .note(text.len(), "the document ends inside an element");
    }
    let is_item_broken = reader.builder.item_depth().is_some();
    reader.drop_cut();
    reader.close_to(0, text.len());
    let mut found = reader.finish();
    if is_broken_off {
        let whole = found.dates.len() - usize::from(is_item_broken);
        found.feed.loss.broken_off_after = u64::try_from(whole).ok();
    }
    found
}

/// An open element.
struct Frame<'t> {
    name: &'t str,
    default_space: Namespace,
    field: Option<Field>,
}

struct Reader<'t> {
    document: &'t str,
    limits: Limits,
    tokens: Tokens<'t>,
    stack: Vec<Frame<'t>>,
    /// Elements open below the deepest that is kept.
    overflow: usize,
    prefixes: Prefixes<'t>,
    scope: Scope<'t>,
    capture: Option<Capture<'t>>,
    /// How many elements are around the one whose content is passed over.
    ignored: Option<usize>,
    builder: FeedBuilder<'t>,
    allowance: &'t ExpansionLimit,
    /// See [`Found::others`].
    others: u64,
    /// The channel of an RSS feed has ended.
    has_whole_channel: bool,
}

impl<'t> Reader<'t> {
    fn new(
        document: &'t str,
        document_base: Option<&'t Url>,
        builder: FeedBuilder<'t>,
        limits: Limits,
        allowance: &'t ExpansionLimit,
    ) -> Self {
        Self {
            document,
            limits,
            tokens: Tokens::new(document),
            stack: Vec::new(),
            overflow: 0,
            prefixes: Prefixes::default(),
            scope: Scope::of(document_base),
            capture: None,
            ignored: None,
            builder,
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
                    .builder
                    .item_depth()
                    .filter(|_| field == Some(Field::Item));
                let depth = item_depth.unwrap_or(capture.depth);
                self.overflow = 0;
                self.close_to(depth, tag.start);
            } else {
                capture.has_markup = true;
                capture.others += u64::from(is_item(local_name(tag.name)));
                // What is closed at once opens nothing, no scope of a base or language either.
                if tag.closed == Closed::NeedsEndTag {
                    self.push(tag, None, Namespace::Other);
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
        self.others += u64::from(space == Namespace::Other && is_item(local_name(tag.name)));
        let default_space = self.default_space(tag);
        if self.ignored.is_some() {
            if tag.closed == Closed::NeedsEndTag {
                self.push(tag, None, default_space);
            }
            return;
        }
        // A foreign container may hold titles and links of something else.
        let is_foreign =
            space == Namespace::Other && tag.name.contains(':') && !self.stack.is_empty();
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
        if tag.closed == Closed::SelfClosing {
            self.scope.leave(depth);
        }
    }

    /// Whether the element that is passed over, with so many around it, never has items inside.
    fn holds_no_items(&self, depth: usize) -> bool {
        let is_foreign = self
            .stack
            .get(depth)
            .is_none_or(|frame| frame.name.contains(':'));
        self.builder.item_depth().is_none() || !is_foreign
    }

    /// Starts whatever an element starts. `depth` is the number of elements around it.
    fn begin(&mut self, field: Field, space: Namespace, tag: &Tag<'t>, depth: usize) {
        let attributes = tag.attributes;
        match field {
            Field::Item => {
                // Where one stands behind the channel, so may others.
                self.has_whole_channel = false;
                let language = self.scope.language();
                self.builder.begin_item(attributes, depth, language);
                if tag.closed == Closed::SelfClosing {
                    self.builder.end_item();
                }
            }
            Field::Ignored if tag.closed == Closed::NeedsEndTag => self.ignored = Some(depth),
            Field::Link if has_target(attributes) => {
                let href = attribute(attributes, "href").unwrap_or_default();
                let base = self.scope.base();
                self.builder.link(&href, attributes, base);
            }
            Field::Category if attribute(attributes, "term").is_some() => {
                let label = attribute(attributes, "label").filter(|label| !label.trim().is_empty());
                let term = label
                    .or_else(|| attribute(attributes, "term"))
                    .unwrap_or_default();
                self.builder.category(&term);
            }
            Field::Ignored | Field::SkipHours | Field::SkipDays => {}
            _ if tag.closed == Closed::SelfClosing => {}
            _ => {
                let text = String::new();
                self.capture = Some(Capture {
                    field,
                    space,
                    attributes,
                    depth,
                    text,
                    start: tag.end,
                    holds_elements: atom::is_markup(attributes),
                    has_markup: false,
                    others: 0,
                });
            }
        }
    }

    fn push(&mut self, tag: &Tag<'t>, field: Option<Field>, default_space: Namespace) {
        let depth = self.stack.len();
        if self.overflow > 0 || depth >= self.limits.nesting {
            self.overflow += usize::from(tag.closed == Closed::NeedsEndTag);
            return;
        }
        let language = self.scope.enter(depth, tag.attributes);
        if let Some(language) = language.filter(|_| depth == 0) {
            self.builder.root_language(&language);
        }
        if tag.closed == Closed::NeedsEndTag {
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
        if self.builder.item_depth().is_some_and(|item| item >= depth) {
            self.builder.end_item();
        }
        self.stack.truncate(depth);
        self.scope.leave(depth);
    }

    fn text(&mut self, text: &str) {
        if let Some(capture) = &mut self.capture {
            let most = self.limits.field_bytes;
            let before = capture.text.len();
            push_up_to(&mut capture.text, text, most);
            self.allowance.take(capture.text.len() - before);
            if capture.text.len() > most && capture.is_matched() {
                self.builder.shorten();
            }
        }
    }

    /// Vocabulary and meaning of a tag; the prefixes that it declares are remembered.
    fn meaning(&mut self, tag: &Tag<'t>) -> (Namespace, Option<Field>) {
        self.prefixes.declare(tag.attributes);
        let (space, local) = match tag.name.split_once(':') {
            Some((prefix, local)) => (self.prefixes.space(prefix), local),
            None => (self.default_space(tag), tag.name),
        };
        let field = if local.bytes().any(|byte| byte.is_ascii_uppercase()) {
            vocabularies::field(space, &local.to_ascii_lowercase())
        } else {
            vocabularies::field(space, local)
        };
        (space, field)
    }

    /// The vocabulary of names without prefix in an element with this tag.
    fn default_space(&self, tag: &Tag<'_>) -> Namespace {
        let around = self.stack.last().map(|frame| frame.default_space);
        default_space(tag.name, tag.attributes, around, self.stack.len())
    }

    /// The meaning of an element where it stands.
    fn in_context(&self, field: Option<Field>) -> Option<Field> {
        let parent = self.stack.last().and_then(|frame| frame.field);
        let of_the_feed = self.builder.item_depth().is_none();
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
        let ended = ClosedElement {
            field: capture.field,
            space: capture.space,
            attributes: capture.attributes,
            text: capture.text,
            markup: capture.has_markup.then_some(raw),
        };
        self.builder.take(ended, self.scope.base());
    }

    fn finish(self) -> Found {
        let (feed, dates) = self.builder.finish();
        Found {
            feed,
            dates,
            others: self.others,
            damage: self.tokens.damage,
        }
    }
}

/// Whether a link says where it leads by an attribute; else its text does.
fn has_target(attributes: &str) -> bool {
    attribute(attributes, "href").is_some_and(|href| !href.trim().is_empty())
}
