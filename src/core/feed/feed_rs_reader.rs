//! Sound XML through feed-rs, and what feed-rs gives into our own records.
//!
//! A panic in the library fails this step and nothing else. Dates are read by [`dates`], since the
//! library knows few forms; identifiers that it would invent are left empty.

pub(super) mod suitability;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use feed_rs::model;

use super::dates::DateInterpretations;
use super::raw::{
    IdRole, LinkRelation, Medium, RawEntry, RawFeed, RawLink, RawText, TextKind, language_tag,
};
use super::{Loss, PublishingHints, atom, dates, links};
use crate::core::text::entities;

/// Why the library gave nothing.
#[derive(Debug)]
pub(super) enum FeedRsError {
    /// It refused the document.
    Refused,
    /// It panicked.
    Panicked,
}

/// Parses a document without its XML declaration, already decoded.
pub(super) fn read(text: &str) -> Result<RawFeed, FeedRsError> {
    let dates = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&dates);
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        feed_rs::parser::Builder::new()
            .sanitize_content(false)
            .id_generator(|_, _, _| String::new())
            .timestamp_parser(move |written| {
                let date = dates::read(written)?;
                let mut dates = shared.lock().ok()?;
                dates.push(date);
                Some(number_in_place(dates.len()).into())
            })
            .build()
            .parse(text.as_bytes())
    }));
    let dates = std::mem::take(&mut *dates.lock().map_err(|_| FeedRsError::Panicked)?);
    match parsed {
        Ok(Ok(feed)) => Ok(convert(feed, text, &dates)),
        Ok(Err(_)) => Err(FeedRsError::Refused),
        Err(_) => Err(FeedRsError::Panicked),
    }
}

/// What the library keeps in place of the date that was read as the `number`th: which instant a date means is
/// known when all are read, and the library hands on instants only.
fn number_in_place(number: usize) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(number as u64)
}

fn date_in_place(
    dates: &[DateInterpretations],
    instant: impl Into<SystemTime>,
) -> Option<DateInterpretations> {
    let number = instant.into().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let place = usize::try_from(number.as_secs()).ok()?.checked_sub(1)?;
    dates.get(place).copied()
}

fn convert(feed: model::Feed, text: &str, dates: &[DateInterpretations]) -> RawFeed {
    let is_atom = feed.feed_type == model::FeedType::Atom;
    let is_linkless = |entry: &model::Entry| !entry.links.iter().any(leads_to_a_page);
    let names = if !is_atom && feed.entries.iter().any(is_linkless) {
        pure_names(text)
    } else {
        HashSet::new()
    };
    RawFeed {
        title: feed.title.map(|title| converted_text(title, is_atom)),
        links: feed.links.into_iter().filter_map(link).collect(),
        language: feed.language,
        id: (!feed.id.is_empty()).then_some(feed.id),
        authors: if is_atom {
            feed.authors.into_iter().filter_map(person).collect()
        } else {
            Vec::new()
        },
        hints: PublishingHints::default(),
        entries: feed
            .entries
            .into_iter()
            .map(|entry| convert_entry(entry, is_atom, &names, dates))
            .collect(),
        loss: Loss::default(),
        is_sitemap: false,
    }
}

fn convert_entry(
    entry: model::Entry,
    is_atom: bool,
    names: &HashSet<String>,
    dates: &[DateInterpretations],
) -> RawEntry {
    let date = |instant| date_in_place(dates, instant);
    let published = entry.published.and_then(date);
    let is_linkless = !entry.links.iter().any(leads_to_a_page);
    let mut links: Vec<RawLink> = entry.links.into_iter().filter_map(link).collect();
    // These may stand where the larger ones stood.
    links.shrink_to_fit();
    // RSS copies the date of publication into an absent date of change.
    let updated = entry.updated.and_then(date);
    let updated = updated.filter(|_| is_atom || updated != published);
    let id_role = if !is_atom
        && is_linkless
        && links::is_web_address(&entry.id)
        && !names.contains(&entry.id)
    {
        IdRole::Address
    } else {
        IdRole::Name
    };
    let mut media = entry.media;
    RawEntry {
        id: (!entry.id.is_empty()).then_some(entry.id),
        id_role,
        title: entry
            .title
            .map(|title| converted_text(title, is_atom))
            .filter(is_something)
            .or_else(|| media_text(&mut media, |object| object.title.take())),
        links,
        published: published.map(Box::new),
        updated: updated.map(Box::new),
        summary: entry
            .summary
            .map(|summary| body(converted_text(summary, is_atom), is_atom))
            .filter(is_something)
            .or_else(|| media_text(&mut media, |object| object.description.take())),
        content: entry.content.and_then(|content| {
            let kind = kind_of(content.content_type.subty().as_str(), is_atom);
            content
                .body
                .map(|text| body(RawText { text, kind }, is_atom))
        }),
        // What else feed-rs could give, it is not asked for: see [`suitability`].
        further: Vec::new(),
        authors: entry.authors.into_iter().filter_map(person).collect(),
        categories: entry
            .categories
            .into_iter()
            .map(|category| {
                category
                    .label
                    .filter(|label| !label.trim().is_empty())
                    .unwrap_or(category.term)
            })
            .collect(),
        language: entry.language.as_deref().and_then(language_tag),
        ..RawEntry::default()
    }
}

