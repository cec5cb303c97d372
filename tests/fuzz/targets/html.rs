//! HTML to the text that a reader sees: bounded, tidy, and the same when read again as plain text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsvigil::core::text::entities::decode_entities;
use newsvigil::core::text::html::{plain_to_text, to_text};
use newsvigil::core::text::tokenizer::fold_words;

fuzz_target!(|data: &[u8]| {
    let html = String::from_utf8_lossy(data);
    let text = to_text(&html);
    // The longest text that a shorter reference stands for has two characters.
    assert!(
        text.len() <= html.len() * 2 + 8,
        "{} of {}",
        text.len(),
        html.len()
    );
    assert_eq!(text.trim(), text);
    assert!(!text.contains("\n\n") && !text.contains("  "), "{text:?}");
    assert_eq!(plain_to_text(&text), text);
    assert!(decode_entities(&html).len() <= html.len() * 2 + 8);
    for word in fold_words(&text) {
        let _ = word;
    }
});
