//! What a mail tells by its number alone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Contents, Rest, command, group_name};
use crate::core::digest::{Count, DetailLevel, Digest, GroupBy, Privacy, clean_line};
use crate::mail::language::{MessageCatalog, catalog};
use crate::mail::limits::{LIST_BYTES, NAME_CHARS, fits};

/// Names in one table of what is told by count.
const COUNTS_MAX: usize = 20;

/// What is neither in full nor a headline; `None` when there is nothing. `shown` gives the topic of each story
/// that is.
pub(in crate::mail) fn rest(digest: &Digest, shown: &[Option<&str>]) -> Option<Rest> {
    let stories = digest.totals.stories.saturating_sub(shown.len());
    if stories == 0 || digest.wording >= DetailLevel::Headline {
        return None;
    }
    let mut shown_of: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for topic in shown {
        *shown_of.entry(*topic).or_default() += 1;
    }
    let left = digest.totals.topics.iter().map(|count| {
        let shown = shown_of.get(&count.name.as_deref()).copied().unwrap_or(0);
        Count {
            items: count.items.saturating_sub(shown),
            ..count.clone()
        }
    });
    let mut left: Vec<Count> = left.filter(|count| count.items > 0).collect();
    left.sort_by_key(|count| Reverse(count.items));
    let catalog = catalog(digest.recipient.language);
    Some(Rest {
        count: catalog.number(stories),
        command: catalog.say_with("no-room", &[("command", command(digest).into())]),
        topics: counted(&left, "more-topics", catalog, |topic| {
            group_name(topic, GroupBy::Topic, catalog)
        }),
    })
}

/// Old items that feeds showed at once, by feed.
pub(in crate::mail) fn archives(digest: &Digest) -> Vec<Contents> {
    if digest.recipient.privacy == Privacy::Sealed || digest.wording >= DetailLevel::Headline {
        return Vec::new();
    }
    let mut feeds = digest.totals.archives.clone();
    if digest.wording != DetailLevel::Whole {
        for feed in &mut feeds {
            feed.title = None;
        }
    }
    let catalog = catalog(digest.recipient.language);
    counted(&feeds, "more-feeds", catalog, |feed| {
        clean_line(feed.unwrap_or_default(), NAME_CHARS)
    })
}

/// Where the items of [`archives`] are.
pub(in crate::mail) fn archives_command(digest: &Digest) -> String {
    let catalog = catalog(digest.recipient.language);
    catalog.say_with("not-there-before", &[("command", command(digest).into())])
}

/// As many lines as there is room for, and one for the others, by this message.
fn counted(
    counts: &[Count],
    others_key: &str,
    catalog: &MessageCatalog,
    called: impl Fn(Option<&str>) -> String,
) -> Vec<Contents> {
    let mut room = LIST_BYTES;
    let mut lines: Vec<Contents> = counts
        .iter()
        .take(COUNTS_MAX)
        .map(|count| Contents {
            topic: called(count.title.as_deref().or(count.name.as_deref())),
            count: count.items,
        })
        .take_while(|line| fits(&mut room, &line.topic))
        .collect();
    let others = counts.get(lines.len()..).unwrap_or_default();
    if !others.is_empty() {
        lines.push(Contents {
            topic: catalog.count(others_key, others.len()),
            count: others.iter().map(|count| count.items).sum(),
        });
    }
    lines
}
