//! A tree looked over once: how deep it is, where its text stands, and what is no article.

use dom_query::{Document, NodeRef};

use crate::core::text::length::amount;
use crate::core::web_page::limits::{DEPTH, LimitExceeded, WORK};
use crate::core::web_page::tree::below;
use crate::core::web_page::visible_text::is_unseen;

/// An element of the body, with what is in it.
pub(super) struct SurveyedElement<'a> {
    pub node: NodeRef<'a>,
    /// Where what is in it ends, in the survey.
    pub end: usize,
    /// How much its text says (see [`amount`]).
    pub text: usize,
    /// How much of that stands in links.
    pub linked: usize,
    /// How many main headings and bodies of articles it holds.
    pub main_parts: usize,
}

/// The elements of a body, in the order of the document.
pub(super) struct Survey<'a> {
    pub elements: Vec<SurveyedElement<'a>>,
    /// How much all of the text says.
    pub text: usize,
}

impl<'a> Survey<'a> {
    /// Looks over what stands below the body.
    pub(super) fn of(document: &'a Document) -> Result<Self, LimitExceeded> {
        let mut elements: Vec<SurveyedElement<'a>> = Vec::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut work = 0_usize;
        let mut total = 0;
        let Some(body) = document.body() else {
            return Ok(Self { elements, text: 0 });
        };
        for (node, depth) in below(body) {
            if depth > DEPTH {
                return Err(LimitExceeded::Depth);
            }
            work += depth;
            while open.last().is_some_and(|&(_, inner)| inner >= depth) {
                close(&mut elements, &mut open);
            }
            if node.is_element() {
                open.push((elements.len(), depth));
                elements.push(SurveyedElement {
                    node,
                    end: 0,
                    text: 0,
                    linked: 0,
                    main_parts: usize::from(is_main_part(&node)),
                });
            } else if node.is_text() {
                let is_seen = !node.parent().is_some_and(|parent| is_unseen(&parent));
                let (bytes, said) = node.query_or((0, 0), |inner| match &inner.data {
                    dom_query::NodeData::Text { contents } => {
                        (contents.len(), if is_seen { amount(contents) } else { 0 })
                    }
                    _ => (0, 0),
                });
                if is_seen {
                    work += bytes / 16 * depth / 4;
                }
                total += said;
                if let Some(&(holder, _)) = open.last() {
                    elements[holder].text += said;
                }
            }
            if work > WORK {
                return Err(LimitExceeded::Work);
            }
        }
        while !open.is_empty() {
            close(&mut elements, &mut open);
        }
        Ok(Self {
            elements,
            text: total,
        })
    }
}

/// Ends the innermost open element, whose text is its holder's, too.
fn close(elements: &mut [SurveyedElement<'_>], open: &mut Vec<(usize, usize)>) {
    let Some((index, _)) = open.pop() else {
        return;
    };
    elements[index].end = elements.len();
    if elements[index].node.has_name("a") {
        elements[index].linked = elements[index].text;
    }
    let SurveyedElement {
        text,
        linked,
        main_parts,
        ..
    } = elements[index];
    if let Some(&(holder, _)) = open.last() {
        elements[holder].text += text;
        elements[holder].linked += linked;
        elements[holder].main_parts += main_parts;
    }
}

/// The main heading of a page, or what is marked as the body of its article.
fn is_main_part(node: &NodeRef<'_>) -> bool {
    node.has_name("h1")
        || node
            .attr("itemprop")
            .is_some_and(|value| value.split_ascii_whitespace().any(|it| it == "articleBody"))
}
