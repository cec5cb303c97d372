//! A pruned tree to the blocks of its article.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::blocks::{Block, blocks, folded, of_the_article};
use crate::core::text::length::amount;
use crate::core::web_page::visible_text::visible_text_length;

/// The text of the elements that a selector names, in the order of the document, what is inside of another
/// only once. `None` when it names none.
pub(super) fn selected(document: &Document, selector: &str) -> Option<Vec<Block>> {
    let found = document.try_select(selector)?;
    let mut roots: Vec<NodeRef<'_>> = Vec::new();
    let mut chosen = HashSet::new();
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

/// The article of a page.
pub(super) fn found(document: Document, title: Option<&str>) -> Vec<Block> {
    head_of(&document, title);
    let of = |node: NodeRef<'_>| of_the_article(blocks(&[node]), title);
    let marked_node = marked(&document);
    let marked = marked_node.map_or_else(Vec::new, of);
    let body = certain(&document).map(|nodes| of_the_article(blocks(&nodes), title));
    let standfirst = standfirst(&document, marked_node, title);
    let mut found = by_weight(document, title);
    if let Some(body) = body
        && is_elsewhere(&found, &body)
    {
        found = body;
    }
    let mut found = completed(found, marked.clone());
    if found.is_empty() {
        found = marked;
    }
    if let Some(standfirst) = standfirst {
        let said = folded(&standfirst.text);
        if !found
            .iter()
            .any(|block| folded(&block.text).contains(&said))
        {
            found.insert(0, standfirst);
        }
    }
    found
}

/// What a page marks as its article: of several the one with the most text.
fn marked(document: &Document) -> Option<NodeRef<'_>> {
    let of = |selector: &str| {
        outermost(document, selector)
            .into_iter()
            .max_by_key(visible_text_length)
    };
    of("article").or_else(|| of("main"))
}

/// What a page marks so that nothing else is its article: bodies of articles, or the only article, with paragraphs.
fn certain(document: &Document) -> Option<Vec<NodeRef<'_>>> {
    let has_paragraphs = |nodes: &Vec<NodeRef<'_>>| {
        blocks(nodes)
            .iter()
            .filter(|block| block.is_prose())
            .count()
            >= PARAGRAPHS
    };
    let bodies = Some(outermost(document, "[itemprop~='articleBody']"));
    // Comments may be articles, too: those without headings and times, below the one with the main heading.
    let article = || {
        let found = outermost(document, "article");
        let has = |node: &NodeRef<'_>, selector: &str| {
            let found = dom_query::Selection::from(*node);
            found
                .try_select(selector)
                .is_some_and(|found| found.exists())
        };
        let (main, others): (Vec<NodeRef<'_>>, Vec<NodeRef<'_>>) = found
            .iter()
            .partition(|node| found.len() == 1 || has(node, "h1"));
        let is_only = main.len() == 1 && !others.iter().any(|node| has(node, "h2, h3, h4, time"));
        is_only.then_some(main)
    };
    bodies
        .filter(has_paragraphs)
        .or_else(|| article().filter(has_paragraphs))
}

/// Paragraphs that a certain article has at least.
const PARAGRAPHS: usize = 3;

fn outermost<'a>(document: &'a Document, selector: &str) -> Vec<NodeRef<'a>> {
    let found = document.select(selector);
    let mut chosen = HashSet::new();
    let nodes = found.nodes().iter().take(200).copied();
    nodes
        .filter(|node| {
            let is_outer = !node.ancestors_it(None).any(|it| chosen.contains(&it.id));
            chosen.insert(node.id);
            is_outer
        })
        .collect()
}

/// Whether less than half of what was found stands in the body of the article.
fn is_elsewhere(found: &[Block], body: &[Block]) -> bool {
    let known: HashSet<&str> = body.iter().map(|block| block.text.as_str()).collect();
    let said = |is: &dyn Fn(&&Block) -> bool| -> usize {
        let blocks = found.iter().filter(is);
        blocks.map(|block| amount(&block.text)).sum()
    };
    said(&|block| known.contains(block.text.as_str())) * 2 < said(&|_| true)
}

