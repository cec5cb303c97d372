//! OPML 2.0: lists of feeds, with folders (<http://opml.org/spec2.opml>).
//!
//! Lists in the wild hold bare ampersands and unclosed elements, so they are read as HTML's
//! tokenizer reads tags, which refuses nothing.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::decode;
use super::expansion_limit::{Allowance, PIECE_BYTES};
use crate::core::text::html_tokenizer::{Piece, Pieces, Tag};

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
    let decoded = decode::decode(bytes, None);
    (outlines(&decoded.text), decoded.warnings)
}

/// Outlines without an `xmlUrl` that hold others are folders.
fn outlines(document: &str) -> Vec<Outline> {
    let allowance = Allowance::of(document.len());
    let mut found = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut deeper = 0_usize;
    for piece in Pieces::of_html(document) {
        let Piece::Tag(tag) = piece else {
            continue;
        };
        if tag.is_end && tag.name.eq_ignore_ascii_case("outline") {
            if deeper > 0 {
                deeper -= 1;
            } else if let Some(Open { empty, .. }) = open.pop() {
                // What was said to be a feed, and held none.
                found.extend(
                    empty
                        .filter(|(before, _)| *before == found.len())
                        .map(|(_, feed)| feed),
                );
            }
        }
        if !tag.is_start("outline") || found.len() >= OUTLINES_AT_MOST {
            continue;
        }
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
                    (
                        found.len(),
                        Outline {
                            title,
                            url,
                            ..Outline::default()
                        },
                    )
                });
            }
        }
        let is_folder = url.is_none();
        if let Some(url) = url {
            let category = tag.attribute("category").unwrap_or_default();
            let categories = category
                .split(',')
                .take(DEPTH_AT_MOST)
                .map(|part| short(part.trim_matches(['/', ' '])));
            let mut folders: Vec<String> = open
                .iter()
                .filter_map(|open| open.folder.clone())
                .chain(categories)
                .collect();
            folders.retain(|folder| !folder.is_empty());
            // Deep folders of many feeds would be a hundred times the list.
            if !allowance.take(
                folders
                    .iter()
                    .map(|folder| folder.len() + PIECE_BYTES)
                    .sum(),
            ) {
                folders = Vec::new();
            }
            found.push(Outline {
                title: name.clone(),
                url,
                language: tag.attribute("language"),
                folders,
            });
        }
        if tag.is_self_closing {
            continue;
        }
        if open.len() < DEPTH_AT_MOST {
            let folder = name.filter(|_| is_folder);
            open.push(Open { folder, empty });
        } else {
            deeper += 1;
        }
    }
    found
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
mod tests {
    use super::*;

    fn outline(title: &str, url: &str, folders: &[&str]) -> Outline {
        Outline {
            title: Some(title.to_owned()),
            url: url.to_owned(),
            language: None,
            folders: folders.iter().map(|folder| (*folder).to_owned()).collect(),
        }
    }

    #[test]
    fn folders_become_the_path_of_their_feeds() {
        let list = r#"<opml version="2.0"><body>
            <outline text="Americas"><outline text="Peru">
              <outline type="rss" text="A &amp; B" xmlUrl="https://a.example/feed?x=1&amp;y=2"/>
            </outline><outline text="C" xmlUrl="https://c.example/feed"></outline></outline>
            <outline text="D" xmlUrl="https://d.example/feed" category="/news/,press"/>
            </body></opml>"#;
        assert_eq!(
            read(list.as_bytes()).0,
            [
                outline(
                    "A & B",
                    "https://a.example/feed?x=1&y=2",
                    &["Americas", "Peru"]
                ),
                outline("C", "https://c.example/feed", &["Americas"]),
                outline("D", "https://d.example/feed", &["news", "press"]),
            ]
        );
    }

    #[test]
    fn lists_that_are_no_xml_are_read_all_the_same() {
        let list = "<opml><body><outline text=\"Sport & more\" xmlUrl='https://a.example/?a=1&b=2' />\
            <outline text=\"\" title=\"\" xmlUrl=\"https://b.example/\"><outline text=cut xmlurl=https://c.example/";
        let urls: Vec<String> = read(list.as_bytes())
            .0
            .into_iter()
            .map(|outline| outline.url)
            .collect();
        assert_eq!(urls, ["https://a.example/?a=1&b=2", "https://b.example/"]);
        assert!(read(b"no list at all").0.is_empty());
    }

