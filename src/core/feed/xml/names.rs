//! Names of elements.

/// The name that a tag begins with, given without its `<` or `</`.
pub(in crate::core::feed) fn tag_name(tag: &str) -> &str {
    let end = tag
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<' | '=' | '"' | '\''));
    &tag[..end.unwrap_or(tag.len())]
}

/// A name without its prefix.
pub(in crate::core::feed) fn local_name(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether an element may be an item.
pub(in crate::core::feed) fn is_item(local: &str) -> bool {
    local.eq_ignore_ascii_case("item") || local.eq_ignore_ascii_case("entry")
}
