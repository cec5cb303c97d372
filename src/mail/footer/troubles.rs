//! Why a feed is in trouble, in the language of the mail.

use jiff::SignedDuration;

use super::phrases::causes;
use crate::core::article::{PageVerdict, PageVerdictCounts};
use crate::core::digest::{FeedTrouble, TroubleCause, clean_line};
use crate::core::feed::Loss;
use crate::core::schedule::Health;
use crate::mail::language::MessageCatalog;

const REASON_CHARS: usize = 200;

/// A feed, and why it is in trouble.
pub(in crate::mail) struct ExplainedTrouble<'a> {
    pub feed: &'a FeedTrouble,
    pub reason: String,
    /// Whether that is in English whatever the language of the mail.
    pub is_report: bool,
}

impl<'a> ExplainedTrouble<'a> {
    pub fn of(feed: &'a FeedTrouble, catalog: &MessageCatalog) -> Self {
        let said = said(&feed.reason, catalog);
        Self {
            feed,
            is_report: said.is_err(),
            reason: said.unwrap_or_else(|report| clean_line(&report, REASON_CHARS)),
        }
    }
}

/// In the language of the mail, or else a report in English.
fn said(reason: &TroubleCause, catalog: &MessageCatalog) -> Result<String, String> {
    match reason {
        TroubleCause::Reported(report) => Err(report.clone()),
        TroubleCause::NoMail(why) => {
            let why = clean_line(why, REASON_CHARS).into();
            Ok(catalog.say_with("no-mail", &[("why", why)]))
        }
        TroubleCause::Unreadable(pages) => Ok(unreadable(pages, catalog)),
        TroubleCause::WasHealth(name) => {
            let was = catalog.say_if_known(&format!("was-{name}"));
            was.ok_or_else(|| format!("it was {name}"))
        }
        TroubleCause::Health(health) => of_health(health, catalog),
    }
}

fn of_health(health: &Health, catalog: &MessageCatalog) -> Result<String, String> {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Ok(match health {
        Health::Failing { error, .. } => return Err(error.clone()),
        Health::Untried | Health::Fine | Health::Polling { .. } => return Err(health.cause()),
        Health::Gone { .. } => catalog.say("feed-gone"),
        Health::Silent { longest_gap, .. } => {
            let gap = duration(*longest_gap, catalog).into();
            catalog.say_with("feed-silent", &[("habit", gap)])
        }
        Health::Dead { .. } => catalog.say("feed-dead"),
        Health::Incomplete { loss, .. } => of_loss(loss, catalog),
        Health::Overflowing { .. } => catalog.say("feed-overflowing"),
        Health::Suspected { reading: true, .. } => catalog.say("feed-suspected"),
        Health::Suspected { reading: false, .. } => catalog.say("feed-interrupted"),
        Health::Restless { bodies } => catalog.count(
            "feed-restless",
            usize::try_from(*bodies).unwrap_or(usize::MAX),
        ),
        Health::OverBudget {
            left_out,
            taken,
            gone,
            ..
        } => {
            let first = match *left_out {
                0 if *gone == 0 => catalog.count("feed-was-over-budget", number(*taken)),
                0 => {
                    let values = [
                        ("count", number(taken.saturating_add(*gone)).into()),
                        ("taken", number(*taken).into()),
                    ];
                    catalog.say_with("feed-was-over-budget-in-part", &values)
                }
                left_out => catalog.count("feed-over-budget", number(left_out)),
            };
            let gone = (*gone > 0).then(|| catalog.count("feed-over-budget-gone", number(*gone)));
            let parts: Vec<String> = std::iter::once(first).chain(gone).collect();
            parts.join(&catalog.say("semicolon"))
        }
    })
}

/// As [`PageVerdictCounts::unreadable`] says it in English.
fn unreadable(pages: &PageVerdictCounts, catalog: &MessageCatalog) -> String {
    let advice = match pages.main_cause() {
        Some(PageVerdict::Paywalled) => "advice-paywalled",
        Some(PageVerdict::FeedText | PageVerdict::ConsentWall) => "advice-selector",
        _ => "advice-off",
    };
    let values = [
        (
            "count",
            usize::try_from(pages.total()).unwrap_or(usize::MAX).into(),
        ),
        ("causes", causes(pages, catalog).into()),
        ("advice", catalog.say(advice).into()),
    ];
    catalog.say_with("pages-never-read", &values)
}

/// As [`Loss::sentence`] says it in English.
fn of_loss(loss: &Loss, catalog: &MessageCatalog) -> String {
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let broken_off = loss.broken_off_after;
    let broken_off = broken_off.map(|whole| match whole {
        0 => catalog.say("loss-broken-off-at-once"),
        _ => catalog.count("loss-broken-off", number(whole)),
    });
    let counts = [
        ("loss-unread", loss.unread),
        ("loss-surplus", loss.surplus),
        ("loss-shortened", loss.shortened),
        ("loss-crowded", loss.crowded),
        ("loss-garbled", loss.garbled),
        ("loss-parts", loss.parts),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(key, count)| catalog.count(key, number(count)));
    let parts: Vec<String> = broken_off.into_iter().chain(counts).collect();
    parts.join(&catalog.say("semicolon"))
}

/// "3 days", "36 hours".
fn duration(duration: SignedDuration, catalog: &MessageCatalog) -> String {
    let hours = usize::try_from(duration.as_hours()).unwrap_or_default();
    match hours {
        0..48 => catalog.count("hours", hours.max(1)),
        _ => catalog.count("days", hours / 24),
    }
}
