//! What is known of a story beyond its item: why it is told at once, who was first, who else has it.

use super::format_context::FormatContext;
use super::head::Named;
use crate::core::alert::Novelty;
use crate::core::digest::{DigestStory, clean_line};
use crate::core::language::primary_subtag;
use crate::core::story::change::Part;
use crate::mail::language::{MessageCatalog, Value};

/// Watches named that found other items of it.
const WATCHES_MAX: usize = 2;
/// Languages that others tell it in.
const LANGUAGES_MAX: usize = 4;
/// Characters of an outlet's name, and of what is said to have changed.
const OUTLET_CHARS: usize = 60;
const WHAT_CHARS: usize = 300;
/// Stands for a name, and occurs in no text that mails show.
const NAME: &str = "\u{FFFC}";

/// Who was first, how many tell it in their own words, how often it came, and in which other languages.
pub(super) fn facts(story: &DigestStory, context: FormatContext<'_>) -> Vec<Named> {
    let catalog = context.catalog;
    let mut facts: Vec<Named> = Vec::new();
    let corroborated = story.news.iter().find_map(|found| match found {
        Novelty::Corroborated(reported) => Some(reported),
        _ => None,
    });
    let told_by_others = story.outlets > 1 || story.items > 1 || story.more > 0;
    // The alert was decided by who had reported it until then.
    let first = match corroborated {
        Some(reported) => (reported.outlets.first()).map(|outlet| (outlet, &reported.first)),
        // Of what is shown, the outlet and the time stand below its headline.
        None => (story.first.as_ref())
            .filter(|(outlet, time)| {
                let lead = &story.lead;
                let is_shown = *outlet == lead.feed_title && *time == lead.time;
                told_by_others && !is_shown
            })
            .map(|(outlet, time)| (outlet, time)),
    };
    if let Some((outlet, time)) = first {
        let time = context.moment(*time);
        facts.push(around(
            catalog,
            "first-reported",
            outlet,
            &[("time", time.into())],
        ));
    }
    facts.extend(outlets(story, corroborated.is_some(), catalog).map(Named::plain));
    if story.items > 1 + story.also.len() + story.reports.len() {
        facts.push(Named::plain(catalog.count("items-in-all", story.items)));
    }
    let watches = &story.other_watches;
    if !watches.is_empty() {
        let more = watches.len().saturating_sub(WATCHES_MAX);
        let mut watches: Vec<String> = watches.iter().take(WATCHES_MAX).cloned().collect();
        if more > 0 {
            watches.push(catalog.count("more-names", more));
        }
        let watches = catalog.list(&watches);
        facts.push(Named::plain(
            catalog.say_with("also-matched-by", &[("watches", watches.into())]),
        ));
    }
    let languages: Vec<String> = (story.also_in.iter().take(LANGUAGES_MAX))
        .map(|(tag, items)| {
            let (name, items) = (language_name(tag, catalog), catalog.number(*items));
            format!("{name} ({items})")
        })
        .collect();
    if !languages.is_empty() {
        let languages = catalog.list(&languages);
        facts.push(Named::plain(
            catalog.say_with("also-in-languages", &[("languages", languages.into())]),
        ));
    }
    facts
}

/// How many outlets tell it in words of their own, and how many carry one text, as far as the lists of their names do
/// not say so, nor its news.
fn outlets(story: &DigestStory, are_counted: bool, catalog: &MessageCatalog) -> Option<String> {
    let (named_copies, named) = (story.also.iter()).partition::<Vec<_>, _>(|also| also.copy);
    let is_listed = !named.is_empty() && story.outlets <= named.len() + 1;
    let are_counted = are_counted || is_listed && story.more == 0;
    let copies = if named_copies.len() + 1 >= story.one_text {
        0
    } else {
        story.one_text
    };
    if story.outlets <= 1 {
        let said = (copies > 1).then(|| catalog.count("outlets-carry-one-text", copies));
        return said.map(|said| said + ".");
    }
    let own_words = (!are_counted).then(|| catalog.count("own-words", story.outlets));
    let one_text = (copies > 1).then(|| catalog.count("one-text", copies));
    let parts: Vec<String> = own_words.into_iter().chain(one_text).collect();
    (!parts.is_empty()).then(|| parts.join(&catalog.say("semicolon")) + ".")
}

