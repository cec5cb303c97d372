//! Which hits that are to be told at once have something new in them, and which wait for the digest.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::Timestamp;

use super::context::MailerContext;
use crate::core::alert::{self, Corroboration, ImmediateHit, Novelty, ReportedStory};
use crate::core::digest::{DigestStory, clean_line};
use crate::core::story::change::Part;
use crate::core::text::tokenizer::fold_words;
use crate::store::digests::{
    self, AlertFallback, PendingAlertHit, PendingNovelty, PendingScope, ReportedOf,
};
use crate::store::{StoreError, mutes, stories};

/// Characters of a watch's title.
const TITLE_CHARS: usize = 120;

/// Judges what waits for an alert, owes what was told and has changed, and what enough outlets report by now. Gives
/// when to look again.
pub(super) fn judge(context: MailerContext<'_>) -> Result<Option<Timestamp>, StoreError> {
    let (connection, recipient, now) = (context.connection, context.recipient, context.now);
    let mut judging = AlertFilter {
        context,
        told: HashMap::new(),
        reported: HashMap::new(),
    };
    let unjudged = judging.changed()?;
    if !recipient.alerts {
        return Ok(None);
    }
    judging.awaiting()?;
    judging.pending()?;
    judging.judged(unjudged)?;
    if !context.wants_digests() {
        digests::without_digest(connection, &recipient.id)?;
    }
    digests::release(connection, &recipient.id, now)
}

/// What is known of stories, each looked up once.
pub(super) struct AlertFilter<'a> {
    pub(super) context: MailerContext<'a>,
    told: HashMap<i64, ReportedOf>,
    reported: HashMap<i64, Option<Corroboration>>,
}

