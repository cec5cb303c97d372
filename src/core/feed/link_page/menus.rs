//! Menus, footers and the like: what goes round the content of a page.

use super::source::LinkPageDocument;

/// Whether a link stands in what goes round the content of a page.
pub(super) fn is_in_menu(source: &LinkPageDocument, link: usize) -> bool {
    const WORDS: [&str; 14] = [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "pager",
        "pagination",
        "footer",
        "sidebar",
        "social",
        "share",
        "cookie",
        "toolbar",
    ];
    let tree = &source.tree;
    let mut in_content = false;
    tree.ancestors(link).any(|node| {
        let name = tree.name(node).unwrap_or_default();
        in_content |= matches!(name, "article" | "section" | "main" | "li");
        let attribute = |key| {
            tree.attribute(node, key)
                .unwrap_or_default()
                .to_ascii_lowercase()
        };
        let role = attribute("role");
        let named = format!("{} {}", attribute("class"), attribute("id"));
        let mut words = named.split(|c: char| !c.is_ascii_alphanumeric());
        matches!(name, "nav" | "footer" | "aside")
            || name == "header" && !in_content
            || matches!(role.as_str(), "navigation" | "banner" | "contentinfo" | "menu" | "menubar")
            // The whole page may carry what it has, as `has-sidebar`.
            || !matches!(name, "html" | "body" | "main") && words.any(|word| WORDS.contains(&word))
    })
}
