//! HTML to a tree, within bounds.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use dom_query::{Document, NodeData, NodeId, NodeRef};
use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name};

use super::limits::{BLOCKS, DEPTH, ELEMENTS, LimitExceeded, PIECE};

/// Parses HTML as a browser without scripts does. Of its attributes those stay that reading asks for, or all.
pub(in crate::core) fn parse(
    html: &str,
    all_attributes: bool,
    give_up: &dyn Fn() -> bool,
) -> Result<Document, LimitExceeded> {
    let options = ParseOpts {
        tokenizer: TokenizerOpts::default(),
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
    };
    let mut parser = html5ever::parse_document(Sink::new(all_attributes), options);
    let mut rest = html;
    while !rest.is_empty() {
        if give_up() {
            return Err(LimitExceeded::Time);
        }
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        rest = behind;
        parser.process(StrTendril::from(piece));
        if let Some(too_much) = parser.tokenizer.sink.sink.too_much.get() {
            return Err(too_much);
        }
    }
    let sink = parser.finish();
    match sink.too_much.get() {
        Some(too_much) => Err(too_much),
        None => Ok(sink.document),
    }
}

/// A node, and its place among all that were made.
#[derive(Clone)]
struct Handle {
    id: NodeId,
    index: usize,
}

/// A document under construction that counts what is put into it.
struct Sink {
    document: Document,
    all_attributes: bool,
    /// By the index of a [`Handle`], as it was when the node was put there; those below a node that is moved
    /// keep theirs.
    depths: RefCell<Vec<u16>>,
    elements: Cell<usize>,
    blocks: Cell<usize>,
    too_much: Cell<Option<LimitExceeded>>,
}

impl Sink {
    fn new(all_attributes: bool) -> Self {
        Self {
            document: Document::default(),
            all_attributes,
            depths: RefCell::new(vec![0]),
            elements: Cell::new(0),
            blocks: Cell::new(0),
            too_much: Cell::new(None),
        }
    }

    fn handle(&self, id: NodeId) -> Handle {
        let mut depths = self.depths.borrow_mut();
        depths.push(0);
        Handle {
            id,
            index: depths.len() - 1,
        }
    }

    /// Appends to the text before it, unless that is long: html5ever writes a text in time by the square of its
    /// ampersands, and extraction writes the article out.
    fn append_text(&self, parent: NodeId, text: StrTendril) {
        let is_long = |before: NodeRef<'_>| {
            before.query_or(false, |inner| match &inner.data {
                NodeData::Text { contents } => contents.len() > LONG_TEXT,
                _ => false,
            })
        };
        if self
            .document
            .tree
            .last_child_of(&parent)
            .is_some_and(is_long)
        {
            let data = NodeData::Text { contents: text };
            self.document.tree.append_child_data_of(&parent, data);
        } else {
            let text = NodeOrText::AppendText(text);
            self.document.append(&parent, text);
        }
    }

    fn put_below(&self, parent: usize, child: &NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(child) = child {
            let mut depths = self.depths.borrow_mut();
            let depth = depths[parent].saturating_add(1);
            depths[child.index] = depth;
            if usize::from(depth) > DEPTH {
                self.too_much.set(Some(LimitExceeded::Depth));
            }
        }
    }

    fn put_beside(&self, sibling: usize, child: &NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(child) = child {
            let mut depths = self.depths.borrow_mut();
            depths[child.index] = depths[sibling];
        }
    }
}

/// Bytes from which on a text goes on in another node.
const LONG_TEXT: usize = 4 << 10;

/// Bytes of a value that are looked at.
const VALUE: usize = 2 << 10;
const CONTENT: usize = 16 << 10;

/// Extraction looks for each of many words in each value.
fn shorten(attribute: &mut Attribute) {
    let is_content = attribute.name.local == local_name!("content");
    let most = if is_content { CONTENT } else { VALUE };
    if attribute.value.len() > most {
        let end = attribute.value.floor_char_boundary(most);
        attribute.value = StrTendril::from(&attribute.value[..end]);
    }
}

