//! What `match` is given: JSON lines, plain text, pages, and where they come from.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read};
use std::path::Path;

use url::Url;

use crate::cli::feed::Looker;
use crate::cli::paths::Paths;
use crate::cli::{DATA_ERROR, Failure, NO_INPUT, UNAVAILABLE, USAGE, output};
use crate::core::document::Document;
use crate::core::feed::decode::decode;
use crate::core::feed::typed_address;
use crate::core::text::html::{plain_to_text, title_of, to_text};
use crate::file::open_regular;

/// A line or text longer than this is no news item.
pub(super) const MAX_BYTES: u64 = 16 << 20;

/// What is read, and how it is called.
pub(super) enum Source {
    /// A stream of documents, one a line.
    Lines(Box<dyn BufRead>),
    /// One document.
    Text(Box<Document>),
}

/// Reads an argument: `-`, an address, a file, or words.
pub(super) fn read(paths: &Paths, argument: &str) -> Result<(String, Source), Failure> {
    if argument == "-" {
        if io::stdin().is_terminal() {
            tell!(
                "newsvigil: type or paste a text, its first line the title; Ctrl-D on a line of its own ends it"
            );
        }
        let name = "-".to_owned();
        let source = of_stream(&name, Box::new(io::stdin().lock()), "standard input")?;
        return Ok((name, source));
    }
    let path = Path::new(argument);
    let is_file = path.symlink_metadata().is_ok();
    if !is_file && is_address(argument) {
        let document = page(paths, argument)?;
        return Ok((argument.trim().to_owned(), Source::Text(Box::new(document))));
    }
    if !is_file && reads_like_words(argument) {
        let document = plain(argument);
        let name = output::printable(&document.title, 60);
        return Ok((name, Source::Text(Box::new(document))));
    }
    let cannot = |reason: io::Error| {
        let advice = match reason.kind() {
            io::ErrorKind::NotFound => {
                "; words are given in quotes, as in \"first the title\", and addresses with https://"
            }
            _ => "",
        };
        Failure::new(
            NO_INPUT,
            format!("cannot read {argument}: {reason}{advice}"),
        )
    };
    // What a shell hands over as an open file is waited for by nobody else.
    let is_handed_over = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"]
        .iter()
        .any(|begin| argument.starts_with(begin));
    let file = if is_handed_over {
        File::open(path)
    } else {
        open_regular(path)
    };
    let source = of_stream(argument, Box::new(file.map_err(cannot)?), argument)?;
    Ok((argument.to_owned(), source))
}

/// Whether an argument that is no file is an address: what a scheme begins.
fn is_address(argument: &str) -> bool {
    let begin = argument.trim_start().to_ascii_lowercase();
    begin.starts_with("http://") || begin.starts_with("https://")
}

/// Whether an argument that is no file is meant as words, and not as a file that is missing.
fn reads_like_words(argument: &str) -> bool {
    const EXTENSIONS: [&str; 8] = [
        ".txt", ".json", ".jsonl", ".html", ".htm", ".md", ".xml", ".eml",
    ];
    let is_path = ["/", "./", "../", "~"]
        .iter()
        .any(|begin| argument.starts_with(begin));
    let has_extension = EXTENSIONS
        .iter()
        .any(|extension| argument.to_ascii_lowercase().ends_with(extension));
    argument.trim().contains(char::is_whitespace)
        && (argument.trim().contains('\n') || !is_path && !has_extension)
}

