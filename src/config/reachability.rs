//! Who is told what a watch finds, and whom nothing can reach.

use std::collections::BTreeSet;

use super::feeds::Feed;
use super::names;
use super::problem::{Problem, Problems};
use super::recipients::Recipient;
use super::table::Located;
use super::watch::{Urgency, Watch};
use super::watches::WatchWithExamples;

/// Watches that a warning names; more are counted.
const MOST_NAMED: usize = 5;

/// Why what a watch finds is not for a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Barrier {
    /// The recipient's `topics` do not admit it.
    Topics,
    /// The recipient's `watches` do not admit it.
    Watches,
    /// The recipient has an empty list, and the watch does not name it.
    OnlyWhenNamed,
    /// The watch names others in its `recipients`.
    NamesOthers,
    /// The recipient gets no digests, and of this watch no alerts either; nobody asked for it by name.
    NoWay,
    /// The watch's points never reach the recipient's `min_score`.
    Score,
}

impl Recipient {
    /// Whether a hit of this watch is for the recipient. Two have a say: a watch that names recipients is for
    /// those only, and a recipient's own `topics`, `watches` and `min_score` hold also where a watch names it.
    /// A score counts only for a watch that gives one.
    pub fn receives(&self, watch: &Watch, score: Option<i64>) -> bool {
        let enough = match (self.min_score, score) {
            (Some(least), Some(score)) => score >= least,
            _ => true,
        };
        let is_told = self.gets_digests()
            || (self.alerts && watch.alerts(score))
            || watch.names(&self.id) == Some(true);
        enough && is_told && matches!(self.barrier(watch), None | Some(Barrier::Score))
    }

    /// Whether a hit is urgent to it that no alert tells it of, for it takes none: what the watch would tell others at
    /// once. `score` is `None` for a watch without scores, `in_lead` whether it matched in the headline or the first
    /// lines, and `outlets` gives how many independent outlets report it.
    pub fn is_called_urgent(
        &self,
        watch: &Watch,
        score: Option<i64>,
        in_lead: bool,
        outlets: impl FnOnce() -> usize,
    ) -> bool {
        // How often it stands below the top is known only when an alert is decided.
        let is_held_back = !in_lead && watch.body_only == Urgency::Digest;
        !self.alerts
            && !is_held_back
            && watch.alerts(score)
            && watch.corroborated.is_none_or(|asked| outlets() >= asked)
    }

    /// Whether its summary of the week counts a hit: one that would reach it, if mails of every kind were made.
    pub fn counts(&self, watch: &Watch, score: Option<i64>) -> bool {
        let enough = match (self.min_score, score) {
            (Some(least), Some(score)) => score >= least,
            _ => true,
        };
        let open = [None, Some(Barrier::Score), Some(Barrier::NoWay)];
        enough && open.contains(&self.barrier(watch))
    }

    /// Whether the watch reaches it in nothing but the summary of the week, and there is one.
    fn is_only_counted(&self, watch: &Watch) -> bool {
        self.summary.is_some() && self.counts(watch, None)
    }

    fn barrier(&self, watch: &Watch) -> Option<Barrier> {
        let lists = |list: &Option<Vec<Located<String>>>, name: &str| {
            list.as_ref()
                .is_none_or(|list| list.is_empty() || list.iter().any(|item| item.value == name))
        };
        let is_empty = |list: &Option<Vec<_>>| list.as_ref().is_some_and(Vec::is_empty);
        let is_named = watch.names(&self.id);
        if !lists(&self.topics, &watch.topic) {
            Some(Barrier::Topics)
        } else if !lists(&self.watches, &watch.id) {
            Some(Barrier::Watches)
        } else if is_named != Some(true) && (is_empty(&self.topics) || is_empty(&self.watches)) {
            Some(Barrier::OnlyWhenNamed)
        } else if is_named == Some(false) {
            Some(Barrier::NamesOthers)
        } else if is_named != Some(true) && !self.is_told_of(watch) {
            Some(Barrier::NoWay)
        } else if self.min_score > watch.highest_score() {
            // Where either is missing, `None` is the least.
            watch.highest_score().map(|_| Barrier::Score)
        } else {
            None
        }
    }

    /// Whether there is a mail in which hits of the watch would stand.
    fn is_told_of(&self, watch: &Watch) -> bool {
        self.gets_digests() || (self.alerts && watch.urgency == Urgency::Alert)
    }

    /// Whether a digest is ever due.
    pub fn gets_digests(&self) -> bool {
        self.digest.iter().any(|schedule| !schedule.is_off())
    }

    /// The topics and watches that it asks for by name.
    fn wishes(&self) -> impl Iterator<Item = (&'static str, &Located<String>)> {
        let watches = self.watches.iter().flatten().map(|name| ("watch", name));
        let topics = self.topics.iter().flatten().map(|name| ("topic", name));
        watches.chain(topics)
    }
}

