//! A part of a tree to paragraphs of text, and which of them are the article's.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use dom_query::{NodeData, NodeRef};
use html5ever::local_name;

use crate::core::document::PARAGRAPH_SEPARATOR;
use crate::core::text::html::plain_to_text;
use crate::core::text::length::amount;
use crate::core::web_page::tree::is_block;
use crate::core::web_page::visible_text::is_unseen;

/// Bytes of text that come out.
pub(super) const TEXT: usize = 256 << 10;

/// A paragraph, a heading, an item of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    pub text: String,
    /// Bytes of it that are links.
    linked: usize,
    pub is_heading: bool,
    in_list: bool,
    /// By the name and classes of its element and of the holder of that: paragraphs of one text have the same.
    pub make: u64,
}

impl Block {
    pub(super) fn is_link(&self) -> bool {
        self.linked * 5 >= self.text.len() * 4
    }

    /// A paragraph of sentences, hardly of links.
    pub(super) fn is_prose(&self) -> bool {
        !self.is_heading && self.linked * 3 < self.text.len() && amount(&self.text) >= 80
    }
}

/// A step of the way through a tree.
enum Step<'a> {
    Into(NodeRef<'a>),
    OutOf(Out),
}

/// What ends.
#[derive(Clone, Copy, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "an element may be several of these"
)]
struct Out {
    block: bool,
    heading: bool,
    link: bool,
    list: bool,
    cell: bool,
    figure: bool,
    told: bool,
}

/// Blocks under construction.
#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    current: Block,
    bytes: usize,
    headings: usize,
    links: usize,
    lists: usize,
    /// Pictures around the place, and quotes or tables inside of them.
    figures: usize,
    told: usize,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if self.figures > 0 && self.told == 0 || self.bytes >= TEXT {
            return;
        }
        let left = TEXT - self.bytes;
        let text = &text[..text.floor_char_boundary(left.min(text.len()))];
        self.bytes += text.len();
        if self.links > 0 {
            self.current.linked += text.trim().len();
        }
        self.current.is_heading |= self.headings > 0;
        self.current.in_list |= self.lists > 0;
        self.current.text.push_str(text);
    }

    fn end_block(&mut self) {
        let mut block = std::mem::take(&mut self.current);
        let text = plain_to_text(&block.text.replace(['\n', '\r', PARAGRAPH_SEPARATOR], " "));
        // A `<br>` came as this.
        block.text = plain_to_text(&text.replace(BREAK, "\n"));
        if block.text.contains(char::is_alphanumeric) {
            self.blocks.push(block);
        }
    }
}

/// Stands for a `<br>` until the white space around it is tidied.
const BREAK: char = '\u{2028}';

/// The blocks below these elements, in the order of the document. Captions of pictures are left out.
pub(super) fn blocks(roots: &[NodeRef<'_>]) -> Vec<Block> {
    let mut writer = Writer::default();
    for root in roots {
        let mut steps = vec![Step::Into(*root)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Into(node) => {
                    if let Some(out) = enter(&node, &mut writer) {
                        steps.push(Step::OutOf(out));
                        let mut child = node.last_child();
                        while let Some(node) = child {
                            steps.push(Step::Into(node));
                            child = node.prev_sibling();
                        }
                    }
                }
                Step::OutOf(out) => leave(out, &mut writer),
            }
        }
        writer.end_block();
    }
    writer.blocks
}

/// Begins a node; `None` when nothing in it counts.
fn enter(node: &NodeRef<'_>, writer: &mut Writer) -> Option<Out> {
    let is_text = node.query_or(false, |inner| {
        if let NodeData::Text { contents } = &inner.data {
            writer.text(&contents.replace(BREAK, " "));
            return true;
        }
        !matches!(inner.data, NodeData::Element(_))
    });
    if is_text || is_unseen(node) {
        return None;
    }
    let name = node.qual_name_ref()?.local.clone();
    let mut out = Out::default();
    match name {
        local_name!("br") => {
            writer.current.text.push(BREAK);
            return None;
        }
        local_name!("figcaption")
        | local_name!("button")
        | local_name!("input")
        | local_name!("audio")
        | local_name!("video")
        | local_name!("canvas")
        | local_name!("object")
        | local_name!("rp")
        | local_name!("rt") => return None,
        local_name!("a") => out.link = true,
        local_name!("ul") | local_name!("ol") => out.list = true,
        local_name!("td") | local_name!("th") => out.cell = true,
        local_name!("figure") => out.figure = true,
        local_name!("blockquote") | local_name!("table") | local_name!("pre") => out.told = true,
        local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6") => out.heading = true,
        _ => {}
    }
    out.block = is_block(&name);
    if out.block {
        writer.end_block();
        writer.current.make = make(node);
    }
    writer.links += usize::from(out.link);
    writer.lists += usize::from(out.list);
    writer.headings += usize::from(out.heading);
    writer.figures += usize::from(out.figure);
    writer.told += usize::from(out.told && writer.figures > 0);
    out.told &= writer.figures > 0;
    Some(out)
}

fn make(node: &NodeRef<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for element in std::iter::once(*node).chain(node.parent()) {
        let name = element.qual_name_ref();
        name.map(|name| name.local.clone()).hash(&mut hasher);
        element.attr("class").as_deref().hash(&mut hasher);
    }
    hasher.finish()
}

fn leave(out: Out, writer: &mut Writer) {
    if out.block {
        writer.end_block();
    }
    if out.cell {
        writer.current.text.push(' ');
    }
    writer.links -= usize::from(out.link);
    writer.lists -= usize::from(out.list);
    writer.headings -= usize::from(out.heading);
    writer.figures -= usize::from(out.figure);
    writer.told -= usize::from(out.told);
}

/// Whole blocks that publishers put between paragraphs, in lower case and without punctuation.
const BETWEEN: [&str; 30] = [
    "advertisement",
    "advertisements",
    "advertising",
    "ad",
    "sponsored",
    "story continues below",
    "story continues below advertisement",
    "article continues below",
    "article continues after ad",
    "read more",
    "share",
    "share this",
    "share this article",
    "print",
    "loading",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "anuncio",
    "pubblicità",
    "advertentie",
    "reklam",
    "reklama",
    "реклама",
    "إعلان",
    "广告",
    "廣告",
    "広告",
    "광고",
];

/// The blocks that are the article's. Links that stand alone lead to other stories, a heading above nothing but
/// such goes with them, and what was said already is not said again.
pub(super) fn of_the_article(blocks: Vec<Block>, title: Option<&str>) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    let mut seen = HashSet::new();
    let title = title.map(folded);
    for block in blocks {
        let folded = folded(&block.text);
        if BETWEEN.contains(&folded.as_str()) {
            continue;
        }
        if kept.is_empty() && title.as_deref() == Some(folded.as_str()) {
            continue;
        }
        let is_long = amount(&folded) >= 40;
        if block.is_link() {
            continue;
        }
        if is_long && !seen.insert(folded) {
            continue;
        }
        kept.push(block);
    }
    while kept.last().is_some_and(|block| block.is_heading) {
        kept.pop();
    }
    kept
}

/// Letters and digits in lower case, words parted by one space.
pub(super) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(&word.to_lowercase());
    }
    folded
}
