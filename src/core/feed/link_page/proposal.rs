//! Which links of a page are its news: a selector to begin with, which a person judges by what it takes.
//!
//! Links that stand in the same way, by elements and classes up to the root, are a group. The best group has many
//! links with words like headlines, that lead deeper into the same site, with dates beside, and not in a menu. Then
//! the shortest selector is taken that picks it, with those like it (the first story in another frame), and little
//! else.

use std::collections::{BTreeMap, HashSet};

use url::Url;

use super::items::{Items, Matchers};
use super::links::Pick;
use super::selectors::{LinkPage, LinkPageError, matcher};
use super::source::Source;
use crate::core::feed::discover::is_same_site;
use crate::core::feed::expansion_limit::Allowance;
use crate::core::feed::{Entry, ParseContext, links};
use crate::core::text::normalization::is_han;

/// Groups that are looked at, the largest, and links of each.
const GROUPS_AT_MOST: usize = 40;
const LINKS_OF_A_GROUP: usize = 200;
/// Selectors that are tried.
const SELECTORS_AT_MOST: usize = 80;
/// Letters of a headline at least; a character of Chinese says as much as two or three letters.
const HEADLINE_LETTERS: usize = 25;
/// The same, where a link stands in a heading or beside a date.
const SHORT_HEADLINE_LETTERS: usize = 12;
const LETTERS_OF_AN_IDEOGRAPH: usize = 3;
/// A longer class, or id, is made by a program.
const LONGEST_CLASS: usize = 40;
/// A group that is worth so much of the best holds news, too, where its links lead to the same part of the site.
const AS_GOOD: f64 = 0.3;

/// Proposes how the links of a page are read.
pub fn propose(body: &[u8], context: &ParseContext<'_>) -> Result<LinkPage, LinkPageError> {
    let source = Source::read(body, context, &|| false)?;
    let groups = groups(&source, context);
    let best = groups
        .iter()
        .filter(|group| group.worth > 0.0)
        .max_by(|one, other| one.worth.total_cmp(&other.worth))
        .ok_or(LinkPageError::NothingRepeats {
            links: source.links.len(),
        })?;
    let own: HashSet<&str> = best.keys(&source).collect();
    let alike = groups.iter().filter(|group| {
        group.worth >= best.worth * AS_GOOD && group.part == best.part && !group.in_menu
    });
    let mut wanted: HashSet<&str> = alike.flat_map(|group| group.keys(&source)).collect();
    wanted.extend(&own);
    // A story that stands alone in a frame of its own is news as well, where the rest lead.
    let single = groups.iter().filter(|group| {
        group.links.len() == 1 && !group.in_menu && group.headlines > 0.0 && group.part == best.part
    });
    wanted.extend(single.flat_map(|group| group.keys(&source)));

    let (mut selectors, whole_way) = selectors(&source, best);
    selectors.sort_by_key(|selector| (!is_anchored(selector), selector.len(), selector.clone()));
    selectors.dedup();
    selectors.truncate(SELECTORS_AT_MOST);
    selectors.push(whole_way);
    let mut chosen: Option<(usize, String)> = None;
    for selector in selectors {
        let Ok(matcher) = matcher(&selector) else {
            continue;
        };
        let picked = source.picked(&matcher).picks;
        let keys: HashSet<&str> = picked
            .iter()
            .map(|pick| source.links[pick.link].key.as_str())
            .collect();
        let found = keys.intersection(&wanted).count();
        let others = keys.len() - found;
        if keys.intersection(&own).count() * 10 < own.len() * 9 {
            continue;
        }
        let value = found.saturating_sub(2 * others);
        if chosen.as_ref().is_none_or(|(most, _)| value > *most) {
            chosen = Some((value, selector));
        }
    }
    let (_, selector) = chosen.ok_or(LinkPageError::NothingRepeats {
        links: source.links.len(),
    })?;
    Ok(LinkPage::by(selector))
}

/// Whether a selector names more than kinds of elements, so that it is not met by chance elsewhere.
fn is_anchored(selector: &str) -> bool {
    selector.contains(['.', '#', '['])
        || selector.starts_with("main ")
        || selector.starts_with("article ")
}

/// Links that stand in the same way.
struct Group {
    /// As places among the links of the page.
    links: Vec<usize>,
    worth: f64,
    headlines: f64,
    /// The part of the site that most of them lead to.
    part: String,
    in_menu: bool,
}

impl Group {
    fn keys<'s>(&self, source: &'s Source) -> impl Iterator<Item = &'s str> {
        self.links
            .iter()
            .map(|&link| source.links[link].key.as_str())
    }
}

