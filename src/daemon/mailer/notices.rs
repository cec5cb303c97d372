//! Tells operators when a feed's health changes: once when it does, and once when it is fine again; once when no
//! mail can be made for somebody, or every mail to somebody is refused; and once when no page of a feed is ever read.

use jiff::{SignedDuration, Timestamp};

use super::context::{CompositionSettings, reader};
use super::uncomposable::tell;
use crate::config::{Config, Recipient};
use crate::core::alert::AlertRules;
use crate::core::digest::{FeedTrouble, TroubleCause};
use crate::core::schedule::{Health, HealthKind, health};
use crate::daemon::unreadable_pages::unreadable;
use crate::mail::{Notice, render_notice};
use crate::store::digests::{self, Composed, ReportedFeedHealth};
use crate::store::outbox::{self, MailKind, NewMessage};
use crate::store::{Connection, StoreError, feeds};

/// Changes within this time go into one notice: a network that fails takes many feeds with it.
const NOTICE_INTERVAL: SignedDuration = SignedDuration::from_mins(10);

/// What became of the notices.
#[derive(Debug, Default)]
pub(super) struct Notices {
    /// Messages made.
    pub(super) made: usize,
    /// When to look again, if changes wait.
    pub(super) look_again: Option<Timestamp>,
    /// Operators for whom none could be made, and why.
    pub(super) failed: Vec<(String, String)>,
}

/// Makes a notice of every change that operators were not told of. Notices count among the mails of an
/// hour, and wait when those are too many.
pub(super) fn compose(
    connection: &mut Connection,
    settings: CompositionSettings<'_>,
) -> Result<Notices, StoreError> {
    let CompositionSettings { config, now, .. } = settings;
    let mut notices = Notices::default();
    let operators: Vec<_> = config
        .recipients
        .iter()
        .filter(|recipient| recipient.operator)
        .collect();
    if operators.is_empty() {
        return Ok(notices);
    }
    let (changes, told) = changes(connection, config, now)?;
    let without_mail = without_mail(connection, config)?;
    let (last, untold) = last_told(connection, &operators, &without_mail, now)?;
    if changes.is_empty() && !untold {
        if !told.is_empty() {
            digests::queue_notices(connection, &[], &told, now)?;
        }
        return Ok(notices);
    }
    let next = last.and_then(|last| last.checked_add(NOTICE_INTERVAL).ok());
    if let Some(at) = next.filter(|at| *at > now) {
        notices.look_again = Some(at);
        return Ok(notices);
    }
    let (mut messages, failed) = made(connection, settings, &operators, &changes, &without_mail);
    for (operator, why) in failed {
        notices.failed.push((operator.id.clone(), why.clone()));
        let failed = Composed {
            failed: Some(why),
            ..Composed::default()
        };
        tell(connection, operator, &failed, now)?;
    }
    if !notices.failed.is_empty() {
        // The others are told of that, too.
        let without_mail = self::without_mail(connection, config)?;
        messages = made(connection, settings, &operators, &changes, &without_mail).0;
    }
    if !messages.is_empty() {
        notices.made = messages.len();
        digests::queue_notices(connection, &messages, &told, now)?;
    }
    Ok(notices)
}

/// When an operator was told something last, or is not to be told more within the hour; and whether one of them was
/// not told yet of somebody whom no mail reaches.
fn last_told(
    connection: &Connection,
    operators: &[&Recipient],
    without_mail: &[(String, FeedTrouble)],
    now: Timestamp,
) -> Result<(Option<Timestamp>, bool), StoreError> {
    let hour_ago = now
        .checked_sub(SignedDuration::from_hours(1))
        .unwrap_or(Timestamp::MIN);
    let most = AlertRules::default().flood_per_hour;
    let mut last = None;
    let mut untold = false;
    for operator in operators {
        let notice = outbox::last_made(connection, &operator.id, MailKind::Notice, None, now)?;
        // Whatever was known when the last notice was made stood in it.
        untold |= without_mail
            .iter()
            .filter(|(id, _)| *id != operator.id)
            .any(|(_, trouble)| trouble.since > notice);
        last = last.max(notice);
        if outbox::made_between(connection, &operator.id, hour_ago, now)? >= most {
            last = last.max(Some(now));
        }
    }
    Ok((last, untold))
}

