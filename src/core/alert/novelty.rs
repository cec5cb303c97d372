//! What a hit tells somebody who was alerted of its story before.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Corroboration, ReportedToll};
use crate::core::story::change::is_said_by;

/// What is new in a hit, for one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "kebab-case")]
pub enum Novelty {
    /// Nothing of its story was told at once before.
    First,
    /// Its watch takes every item by itself.
    Each,
    /// Its watch had matched nothing of the story that was told.
    Watch,
    /// As many independent outlets report it as its watch asks for.
    Corroborated(Corroboration),
    /// It counts half as many victims again as were told.
    Victims {
        /// In its words.
        counted: u32,
        /// The most that were told; `None` when none were.
        told: Option<u32>,
    },
    /// What was told says something else now.
    Corrected {
        /// What, as a sentence that reads alone.
        what: String,
        /// The outlet that says so, in a mail whose story stands under the item of another.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<String>,
    },
    /// Nothing; a mail that is not made yet tells of its story all the same.
    Along,
    /// Nothing.
    More,
    /// Fewer independent outlets report it than its watch asks for.
    Awaited {
        /// Independent outlets so far.
        outlets: usize,
        /// As many as the watch asks for.
        asked: usize,
    },
}

impl Novelty {
    /// Whether it is worth an alert.
    pub fn is_news(&self) -> bool {
        !matches!(self, Self::More | Self::Awaited { .. })
    }

    /// That an item says something else now.
    pub fn corrected(what: impl Into<String>) -> Self {
        Self::Corrected {
            what: what.into(),
            by: None,
        }
    }

    /// Why there is an alert or none, as a clause that begins with `because` or `since`.
    pub fn reason(&self) -> String {
        match self {
            Self::First => "because it is the first of its story".to_owned(),
            Self::Each => "because its watch takes every item by itself".to_owned(),
            Self::Watch => {
                "because this watch had found nothing in what was told of its story".to_owned()
            }
            Self::Corroborated(found) => format!(
                "because {} independent outlets report it: {}",
                found.count,
                found.outlets.join(", ")
            ),
            Self::Victims {
                counted,
                told: Some(told),
            } => format!("because it counts {counted} dead or hurt where {told} were told"),
            Self::Victims {
                counted,
                told: None,
            } => format!("because it counts {counted} dead or hurt where none were told"),
            Self::Corrected { what, .. } => format!("because what was told has changed: {what}"),
            Self::Along => "because a mail was due that tells of its story all the same".to_owned(),
            Self::More => {
                "since its story was told at once before, and nothing of this is new in it"
                    .to_owned()
            }
            Self::Awaited { outlets: 1, asked } => {
                format!("since 1 independent outlet reported it, and its watch asks for {asked}")
            }
            Self::Awaited { outlets, asked } => format!(
                "since {outlets} independent outlets reported it, and its watch asks for {asked}"
            ),
        }
    }
}

/// A hit that is to be told at once.
#[derive(Clone, Copy, Debug)]
pub struct ImmediateHit<'a> {
    /// The watch.
    pub watch: &'a str,
    /// The most dead or hurt that its item counts.
    pub victims: Option<u32>,
    /// What was wrong of what was told, as its item says, unless that was told already.
    pub corrects: Option<&'a str>,
    /// Whether the watch folds its items into stories.
    pub stories: bool,
    /// How many independent outlets the watch asks for, with those that report the story.
    pub corroborated: Option<(usize, &'a Corroboration)>,
}

/// What a recipient was told at once of a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportedStory {
    /// The watches that found it.
    pub watches: BTreeSet<String>,
    /// Those of them of which it was told that enough outlets report it.
    pub corroborated: BTreeSet<String>,
    /// How many dead or hurt it is taken to have; see [`reported_toll`](super::reported_toll()).
    pub victims: ReportedToll,
    /// What was told last of each of its items as a correction, at once or in a digest, or is to be told so.
    pub corrected: BTreeMap<i64, String>,
    /// How many corrections were told at once within a day, or are to be.
    pub corrections: usize,
}

