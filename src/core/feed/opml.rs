//! OPML 2.0: lists of feeds, with folders (<http://opml.org/spec2.opml>).
//!
//! Lists in the wild hold bare ampersands and unclosed elements, so they are read as HTML's
//! tokenizer reads tags, which refuses nothing.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::expansion_limit::{ExpansionLimit, PIECE_BYTES};
use crate::core::text::decode::decode;
use crate::core::text::html_tokenizer::{HtmlToken, HtmlTokenizer, Tag};

/// A feed in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// `text`, else `title`.
    pub title: Option<String>,
    /// `xmlUrl`; empty where an outline is said to be a feed and has none.
    pub url: String,
    /// `language`.
    pub language: Option<String>,
    /// The folders it lies in, outermost first, and its `category` if it has one.
    pub folders: Vec<String>,
}

/// Feeds of a list at most.
const OUTLINES_AT_MOST: usize = 100_000;
/// Bytes of a folder's or a feed's name at most; what is longer is cut.
const NAME_BYTES_AT_MOST: usize = 200;
/// Folders in folders at most; deeper ones count as this deep.
const DEPTH_AT_MOST: usize = 32;

/// Reads a list as feeds are read: in whatever encoding it is, with tolerance. Gives what had to be
/// overruled for it, one sentence each, too.
pub fn read(bytes: &[u8]) -> (Vec<Outline>, Vec<String>) {
    let decoded = decode(bytes, None);
    (outlines(&decoded.text), decoded.warnings)
}

/// Outlines without an `xmlUrl` that hold others are folders.
fn outlines(document: &str) -> Vec<Outline> {
    let mut reader = Reader {
        allowance: ExpansionLimit::of(document.len()),
        found: Vec::new(),
        open: Vec::new(),
        deeper: 0,
    };
    for piece in HtmlTokenizer::of_html(document) {
        let HtmlToken::Tag(tag) = piece else {
            continue;
        };
        if tag.is_end && tag.name.eq_ignore_ascii_case("outline") {
            reader.close();
        }
        if tag.is_start("outline") && reader.found.len() < OUTLINES_AT_MOST {
            reader.open(tag);
        }
    }
    reader.found
}

/// The outlines so far.
struct Reader {
    allowance: ExpansionLimit,
    found: Vec<Outline>,
    open: Vec<Open>,
    /// Outlines open below the deepest that is kept.
    deeper: usize,
}

impl Reader {
    fn close(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else if let Some(Open { empty, .. }) = self.open.pop() {
            // What was said to be a feed, and held none.
            let held_none = empty.filter(|(before, _)| *before == self.found.len());
            self.found.extend(held_none.map(|(_, feed)| feed));
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        let name = tag
            .attribute("text")
            .or_else(|| tag.attribute("title"))
            .map(|name| short(&name));
        let mut url = tag.attribute("xmlurl");
        let mut empty = None;
        if url.is_none() {
            let said = address_of_said_feed(tag);
            if tag.is_self_closing {
                url = said;
            } else {
                empty = said.map(|url| {
                    let title = name.clone();
                    let feed = Outline {
                        title,
                        url,
                        ..Outline::default()
                    };
                    (self.found.len(), feed)
                });
            }
        }
        let is_folder = url.is_none();
        if let Some(url) = url {
            let folders = self.folders(tag);
            self.found.push(Outline {
                title: name.clone(),
                url,
                language: tag.attribute("language"),
                folders,
            });
        }
        if tag.is_self_closing {
            return;
        }
        if self.open.len() < DEPTH_AT_MOST {
            let folder = name.filter(|_| is_folder);
            self.open.push(Open { folder, empty });
        } else {
            self.deeper += 1;
        }
    }

    /// The folders and categories of a feed.
    fn folders(&self, tag: Tag<'_>) -> Vec<String> {
        let category = tag.attribute("category").unwrap_or_default();
        let categories = category
            .split(',')
            .take(DEPTH_AT_MOST)
            .map(|part| short(part.trim_matches(['/', ' '])));
        let mut folders: Vec<String> = self
            .open
            .iter()
            .filter_map(|open| open.folder.clone())
            .chain(categories)
            .collect();
        folders.retain(|folder| !folder.is_empty());
        let bytes = folders.iter().map(|folder| folder.len() + PIECE_BYTES);
        // Deep folders of many feeds would be a hundred times the list.
        if !self.allowance.take(bytes.sum()) {
            folders = Vec::new();
        }
        folders
    }
}

/// An outline that is not closed yet.
struct Open {
    /// The name of a folder.
    folder: Option<String>,
    /// What it is if it holds no feed, and how many were found before it.
    empty: Option<(usize, Outline)>,
}

/// The address of what is said to be a feed, a site that is followed, or another list, and has no `xmlUrl`;
/// empty where there is none that can be polled.
fn address_of_said_feed(tag: Tag<'_>) -> Option<String> {
    let kind = tag
        .attribute("type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if ["rss", "atom", "feed"]
        .iter()
        .any(|feed| kind.contains(feed))
    {
        return Some(tag.attribute("url").unwrap_or_default());
    }
    let is_other = kind == "include" || tag.attribute("htmlurl").is_some();
    is_other.then(String::new)
}

/// A name with no more of it than can be read at a glance: every feed in a folder carries its name.
fn short(name: &str) -> String {
    name[..name.floor_char_boundary(NAME_BYTES_AT_MOST)].to_owned()
}

/// Writes a list. Each feed lies in the folder that is its first; the others are its `category`.
pub fn write(title: &str, outlines: &[Outline]) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    let _ = writeln!(
        out,
        "  <head><title>{}</title></head>\n  <body>",
        escape(title)
    );
    let mut folders: Vec<(Option<&String>, Vec<&Outline>)> = Vec::new();
    let mut places: HashMap<Option<&String>, usize> = HashMap::new();
    for outline in outlines {
        let folder = outline.folders.first();
        let place = *places.entry(folder).or_insert(folders.len());
        match folders.get_mut(place) {
            Some((_, members)) => members.push(outline),
            None => folders.push((folder, vec![outline])),
        }
    }
    for (folder, members) in folders {
        let indent = if let Some(name) = folder {
            let _ = writeln!(out, "    <outline text=\"{}\">", escape(name));
            "      "
        } else {
            "    "
        };
        for outline in members {
            out.push_str(indent);
            write_feed(&mut out, outline);
        }
        if folder.is_some() {
            out.push_str("    </outline>\n");
        }
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

fn write_feed(out: &mut String, outline: &Outline) {
    let title = escape(outline.title.as_deref().unwrap_or(&outline.url));
    let _ = write!(
        out,
        "<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{}\"",
        escape(&outline.url)
    );
    if let Some(language) = &outline.language {
        let _ = write!(out, " language=\"{}\"", escape(language));
    }
    if let Some(others) = outline.folders.get(1..).filter(|others| !others.is_empty()) {
        let _ = write!(out, " category=\"{}\"", escape(&others.join(",")));
    }
    out.push_str("/>\n");
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
