//! Feeds and items are found where people look for them: addresses, headlines, pages and lists.

mod feeds;

use std::fs;

use serde_json::Value;

use crate::web::{Page, Web, rss};
use crate::world::{Mail, World};

/// The fixture's watch, for items of one site only.
const SITE_WATCH: &str = r#"
[[watch]]
id = "site"
title = "Outlet"
topic = "outlet"
match = 'site:outlet.example AND court'
recipients = ["desk"]
"#;

fn feeds_toml(world: &World) -> String {
    fs::read_to_string(world.config().join("feeds.toml")).expect("feeds.toml")
}

fn atom(entries: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><id>f</id><title>Alerts</title>{entries}</feed>"
    )
}

/// What `once` mails of one feed, and what `hits --json` lists.
fn found(body: String) -> (World, Vec<Mail>, Vec<Value>) {
    let web = Web::start("127.0.0.1");
    web.put("/feed", Page::Feed(body));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    world.write("watches/site.toml", SITE_WATCH);
    world.once();
    let hits = world.run(&["hits", "--json"]).ok().json_lines();
    let mails = world.mailbox();
    (world, mails, hits)
}

#[test]
fn a_redirect_is_shown_and_matched_as_the_article_behind_it_and_kept() {
    let redirects = [
        "https://www.google.com/url?rct=j&sa=t&url=https://outlet.example/1%3Fa%3Db&ct=ga&usg=x",
        "http://www.bing.com/news/apiclick.aspx?tid=1&url=https%3a%2f%2foutlet.example%2f2",
        "https://news.google.com/rss/articles/CBMiGGh0dHBzOi8vb3V0bGV0LmV4YW1wbGUvM9IBAA?oc=5",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Foutlet.example%2F4&h=x",
    ];
    let targets = ["1?a=b", "2", "3", "4"].map(|path| format!("https://outlet.example/{path}"));
    let entries: String = redirects
        .iter()
        .enumerate()
        .map(|(number, redirect)| {
            let redirect = redirect.replace('&', "&amp;");
            format!(
                "<entry><title>The court sits, {number}</title><link href='{redirect}'/></entry>"
            )
        })
        .collect();
    let (world, mails, hits) = found(atom(&entries));
    assert_eq!(hits.len(), redirects.len(), "{hits:?}");
    for hit in &hits {
        let place = redirects
            .iter()
            .position(|redirect| hit["original_link"] == *redirect);
        assert_eq!(
            hit["link"],
            targets[place.expect("a redirect")].as_str(),
            "{hit}"
        );
    }
    for target in &targets {
        assert!(mails[0].text.contains(target), "{}", mails[0].text);
        assert!(
            mails[0].html.contains(&format!("href=\"{target}\"")),
            "{}",
            mails[0].html
        );
    }
    assert!(!mails[0].html.contains("google.com") && !mails[0].html.contains("bing.com"));
    for form in ["--csv", "--atom"] {
        let listed = world.run(&["hits", form]).ok().stdout;
        assert!(listed.contains("https://outlet.example/1?a=b"), "{listed}");
    }
    let explained = world
        .run(&["explain", "--watch", "site", "--entry", "1"])
        .ok()
        .stdout;
    assert!(
        explained.contains("address: https://outlet.example/1?a=b"),
        "{explained}"
    );
    assert!(explained.contains(redirects[0]), "{explained}");
}

#[test]
fn an_item_is_known_again_whatever_redirect_leads_to_it() {
    let web = Web::start("127.0.0.1");
    let body = |tid: u8| {
        let link = format!(
            "http://www.bing.com/news/apiclick.aspx?tid={tid}&amp;url=https%3a%2f%2foutlet.example%2f2"
        );
        rss("Bing", &[]).replace(
            "</channel>",
            &format!("<item><title>The court sits</title><link>{link}</link></item></channel>"),
        )
    };
    web.put("/feed", Page::Feed(body(1)));
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    assert_eq!(world.once()["entries_new"], 1);
    web.put("/feed", Page::Feed(body(2)));
    assert_eq!(world.once_all()["entries_new"], 0);
}

