//! Which hits that are to be told at once have something new in them, and which wait for the digest.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

use super::draft::Desk;
use crate::core::alert::{self, Corroboration, Fresh, News, Told};
use crate::core::digest::{DigestStory, clean_line};
use crate::daemon::VERSION;
use crate::store::digests::{self, Instead, Owing, Pending};
use crate::store::{StoreError, mutes};

/// How long what has nothing new waits for an alert to go along with, where no digest comes.
const HELD: SignedDuration = SignedDuration::from_hours(24);

/// Characters of a watch's title.
const TITLE_CHARS: usize = 120;

/// Judges what waits for an alert, owes at once what was told and has changed, and what enough outlets report by
/// now. Gives when to look again.
pub(super) fn judge(desk: Desk<'_>) -> Result<Option<Timestamp>, StoreError> {
    let mut judging = Judging {
        desk,
        told: HashMap::new(),
        reported: HashMap::new(),
    };
    judging.changed()?;
    judging.awaiting()?;
    judging.pending()?;
    digests::release(desk.connection, &desk.recipient.id, desk.now)
}

/// What is known of stories, each looked up once.
struct Judging<'a> {
    desk: Desk<'a>,
    told: HashMap<i64, Told>,
    reported: HashMap<i64, Option<Corroboration>>,
}

impl Judging<'_> {
    /// Owes what was told at once and was wrong, or counts that many victims more now.
    fn changed(&mut self) -> Result<(), StoreError> {
        let Desk {
            connection,
            config,
            recipient,
            now,
            ..
        } = self.desk;
        if !recipient.alerts {
            return Ok(());
        }
        for changed in digests::changed(connection, &recipient.id, now)? {
            let told = self.told(changed.story)?.victims;
            if !alert::says_more(changed.corrects, changed.victims, told) {
                continue;
            }
            for (hit_id, watch) in &changed.hits {
                let takes = config
                    .watch(watch)
                    .is_some_and(|watch| recipient.receives(watch, None));
                if takes && !mutes::is_muted(connection, watch, now)? {
                    digests::owe_change(connection, &recipient.id, &changed, *hit_id, VERSION)?;
                }
            }
        }
        Ok(())
    }

    /// Owes what enough independent outlets report by now.
    fn awaiting(&mut self) -> Result<(), StoreError> {
        let Desk {
            connection,
            config,
            recipient,
            now,
            ..
        } = self.desk;
        for awaiting in digests::awaiting(connection, &recipient.id, now)? {
            let asked = config
                .watch(&awaiting.watch_id)
                .and_then(|watch| watch.corroborated);
            let told = self.told(awaiting.story)?;
            let Some(asked) = asked.filter(|_| !told.corroborated.contains(&awaiting.watch_id))
            else {
                digests::await_no_more(connection, &recipient.id, &awaiting)?;
                continue;
            };
            let reported = self.reported(awaiting.story)?;
            if let Some(reported) = reported.filter(|reported| reported.count >= asked) {
                let news = News::Corroborated(reported.clone());
                digests::raise(connection, &recipient.id, &awaiting, &news)?;
            }
        }
        Ok(())
    }

    /// Judges the hits that were found since.
    fn pending(&mut self) -> Result<(), StoreError> {
        let Desk {
            connection,
            recipient,
            ..
        } = self.desk;
        let pending = digests::unjudged(connection, &recipient.id)?;
        let mut judged = Vec::with_capacity(pending.len());
        for hit in pending {
            let news = self.news(&hit)?;
            judged.push((hit, news));
        }
        let mut told_soon: BTreeSet<(i64, String)> = judged
            .iter()
            .filter(|(_, news)| news.is_news())
            .filter_map(|(hit, _)| Some((hit.story?, hit.watch_id.clone())))
            .collect();
        for (hit, news) in judged {
            let mut news = news;
            if let (News::More, Some(story)) = (&news, hit.story) {
                let of = (story, hit.watch_id.clone());
                let soon = told_soon.contains(&of)
                    || digests::tells_soon(connection, &recipient.id, story, &hit.watch_id)?;
                if soon {
                    told_soon.insert(of);
                    news = News::Along;
                }
            }
            let instead = if self.desk.wants_digests() {
                Instead::Digest
            } else {
                Instead::AlertBy(hit.found.checked_add(HELD).unwrap_or(hit.found))
            };
            digests::judge(connection, &recipient.id, &hit, &news, instead)?;
        }
        Ok(())
    }

    fn news(&mut self, hit: &Pending) -> Result<News, StoreError> {
        let watch = self.desk.config.watch(&hit.watch_id);
        let asked = watch.and_then(|watch| watch.corroborated);
        let told = match hit.story {
            Some(story) => self.told(story)?.clone(),
            None => Told::default(),
        };
        let reported = match (asked, hit.story) {
            (Some(_), Some(story)) => self.reported(story)?.cloned(),
            (None, _) | (Some(_), None) => None,
        };
        // An item that is in no story is reported by its own outlet.
        let reported =
            asked.map(|_| reported.unwrap_or_else(|| Corroboration::alone("", hit.found)));
        let fresh = Fresh {
            watch: &hit.watch_id,
            victims: hit.victims,
            corrects: hit.corrects.as_deref(),
            stories: watch.is_none_or(|watch| watch.stories),
            corroborated: asked.zip(reported.as_ref()),
        };
        Ok(alert::news(&fresh, &told))
    }

    fn told(&mut self, story: i64) -> Result<&Told, StoreError> {
        let Desk {
            connection,
            recipient,
            ..
        } = self.desk;
        Ok(match self.told.entry(story) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                place.insert(digests::told_of(connection, &recipient.id, story)?)
            }
        })
    }

    fn reported(&mut self, story: i64) -> Result<Option<&Corroboration>, StoreError> {
        let connection = self.desk.connection;
        Ok(match self.reported.entry(story) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(digests::corroboration(connection, story)?),
        }
        .as_ref())
    }
}

/// Says of each story of an alert why it is told at once.
pub(super) fn say_news<'a>(
    desk: Desk<'_>,
    owing: &Owing,
    told: impl Iterator<Item = &'a mut DigestStory>,
) -> Result<(), StoreError> {
    let all = digests::owed_news(desk.connection, &desk.recipient.id, owing)?;
    for story in told {
        let of_story = all.iter().filter(|owed| match owed.story {
            Some(id) if story.story != 0 => id == story.story,
            _ => story.entries().any(|entry| entry == owed.entry_id),
        });
        let others: BTreeMap<&str, &str> = (of_story.clone())
            .map(|owed| (owed.watch_id.as_str(), owed.watch_title.as_str()))
            .filter(|(id, _)| (story.lead.mentions.iter()).all(|mention| mention.watch_id != *id))
            .collect();
        let titles = (others.into_values()).map(|title| clean_line(title, TITLE_CHARS));
        let news = alert::said(of_story.map(|owed| &owed.news));
        story.other_watches = titles.collect();
        story.news = news;
    }
    Ok(())
}