/// Tells JSON lines from a text or page by what comes first.
fn of_stream(name: &str, stream: Box<dyn Read>, called: &str) -> Result<Source, Failure> {
    let cannot =
        |reason: io::Error| Failure::new(NO_INPUT, format!("cannot read {called}: {reason}"));
    let mut reader = BufReader::with_capacity(1 << 16, stream);
    let mut begin = Vec::new();
    // As far as the first character that is no white space; a byte order mark is none.
    let first = loop {
        let read = (&mut reader)
            .take(1)
            .read_to_end(&mut begin)
            .map_err(cannot)?;
        let text = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&begin);
        let is_mark = begin.len() < 3 && b"\xef\xbb\xbf".starts_with(&begin);
        match text.last() {
            _ if read == 0 => break None,
            Some(c) if !c.is_ascii_whitespace() && !is_mark => break Some(*c),
            _ if begin.len() as u64 > MAX_BYTES => break None,
            _ => {}
        }
    };
    let mut whole = io::Cursor::new(begin).chain(reader);
    if first == Some(b'{') {
        return Ok(Source::Lines(Box::new(whole)));
    }
    let mut bytes = Vec::new();
    (&mut whole)
        .take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Failure::new(
            DATA_ERROR,
            format!(
                "{called} is longer than 16 MiB, which is no news item; many documents are given as JSON lines"
            ),
        ));
    }
    if has_json_lines(&bytes) {
        return Ok(Source::Lines(Box::new(io::Cursor::new(bytes))));
    }
    document(called, &bytes, None)
        .map(|document| Source::Text(Box::new(document)))
        .map_err(|reason| {
            Failure::new(
                DATA_ERROR,
                if name == "-" && bytes.is_empty() {
                    format!("{reason}; give a text whose first line is the title, or JSON lines")
                } else {
                    reason
                },
            )
        })
}

/// Whether one of the lines is a document, so that the others are meant to be as well.
fn has_json_lines(bytes: &[u8]) -> bool {
    bytes
        .split(|byte| *byte == b'\n')
        .any(|line| line.trim_ascii_start().first() == Some(&b'{') && super::parse(line).is_ok())
}

/// The page behind an address, asked for within the limits and the guard of feeds.
fn page(paths: &Paths, argument: &str) -> Result<Document, Failure> {
    let refused = |reason| Failure::new(USAGE, format!("`{}` {reason}", argument.trim()));
    let addresses = typed_address::addresses(argument).map_err(refused)?;
    if addresses
        .iter()
        .any(|url| !url.username().is_empty() || url.password().is_some())
    {
        return Err(Failure::new(
            USAGE,
            "an address cannot carry a user name or password",
        ));
    }
    let looker = Looker::new(paths)?;
    let runtime = crate::cli::runtime()?;
    let fetched = runtime.block_on(looker.body(&addresses, &mut usize::MAX.clone()));
    runtime.shutdown_background();
    let (modified, _) = fetched.map_err(|refusal| {
        Failure::new(
            UNAVAILABLE,
            format!("cannot read {}: {}", argument.trim(), refusal.message()),
        )
    })?;
    let mut document = document(
        argument.trim(),
        &modified.body,
        modified.content_type.as_deref(),
    )
    .map_err(|reason| Failure::new(DATA_ERROR, reason))?;
    document.url = Url::parse(&modified.answer.final_url)
        .ok()
        .map(String::from);
    Ok(document)
}

