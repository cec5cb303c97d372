//! Whether a body is HTML: by its bytes, and by its header where they leave it open.

/// What bytes begin with, and what begins so.
const SIGNATURES: [(&[u8], &str); 22] = [
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"\0\0\x01\0", "a picture"),
    (b"PK\x03\x04", "an archive or an office document"),
    (b"\x1F\x8B", "compressed data"),
    (b"Rar!", "an archive"),
    (b"7z\xBC\xAF", "an archive"),
    (b"\xFD7zXZ", "compressed data"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"{\\rtf", "an office document"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"fLaC", "sound"),
    (b"RIFF", "sound, a film or a picture"),
    (b"\x1A\x45\xDF\xA3", "a film"),
    (b"FLV\x01", "a film"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
];

/// Names of elements by which a text is known for HTML.
const TAGS: [&str; 28] = [
    "!doctype html",
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "div",
    "p",
    "h1",
    "h2",
    "article",
    "main",
    "section",
    "table",
    "br",
    "a",
    "b",
    "font",
    "center",
    "span",
    "ul",
    "img",
    "header",
    "form",
    "iframe",
];

/// Roots of XML that is no page.
const ROOTS: [(&str, &str); 8] = [
    ("rss", "a feed"),
    ("feed", "a feed"),
    ("rdf:rdf", "a feed"),
    ("urlset", "a sitemap"),
    ("sitemapindex", "a sitemap"),
    ("svg", "a picture"),
    ("opml", "a list of feeds"),
    ("error", "an answer of a machine"),
];

/// What a body is by its first bytes, when it is no text.
pub(in crate::core) fn sniff_binary(body: &[u8]) -> Option<&'static str> {
    let known = SIGNATURES.iter().find(|(bytes, _)| body.starts_with(bytes));
    if let Some(&(_, what)) = known {
        return Some(what);
    }
    if body.get(4..8) == Some(b"ftyp") {
        return Some("a film or sound");
    }
    let start = &body[..body.len().min(512)];
    let zeros = start.split(|byte| *byte == 0).count() - 1;
    // UTF-16 of scripts beyond Latin has few zeros, and of Latin half.
    let controls = start
        .iter()
        .filter(|byte| matches!(byte, 1..=8 | 0x0E..=0x1A))
        .count();
    (controls > 16 && controls + zeros > start.len() / 16 && !start.contains(&b'<'))
        .then_some("binary data")
}

/// What a text is, when it is no HTML.
pub(in crate::core) fn sniff_text(text: &str, content_type: Option<&str>) -> Option<String> {
    let kind = content_type.map(|it| {
        it.split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    });
    let kind = kind.as_deref().filter(|kind| !kind.is_empty());
    let start = &text[..text.floor_char_boundary(text.len().min(8 << 10))];
    let first = without_prolog(start);
    for (root, what) in ROOTS {
        if begins_with_tag(first, root) {
            return Some(what.to_owned());
        }
    }
    if begins_with_tag(first, "!doctype html") || begins_with_tag(first, "html") {
        return None;
    }
    let may_be_html = kind.is_none_or(|kind| {
        kind.contains("html")
            || kind == "text/plain"
            || kind.contains("xml")
            || kind == "application/octet-stream"
    });
    if !may_be_html {
        return Some(format!(
            "{}, by its Content-Type",
            shown(kind.unwrap_or_default())
        ));
    }
    let has_tag = first
        .match_indices('<')
        .any(|(at, _)| TAGS.iter().any(|tag| begins_with_tag(&first[at..], tag)));
    if has_tag && !first.starts_with(['{', '[']) {
        return None;
    }
    if first.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
    {
        return Some("JSON".to_owned());
    }
    if kind.is_some_and(|kind| kind.contains("html")) {
        return None;
    }
    if has_tag {
        return None;
    }
    Some("plain text".to_owned())
}

fn shown(kind: &str) -> String {
    kind.chars().filter(|c| !c.is_control()).take(60).collect()
}

/// A text without white space, XML declarations and comments before its first tag.
fn without_prolog(text: &str) -> &str {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let end = if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<?") {
            rest.find('>').map(|at| at + 1)
        } else {
            None
        };
        match end {
            Some(end) => rest = rest[end..].trim_start(),
            None => return rest,
        }
    }
}

fn begins_with_tag(text: &str, name: &str) -> bool {
    let Some(rest) = text.strip_prefix('<') else {
        return false;
    };
    rest.get(..name.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(name))
        && rest[name.len()..]
            .chars()
            .next()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '>' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_known_with_and_without_a_header() {
        let page = "<!-- made by hand -->\n<!DOCTYPE html><p>Text";
        for kind in [
            None,
            Some("text/html; charset=x"),
            Some("image/png"),
            Some("application/xhtml+xml"),
        ] {
            assert_eq!(sniff_text(page, kind), None, "{kind:?}");
        }
        assert_eq!(sniff_text("Words <b>and</b> more<br>words", None), None);
        assert_eq!(sniff_text("Words without a tag", Some("text/html")), None);
        assert_eq!(sniff_text("[Photo] Words<p>words", None), None);
        assert_eq!(
            sniff_text("<?xml version='1.0'?><html xmlns='x'>", Some("text/xml")),
            None
        );
    }

    #[test]
    fn what_is_no_page_is_named() {
        let no = |text: &str, kind| sniff_text(text, kind).unwrap_or_default();
        assert_eq!(
            no("<?xml version='1.0'?>\n<rss version='2.0'>", None),
            "a feed"
        );
        assert_eq!(no("{\"a\": \"<p>\"}", Some("text/html")), "JSON");
        assert_eq!(no("Words without a tag", None), "plain text");
        assert_eq!(
            no("body { color: red }", Some("text/css")),
            "text/css, by its Content-Type"
        );
        assert_eq!(sniff_binary(b"%PDF-1.7 ..."), Some("a PDF"));
        assert_eq!(sniff_binary(b"\0\0\0\x18ftypmp42"), Some("a film or sound"));
        assert_eq!(sniff_binary("<p>текст".as_bytes()), None);
        let utf16: Vec<u8> = "<p>работа"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(sniff_binary(&utf16), None);
    }
}