/// A notice for each operator, and for whom none could be made, and why.
fn made<'a>(
    connection: &Connection,
    settings: CompositionSettings<'_>,
    operators: &[&'a Recipient],
    changes: &Notice,
    without_mail: &[(String, FeedTrouble)],
) -> (Vec<NewMessage>, Vec<(&'a Recipient, String)>) {
    let now = settings.now;
    let mut made = (Vec::new(), Vec::new());
    for operator in operators {
        let others = without_mail.iter().filter(|(id, _)| *id != operator.id);
        let notice = Notice {
            without_mail: others.map(|(_, trouble)| trouble.clone()).collect(),
            ..changes.clone()
        };
        if notice.is_empty() {
            continue;
        }
        let seed = format!("notice/{}/{now}", operator.id);
        match render_notice(&notice, &reader(operator), settings.options, &seed, now) {
            Ok(rendered) => {
                let context = settings.context(connection, operator);
                made.0.push(context.message(MailKind::Notice, rendered));
            }
            Err(error) => made.1.push((*operator, error.to_string())),
        }
    }
    made
}

/// Recipients whom no mail reaches, with the reason.
fn without_mail(
    connection: &Connection,
    config: &Config,
) -> Result<Vec<(String, FeedTrouble)>, StoreError> {
    let unmade = digests::unmade(connection)?.into_iter();
    Ok(unmade
        .filter_map(|unmade| {
            let id = unmade.recipient_id;
            let recipient = config.recipient(&id)?;
            let trouble = FeedTrouble {
                title: recipient.name.clone().unwrap_or_else(|| id.clone()),
                id: id.clone(),
                since: Some(unmade.since),
                until: None,
                reason: TroubleCause::NoMail(unmade.why),
            };
            Some((id, trouble))
        })
        .collect())
}

/// What has changed, and what is told of each feed with it. A feed that was never told of counts as
/// fine.
fn changes(
    connection: &Connection,
    config: &Config,
    now: Timestamp,
) -> Result<(Notice, ReportedFeedHealth), StoreError> {
    let told = feeds::last_reported_health(connection)?;
    let states = feeds::states(connection)?;
    let mut notice = Notice::default();
    let mut telling = ReportedFeedHealth::default();
    let fine = HealthKind::Fine.name();
    for feed in &config.feeds {
        let Some(state) = states.get(&feed.id) else {
            continue;
        };
        let health = health(state, now);
        let before = told.get(&feed.id).map_or(fine, String::as_str);
        let kind = health.kind();
        // Who is suspected after a kill is cleared within minutes, or fails.
        let passing = matches!(kind, HealthKind::Untried | HealthKind::Suspected);
        if passing || kind.name() == before {
            continue;
        }
        telling
            .health
            .push((feed.id.clone(), kind.name().to_owned()));
        let title = config.feed_name(&feed.id, digests::feed_title(connection, &feed.id)?);
        let trouble = |reason| FeedTrouble {
            id: feed.id.clone(),
            title: title.clone(),
            since: health.since(),
            until: None,
            reason,
        };
        match &health {
            Health::Fine => {
                (notice.recovered).push(trouble(TroubleCause::WasHealth(before.to_owned())));
            }
            _ => (notice.troubled).push(trouble(TroubleCause::Health(health.clone()))),
        }
    }
    let mut told = feeds::reported_unreadable_pages(connection)?;
    for pages in unreadable(connection, config)? {
        if !told.remove(&pages.feed.id) {
            notice.unreadable.push(pages.trouble());
            telling.unreadable.push((pages.feed.id.clone(), true));
        }
    }
    // What has passed may come again, and is news then.
    let passed = told.into_iter().map(|feed| (feed, false));
    telling.unreadable.extend(passed);
    Ok((notice, telling))
}
