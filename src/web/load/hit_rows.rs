//! Hits as lists show them.

use super::{PageContext, address};
use crate::core::digest::{self, DigestItem, HitItem, HitOrigin};

use crate::store::hits::{HitRow, StoredSpan};
use crate::web::pages::hits::Hit;

/// The hits of one item, as mails show it; `None` for no hit.
pub fn item_of(rows: &[HitRow]) -> Option<DigestItem> {
    digest::item(rows.iter().map(hit_item).collect())
}

fn hit_item(row: &HitRow) -> HitItem {
    HitItem {
        hit_id: row.id,
        entry_id: row.entry_id,
        watch_id: row.watch_id.clone(),
        watch_title: row.watch_title.clone(),
        topic: Some(row.topic.clone()),
        score: row.score,
        spans: row
            .spans
            .iter()
            .cloned()
            .filter_map(StoredSpan::record)
            .collect(),
        feed_id: row.feed_id.clone(),
        feed_title: row
            .feed_title
            .clone()
            .unwrap_or_else(|| row.feed_id.clone()),
        title: row.title.as_str().into(),
        summary: row.summary.as_str().into(),
        text: row.text.as_str().into(),
        author: row.author.clone(),
        link: row.link.clone(),
        language: row.language.clone(),
        published: row.published,
        first_seen: row.first_seen,
        updated: row.revision > 0,
        urgent: false,
        alerted: false,
        origin: HitOrigin::default(),
        in_article: row.in_article,
    }
}

/// The hits of one item as a line of a list: the first of them is the one that it leads to.
pub fn hit_of(
    sources: PageContext<'_>,
    rows: &[HitRow],
    places: Vec<String>,
    verdict: Option<&'static str>,
) -> Option<Hit> {
    let (first, item) = (rows.first()?, item_of(rows)?);
    let watches = item.mentions.iter().map(|mention| {
        let path = format!("/watches/{}", mention.watch_id);
        (path, mention.watch_title.clone())
    });
    Some(Hit {
        id: first.id,
        item: first.entry_id,
        address: format!("/hits/{}", first.id),
        outlet: sources
            .config
            .outlet(&first.feed_id, first.feed_title.clone()),
        watches: watches.collect(),
        title: item.title,
        language: item.language,
        places,
        time: {
            let mut time = sources.time(item.time);
            if item.undated {
                time.text.insert_str(0, "undated, first seen ");
            }
            time
        },
        excerpt: item.excerpt,
        verdict,
    })
}

/// The hits of a watch.
pub(super) fn hits_of_watch(id: &str) -> String {
    address("/hits", &[("watch", id)])
}

/// Those that nobody has judged.
pub(super) fn unjudged_of_watch(id: &str) -> String {
    address("/hits", &[("watch", id), ("judgment", "none")])
}
