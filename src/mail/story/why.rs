//! Why a story is here: the watches that found it, and by which of its words.

use std::collections::BTreeSet;

use crate::core::digest::{DigestItem, DigestStory, WatchMention};
use crate::core::text::tokenizer::fold_text;
use crate::mail::language::MessageCatalog;
use crate::mail::story::topics::topic_name;

/// Watches named for one story in full, and in a line.
const WATCHES_MAX: usize = 2;
/// Words named of its first watch.
const WORDS_MAX: usize = 3;
/// Stands for watches in a message, and occurs in none.
const OTHERS: &str = "\u{FFFC}";
/// Topics named beside its own.
const TOPICS_MAX: usize = 3;

/// Why a story is here.
pub(in crate::mail) struct Why {
    /// Where its watches found it, when it was not in what the feed says; with a space behind it.
    pub found: String,
    /// What stands before the watches.
    pub matched_by: String,
    pub watches: Vec<WhyWatch>,
    /// " and 3 more watches"; empty when all are named.
    pub more: String,
    pub colon: String,
    pub semicolon: String,
    pub comma: String,
    /// "Also under Press.", of topics that no watch named here is under; with a space behind it.
    pub under: String,
    pub item: String,
}

pub(in crate::mail) struct WhyWatch {
    /// Empty where it stands above the story already.
    pub title: String,
    /// What matched and is not marked above. Each stands for itself in the page: a term in Arabic must not turn its
    /// neighbours around.
    pub words: Vec<String>,
    /// That it was found in the article, of an item that others found by what the feed says; else empty.
    pub found: String,
}

impl Why {
    pub fn of(story: &DigestStory, catalog: &MessageCatalog) -> Self {
        let mentions = &story.lead.mentions;
        let in_article = !mentions.is_empty() && mentions.iter().all(|mention| mention.in_article);
        let watch = |(place, mention): (usize, &WatchMention)| WhyWatch {
            title: mention.watch_title.clone(),
            words: match place {
                0 => words_unmarked(&story.lead, &mention.terms),
                _ => Vec::new(),
            },
            found: if mention.in_article && !in_article {
                format!(" {}", catalog.say("in-article"))
            } else {
                String::new()
            },
        };
        let named = mentions.iter().take(WATCHES_MAX);
        Self {
            found: if in_article {
                catalog.say("found-in-article") + " "
            } else {
                String::new()
            },
            matched_by: catalog.say("matched-by") + " ",
            watches: named.clone().enumerate().map(watch).collect(),
            more: more_watches(mentions.len(), catalog),
            colon: catalog.say("colon"),
            semicolon: catalog.say("semicolon"),
            comma: catalog.say("comma"),
            under: under(story, named, catalog),
            item: catalog.say_with(
                "item-number",
                &[("item", story.lead.entry_id.to_string().into())],
            ),
        }
    }

    /// Leaves out the name of its first watch where that stands above the story, as `above`.
    pub fn under(&mut self, above: &str, catalog: &MessageCatalog) {
        // "and 3 more watches" is said behind one that is named.
        let is_needed = self.watches.len() == 1 && !self.more.is_empty();
        let Some(first) = self.watches.first_mut() else {
            return;
        };
        if fold_text(&first.title) != fold_text(above) || is_needed {
            return;
        }
        if first.words.is_empty() && first.found.is_empty() {
            self.watches.remove(0);
            let others = catalog.say_with("also-matched-by", &[("watches", OTHERS.into())]);
            let before = others.split(OTHERS).next().unwrap_or_default();
            before.clone_into(&mut self.matched_by);
        } else if !first.words.is_empty() {
            first.title.clear();
            self.matched_by = catalog.say("matched-words") + &self.colon;
        }
    }

    pub fn text(&self, catalog: &MessageCatalog) -> String {
        let isolated = |text: &String| catalog.isolated(text);
        let watch = |watch: &WhyWatch| {
            let title = catalog.isolated(&watch.title);
            let words: Vec<String> = watch.words.iter().map(isolated).collect();
            let colon = if title.is_empty() || words.is_empty() {
                ""
            } else {
                &self.colon
            };
            format!("{title}{colon}{}{}", words.join(&self.comma), watch.found)
        };
        let watches: Vec<String> = self.watches.iter().map(watch).collect();
        let matched = if watches.is_empty() {
            String::new()
        } else {
            let watches = watches.join(&self.semicolon);
            format!("{}{watches}{}. ", self.matched_by, self.more)
        };
        format!("{}{matched}{}{}", self.found, self.under, self.item)
    }
}

/// The words by which it was found that are not marked in what is shown.
fn words_unmarked(item: &DigestItem, words: &[String]) -> Vec<String> {
    let shown = item.title.iter().chain(&item.excerpt);
    let marked = shown.filter(|piece| piece.marked);
    let marked: BTreeSet<String> = marked.map(|piece| fold_text(&piece.text)).collect();
    let unmarked = words
        .iter()
        .filter(|word| !marked.contains(&fold_text(word)));
    unmarked.take(WORDS_MAX).cloned().collect()
}

/// Its other topics, without those of the watches that are named.
fn under<'a>(
    story: &DigestStory,
    mut named: impl Iterator<Item = &'a WatchMention> + Clone,
    catalog: &MessageCatalog,
) -> String {
    let is_plain = |topic: &&String| !named.any(|mention| mention.topic.as_ref() == Some(*topic));
    let topics = story.other_topics.iter().filter(is_plain).take(TOPICS_MAX);
    let topics: Vec<String> = topics
        .map(|topic| topic_name(Some(topic), catalog))
        .collect();
    if topics.is_empty() {
        return String::new();
    }
    let topics = catalog.list(&topics);
    catalog.say_with("also-under", &[("topics", topics.into())]) + " "
}

/// The watches that found an item, in a line.
pub(in crate::mail) fn watches_in_line(
    mentions: &[WatchMention],
    catalog: &MessageCatalog,
) -> String {
    let named = mentions.iter().take(WATCHES_MAX);
    let named: Vec<String> = named
        .map(|mention| catalog.isolated(&mention.watch_title))
        .collect();
    named.join(&catalog.say("comma")) + &more_watches(mentions.len(), catalog)
}

/// " and 3 more watches", when there are more than are named.
fn more_watches(watches: usize, catalog: &MessageCatalog) -> String {
    match watches.saturating_sub(WATCHES_MAX) {
        0 => String::new(),
        more => format!(" {}", catalog.count("more-watches", more)),
    }
}
