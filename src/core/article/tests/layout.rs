//! Texts that pages cut into boxes, wrap in names of something else, or send late.

use super::{in_tags, page, paragraphs, site};
use crate::core::article::PageVerdict;

#[track_caller]
fn check_has_all(story: &str, paragraphs: &[String]) {
    let article = page(&site("", story));
    assert_eq!(article.verdict, PageVerdict::Whole, "{:?}", article.why);
    for paragraph in paragraphs {
        assert!(article.text.contains(paragraph.as_str()), "{paragraph}");
    }
    for beside in ["Another story", "newsletter"] {
        assert!(!article.text.contains(beside), "{}", article.text);
    }
}

#[test]
fn each_of_many_boxes_is_read() {
    let all = paragraphs(1, 12);
    let boxes: String = all
        .chunks(2)
        .map(|some| {
            format!(
                "<div class='mod'><div class='box'>{}</div></div><aside><a href='/x'>Another story</a></aside>",
                in_tags(some)
            )
        })
        .collect();
    check_has_all(&boxes, &all);
}

#[test]
fn names_of_wrappers_hide_no_text() {
    let all = paragraphs(1, 12);
    let (one, other) = all.split_at(6);
    for name in [
        "sidebar-grid__content",
        "content-with-sidebar",
        "pagination-first",
        "minister-promoted-a-friend-and-shared-what-was-said-on-social-media",
    ] {
        let story = format!(
            "<div class='{name}'>{}</div><div class='{name}'>{}</div>",
            in_tags(one),
            in_tags(other)
        );
        check_has_all(&story, &all);
    }
}

#[test]
fn parts_that_are_streamed_hidden_are_read() {
    let all = paragraphs(1, 6);
    let late = format!(
        "<template id='B:1'></template><div hidden id='S:1'><div>{}</div></div><script>$RC('B:1','S:1')</script>",
        in_tags(&all)
    );
    check_has_all(&late, &all);
}
