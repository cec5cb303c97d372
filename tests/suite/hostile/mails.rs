//! What holds for every mail, whatever the feeds said.

use std::fs;

use mail_parser::{HeaderValue, MessageParser};

use crate::world::World;

/// The headers of a mail, in their order, and no others.
const HEADERS: [&str; 12] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "References",
    "In-Reply-To",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "List-ID",
    "MIME-Version",
    "Content-Type",
];
/// The tags of the templates; whatever else begins with `<` would be the feed's.
const TAGS: [&str; 15] = [
    "", "html", "head", "meta", "title", "body", "div", "table", "tr", "td", "b", "bdi", "a",
    "span", "br",
];

/// Each mail in the mailbox, after it has been looked at with the strictest eyes: its text and HTML.
pub fn sound_mails(world: &World) -> Vec<(String, String)> {
    let Ok(folder) = fs::read_dir(world.state().join("mail/new")) else {
        return Vec::new();
    };
    folder
        .map(|entry| fs::read(entry.expect("an entry").path()).expect("a message"))
        .map(|bytes| check(&bytes))
        .collect()
}

#[track_caller]
fn check(bytes: &[u8]) -> (String, String) {
    let text = std::str::from_utf8(bytes).expect("ASCII");
    assert!(text.is_ascii());
    // A Maildir keeps lines as the machine does.
    let lines = text.replace("\r\n", "\n");
    assert!(!lines.contains(['\r', '\0']), "only whole line ends");
    assert!(lines.split('\n').all(|line| line.len() <= 998));

    let message = MessageParser::default().parse(bytes).expect("a message");
    let names: Vec<&str> = message
        .headers()
        .iter()
        .map(mail_parser::Header::name)
        .collect();
    assert_eq!(names, HEADERS);
    let to = message.to().expect("a recipient");
    let to: Vec<Option<&str>> = to.iter().map(|address| address.address()).collect();
    assert_eq!(to, [Some("desk@example.org")], "nobody else is told");
    let subject = message.header("Subject").and_then(HeaderValue::as_text);
    let subject = subject.expect("a subject");
    assert!(subject.chars().count() <= 201, "{subject}");
    assert!(!subject.chars().any(is_bad), "{subject:?}");
    assert_eq!(message.text_body_count(), 1);
    assert_eq!(message.html_body_count(), 1);
    assert_eq!(message.attachment_count(), 0);

    let text = message.body_text(0).expect("a text part").into_owned();
    let html = message.body_html(0).expect("an HTML part").into_owned();
    assert!(!text.chars().any(|c| is_bad(c) && c != '\n'), "{text:?}");
    check_html(&html);
    (text, html)
}

/// Control characters, and those that turn the text around. Ours only part texts from each other.
fn is_bad(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}' | '\u{2067}')
}

#[track_caller]
fn check_html(html: &str) {
    assert!(!html.chars().any(is_bad), "{html:?}");
    let mut open: Vec<&str> = Vec::new();
    for tag in html
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
    {
        let name = tag
            .trim_start_matches('/')
            .split([' ', '!'])
            .next()
            .unwrap_or_default();
        assert!(TAGS.contains(&name), "<{tag}>");
        let link = tag
            .split("href=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next());
        let layout = tag.replace(link.unwrap_or("\0"), "");
        for live in [" src=", " background=", "url(", "@import", "expression("] {
            assert!(!layout.contains(live), "<{tag}>");
        }
        let mut attributes = layout.split(' ').skip(1);
        assert!(
            attributes.all(|attribute| !attribute.starts_with("on")),
            "<{tag}>"
        );
        if let Some(link) = link {
            assert!(
                link.starts_with("https://") || link.starts_with("http://"),
                "<{tag}>"
            );
        }
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "</{name}> ends nothing");
        } else if !matches!(name, "" | "meta" | "br") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "never ended: {open:?}");
}
