//! Hits to groups of items.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{
    Coverage, Digest, DigestItem, DigestStory, GroupBy, HitItem, Kind, Mention, Owed, OwedKey,
    Recipient, SpanRecord, TopicGroup, WatchGroup, Wording,
    clean::{clean_line, safe_link},
    excerpt::{excerpt_pieces, title_pieces},
    found::words_found,
};
use crate::core::document::Field;
use crate::core::feed::links::target;

/// Terms named for one item, whatever the number of its watches.
const ITEM_TERMS_MAX: usize = 36;
/// Spans looked at for one item; a hostile text may hold a word a million times.
const SPANS_MAX: usize = 4_000;
/// Longest name of a topic, a watch or a feed.
pub(super) const NAME_CHARS: usize = 120;

/// Makes one mail's content of `hits`, whatever their order, as if all of them had been owed.
pub fn compose(recipient: Recipient, hits: Vec<HitItem>, coverage: Coverage, kind: Kind) -> Digest {
    let mut owed = Owed::with_room_for(hits.len());
    let mut by_entry: BTreeMap<i64, Vec<HitItem>> = BTreeMap::new();
    for hit in hits {
        owed.add(&OwedKey {
            entry_id: hit.entry_id,
            feed_id: &hit.feed_id,
            watch_title: &hit.watch_title,
            topic: hit.topic.as_deref().unwrap_or_default(),
            score: hit.score,
            time: hit.published.unwrap_or(hit.first_seen),
            urgent: hit.urgent,
            alerted: hit.alerted && matches!(kind, Kind::Digest(_)),
            manner: hit.manner,
        });
        by_entry.entry(hit.entry_id).or_default().push(hit);
    }
    let mut choice = owed.choose();
    for feed in &mut choice.totals.feeds {
        let id = feed.name.as_deref();
        let mut hits = by_entry.values().flatten();
        let hit = hits.find(|hit| Some(hit.feed_id.as_str()) == id);
        feed.title = hit.map(|hit| hit.feed_title.clone());
    }
    let mut items = |entries: &[i64]| -> Vec<DigestItem> {
        let hits = entries.iter().filter_map(|entry| by_entry.remove(entry));
        hits.filter_map(item).collect()
    };
    let alone = |items: Vec<DigestItem>| items.into_iter().map(DigestStory::alone).collect();
    Digest {
        number: 1,
        wording: Wording::Whole,
        stories: alone(items(&choice.full)),
        headlines: alone(items(&choice.headlines)),
        developing: Vec::new(),
        alerted: items(&choice.alerted),
        later: items(&choice.later),
        unusual: Vec::new(),
        totals: choice.totals,
        kind,
        recipient,
        coverage,
    }
}

/// Stories, given best first, by topic or by the first place that they are about, and by watch. What was to be
/// told at once stands before the rest, under its topics once more; the groups are in the order of their best
/// stories.
pub fn grouped<'a>(stories: &[&'a DigestStory], by: GroupBy) -> Vec<TopicGroup<'a>> {
    let mixed =
        stories.iter().any(|story| story.urgent) && !stories.iter().all(|story| story.urgent);
    let mut topics: Vec<TopicGroup<'_>> = Vec::new();
    for story in stories {
        let lead = &story.lead;
        let topic = match by {
            GroupBy::Topic => lead.topic.as_deref(),
            GroupBy::Place => lead.places.first().map(String::as_str),
        };
        let urgent = mixed && story.urgent;
        let watch = lead.mentions.first();
        let (watch_id, title) = watch.map_or(("", ""), |watch| {
            (watch.watch_id.as_str(), watch.watch_title.as_str())
        });
        let same = |known: &TopicGroup<'_>| known.topic == topic && known.urgent == urgent;
        let at = topics.iter().position(same).unwrap_or_else(|| {
            topics.push(TopicGroup {
                topic,
                urgent,
                watches: Vec::new(),
            });
            topics.len() - 1
        });
        let watches = &mut topics[at].watches;
        match watches.iter_mut().find(|known| known.watch_id == watch_id) {
            Some(known) => known.stories.push(story),
            None => watches.push(WatchGroup {
                watch_id,
                title,
                stories: vec![story],
            }),
        }
    }
    topics
}