/// Why nothing that these watches find can reach a recipient, and what to do; `None` when something can. An
/// operator who asks for nothing is there for the health of the feeds.
pub(super) fn unreached<'a>(
    recipient: &Recipient,
    watches: impl Iterator<Item = &'a Watch> + Clone,
) -> Option<(&'static str, &'static str)> {
    let asks = recipient.wishes().next().is_some();
    if recipient.operator && !asks {
        return None;
    }
    if (watches.clone()).any(|watch| recipient.is_only_counted(watch)) {
        return None;
    }
    let barriers: BTreeSet<Option<Barrier>> = watches
        .clone()
        .map(|watch| recipient.barrier(watch))
        .collect();
    if watches
        .filter(|watch| recipient.barrier(watch).is_none())
        .any(|watch| recipient.is_told_of(watch))
    {
        return None;
    }
    let stands = |barrier| barriers.contains(&Some(barrier));
    let name_it = "add it to the `recipients` of a watch, or leave `recipients` out there";
    Some(if barriers.is_empty() {
        ("there is no watch", "add one")
    } else if barriers.contains(&None) || stands(Barrier::NoWay) {
        let reason = if recipient.alerts {
            "it gets no digests, and no watch for it is an alert"
        } else {
            "it gets neither digests nor alerts"
        };
        (
            reason,
            "give it a digest time, or a watch urgency = \"alert\"",
        )
    } else if stands(Barrier::Score) {
        (
            "no watch for it has points enough for its `min_score`",
            "lower its `min_score`, or give more points in `score`",
        )
    } else if stands(Barrier::NamesOthers) && asks {
        (
            "the watches that it asks for name other recipients only",
            name_it,
        )
    } else if stands(Barrier::OnlyWhenNamed) {
        (
            "a list of it is empty, and no watch names it in `recipients`",
            "take its empty list out, or name it in the `recipients` of a watch",
        )
    } else if stands(Barrier::NamesOthers) {
        ("every watch names other recipients only", name_it)
    } else {
        (
            "no watch is in both its `topics` and its `watches`",
            "leave one of the two lists out",
        )
    })
}

/// Reports topics and watches that a recipient asks for and that do not exist.
pub(super) fn check_wishes(
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
pub(super) fn warn(
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
            problems.push(
                Problem::warning(
                    recipient.place.clone(),
                    format!("nothing can reach `{}`: {why}", recipient.id),
                )
                .with_help(help),
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
            problems.push(
                Problem::warning(
                    place.clone(),
                    format!("nobody who is told of the watch `{id}` takes alerts, so `corroborated` changes nothing"),
                )
                .with_help("leave `corroborated` out, or `alerts = false` of a recipient"),
            );
        } else if let Some(recipient) =
            takers().find(|recipient| recipient.alerts && !recipient.gets_digests())
        {
            problems.push(
                Problem::warning(
                    place.clone(),
                    format!(
                        "`{}` gets no digests, so what fewer outlets report is told to it in an alert, a day later",
                        recipient.id
                    ),
                )
                .with_help(format!("give `{}` a digest time", recipient.id)),
            );
        }
    }
}

/// Watches that wait for more outlets than there are.
pub(super) fn warn_of_few_outlets(
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
        problems.push(
            Problem::warning(
                place.clone(),
                format!(
                    "the watch `{}` never alerts: no story is reported by {asked} outlets, since {are}",
                    entry.watch.id
                ),
            )
            .with_help(
                "add feeds of other outlets, or ask for fewer; `outlet` of a feed says whose voice it is",
            ),
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
            problems.push(
                Problem::warning(
                    name.place.clone(),
                    format!(
                        "`{id}` asks for the {kind} `{}` and never gets it",
                        name.value
                    ),
                )
                .with_help(format!(
                    "either `recipients` there names others only, and `{id}` should be added; or another \
                     setting of `{id}` leaves it out"
                )),
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
        problems.push(
            Problem::warning(
                recipient.place.clone(),
                format!(
                    "`{}` gets no digests, so nobody is told what the watch `{}` finds for it",
                    recipient.id, watch.id
                ),
            )
            .with_help("give the recipient a digest time, or the watch urgency = \"alert\""),
        );
    } else if !recipient.gets_digests()
        && let Some((watch, above)) = taken.find_map(|watch| {
            let above = watch.alert_above?;
            let takes_fewer = recipient.min_score.is_none_or(|least| least <= above);
            (takes_fewer && watch.names(&recipient.id) == Some(true)).then_some((watch, above))
        })
    {
        problems.push(
            Problem::warning(
                recipient.place.clone(),
                format!(
                    "`{}` gets no digests, so nobody is told what the watch `{}` finds for it with {above} \
                     points or fewer",
                    recipient.id, watch.id
                ),
            )
            .with_help(format!(
                "give the recipient a digest time, or min_score = {}",
                above + 1
            )),
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
                Barrier::Topics => "`topics` leave",
                Barrier::Watches => "`watches` leave",
                Barrier::Score => "`min_score` leaves",
                Barrier::OnlyWhenNamed | Barrier::NamesOthers | Barrier::NoWay => continue,
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
    problems.push(
        Problem::warning(
            first.header.clone(),
            format!("nobody is told what {which}"),
        )
        .with_help(
            "every recipient's own `topics`, `watches` or `min_score` leave it out, or it names none who takes \
             it; `newsvigil hits` lists what it finds",
        ),
    );
}
