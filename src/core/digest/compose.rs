//! Hits to groups of items.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan, tz::TimeZone};

use super::{
    Coverage, Digest, DigestItem, HitItem, Kind, Mention, Recipient, SpanRecord, TopicGroup,
    WatchGroup,
    clean::{clean_line, safe_link},
    excerpt::{excerpt_pieces, title_pieces},
};

/// Terms named for one watch; a watch with hundreds of synonyms would drown the item.
const TERMS_MAX: usize = 12;
/// Terms named for one item, whatever the number of its watches.
const ITEM_TERMS_MAX: usize = 36;
const TERM_CHARS: usize = 60;
/// Spans looked at for one item; a hostile text may hold a word a million times.
const SPANS_MAX: usize = 4_000;
const NAME_CHARS: usize = 120;

/// Items by title and id of their watch.
type Watches = BTreeMap<(String, String), Vec<DigestItem>>;

/// Makes one mail's content of `hits`, whatever their order. Of several hits of one entry the one
/// with the highest id gives the texts, for it saw the latest revision.
pub fn compose(recipient: Recipient, hits: Vec<HitItem>, coverage: Coverage, kind: Kind) -> Digest {
    let mut by_entry: BTreeMap<i64, Vec<HitItem>> = BTreeMap::new();
    for hit in hits {
        by_entry.entry(hit.entry_id).or_default().push(hit);
    }
    let mut alerted = Vec::new();
    // Topics without a name come last, so `None` must sort behind every name.
    let mut topics: BTreeMap<(bool, String), Watches> = BTreeMap::new();
    for mut group in by_entry.into_values() {
        group.sort_by_key(|hit| std::cmp::Reverse(hit.hit_id));
        let told = matches!(kind, Kind::Digest(_)) && group.iter().all(|hit| hit.alerted);
        let Some((item, topic)) = item(&group) else {
            continue;
        };
        if told {
            alerted.push(item);
            continue;
        }
        let Some(lead) = item.mentions.first() else {
            continue;
        };
        let watch = (lead.watch_title.clone(), lead.watch_id.clone());
        topics
            .entry((topic.is_none(), topic.unwrap_or_default()))
            .or_default()
            .entry(watch)
            .or_default()
            .push(item);
    }
    alerted.sort_by_key(newest_first);
    let topics = topics
        .into_iter()
        .map(|((unnamed, topic), watches)| TopicGroup {
            topic: (!unnamed).then_some(topic),
            watches: watches.into_iter().map(watch_group).collect(),
        })
        .collect();
    Digest {
        kind,
        recipient,
        topics,
        alerted,
        coverage,
    }
}

fn watch_group(((title, watch_id), mut items): ((String, String), Vec<DigestItem>)) -> WatchGroup {
    items.sort_by_key(newest_first);
    WatchGroup {
        watch_id,
        title,
        items,
    }
}

fn newest_first(item: &DigestItem) -> (std::cmp::Reverse<Timestamp>, i64) {
    (std::cmp::Reverse(item.time), item.entry_id)
}

/// One entry's hits, the highest id first, as one item, with the topic of its strongest watch.
fn item(group: &[HitItem]) -> Option<(DigestItem, Option<String>)> {
    let latest = group.first()?;
    // Spans of an older revision point into texts that are not shown.
    let spans: Vec<&SpanRecord> = group
        .iter()
        .filter(|hit| {
            hit.title == latest.title && hit.summary == latest.summary && hit.text == latest.text
        })
        .flat_map(|hit| &hit.spans)
        .take(SPANS_MAX)
        .collect();
    let mut mentions: Vec<(Mention, Option<String>)> = Vec::new();
    for hit in group {
        if let Some((known, _)) = mentions
            .iter_mut()
            .find(|(known, _)| known.watch_id == hit.watch_id)
        {
            known.score = known.score.max(hit.score);
            add_terms(&mut known.terms, &hit.spans);
            continue;
        }
        let mut mention = Mention {
            watch_id: hit.watch_id.clone(),
            watch_title: named(&hit.watch_title, &hit.watch_id),
            score: hit.score,
            terms: Vec::new(),
        };
        add_terms(&mut mention.terms, &hit.spans);
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
    let item = DigestItem {
        hit_ids: group.iter().map(|hit| hit.hit_id).collect(),
        entry_id: latest.entry_id,
        title: title_pieces(latest, &spans),
        excerpt: excerpt_pieces(latest, &spans),
        feed_title: named(&latest.feed_title, &latest.feed_id),
        author: clean_line(&latest.author, NAME_CHARS),
        link: latest.link.as_deref().and_then(safe_link),
        language: language.map(str::to_owned),
        time: latest.published.unwrap_or(latest.first_seen),
        undated: latest.published.is_none(),
        updated: group.iter().any(|hit| hit.updated),
        mentions: mentions.into_iter().map(|(mention, _)| mention).collect(),
    };
    Some((item, topic))
}

fn named(title: &str, id: &str) -> String {
    let title = clean_line(title, NAME_CHARS);
    if title.is_empty() {
        clean_line(id, NAME_CHARS)
    } else {
        title
    }
}

fn add_terms(terms: &mut Vec<String>, spans: &[SpanRecord]) {
    for span in spans.iter().take(SPANS_MAX) {
        if terms.len() >= TERMS_MAX {
            return;
        }
        let term = clean_line(&span.term, TERM_CHARS);
        if !term.is_empty() && !terms.contains(&term) {
            terms.push(term);
        }
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
