//! What a mail has room for: bytes of HTML, which mail programs cut, and words, which readers do.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::{
    message::RenderError,
    selection::{Arranged, ShownSelection, arranged},
    story::{
        FormatContext, Group, Head, Heading, Lines, LinesHtml, LinesText, StoryHtml, StoryText,
        StoryView, development, headline, line, sent, story,
    },
};
use crate::core::digest::{
    DetailLevel, Digest, DigestStory, GroupBy, Privacy, TopicGroup, WORDS_MAX, grouped, words,
};

/// Bytes of HTML of what is written around a section, and of numbers that turn out longer.
const SLACK: usize = 3_000;
/// Words of the headings of sections, and of the sentences that say where the others are.
const SLACK_WORDS: usize = 40;
/// Bytes of markup around the name of a topic among headlines.
const GROUP: usize = 200;

/// How long something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size {
    /// Of HTML.
    pub bytes: usize,
    /// Of the text part.
    pub words: usize,
}

impl Size {
    pub fn of(html: &str, text: &str) -> Self {
        Self {
            bytes: html.len(),
            words: words(text),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            bytes: self.bytes + other.bytes,
            words: self.words + other.words,
        }
    }

    /// So many hundredths of it.
    fn part(self, hundredths: usize) -> Self {
        Self {
            bytes: self.bytes * hundredths / 100,
            words: self.words * hundredths / 100,
        }
    }

    fn least(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.min(other.bytes),
            words: self.words.min(other.words),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_sub(other.bytes),
            words: self.words.saturating_sub(other.words),
        }
    }

    fn fits(self, room: Self) -> bool {
        self.bytes <= room.bytes && self.words <= room.words
    }
}

/// Of the room for stories, the part that headlines may keep from those in full, in hundredths.
const FOR_HEADLINES: usize = 45;
/// The part that is kept for what is not new, likewise.
const FOR_OLD: usize = 15;
/// Stories that went out as alerts in a line each at most.
const ALERTED_MAX: usize = 12;

/// Chooses what has room, in the order of the digest. `around` measures the page without its stories.
pub(super) fn fit<'a>(
    digest: &'a Digest,
    html_max: usize,
    context: FormatContext<'_>,
    around: impl Fn(&ShownSelection<'_>) -> Result<Size, RenderError>,
) -> Result<ShownSelection<'a>, RenderError> {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording == DetailLevel::CountOnly {
        return Ok(ShownSelection::default());
    }
    let left = |shown: &ShownSelection<'_>| -> Result<Size, RenderError> {
        let around = around(shown)?;
        Ok(Size {
            bytes: html_max.saturating_sub(around.bytes + SLACK),
            // However long the foot is, it must not be all that there is to read.
            words: WORDS_MAX
                .saturating_sub(around.words + SLACK_WORDS)
                .max(WORDS_MAX / 4),
        })
    };
    let sizes = Sizes::of(digest, context)?;
    let everything = ShownSelection {
        full: digest.stories.iter().collect(),
        headlines: digest.headlines.iter().collect(),
        developing: digest.developing.iter().collect(),
        later: digest.later.iter().collect(),
        alerted: digest.alerted.iter().take(ALERTED_MAX).collect(),
    };
    if sizes.shown(digest, &everything).fits(left(&everything)?) {
        return Ok(in_order(everything));
    }
    // With everything told by count, the page around is longest.
    let room = left(&ShownSelection::default())?;
    let old = ShownSelection {
        developing: everything.developing.clone(),
        later: everything.later.clone(),
        alerted: everything.alerted.clone(),
        ..ShownSelection::default()
    };
    let mut shown = new_stories(digest, &sizes, room, sizes.old(&old));
    let mut used = sizes.shown(digest, &shown);
    let mut has_room = |entry: i64| {
        let with = used.plus(sizes.line(entry));
        let fits = with.fits(room);
        if fits {
            used = with;
        }
        fits
    };
    let developing = everything.developing.into_iter();
    shown.developing = developing
        .take_while(|story| has_room(story.lead.entry_id))
        .collect();
    for (items, shown) in [
        (everything.later, &mut shown.later),
        (everything.alerted, &mut shown.alerted),
    ] {
        let items = items.into_iter();
        *shown = items.take_while(|item| has_room(item.entry_id)).collect();
    }
    Ok(in_order(shown))
}

/// As many in full as leave room for the others, of which `old` is not new, or for so many of them as a mail has
/// room for; then as many headlines. The first stands in full, however long it is, if it can.
fn new_stories<'a>(digest: &'a Digest, sizes: &Sizes, room: Size, old: Size) -> ShownSelection<'a> {
    let all: Vec<&DigestStory> = digest.stories.iter().chain(&digest.headlines).collect();
    let old = old.least(room.part(FOR_OLD));
    let leaves_room = |full: &usize| {
        let (full, others) = all.split_at(*full);
        let others = sizes.headlines(others).plus(old);
        let others = others.least(room.part(FOR_HEADLINES));
        sizes.full(digest, full).plus(others).fits(room)
    };
    let full = (1..=digest.stories.len()).rev().find(leaves_room);
    let full = full.unwrap_or_else(|| {
        let best = &all[..digest.stories.len().min(1)];
        usize::from(!best.is_empty() && sizes.full(digest, best).fits(room))
    });
    let (full, others) = all.split_at(full);
    let others = topics_first(full, others);
    let left = room.minus(sizes.full(digest, full).plus(old));
    let mut headlines = others.len();
    while !sizes.headlines(&others[..headlines]).fits(left) {
        headlines -= 1;
    }
    ShownSelection {
        full: full.to_vec(),
        headlines: others[..headlines].to_vec(),
        ..ShownSelection::default()
    }
}

