//! Answers that are sound on the wire: what is hostile is in the body.

use super::attacks::Expected::{self, Read, Reason};
use super::attacks::{Attack, RSS};
use super::host::page;

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

/// XML that is meant to be hard to read.
pub fn xml() -> Vec<Attack> {
    let mut entities = "<!DOCTYPE rss [<!ENTITY a0 'boom'>".to_owned();
    for level in 1..40 {
        let before = format!("&a{};", level - 1).repeat(10);
        entities.extend([format!("<!ENTITY a{level} '{before}'>")]);
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
            "root-of-a-megabyte",
            Reason("not a feed"),
            RSS,
            xml(format!("<{0}></{0}>", "a".repeat(1 << 20))),
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

/// XML in which a little stands for much: what is given once, and what never ends.
pub fn growing() -> Vec<Attack> {
    const TOO_MUCH: Expected = Reason("its texts would grow to more than 8 times");
    let long = |bytes: usize| "a".repeat(bytes);
    let atom = |attributes: &str, inside: &str| {
        format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' {attributes}><title>a</title>{inside}</feed>"
        )
    };
    let entries = "<entry/>".repeat(10_000);
    let links = "<entry><title>a</title><link href='b'/></entry>".repeat(6_000);
    let base = |bytes| format!("xml:base='https://outlet.example/{}/'", long(bytes));
    let author = format!("<author><name>{}</name></author>", long(2 << 20));
    let content = format!(
        "<entry><content type='xhtml'>{}</content></entry>",
        "<b xml:base='aaaa/'/><a href='b'/>".repeat(8_000)
    );
    let references = format!(
        "<item><description>{}</description></item>",
        "&a;".repeat(10_000)
    );
    let entities = format!(
        "<!DOCTYPE rss [<!ENTITY a '{}'>]>{}",
        long(256),
        rss(&references.repeat(20))
    );
    let item = |html: &str| {
        rss(&format!(
            "<item><title>a</title><description><![CDATA[{html}]]></description></item>"
        ))
    };
    let attributes: String = (0..600_000)
        .map(|number| format!(" a{number}=''"))
        .collect();
    [
        (
            "long-language",
            Read,
            atom(&format!("xml:lang='{}'", long(75_000)), &entries),
        ),
        ("long-base", Read, atom(&base(100_000), &links)),
        ("base-in-force", TOO_MUCH, atom(&base(1_900), &links)),
        ("bases-that-grow", Read, atom("", &content)),
        ("long-author", TOO_MUCH, atom("", &(author + &entries))),
        ("long-entity", TOO_MUCH, entities),
        ("quotes-in-tags", Read, item(&"<''".repeat(1_000_000))),
        ("less-than-signs", Read, item(&"<".repeat(2_000_000))),
        (
            "attributes-of-html",
            Read,
            item(&format!("<p{attributes}>a")),
        ),
        (
            "open-end-tags",
            Read,
            rss("<item><title>a</title></item>") + &"</item".repeat(400_000),
        ),
        (
            "hidden-hints",
            Read,
            rss(&("<item><title>a</title></item>".to_owned() + &"<!-- <skipHours".repeat(200_000))),
        ),
    ]
    .into_iter()
    .map(|(id, expected, text)| body(id, expected, RSS, text.into_bytes()))
    .collect()
}

/// JSON, and what is neither.
pub fn of_other_kinds() -> Vec<Attack> {
    let xml = |text: String| text.into_bytes();
    vec![
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
        body(
            "json-author",
            Reason("its texts would grow to more than 8 times"),
            "Content-Type: application/feed+json\r\n",
            xml(format!(
                "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"author\":{{\"name\":\"{}\"}},\"items\":[{}{{}}]}}",
                "a".repeat(4_000),
                "{\"id\":\"12345\"},".repeat(10_000)
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
            "comments",
            Reason("feed"),
            RSS,
            xml("<!--".repeat(1_000_000)),
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
pub fn stories() -> Vec<Attack> {
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
