//! What strangers put into titles breaks neither headers nor layout, and loads nothing.

use super::sample::{at, coverage, digest, hit, recipient};
use crate::{
    core::digest::{Coverage, Digest, Kind, Privacy, Reason, compose},
    mail::{RenderOptions, RenderedMessage, render},
};

const NASTY: [&str; 12] = [
    "Title\r\nBcc: spy@example.org\r\n\r\n<script>alert(1)</script>",
    "Title\nBcc: spy@example.org",
    "\0\u{1}\u{7f}\u{85}null",
    "\u{202E}desrever\u{2066}\u{2067} isolates",
    "</td></table><img src=http://tracker.example.org/x.png><style>*{display:none}</style>",
    "\" onmouseover=\"alert(1)",
    "=?utf-8?q?encoded=20word?=",
    "{{ page.subject }} {% raw %} ${jndi}",
    "&lt;b&gt; &amp; <b>bold</b> <!-- -->",
    "🧑🏽‍🚒🏳️‍🌈👩‍❤️‍💋‍👨",
    "هذا عنوان عربي طويل مع English inside",
    ".\r\n.\r\nQUIT",
];

pub(super) fn message(digest: &Digest) -> RenderedMessage {
    let options = RenderOptions::new("newsvigil@example.org");
    render(digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap()
}

/// Everything a stranger or a careless colleague can write, set to `text`.
fn everywhere(text: &str) -> Digest {
    let mut hit = hit(1, ("w", text, Some(text)), text, text, &["t"]);
    text.clone_into(&mut hit.feed_title);
    text.clone_into(&mut hit.author);
    hit.text = text.into();
    hit.link = Some(format!("https://example.org/{text}"));
    hit.language = Some(text.to_owned());
    for span in &mut hit.spans {
        text.clone_into(&mut span.term);
    }
    let mut alerted = hit.clone();
    alerted.entry_id = 2;
    alerted.alerted = true;
    let mut reader = recipient();
    reader.name = Some(text.to_owned());
    let mut coverage = super::sample::troubled_coverage();
    text.clone_into(&mut coverage.version);
    for feed in coverage
        .failing
        .iter_mut()
        .chain(&mut coverage.silent)
        .chain(&mut coverage.incomplete)
        .chain(&mut coverage.possibly_missed)
    {
        text.clone_into(&mut feed.title);
        feed.reason = text.into();
    }
    for mute in &mut coverage.muted {
        text.clone_into(&mut mute.reason);
        text.clone_into(&mut mute.watch_title);
    }
    for mail in &mut coverage.undeliverable {
        text.clone_into(&mut mail.subject);
        text.clone_into(&mut mail.reason);
    }
    compose(
        reader,
        vec![hit, alerted],
        coverage,
        Kind::Digest(Reason::Scheduled),
    )
}

/// Every tag of `html` with its attributes, without its text.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .collect()
}

#[track_caller]
pub(super) fn check_sound(text: &str, message: &RenderedMessage) {
    let bytes = String::from_utf8(message.bytes.clone()).unwrap();
    assert!(bytes.is_ascii(), "{text:?}");
    assert!(
        !bytes.replace("\r\n", "").contains(['\r', '\n', '\0']),
        "only whole line ends: {text:?}"
    );
    assert!(
        bytes.split("\r\n").all(|line| line.len() <= 998),
        "{text:?}"
    );
    let headers = bytes.split("\r\n\r\n").next().unwrap();
    let names: Vec<&str> = headers
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap())
        .collect();
    let expected = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "References",
        "In-Reply-To",
        "Auto-Submitted",
        "X-Auto-Response-Suppress",
        "List-Id",
        "MIME-Version",
        "Content-Type",
    ];
    assert_eq!(names, expected, "{text:?}");
    assert!(message.subject.chars().count() <= 201, "{text:?}");

    for tag in tags(&message.html) {
        let name = tag
            .trim_start_matches('/')
            .split([' ', '!'])
            .next()
            .unwrap();
        let known = [
            "", "html", "head", "meta", "title", "body", "div", "table", "tr", "td", "b", "bdi",
            "a", "span", "br",
        ];
        assert!(known.contains(&name), "{text:?} made <{tag}>");
        for bad in ["onmouseover=\"", " src=", "url("] {
            assert!(!tag.contains(bad), "{text:?} made <{tag}>");
        }
        if let Some(link) = tag.split("href=\"").nth(1) {
            assert!(
                link.starts_with("https://example.org/")
                    || link.starts_with("https://news.example.org/"),
                "{link}"
            );
        }
    }
    for view in [&message.html, &message.text] {
        let bad = |c: char| {
            (c.is_control() && c != '\n')
                || ('\u{202A}'..='\u{202E}').contains(&c)
                || ('\u{2066}'..='\u{2067}').contains(&c)
        };
        assert!(!view.contains(bad), "{text:?}");
        // Ours part what is written from the other side, and end in the line in which they begin.
        for line in view.lines() {
            let (opened, closed) = (line.matches('\u{2068}'), line.matches('\u{2069}'));
            assert_eq!(opened.count(), closed.count(), "{text:?}: {line}");
        }
    }
    assert_eq!(
        message.html.matches("<table").count(),
        message.html.matches("</table>").count(),
        "{text:?}"
    );
    assert_eq!(
        message.html.matches("<td").count(),
        message.html.matches("</td>").count(),
        "{text:?}"
    );
}

