//! The corpus: one host an attack.

use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::bombs;
use super::host::{Act, drip, endless, hang, page};

/// What has to come of an attack.
pub enum Expected {
    /// The feed fails, for this reason.
    Reason(&'static str),
    /// The feed is read, whatever else is in it.
    Read,
    /// The same, and its story is found and mailed.
    Story,
}

impl Expected {
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Reason(reason) => Some(reason),
            Self::Read | Self::Story => None,
        }
    }

    pub fn is_story(&self) -> bool {
        matches!(self, Self::Story)
    }
}

pub struct Attack {
    pub id: &'static str,
    pub expected: Expected,
    pub act: Box<Act>,
}

/// Every attack there is.
pub fn all() -> Vec<Attack> {
    let mut attacks = on_the_wire();
    attacks.extend(redirects());
    attacks.extend(inflated());
    attacks.extend(bodies());
    attacks.extend(stories());
    attacks
}

fn attack(
    id: &'static str,
    reason: &'static str,
    act: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
) -> Attack {
    Attack {
        id,
        expected: Expected::Reason(reason),
        act: Box::new(act),
    }
}

const RSS: &str = "Content-Type: application/rss+xml\r\n";
const OK: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n";
/// Often enough that nobody calls it silence.
const DRIP: Duration = Duration::from_millis(100);

fn on_the_wire() -> Vec<Attack> {
    vec![
        attack("silence", "no answer within 4 s", |_, stream| hang(stream)),
        attack(
            "hangs-up",
            "hung up before the answer was complete",
            |_, _| Ok(()),
        ),
        attack("drip-head", "no answer within 4 s", |_, stream| {
            drip(OK, b"X: y\r\n", DRIP, stream)
        }),
        attack("drip-body", "no answer within 4 s", |_, stream| {
            drip(&[OK, b"\r\n<rss>"].concat(), b" ", DRIP, stream)
        }),
        attack("endless-body", "larger than 8 MiB", |_, stream| {
            endless(RSS, b"<rss>", &[b' '; 65_536], stream)
        }),
        attack("endless-headers", "headers", |_, stream| {
            drip(OK, b"X-Header: value\r\n", Duration::ZERO, stream)
        }),
        attack("endless-header", "headers", |_, stream| {
            drip(
                &[OK, b"X: "].concat(),
                &[b'y'; 65_536],
                Duration::ZERO,
                stream,
            )
        }),
        attack("long-status", "headers", |_, stream| {
            drip(b"HTTP/1.1 200 ", &[b'y'; 65_536], Duration::ZERO, stream)
        }),
        attack("no-http", "does not speak HTTP", |_, stream| {
            stream.write_all(b"\x00\xff\x16\x03 this is no HTTP at all\r\n\r\n")
        }),
        attack("header-injection", "does not speak HTTP", |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n")
        }),
        attack(
            "promises-more",
            "hung up before the answer was complete",
            |_, stream| {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n<rss><channel>")
            },
        ),
        attack("promises-too-much", "larger than 8 MiB", |_, stream| {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n<rss>")
        }),
        attack("no-number", "does not speak HTTP", |_, stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n<rss>",
            )
        }),
        attack("promises-less", "not well-formed XML", |_, stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<rss><channel><title>a</title>",
            )
        }),
        attack("two-lengths", "does not speak HTTP", |_, stream| {
            stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n<rss><a/>",
            )
        }),
        attack("empty", "empty body", |_, stream| page(RSS, b"", stream)),
        attack("white-space", "empty body", |_, stream| {
            page(RSS, b" \r\n\t ", stream)
        }),
        attack("chunks-of-junk", "does not speak HTTP", |_, stream| {
            stream.write_all(&[OK, b"Transfer-Encoding: chunked\r\n\r\nZZZ\r\njunk\r\n"].concat())
        }),
        attack("chunk-of-exabytes", "does not speak HTTP", |_, stream| {
            stream.write_all(
                &[
                    OK,
                    b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n<rss>",
                ]
                .concat(),
            )
        }),
        attack("chunk-extension", "does not speak HTTP", |_, stream| {
            let head = [OK, b"Transfer-Encoding: chunked\r\n\r\n5;"].concat();
            drip(&head, &[b'x'; 65_536], Duration::ZERO, stream)
        }),
        attack(
            "unasked-304",
            "nothing was there to compare with",
            |_, stream| stream.write_all(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        ),
        attack("odd-status", "status 799", |_, stream| {
            stream.write_all(b"HTTP/1.1 799 \r\nContent-Length: 0\r\n\r\n")
        }),
    ]
}

