//! Feed bytes to documents: nothing panics, and what is kept is bounded.

#![no_main]

use std::collections::BTreeSet;
use std::sync::Once;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use newsvigil::core::feed::{self, Limits, ParseContext};
use url::Url;

/// What the header may say; the first byte of the input chooses.
const CONTENT_TYPES: [Option<&str>; 8] = [
    None,
    Some("application/rss+xml"),
    Some("text/xml; charset=iso-8859-1"),
    Some("application/feed+json"),
    Some("text/html; charset=\"utf-16\""),
    Some("application/xml; charset=x-unknown"),
    Some("text/xml; charset=gb18030"),
    Some(";;;charset=;="),
];

/// A panic of feed-rs fails its step and nothing else, so a panic counts only when nobody catches it.
static QUIET: Once = Once::new();

fuzz_target!(|data: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));
    let Some((&choice, body)) = data.split_first() else {
        return;
    };
    let base = Url::parse("https://outlet.example/news/feed.xml").expect("an address");
    let limits = Limits::default();
    let context = ParseContext {
        content_type: CONTENT_TYPES[usize::from(choice) % CONTENT_TYPES.len()],
        base: (choice & 0x80 == 0).then_some(&base),
        limits,
        ..ParseContext::default()
    };
    let feed = match feed::parse(body, &context) {
        Ok(feed) => feed,
        Err(error) => {
            let reason = error.to_string();
            assert!(!reason.is_empty() && reason.len() < 2_000, "{reason}");
            assert!(!reason.chars().any(char::is_control), "{reason:?}");
            return;
        }
    };
    let hashes: Vec<String> = feed.entries.iter().map(feed::content_hash).collect();
    let items = feed::deduplicate(&feed.entries, &hashes);
    assert!(items.len() <= feed.entries.len());
    let different: BTreeSet<&String> = items.iter().map(|(_, key)| key).collect();
    assert_eq!(different.len(), items.len());
    for (_, key) in &items {
        assert!(key.len() < 1_200, "{key}");
    }
    assert!(feed.entries.len() <= limits.entries);
    for entry in &feed.entries {
        assert!(
            entry
                .title
                .as_ref()
                .is_none_or(|title| title.len() <= limits.field_bytes)
        );
        for long in [&entry.id, &entry.link, &entry.summary, &entry.content] {
            assert!(
                long.as_ref()
                    .is_none_or(|text| text.len() <= limits.field_bytes)
            );
        }
        let document = feed::to_document(entry, feed.language.as_deref(), "outlet");
        let _ = feed::document_hash(&document);
    }
    let now = Timestamp::from_second(1_790_000_000).expect("an instant");
    for warning in feed.warnings.iter().chain(&feed.date_warnings(now)) {
        assert!(warning.len() < 2_000, "{warning}");
    }
});
