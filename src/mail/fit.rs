//! What a mail has room for: bytes of HTML, which mail programs cut, and words, which readers do.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::{
    message::RenderError,
    render::{Arranged, Shown, arranged},
    story::{
        Group, Head, Heading, Lines, LinesHtml, LinesText, Reading, StoryHtml, StoryText,
        StoryView, development, headline, line, story,
    },
};
use crate::core::digest::{Digest, DigestStory, Privacy, WORDS_MAX, Wording, share_out, words};

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

/// Chooses what has room, best first. `around` measures the page without its stories.
pub(super) fn fit<'a>(
    digest: &'a Digest,
    html_max: usize,
    reading: Reading<'_>,
    around: impl Fn(&Shown<'_>) -> Result<Size, RenderError>,
) -> Result<Shown<'a>, RenderError> {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording == Wording::Count {
        return Ok(Shown::default());
    }
    let left = |shown: &Shown<'_>| -> Result<Size, RenderError> {
        let around = around(shown)?;
        Ok(Size {
            bytes: html_max.saturating_sub(around.bytes + SLACK),
            // However long the foot is, it must not be all that there is to read.
            words: WORDS_MAX
                .saturating_sub(around.words + SLACK_WORDS)
                .max(WORDS_MAX / 2),
        })
    };
    let sizes = Sizes::of(digest, reading)?;
    let everything = Shown {
        full: digest.stories.iter().collect(),
        headlines: digest.headlines.iter().collect(),
        developing: digest.developing.iter().collect(),
        later: digest.later.iter().collect(),
        alerted: digest.alerted.iter().collect(),
    };
    let before =
        (everything.before()).fold(Size::default(), |sum, entry| sum.plus(sizes.line(entry)));
    let lines = sizes.headlines(&everything.headlines).plus(before);
    let full = sizes.full(digest, &everything.full);
    if full.plus(lines).fits(left(&everything)?) {
        return Ok(everything);
    }
    // With everything told by count, the page around is longest.
    let room = left(&Shown::default())?;
    // Rather every story in a line than a few more in full, and some in full all the same.
    let all_lines = lines.plus(sizes.headlines(&everything.full));
    let for_full = room.minus(all_lines);
    let for_full = Size {
        bytes: (for_full.bytes).clamp(room.bytes / 10 * 3, room.bytes / 10 * 6),
        words: (for_full.words).clamp(room.words / 20 * 11, room.words / 20 * 13),
    };
    // The best stands in full, however long it is, if it can.
    let best = sizes.full(digest, &everything.full[..everything.full.len().min(1)]);
    let for_full = if best.fits(room) {
        Size {
            bytes: for_full.bytes.max(best.bytes),
            words: for_full.words.max(best.words),
        }
    } else {
        for_full
    };
    let mut shown = Shown {
        full: best_in_full(digest, &sizes, for_full),
        ..Shown::default()
    };
    let mut used = sizes.full(digest, &shown.full);
    let kept_for_before = Size {
        bytes: before.bytes.min(room.bytes / 6),
        words: before.words.min(room.words / 6),
    };
    let in_full: BTreeSet<i64> = shown.full.iter().map(|story| story.lead.entry_id).collect();
    let mut topics: BTreeSet<(Option<&str>, bool)> = BTreeSet::new();
    for story in digest.stories.iter().chain(&digest.headlines) {
        if in_full.contains(&story.lead.entry_id) {
            continue;
        }
        let topic = (story.lead.topic.as_deref(), story.urgent);
        let mut with = used.plus(sizes.headline(story));
        if !topics.contains(&topic) {
            with = with.plus(group_size(story));
        }
        if !with.plus(kept_for_before).fits(room) {
            break;
        }
        topics.insert(topic);
        used = with;
        shown.headlines.push(story);
    }
    for story in &digest.developing {
        if !take(&mut used, sizes.line(story.lead.entry_id), room) {
            break;
        }
        shown.developing.push(story);
    }
    for (items, shown) in [
        (&digest.later, &mut shown.later),
        (&digest.alerted, &mut shown.alerted),
    ] {
        for item in items {
            if !take(&mut used, sizes.line(item.entry_id), room) {
                break;
            }
            shown.push(item);
        }
    }
    Ok(shown)
}

fn take(used: &mut Size, size: Size, room: Size) -> bool {
    let with = used.plus(size);
    let fits = with.fits(room);
    if fits {
        *used = with;
    }
    fits
}

