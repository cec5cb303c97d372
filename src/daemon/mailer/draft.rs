//! One mail: what is owed, chosen by its sort keys, loaded, rendered, and put into the outbox.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::context::{MailerContext, reader};
use super::story_details::StoryDetailLevel;
use super::week::UnusualDays;
use crate::config::Watch;
use crate::core::alert::Urgency;
use crate::core::digest::{
    self, Coverage, DetailLevel, Digest, DigestItem, DigestSelection, HitItem, HitOrigin, Kind,
    PendingHitKey, PendingItems, Privacy, SelectedStory,
};
use crate::core::document::Document;
use crate::core::place;
use crate::mail::{self, RenderedMessage};
use crate::store::digests::{self, ConsumedHits, PendingScope, Texts};
use crate::store::outbox::{self, Contents, MailKind, NewMessage};
use crate::store::{StoreError, stories};

impl MailerContext<'_> {
    /// Whether the recipient ever gets a digest but in a flood of alerts.
    pub(super) fn wants_digests(self) -> bool {
        self.recipient.gets_digests()
    }

    /// A mail with all of what is owed, as much of it in words as there may be room for.
    pub(super) fn digest(
        self,
        owing: &PendingScope,
        kind: Kind,
        coverage: Coverage,
        unusual: &UnusualDays,
    ) -> Result<Digest, StoreError> {
        let choice = self.choose(owing, &kind, PendingSelection::Everything, &unusual.watches)?;
        let tell = |stories: &[SelectedStory], detail| self.tell(owing, stories, detail);
        let load = |entries: &[i64]| self.load(owing, entries, Texts::Headline, DetailLevel::Whole);
        let number = outbox::next_number(self.connection)?;
        Ok(Digest {
            number,
            attachment: self.attachment(owing, &kind, number, choice.totals.hits)?,
            wording: if self.recipient.privacy == Privacy::Sealed {
                DetailLevel::CountOnly
            } else {
                DetailLevel::Whole
            },
            stories: tell(&choice.full, StoryDetailLevel::Full)?,
            headlines: tell(&choice.headlines, StoryDetailLevel::Headline)?,
            developing: tell(&choice.developing, StoryDetailLevel::Outlets)?,
            alerted: load(&choice.alerted)?,
            later: load(&choice.later)?,
            unusual: unusual.untold.clone(),
            totals: choice.totals,
            recipient: reader(self.recipient),
            kind,
            coverage,
        })
    }

    /// What there is, ranked, what these watches find `unusual`ly often before its like.
    pub(super) fn choose(
        self,
        owing: &PendingScope,
        kind: &Kind,
        only: PendingSelection<'_>,
        unusual: &HashSet<String>,
    ) -> Result<DigestSelection, StoreError> {
        let (connection, recipient) = (self.connection, self.recipient.id.as_str());
        let feeds = self.config.feeds.iter();
        let outlets: HashMap<&str, &str> = feeds
            .map(|feed| (feed.id.as_str(), feed.outlet.as_str()))
            .collect();
        let watches = self.config.watches.iter().filter(|watch| !watch.stories);
        let apart: HashSet<&str> = watches.map(|watch| watch.id.as_str()).collect();
        let room = digests::count_pending(connection, recipient, owing)?;
        let told = match only {
            PendingSelection::Everything => {
                digests::reported_before(connection, recipient, owing, self.now)?
            }
            PendingSelection::Items | PendingSelection::These(_) => HashMap::new(),
        };
        let mut pending = PendingItems::new(room, self.recipient.language, told);
        let mut urgent = UrgentHits::of(self);
        digests::pending_keys(connection, recipient, owing, &mut |key| {
            if let PendingSelection::These(entries) = only
                && !entries.contains(&key.entry_id)
            {
                return;
            }
            let is_folded =
                matches!(only, PendingSelection::Everything) && !apart.contains(key.watch_id);
            pending.add(&PendingHitKey {
                story: key.story.filter(|_| is_folded),
                outlet: outlets.get(key.feed_id).copied().unwrap_or(key.feed_id),
                unusual: unusual.contains(key.watch_id),
                called_urgent: matches!(kind, Kind::Digest(_)) && urgent.calls(key),
                alerted: key.alerted && matches!(kind, Kind::Digest(_)),
                ..*key
            });
        })?;
        let folded = pending.fold(self.now);
        let outlets = self.outlets(&folded)?;
        let headlines = self.headlines(&folded)?;
        let mut choice = folded.choose(
            |story| outlets.get(&story).copied(),
            |entry| headlines.get(&entry).copied().unwrap_or_default(),
        );
        let totals = &mut choice.totals;
        for feed in totals.feeds.iter_mut().chain(&mut totals.archives) {
            if let Some(id) = &feed.name {
                feed.title = Some(self.config.outlet(id, digests::feed_title(connection, id)?));
            }
        }
        Ok(choice)
    }

    /// The items of these entries, one after the other: the texts of one are gone before the next is
    /// read.
    pub(super) fn load(
        self,
        owing: &PendingScope,
        entries: &[i64],
        texts: Texts,
        wording: DetailLevel,
    ) -> Result<Vec<DigestItem>, StoreError> {
        if self.recipient.privacy == Privacy::Sealed {
            return Ok(Vec::new());
        }
        let mut items = Vec::with_capacity(entries.len());
        for entry in entries {
            let mut hits =
                digests::pending_item(self.connection, &self.recipient.id, owing, *entry, texts)?;
            for hit in &mut hits {
                let own_title = std::mem::take(&mut hit.feed_title);
                hit.feed_title = self.config.outlet(&hit.feed_id, Some(own_title));
            }
            let places = self.places(&hits);
            items.extend(digest::item(hits).map(|item| {
                let feed = self.config.feed(&item.feed_id);
                let outlet = feed.map_or_else(|| item.feed_id.clone(), |feed| feed.outlet.clone());
                let item = DigestItem {
                    outlet,
                    places,
                    ..item
                };
                item.worded(wording)
            }));
        }
        Ok(items)
    }

    /// What mails call the places that an item is about, as far as the texts that are loaded tell.
    fn places(self, hits: &[HitItem]) -> Vec<String> {
        let Some(latest) = hits.iter().max_by_key(|hit| hit.hit_id) else {
            return Vec::new();
        };
        let document = Document {
            title: latest.title.to_string(),
            summary: latest.summary.to_string(),
            text: latest.text.to_string(),
            language: latest.language.clone(),
            ..Document::default()
        };
        let about = self
            .config
            .places_of(&document, &mut place::Scratch::default());
        self.config.place_titles(&about)
    }

    pub(super) fn render(self, digest: &Digest) -> Result<RenderedMessage, StoreError> {
        // Its number tells a mail from every other.
        let seed = format!(
            "{}/{:?}/{}/{}",
            digest.recipient.id, digest.kind, self.now, digest.number
        );
        mail::render(digest, self.options, &seed, self.now)
            .map_err(|error| StoreError::MailUncomposable(error.to_string()))
    }

    /// Puts the mail into the outbox.
    pub(super) fn post(
        self,
        digest: &Digest,
        takes: ConsumedHits,
        family: Option<i64>,
    ) -> Result<i64, StoreError> {
        let rendered = self.render(digest)?;
        let (kind, watch_id) = match &digest.kind {
            Kind::Alert { watch_id, .. } => (MailKind::Alert, Some(watch_id.clone())),
            Kind::Digest(_) => (MailKind::Digest, None),
        };
        let contents = Contents {
            number: Some(digest.number),
            wording: digest.wording,
            family,
            full: rendered.told.full.clone(),
            headlines: rendered.told.headlines.clone(),
            takes,
        };
        let message = NewMessage {
            watch_id,
            ..self.message(kind, rendered)
        };
        digests::post(self.connection, &message, &contents, self.now)
    }

    /// A message of that kind that names no hit.
    pub(super) fn message(self, kind: MailKind, rendered: RenderedMessage) -> NewMessage {
        NewMessage {
            recipient_id: self.recipient.id.clone(),
            address: self.recipient.address.clone(),
            sender: self.config.mail.from.clone(),
            kind,
            watch_id: None,
            message_id: rendered.message_id,
            subject: rendered.subject,
            message: rendered.bytes,
            hits: Vec::new(),
        }
    }
}