fn groups(source: &Source, context: &ParseContext<'_>) -> Vec<Group> {
    let mut by_way: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (link, at) in source.links.iter().enumerate() {
        let way: Vec<String> = source
            .tree
            .upward(at.node)
            .filter_map(|node| {
                let name = source.tree.name(node)?;
                Some(format!("{name}.{}", classes(source, node).join(".")))
            })
            .collect();
        let links = by_way.entry(way.join(" ")).or_default();
        if links.len() < LINKS_OF_A_GROUP {
            links.push(link);
        }
    }
    let mut found: Vec<Vec<usize>> = by_way.into_values().collect();
    found.sort_by_key(|links| std::cmp::Reverse(links.len()));
    let found = found.into_iter().take(GROUPS_AT_MOST);
    found.map(|links| weigh(source, links, context)).collect()
}

/// How likely the links of a group are news.
#[allow(clippy::cast_precision_loss)] // a few hundred
fn weigh(source: &Source, group: Vec<usize>, context: &ParseContext<'_>) -> Group {
    let first = group.first().copied().unwrap_or_default();
    let at = source.links[first].node;
    let picks = group.iter().map(|&link| Pick {
        link,
        by: source.links[link].node,
    });
    let items = Items::of(source, picks.collect());
    let number = items.len();
    let mut entries: Vec<Entry> = Vec::new();
    if let Ok(matchers) = Matchers::new(&LinkPage::by("a")) {
        let allowance = Allowance::of(1 << 20);
        entries = items.read(&matchers, context, &allowance).entries;
    }
    let share = |is: &dyn Fn(&Entry) -> bool| {
        let found = entries.iter().filter(|entry| is(entry)).count();
        found as f64 / number.max(1) as f64
    };
    let title = |entry: &Entry| entry.title.clone().unwrap_or_default();
    let in_heading = source.tree.upward(at).any(|outer| {
        source
            .tree
            .name(outer)
            .is_some_and(super::links::is_heading)
    });
    let is_short = |entry: &Entry| {
        (SHORT_HEADLINE_LETTERS..HEADLINE_LETTERS).contains(&letters(&title(entry)))
    };
    // Names of authors and of topics are as short, and stand beside dates as well.
    let headlines = share(&|entry| letters(&title(entry)) >= HEADLINE_LETTERS)
        + if in_heading {
            0.8 * share(&is_short)
        } else {
            0.3 * share(&|entry| is_short(entry) && entry.published.is_some())
        };
    let titles: HashSet<String> = entries.iter().map(title).collect();
    let unique = titles.len() as f64 / number.max(1) as f64;
    let dated = share(&|entry| entry.published.is_some());
    let same_site = share(&|entry| is_of_site(entry, context.base));
    let deeper = share(&|entry| is_deeper(entry, context.base));
    let in_menu = is_in_menu(source, at);
    let place = if in_menu {
        0.05
    } else if source
        .tree
        .upward(at)
        .any(|outer| matches!(source.tree.name(outer), Some("main" | "article")))
    {
        1.5
    } else {
        1.0
    };
    let worth = (number.min(30) as f64).sqrt()
        * (0.05 + headlines)
        * (0.2 + 0.8 * unique)
        * (0.2 + 0.8 * same_site)
        * (0.4 + 0.6 * deeper)
        * (1.0 + 0.7 * dated)
        * place;
    Group {
        part: part_of_site(&entries),
        links: group,
        worth: if number < 2 || headlines == 0.0 {
            0.0
        } else {
            worth
        },
        headlines,
        in_menu,
    }
}

/// The length of a headline, in letters of an alphabet.
fn letters(text: &str) -> usize {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters
        .map(|c| {
            let is_syllable = matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}');
            if is_han(c) || is_syllable {
                LETTERS_OF_AN_IDEOGRAPH
            } else {
                1
            }
        })
        .sum()
}

fn address_of(entry: &Entry) -> Option<Url> {
    let link = entry.link.as_deref()?;
    Url::parse(&links::target(link)).ok()
}

/// Where the addresses of a page are not known, all are of its site.
fn is_of_site(entry: &Entry, page: Option<&Url>) -> bool {
    let known = page.zip(address_of(entry));
    let known = known.filter(|(page, link)| page.has_host() && link.has_host());
    known.is_none_or(|(page, link)| is_same_site(&link, page))
}

fn segments(url: &Url) -> usize {
    let parts = url.path_segments().into_iter().flatten();
    parts.filter(|part| !part.is_empty()).count()
}

