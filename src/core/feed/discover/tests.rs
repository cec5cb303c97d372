use super::*;

fn found(page: &str, link: Option<&str>) -> Vec<String> {
    let address = Url::parse("https://site.example/news/today").unwrap();
    let page = Page {
        body: page.as_bytes(),
        content_type: Some("text/html"),
        link,
        address: &address,
    };
    let found = candidates(&page);
    assert!(found.len() <= CANDIDATES_AT_MOST);
    found
        .iter()
        .map(|candidate| candidate.url.to_string())
        .collect()
}

/// The candidates of a page that come before the common places.
#[track_caller]
fn check(page: &str, expected: &[&str]) {
    let mut found = found(page, None);
    let expected: Vec<String> = expected
        .iter()
        .map(|path| format!("https://site.example{path}"))
        .collect();
    let common = COMMON_PATHS.map(|path| format!("https://site.example{path}"));
    found.retain(|found| !common.contains(found) || expected.contains(found));
    assert_eq!(found, expected, "of {page}");
}

fn link(attributes: &str) -> String {
    format!("<head><link {attributes} href='/the/news'></head>")
}

#[test]
fn feeds_are_announced_in_many_ways() {
    for attributes in [
        "rel=alternate type='application/rss+xml'",
        "REL='Alternate' TYPE='Application/Atom+XML; charset=utf-8'",
        "rel=alternate type=text/xml",
        "rel=alternate type='application/xml'",
        "rel=alternate type='application/rdf+xml'",
        "rel=alternate type='application/json'",
        "rel=alternate type='application/feed+json'",
        "rel=feed",
        "rel='feed' type='text/html'",
        "rel='alternate feed' type=''",
        "rel='home FEED'",
    ] {
        check(&link(attributes), &["/the/news"]);
    }
    for attributes in [
        "rel=stylesheet type='text/css'",
        "rel='alternate stylesheet' type='text/xml'",
        "rel=alternate hreflang=es",
        "rel=alternate type='text/html'",
        "rel=alternate type='application/json+oembed'",
        "rel=alternate type='text/xml+oembed'",
        "rel=search type='application/opensearchdescription+xml'",
        "rel=canonical",
        "type='application/rss+xml'",
    ] {
        check(&link(attributes), &[]);
    }
}

#[test]
fn what_a_page_announces_comes_first() {
    check(
        r#"<head><a href="/x/rss.xml">Feed</a>
               <link rel="alternate" type="application/json" href="/wp-json/5">
               <LINK REL="Alternate" TYPE="application/rss+xml; charset=utf-8" TITLE="All" HREF="feed?x=1&amp;y=2">"#,
        &["/news/feed?x=1&y=2", "/wp-json/5", "/x/rss.xml"],
    );
}

#[test]
fn a_base_counts_wherever_it_stands_and_foreign_schemes_do_not() {
    let found = found(
        r#"<link rel=alternate type=application/atom+xml href=atom><base href="https://cdn.example/b/">
               <link rel=alternate type=application/rss+xml href="javascript:alert(1)">
               <link rel=alternate type=application/rss+xml href="feed://site.example/x"><a href="rss">RSS</a>"#,
        None,
    );
    assert_eq!(
        found[..3],
        [
            "https://cdn.example/b/atom",
            "https://site.example/x",
            "https://site.example/feed"
        ]
    );
}

#[test]
fn a_header_announces_too() {
    let header = r#"</wp-json/>; rel="https://api.w.org/", <../all,rss>; type="application/rss+xml"; rel="alternate", </c>; rel=alternate; type=text/html, <https://other.example/f>; rel=feed"#;
    assert_eq!(
        found("<base href='https://cdn.example/'>", Some(header))[..3],
        [
            "https://site.example/all,rss",
            "https://other.example/f",
            "https://site.example/feed"
        ]
    );
}

#[test]
fn a_base_that_leads_nowhere_and_frames_hide_no_feed() {
    for page in [
        "<base href='javascript:void(0)'><link rel=feed href=/f>",
        "<base href='data:,x'><link rel=feed href=/f>",
        "<frameset><frame src=top.html><noframes><a href=/f>RSS</a></noframes></frameset>",
    ] {
        check(page, &["/f"]);
    }
}