fn plain(child: NodeOrText<Handle>) -> NodeOrText<NodeId> {
    match child {
        NodeOrText::AppendNode(node) => NodeOrText::AppendNode(node.id),
        NodeOrText::AppendText(text) => NodeOrText::AppendText(text),
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Self {
        self
    }

    /// Nobody reads them, and a hostile page has one for each byte.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            id: self.document.get_document(),
            index: 0,
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        self.document.elem_name(&target.id)
    }

    fn create_element(
        &self,
        name: QualName,
        mut attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> Handle {
        self.elements.set(self.elements.get() + 1);
        if is_block(&name.local) {
            self.blocks.set(self.blocks.get() + 1);
        }
        if self.elements.get() > ELEMENTS {
            self.too_much.set(Some(LimitExceeded::Elements));
        } else if self.blocks.get() > BLOCKS {
            self.too_much.set(Some(LimitExceeded::Blocks));
        }
        if self.too_much.get().is_some() {
            attributes = Vec::new();
        } else if !self.all_attributes {
            let is_streamed = attributes.iter().any(is_of_a_stream);
            attributes.retain(|attribute| {
                let name = &attribute.name.local;
                is_asked_for(name) && !(is_streamed && *name == local_name!("hidden"))
            });
        }
        for attribute in &mut attributes {
            shorten(attribute);
        }
        self.handle(self.document.create_element(name, attributes, flags))
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.handle(self.document.create_comment(StrTendril::new()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        let nothing = StrTendril::new;
        self.handle(self.document.create_pi(nothing(), nothing()))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.put_below(parent.index, &child);
        if let NodeOrText::AppendText(text) = child {
            self.append_text(parent.id, text);
        } else {
            self.document.append(&parent.id, plain(child));
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        self.put_below(previous.index, &child);
        let child = plain(child);
        self.document
            .append_based_on_parent_node(&element.id, &previous.id, child);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = self.handle(self.document.get_template_contents(&target.id));
        let mut depths = self.depths.borrow_mut();
        depths[contents.index] = depths[target.index];
        drop(depths);
        contents
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        self.put_beside(sibling.index, &child);
        self.document
            .append_before_sibling(&sibling.id, plain(child));
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        self.document.add_attrs_if_missing(&target.id, attributes);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.document.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.document.reparent_children(&node.id, &new_parent.id);
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &Handle) -> bool {
        self.document
            .is_mathml_annotation_xml_integration_point(&handle.id)
    }
}

/// Whether an element stands on lines of its own.
pub(in crate::core) fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("address")
            | local_name!("article")
            | local_name!("aside")
            | local_name!("blockquote")
            | local_name!("body")
            | local_name!("caption")
            | local_name!("center")
            | local_name!("dd")
            | local_name!("details")
            | local_name!("dialog")
            | local_name!("div")
            | local_name!("dl")
            | local_name!("dt")
            | local_name!("fieldset")
            | local_name!("figcaption")
            | local_name!("figure")
            | local_name!("footer")
            | local_name!("form")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("header")
            | local_name!("hr")
            | local_name!("li")
            | local_name!("main")
            | local_name!("nav")
            | local_name!("ol")
            | local_name!("p")
            | local_name!("pre")
            | local_name!("section")
            | local_name!("summary")
            | local_name!("table")
            | local_name!("tr")
            | local_name!("ul")
    )
}

/// Whether an element came later than its place on the page: React sends such parts hidden, and a script of one
/// line puts them there.
fn is_of_a_stream(attribute: &Attribute) -> bool {
    attribute.name.local == local_name!("id") && attribute.value.starts_with("S:")
}

/// Attributes that extraction or reading looks at.
fn is_asked_for(name: &LocalName) -> bool {
    matches!(
        &**name,
        "action"
            | "alt"
            | "aria-hidden"
            | "aria-modal"
            | "charset"
            | "class"
            | "colspan"
            | "content"
            | "data-src"
            | "data-srcset"
            | "datatable"
            | "datetime"
            | "dir"
            | "hidden"
            | "href"
            | "id"
            | "itemprop"
            | "itemtype"
            | "lang"
            | "name"
            | "property"
            | "pubdate"
            | "rel"
            | "role"
            | "src"
            | "srcset"
            | "style"
            | "summary"
            | "type"
            | "http-equiv"
    )
}

/// What stands below a node, each with its depth below it, in the order of the document.
pub(in crate::core) fn below(root: NodeRef<'_>) -> impl Iterator<Item = (NodeRef<'_>, usize)> {
    let mut next = root.first_child().map(|node| (node, 1_usize));
    std::iter::from_fn(move || {
        let (node, depth) = next?;
        next = node
            .first_child()
            .map(|child| (child, depth + 1))
            .or_else(|| behind(node, depth));
        Some((node, depth))
    })
}

/// What comes behind a node and all that is in it, up to the root of depth 0.
fn behind(node: NodeRef<'_>, depth: usize) -> Option<(NodeRef<'_>, usize)> {
    let (mut node, mut depth) = (node, depth);
    while depth > 0 {
        if let Some(sibling) = node.next_sibling() {
            return Some((sibling, depth));
        }
        node = node.parent()?;
        depth -= 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_in_several_nodes_and_whole() {
        let text = "a &amp; b ".repeat(5_000);
        let document = parse(&format!("<p>{text}"), false, &|| false).unwrap();
        let paragraph = document.select_single("p");
        let lengths: Vec<usize> = below(paragraph.nodes()[0])
            .map(|(node, _)| node.text().len())
            .collect();
        assert!(
            lengths.iter().all(|length| *length < 8 << 10),
            "{lengths:?}"
        );
        assert_eq!(&*paragraph.text(), "a & b ".repeat(5_000));
    }

    #[test]
    fn what_stands_below_a_node_has_its_depth() {
        let document = parse("<div><p>a<b>b</b></p><i></i></div>c", false, &|| false).unwrap();
        let body = document.body().unwrap();
        let depths: Vec<usize> = below(body).map(|(_, depth)| depth).collect();
        assert_eq!(depths, [1, 2, 3, 3, 4, 2, 1]);
        let inner = document.select_single("p");
        assert_eq!(below(inner.nodes()[0]).count(), 3);
    }
}
