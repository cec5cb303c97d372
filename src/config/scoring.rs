//! The points of a watch: `score`, what they decide, and what no item can reach.

use super::problem::{Problem, Problems};
use super::references::References;
use super::string_spans::push_mistake;
use super::table::{Located, TableReader};
use super::watch::highest_score;
use crate::core::watch::{self, Counted, ScoreTerm};

/// Weights of `score` and what they are held against: enough for any use, small enough that sums cannot overflow.
const WEIGHTS: std::ops::RangeInclusive<i64> = -1_000_000..=1_000_000;

/// What a watch says of points.
#[derive(Default)]
pub(super) struct Scoring {
    pub(super) score: Vec<ScoreTerm>,
    /// The entries as they are written, for the watch's version.
    pub(super) weights: Vec<String>,
    /// The least sum of a hit.
    pub(super) threshold: Option<i64>,
    /// The greatest sum of a hit that is not told at once.
    pub(super) alert_above: Option<i64>,
}

impl Scoring {
    pub(super) fn read(
        problems: &mut Problems,
        references: &References<'_>,
        table: &mut TableReader<'_>,
    ) -> Self {
        let (score, weights, has_table) = read_score(problems, references, table);
        let threshold = located(problems, table, "threshold");
        let alert_above = located(problems, table, "alert_above");
        if let Some(threshold) = &threshold {
            if weights.is_empty() {
                problems.warning(
                    table.header(),
                    "`threshold` without `score` decides nothing",
                    "add score = { \"a strong word\" = 3 }, or leave `threshold` out",
                );
            }
            let most = highest_score(&score);
            if !score.is_empty() && threshold.value > most {
                problems.warning(
                    threshold.place.clone(),
                    format!("no item reaches this `threshold`: the score is {most} at most"),
                    "lower it, or give more points in `score`",
                );
            }
        }
        if let Some(above) = &alert_above {
            check_alert_above(problems, above, threshold.as_ref(), &score, has_table);
        }
        Self {
            score,
            weights,
            threshold: threshold.map(|threshold| threshold.value),
            alert_above: alert_above.map(|above| above.value),
        }
    }
}

impl Scoring {
    /// The word lists among what is counted.
    pub(super) fn lists(&self) -> impl Iterator<Item = &str> {
        self.score.iter().filter_map(|entry| match &entry.counted {
            Counted::List(list) => Some(list.id()),
            Counted::Term(_) => None,
        })
    }
}

/// `alert_above` where it decides nothing, or keeps every alert away.
fn check_alert_above(
    problems: &mut Problems,
    above: &Located<i64>,
    threshold: Option<&Located<i64>>,
    score: &[ScoreTerm],
    has_table: bool,
) {
    let place = above.place.clone();
    if score.is_empty() {
        if !has_table {
            problems.push(
                Problem::error(place, "`alert_above` without `score` has nothing to count")
                    .with_help("add score = { \"a strong word\" = 3 }, or write urgency = \"alert\" instead"),
            );
        }
        return;
    }
    if let Some(threshold) = threshold.filter(|threshold| above.value < threshold.value) {
        let least = threshold.value;
        problems.push(
            Problem::error(
                place,
                format!(
                    "every hit has {least} points or more, and so is above this `alert_above`"
                ),
            )
            .with_related(threshold.place.clone(), "the least points of a hit")
            .with_help(format!(
                "write {least} or more, or urgency = \"alert\" instead, to be told of every hit at once"
            )),
        );
        return;
    }
    let most = highest_score(score);
    if above.value >= most {
        problems.warning(
            place,
            format!("nothing is ever told at once: the score is {most} at most"),
            "lower `alert_above`, or give more points in `score`",
        );
    }
}

fn located(
    problems: &mut Problems,
    table: &mut TableReader<'_>,
    key: &'static str,
) -> Option<Located<i64>> {
    let number = table.integer(problems, key, WEIGHTS)?;
    let place = table.value(key).map(|value| table.place_of(value))?;
    Some(Located {
        value: number,
        place,
    })
}

/// The entries, as they are written also, and whether there is a table with any.
fn read_score(
    problems: &mut Problems,
    references: &References<'_>,
    table: &mut TableReader<'_>,
) -> (Vec<ScoreTerm>, Vec<String>, bool) {
    let Some(reader) = table.table(problems, "score", "`score`") else {
        let is_there = table.value("score").is_some();
        return (Vec::new(), Vec::new(), is_there);
    };
    let mut terms = Vec::new();
    let mut texts = Vec::new();
    let entries = reader.integers(problems, &WEIGHTS);
    let has_table = !entries.is_empty();
    for (key, weight) in entries {
        match watch::parse_score_term_with(&key.value, weight, &references.library.lists) {
            Ok(term) => {
                terms.push(term);
                texts.push(format!("{} = {weight}", key.value));
            }
            Err(mistake) if references.is_doubtful(&key.value, &mistake) => {}
            Err(mistake) => push_mistake(problems, &key.place, &key.value, mistake),
        }
    }
    (terms, texts, has_table)
}
