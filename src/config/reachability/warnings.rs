//! Warns of recipients whom nothing reaches, and of watches that nobody is told of.

use std::collections::BTreeSet;

use super::{DeliveryBarrier, unreached};
use crate::config::feeds::Feed;
use crate::config::names;
use crate::config::problem::{Problem, Problems};
use crate::config::recipients::Recipient;
use crate::config::watches::WatchWithExamples;

/// Watches that a warning names; more are counted.
const MOST_NAMED: usize = 5;

/// Reports topics and watches that a recipient asks for and that do not exist.
pub(in crate::config) fn check_wishes(
    problems: &mut Problems,
    recipients: &[Recipient],
    watches: &[WatchWithExamples],
) {
    let watches = || watches.iter().map(|entry| &entry.watch);
    let ids: Vec<(&str, &str)> = watches()
        .map(|watch| (watch.id.as_str(), watch.title.as_str()))
        .collect();
    let topics: Vec<(&str, &str)> = watches().map(|watch| (watch.topic.as_str(), "")).collect();
    for recipient in recipients {
        for (kind, name) in recipient.wishes() {
            let known = if kind == "watch" { &ids } else { &topics };
            if !known.iter().any(|(id, _)| *id == name.value) {
                names::unknown_reference(problems, kind, name, known);
            }
        }
    }
}

/// Warns of recipients whom nothing reaches, of wishes that no watch fulfils, and of watches that nobody is
/// told of.
pub(in crate::config) fn warn(
    problems: &mut Problems,
    recipients: &[Recipient],
    watches: &[WatchWithExamples],
) {
    if watches.is_empty() || recipients.is_empty() {
        return;
    }
    for recipient in recipients {
        let all = watches.iter().map(|entry| &entry.watch);
        if let Some((why, help)) = unreached(recipient, all) {
            problems.warning(
                recipient.place.clone(),
                format!("nothing can reach `{}`: {why}", recipient.id),
                help,
            );
        } else {
            warn_of_wishes(problems, recipient, watches);
            warn_of_unread_hits(problems, recipient, watches);
        }
    }
    warn_of_silent_watches(problems, recipients, watches);
    warn_of_corroboration(problems, recipients, watches);
}

/// Watches that wait for outlets and alert nobody, or tell somebody without digests what they wait for.
fn warn_of_corroboration(
    problems: &mut Problems,
    recipients: &[Recipient],
    watches: &[WatchWithExamples],
) {
    for entry in watches {
        let Some(place) = &entry.corroborated_at else {
            continue;
        };
        let id = &entry.watch.id;
        let takers = || {
            recipients
                .iter()
                .filter(|recipient| recipient.barrier(&entry.watch).is_none())
        };
        if takers().next().is_some() && !takers().any(|recipient| recipient.alerts) {
            problems.warning(
                place.clone(),
                format!("nobody who is told of the watch `{id}` takes alerts, so `corroborated` changes nothing"),
                "leave `corroborated` out, or `alerts = false` of a recipient",
            );
        } else if let Some(recipient) =
            takers().find(|recipient| recipient.alerts && !recipient.gets_digests())
        {
            problems.warning(
                place.clone(),
                format!(
                    "`{}` gets no digests, so what fewer outlets report is told to it in an alert, a day later",
                    recipient.id
                ),
                format!("give `{}` a digest time", recipient.id),
            );
        }
    }
}

/// Watches that wait for more outlets than there are.
pub(in crate::config) fn warn_of_few_outlets(
    problems: &mut Problems,
    feeds: &[Feed],
    watches: &[WatchWithExamples],
) {
    let outlets = feeds
        .iter()
        .map(|feed| feed.outlet.as_str())
        .collect::<BTreeSet<_>>()
        .len();
    if outlets == 0 {
        return;
    }
    for entry in watches {
        let asked = entry.watch.corroborated.filter(|asked| *asked > outlets);
        let (Some(asked), Some(place)) = (asked, &entry.corroborated_at) else {
            continue;
        };
        let are = match outlets {
            1 => "all feeds are of one outlet".to_owned(),
            outlets => format!("the feeds are of {outlets} outlets"),
        };
        problems.warning(
            place.clone(),
            format!(
                "the watch `{}` never alerts: no story is reported by {asked} outlets, since {are}",
                entry.watch.id
            ),
            "add feeds of other outlets, or ask for fewer; `outlet` of a feed says whose voice it is",
        );
    }
}

