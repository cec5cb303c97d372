//! From the links that were picked to items: one for each address, with title, summary, date and language.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use dom_query::Matcher;

use super::date_text::{date_alone, date_within, is_nothing_else};
use super::links::{HEADINGS, SelectedLink};
use super::selectors::{LinkPage, LinkPageError, matcher};
use super::source::LinkPageDocument;
use super::tree::one_line;
use crate::core::feed::dates::{self, DateInterpretations};
use crate::core::feed::expansion_limit::ExpansionLimit;
use crate::core::feed::raw::language_tag;
use crate::core::feed::{Entry, Markup, ParseContext};
use crate::core::text::tokenizer::fold_text;

/// How far around a link its title and date are looked for: no card is so deep.
const LEVELS_AROUND: usize = 12;
/// Texts around a link of which each may be its date.
const TEXTS_AROUND: usize = 60;
/// The selectors of a page, read.
pub(super) struct Matchers {
    pub(super) links: Matcher,
    title: Option<Matcher>,
    date: Option<Matcher>,
}

impl Matchers {
    pub(super) fn new(page: &LinkPage) -> Result<Self, LinkPageError> {
        let optional = |selector: &Option<String>| selector.as_deref().map(matcher).transpose();
        Ok(Self {
            links: matcher(&page.selector)?,
            title: optional(&page.title)?,
            date: optional(&page.date)?,
        })
    }
}

/// What was read of the items.
pub(super) struct ExtractedItems {
    pub(super) entries: Vec<Entry>,
    /// Items beyond those that are taken.
    pub(super) surplus: usize,
    /// Items whose title, and whose date, the selectors gave.
    pub(super) titles: usize,
    pub(super) dates: usize,
}

/// The items of a page, each with the links to it.
pub(super) struct Items<'a> {
    source: &'a LinkPageDocument,
    /// The links to each.
    picks: Vec<Vec<SelectedLink>>,
    /// The node of each link that was picked, in order, the item that it belongs to, and where the first behind it is
    /// that belongs to another.
    owners: Vec<(usize, usize, usize)>,
    headings: Vec<usize>,
    times: Vec<usize>,
    /// The words of links, each of them once.
    texts: RefCell<HashMap<usize, String>>,
    /// Words that lead to several addresses, such as "Read more", as they are folded.
    repeated: HashSet<String>,
}

impl<'a> Items<'a> {
    /// Puts together the links to one address. The links are in the order of the page.
    pub(super) fn of(source: &'a LinkPageDocument, picks: Vec<SelectedLink>) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut items: Vec<Vec<SelectedLink>> = Vec::new();
        let mut owners = Vec::with_capacity(picks.len());
        for pick in picks {
            let link = &source.links[pick.link];
            let item = *places.entry(&link.key).or_insert_with(|| {
                items.push(Vec::new());
                items.len() - 1
            });
            items[item].push(pick);
            owners.push((link.node, item, usize::MAX));
        }
        for at in (0..owners.len().saturating_sub(1)).rev() {
            let (node, item, other) = owners[at + 1];
            owners[at].2 = if item == owners[at].1 { other } else { node };
        }
        let mut this = Self {
            source,
            picks: items,
            owners,
            headings: source.tree.elements(&HEADINGS),
            times: source.tree.elements(&["time"]),
            texts: RefCell::default(),
            repeated: HashSet::new(),
        };
        let mut leads_to: HashMap<String, usize> = HashMap::new();
        for (item, picks) in this.picks.iter().enumerate() {
            for pick in picks {
                let words = fold_text(&this.text_of_link(pick.link));
                if words.is_empty() {
                    continue;
                }
                if *leads_to.entry(words.clone()).or_insert(item) != item {
                    this.repeated.insert(words);
                }
            }
        }
        this
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.picks.len()
    }

