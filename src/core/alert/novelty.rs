//! What a hit tells somebody who was alerted of its story before.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Corroboration, Standing};
use crate::core::story::change::is_said_by;

/// What is new in a hit, for one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "kebab-case")]
pub enum News {
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

impl News {
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
pub struct Fresh<'a> {
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
pub struct Told {
    /// The watches that found it.
    pub watches: BTreeSet<String>,
    /// Those of them of which it was told that enough outlets report it.
    pub corroborated: BTreeSet<String>,
    /// How many dead or hurt it is taken to have; see [`standing`](super::casualties()).
    pub victims: Standing,
    /// What was told last of each of its items as a correction, at once or in a digest, or is to be told so.
    pub corrected: BTreeMap<i64, String>,
    /// How many corrections were told at once within a day, or are to be.
    pub corrections: usize,
}

impl Told {
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
pub fn news(hit: &Fresh<'_>, told: &Told) -> News {
    if let Some((asked, found)) = hit.corroborated
        && !told.corroborated.contains(hit.watch)
    {
        return if found.count >= asked {
            News::Corroborated(found.clone())
        } else {
            News::Awaited {
                outlets: found.count,
                asked,
            }
        };
    }
    if !hit.stories {
        return News::Each;
    }
    if told.watches.is_empty() {
        return News::First;
    }
    if let Some(what) = hit.corrects.filter(|what| told.lacks(what)) {
        return News::corrected(what);
    }
    if let Some(counted) = hit.victims
        && grew(counted, told.victims.victims)
    {
        return News::Victims {
            counted,
            told: told.victims.told,
        };
    }
    if !told.watches.contains(hit.watch) {
        return News::Watch;
    }
    News::More
}

/// Whether an item says what is worth telling again of a story: it corrects it, or counts half as many victims
/// again as the most that were told, or some where none were.
pub fn says_more(corrects: bool, victims: Option<u32>, told: Option<u32>) -> bool {
    corrects || victims.is_some_and(|counted| grew(counted, told))
}

/// Whether victims are half as many again as were told.
fn grew(counted: u32, told: Option<u32>) -> bool {
    let told = told.unwrap_or(0);
    counted > told && u64::from(counted) * 2 >= u64::from(told) * 3
}

/// What an alert says of a story, of all that is new in its items: of outlets and of victims the most, each change
/// once, and that nothing is new only where nothing is.
pub fn said<'a>(all: impl IntoIterator<Item = &'a News>) -> Vec<News> {
    let all: Vec<&News> = all.into_iter().collect();
    let most = |weight: fn(&News) -> Option<u64>| {
        let weighed = all.iter().filter_map(|news| Some((weight(news)?, *news)));
        // The first of several that weigh the same.
        weighed
            .reduce(|best, other| if other.0 > best.0 { other } else { best })
            .map(|(_, news)| news.clone())
    };
    let mut said: Vec<News> = Vec::new();
    said.extend(most(|news| match news {
        News::Corroborated(reported) => u64::try_from(reported.count).ok(),
        _ => None,
    }));
    said.extend(most(|news| match news {
        News::Victims { counted, .. } => Some(u64::from(*counted)),
        _ => None,
    }));
    for news in &all {
        if matches!(news, News::Corrected { .. }) && !said.contains(news) && said.len() < SAID_MAX {
            said.push((*news).clone());
        }
    }
    if all.iter().any(|news| **news == News::Watch) && !all.contains(&&News::First) {
        said.push(News::Watch);
    }
    if all.iter().all(|news| !news.is_news()) {
        said.extend(all.first().map(|news| (*news).clone()));
    }
    said
}

/// Reasons that an alert gives for a story at most.
const SAID_MAX: usize = 4;

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    const FRESH: Fresh<'_> = Fresh {
        watch: "force",
        victims: None,
        corrects: None,
        stories: true,
        corroborated: None,
    };

    fn told(watches: &[&str], victims: Option<u32>) -> Told {
        Told {
            watches: watches.iter().map(|&watch| watch.to_owned()).collect(),
            victims: Standing {
                victims,
                told: victims,
            },
            ..Told::default()
        }
    }

