//! Tells operators when a feed's health changes: once when it does, and once when it is fine again.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::draft::{Desk, reader};
use crate::config::Config;
use crate::core::alert::AlertRules;
use crate::core::digest::FeedTrouble;
use crate::core::schedule::{Health, HealthKind, health};
use crate::mail::{Notice, RenderOptions, render_notice};
use crate::store::outbox::{self, MailKind};
use crate::store::{StoreError, digests, feeds};

/// Changes within this time go into one notice: a network that fails takes many feeds with it.
const NOTICE_INTERVAL: SignedDuration = SignedDuration::from_mins(10);

/// Makes a notice of every change that operators were not told of. Notices count among the mails of an
/// hour, and wait when those are too many. Gives the number of messages,
/// and when to look again if changes wait.
pub(super) fn compose(
    connection: &mut Connection,
    config: &Config,
    options: &RenderOptions,
    now: Timestamp,
) -> Result<(usize, Option<Timestamp>), StoreError> {
    let operators: Vec<_> = config
        .recipients
        .iter()
        .filter(|recipient| recipient.operator)
        .collect();
    if operators.is_empty() {
        return Ok((0, None));
    }
    let (notice, told) = changes(connection, config, now)?;
    if notice.troubled.is_empty() && notice.recovered.is_empty() {
        return Ok((0, None));
    }
    let hour_ago = now
        .checked_sub(SignedDuration::from_hours(1))
        .unwrap_or(Timestamp::MIN);
    let most = AlertRules::default().flood_per_hour;
    let mut last = None;
    for operator in &operators {
        last = last.max(outbox::last_made(
            connection,
            &operator.id,
            MailKind::Notice,
            None,
            now,
        )?);
        if outbox::made_between(connection, &operator.id, hour_ago, now)? >= most {
            last = last.max(Some(now));
        }
    }
    let next = last.and_then(|last| last.checked_add(NOTICE_INTERVAL).ok());
    if let Some(at) = next.filter(|at| *at > now) {
        return Ok((0, Some(at)));
    }
    let mut messages = Vec::new();
    for operator in operators {
        let seed = format!("notice/{}/{now}", operator.id);
        let rendered = render_notice(&notice, &reader(operator), options, &seed, now)
            .map_err(|error| StoreError::Value(error.to_string()))?;
        let desk = Desk {
            connection,
            config,
            options,
            recipient: operator,
            now,
        };
        messages.push(desk.message(MailKind::Notice, rendered));
    }
    digests::queue_notices(connection, &messages, &told, now)?;
    Ok((messages.len(), None))
}

/// What has changed, and what is told of each feed with it. A feed that was never told of counts as
/// fine.
fn changes(
    connection: &Connection,
    config: &Config,
    now: Timestamp,
) -> Result<(Notice, Vec<(String, String)>), StoreError> {
    let told = feeds::told_health(connection)?;
    let states = feeds::states(connection)?;
    let mut notice = Notice {
        troubled: Vec::new(),
        recovered: Vec::new(),
    };
    let mut telling = Vec::new();
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
        telling.push((feed.id.clone(), kind.name().to_owned()));
        let trouble = |reason: String| FeedTrouble {
            id: feed.id.clone(),
            title: feed.title.clone(),
            since: health.since(),
            reason,
        };
        match &health {
            Health::Fine => notice.recovered.push(trouble(format!("it was {before}"))),
            Health::Failing { error, .. } => notice.troubled.push(trouble(error.clone())),
            Health::Incomplete { loss, .. } => {
                notice
                    .troubled
                    .push(trouble(format!("not read whole: {}", loss.sentence())));
            }
            other => notice.troubled.push(trouble(other.sentence(now))),
        }
    }
    Ok((notice, telling))
}