    /// Reads each.
    pub(super) fn read(
        &self,
        matchers: &Matchers,
        context: &ParseContext<'_>,
        allowance: &ExpansionLimit,
    ) -> ExtractedItems {
        let select = |matcher: &Option<Matcher>| {
            let matcher = matcher.as_ref()?;
            Some(self.source.tree.select(matcher))
        };
        let (titles, dates) = (select(&matchers.title), select(&matchers.date));
        let mut read = ExtractedItems {
            entries: Vec::new(),
            surplus: 0,
            titles: 0,
            dates: 0,
        };
        let mut written: Vec<Option<DateInterpretations>> = Vec::new();
        for picks in &self.picks {
            let own = titles
                .as_deref()
                .and_then(|all| self.selected_title(picks, all));
            let is_own = own.is_some();
            let Some(said) = own.or_else(|| self.said(picks)) else {
                continue;
            };
            if read.entries.len() == ITEMS_AT_MOST {
                read.surplus += 1;
                continue;
            }
            let date = match &dates {
                Some(all) => self.selected_date(picks, all),
                None => self.date_beside(picks),
            };
            read.titles += usize::from(is_own);
            read.dates += usize::from(date.is_some());
            written.push(date);
            let entry = self.entry(picks, said);
            let bytes = [&entry.title, &entry.link, &entry.summary];
            if !allowance.take(bytes.into_iter().flatten().map(String::len).sum()) {
                break;
            }
            read.entries.push(entry);
        }
        let languages = context.languages(self.source.language.as_deref());
        let body = dates::DateDisambiguation::of(
            written.iter().flatten().copied(),
            context.now,
            &languages,
        );
        for (entry, date) in read.entries.iter_mut().zip(&written) {
            entry.published = date.and_then(|date| body.settle(&date));
        }
        read
    }

    fn entry(&self, picks: &[SelectedLink], said: ItemText) -> Entry {
        let link = picks.first().map(|pick| &self.source.links[pick.link]);
        let language = link
            .and_then(|link| self.source.tree.language_of(link.node))
            .and_then(|tag| language_tag(&tag).map(|tag| tag.as_ref().to_owned()))
            .filter(|tag| Some(tag) != self.source.language.as_ref());
        Entry {
            title: Some(said.title),
            link: link.map(|link| link.address.clone()),
            summary: said.summary,
            summary_markup: Markup::Plain,
            language,
            ..Entry::default()
        }
    }

    /// A link, then what is around it, as far as that holds links to no other item. What selected the link comes
    /// first where it stands in it.
    fn around(&self, pick: &SelectedLink) -> impl Iterator<Item = usize> {
        let tree = &self.source.tree;
        let link = self.source.links[pick.link].node;
        let (by, inside) = (pick.by, pick.by > link && tree.holds(link, pick.by));
        let outer = tree
            .ancestors(link)
            .enumerate()
            .take_while(move |&(level, at)| {
                at == link
                    || self.is_alone_in(at)
                        && (level <= LEVELS_AROUND || tree.holds(by, at))
                        && !matches!(tree.name(at), None | Some("body" | "html" | "main"))
            });
        inside
            .then_some(by)
            .into_iter()
            .chain(outer.map(|(_, at)| at))
    }

    /// Whether all links in a node that were picked belong to one item.
    fn is_alone_in(&self, node: usize) -> bool {
        let first = self.owners.partition_point(|&(at, ..)| at < node);
        let other = self.owners.get(first).map_or(usize::MAX, |owner| owner.2);
        other >= self.source.tree.end(node)
    }

    /// The first of these nodes that stands in what is around a link, the nearest first.
    fn first_around(&self, pick: &SelectedLink, all: &[usize]) -> Option<usize> {
        self.around(pick).find_map(|outer| {
            let first = *all.get(all.partition_point(|&node| node < outer))?;
            self.source.tree.holds(outer, first).then_some(first)
        })
    }

    // ---- What items say ----

    fn selected_title(&self, picks: &[SelectedLink], all: &[usize]) -> Option<ItemText> {
        let titles = picks.iter().filter_map(|pick| {
            let node = self.first_around(pick, all)?;
            Some(self.source.tree.text(node, |_| false)).filter(|text| !text.is_empty())
        });
        titles.map(ItemText::of).max_by_key(ItemText::length)
    }

    /// What the links to an item say: the longest that is said of it alone.
    fn said(&self, picks: &[SelectedLink]) -> Option<ItemText> {
        let said = picks.iter().map(|pick| {
            let said = self.said_by(pick);
            ItemText {
                is_aside: said.is_aside || self.source.links[pick.link].is_within,
                ..said
            }
        });
        let said = said.filter(|said| !said.title.is_empty());
        // Of equals the first.
        said.reduce(|kept, said| {
            let better = (!said.is_aside, said.length()) > (!kept.is_aside, kept.length());
            if better { said } else { kept }
        })
    }

