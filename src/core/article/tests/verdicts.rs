//! What is said of pages: each verdict, and what a page says of itself.

use super::{in_tags, page, page_as, paragraphs, site};
use crate::core::article::{Article, ExtractionOptions, Page, PageVerdict, read, with_article};
use crate::core::document::Document;
use url::Url;

#[track_caller]
fn check(article: &Article, verdict: PageVerdict, why: &str) {
    assert_eq!(article.verdict, verdict, "{article:?}");
    let said = article.why.clone().unwrap_or_default();
    assert!(said.contains(why), "{said:?} lacks {why:?}");
}

#[test]
fn an_article_is_whole_and_alone() {
    let story = paragraphs(1, 8);
    let body = in_tags(&story);
    let more = "<figure><img src='a.jpg'><figcaption>A caption of a picture by A. Photographer</figcaption></figure>
        <p><strong><a href='/x'>READ ALSO: Another story of the day with a long headline that is not this one</a></strong></p>
        <p>Advertisement</p>";
    let middle = body.find("<p>Witness 5").unwrap();
    let html = site("", &format!("{}{more}{}", &body[..middle], &body[middle..]));
    let article = page(&html);
    check(&article, PageVerdict::Whole, "");
    assert_eq!(article.why, None);
    assert_eq!(article.text, story.join("\n"));
    assert_eq!(article.title.as_deref(), Some("Five taken from a house"));
    assert_eq!(article.language.as_deref(), Some("en-GB"));
    assert_eq!(page(&html), article, "the same for the same");
}

#[test]
fn what_a_page_says_of_itself_is_read() {
    let described = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle",
        "headline": "Five taken", "datePublished": "2026-11-20T06:30:00+01:00", "author": {"@type": "Person", "name": "Ada One"}}]}</script>
        <meta property="og:title" content="Five taken from a house &amp; held"><meta property="og:site_name" content="The Outlet">
        <link rel="canonical" href="/story?id=5"><meta name="author" content="Somebody Else">"#;
    let article = page(&site(described, &in_tags(&paragraphs(1, 5))));
    assert_eq!(article.title.as_deref(), Some("Five taken from a house"));
    assert_eq!(article.byline.as_deref(), Some("Ada One"));
    assert_eq!(
        article.published.unwrap().to_string(),
        "2026-11-20T05:30:00Z"
    );
    assert_eq!(
        article.canonical.as_deref(),
        Some("https://news.example/story?id=5")
    );

    let plain = "<meta name='author' content='Somebody Else'><meta property='article:published_time' content='2026-11-20'>
        <link rel='canonical' href='javascript:alert(1)'>";
    let article = page(&site(plain, &in_tags(&paragraphs(1, 5))));
    assert_eq!(article.byline.as_deref(), Some("Somebody Else"));
    assert!(article.published.is_some());
    assert_eq!(article.canonical, None);
}

fn with_body(body: &str) -> String {
    let body = serde_json::to_string(body).unwrap();
    format!(
        "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": {body}}}</script>"
    )
}

#[test]
fn the_text_of_json_ld_is_taken_when_it_is_most_of_it() {
    let story = paragraphs(1, 8);
    // Cut short: the page's text stays, and nothing is lacking.
    let cut: String = story.join(" ").chars().take(500).collect();
    let article = page(&site(&with_body(&cut), &in_tags(&story)));
    assert_eq!(article.text, story.join("\n"));
    // The page shows less.
    let article = page(&site(
        &with_body(&story.join("\n\n")),
        &in_tags(&story[..3]),
    ));
    assert_eq!(article.text, story.join("\n"));
    // It confirms paragraphs: what stands beside them goes, in the page's own form.
    let beside = "<p>Our reporters are paid by readers like you, who give what they can, each month, for as long as they like.</p>";
    let article = page(&site(
        &with_body(&story.join(" ")),
        &format!("{}{beside}", in_tags(&story)),
    ));
    assert_eq!(article.text, story.join("\n"));
    // Sentences that only it has are there for matching.
    let extra = "The prosecutor of the northern district was told by telephone on Monday morning.";
    let short = format!("{} {extra} {}", story[0], story[1]);
    let article = page(&site(&with_body(&short), &in_tags(&story)));
    assert_eq!(article.text, story.join("\n"));
    assert_eq!(format!("{}.", article.more), extra);
    // No text on the page at all.
    let article = page(&format!(
        "<body>{}<div id=root></div>",
        with_body(&story.join("\n"))
    ));
    check(&article, PageVerdict::Whole, "");
}

#[test]
fn little_text_leaves_the_feeds() {
    let article = page(&site(
        "<meta property='og:description' content='What the page is about, in a sentence or two for previews.'>",
        "<p>Soon more.</p>",
    ));
    check(&article, PageVerdict::FeedText, "characters of text");
    assert_eq!(
        article.text,
        "What the page is about, in a sentence or two for previews."
    );
    check(
        &page_as(b"  \n", Some("text/html"), 200),
        PageVerdict::FeedText,
        "empty",
    );
    check(
        &page("<html><body><p>……… — — — !!!</p></body></html>"),
        PageVerdict::FeedText,
        "only 0",
    );
}