#[test]
fn what_only_reads_like_a_link_is_none() {
    let it = "<link rel=alternate type='application/rss+xml' href='/no'>";
    for page in [
        format!("<script>var a = \"{it}\";</script>"),
        format!("<script type='text/x-template'><!-- {it}</script>"),
        format!("<style>a:after {{ content: \"{it}\" }}</style>"),
        format!("<!-- {it} -->"),
        format!("<template><div>{it}<template></template>{it}</div></template>"),
        format!("<noscript>{it}</noscript>"),
        format!("<textarea>{it}</textarea>"),
        format!("<title>{it}</title>"),
        format!("<![CDATA[ {it}{it} ]]>"),
        format!("<div data-html=\"{it}\"></div>"),
        it.replace('<', "&lt;"),
    ] {
        check(&page, &[]);
        check(&format!("{page}<link rel=feed href=/yes>"), &["/yes"]);
    }
}

#[test]
fn feeds_of_comments_come_last() {
    for title in [
        "Site » Comments Feed",
        "Comentarios",
        "Flux des commentaires",
        "Comentários",
        "Комментарии",
        "خلاصة التعليقات",
        "Kommentare",
        "Commenti",
        "Reacties",
        "Yorumlar",
        "دیدگاه‌ها",
        "Коментарі",
        "Komentarze",
        "Komentar",
        "评论",
        "コメント",
        "댓글",
        "टिप्पणियाँ",
        "মন্তব্য",
        "Bình luận",
        "ความคิดเห็น",
    ] {
        check(
            &format!(
                "<link rel=feed title='{title}' href='/1'><link rel=alternate type='text/xml' title='News' href='/2'>"
            ),
            &["/2", "/1"],
        );
    }
    for address in [
        "/comments/feed/",
        "/feeds/comments/default",
        "/?feed=comments-rss2",
        "/comentarios.xml",
    ] {
        let page = format!("<link rel=feed href='{address}'><a href='/blog/rss'>RSS</a>");
        let found = found(&page, None);
        assert_eq!(found[0], "https://site.example/blog/rss", "of {address}");
    }
}

#[test]
fn links_that_are_named_or_called_like_feeds_come_before_the_common_places() {
    for (link, words) in [
        ("/x/feed/", "Subscribe"),
        ("/x.rss", ""),
        ("/x.atom?a=b", ""),
        ("/x/index.rdf", ""),
        ("/x?format=feed&type=rss", ""),
        ("/abonnement", "Flux <b>RSS</b>"),
        ("/subscribe", "<img alt='RSS' src='/rss.png'>"),
        ("/news.xml", "All our news"),
        ("/f", "Feed"),
    ] {
        check(&format!("<a href='{link}'>{words}</a>"), &[link]);
    }
    for page in [
        "<a href='/sitemap.xml'>x</a>",
        "<a href='/farm'>The farmers who feed the hungry of the south</a>",
        "<a href='https://other.example/rss'>RSS</a>",
        "<a href='https://site.example:8443/rss'>RSS</a>",
        "<a href='https://notsite.example/rss'>RSS</a>",
        "<a>RSS</a>",
    ] {
        check(page, &[]);
    }
    assert_eq!(
        found("<a href='https://feeds.site.example/rss'>RSS</a>", None)[0],
        "https://feeds.site.example/rss"
    );
}

#[test]
fn a_page_that_says_nothing_gives_the_common_places() {
    let common = COMMON_PATHS.map(|path| format!("https://site.example{path}"));
    assert_eq!(found("", None), common);
    assert_eq!(
        found(&"<a href='/rss/'>x</a>".repeat(1000), None).len(),
        COMMON_PATHS.len()
    );
}

#[test]
fn titles_are_read_in_the_encoding_of_the_page() {
    let (page, _, _) = encoding_rs::WINDOWS_1251.encode(
            "<meta charset=windows-1251><title>Новости нашего города сегодня</title>
             <link rel=feed title='Комментарии' href='/1'><link rel=feed title='Новости' href='/2'>",
        );
    let address = Url::parse("https://site.example/").unwrap();
    let found = candidates(&Page {
        body: &page,
        content_type: Some("text/html; charset=windows-1251"),
        link: None,
        address: &address,
    });
    assert_eq!(found[0].url.path(), "/2");
}