/// Whether a link leads deeper than the page, or names its article in its query.
fn is_deeper(entry: &Entry, page: Option<&Url>) -> bool {
    let Some((page, link)) = page.zip(address_of(entry)) else {
        return true;
    };
    segments(&link) > segments(page)
        || link.query().is_some() && link.path() != page.path()
        || segments(&link) == segments(page)
            && segments(page) > 0
            && link.path().len() > page.path().len()
}

/// The host and the first part of the path that more than half of the items have, else the host alone.
fn part_of_site(entries: &[Entry]) -> String {
    let mut parts: BTreeMap<String, usize> = BTreeMap::new();
    let mut host = String::new();
    for url in entries.iter().filter_map(address_of) {
        url.host_str().unwrap_or_default().clone_into(&mut host);
        let first = url.path_segments().and_then(|mut parts| parts.next());
        // The year of an article is no part of a site.
        let first = first
            .filter(|first| segments(&url) > 1 && !first.starts_with(|c: char| c.is_ascii_digit()));
        *parts
            .entry(format!("{host}/{}", first.unwrap_or_default()))
            .or_default() += 1;
    }
    let most = parts.into_iter().max_by_key(|(_, number)| *number);
    match most {
        Some((part, number)) if number * 2 > entries.len() => part,
        _ => format!("{host}/"),
    }
}

/// Whether a link stands in what goes round the content of a page.
pub(super) fn is_in_menu(source: &Source, link: usize) -> bool {
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
    tree.upward(link).any(|node| {
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

/// The classes of an element that tell what it is, sorted: not those that number it, say where it stands, or were
/// made up by a program.
fn classes(source: &Source, node: usize) -> Vec<String> {
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

/// Selectors that may pick the links of a group, and the one that names the whole way to them.
fn selectors(source: &Source, group: &Group) -> (Vec<String>, String) {
    let tree = &source.tree;
    let first = group.links.first().copied().unwrap_or_default();
    let link = source.links[first].node;
    let name = tree.name(link).unwrap_or("a").to_owned();
    let mut ends = vec![name.clone()];
    ends.extend(
        classes(source, link)
            .iter()
            .map(|class| format!("{name}.{class}")),
    );
    let around: Vec<usize> = tree
        .upward(link)
        .skip(1)
        .take_while(|&node| !matches!(tree.name(node), Some("body" | "html") | None))
        .collect();
    let mut frames: Vec<String> = Vec::new();
    for &node in &around {
        let name = tree.name(node).unwrap_or_default();
        frames.extend(
            classes(source, node)
                .iter()
                .map(|class| format!(".{class}")),
        );
        if let Some(id) = tree.attribute(node, "id").filter(|id| is_telling(id)) {
            frames.push(format!("#{id}"));
        }
        if matches!(
            name,
            "main"
                | "article"
                | "section"
                | "table"
                | "ul"
                | "ol"
                | "dl"
                | "li"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
        ) {
            frames.push(name.to_owned());
        }
    }
    let in_main = around.iter().any(|&node| tree.name(node) == Some("main"));
    let mut found = Vec::new();
    for end in &ends {
        found.push(end.clone());
        found.extend(frames.iter().map(|frame| format!("{frame} {end}")));
    }
    let headings = frames
        .iter()
        .filter(|frame| super::links::is_heading(frame));
    for heading in headings {
        let outer = frames.iter().filter(|frame| *frame != heading);
        found.extend(outer.map(|frame| format!("{frame} {heading} {name}")));
    }
    found.extend(by_address(source, group, &name));
    if in_main {
        let inner: Vec<String> = found
            .iter()
            .filter(|selector| !selector.starts_with("main "))
            .map(|selector| format!("main {selector}"))
            .collect();
        found.extend(inner);
    }
    let way: Vec<String> = std::iter::once(link)
        .chain(around.iter().copied())
        .map(|node| {
            let name = tree.name(node).unwrap_or("*");
            let classes: String = classes(source, node)
                .iter()
                .map(|class| format!(".{class}"))
                .collect();
            format!("{name}{classes}")
        })
        .collect();
    let way: Vec<String> = way.into_iter().rev().collect();
    (found, way.join(" > "))
}

/// By the part of the site that all the links of a group lead to, where no class tells them apart.
fn by_address(source: &Source, group: &Group, name: &str) -> Option<String> {
    let written: Vec<String> = group
        .links
        .iter()
        .filter_map(|&link| source.tree.attribute(source.links[link].node, "href"))
        .collect();
    let paths: Vec<Url> = group
        .links
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