impl ReportedStory {
    /// Knows a watch by its new id.
    pub fn rename(&mut self, old: &str, new: &str) {
        for watches in [&mut self.watches, &mut self.corroborated] {
            if watches.remove(old) {
                watches.insert(new.to_owned());
            }
        }
    }

    /// Whether a correction is to be told at once: what no other item was told to correct, and so many a day at most.
    fn lacks(&self, what: &str) -> bool {
        let corrected = self.corrected.values().map(String::as_str);
        self.corrections < CORRECTIONS_A_DAY && !is_said_by(what, corrected)
    }
}

/// Corrections of one story that are told at once within a day; what more there are, the digest tells.
pub const CORRECTIONS_A_DAY: usize = 3;

/// Decides whether there is an alert. `told` is what was told at once of its story, which is nothing for an item
/// that is in no story.
pub fn news(hit: &ImmediateHit<'_>, told: &ReportedStory) -> Novelty {
    if let Some((asked, found)) = hit.corroborated
        && !told.corroborated.contains(hit.watch)
    {
        return if found.count >= asked {
            Novelty::Corroborated(found.clone())
        } else {
            Novelty::Awaited {
                outlets: found.count,
                asked,
            }
        };
    }
    if !hit.stories {
        return Novelty::Each;
    }
    if told.watches.is_empty() {
        return Novelty::First;
    }
    if let Some(what) = hit.corrects.filter(|what| told.lacks(what)) {
        return Novelty::corrected(what);
    }
    if let Some(counted) = hit.victims
        && grew(counted, told.victims.victims)
    {
        return Novelty::Victims {
            counted,
            told: told.victims.told,
        };
    }
    if !told.watches.contains(hit.watch) {
        return Novelty::Watch;
    }
    Novelty::More
}

/// Whether an item says what is worth telling again of a story: it corrects it, or counts half as many victims
/// again as the most that were told, or some where none were.
pub fn is_significant_update(corrects: bool, victims: Option<u32>, told: Option<u32>) -> bool {
    corrects || victims.is_some_and(|counted| grew(counted, told))
}

/// Whether victims are half as many again as were told.
fn grew(counted: u32, told: Option<u32>) -> bool {
    let told = told.unwrap_or(0);
    counted > told && u64::from(counted) * 2 >= u64::from(told) * 3
}

/// What an alert says of a story, of all that is new in its items: of outlets and of victims the most, each change
/// once, and that nothing is new only where nothing is.
pub fn said<'a>(all: impl IntoIterator<Item = &'a Novelty>) -> Vec<Novelty> {
    let all: Vec<&Novelty> = all.into_iter().collect();
    let most = |weight: fn(&Novelty) -> Option<u64>| {
        let weighed = all.iter().filter_map(|news| Some((weight(news)?, *news)));
        // The first of several that weigh the same.
        weighed
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map(|(_, news)| news.clone())
    };
    let mut said: Vec<Novelty> = Vec::new();
    said.extend(most(|news| match news {
        Novelty::Corroborated(reported) => u64::try_from(reported.count).ok(),
        _ => None,
    }));
    said.extend(most(|news| match news {
        Novelty::Victims { counted, .. } => Some(u64::from(*counted)),
        _ => None,
    }));
    for news in &all {
        if matches!(news, Novelty::Corrected { .. })
            && !said.contains(news)
            && said.len() < SAID_MAX
        {
            said.push((*news).clone());
        }
    }
    if all.iter().any(|news| **news == Novelty::Watch) && !all.contains(&&Novelty::First) {
        said.push(Novelty::Watch);
    }
    if all.iter().all(|news| !news.is_news()) {
        said.extend(all.first().map(|news| (*news).clone()));
    }
    said
}

/// Reasons that an alert gives for a story at most.
const SAID_MAX: usize = 4;

#[cfg(test)]
mod tests;
