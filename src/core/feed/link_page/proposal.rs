//! Which links of a page are its news: a selector to begin with, which a person judges by what it takes.
//!
//! Links that stand in the same way, by elements and classes up to the root, are a group. The best group has many
//! links with words like headlines, that lead deeper into the same site, with dates beside, and not in a menu. Then
//! the shortest selector is taken that picks it, with those like it (the first story in another frame), and little
//! else.

mod candidates;

use std::collections::{BTreeMap, HashSet};

use url::Url;

use super::items::{Items, Matchers};
use super::links::{SelectedLink, is_heading};
use super::menus::is_in_menu;
use super::selectors::{LinkPage, LinkPageError, matcher};
use super::source::LinkPageDocument;
use crate::core::feed::discover::is_same_site;
use crate::core::feed::expansion_limit::ExpansionLimit;
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
/// A group that is worth so much of the best holds news, too, where its links lead to the same part of the site.
const AS_GOOD: f64 = 0.3;

/// Proposes how the links of a page are read.
pub fn propose(body: &[u8], context: &ParseContext<'_>) -> Result<LinkPage, LinkPageError> {
    let source = LinkPageDocument::read(body, context, &|| false)?;
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

    let (mut selectors, whole_way) = candidates::selectors(&source, &best.links);
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
    fn keys<'s>(&self, source: &'s LinkPageDocument) -> impl Iterator<Item = &'s str> {
        self.links
            .iter()
            .map(|&link| source.links[link].key.as_str())
    }
}

fn groups(source: &LinkPageDocument, context: &ParseContext<'_>) -> Vec<Group> {
    let mut by_way: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (link, at) in source.links.iter().enumerate() {
        let way: Vec<String> = source
            .tree
            .ancestors(at.node)
            .filter_map(|node| {
                let name = source.tree.name(node)?;
                Some(format!(
                    "{name}.{}",
                    candidates::classes(source, node).join(".")
                ))
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
fn weigh(source: &LinkPageDocument, group: Vec<usize>, context: &ParseContext<'_>) -> Group {
    let first = group.first().copied().unwrap_or_default();
    let at = source.links[first].node;
    let picks = group.iter().map(|&link| SelectedLink {
        link,
        by: source.links[link].node,
    });
    let items = Items::of(source, picks.collect());
    let number = items.len();
    let mut entries: Vec<Entry> = Vec::new();
    if let Ok(matchers) = Matchers::new(&LinkPage::by("a")) {
        let allowance = ExpansionLimit::of(1 << 20);
        entries = items.read(&matchers, context, &allowance).entries;
    }
    let share = |is: &dyn Fn(&Entry) -> bool| {
        let found = entries.iter().filter(|entry| is(entry)).count();
        float(found) / float(number.max(1))
    };
    let in_heading = source
        .tree
        .ancestors(at)
        .any(|outer| source.tree.name(outer).is_some_and(is_heading));
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
    let unique = float(titles.len()) / float(number.max(1));
    let dated = share(&|entry| entry.published.is_some());
    let same_site = share(&|entry| is_of_site(entry, context.base));
    let deeper = share(&|entry| is_deeper(entry, context.base));
    let worth = float(number.min(30)).sqrt()
        * (0.05 + headlines)
        * (0.2 + 0.8 * unique)
        * (0.2 + 0.8 * same_site)
        * (0.4 + 0.6 * deeper)
        * (1.0 + 0.7 * dated)
        * worth_of_place(source, at);
    let is_none = number < 2 || headlines == 0.0;
    Group {
        part: part_of_site(&entries),
        links: group,
        worth: if is_none { 0.0 } else { worth },
        headlines,
        in_menu: is_in_menu(source, at),
    }
}

fn float(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

fn title(entry: &Entry) -> String {
    entry.title.clone().unwrap_or_default()
}

/// What the part of the page in which a link stands says of it.
fn worth_of_place(source: &LinkPageDocument, link: usize) -> f64 {
    let is_content = |outer| matches!(source.tree.name(outer), Some("main" | "article"));
    if is_in_menu(source, link) {
        0.05
    } else if source.tree.ancestors(link).any(is_content) {
        1.5
    } else {
        1.0
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
