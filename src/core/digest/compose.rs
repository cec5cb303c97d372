//! Hits to groups of items.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{
    DetailLevel, Digest, DigestItem, DigestStory, HeadlineKind, HitItem, Kind, PendingHitKey,
    PendingItems, SelectedStory, SpanRecord, WatchMatch, WatchMention,
    coverage::Coverage,
    decisive_terms::decisive_spans,
    limits::NAME_CHARS,
    matched_words::words_found,
    recipient::{GroupBy, Recipient},
    sanitize::{named, safe_link},
    snippet::{excerpt_pieces, title_pieces},
};
use crate::core::document::Field;
use crate::core::feed::links::target;
use crate::core::text::line::clean_line;

/// Words named for one watch in a mail.
const MENTION_TERMS: usize = 3;
/// Words named for one item, whatever the number of its watches.
const ITEM_TERMS_MAX: usize = 36;
/// Different terms of one watch that are told apart.
const TERMS_MAX: u16 = u8::MAX as u16;
/// Spans looked at for one item; a hostile text may hold a word a million times.
const SPANS_MAX: usize = 4_000;

/// How well a watch matched: its score, and how many of its terms.
type Strength = (i64, u16);

/// Makes one mail's content of `hits`, whatever their order, as if all of them had been owed.
pub fn compose(recipient: Recipient, hits: Vec<HitItem>, coverage: Coverage, kind: Kind) -> Digest {
    let mut pending = PendingItems::new(hits.len(), recipient.language, HashMap::new());
    let mut by_entry: BTreeMap<i64, Vec<HitItem>> = BTreeMap::new();
    for hit in hits {
        pending.add(&pending_key(&hit, &kind));
        by_entry.entry(hit.entry_id).or_default().push(hit);
    }
    let headline = |entry| {
        let hits: Option<&Vec<HitItem>> = by_entry.get(&entry);
        let latest = hits.and_then(|hits| hits.iter().max_by_key(|hit| hit.hit_id));
        latest.map_or(HeadlineKind::Plain, |hit| {
            HeadlineKind::of(&hit.title, hit.language.as_deref())
        })
    };
    let mut choice = pending.fold(coverage.window_end).choose(|_| None, headline);
    let titles: HashMap<&str, &str> = (by_entry.values().flatten())
        .map(|hit| (hit.feed_id.as_str(), hit.feed_title.as_str()))
        .collect();
    for feed in &mut choice.totals.feeds {
        let title = feed.name.as_deref().and_then(|id| titles.get(id));
        feed.title = title.map(|title| (*title).to_owned());
    }
    let mut items = |entries: &[i64]| -> Vec<DigestItem> {
        let hits = entries.iter().filter_map(|entry| by_entry.remove(entry));
        hits.filter_map(item).collect()
    };
    let mut alone = |stories: Vec<SelectedStory>| -> Vec<DigestStory> {
        let told = stories.iter().map(|chosen| {
            let lead = items(&[chosen.lead]).pop()?;
            Some(DigestStory::of(chosen, lead))
        });
        told.flatten().collect()
    };
    Digest {
        number: 1,
        wording: DetailLevel::Whole,
        stories: alone(choice.full),
        headlines: alone(choice.headlines),
        developing: Vec::new(),
        alerted: items(&choice.alerted),
        later: items(&choice.later),
        unusual: Vec::new(),
        attachment: None,
        totals: choice.totals,
        kind,
        recipient,
        coverage,
    }
}

/// A hit as it is chosen by, where nothing is known of its story.
fn pending_key<'a>(hit: &'a HitItem, kind: &Kind) -> PendingHitKey<'a> {
    let matched = WatchMatch::of(&hit.spans);
    PendingHitKey {
        entry_id: hit.entry_id,
        story: None,
        feed_id: &hit.feed_id,
        outlet: &hit.feed_id,
        watch_id: &hit.watch_id,
        watch_title: &hit.watch_title,
        in_lead: matched.in_lead,
        terms: matched.terms,
        is_copy: false,
        language: hit.language.as_deref(),
        corrects: false,
        victims: None,
        unusual: false,
        topic: hit.topic.as_deref().unwrap_or_default(),
        score: hit.score,
        time: hit.published.unwrap_or(hit.first_seen),
        urgent: hit.urgent,
        called_urgent: false,
        alerted: hit.alerted && matches!(kind, Kind::Digest(_)),
        origin: hit.origin,
    }
}

/// Stories, given best first, by topic or by the first place that they are about, and by watch. What was to be
/// told at once stands before the rest, together; the groups are in the order of their best stories, that of the
/// stories without a place behind the others.
pub fn grouped<'a>(stories: &[&'a DigestStory], by: GroupBy) -> Vec<TopicGroup<'a>> {
    let mixed =
        stories.iter().any(|story| story.urgent) && !stories.iter().all(|story| story.urgent);
    let mut topics: Vec<TopicGroup<'_>> = Vec::new();
    for story in stories {
        let lead = &story.lead;
        let urgent = mixed && story.urgent;
        let topic = match by {
            _ if urgent => None,
            GroupBy::Topic => lead.topic.as_deref(),
            GroupBy::Place => lead.places.first().map(String::as_str),
        };
        let (watch_id, title) = story.watch();
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
    if by == GroupBy::Place {
        topics.sort_by_key(|group| !group.urgent && group.topic.is_none());
    }
    topics
}

