//! What an element says for all that it holds: `xml:base` (XML Base) and `xml:lang` (XML 1.0, section 2.12).

use std::rc::Rc;

use url::Url;

use super::attributes::attribute;
use crate::core::feed::links;
use crate::core::feed::raw::language_tag;

/// The bases and languages in force, each with the number of elements around its element.
pub(super) struct Scope<'t> {
    bases: Vec<(usize, Rc<Url>)>,
    /// The address of the document.
    document_base: Option<&'t Url>,
    languages: Vec<(usize, Rc<str>)>,
}

impl<'t> Scope<'t> {
    pub(super) fn of(document_base: Option<&'t Url>) -> Self {
        Self {
            bases: Vec::new(),
            document_base,
            languages: Vec::new(),
        }
    }

    pub(super) fn base(&self) -> Option<&Rc<Url>> {
        self.bases.last().map(|(_, base)| base)
    }

    pub(super) fn language(&self) -> Option<&Rc<str>> {
        self.languages.last().map(|(_, language)| language)
    }

    /// Takes in what an element says that has so many around it; gives its own language.
    pub(super) fn enter(&mut self, depth: usize, attributes: &str) -> Option<Rc<str>> {
        if !attributes.contains("xml:") {
            return None;
        }
        if let Some(base) = attribute(attributes, "xml:base") {
            let around = self.base().map(Rc::as_ref);
            let base = links::base(&base, around.or(self.document_base));
            self.bases.extend(base.map(|base| (depth, Rc::new(base))));
        }
        let language = attribute(attributes, "xml:lang").and_then(|tag| language_tag(&tag))?;
        self.languages.push((depth, Rc::clone(&language)));
        Some(language)
    }

    /// Forgets the bases and languages of elements with so many around them, or more.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.bases.last().is_some_and(|(at, _)| *at >= depth) {
            self.bases.pop();
        }
        while self.languages.last().is_some_and(|(at, _)| *at >= depth) {
            self.languages.pop();
        }
    }
}
