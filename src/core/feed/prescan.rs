//! What the text of a document shows before anything is parsed.
//!
//! One pass over its tags, without a tree and without judging well-formedness. It decides which
//! steps are worth taking, and tells whether a parser that said "fine" really saw the items.

use super::feed_rs_reader::suitability::{
    NameJudge, Suitability, has_only_known_references, is_odd_construct, is_odd_link,
};
use super::xml::delimiters::{CdataEndFinder, CommentEndFinder, Search};
use super::xml::names::{is_item, local_name, tag_name};

/// What was seen.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Prescan {
    /// Local name of the first element, in lower case.
    pub root: String,
    /// There is an element that is the root of a feed, though it may stand inside another.
    pub has_feed_element: bool,
    /// Start tags of items or entries.
    pub items: usize,
    /// Where the first item begins.
    pub first_item: Option<usize>,
    /// Where the last end tag of an item ends.
    pub items_end: usize,
    /// The greatest depth of open elements.
    pub depth: usize,
    /// Start tags of any kind.
    pub tags: usize,
    /// Something that feed-rs refuses, reads without complaint and gets wrong, or passes over in silence.
    pub beyond_library: bool,
}

impl Prescan {
    /// Whether the root is one of a feed.
    pub(super) fn is_feed_root(&self) -> bool {
        matches!(
            self.root.as_str(),
            "rss" | "feed" | "rdf" | "entry" | "channel" | "item"
        )
    }

    /// Whether the document is a page of HTML.
    pub(super) fn is_page(&self) -> bool {
        match self.root.as_str() {
            "html" | "head" | "body" => !(self.has_feed_element && self.items > 0),
            // Parts of a page, or the beginning of a feed whose root is broken.
            "script" | "div" | "meta" | "title" | "center" | "p" | "h1" => self.items == 0,
            _ => false,
        }
    }

    /// The text outside of items, where a feed speaks of itself.
    pub(super) fn outside_items<'a>(&self, text: &'a str) -> [&'a str; 2] {
        match self.first_item {
            Some(first) => [&text[..first], &text[self.items_end.max(first)..]],
            None => [text, ""],
        }
    }
}

/// Looks over a document without its XML declaration.
pub(super) fn prescan_document(text: &str) -> Prescan {
    let mut examination = Examination {
        text,
        prescan: Prescan::default(),
        depth: 0,
        text_element: None,
        texts: [0; TEXTS.len()],
        person_end: 0,
        element: "",
        sections: CdataEndFinder::new(),
        comments: CommentEndFinder::of_comments(),
        tag_end: Search::new(">"),
        namespaces: 0,
        names: NameJudge::of(text),
    };
    let mut at = 0;
    while let Some(offset) = text[at..].find('<') {
        let start = at + offset;
        let between = &text[at..start];
        if between.contains('&') && !has_only_known_references(between) {
            examination.prescan.beyond_library = true;
        }
        at = examination.markup(start);
    }
    examination.prescan
}

struct Examination<'a> {
    text: &'a str,
    prescan: Prescan,
    depth: usize,
    /// The element that holds text and is open, with its prefix.
    text_element: Option<&'a str>,
    /// How often each of [`TEXTS`] was seen since the first item.
    texts: [usize; TEXTS.len()],
    /// Where the last person ends whose name was looked at.
    person_end: usize,
    /// The name of the last start tag.
    element: &'a str,
    sections: CdataEndFinder,
    comments: CommentEndFinder,
    tag_end: Search,
    /// Declarations of namespaces in all tags.
    namespaces: usize,
    names: NameJudge<'a>,
}

impl<'a> Examination<'a> {
    /// Looks at the markup at a `<`, and says where to go on.
    fn markup(&mut self, start: usize) -> usize {
        let rest = &self.text[start + 1..];
        match rest.bytes().next() {
            Some(b'!') => {
                let length = if rest.starts_with("![CDATA[") {
                    let end = self.sections.end(self.text, start + 9, self.element);
                    self.prescan.beyond_library |= end.damage.is_some();
                    end.next - start - 1
                } else if rest.starts_with("!--") {
                    // One that never ends hides nothing: its text is met as if it stood free.
                    let end = self.comments.end(self.text, start + 4);
                    end.map_or(3, |end| end - start - 1)
                } else {
                    // A document type; its declarations begin with `<!` and are met one by one.
                    self.prescan.beyond_library = true;
                    1
                };
                start + 1 + length
            }
            Some(b'/') => {
                self.end_tag(start, &rest[1..]);
                start + 2
            }
            Some(b'?') => {
                // A second declaration makes quick-xml, below feed-rs, panic.
                self.prescan.beyond_library |= rest.starts_with("?xml");
                start + 1
            }
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => {
                let Some(length) = rest.find('>') else {
                    return self.text.len();
                };
                self.start_tag(start, &rest[..length]);
                self.name_of_person(&rest[..length], start + 1 + length + 1);
                start + 1 + length
            }
            _ => start + 1,
        }
    }