/// Those behind the stories in full, the best of each topic of which nothing stands there before the others; what was
/// to be told at once stays before it.
fn topics_first<'a>(full: &[&'a DigestStory], others: &[&'a DigestStory]) -> Vec<&'a DigestStory> {
    let topic = |story: &&'a DigestStory| story.lead.topic.as_deref();
    let mut seen: BTreeSet<Option<&str>> = full.iter().map(topic).collect();
    let is_first = |story: &&'a DigestStory| seen.insert(topic(story)) || story.urgent;
    let (mut first, rest): (Vec<_>, Vec<_>) = others.iter().copied().partition(is_first);
    first.extend(rest);
    first
}

/// The best first, whatever got room before it.
fn in_order(mut shown: ShownSelection<'_>) -> ShownSelection<'_> {
    shown.full.sort_by_key(|story| story.place);
    shown.headlines.sort_by_key(|story| story.place);
    shown
}

/// What everything takes, by the entry that leads it.
struct Sizes {
    full: BTreeMap<i64, Size>,
    headlines: BTreeMap<i64, Size>,
    lines: BTreeMap<i64, Size>,
    by: GroupBy,
}

impl Sizes {
    fn of(digest: &Digest, context: FormatContext<'_>) -> Result<Self, RenderError> {
        let empty = size_of_lines(Vec::new(), context)?;
        let line_size = |head: Head<'_>| -> Result<Size, RenderError> {
            Ok(size_of_lines(vec![head], context)?.minus(empty))
        };
        let mut sizes = Self {
            full: BTreeMap::new(),
            headlines: BTreeMap::new(),
            lines: BTreeMap::new(),
            by: digest.recipient.group_by,
        };
        for of in &digest.stories {
            let view = story(of, context);
            sizes.full.insert(of.lead.entry_id, size_of(&view)?);
        }
        for story in digest.stories.iter().chain(&digest.headlines) {
            let size = line_size(headline(story, context))?;
            sizes.headlines.insert(story.lead.entry_id, size);
        }
        for story in &digest.developing {
            let size = line_size(development(story, context))?;
            sizes.lines.insert(story.lead.entry_id, size);
        }
        let later = digest.later.iter().map(|item| (item, line(item, context)));
        let alerted = digest
            .alerted
            .iter()
            .map(|item| (item, sent(item, context)));
        for (item, head) in later.chain(alerted) {
            sizes.lines.insert(item.entry_id, line_size(head)?);
        }
        Ok(sizes)
    }

    fn line(&self, entry: i64) -> Size {
        self.lines.get(&entry).copied().unwrap_or_default()
    }

    fn shown(&self, digest: &Digest, shown: &ShownSelection<'_>) -> Size {
        let new = self.full(digest, &shown.full);
        new.plus(self.headlines(&shown.headlines))
            .plus(self.old(shown))
    }

    /// Of what is not new.
    fn old(&self, shown: &ShownSelection<'_>) -> Size {
        (shown.before()).fold(Size::default(), |sum, entry| sum.plus(self.line(entry)))
    }

    fn headline(&self, story: &DigestStory) -> Size {
        let size = self.headlines.get(&story.lead.entry_id);
        size.copied().unwrap_or_default()
    }

    /// Names of their groups included.
    fn headlines(&self, stories: &[&DigestStory]) -> Size {
        let sizes = stories.iter().map(|story| self.headline(story));
        let groups = grouped(stories, self.by);
        sizes
            .chain(groups.iter().map(group_size))
            .fold(Size::default(), Size::plus)
    }

    /// Headings included.
    fn full(&self, digest: &Digest, stories: &[&DigestStory]) -> Size {
        arranged(digest, stories)
            .iter()
            .fold(Size::default(), |size, arranged| {
                let of = self.full.get(&arranged.story.lead.entry_id);
                size.plus(of.copied().unwrap_or_default())
                    .plus(headings_size(arranged))
            })
    }
}

fn headings_size(arranged: &Arranged<'_>) -> Size {
    /// A heading with its markup, at most six bytes for each of its characters' own.
    const HEADING: usize = 700;
    let heading = arranged
        .heading
        .as_ref()
        .map(|heading| heading.name.as_str());
    let names = heading.into_iter().chain(arranged.watch);
    names.fold(Size::default(), |size, name| {
        size.plus(Size {
            bytes: HEADING + 6 * name.len(),
            // With the count, and the rule below it.
            words: words(name) + 2,
        })
    })
}

/// The name above a group of headlines: the topic's or the place's, or that of its watch.
fn group_size(group: &TopicGroup<'_>) -> Size {
    let watch = group.watches.first().map(|watch| watch.title);
    let names = group.topic.into_iter().chain(watch);
    let longest = |length: &dyn Fn(&str) -> usize| names.clone().map(length).max().unwrap_or(0);
    Size {
        bytes: GROUP + 6 * longest(&str::len),
        // "Urgent:" may stand before it; what has no place is called so in some words.
        words: 3 + longest(&words),
    }
}

fn size_of(view: &StoryView<'_>) -> Result<Size, RenderError> {
    Ok(Size::of(
        &StoryHtml(view).render()?,
        &StoryText(view).render()?,
    ))
}

fn size_of_lines(lines: Vec<Head<'_>>, context: FormatContext<'_>) -> Result<Size, RenderError> {
    let lines = Lines {
        heading: Heading {
            name: String::new(),
            count: String::new(),
            urgent: false,
        },
        why: String::new(),
        groups: vec![Group {
            name: String::new(),
            lines,
        }],
        more: String::new(),
        catalog: context.catalog,
    };
    Ok(Size::of(
        &LinesHtml(&lines).render()?,
        &LinesText(&lines).render()?,
    ))
}