#[test]
fn the_address_of_an_item_is_its_page() {
    let entries = [
        "<link href='mailto:desk@outlet.example'/><link href='https://outlet.example/1'/>",
        "<link rel='alternate' hreflang='en'>https://outlet.example/1</link>",
        "<link type='application/json' href='https://outlet.example/1.json'/><link type='text/html' href='https://outlet.example/1'/>",
        "<link rel='SELF' href='https://outlet.example/1.atom'/><link rel='http://www.iana.org/assignments/relation/alternate' href='https://outlet.example/1'/>",
    ];
    for links in entries {
        let (_, mails, hits) = found(atom(&format!(
            "<entry><id>1</id><title>The court sits</title>{links}</entry>"
        )));
        assert_eq!(hits[0]["link"], "https://outlet.example/1", "of {links}");
        assert_eq!(hits[0]["original_link"], Value::Null);
        assert!(
            mails[0].text.contains("https://outlet.example/1"),
            "{}",
            mails[0].text
        );
    }
}

#[test]
fn an_item_without_a_title_is_called_by_its_first_words() {
    for (title, text, headline) in [
        (
            "",
            "&lt;p&gt;Police used &lt;b&gt;lethal force&lt;/b&gt;. Protesters died.&lt;/p&gt;",
            "Police used lethal force.",
        ),
        (
            "<title> </title>",
            "Lethal force at a protest\nMore of it",
            "Lethal force at a protest",
        ),
        (
            "<title>Untitled</title>",
            "Lethal force at the protest. More",
            "Lethal force at the protest.",
        ),
        (
            "<title>\u{200b}</title>",
            "致命武力被使用于示威者。 lethal force, protest",
            "致命武力被使用于示威者。",
        ),
    ] {
        let item = format!(
            "<item>{title}<guid isPermaLink='false'>1</guid><description>{text}</description></item></channel>"
        );
        let (world, mails, hits) = found(rss("Notes", &[]).replace("</channel>", &item));
        assert_eq!(hits.len(), 1, "of {text}");
        let mail = &mails[0];
        assert!(mail.subject.contains(headline), "{}", mail.subject);
        // Without the marks of what matched.
        let text = mail.text.replace("**", "");
        assert!(text.contains(headline), "{text}");
        for arguments in [&["hits"][..], &["hits", "--csv"], &["hits", "--atom"]] {
            let listed = world.run(arguments).ok().stdout;
            assert!(listed.contains(headline), "{listed}");
        }
        // What stands for a title is none.
        assert_ne!(hits[0]["title"], headline);
        world.write("watches/force.toml", "[[watch]]\nid = \"title\"\ntitle = \"T\"\nmatch = 'title:force'\nrecipients = [\"desk\"]\n");
        let gained = world.run(&["backtest", "--watch", "title", "--json"]).ok();
        assert!(gained.stdout.contains("\"gained\":[]"), "{gained:?}");
    }
}

#[test]
fn an_alert_without_a_title_has_a_subject() {
    let web = Web::start("127.0.0.1");
    let item = "<item><guid isPermaLink='false'>1</guid><description>Lethal force at the protest</description></item></channel>";
    web.put(
        "/feed",
        Page::Feed(rss("Notes", &[]).replace("</channel>", item)),
    );
    let world = World::new(&[("outlet", &web.url("/feed"))]);
    let watch = crate::world::WATCH.replace("topic =", "urgency = \"alert\"\ntopic =");
    world.write("watches/force.toml", &watch);
    world.once();
    let mails = world.mailbox();
    let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
    let expected = "Lethal force at the protest (Use of force)";
    assert!(subjects.contains(&expected), "{subjects:?}");
    let shown = world.run(&["feed", "show", &web.url("/feed")]).ok().stdout;
    assert!(shown.contains("Lethal force at the protest"), "{shown}");
}