fn redirect(to: &str, stream: &mut TcpStream) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 301 Moved\r\nLocation: {to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    );
    stream.write_all(head.as_bytes())
}

fn redirects() -> Vec<Attack> {
    let to =
        |id, reason, to: &'static str| attack(id, reason, move |_, stream| redirect(to, stream));
    vec![
        attack(
            "redirects-for-ever",
            "more than 10 redirects",
            |path, stream| redirect(&format!("{path}x"), stream),
        ),
        attack(
            "redirects-in-a-circle",
            "goes in a circle",
            |path, stream| redirect(if path == "/feed" { "/other" } else { "/feed" }, stream),
        ),
        to(
            "redirect-to-a-file",
            "leads to file:",
            "file:///etc/hostname",
        ),
        to(
            "redirect-to-javascript",
            "leads to javascript:",
            "javascript:alert(1)",
        ),
        to("redirect-to-data", "leads to data:", "data:text/xml,<rss/>"),
        to(
            "redirect-to-a-neighbour",
            "10.0.0.1 is a private address",
            "http://10.0.0.1/feed",
        ),
        to(
            "redirect-to-the-cloud",
            "169.254.169.254 is",
            "http://169.254.169.254/latest/meta-data/",
        ),
        to(
            "redirect-to-ipv6",
            "is a loopback address",
            "http://[::1]/feed",
        ),
        to(
            "redirect-to-mapped",
            "10.0.0.1",
            "http://[::ffff:10.0.0.1]/feed",
        ),
        to(
            "redirect-in-decimal",
            "10.0.0.1 is a private address",
            "http://167772161/feed",
        ),
        to("redirect-to-nothing", "redirect", "http://"),
        to("redirect-with-junk", "redirect", "http://[::1"),
        attack("redirect-of-a-megabyte", "headers", |_, stream| {
            redirect(&format!("/{}", "a".repeat(1 << 20)), stream)
        }),
    ]
}

fn inflated() -> Vec<Attack> {
    let (gzip_head, gzip_piece) = bombs::gzip();
    let (brotli_head, brotli_piece) = bombs::brotli();
    let zstd = bombs::zstd();
    vec![
        attack("gzip-bomb", "larger than 8 MiB", move |_, stream| {
            endless(
                "Content-Encoding: gzip\r\n",
                &gzip_head,
                &gzip_piece,
                stream,
            )
        }),
        attack("brotli-bomb", "larger than 8 MiB", move |_, stream| {
            endless(
                "Content-Encoding: br\r\n",
                &brotli_head,
                &brotli_piece,
                stream,
            )
        }),
        attack("zstd-bomb", "larger than 8 MiB", move |_, stream| {
            page("Content-Encoding: zstd\r\n", &zstd, stream)
        }),
        attack("no-gzip", "does not decompress", |_, stream| {
            page(
                "Content-Encoding: gzip\r\n",
                b"<rss version=\"2.0\"/>",
                stream,
            )
        }),
        attack(
            "unasked-encoding",
            "which was not asked for",
            |_, stream| {
                page(
                    "Content-Encoding: compress\r\n",
                    b"<rss version=\"2.0\"/>",
                    stream,
                )
            },
        ),
    ]
}

/// An RSS feed around `inside`, which comes after its title.
fn rss(inside: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Hostile</title>{inside}</channel></rss>"
    )
}

fn body(id: &'static str, expected: Expected, headers: &'static str, body: Vec<u8>) -> Attack {
    Attack {
        id,
        expected,
        act: Box::new(move |_, stream| page(headers, &body, stream)),
    }
}