/// How much a standfirst says at least and at most, and how far behind the main heading it may stand.
const STANDFIRST: std::ops::Range<usize> = 40..1200;
const ELEMENTS_BEFORE_STANDFIRST: usize = 3;

/// The sentence directly below the main heading: it sums the story up, and often stands in its head.
fn standfirst(
    document: &Document,
    marked: Option<NodeRef<'_>>,
    title: Option<&str>,
) -> Option<Block> {
    let headings = document.select("h1");
    let title = title.map(folded);
    let is_main = |heading: &&NodeRef<'_>| {
        let own = folded(&heading.text());
        let is_title = title
            .as_ref()
            .is_some_and(|title| !own.is_empty() && *title == own);
        // The name of a site may be one, too.
        is_title
            || marked.is_some_and(|marked| {
                let mut outer = heading.ancestors_it(None);
                outer.any(|node| node.id == marked.id)
            })
    };
    let heading = headings.nodes().iter().take(20).find(is_main)?;
    let mut next = heading.next_element_sibling();
    for _ in 0..ELEMENTS_BEFORE_STANDFIRST {
        let node = next?;
        let mut said = blocks(&[node]);
        if said
            .iter()
            .any(|block| STANDFIRST.contains(&amount(&block.text)))
        {
            // More is the story.
            return said
                .pop()
                .filter(|block| said.is_empty() && !block.is_link())
                .filter(|block| STANDFIRST.contains(&amount(&block.text)))
                .map(|mut block| {
                    block.is_heading = false;
                    block
                });
        }
        next = node.next_element_sibling();
    }
    None
}

/// What was found by weight, with what it lacks of the element marked as the article: what stands before it, and
/// paragraphs made like its own. Where these are in several boxes, some boxes are lost.
fn completed(found: Vec<Block>, marked: Vec<Block>) -> Vec<Block> {
    let known: HashSet<&str> = found.iter().map(|block| block.text.as_str()).collect();
    let is_known = |block: &Block| known.contains(block.text.as_str());
    let own = |block: &&Block| is_known(block) && block.is_prose();
    let makes: HashSet<u64> = marked.iter().filter(own).map(|block| block.make).collect();
    let sum = |blocks: &mut dyn Iterator<Item = &Block>| -> usize {
        blocks.map(|block| amount(&block.text)).sum()
    };
    let said = sum(&mut found.iter());
    let shared = sum(&mut marked.iter().filter(|block| is_known(block)));
    let is_elsewhere = shared * 2 < said || makes.is_empty();
    let first = marked.iter().position(|block| own(&block));
    let is_lost = |(at, block): (usize, &Block)| {
        let is_own =
            is_elsewhere || first.is_some_and(|first| at < first) || makes.contains(&block.make);
        is_own && !is_known(block) && block.is_prose()
    };
    let lost: Vec<bool> = marked.iter().enumerate().map(is_lost).collect();
    let mut gained = marked.iter().zip(&lost).filter(|(_, is)| **is);
    let gained = sum(&mut gained.by_ref().map(|(block, _)| block));
    let enough = if is_elsewhere {
        said * 2
    } else {
        said.saturating_sub(shared)
    };
    if gained <= enough {
        return found;
    }
    let kept: Vec<bool> = marked
        .iter()
        .zip(lost)
        .map(|(block, is_lost)| is_lost || block.is_heading || is_known(block))
        .collect();
    let blocks = marked.into_iter().zip(kept);
    let mut blocks: Vec<Block> = blocks.filter_map(|(it, is)| is.then_some(it)).collect();
    while blocks.last().is_some_and(|block| block.is_heading) {
        blocks.pop();
    }
    blocks
}

/// The article that is found by where the text of a page stands.
fn by_weight(document: Document, title: Option<&str>) -> Vec<Block> {
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
