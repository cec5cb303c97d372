//! A pruned tree to the blocks of its article.

use dom_query::{Document, Matcher, NodeRef};
use dom_smoothie::{Config, Readability};

use super::blocks::{Block, blocks, of_the_article};

/// Whether an element holds what is marked as an article.
pub(super) fn has_article(node: &NodeRef<'_>) -> bool {
    let found = Matcher::new("article, [itemprop='articleBody']");
    found.is_ok_and(|matcher| {
        dom_query::Selection::from(*node)
            .select_single_matcher(&matcher)
            .exists()
    })
}

/// The text of the elements that a selector names, in the order of the document, what is inside of another
/// only once. `None` when it names none.
pub(super) fn selected(document: &Document, selector: &str) -> Option<Vec<Block>> {
    let found = document.try_select(selector)?;
    let mut roots: Vec<NodeRef<'_>> = Vec::new();
    let mut chosen = std::collections::HashSet::new();
    // Holders stand before what they hold.
    for node in found.nodes() {
        let is_inside = node
            .ancestors_it(None)
            .any(|ancestor| chosen.contains(&ancestor.id));
        if !is_inside {
            chosen.insert(node.id);
            roots.push(*node);
        }
    }
    Some(blocks(&roots))
}

/// Takes out what a configuration asks to take out.
pub(super) fn remove(document: &Document, selectors: &[String]) {
    for selector in selectors {
        if let Some(found) = document.try_select(selector) {
            found.remove();
        }
    }
}

/// The article that is found by where the text of a page stands.
pub(super) fn found(document: Document, title: Option<&str>) -> Vec<Block> {
    head_of(&document, title);
    let config = Config {
        // Read before, and better.
        disable_json_ld: true,
        ..Config::default()
    };
    let Ok(mut readability) = Readability::with_document(document, None, Some(config)) else {
        return Vec::new();
    };
    if readability.parse().is_err() {
        return Vec::new();
    }
    let article = readability.doc.select_single("#readability-page-1");
    of_the_article(blocks(article.nodes()), title)
}

/// Leaves of the head only what extraction compares with headings; it would compare each with each, however long
/// they are.
fn head_of(document: &Document, title: Option<&str>) {
    let Some(head) = document.head() else {
        return;
    };
    head.remove_children();
    if let Some(title) = title {
        let element = document.tree.new_element("meta");
        element.set_attr("property", "og:title");
        element.set_attr("content", title);
        head.append_child(&element);
    }
}
