//! OPML 2.0: lists of feeds, with folders (<http://opml.org/spec2.opml>).
//!
//! Lists in the wild hold bare ampersands and unclosed elements, so they are read as HTML's
//! tokenizer reads tags, which refuses nothing.

use std::fmt::Write as _;

use super::markup::tags;

/// A feed in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// `text`, else `title`.
    pub title: Option<String>,
    /// `xmlUrl`.
    pub url: String,
    /// `language`.
    pub language: Option<String>,
    /// The folders it lies in, outermost first, and its `category` if it has one.
    pub folders: Vec<String>,
}

/// Feeds of a list at most.
const OUTLINES_AT_MOST: usize = 100_000;
/// Folders in folders at most; deeper ones count as this deep.
const DEPTH_AT_MOST: usize = 32;

/// Reads a list. Outlines without an `xmlUrl` that hold others are folders.
pub fn read(document: &str) -> Vec<Outline> {
    let mut found = Vec::new();
    // A folder's name, or none for a feed that was not closed at once.
    let mut open: Vec<Option<String>> = Vec::new();
    tags(document, |tag| {
        if tag.is_end("outline") {
            open.pop();
            return;
        }
        if !tag.is_start("outline") || found.len() >= OUTLINES_AT_MOST {
            return;
        }
        let name = tag.attribute("text").or_else(|| tag.attribute("title"));
        let url = tag.attribute("xmlurl");
        if let Some(url) = url {
            let category = tag.attribute("category").into_iter().flat_map(|category| {
                category
                    .split(',')
                    .map(|part| part.trim_matches(['/', ' ']).to_owned())
            });
            let mut folders: Vec<String> = open.iter().flatten().cloned().chain(category).collect();
            folders.retain(|folder| !folder.is_empty());
            found.push(Outline {
                title: name.map(ToOwned::to_owned),
                url: url.to_owned(),
                language: tag.attribute("language").map(ToOwned::to_owned),
                folders,
            });
        }
        if !tag.is_self_closing() && open.len() < DEPTH_AT_MOST {
            open.push(name.filter(|_| url.is_none()).map(ToOwned::to_owned));
        }
    });
    found
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
    let mut folders: Vec<Option<&String>> = Vec::new();
    for outline in outlines {
        if !folders.contains(&outline.folders.first()) {
            folders.push(outline.folders.first());
        }
    }
    for folder in folders {
        let members = outlines
            .iter()
            .filter(|outline| outline.folders.first() == folder);
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
            read(list),
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
        let urls: Vec<String> = read(list).into_iter().map(|outline| outline.url).collect();
        assert_eq!(urls, ["https://a.example/?a=1&b=2", "https://b.example/"]);
        assert!(read("no list at all").is_empty());
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
        let mut back = read(&write("feeds", &outlines));
        back.sort_by(|a, b| a.url.cmp(&b.url));
        assert_eq!(back, outlines);
    }
}