impl AlertFilter<'_> {
    /// Owes what enough independent outlets report by now.
    fn awaiting(&mut self) -> Result<(), StoreError> {
        let MailerContext {
            connection,
            config,
            recipient,
            now,
            ..
        } = self.context;
        for awaiting in digests::awaiting(connection, &recipient.id, now)? {
            let watch = config.watch_once_called(&awaiting.watch_id, &awaiting.watch_title);
            let id = watch.map_or(&awaiting.watch_id, |watch| &watch.id);
            if watch.is_some_and(|watch| !recipient.receives(watch, None))
                || mutes::is_muted(connection, id, now)?
            {
                continue;
            }
            let asked = watch.and_then(|watch| watch.corroborated);
            let told = &self.told(awaiting.story)?.at_once;
            let Some(asked) = asked.filter(|_| !told.corroborated.contains(id)) else {
                digests::release_awaiting(connection, &recipient.id, &awaiting)?;
                continue;
            };
            let reported = self.reported(awaiting.story)?;
            if let Some(reported) = reported.filter(|reported| reported.count >= asked) {
                let news = Novelty::Corroborated(reported.clone());
                digests::raise(connection, &recipient.id, &awaiting, &news)?;
            }
        }
        Ok(())
    }

    /// Judges the hits that were found since.
    fn pending(&mut self) -> Result<(), StoreError> {
        let (connection, recipient) = (self.context.connection, self.context.recipient);
        let pending = digests::unjudged(connection, &recipient.id)?;
        let mut judged = Vec::with_capacity(pending.len());
        for hit in pending {
            let news = self.news(&hit)?;
            if let (Novelty::Corrected { what, .. }, Some(story)) = (&news, hit.story) {
                self.note_correction(story, hit.entry_id, what);
            }
            judged.push((hit, news));
        }
        let mut told_soon: BTreeSet<(i64, String)> = judged
            .iter()
            .filter(|(_, news)| news.is_news())
            .filter_map(|(hit, _)| Some((hit.story?, hit.watch_id.clone())))
            .collect();
        for (hit, news) in judged {
            let mut news = news;
            if let (Novelty::More, Some(story)) = (&news, hit.story) {
                let of = (story, hit.watch_id.clone());
                let soon = told_soon.contains(&of)
                    || digests::has_pending_alert_of_story(
                        connection,
                        &recipient.id,
                        story,
                        &hit.watch_id,
                    )?;
                if soon {
                    told_soon.insert(of);
                    news = Novelty::Along;
                }
            }
            let instead = if self.context.wants_digests() {
                AlertFallback::Digest
            } else {
                AlertFallback::AlertBy(
                    hit.found
                        .checked_add(digests::HOLD_WITHOUT_DIGEST)
                        .unwrap_or(hit.found),
                )
            };
            digests::judge(connection, &recipient.id, &hit, &news, instead)?;
        }
        Ok(())
    }

    fn news(&mut self, hit: &PendingAlertHit) -> Result<Novelty, StoreError> {
        let config = self.context.config;
        let watch = config.watch_once_called(&hit.watch_id, &hit.watch_title);
        let asked = watch.and_then(|watch| watch.corroborated);
        let told = match hit.story {
            Some(story) => self.told(story)?.at_once.clone(),
            None => ReportedStory::default(),
        };
        let reported = match (asked, hit.story) {
            (Some(_), Some(story)) => self.reported(story)?.cloned(),
            (None, _) | (Some(_), None) => None,
        };
        // An item that is in no story is reported by its own outlet.
        let reported =
            asked.map(|_| reported.unwrap_or_else(|| Corroboration::alone("", hit.found)));
        let corrects = match (hit.corrects.as_deref(), hit.story) {
            (Some(what), Some(story)) if hit.was_revised && self.was_told_so(story, what)? => None,
            (corrects, _) => corrects,
        };
        let fresh = ImmediateHit {
            watch: watch.map_or(&hit.watch_id, |watch| &watch.id),
            victims: hit.victims,
            corrects,
            stories: watch.is_none_or(|watch| watch.stories),
            corroborated: asked.zip(reported.as_ref()),
        };
        Ok(alert::news(&fresh, &told))
    }

    /// Whether what was told of a story is what an item that was not told says since it was revised.
    fn was_told_so(&self, story: i64, what: &str) -> Result<bool, StoreError> {
        let words = |text: &str| -> BTreeSet<String> {
            let words = fold_words(text).into_iter();
            words.map(|word| word.folded).collect()
        };
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for part in Part::of(what).unwrap_or_default() {
            match part {
                Part::Became { before, after } => {
                    let (before, after) = (words(before), words(after));
                    gone.extend(before.difference(&after).cloned());
                    come.extend(after.difference(&before).cloned());
                }
                Part::Says(_) | Part::More(_) => return Ok(false),
            }
        }
        let (connection, id) = (self.context.connection, &self.context.recipient.id);
        let mut is_told = false;
        for (entry, revision) in digests::reported_items(connection, id, story)? {
            let (title, lead) = stories::says(connection, entry, revision)?;
            let told = words(&format!("{title} {lead}"));
            if !gone.is_disjoint(&told) {
                return Ok(false);
            }
            is_told |= come.is_subset(&told);
        }
        Ok(is_told && !come.is_empty())
    }

    pub(super) fn told(&mut self, story: i64) -> Result<&ReportedOf, StoreError> {
        let MailerContext {
            connection,
            config,
            recipient,
            now,
            ..
        } = self.context;
        Ok(match self.told.entry(story) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let mut told = digests::told_of(connection, &recipient.id, story, now)?;
                let titles = std::mem::take(&mut told.titles);
                for (id, title) in &titles {
                    if let Some(watch) = config.watch_once_called(id, title) {
                        told.at_once.rename(id, &watch.id);
                        told.in_all.rename(id, &watch.id);
                    }
                }
                place.insert(told)
            }
        })
    }

    pub(super) fn forget(&mut self, story: i64) {
        self.told.remove(&story);
    }

    /// One of several corrections that are judged together.
    fn note_correction(&mut self, story: i64, entry: i64, what: &str) {
        if let Some(told) = self.told.get_mut(&story) {
            told.at_once.corrected.insert(entry, what.to_owned());
            told.at_once.corrections += 1;
        }
    }

    fn reported(&mut self, story: i64) -> Result<Option<&Corroboration>, StoreError> {
        let connection = self.context.connection;
        Ok(match self.reported.entry(story) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(digests::corroboration(connection, story)?),
        }
        .as_ref())
    }
}

