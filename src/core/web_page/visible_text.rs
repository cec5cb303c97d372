//! How much of a page's text a reader sees.

use dom_query::{Document, NodeRef};
use html5ever::local_name;

use super::tree::below;
use crate::core::text::length::amount;

/// How much all of a page's text says.
pub(in crate::core) fn body_text_length(document: &Document) -> usize {
    document.body().map_or(0, |body| visible_text_length(&body))
}

/// How much the text below an element says that a reader sees.
pub(in crate::core) fn visible_text_length(root: &NodeRef<'_>) -> usize {
    let mut unseen_from = usize::MAX;
    let mut sum = 0;
    for (node, depth) in below(*root) {
        if depth > unseen_from {
            continue;
        }
        unseen_from = usize::MAX;
        if is_unseen(&node) {
            unseen_from = depth;
        } else {
            sum += node.query_or(0, |inner| match &inner.data {
                dom_query::NodeData::Text { contents } => amount(contents),
                _ => 0,
            });
        }
    }
    sum
}

/// Elements whose text no reader sees.
pub(in crate::core) fn is_unseen(node: &NodeRef<'_>) -> bool {
    node.qual_name_ref().is_some_and(|name| {
        matches!(
            name.local,
            local_name!("script")
                | local_name!("style")
                | local_name!("noscript")
                | local_name!("template")
                | local_name!("svg")
                | local_name!("iframe")
                | local_name!("textarea")
                | local_name!("select")
        )
    })
}
