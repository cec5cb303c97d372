//! A headline with what tells it from others, and what is said of its story.

use super::format_context::FormatContext;
use crate::core::digest::{DigestItem, TextSegment, is_right_to_left};
use crate::mail::language::MessageCatalog;
use crate::mail::wrapping::{wrap, wrap_behind};

/// What stands above stories or lines.
pub(in crate::mail) struct Heading {
    pub name: String,
    /// How many; empty where that is plain.
    pub count: String,
    pub urgent: bool,
}

/// A headline with what tells it from others.
pub(in crate::mail) struct Head<'a> {
    pub title: &'a [TextSegment],
    pub dir: &'static str,
    pub lang: Option<&'a str>,
    pub link: Option<&'a str>,
    /// Outlet, author, places, time: each a text of its own, which must not turn its neighbours around.
    pub meta: Vec<String>,
    /// "revised"; empty for what is not.
    pub revised: String,
    catalog: &'static MessageCatalog,
}

impl<'a> Head<'a> {
    pub(super) fn of(
        item: &'a DigestItem,
        meta: Vec<String>,
        catalog: &'static MessageCatalog,
    ) -> Self {
        Self {
            title: &item.title,
            dir: direction(&item.title),
            lang: item.language.as_deref(),
            link: item.link.as_deref(),
            meta,
            revised: if item.updated {
                catalog.say("revised")
            } else {
                String::new()
            },
            catalog,
        }
    }

    pub fn is_revised(&self) -> bool {
        !self.revised.is_empty()
    }

    /// The headline as text, with the words marked, behind the sign of an item.
    pub fn title_text(&self, sign: &str) -> String {
        wrap_behind(&marked_text(self.title), sign, "  ")
    }

    pub fn meta_text(&self) -> String {
        let revised = self.is_revised().then_some(&self.revised);
        let meta = self.meta.iter().chain(revised);
        let meta: Vec<String> = meta.map(|part| self.catalog.isolated(part)).collect();
        wrap(&meta.join(" · "), "  ")
    }
}

/// A sentence around a name.
pub(in crate::mail) struct Named {
    pub before: String,
    pub name: String,
    pub behind: String,
}

impl Named {
    pub(super) fn plain(text: String) -> Self {
        Self {
            before: text,
            name: String::new(),
            behind: String::new(),
        }
    }

    pub(super) fn text(&self, catalog: &MessageCatalog) -> String {
        let name = catalog.isolated(&self.name);
        format!("{}{name}{}", self.before, self.behind)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Author {
    Named,
    LeftOut,
}

/// Outlet, author, places, time.
pub(super) fn meta(
    item: &DigestItem,
    places: &[String],
    author: Author,
    context: FormatContext<'_>,
) -> Vec<String> {
    let mut meta = vec![item.feed_title.clone()];
    if author == Author::Named && !item.author.is_empty() && item.author != item.feed_title {
        meta.push(item.author.clone());
    }
    if !places.is_empty() {
        meta.push(context.catalog.joined_names(places));
    }
    let time = context.moment(item.time);
    meta.push(if item.undated {
        context
            .catalog
            .say_with("undated", &[("time", time.into())])
    } else {
        time
    });
    meta
}

pub(super) fn marked_text(pieces: &[TextSegment]) -> String {
    pieces
        .iter()
        .map(|piece| {
            if piece.marked {
                format!("**{}**", piece.text)
            } else {
                piece.text.clone()
            }
        })
        .collect()
}

pub(super) fn direction(pieces: &[TextSegment]) -> &'static str {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    if is_right_to_left(&text) {
        "rtl"
    } else {
        "ltr"
    }
}