/// The `guid`s that are no addresses though they may look like some: a `guid` is one too unless
/// `isPermaLink` says otherwise (RSS 2.0), and the library does not give that attribute.
fn pure_names(text: &str) -> HashSet<String> {
    let mut names = HashSet::new();
    for guid in text.split("<guid").skip(1) {
        let Some((attributes, rest)) = guid.split_once('>') else {
            continue;
        };
        if attributes.to_ascii_lowercase().contains("false") {
            let content = rest
                .split_once("</guid")
                .map_or(rest, |(content, _)| content)
                .trim();
            let unquoted = content
                .strip_prefix("<![CDATA[")
                .and_then(|content| content.strip_suffix("]]>"));
            let name = unquoted.map_or_else(|| entities::decode_entities(content), str::to_owned);
            names.insert(name.trim().to_owned());
        }
    }
    names
}

fn converted_text(text: model::Text, is_atom: bool) -> RawText {
    let kind = kind_of(text.content_type.subty().as_str(), is_atom);
    RawText {
        text: text.content,
        kind,
    }
}

fn body(raw: RawText, is_atom: bool) -> RawText {
    if is_atom {
        atom::with_forgotten_type(raw.text, raw.kind)
    } else {
        raw
    }
}

fn is_something(text: &RawText) -> bool {
    !text.text.trim().is_empty()
}

/// Video feeds say what they say in `media:title` and `media:description` only.
fn media_text(
    media: &mut [model::MediaObject],
    part: impl Fn(&mut model::MediaObject) -> Option<model::Text>,
) -> Option<RawText> {
    media.iter_mut().find_map(part).map(|text| RawText {
        text: text.content,
        kind: TextKind::Unsaid,
    })
}

fn kind_of(subtype: &str, is_atom: bool) -> TextKind {
    match subtype {
        "plain" if is_atom => TextKind::Plain,
        "plain" => TextKind::Unsaid,
        _ => TextKind::Html,
    }
}

/// Whether a link makes it needless to ask whether the identifier is an address.
fn leads_to_a_page(link: &model::Link) -> bool {
    let scheme = link.href.split("://").next().unwrap_or_default().trim();
    let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    link.target.is_none()
        && LinkRelation::of(link.rel.as_deref()) == LinkRelation::Alternate
        && (is_web || !links::has_scheme(&link.href) && !link.href.trim().is_empty())
}

fn link(link: model::Link) -> Option<RawLink> {
    // `<comments>` and feeds of comments are no address of the item.
    if link.target.is_some() {
        return None;
    }
    let relation = LinkRelation::of(link.rel.as_deref());
    Some(RawLink {
        href: link.href,
        relation,
        medium: Medium::of(link.media_type.as_deref()),
        language: link.href_lang.as_deref().and_then(language_tag),
        base: None,
    })
}

fn person(person: model::Person) -> Option<String> {
    let email = person
        .email
        .map(|email| email.trim().to_owned())
        .filter(|email| !email.is_empty());
    let name = person.name.map(|name| name.trim().to_owned());
    match (name, email) {
        (Some(name), Some(email)) => {
            // What is left of `address (Name)` when the address is taken out.
            let name = name.trim_matches(['(', ')', '<', '>', '"', ' ']);
            Some(if name.is_empty() || name == email {
                email
            } else {
                format!("{name} ({email})")
            })
        }
        (name, None) => name.filter(|name| !name.is_empty()),
        (None, email) => email,
    }
}
