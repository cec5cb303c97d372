//! Bodies in which a little stands for much.

/// An RSS feed around `inside`, which comes after its title.
fn rss(inside: &str) -> String {
    format!("<rss version='2.0'><channel><title>Hostile</title>{inside}</channel></rss>")
}

/// A news sitemap of these addresses.
fn sitemap(urls: &str) -> String {
    format!("<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>{urls}</urlset>")
}

fn atom(attributes: &str, inside: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' {attributes}><title>Hostile</title>{inside}</feed>"
    )
}

fn json(before: &str, items: &str) -> String {
    format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",{before}\"items\":[{items}{{}}]}}")
}

fn content(html: &str) -> String {
    format!("<entry><content type='html'><![CDATA[{html}]]></content></entry>")
}

fn attributes(count: usize) -> String {
    (0..count).map(|number| format!(" a{number}=''")).collect()
}

/// Bodies of about so many bytes that once took minutes, or take the longest now.
pub fn slow(bytes: usize) -> Vec<(&'static str, Vec<u8>)> {
    let many = |piece: &str| piece.repeat(bytes / piece.len());
    let item = |inside: &str| rss(&format!("<item><title>a</title>{inside}</item>"));
    let text = |html: &str| item(&format!("<description><![CDATA[{html}]]></description>"));
    let hosts = format!("<a href='//{}/'>", "漢".repeat(900));
    let hosts = rss(&many(&format!(
        "<item><link>http://{}/</link></item>",
        "漢".repeat(170)
    ))) + &hosts;
    let mut guessed = rss(&many("<item><title>~~~~~~~~ ~~~~~~~</title></item>")).into_bytes();
    for byte in &mut guessed {
        if *byte == b'~' {
            *byte = 0xC3;
        }
    }
    let bodies = vec![
        ("quotes", text(&many("<''"))),
        ("less-than signs", rss(&many("<"))),
        ("numbers", rss(&many("<1"))),
        ("open end tags", rss(&many("</item"))),
        ("open roots", many("<rss ")),
        ("addresses without news", sitemap(&many("<url><loc>a"))),
        ("open news", sitemap(&many("<news:news><url"))),
        ("captions", sitemap(&many("<image:caption>a"))),
        ("open prefixes", rss(&many("<media:"))),
        ("document types", many("<!DOCTYPE>")),
        ("hidden hints", rss(&many("<!-- <skipHours"))),
        (
            "attributes of HTML",
            text(&format!("<p{}>x", attributes(bytes / 11))),
        ),
        (
            "attributes of XML",
            item(&format!("<a{}/>", attributes(bytes / 11))),
        ),
        (
            "attributes of a text, and items in it",
            atom(
                "",
                &format!(
                    "<entry><content {} type='xhtml'>{}</content></entry>",
                    "x='y' ".repeat(bytes / 12),
                    "<item/>".repeat(bytes / 14)
                ),
            ),
        ),
        ("persons", rss(&many("<author>"))),
        ("hosts", hosts),
    ];
    let mut bodies: Vec<_> = bodies
        .into_iter()
        .map(|(name, body)| (name, body.into_bytes()))
        .collect();
    bodies.push(("letters of no encoding", guessed));
    bodies
}

/// Bodies in which something is given once that stands for all items.
fn given_once() -> Vec<(&'static str, String)> {
    let long = |bytes| "a".repeat(bytes);
    let base = |bytes| format!("xml:base='https://outlet.example/{}/'", long(bytes));
    let author = |bytes| format!("<author><name>{}</name></author>", long(bytes));
    let json_author = |bytes| format!("\"authors\":[{{\"name\":\"{}\"}}],", long(bytes));
    let language = format!("xml:lang='{}'", long(75_000));
    let entries = "<entry/>".repeat(10_000);
    vec![
        ("language", atom(&language, &entries)),
        (
            "base",
            atom(
                &base(190_000),
                &"<entry><link href='b'/></entry>".repeat(4_000),
            ),
        ),
        (
            "base-in-force",
            atom(
                &base(2_000),
                &"<entry><link href='b'/></entry>".repeat(10_000),
            ),
        ),
        (
            "base-of-content",
            atom(
                &base(2_000),
                &content(&"<a href=b>".repeat(50_000)).repeat(8),
            ),
        ),
        (
            "bases-that-grow",
            atom(
                "",
                &format!(
                    "<entry><content type='xhtml'>{}</content></entry>",
                    "<b xml:base='aaaa/'/><a href='b'/>".repeat(20_000)
                ),
            ),
        ),
        ("author", atom("", &(author(1 << 20) + &entries))),
        ("short-author", atom("", &(author(4_000) + &entries))),
        (
            "json-author",
            json(&json_author(4_000), &"{\"id\":\"12345\"},".repeat(10_000)),
        ),
        (
            "long-json-author",
            json(&json_author(1 << 20), &"{\"id\":1},".repeat(10_000)),
        ),
    ]
}

/// Bodies in which little stands for much.
fn repeated() -> Vec<(&'static str, String)> {
    let entities = |inside: &str| {
        let value = "x".repeat(256);
        format!("<!DOCTYPE rss [<!ENTITY a '{value}'>]>{}", rss(inside))
    };
    let references = "&a;".repeat(10_000);
    vec![
        (
            "json-tags",
            json(
                "",
                &format!("{{\"tags\":[{}\"b\"]}},", "\"b\",".repeat(99)).repeat(10_000),
            ),
        ),
        (
            "entities",
            entities(&format!("<item><description>{references}</description></item>").repeat(50)),
        ),
        (
            "entities-of-items",
            entities(&"<item><title>&a;&a;&a;&a;</title></item>".repeat(10_000)),
        ),
        (
            "links",
            rss(&format!(
                "<item>{}</item>",
                "<link>b</link>".repeat(100_000)
            )),
        ),
        (
            "links-of-items",
            atom(
                "",
                &format!("<entry>{}</entry>", "<link href=a>".repeat(200)).repeat(2_000),
            ),
        ),
        (
            "categories",
            rss(&format!("<item>{}</item>", "<category>b</category>".repeat(200)).repeat(1_000)),
        ),
        (
            "attributes",
            rss(&format!(
                "<item><description><![CDATA[<p{}>x]]></description></item>",
                attributes(500_000)
            )),
        ),
        ("items", rss(&"<item/>".repeat(1_000_000))),
        (
            "news-of-a-sitemap",
            sitemap(&"<url><news:news><news:keywords>a,b".repeat(230_000)),
        ),
        (
            "parts-of-an-index",
            "<sitemapindex>".to_owned() + &"<sitemap><loc>a".repeat(500_000),
        ),
    ]
}

/// Bodies of which more is made than of others.
pub fn large() -> Vec<(&'static str, Vec<u8>)> {
    let bodies = given_once().into_iter().chain(repeated());
    let mut bodies: Vec<_> = bodies
        .map(|(name, body)| (name, body.into_bytes()))
        .collect();
    // Text that takes three bytes for each one on the wire.
    let mut wide = rss(&format!(
        "<item><description>{}</description></item>",
        "~~~~ ".repeat(160)
    )
    .repeat(9_500))
    .into_bytes();
    for byte in &mut wide {
        if *byte == b'~' {
            *byte = 0x93;
        }
    }
    bodies.push(("wide-letters", wide));
    bodies
}