/// The document in a text or page, in any encoding; the error reads alone.
fn document(called: &str, bytes: &[u8], content_type: Option<&str>) -> Result<Document, String> {
    let text = decode(bytes, content_type).text;
    if text.trim().is_empty() {
        return Err(format!("{called} is empty"));
    }
    if text.contains('\0') || bytes.starts_with(b"%PDF-") {
        return Err(format!(
            "{called} is neither text nor a page: save it as text first"
        ));
    }
    let begin = text.trim_start();
    if begin.starts_with('[') && begin[1..].trim_start().starts_with('{') {
        return Err(format!(
            "{called} is a JSON array: give one object a line, as `jq -c '.[]'` writes them"
        ));
    }
    match markup(begin) {
        Some(Markup::Feed) => Err(format!(
            "{called} is a feed and no page: `newsvigil feed show` lists what is in it"
        )),
        Some(Markup::Page) => {
            let document = Document {
                title: title_of(&text),
                text: to_text(&text),
                ..Document::default()
            };
            if document.title.is_empty() && document.text.is_empty() {
                return Err(format!("{called} is a page that shows no text"));
            }
            Ok(document)
        }
        None => Ok(plain(&text)),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Markup {
    Page,
    Feed,
}

/// What kind of markup a text is; `None` for plain text, which may begin with `<` as well.
fn markup(begin: &str) -> Option<Markup> {
    const LOOKED_AT: usize = 4096;
    if !begin.starts_with('<') {
        return None;
    }
    let head: String = begin.chars().take(LOOKED_AT).collect();
    let head = head.to_ascii_lowercase();
    let has = |names: &[&str]| {
        names.iter().any(|name| {
            head.match_indices(name).any(|(at, _)| {
                let behind = head[at + name.len()..].chars().next();
                behind.is_none_or(|c| c.is_whitespace() || "/>:".contains(c))
            })
        })
    };
    if !has(&["<html", "<!doctype html"]) && has(&["<rss", "<feed", "<rdf:rdf"]) {
        return Some(Markup::Feed);
    }
    let tags = [
        "<html",
        "<!doctype",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<article",
        "<main",
        "<div",
        "<p",
        "<h1",
        "<h2",
        "<section",
        "<table",
        "<span",
        "<br",
        "<!--",
    ];
    has(&tags).then_some(Markup::Page)
}

/// Plain text: the first line with anything in it is the title, the rest the text.
fn plain(text: &str) -> Document {
    let text = text.trim_start();
    let (title, rest) = text.split_once(['\n', '\r']).unwrap_or((text, ""));
    Document {
        title: plain_to_text(title),
        text: plain_to_text(rest),
        ..Document::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_bytes(bytes: &[u8]) -> Result<Document, String> {
        document("it", bytes, None)
    }

    #[test]
    fn the_first_line_of_a_text_is_its_title() {
        let document =
            read_bytes(b"\n \xef\xbb\xbfTitle\r\nFirst.\r\n\r\nSecond < third.\n").unwrap();
        assert_eq!(document.title.trim_start_matches('\u{feff}'), "Title");
        assert_eq!(document.text, "First.\nSecond < third.");
        assert_eq!(plain("only a title").title, "only a title");
    }

    #[test]
    fn a_text_is_read_in_its_encoding() {
        let document = read_bytes(b"Manifestaci\xf3n en la plaza\nLa polic\xeda\n").unwrap();
        assert_eq!(document.title, "Manifestación en la plaza");
        let utf16: Vec<u8> = "\u{feff}Протест\nв Минске"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let document = read_bytes(&utf16).unwrap();
        assert_eq!((&*document.title, &*document.text), ("Протест", "в Минске"));
    }

    #[test]
    fn a_page_is_its_title_and_its_visible_text() {
        let page = "<!DOCTYPE html><html><head><title>A &amp; B</title><script>hidden()</script>\
            <style>p{}</style></head><body><h1>Head</h1><p>Police used<br>force.</p></body></html>";
        let document = read_bytes(page.as_bytes()).unwrap();
        assert_eq!(document.title, "A & B");
        assert!(
            document.text.contains("Police used\nforce."),
            "{}",
            document.text
        );
        assert!(!document.text.contains("hidden") && !document.text.contains("p{}"));
    }

    #[test]
    fn what_is_no_document_is_told() {
        for (bytes, words) in [
            (&b""[..], "empty"),
            (b" \n\t", "empty"),
            (b"a\0b", "neither text"),
            (b"%PDF-1.7 text", "neither text"),
            (b"[ {\"title\": 1}]", "JSON array"),
            (
                b"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel/></rss>",
                "is a feed",
            ),
            (b"<html><script>x</script></html>", "shows no text"),
        ] {
            let reason = read_bytes(bytes).unwrap_err();
            assert!(reason.contains(words), "{reason}");
        }
        assert!(read_bytes(b"<b>bold words</b> in a text").is_ok());
        assert!(read_bytes(b"[Update] police").is_ok());
    }

    #[test]
    fn words_are_told_from_files_that_are_missing() {
        assert!(reads_like_words("police used force"));
        assert!(reads_like_words("/ first\nsecond"));
        for path in ["docs", "my file.txt", "/tmp/my file", "./a b", "docs.jsonl"] {
            assert!(!reads_like_words(path), "{path}");
        }
        assert!(is_address("HTTPS://outlet.example/a") && !is_address("outlet.example"));
    }
}