    #[test]
    fn what_is_written_reads_back() {
        let outlines = [
            outline(
                "A <b> & \"c\"",
                "https://a.example/?x=1&y=2",
                &["news", "world", "asia"],
            ),
            outline("No folder", "https://b.example/", &[]),
            outline("C", "https://c.example/", &["news"]),
        ];
        let mut back = read(write("feeds", &outlines).as_bytes()).0;
        back.sort_by(|a, b| a.url.cmp(&b.url));
        assert_eq!(back, outlines);
    }

    #[test]
    fn a_list_is_decoded_as_a_feed_is() {
        let list = |declared: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"{declared}\"?><opml><body><OUTLINE TEXT=\"Россия &laquo;сегодня&raquo; & мир\">\
                 <outline TYPE='rss' Text='Новости' XMLURL='https://a.example/?a=1&b=2'/></OUTLINE></body></opml>"
            )
        };
        let expected = [outline(
            "Новости",
            "https://a.example/?a=1&b=2",
            &["Россия «сегодня» & мир"],
        )];
        let utf_16 = |write: fn(u16) -> [u8; 2]| -> Vec<u8> {
            let text = format!("\u{feff}{}", list("utf-16"));
            text.encode_utf16().flat_map(write).collect()
        };
        for (bytes, warnings) in [
            (list("utf-8").into_bytes(), 0),
            (format!("\u{feff}{}", list("utf-8")).into_bytes(), 0),
            (
                encoding_rs::WINDOWS_1251
                    .encode(&list("windows-1251"))
                    .0
                    .into_owned(),
                0,
            ),
            (
                encoding_rs::KOI8_R
                    .encode(&list("koi8-r").replace(['«', '»'], ""))
                    .0
                    .into_owned(),
                0,
            ),
            (utf_16(u16::to_le_bytes), 0),
            (utf_16(u16::to_be_bytes), 0),
            (list("windows-1251").into_bytes(), 1),
        ] {
            let (found, said) = read(&bytes);
            assert_eq!(
                (found.as_slice(), said.len()),
                (expected.as_slice(), warnings),
                "{said:?}"
            );
        }
    }

    #[test]
    fn folders_deeper_than_any_list_has_them_hide_no_others() {
        let deep = |front: &str, times: usize| front.repeat(times);
        let list = format!(
            "<opml><body><outline text='News'>{}<outline text='A' xmlUrl='https://a.example/'/>{}\
             <outline text='B' xmlUrl='https://b.example/'/></outline><outline text='C' xmlUrl='https://c.example/'/></body></opml>",
            deep("<outline text='d'>", 1000),
            deep("</outline>", 1000),
        );
        let found = read(list.as_bytes()).0;
        assert_eq!(found[0].folders.len(), DEPTH_AT_MOST);
        assert_eq!(found[1].folders, ["News"]);
        assert!(found[2].folders.is_empty());
    }

    #[test]
    fn what_is_followed_without_an_address_is_not_passed_over() {
        let list = "<opml><body><outline text='Site' htmlUrl='https://a.example/'/>\
            <outline type='include' text='List' url='https://b.example/list.opml'/>\
            <outline type='rss' text='B' url='https://b.example/'></outline><outline type='rss' text='C'></outline></body></opml>";
        assert_eq!(
            read(list.as_bytes()).0,
            [
                outline("Site", "", &[]),
                outline("List", "", &[]),
                outline("B", "https://b.example/", &[]),
                outline("C", "", &[])
            ]
        );
    }

    #[test]
    fn a_feed_without_an_address_is_not_passed_over() {
        let list = "<opml><body><outline type='rss' text='A'/><outline type='rss' text='B' url='https://b.example/'/>\
            <outline type='rss' text='Folder'><outline text='C' xmlUrl='https://c.example/'/></outline></body></opml>";
        assert_eq!(
            read(list.as_bytes()).0,
            [
                outline("A", "", &[]),
                outline("B", "https://b.example/", &[]),
                outline("C", "https://c.example/", &["Folder"])
            ]
        );
    }
}