#[test]
fn a_list_in_any_encoding_and_script_is_imported_and_exported() {
    let list = r#"<?xml version="1.0" encoding="windows-1251"?><OPML><BODY><OUTLINE TEXT="Права человека &amp; Россия">
        <outline type="rss" text="Новости & мир &laquo;сегодня&raquo;" XMLURL="feed://one.example/?a=1&b=2"/></OUTLINE>
        <outline text="***"><outline xmlUrl="https://two.example/feed"/></outline>
        <outline text="Asia - East"><outline xmlUrl="https://three.example/feed"/></outline>
        <outline text="Asia: East"><outline xmlUrl="https://four.example/feed"/><outline type="rss" text="Nowhere"/></outline></BODY></OPML>"#;
    let folders = "<opml><body><outline text='حقوق الإنسان'><outline xmlUrl='https://five.example/'/></outline>
        <outline text='人权'><outline xmlUrl='https://six.example/'/></outline></body></opml>";
    let world = World::new(&[("x", "https://x.example/feed")]);
    let (encoded, _, _) = encoding_rs::WINDOWS_1251.encode(list);
    fs::write(world.config().join("1251.opml"), encoded).expect("a file");
    let utf_16: Vec<u8> = format!("\u{feff}{folders}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(world.config().join("16.opml"), utf_16).expect("a file");
    let path = |name: &str| world.config().join(name).display().to_string();
    let run = world.run(&["feed", "import", &path("1251.opml")]).ok();
    assert!(
        run.stdout
            .contains("4 feeds added, 0 there already, 1 left out"),
        "{run:?}"
    );
    assert!(
        run.stderr.contains("\"***\" has no letter or digit"),
        "{run:?}"
    );
    assert!(run.stderr.contains("`asia-east`"), "{run:?}");
    assert!(run.stderr.contains("gives no address: Nowhere"), "{run:?}");
    let run = world.run(&["feed", "import", &path("16.opml")]).ok();
    assert!(run.stdout.contains("2 feeds added"), "{run:?}");

    let tags = |world: &World| -> Vec<(String, String)> {
        let listed = world.run(&["feed", "list", "--json"]).ok().json_lines();
        listed
            .iter()
            .map(|feed| (feed["url"].to_string(), feed["tags"].to_string()))
            .collect()
    };
    let expected = [
        (
            "https://one.example/?a=1&b=2",
            r#"["права-человека-россия"]"#,
        ),
        ("https://two.example/feed", "[]"),
        ("https://three.example/feed", r#"["asia-east"]"#),
        ("https://four.example/feed", r#"["asia-east"]"#),
        ("https://five.example/", r#"["حقوق-الإنسان"]"#),
        ("https://six.example/", r#"["人权"]"#),
    ];
    for (url, of_feed) in expected {
        let wanted = (format!("\"{url}\""), of_feed.to_owned());
        assert!(tags(&world).contains(&wanted), "{url}: {:?}", tags(&world));
    }
    assert!(feeds_toml(&world).contains("Новости & мир «сегодня»"));
    let exported = world.run(&["feed", "export"]).ok().stdout;
    let other = World::new(&[("x", "https://x.example/feed")]);
    other
        .run_with_input(&["feed", "import", "-"], &exported)
        .ok();
    let (mut ours, mut theirs) = (tags(&world), tags(&other));
    ours.sort();
    theirs.sort();
    assert_eq!(ours, theirs);

    // A watch asks for them by these names.
    let watch = crate::world::WATCH.replace(
        "recipients",
        "feeds = [\"права-человека-россия\", \"人权\"]\nrecipients",
    );
    world.write("watches/force.toml", &watch);
    world.run(&["check"]).ok();
    world.write("watches/force.toml", &watch.replace("права", "право"));
    let run = world.run(&["check"]);
    assert!(
        run.stderr.contains("did you mean `права-человека-россия`"),
        "{run:?}"
    );
}

#[test]
fn a_feed_that_lies_in_two_folders_has_both_as_tags_among_thousands_of_one_name() {
    let world = World::new(&[("x", "https://x.example/feed")]);
    let feed = "<outline text='A' xmlUrl='https://a.example/'/>";
    let many: String = (0..4000)
        .map(|number| format!("<outline text='Feed' xmlUrl='https://b.example/{number}'/>"))
        .collect();
    let list = format!(
        "<opml><body><outline text='News'>{feed}</outline><outline text='latin_america'>{feed}</outline>{many}</body></opml>"
    );
    world.run_with_input(&["feed", "import", "-"], &list).ok();
    let toml = feeds_toml(&world);
    assert!(
        toml.contains("tags = [\"latin_america\", \"news\"]"),
        "{}",
        &toml[..400]
    );
    assert!(toml.contains("id = \"feed-4000\""));
}