/// Why a story is told at once; nothing of what goes without saying.
pub(super) fn news(found: &Novelty, catalog: &MessageCatalog) -> Option<Named> {
    let number = |number: u32| Value::from(usize::try_from(number).unwrap_or(usize::MAX));
    Some(match found {
        Novelty::First | Novelty::Each | Novelty::Along => return None,
        Novelty::Watch => Named::plain(catalog.say("news-watch")),
        Novelty::More => Named::plain(catalog.say("news-more")),
        Novelty::Corroborated(reported) => {
            let outlets: Vec<String> = (reported.outlets.iter())
                .map(|outlet| clean_line(outlet, OUTLET_CHARS))
                .collect();
            let outlets = catalog.list(&outlets);
            let values = [("count", reported.count.into())];
            around(catalog, "news-corroborated", &outlets, &values)
        }
        Novelty::Victims { counted, told } => {
            let counted = number(*counted);
            Named::plain(match told {
                Some(told) => {
                    let values = [("counted", counted), ("told", number(*told))];
                    catalog.say_with("news-victims", &values)
                }
                None => catalog.say_with("news-victims-first", &[("counted", counted)]),
            })
        }
        Novelty::Corrected { what, by } => {
            let what = changed(what, catalog);
            let what = what.trim_end_matches('.');
            match by {
                Some(by) => {
                    let values = [("by", clean_line(by, OUTLET_CHARS).into())];
                    around(catalog, "news-corrected-by", what, &values)
                }
                None => around(catalog, "news-corrected", what, &[]),
            }
        }
        Novelty::Awaited { outlets, asked } => Named::plain(catalog.say_with(
            "news-awaited",
            &[("count", (*outlets).into()), ("asked", (*asked).into())],
        )),
    })
}

/// What was told otherwise, in the reader's language.
fn changed(what: &str, catalog: &MessageCatalog) -> String {
    let clean = |words: &str| Value::from(clean_line(words, WHAT_CHARS));
    let Some(parts) = Part::of(what) else {
        return clean_line(what, WHAT_CHARS);
    };
    let said = parts.into_iter().map(|part| match part {
        Part::Became { before, after } => {
            let values = [("before", clean(before)), ("after", clean(after))];
            catalog.say_with("changed-became", &values)
        }
        Part::Says(words) => catalog.say_with("changed-says", &[("words", clean(words))]),
        Part::More(count) => catalog.count("more-names", count),
    });
    said.collect::<Vec<_>>().join(&catalog.say("semicolon"))
}

/// A message that holds a name, parted there.
fn around(catalog: &MessageCatalog, key: &str, name: &str, values: &[(&str, Value<'_>)]) -> Named {
    let mut values = values.to_vec();
    values.push(("outlet", NAME.into()));
    let said = catalog.say_with(key, &values);
    let (before, behind) = said.split_once(NAME).unwrap_or((&said, ""));
    Named {
        before: before.to_owned(),
        name: name.to_owned(),
        behind: behind.to_owned(),
    }
}

/// Languages with a name in every file; others go by their tag.
const LANGUAGES: [(&str, &str); 20] = [
    ("ar", "language-ar"),
    ("bn", "language-bn"),
    ("de", "language-de"),
    ("en", "language-en"),
    ("es", "language-es"),
    ("fa", "language-fa"),
    ("fr", "language-fr"),
    ("hi", "language-hi"),
    ("id", "language-id"),
    ("it", "language-it"),
    ("ja", "language-ja"),
    ("ko", "language-ko"),
    ("pl", "language-pl"),
    ("pt", "language-pt"),
    ("ru", "language-ru"),
    ("sw", "language-sw"),
    ("th", "language-th"),
    ("tr", "language-tr"),
    ("uk", "language-uk"),
    ("zh", "language-zh"),
];

fn language_name(tag: &str, catalog: &MessageCatalog) -> String {
    let primary = primary_subtag(tag).to_lowercase();
    let known = LANGUAGES.iter().find(|(tag, _)| *tag == primary);
    known.map_or_else(|| tag.to_owned(), |(_, key)| catalog.say(key))
}
