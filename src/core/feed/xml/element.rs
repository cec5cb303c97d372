//! Elements: an element whose text is being collected, and one that ended.

use crate::core::feed::fields::{ElementRank, Field};
use crate::core::feed::raw::{RawText, TextKind};
use crate::core::feed::vocabularies::Namespace;
use crate::core::feed::{atom, rss};

/// An element whose text is being collected.
pub(super) struct Capture<'t> {
    pub field: Field,
    pub space: Namespace,
    pub attributes: &'t str,
    /// How many elements are around it.
    pub depth: usize,
    pub text: String,
    /// Where its content begins in the document.
    pub start: usize,
    /// By its attributes, an Atom construct of elements. They are looked at once, however long they are.
    pub holds_elements: bool,
    /// Markup stands inside, so that the content is taken as it stands.
    pub has_markup: bool,
    /// Elements inside that are called like items, and are its own if it has an end.
    pub others: u64,
}

impl Capture<'_> {
    /// Whether watches see its text.
    pub(super) fn is_matched(&self) -> bool {
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
    pub(super) fn is_ended_by(&self, space: Namespace, field: Option<Field>) -> bool {
        if !matches!(space, Namespace::Rss | Namespace::Atom) {
            return false;
        }
        let is_long = matches!(self.field, Field::Summary(_) | Field::Content(_));
        match field {
            Some(Field::Item) => !self.holds_elements,
            Some(Field::Guid | Field::Published(ElementRank::Proper) | Field::Updated(_)) => true,
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

/// An element that ended, with all that it held.
pub(super) struct ClosedElement<'t> {
    pub field: Field,
    pub space: Namespace,
    pub attributes: &'t str,
    /// Its text, references resolved, without tags.
    pub text: String,
    /// Its content as it stands, when there are elements in it.
    pub markup: Option<&'t str>,
}

impl ClosedElement<'_> {
    /// Its text as a title.
    pub(super) fn title(self, bytes: usize) -> RawText {
        match self.markup {
            Some(markup) => atom::xhtml(markup, bytes),
            None if self.space == Namespace::Atom => atom::title(self.attributes, self.text),
            None => RawText {
                text: self.text,
                kind: TextKind::Unsaid,
            },
        }
    }

    /// Its text as a summary or a content; `None` when it is no text at all, such as an image.
    pub(super) fn body(self, bytes: usize) -> Option<RawText> {
        match self.markup {
            Some(markup) => Some(atom::xhtml(markup, bytes)),
            None if self.text.trim().is_empty() => None,
            None if self.space == Namespace::Atom => atom::body(self.attributes, self.text),
            None => Some(RawText {
                text: self.text,
                kind: TextKind::Unsaid,
            }),
        }
    }

    /// Its text as a person: Atom has an element for the name and one for the address, RSS one text for both.
    pub(super) fn person(&self, bytes: usize) -> String {
        match self.markup {
            Some(markup) => atom::person(markup, bytes),
            None => rss::person(self.text.trim()),
        }
    }
}

#[cfg(test)]
mod tests;
