//! What `match` and `explain` are given: JSON lines, plain text, pages, mails, and where they come from.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _, Read};
use std::path::Path;

use mail_parser::MessageParser;
use url::Url;

use crate::cli::failure::{DATA_ERROR, Failure, NO_INPUT, UNAVAILABLE, USAGE};
use crate::cli::feed::FeedReader;
use crate::cli::output;
use crate::cli::paths::Paths;
use crate::core::document::Document;
use crate::core::feed::address_input;
use crate::core::text::decode::decode;
use crate::core::text::html::{plain_to_text, title_of, to_text};
use crate::file::open_regular;

/// A line or text longer than this is no news item.
pub(in crate::cli) const MAX_BYTES: u64 = 16 << 20;

/// What is read, and how it is called.
pub(in crate::cli) enum Source {
    /// A stream of documents, one a line.
    Lines(Box<dyn BufRead>),
    /// One document.
    Text(Box<Document>),
}

/// Reads an argument: `-`, an address, a file, or words.
pub(in crate::cli) fn read(paths: &Paths, argument: &str) -> Result<(String, Source), Failure> {
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
    if argument.trim().is_empty() {
        return Err(Failure::new(
            USAGE,
            "there are no words in an empty argument; `-` is standard input",
        ));
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
            io::ErrorKind::NotFound if is_one_word(argument) => format!(
                "; one word alone is taken for a file, and matched by `echo {argument} | newsvigil match`; \
                 several are given in quotes"
            ),
            io::ErrorKind::NotFound => {
                "; words are given in quotes, as in \"first the title\", and addresses with https://"
                    .to_owned()
            }
            _ => String::new(),
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

/// Whether an argument is one word that a shell takes as it is, and not the name of a file by its looks.
fn is_one_word(argument: &str) -> bool {
    argument.chars().all(char::is_alphanumeric)
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
    if first == Some(b'{') && reader.fill_buf().map_err(cannot)?.starts_with(b"\\rtf") {
        return Err(Failure::new(DATA_ERROR, unreadable(called)));
    }
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
    bytes.split(|byte| *byte == b'\n').any(|line| {
        line.trim_ascii_start().first() == Some(&b'{') && super::line::parse(line).is_ok()
    })
}

/// The page behind an address, asked for within the limits and the guard of feeds.
fn page(paths: &Paths, argument: &str) -> Result<Document, Failure> {
    let refused = |reason| Failure::new(USAGE, format!("`{}` {reason}", argument.trim()));
    let addresses = address_input::addresses(argument).map_err(refused)?;
    if addresses.iter().any(address_input::has_credentials) {
        return Err(Failure::new(
            USAGE,
            "an address cannot carry a user name or password",
        ));
    }
    let looker = FeedReader::new(paths)?;
    let runtime = crate::cli::runtime::runtime()?;
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
        return Err(unreadable(called));
    }
    if is_mail(&text) {
        return mail(bytes).ok_or_else(|| format!("{called} is a mail that shows no text"));
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

fn unreadable(called: &str) -> String {
    format!("{called} is neither text nor a page: save it as text first")
}

/// Whether a text is a mail as a mail program saves it: fields, `From` and `Subject` among them, up to an
/// empty line (RFC 5322, section 2.1). Its words may stand there in an encoding for mails only.
fn is_mail(text: &str) -> bool {
    const FIELDS_LOOKED_AT: usize = 1_000;
    let (mut from, mut subject) = (false, false);
    for (number, line) in text.lines().take(FIELDS_LOOKED_AT).enumerate() {
        // Of a mailbox file, the line between two mails.
        if number == 0 && line.starts_with("From ") || line.starts_with([' ', '\t']) && number > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else {
            return line.is_empty() && from && subject;
        };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        from |= name.eq_ignore_ascii_case("from");
        subject |= name.eq_ignore_ascii_case("subject");
    }
    false
}

/// The subject of a mail and what it says; what is attached is not read.
fn mail(bytes: &[u8]) -> Option<Document> {
    let message = MessageParser::default().parse(bytes)?;
    let parts = 0..message.text_body.len();
    let texts: Vec<String> = parts
        .filter_map(|part| message.body_text(part))
        .map(|text| plain_to_text(&text))
        .collect();
    let document = Document {
        title: plain_to_text(message.subject().unwrap_or_default()),
        text: texts.join("\n"),
        ..Document::default()
    };
    (!document.title.is_empty() || !document.text.trim().is_empty()).then_some(document)
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
    let feeds = ["<rss", "<feed", "<rdf:rdf", "<urlset", "<sitemapindex"];
    if !has(&["<html", "<!doctype html"]) && has(&feeds) {
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
mod tests;
