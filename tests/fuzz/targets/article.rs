//! A page to its article: bounded, tidy, with a reason where it is not whole, and the same each time.
//!
//! The first byte chooses the status and the header.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsvigil::core::article::{Page, PageVerdict, ExtractionOptions, read};
use newsvigil::core::text::html::plain_to_text;

const KINDS: [Option<&str>; 4] = [
    None,
    Some("text/html; charset=utf-8"),
    Some("text/html; charset=windows-1251"),
    Some("image/png"),
];
const STATUSES: [u16; 4] = [200, 200, 403, 503];

fuzz_target!(|data: &[u8]| {
    let Some((&choice, body)) = data.split_first() else {
        return;
    };
    let choice = usize::from(choice);
    let remove = vec![".comment".to_owned()];
    let wishes = ExtractionOptions {
        selector: (choice & 16 != 0).then_some("article, main p"),
        remove: if choice & 32 == 0 { &[] } else { &remove },
    };
    let page = Page {
        body,
        address: None,
        content_type: KINDS[choice % 4],
        status: STATUSES[choice / 4 % 4],
    };
    let article = read(&page, &wishes, &|| false);
    assert!(article.why.is_some() || article.verdict == PageVerdict::Whole);
    assert!(article.text.len() <= 256 << 10 && article.more.len() <= 256 << 10);
    assert_eq!(plain_to_text(&article.text), article.text);
    assert_eq!(read(&page, &wishes, &|| false), article);
});
