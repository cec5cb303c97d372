//! The tags of a page or an outline, one by one, however broken the document is.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A start or end tag; names are in lower case, as HTML reads them.
pub(super) struct Markup {
    tag: Tag,
}

impl Markup {
    pub(super) fn is_start(&self, name: &str) -> bool {
        self.tag.kind == TagKind::StartTag && &*self.tag.name == name
    }

    pub(super) fn is_end(&self, name: &str) -> bool {
        self.tag.kind == TagKind::EndTag && &*self.tag.name == name
    }

    pub(super) fn is_self_closing(&self) -> bool {
        self.tag.self_closing
    }

    /// An attribute's value without white space at its ends; `None` when missing or empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.tag
            .attrs
            .iter()
            .find(|attribute| &*attribute.name.local == name)
            .map(|attribute| attribute.value.trim())
            .filter(|value| !value.is_empty())
    }
}

/// Gives every tag of the document to `each`, in order.
pub(super) fn tags(document: &str, each: impl FnMut(Markup)) {
    let sink = Sink {
        each: RefCell::new(each),
    };
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(document));
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
}

struct Sink<F> {
    each: RefCell<F>,
}

impl<F: FnMut(Markup)> TokenSink for Sink<F> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            (self.each.borrow_mut())(Markup { tag });
        }
        TokenSinkResult::Continue
    }
}
