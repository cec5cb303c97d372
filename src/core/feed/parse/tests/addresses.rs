//! Which address an item has.

use url::Url;

use super::*;
use crate::core::feed::entry_key;

#[test]
fn a_guid_is_the_address_when_it_may_be() {
    let link = |item: &str| entry(&rss(item)).link;
    let address = Some("https://example.org/5".to_owned());
    assert_eq!(
        link("<item><guid>https://example.org/5</guid></item>"),
        address
    );
    assert_eq!(
        link("<item><guid isPermaLink='true'>https://example.org/5</guid></item>"),
        address
    );
    assert_eq!(
        link("<item><guid isPermaLink='false'>https://example.org/5</guid></item>"),
        None
    );
    assert_eq!(
        link("<item><guid isPermaLink=\"False\"> https://example.org/5?a&amp;b </guid></item>"),
        None
    );
    assert_eq!(
        link("<item><guid isPermaLink='false'><![CDATA[https://example.org/5]]></guid></item>"),
        None
    );
    assert_eq!(
        link("<item><guid>5</guid><link>https://example.org/5</link></item>"),
        address
    );
    assert_eq!(
        link("<item><guid>5</guid><title>a <b>b</b></title></item>"),
        None
    );
}

#[test]
fn comments_are_not_the_address() {
    let entry = entry(&rss(
        "<item><comments>https://example.org/5#comments</comments><link>https://example.org/5</link></item>",
    ));
    assert_eq!(entry.link.as_deref(), Some("https://example.org/5"));
}

#[test]
fn relative_addresses_are_resolved_by_xml_base_then_by_the_final_address() {
    let base = Url::parse("https://example.org/news/feed.xml").unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let link = |body: &str| {
        parse(body.as_bytes(), &context).unwrap().entries[0]
            .link
            .clone()
            .unwrap()
    };
    assert_eq!(
        link(&rss("<item><link>5</link></item>")),
        "https://example.org/news/5"
    );
    assert_eq!(
        link(&atom("<entry><link href='/5'/></entry>")),
        "https://example.org/5"
    );
    let based = "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://example.com/a/'><entry xml:base='b/'><link href='5'/></entry></feed>";
    assert_eq!(link(based), "https://example.com/a/b/5");
    assert_eq!(
        link(r#"{"items":[{"url":"5"}]}"#),
        "https://example.org/news/5"
    );
}

#[test]
fn the_address_is_the_page_of_the_item_on_the_web() {
    let page = "https://example.org/5";
    let cases = [
        atom("<entry><id>5</id><link href='mailto:desk@example.org'/><link href='/5'/></entry>"),
        atom("<entry><link rel='alternate'>https://example.org/5</link></entry>"),
        atom("<entry><link hreflang='es' rel='alternate'>https://example.org/5</link></entry>"),
        atom("<entry><link href='' rel='Alternate'>https://example.org/5</link></entry>"),
        atom("<entry><link rel='edit'>https://example.org/edit/5</link><link href='/5'/></entry>"),
        atom("<entry><link rel='self'>https://example.org/5.atom</link><link href='/5'/></entry>"),
        atom(
            "<entry><link type='application/json' href='/5.json'/><link type='text/html' href='/5'/></entry>",
        ),
        atom(
            "<entry xml:lang='es'><link hreflang='en' href='/en/5'/><link hreflang='es' href='/5'/></entry>",
        ),
        atom(
            "<entry><link rel='http://www.iana.org/assignments/relation/related' href='/6'/><link rel='http://www.iana.org/assignments/relation/alternate' href='/5'/></entry>",
        ),
        rss(
            "<item><link/><atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='https://example.org/5'/></item>",
        ),
        rss("<item><link>javascript:void(0)</link><guid>https://example.org/5</guid></item>"),
        rss("<item><link>mailto:desk@example.org</link><guid>https://example.org/5</guid></item>"),
        rss(
            "<item><atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='self' href='/x'/><guid>https://example.org/5</guid></item>",
        ),
        rss(
            "<item><link rel='self'>https://example.org/5.rss</link><link>https://example.org/5</link></item>",
        ),
        r#"{"items":[{"url":"javascript:void(0)","external_url":"https://example.org/5"}]}"#
            .to_owned(),
    ];
    for body in cases {
        let body = body.replace("='/", "='https://example.org/");
        assert_eq!(entry(&body).link.as_deref(), Some(page), "of {body}");
        // The tolerant reading gives the same.
        if body.starts_with('<') {
            let damaged = body.replace("</entry>", "<title>a & b</title></entry>");
            assert_eq!(entry(&damaged).link.as_deref(), Some(page), "of {damaged}");
        }
    }
}

#[test]
fn a_redirect_stays_as_it_is_given() {
    let redirect = "https://www.google.com/url?sa=t&url=https://example.org/5&ct=ga";
    let body = atom(&format!(
        "<entry><link href='{}'/></entry>",
        redirect.replace('&', "&amp;")
    ));
    let found = entry(&body);
    assert_eq!(found.link.as_deref(), Some(redirect));
    assert_eq!(entry_key(&found), "link:https://example.org/5");
}