#[test]
fn statuses_are_told() {
    for (status, verdict, why) in [
        (401, PageVerdict::Paywalled, "401"),
        (402, PageVerdict::Paywalled, "402"),
        (403, PageVerdict::Paywalled, "403"),
        (451, PageVerdict::Paywalled, "451"),
        (404, PageVerdict::Gone, "404"),
        (410, PageVerdict::Gone, "410"),
        (400, PageVerdict::Unreachable, "400"),
        (429, PageVerdict::Unreachable, "429"),
        (500, PageVerdict::Unreachable, "500"),
        (503, PageVerdict::Unreachable, "503"),
        (302, PageVerdict::Unreachable, "302"),
    ] {
        let article = page_as(
            site("", &in_tags(&paragraphs(1, 5))).as_bytes(),
            None,
            status,
        );
        check(&article, verdict, why);
        assert_eq!(article.text, "");
    }
}

#[test]
fn what_only_subscribers_read_is_paywalled_and_its_teaser_stays() {
    let story = in_tags(&paragraphs(1, 2));
    for head in [
        "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"isAccessibleForFree\": \"False\"}</script>",
        "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"hasPart\": {\"isAccessibleForFree\": false}}</script>",
        "<meta itemprop='isAccessibleForFree' content='false'>",
    ] {
        let article = page(&site(head, &story));
        check(&article, PageVerdict::Paywalled, "subscribers");
        assert_eq!(article.text, paragraphs(1, 2).join("\n"));
    }
    // Of another story, in a list.
    let other = "<script type='application/ld+json'>[{\"@type\": \"NewsArticle\", \"isAccessibleForFree\": true},
        {\"@type\": \"ItemList\", \"itemListElement\": [{\"@type\": \"NewsArticle\", \"isAccessibleForFree\": false}]}]</script>";
    check(&page(&site(other, &story)), PageVerdict::Whole, "");
}

#[test]
fn challenges_are_known_by_their_structure() {
    for (whose, html) in [
        (
            "Cloudflare",
            "<title>Just a moment...</title><body><noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={cvId:'3'}</script>",
        ),
        (
            "Cloudflare",
            "<title>Nur einen Moment …</title><body><script>(function(){window._cf_chl_opt = {cType: 'managed'};}());</script>",
        ),
        (
            "Cloudflare",
            "<title>Attention Required! | Cloudflare</title><body><div id='cf-error-details'><h1>Sorry, you have been blocked</h1>",
        ),
        (
            "Anubis",
            "<title>Making sure you&#39;re not a bot!</title><body><script id='anubis_version' type='application/json'>\"1\"</script>",
        ),
        (
            "Anubis",
            "<title>Vérification</title><body><img src='/.within.website/x/cmd/anubis/static/img/pensive.webp'>",
        ),
        (
            "DataDome",
            "<title>news.example</title><body><p id='cmsg'>Please enable JS</p><script>var dd={'rt':'c'}</script><script src='https://ct.captcha-delivery.com/c.js'></script>",
        ),
        (
            "PerimeterX",
            "<title>Access</title><body><div id='px-captcha'></div>",
        ),
        (
            "Imperva",
            "<body><iframe id='main-iframe' src='/_Incapsula_Resource?CWUDNSAI=9&xinfo=1'>Request unsuccessful.</iframe>",
        ),
        (
            "AWS WAF",
            "<body><script>window.gokuProps = {};</script><div id='challenge-container'></div>",
        ),
        ("Akamai", "<body><div id='sec-if-cpt-container'></div>"),
        (
            "Sucuri",
            "<title>You are being redirected...</title><body><script>var s={};sucuri_cloudproxy_js='';</script>",
        ),
        (
            "Vercel",
            "<title>Vercel Security Checkpoint</title><body><p>We're verifying your browser</p>",
        ),
        (
            "captcha",
            "<title>One more step</title><body><form><div class='h-captcha'></div><button>Go on</button></form>",
        ),
    ] {
        for status in [200, 403, 429, 503] {
            let article = page_as(html.as_bytes(), Some("text/html"), status);
            check(&article, PageVerdict::Challenge, whose);
            assert_eq!(article.text, "");
        }
    }
    // What is about them, or has their scripts on every page, is none.
    let story = in_tags(&paragraphs(1, 8));
    let about = format!(
        "<p>Just a moment... says Cloudflare: &lt;script&gt;window._cf_chl_opt&lt;/script&gt;. Making sure you're not a bot!</p>{story}"
    );
    let head = "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script><script src='https://js.datadome.co/tags.js'></script>";
    check(&page(&site(head, &about)), PageVerdict::Whole, "");
    let comments = format!("{story}<form id='respond'><div class='g-recaptcha'></div></form>");
    check(&page(&site("", &comments)), PageVerdict::Whole, "");
    check(
        &page_as(site("", &story).as_bytes(), None, 403),
        PageVerdict::Paywalled,
        "403",
    );
}

#[test]
fn consent_walls_are_no_articles_and_banners_are_no_walls() {
    let asking = "<html lang=de><title>Einwilligung</title><body><div id='onetrust-consent-sdk'><h2>Your privacy</h2><p>We and our 843 partners
        store and access information on a device, such as unique identifiers in cookies to process personal data. You may accept or
        manage your choices by clicking below, including your right to object where legitimate interest is used.</p>
        <button>Accept</button></div>";
    let article = page(asking);
    check(&article, PageVerdict::ConsentWall, "consent");
    assert_eq!(article.text, "");
    let form = "<title>Before you continue</title><body><form class='consent-form' action='https://consent.news.example/save'><h1>Before you continue</h1><p>Long words on cookies and what
        they are for, how long they stay, who gets them, and which of the partners may combine them with others, to
        make a profile of you, which you may refuse at any time in the settings of this page.</p></form>";
    check(&page(form), PageVerdict::ConsentWall, "consent");
    let story = paragraphs(1, 8);
    let with_banner = site(
        "",
        &format!(
            "<div id='onetrust-consent-sdk'><p>We use cookies and what not.</p></div>{}",
            in_tags(&story)
        ),
    );
    let article = page(&with_banner);
    check(&article, PageVerdict::Whole, "");
    assert_eq!(article.text, story.join("\n"));
    let address = Url::parse("https://consent.news.example/v2/collectConsent?sessionId=1").unwrap();
    let elsewhere = Page {
        body: with_banner.as_bytes(),
        address: Some(&address),
        content_type: None,
        status: 200,
    };
    check(
        &read(&elsewhere, &ExtractionOptions::default(), &|| false),
        PageVerdict::ConsentWall,
        "led to",
    );
}

#[test]
fn pages_of_scripts_alone_are_told() {
    for html in [
        "<body><noscript>You need to enable JavaScript to run this app.</noscript><div id='root'></div><script src='a.js'></script>",
        "<body><div id='__next'></div><script src='/_next/a.js'></script>",
        "<body><noscript>Для работы нужен JavaScript</noscript><div class='page'></div>",
        "<body><app-root></app-root><script src='main.js' type=module></script>",
    ] {
        check(&page(html), PageVerdict::ScriptOnly, "scripts");
    }
    let pixel = site(
        "",
        "<noscript><img src='//stat.example/p.gif'></noscript><p>Soon more.</p>",
    );
    check(&page(&pixel), PageVerdict::FeedText, "");
}

#[test]
fn what_is_no_html_is_named() {
    check(
        &page_as(b"%PDF-1.7\n...", Some("text/html"), 200),
        PageVerdict::NotHtml,
        "a PDF",
    );
    check(
        &page_as(b"\x89PNG\r\n\x1a\n\0\0", None, 200),
        PageVerdict::NotHtml,
        "a picture",
    );
    check(
        &page_as(
            b"<?xml version='1.0'?><rss version='2.0'><channel>",
            Some("text/xml"),
            200,
        ),
        PageVerdict::NotHtml,
        "a feed",
    );
    check(
        &page_as(
            b"{\"title\": \"<p>Five</p>\"}",
            Some("application/json"),
            200,
        ),
        PageVerdict::NotHtml,
        "json",
    );
    check(
        &page_as(b"Words alone", None, 200),
        PageVerdict::NotHtml,
        "plain text",
    );
    let story = site("", &in_tags(&paragraphs(1, 5)));
    for kind in [
        None,
        Some("text/plain"),
        Some("application/octet-stream"),
        Some("image/png"),
        Some(""),
    ] {
        check(
            &page_as(story.as_bytes(), kind, 200),
            PageVerdict::Whole,
            "",
        );
    }
}

#[test]
fn the_item_gets_the_longer_text_and_keeps_what_it_says_elsewhere() {
    let article = page(&site("", &in_tags(&paragraphs(1, 5))));
    let mut item = Document {
        title: "Five taken".to_owned(),
        summary: "In short.".to_owned(),
        text: "In short.".to_owned(),
        ..Document::default()
    };
    item.add_paragraph("A caption");
    let joined = with_article(&item, &article).unwrap();
    assert_eq!(joined.body(), article.text);
    assert!(
        joined.text.ends_with("\n\u{2029}A caption"),
        "{:?}",
        joined.text
    );
    assert_eq!(joined.title, item.title);
    let teaser = Article {
        more: "One more.".to_owned(),
        verdict: PageVerdict::Paywalled,
        ..article.clone()
    };
    let joined = with_article(&item, &teaser).unwrap();
    assert!(
        joined
            .text
            .ends_with("\n\u{2029}A caption\n\u{2029}One more."),
        "{:?}",
        joined.text
    );

    let long = Document {
        text: paragraphs(1, 6).join("\n"),
        ..item.clone()
    };
    assert_eq!(with_article(&long, &article), None);
    for verdict in [
        PageVerdict::FeedText,
        PageVerdict::Challenge,
        PageVerdict::ScriptOnly,
    ] {
        let other = Article {
            verdict,
            ..article.clone()
        };
        assert_eq!(with_article(&item, &other), None);
    }
}