/// Bodies that are meant to be hard to read.
fn bodies() -> Vec<Attack> {
    use Expected::{Read, Reason};
    let mut entities = "<!DOCTYPE rss [<!ENTITY a0 'boom'>".to_owned();
    for level in 1..40 {
        let before = format!("&a{};", level - 1).repeat(10);
        entities += &format!("<!ENTITY a{level} '{before}'>");
    }
    entities += "]><rss version='2.0'><channel><title>&a39;</title><item><title>&a39;</title></item></channel></rss>";
    let external = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'http://127.0.0.1:1/'>%y;]>\
                    <rss version='2.0'><channel><item><title>a&x;</title></item></channel></rss>";
    let attributes: String = (0..700_000)
        .map(|number| format!(" {number:x}=''"))
        .collect();
    let named: String = (0..700_000)
        .map(|number| format!(" a{number}=''"))
        .collect();
    let deep = "<a>".repeat(1_000_000);
    let deep_html = format!(
        "{}x{}",
        "&lt;b&gt;".repeat(100_000),
        "&lt;/b&gt;".repeat(100_000)
    );
    let xml = |text: String| text.into_bytes();
    vec![
        body("entity-bomb", Read, RSS, xml(entities)),
        body("external-entity", Read, RSS, xml(external.to_owned())),
        body(
            "million-attributes",
            Read,
            RSS,
            xml(format!(
                "<rss{attributes}><channel><item><title>a</title></item></channel></rss>"
            )),
        ),
        body(
            "named-attributes",
            Read,
            RSS,
            xml(rss(&format!("<item{named}><title>a</title></item>"))),
        ),
        body("deep-xml", Reason("XML"), RSS, xml(deep.clone())),
        body(
            "deep-in-a-feed",
            Read,
            RSS,
            xml(rss(&format!("<item><title>a</title>{deep}</item>"))),
        ),
        body(
            "deep-html",
            Read,
            RSS,
            xml(rss(&format!(
                "<item><title>a</title><description>{deep_html}</description></item>"
            ))),
        ),
        body(
            "million-entries",
            Read,
            RSS,
            xml(rss(&"<item/>".repeat(1_000_000))),
        ),
        body(
            "million-titles",
            Read,
            RSS,
            xml(rss(&"<item><title>a</title></item>".repeat(250_000))),
        ),
        body(
            "unclosed",
            Read,
            RSS,
            xml(rss("<item><title>a</title></item>") + &"<item><title>".repeat(400_000)),
        ),
        body(
            "json-arrays",
            Reason("not a JSON Feed"),
            "Content-Type: application/json\r\n",
            xml("[".repeat(4_000_000)),
        ),
        body(
            "json-objects",
            Reason("not valid JSON"),
            "Content-Type: application/json\r\n",
            xml("{\"items\":".repeat(400_000)),
        ),
        body(
            "json-entries",
            Read,
            "Content-Type: application/feed+json\r\n",
            xml(format!(
                "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"a\",\"items\":[{}{{}}]}}",
                "{\"id\":1},".repeat(500_000)
            )),
        ),
        body(
            "json-number",
            Reason("number out of range"),
            "Content-Type: application/feed+json\r\n",
            xml(format!(
                "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{{\"title\":\"a\",\"id\":1{}}}]}}",
                "0".repeat(1_000_000)
            )),
        ),
        body("nul-bytes", Reason("empty body"), RSS, vec![0; 1 << 20]),
        body(
            "noise",
            Reason("neither XML nor JSON"),
            RSS,
            (0..1_u32 << 20)
                .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80)
                .collect(),
        ),
        body(
            "no-such-charset",
            Read,
            "Content-Type: text/xml; charset=x-none-such\r\n",
            xml(rss("<item><title>a</title></item>")),
        ),
        body(
            "page",
            Reason("this is an HTML page"),
            "Content-Type: text/html\r\n",
            xml(format!(
                "<!DOCTYPE html><html><head><title>{}\u{202e}\r\nBcc: x@example.org</title></head></html>",
                "long ".repeat(100_000)
            )),
        ),
        body(
            "root-of-a-megabyte",
            Reason("not a feed"),
            RSS,
            xml(format!("<{0}></{0}>", "a".repeat(1 << 20))),
        ),
        body(
            "comments",
            Reason("feed"),
            RSS,
            xml("<!--".repeat(1_000_000)),
        ),
        body(
            "numbers-in-dates",
            Read,
            RSS,
            xml(rss(&format!(
                "<ttl>99999999999999999999</ttl><item><title>a</title><pubDate>{0}</pubDate></item>\
             <item><title>b</title><pubDate>99999999999999999</pubDate></item>\
             <item><title>c</title><pubDate>Mon, 99 Jan 99999 99:99:99 +9999</pubDate></item>\
             <item><title>d</title><pubDate>-9999-01-01T00:00:00Z</pubDate></item>\
             <item><title>e</title><pubDate>+262143-12-31T23:59:60+25:00</pubDate></item>",
                "9".repeat(100_000)
            ))),
        ),
    ]
}

