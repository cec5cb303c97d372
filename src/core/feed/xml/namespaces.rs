//! Which vocabulary a name is of: by its prefix, or by the default in force (Namespaces in XML 1.0).

use std::collections::HashMap;

use super::attributes::{Attributes, attribute};
use crate::core::feed::vocabularies::Namespace;

/// Declarations of prefixes that are heeded.
const MOST_PREFIXES: usize = 256;

/// The prefixes that were declared anywhere before.
#[derive(Default)]
pub(super) struct Prefixes<'t>(HashMap<&'t str, Namespace>);

impl<'t> Prefixes<'t> {
    /// Remembers the prefixes that a tag declares.
    pub(super) fn declare(&mut self, attributes: &'t str) {
        if attributes.contains("xmlns:") && self.0.len() < MOST_PREFIXES {
            for (attribute, value) in Attributes(attributes) {
                if let Some(prefix) = attribute.strip_prefix("xmlns:") {
                    self.0.insert(prefix, Namespace::of_address(&value));
                }
            }
        }
    }

    /// The vocabulary of a prefix: as declared, else by custom.
    pub(super) fn space(&self, prefix: &str) -> Namespace {
        let declared = self.0.get(prefix).copied();
        declared.unwrap_or_else(|| Namespace::of_prefix(prefix))
    }
}

/// The vocabulary of names without prefix in an element with this name and these attributes, given that of the element
/// around it and how many are around it.
pub(super) fn default_space(
    name: &str,
    attributes: &str,
    around: Option<Namespace>,
    depth: usize,
) -> Namespace {
    let around = match around {
        // A feed without vocabulary is known by its name, wherever it stands.
        _ if name.eq_ignore_ascii_case("feed") => Namespace::Atom,
        _ if name.eq_ignore_ascii_case("rss") => Namespace::Rss,
        Some(space) => space,
        None if name.eq_ignore_ascii_case("entry") => Namespace::Atom,
        None => Namespace::Rss,
    };
    match attribute(attributes, "xmlns") {
        // An unknown vocabulary of the root is a misspelt one.
        Some(address) => match Namespace::of_address(&address) {
            Namespace::Other if depth < 2 => Namespace::Rss,
            space => space,
        },
        None => around,
    }
}
