//! What the text of a document shows before anything is parsed.
//!
//! One pass over its tags, without a tree and without judging well-formedness. It decides which
//! steps are worth taking, and tells whether a parser that said "fine" really saw the items.

/// What was seen.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Evidence {
    /// Local name of the first element, in lower case.
    pub root: String,
    /// Start tags of items or entries.
    pub items: usize,
    /// Where the first item begins.
    pub first_item: Option<usize>,
    /// Where the last end tag of an item ends.
    pub items_end: usize,
    /// The greatest depth of open elements.
    pub depth: usize,
    /// Markup stands unescaped inside an element that should hold text.
    pub markup_in_text: bool,
    /// A prefix is used that is nowhere declared, on an element whose local name means something.
    pub undeclared_prefix: bool,
    /// Some tag has very many attributes.
    pub crowded_tag: bool,
}

impl Evidence {
    /// Whether the root is one of a feed.
    pub(super) fn is_feed_root(&self) -> bool {
        matches!(
            self.root.as_str(),
            "rss" | "feed" | "rdf" | "entry" | "channel" | "item" | "redirect"
        )
    }

    /// Whether the root is one of a page.
    pub(super) fn is_page_root(&self) -> bool {
        matches!(
            self.root.as_str(),
            "html" | "head" | "body" | "script" | "div" | "meta" | "title" | "center" | "p" | "h1"
        )
    }

    /// The text outside of items, where a feed speaks of itself.
    pub(super) fn outside_items<'a>(&self, text: &'a str) -> [&'a str; 2] {
        match self.first_item {
            Some(first) => [&text[..first], &text[self.items_end.max(first)..]],
            None => [text, ""],
        }
    }
}

/// Looks over a document.
pub(super) fn examine(text: &str) -> Evidence {
    let bytes = text.as_bytes();
    let mut evidence = Evidence::default();
    let mut depth = 0_usize;
    let mut text_element: Option<&str> = None;
    let mut declared = Prefixes::default();
    let mut at = 0;
    while let Some(offset) = text[at..].find('<') {
        let start = at + offset;
        at = start + 1;
        match bytes.get(at) {
            Some(b'!') => {
                let rest = &text[at..];
                let end = if rest.starts_with("![CDATA[") {
                    rest.find("]]>")
                } else if rest.starts_with("!--") {
                    rest.find("-->")
                } else {
                    // A DOCTYPE; its declarations begin with `<!` and are met one by one.
                    Some(1)
                };
                at += end.unwrap_or(rest.len());
            }
            Some(b'/') => {
                depth = depth.saturating_sub(1);
                let name = tag_name(&text[at + 1..]);
                let local = local_name(name);
                if text_element == Some(name) {
                    text_element = None;
                }
                if is_item(local) {
                    evidence.items_end =
                        text[at..].find('>').map_or(text.len(), |end| at + end + 1);
                }
            }
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80 => {
                let name = tag_name(&text[at..]);
                let local = local_name(name);
                let Some(length) = text[at..].find('>') else {
                    break;
                };
                let tag = &text[at..at + length];
                if evidence.root.is_empty() {
                    evidence.root = local.to_ascii_lowercase();
                }
                if is_item(local) {
                    evidence.items += 1;
                    evidence.first_item.get_or_insert(start);
                }
                if text_element.is_some() {
                    evidence.markup_in_text = true;
                }
                if name.len() > local.len() && !evidence.undeclared_prefix && has_meaning(local) {
                    let prefix = &name[..name.len() - local.len() - 1];
                    evidence.undeclared_prefix = !declared.contains(prefix, text);
                }
                // More than a few kilobytes of one tag, or a hundred `=`, is no feed's habit.
                evidence.crowded_tag |=
                    length > 4096 && tag.bytes().filter(|&byte| byte == b'=').count() > 100;
                if !tag.ends_with('/') {
                    depth += 1;
                    evidence.depth = evidence.depth.max(depth);
                    if holds_text(local)
                        && !tag.contains("xhtml")
                        && !tag.contains("xml\"")
                        && !tag.contains("xml'")
                    {
                        text_element = text_element.or(Some(name));
                    }
                }
                at += length;
            }
            _ => {}
        }
    }
    evidence
}

/// Prefixes known to be declared somewhere in the document.
#[derive(Default)]
struct Prefixes<'a>(Vec<&'a str>);

impl<'a> Prefixes<'a> {
    fn contains(&mut self, prefix: &'a str, text: &str) -> bool {
        if self.0.contains(&prefix) {
            return true;
        }
        let found = self.0.len() < 32
            && text.match_indices("xmlns:").any(|(index, found)| {
                let rest = &text[index + found.len()..];
                rest.strip_prefix(prefix)
                    .is_some_and(|rest| rest.trim_start().starts_with('='))
            });
        if found {
            self.0.push(prefix);
        }
        found
    }
}

fn tag_name(tag: &str) -> &str {
    let end = tag
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<' | '=' | '"' | '\''));
    &tag[..end.unwrap_or(tag.len())]
}

fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn is_item(local: &str) -> bool {
    local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")
}

fn holds_text(local: &str) -> bool {
    matches!(
        local,
        "title" | "description" | "summary" | "encoded" | "content" | "tagline" | "body"
    )
}

/// Names that mean something in the default namespaces, and something else in others.
fn has_meaning(local: &str) -> bool {
    holds_text(local)
        || matches!(
            local,
            "link"
                | "guid"
                | "id"
                | "pubDate"
                | "author"
                | "category"
                | "comments"
                | "updated"
                | "published"
                | "item"
                | "entry"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn items_are_counted_whatever_their_prefix() {
        let text = "<?xml version='1.0'?><!-- <item> --><rss><channel><item><title>a</title></item>\
                    <item/><x:item></x:item><description><![CDATA[<item>]]></description></channel></rss>";
        let evidence = examine(text);
        assert_eq!((evidence.root.as_str(), evidence.items), ("rss", 3));
        assert!(!evidence.markup_in_text);
        assert_eq!(
            evidence.outside_items(text)[1],
            "<description><![CDATA[<item>]]></description></channel></rss>"
        );
    }

    #[test]
    fn unescaped_markup_is_noticed() {
        assert!(
            examine("<rss><item><description>a <b>b</b></description></item></rss>").markup_in_text
        );
        assert!(
            !examine("<feed><entry><content type='xhtml'><div>a</div></content></entry></feed>")
                .markup_in_text
        );
        assert!(!examine("<rss><item><title>a</title><link>b</link></item></rss>").markup_in_text);
    }

    #[test]
    fn undeclared_prefixes_are_noticed() {
        assert!(examine("<rss><item><media:title>a</media:title></item></rss>").undeclared_prefix);
        let declared = "<rss xmlns:media='http://search.yahoo.com/mrss/'><item><media:title>a</media:title></item></rss>";
        assert!(!examine(declared).undeclared_prefix);
    }

    #[test]
    fn depth_is_measured() {
        assert_eq!(examine(&"<a>".repeat(1000)).depth, 1000);
        assert_eq!(examine("<a><b/><b/></a>").depth, 1);
    }

    proptest! {
        #[test]
        fn any_text_is_examined(text in any::<String>()) {
            let _ = examine(&text);
        }

        #[test]
        fn any_markup_is_examined(text in "(<|>|/|item|title|é|:|!|--|\\[CDATA\\[|]]>|\"|=| ){0,60}") {
            let evidence = examine(&text);
            let _ = evidence.outside_items(&text);
        }
    }
}