/// A story that the watch finds, with `fields` beside its title.
fn story(id: &'static str, title: &str, fields: &str) -> Attack {
    let item = format!(
        "<item><title>{title}</title><description>Protesters: lethal force</description>{fields}</item>"
    );
    body(id, Expected::Story, RSS, rss(&item).into_bytes())
}

/// Stories that are meant for the reader of the mail.
fn stories() -> Vec<Attack> {
    const INJECTION: &str =
        "&#13;&#10;Bcc: victim@example.org&#13;&#10;&#13;&#10;body&#0;&#x85;&#x2028;";
    let long = "lethal force ".repeat(40_000);
    let mut bad_bytes = rss(
        "<item><title>lethal~ force</title><link>https://outlet.example/~</link><guid>~</guid>\
         <author>~</author><category>~</category><description>protest lethal force ~</description></item>",
    )
    .into_bytes();
    for byte in &mut bad_bytes {
        if *byte == b'~' {
            *byte = 0xFF;
        }
    }
    let mut controls = rss("<item><title>lethal\u{1} \u{8}force\u{1b}[31m</title><description>protest\u{c}</description></item>")
        .replace("Hostile", "Host\0ile")
        .into_bytes();
    controls.extend([0, 0, 0]);
    vec![
        story(
            "titles-of-headers",
            &format!("lethal force{INJECTION}"),
            &format!(
                "<author>a{INJECTION}</author><link>https://outlet.example/{INJECTION}</link><guid>g{INJECTION}</guid><category>{INJECTION}</category>"
            ),
        ),
        story(
            "raw-line-ends",
            "lethal force\r\nBcc: victim@example.org\r\n\r\nbody",
            "<author>a\r\nCc: b@example.org</author>",
        ),
        story(
            "encoded-words",
            "=?utf-8?q?lethal=0D=0ABcc:_x=40example.org?= force",
            "<author>=?utf-8?b?DQpCY2M6IHhAZXhhbXBsZS5vcmc=?=</author>",
        ),
        story(
            "scripts",
            "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; lethal force",
            "<author>&lt;/td&gt;&lt;/table&gt;&lt;/div&gt;&lt;style&gt;*{display:none}&lt;/style&gt;</author>",
        ),
        story(
            "twice-escaped",
            "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; lethal force",
            "",
        ),
        story(
            "style",
            "&lt;b style=\"background:url(https://spy.example/a)\"&gt;lethal force&lt;/b&gt; }*{display:none}",
            "",
        ),
        story(
            "quotes",
            "lethal force\" onmouseover=\"alert(1)",
            "<link>https://outlet.example/\"onmouseover=\"alert(1)</link><dc:language xmlns:dc=\"http://purl.org/dc/elements/1.1/\">en\"onload=\"x</dc:language>",
        ),
        story(
            "link-javascript",
            "lethal force",
            "<link>javascript:alert(document.domain)</link>",
        ),
        story(
            "link-data",
            "lethal force",
            "<link>data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;</link>",
        ),
        story(
            "link-file",
            "lethal force",
            "<link>file:///etc/passwd</link>",
        ),
        story(
            "link-login",
            "lethal force",
            "<link>https://bank.example@evil.example/</link>",
        ),
        story(
            "bidi",
            "\u{202e}lethal force\u{2066}\u{202d}exe.fdp",
            "<author>\u{202e}gro.elpmaxe</author>",
        ),
        story(
            "marks",
            &format!(
                "lethal force {}",
                "a\u{301}\u{302}\u{303}".repeat(10) + &"\u{336}".repeat(5_000)
            ),
            "",
        ),
        story(
            "long-fields",
            &long,
            &format!(
                "<link>https://outlet.example/{0}</link><guid>{0}</guid><author>{0}</author>{1}",
                "x".repeat(500_000),
                "<category>c</category>".repeat(50_000)
            ),
        ),
        body("bad-bytes", Expected::Story, RSS, bad_bytes),
        body("controls", Expected::Story, RSS, controls),
    ]
}