    fn said_by(&self, pick: &SelectedLink) -> ItemText {
        let tree = &self.source.tree;
        let link = self.source.links[pick.link].node;
        let text = self.text_of_link(pick.link);
        let is_repeated = self.repeated.contains(&fold_text(&text));
        if !text.is_empty() && !is_repeated {
            return self.with_headline(link, text);
        }
        let attribute = |name| one_line(&tree.attribute(link, name).unwrap_or_default());
        let in_words =
            |text: &String| !text.is_empty() && !self.repeated.contains(&fold_text(text));
        let heading = || {
            let heading = self.first_around(pick, &self.headings)?;
            Some(tree.text(heading, |_| false))
        };
        let picture = || {
            let inside = link + 1..tree.end(link);
            let mut said = inside.filter_map(|node| tree.attribute(node, "alt"));
            said.find_map(|said| Some(one_line(&said)).filter(|said| !said.is_empty()))
        };
        let other = heading()
            .filter(in_words)
            .or_else(|| picture().filter(in_words))
            .or_else(|| Some(attribute("aria-label")).filter(in_words))
            .or_else(|| Some(attribute("title")).filter(in_words));
        match other {
            Some(other) => ItemText::of(other),
            None => ItemText {
                is_aside: is_repeated,
                ..ItemText::of(text)
            },
        }
    }

    /// A link around a whole card says its headline, and more beside it.
    fn with_headline(&self, link: usize, text: String) -> ItemText {
        let tree = &self.source.tree;
        let end = tree.end(link);
        let from = self.headings.partition_point(|&heading| heading < link);
        let to = self.headings.partition_point(|&heading| heading < end);
        let &[heading] = &self.headings[from..to] else {
            return ItemText::of(text);
        };
        let title = tree.text(heading, |_| false);
        if title.is_empty() {
            return ItemText::of(text);
        }
        let summary = tree.text(link, |node| {
            node == heading || tree.name(node) == Some("time")
        });
        ItemText {
            summary: (!summary.is_empty()).then_some(summary),
            ..ItemText::of(title)
        }
    }

    /// The words of a link. A date that is marked as one is none of them, unless it is all.
    fn text_of_link(&self, link: usize) -> String {
        if let Some(known) = self.texts.borrow().get(&link) {
            return known.clone();
        }
        let (tree, node) = (&self.source.tree, self.source.links[link].node);
        let mut text = tree.text(node, |inner| tree.name(inner) == Some("time"));
        if text.is_empty() {
            text = tree.text(node, |_| false);
        }
        self.texts.borrow_mut().insert(link, text.clone());
        text
    }

    // ---- When they are of ----

    fn selected_date(&self, picks: &[SelectedLink], all: &[usize]) -> Option<DateInterpretations> {
        picks.iter().find_map(|pick| {
            let node = self.first_around(pick, all)?;
            self.marked_date(node).or_else(|| {
                let inside = node + 1..self.source.tree.end(node);
                let mut times = inside.filter(|&at| self.source.tree.name(at) == Some("time"));
                times
                    .find_map(|time| self.marked_date(time))
                    .or_else(|| date_within(&self.source.tree.text(node, |_| false)))
            })
        })
    }

    /// A date that stands for machines beside its words.
    fn marked_date(&self, node: usize) -> Option<DateInterpretations> {
        ["datetime", "content", "data-date", "title"]
            .into_iter()
            .find_map(|name| {
                let given = self.source.tree.attribute(node, name)?;
                date_alone(&given).or_else(|| dates::read(&given).filter(|_| name == "datetime"))
            })
    }

    /// The date that is marked as one around an item, else a text there that is nothing but a date.
    fn date_beside(&self, picks: &[SelectedLink]) -> Option<DateInterpretations> {
        let tree = &self.source.tree;
        let marked = picks.iter().find_map(|pick| {
            let time = self.first_around(pick, &self.times)?;
            let given = self.marked_date(time);
            given.or_else(|| date_within(&tree.text(time, |_| false)))
        });
        marked.or_else(|| {
            picks.iter().find_map(|pick| {
                let mut seen = 0;
                self.around(pick).find_map(|outer| {
                    let left = TEXTS_AROUND.saturating_sub(seen);
                    let texts = tree
                        .texts(outer)
                        .filter(|(_, text)| !text.trim().is_empty());
                    texts.take(left).find_map(|(_, text)| {
                        seen += 1;
                        date_alone(&text).filter(|_| is_nothing_else(&text))
                    })
                })
            })
        })
    }
}

/// What is said of an item.
struct ItemText {
    title: String,
    summary: Option<String>,
    /// It hardly says what the item is about: other links say the same of other items, or it leads to comments.
    is_aside: bool,
}

impl ItemText {
    fn of(title: String) -> Self {
        Self {
            title,
            summary: None,
            is_aside: false,
        }
    }

    fn length(&self) -> usize {
        self.title.chars().count()
    }
}

/// Items that are taken of a page at most, the first.
pub(super) const ITEMS_AT_MOST: usize = 1000;