/// What watches call urgent of that which is owed to who takes no alerts.
struct UrgentHits<'a> {
    context: MailerContext<'a>,
    watches: HashMap<&'a str, &'a Watch>,
    /// Independent outlets that report a story, looked up once.
    outlets: HashMap<i64, usize>,
}

impl<'a> UrgentHits<'a> {
    fn of(context: MailerContext<'a>) -> Self {
        let alerting = context.config.watches.iter();
        let alerting =
            alerting.filter(|watch| !context.recipient.alerts && watch.urgency == Urgency::Alert);
        Self {
            context,
            watches: alerting.map(|watch| (watch.id.as_str(), watch)).collect(),
            outlets: HashMap::new(),
        }
    }

    fn calls(&mut self, key: &PendingHitKey<'_>) -> bool {
        let Some(watch) = self.watches.get(key.watch_id) else {
            return false;
        };
        let score = (!watch.spec.score.is_empty()).then_some(key.score);
        let outlets = || {
            // What cannot be counted is told as its watch asks.
            let count = |story| {
                let counted = stories::outlet_counts(self.context.connection, story);
                counted.map_or(usize::MAX, |(_, outlets)| outlets.independent)
            };
            key.story.map_or(1, |story| {
                *self.outlets.entry(story).or_insert_with(|| count(story))
            })
        };
        key.origin == HitOrigin::New
            && (self.context.recipient).is_urgent_without_alerts(watch, score, key.in_lead, outlets)
    }
}

/// What of that which is owed is chosen among.
#[derive(Clone, Copy)]
pub(super) enum PendingSelection<'a> {
    /// All of it, folded into stories.
    Everything,
    /// All of it, each item by itself.
    Items,
    /// These entries, each by itself.
    These(&'a BTreeSet<i64>),
}
