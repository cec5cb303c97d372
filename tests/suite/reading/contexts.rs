//! The places of a body where snippets may stand.

/// A place for snippets in a body.
pub struct Context {
    pub name: &'static str,
    before: &'static str,
    after: &'static str,
    escape: Escape,
    /// A page or a list of feeds rather than a feed.
    pub is_page: bool,
}

/// How text is written in a place.
enum Escape {
    Nothing,
    Xml,
    Json,
}

impl Context {
    pub fn body(&self, inside: &str) -> String {
        let inside = match self.escape {
            Escape::Nothing => inside.to_owned(),
            Escape::Xml => inside.replace('&', "&amp;").replace('<', "&lt;"),
            Escape::Json => serde_json::Value::from(inside).to_string(),
        };
        [self.before, &inside, self.after].concat()
    }
}

const fn feed(name: &'static str, before: &'static str, after: &'static str) -> Context {
    Context {
        name,
        before,
        after,
        escape: Escape::Nothing,
        is_page: false,
    }
}

const fn page(name: &'static str, before: &'static str, after: &'static str) -> Context {
    Context {
        is_page: true,
        ..feed(name, before, after)
    }
}

pub const CONTEXTS: [Context; 18] = [
    feed(
        "a CDATA section",
        "<rss version='2.0'><channel><title>N</title><item><title>a</title><description><![CDATA[",
        "]]></description></item></channel></rss>",
    ),
    feed(
        "a description",
        "<rss version='2.0'><channel><title>N</title><item><title>a</title><description>",
        "</description></item></channel></rss>",
    ),
    feed(
        "a title",
        "<rss version='2.0'><channel><title>N</title><item><title>",
        "</title></item></channel></rss>",
    ),
    feed(
        "a title of HTML",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' xml:base='https://a.example/'><title>N</title><author><name>Desk</name></author><entry><title type='html'><![CDATA[",
        "]]></title></entry></feed>",
    ),
    feed(
        "XHTML",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' xml:base='https://a.example/'><title>N</title><author><name>Desk</name></author><entry><title>a</title><content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>",
        "</div></content></entry></feed>",
    ),
    feed(
        "a channel",
        "<rss version='2.0'><channel><title>N</title>",
        "<item><title>a</title></item></channel></rss>",
    ),
    feed(
        "a feed of Atom",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en' xml:base='https://a.example/'><title>N</title><author><name>Desk</name></author>",
        "</feed>",
    ),
    feed(
        "the gap between items",
        "<rss version='2.0'><channel><title>N</title><item><title>a</title></item>",
        "<item><title>b</title></item></channel></rss>",
    ),
    feed(
        "a tag",
        "<rss version='2.0'><channel><title>N</title><item ",
        "><title>a</title></item></channel></rss>",
    ),
    feed(
        "a comment",
        "<rss version='2.0'><channel><title>N</title><!-- ",
        " --><item><title>a</title></item></channel></rss>",
    ),
    feed(
        "a document type",
        "<!DOCTYPE rss [",
        "]><rss version='2.0'><channel><title>N</title><item><title>a</title></item></channel></rss>",
    ),
    feed(
        "the front of the root",
        "",
        "<rss version='2.0'><channel><title>N</title><item><title>a</title></item></channel></rss>",
    ),
    feed(
        "an unclosed feed",
        "<rss version='2.0'><channel><title>N</title><item><title>a</title></item>",
        "",
    ),
    Context {
        escape: Escape::Xml,
        ..feed(
            "an escaped description",
            "<rss version='2.0'><channel><title>N</title><item><title>a</title><description>",
            "</description></item></channel></rss>",
        )
    },
    Context {
        escape: Escape::Json,
        ..feed(
            "a string of JSON",
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_html\":",
            "}]}",
        )
    },
    feed(
        "a list of JSON",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[",
        "{}]}",
    ),
    page("a page", "<html><head>", "</head></html>"),
    page(
        "a list of feeds",
        "<opml><body><outline ",
        "></body></opml>",
    ),
];
