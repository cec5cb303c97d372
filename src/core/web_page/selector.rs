//! CSS selectors (Selectors Level 4), as a configuration writes them.

/// The longest selector, in bytes: matching takes time by its length.
pub const SELECTOR_AT_MOST: usize = 1000;

/// Why a text is no selector; `None` for one that is.
pub fn selector_mistake(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some("it is empty".to_owned());
    }
    if text.len() > SELECTOR_AT_MOST {
        return Some(format!("it is longer than {SELECTOR_AT_MOST} bytes"));
    }
    dom_query::Matcher::new(text)
        .err()
        .map(|_| "it cannot be read".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_told_from_other_texts() {
        for fine in [
            "main a",
            "article .story-body > p",
            "a[href*='/news/']",
            "div:not(.ad) p",
            // The end closes it (CSS Syntax Level 3 section 5.4.8).
            "a[href",
        ] {
            assert_eq!(selector_mistake(fine), None, "{fine}");
        }
        for wrong in ["", " ", "main >", "::::", "//div[@id]", "p {"] {
            assert!(selector_mistake(wrong).is_some(), "{wrong}");
        }
        assert!(selector_mistake(&"a".repeat(1001)).is_some());
    }
}