/// One entry's hits as one item; `None` when there is none. The hit with the highest id gives the
/// texts, for it saw the latest revision.
pub fn item(mut group: Vec<HitItem>) -> Option<DigestItem> {
    group.sort_by_key(|hit| Reverse(hit.hit_id));
    let latest = group.first()?;
    // Spans of an older revision, or of the item without its article, may point into texts that are not shown.
    let spans: Vec<&SpanRecord> = group
        .iter()
        .flat_map(|hit| {
            let title = hit.title == latest.title;
            let same = (
                title,
                hit.summary == latest.summary,
                hit.text == latest.text,
            );
            hit.spans.iter().filter(move |span| match span.field {
                Field::Title => same.0,
                Field::Summary => same.1,
                Field::Text => same.2,
                Field::Author | Field::Category(_) => false,
            })
        })
        .take(SPANS_MAX)
        .collect();
    let mut mentions: Vec<(Mention, Option<String>)> = Vec::new();
    for hit in &group {
        let same = |(known, _): &&mut (Mention, _)| known.watch_id == hit.watch_id;
        if let Some((known, _)) = mentions.iter_mut().find(same) {
            known.score = known.score.max(hit.score);
            continue;
        }
        // The latest hit of a watch saw the words that are shown.
        let mention = Mention {
            watch_id: hit.watch_id.clone(),
            watch_title: named(&hit.watch_title, &hit.watch_id),
            score: hit.score,
            terms: words_found(|field| text_of(hit, field), &hit.spans),
            in_article: hit.in_article,
        };
        let topic = hit
            .topic
            .as_deref()
            .map(|topic| clean_line(topic, NAME_CHARS));
        mentions.push((mention, topic.filter(|topic| !topic.is_empty())));
    }
    mentions.sort_by(|(a, _), (b, _)| {
        b.score
            .cmp(&a.score)
            .then_with(|| a.watch_title.cmp(&b.watch_title))
    });
    let mut terms_left = ITEM_TERMS_MAX;
    for (mention, _) in &mut mentions {
        mention.terms.truncate(terms_left);
        terms_left -= mention.terms.len();
    }
    let topic = mentions.first()?.1.clone();
    let language = latest.language.as_deref().filter(|tag| {
        !tag.is_empty()
            && tag.len() <= 35
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    Some(DigestItem {
        entry_id: latest.entry_id,
        topic,
        feed_id: latest.feed_id.clone(),
        title: title_pieces(latest, &spans),
        excerpt: excerpt_pieces(latest, &spans),
        feed_title: named(&latest.feed_title, &latest.feed_id),
        author: clean_line(&latest.author, NAME_CHARS),
        places: Vec::new(),
        link: (latest.link.as_deref()).and_then(|link| safe_link(&target(link))),
        language: language.map(str::to_owned),
        time: latest.published.unwrap_or(latest.first_seen),
        undated: latest.published.is_none(),
        updated: group.iter().any(|hit| hit.updated),
        mentions: mentions.into_iter().map(|(mention, _)| mention).collect(),
    })
}

impl DigestItem {
    /// The item with as much of strangers' words as `wording` leaves, and with none of the terms, which
    /// are words of theirs as much as of the watch.
    #[must_use]
    pub fn worded(mut self, wording: Wording) -> Self {
        if wording >= Wording::Plain {
            self.excerpt.clear();
            self.author.clear();
            self.places.clear();
            self.link = None;
            self.language = None;
            self.feed_title = clean_line(&self.feed_id, NAME_CHARS);
            for mention in &mut self.mentions {
                mention.terms.clear();
            }
        }
        if wording >= Wording::Headline {
            self.topic = None;
            self.mentions.clear();
        }
        self
    }
}

fn named(title: &str, id: &str) -> String {
    let title = clean_line(title, NAME_CHARS);
    if title.is_empty() {
        clean_line(id, NAME_CHARS)
    } else {
        title
    }
}

fn text_of(hit: &HitItem, field: Field) -> &str {
    match field {
        Field::Title => &hit.title,
        Field::Summary => &hit.summary,
        Field::Text => &hit.text,
        Field::Author => &hit.author,
        Field::Category(_) => "",
    }
}

/// How often a mail says that nothing was found and that everything was working.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SendEmpty {
    /// Silence means that nothing was found.
    #[default]
    Never,
    /// At most one a day.
    Daily,
    /// At most one a week.
    Weekly,
}

/// Whether a digest that is due and has nothing to report goes out all the same. `last_mail` is the
/// last digest of any kind to this recipient; days are the recipient's own.
pub fn empty_due(
    policy: SendEmpty,
    last_mail: Option<Timestamp>,
    now: Timestamp,
    tz: &TimeZone,
) -> bool {
    let days = match policy {
        SendEmpty::Never => return false,
        SendEmpty::Daily => 1_i64,
        SendEmpty::Weekly => 7,
    };
    let Some(last) = last_mail else { return true };
    // Whole calendar days, so that a mail a few seconds late does not push the next one a day on.
    // A mail from the future, after the clock was set back, does not silence us.
    let (last_day, today) = (tz.to_datetime(last).date(), tz.to_datetime(now).date());
    last > now
        || last_day
            .checked_add(days.days())
            .is_ok_and(|next| today >= next)
}
