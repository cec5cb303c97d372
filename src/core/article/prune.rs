//! What is taken out of a page before its article is looked for: navigation, and parts
//! whose names say that they repeat on every page.
//!
//! Names are read word by word (`article__related-links` has the word "related"), and a part is taken out
//! only when it holds no main heading and less than half of the text: the same words stand on wrappers. For the
//! same reason what says much outside of links stays, unless readers wrote it.

use dom_query::{Document, NodeRef};

use super::comments::comments;
use super::dom_scan::{Survey, SurveyedElement};
use crate::core::web_page::limits::LimitExceeded;
use crate::core::web_page::visible_text::is_unseen;

/// Words of classes and identifiers of what is no article.
const WORDS: [&str; 52] = [
    "addtoany",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "adslot",
    "alsoread",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "mostread",
    "newsletter",
    "newsletters",
    "outbrain",
    "pagination",
    "popular",
    "promo",
    "promos",
    "promoted",
    "readalso",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "related",
    "relatedarticles",
    "relatedposts",
    "relatednews",
    "relateds",
    "share",
    "sharebar",
    "sharedaddy",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "taboola",
    "taglist",
    "tags",
    "toolbar",
    "trending",
    "upsell",
    "zergnet",
];

/// Words of what readers wrote.
const READERS: [&str; 4] = ["commentlist", "comments", "disqus", "respond"];

/// How much a part says outside of links at most, unless readers wrote it.
const UNLINKED: usize = 600;

/// Words with which a name tells of what it holds or goes without (`content-with-sidebar`, `social-embed`).
const QUALIFIERS: [&str; 5] = ["with", "without", "has", "no", "embed"];

/// A name of more words than this is that of a story (`minister-promoted-a-friend-in-…`).
const WORDS_OF_A_NAME: usize = 10;

/// Words that say so two by two.
const PAIRS: [(&str, &str); 14] = [
    ("also", "read"),
    ("see", "also"),
    ("read", "also"),
    ("read", "more"),
    ("read", "next"),
    ("most", "read"),
    ("more", "stories"),
    ("more", "news"),
    ("more", "on"),
    ("next", "article"),
    ("author", "bio"),
    ("about", "author"),
    ("sign", "up"),
    ("ad", "slot"),
];

/// How much a caption says at most.
const CAPTIONED: usize = 400;

/// How much such a part says at most: what is opened by "read more" is named so, too.
const PAIRED: usize = 1000;

/// Words that no reader sees, or that tell of a picture.
const BESIDE: [&str; 13] = [
    "readmore",
    "caption",
    "captions",
    "credit",
    "credits",
    "copyright",
    "figcaption",
    "sr-only",
    "screen-reader-text",
    "visually-hidden",
    "visuallyhidden",
    "wp-caption-text",
    "assistive-text",
];

/// The first words of classes that say what a story is about, not what an element is.
const TOPICS: [&str; 7] = [
    "category", "tag", "type", "status", "format", "js", "section",
];

/// Takes out what is no article. What asks for consent is gone already.
pub(super) fn prune(document: &Document) -> Result<(), LimitExceeded> {
    let survey = Survey::of(document)?;
    let mut gone: Vec<NodeRef<'_>> = Vec::new();
    gone.extend(comments(&survey).iter().map(|&at| survey.elements[at].node));
    let mut at = 0;
    while let Some(seen) = survey.elements.get(at) {
        let is_small = seen.text * 2 < survey.text && seen.main_parts == 0;
        if is_unseen(&seen.node) || is_small && is_beside(seen) {
            gone.push(seen.node);
            at = seen.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    for node in gone {
        node.remove_from_parent();
    }
    Ok(())
}

fn is_beside(seen: &SurveyedElement<'_>) -> bool {
    let Some(element) = seen.node.element_ref() else {
        return false;
    };
    match &*element.name.local {
        "nav" | "dialog" | "menu" => return true,
        "html" | "body" | "main" | "article" => return false,
        _ => {}
    }
    for attribute in &element.attrs {
        if !matches!(&*attribute.name.local, "class" | "id") {
            continue;
        }
        for name in attribute.value.split_ascii_whitespace() {
            if BESIDE.contains(&name) {
                return seen.text < CAPTIONED;
            }
            if says_beside(name, seen.text, seen.text - seen.linked) {
                return true;
            }
        }
    }
    false
}

/// Whether a class or identifier names what is no article, for a part that says so much, and so much of it
/// outside of links.
fn says_beside(name: &str, text: usize, unlinked: usize) -> bool {
    let is_among = |list: &[&str], word: &str| list.iter().any(|it| it.eq_ignore_ascii_case(word));
    let is_told = |word: &str| is_among(&QUALIFIERS, word);
    if words(name).any(is_told) || words(name).nth(WORDS_OF_A_NAME).is_some() {
        return false;
    }
    let mut before = "";
    for (place, word) in words(name).enumerate() {
        if place == 0 && is_among(&TOPICS, word) {
            return false;
        }
        let is_pair = |(first, second): &(&str, &str)| {
            first.eq_ignore_ascii_case(before) && second.eq_ignore_ascii_case(word)
        };
        if is_among(&READERS, word)
            || unlinked < UNLINKED && is_among(&WORDS, word)
            || text < CAPTIONED && is_among(&BESIDE, word)
            || text < PAIRED && PAIRS.iter().any(is_pair)
        {
            return true;
        }
        before = word;
    }
    false
}

/// The words of a name in any of the usual spellings: `related-links`, `relatedLinks`, `related__links`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .flat_map(|part| {
            let bytes = part.as_bytes();
            let mut from = 0;
            std::iter::from_fn(move || {
                let start = from;
                from = (start + 1..bytes.len())
                    .find(|&at| {
                        bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase()
                    })
                    .unwrap_or(bytes.len());
                (start < bytes.len()).then(|| &part[start..from])
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        for beside in [
            "related-links",
            "article__related",
            "relatedLinks",
            "newsletter-box",
            "c-article-share",
            "readMore",
            "td-most-read",
            "tags-list",
            "comments",
            "figure__caption",
        ] {
            assert!(says_beside(beside, 100, 100), "{beside}");
        }
        for article in [
            "article-body",
            "tag-related",
            "category-social",
            "sharedContent",
            "unrelated",
            "has-newsletter",
            "post",
            "commentary",
            "story-more",
            "elementor-widget",
            "teaser",
            "content-with-sidebar",
            "social-media-embed",
            "five-held-after-paper-shared-what-a-minister-said-on-social-media",
        ] {
            assert!(!says_beside(article, 100, 100), "{article}");
        }
        assert!(!says_beside("figure__caption", 1000, 1000));
        // A wrapper of paragraphs; a list of links; what readers wrote.
        assert!(!says_beside("sidebar-grid__content", 1000, 900));
        assert!(says_beside("sidebar-grid__content", 1000, 500));
        assert!(says_beside("comments", 9000, 9000));
    }
}