/// As many of the best stories as `room` holds, [shared out](share_out) among the outlets unless everything
/// has room.
fn best_in_full<'a>(digest: &'a Digest, sizes: &Sizes, room: Size) -> Vec<&'a DigestStory> {
    let all: Vec<&DigestStory> = digest.stories.iter().collect();
    let mut places = all.len();
    while places > 0 && !sizes.full(digest, &all[..places]).fits(room) {
        places -= 1;
    }
    if places == digest.totals.stories {
        return all;
    }
    let mut totals: BTreeMap<&str, usize> = BTreeMap::new();
    for story in digest.stories.iter().chain(&digest.headlines) {
        *totals.entry(story.lead.outlet.as_str()).or_default() += 1;
    }
    let outlet_of = |story: &&'a DigestStory| story.lead.outlet.as_str();
    share_out(&totals, places, outlet_of, |most| {
        let mut taken: Vec<&DigestStory> = Vec::new();
        let mut by_outlet: BTreeMap<&str, usize> = BTreeMap::new();
        for story in &digest.stories {
            let of_outlet = by_outlet.entry(story.lead.outlet.as_str()).or_default();
            if taken.len() == places || *of_outlet == most {
                continue;
            }
            taken.push(story);
            if sizes.full(digest, &taken).fits(room) {
                *of_outlet += 1;
            } else {
                taken.pop();
            }
        }
        taken
    })
}

/// What everything takes, by the entry that leads it.
struct Sizes {
    full: BTreeMap<i64, Size>,
    headlines: BTreeMap<i64, Size>,
    lines: BTreeMap<i64, Size>,
}

impl Sizes {
    fn of(digest: &Digest, reading: Reading<'_>) -> Result<Self, RenderError> {
        let empty = size_of_lines(Vec::new(), reading)?;
        let line_size = |head: Head<'_>| -> Result<Size, RenderError> {
            Ok(size_of_lines(vec![head], reading)?.minus(empty))
        };
        let mut sizes = Self {
            full: BTreeMap::new(),
            headlines: BTreeMap::new(),
            lines: BTreeMap::new(),
        };
        for of in &digest.stories {
            let view = story(of, reading);
            sizes.full.insert(of.lead.entry_id, size_of(&view)?);
        }
        for story in digest.stories.iter().chain(&digest.headlines) {
            let size = line_size(headline(story, reading))?;
            sizes.headlines.insert(story.lead.entry_id, size);
        }
        for story in &digest.developing {
            let size = line_size(development(story, reading))?;
            sizes.lines.insert(story.lead.entry_id, size);
        }
        for item in digest.later.iter().chain(&digest.alerted) {
            let size = line_size(line(item, reading))?;
            sizes.lines.insert(item.entry_id, size);
        }
        Ok(sizes)
    }

    fn line(&self, entry: i64) -> Size {
        self.lines.get(&entry).copied().unwrap_or_default()
    }

    fn headline(&self, story: &DigestStory) -> Size {
        let size = self.headlines.get(&story.lead.entry_id);
        size.copied().unwrap_or_default()
    }

    /// Names of topics included.
    fn headlines(&self, stories: &[&DigestStory]) -> Size {
        let mut topics = BTreeSet::new();
        let mut size = Size::default();
        for story in stories {
            if topics.insert((story.lead.topic.as_deref(), story.urgent)) {
                size = size.plus(group_size(story));
            }
            size = size.plus(self.headline(story));
        }
        size
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

/// The name above the headlines of a topic: the topic's, or that of its watch.
fn group_size(story: &DigestStory) -> Size {
    let topic = story.lead.topic.as_deref();
    let watch = story.lead.mentions.first();
    let names = topic
        .into_iter()
        .chain(watch.map(|watch| watch.watch_title.as_str()));
    let longest = |length: &dyn Fn(&str) -> usize| names.clone().map(length).max().unwrap_or(0);
    Size {
        bytes: GROUP + 6 * longest(&str::len),
        // "Urgent:" may stand before it.
        words: 1 + longest(&words),
    }
}

fn size_of(view: &StoryView<'_>) -> Result<Size, RenderError> {
    Ok(Size::of(
        &StoryHtml(view).render()?,
        &StoryText(view).render()?,
    ))
}

fn size_of_lines(lines: Vec<Head<'_>>, reading: Reading<'_>) -> Result<Size, RenderError> {
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
        chrome: reading.chrome,
    };
    Ok(Size::of(
        &LinesHtml(&lines).render()?,
        &LinesText(&lines).render()?,
    ))
}
