//! Whatever comes ends soon, and in no panic.

use proptest::prelude::*;

use super::*;
use crate::thread_time::ThreadTimer;

#[test]
fn hostile_pages_end_soon() {
    let nested = "<div>".repeat(100_000);
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=x")).collect();
    for body in [
        format!("{nested}<a href=/a>A</a>"),
        format!("<a href=/a {attributes}>A</a>"),
        "<a href=/a>A</a>".repeat(100_000),
        format!("<a href=/a>{}</a>", "<b>x".repeat(100_000)),
        format!("<a href=/a>A</a><!--{}", "x".repeat(1 << 20)),
        "<br>".repeat(200_000),
        "<table>".repeat(5000),
        "&amp;".repeat(400_000),
        format!("<a href='/{}'>A</a>", "x".repeat(100_000)),
    ] {
        let began = ThreadTimer::start();
        let _ = taken(&LinkPage::by("a"), &body);
        assert!(
            began.elapsed().as_secs() < 10,
            "{} bytes from {}",
            body.len(),
            &body[..40]
        );
    }
}

fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<a href=/a>".to_owned()),
        Just("<a href='#x'>".to_owned()),
        Just("</a>".to_owned()),
        Just("<div class=card>".to_owned()),
        Just("</div>".to_owned()),
        Just("<h3>".to_owned()),
        Just("<time datetime=2026-11-28>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("<template>".to_owned()),
        Just("<base href=//x>".to_owned()),
        "[a-c ]{1,8}",
        "\\PC{0,6}",
        "<[a-z]{1,6} [a-z]{1,6}='[^']{0,9}'>",
        "<a href='[a-z/?#.:&=]{0,12}'>[a-z]{0,5}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_page_panics(body in markup(), selector in prop_oneof![Just("a"), Just("*"), Just(".card"), Just("h3"), Just("div a:not(h3 a)")]) {
        let page = LinkPage {
            title: Some("h3".to_owned()),
            date: Some("time".to_owned()),
            ..LinkPage::by(selector)
        };
        if let Ok(feed) = taken(&page, &body) {
            prop_assert!(!feed.entries.is_empty());
            prop_assert!(feed.entries.iter().all(|entry| entry.link.is_some()));
        }
        let _ = propose(body.as_bytes(), &ParseContext::default());
        let _ = taken(&LinkPage::by(selector), &body);
    }

    #[test]
    fn no_bytes_panic(body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&body, &LinkPage::by("a"), &ParseContext::default(), &|| false);
    }
}