/// Says of each story of an alert why it is told at once.
pub(super) fn annotate_novelty<'a>(
    context: MailerContext<'_>,
    owing: &PendingScope,
    told: impl Iterator<Item = &'a mut DigestStory>,
) -> Result<(), StoreError> {
    let mut all = digests::pending_novelty(context.connection, &context.recipient.id, owing)?;
    keep_latest_changes(&mut all);
    for story in told {
        let of_story = all.iter().filter(|pending| is_of(pending, story));
        let named = story.lead.mentions.iter();
        let named: HashSet<&str> = named.map(|mention| mention.watch_id.as_str()).collect();
        let others: BTreeMap<&str, &str> = (of_story.clone())
            .map(|pending| (pending.watch_id.as_str(), pending.watch_title.as_str()))
            .filter(|(id, _)| !named.contains(id))
            .collect();
        let titles = (others.into_values()).map(|title| clean_line(title, TITLE_CHARS));
        let news: Vec<Novelty> = of_story
            .map(|pending| context.said_under(pending, story))
            .collect::<Result<_, _>>()?;
        story.other_watches = titles.collect();
        story.news = alert::said(&news);
        for found in &mut story.news {
            if let Novelty::Corroborated(reported) = found {
                for outlet in &mut reported.outlets {
                    let own_title = |feed: &str| digests::feed_title(context.connection, feed);
                    *outlet = context.config.outlet_called(outlet, own_title)?;
                }
            }
        }
    }
    Ok(())
}

/// Says of each story of a digest what was told of it otherwise before. That there is more of it goes without saying.
pub(super) fn annotate_changes<'a>(
    context: MailerContext<'_>,
    told: impl Iterator<Item = &'a mut DigestStory>,
) -> Result<(), StoreError> {
    let mut all = digests::pending_novelty(
        context.connection,
        &context.recipient.id,
        &PendingScope::Digest,
    )?;
    all.retain(|pending| pending.is_untold && is_change(&pending.news));
    keep_latest_changes(&mut all);
    for story in told {
        let of_story = all.iter().filter(|pending| is_of(pending, story));
        let news: Vec<Novelty> = of_story
            .map(|pending| context.said_under(pending, story))
            .collect::<Result<_, _>>()?;
        story.news = alert::said(&news);
    }
    Ok(())
}

impl MailerContext<'_> {
    /// What is new in an item of a story, which names its outlet where it corrects what stands under another's.
    fn said_under(
        self,
        pending: &PendingNovelty,
        story: &DigestStory,
    ) -> Result<Novelty, StoreError> {
        let mut news = pending.news.clone();
        if let Novelty::Corrected { by, .. } = &mut news
            && pending.entry_id != story.lead.entry_id
        {
            *by = Some(self.outlet_title(&pending.feed_id)?);
        }
        Ok(news)
    }
}

fn is_change(news: &Novelty) -> bool {
    matches!(news, Novelty::Corrected { .. } | Novelty::Victims { .. })
}

/// Of an item that changed again and again, what it says now.
fn keep_latest_changes(all: &mut Vec<PendingNovelty>) {
    let latest: HashMap<i64, i64> = all
        .iter()
        .filter(|pending| is_change(&pending.news))
        .map(|pending| (pending.entry_id, pending.revision))
        .collect();
    all.retain(|pending| {
        !is_change(&pending.news) || latest.get(&pending.entry_id) == Some(&pending.revision)
    });
}

fn is_of(pending: &PendingNovelty, story: &DigestStory) -> bool {
    match pending.story {
        Some(id) if story.story != 0 => id == story.story,
        _ => story.entries().any(|entry| entry == pending.entry_id),
    }
}