    fn reported_by(outlets: &[&str]) -> Corroboration {
        Corroboration {
            outlets: outlets.iter().map(|&outlet| outlet.to_owned()).collect(),
            count: outlets.len(),
            first: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_story_is_told_at_once_when_it_begins_and_to_another_watch() {
        assert_eq!(news(&FRESH, &Told::default()), News::First);
        assert_eq!(news(&FRESH, &told(&["force"], None)), News::More);
        assert_eq!(news(&FRESH, &told(&["arrests"], None)), News::Watch);
        assert_eq!(news(&FRESH, &told(&["arrests", "force"], None)), News::More);
    }

    #[test]
    fn victims_are_news_when_they_grew_by_half() {
        let counts = |counted, before| {
            let hit = Fresh {
                victims: Some(counted),
                ..FRESH
            };
            news(&hit, &told(&["force"], before)) != News::More
        };
        for (before, counted) in [(12, 18), (12, 21), (1, 2), (2, 3), (3, 5), (10, 15)] {
            assert!(counts(counted, Some(before)), "{before} {counted}");
        }
        for (before, counted) in [(12, 17), (12, 12), (12, 3), (3, 4), (0, 0)] {
            assert!(!counts(counted, Some(before)), "{before} {counted}");
        }
        assert!(counts(3, None), "none were told");
        assert!(!counts(0, None));
        assert!(counts(u32::MAX, Some(u32::MAX / 2)), "no overflow");
        assert!(!counts(u32::MAX, Some(u32::MAX)));
    }

    #[test]
    fn a_correction_is_news_whatever_else_was_told() {
        let hit = Fresh {
            corrects: Some("it counts 2 dead now, not 12"),
            victims: Some(2),
            ..FRESH
        };
        let found = news(&hit, &told(&["force"], Some(12)));
        assert!(found.is_news());
        assert_eq!(
            found.reason(),
            "because what was told has changed: it counts 2 dead now, not 12"
        );
        // Who was told nothing is told the item, and not that it changed.
        assert_eq!(news(&hit, &Told::default()), News::First);
    }

    #[test]
    fn a_correction_is_told_once_and_so_many_a_day() {
        let corrects = |what| Fresh {
            corrects: Some(what),
            ..FRESH
        };
        let mut told = told(&["force"], None);
        told.corrected.insert(1, "12 became 2".to_owned());
        told.corrections = 1;
        assert_eq!(news(&corrects("12 became 2"), &told), News::More);
        assert!(news(&corrects("2 became 12"), &told).is_news());
        told.corrections = CORRECTIONS_A_DAY;
        assert_eq!(news(&corrects("2 became 12"), &told), News::More);
    }

    #[test]
    fn a_slip_keeps_no_number_from_being_news_and_is_named_as_told() {
        let hit = Fresh {
            victims: Some(18),
            ..FRESH
        };
        let mut told = told(&["force"], Some(12_000));
        assert_eq!(news(&hit, &told), News::More);
        told.victims.victims = Some(12);
        let found = News::Victims {
            counted: 18,
            told: Some(12_000),
        };
        assert_eq!(news(&hit, &told), found);
    }

    #[test]
    fn a_corroborated_watch_waits_for_its_outlets_and_says_once_who_they_are() {
        let two = reported_by(&["a.example", "b.example"]);
        let three = reported_by(&["a.example", "b.example", "c.example"]);
        let ask = |found, told: &Told| {
            let hit = Fresh {
                corroborated: Some((3, found)),
                victims: Some(30),
                ..FRESH
            };
            news(&hit, told)
        };
        let waits = ask(&two, &Told::default());
        assert!(!waits.is_news());
        assert_eq!(
            waits.reason(),
            "since 2 independent outlets reported it, and its watch asks for 3"
        );
        // Nor does another watch's alert, or a number, bring it forward.
        assert!(!ask(&two, &told(&["arrests"], Some(3))).is_news());
        assert_eq!(
            ask(&three, &Told::default()),
            News::Corroborated(three.clone())
        );
        assert_eq!(
            ask(&three, &told(&["force"], None)),
            News::Corroborated(three.clone()),
            "it was told with another watch's item, without the outlets"
        );
        let mut told = told(&["force"], Some(30));
        told.corroborated.insert("force".to_owned());
        assert_eq!(ask(&three, &told), News::More);
        told.victims.victims = Some(12);
        assert!(matches!(ask(&three, &told), News::Victims { .. }));
    }

    #[test]
    fn a_watch_without_stories_takes_each_item() {
        let hit = Fresh {
            stories: false,
            ..FRESH
        };
        assert_eq!(news(&hit, &told(&["force"], Some(5))), News::Each);
    }

    #[test]
    fn reasons_read_alone_and_are_stored_as_they_are() {
        for found in [
            News::First,
            News::Each,
            News::Watch,
            News::Corroborated(reported_by(&["a.example", "b.example"])),
            News::Victims {
                counted: 21,
                told: Some(12),
            },
            News::Victims {
                counted: 3,
                told: None,
            },
            News::corrected("what"),
            News::Along,
            News::More,
            News::Awaited {
                outlets: 1,
                asked: 3,
            },
        ] {
            let begins = if found.is_news() {
                "because "
            } else {
                "since "
            };
            assert!(found.reason().starts_with(begins), "{found:?}");
            let stored = serde_json::to_string(&found).unwrap();
            assert_eq!(serde_json::from_str::<News>(&stored).unwrap(), found);
        }
    }

    #[test]
    fn an_alert_says_of_a_story_what_is_most_of_all_that_is_new() {
        let victims = |counted| News::Victims {
            counted,
            told: Some(12),
        };
        let corrected = |what: &str| News::corrected(what);
        assert_eq!(said(&[News::First, News::Along]), []);
        assert_eq!(said(&[News::Each, News::More]), []);
        assert_eq!(
            said(&[victims(18), News::Along, victims(30), victims(21)]),
            [victims(30)]
        );
        assert_eq!(
            said(&[
                corrected("a"),
                News::Watch,
                corrected("b"),
                corrected("a"),
                victims(20)
            ]),
            [victims(20), corrected("a"), corrected("b"), News::Watch]
        );
        assert_eq!(said(&[News::More, News::More]), [News::More]);
        assert_eq!(said(&[News::First, News::Watch]), []);
        let (two, three) = (reported_by(&["a", "b"]), reported_by(&["a", "b", "c"]));
        assert_eq!(
            said(&[News::Corroborated(two), News::Corroborated(three.clone())]),
            [News::Corroborated(three)]
        );
        let many: Vec<News> = (0..99)
            .map(|number| corrected(&number.to_string()))
            .collect();
        assert!(said(&many).len() < 6);
    }
}