#[test]
fn hostile_text_in_every_place_stays_text() {
    for text in NASTY {
        check_sound(text, &message(&everywhere(text)));
    }
    let megabyte = "<b>é\r\n\u{202E} ".repeat(120_000);
    let message = message(&everywhere(&megabyte));
    check_sound("a megabyte", &message);
    assert!(message.html.len() < 40_000, "{}", message.html.len());
}

#[test]
fn nothing_remote_is_loaded_and_nothing_runs() {
    let html = message(&digest()).html;
    for forbidden in [
        "<img",
        "<script",
        "<style",
        "<link",
        "src=",
        "url(",
        "@import",
        "<form",
        "<iframe",
        "background=",
        "javascript:",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

/// Letters and digits only, in small letters, so that layout does not count.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[test]
fn text_and_html_say_the_same_in_the_same_order() {
    for digest in [digest(), super::sample::alert(), super::sample::empty()] {
        let message = message(&digest);
        let text: String = message
            .text
            .lines()
            .filter(|line| !line.trim().starts_with("https://"))
            .collect();
        let body = message.html.split_once("</div>").unwrap().1;
        let shown: String = body
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text)
            .collect();
        let shown = shown
            .replace("&#183;", "")
            .replace("&#34;", "")
            .replace("&#39;", "")
            .replace("&#38;", "");
        assert_eq!(letters(&text), letters(&shown));
    }
}

#[test]
fn a_sealed_mail_gives_away_a_count_and_nothing_else() {
    let sealed = |mut digest: Digest| {
        digest.recipient.privacy = Privacy::Sealed;
        message(&digest)
    };
    let other = everywhere("Entirely other words");
    let mut hits = super::sample::hits();
    for hit in &mut hits {
        hit.title = "Entirely other words".into();
        hit.summary = "Entirely other words".into();
        "other-watch".clone_into(&mut hit.watch_id);
        "Other watch".clone_into(&mut hit.watch_title);
        hit.topic = None;
    }
    let coverage = Coverage {
        version: "0.1.0".to_owned(),
        ..other.coverage
    };
    let other = compose(recipient(), hits, coverage, Kind::Digest(Reason::Scheduled));
    let message = sealed(digest());
    assert_eq!(
        message.bytes,
        sealed(other).bytes,
        "what was found makes no difference"
    );
    assert_eq!(message.subject, "6 new items, 1 alert sent before");
    assert!(
        message
            .text
            .replace('\n', " ")
            .contains("2 feeds are failing"),
        "that much must be told"
    );
    assert_eq!(sealed(super::sample::alert()).subject, "2 new items");
}

#[test]
fn a_wrong_address_is_an_error_and_not_a_panic() {
    for address in [
        "",
        "desk",
        "desk@",
        "@example.org",
        "a@b@c",
        "desk@example.org\r\nBcc: x@example.org",
    ] {
        let mut reader = recipient();
        address.clone_into(&mut reader.address);
        let digest = compose(
            reader,
            Vec::new(),
            coverage(),
            Kind::Digest(Reason::Scheduled),
        );
        let date = at("2026-11-24T12:30:00Z");
        assert!(
            render(
                &digest,
                &RenderOptions::new("newsvigil@example.org"),
                "s",
                date
            )
            .is_err(),
            "{address:?}"
        );
        assert!(
            render(
                &super::sample::digest(),
                &RenderOptions::new(address),
                "s",
                date
            )
            .is_err(),
            "{address:?}"
        );
    }
}
