//! A mail that a server refused for what it says, made anew: with less, in halves, at last as a number.
//! One item that a filter dislikes must not take the others with it.

use std::collections::{BTreeSet, HashSet};

use super::alerts::alert_coverage;
use super::context::{CompositionSettings, MailerContext, reader};
use super::coverage::{coverage, with_pages};
use super::draft::PendingSelection;
use crate::core::digest::{
    Coverage, DetailLevel, Digest, DigestStory, Kind, Reason, RecomposeStep,
};
use crate::mail::{render_bare_notice, render_bare_week};
use crate::store::digests::{self, ConsumedHits, PendingScope, Texts};
use crate::store::outbox::{self, CompositionRecord, Contents, MailKind, OutboxRow};
use crate::store::{Connection, StoreError};

/// What became of a message whose content was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Replacement {
    /// Others take its place, or what it told is owed to the next mail.
    Made,
    /// It says nothing that could be left out: the server refuses us, or its recipient.
    Impossible,
}

/// Replaces a claimed message, in one transaction.
pub(super) fn recompose(
    connection: &mut Connection,
    settings: CompositionSettings<'_>,
    row: &OutboxRow,
    why: &str,
) -> Result<Replacement, StoreError> {
    let (Some(making), Some(recipient)) = (
        outbox::composition_of(connection, row.id)?,
        settings.config.recipient(&row.recipient_id),
    ) else {
        return Ok(Replacement::Impossible);
    };
    let wording = making.wording.unwrap_or_default();
    let anew = wording.after_refusal(making.shown.len(), making.family_size, making.others_tell);
    let Some(anew) = anew else {
        return Ok(Replacement::Impossible);
    };
    outbox::replace(connection, row.id, why, settings.now, |connection| {
        let context = settings.context(connection, recipient);
        match making.kind {
            MailKind::Summary => return Ok(vec![bare(context, &making, "summary")?]),
            MailKind::Notice => return Ok(vec![bare(context, &making, "notice")?]),
            _ => {}
        }
        let another = ReplacementMail {
            context,
            making: &making,
            of: row.id,
        };
        match anew {
            RecomposeStep::Deferred => Ok(Vec::new()),
            RecomposeStep::Reduced(less) => Ok(vec![another.post(less, &making.shown, None)?]),
            RecomposeStep::Split => {
                let (first, second) = making.shown.split_at(making.shown.len() / 2);
                // What is told by count stays with the first, which takes all that is left.
                let apart = another.post(wording, second, Some(second.to_vec()))?;
                Ok(vec![another.post(wording, first, None)?, apart])
            }
        }
    })?;
    Ok(Replacement::Made)
}

/// What is left of a notice or of a summary of the week: that it was made.
fn bare(
    context: MailerContext<'_>,
    making: &CompositionRecord,
    name: &str,
) -> Result<i64, StoreError> {
    let (recipient, kind) = (reader(context.recipient), making.kind);
    let seed = format!("{name}/{}/{}/{}", recipient.id, context.now, making.family);
    let rendered = if kind == MailKind::Notice {
        render_bare_notice(&recipient, context.options, &seed, context.now)
    } else {
        render_bare_week(&recipient, context.options, &seed, context.now)
    };
    let rendered = rendered.map_err(|error| StoreError::MailUncomposable(error.to_string()))?;
    let contents = Contents {
        wording: DetailLevel::CountOnly,
        family: Some(making.family),
        ..Contents::default()
    };
    digests::post(
        context.connection,
        &context.message(kind, rendered),
        &contents,
        context.now,
    )
}

/// What takes the place of a digest or an alert.
#[derive(Clone, Copy)]
struct ReplacementMail<'a> {
    context: MailerContext<'a>,
    making: &'a CompositionRecord,
    of: i64,
}

impl ReplacementMail<'_> {
    fn kind(self) -> Kind {
        let config = self.context.config;
        match &self.making.watch_id {
            Some(watch) => Kind::Alert {
                watch_title: config
                    .watch(watch)
                    .map_or_else(|| watch.clone(), |known| known.title.clone()),
                watch_id: watch.clone(),
            },
            None => Kind::Digest(Reason::Scheduled),
        }
    }

    fn coverage(self, kind: &Kind) -> Result<Coverage, StoreError> {
        let Self {
            context, making, ..
        } = self;
        let mut coverage = match kind {
            Kind::Digest(_) => coverage(
                context.connection,
                context.config,
                context.recipient,
                making.digest_before,
                context.now,
            )?,
            Kind::Alert { .. } => alert_coverage(context, making.created)?,
        };
        coverage.window_end = making.created;
        if matches!(kind, Kind::Digest(_)) {
            coverage = with_pages(context.connection, context.config, coverage)?;
        }
        Ok(coverage)
    }

    /// A mail that shows these entries; it takes those alone, or all that is left.
    fn post(
        self,
        wording: DetailLevel,
        shown: &[i64],
        takes_only: Option<Vec<i64>>,
    ) -> Result<i64, StoreError> {
        let Self {
            context,
            making,
            of,
        } = self;
        let owing = PendingScope::CarriedBy(of);
        let kind = self.kind();
        let set: Option<BTreeSet<i64>> = takes_only
            .as_ref()
            .map(|only| only.iter().copied().collect());
        let only = set
            .as_ref()
            .map_or(PendingSelection::Items, PendingSelection::These);
        let choice = context.choose(&owing, &kind, only, &HashSet::new())?;
        let best: Vec<i64>;
        let shown = if making.wording.is_some() {
            shown
        } else {
            // Older messages do not say what they showed.
            let new = choice.full.iter().chain(&choice.headlines);
            let old = choice.later.iter().chain(&choice.alerted).copied();
            best = new.map(|story| story.lead).chain(old).collect();
            &best
        };
        let apart = |shown: &[i64], these: &[i64]| -> (Vec<i64>, Vec<i64>) {
            let these: BTreeSet<i64> = these.iter().copied().collect();
            shown.iter().partition(|entry| these.contains(entry))
        };
        let (alerted, rest) = apart(shown, &choice.alerted);
        let (later, new) = apart(&rest, &choice.later);
        let load = |entries: &[i64]| context.load(&owing, entries, Texts::Headline, wording);
        let digest = Digest {
            number: outbox::next_number(context.connection)?,
            wording,
            stories: Vec::new(),
            headlines: (load(&new)?.into_iter().map(DigestStory::alone)).collect(),
            developing: Vec::new(),
            alerted: load(&alerted)?,
            later: load(&later)?,
            unusual: Vec::new(),
            // A server that refuses words refuses them in a table too.
            attachment: None,
            totals: choice.totals,
            recipient: reader(context.recipient),
            coverage: self.coverage(&kind)?,
            kind,
        };
        let takes = match takes_only {
            Some(entries) => ConsumedHits::Entries(of, entries),
            None => ConsumedHits::All(owing),
        };
        context.post(&digest, takes, Some(making.family))
    }
}
