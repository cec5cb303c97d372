//! A page as a tree, in the order of its text: a part is a range of places.

use std::collections::HashMap;

use dom_query::{Document, LocalName, Matcher, NodeId, NodeRef};

use crate::core::text::html;

/// Parts and texts of a page at most: none has so many, and each takes some 200 bytes.
const NODES_AT_MOST: usize = 200_000;

/// A page. Its nodes are named by their place in the order of the document; the root is the first.
pub(super) struct Tree {
    document: Document,
    nodes: Vec<Node>,
    places: HashMap<NodeId, usize>,
}

struct Node {
    id: NodeId,
    parent: usize,
    /// Behind the last node in it.
    end: usize,
    kind: Kind,
}

enum Kind {
    Element(LocalName),
    Text,
    Other,
}

impl Tree {
    /// Takes in a page; `Err` is the reason why not.
    pub(super) fn of(document: Document) -> Result<Self, String> {
        let mut nodes = vec![Node {
            id: document.root().id,
            parent: 0,
            end: 1,
            kind: Kind::Other,
        }];
        let mut places = HashMap::from([(document.root().id, 0)]);
        for node in document.root().descendants_it() {
            if nodes.len() == NODES_AT_MOST {
                return Err(format!("the page has more than {NODES_AT_MOST} parts"));
            }
            let parent = node.parent().and_then(|parent| places.get(&parent.id));
            let kind = match node.element_ref() {
                Some(element) => Kind::Element(element.name.local.clone()),
                None if node.is_text() => Kind::Text,
                None => Kind::Other,
            };
            let place = nodes.len();
            nodes.push(Node {
                id: node.id,
                parent: parent.copied().unwrap_or_default(),
                end: place + 1,
                kind,
            });
            places.insert(node.id, place);
        }
        for place in (1..nodes.len()).rev() {
            let Node { parent, end, .. } = nodes[place];
            nodes[parent].end = nodes[parent].end.max(end);
        }
        Ok(Self {
            document,
            nodes,
            places,
        })
    }

    /// The `html` element.
    pub(super) fn root_element(&self) -> usize {
        (0..self.nodes.len())
            .find(|&place| self.name(place).is_some())
            .unwrap_or_default()
    }

    /// Behind the last node in this one.
    pub(super) fn end(&self, place: usize) -> usize {
        self.nodes[place].end
    }

    /// Whether a node is in another, or is it.
    pub(super) fn holds(&self, outer: usize, inner: usize) -> bool {
        (outer..self.end(outer)).contains(&inner)
    }

    /// The name of an element.
    pub(super) fn name(&self, place: usize) -> Option<&str> {
        match &self.nodes[place].kind {
            Kind::Element(name) => Some(name),
            Kind::Text | Kind::Other => None,
        }
    }

    fn node(&self, place: usize) -> NodeRef<'_> {
        NodeRef::new(self.nodes[place].id, &self.document.tree)
    }

    pub(super) fn attribute(&self, place: usize, name: &str) -> Option<String> {
        self.node(place).attr(name).map(|value| value.to_string())
    }

    /// The node itself, then what it is in, up to the root.
    pub(super) fn ancestors(&self, place: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(place), |&place| {
            (place > 0).then(|| self.nodes[place].parent)
        })
    }

    /// The elements of these names, in order.
    pub(super) fn elements(&self, names: &[&str]) -> Vec<usize> {
        (0..self.nodes.len())
            .filter(|&place| self.name(place).is_some_and(|name| names.contains(&name)))
            .collect()
    }

    /// What a selector matches, in order.
    pub(super) fn select(&self, matcher: &Matcher) -> Vec<usize> {
        let selection = self.document.select_matcher(matcher);
        let mut places: Vec<usize> = selection
            .nodes()
            .iter()
            .filter_map(|node| self.places.get(&node.id).copied())
            .collect();
        places.sort_unstable();
        places
    }

    /// Where these nodes stand.
    pub(super) fn places(&self, nodes: &[NodeId]) -> Vec<usize> {
        let places = nodes.iter().filter_map(|node| self.places.get(node));
        places.copied().collect()
    }

    /// The texts in a node, each with its place.
    pub(super) fn texts(&self, place: usize) -> impl Iterator<Item = (usize, String)> {
        let texts =
            (place..self.end(place)).filter(|place| matches!(self.nodes[*place].kind, Kind::Text));
        texts.map(|place| (place, self.own_text(place)))
    }

    fn own_text(&self, place: usize) -> String {
        self.node(place).immediate_text().to_string()
    }

    /// What a reader sees of a node, in one line, without the parts that are left out.
    pub(super) fn text(&self, from: usize, is_left_out: impl Fn(usize) -> bool) -> String {
        let mut text = String::new();
        // Where the open blocks end.
        let mut blocks: Vec<usize> = Vec::new();
        let mut at = from;
        while at < self.end(from) {
            while blocks.last().is_some_and(|&end| end <= at) {
                blocks.pop();
                text.push(' ');
            }
            let node = &self.nodes[at];
            at = match &node.kind {
                _ if is_left_out(at) => node.end,
                Kind::Element(name) if is_unseen(name) => node.end,
                Kind::Element(name) => {
                    if !is_inline(name) {
                        text.push(' ');
                        blocks.push(node.end);
                    }
                    at + 1
                }
                Kind::Text => {
                    text.push_str(&self.own_text(at));
                    at + 1
                }
                Kind::Other => at + 1,
            };
        }
        one_line(&text)
    }

    /// What the page calls itself.
    pub(super) fn title(&self) -> String {
        let in_head = |&place: &usize| {
            let mut around = self.ancestors(place);
            around.any(|outer| self.name(outer) == Some("head"))
        };
        let titles = self.elements(&["title"]);
        let title = titles.iter().copied().find(in_head);
        title.map_or_else(String::new, |title| {
            let texts = self.texts(title).map(|(_, text)| text);
            one_line(&texts.collect::<String>())
        })
    }

    /// The language that is declared for a node, by itself or by what it is in.
    pub(super) fn language_of(&self, place: usize) -> Option<String> {
        self.ancestors(place).find_map(|place| {
            let languages = ["lang", "xml:lang"];
            let given = languages.map(|name| self.attribute(place, name));
            given
                .into_iter()
                .flatten()
                .find(|tag| !tag.trim().is_empty())
        })
    }
}

/// Plain text as one line.
pub(super) fn one_line(text: &str) -> String {
    html::plain_to_text(text).replace('\n', " ")
}

/// What holds no text for readers.
fn is_unseen(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "svg"
            | "math"
            | "object"
            | "iframe"
            | "select"
            | "textarea"
            | "audio"
            | "video"
            | "head"
    )
}

/// What stands in a line with the words around it.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}
