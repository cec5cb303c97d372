//! CSS selectors that may pick the links of a group.

use url::Url;

use crate::core::feed::link_page::links::is_heading;
use crate::core::feed::link_page::source::LinkPageDocument;

/// A longer class, or id, is made by a program.
const LONGEST_CLASS: usize = 40;

/// The classes of an element that tell what it is, sorted: not those that number it, say where it stands, or were
/// made up by a program.
pub(super) fn classes(source: &LinkPageDocument, node: usize) -> Vec<String> {
    let given = source.tree.attribute(node, "class").unwrap_or_default();
    let mut classes: Vec<String> = given
        .split_whitespace()
        .filter(|class| is_telling(class))
        .map(str::to_owned)
        .collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}

fn is_telling(class: &str) -> bool {
    const PLACES: [&str; 12] = [
        "first", "last", "odd", "even", "active", "current", "selected", "hidden", "visible",
        "sticky", "alpha", "omega",
    ];
    let is_written = class
        .chars()
        .all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
    let is_made = ["css-", "sc-", "jsx-", "_", "-"]
        .iter()
        .any(|front| class.starts_with(front));
    // Names have vowels, and capitals only where words begin.
    let letters = class.chars().filter(char::is_ascii_alphabetic).count();
    let capitals = class.chars().filter(char::is_ascii_uppercase).count();
    let has_vowel = class.contains(|c: char| "aeiouyAEIOUY".contains(c));
    is_written
        && !is_made
        && (2..=LONGEST_CLASS).contains(&class.len())
        && has_vowel
        && capitals * 3 <= letters.max(3)
        && !class.split(['-', '_']).any(|word| PLACES.contains(&word))
}

/// Selectors that may pick links that stand in the same way, and the one that names the whole way to them.
pub(super) fn selectors(source: &LinkPageDocument, links: &[usize]) -> (Vec<String>, String) {
    let tree = &source.tree;
    let first = links.first().copied().unwrap_or_default();
    let link = source.links[first].node;
    let name = tree.name(link).unwrap_or("a").to_owned();
    let mut ends = vec![name.clone()];
    ends.extend(
        classes(source, link)
            .iter()
            .map(|class| format!("{name}.{class}")),
    );
    let around: Vec<usize> = tree
        .ancestors(link)
        .skip(1)
        .take_while(|&node| !matches!(tree.name(node), Some("body" | "html") | None))
        .collect();
    let frames = frames(source, &around);
    let mut found = Vec::new();
    for end in &ends {
        found.push(end.clone());
        found.extend(frames.iter().map(|frame| format!("{frame} {end}")));
    }
    let headings = frames.iter().filter(|frame| is_heading(frame));
    for heading in headings {
        let outer = frames.iter().filter(|frame| *frame != heading);
        found.extend(outer.map(|frame| format!("{frame} {heading} {name}")));
    }
    found.extend(by_address(source, links, &name));
    let in_main = around.iter().any(|&node| tree.name(node) == Some("main"));
    if in_main {
        let inner: Vec<String> = found
            .iter()
            .filter(|selector| !selector.starts_with("main "))
            .map(|selector| format!("main {selector}"))
            .collect();
        found.extend(inner);
    }
    (found, whole_way(source, link, &around))
}

/// Selectors of the elements around a link that tell what they are.
fn frames(source: &LinkPageDocument, around: &[usize]) -> Vec<String> {
    const TELLING: [&str; 13] = [
        "main", "article", "section", "table", "ul", "ol", "dl", "li", "h1", "h2", "h3", "h4", "h5",
    ];
    let tree = &source.tree;
    let mut frames: Vec<String> = Vec::new();
    for &node in around {
        frames.extend(
            classes(source, node)
                .iter()
                .map(|class| format!(".{class}")),
        );
        if let Some(id) = tree.attribute(node, "id").filter(|id| is_telling(id)) {
            frames.push(format!("#{id}"));
        }
        let name = tree.name(node).unwrap_or_default();
        if TELLING.contains(&name) {
            frames.push(name.to_owned());
        }
    }
    frames
}

/// The selector that names a link and all that is around it, the outermost first.
fn whole_way(source: &LinkPageDocument, link: usize, around: &[usize]) -> String {
    let way: Vec<String> = around
        .iter()
        .rev()
        .copied()
        .chain([link])
        .map(|node| {
            let name = source.tree.name(node).unwrap_or("*");
            let classes: String = classes(source, node)
                .iter()
                .map(|class| format!(".{class}"))
                .collect();
            format!("{name}{classes}")
        })
        .collect();
    way.join(" > ")
}

/// By the part of the site that all the links of a group lead to, where no class tells them apart.
fn by_address(source: &LinkPageDocument, links: &[usize], name: &str) -> Option<String> {
    let written: Vec<String> = links
        .iter()
        .filter_map(|&link| source.tree.attribute(source.links[link].node, "href"))
        .collect();
    let paths: Vec<Url> = links
        .iter()
        .filter_map(|&link| Url::parse(&source.links[link].address).ok())
        .collect();
    let mut common: Vec<&str> = paths.first()?.path_segments()?.collect();
    common.pop();
    for path in &paths {
        let parts: Vec<&str> = path.path_segments()?.collect();
        let same = common
            .iter()
            .zip(&parts)
            .take_while(|(one, other)| one == other);
        let same = same.count().min(parts.len().saturating_sub(1));
        common.truncate(same);
    }
    // A year is not for ever.
    let year = common
        .iter()
        .position(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    common.truncate(year.unwrap_or(common.len()));
    let part = format!("/{}/", common.join("/"));
    let is_plain = part
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "/-_.".contains(c));
    (!common.is_empty() && is_plain && written.iter().all(|href| href.contains(&part)))
        .then(|| format!("{name}[href*=\"{part}\"]"))
}