    fn end_tag(&mut self, start: usize, rest: &'a str) {
        self.depth = self.depth.saturating_sub(1);
        let name = tag_name(rest);
        if self.text_element == Some(name) {
            self.text_element = None;
        }
        if is_item(local_name(name)) {
            let end = self.tag_end.find(self.text, start);
            self.prescan.items_end = end.map_or(self.text.len(), |end| end + 1);
        }
    }

    fn start_tag(&mut self, start: usize, tag: &'a str) {
        let name = tag_name(tag);
        let local = local_name(name);
        self.element = name;
        self.prescan.tags += 1;
        if self.prescan.root.is_empty() {
            self.prescan.root = local.to_ascii_lowercase();
            self.root_tag(tag);
        } else if tag.len() > name.len() {
            self.attributes(tag);
        }
        self.prescan.has_feed_element |= ["feed", "rss", "rdf"]
            .iter()
            .any(|root| local.eq_ignore_ascii_case(root));
        if is_item(local) {
            self.prescan.items += 1;
            self.prescan.first_item.get_or_insert(start);
        }
        if self.prescan.items > 0 && self.has_second(local) {
            self.prescan.beyond_library = true;
        }
        // Of a text that is cut by an element, feed-rs gives what stands before it.
        self.prescan.beyond_library |= self.text_element.is_some();
        if !self.prescan.beyond_library {
            let (root, has_items) = (self.prescan.root.as_str(), self.prescan.items > 0);
            let is_atom = root == "feed";
            self.prescan.beyond_library = self.names.judge(name, is_atom)
                == Suitability::Unsuitable
                || is_atom && is_odd_construct(name, tag)
                || local == "link" && is_odd_link(name, tag, root, has_items);
        }
        if !tag.ends_with('/') {
            self.depth += 1;
            self.prescan.depth = self.prescan.depth.max(self.depth);
            if self.text_element.is_none() && holds_text(local) && !tag.contains("xhtml") {
                self.text_element = Some(name);
            }
        }
    }

    /// feed-rs cuts an address out of a name by bytes, and panics where a character stands next to
    /// it that has several.
    fn name_of_person(&mut self, tag: &str, from: usize) {
        let is_person = matches!(
            local_name(tag_name(tag)),
            "author" | "creator" | "managingEditor" | "webMaster"
        );
        if self.prescan.beyond_library || !is_person {
            return;
        }
        let content = &self.text[from..];
        let content = &content[..content.floor_char_boundary(2000)];
        let name = content.split_once("</").map_or(content, |(name, _)| name);
        // A person inside of a person is none.
        self.prescan.beyond_library =
            from < self.person_end || name.contains('@') && !name.is_ascii();
        self.person_end = from + name.len();
    }

    /// Whether an element stands there more often than there are items, so that some item has two.
    /// feed-rs keeps one of them.
    fn has_second(&mut self, local: &str) -> bool {
        let Some(index) = TEXTS.iter().position(|text| *text == local) else {
            return false;
        };
        self.texts[index] += 1;
        self.texts[index] > self.prescan.items
    }

    fn root_tag(&mut self, tag: &str) {
        let default_space = tag.find("xmlns=").map(|at| &tag[at + 6..]);
        let is_foreign = match (self.prescan.root.as_str(), default_space) {
            ("feed", Some(space)) => !space
                .get(1..)
                .unwrap_or_default()
                .starts_with("http://www.w3.org/2005/Atom"),
            (_, space) => space.is_some(),
        };
        let is_rss = self.prescan.root == "rss";
        self.prescan.beyond_library |=
            is_foreign || tag.contains("xml:base") || is_rss && tag.contains("xml:lang");
        self.size_of_tag(tag);
        self.prescan.beyond_library |= !matches!(self.prescan.root.as_str(), "rss" | "feed");
    }

    fn attributes(&mut self, tag: &str) {
        // Relative addresses and languages of parts.
        self.prescan.beyond_library |= tag.contains("xml:");
        if tag.contains('&') && !has_only_known_references(tag) {
            self.prescan.beyond_library = true;
        }
        self.size_of_tag(tag);
    }

    /// What quick-xml, below feed-rs, compares each with each: attributes of a tag, and names with the
    /// namespaces in force.
    fn size_of_tag(&mut self, tag: &str) {
        self.namespaces += tag.matches("xmlns").count();
        self.prescan.beyond_library |= tag.len() > LONG_TAG
            || tag.matches('=').count() > MOST_ATTRIBUTES
            || self.namespaces > MOST_NAMESPACES;
    }
}

/// More than a few kilobytes of one tag is no feed's habit.
const LONG_TAG: usize = 8192;
/// Attributes of a tag that feed-rs gets to see.
const MOST_ATTRIBUTES: usize = 64;
/// Namespaces of a document that feed-rs gets to see.
const MOST_NAMESPACES: usize = 256;
/// Elements of which an item has one at most.
const TEXTS: [&str; 5] = ["title", "description", "summary", "content", "encoded"];

fn holds_text(local: &str) -> bool {
    matches!(
        local,
        "title" | "description" | "summary" | "encoded" | "content" | "category" | "guid"
    )
}

#[cfg(test)]
mod tests;