/// Something reaches the recipient, and not all that it asks for.
fn warn_of_wishes(problems: &mut Problems, recipient: &Recipient, watches: &[WatchWithExamples]) {
    for (kind, name) in recipient.wishes() {
        let mut meant = watches.iter().map(|entry| &entry.watch).filter(|watch| {
            name.value
                == if kind == "watch" {
                    &*watch.id
                } else {
                    &*watch.topic
                }
        });
        let misses =
            |watch| recipient.barrier(watch).is_some() && !recipient.is_only_counted(watch);
        if meant.all(misses) {
            let id = &recipient.id;
            problems.warning(
                name.place.clone(),
                format!(
                    "`{id}` asks for the {kind} `{}` and never gets it",
                    name.value
                ),
                format!(
                    "either `recipients` there names others only, and `{id}` should be added; or another \
                     setting of `{id}` leaves it out"
                ),
            );
        }
    }
}

/// Hits would be owed for ever to a recipient without digests, by a watch that does not alert it.
fn warn_of_unread_hits(
    problems: &mut Problems,
    recipient: &Recipient,
    watches: &[WatchWithExamples],
) {
    let mut taken = watches
        .iter()
        .map(|entry| &entry.watch)
        .filter(|watch| recipient.barrier(watch).is_none());
    if let Some(watch) = taken.clone().find(|watch| !recipient.is_told_of(watch)) {
        problems.warning(
            recipient.place.clone(),
            format!(
                "`{}` gets no digests, so nobody is told what the watch `{}` finds for it",
                recipient.id, watch.id
            ),
            "give the recipient a digest time, or the watch urgency = \"alert\"",
        );
    } else if !recipient.gets_digests()
        && let Some((watch, above)) = taken.find_map(|watch| {
            let above = watch.alert_above?;
            let takes_fewer = recipient.min_score.is_none_or(|least| least <= above);
            (takes_fewer && watch.names(&recipient.id) == Some(true)).then_some((watch, above))
        })
    {
        problems.warning(
            recipient.place.clone(),
            format!(
                "`{}` gets no digests, so nobody is told what the watch `{}` finds for it with {above} \
                 points or fewer",
                recipient.id, watch.id
            ),
            format!(
                "give the recipient a digest time, or min_score = {}",
                above + 1
            ),
        );
    }
}

/// A watch that names somebody who does not take it, and those that nobody takes at all.
fn warn_of_silent_watches(
    problems: &mut Problems,
    recipients: &[Recipient],
    watches: &[WatchWithExamples],
) {
    let mut silent: Vec<&WatchWithExamples> = Vec::new();
    for entry in watches {
        let takes = |recipient: &Recipient| recipient.barrier(&entry.watch).is_none();
        if !recipients.iter().any(takes) {
            silent.push(entry);
            continue;
        }
        for name in &entry.named {
            let recipient = recipients
                .iter()
                .find(|recipient| recipient.id == name.value);
            let Some(barrier) = recipient.and_then(|recipient| recipient.barrier(&entry.watch))
            else {
                continue;
            };
            let setting = match barrier {
                DeliveryBarrier::Topics => "`topics` leave",
                DeliveryBarrier::Watches => "`watches` leave",
                DeliveryBarrier::Score => "`min_score` leaves",
                DeliveryBarrier::OnlyWhenNamed
                | DeliveryBarrier::NamesOthers
                | DeliveryBarrier::NoDelivery => continue,
            };
            problems.push(Problem::warning(
                name.place.clone(),
                format!(
                    "`{}` is told nothing of the watch `{}`: its own {setting} it out",
                    name.value, entry.watch.id
                ),
            ));
        }
    }
    let Some(first) = silent.first() else {
        return;
    };
    let named: Vec<String> = silent
        .iter()
        .take(MOST_NAMED)
        .map(|entry| format!("`{}`", entry.watch.id))
        .collect();
    let more = match silent.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let which = match silent.len() {
        1 => format!("the watch {} finds", named[0]),
        number => format!("{number} watches find: {}{more}", named.join(", ")),
    };
    problems.warning(
        first.header.clone(),
        format!("nobody is told what {which}"),
        "every recipient's own `topics`, `watches` or `min_score` leave it out, or it names none who takes \
        it; `newsvigil hits` lists what it finds",
    );
}