/// One entry's hits as one item; `None` when there is none. The hit with the highest id gives the
/// texts, for it saw the latest revision.
pub fn item(mut group: Vec<HitItem>) -> Option<DigestItem> {
    group.sort_by_key(|hit| Reverse(hit.hit_id));
    let latest = group.first()?;
    let decisive: Vec<Vec<&SpanRecord>> = group
        .iter()
        .map(|hit| decisive_spans(|field| text_of(hit, field), &hit.spans))
        .collect();
    let whole: Vec<Vec<&SpanRecord>> = (group.iter())
        .map(|hit| hit.spans.iter().collect())
        .collect();
    let (marks, all) = (shown_spans(&group, &decisive), shown_spans(&group, &whole));
    let mentions = mentions(&group, &decisive);
    let topic = mentions.first()?.topic.clone();
    let language = latest.language.as_deref().filter(|tag| {
        !tag.is_empty()
            && tag.len() <= 35
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    });
    Some(DigestItem {
        entry_id: latest.entry_id,
        topic,
        feed_id: latest.feed_id.clone(),
        outlet: latest.feed_id.clone(),
        title: title_pieces(latest, &marks),
        excerpt: excerpt_pieces(latest, &marks, &all),
        feed_title: named(&latest.feed_title, &latest.feed_id),
        author: clean_line(&latest.author, NAME_CHARS),
        places: Vec::new(),
        link: (latest.link.as_deref()).and_then(|link| safe_link(&target(link))),
        language: language.map(str::to_owned),
        time: latest.published.unwrap_or(latest.first_seen),
        undated: latest.published.is_none(),
        updated: group.iter().any(|hit| hit.updated),
        mentions,
    })
}

/// The watches that hit an item, the one that matched best first; `decisive_spans`: the spans of each hit by which it
/// matched.
fn mentions(group: &[HitItem], decisive: &[Vec<&SpanRecord>]) -> Vec<WatchMention> {
    let mut mentions: Vec<(Strength, WatchMention)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (hit, decisive) in group.iter().zip(decisive) {
        let strength = (hit.score, WatchMatch::of(&hit.spans).terms.min(TERMS_MAX));
        // The latest hit of a watch saw the words that are shown.
        if let Some((best, mention)) =
            (known.get(hit.watch_id.as_str())).and_then(|at| mentions.get_mut(*at))
        {
            mention.score = mention.score.max(hit.score);
            *best = strength.max(*best);
            continue;
        }
        known.insert(&hit.watch_id, mentions.len());
        let mut terms = words_found(|field| text_of(hit, field), decisive.iter().copied());
        terms.truncate(MENTION_TERMS);
        let topic = hit.topic.as_deref();
        let topic = topic.map(|topic| clean_line(topic, NAME_CHARS));
        let mention = WatchMention {
            watch_id: hit.watch_id.clone(),
            watch_title: named(&hit.watch_title, &hit.watch_id),
            topic: topic.filter(|topic| !topic.is_empty()),
            score: hit.score,
            terms,
            in_article: hit.in_article,
        };
        mentions.push((strength, mention));
    }
    // As in the choice: the watch that matched best stands first, of equals the first by title, and by id.
    mentions.sort_by(|(strength, mention), (other, than)| {
        (other, &mention.watch_title, &mention.watch_id).cmp(&(
            strength,
            &than.watch_title,
            &than.watch_id,
        ))
    });
    let mut mentions: Vec<WatchMention> =
        mentions.into_iter().map(|(_, mention)| mention).collect();
    let mut terms_left = ITEM_TERMS_MAX;
    for mention in &mut mentions {
        mention.terms.truncate(terms_left);
        terms_left -= mention.terms.len();
    }
    mentions
}

/// Those of the spans of each hit that point into the texts of the first, which are shown: an older revision, or
/// the item without its article, may have others.
fn shown_spans<'a>(group: &[HitItem], spans: &[Vec<&'a SpanRecord>]) -> Vec<&'a SpanRecord> {
    let Some(latest) = group.first() else {
        return Vec::new();
    };
    let shown = group.iter().zip(spans).flat_map(|(hit, spans)| {
        let same = (
            hit.title == latest.title,
            hit.summary == latest.summary,
            hit.text == latest.text,
        );
        spans.iter().copied().filter(move |span| match span.field {
            Field::Title => same.0,
            Field::Summary => same.1,
            Field::Text => same.2,
            Field::Author | Field::Category(_) => false,
        })
    });
    shown.take(SPANS_MAX).collect()
}

impl DigestItem {
    /// The item with as much of strangers' words as `wording` leaves, and with none of the terms, which
    /// are words of theirs as much as of the watch.
    #[must_use]
    pub fn worded(mut self, wording: DetailLevel) -> Self {
        if wording >= DetailLevel::HeadlinesOnly {
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
        if wording >= DetailLevel::Headline {
            self.topic = None;
            self.mentions.clear();
        }
        self
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

/// Stories of one watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchGroup<'a> {
    /// The watch.
    pub watch_id: &'a str,
    /// Its title, clean.
    pub title: &'a str,
    /// Best first.
    pub stories: Vec<&'a DigestStory>,
}

/// Watches of one topic, or of one place, that of the best story first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicGroup<'a> {
    /// The topic or place, clean; `None` for what is without one, and for what was to be told at once.
    pub topic: Option<&'a str>,
    /// Whether these are the stories that were to be told at once, ahead of others, whatever their topics.
    pub urgent: bool,
    /// That of the best story first.
    pub watches: Vec<WatchGroup<'a>>,
}

impl TopicGroup<'_> {
    /// Stories in all its watches.
    pub fn story_count(&self) -> usize {
        self.watches.iter().map(|watch| watch.stories.len()).sum()
    }
}
